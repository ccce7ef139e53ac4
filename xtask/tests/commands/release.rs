//! What `check` takes for the last release, in every state that a repository can be in.

use std::fs;

use crate::check::states;
use crate::repository::{Repository, git};
use crate::world::{Done, SPEC, World, binary, run};

/// Runs the two parts that look at releases.
fn check_in(repository: &Repository, ci: &str) -> Done {
    let mut command = repository.command("check", ci);
    for part in ["document", "deviations", "generated", "snapshots"] {
        command.args(["--skip", part]);
    }
    run(command)
}

#[track_caller]
fn assert_states(done: &Done, code: i32, expected: [&str; 2], words: &[&str]) {
    assert_eq!(done.code, Some(code), "{}", done.stdout);
    let states = states(done);
    let states: Vec<&str> = states.iter().skip(4).map(|(_, state)| *state).collect();
    assert_eq!(states, expected, "{}", done.stdout);
    for word in words {
        assert!(done.stdout.contains(word), "{word}: {}", done.stdout);
    }
}

/// Nobody can tell what was released: two parts are left out at a desk, and a workflow fails.
#[track_caller]
fn assert_unknown(repository: &Repository, word: &str) {
    let reason = "what was released is not known: ";
    let done = check_in(repository, "");
    assert_states(&done, 0, ["skipped", "skipped"], &[reason, word]);
    let done = check_in(repository, "true");
    assert_states(&done, 1, ["failed", "failed"], &[reason, word]);
    assert_eq!(done.stderr, "error: the check is incomplete\n");
}

const UNRELEASED: &str = "no release tag (v1.2.3) is in the history of HEAD, so nothing was released and nothing is judged (`git fetch --tags` fetches a tag that is missing)";

#[test]
fn without_a_release_the_changes_are_reported_and_not_judged() {
    let repository = Repository::new();
    repository.branch("feature");
    repository.rename();
    for ci in ["", "true"] {
        let done = check_in(&repository, ci);
        let report =
            format!("{UNRELEASED}; semver: MAJOR, 1 breaking, 0 warnings, 0 additive since ");
        assert_states(
            &done,
            0,
            ["skipped", "skipped"],
            &[&report, "#1 breaking[OPERATION_ID_CHANGED]"],
        );
    }
    // Neither is the list, but it has to be one.
    let entry = |fingerprint: &str| {
        let text = format!(
            "[[acknowledged]]\nfingerprint = \"{fingerprint}\"\nreason = \"x\"\nversion = \"0.1.0\"\n"
        );
        repository.write("spec/acknowledged.toml", text);
        check_in(&repository, "true")
    };
    assert_states(&entry("0123456789abcdef"), 0, ["skipped", "skipped"], &[]);
    let words = [
        "ACKNOWLEDGEMENT_UNREADABLE",
        "; acknowledged.toml cannot be used",
    ];
    assert_states(&entry("nonsense"), 100, ["violated", "skipped"], &words);
}

#[test]
fn without_a_release_and_a_beginning_there_is_nothing_to_report() {
    let first = Repository::new();
    let words = [
        UNRELEASED,
        "; nothing to compare with: ",
        "is the first commit",
    ];
    for ci in ["", "true"] {
        assert_states(&check_in(&first, ci), 0, ["skipped", "skipped"], &words);
    }
    first.git(&["update-ref", "-d", "refs/heads/main"]);
    let words = [UNRELEASED, "there is no commit yet"];
    assert_states(&check_in(&first, "true"), 0, ["skipped", "skipped"], &words);
}

#[test]
fn without_git_nobody_knows_what_was_released() {
    let outside = Repository {
        world: World::new(),
    };
    outside.set_version("0.2.0");
    outside.write(
        "generated-client/Cargo.toml",
        "[package]\nversion.workspace = true\n",
    );
    assert_unknown(&outside, "not a git repository");
}

/// A clone of a repository as a workspace of its own.
fn clone(origin: &Repository, options: &[&str]) -> Repository {
    let world = World::new();
    let repository = Repository { world };
    fs::remove_dir_all(repository.world.path("spec")).unwrap();
    fs::remove_dir_all(repository.world.path("generated-client")).unwrap();
    let place = format!("file://{}", origin.world.path("").display());
    let arguments = [&["clone", "--quiet", "--bare"], options, &[&place, ".git"]].concat();
    git(&repository.world.path(""), &arguments);
    repository.git(&["config", "core.bare", "false"]);
    repository.git(&["reset", "--quiet", "--hard"]);
    repository
}

