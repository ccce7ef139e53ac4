//! What the history of a repository says: where a branch began, what a file was called, and which versions are out.

use anyhow::Result;
use codegen::diff::Version;

use super::{Missing, Repository, short};

/// What the name of a tag begins with that marks a release.
const TAG: &str = "v";

impl Repository {
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
        let merge_base = self.ask(&["merge-base", &head, &tip]);
        let is_on_it = match self.ask(&["symbolic-ref", "--quiet", "HEAD"]) {
            Ok(name) => name == format!("refs/heads/{branch}"),
            // Without a branch, as a workflow checks out a commit: one that the default branch has is on it.
            Err(_) => merge_base.as_ref().is_ok_and(|base| *base == head),
        };
        if is_on_it {
            return self.commit("HEAD^1").map_err(|_| self.no_parent(&head));
        }
        merge_base.map_err(|_| {
            if self.is_shallow() {
                cut_off(&format!("where it left `origin/{branch}`"))
            } else {
                format!("the branch and `origin/{branch}` have no commit in common")
            }
        })
    }

    /// The name that a file of this folder had at a commit, from the top of the repository, if it has moved since. Git
    /// knows of the move once it knows the new name.
    pub fn former_name(&self, commit: &str, name: &str) -> Option<String> {
        let prefix = self.ask(&["rev-parse", "--show-prefix"]).ok()?;
        let now = format!("{prefix}{name}");
        let moves = self.ask(&[
            "diff-index",
            "--find-renames",
            "--diff-filter=R",
            "--name-status",
            "-z",
            commit,
        ]);
        let moves = moves.ok()?;
        let mut words = moves.split('\0');
        while let (Some(_score), Some(old), Some(new)) = (words.next(), words.next(), words.next())
        {
            if new == now {
                return Some(old.to_owned());
            }
        }
        None
    }

    /// The highest version that was released before a commit: a release is a tag `v1.2.3` in its history.
    pub fn released(&self, commit: &str) -> Result<Option<Version>> {
        let tags = self.ask(&["tag", "--merged", commit, "--list", &format!("{TAG}*")])?;
        let versions = tags.lines().filter_map(|tag| tag.strip_prefix(TAG));
        Ok(versions.filter_map(|version| version.parse().ok()).max())
    }

    /// The commit with which a file of this folder came into the history of another commit; `None` where the history is
    /// cut off, and nobody knows.
    pub fn introduction(&self, commit: &str, path: &str) -> Result<Option<String>> {
        if self.is_shallow() {
            return Ok(None);
        }
        let commits = self.ask(&[
            "rev-list",
            "--first-parent",
            "--reverse",
            commit,
            "--",
            path,
        ])?;
        Ok(commits.lines().next().map(str::to_owned))
    }

    fn is_shallow(&self) -> bool {
        self.ask(&["rev-parse", "--is-shallow-repository"])
            .is_ok_and(|answer| answer == "true")
    }

    fn no_parent(&self, head: &str) -> Missing {
        if self.is_shallow() {
            cut_off("the commit before")
        } else {
            format!("{} is the first commit and has no parent", short(head))
        }
    }

    /// The name of the default branch of `origin`.
    fn default_branch(&self) -> Result<String, Missing> {
        let head = "refs/remotes/origin/HEAD";
        if let Ok(name) = self.ask(&["symbolic-ref", "--quiet", head])
            && let Some(branch) = name.strip_prefix("refs/remotes/origin/")
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
        known.ok_or_else(|| {
            "no default branch of a remote `origin` is known; `git fetch origin` and `git remote set-head origin --auto` \
             find it"
                .to_owned()
        })
    }
}

fn cut_off(place: &str) -> Missing {
    format!(
        "the history is cut off and does not reach {place}; `git fetch --unshallow` fetches the rest"
    )
}
