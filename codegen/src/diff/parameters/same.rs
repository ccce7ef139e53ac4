//! A parameter that is there on both sides.

use super::Parameter;
use super::lines::{hint, lines, rust_type};
use crate::diff::change::RustLines;
use crate::diff::digest::exact;
use crate::diff::operations::Located;
use crate::diff::prose;
use crate::diff::rules::{self, Rule};
use crate::diff::schema::{
    Direction, Request, Rust, View, default_of_parameter, is_scalar, request,
};
use crate::diff::side::{Side, is_on};
use crate::diff::walk::{Found, Spot, Walk};
use crate::load::Node;

/// Keywords of a parameter that this module compares.
const KNOWN: [&str; 11] = [
    "name",
    "in",
    "required",
    "schema",
    "content",
    "style",
    "explode",
    "allowReserved",
    "allowEmptyValue",
    "deprecated",
    "$ref",
];

pub(super) fn both<'t>(
    walk: &mut Walk<'t>,
    old: &Located<'t>,
    new: &Located<'t>,
    was: &Parameter<'t>,
    is: &Parameter<'t>,
) {
    if old.id() == new.id() && walk.is_same(Some(was.node), Some(is.node)) {
        return;
    }
    let words = was.words();
    if was.is_required() != is.is_required() {
        let (rule, verb): (&'static Rule, _) = if is.is_required() {
            (&rules::PARAMETER_BECAME_REQUIRED, "must now be sent")
        } else {
            (&rules::PARAMETER_BECAME_OPTIONAL, "can now be left out")
        };
        let lines = lines(walk, (old, Some(was)), (new, Some(is)));
        let spots = (
            Spot::keyword(was.node.get("required"), was.node),
            Spot::keyword(is.node.get("required"), is.node),
        );
        let found = Found::new(rule, spots.0, spots.1, format!("the {words} {verb}"));
        walk.report(
            found
                .values(was.is_required().to_string(), is.is_required().to_string())
                .rust(lines),
        );
    }
    style(walk, was, is);
    empty(walk, was, is);
    prose::deprecated(
        walk,
        was.node,
        is.node,
        [&rules::PARAMETER_DEPRECATED, &rules::PARAMETER_RESTORED],
    );
    prose::rest(walk, was.node, is.node, &KNOWN);
    schema(walk, old, new, was, is);
}

/// How a parameter is written, with what the standard takes where nothing is said.
fn written<'t>(node: &'t Node, location: &str) -> (&'t str, bool, bool, String) {
    let usual = if matches!(location, "query" | "cookie") {
        "form"
    } else {
        "simple"
    };
    let style = node.get("style").and_then(Node::as_text).unwrap_or(usual);
    let explode = node
        .get("explode")
        .and_then(Node::as_bool)
        .unwrap_or(style == "form");
    let media = node.get("content").map(Node::entries).unwrap_or_default();
    let media: Vec<&str> = media.iter().map(|entry| entry.key.text.as_str()).collect();
    (
        style,
        explode,
        // Reserved characters mean something in a query only.
        location == "query" && is_on(node, "allowReserved"),
        media.join(", "),
    )
}

/// Compares how two parameters or headers are written; `None` where they are written alike.
pub(in crate::diff) fn restyled<'t>(
    walk: &Walk<'t>,
    old: &'t Node,
    new: &'t Node,
    locations: (&str, &str),
) -> Option<(&'static str, String, String)> {
    let (was, is) = (written(old, locations.0), written(new, locations.1));
    if was.3 != is.3 {
        Some(("content", was.3, is.3))
    } else if was.0 != is.0 {
        Some(("style", was.0.to_owned(), is.0.to_owned()))
    } else if was.1 != is.1 && !is_one(&walk.base, old) && !is_one(&walk.revision, new) {
        Some(("explode", was.1.to_string(), is.1.to_string()))
    } else if was.2 != is.2 {
        Some(("allowReserved", was.2.to_string(), is.2.to_string()))
    } else {
        None
    }
}

/// Whether there is only ever one value, which is written alike whether lists are taken apart or not.
fn is_one<'t>(side: &Side<'t>, node: &'t Node) -> bool {
    schema_of(node).is_some_and(|schema| is_scalar(&View::new(side, &[schema])))
}

