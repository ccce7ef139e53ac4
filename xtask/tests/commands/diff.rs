//! `diff` as people run it: which documents it compares, what it says, and its exit code.

use std::fs;
use std::process::Command;

use crate::world::{Done, SPEC, World, run};

const ACKNOWLEDGED: &str = "spec/acknowledged.toml";

/// A workspace in a repository of its own, which knows nothing of the person who runs the tests.
struct Repository {
    world: World,
}

impl Repository {
    /// One commit on `main`, which `origin` has too.
    fn new() -> Self {
        let world = World::new();
        fs::write(
            world.path("Cargo.toml"),
            "[workspace.package]\nversion = \"0.2.0\"\n",
        )
        .unwrap();
        fs::write(
            world.path("generated-client/Cargo.toml"),
            "[package]\nversion.workspace = true\n",
        )
        .unwrap();
        let repository = Self { world };
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository.commit();
        repository.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
        repository.git(&[
            "symbolic-ref",
            "refs/remotes/origin/HEAD",
            "refs/remotes/origin/main",
        ]);
        repository
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.args([
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@example.com",
            "-c",
            "commit.gpgsign=false",
        ]);
        command.args(arguments).current_dir(self.world.path(""));
        command
            .env("GIT_CONFIG_GLOBAL", self.world.path("none"))
            .env("GIT_CONFIG_NOSYSTEM", "1");
        let done = run(command);
        assert_eq!(done.code, Some(0), "git {arguments:?}: {}", done.stderr);
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "A change"]);
    }

    /// A change that breaks callers and no message.
    fn rename(&self) {
        self.world
            .edit("operationId: FetchListing\n", "operationId: ShowListing\n");
    }

    fn diff(&self, arguments: &[&str]) -> Done {
        self.diff_in("", arguments)
    }

    /// Runs `diff` as a workflow would, if `ci` says something.
    fn diff_in(&self, ci: &str, arguments: &[&str]) -> Done {
        let mut command = self.world.command();
        command.arg("diff").args(arguments).env("CI", ci);
        run(command)
    }
}

