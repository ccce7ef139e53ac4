//! The breaks that were decided on: `acknowledged.toml` beside the document. It says which changes it lets pass, and
//! which entries are not as they should be.

use std::path::Path;

use anyhow::{Context, Result};
use codegen::diff::{Acknowledged, Report, Version};
use codegen::finding::Finding;

use crate::git::Release;
use crate::workspace;

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

    /// Notes in a report what was decided on for a version after the last release.
    pub fn apply(&self, report: &mut Report, released: Option<Version>) {
        self.list.apply(report, released);
    }

    /// Every entry that lets nothing pass although it looks as if it did: one for a version to come that fits no change
    /// since the release, and one of a released version for a change that was made again.
    pub fn faults(&self, report: &Report, release: &Release, next: Version) -> Vec<Finding> {
        let mut faults = self.list.stale(report, release.version, &release.tag);
        faults.extend(self.list.released(report, release.version, next));
        faults
    }

    /// Every entry that names another version than the one that its change goes out with.
    pub fn misdated(
        &self,
        report: &Report,
        released: Version,
        current: Version,
        needed: Version,
    ) -> Vec<Finding> {
        self.list.misdated(report, released, current, needed)
    }
}
