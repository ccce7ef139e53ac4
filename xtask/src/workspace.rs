//! Where the workspace is, and how its paths are shown. No path is compiled in, so that a binary that is moved, or
//! built in one clone and run in another, works on the files around it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

const SPEC: &str = "spec/marketplace.v1.yaml";
const GENERATED: &str = "generated-client/src/generated";

/// The document: the one that was asked for, or the workspace's own.
pub fn spec(asked: Option<&Path>) -> Result<PathBuf> {
    path(asked, SPEC)
}

/// The folder of generated code: the one that was asked for, or the workspace's own.
pub fn generated(asked: Option<&Path>) -> Result<PathBuf> {
    path(asked, GENERATED)
}

/// A file of the workspace by its path from the top.
pub fn file(name: &str) -> Result<PathBuf> {
    Ok(root()?.join(name))
}

/// A path as a person in the current folder would write it, and could click on.
pub fn shown(path: &Path) -> String {
    let here = env::current_dir().ok();
    let relative = here
        .as_deref()
        .and_then(|here| path.strip_prefix(here).ok());
    let shown = relative
        .filter(|relative| !relative.as_os_str().is_empty())
        .unwrap_or(path);
    shown.display().to_string()
}

fn path(asked: Option<&Path>, default: &str) -> Result<PathBuf> {
    match asked {
        Some(asked) => Ok(asked.to_owned()),
        None => Ok(root()?.join(default)),
    }
}

/// Cargo says at run time where the package is; without Cargo, the current folder says it.
fn root() -> Result<PathBuf> {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let here = env::current_dir().context("the current folder cannot be told")?;
    let mut folders = package
        .iter()
        .flat_map(|package| package.ancestors())
        .chain(here.ancestors());
    folders
        .find(|folder| folder.join("Cargo.toml").is_file() && folder.join(SPEC).parent().is_some_and(Path::is_dir))
        .map(Path::to_owned)
        .context("no workspace here: run this in a folder of the workspace, or give both --spec and --out")
}
