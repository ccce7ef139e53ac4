//! Finds the document that a changed one is compared with: a file, what a commit holds, or what stood there before the
//! branch began.

use std::path::Path;

use anyhow::{Context, Result, anyhow};

use crate::document::Document;
use crate::git::{Missing, Past, Repository, short};

/// The document before the change.
pub struct Base {
    /// The document.
    pub document: Document,
    /// The commit that it was read from.
    pub commit: Option<Commit>,
}

/// A commit of a repository.
pub struct Commit {
    /// The repository, in the folder of the changed document.
    pub repository: Repository,
    /// The full name of the commit.
    pub name: String,
}

impl Base {
    /// A document that was named as a file.
    pub fn file(path: &Path) -> Result<Self> {
        Ok(Self {
            document: Document::read(Some(path.to_owned()))?,
            commit: None,
        })
    }

    /// The base that was named: a file if there is one of that name, else a commit and a path, else a commit that holds
    /// the changed document.
    pub fn named(changed: &Path, against: &str) -> Result<Self> {
        let file = Path::new(against);
        // A pipe is as good as a file, as with `--against <(command)`.
        if file.exists() && !file.is_dir() {
            return Self::file(file);
        }
        let found = if against.contains(':') {
            path_in_commit(changed, against)
        } else {
            let around = Repository::around(changed).map_err(|reason| anyhow!(reason));
            around.and_then(|(repository, name)| {
                let commit = repository.commit(against)?;
                Self::at(repository, commit, &name)
            })
        };
        found.with_context(|| format!("`{against}` is neither a file nor a commit with one"))
    }

    /// The base where nobody names one. Where there is none, the reason is no error of whoever asks.
    pub fn usual(changed: &Path) -> Result<Self, Missing> {
        let (repository, name) = Repository::around(changed)?;
        let commit = repository.base()?;
        Self::at(repository, commit, &name).map_err(|error| format!("{error:#}"))
    }

    fn at(repository: Repository, commit: String, name: &str) -> Result<Self> {
        let past = match repository.file(&commit, name) {
            Ok(past) => past,
            Err(error) => match repository.former_name(&commit, name) {
                Some(former) => repository.file_from_top(&commit, &former)?,
                None => return Err(error),
            },
        };
        Ok(Self {
            document: document(past),
            commit: Some(Commit {
                repository,
                name: commit,
            }),
        })
    }

    /// What the base is called: the file, or the commit.
    pub fn shown(&self) -> &str {
        match &self.commit {
            Some(commit) => short(&commit.name),
            None => &self.document.name,
        }
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
    Ok(Base {
        document: document(past),
        commit: None,
    })
}

fn document(Past { name, bytes }: Past) -> Document {
    Document { name, bytes }
}

/// Says that there is nothing to compare with, and how to change that.
pub fn nothing_to_compare(reason: &str) -> String {
    format!("nothing to compare with: {reason}; --against names a commit or a file")
}

/// Whether a missing base is a failure: nobody can help it on their own machine, but a workflow can be told to fetch
/// more.
pub fn is_required() -> bool {
    let off = ["", "0", "false"];
    std::env::var_os("CI").is_some_and(|value| off.iter().all(|off| value != *off))
}
