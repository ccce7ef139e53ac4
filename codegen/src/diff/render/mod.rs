//! A report as text for people, as JSON for programs, as Markdown and workflow commands for pull requests, and as one page
//! to look at. Rendering decides nothing: every format shows the same changes in the same order.

pub(crate) mod excerpt;
mod github;
mod html;
mod json;
mod markdown;
mod text;
mod users;

use std::str::FromStr;

pub use markdown::MARKER;

use super::change::{Change, Report};
use super::verdict::{Promise, Verdict};
use crate::load::Tree;
use crate::report::choice::named;

/// What a report is rendered with.
#[derive(Debug, Clone, Copy)]
pub struct View<'t> {
    /// The changes.
    pub report: &'t Report,
    /// The document that was there before.
    pub base: &'t Tree,
    /// The document that is there now.
    pub revision: &'t Tree,
    /// The promise that the head line and `breaking` follow.
    pub promise: Promise,
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
    /// For a comment on a pull request.
    Markdown,
    /// Workflow commands, which become annotations.
    Github,
    /// One page to look at, which needs no network.
    Html,
}

impl Format {
    /// Every format, by the word that names it on a command line.
    pub const ALL: [(&'static str, Self); 5] = [
        ("text", Self::Text),
        ("json", Self::Json),
        ("markdown", Self::Markdown),
        ("github", Self::Github),
        ("html", Self::Html),
    ];
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
        Format::Markdown => markdown::render(view),
        Format::Github => github::render(view),
        Format::Html => html::render(view),
    }
}

impl View<'_> {
    /// What a change weighs for the promise that was asked for.
    fn weight(&self, change: &Change) -> Verdict {
        change.verdicts.on(self.promise)
    }

    /// The change to look at instead, unless that one counts for nothing here and is shown on a line of its own.
    fn see(&self, change: &Change) -> Option<usize> {
        let first = |see: &usize| self.report.changes.get(*see);
        change
            .see
            .filter(|see| first(see).is_some_and(|first| self.weight(first) != Verdict::None))
    }
}

/// The three verdicts in one line, for a reader.
fn verdicts(change: &Change) -> String {
    let verdicts = change.verdicts;
    format!(
        "wire: {}, source: {}, run time: {}",
        verdicts.wire, verdicts.source, verdicts.runtime
    )
}

/// The number by which a change is known in a report.
fn number(at: usize) -> String {
    format!("#{}", at + 1)
}

/// HTML in which what stands between backticks is code; with an odd number of them nothing is.
fn coded(escaped: &str) -> String {
    let parts: Vec<&str> = escaped.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped.to_owned();
    }
    let parts = parts.iter().enumerate();
    parts
        .map(|(at, part)| {
            if at % 2 == 1 {
                format!("<code>{part}</code>")
            } else {
                (*part).to_owned()
            }
        })
        .collect()
}

/// The mark that a verdict stands beside in a list.
fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Breaking => "✗",
        Verdict::Warning => "⚠",
        Verdict::Additive => "+",
        Verdict::None => "·",
    }
}
