//! The documentation of a call: what the document says of the operation, where it goes, what makes it, and what
//! each error status means for it.

use proc_macro2::TokenStream;
use quote::quote;

use super::handles::Tree;
use super::parts::{Maker, Parts};
use crate::lower::{Facts, OperationFacts, ParameterFacts};
use crate::reshape::{Field, OperationReading};

/// What warns a caller of an operation that the document marks deprecated.
pub(super) fn deprecation(operation: &OperationFacts) -> Option<TokenStream> {
    operation
        .deprecated
        .then(|| quote!(#[deprecated(note = "the document marks this operation deprecated")]))
}

pub(super) fn documentation(
    reading: &OperationReading,
    operation: &OperationFacts,
    facts: &Facts,
    tree: &Tree,
) -> String {
    let mut docs = reading.docs.clone();
    if docs.is_empty() {
        docs = format!("The operation `{}`.", operation.id);
    }
    let url = facts
        .hosts
        .get(operation.host)
        .map(|host| host.url.as_str())
        .unwrap_or_default();
    docs.push_str(&format!(
        "\n\n`{} {}` on <{url}>",
        reading.method, operation.path
    ));
    let makers = tree.values().find_map(|handle| {
        let (_, methods) = handle
            .operations
            .iter()
            .find(|(function, _)| reading.function == function)?;
        let module = if handle.method.is_empty() {
            "crate"
        } else {
            "crate::resources"
        };
        let links = methods
            .iter()
            .map(|method| format!("[`{0}::{method}`]({module}::{0}::{method})", handle.name));
        Some(links.collect::<Vec<_>>())
    });
    if let Some(makers) = makers {
        docs.push_str(&format!(", made by {}.", makers.join(" and ")));
    }
    docs.push_str(&path(operation));
    docs.push_str(&format!("\n\n{}", successes(operation)));
    if !operation.errors.is_empty() {
        docs.push_str("\n\n# Errors\n");
        for (statuses, description) in grouped(&operation.errors) {
            docs.push_str(&format!("\n- {statuses}: {description}"));
        }
    }
    docs
}

// Statuses of which the document says the same stand in one line.
fn grouped(errors: &[(String, String)]) -> Vec<(String, String)> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for (status, description) in errors {
        let description = description.split_whitespace().collect::<Vec<_>>().join(" ");
        match groups.iter_mut().find(|(_, known)| *known == description) {
            Some((statuses, _)) => statuses.push_str(&format!(", `{status}`")),
            None => groups.push((format!("`{status}`"), description)),
        }
    }
    groups
}

/// What stands in the path: the SIDs that the handles hold, and the account.
fn path(operation: &OperationFacts) -> String {
    let mut docs = String::new();
    let described = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.path && !parameter.description.is_empty());
    for (position, parameter) in described.enumerate() {
        docs.push_str(if position == 0 { "\n\n# Path\n" } else { "" });
        let words: Vec<&str> = parameter.description.split_whitespace().collect();
        docs.push_str(&format!("\n- `{}`: {}", parameter.name, words.join(" ")));
    }
    docs
}

fn successes(operation: &OperationFacts) -> String {
    let mut docs = String::from("# Responses\n");
    for success in &operation.successes {
        let body = if success.json { "" } else { " without a body" };
        let words: Vec<&str> = success.description.split_whitespace().collect();
        docs.push_str(&format!(
            "\n- `{}`{body}: {}",
            success.status,
            words.join(" ")
        ));
    }
    docs
}

/// Of a method that makes a call: what its arguments are on the wire, or what it sends without any.
pub(super) fn maker_docs(summary: &str, maker: &Maker, parts: &Parts<'_>) -> String {
    let mut docs = summary.to_owned();
    for (position, required) in parts.required().iter().enumerate() {
        let text = required.docs.split_whitespace().collect::<Vec<_>>();
        let text = text.join(" ");
        match maker.sends {
            Some(sends) => docs.push_str(&format!("\n\nSends `{sends}`. {text}")),
            None => {
                let heading = if position == 0 {
                    "\n\n# Arguments\n"
                } else {
                    ""
                };
                docs.push_str(&format!("{heading}\n- `{}`: {text}", required.name));
            }
        }
    }
    docs
}

/// Of a body field.
pub(super) fn field_docs(field: &Field, operation: &OperationFacts) -> String {
    let wire = field.wire.as_deref().unwrap_or_default();
    let body = match &operation.body {
        Some(body)
            if body.form
                && body
                    .fields
                    .get(wire)
                    .is_some_and(|facts| facts.json.is_some()) =>
        {
            "as the form field, JSON inside,"
        }
        Some(body) if body.form => "as the form field",
        _ => "as the JSON property",
    };
    format!("{}\n\nSent {body} `{wire}`.", field.docs)
}

/// Of a query parameter.
pub(super) fn parameter_docs(facts: &ParameterFacts) -> String {
    let mut docs = facts.description.clone();
    if docs.is_empty() {
        docs = format!("The query parameter `{}`.", facts.name);
    }
    docs.push_str(&format!(
        "\n\nSent as the query parameter `{}`.",
        facts.name
    ));
    if let Some(default) = &facts.default {
        docs.push_str(&format!(" The API takes `{default}` where none is given."));
    }
    docs
}
