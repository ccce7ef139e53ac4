//! `lint` beyond finding: pages about rules, reports for programs, weights, and mends in the file.

use std::fs;

use crate::world::{Done, SPEC, World, assert_same, files, run};

/// Makes a warning: a tag that nobody has declared.
fn warn(world: &World) {
    world.edit(
        "      tags:\n        - AvailableAddOns\n",
        "      tags:\n        - AvailableAddOnz\n",
    );
}

/// Makes an error that can be mended: a length that disagrees with its pattern.
fn spoil(world: &World) {
    world.edit("      maxLength: 34\n", "      maxLength: 43 # é\n");
}

fn without_github(world: &World, arguments: &[&str]) -> Done {
    let mut command = world.command();
    command
        .args(arguments)
        .env_remove("GITHUB_SERVER_URL")
        .env_remove("GITHUB_REPOSITORY")
        .env_remove("GITHUB_SHA");
    run(command)
}

#[test]
fn a_page_is_printed_without_a_document_and_in_any_case() {
    let world = World::new();
    fs::remove_file(world.path(SPEC)).unwrap();
    for id in ["SID_INLINE", "sid_inline"] {
        let done = world.run(&["lint", "--explain", id]);
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
        assert!(done.stdout.starts_with("# SID_INLINE\n"), "{}", done.stdout);
        for part in ["```diff", "error[SID_INLINE]", "## What `--fix` does"] {
            assert!(done.stdout.contains(part), "{part}");
        }
    }
    // What only the later stages find is explained too.
    let done = world.run(&["lint", "--explain", "GENERATOR_REFUSES"]);
    assert_eq!(done.code, Some(0));
}

#[test]
fn an_unknown_rule_is_a_failure_that_names_the_nearest() {
    let world = World::new();
    for (id, near) in [
        ("SID_INLIN", "SID_INLINE"),
        ("", "lint.md"),
        ("ümlaut", "lint.md"),
    ] {
        let done = world.run(&["lint", "--explain", id]);
        assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
        assert!(done.stderr.contains(near), "{}", done.stderr);
    }
}

#[test]
fn arguments_that_make_no_sense_together_are_refused() {
    let world = World::new();
    let before = world.state();
    for arguments in [
        &["lint", "--explain", "SID_INLINE", "--fix"][..],
        &["lint", "--explain", "SID_INLINE", "--spec", SPEC],
        &["lint", "--explain"],
        &["lint", "--format", "xml"],
        &["lint", "--deny", "errors"],
        &["lint", "--fix", "now"],
    ] {
        assert_eq!(world.run(arguments).code, Some(1), "{arguments:?}");
    }
    assert_same(&world.state(), &before);
}

#[test]
fn a_warning_stops_nothing_unless_it_is_denied() {
    let world = World::new();
    warn(&world);
    let before = world.state();
    for (arguments, code) in [
        (&["lint"][..], 0),
        (&["lint", "--deny", "warnings"], 100),
        (&["lint", "--format", "github"], 0),
        (&["lint", "--format", "github", "--deny", "warnings"], 100),
    ] {
        let done = world.run(arguments);
        assert_eq!(done.code, Some(code), "{arguments:?}");
        assert!(done.stdout.contains("TAG_UNDECLARED"), "{}", done.stdout);
    }
    assert!(world.run(&["lint"]).stdout.ends_with("\n1 warning\n"));
    assert_same(&world.state(), &before);
    let regen = world.run(&["regen"]);
    assert_eq!(regen.code, Some(0), "{}", regen.stderr);
    assert!(regen.stderr.contains("warning[TAG_UNDECLARED]"));
}

