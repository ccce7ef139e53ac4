//! The version of the client, as its manifest or that of the workspace says, now and at a commit; and whether it covers
//! what changed since. Only the document is judged: what changed in the part that is written by hand is for whoever
//! changed it to say.

use anyhow::{Context, Result};
use codegen::diff::{Promise, Report, Version, VersionError, covers};
use toml_edit::{Document, Item};

use crate::diff::Commit;
use crate::git::{Repository, short};
use crate::workspace;

const CLIENT: &str = "generated-client/Cargo.toml";
const WORKSPACE: &str = "Cargo.toml";

/// A version, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The version.
    pub version: Version,
    /// The manifest, from the top of the workspace.
    pub file: &'static str,
    /// The line in it, from 1.
    pub line: usize,
}

/// What the version policy says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// The version covers what changed.
    Sufficient(Version),
    /// It does not, for this reason.
    TooLow(String),
    /// There is nothing to hold it against, for this reason.
    NotJudged(String),
}

/// The version of `generated-client` in the working tree.
pub fn client() -> Result<Stated> {
    let read = |name: &str| {
        let file = workspace::file(name)?;
        std::fs::read_to_string(&file)
            .with_context(|| format!("{} cannot be read", workspace::shown(&file)))
    };
    of(&read(CLIENT)?, &read(WORKSPACE)?)
}

/// Judges whether the version covers what changed since a commit.
pub fn judge(report: &Report, commit: &Commit) -> Result<Judgement> {
    let current = client()?;
    let top = workspace::file("")?;
    let repository = Repository::at(&top).map_err(|reason| anyhow::anyhow!(reason))?;
    let Some(base) = at(&repository, &commit.name)? else {
        return Ok(Judgement::NotJudged(format!(
            "{} has no {CLIENT}",
            short(&commit.name)
        )));
    };
    let since = match repository.released(&commit.name)? {
        Some(version) => Some(version),
        None => first(&repository, &commit.name)?,
    };
    let change = report.semver(Promise::All);
    let Stated {
        version,
        file,
        line,
    } = current;
    Ok(match covers(version, base, since, change) {
        Ok(()) => Judgement::Sufficient(version),
        Err(VersionError::TooLow { needed, .. }) if version < base => Judgement::TooLow(format!(
            "{file}:{line}: the version goes back from {base} to {version}; write {needed}"
        )),
        Err(error) => Judgement::TooLow(format!("{file}:{line}: {error}")),
    })
}

/// Before the first release, the version with which the client began is the one that bumps are counted from.
fn first(repository: &Repository, commit: &str) -> Result<Option<Version>> {
    match repository.introduction(commit, CLIENT)? {
        Some(introduction) => at(repository, &introduction),
        None => Ok(None),
    }
}

/// The version at a commit; `None` where there was no client yet.
fn at(repository: &Repository, commit: &str) -> Result<Option<Version>> {
    let read = |name: &str| repository.file(commit, name);
    let Ok(package) = read(CLIENT) else {
        return Ok(None);
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let workspace = read(WORKSPACE).map_or_else(|_| String::new(), |past| text(&past.bytes));
    let stated = of(&text(&package.bytes), &workspace)
        .with_context(|| format!("the version at {} cannot be told", short(commit)))?;
    Ok(Some(stated.version))
}

/// The version that a package has in a workspace, from the text of both manifests.
fn of(package: &str, workspace: &str) -> Result<Stated> {
    let parse = |name: &str, text: &str| {
        Document::parse(text.to_owned()).with_context(|| format!("{name} is not valid TOML"))
    };
    let (package, shared) = (parse(CLIENT, package)?, parse(WORKSPACE, workspace)?);
    let own = package
        .get("package")
        .and_then(|table| table.get("version"));
    let inherits = own
        .and_then(|version| version.get("workspace"))
        .and_then(Item::as_bool)
        == Some(true);
    let (file, document, item) = if inherits {
        let table = shared
            .get("workspace")
            .and_then(|table| table.get("package"));
        (
            WORKSPACE,
            &shared,
            table.and_then(|table| table.get("version")),
        )
    } else {
        (CLIENT, &package, own)
    };
    let item = item.with_context(|| format!("{file} states no version of generated-client"))?;
    let text = item
        .as_str()
        .with_context(|| format!("{file}: the version is no text"))?;
    let before = item
        .span()
        .and_then(|span| document.raw().get(..span.start));
    Ok(Stated {
        version: text.parse().with_context(|| file.to_owned())?,
        file,
        line: before.unwrap_or_default().matches('\n').count() + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::{Stated, of};

    #[test]
    fn a_version_is_its_own_or_that_of_the_workspace() {
        let shared = "[workspace.package]\nversion = \"0.2.0\"\n";
        let own = "[package]\nname = \"generated-client\"\nversion = \"0.1.0\"\n";
        let stated = |version: &str, file, line| Stated {
            version: version.parse().unwrap(),
            file,
            line,
        };
        assert_eq!(
            of(own, shared).unwrap(),
            stated("0.1.0", "generated-client/Cargo.toml", 3)
        );
        assert_eq!(
            of("[package]\nversion.workspace = true\n", shared).unwrap(),
            stated("0.2.0", "Cargo.toml", 2)
        );
    }

    #[test]
    fn a_version_that_cannot_be_told_is_an_error_that_names_the_manifest() {
        for (package, workspace, word) in [
            (
                "[package]\n",
                "",
                "generated-client/Cargo.toml states no version",
            ),
            (
                "[package]\nversion.workspace = true\n",
                "",
                "Cargo.toml states no version",
            ),
            ("[package]\nversion = 1\n", "", "is no text"),
            (
                "[package]\nversion = \"0.1.0-rc.1\"\n",
                "",
                "generated-client/Cargo.toml: `0.1.0-rc.1`",
            ),
            (
                "[package\n",
                "",
                "generated-client/Cargo.toml is not valid TOML",
            ),
        ] {
            let error = format!("{:#}", of(package, workspace).unwrap_err());
            assert!(error.contains(word), "{error}");
        }
    }
}
