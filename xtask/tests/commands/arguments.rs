//! What the commands take, and what they say when they cannot start.

use tempfile::TempDir;

use crate::world::{World, run};

#[test]
fn help_names_every_exit_code() {
    let world = World::new();
    for arguments in [
        &["--help"][..],
        &["regen", "--help"],
        &["lint", "--help"],
        &["diff", "--help"],
        &["check", "--help"],
    ] {
        let done = world.run(arguments);
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
        for code in ["\n  0 ", "\n  1 ", "\n  4 ", "\n  100 "] {
            assert!(
                done.stdout.contains(code),
                "{arguments:?} {code:?}: {}",
                done.stdout
            );
        }
    }
}

#[test]
fn bad_arguments_are_a_failure_and_never_a_finding() {
    let world = World::new();
    for arguments in [
        &[][..],
        &["generate"],
        &["regen", "--force"],
        &["lint", "--spec"],
        &["regen", "--out", ""],
        &["diff", "--format", "xml"],
        &["diff", "--promise", "everything"],
        &["diff", "a.yaml", "b.yaml", "c.yaml"],
        &["diff", "a.yaml", "b.yaml", "--against", "HEAD"],
        &["check", "--skip", "everything"],
        &["check", "spec/marketplace.v1.yaml"],
    ] {
        let done = world.run(arguments);
        assert_eq!(done.code, Some(1), "{arguments:?}");
        assert!(
            done.stderr.contains("Usage") || done.stderr.contains("--help"),
            "{}",
            done.stderr
        );
    }
}

#[test]
fn outside_of_a_workspace_the_paths_have_to_be_given() {
    let world = World::new();
    let elsewhere = TempDir::new().unwrap();
    let mut command = world.command();
    command
        .arg("lint")
        .current_dir(elsewhere.path())
        .env_remove("CARGO_MANIFEST_DIR");
    let done = run(command);
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("no workspace here"), "{}", done.stderr);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let world = World::new();
    let done = world.shell("{ \"$XTASK\" regen --check; echo $? >&2; } | true");
    assert!(done.stderr.ends_with("\n4\n"), "{}", done.stderr);
}