#[test]
fn json_has_its_documented_shape() {
    let world = World::new();
    warn(&world);
    spoil(&world);
    let text = fs::read_to_string(world.path(SPEC)).unwrap();
    let done = world.run(&["lint", "--format", "json"]);
    assert_eq!((done.code, done.stderr.as_str()), (Some(100), ""));
    let report: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(
        (&report["errors"], &report["warnings"]),
        (&1.into(), &1.into())
    );
    let length = &report["findings"][1];
    let line = 1 + text
        .lines()
        .position(|line| line.contains("maxLength: 43"))
        .unwrap();
    assert_eq!(length["rule"], "SID_LENGTH_MISMATCH");
    assert_eq!(length["severity"], "error");
    assert_eq!(length["file"], SPEC);
    assert_eq!(length["line"], line);
    assert_eq!(
        (&length["column"], &length["end_column"]),
        (&18.into(), &20.into())
    );
    assert_eq!(length["end_line"], line);
    let (start, end) = (
        length["start"].as_u64().unwrap(),
        length["end"].as_u64().unwrap(),
    );
    let bytes = start as usize..end as usize;
    assert_eq!(text.get(bytes), Some("43"));
    assert_eq!(length["fix"][0]["text"], "34");
    assert_eq!(report["findings"][0]["severity"], "warning");
    let members: Vec<&String> = length.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        [
            "column",
            "end",
            "end_column",
            "end_line",
            "file",
            "fix",
            "help",
            "label",
            "line",
            "message",
            "pointer",
            "related",
            "rule",
            "severity",
            "start"
        ]
    );
    // Nothing to say is said in JSON too.
    let done = World::new().run(&["lint", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(
        report,
        serde_json::json!({"errors": 0, "warnings": 0, "findings": []})
    );
}

#[test]
fn github_reads_what_is_written_for_it() {
    let world = World::new();
    // A file and a message with everything that means something to the runner.
    let name = "spec/100%, a: b.yaml";
    fs::copy(world.path(SPEC), world.path(name)).unwrap();
    let text = fs::read_to_string(world.path(name)).unwrap();
    let text = text.replacen(
        "operationId: ListAvailableAddOns",
        "operationId: 'a%0A::b'",
        1,
    );
    let at = text.lines().position(|line| line.contains("'a%0A::b'"));
    let at = at.unwrap() + 1;
    fs::write(world.path(name), text).unwrap();
    let done = world.run(&["lint", "--format", "github", "--spec", name]);
    let line = done.stdout.lines().next().unwrap();
    let place = format!("line={at},col=20,endLine={at},endColumn=29");
    assert!(
        line.starts_with(&format!(
            "::error file=spec/100%25%2C a%3A b.yaml,{place},title=OPERATION_ID_MISNAMED::"
        )),
        "{line}"
    );
    assert!(line.contains("`a%250A::b`"), "{line}");
    assert!(
        done.stdout.lines().all(|line| line.starts_with("::")),
        "{}",
        done.stdout
    );
    let clean = World::new().run(&["lint", "--format", "github"]);
    assert_eq!((clean.code, clean.stdout.as_str()), (Some(0), ""));
}

#[test]
fn sarif_holds_rules_places_and_pages() {
    let world = World::new();
    spoil(&world);
    let done = without_github(&world, &["lint", "--format", "sarif"]);
    assert_eq!(done.code, Some(100));
    let log: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run_of = &log["runs"][0];
    assert_eq!(run_of["columnKind"], "unicodeCodePoints");
    let rules = run_of["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.len() > 100);
    assert!(rules.iter().all(|rule| rule["helpUri"].is_null()));
    let result = &run_of["results"][0];
    assert_eq!(result["ruleId"], "SID_LENGTH_MISMATCH");
    let index = result["ruleIndex"].as_u64().unwrap();
    assert_eq!(rules[index as usize]["id"], "SID_LENGTH_MISMATCH");
    assert!(
        rules[index as usize]["help"]["markdown"]
            .as_str()
            .unwrap()
            .contains("## Example")
    );
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], SPEC);
    assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    assert_eq!(place["region"]["startColumn"], 18);
    let deleted = &result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"];
    assert_eq!(deleted["charLength"], 2);
    // Within a workflow the rules lead to their pages.
    let mut command = world.command();
    command
        .args(["lint", "--format", "sarif"])
        .env("GITHUB_SERVER_URL", "https://github.com")
        .env("GITHUB_REPOSITORY", "one/two")
        .env("GITHUB_SHA", "abc");
    let log: serde_json::Value = serde_json::from_str(&run(command).stdout).unwrap();
    assert_eq!(
        log["runs"][0]["tool"]["driver"]["rules"][index as usize]["helpUri"],
        "https://github.com/one/two/blob/abc/spec/rules/SID_LENGTH_MISMATCH.md"
    );
}

#[test]
fn a_mend_changes_the_document_and_nothing_else() {
    let world = World::fresh();
    let clean = fs::read_to_string(world.path(SPEC)).unwrap();
    spoil(&world);
    let before = files(&world.path("spec"));
    let done = world.run(&["lint", "--fix"]);
    assert_eq!(done.code, Some(0), "{}{}", done.stdout, done.stderr);
    assert_eq!(done.stdout, format!("{SPEC}: no findings\n"));
    assert!(
        done.stderr
            .starts_with(&format!("mended[SID_LENGTH_MISMATCH]: {SPEC}:")),
        "{}",
        done.stderr
    );
    let mended = fs::read_to_string(world.path(SPEC)).unwrap();
    assert_eq!(
        mended,
        clean.replacen("maxLength: 34\n", "maxLength: 34 # é\n", 1)
    );
    assert_eq!(files(&world.path("spec")).len(), before.len());
    // The second run finds nothing to do and does not touch the file.
    let before = world.state();
    let done = world.run(&["lint", "--fix"]);
    assert_eq!(done.code, Some(0));
    assert!(
        done.stderr.contains("nothing was mended"),
        "{}",
        done.stderr
    );
    assert_same(&world.state(), &before);
}

#[test]
fn what_a_mend_leaves_is_shown_and_decides() {
    let world = World::new();
    spoil(&world);
    world.edit("operationId: ListAvailableAddOns", "operationId: lists");
    let done = world.run(&["lint", "--fix", "--format", "json"]);
    assert_eq!(done.code, Some(100));
    let report: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(report["findings"][0]["rule"], "OPERATION_ID_MISNAMED");
    assert_eq!(report["errors"], 1);
    assert!(done.stderr.contains("mended[SID_LENGTH_MISMATCH]"));
}

#[test]
fn a_document_that_cannot_be_mended_is_left_as_it_is() {
    for bytes in [&b""[..], b"\x7fELF\xff", b"openapi: [3.0.3\n", b"- a\n"] {
        let world = World::fresh();
        fs::write(world.path(SPEC), bytes).unwrap();
        let before = world.state();
        let done = world.run(&["lint", "--fix"]);
        assert_eq!(done.code, Some(100), "{bytes:?}");
        assert_same(&world.state(), &before);
    }
    let world = World::new();
    let before = world.state();
    for spec in ["spec/missing.yaml", "spec"] {
        assert_eq!(world.run(&["lint", "--fix", "--spec", spec]).code, Some(1));
    }
    assert_same(&world.state(), &before);
}

#[cfg(unix)]
#[test]
fn a_read_only_document_is_a_failure_that_writes_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    spoil(&world);
    fs::set_permissions(world.path(SPEC), fs::Permissions::from_mode(0o444)).unwrap();
    let before = world.state();
    let done = world.run(&["lint", "--fix"]);
    assert_eq!(done.code, Some(1), "{}{}", done.stdout, done.stderr);
    assert!(
        done.stderr.contains(SPEC) && done.stderr.contains("read-only"),
        "{}",
        done.stderr
    );
    assert_same(&world.state(), &before);
}
