//! `minItems`: it is checked where a component is sent as JSON, for an array that is a property of it.

use std::collections::HashSet;

use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Finding, rules};

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    let mut bounded = survey
        .all(Object::Schema)
        .filter(|schema| {
            schema.node.get("minItems").is_some() && schema.text("type") == Some("array")
        })
        .peekable();
    if bounded.peek().is_none() {
        return;
    }
    let sent = sent_as_json(survey);
    for schema in bounded {
        let owner = survey
            .parent(schema)
            .filter(|_| schema.member == "properties")
            .and_then(Visit::component);
        if owner.is_some_and(|owner| sent.contains(owner)) {
            continue;
        }
        findings.push(
            survey
                .finding(
                    &rules::KEYWORD_UNSUPPORTED,
                    schema,
                    schema.key_span("minItems"),
                    "`minItems` is turned into code only for a property of a component that is sent as JSON",
                )
                .help("remove it and say in the description how many are allowed"),
        );
    }
}

/// The names of the components that a JSON body of a request is, or that stand in one.
fn sent_as_json<'a>(survey: &Survey<'a>) -> HashSet<&'a str> {
    let mut sent: HashSet<&str> = HashSet::new();
    loop {
        let known = sent.len();
        for visit in survey
            .visits
            .iter()
            .filter(|visit| visit.object == Object::Schema)
        {
            let Some(target) = visit.reference.and_then(|to| to.rsplit('/').next()) else {
                continue;
            };
            if is_sent(survey, visit, &sent) {
                sent.insert(target);
            }
        }
        if sent.len() == known {
            return sent;
        }
    }
}

/// Whether a schema is in a JSON body of a request or in one of the components that are sent.
fn is_sent(survey: &Survey<'_>, schema: &Visit<'_>, sent: &HashSet<&str>) -> bool {
    let mut at = schema;
    while let Some(outer) = survey.parent(at) {
        if at.object == Object::MediaType && outer.object == Object::RequestBody {
            return at.name.is_some_and(|name| name.ends_with("json"));
        }
        if at.component().is_some_and(|name| sent.contains(name)) {
            return true;
        }
        at = outer;
    }
    false
}
