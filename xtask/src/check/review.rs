//! The two parts that compare with the last release: whether something breaks that nobody decided on, and whether the
//! version covers what changed. Which commits the changes came with, and how those were merged, makes no difference.

use anyhow::{Result, bail};
use codegen::diff::render::{Format, View, render};
use codegen::diff::{Promise, Report, Version, missing};
use codegen::finding::Finding;
use codegen::load::Tree;

use super::part::{Part, State};
use crate::decisions::{Decisions, Read};
use crate::diff::{Base, is_required};
use crate::document::Document;
use crate::git::{Release, Repository};
use crate::versions::{self, Stated};
use crate::{console, workspace};

/// All changes count, whichever promise they break.
const PROMISE: Promise = Promise::All;

/// The document, what it is compared with, and what was decided on.
pub struct Review {
    decisions: Decisions,
    /// What is wrong with how the list of decisions is written.
    unreadable: Vec<Finding>,
    against: Against,
}

/// What the document is compared with.
enum Against {
    /// The last release. Everything is judged.
    Release(Release, Box<Compared>),
    /// Where the branch began, because nothing was released. Nothing is judged.
    Start(Box<Compared>),
    /// Nothing, for this reason, and there is nothing to judge.
    Nothing(String),
    /// Nothing, for this reason, and so nobody knows what there is to judge.
    Unknown(String),
    /// One of the two documents is no YAML; the text says where.
    NoTree(String),
}

/// What two documents have given.
struct Compared {
    base: Base,
    trees: (Tree, Tree),
    report: Report,
}

/// Compares the workspace's document with the last release.
pub fn read() -> Result<Review> {
    let path = workspace::spec(None)?;
    let document = Document::read(None)?;
    let (decisions, unreadable) = match Decisions::of(&path)? {
        Read::List(decisions) => (decisions, Vec::new()),
        Read::Unreadable(findings, text) => (Decisions::unreadable(text), findings),
    };
    let release = Repository::around(&path).and_then(|(repository, _)| repository.last_release());
    let against = match release {
        Ok(Some(release)) => match Base::release(&path, &release)? {
            Some(base) => match compare(base, &document) {
                Ok(mut compared) => {
                    decisions.apply(&mut compared.report, Some(release.version));
                    Against::Release(release, Box::new(compared))
                }
                Err(text) => Against::NoTree(text),
            },
            None => Against::Nothing(format!(
                "{} was released without {}, so nothing is judged",
                release.tag,
                workspace::shown(&path)
            )),
        },
        Ok(None) => unreleased(Base::start(&path), &document, &decisions),
        Err(reason) if is_required() => bail!("what was released is not known: {reason}"),
        Err(reason) => Against::Unknown(format!("what was released is not known: {reason}")),
    };
    Ok(Review {
        decisions,
        unreadable,
        against,
    })
}

const UNRELEASED: &str = "no release tag (v1.2.3) is in the history of HEAD, so nothing was released and nothing is \
                          judged (`git fetch --tags` fetches a tag that is missing)";

fn unreleased(start: Result<Base, String>, document: &Document, decisions: &Decisions) -> Against {
    match start.map(|base| compare(base, document)) {
        Ok(Ok(mut compared)) => {
            decisions.apply(&mut compared.report, None);
            Against::Start(Box::new(compared))
        }
        Ok(Err(text)) => Against::NoTree(text),
        Err(reason) => Against::Nothing(format!("{UNRELEASED}; nothing to compare with: {reason}")),
    }
}

fn compare(base: Base, document: &Document) -> Result<Compared, String> {
    let trees = (tree(&base.document)?, tree(document)?);
    let report = codegen::diff::diff(&trees.0, &trees.1);
    Ok(Compared {
        base,
        trees,
        report,
    })
}

/// Whether something breaks that nobody decided on.
pub fn changes(review: &Review) -> Result<Part> {
    let part = match &review.against {
        Against::Release(release, compared) => judged(review, release, compared)?,
        Against::Start(compared) => {
            let line = format!(
                "{UNRELEASED}; {} since {}",
                compared.report.head(PROMISE),
                compared.base.shown
            );
            Part::new(State::Skipped, line).with_details(compared.shown())
        }
        Against::Nothing(reason) | Against::Unknown(reason) => {
            Part::new(State::Skipped, reason.as_str())
        }
        Against::NoTree(text) => {
            let line = "a document that is no YAML cannot be compared";
            Part::new(State::Violated, line).with_details(text)
        }
    };
    if review.unreadable.is_empty() {
        return Ok(part);
    }
    let line = format!("{}; acknowledged.toml cannot be used", part.line);
    let details = review.rendered(&review.unreadable) + &part.details;
    Ok(Part::new(State::Violated, line).with_details(details))
}

