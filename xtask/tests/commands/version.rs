//! The version of the client has to cover what changed in the document, by Cargo's rules, counted from the last release.

use crate::repository::Repository;

/// A branch on which the document changes, judged by nothing but its version.
struct Branch {
    repository: Repository,
}

impl Branch {
    fn new() -> Self {
        let repository = Repository::new();
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
fn one_bump_covers_what_comes_until_the_release() {
    let branch = Branch::new();
    branch.repository.git(&["tag", "v0.2.0"]);
    branch.repository.rename();
    branch.assert_too_low("0.2.0", "asks for 0.3.0");
    branch.assert_holds("0.3.0");
    branch.next("second");
    branch.repository.world.edit(
        "operationId: ListListings\n",
        "operationId: SearchListings\n",
    );
    branch.assert_holds("0.3.0");
    // The next branch begins after the release.
    branch.next("third");
    branch
        .repository
        .git(&["tag", "--annotate", "--message", "Out", "v0.3.0"]);
    branch.repository.add();
    branch.assert_too_low("0.3.0", "asks for 0.3.1 after 0.3.0");
    branch.assert_holds("0.3.1");
}

#[test]
fn before_the_first_release_bumps_are_counted_from_the_first_version() {
    let branch = Branch::new();
    branch.repository.rename();
    branch.assert_too_low("0.2.0", "asks for 0.3.0 after 0.2.0");
    branch.assert_holds("0.3.0");
    branch.next("second");
    branch.repository.world.edit(
        "operationId: ListListings\n",
        "operationId: SearchListings\n",
    );
    branch.assert_holds("0.3.0");
}

#[test]
fn only_a_tag_of_a_version_in_the_history_of_the_base_is_a_release() {
    let branch = Branch::new();
    branch.repository.git(&["tag", "v0.2.0"]);
    branch.repository.rename();
    branch.repository.set_version("0.3.0");
    branch.repository.commit();
    // None of these: on the branch itself, which is not merged, and other words.
    branch.repository.git(&["tag", "v0.3.0"]);
    branch.repository.git(&["tag", "v9", "main"]);
    branch.repository.git(&["tag", "v9.9.9-rc.1", "main"]);
    branch.repository.git(&["tag", "9.9.9", "main"]);
    branch.repository.git(&["tag", "very-old", "main"]);
    branch.assert_holds("0.3.0");
}

#[test]
fn a_version_does_not_go_back() {
    let branch = Branch::new();
    branch.assert_too_low(
        "0.1.9",
        "Cargo.toml:2: the version goes back from 0.2.0 to 0.1.9",
    );
}

#[test]
fn a_client_that_the_base_has_not_is_not_judged() {
    let branch = Branch::new();
    branch
        .repository
        .git(&["rm", "--quiet", "--cached", "generated-client/Cargo.toml"]);
    branch
        .repository
        .git(&["commit", "--quiet", "--message", "No client"]);
    branch.repository.merged();
    branch.repository.branch("second");
    branch.repository.rename();
    let (holds, line) = branch.holds();
    assert!(
        holds && line.contains("has no generated-client/Cargo.toml"),
        "{line}"
    );
}

#[test]
fn a_version_that_is_none_is_a_failure_that_names_the_manifest() {
    let repository = Repository::fresh();
    repository.branch("feature");
    repository.set_version("0.3.0-rc.1");
    let done = repository.check();
    assert_eq!(done.code, Some(1));
    assert!(
        done.stdout
            .contains("failed    Cargo.toml: `0.3.0-rc.1` is not a version of three numbers"),
        "{}",
        done.stdout
    );
}
