//! The client's surface as small files under `tests/snapshots/`: one for each operation, type, SID and bounded integer,
//! and an index of all names. They are derived from the committed generated code and the committed document, so a review
//! of a change to the document is a review of these files.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod ci;
mod diet;
mod exposed;
mod fresh;
mod review;
mod shared;
mod twins;

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use shared::{committed_surface, snapshot_folder, texts};

const ACCEPT: &str = "look at each difference above. If it is meant, accept all of them with `cargo insta review`, or \
    without that tool with\n    INSTA_UPDATE=always cargo test -p tests --test snapshots\nand review `git diff tests/snapshots`";

#[test]
fn every_part_of_the_surface_is_as_its_snapshot_says() {
    let folder = snapshot_folder();
    let differing: Vec<String> = texts(&committed_surface())
        .into_iter()
        .filter(|(path, text)| !agrees(&folder, path, text))
        .map(|(path, _)| path)
        .collect();
    assert!(
        differing.is_empty(),
        "these snapshots differ from the generated code, or are missing:\n    {}\n{ACCEPT}",
        differing.join("\n    "),
    );
}

#[test]
fn every_crate_that_the_client_brings_along_is_in_its_snapshot() {
    assert!(
        agrees(&snapshot_folder(), diet::PATH, &diet::text()),
        "the client brings other crates along than before\n{ACCEPT}"
    );
}

// One snapshot that differs must not hide the next, so its panic ends here; insta has printed the difference by then.
fn agrees(folder: &Path, path: &str, text: &str) -> bool {
    let (group, name) = path.rsplit_once('/').unwrap_or(("", path));
    let assertion = || {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder.join(group));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, text));
    };
    catch_unwind(assertion).is_ok()
}

#[test]
fn every_snapshot_file_belongs_to_a_part_of_the_surface() {
    let folder = snapshot_folder();
    let mut known: BTreeSet<String> = texts(&committed_surface()).into_keys().collect();
    known.insert(diet::PATH.to_owned());
    let orphans: Vec<String> = files(&folder, "")
        .into_iter()
        .filter(|file| {
            file.strip_suffix(".snap")
                .is_none_or(|path| !known.contains(path))
        })
        // What waits for a review is ignored by git.
        .filter(|file| !file.ends_with(".snap.new"))
        .map(|file| format!("tests/snapshots/{file}"))
        .collect();
    assert!(
        orphans.is_empty(),
        "nothing in the surface has these names any more: delete them with\n    git rm {}",
        orphans.join(" "),
    );
}

fn files(folder: &Path, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
    {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path(), &format!("{path}/")));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_snapshot_is_small_enough_to_review() {
    // The index grows by a line for each name; no other file grows with the API.
    let long: Vec<String> = texts(&committed_surface())
        .into_iter()
        .filter(|(path, text)| path != "index" && text.lines().count() > 80)
        .map(|(path, _)| path)
        .collect();
    assert!(
        long.is_empty(),
        "these snapshots are longer than 80 lines: {long:?}"
    );
}
