//! A run in CI writes nothing: neither a snapshot nor one that waits for review. The test runs the snapshot test again
//! as a process of its own, over an empty folder, so that every snapshot is missing.

use std::env;
use std::path::Path;
use std::process::{Command, Output};

use crate::shared::FOLDER_VARIABLE;

fn run(folder: &Path, ci: bool) -> Output {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "every_part_of_the_surface_is_as_its_snapshot_says",
        ])
        .env(FOLDER_VARIABLE, folder);
    let inherited = env::vars_os().map(|(name, _)| name);
    for name in inherited.filter(|name| name.to_string_lossy().starts_with("INSTA_")) {
        command.env_remove(name);
    }
    if ci {
        command.env("CI", "true");
    } else {
        command.env_remove("CI").env_remove("TF_BUILD");
    }
    command.output().unwrap()
}

#[test]
fn a_run_in_ci_fails_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), true);
    assert!(!output.status.success());
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}

#[test]
fn a_run_at_a_desk_fails_and_leaves_every_difference_for_review() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), false);
    assert!(!output.status.success());
    // The first snapshot that is missing does not hide the last.
    assert!(folder.path().join("bounded").is_dir() && folder.path().join("types").is_dir());
    assert!(folder.path().join("index.snap.new").is_file());
    assert!(!folder.path().join("index.snap").exists());
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(
        text.contains("cargo insta review") && text.contains("INSTA_UPDATE=always"),
        "{text}"
    );
}