fn changes(done: &Done) -> Vec<String> {
    let ids = done.stdout.split("\"id\": \"").skip(1);
    ids.map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[test]
fn a_branch_is_compared_with_where_it_left_the_default_branch() {
    let repository = Repository::new();
    repository.git(&["switch", "--quiet", "--create", "feature"]);
    assert_eq!(repository.diff(&[]).code, Some(0));
    repository.rename();
    let uncommitted = repository.diff(&[]);
    assert_eq!(uncommitted.code, Some(100));
    assert!(
        uncommitted
            .stdout
            .starts_with("semver: MAJOR, 1 breaking, 0 warnings, 0 additive\n")
    );
    assert!(
        uncommitted
            .stdout
            .contains("breaking[OPERATION_ID_CHANGED]")
    );
    repository.commit();
    assert_eq!(repository.diff(&[]).stdout, uncommitted.stdout);
}

#[test]
fn the_default_branch_is_compared_with_the_commit_before() {
    let repository = Repository::new();
    repository.rename();
    repository.commit();
    assert_eq!(repository.diff(&[]).code, Some(100));
    repository.git(&["commit", "--quiet", "--allow-empty", "--message", "Nothing"]);
    assert_eq!(repository.diff(&[]).code, Some(0));
}

#[test]
fn a_commit_checked_out_without_a_branch_is_judged_as_the_branch_it_is_the_tip_of() {
    let repository = Repository::new();
    repository.rename();
    repository.commit();
    repository.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    repository.git(&["switch", "--quiet", "--detach"]);
    assert_eq!(repository.diff_in("true", &[]).code, Some(100));
}

#[test]
fn a_missing_base_is_a_word_at_home_and_a_failure_in_a_workflow() {
    let first = Repository::new();
    let alone = Repository::new();
    alone.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    alone.git(&["symbolic-ref", "--delete", "refs/remotes/origin/HEAD"]);
    let added = Repository::new();
    added.git(&["rm", "--quiet", "--cached", SPEC]);
    added.git(&["commit", "--quiet", "--message", "No document"]);
    added.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    added.git(&["switch", "--quiet", "--create", "feature"]);
    let outside = Repository {
        world: World::new(),
    };
    for (repository, word) in [
        (first, "no parent"),
        (alone, "no remote `origin`"),
        (added, "has no spec"),
        (outside, "not a git repository"),
    ] {
        let done = repository.diff(&[]);
        assert_eq!(
            (done.code, done.stdout.as_str()),
            (Some(0), ""),
            "{}",
            done.stderr
        );
        assert!(
            done.stderr.starts_with("note: nothing to compare with: ")
                && done.stderr.contains(word),
            "{}",
            done.stderr
        );
        let done = repository.diff_in("true", &[]);
        assert_eq!(done.code, Some(1));
        assert!(
            done.stderr.starts_with("error: nothing to compare with: "),
            "{}",
            done.stderr
        );
    }
}

#[test]
fn a_base_can_be_a_commit_a_path_in_one_or_a_file() {
    let repository = Repository::new();
    fs::copy(
        repository.world.path(SPEC),
        repository.world.path("before.yaml"),
    )
    .unwrap();
    repository.rename();
    for against in [
        "HEAD",
        "HEAD:spec/marketplace.v1.yaml",
        "before.yaml",
        "main",
    ] {
        let done = repository.diff(&["--against", against, "--format", "json"]);
        assert_eq!(
            (done.code, changes(&done)),
            (Some(100), vec!["OPERATION_ID_CHANGED".to_owned()]),
            "{against}"
        );
    }
    let two = repository.diff(&["before.yaml", SPEC, "--format", "json"]);
    assert_eq!((two.code, changes(&two).len()), (Some(100), 1));
    let back = repository.diff(&["before.yaml", "--against", SPEC]);
    assert!(
        back.stdout
            .contains("the operation `ShowListing` is called `FetchListing`")
    );
}

#[test]
fn a_base_that_is_named_and_is_not_there_is_a_failure() {
    let repository = Repository::new();
    for arguments in [
        &["--against", "nowhere"][..],
        &["--against", "HEAD:nowhere.yaml"],
        &["--against=--output=x"],
        &["nowhere.yaml", SPEC],
        &[SPEC, "nowhere.yaml"],
    ] {
        let done = repository.diff(arguments);
        assert_eq!(
            (done.code, done.stdout.as_str()),
            (Some(1), ""),
            "{arguments:?}"
        );
        assert!(done.stderr.starts_with("error: "), "{}", done.stderr);
    }
    assert!(!repository.world.path("x").exists());
}

#[test]
fn the_promise_decides_about_the_exit_code_and_the_head_line() {
    let repository = Repository::new();
    repository.rename();
    for (promise, code, head) in [
        ("wire", 0, "PATCH"),
        ("source", 100, "MAJOR"),
        ("runtime", 0, "PATCH"),
        ("all", 100, "MAJOR"),
    ] {
        let done = repository.diff(&["--against", "HEAD", "--promise", promise]);
        assert_eq!(done.code, Some(code), "{promise}");
        assert!(
            done.stdout.starts_with(&format!("semver: {head},")),
            "{}",
            done.stdout
        );
    }
}

#[test]
fn every_format_says_that_something_breaks() {
    let repository = Repository::new();
    repository.rename();
    for (format, word) in [
        ("text", "#1 breaking[OPERATION_ID_CHANGED]"),
        ("json", "\"breaking\": true"),
        ("markdown", "| #1 | ✗ |"),
        ("github", "::error file=spec/marketplace.v1.yaml,line="),
        ("html", "<!DOCTYPE html>"),
    ] {
        let done = repository.diff(&["--against", "HEAD", "--format", format]);
        assert_eq!(
            (done.code, done.stderr.as_str()),
            (Some(100), ""),
            "{format}"
        );
        assert!(done.stdout.contains(word), "{format}: {}", done.stdout);
    }
    assert_eq!(
        repository
            .diff(&["--against", "HEAD", "--format", "xml"])
            .code,
        Some(1)
    );
    assert_eq!(
        repository.diff(&["--open", "--format", "text"]).code,
        Some(1)
    );
}

#[test]
fn a_document_that_the_generator_refuses_is_compared_all_the_same() {
    let repository = Repository::new();
    repository
        .world
        .edit("operationId: FetchListing\n", "operationId: [odd]\n");
    repository.world.edit("type: string", "type: thing");
    let done = repository.diff(&["--against", "HEAD"]);
    assert_eq!((done.code, done.stderr.as_str()), (Some(100), ""));
}

#[test]
fn a_document_that_is_no_yaml_is_a_failure_with_its_place() {
    let repository = Repository::new();
    fs::write(repository.world.path(SPEC), "a: [").unwrap();
    let done = repository.diff(&["--against", "HEAD"]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    assert!(
        done.stderr.contains("YAML_SYNTAX") && done.stderr.contains("spec/marketplace.v1.yaml:1:"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_break_that_was_decided_on_passes_and_an_entry_too_many_does_not() {
    let repository = Repository::new();
    repository.git(&["switch", "--quiet", "--create", "feature"]);
    repository.rename();
    let found = repository.diff(&["--format", "json"]);
    let fingerprint = found
        .stdout
        .split("\"fingerprint\": \"")
        .nth(1)
        .unwrap()
        .get(..16)
        .unwrap()
        .to_owned();
    let list = |fingerprint: &str| {
        let text = format!(
            "[[acknowledged]]\nfingerprint = \"{fingerprint}\"\nreason = \"Agreed.\"\nversion = \"0.2.0\"\n"
        );
        fs::write(repository.world.path(ACKNOWLEDGED), text).unwrap();
    };
    list(&fingerprint);
    let done = repository.diff(&[]);
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    assert!(done.stdout.contains("= acknowledged: Agreed."));
    // The same entry, once the change is merged: it stays, because its version is the one to come.
    repository.commit();
    repository.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    assert_eq!(repository.diff(&[]).code, Some(0));
    list("0123456789abcdef");
    let done = repository.diff(&[]);
    assert_eq!(done.code, Some(1));
    assert!(
        done.stderr.contains("ACKNOWLEDGEMENT_STALE")
            && done.stderr.contains("acknowledged.toml:2:15"),
        "{}",
        done.stderr
    );
    // Against another base it may well fit nothing.
    assert_eq!(repository.diff(&["--against", "HEAD"]).code, Some(0));
    fs::write(repository.world.path(ACKNOWLEDGED), "[[acknowledged]]\n").unwrap();
    let done = repository.diff(&[]);
    assert_eq!(done.code, Some(1));
    assert!(
        done.stderr.contains("ACKNOWLEDGEMENT_UNREADABLE"),
        "{}",
        done.stderr
    );
}
