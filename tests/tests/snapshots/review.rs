//! What a reviewer sees of a change of one line to the document: one small file, and in it the lines that say what
//! callers and the wire get.

use std::collections::BTreeMap;

use crate::shared::{DOCUMENT, FRESH, document, generate, surface_of, texts, workspace};

// Puts a line after the first `second` that follows `first`, indented by two more.
fn insert(document: &str, first: &str, second: &str, line: &str) -> String {
    let (mut seen, mut done) = (false, false);
    let mut changed = String::new();
    for old in document.lines() {
        changed.push_str(old);
        changed.push('\n');
        seen |= old.trim() == first;
        if seen && !done && old.trim() == second {
            let indent = old.len() - old.trim_start().len() + 2;
            changed.push_str(&format!("{:indent$}{line}\n", ""));
            done = true;
        }
    }
    assert!(done, "the document has no `{second}` after `{first}`");
    changed
}

fn snapshots(files: &BTreeMap<String, String>, document: &str) -> BTreeMap<String, String> {
    texts(&surface_of(files, document))
}

// The lines by which the snapshots differ after a change to the document, by snapshot: `-` before, `+` after. Spaces that
// only align do not count here.
fn differences(after: &str) -> BTreeMap<String, Vec<String>> {
    assert_ne!(after, document(), "the change finds nothing to change");
    let before = snapshots(&FRESH, &document());
    let after = snapshots(&generate(DOCUMENT, after), after);
    let lines = |texts: &BTreeMap<String, String>, path: &String| -> Vec<String> {
        let text = texts.get(path).map(String::as_str).unwrap_or_default();
        text.lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    };
    let mut paths: Vec<&String> = before.keys().chain(after.keys()).collect();
    paths.sort();
    paths.dedup();
    paths
        .into_iter()
        .filter(|path| before.get(*path) != after.get(*path))
        .map(|path| {
            let (old, new) = (lines(&before, path), lines(&after, path));
            let gone = old
                .iter()
                .filter(|line| !new.contains(line))
                .map(|line| format!("- {line}"));
            let come = new
                .iter()
                .filter(|line| !old.contains(line))
                .map(|line| format!("+ {line}"));
            (path.clone(), gone.chain(come).collect())
        })
        .collect()
}

fn only(path: &str, lines: &[&str]) -> BTreeMap<String, Vec<String>> {
    BTreeMap::from([(
        path.to_owned(),
        lines.iter().map(|line| (*line).to_owned()).collect(),
    )])
}

#[test]
fn an_optional_query_parameter_shows_in_its_operation_alone() {
    let before = document();
    let after = insert(
        &before,
        "operationId: ListInstalledAddOns",
        "parameters:",
        "- {name: ReviewedOnly, in: query, description: Only the one of this name., schema: {type: string}}",
    );
    assert_eq!(
        differences(&after),
        only(
            "operations/ListInstalledAddOns",
            &[
                "+ query ReviewedOnly optional .reviewed_only(impl Into<String>)",
                "+ fn reviewed_only(self, reviewed_only: impl Into<String>) -> Self",
            ],
        ),
    );
}

#[test]
fn a_member_of_a_reply_shows_in_its_type_alone() {
    let before = document();
    let after = insert(
        &before,
        "Listing:",
        "properties:",
        "reviewed_lately: {type: boolean, nullable: true, description: Whether Twilio has looked at it.}",
    );
    assert_eq!(
        differences(&after),
        only(
            "types/Listing",
            &["+ reviewed_lately optional, skipped when None reviewed_lately: Option<bool>"]
        ),
    );
}

#[test]
fn a_pattern_shows_in_its_sid_alone() {
    let before = document();
    let after = before.replacen(
        "pattern: ^XB[0-9a-fA-F]{32}$",
        "pattern: ^XC[0-9a-fA-F]{32}$",
        1,
    );
    assert_eq!(
        differences(&after),
        only(
            "sids/AvailableAddOnSid",
            &[
                "- prefix XB",
                "- pattern ^XB[0-9a-fA-F]{32}$",
                "- check XB, then hexadecimal digits of either case",
                "+ prefix XC",
                "+ pattern ^XC[0-9a-fA-F]{32}$",
                "+ check XC, then hexadecimal digits of either case",
            ],
        ),
    );
}

#[test]
fn a_change_of_prose_shows_nowhere() {
    let before = document();
    let after = before.replacen("summary: ", "summary: In short, ", 1);
    assert_eq!(differences(&after), BTreeMap::new());
}

// A block of the README that begins with a file's two header lines, without those and the one with `@@`.
fn block<'r>(readme: &'r str, file: &str) -> &'r str {
    let (_, rest) = readme
        .split_once(&format!("--- a/{file}\n+++ b/{file}\n"))
        .unwrap();
    let (_, lines) = rest.split_once('\n').unwrap();
    lines.split_once("```").unwrap().0
}

fn side(block: &str, sign: char) -> String {
    let lines = block
        .lines()
        .filter_map(|line| line.strip_prefix(' ').or_else(|| line.strip_prefix(sign)));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_readme_shows_the_snapshot_of_the_change_that_stands_there() {
    let readme = std::fs::read_to_string(workspace().join("README.md")).unwrap();
    let path = "types/InstalledAddOnExtension";
    let edit = block(&readme, DOCUMENT);
    let before = document();
    assert_eq!(before.matches(&side(edit, '-')).count(), 1);
    let after = before.replace(&side(edit, '-'), &side(edit, '+'));
    let shown = block(&readme, &format!("tests/snapshots/{path}.snap"));
    // Where the columns stand depends on the other members.
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut changed = Vec::new();
    for sign in ['-', '+'] {
        let lines = shown.lines().filter_map(|line| line.strip_prefix(sign));
        changed.extend(lines.map(|line| format!("{sign} {}", words(line))));
    }
    let changed: Vec<&str> = changed.iter().map(String::as_str).collect();
    assert_eq!(differences(&after), only(path, &changed));
    let snapshots = snapshots(&generate(DOCUMENT, &after), &after);
    let snapshot: Vec<String> = snapshots.get(path).unwrap().lines().map(words).collect();
    for line in side(shown, '+').lines().map(words) {
        assert!(snapshot.contains(&line), "{line}");
    }
}
