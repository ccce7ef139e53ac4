//! `$ref`: where it leads, that it leads to the right kind of thing, and that it does not lead back to itself.

use std::collections::HashSet;

use super::circles::{Graph, circles};
use super::closest::closest;
use super::edits;
use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Edit, Finding, rules};
use crate::load::{RefError, tokens};

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    for seat in &survey.visits {
        if let Some(reference) = seat.reference {
            target(survey, seat, reference, findings);
        }
    }
    cycles(survey, findings);
    for component in survey
        .visits
        .iter()
        .filter(|visit| visit.component().is_some())
    {
        component_name(survey, component, findings);
    }
}

fn target(survey: &Survey<'_>, seat: &Visit<'_>, reference: &str, findings: &mut Vec<Finding>) {
    let Some(section) = seat.object.component() else {
        return;
    };
    // Nearly every reference is as it should be.
    if survey
        .plain_target(reference)
        .is_some_and(|target| target.is_component && target.object == seat.object)
    {
        return;
    }
    let span = seat.value_span("$ref");
    let form = format!("write `#/components/{section}/` and the name of the component");
    match survey.tree.resolve(reference) {
        Err(RefError::Remote) => findings.push(
            survey
                .finding(
                    &rules::REF_REMOTE,
                    seat,
                    span,
                    format!("`{reference}` lies outside of this document"),
                )
                .help(format!(
                    "copy what is needed into `components: {section}` of this document and {form}"
                )),
        ),
        Err(RefError::Malformed | RefError::Cycle) => findings.push(
            survey
                .finding(
                    &rules::REF_UNRESOLVED,
                    seat,
                    span,
                    format!("`{reference}` is no reference into this document"),
                )
                .help(form),
        ),
        Err(RefError::Missing { .. }) => {
            let wanted = reference.rsplit('/').next().unwrap_or(reference);
            let names = survey
                .tree
                .at(&format!("/components/{section}"))
                .map_or(&[][..], |node| node.entries());
            let help = match closest(wanted, names.iter().map(|entry| entry.key.text.as_str())) {
                Some(near) => format!("did you mean `#/components/{section}/{near}`?"),
                None => format!("add `{wanted}` under `components: {section}`"),
            };
            findings.push(
                survey
                    .finding(
                        &rules::REF_UNRESOLVED,
                        seat,
                        span,
                        format!("`{reference}` does not exist"),
                    )
                    .help(help),
            );
        }
        Ok((_, pointer)) => {
            // The generator looks at the last part of the reference alone, so every other part must be what it expects.
            let direct = tokens(&pointer).is_some_and(|tokens| {
                let tokens: Vec<_> = tokens.collect();
                matches!(tokens.as_slice(), [components, kind, _] if components == "components" && kind == section)
            });
            let plain = format!("#{pointer}") == reference;
            if !direct || !plain {
                findings.push(
                    survey
                        .finding(
                            &rules::REF_KIND_WRONG,
                            seat,
                            span,
                            format!(
                                "{} can only refer to an entry of `components: {section}`",
                                seat.object.described()
                            ),
                        )
                        .help(form),
                );
            }
        }
    }
}

/// How one schema can lead to another without anything being read in between.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// By `$ref` or `allOf`: the two are one and the same.
    Same,
    /// By a required property that cannot be null: there is no finite value of the first without one of the second.
    Required,
}

/// How many names of a circle a message shows.
const SHOWN: usize = 8;

/// Components that lead back to themselves. Data types may, through a property that can be left out, an array or a
/// map; anything else has no end.
fn cycles(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    let components = || {
        survey
            .visits
            .iter()
            .filter(|visit| visit.component().is_some())
    };
    let mut graph = Graph::new();
    for component in components() {
        let mut list = Vec::new();
        leads(survey, component, Step::Same, &mut list);
        graph.insert(component.number, list);
    }
    let circles = circles(&graph);
    for circle in &circles {
        let Some(component) = circle
            .nodes
            .first()
            .and_then(|first| survey.visits.get(*first))
        else {
            continue;
        };
        let same = circle.way.iter().all(|(_, step)| *step == Step::Same);
        let (rule, what, help) = if same {
            (
                &rules::REF_CYCLE,
                "refers to itself",
                "write out what one of them is",
            )
        } else {
            let help = "take one of the members off the `required` list, or make it nullable";
            (
                &rules::SCHEMA_ENDLESS,
                "requires itself, so that no value of it can end",
                help,
            )
        };
        let name = component.name.unwrap_or("");
        let names = circle
            .way
            .iter()
            .take(SHOWN)
            .filter_map(|(number, _)| survey.visits.get(*number)?.name);
        let mut chain: Vec<&str> = std::iter::once(name).chain(names).collect();
        if circle.way.len() > SHOWN {
            chain.extend(["…", name]);
        }
        let message = format!("`{name}` {what}: {}", chain.join(" → "));
        findings.push(
            survey
                .finding(rule, component, component.span, message)
                .help(help),
        );
    }
    let in_circle: HashSet<usize> = circles
        .iter()
        .flat_map(|circle| &circle.nodes)
        .copied()
        .collect();
    for component in components().filter(|component| !in_circle.contains(&component.number)) {
        alias(survey, component, findings);
    }
}

