//! Opens a page in whatever the desktop opens pages with. The page stays in the folder for temporary files: the browser
//! may read it long after the command has ended.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::console;

const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

/// Writes a page to a file, says where it is, and opens it.
pub fn open(text: &str) -> Result<()> {
    let folder = tempfile::Builder::new()
        .prefix("api-diff-")
        .tempdir()
        .context("no folder for the page can be made")?;
    let file = folder.keep().join("diff.html");
    std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    console::print(&format!("{}\n", file.display()));
    if start(OPENER.as_ref(), &file).is_err() {
        console::error(&format!(
            "note: `{OPENER}` cannot be started; open the page by hand\n"
        ));
    }
    Ok(())
}

/// A browser that runs on in the terminal's foreground must not hold up the command, nor write between its lines.
fn start(program: &OsStr, file: &Path) -> std::io::Result<()> {
    Command::new(program)
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(drop)
}
