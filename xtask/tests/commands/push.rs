//! In a workflow for a push, `diff` compares with what was there before it, as the event says.

use std::path::PathBuf;

use crate::repository::{Repository, changes};
use crate::world::{Done, run};

const RENAMED: [&str; 1] = ["OPERATION_ID_CHANGED"];
const ZEROS: &str = "0000000000000000000000000000000000000000";

/// Runs `diff` for an event whose file has this text.
fn diff(repository: &Repository, name: &str, event: &str, arguments: &[&str]) -> Done {
    // Beside the repository, so that it is no change of it.
    let file: PathBuf = repository.world.path(".git/event.json");
    std::fs::write(&file, event).unwrap();
    let mut command = repository.command("diff", "true");
    command
        .args(["--format", "json"])
        .args(arguments)
        .env("GITHUB_EVENT_NAME", name)
        .env("GITHUB_EVENT_PATH", file);
    run(command)
}

fn push(before: &str) -> String {
    format!("{{\"ref\": \"refs/heads/main\", \"before\": \"{before}\", \"forced\": false}}")
}

/// A default branch with a break in the first of three commits that were pushed together, checked out as a workflow does.
fn pushed() -> (Repository, String) {
    let repository = Repository::new();
    let before = repository.git(&["rev-parse", "HEAD"]);
    repository.rename();
    for _ in 0..3 {
        repository.commit();
    }
    repository.merged();
    repository.git(&["switch", "--quiet", "--detach"]);
    (repository, before)
}

#[test]
fn a_push_is_compared_with_what_was_there_before() {
    let (repository, before) = pushed();
    let done = diff(&repository, "push", &push(&before), &[]);
    assert_eq!(
        (changes(&done), done.stderr.as_str()),
        (RENAMED.map(str::to_owned).to_vec(), "")
    );
    assert_eq!(done.code, Some(100));
    // Another event has a `before` that means something else, or none.
    let done = diff(&repository, "pull_request", &push(&before), &[]);
    assert_eq!((changes(&done), done.code), (Vec::new(), Some(0)));
    // And what is named comes first.
    let done = diff(&repository, "push", &push(&before), &["--base", "HEAD"]);
    assert_eq!((changes(&done), done.code), (Vec::new(), Some(0)));
}

#[test]
fn a_force_push_is_compared_with_what_it_replaced_where_that_is_still_here() {
    let (repository, _) = pushed();
    let replaced = repository.git(&["rev-parse", "HEAD"]);
    repository.git(&["switch", "--quiet", "--detach", "HEAD~3"]);
    repository.write("note", "Another beginning.");
    repository.commit();
    repository.merged();
    let done = diff(&repository, "push", &push(&replaced), &[]);
    assert_eq!(changes(&done), RENAMED, "{done:?}");
}

#[test]
fn a_before_that_is_no_commit_falls_back_to_where_the_work_began_and_says_so() {
    let gone = "1234567890123456789012345678901234567890";
    for (before, word) in [
        (
            ZEROS,
            "note: the branch is new with this push; the base is ",
        ),
        (
            gone,
            "note: 1234567890, the commit before this push, is not here, as after a force push; the base is ",
        ),
    ] {
        // On the default branch that is the commit before, in which nothing changed.
        let (repository, _) = pushed();
        let done = diff(&repository, "push", &push(before), &[]);
        assert_eq!((changes(&done), done.code), (Vec::new(), Some(0)));
        assert!(done.stderr.starts_with(word), "{}", done.stderr);
        assert!(
            done.stderr.ends_with(", the commit before\n"),
            "{}",
            done.stderr
        );
        // On another it is where the branch began.
        let repository = Repository::new();
        repository.branch("feature");
        repository.rename();
        repository.commit();
        repository.commit();
        let done = diff(&repository, "push", &push(before), &[]);
        assert_eq!((changes(&done).len(), done.code), (1, Some(100)));
        assert!(done.stderr.starts_with(word), "{}", done.stderr);
        assert!(
            done.stderr
                .ends_with(", where it left the default branch\n"),
            "{}",
            done.stderr
        );
    }
}

#[test]
fn an_event_that_cannot_be_read_is_a_failure_that_says_why() {
    let (repository, _) = pushed();
    for (event, word) in [
        ("", "is no JSON"),
        ("[]", "names no commit as `before`"),
        ("{\"before\": null}", "names no commit as `before`"),
        (
            "{\"before\": \"main\"}",
            "has a `before` that is no name of a commit",
        ),
        (
            "{\"before\": \"--output=x\"}",
            "has a `before` that is no name of a commit",
        ),
    ] {
        let done = diff(&repository, "push", event, &[]);
        assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""), "{event}");
        assert!(
            done.stderr
                .contains("the event of the push (GITHUB_EVENT_PATH)")
                && done.stderr.contains(word),
            "{event}: {}",
            done.stderr
        );
    }
    let mut command = repository.command("diff", "true");
    command.env("GITHUB_EVENT_NAME", "push");
    let done = run(command);
    assert_eq!(done.code, Some(1));
    assert!(
        done.stderr.contains("GITHUB_EVENT_PATH does not say"),
        "{done:?}"
    );
}

#[test]
fn a_check_is_held_to_the_release_whatever_was_pushed() {
    let (repository, before) = pushed();
    let file = repository.world.path(".git/event.json");
    std::fs::write(&file, push(&repository.git(&["rev-parse", "HEAD^"]))).unwrap();
    repository.git(&["tag", "v0.2.0", &before]);
    let mut command = repository.command("check", "true");
    for part in ["document", "generated", "snapshots"] {
        command.args(["--skip", part]);
    }
    command
        .env("GITHUB_EVENT_NAME", "push")
        .env("GITHUB_EVENT_PATH", file);
    let done = run(command);
    assert_eq!(done.code, Some(100), "{}", done.stdout);
    assert!(
        done.stdout
            .contains("1 breaking, 0 warnings, 0 additive since v0.2.0;"),
        "{}",
        done.stdout
    );
}
