//! Where the work that is checked out began: where it left the default branch, or the commit before.

use std::collections::BTreeSet;

use super::{Missing, Repository, cut_off, short};

/// Names of default branches, for a remote that does not say which of its branches that is.
const USUAL: [&str; 2] = ["main", "master"];

/// The commit that work is compared with where nobody names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// The latest commit that the work and a default branch have in common.
    BranchPoint(String),
    /// The commit before, by the first parent: all of it is on a default branch already.
    Parent(String),
}

impl Start {
    /// The full name of the commit.
    pub fn commit(&self) -> &str {
        match self {
            Self::BranchPoint(commit) | Self::Parent(commit) => commit,
        }
    }

    /// The same in words.
    pub fn shown(&self) -> String {
        match self {
            Self::BranchPoint(commit) => {
                format!("{}, where it left the default branch", short(commit))
            }
            Self::Parent(commit) => format!("{}, the commit before", short(commit)),
        }
    }
}

/// A default branch that is known here.
struct Default {
    /// The name of the branch, as in `main`.
    name: String,
    /// Where it is, as in `refs/remotes/origin/main`.
    place: String,
}

impl Repository {
    /// Where the work that is checked out left the default branch. With several remotes, as in a fork, that is the latest
    /// of the places where it left one of their default branches. What the default branch has already is compared with
    /// the commit before.
    pub fn start(&self) -> Result<Start, Missing> {
        let head = self
            .commit("HEAD")
            .map_err(|_| "there is no commit yet".to_owned())?;
        let defaults = self.defaults()?;
        let places = defaults.iter().map(|default| default.place.as_str());
        let arguments: Vec<&str> = ["merge-base", &head].into_iter().chain(places).collect();
        let common = self.ask(&arguments).map_err(|_| {
            let names: Vec<&str> = defaults.iter().map(Default::shown).collect();
            let names = names.join("` and `");
            if self.is_shallow() {
                cut_off(&format!("where it left `{names}`"))
            } else {
                format!("the branch and `{names}` have no commit in common")
            }
        })?;
        let is_default = |name: &str| defaults.iter().any(|default| default.name == name);
        let is_on_default = match self.ask(&["symbolic-ref", "--quiet", "HEAD"]) {
            Ok(name) => name.strip_prefix("refs/heads/").is_some_and(is_default),
            // Without a branch, as a workflow checks out a commit.
            Err(_) => true,
        };
        if is_on_default && common == head {
            let parent = self.commit("HEAD^1").map_err(|_| self.no_parent(&head))?;
            return Ok(Start::Parent(parent));
        }
        Ok(Start::BranchPoint(common))
    }

    fn no_parent(&self, head: &str) -> Missing {
        if self.is_shallow() {
            cut_off("the commit before")
        } else {
            format!("{} is the first commit and has no parent", short(head))
        }
    }

    /// The default branches of all remotes, or that of a repository that has none.
    fn defaults(&self) -> Result<Vec<Default>, Missing> {
        let remotes = self.remotes();
        let known: Vec<Default> = remotes
            .iter()
            .filter_map(|remote| self.default_of(remote))
            .collect();
        let (fetched, unfetched): (Vec<_>, Vec<_>) = known
            .into_iter()
            .partition(|default| self.commit(&default.place).is_ok());
        if !fetched.is_empty() {
            return Ok(fetched);
        }
        if let Some(default) = unfetched.first() {
            return Err(format!(
                "`{}` has not been fetched; `git fetch` fetches it",
                default.shown()
            ));
        }
        if let Some(remote) = remotes.first() {
            return Err(format!(
                "no default branch of the remote `{remote}` is known; `git fetch {remote}` and \
                 `git remote set-head {remote} --auto` find it"
            ));
        }
        let own = USUAL.map(|name| Default {
            name: name.to_owned(),
            place: format!("refs/heads/{name}"),
        });
        let own = own
            .into_iter()
            .find(|default| self.commit(&default.place).is_ok());
        own.map(|default| vec![default])
            .ok_or_else(|| "there is neither a remote nor a branch `main` or `master`".to_owned())
    }

    /// The names of the remotes that are set up, or from which there is a branch, in order.
    fn remotes(&self) -> Vec<String> {
        let set_up = self.ask(&["remote"]).unwrap_or_default();
        let branches = self
            .ask(&["for-each-ref", "--format=%(refname)", "refs/remotes"])
            .unwrap_or_default();
        let mut names: BTreeSet<&str> = set_up.lines().collect();
        for branch in branches.lines() {
            let path = branch.strip_prefix("refs/remotes/").unwrap_or_default();
            // The name of a remote may have slashes in it.
            let is_of = |name: &&&str| {
                path.strip_prefix(**name)
                    .is_some_and(|rest| rest.starts_with('/'))
            };
            if !names.iter().any(|name| is_of(&name))
                && let Some((name, _)) = path.split_once('/')
            {
                names.insert(name);
            }
        }
        names.into_iter().map(str::to_owned).collect()
    }

    /// The default branch of a remote, whether or not it has been fetched.
    fn default_of(&self, remote: &str) -> Option<Default> {
        let prefix = format!("refs/remotes/{remote}/");
        let head = self.ask(&["symbolic-ref", "--quiet", &format!("{prefix}HEAD")]);
        let said = head
            .ok()
            .and_then(|place| Some((place.strip_prefix(&prefix)?.to_owned(), place)));
        if let Some((name, place)) = said {
            return Some(Default { name, place });
        }
        // A checkout in a workflow does not say which it is.
        let usual = USUAL.map(|name| Default {
            name: name.to_owned(),
            place: format!("{prefix}{name}"),
        });
        usual
            .into_iter()
            .find(|default| self.commit(&default.place).is_ok())
    }
}

impl Default {
    /// As a person would write it: `origin/main`.
    fn shown(&self) -> &str {
        let prefixes = ["refs/remotes/", "refs/heads/"];
        let mut short = prefixes
            .iter()
            .filter_map(|prefix| self.place.strip_prefix(prefix));
        short.next().unwrap_or(&self.place)
    }
}
