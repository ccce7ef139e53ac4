//! Parameters: query and path, each one plain value.

use std::collections::HashMap;

use super::edits;
use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Finding, rules};

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    for parameter in survey.all(Object::Parameter) {
        place(survey, parameter, findings);
        value(survey, parameter, findings);
    }
    for holder in survey
        .all(Object::PathItem)
        .chain(survey.all(Object::Operation))
    {
        duplicates(survey, holder, findings);
    }
}

fn place(survey: &Survey<'_>, parameter: &Visit<'_>, findings: &mut Vec<Finding>) {
    match parameter.text("in") {
        Some("query") | None => {}
        Some("path") => {
            if !parameter.flag("required") {
                findings.push(
                    survey
                        .finding(
                            &rules::PATH_PARAMETER_OPTIONAL,
                            parameter,
                            parameter.key_span("required"),
                            "a path parameter that is not required",
                        )
                        .help("write `required: true`")
                        .fix(edits::set(
                            survey.tree,
                            parameter.node,
                            "required",
                            "true",
                            "in",
                        )),
                );
            }
        }
        Some(other) => {
            let help = match other {
                "header" => "remove it; a caller can set a header on a single call",
                "cookie" => "remove it; the client keeps no cookies",
                _ => "write `in: query` or `in: path`",
            };
            let message = format!("a parameter in `{other}` is not supported");
            findings.push(
                survey
                    .finding(
                        &rules::PARAMETER_PLACE_UNSUPPORTED,
                        parameter,
                        parameter.value_span("in"),
                        message,
                    )
                    .help(help),
            );
        }
    }
}

fn value(survey: &Survey<'_>, parameter: &Visit<'_>, findings: &mut Vec<Finding>) {
    let Some(schema) = survey.child(parameter, "schema") else {
        if parameter.node.get("schema").is_none() && parameter.node.get("content").is_none() {
            findings.push(
                survey
                    .finding(
                        &rules::PARAMETER_SCHEMA_MISSING,
                        parameter,
                        parameter.span,
                        "the parameter has no schema",
                    )
                    .help("add `schema:` with a type or a `$ref`"),
            );
        }
        return;
    };
    let Some(bare) = survey.bare(schema) else {
        return;
    };
    let kind = bare.text("type");
    if !matches!(kind, Some("string" | "integer" | "number" | "boolean")) {
        let what = match kind {
            Some(kind) => format!("of type `{kind}`"),
            None => "without a type".to_owned(),
        };
        findings.push(
            survey
                .finding(
                    &rules::PARAMETER_NOT_PLAIN,
                    schema,
                    schema.span,
                    format!("a parameter {what} has no agreed text"),
                )
                .help("use a string, an integer, a number or a boolean"),
        );
    }
    // A component is never nullable, so only the schema itself can be.
    if schema.reference.is_none() && schema.flag("nullable") {
        findings.push(
            survey
                .finding(
                    &rules::PARAMETER_NULLABLE,
                    schema,
                    schema.key_span("nullable"),
                    "a parameter cannot be null",
                )
                .help("remove `nullable`; a parameter that is not required can be left out")
                .fix(
                    schema
                        .node
                        .entry("nullable")
                        .and_then(|entry| edits::remove_entry(survey.tree, schema.node, entry)),
                ),
        );
    }
}

/// One name once, whatever its place: the generator tells parameters apart by name alone.
fn duplicates(survey: &Survey<'_>, holder: &Visit<'_>, findings: &mut Vec<Finding>) {
    let list = |holder: &Visit<'_>| -> Vec<(String, String, usize)> {
        survey
            .children(holder, "parameters")
            .filter_map(|seat| {
                let parameter = survey.resolved(seat)?;
                Some((
                    parameter.text("name")?.to_owned(),
                    parameter.text("in")?.to_owned(),
                    seat.number,
                ))
            })
            .collect()
    };
    let shared = match holder.object {
        Object::Operation => survey.parent(holder).map(list).unwrap_or_default(),
        _ => Vec::new(),
    };
    let mut above = HashMap::new();
    for (name, place, seat) in &shared {
        above.entry(name.as_str()).or_insert((place, *seat));
    }
    let mut before: HashMap<String, (String, usize)> = HashMap::new();
    for (name, place, seat) in list(holder) {
        let known = before.get(&name).map(|(place, seat)| (place, *seat));
        // An operation may replace a parameter of its path, but only by one of the same place.
        let replaced = above.get(name.as_str()).copied();
        let known = known.or(replaced.filter(|(elsewhere, _)| **elsewhere != place));
        let Some((elsewhere, first)) = known else {
            before.insert(name, (place, seat));
            continue;
        };
        let (Some(seat), Some(first)) = (survey.visits.get(seat), survey.visits.get(first)) else {
            continue;
        };
        let message = match *elsewhere == place {
            true => format!("the parameter `{name}` stands twice"),
            false => format!("the parameter `{name}` stands in `{elsewhere}` and in `{place}`"),
        };
        findings.push(
            survey
                .finding(&rules::PARAMETER_DUPLICATE, seat, seat.span, message)
                .help("keep one of the two; the generator tells parameters apart by their names")
                .related(survey.tree.place(first.span), "the other one"),
        );
    }
}
