//! Components that no operation leads to.

use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Finding, rules};
use crate::load::Node;

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    let reached = reached(survey);
    for component in &survey.visits {
        let Some(name) = component.component() else {
            continue;
        };
        let used = match component.object {
            Object::SecurityScheme => required(survey, name),
            _ => reached.get(component.number) == Some(&true),
        };
        if !used {
            let message = format!("no operation uses the component `{name}`");
            findings.push(
                survey
                    .finding(&rules::COMPONENT_UNUSED, component, component.span, message)
                    .help("remove it, or refer to it where it belongs"),
            );
        }
    }
}

/// Which objects the paths lead to, by number.
pub(super) fn reached(survey: &Survey<'_>) -> Vec<bool> {
    let mut reached = vec![false; survey.visits.len()];
    let mut open: Vec<&Visit<'_>> = survey
        .at("")
        .into_iter()
        .flat_map(|document| survey.children(document, "paths"))
        .collect();
    while let Some(visit) = open.pop() {
        match reached.get_mut(visit.number) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        match visit.reference {
            Some(reference) => open.extend(survey.target(reference)),
            None => open.extend(survey.all_children(visit)),
        }
    }
    reached
}

/// Whether the document asks for the security scheme.
fn required(survey: &Survey<'_>, name: &str) -> bool {
    let requirements = survey
        .tree
        .root()
        .get("security")
        .map_or(&[][..], Node::items);
    requirements
        .iter()
        .any(|requirement| requirement.get(name).is_some())
}