/// Holds the changes since a release to what was decided on.
fn judged(review: &Review, release: &Release, compared: &Compared) -> Result<Part> {
    let report = &compared.report;
    let next = next(&versions::client()?, report, release);
    let faults = review.decisions.faults(report, release, next);
    let missing = missing(report);
    let mut line = format!("{} since {}", report.head(PROMISE), release.tag);
    let mut details = String::new();
    if !missing.is_empty() {
        let count = report.unacknowledged(PROMISE).count();
        line.push_str(&format!("; {count} breaking not acknowledged"));
    }
    if !faults.is_empty() {
        line.push_str("; acknowledged.toml has findings");
        details = review.rendered(&faults);
    }
    details.push_str(&compared.shown());
    if review.unreadable.is_empty() && !missing.is_empty() {
        details.push_str(&asked(&missing, next));
    }
    let is_violated = !missing.is_empty() || !faults.is_empty();
    let state = if is_violated {
        State::Violated
    } else {
        State::Held
    };
    Ok(Part::new(state, line).with_details(details))
}

/// The entries that let the changes pass, ready to be copied but for the reasons, which are for a person to give.
fn asked(missing: &[&str], next: Version) -> String {
    let mut text = "\nIf that is meant, these entries are missing in spec/acknowledged.toml, each with its reason:\n"
        .to_owned();
    for fingerprint in missing {
        text.push_str(&format!(
            "\n[[acknowledged]]\nfingerprint = \"{fingerprint}\"\nreason = \"\"\nversion = \"{next}\"\n"
        ));
    }
    text
}

/// The version that the changes since a release go out with.
fn next(current: &Stated, report: &Report, release: &Release) -> Version {
    let needed = release.version.after(report.semver(PROMISE));
    current.version.max(needed)
}

/// Whether the version covers what changed.
pub fn version(review: &Review) -> Result<Part> {
    let (release, compared) = match &review.against {
        Against::Release(release, compared) => (release, compared),
        Against::Start(_) | Against::Nothing(_) => {
            let line = format!(
                "nothing was released, so {} has nothing to cover",
                versions::client()?.text
            );
            return Ok(Part::new(State::Skipped, line));
        }
        Against::Unknown(_) | Against::NoTree(_) => {
            return Ok(Part::new(State::Skipped, "what changed is not known"));
        }
    };
    let report = &compared.report;
    let current = versions::client()?;
    let needed = release.version.after(report.semver(PROMISE));
    let misdated = review
        .decisions
        .misdated(report, release.version, current.version, needed);
    let part = match current.judge(report, release.version) {
        Err(line) => Part::new(State::Violated, line),
        Ok(()) if !misdated.is_empty() => {
            Part::new(State::Violated, "acknowledged.toml names another version")
        }
        Ok(()) => {
            let line = format!("{} covers what changed since {}", current.text, release.tag);
            Part::new(State::Held, line)
        }
    };
    Ok(part.with_details(review.rendered(&misdated)))
}

impl Review {
    /// Findings about the list of decisions, or nothing where there are none.
    fn rendered(&self, findings: &[Finding]) -> String {
        if findings.is_empty() {
            return String::new();
        }
        codegen::report::render(findings, &self.decisions.text, console::colored_output())
    }
}

impl Compared {
    fn shown(&self) -> String {
        if self.report.changes.is_empty() {
            return String::new();
        }
        let view = View {
            report: &self.report,
            base: &self.trees.0,
            revision: &self.trees.1,
            promise: PROMISE,
            color: console::colored_output(),
        };
        render(&view, Format::Text)
    }
}

fn tree(document: &Document) -> Result<Tree, String> {
    codegen::load::load(&document.name, &document.bytes).map_err(|findings| {
        codegen::report::render(&findings, &document.text(), console::colored_output())
    })
}
