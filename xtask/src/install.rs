//! Puts a new set of generated files in the place of the old one, all or nothing.
//!
//! The whole new set is made ready in a folder beside the old one, `.generated.staged-XXXXXX`, and written through to
//! the disk; files that stay as they are keep their time stamp. Then Linux and macOS exchange the two folders in one
//! step: whenever the process dies, the old set or the new set is there, whole.
//!
//! Where folders cannot be exchanged (on Windows, in the lower layer of an overlay, as a mount, or when the
//! command runs in that very folder), only the files that differ stay in the staged folder, with an empty one for each
//! file that has to go. Renaming it to `.generated.journal` decides: from then on every file is renamed over the old
//! one, and what an interruption leaves undone the next run finishes before it does anything else.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::folder::{Files, Folder};

/// Replaces the set `before`, as read from the folder, with the set `after`.
pub fn replace(folder: &Folder, before: &Files, after: &Files) -> Result<()> {
    let shown = folder.shown();
    fs::create_dir_all(folder.parent())
        .with_context(|| format!("the folder above {shown} cannot be made"))?;
    let staged = temporary(folder)
        .with_context(|| format!("the folder above {shown} cannot be written to"))?;
    stage(staged.path(), &folder.path(), before, after)
        .with_context(|| format!("the new files for {shown} cannot be written"))?;
    if exchange(staged.path(), &folder.path()).is_ok() {
        return settle(folder.parent())
            .with_context(|| format!("{shown} cannot be written through to the disk"));
    }
    let journal = journal(folder);
    commit(staged, &journal, before, after)
        .with_context(|| format!("{shown} cannot be replaced"))?;
    finish(folder)
}

/// Ends what an interrupted run has begun, and removes what it left behind.
pub fn recover(folder: &Folder) -> Result<()> {
    finish(folder)?;
    sweep(folder).with_context(|| {
        format!(
            "the remains of an interrupted run beside {} cannot be removed",
            folder.shown()
        )
    })
}

fn finish(folder: &Folder) -> Result<()> {
    let journal = journal(folder);
    apply(&journal, &folder.path()).with_context(|| {
        format!(
            "{} is replaced in part; the rest is ready in {}, and the next `cargo xtask regen` finishes it",
            folder.shown(),
            journal.display(),
        )
    })
}

fn journal(folder: &Folder) -> PathBuf {
    folder.parent().join(format!(".{}.journal", folder.name()))
}

fn prefix(folder: &Folder) -> String {
    format!(".{}.staged-", folder.name())
}

fn temporary(folder: &Folder) -> io::Result<TempDir> {
    tempfile::Builder::new()
        .prefix(&prefix(folder))
        .tempdir_in(folder.parent())
}

/// Makes the whole new set ready. Nothing outside of `staged` is touched.
fn stage(staged: &Path, current: &Path, before: &Files, after: &Files) -> io::Result<()> {
    for (name, bytes) in after {
        let (old, new) = (current.join(name), staged.join(name));
        if before.get(name) == Some(bytes) {
            keep(&old, &new)?;
            continue;
        }
        let mut file = File::create_new(&new)?;
        file.write_all(bytes)?;
        if before.contains_key(name) {
            file.set_permissions(fs::metadata(&old)?.permissions())?;
        }
        file.sync_all()?;
    }
    if current.is_dir() {
        fs::set_permissions(staged, fs::metadata(current)?.permissions())?;
    }
    settle(staged)
}

/// The same file in a second folder; where the file system has no links, a copy of the same age.
fn keep(old: &Path, new: &Path) -> io::Result<()> {
    fs::hard_link(old, new).or_else(|_| copy(old, new))
}

fn copy(old: &Path, new: &Path) -> io::Result<()> {
    fs::copy(old, new)?;
    let copy = File::options().append(true).open(new)?;
    copy.set_modified(fs::metadata(old)?.modified()?)?;
    copy.sync_all()
}

