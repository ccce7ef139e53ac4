//! What a new set of generated files means to those who use the client: which operations, types and SIDs come, go or
//! change. It says that they do, not how; the snapshots show that.

use std::collections::BTreeMap;

use codegen::surface::{self, Surface, SurfaceError};

use crate::folder::Files;

/// A few lines of names.
pub fn describe(before: &Files, after: &Files) -> String {
    if before.is_empty() {
        return "there was no code before: every operation, type and SID is new\n".to_owned();
    }
    match (read(before), read(after)) {
        (Ok(before), Ok(after)) => {
            let changes = surface::compare(&before, &after);
            if changes.is_empty() {
                return "no operation, type or SID changed\n".to_owned();
            }
            changes.to_string()
        }
        // Files with merge conflicts or edits by hand; what `regen` writes instead is sound.
        (Err(_), Ok(_)) => {
            "what changed cannot be named: the code before was not as `cargo xtask regen` writes it\n".to_owned()
        }
        (_, Err(error)) => format!("what changed cannot be named: {error}\n"),
    }
}

fn read(files: &Files) -> Result<Surface, SurfaceError> {
    let text = |(name, bytes): (&String, &Vec<u8>)| {
        (name.clone(), String::from_utf8_lossy(bytes).into_owned())
    };
    surface::read(&files.iter().map(text).collect::<BTreeMap<_, _>>())
}
