//! The two parts that ask the generator: whether it takes the document, and whether the committed code is what it makes
//! of it. The document goes through it once for both.

use anyhow::Result;
use codegen::Output;
use codegen::finding::{Finding, Severity};

use super::part::{Part, State};
use crate::console;
use crate::document::Document;
use crate::folder::{Folder, generated as files};
use crate::freshness::{MEND, staleness};

/// The document and what becomes of it.
pub struct Generation {
    document: Document,
    findings: Vec<Finding>,
    output: Option<Output>,
}

impl Generation {
    /// Whether the document gives code at all.
    pub fn has_code(&self) -> bool {
        self.output.is_some()
    }
}

/// What there is to say about something that is made from the document, if that gives no code.
pub fn without_code(what: &str) -> Part {
    let line = format!("{what} cannot be judged: the document gives no code");
    Part::new(State::Skipped, line)
}

/// Reads the workspace's document and generates code from it.
pub fn read() -> Result<Generation> {
    let document = Document::read(None)?;
    let (findings, output) = match codegen::run(&document.name, &document.bytes) {
        Ok(output) => (output.warnings.clone(), Some(output)),
        Err(findings) => (findings, None),
    };
    Ok(Generation {
        document,
        findings,
        output,
    })
}

/// Whether the document has findings.
pub fn document(generation: &Generation) -> Result<Part> {
    let Generation {
        document,
        findings,
        output,
    } = generation;
    let is_error = |finding: &&Finding| finding.severity == Severity::Error;
    let errors = findings.iter().filter(is_error).count();
    let state = if errors > 0 || output.is_none() {
        State::Violated
    } else {
        State::Held
    };
    let line = if findings.is_empty() {
        format!("{} has no findings", document.name)
    } else {
        let warnings = counted(findings.len() - errors, "warning");
        format!(
            "{}: {}, {warnings}",
            document.name,
            counted(errors, "error")
        )
    };
    let text = document.text();
    let details = if findings.is_empty() {
        String::new()
    } else {
        codegen::report::render(findings, &text, console::colored_output())
    };
    Ok(Part::new(state, line).with_details(details))
}

/// Whether the committed code is what the document says.
pub fn generated(generation: &Generation) -> Result<Part> {
    let folder = Folder::open(None)?;
    let shown = folder.shown();
    let Some(output) = &generation.output else {
        return Ok(without_code(shown));
    };
    let after = files(output.files.clone());
    let Some(stale) = staleness(&folder, &folder.read()?, &after) else {
        let line = format!("{shown} is what {} says", generation.document.name);
        return Ok(Part::new(State::Held, line));
    };
    let line = format!("{}; mend it with `{MEND}`", stale.listed);
    Ok(Part::new(State::Stale, line).with_details(stale.shown(console::colored_output())))
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
