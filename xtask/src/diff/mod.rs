//! `cargo xtask diff`: what changed between two documents and what that does to whom. It finds the two documents; judging
//! them is the business of `codegen`.

mod base;
mod page;
mod push;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use codegen::diff::render::{Format, View, render};
use codegen::diff::{Promise, Version};
use codegen::load::Tree;

use base::nothing_to_compare;
pub use base::{Base, is_required};

use crate::decisions::{Decisions, Read};
use crate::document::Document;
use crate::git::Repository;
use crate::{Outcome, console, workspace};

const USAGE: &str = "\
cargo xtask diff [OPTIONS] [FILE]
       cargo xtask diff [OPTIONS] <BEFORE> <AFTER>";

/// What is compared, and how it is shown.
#[derive(Debug, Args)]
#[command(override_usage = USAGE)]
pub struct Arguments {
    /// The changed document [default: spec/marketplace.v1.yaml of the workspace]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// With a second file, the first one is the document before the change, and this one the document after it
    #[arg(value_name = "AFTER", conflicts_with = "base")]
    second: Option<PathBuf>,
    /// What to compare with: a file, else a commit, or a path in one [default: where the branch left the default branch;
    /// for what that has already, the commit before; in a workflow for a push, what was there before the push]
    #[arg(long, visible_alias = "against", value_name = "REV|REV:PATH|FILE")]
    base: Option<String>,
    /// How the changes are shown: text, json, markdown, github or html
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write the page of `--format html` to a file and open it
    #[arg(long)]
    open: bool,
    /// The promise that decides about the exit code: wire, source, runtime or all
    #[arg(long, value_name = "PROMISE", default_value = "all")]
    promise: Promise,
}

/// Compares two documents.
pub fn diff(arguments: Arguments) -> Result<Outcome> {
    let Arguments {
        file,
        second,
        base,
        format,
        open,
        promise,
    } = arguments;
    let format = match (format, open) {
        (None, true) => Format::Html,
        (Some(format), true) if format != Format::Html => {
            bail!("--open shows a page; it goes with --format html")
        }
        (format, _) => format.unwrap_or_default(),
    };
    let is_own = second.is_none() && is_own(file.as_deref());
    let (named, path) = match second {
        Some(second) => (file, second),
        None => (None, workspace::spec(file.as_deref())?),
    };
    let revision = Document::read(Some(path.clone()))?;
    let base = match (named, base.as_deref()) {
        (Some(file), _) => Base::file(&file)?,
        (None, Some(base)) => Base::named(&path, base)?,
        (None, None) => match Base::usual(&path) {
            Ok((base, note)) => {
                if let Some(note) = note {
                    console::error(&format!("note: {note}\n"));
                }
                base
            }
            Err(reason) => return missing(&reason),
        },
    };
    let (Some(old), Some(new)) = (tree(&base.document), tree(&revision)) else {
        bail!("a document that is no YAML cannot be compared");
    };
    let mut report = codegen::diff::diff(&old, &new);
    if is_own {
        decisions(&path)?.apply(&mut report, last_release(&path));
    }
    let color = format == Format::Text && console::colored_output();
    let view = View {
        report: &report,
        base: &old,
        revision: &new,
        promise,
        color,
    };
    let shown = render(&view, format);
    if open {
        page::open(&shown)?;
    } else {
        console::print(&shown);
    }
    Ok(if report.is_breaking(promise) {
        Outcome::Breaking
    } else {
        Outcome::Done
    })
}

/// Whether a file is the workspace's own document, for which breaks are decided on.
fn is_own(file: Option<&Path>) -> bool {
    let Some(file) = file else { return true };
    let whole = |path: &Path| std::fs::canonicalize(path).ok();
    let own = workspace::spec(None).ok().and_then(|own| whole(&own));
    own.is_some() && whole(file) == own
}

/// The version from which on breaks are decided on, if that is known.
fn last_release(spec: &Path) -> Option<Version> {
    let (repository, _) = Repository::around(spec).ok()?;
    let release = repository.last_release().ok()??;
    Some(release.version)
}

fn missing(reason: &str) -> Result<Outcome> {
    let text = nothing_to_compare(reason);
    if is_required() {
        bail!(text);
    }
    console::error(&format!("note: {text}\n"));
    Ok(Outcome::Done)
}

/// The tree of a document; findings are shown where there is none, and where a reader of YAML can take it otherwise than
/// it is taken here: of two equal keys the first one counts, a merge key does not.
fn tree(document: &Document) -> Option<Tree> {
    match codegen::load::load(&document.name, &document.bytes) {
        Ok(tree) => {
            if !tree.problems().is_empty() {
                document.report(tree.problems());
            }
            Some(tree)
        }
        Err(findings) => {
            document.report(&findings);
            None
        }
    }
}

fn decisions(spec: &Path) -> Result<Decisions> {
    match Decisions::of(spec)? {
        Read::List(decisions) => Ok(decisions),
        Read::Unreadable(findings, text) => {
            console::report(&findings, &text);
            bail!("acknowledged.toml cannot be used")
        }
    }
}
