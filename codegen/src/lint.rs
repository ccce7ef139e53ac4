//! Curation rules: what the generator could not turn into a client, and what a curator would not want to publish.
//!
//! The document is walked once by the table of OpenAPI 3.0 (`grammar`); each theme then looks at the collected objects
//! (`survey`). A theme never stops another one, so a document gets all its findings at once. Whatever `lint` accepts,
//! the later stages must be able to turn into code; what they merely bridge is no finding.

mod bodies;
mod casing;
mod circles;
mod closest;
mod conform;
mod document;
mod edits;
mod examples;
mod fix;
mod foreign;
mod formats;
mod grammar;
mod identifiers;
mod least_items;
mod lists;
mod names;
mod parameters;
mod paths;
mod prefixes;
mod references;
mod repeated;
mod responses;
mod schemas;
mod sid_names;
mod sids;
mod survey;
mod unused;
mod values;
mod walk;

use survey::Survey;

use crate::finding::Finding;
use crate::load::Tree;

pub use fix::{Fixed, fix};

pub use crate::finding::Rule;
pub use crate::finding::rules::RULES;

/// One theme of rules: it reads the survey and adds its findings.
type Theme = fn(&Survey<'_>, &mut Vec<Finding>);

/// All themes. The order does not matter, because the findings are sorted at the end.
const THEMES: &[Theme] = &[
    document::check,
    paths::check,
    parameters::check,
    references::check,
    names::check,
    bodies::check,
    responses::check,
    schemas::check,
    least_items::check,
    values::check,
    sids::check,
    sid_names::check,
    casing::check,
    lists::check,
    examples::check,
    repeated::check,
    unused::check,
];

/// All findings of a document, sorted by place, each once.
///
/// A document of another version of OpenAPI gets that one finding, because no other rule would make sense for it.
///
/// ```
/// let tree = codegen::load::load("api.yaml", b"openapi: 3.1.0\n").unwrap();
/// let findings = codegen::lint::lint(&tree);
/// assert_eq!(findings[0].rule, "DOCUMENT_VERSION_UNSUPPORTED");
/// assert_eq!(findings[0].place.to_string(), "api.yaml:1:10");
/// ```
pub fn lint(tree: &Tree) -> Vec<Finding> {
    let (survey, mut findings) = survey(tree);
    if let Some(survey) = survey {
        for theme in THEMES {
            theme(&survey, &mut findings);
        }
    }
    sorted(findings)
}

/// The findings of the walk alone: whatever keeps the document from fitting the data model of OpenAPI 3.0.
pub(crate) fn shapes(tree: &Tree) -> Vec<Finding> {
    sorted(survey(tree).1)
}

fn survey(tree: &Tree) -> (Option<Survey<'_>>, Vec<Finding>) {
    let mut findings = tree.problems().to_vec();
    if let Some(finding) = document::version(tree) {
        findings.push(finding);
        return (None, findings);
    }
    let (visits, mut shapes) = walk::walk(tree);
    findings.append(&mut shapes);
    (Some(Survey::new(tree, visits)), findings)
}

fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort();
    findings.dedup();
    findings
}
