//! What `diff` compares with: where nobody says it, the commit that a change is judged against, in every state that a
//! repository can be in; and what `--base` names.

use std::fs;

use crate::repository::{Repository, changes, git, own_name};
use crate::world::{Done, SPEC, World, run};

#[track_caller]
fn assert_changes(done: &Done, expected: &[&str]) {
    assert_eq!(done.stderr, "");
    assert_eq!(changes(done), expected);
    let code = if expected.is_empty() { 0 } else { 100 };
    assert_eq!(done.code, Some(code));
}

/// There is no base: a word at a desk, and a failure in a workflow.
#[track_caller]
fn assert_missing(repository: &Repository, word: &str) {
    for ci in ["", "0", "false"] {
        let done = repository.diff_in(ci, &[]);
        assert_eq!((done.code, done.stdout.as_str()), (Some(0), ""), "{done:?}");
        assert!(
            done.stderr.starts_with("note: nothing to compare with: ")
                && done.stderr.contains(word),
            "{}",
            done.stderr
        );
    }
    let done = repository.diff_in("true", &[]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""), "{done:?}");
    assert!(
        done.stderr.starts_with("error: nothing to compare with: ") && done.stderr.contains(word),
        "{}",
        done.stderr
    );
}

const JSON: [&str; 2] = ["--format", "json"];
const RENAMED: [&str; 1] = ["OPERATION_ID_CHANGED"];

#[test]
fn a_branch_is_compared_with_where_it_left_the_default_branch() {
    let repository = Repository::new();
    repository.branch("feature");
    assert_changes(&repository.diff(&JSON), &[]);
    repository.rename();
    let uncommitted = repository.diff(&[]);
    assert_eq!(uncommitted.code, Some(100));
    assert!(
        uncommitted
            .stdout
            .starts_with("semver: MAJOR, 1 breaking, 0 warnings, 0 additive\n")
    );
    repository.commit();
    assert_eq!(repository.diff(&[]).stdout, uncommitted.stdout);
}

#[test]
fn what_the_default_branch_did_since_is_no_change_of_the_branch() {
    let repository = Repository::new();
    repository.branch("feature");
    repository.rename();
    repository.commit();
    repository.git(&["switch", "--quiet", "main"]);
    repository.add();
    repository.commit();
    repository.merged();
    repository.git(&["switch", "--quiet", "feature"]);
    assert_changes(&repository.diff(&JSON), &RENAMED);
}

#[test]
fn what_the_default_branch_has_is_compared_with_the_commit_before() {
    let repository = Repository::new();
    repository.rename();
    repository.commit();
    repository.merged();
    assert_changes(&repository.diff(&JSON), &RENAMED);
    repository.commit();
    repository.merged();
    assert_changes(&repository.diff(&JSON), &[]);
}

#[test]
fn what_is_committed_on_the_default_branch_and_not_pushed_is_compared_as_on_a_branch() {
    let repository = Repository::new();
    repository.rename();
    repository.commit();
    repository.commit();
    assert_changes(&repository.diff(&JSON), &RENAMED);
}

#[test]
fn a_merge_into_the_default_branch_is_compared_with_that_branch_before() {
    let repository = Repository::new();
    repository.branch("feature");
    repository.rename();
    repository.commit();
    repository.git(&["switch", "--quiet", "main"]);
    repository.add();
    repository.commit();
    repository.git(&["merge", "--quiet", "--no-ff", "--no-edit", "feature"]);
    repository.merged();
    assert_changes(&repository.diff(&JSON), &RENAMED);
}

#[test]
fn a_commit_checked_out_without_a_branch_is_on_the_default_branch_if_that_has_it() {
    let repository = Repository::new();
    repository.rename();
    repository.commit();
    repository.merged();
    repository.git(&["switch", "--quiet", "--detach"]);
    assert_changes(&repository.diff_in("true", &JSON), &RENAMED);
    // The branch has moved on, as when a workflow runs again.
    repository.commit();
    repository.merged();
    repository.git(&["switch", "--quiet", "--detach", "HEAD^"]);
    assert_changes(&repository.diff_in("true", &JSON), &RENAMED);
}

