//! Runs progenitor over the lowered document. It tells progenitor which schemas are types of the client's own
//! (SIDs, bounded integers, exact decimals, dates, JSON form fields) and takes everything else as it comes.
//! A panic inside progenitor or typify ends here and becomes a [`Problem`]; it never reaches the user.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::{OpenAPI, Paths, ReferenceOr};
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TypeImpl};
use schemars::schema::{InstanceType, SchemaObject};

use crate::load::escape;
use crate::lower::{Facts, JSON_FIELD_FORMAT, Lowered, operation_slots, reach};
use crate::problem::Problem;

/// Components that the runtime has a type of its own for.
const NATIVE_COMPONENTS: [(&str, &str); 2] =
    [("Quantity", "crate::Quantity"), ("Amount", "crate::Amount")];

/// Formats that the runtime has a type of its own for.
const NATIVE_FORMATS: [(InstanceType, &str, &str); 4] = [
    (InstanceType::Number, "decimal", "crate::Amount"),
    (InstanceType::String, "date-time", "crate::Timestamp"),
    (
        InstanceType::String,
        "date-time-rfc-2822",
        "crate::Timestamp",
    ),
    (InstanceType::String, JSON_FIELD_FORMAT, "crate::Json"),
];

thread_local! {
    static IS_RUNNING: Cell<bool> = const { Cell::new(false) };
}

/// Runs progenitor. It recurses over nested schemas, so that a document which may be deep needs a large stack, such as
/// [`run`](crate::run) provides.
///
/// # Errors
/// What progenitor refuses, and what it panics on, with the operation or schema that it stops at.
pub fn generate(lowered: &Lowered) -> Result<TokenStream, Vec<Problem>> {
    run(&lowered.openapi, &lowered.facts).map_err(|reason| vec![refusal(lowered, &reason)])
}

/// Whether progenitor is at work on this thread, so that a panic hook can tell its panics from others.
pub fn is_running() -> bool {
    IS_RUNNING.get()
}

fn run(openapi: &OpenAPI, facts: &Facts) -> Result<TokenStream, String> {
    IS_RUNNING.set(true);
    let generated = catch_unwind(AssertUnwindSafe(|| {
        Generator::new(&settings(facts))
            .generate_tokens(openapi)
            .map_err(|error| error.to_string())
    }));
    IS_RUNNING.set(false);
    generated.unwrap_or_else(|panic| Err(panic_text(panic.as_ref())))
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it gave no reason")
        .to_owned()
}

// progenitor names no place, so each schema, then each operation, is tried alone until one is refused.
fn refusal(lowered: &Lowered, reason: &str) -> Problem {
    let first_line = reason.lines().next().unwrap_or(reason);
    Problem::new(
        "GENERATOR_REFUSES",
        culprit(lowered).unwrap_or_default(),
        format!("progenitor cannot turn this into code: {first_line}"),
        "write it with the constructs that spec/CURATION.md names, and report the case so that the linter learns it",
    )
}

fn culprit(lowered: &Lowered) -> Option<String> {
    let refused = |openapi: &OpenAPI| run(openapi, &lowered.facts).is_err();
    let without_paths = OpenAPI {
        paths: Paths::default(),
        ..lowered.openapi.clone()
    };
    let schemas = lowered
        .openapi
        .components
        .as_ref()
        .map(|components| &components.schemas);
    if refused(&without_paths) {
        return schemas?.keys().find_map(|name| {
            let mut needed = BTreeSet::new();
            reach(&lowered.openapi, name, &mut needed);
            let mut alone = without_paths.clone();
            alone
                .components
                .as_mut()?
                .schemas
                .retain(|name, _| needed.contains(name));
            refused(&alone).then(|| format!("/components/schemas/{}", escape(name)))
        });
    }
    lowered.facts.operations.values().find_map(|operation| {
        let mut item = lowered
            .openapi
            .paths
            .paths
            .get(&operation.path)?
            .as_item()?
            .clone();
        for slot in operation_slots(&mut item) {
            if slot
                .as_ref()
                .is_some_and(|other| other.operation_id.as_ref() != Some(&operation.id))
            {
                *slot = None;
            }
        }
        let mut alone = without_paths.clone();
        alone
            .paths
            .paths
            .insert(operation.path.clone(), ReferenceOr::Item(item));
        refused(&alone).then(|| operation.pointer.clone())
    })
}

fn settings(facts: &Facts) -> GenerationSettings {
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_hooks(HooksMode::Expected)
        .with_map_type("::std::collections::BTreeMap")
        .with_derive("PartialEq");
    let impls = || [TypeImpl::Display].into_iter();
    for sid in &facts.sids {
        settings.with_replacement(&sid.name, format!("crate::sids::{}", sid.name), impls());
    }
    for bounded in &facts.bounded {
        settings.with_replacement(
            &bounded.name,
            format!("crate::bounded::{}", bounded.name),
            impls(),
        );
    }
    for (component, rust) in NATIVE_COMPONENTS {
        settings.with_replacement(component, rust, impls());
    }
    for (instance, format, rust) in NATIVE_FORMATS {
        let schema = SchemaObject {
            instance_type: Some(instance.into()),
            format: Some(format.to_owned()),
            ..SchemaObject::default()
        };
        settings.with_conversion(schema, rust, impls());
    }
    settings
}
