//! The version of the client has to cover what changed in the document, by Cargo's rules, counted from the last release.

use crate::repository::Repository;

/// A branch on which the document changes, judged by nothing but its version.
struct Branch {
    repository: Repository,
}

impl Branch {
    /// A branch that begins at the release 0.2.0.
    fn new() -> Self {
        let repository = Repository::new();
        repository.git(&["tag", "v0.2.0"]);
        repository.branch("feature");
        Self { repository }
    }

    /// Whether the part of the version holds, and what it says.
    fn holds(&self) -> (bool, String) {
        let mut command = self.repository.command("check", "true");
        for part in ["document", "generated", "snapshots", "changes"] {
            command.args(["--skip", part]);
        }
        let done = crate::world::run(command);
        assert_eq!(done.stderr, "", "{}", done.stdout);
        let line = done.stdout.lines().last().unwrap().to_owned();
        assert!(line.starts_with("version "), "{}", done.stdout);
        match done.code {
            Some(0) => (true, line),
            Some(100) => (false, line),
            code => unreachable!("{code:?} {}", done.stdout),
        }
    }

    #[track_caller]
    fn assert_holds(&self, version: &str) {
        self.repository.set_version(version);
        let (holds, line) = self.holds();
        assert!(holds, "{version}: {line}");
    }

    #[track_caller]
    fn assert_too_low(&self, version: &str, word: &str) {
        self.repository.set_version(version);
        let (holds, line) = self.holds();
        assert!(!holds && line.contains(word), "{version}: {line}");
    }

    /// Merges the branch and begins the next one.
    fn next(&self, name: &str) {
        self.repository.commit();
        self.repository.merged();
        self.repository.branch(name);
    }
}

#[test]
fn below_1_a_break_raises_the_second_number_and_an_addition_the_third() {
    let branch = Branch::new();
    branch.repository.add();
    branch.assert_too_low("0.2.0", "Cargo.toml:2: the version 0.2.0 is too low");
    branch.assert_holds("0.2.1");
    branch.repository.rename();
    branch.assert_too_low("0.2.1", "which asks for 0.3.0 after 0.2.0");
    branch.assert_too_low("0.2.99", "which asks for 0.3.0 after 0.2.0");
    branch.assert_holds("0.3.0");
    branch.assert_holds("1.0.0");
}

#[test]
fn from_1_on_a_break_raises_the_first_number_and_an_addition_the_second() {
    let branch = Branch::new();
    branch.assert_holds("1.4.2");
    branch.next("second");
    branch.repository.git(&["tag", "v1.4.2"]);
    branch.repository.add();
    branch.assert_too_low("1.4.3", "which asks for 1.5.0 after 1.4.2");
    branch.assert_holds("1.5.0");
    branch.repository.rename();
    branch.assert_too_low("1.5.0", "which asks for 2.0.0 after 1.4.2");
    branch.assert_holds("2.0.0");
}

#[test]
fn prose_and_work_by_hand_ask_for_no_version() {
    let branch = Branch::new();
    branch
        .repository
        .write("generated-client/src/lib.rs", "//! By hand.\n");
    branch.assert_holds("0.2.0");
    branch
        .repository
        .world
        .edit("description: ", "description: Now and ");
    branch.assert_holds("0.2.0");
}

#[test]
fn one_bump_covers_whatever_changes_until_the_release_and_no_commit_ends_that() {
    let branch = Branch::new();
    branch.repository.rename();
    branch.assert_too_low("0.2.0", "asks for 0.3.0");
    // Committed, merged and with other commits behind, it is the same.
    for name in ["second", "third"] {
        branch.next(name);
        branch.assert_too_low("0.2.0", "asks for 0.3.0");
    }
    branch.assert_holds("0.3.0");
    branch.next("fourth");
    branch.repository.world.edit(
        "operationId: ListListings\n",
        "operationId: SearchListings\n",
    );
    branch.assert_holds("0.3.0");
    // The next branch begins after the release.
    branch.next("fifth");
    branch
        .repository
        .git(&["tag", "--annotate", "--message", "Out", "v0.3.0"]);
    branch.assert_holds("0.3.0");
    branch.repository.add();
    branch.assert_too_low("0.3.0", "asks for 0.3.1 after 0.3.0");
    branch.assert_holds("0.3.1");
}

