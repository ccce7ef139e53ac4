//! `cargo xtask regen --check`: whether the generated code is what the document says. It writes nothing and leaves
//! even the remains of an interrupted run where they are.

use std::path::{Path, PathBuf};

use anyhow::Result;
use similar::TextDiff;

use crate::document::Document;
use crate::folder::{Difference, Files, Folder, Kind, differences, generated, listed};
use crate::{Outcome, changes, console};

/// A reviewer reads this much; whoever needs all of it runs `regen` and asks git.
const MOST_LINES: usize = 200;

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
    let after = generated(output.files);
    let differences = differences(&before, &after);
    if differences.is_empty() {
        let (folder, document) = (folder.shown(), &document.name);
        console::print(&format!("fresh: {folder} is what {document} says\n"));
        return Ok(Outcome::Done);
    }
    let diff: String = differences
        .iter()
        .map(|difference| unified(folder.shown(), difference, &before, &after))
        .collect();
    console::print(&shortened(&diff, console::colored_output()));
    console::print(&changes::describe(&before, &after));
    console::error(&format!(
        "error: {} is not what {} says: {}\n  mend it with: {mend}\n",
        folder.shown(),
        document.name,
        listed(&differences),
    ));
    Ok(Outcome::Stale)
}

/// The command that writes what was checked.
fn command(spec: Option<&Path>, out: Option<&Path>) -> String {
    let mut command = "cargo xtask regen".to_owned();
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

/// The first lines of a diff, in the colours that git gives them.
fn shortened(diff: &str, colored: bool) -> String {
    let mut text = String::new();
    for line in diff.lines().take(MOST_LINES) {
        match line.as_bytes().first().filter(|_| colored) {
            Some(b'+') => text.push_str(&format!("\x1b[32m{line}\x1b[0m\n")),
            Some(b'-') => text.push_str(&format!("\x1b[31m{line}\x1b[0m\n")),
            Some(b'@') => text.push_str(&format!("\x1b[36m{line}\x1b[0m\n")),
            _ => text.push_str(&format!("{line}\n")),
        }
    }
    match diff.lines().count().saturating_sub(MOST_LINES) {
        0 => {}
        1 => text.push_str("(1 more line)\n"),
        more => text.push_str(&format!("({more} more lines)\n")),
    }
    text
}
