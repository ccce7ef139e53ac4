//! Asks git for what a file was: the only place that starts git. It changes nothing in a repository, asks nobody for a
//! password, and never passes on a word from outside as an option.

mod branch;
mod history;
mod release;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use history::cut_off;
pub use release::Release;

/// Inside of a hook these name the repository that runs it, by paths that are right in another folder.
const OF_A_HOOK: [&str; 5] = [
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
];

/// More than a document may have, so that what is no document is not read into memory.
const MOST: u64 = 8 * codegen::load::MAX_BYTES as u64;

/// A folder inside a repository.
#[derive(Debug, Clone)]
pub struct Repository {
    folder: PathBuf,
}

/// Why there is nothing to compare with, as a person would say it.
pub type Missing = String;

/// What a file was at a commit.
#[derive(Debug)]
pub struct Past {
    /// What findings and reports call it: `1a2b3c4d5e:spec/marketplace.v1.yaml`.
    pub name: String,
    /// What stood in it.
    pub bytes: Vec<u8>,
}

impl Repository {
    /// The repository that a folder lies in.
    pub fn at(folder: &Path) -> Result<Self, Missing> {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let repository = Self {
            folder: folder.to_owned(),
        };
        match repository.ask(&["rev-parse", "--is-inside-work-tree"]) {
            Ok(answer) if answer == "true" => Ok(repository),
            Ok(_) => Err("the folder is no working tree of git".to_owned()),
            Err(error) => Err(format!("{error:#}")),
        }
    }

    /// The repository that a file lies in, and the file's name in that folder. Git keeps a symbolic link as a link, so
    /// what counts is the file that it leads to.
    pub fn around(file: &Path) -> Result<(Self, String), Missing> {
        let is_link = fs::symlink_metadata(file).is_ok_and(|found| found.is_symlink());
        let target = is_link.then(|| fs::canonicalize(file).ok()).flatten();
        let file = target.as_deref().unwrap_or(file);
        let name = file.file_name().and_then(OsStr::to_str);
        let name = name.ok_or_else(|| "the document has no name that git knows".to_owned())?;
        Ok((
            Self::at(file.parent().unwrap_or(Path::new("")))?,
            name.to_owned(),
        ))
    }

    /// The full name of a commit.
    pub fn commit(&self, revision: &str) -> Result<String> {
        self.object(&format!("{revision}^{{commit}}"))
            .with_context(|| format!("git knows no commit `{revision}`"))
    }

    /// What a file of this folder was at a commit that people know as `shown`.
    pub fn file(&self, commit: &str, path: &str, shown: &str) -> Result<Past> {
        let prefix = self.ask(&["rev-parse", "--show-prefix"])?;
        let name = format!("{shown}:{prefix}{path}");
        self.read(&format!("{commit}:./{path}"), name)
    }

    /// What a file of the repository was, by its path from the top.
    pub fn file_from_top(&self, commit: &str, path: &str, shown: &str) -> Result<Past> {
        self.read(&format!("{commit}:{path}"), format!("{shown}:{path}"))
    }

    /// Whether a commit holds a file of this folder.
    pub fn has_file(&self, commit: &str, path: &str) -> bool {
        self.object(&format!("{commit}:./{path}")).is_ok()
    }

    /// What `REV:PATH` names, and the commit. As everywhere in git, the path starts at the top of the repository, or in
    /// this folder if it begins with `./` or `../`.
    pub fn named(&self, text: &str) -> Result<(Past, String)> {
        let (revision, path) = text
            .split_once(':')
            .context("no `:` separates the commit from the path")?;
        let commit = self.commit(revision)?;
        Ok((self.file_from_top(&commit, path, short(&commit))?, commit))
    }

    fn read(&self, object: &str, name: String) -> Result<Past> {
        let blob = self
            .object(object)
            .with_context(|| format!("there is no {name}"))?;
        let kind = self.ask(&["cat-file", "-t", &blob])?;
        ensure!(kind == "blob", "{name} is no file");
        let size = self.ask(&["cat-file", "-s", &blob])?;
        ensure!(
            size.parse::<u64>().is_ok_and(|size| size <= MOST),
            "{name} has {size} bytes, more than any document"
        );
        let bytes = self.run(&["cat-file", "blob", &blob])?;
        Ok(Past { name, bytes })
    }

    /// The name of an object that a person wrote, which may look like anything.
    fn object(&self, text: &str) -> Result<String> {
        self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", text])
    }

    fn ask(&self, arguments: &[&str]) -> Result<String> {
        let bytes = self.run(arguments)?;
        Ok(String::from_utf8(bytes)
            .context("git answers with something that is no text")?
            .trim_end()
            .to_owned())
    }

    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        let mut command = Command::new("git");
        for variable in OF_A_HOOK {
            command.env_remove(variable);
        }
        let output = command
            .env("LC_ALL", "C")
            .env("GIT_TERMINAL_PROMPT", "0")
            .stdin(Stdio::null())
            .arg("-C")
            .arg(&self.folder)
            .args(arguments)
            .output()
            .context("git cannot be started")?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let reason = said.lines().next().unwrap_or_default();
            let reason = reason.trim_start_matches("fatal: ");
            bail!(
                "git {}: {}",
                arguments.first().copied().unwrap_or_default(),
                if reason.is_empty() {
                    "nothing of that name"
                } else {
                    reason
                }
            );
        }
        Ok(output.stdout)
    }
}

/// As much of a commit's name as a person reads.
pub fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}