#[test]
fn before_the_first_release_nothing_is_judged() {
    let repository = Repository::new();
    repository.branch("feature");
    let branch = Branch { repository };
    branch.repository.rename();
    for version in ["0.2.0", "0.1.0", "0.3.0"] {
        branch.assert_holds(version);
        let (_, line) = branch.holds();
        let expected = format!("nothing was released, so {version} has nothing to cover");
        assert!(line.contains(&expected), "{line}");
    }
}

#[test]
fn the_highest_release_in_the_history_counts_and_no_other_tag_does() {
    let branch = Branch::new();
    let git = |arguments: &[&str]| branch.repository.git(arguments);
    // A release of another line, which is not in the history.
    git(&["switch", "--quiet", "--create", "other"]);
    branch.repository.commit();
    git(&["tag", "v7.0.0"]);
    git(&["switch", "--quiet", "feature"]);
    for tag in [
        "v9",
        "v9.9",
        "v9.9.9-rc.1",
        "v9.9.9+build",
        "v09.9.9",
        "9.9.9",
        "vv9.9.9",
        "v9.9.9/x",
        "very-old",
        "generated-client-9.9.9",
    ] {
        git(&["tag", tag]);
    }
    // Not even one that a tag of that name can be at: a file.
    let blob = git(&["rev-parse", "HEAD:Cargo.toml"]);
    git(&["tag", "v8.0.0", &blob]);
    // A branch of that name is no tag.
    git(&["branch", "v6.0.0"]);
    branch.repository.rename();
    branch.assert_too_low("0.2.0", "asks for 0.3.0 after 0.2.0");
    branch.assert_holds("0.3.0");
    // By number and not by text, and whichever was tagged last.
    git(&["tag", "v0.10.0"]);
    git(&["tag", "v0.9.0"]);
    branch.assert_too_low("0.10.0", "asks for 0.11.0 after 0.10.0");
}

#[test]
fn a_version_does_not_go_back() {
    let branch = Branch::new();
    branch.assert_too_low(
        "0.1.9",
        "Cargo.toml:2: the version goes back from the released 0.2.0 to 0.1.9; write 0.2.0",
    );
}

#[test]
fn a_pre_release_covers_what_its_version_will_and_comes_before_it() {
    let branch = Branch::new();
    branch.assert_too_low(
        "0.2.0-rc.1",
        "the pre-release 0.2.0-rc.1 comes before the released 0.2.0; write 0.2.1",
    );
    branch.repository.rename();
    branch.assert_too_low("0.2.1-rc.1", "asks for 0.3.0 after 0.2.0");
    branch.assert_holds("0.3.0-rc.1");
    branch.assert_holds("0.3.0+build.5");
    // It promises nothing, so what comes after it is still counted from the release.
    branch.next("second");
    branch.repository.git(&["tag", "v0.3.0-rc.1"]);
    branch.assert_too_low("0.2.0", "asks for 0.3.0 after 0.2.0");
    branch.assert_holds("0.3.0");
}

#[test]
fn a_release_without_the_document_promised_nothing() {
    let branch = Branch::new();
    branch
        .repository
        .git(&["rm", "--quiet", "--cached", crate::world::SPEC]);
    branch
        .repository
        .git(&["commit", "--quiet", "--message", "No document"]);
    branch.repository.git(&["tag", "v0.3.0"]);
    branch.repository.write("spec/note", "x");
    let (holds, line) = branch.holds();
    assert!(holds && line.contains("nothing was released"), "{line}");
}

#[test]
fn a_version_that_is_none_is_a_failure_that_names_the_manifest() {
    for tagged in [true, false] {
        let repository = Repository::fresh();
        if tagged {
            repository.git(&["tag", "v0.2.0"]);
        }
        repository.branch("feature");
        repository.set_version("0.3");
        let done = repository.check();
        assert_eq!(done.code, Some(1));
        assert!(
            done.stdout
                .contains("failed    Cargo.toml: `0.3` is not a version of three numbers"),
            "{}",
            done.stdout
        );
    }
}
