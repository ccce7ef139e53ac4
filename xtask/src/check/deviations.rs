//! The part that holds the list of deliberate differences from upstream to its form and to the document. Whether upstream
//! still differs so is for `cargo xtask upstream`, which needs what Twilio publishes.

use anyhow::{Context, Result};

use super::part::{Part, State};
use crate::document::Document;
use crate::{console, upstream, workspace};

/// Whether every entry is whole and is about something that the document can have.
pub fn listed() -> Result<Part> {
    let spec = workspace::spec(None)?;
    let beside = upstream::beside(&spec);
    if !beside.exists() {
        let line = format!("there is no {}", workspace::shown(&beside));
        return Ok(Part::new(State::Skipped, line));
    }
    let list = Document::read(Some(beside))?;
    let text =
        std::str::from_utf8(&list.bytes).with_context(|| format!("{} is not UTF-8", list.name))?;
    let document = Document::read(None)?;
    let Ok(tree) = codegen::load::load(&document.name, &document.bytes) else {
        let line = format!("{} cannot be judged: the document is no YAML", list.name);
        return Ok(Part::new(State::Skipped, line));
    };
    let findings = codegen::upstream::deviations(&list.name, text, &tree);
    if findings.is_empty() {
        let line = format!("{} fits the document", list.name);
        return Ok(Part::new(State::Held, line));
    }
    let line = format!("{} has findings", list.name);
    let details = codegen::report::render(&findings, text, console::colored_output());
    Ok(Part::new(State::Violated, line).with_details(details))
}