/// A component that is only another name of a component becomes a second type for one thing.
fn alias(survey: &Survey<'_>, component: &Visit<'_>, findings: &mut Vec<Finding>) {
    let Some(target) = component
        .reference
        .or_else(|| survey.wrapped(component)?.reference)
    else {
        return;
    };
    let name = component.name.unwrap_or("");
    findings.push(
        survey
            .finding(
                &rules::COMPONENT_ALIAS,
                component,
                component.span,
                format!("`{name}` is only another name for `{target}`"),
            )
            .help(format!("remove it and refer to `{target}` directly")),
    );
}

/// Collects the components that `visit` leads to. The recursion follows the document, not the references.
fn leads(survey: &Survey<'_>, visit: &Visit<'_>, step: Step, list: &mut Vec<(usize, Step)>) {
    if let Some(reference) = visit.reference {
        let target = survey
            .tree
            .resolve(reference)
            .ok()
            .and_then(|(_, pointer)| survey.at(&pointer));
        list.extend(
            target
                .filter(|target| target.object == visit.object)
                .map(|target| (target.number, step)),
        );
        return;
    }
    if visit.object != Object::Schema {
        return;
    }
    for part in survey.children(visit, "allOf") {
        leads(survey, part, step, list);
    }
    let required: HashSet<&str> = visit
        .node
        .get("required")
        .map_or(&[][..], |node| node.items())
        .iter()
        .filter_map(|item| item.as_str())
        .collect();
    for property in survey.children(visit, "properties") {
        let nullable = property.flag("nullable")
            || survey
                .bare(property)
                .is_some_and(|bare| bare.flag("nullable"));
        if property.name.is_some_and(|name| required.contains(&name)) && !nullable {
            leads(survey, property, Step::Required, list);
        }
    }
}

/// The generator cuts references at slashes, and the name of a schema is the name of a Rust type.
fn component_name(survey: &Survey<'_>, component: &Visit<'_>, findings: &mut Vec<Finding>) {
    let Some(name) = component.component() else {
        return;
    };
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let message = format!("`{name}` cannot be the name of a component");
    if name.is_empty() || !name.bytes().all(allowed) {
        findings.push(
            survey
                .finding(
                    &rules::COMPONENT_NAME_INVALID,
                    component,
                    component.span,
                    message,
                )
                .help("use letters, digits, `.`, `-` and `_` only"),
        );
    } else if component.object == Object::Schema && super::identifiers::pascal(name) != name {
        let better = super::identifiers::pascal(name);
        findings.push(
            survey
                .finding(
                    &rules::COMPONENT_NAME_MISNAMED,
                    component,
                    component.span,
                    format!("the schema `{name}` is not named as its Rust type"),
                )
                .help(format!("write `{better}`, here and in every `$ref`"))
                .fix(renamed(survey, component, name, &better)),
        );
    }
}

/// The new name at the component and in every reference to it.
fn renamed(
    survey: &Survey<'_>,
    component: &Visit<'_>,
    name: &str,
    better: &str,
) -> Option<Vec<Edit>> {
    if survey
        .at(&format!("/components/schemas/{better}"))
        .is_some()
    {
        return None;
    }
    let key = edits::written(survey.tree, component.span)?;
    let mut all = edits::replace(component.span, key.replace(name, better))?;
    let old = format!("#/components/schemas/{name}");
    for seat in survey
        .visits
        .iter()
        .filter(|seat| seat.reference == Some(old.as_str()))
    {
        let new = format!("#/components/schemas/{better}");
        all.extend(edits::rewrite(survey.tree, seat.node.get("$ref")?, &new)?);
    }
    Some(all)
}
