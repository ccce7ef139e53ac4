//! Reads the document from its file. What stands in it is judged by `codegen`, not here.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{console, workspace};
use codegen::finding::Finding;

/// More than `codegen` accepts, and an end to a file that has none, such as a device.
const MOST: u64 = 8 * codegen::load::MAX_BYTES as u64;

/// The bytes of a document, and its name as findings show it.
pub struct Document {
    /// The file, as a person in the current folder would write it.
    pub name: String,
    /// What stands in the file.
    pub bytes: Vec<u8>,
}

impl Document {
    /// Reads `asked`, or the workspace's own document.
    pub fn read(asked: Option<PathBuf>) -> Result<Self> {
        let path = workspace::spec(asked.as_deref())?;
        let name = workspace::shown(&path);
        let bytes = read(&path).with_context(|| format!("the document {name} cannot be read"))?;
        Ok(Self { name, bytes })
    }

    /// The text that findings quote from.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// Shows findings about this document on standard error.
    pub fn report(&self, findings: &[Finding]) {
        if !findings.is_empty() {
            console::report(findings, &self.text());
        }
    }
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}
