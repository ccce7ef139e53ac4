//! Content as a file. It is written beside its final name and renamed when it is complete, so that a half file never has
//! that name. The disk is waited for on a thread for blocking work, which takes one piece after another.

use std::collections::hash_map::RandomState;
use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::content::Content;
use crate::Error;

/// How many pieces may wait to be written.
const WAITING: usize = 4;

/// Writes all that is left of the content to a file, and says how many bytes that are.
#[inline]
pub(super) async fn save(content: &mut Content, path: PathBuf) -> Result<u64, Error> {
    let (pieces, arriving) = mpsc::channel(WAITING);
    let target = path.clone();
    let writing = spawn_blocking(move || write(&target, arriving));
    let mut length = 0_u64;
    let broken = loop {
        match content.next().await {
            Some(Ok(piece)) => {
                length = length.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
                // Who writes says below why no more is taken.
                if pieces.send(Some(piece)).await.is_err() {
                    break None;
                }
            }
            Some(Err(error)) => break Some(error),
            None => {
                let _ = pieces.send(None).await;
                break None;
            }
        }
    };
    drop(pieces);
    let written = writing.await.unwrap_or_else(|error| Err(error.into()));
    match (broken, written) {
        (Some(error), _) => Err(error),
        (None, Ok(())) => Ok(length),
        (None, Err(error)) => Err(content.failed(Error::file(
            format!("the content could not be saved as {path:?}; there is no new file"),
            error,
        ))),
    }
}

/// Writes the pieces as they arrive. The last one is followed by nothing; without that the rest is missing.
#[inline]
fn write(path: &Path, mut arriving: mpsc::Receiver<Option<Bytes>>) -> io::Result<()> {
    let mut partial = Partial::create(path)?;
    while let Some(piece) = arriving.blocking_recv() {
        match piece {
            Some(piece) => partial.file.write_all(&piece)?,
            None => return partial.finish(path),
        }
    }
    Err(io::ErrorKind::Interrupted.into())
}

/// A file that is not complete; it is removed unless it becomes so.
struct Partial {
    file: File,
    path: Name,
}

/// The name of a partial file, which is free again when this is dropped.
struct Name(Option<PathBuf>);

impl Drop for Name {
    #[inline]
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // There is nobody to tell; the error that led here says more.
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Partial {
    #[inline]
    fn create(path: &Path) -> io::Result<Self> {
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let Some(name) = path.file_name() else {
            return Err(io::ErrorKind::InvalidFilename.into());
        };
        let random = RandomState::new().build_hasher().finish();
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{random:016x}.part"));
        let path = path.with_file_name(hidden);
        // A file that is there already, or a link, is not written to.
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)?;
        Ok(Self {
            file,
            path: Name(Some(path)),
        })
    }

    #[inline]
    fn finish(self, target: &Path) -> io::Result<()> {
        let Self { file, mut path } = self;
        // Otherwise the new name could outlive a power failure that the content does not.
        file.sync_all()?;
        drop(file);
        if let Some(partial) = &path.0 {
            std::fs::rename(partial, target)?;
        }
        path.0 = None;
        Ok(())
    }
}
