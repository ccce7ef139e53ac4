//! The folder of generated code: which files it holds, and how they differ from those that the document asks for.
//! It is read here and written by [`crate::install`]. A folder that holds anything else is refused, so that a slip such
//! as `--out src` cannot cost anybody work.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::workspace;

/// What the first line of every generated file begins with.
const MARK: &[u8] = codegen::render::HEADER.as_bytes();

/// Bytes by file name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Where the generated files are, or will be.
#[derive(Debug)]
pub struct Folder {
    parent: PathBuf,
    name: String,
    shown: String,
}

impl Folder {
    /// The folder that was asked for, or the workspace's own. It need not exist.
    pub fn open(asked: Option<PathBuf>) -> Result<Self> {
        let path = workspace::generated(asked.as_deref())?;
        let shown = workspace::shown(&path);
        // Collecting the components drops a slash at the end, behind which a symbolic link would be followed.
        let path: PathBuf = path.components().collect();
        let path = match fs::symlink_metadata(&path) {
            Ok(found) => {
                ensure!(
                    !found.is_symlink(),
                    "{shown} is a symbolic link: give the folder that it leads to"
                );
                ensure!(found.is_dir(), "{shown} is not a folder");
                ensure!(!found.permissions().readonly(), "{shown} is read-only");
                fs::canonicalize(&path)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => std::path::absolute(&path),
            Err(error) => Err(error),
        }
        .with_context(|| format!("the folder {shown} cannot be opened"))?;
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            bail!("{shown} cannot hold generated code: it has no folder above it");
        };
        let name = name
            .to_str()
            .with_context(|| format!("the name of {shown} is not UTF-8"))?;
        Ok(Self {
            parent: parent.to_owned(),
            name: name.to_owned(),
            shown,
        })
    }

    /// The folder above, in which the new files are made ready.
    pub fn parent(&self) -> &Path {
        &self.parent
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole path.
    pub fn path(&self) -> PathBuf {
        self.parent.join(&self.name)
    }

    /// The path for people.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Every file in the folder; none when there is no folder yet.
    ///
    /// # Errors
    /// When it holds something that `regen` did not write.
    pub fn read(&self) -> Result<Files> {
        let entries = match fs::read_dir(self.path()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Files::new()),
            Err(error) => {
                return Err(error)
                    .with_context(|| format!("the folder {} cannot be read", self.shown));
            }
        };
        let mut files = Files::new();
        let mut foreign = BTreeSet::new();
        for entry in entries {
            let entry =
                entry.with_context(|| format!("the folder {} cannot be read", self.shown))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry
                .file_type()
                .with_context(|| format!("{}/{name} cannot be read", self.shown))?;
            if !kind.is_file() || entry.file_name().to_str().is_none() {
                foreign.insert(name);
                continue;
            }
            let bytes = fs::read(entry.path())
                .with_context(|| format!("{}/{name} cannot be read", self.shown))?;
            if bytes.starts_with(MARK) {
                files.insert(name, bytes);
            } else {
                foreign.insert(name);
            }
        }
        if let Some(first) = foreign.first() {
            let more = match foreign.len() - 1 {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            bail!(
                "{} holds `{first}`{more}, which `cargo xtask regen` did not write: move it away, or choose another \
                 folder with --out",
                self.shown
            );
        }
        Ok(files)
    }
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It was not there before.
    Added,
    /// It was there with other bytes.
    Changed,
    /// It is no longer asked for.
    Removed,
}

/// A file that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The name of the file.
    pub file: String,
    /// What becomes of it.
    pub kind: Kind,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.kind {
            Kind::Added => "added",
            Kind::Changed => "changed",
            Kind::Removed => "removed",
        };
        write!(f, "{} {word}", self.file)
    }
}

/// The files of a run as bytes.
pub fn generated(files: BTreeMap<String, String>) -> Files {
    files
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect()
}

/// Every file that differs, by name.
pub fn differences(before: &Files, after: &Files) -> Vec<Difference> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let kind = |name: &String| match (before.get(name), after.get(name)) {
        (None, _) => Some(Kind::Added),
        (_, None) => Some(Kind::Removed),
        (old, new) => (old != new).then_some(Kind::Changed),
    };
    names
        .into_iter()
        .filter_map(|name| {
            Some(Difference {
                kind: kind(name)?,
                file: name.clone(),
            })
        })
        .collect()
}

/// The differences in one line.
pub fn listed(differences: &[Difference]) -> String {
    differences
        .iter()
        .map(Difference::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
