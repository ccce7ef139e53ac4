//! Puts new bytes in the place of the document, all or nothing: they are made ready in a file beside it and written
//! through to the disk, then take its name in one step. A link to the document stays a link.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::document::Document;

/// Replaces the document's file `path`, if it still holds what was read from it.
pub fn rewrite(path: &Path, document: &Document, bytes: &[u8]) -> Result<()> {
    replace(path, &document.bytes, bytes)
        .with_context(|| format!("the document {} cannot be rewritten", document.name))
}

fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<()> {
    let path = fs::canonicalize(path)?;
    let folder = path.parent().context("it lies in no folder")?;
    let metadata = fs::metadata(&path)?;
    if !metadata.is_file() {
        bail!("it is no plain file");
    }
    if metadata.permissions().readonly() {
        bail!("it is read-only");
    }
    let mut staged = tempfile::Builder::new()
        .prefix(".document.staged-")
        .tempfile_in(folder)?;
    staged.write_all(after)?;
    staged.as_file().set_permissions(metadata.permissions())?;
    staged.as_file().sync_all()?;
    // Whoever saved the file in the meantime keeps what was saved.
    if fs::read(&path)? != before {
        bail!("it has changed in the meantime; run the command again");
    }
    staged.persist(&path)?;
    settle(folder)
}

/// Writes the entries of a folder through to the disk, where folders can be opened.
fn settle(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_in_the_meantime_is_left_alone() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("api.yaml");
        fs::write(&path, "saved").unwrap();
        let error = replace(&path, b"read", b"mended").unwrap_err();
        assert!(error.to_string().contains("in the meantime"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"saved");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_and_the_permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::TempDir::new().unwrap();
        let (path, link) = (folder.path().join("api.yaml"), folder.path().join("link"));
        fs::write(&path, "read").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink("api.yaml", &link).unwrap();
        replace(&link, b"read", b"mended").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"mended");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o640
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
