//! `cargo xtask regen`: the generated code, written from the document, and a few lines on what that changed.

use std::path::PathBuf;

use anyhow::Result;

use crate::document::Document;
use crate::folder::{Folder, differences, generated, listed};
use crate::{Outcome, changes, console, install};

/// Writes the generated code, all files or none, and leaves alone what is fresh already.
pub fn regen(spec: Option<PathBuf>, out: Option<PathBuf>) -> Result<Outcome> {
    let document = Document::read(spec)?;
    let folder = Folder::open(out)?;
    install::recover(&folder)?;
    let before = folder.read()?;
    let output = match codegen::run(&document.name, &document.bytes) {
        Ok(output) => output,
        Err(findings) => {
            document.report(&findings);
            console::error(&format!("nothing was written to {}\n", folder.shown()));
            return Ok(Outcome::Findings);
        }
    };
    document.report(&output.warnings);
    let after = generated(output.files);
    let differences = differences(&before, &after);
    if differences.is_empty() {
        let (folder, document) = (folder.shown(), &document.name);
        console::print(&format!(
            "nothing changed: {folder} is what {document} says\n"
        ));
        return Ok(Outcome::Done);
    }
    install::replace(&folder, &before, &after)?;
    console::print(&format!("{}: {}\n", folder.shown(), listed(&differences)));
    console::print(&changes::describe(&before, &after));
    Ok(Outcome::Done)
}
