//! Constraints that are written out more than once, and so can come to differ.

use std::collections::HashMap;

use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Finding, rules};

/// The keywords that restrict the values of a plain type.
const CONSTRAINTS: &[&str] = &[
    "enum",
    "maxLength",
    "maximum",
    "minLength",
    "minimum",
    "pattern",
];

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    let mut first: HashMap<String, &Visit<'_>> = HashMap::new();
    for schema in survey.all(Object::Schema) {
        if schema.component().is_some() {
            continue;
        }
        let Some(constraint) = constraint(schema) else {
            continue;
        };
        let Some(before) = first.get(&constraint) else {
            first.insert(constraint, schema);
            continue;
        };
        let help = match (parameter(survey, before), parameter(survey, schema)) {
            (Some(one), Some(two)) if one == two => format!(
                "move the parameter to `components: parameters: {one}` and refer to it from both places"
            ),
            _ => "make one component of `type: integer` with `minimum` and `maximum` and refer to it from both places; or leave the bound out and say it in the descriptions".to_owned(),
        };
        findings.push(
            survey
                .finding(
                    &rules::CONSTRAINT_REPEATED,
                    schema,
                    schema.span,
                    "the same constraint stands at another place",
                )
                .help(help)
                .related(survey.tree.place(before.span), "the other place"),
        );
    }
}

/// The name of the parameter that the schema belongs to.
fn parameter<'a>(survey: &Survey<'a>, schema: &Visit<'a>) -> Option<&'a str> {
    let parent = survey.parent(schema)?;
    let name = parent.text("name");
    name.filter(|_| parent.object == Object::Parameter)
}

/// Type and constraints in one text; `None` when there is no constraint.
fn constraint(schema: &Visit<'_>) -> Option<String> {
    let mut text = String::new();
    for key in CONSTRAINTS {
        if let Some(value) = schema.node.get(key) {
            let items = value.items().iter();
            let values = items
                .chain(std::iter::once(value))
                .filter_map(|value| value.as_text());
            text.push_str(&format!("{key}={:?} ", values.collect::<Vec<_>>()));
        }
    }
    (!text.is_empty()).then(|| {
        let or_none = |key: &str| schema.text(key).unwrap_or("");
        format!("{} {} {text}", or_none("type"), or_none("format"))
    })
}
