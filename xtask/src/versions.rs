//! The version of the client, as its manifest or that of the workspace says.

use anyhow::{Context, Result};
use codegen::diff::Version;
use toml_edit::{Document, Item};

use crate::workspace;

const CLIENT: &str = "generated-client/Cargo.toml";
const WORKSPACE: &str = "Cargo.toml";

/// The version of `generated-client` in the working tree.
pub fn client() -> Result<Version> {
    let read = |name: &str| {
        let file = workspace::file(name)?;
        std::fs::read_to_string(&file)
            .with_context(|| format!("{} cannot be read", workspace::shown(&file)))
    };
    of(&read(CLIENT)?, &read(WORKSPACE)?)
}

/// The version that a package has in a workspace, from the text of both manifests.
pub fn of(package: &str, workspace: &str) -> Result<Version> {
    let parse =
        |text: &str| Document::parse(text.to_owned()).context("a manifest is not valid TOML");
    let (package, workspace) = (parse(package)?, parse(workspace)?);
    let own = package
        .get("package")
        .and_then(|table| table.get("version"));
    let inherits = own
        .and_then(|version| version.get("workspace"))
        .and_then(Item::as_bool)
        == Some(true);
    let shared = || workspace.get("workspace")?.get("package")?.get("version");
    let version = if inherits { shared() } else { own };
    let text = version
        .and_then(Item::as_str)
        .context("the manifest of generated-client has no version")?;
    Ok(text.parse()?)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_version_is_its_own_or_that_of_the_workspace() {
        let shared = "[workspace.package]\nversion = \"0.2.0\"\n";
        assert_eq!(
            of("[package]\nversion = \"0.1.0\"\n", shared)
                .unwrap()
                .to_string(),
            "0.1.0"
        );
        assert_eq!(
            of("[package]\nversion.workspace = true\n", shared)
                .unwrap()
                .to_string(),
            "0.2.0"
        );
        assert!(of("[package]\n", shared).is_err());
    }
}
