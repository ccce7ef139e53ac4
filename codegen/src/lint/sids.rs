//! SIDs: one component for each kind, with a pattern from which an exact check can be made. Every other pattern or
//! length would be a promise that no generated code keeps.

use std::collections::HashMap;

use super::edits;
use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Edit, Finding, rules};
use crate::load::Span;
use crate::sid_shape::SidShape;

/// A longer pattern is not even tried, so that a hostile one costs nothing.
const LONGEST_PATTERN: usize = 256;

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    let mut by_prefix: HashMap<&str, &Visit<'_>> = HashMap::new();
    let schemas: Vec<&Visit<'_>> = survey
        .all(Object::Schema)
        .filter(|schema| schema.text("type") == Some("string"))
        .collect();
    for schema in schemas.iter().filter(|schema| schema.component().is_some()) {
        let Some(prefix) = schema.text("pattern").and_then(sid_prefix) else {
            continue;
        };
        if let Some(first) = by_prefix.get(prefix) {
            let message = format!("a second component for SIDs that begin with `{prefix}`");
            findings.push(
                survey
                    .finding(&rules::SID_PREFIX_DUPLICATE, schema, schema.span, message)
                    .help("keep one component for each kind of SID")
                    .related(survey.tree.place(first.span), "the first one"),
            );
        } else {
            by_prefix.insert(prefix, schema);
        }
    }
    for schema in schemas {
        pattern(survey, schema, &by_prefix, findings);
    }
}

/// The two letters of a pattern that begins as that of a SID, anchored or not, right or slightly wrong.
pub(super) fn sid_prefix(pattern: &str) -> Option<&str> {
    let rest = pattern.strip_prefix('^').unwrap_or(pattern);
    let (prefix, rest) = rest.split_at_checked(2)?;
    let digits = rest.strip_prefix('[')?;
    (prefix.bytes().all(|byte| byte.is_ascii_uppercase()) && digits.contains("]{"))
        .then_some(prefix)
}

/// The pattern with the anchors that it lacks, if it lacks nothing else.
fn anchored(pattern: &str) -> Option<String> {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    let anchored = format!("^{inner}$");
    SidShape::parse(&anchored).map(|_| anchored)
}

/// A schema that says nothing but what the component says, and perhaps a description, becomes a reference to it.
fn referred(survey: &Survey<'_>, schema: &Visit<'_>, kind: &Visit<'_>) -> Option<Vec<Edit>> {
    let (first, rest) = schema.node.entries().split_first()?;
    let same = |key: &str| {
        schema
            .node
            .get(key)
            .is_none_or(|own| kind.node.get(key) == Some(own))
    };
    let said = ["type", "pattern", "minLength", "maxLength"];
    if !said.into_iter().all(same) || edits::is_flow(survey.tree, schema.node) {
        return None;
    }
    let reference = format!("$ref: '#/components/schemas/{}'", kind.name?);
    let described = first.key.text == "description";
    let rest_said = rest
        .iter()
        .all(|entry| said.contains(&entry.key.text.as_str()));
    if !rest_said || !described && !said.contains(&first.key.text.as_str()) {
        return None;
    }
    let from = if described { rest.first()? } else { first };
    let start = from.key.span.start;
    let end = rest
        .last()
        .map_or(first.value.span().end, |last| last.value.span().end);
    let whole = Span { start, end };
    // A comment in between would be lost.
    if edits::written(survey.tree, whole)?.contains('#') {
        return None;
    }
    if !described {
        return edits::replace(whole, reference);
    }
    let indent = edits::indentation(survey.tree.text(), start)?;
    let (_, line_break) = edits::line_end(survey.tree.text(), start);
    let blanks = " ".repeat(indent);
    edits::replace(whole, format!("allOf:{line_break}{blanks}  - {reference}"))
}

/// How the pattern of a SID is written.
fn exact(prefix: &str) -> String {
    format!("^{prefix}[0-9a-fA-F]{{32}}$")
}

