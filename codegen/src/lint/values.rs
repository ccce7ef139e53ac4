//! What values a schema allows: bounds, enums and defaults.

use std::collections::HashMap;

use super::edits;
use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Edit, Finding, rules};
use crate::load::{Kind, Node, Span};

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    for schema in survey.all(Object::Schema) {
        match schema.text("type") {
            Some("integer") => integer(survey, schema, findings),
            Some("number") => {
                for key in ["minimum", "maximum"] {
                    if schema.node.get(key).is_some() {
                        unchecked(survey, schema, key, findings);
                    }
                }
            }
            _ => {}
        }
        enumeration(survey, schema, findings);
        default(survey, schema, findings);
    }
}

/// A bound is checked by the type of a component with both bounds, or of an integer that starts at 0 or 1.
fn integer(survey: &Survey<'_>, schema: &Visit<'_>, findings: &mut Vec<Finding>) {
    let bound = |key: &str| {
        schema
            .node
            .get(key)
            .filter(|node| node.as_float().is_some())
    };
    let (minimum, maximum) = (bound("minimum"), bound("maximum"));
    for (key, node) in [("minimum", minimum), ("maximum", maximum)] {
        if let Some(node) = node.filter(|node| {
            node.as_integer()
                .and_then(|value| i64::try_from(value).ok())
                .is_none()
        }) {
            findings.push(
                survey
                    .finding(
                        &rules::SCHEMA_BOUND_INVALID,
                        schema,
                        node.span(),
                        format!("the {key} of an integer is not a whole number of 64 bits"),
                    )
                    .help("write a whole number"),
            );
            return;
        }
    }
    let (low, high) = (
        minimum.and_then(Node::as_integer),
        maximum.and_then(Node::as_integer),
    );
    match (low, high) {
        (Some(low), Some(high)) if low > high => findings.push(
            survey
                .finding(
                    &rules::SCHEMA_BOUND_INVALID,
                    schema,
                    schema.key_span("minimum"),
                    format!("the minimum {low} is above the maximum {high}"),
                )
                .help("exchange the two")
                .fix(exchanged(survey, minimum, maximum)),
        ),
        // A component has both bounds, or is reported for not being a type.
        _ if schema.component().is_some() => {}
        (_, Some(_)) => unchecked(survey, schema, "maximum", findings),
        // These become unsigned types, 0 only where no format asks for a signed one.
        (Some(1), None) | (None, None) => {}
        (Some(0), None) if schema.node.get("format").is_none() => {}
        (Some(_), None) => unchecked(survey, schema, "minimum", findings),
    }
}

/// Each bound in the other one's place.
fn exchanged(survey: &Survey<'_>, one: Option<&Node>, two: Option<&Node>) -> Option<Vec<Edit>> {
    let (one, two) = (one?.span(), two?.span());
    let mut both = edits::replace(one, edits::written(survey.tree, two)?)?;
    both.extend(edits::replace(two, edits::written(survey.tree, one)?)?);
    Some(both)
}

fn unchecked(survey: &Survey<'_>, schema: &Visit<'_>, key: &str, findings: &mut Vec<Finding>) {
    let message = format!("`{key}` would not be checked here");
    findings.push(
        survey
            .finding(&rules::SCHEMA_BOUND_UNCHECKED, schema, schema.key_span(key), message)
            .help("make a component of `type: integer` with `minimum` and `maximum` and refer to it; or remove the bound and say it in the description"),
    );
}

fn enumeration(survey: &Survey<'_>, schema: &Visit<'_>, findings: &mut Vec<Finding>) {
    let Some(list) = schema
        .node
        .get("enum")
        .filter(|list| list.kind() == Kind::Sequence)
    else {
        return;
    };
    if list.items().is_empty() {
        findings.push(
            survey
                .finding(
                    &rules::ENUM_EMPTY,
                    schema,
                    schema.key_span("enum"),
                    "the enum has no value",
                )
                .help("list the values, or remove `enum` to accept any text"),
        );
    }
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for (at, item) in list.items().iter().enumerate() {
        let Some(text) = item.as_str() else {
            if schema.text("type").is_none_or(|kind| kind == "string") {
                let (what, help) = match item.as_text() {
                    Some(_) if item.is_null() => (
                        "null".to_owned(),
                        "remove it and write `nullable: true`".to_owned(),
                    ),
                    Some(text) => (
                        format!("`{text}`, {}", item.kind().described()),
                        format!("write '{text}' in quotes"),
                    ),
                    None => (item.kind().described().to_owned(), "write text".to_owned()),
                };
                findings.push(
                    survey
                        .finding(
                            &rules::ENUM_VALUE_NOT_TEXT,
                            schema,
                            item.span(),
                            format!("a value of the enum is {what}"),
                        )
                        .help(help)
                        .fix(
                            item.as_text()
                                .filter(|_| !item.is_null())
                                .and_then(|_| edits::quote(survey.tree, item.span())),
                        ),
                );
            }
            continue;
        };
        if let Some(first) = seen.get(text) {
            findings.push(
                survey
                    .finding(
                        &rules::ENUM_VALUE_DUPLICATE,
                        schema,
                        item.span(),
                        format!("the value `{text}` stands twice in the enum"),
                    )
                    .help("keep one of the two")
                    .related(survey.tree.place(*first), "the first one")
                    .fix(edits::remove_item(survey.tree, list, at)),
            );
        } else {
            seen.insert(text, item.span());
        }
    }
}

fn default(survey: &Survey<'_>, schema: &Visit<'_>, findings: &mut Vec<Finding>) {
    let Some(value) = schema.node.get("default") else {
        return;
    };
    if schema.node.get("allOf").is_some() {
        return;
    }
    let parameter = survey
        .parent(schema)
        .is_some_and(|parent| parent.object == Object::Parameter);
    let plain = !matches!(schema.text("type"), Some("object" | "array") | None);
    if !plain || !parameter && schema.component().is_none() {
        findings.push(
            survey
                .finding(
                    &rules::SCHEMA_DEFAULT_IGNORED,
                    schema,
                    schema.key_span("default"),
                    "a default here changes nothing: what is absent stays absent",
                )
                .help("remove it and say in the description what the server does without a value"),
        );
        return;
    }
    // The first disagreement is enough: a default is a plain value.
    if let Some(misfit) = survey.schemas.misfits(schema.node, value).first() {
        let quoted = misfit
            .unquoted
            .then(|| edits::quote(survey.tree, misfit.span));
        findings.push(
            survey
                .finding(
                    &rules::SCHEMA_DEFAULT_INVALID,
                    schema,
                    value.span(),
                    format!("the default {}", misfit.problem),
                )
                .help(&misfit.help)
                .fix(quoted.flatten()),
        );
    }
}
