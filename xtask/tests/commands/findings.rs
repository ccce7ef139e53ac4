//! Documents that cannot become code: every command says so in words, and writes nothing.

use std::fs;

use codegen::load::MAX_BYTES;

use crate::world::{SPEC, World, assert_same};

const COMMANDS: [&[&str]; 3] = [&["regen"], &["regen", "--check"], &["lint"]];

#[test]
fn a_clean_document_has_no_findings() {
    let world = World::new();
    let before = world.state();
    let done = world.run(&["lint"]);
    assert_eq!(done.code, Some(0), "{}{}", done.stdout, done.stderr);
    assert_eq!(done.stdout, format!("{SPEC}: no findings\n"));
    assert_same(&world.state(), &before);
}

#[test]
fn a_finding_names_its_place_and_stops_every_command() {
    for command in COMMANDS {
        let world = World::fresh();
        world.edit(
            "operationId: ListAvailableAddOns\n",
            "operationId: ListAvailableAddOns\n      operationId: Again\n",
        );
        let text = fs::read_to_string(world.path(SPEC)).unwrap();
        let line = 1 + text
            .lines()
            .position(|line| line == "      operationId: Again")
            .unwrap();
        let before = world.state();
        let done = world.run(command);
        assert_eq!(done.code, Some(100), "{command:?}");
        // `lint` is asked for findings; elsewhere they are in the way of what was asked for.
        let said = if command == ["lint"] {
            &done.stdout
        } else {
            &done.stderr
        };
        assert!(said.contains(&format!("{SPEC}:{line}:7")), "{said}");
        assert!(
            said.contains("YAML_KEY_DUPLICATE") && said.contains("1 error\n"),
            "{said}"
        );
        assert_same(&world.state(), &before);
    }
}

#[test]
fn lint_shows_all_findings_and_counts_them() {
    let world = World::new();
    for operation in ["ListAvailableAddOns", "FetchListing", "ReportUsage"] {
        let line = format!("operationId: {operation}\n");
        world.edit(&line, &format!("{line}      {line}"));
    }
    let done = world.run(&["lint"]);
    assert_eq!(done.code, Some(100));
    assert_eq!(
        done.stdout.matches("error[YAML_KEY_DUPLICATE]").count(),
        3,
        "{}",
        done.stdout
    );
    assert!(done.stdout.ends_with("3 errors\n"), "{}", done.stdout);
}

#[test]
fn lint_passes_no_document_that_regen_refuses() {
    let world = World::new();
    world.edit(
        "'#/components/schemas/AvailableAddOnList'",
        "'#/components/schemas/Nowhere'",
    );
    let (lint, regen) = (world.run(&["lint"]), world.run(&["regen"]));
    assert_eq!((lint.code, regen.code), (Some(100), Some(100)));
    assert!(lint.stdout.contains("Nowhere"), "{}", lint.stdout);
}

#[test]
fn a_file_that_is_no_document_is_reported_in_words() {
    let big = format!("openapi: 3.0.3\ninfo: {}\n", "x".repeat(MAX_BYTES));
    let cases: [(&str, &[u8]); 6] = [
        ("empty", b""),
        ("binary", b"\x7fELF\x02\x01\x01\0\0\0\xff\xfe"),
        ("broken", b"openapi: [3.0.3\n"),
        ("a sequence", b"- openapi\n"),
        (
            "another version",
            b"openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n",
        ),
        ("too large", big.as_bytes()),
    ];
    for (case, bytes) in cases {
        let world = World::fresh();
        fs::write(world.path(SPEC), bytes).unwrap();
        let before = world.state();
        for command in COMMANDS {
            let done = world.run(command);
            assert_eq!(
                done.code,
                Some(100),
                "{case} {command:?} {}{}",
                done.stdout,
                done.stderr
            );
            let said = done.stdout + &done.stderr;
            assert!(
                said.contains("error[") && said.contains(SPEC),
                "{case}: {said}"
            );
            assert_same(&world.state(), &before);
        }
    }
}

#[test]
fn a_document_that_cannot_be_read_is_a_failure_that_names_the_file() {
    let world = World::fresh();
    let before = world.state();
    for command in COMMANDS {
        for spec in ["spec/missing.yaml", "spec"] {
            let done = world.run(&[command, &["--spec", spec]].concat());
            assert_eq!(done.code, Some(1), "{command:?} {spec}");
            assert!(
                done.stderr
                    .starts_with(&format!("error: the document {spec} cannot be read: ")),
                "{}",
                done.stderr
            );
        }
    }
    assert_same(&world.state(), &before);
}
