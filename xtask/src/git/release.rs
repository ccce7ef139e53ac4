//! Which versions have been released: the tags of a repository that are named like one.

use codegen::diff::Version;

use super::{Missing, Repository, cut_off};

/// What the name of a tag begins with that marks a release.
const TAG: &str = "v";

/// A version that has been released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The version that the tag names.
    pub version: Version,
    /// The name of the tag, as in `v1.2.3`.
    pub tag: String,
    /// The full name of the commit that the tag is at.
    pub commit: String,
}

impl Repository {
    /// The highest version that has been released in the history of what is checked out, by a tag `v1.2.3`, annotated or
    /// not. A tag for a pre-release (`v1.2.3-rc.1`) or of any other form is none.
    ///
    /// # Errors
    /// Nobody can tell, because commits or tags have not been fetched.
    pub fn last_release(&self) -> Result<Option<Release>, Missing> {
        if self.is_shallow() {
            // A tag that is there says nothing about those that are not.
            return Err(cut_off("every release"));
        }
        if self.commit("HEAD").is_err() {
            return Ok(None);
        }
        let reason = |error: anyhow::Error| format!("{error:#}");
        let pattern = format!("refs/tags/{TAG}*");
        let listed = self
            .ask(&[
                "for-each-ref",
                "--merged=HEAD",
                "--format=%(refname)",
                &pattern,
            ])
            .map_err(reason)?;
        let tags = listed
            .lines()
            .filter_map(|name| name.strip_prefix("refs/tags/"));
        let versions = tags.filter_map(|tag| {
            let version: Version = tag.strip_prefix(TAG)?.parse().ok()?;
            Some((version, tag))
        });
        let Some((version, tag)) = versions.max() else {
            return self.without_tags().map_or(Ok(None), Err);
        };
        Ok(Some(Release {
            version,
            tag: tag.to_owned(),
            commit: self.commit(&format!("refs/tags/{tag}")).map_err(reason)?,
        }))
    }

    /// Says so where a remote is set up to give no tags, so that there may be a release that is not seen.
    fn without_tags(&self) -> Option<Missing> {
        let options = self
            .ask(&["config", "--get-regexp", r"^remote\..*\.tagopt$"])
            .ok()?;
        let option = options.lines().find_map(|line| {
            let (key, value) = line.split_once(' ')?;
            let remote = key.strip_prefix("remote.")?.strip_suffix(".tagopt")?;
            (value == "--no-tags").then_some(remote)
        });
        option.map(|remote| {
            format!(
                "no tag of a release is here, and `remote.{remote}.tagOpt` keeps `{remote}` from giving any; \
                 `git config --unset remote.{remote}.tagOpt` and `git fetch --tags {remote}` fetch them"
            )
        })
    }
}
