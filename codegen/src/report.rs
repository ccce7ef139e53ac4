//! Findings for people and for programs: as a compiler shows them, as JSON, as GitHub annotations, as SARIF.
//!
//! Rendering never fails and judges nothing: what is found, and how much it weighs, is decided where it is found.

pub(crate) mod choice;
mod github;
mod json;
pub(crate) mod paint;
mod sarif;
mod text;

use crate::finding::{Finding, Severity};

pub use github::github;
pub use json::json;
pub use sarif::{Pages, sarif};

/// Text for a terminal or a log. `text` is the document that the findings are about, and `color` asks for ANSI escapes.
///
/// The last line counts the findings; nothing at all is written when there are none.
pub fn render(findings: &[Finding], text: &str, color: bool) -> String {
    text::render(findings, text, color)
}

/// How many errors there are, and how many warnings.
fn counted(findings: &[Finding]) -> (usize, usize) {
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    (errors, findings.len() - errors)
}

/// Where a stretch of text ends, as line and column in characters, both counted from 1.
fn end(place: &crate::finding::Place, text: &str) -> (usize, usize) {
    let marked = text.get(place.start..place.end).unwrap_or("");
    let breaks = marked.matches('\n').count();
    let last = marked.rsplit('\n').next().unwrap_or("").chars().count();
    match breaks {
        0 => (place.line, place.column + last),
        _ => (place.line + breaks, last + 1),
    }
}