#[test]
fn the_merge_commit_of_a_pull_request_shows_the_pull_request_alone() {
    let repository = Repository::new();
    repository.branch("from-a-fork");
    repository.rename();
    repository.commit();
    repository.git(&["switch", "--quiet", "main"]);
    repository.add();
    repository.commit();
    repository.merged();
    // As a workflow fetches it: no local branch, and no word on which branch is the default one.
    repository.git(&["switch", "--quiet", "--detach"]);
    repository.git(&["merge", "--quiet", "--no-ff", "--no-edit", "from-a-fork"]);
    repository.git(&["branch", "--quiet", "-D", "main", "from-a-fork"]);
    repository.git(&["symbolic-ref", "--delete", "refs/remotes/origin/HEAD"]);
    assert_changes(&repository.diff_in("true", &JSON), &RENAMED);
    // And the default branch has moved on since the merge commit was made.
    let merge = repository.git(&["rev-parse", "HEAD"]);
    repository.git(&["switch", "--quiet", "--detach", "HEAD^1"]);
    repository.commit();
    repository.merged();
    repository.git(&["switch", "--quiet", "--detach", &merge]);
    assert_changes(&repository.diff_in("true", &JSON), &RENAMED);
}

#[test]
fn the_default_branch_has_the_name_that_origin_says() {
    let repository = Repository::new();
    repository.git(&["update-ref", "refs/remotes/origin/trunk", "HEAD"]);
    repository.git(&[
        "symbolic-ref",
        "refs/remotes/origin/HEAD",
        "refs/remotes/origin/trunk",
    ]);
    // `main` is a branch like any other now.
    repository.rename();
    repository.commit();
    repository.commit();
    repository.merged();
    assert_changes(&repository.diff(&JSON), &RENAMED);
    repository.git(&["update-ref", "refs/remotes/origin/trunk", "HEAD"]);
    assert_changes(&repository.diff(&JSON), &[]);
    repository.git(&["branch", "--quiet", "--move", "trunk"]);
    assert_changes(&repository.diff(&JSON), &[]);
}

#[test]
fn the_first_commit_and_none_at_all_have_nothing_before_them() {
    let repository = Repository::new();
    assert_missing(&repository, "is the first commit and has no parent");
    let unborn = Repository::new();
    unborn.git(&["update-ref", "-d", "refs/heads/main"]);
    assert_missing(&unborn, "there is no commit yet");
}

#[test]
fn without_a_repository_a_remote_or_common_history_there_is_no_base() {
    let outside = Repository {
        world: World::new(),
    };
    assert_missing(&outside, "not a git repository");
    let alone = Repository::new();
    alone.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    alone.git(&["remote", "add", "origin", "nowhere"]);
    assert_missing(
        &alone,
        "`origin/main` has not been fetched; `git fetch` fetches it",
    );
    alone.git(&["symbolic-ref", "--delete", "refs/remotes/origin/HEAD"]);
    assert_missing(&alone, "git remote set-head origin --auto");
    alone.git(&["remote", "remove", "origin"]);
    alone.git(&["branch", "--quiet", "--move", "work"]);
    assert_missing(
        &alone,
        "there is neither a remote nor a branch `main` or `master`",
    );
    let strange = Repository::new();
    strange.git(&["switch", "--quiet", "--orphan", "other"]);
    strange.git(&["restore", "--source", "main", "."]);
    // Or else it would be the very same commit.
    strange.write("note", "another beginning");
    strange.commit();
    assert_missing(&strange, "have no commit in common");
}

