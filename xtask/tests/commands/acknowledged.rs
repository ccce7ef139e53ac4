//! A break needs two things, an acknowledgement and a bump of the version. They can come in either order or together, and
//! what is said in between is what is still missing. A release makes the list start anew.

use crate::check::{parts, states};
use crate::repository::{Repository, fingerprints};
use crate::world::Done;

const LIST: &str = "spec/acknowledged.toml";

fn entry(fingerprint: &str, version: &str) -> String {
    format!(
        "[[acknowledged]]\nfingerprint = \"{fingerprint}\"\nreason = \"Agreed.\"\nversion = \"{version}\"\n"
    )
}

/// A branch after the release 0.2.0 with a break on it, and the fingerprint of the break.
fn broken() -> (Repository, String) {
    let repository = Repository::released();
    repository.branch("feature");
    repository.rename();
    assert_eq!(repository.world.run(&["regen"]).code, Some(0));
    repository.commit();
    let fingerprint = fingerprints(&repository.diff(&["--format", "json"])).remove(0);
    (repository, fingerprint)
}

/// What `check` says of the changes and of the version, and what belongs to it.
#[track_caller]
fn assert_check(repository: &Repository, expected: [&'static str; 2], words: &[&str]) -> Done {
    let done = repository.check_in("true");
    assert_eq!(done.stderr, "");
    let [changes, version] = expected;
    assert_eq!(
        states(&done),
        parts(["ok", "skipped", "ok", "skipped", changes, version]),
        "{}",
        done.stdout
    );
    let code = if expected == ["ok", "ok"] { 0 } else { 100 };
    assert_eq!(done.code, Some(code));
    for word in words {
        assert!(done.stdout.contains(word), "{word}: {}", done.stdout);
    }
    done
}

const NOT_ACKNOWLEDGED: &str = "since v0.2.0; 1 breaking not acknowledged\n";
const TOO_LOW: &str = "Cargo.toml:2: the version 0.2.0 is too low: what changed is MAJOR, which asks for 0.3.0 after 0.2.0\n";
const COVERED: &str = "0.3.0 covers what changed since v0.2.0\n";

#[test]
fn the_acknowledgement_can_come_first() {
    let (repository, fingerprint) = broken();
    let asked = format!(
        "\n[[acknowledged]]\nfingerprint = \"{fingerprint}\"\nreason = \"\"\nversion = \"0.3.0\"\n"
    );
    let words = [NOT_ACKNOWLEDGED, TOO_LOW, &asked];
    assert_check(&repository, ["violated", "violated"], &words);
    repository.write(LIST, entry(&fingerprint, "0.3.0"));
    repository.commit();
    let done = assert_check(&repository, ["ok", "violated"], &[TOO_LOW]);
    assert!(!done.stdout.contains("ACKNOWLEDGEMENT"), "{}", done.stdout);
    repository.set_version("0.3.0");
    repository.commit();
    assert_check(&repository, ["ok", "ok"], &[COVERED]);
}

#[test]
fn the_bump_can_come_first() {
    let (repository, fingerprint) = broken();
    repository.set_version("0.3.0");
    repository.commit();
    let done = assert_check(
        &repository,
        ["violated", "ok"],
        &[NOT_ACKNOWLEDGED, COVERED, "version = \"0.3.0\"\n"],
    );
    assert!(!done.stdout.contains("too low"), "{}", done.stdout);
    repository.write(LIST, entry(&fingerprint, "0.3.0"));
    repository.commit();
    assert_check(&repository, ["ok", "ok"], &[COVERED]);
}

#[test]
fn both_can_come_in_one_commit_and_a_comment_behind_changes_nothing() {
    let (repository, fingerprint) = broken();
    let comment = |text: &str| {
        repository
            .world
            .edit("openapi: ", &format!("# {text}\nopenapi: "));
        assert_eq!(repository.world.run(&["regen"]).code, Some(0));
        repository.commit();
        repository.merged();
    };
    let before = assert_check(&repository, ["violated", "violated"], &[]);
    comment("One.");
    let after = assert_check(
        &repository,
        ["violated", "violated"],
        &[NOT_ACKNOWLEDGED, TOO_LOW],
    );
    let summary = |done: &Done| done.stdout.split("\n\n").next().unwrap().to_owned();
    assert_eq!(summary(&after), summary(&before));
    repository.write(LIST, entry(&fingerprint, "0.3.0"));
    repository.set_version("0.3.0");
    repository.commit();
    assert_check(&repository, ["ok", "ok"], &[]);
    comment("Another.");
    assert_check(&repository, ["ok", "ok"], &[]);
}

#[test]
fn an_entry_names_the_version_that_comes_next() {
    let (repository, fingerprint) = broken();
    for (current, named, expected, words) in [
        // Lower than what the break asks for, and than what the version is.
        (
            "0.2.0",
            "0.2.1",
            ["ok", "violated"],
            &[
                TOO_LOW,
                "goes out with 0.3.0 and not with 0.2.1",
                "acknowledged.toml:4:11",
            ][..],
        ),
        (
            "0.4.0",
            "0.3.0",
            ["ok", "violated"],
            &[
                "goes out with 0.4.0 and not with 0.3.0",
                "write `version = \"0.4.0\"`",
            ],
        ),
        // Higher, which can be meant.
        (
            "0.3.0",
            "0.4.0",
            ["ok", "violated"],
            &["write `version = \"0.3.0\"`, or raise the version of the client to 0.4.0"],
        ),
        ("0.2.0", "0.4.0", ["ok", "violated"], &[TOO_LOW]),
        ("0.4.0", "0.4.0", ["ok", "ok"], &["0.4.0 covers"]),
        ("0.3.0-rc.1", "0.3.0", ["ok", "ok"], &["0.3.0-rc.1 covers"]),
    ] {
        repository.set_version(current);
        repository.write(LIST, entry(&fingerprint, named));
        assert_check(&repository, expected, words);
    }
}

#[test]
fn an_entry_that_fits_nothing_or_is_none_is_named_by_its_line() {
    let (repository, fingerprint) = broken();
    repository.set_version("0.3.0");
    let good = entry(&fingerprint, "0.3.0");
    repository.write(LIST, entry("0123456789abcdef", "0.3.0") + &good);
    assert_check(
        &repository,
        ["violated", "ok"],
        &[
            "error[ACKNOWLEDGEMENT_STALE]: no change since v0.2.0 has the fingerprint 0123456789abcdef",
            "spec/acknowledged.toml:2:15",
            "cargo xtask diff --base v0.2.0",
        ],
    );
    repository.write(LIST, entry("nonsense", "0.3.0"));
    assert_check(
        &repository,
        ["violated", "ok"],
        &[
            "error[ACKNOWLEDGEMENT_UNREADABLE]",
            "; acknowledged.toml cannot be used\n",
        ],
    );
    // A break that is undone needs no entry any more.
    repository.write(LIST, &good);
    repository
        .world
        .edit("operationId: CheckListing\n", "operationId: FetchListing\n");
    assert_eq!(repository.world.run(&["regen"]).code, Some(0));
    assert_check(&repository, ["violated", "ok"], &["ACKNOWLEDGEMENT_STALE"]);
}

#[test]
fn a_release_makes_the_list_history() {
    let (repository, fingerprint) = broken();
    let old = entry(&fingerprint, "0.3.0");
    repository.write(LIST, &old);
    repository.set_version("0.3.0");
    repository.commit();
    assert_check(&repository, ["ok", "ok"], &[COVERED]);
    // The tag itself asks for nothing, and so do the commits after it.
    repository.git(&["tag", "v0.3.0"]);
    for _ in 0..2 {
        let done = assert_check(&repository, ["ok", "ok"], &[]);
        assert!(
            done.stdout
                .contains("semver: NONE, 0 breaking, 0 warnings, 0 additive since v0.3.0\n"),
            "{}",
            done.stdout
        );
        repository.commit();
    }
    // The way back is a break of its own, and the entry of the way there is none for it.
    repository
        .world
        .edit("operationId: CheckListing\n", "operationId: FetchListing\n");
    assert_eq!(repository.world.run(&["regen"]).code, Some(0));
    let words = [
        "since v0.3.0; 1 breaking not acknowledged\n",
        "asks for 0.4.0 after 0.3.0",
    ];
    assert_check(&repository, ["violated", "violated"], &words);
    let base = ["--base", "v0.3.0", "--format", "json"];
    let back = fingerprints(&repository.diff(&base)).remove(0);
    let second = entry(&back, "0.4.0");
    repository.write(LIST, format!("{old}{second}"));
    repository.set_version("0.4.0");
    repository.commit();
    assert_check(&repository, ["ok", "ok"], &[]);
    repository.git(&["tag", "--annotate", "--message", "Out", "v0.4.0"]);
    // And so is the way there once more, for which there is an entry of a released version.
    repository.rename();
    assert_eq!(repository.world.run(&["regen"]).code, Some(0));
    let words = [
        "error[ACKNOWLEDGEMENT_VERSION]: 0.3.0 has been released, so this entry lets nothing pass that changed since 0.4.0",
        "add an entry with `version = \"0.5.0\"`",
    ];
    assert_check(&repository, ["violated", "violated"], &words);
    let third = entry(&fingerprint, "0.5.0");
    repository.write(LIST, format!("{old}{second}{third}"));
    repository.set_version("0.5.0");
    assert_check(&repository, ["ok", "ok"], &[]);
    // What is history can go.
    repository.write(LIST, third);
    assert_check(&repository, ["ok", "ok"], &[]);
}
