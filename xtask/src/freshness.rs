//! `cargo xtask regen --check`: whether the generated code is what the document says. It writes nothing and leaves
//! even the remains of an interrupted run where they are.

use std::path::{Path, PathBuf};

use anyhow::Result;
use similar::TextDiff;

use crate::console::shortened;
use crate::document::Document;
use crate::folder::{Difference, Files, Folder, Kind, differences, generated, listed};
use crate::{Outcome, changes, console};

/// The command that makes the generated code of the workspace anew.
pub const MEND: &str = "cargo xtask regen";

/// How a folder differs from what a document says.
pub struct Stale {
    /// The files that differ, in one line.
    pub listed: String,
    diff: String,
    changes: String,
}

impl Stale {
    /// The differences line by line, and what they mean to those who use the client.
    pub fn shown(&self, colored: bool) -> String {
        format!("{}{}", shortened(&self.diff, colored), self.changes)
    }
}

/// Compares the folder with what the document says.
pub fn check(spec: Option<PathBuf>, out: Option<PathBuf>) -> Result<Outcome> {
    let mend = command(spec.as_deref(), out.as_deref());
    let document = Document::read(spec)?;
    let folder = Folder::open(out)?;
    let before = folder.read()?;
    let output = match codegen::run(&document.name, &document.bytes) {
        Ok(output) => output,
        Err(findings) => {
            document.report(&findings);
            return Ok(Outcome::Findings);
        }
    };
    document.report(&output.warnings);
    let Some(stale) = staleness(&folder, &before, &generated(output.files)) else {
        let (folder, document) = (folder.shown(), &document.name);
        console::print(&format!("fresh: {folder} is what {document} says\n"));
        return Ok(Outcome::Done);
    };
    console::print(&stale.shown(console::colored_output()));
    console::error(&format!(
        "error: {} is not what {} says: {}\n  mend it with: {mend}\n",
        folder.shown(),
        document.name,
        stale.listed,
    ));
    Ok(Outcome::Stale)
}

/// How the files of a folder differ from those that they should be, if they do.
pub fn staleness(folder: &Folder, before: &Files, after: &Files) -> Option<Stale> {
    let differences = differences(before, after);
    if differences.is_empty() {
        return None;
    }
    Some(Stale {
        listed: listed(&differences),
        diff: differences
            .iter()
            .map(|difference| unified(folder.shown(), difference, before, after))
            .collect(),
        changes: changes::describe(before, after),
    })
}

/// The command that writes what was checked.
fn command(spec: Option<&Path>, out: Option<&Path>) -> String {
    let mut command = MEND.to_owned();
    for (option, value) in [("--spec", spec), ("--out", out)] {
        if let Some(value) = value {
            command.push_str(&format!(" {option} {}", value.display()));
        }
    }
    command
}

/// One file's difference as `diff -u` and `patch -p0` know it.
fn unified(folder: &str, difference: &Difference, before: &Files, after: &Files) -> String {
    let name = format!("{folder}/{}", difference.file);
    let side = |files: &Files| {
        files
            .get(&difference.file)
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    let header = |absent: bool| if absent { "/dev/null" } else { name.as_str() };
    TextDiff::from_lines(
        side(before).unwrap_or_default(),
        side(after).unwrap_or_default(),
    )
    .unified_diff()
    .header(
        header(difference.kind == Kind::Added),
        header(difference.kind == Kind::Removed),
    )
    .to_string()
}
