//! `check`: a line for every part whether or not the one before held, then what each has to say, and one exit code.

use std::fs;

use crate::repository::Repository;
#[cfg(unix)]
use crate::repository::script;
#[cfg(unix)]
use crate::world::run;
use crate::world::{Done, GENERATED, SPEC, assert_same};

/// The state of every part, by the summary.
pub fn states(done: &Done) -> Vec<(&str, &str)> {
    let summary = done.stdout.lines().take_while(|line| !line.is_empty());
    let mut words = summary.map(str::split_whitespace);
    let states = words.by_ref().map(|mut words| {
        let name = words.next().unwrap();
        (name, words.next().unwrap())
    });
    states.collect()
}

pub fn parts(states: [&'static str; 6]) -> Vec<(&'static str, &'static str)> {
    let names = [
        "document",
        "deviations",
        "generated",
        "snapshots",
        "changes",
        "version",
    ];
    names.into_iter().zip(states).collect()
}

#[test]
fn what_holds_is_a_line_each_and_nothing_is_written() {
    let repository = Repository::released();
    repository.commit();
    let before = repository.world.state();
    let done = repository.check_in("true");
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    assert_eq!(
        states(&done),
        parts(["ok", "skipped", "ok", "skipped", "ok", "ok"])
    );
    assert_eq!(done.stdout.lines().count(), 6, "{}", done.stdout);
    assert_same(&repository.world.state(), &before);
}

#[test]
fn stale_code_is_4_and_names_the_command_that_mends_it() {
    let repository = Repository::released();
    repository.commit();
    repository.add();
    repository.set_version("0.2.1");
    let before = repository.world.state();
    let done = repository.check();
    assert_eq!((done.code, done.stderr.as_str()), (Some(4), ""));
    assert_eq!(
        states(&done),
        parts(["ok", "skipped", "stale", "skipped", "ok", "ok"])
    );
    assert!(
        done.stdout.contains("mend it with `cargo xtask regen`\n"),
        "{}",
        done.stdout
    );
    assert!(
        done.stdout
            .contains(&format!("\n== generated\n--- {GENERATED}/calls.rs\n")),
        "{}",
        done.stdout
    );
    // What holds has something to say too.
    assert!(
        done.stdout.contains("\n== changes\nsemver: MINOR, "),
        "{}",
        done.stdout
    );
    assert_same(&repository.world.state(), &before);
    assert_eq!(repository.world.run(&["regen"]).code, Some(0));
    assert_eq!(repository.check().code, Some(0));
}

#[test]
fn a_break_goes_before_stale_code() {
    let repository = Repository::released();
    repository.commit();
    repository.rename();
    let done = repository.check();
    assert_eq!((done.code, done.stderr.as_str()), (Some(100), ""));
    assert_eq!(
        states(&done),
        parts(["ok", "skipped", "stale", "skipped", "violated", "violated"])
    );
    assert!(
        done.stdout.contains("#1 breaking[OPERATION_ID_CHANGED]"),
        "{}",
        done.stdout
    );
}

#[test]
fn a_document_with_findings_is_100_and_the_other_parts_run_all_the_same() {
    let repository = Repository::released();
    repository.commit();
    repository.world.edit(
        "operationId: FetchListing\n",
        "operationId: FetchListing\n      surprise: 1\n",
    );
    let done = repository.check();
    assert_eq!(done.code, Some(100), "{}", done.stdout);
    let states = states(&done);
    assert_eq!(
        states[..2],
        parts(["violated", "skipped", "skipped", "", "", ""])[..2]
    );
    assert!(states[4].1 == "ok", "{states:?}");
    assert!(
        done.stdout.contains("\n== document\nerror["),
        "{}",
        done.stdout
    );
    assert!(
        done.stdout.contains("spec/marketplace.v1.yaml:"),
        "{}",
        done.stdout
    );
}

#[test]
fn a_document_that_is_no_yaml_is_a_violation_that_is_shown_once_in_each_part_that_needs_it() {
    let repository = Repository::released();
    repository.commit();
    repository.write(SPEC, "paths: [");
    let done = repository.check();
    assert_eq!((done.code, done.stderr.as_str()), (Some(100), ""));
    assert_eq!(
        states(&done),
        parts([
            "violated", "skipped", "skipped", "skipped", "violated", "skipped"
        ])
    );
}

#[test]
fn a_part_that_cannot_do_its_work_is_1_and_the_other_parts_run_all_the_same() {
    let repository = Repository::released();
    repository.commit();
    fs::write(repository.world.path(GENERATED).join("notes.txt"), "mine").unwrap();
    let done = repository.check();
    assert_eq!(done.code, Some(1));
    assert_eq!(
        states(&done),
        parts(["ok", "skipped", "failed", "skipped", "ok", "ok"])
    );
    assert!(done.stdout.contains("holds `notes.txt`"), "{}", done.stdout);
    fs::remove_file(repository.world.path(SPEC)).unwrap();
    let done = repository.check();
    assert_eq!(done.code, Some(1));
    assert_eq!(
        states(&done),
        parts(["failed", "skipped", "failed", "skipped", "failed", "failed"])
    );
}

#[test]
fn a_part_can_be_left_out_by_its_name_alone() {
    let repository = Repository::fresh();
    let done = repository.world.run(&[
        "check",
        "--skip",
        "document",
        "--skip",
        "deviations",
        "--skip",
        "generated",
        "--skip",
        "snapshots",
        "--skip",
        "changes",
        "--skip",
        "version",
    ]);
    assert_eq!(done.code, Some(0));
    assert_eq!(states(&done), parts(["skipped"; 6]));
    let done = repository.world.run(&["check", "--skip", "everything"]);
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("snapshots"), "{}", done.stderr);
}

