//! The two parts that compare with the base: whether something breaks that nobody decided on, and whether the version
//! covers what changed.

use anyhow::{Result, bail};
use codegen::diff::render::{Format, View, render};
use codegen::diff::{Promise, Report};
use codegen::finding::Finding;
use codegen::load::Tree;

use super::part::{Part, State};
use crate::decisions::{Decisions, Read};
use crate::diff::{Base, is_required, nothing_to_compare};
use crate::document::Document;
use crate::versions::{self, Judgement};
use crate::{console, workspace};

/// The document and its base.
pub enum Review {
    /// Both are there.
    Compared(Box<Compared>),
    /// There is no base, for this reason.
    NoBase(String),
    /// One of them is no YAML; the text says where.
    NoTree(String),
}

/// What two documents have given.
pub struct Compared {
    base: Base,
    trees: (Tree, Tree),
    report: Report,
    decisions: Decisions,
    /// What is wrong with the list of what was decided on.
    faults: Vec<Finding>,
}

/// Compares the workspace's document with its base.
pub fn read() -> Result<Review> {
    let path = workspace::spec(None)?;
    let document = Document::read(None)?;
    let base = match Base::usual(&path) {
        Ok(base) => base,
        Err(reason) if is_required() => bail!(nothing_to_compare(&reason)),
        Err(reason) => return Ok(Review::NoBase(reason)),
    };
    let trees = match (tree(&base.document), tree(&document)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(text), _) | (_, Err(text)) => return Ok(Review::NoTree(text)),
    };
    let mut report = codegen::diff::diff(&trees.0, &trees.1);
    let (decisions, faults) = match Decisions::of(&path)? {
        Read::List(decisions) => {
            decisions.apply(&mut report);
            let stale = decisions.stale(&report, &base)?;
            (decisions, stale)
        }
        Read::Unreadable(findings, text) => (Decisions::unreadable(text), findings),
    };
    Ok(Review::Compared(Box::new(Compared {
        base,
        trees,
        report,
        decisions,
        faults,
    })))
}

/// Whether something breaks that nobody decided on.
pub fn changes(review: &Review) -> Result<Part> {
    let Compared {
        base,
        trees,
        report,
        decisions,
        faults,
    } = match review {
        Review::Compared(compared) => compared.as_ref(),
        Review::NoBase(reason) => {
            let line = format!("nothing to compare with: {reason}");
            return Ok(Part::new(State::Skipped, line));
        }
        Review::NoTree(text) => {
            let line = "a document that is no YAML cannot be compared";
            return Ok(Part::new(State::Violated, line).with_details(text));
        }
    };
    let promise = Promise::All;
    let mut line = format!("{} since {}", report.head(promise), base.shown());
    let color = console::colored_output();
    let mut details = String::new();
    if !faults.is_empty() {
        line.push_str("; acknowledged.toml has findings");
        details = codegen::report::render(faults, &decisions.text, color);
    }
    if !report.changes.is_empty() {
        let view = View {
            report,
            base: &trees.0,
            revision: &trees.1,
            promise,
            color,
        };
        details.push_str(&render(&view, Format::Text));
    }
    let state = if report.is_breaking(promise) || !faults.is_empty() {
        State::Violated
    } else {
        State::Held
    };
    Ok(Part::new(state, line).with_details(details))
}

/// Whether the version covers what changed.
pub fn version(review: &Review) -> Result<Part> {
    let compared = match review {
        Review::Compared(compared) => compared.as_ref(),
        Review::NoBase(_) | Review::NoTree(_) => {
            return Ok(Part::new(State::Skipped, "what changed is not known"));
        }
    };
    let Compared {
        base,
        report,
        decisions,
        ..
    } = compared;
    let Some(commit) = &base.commit else {
        bail!("the base is no commit");
    };
    let misdated = decisions.misdated(report, versions::client()?.version);
    let details = if misdated.is_empty() {
        String::new()
    } else {
        codegen::report::render(&misdated, &decisions.text, console::colored_output())
    };
    let part = match versions::judge(report, commit)? {
        Judgement::TooLow(line) => Part::new(State::Violated, line),
        _ if !misdated.is_empty() => {
            Part::new(State::Violated, "acknowledged.toml names another version")
        }
        Judgement::Sufficient(version) => {
            Part::new(State::Held, format!("{version} covers what changed"))
        }
        Judgement::NotJudged(reason) => Part::new(State::Skipped, reason),
    };
    Ok(part.with_details(details))
}

fn tree(document: &Document) -> Result<Tree, String> {
    codegen::load::load(&document.name, &document.bytes).map_err(|findings| {
        codegen::report::render(&findings, &document.text(), console::colored_output())
    })
}
