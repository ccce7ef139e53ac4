//! A report as text for people and as JSON for programs. Rendering decides nothing: both show the same differences in the
//! same order.

mod json;
mod text;

use std::str::FromStr;

use super::compare::Report;
use super::difference::{Difference, Kind, Way};
use crate::load::Tree;
use crate::report::choice::named;

/// What a report is rendered with.
#[derive(Debug, Clone, Copy)]
pub struct View<'t> {
    /// What was found.
    pub report: &'t Report,
    /// The curated document.
    pub curated: &'t Tree,
    /// The published descriptions.
    pub upstream: &'t [Tree],
    /// Whether a terminal shows it, with colours.
    pub color: bool,
}

/// A way to show a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// As a compiler would.
    #[default]
    Text,
    /// For programs.
    Json,
}

impl Format {
    /// Every format, by the word that names it on a command line.
    pub const ALL: [(&'static str, Self); 2] = [("text", Self::Text), ("json", Self::Json)];
}

impl FromStr for Format {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        named(&Self::ALL, word)
    }
}

/// Renders a report.
pub fn render(view: &View<'_>, format: Format) -> String {
    match format {
        Format::Text => text::render(view),
        Format::Json => json::render(view),
    }
}

/// Differences that are most likely one decision: of one kind, with the same values, at the same place in each
/// operation or component.
fn family(difference: &Difference) -> (Kind, Way, bool, String, String) {
    let at = &difference.at;
    let is_in_operation = at.is_in_operation();
    // The places of two components have little more in common than what they end with.
    let tail = match at.words.last() {
        Some(last) if !is_in_operation => last.clone(),
        _ => at.pointer(),
    };
    let values = difference.values();
    (
        difference.kind,
        difference.way,
        is_in_operation,
        tail,
        values,
    )
}