fn pattern(
    survey: &Survey<'_>,
    schema: &Visit<'_>,
    by_prefix: &HashMap<&str, &Visit<'_>>,
    findings: &mut Vec<Finding>,
) {
    let Some(pattern) = schema.text("pattern") else {
        for key in ["minLength", "maxLength"] {
            if schema.node.get(key).is_some() {
                length_unchecked(survey, schema, key, findings);
            }
        }
        return;
    };
    let span = schema.value_span("pattern");
    if let Some(Err(error)) =
        (pattern.len() <= LONGEST_PATTERN).then(|| regress::Regex::new(pattern))
    {
        findings.push(
            survey
                .finding(
                    &rules::PATTERN_INVALID,
                    schema,
                    span,
                    format!("the pattern is not a regular expression: {error}"),
                )
                .help("mend the expression, or remove `pattern` and describe the form in words"),
        );
        return;
    }
    let Some(prefix) = sid_prefix(pattern) else {
        findings.push(
            survey
                .finding(
                    &rules::PATTERN_UNCHECKED,
                    schema,
                    span,
                    "this pattern would not be checked: it is not the pattern of a SID",
                )
                .help(format!(
                    "remove it and describe the form in words; a SID has a pattern such as `{}`",
                    exact("XB")
                )),
        );
        for key in ["minLength", "maxLength"] {
            if schema.node.get(key).is_some() {
                length_unchecked(survey, schema, key, findings);
            }
        }
        return;
    };
    if schema.component().is_none() {
        let known = by_prefix.get(prefix).and_then(|component| component.name);
        let help = match known {
            Some(name) => {
                format!("write `$ref: '#/components/schemas/{name}'` instead of the whole schema")
            }
            None => format!(
                "make a component for SIDs that begin with `{prefix}` under `components: schemas` and write `$ref` here"
            ),
        };
        let message = format!("a SID that begins with `{prefix}` is described inline");
        findings.push(
            survey
                .finding(&rules::SID_INLINE, schema, span, message)
                .help(help)
                .fix(
                    by_prefix
                        .get(prefix)
                        .and_then(|kind| referred(survey, schema, kind)),
                ),
        );
        return;
    }
    if SidShape::parse(pattern).is_none() {
        let message = "the pattern is nearly that of a SID, and no check can be made from it";
        findings.push(
            survey
                .finding(&rules::SID_PATTERN_INEXACT, schema, span, message)
                .help(format!(
                    "write `pattern: {}`, anchored at both ends",
                    exact(prefix)
                ))
                .fix(anchored(pattern).and_then(|anchored| {
                    edits::rewrite(survey.tree, schema.node.get("pattern")?, &anchored)
                })),
        );
    }
    for key in ["minLength", "maxLength"] {
        let stated = schema.node.get(key).map(|node| node.as_integer());
        if stated != Some(i128::try_from(SidShape::LENGTH).ok()) {
            let message = match schema.node.get(key).and_then(|node| node.as_text()) {
                Some(stated) => format!(
                    "`{key}` is {stated}, and the pattern demands {} characters",
                    SidShape::LENGTH
                ),
                None => format!("the SID has no `{key}`"),
            };
            let span = if stated.is_some() {
                schema.value_span(key)
            } else {
                schema.span
            };
            let length = SidShape::LENGTH.to_string();
            let neighbour = match schema.node.get("minLength") {
                Some(_) if key == "maxLength" => "minLength",
                _ => "pattern",
            };
            findings.push(
                survey
                    .finding(&rules::SID_LENGTH_MISMATCH, schema, span, message)
                    .help(format!("write `{key}: {length}`"))
                    .fix(edits::set(
                        survey.tree,
                        schema.node,
                        key,
                        &length,
                        neighbour,
                    )),
            );
        }
    }
    for key in ["format", "enum", "default"] {
        if schema.node.get(key).is_some() {
            findings.push(
                survey
                    .finding(
                        &rules::SID_PATTERN_INEXACT,
                        schema,
                        schema.key_span(key),
                        format!("a SID has a pattern and lengths, and no `{key}`"),
                    )
                    .help("remove it"),
            );
        }
    }
}

fn length_unchecked(
    survey: &Survey<'_>,
    schema: &Visit<'_>,
    key: &str,
    findings: &mut Vec<Finding>,
) {
    findings.push(
        survey
            .finding(
                &rules::LENGTH_UNCHECKED,
                schema,
                schema.key_span(key),
                format!("`{key}` would not be checked here"),
            )
            .help("remove it and say in the description how long the text may be"),
    );
}
