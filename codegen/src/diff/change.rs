//! What a comparison gives: changes with their verdicts and places, and the sum of them. Plain data; `render` shows it,
//! and nothing here decides what a change weighs.

use super::rules::Rule;
use super::verdict::{Promise, Semver, Verdict, Verdicts};
use crate::finding::Place;

/// An operation that a change reaches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reached {
    /// The operation id, or method and path where the document gives none.
    pub operation: String,
    /// Upper-case HTTP method.
    pub method: String,
    /// The path template, as the base writes it.
    pub path: String,
    /// The schema components on the way from the operation to the change, in that order.
    pub via: Vec<String>,
}

/// A line of the generated client's public surface before and after.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RustLines {
    /// In the client of the base; `None` where it has no such line.
    pub base: Option<String>,
    /// In the client of the revision.
    pub revision: Option<String>,
}

/// On which side the thing that changed stands. On the other one there is only what it would stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Stands {
    /// It is there before and after.
    #[default]
    OnBoth,
    /// It is gone.
    InBase,
    /// It is new.
    InRevision,
}

/// One difference between two documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The rule that names the kind of difference.
    pub rule: &'static Rule,
    /// What the difference does.
    pub verdicts: Verdicts,
    /// What changed, in one sentence.
    pub text: String,
    /// Where in the base; where the base has nothing of it, the nearest thing around it.
    pub base: Place,
    /// Where in the revision, likewise.
    pub revision: Place,
    /// On which side there is something of it.
    pub stands: Stands,
    /// The JSON pointer in the base, or in the revision for what the base does not have.
    pub pointer: String,
    /// The operations that the change reaches, in the order of the document; none for what belongs to no operation.
    pub used_by: Vec<Reached>,
    /// The Rust line, where there is one to show.
    pub rust: Option<RustLines>,
    /// Sixteen hexadecimal digits that name the change. They rest on the rule, on what is named in the document, and on
    /// the values before and after; lines, columns and order do not count.
    pub fingerprint: String,
    /// The position in [`Report::changes`] of a change that says the same and came first.
    pub see: Option<usize>,
    /// The reason why it was accepted, if `spec/acknowledged.toml` lists it.
    pub acknowledged: Option<String>,
}

impl Change {
    /// The stable name of the rule.
    pub fn id(&self) -> &'static str {
        self.rule.id
    }

    /// The operation that stands for all that the change reaches.
    pub fn operation(&self) -> Option<&Reached> {
        self.used_by.first()
    }

    /// The heaviest of the three verdicts.
    pub fn weight(&self) -> Verdict {
        self.verdicts.on(Promise::All)
    }
}

/// Every difference between two documents, the heaviest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The differences.
    pub changes: Vec<Change>,
}

/// How many changes weigh what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Changes that break the promise.
    pub breaking: usize,
    /// Changes that may break it.
    pub warnings: usize,
    /// Changes that add to what was there.
    pub additive: usize,
    /// Changes that do nothing to it.
    pub none: usize,
}

impl Report {
    /// What the changes ask of the next version, as far as a promise is concerned.
    pub fn semver(&self, promise: Promise) -> Semver {
        self.changes
            .iter()
            .map(|change| Semver::of(change.verdicts.on(promise)))
            .max()
            .unwrap_or_default()
    }

    /// Whether a change breaks the promise that nobody has accepted.
    pub fn is_breaking(&self, promise: Promise) -> bool {
        self.unacknowledged(promise).next().is_some()
    }

    /// The changes that break the promise and that nobody has accepted.
    pub fn unacknowledged(&self, promise: Promise) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| {
            change.verdicts.on(promise) == Verdict::Breaking && change.acknowledged.is_none()
        })
    }

    /// How many changes weigh what for a promise. Every change counts, also one that only repeats another.
    pub fn counts(&self, promise: Promise) -> Counts {
        let mut counts = Counts::default();
        for change in &self.changes {
            match change.verdicts.on(promise) {
                Verdict::Breaking => counts.breaking += 1,
                Verdict::Warning => counts.warnings += 1,
                Verdict::Additive => counts.additive += 1,
                Verdict::None => counts.none += 1,
            }
        }
        counts
    }

    /// The head line of every output: `semver: MAJOR, 1 breaking, 0 warnings, 2 additive`.
    pub fn head(&self, promise: Promise) -> String {
        let Counts {
            breaking,
            warnings,
            additive,
            ..
        } = self.counts(promise);
        let warnings = if warnings == 1 {
            "1 warning".to_owned()
        } else {
            format!("{warnings} warnings")
        };
        format!(
            "semver: {}, {breaking} breaking, {warnings}, {additive} additive",
            self.semver(promise)
        )
    }
}