#[test]
fn a_history_that_is_cut_off_may_hold_a_release_even_where_it_shows_another() {
    let origin = Repository::new();
    origin.git(&["tag", "v0.2.0"]);
    origin.rename();
    origin.commit();
    let word = "the history is cut off and does not reach every release; `git fetch --unshallow --tags` fetches the rest";
    let shallow = clone(&origin, &["--depth", "1"]);
    assert_unknown(&shallow, word);
    origin.git(&["tag", "v0.1.0"]);
    let shallow = clone(&origin, &["--depth", "1"]);
    assert_eq!(shallow.git(&["tag"]), "v0.1.0");
    assert_unknown(&shallow, word);
    shallow.git(&[
        "remote",
        "set-url",
        "origin",
        &format!("file://{}", origin.world.path("").display()),
    ]);
    shallow.git(&["fetch", "--quiet", "--unshallow", "--tags"]);
    let done = check_in(&shallow, "true");
    assert_states(&done, 100, ["violated", "violated"], &["since v0.2.0;"]);
}

#[test]
fn a_clone_without_tags_says_how_to_get_them() {
    let origin = Repository::new();
    origin.git(&["tag", "v0.2.0"]);
    origin.rename();
    origin.commit();
    let clone = clone(&origin, &["--no-tags"]);
    clone.git(&["config", "remote.origin.tagOpt", "--no-tags"]);
    assert_unknown(
        &clone,
        "`git config --unset remote.origin.tagOpt` and `git fetch --tags origin` fetch them",
    );
    clone.git(&["config", "--unset", "remote.origin.tagOpt"]);
    clone.git(&["fetch", "--quiet", "--tags", "origin"]);
    let done = check_in(&clone, "true");
    assert_states(&done, 100, ["violated", "violated"], &["since v0.2.0;"]);
}

#[test]
fn the_release_is_the_same_detached_in_another_worktree_and_without_a_remote() {
    let repository = Repository::new();
    repository.git(&["tag", "--annotate", "--message", "Out", "v0.2.0"]);
    repository.rename();
    repository.commit();
    let words = ["since v0.2.0; 1 breaking not acknowledged"];
    let assert_same = |done: &Done| assert_states(done, 100, ["violated", "violated"], &words);
    assert_same(&check_in(&repository, "true"));
    repository.git(&["switch", "--quiet", "--detach"]);
    assert_same(&check_in(&repository, "true"));
    let folder = tempfile::TempDir::new().unwrap();
    let tree = folder.path().join("tree");
    repository.git(&["worktree", "add", "--quiet", tree.to_str().unwrap()]);
    let mut command = std::process::Command::new(binary());
    command
        .current_dir(&tree)
        .env("CARGO_MANIFEST_DIR", tree.join("xtask"))
        .env("CI", "true")
        .arg("check");
    for part in ["document", "deviations", "generated", "snapshots"] {
        command.args(["--skip", part]);
    }
    assert_same(&run(command));
    repository.git(&["symbolic-ref", "--delete", "refs/remotes/origin/HEAD"]);
    repository.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    assert_same(&check_in(&repository, "true"));
}

#[test]
fn a_document_that_was_renamed_since_the_release_is_found_under_its_former_name() {
    let repository = Repository::new();
    repository.git(&["mv", SPEC, "former.yaml"]);
    repository.commit();
    repository.git(&["tag", "v0.2.0"]);
    repository.git(&["mv", "former.yaml", SPEC]);
    repository.rename();
    repository.commit();
    let words = ["since v0.2.0;", "v0.2.0:former.yaml:"];
    assert_states(
        &check_in(&repository, "true"),
        100,
        ["violated", "violated"],
        &words,
    );
}

#[test]
fn settings_of_git_for_people_do_not_hide_a_release() {
    let repository = Repository::new();
    repository.git(&["tag", "v0.2.0"]);
    repository.git(&["tag", "v0.1.0"]);
    for (key, value) in [
        ("column.ui", "always"),
        ("tag.sort", "-version:refname"),
        ("color.ui", "always"),
    ] {
        repository.git(&["config", key, value]);
    }
    repository.rename();
    let words = ["since v0.2.0;"];
    assert_states(
        &check_in(&repository, "true"),
        100,
        ["violated", "violated"],
        &words,
    );
}
