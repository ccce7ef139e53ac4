//! What a repository says about the past of a file, and how far back it goes.

use super::{Missing, Repository};

impl Repository {
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

    /// Whether the history is cut off, as in a clone with `--depth`.
    pub(super) fn is_shallow(&self) -> bool {
        self.ask(&["rev-parse", "--is-shallow-repository"])
            .is_ok_and(|answer| answer == "true")
    }
}

/// Says that the history does not reach back to a place, and what fetches the rest.
pub(super) fn cut_off(place: &str) -> Missing {
    format!(
        "the history is cut off and does not reach {place}; `git fetch --unshallow --tags` fetches the rest"
    )
}
