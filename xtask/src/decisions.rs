//! The breaks that were decided on: `acknowledged.toml` beside the document. It says which changes it lets pass, and
//! which entries are not as they should be.

use std::path::Path;

use anyhow::{Context, Result};
use codegen::diff::{Acknowledged, Report, Version};
use codegen::finding::Finding;

use crate::diff::Base;
use crate::{versions, workspace};

const FILE: &str = "acknowledged.toml";

/// The list, with what findings about it quote from.
#[derive(Debug)]
pub struct Decisions {
    /// What stands in it.
    pub text: String,
    list: Acknowledged,
}

/// The list, or what is wrong with how it is written.
pub enum Read {
    /// It can be used.
    List(Decisions),
    /// It cannot; the second is the text that the findings quote from.
    Unreadable(Vec<Finding>, String),
}

impl Decisions {
    /// Reads the list of a document. None is as good as an empty one.
    pub fn of(spec: &Path) -> Result<Read> {
        let file = spec.with_file_name(FILE);
        let name = workspace::shown(&file);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(|| format!("{name} cannot be read")),
        };
        Ok(match Acknowledged::parse(&name, &text) {
            Ok(list) => Read::List(Self { text, list }),
            Err(findings) => Read::Unreadable(findings, text),
        })
    }

    /// A list that cannot be read lets nothing pass.
    pub fn unreadable(text: String) -> Self {
        Self {
            text,
            list: Acknowledged::default(),
        }
    }

    /// Notes in a report what was decided on.
    pub fn apply(&self, report: &mut Report) {
        self.list.apply(report);
    }

    /// Every entry that fits no change since the base. Against another base than the usual one an entry can fit nothing
    /// and be right.
    pub fn stale(&self, report: &Report, base: &Base) -> Result<Vec<Finding>> {
        if self.list.entries().is_empty() {
            return Ok(Vec::new());
        }
        // The base had no list, or one that was no better than none.
        let before = base.commit.as_ref().and_then(|commit| {
            let past = commit.repository.file(&commit.name, FILE).ok()?;
            Acknowledged::parse(&past.name, &String::from_utf8_lossy(&past.bytes)).ok()
        });
        let current = versions::client()?.version;
        Ok(self
            .list
            .stale(report, current, &before.unwrap_or_default()))
    }

    /// Every entry that names another version than the one that its change goes out with.
    pub fn misdated(&self, report: &Report, current: Version) -> Vec<Finding> {
        self.list.misdated(report, current)
    }
}