#[test]
fn a_history_that_is_cut_off_is_told_from_one_that_begins_there() {
    let origin = Repository::new();
    origin.commit();
    origin.branch("feature");
    origin.rename();
    origin.commit();
    let clone = |branch: &str| {
        let world = World::new();
        fs::remove_dir_all(world.path("spec")).unwrap();
        let place = format!("file://{}", origin.world.path("").display());
        let arguments = ["clone", "--quiet", "--depth", "1", "--no-single-branch"];
        let rest = ["--branch", branch, &place, "clone"];
        git(&world.path(""), &[&arguments[..], &rest[..]].concat());
        for entry in ["Cargo.toml", "xtask", "generated-client"] {
            let path = world.path(entry);
            let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
        }
        for entry in fs::read_dir(world.path("clone")).unwrap() {
            let entry = entry.unwrap();
            fs::rename(entry.path(), world.path("").join(entry.file_name())).unwrap();
        }
        fs::create_dir_all(world.path("xtask")).unwrap();
        let repository = Repository { world };
        repository.git(&["remote", "set-head", "origin", "main"]);
        repository
    };
    assert_missing(
        &clone("main"),
        "does not reach the commit before; `git fetch --unshallow --tags`",
    );
    let feature = clone("feature");
    assert_missing(&feature, "does not reach where it left `origin/main`");
    feature.git(&["fetch", "--quiet", "--unshallow"]);
    assert_changes(&feature.diff(&JSON), &RENAMED);
}

#[test]
fn a_document_that_the_base_has_not_is_nothing_to_compare_with() {
    let repository = Repository::new();
    repository.git(&["rm", "--quiet", "--cached", SPEC]);
    repository.git(&["commit", "--quiet", "--message", "No document"]);
    repository.merged();
    repository.branch("feature");
    assert_missing(&repository, ":spec/marketplace.v1.yaml");
}

#[test]
fn a_document_that_was_renamed_is_compared_with_what_it_was() {
    let repository = Repository::new();
    repository.git(&["mv", SPEC, "former.yaml"]);
    repository.commit();
    repository.merged();
    repository.branch("feature");
    repository.git(&["mv", "former.yaml", SPEC]);
    repository.rename();
    let done = repository.diff(&JSON);
    assert_changes(&done, &RENAMED);
    assert!(done.stdout.contains(":former.yaml\""), "{}", done.stdout);
    repository.commit();
    assert_changes(&repository.diff(&JSON), &RENAMED);
}

#[test]
fn a_hook_does_not_lead_git_astray() {
    let repository = Repository::new();
    repository.branch("feature");
    repository.rename();
    let mut command = repository.command("diff", "true");
    command.args(JSON);
    command
        .env("GIT_DIR", ".git")
        .env("GIT_INDEX_FILE", ".git/index")
        .env("GIT_PREFIX", "");
    assert_changes(&run(command), &RENAMED);
}

#[cfg(unix)]
#[test]
fn without_git_there_is_no_base_and_files_are_compared_all_the_same() {
    let repository = Repository::new();
    repository.world.copy(SPEC, "before.yaml");
    repository.branch("feature");
    repository.rename();
    let run_without = |ci: &str, arguments: &[&str]| {
        let mut command = repository.command("diff", ci);
        command.args(arguments).env("PATH", "");
        run(command)
    };
    let done = run_without("", &[]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), ""));
    assert!(done.stderr.contains("git cannot be started"), "{done:?}");
    assert_eq!(run_without("true", &[]).code, Some(1));
    let files = run_without("true", &["before.yaml", SPEC, "--format", "json"]);
    assert_changes(&files, &RENAMED);
}

#[cfg(unix)]
#[test]
fn a_document_behind_a_symbolic_link_is_the_one_that_it_leads_to() {
    let repository = Repository::new();
    repository.git(&["mv", SPEC, "kept-elsewhere.yaml"]);
    std::os::unix::fs::symlink("../kept-elsewhere.yaml", repository.world.path(SPEC)).unwrap();
    repository.commit();
    repository.merged();
    repository.branch("feature");
    let kept = repository.world.path("kept-elsewhere.yaml");
    let text = fs::read_to_string(&kept).unwrap();
    fs::write(
        &kept,
        text.replace("operationId: FetchListing\n", "operationId: CheckListing\n"),
    )
    .unwrap();
    assert_changes(&repository.diff(&JSON), &RENAMED);
}