/// Puts `staged` in the place of `current`, and `current`, if there is one, in the place of `staged`.
fn exchange(staged: &Path, current: &Path) -> io::Result<()> {
    if !current.exists() {
        return fs::rename(staged, current);
    }
    // A process would go on in the folder that is about to be removed.
    if std::env::current_dir().is_ok_and(|here| here.starts_with(current)) {
        return Err(ErrorKind::Unsupported.into());
    }
    swap(staged, current)
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Turns the staged folder into the journal. After the rename, the new set is decided on.
fn commit(staged: TempDir, journal: &Path, before: &Files, after: &Files) -> io::Result<()> {
    for name in after
        .iter()
        .filter(|(name, bytes)| before.get(*name) == Some(*bytes))
        .map(|(name, _)| name)
    {
        fs::remove_file(staged.path().join(name))?;
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        File::create_new(staged.path().join(name))?.sync_all()?;
    }
    settle(staged.path())?;
    fs::rename(staged.path(), journal)?;
    // The folder is no longer where it would be removed from.
    let _ = staged.keep();
    journal.parent().map_or(Ok(()), settle)
}

/// Carries out a journal, or what is left of it. A step that has been taken leaves nothing in the journal, so that
/// the steps can be interrupted anywhere and taken up again.
fn apply(journal: &Path, current: &Path) -> io::Result<()> {
    let mut names = match fs::read_dir(journal) {
        Ok(entries) => entries
            .map(|entry| Ok(entry?.file_name()))
            .collect::<io::Result<Vec<_>>>()?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    names.sort();
    fs::create_dir_all(current)?;
    for name in names {
        step(&journal.join(&name), &current.join(&name))?;
    }
    settle(current)?;
    fs::remove_dir(journal)
}

/// No generated file is empty: an empty file in the journal stands for one that has to go.
fn step(ready: &Path, target: &Path) -> io::Result<()> {
    if fs::metadata(ready)?.len() > 0 {
        return fs::rename(ready, target);
    }
    match fs::remove_file(target) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => fs::remove_file(ready),
    }
}

/// Removes staged folders that an interrupted run has left.
fn sweep(folder: &Folder) -> io::Result<()> {
    let entries = match fs::read_dir(folder.parent()) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let prefix = prefix(folder);
    for entry in entries {
        let entry = entry?;
        if entry
            .file_name()
            .to_str()
            .is_some_and(|name| name.starts_with(&prefix))
        {
            // Another process may still be filling the folder. Renaming it first makes that process fail instead of
            // putting half a set in place.
            let grave = temporary(folder)?;
            fs::rename(entry.path(), grave.path().join("set"))?;
        }
    }
    Ok(())
}

/// Writes the entries of a folder through to the disk, where folders can be opened.
fn settle(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(files: &[(&str, &str)]) -> Files {
        let mark = "// @generated by `cargo xtask regen` from a test\n";
        files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), format!("{mark}{text}").into_bytes()))
            .collect()
    }

    fn old() -> Files {
        set(&[
            ("calls.rs", "old"),
            ("former.rs", "old"),
            ("sids.rs", "same"),
            ("types.rs", "old"),
        ])
    }

    fn new() -> Files {
        set(&[
            ("calls.rs", "new"),
            ("hosts.rs", "new"),
            ("sids.rs", "same"),
            ("types.rs", "new"),
        ])
    }

    /// A folder with the old set in it, below a temporary one.
    fn folder() -> (TempDir, Folder) {
        let above = TempDir::new().unwrap();
        let path = above.path().join("generated");
        fs::create_dir(&path).unwrap();
        for (name, bytes) in old() {
            fs::write(path.join(name), bytes).unwrap();
        }
        let folder = Folder::open(Some(path)).unwrap();
        (above, folder)
    }

    fn staged(folder: &Folder) -> TempDir {
        let staged = temporary(folder).unwrap();
        stage(staged.path(), &folder.path(), &old(), &new()).unwrap();
        staged
    }

    fn beside(folder: &Folder) -> usize {
        fs::read_dir(folder.parent()).unwrap().count() - 1
    }

    #[test]
    fn a_set_is_replaced_and_nothing_is_left_beside_it() {
        let (_above, folder) = folder();
        replace(&folder, &old(), &new()).unwrap();
        assert_eq!(folder.read().unwrap(), new());
        assert_eq!(beside(&folder), 0);
    }

    #[test]
    fn a_run_that_ends_while_it_stages_leaves_the_old_set() {
        let (_above, folder) = folder();
        let left = staged(&folder).keep();
        fs::remove_file(left.join("types.rs")).unwrap();
        assert_eq!(folder.read().unwrap(), old());
        recover(&folder).unwrap();
        assert_eq!(folder.read().unwrap(), old());
        assert_eq!(beside(&folder), 0);
    }

    #[test]
    fn a_journal_that_is_interrupted_after_any_step_is_finished() {
        for taken in 0..=4 {
            let (_above, folder) = folder();
            let journal = journal(&folder);
            commit(staged(&folder), &journal, &old(), &new()).unwrap();
            assert_eq!(folder.read().unwrap(), old());
            for name in ["calls.rs", "former.rs", "hosts.rs", "types.rs"]
                .iter()
                .take(taken)
            {
                step(&journal.join(name), &folder.path().join(name)).unwrap();
            }
            recover(&folder).unwrap();
            assert_eq!(folder.read().unwrap(), new(), "after {taken} steps");
            assert_eq!(beside(&folder), 0);
        }
    }

    #[test]
    fn a_removal_that_is_interrupted_in_the_middle_is_finished() {
        let (_above, folder) = folder();
        commit(staged(&folder), &journal(&folder), &old(), &new()).unwrap();
        fs::remove_file(folder.path().join("former.rs")).unwrap();
        recover(&folder).unwrap();
        assert_eq!(folder.read().unwrap(), new());
    }

    #[test]
    fn a_file_that_stays_keeps_its_time_stamp() {
        for keep in [keep, copy] {
            let (above, folder) = folder();
            let (file, kept) = (folder.path().join("sids.rs"), above.path().join("kept.rs"));
            let long_ago =
                std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
            File::options()
                .append(true)
                .open(&file)
                .unwrap()
                .set_modified(long_ago)
                .unwrap();
            keep(&file, &kept).unwrap();
            assert_eq!(fs::metadata(&kept).unwrap().modified().unwrap(), long_ago);
            assert_eq!(fs::read(&kept).unwrap(), fs::read(&file).unwrap());
        }
    }
}