/// Runs `check` with a cargo that is a script: the first call builds the snapshot tests, and the second runs them.
#[cfg(unix)]
fn with_cargo(repository: &Repository, text: &str) -> Done {
    let cargo = repository.world.path("bin/cargo");
    script(&cargo, text);
    let mut command = repository.command("check", "");
    command
        .env("CARGO", cargo)
        .env("INSTA_UPDATE", "always")
        .env("INSTA_FORCE_PASS", "1");
    run(command)
}

#[cfg(unix)]
#[test]
fn snapshot_tests_run_without_a_network_and_cannot_write() {
    let repository = Repository::released();
    repository.commit();
    let record = "echo \"$PWD $INSTA_UPDATE/$INSTA_FORCE_PASS/$CARGO_NET_OFFLINE: $*\" >> calls";
    let done = with_cargo(&repository, record);
    assert_eq!(done.code, Some(0), "{}", done.stdout);
    assert_eq!(
        states(&done),
        parts(["ok", "skipped", "ok", "ok", "ok", "ok"])
    );
    let calls = fs::read_to_string(repository.world.path("calls")).unwrap();
    let calls: Vec<&str> = calls.lines().collect();
    assert_eq!(calls.len(), 2, "{calls:?}");
    for call in &calls {
        let expected =
            " no//true: test --package tests --test snapshots --locked --offline --quiet";
        assert!(call.contains(expected), "{call}");
    }
    assert!(calls[0].ends_with("--no-run"), "{calls:?}");
}

#[cfg(unix)]
#[test]
fn snapshots_that_differ_are_stale_and_tests_that_do_not_build_are_a_failure() {
    let repository = Repository::released();
    repository.commit();
    let differs = "case \"$*\" in *--no-run) exit 0;; esac; echo '-old'; echo '+new'; exit 101";
    let done = with_cargo(&repository, differs);
    assert_eq!(done.code, Some(4), "{}", done.stdout);
    assert_eq!(
        states(&done),
        parts(["ok", "skipped", "ok", "stale", "ok", "ok"])
    );
    assert!(
        done.stdout.contains(
            "accept them with `INSTA_UPDATE=always cargo test -p tests --test snapshots`\n"
        ),
        "{}",
        done.stdout
    );
    assert!(
        done.stdout.contains("\n== snapshots\n-old\n+new\n"),
        "{}",
        done.stdout
    );
    let broken = "echo 'error[E0425]' >&2; exit 101";
    let done = with_cargo(&repository, broken);
    assert_eq!(done.code, Some(1), "{}", done.stdout);
    assert_eq!(
        states(&done),
        parts(["ok", "skipped", "ok", "failed", "ok", "ok"])
    );
    assert!(
        done.stdout.contains("\n== snapshots\nerror[E0425]\n"),
        "{}",
        done.stdout
    );
    let stopped = "case \"$*\" in *--no-run) exit 0;; esac; kill -9 $$";
    let done = with_cargo(&repository, stopped);
    assert_eq!(done.code, Some(1), "{}", done.stdout);
}

#[test]
fn a_deviation_that_is_not_whole_or_fits_nothing_is_100_and_named_by_its_line() {
    let repository = Repository::released();
    repository.commit();
    let entry = |at: &str, reason: &str| {
        format!(
            "[[deviation]]\nid = \"a\"\nat = [\"{at}\"]\nkind = \"status\"\npublished = \"nothing\"\n\
             curated = \"404\"\nvalues = [\"absent -> present\"]\nreason = \"{reason}\"\nsource = \"A page.\"\n"
        )
    };
    let known = "GET /v1/Listing/{Sid} /responses/404";
    let list = entry(known, "It may be gone.");
    fs::write(repository.world.path("spec/deviations.toml"), list).unwrap();
    let done = repository.check();
    assert_eq!(done.code, Some(0), "{}", done.stdout);
    assert_eq!(states(&done)[1], ("deviations", "ok"));
    for (text, line) in [
        (entry(known, ""), 8),
        (
            entry("GET /v1/Nowhere /responses/404", "It may be gone."),
            3,
        ),
        ("[[deviation".to_owned(), 1),
    ] {
        fs::write(repository.world.path("spec/deviations.toml"), &text).unwrap();
        let done = repository.check();
        assert_eq!((done.code, done.stderr.as_str()), (Some(100), ""), "{text}");
        assert_eq!(states(&done)[1], ("deviations", "violated"), "{text}");
        assert!(
            done.stdout
                .contains(&format!("spec/deviations.toml:{line}:")),
            "{}",
            done.stdout
        );
    }
}
