//! `cargo xtask lint`: every finding in the document, on standard output. It writes no file.

use std::path::PathBuf;

use anyhow::Result;
use codegen::finding::{Finding, Severity};

use crate::document::Document;
use crate::{Outcome, console};

/// Shows all findings of the document.
pub fn lint(spec: Option<PathBuf>) -> Result<Outcome> {
    let document = Document::read(spec)?;
    let findings = findings(&document);
    if findings.is_empty() {
        console::print(&format!("{}: no findings\n", document.name));
        return Ok(Outcome::Done);
    }
    console::print(&codegen::report::render(
        &findings,
        &document.text(),
        console::colored_output(),
    ));
    Ok(if has_error(&findings) {
        Outcome::Findings
    } else {
        Outcome::Done
    })
}

/// What the linter has to say, and when that stops nothing, what the later stages cannot turn into code: a document
/// without findings is one that `regen` takes.
fn findings(document: &Document) -> Vec<Finding> {
    let tree = match codegen::load::load(&document.name, &document.bytes) {
        Ok(tree) => tree,
        Err(findings) => return findings,
    };
    let mut findings = codegen::lint::lint(&tree);
    if !has_error(&findings)
        && let Err(refused) = codegen::run(&document.name, &document.bytes)
    {
        findings.extend(refused);
        findings.sort();
    }
    findings
}

fn has_error(findings: &[Finding]) -> bool {
    findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
}
