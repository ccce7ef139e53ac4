//! Examples: each is a value of its schema, wherever it stands.

use super::conform::Misfit;
use super::edits;
use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Finding, rules};
use crate::load::Node;

/// So many disagreements of one example say enough.
const MOST: usize = 20;

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    for visit in &survey.visits {
        match visit.object {
            Object::MediaType | Object::Parameter | Object::Header if !visit.is_reference => {
                if let Some(schema) = visit.node.get("schema") {
                    own(survey, visit, schema, findings);
                    named(survey, visit, schema, findings);
                }
            }
            Object::Schema if !visit.is_reference => {
                own(survey, visit, visit.node, findings);
            }
            _ => {}
        }
    }
}

/// The one value under `example`.
fn own<'a>(survey: &Survey<'a>, holder: &Visit<'a>, schema: &'a Node, findings: &mut Vec<Finding>) {
    if let Some(value) = holder.node.get("example") {
        let pointer = format!("{}/example", holder.pointer);
        compare(survey, holder, schema, value, &pointer, findings);
    }
}

/// The values under `examples`, by name.
fn named<'a>(
    survey: &Survey<'a>,
    holder: &Visit<'a>,
    schema: &'a Node,
    findings: &mut Vec<Finding>,
) {
    for seat in survey.children(holder, "examples") {
        let Some(example) = survey.resolved(seat) else {
            continue;
        };
        if let Some(value) = example.node.get("value") {
            let pointer = format!("{}/value", example.pointer);
            compare(survey, holder, schema, value, &pointer, findings);
        }
    }
}

fn compare<'a>(
    survey: &Survey<'a>,
    holder: &Visit<'a>,
    schema: &'a Node,
    value: &'a Node,
    pointer: &str,
    findings: &mut Vec<Finding>,
) {
    for misfit in survey.schemas.misfits(schema, value).into_iter().take(MOST) {
        let rule = if misfit.undeclared {
            &rules::EXAMPLE_MEMBER_UNDECLARED
        } else {
            &rules::EXAMPLE_INVALID
        };
        let Misfit {
            span,
            problem,
            help,
            unquoted,
            ..
        } = &misfit;
        let what = match misfit.pointer.as_str() {
            "" => "the example".to_owned(),
            inner => format!("`{inner}` of the example"),
        };
        let mut finding = survey
            .finding(rule, holder, *span, format!("{what} {problem}"))
            .help(help)
            .fix(unquoted.then(|| edits::quote(survey.tree, *span)).flatten());
        finding.pointer = format!("{pointer}{}", misfit.pointer);
        if let Some(entry) = holder.node.entry("schema") {
            finding = finding.related(survey.tree.place(entry.key.span), "its schema");
        }
        findings.push(finding);
    }
}
