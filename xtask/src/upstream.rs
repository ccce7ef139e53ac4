//! `cargo xtask upstream`: whether the document is still true to what Twilio publishes. It reads the files; comparing them
//! is the business of `codegen`. It writes nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use codegen::finding::Finding;
use codegen::load::Tree;
use codegen::upstream::render::{Format, View, render};
use codegen::upstream::{Deviations, compare};

use crate::document::Document;
use crate::{Outcome, console, workspace};

/// Where the deliberate differences stand, beside the document.
const DEVIATIONS: &str = "deviations.toml";

/// What is compared, and how it is shown.
#[derive(Debug, Args)]
pub struct Arguments {
    /// A description that Twilio publishes, YAML or JSON; one for each host
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// How the differences are shown: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// The OpenAPI document [default: spec/marketplace.v1.yaml of the workspace]
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// The list of deliberate differences [default: deviations.toml beside the document]
    #[arg(long, value_name = "FILE")]
    deviations: Option<PathBuf>,
}

/// Compares the document with the published descriptions.
pub fn upstream(arguments: Arguments) -> Result<Outcome> {
    let Arguments {
        files,
        format,
        spec,
        deviations,
    } = arguments;
    let path = workspace::spec(spec.as_deref())?;
    let list = list(deviations, &path)?;
    let document = Document::read(Some(path))?;
    let files: Vec<Document> = files
        .into_iter()
        .map(|file| Document::read(Some(file)))
        .collect::<Result<_>>()?;
    let decided = decided(&list)?;
    let (Some(curated), Some(upstream)) = (
        tree(&document),
        files.iter().map(tree).collect::<Option<Vec<_>>>(),
    ) else {
        bail!("a description that is no YAML cannot be compared");
    };
    let report = match compare(&curated, &upstream, &decided) {
        Ok(report) => report,
        Err(findings) => {
            for file in files.iter().chain([&document]) {
                let is_here = |finding: &&Finding| *finding.place.file == *file.name;
                let own: Vec<Finding> = findings.iter().filter(is_here).cloned().collect();
                file.report(&own);
            }
            bail!("nothing was compared");
        }
    };
    let view = View {
        report: &report,
        curated: &curated,
        upstream: &upstream,
        color: format == Format::Text && console::colored_output(),
    };
    console::print(&render(&view, format));
    if format == Format::Text {
        list.report(&report.findings);
    }
    Ok(if report.is_clean() {
        Outcome::Done
    } else {
        Outcome::Differences
    })
}

/// Where the list of a document stands.
pub fn beside(spec: &Path) -> PathBuf {
    spec.with_file_name(DEVIATIONS)
}

/// The list that was asked for, or the one beside the document; where there is none, nothing was decided.
fn list(asked: Option<PathBuf>, spec: &Path) -> Result<Document> {
    let beside = beside(spec);
    if asked.is_none() && !beside.exists() {
        return Ok(Document {
            name: workspace::shown(&beside),
            bytes: Vec::new(),
        });
    }
    Document::read(Some(asked.unwrap_or(beside)))
}

/// What the list says; one that cannot be used decides nothing.
fn decided(list: &Document) -> Result<Deviations> {
    let text =
        std::str::from_utf8(&list.bytes).with_context(|| format!("{} is not UTF-8", list.name))?;
    Deviations::parse(&list.name, text).or_else(|findings| {
        list.report(&findings);
        bail!("{} cannot be used", list.name)
    })
}

/// The tree of a file; findings are shown where there is none.
fn tree(document: &Document) -> Option<Tree> {
    match codegen::load::load(&document.name, &document.bytes) {
        Ok(tree) => Some(tree),
        Err(findings) => {
            document.report(&findings);
            None
        }
    }
}
