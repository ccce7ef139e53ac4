//! Finds the document that a changed one is compared with: a file, what a commit holds, or what stood there before the
//! branch began.

use std::path::Path;

use anyhow::{Context, Result, anyhow};

use super::push::{self, Before};
use crate::document::Document;
use crate::git::{Missing, Past, Release, Repository, short};

/// The document before the change.
pub struct Base {
    /// The document.
    pub document: Document,
    /// What the base is called: the file, the commit or the tag.
    pub shown: String,
}

impl Base {
    /// A document that was named as a file.
    pub fn file(path: &Path) -> Result<Self> {
        Ok(Self::of(Document::read(Some(path.to_owned()))?))
    }

    /// The base that was named: a file if there is one of that name, else a commit and a path, else a commit that holds
    /// the changed document.
    pub fn named(changed: &Path, against: &str) -> Result<Self> {
        let file = Path::new(against);
        // A pipe is as good as a file, as with `--base <(command)`.
        if file.exists() && !file.is_dir() {
            return Self::file(file);
        }
        let found = if against.contains(':') {
            path_in_commit(changed, against)
        } else {
            let around = Repository::around(changed).map_err(|reason| anyhow!(reason));
            around.and_then(|(repository, name)| {
                let commit = repository.commit(against)?;
                Self::at(&repository, &commit, &name, short(&commit))
            })
        };
        found.with_context(|| format!("`{against}` is neither a file nor a commit with one"))
    }

    /// The base where nobody names one: what was there before the push that a workflow runs for, else where the branch
    /// began. Where there is none, the reason is no error of whoever asks. The second is a note for whoever would have
    /// expected another base.
    pub fn usual(changed: &Path) -> Result<(Self, Option<String>), Missing> {
        let (repository, name) = Repository::around(changed)?;
        let (commit, note) = match push::before(&repository)? {
            Some(Before::Commit(commit)) => (commit, None),
            Some(Before::Unknown(reason)) => {
                let start = repository.start()?;
                let note = format!("{reason}; the base is {}", start.shown());
                (start.commit().to_owned(), Some(note))
            }
            None => (repository.start()?.commit().to_owned(), None),
        };
        let base = Self::at(&repository, &commit, &name, short(&commit));
        Ok((base.map_err(|error| format!("{error:#}"))?, note))
    }

    /// Where the branch began, whatever a workflow runs for.
    pub fn start(changed: &Path) -> Result<Self, Missing> {
        let (repository, name) = Repository::around(changed)?;
        let start = repository.start()?;
        let commit = start.commit();
        Self::at(&repository, commit, &name, short(commit)).map_err(|error| format!("{error:#}"))
    }

    /// The document as it was released; `None` where there was none yet.
    pub fn release(changed: &Path, release: &Release) -> Result<Option<Self>> {
        let (repository, name) = Repository::around(changed).map_err(|reason| anyhow!(reason))?;
        let Release { tag, commit, .. } = release;
        let is_there =
            repository.has_file(commit, &name) || repository.former_name(commit, &name).is_some();
        is_there
            .then(|| Self::at(&repository, commit, &name, tag))
            .transpose()
    }

    fn at(repository: &Repository, commit: &str, name: &str, shown: &str) -> Result<Self> {
        let past = match repository.file(commit, name, shown) {
            Ok(past) => past,
            Err(error) => match repository.former_name(commit, name) {
                Some(former) => repository.file_from_top(commit, &former, shown)?,
                None => return Err(error),
            },
        };
        Ok(Self {
            document: document(past),
            shown: shown.to_owned(),
        })
    }

    fn of(document: Document) -> Self {
        let shown = document.name.clone();
        Self { document, shown }
    }
}

/// What git itself would show for `REV:PATH` in the current folder, or else in that of the changed document.
fn path_in_commit(changed: &Path, against: &str) -> Result<Base> {
    let here = Repository::at(Path::new("")).map_err(|reason| anyhow!(reason));
    let (past, _) = here
        .and_then(|repository| repository.named(against))
        .or_else(|error| {
            let (repository, _) = Repository::around(changed).map_err(|_| error)?;
            repository.named(against)
        })?;
    Ok(Base::of(document(past)))
}

fn document(Past { name, bytes }: Past) -> Document {
    Document { name, bytes }
}

/// Says that there is nothing to compare with, and how to change that.
pub fn nothing_to_compare(reason: &str) -> String {
    format!("nothing to compare with: {reason}; --base names a commit or a file")
}

/// Whether a missing base is a failure: nobody can help it on their own machine, but a workflow can be told to fetch
/// more.
pub fn is_required() -> bool {
    let off = ["", "0", "false"];
    std::env::var_os("CI").is_some_and(|value| off.iter().all(|off| value != *off))
}
