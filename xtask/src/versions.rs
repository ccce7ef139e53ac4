//! The version of the client, as its manifest or that of the workspace says, and whether it covers what changed since the
//! last release. Only the document is judged: what changed in the part that is written by hand is for whoever changed it
//! to say.

use anyhow::{Context, Result};
use codegen::diff::{Promise, Report, Semver, Version, covers};
use toml_edit::{Document, Item};

use crate::workspace;

const CLIENT: &str = "generated-client/Cargo.toml";
const WORKSPACE: &str = "Cargo.toml";

/// A version, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The version; of a pre-release, the one that it leads to.
    pub version: Version,
    /// The version as it is written.
    pub text: String,
    /// The manifest, from the top of the workspace.
    pub file: &'static str,
    /// The line in it, from 1.
    pub line: usize,
}

impl Stated {
    fn is_prerelease(&self) -> bool {
        let core = self.text.split('+').next().unwrap_or_default();
        core.contains('-')
    }

    /// Checks that the version covers what changed since a release. A pre-release covers what its version will cover.
    ///
    /// # Errors
    /// It does not: the line says which version would.
    pub fn judge(&self, report: &Report, released: Version) -> Result<(), String> {
        let Self {
            version,
            text,
            file,
            line,
        } = self;
        if self.is_prerelease() && *version == released {
            let next = released.after(report.semver(Promise::All).max(Semver::Minor));
            return Err(format!(
                "{file}:{line}: the pre-release {text} comes before the released {released}; write {next}"
            ));
        }
        let change = report.semver(Promise::All);
        covers(*version, released, change).map_err(|error| format!("{file}:{line}: {error}"))
    }
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
    let core = text.split(['-', '+']).next().unwrap_or(text);
    Ok(Stated {
        version: core.parse().with_context(|| file.to_owned())?,
        text: text.to_owned(),
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
            text: version.to_owned(),
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
                "[package]\nversion = \"0.1-rc.1\"\n",
                "",
                "generated-client/Cargo.toml: `0.1`",
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