fn style<'t>(walk: &mut Walk<'t>, was: &Parameter<'t>, is: &Parameter<'t>) {
    if was.location != is.location {
        return;
    }
    if let Some((key, before, after)) =
        restyled(walk, was.node, is.node, (was.location, is.location))
    {
        let shown = |value: &str| {
            if value.is_empty() {
                "nothing".to_owned()
            } else {
                format!("`{value}`")
            }
        };
        let text = format!(
            "the `{key}` of the {} is {} instead of {}",
            was.words(),
            shown(&after),
            shown(&before)
        );
        let spots = (
            Spot::keyword(was.node.get(key), was.node),
            Spot::keyword(is.node.get(key), is.node),
        );
        walk.report(
            Found::new(&rules::PARAMETER_STYLE_CHANGED, spots.0, spots.1, text)
                .values(before, after),
        );
    }
}

fn empty<'t>(walk: &mut Walk<'t>, was: &Parameter<'t>, is: &Parameter<'t>) {
    let (rule, verb): (&'static Rule, _) = match (
        is_on(was.node, "allowEmptyValue"),
        is_on(is.node, "allowEmptyValue"),
    ) {
        (true, false) => (
            &rules::PARAMETER_EMPTY_FORBIDDEN,
            "can no longer be sent without a value",
        ),
        (false, true) => (
            &rules::PARAMETER_EMPTY_ALLOWED,
            "can now be sent without a value",
        ),
        _ => return,
    };
    let spots = (
        Spot::keyword(was.node.get("allowEmptyValue"), was.node),
        Spot::keyword(is.node.get("allowEmptyValue"), is.node),
    );
    let text = format!("the {} {verb}", was.words());
    walk.report(Found::new(rule, spots.0, spots.1, text).values("allowEmptyValue", verb));
}

/// The schema of a parameter or header, by itself or in its one media type.
pub(in crate::diff) fn schema_of(node: &Node) -> Option<&Node> {
    node.get("schema")
        .or_else(|| node.get("content")?.entries().first()?.value.get("schema"))
}

fn schema<'t>(
    walk: &mut Walk<'t>,
    old: &Located<'t>,
    new: &Located<'t>,
    was: &Parameter<'t>,
    is: &Parameter<'t>,
) {
    let (before, after) = match (schema_of(was.node), schema_of(is.node)) {
        (Some(before), Some(after)) => (before, after),
        (None, None) => return,
        (before, after) => {
            let text = format!(
                "the {} {}",
                was.words(),
                if after.is_some() {
                    "now has a schema"
                } else {
                    "can now be anything"
                }
            );
            let rule = if after.is_some() {
                &rules::REQUEST_TYPE_NARROWED
            } else {
                &rules::REQUEST_TYPE_WIDENED
            };
            let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
            let spots = (Spot::thing(before, was.node), Spot::thing(after, is.node));
            walk.report(
                Found::new(rule, spots.0, spots.1, text).values(value(before), value(after)),
            );
            return;
        }
    };
    let views = (
        View::new(&walk.base, &[before]),
        View::new(&walk.revision, &[after]),
    );
    default_of_parameter(
        walk,
        &views.0,
        &views.1,
        !was.is_required() && !is.is_required(),
    );
    // Whether it is required was compared before: here only the type counts.
    let ty = |side: &Side<'t>, operation: &Located<'t>, parameter: &Parameter<'t>| {
        rust_type(side, operation, parameter).map(|(ty, line)| (ty.text, line))
    };
    let (one, two) = (ty(&walk.base, old, was), ty(&walk.revision, new, is));
    let same = one.as_ref().map(|(ty, _)| ty) == two.as_ref().map(|(ty, _)| ty);
    let base = one.map(|(_, line)| line);
    let revision = if same {
        base.clone()
    } else {
        two.map(|(_, line)| line)
    };
    let spots = (Spot::key(before), Spot::key(after));
    let lines = RustLines { base, revision };
    let slot = walk.slot(
        lines,
        Some(&rules::REFERENCE_CHANGED),
        spots,
        "has another Rust type",
    );
    let rust = |operation: &Located<'t>, parameter: &Parameter<'t>| Rust {
        hint: hint(operation.id().unwrap_or_default(), parameter.name),
        ..Rust::default()
    };
    request(
        walk,
        Request {
            base: vec![before],
            revision: vec![after],
            direction: Direction::Request,
            slot,
            base_rust: rust(old, was),
            revision_rust: rust(new, is),
            has_defaults: true,
        },
    );
}
