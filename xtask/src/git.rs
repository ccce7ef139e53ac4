//! Asks git for what a file was: the only place that starts another program to read with. It changes nothing in a
//! repository, and a word from outside never reaches git as an option.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// A folder inside a repository.
#[derive(Debug, Clone)]
pub struct Repository {
    folder: PathBuf,
}

/// Why there is nothing to compare with, as a person would say it.
pub type Missing = String;

impl Repository {
    /// The repository that a file lies in.
    pub fn around(file: &Path) -> Result<Self, Missing> {
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let repository = Self {
            folder: folder.to_owned(),
        };
        match repository.ask(&["rev-parse", "--is-inside-work-tree"]) {
            Ok(answer) if answer == "true" => Ok(repository),
            Ok(_) => Err("the document does not lie in a working tree of git".to_owned()),
            Err(error) => Err(format!("{error:#}")),
        }
    }

    /// The commit that a working tree is compared with where nobody says which: where the branch left the default branch
    /// of `origin`, and on that branch the commit before.
    pub fn base(&self) -> Result<String, Missing> {
        let head = self
            .commit("HEAD")
            .map_err(|_| "there is no commit yet".to_owned())?;
        let branch = self.default_branch()?;
        let tip = self
            .commit(&format!("refs/remotes/origin/{branch}"))
            .map_err(|_| format!("the branch `{branch}` of `origin` has not been fetched"))?;
        let on_it = match self.ask(&["symbolic-ref", "--quiet", "--short", "HEAD"]) {
            Ok(name) => name == branch,
            // Without a branch, as a workflow checks out a commit.
            Err(_) => head == tip,
        };
        if on_it {
            return self.commit("HEAD^1").map_err(|_| {
                "the first commit has no parent, or the history is cut off before it".to_owned()
            });
        }
        self.ask(&["merge-base", &head, &tip]).map_err(|_| {
            format!(
                "the history does not reach to where it left `origin/{branch}`; fetch all of it"
            )
        })
    }

    /// The name of the default branch of `origin`.
    fn default_branch(&self) -> Result<String, Missing> {
        if let Ok(name) = self.ask(&[
            "symbolic-ref",
            "--quiet",
            "--short",
            "refs/remotes/origin/HEAD",
        ]) && let Some(branch) = name.strip_prefix("origin/")
        {
            return Ok(branch.to_owned());
        }
        // A checkout in a workflow does not say which it is.
        let usual = ["main", "master"];
        let known = usual.iter().find(|branch| {
            self.commit(&format!("refs/remotes/origin/{branch}"))
                .is_ok()
        });
        let known = known.map(|branch| (*branch).to_owned());
        known.ok_or_else(|| "there is no remote `origin` with a default branch; `git remote set-head origin --auto` finds it".to_owned())
    }

    /// The full name of a commit.
    pub fn commit(&self, revision: &str) -> Result<String> {
        self.object(&format!("{revision}^{{commit}}"))
            .with_context(|| format!("git knows no commit `{revision}`"))
    }

    /// What a file was at a commit, and the name to show for it. The file is named from the folder of the repository in
    /// question, or as `revision:path` from the top.
    pub fn show(&self, revision: &str, file: Option<&Path>) -> Result<(String, Vec<u8>)> {
        let (name, object) = match file {
            Some(file) => {
                let name = file
                    .file_name()
                    .and_then(OsStr::to_str)
                    .context("the document has no name that git knows")?;
                let prefix = self.ask(&["rev-parse", "--show-prefix"])?;
                (
                    format!("{}:{prefix}{name}", self.short(revision)?),
                    format!("{revision}:./{name}"),
                )
            }
            None => {
                let (commit, path) = revision
                    .split_once(':')
                    .context("no `:` separates the revision from the path")?;
                (
                    format!("{}:{path}", self.short(commit)?),
                    revision.to_owned(),
                )
            }
        };
        let blob = self
            .object(&object)
            .with_context(|| format!("there is no {name}"))?;
        let bytes = self.run(&["cat-file", "blob", &blob])?;
        Ok((name, bytes))
    }

    /// The name of an object that a person wrote, which may look like anything.
    fn object(&self, text: &str) -> Result<String> {
        self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", text])
    }

    fn short(&self, revision: &str) -> Result<String> {
        let commit = self.commit(revision)?;
        Ok(commit.get(..10).unwrap_or(&commit).to_owned())
    }

    fn ask(&self, arguments: &[&str]) -> Result<String> {
        let bytes = self.run(arguments)?;
        Ok(String::from_utf8(bytes)
            .context("git answers with something that is no text")?
            .trim_end()
            .to_owned())
    }

    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        let output = Command::new("git")
            .env("LC_ALL", "C")
            .arg("-C")
            .arg(&self.folder)
            .args(arguments)
            .output();
        let output = output.context("git cannot be started")?;
        if !output.status.success() {
            let reason = String::from_utf8_lossy(&output.stderr);
            let reason = reason
                .lines()
                .next()
                .unwrap_or_default()
                .trim_start_matches("fatal: ")
                .to_owned();
            bail!(
                "git {}: {}",
                arguments.first().copied().unwrap_or_default(),
                if reason.is_empty() {
                    "nothing of that name"
                } else {
                    &reason
                }
            );
        }
        Ok(output.stdout)
    }
}