#[test]
fn a_missing_document_is_a_failure_whether_or_not_there_is_a_base() {
    let repository = Repository::new();
    fs::remove_file(repository.world.path(SPEC)).unwrap();
    let done = repository.diff(&[]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    assert!(
        done.stderr
            .contains("spec/marketplace.v1.yaml cannot be read"),
        "{done:?}"
    );
}

#[test]
fn a_base_can_be_a_commit_a_path_in_one_or_a_file() {
    let repository = Repository::new();
    repository.world.copy(SPEC, "before.yaml");
    repository.git(&["tag", "start"]);
    repository.rename();
    for against in [
        "HEAD",
        "start",
        "HEAD:spec/marketplace.v1.yaml",
        "before.yaml",
        "main",
        "./before.yaml",
    ] {
        let done = repository.diff(&["--base", against, "--format", "json"]);
        assert_changes(&done, &RENAMED);
    }
    let two = repository.diff(&["before.yaml", SPEC, "--format", "json"]);
    assert_changes(&two, &RENAMED);
    let back = repository.diff(&["before.yaml", "--base", SPEC]);
    let (was, is) = (
        "-       operationId: CheckListing",
        "+       operationId: FetchListing",
    );
    assert!(
        back.stdout.contains(was) && back.stdout.contains(is),
        "{}",
        back.stdout
    );
}

#[test]
fn a_path_in_a_commit_is_read_from_the_current_folder_as_git_reads_it() {
    let repository = Repository::new();
    repository.rename();
    let mut command = repository.command("diff", "");
    let against = format!("HEAD:./{}", own_name());
    command.args(["--base", &against, "--format", "json"]);
    command.current_dir(repository.world.path("spec"));
    assert_changes(&run(command), &RENAMED);
}

#[test]
fn a_file_goes_before_a_commit_of_the_same_name() {
    let repository = Repository::new();
    repository.rename();
    // The file says what the working tree says, and the branch does not.
    repository.world.copy(SPEC, "main");
    assert_changes(
        &repository.diff(&["--base", "main", "--format", "json"]),
        &[],
    );
    let commit = ["--base", "refs/heads/main", "--format", "json"];
    assert_changes(&repository.diff(&commit), &RENAMED);
}

#[cfg(unix)]
#[test]
fn a_base_can_come_through_a_pipe() {
    let repository = Repository::new();
    repository.world.copy(SPEC, "before.yaml");
    repository.rename();
    let done = repository
        .world
        .shell("cat before.yaml | \"$XTASK\" diff --base /dev/stdin --format json");
    assert_changes(&done, &RENAMED);
}

#[test]
fn a_base_that_is_named_and_is_not_there_is_a_failure_that_says_what_was_missing() {
    let repository = Repository::new();
    for (arguments, word) in [
        (&["--base", "nowhere"][..], "git knows no commit `nowhere`"),
        (&["--base", "spec"], "git knows no commit `spec`"),
        (&["--base", "HEAD:nowhere.yaml"], ":nowhere.yaml"),
        (&["--base", "HEAD:spec"], ":spec is no file"),
        (&["--base", "HEAD:"], "is no file"),
        (&["--base", ":"], "git knows no commit"),
        (&["--base", ""], "git knows no commit"),
        (&["--base=--output=x"], "git knows no commit `--output=x`"),
        (&["--base=-x:y"], "git knows no commit `-x`"),
        (&["nowhere.yaml", SPEC], "nowhere.yaml cannot be read"),
        (&[SPEC, "nowhere.yaml"], "nowhere.yaml cannot be read"),
        (&["spec"], "spec cannot be read"),
    ] {
        for ci in ["", "true"] {
            let done = repository.diff_in(ci, arguments);
            assert_eq!(
                (done.code, done.stdout.as_str()),
                (Some(1), ""),
                "{arguments:?}"
            );
            assert!(
                done.stderr.starts_with("error: ") && done.stderr.contains(word),
                "{arguments:?}: {}",
                done.stderr
            );
        }
    }
    assert!(!repository.world.path("x").exists());
    let outside = Repository {
        world: World::new(),
    };
    let done = outside.diff(&["--base", "HEAD"]);
    assert_eq!(done.code, Some(1));
    assert!(
        done.stderr.contains(
            "`HEAD` is neither a file nor a commit with one: git rev-parse: not a git repository"
        ),
        "{}",
        done.stderr
    );
}
