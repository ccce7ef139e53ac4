//! What holds for any two documents: a document does not differ from itself, a comparison always ends with an answer, and
//! reading that answer in any format does too.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod pairs;

use std::collections::BTreeSet;
use std::path::Path;

use codegen::diff::render::{Format, View, render};
use codegen::diff::{Promise, Report, diff};
use codegen::load::{Tree, load};
use proptest::prelude::*;
use proptest::sample::Index;

/// A failing case is in the output of the test, so no file is left behind. `MUTATION_FACTOR` in the environment multiplies
/// the number of cases, for a long search after a change to the comparison.
fn config(cases: u32) -> ProptestConfig {
    let factor = std::env::var("MUTATION_FACTOR")
        .ok()
        .and_then(|factor| factor.parse().ok())
        .unwrap_or(1);
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases * factor)
    }
}

/// A change to the lines of a document.
#[derive(Debug, Clone)]
enum Edit {
    Delete { at: Index, count: usize },
    Repeat { at: Index, to: Index, count: usize },
    Value { at: Index, from: Index },
    Odd { at: Index, value: usize },
    Key { at: Index, value: usize },
}

/// Values that a document can have where nobody expects them.
const ODD: [&str; 19] = [
    "\"\\e[31m\\n::error::x\\u0085\"",
    "null",
    "[]",
    "{}",
    "''",
    "-1",
    "1e400",
    "true",
    "'#/components/schemas'",
    "{$ref: '#/paths'}",
    "{$ref: '#'}",
    "{$ref: '#/components/schemas/AvailableAddOn'}",
    "{$ref: 'other.yaml#/x'}",
    "[{$ref: '#/x'}]",
    "{type: [string, 'null']}",
    "{allOf: [{$ref: '#/components/schemas/Listing'}, {}]}",
    "{oneOf: [{type: string}, {type: integer}]}",
    "object",
    "^[a-z$",
];

/// Keys that mean something, in places where they mean something else.
const KEYS: [&str; 16] = [
    "$ref",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "properties",
    "items",
    "required",
    "type",
    "parameters",
    "responses",
    "schema",
    "additionalProperties",
    "default",
    "enum",
    "x-a",
];

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (any::<Index>(), 1..6usize).prop_map(|(at, count)| Edit::Delete { at, count }),
        (any::<Index>(), any::<Index>(), 1..6usize).prop_map(|(at, to, count)| Edit::Repeat {
            at,
            to,
            count
        }),
        (any::<Index>(), any::<Index>()).prop_map(|(at, from)| Edit::Value { at, from }),
        (any::<Index>(), 0..ODD.len()).prop_map(|(at, value)| Edit::Odd { at, value }),
        (any::<Index>(), 0..KEYS.len()).prop_map(|(at, value)| Edit::Key { at, value }),
    ]
}

fn apply(lines: &mut Vec<String>, edit: &Edit) {
    let value = |line: &str| line.split_once(": ").map(|(_, value)| value.to_owned());
    let with = |line: &str, value: &str| {
        line.split_once(':')
            .map(|(key, _)| format!("{key}: {value}"))
    };
    match edit {
        Edit::Delete { at, count } => {
            let at = at.index(lines.len());
            lines.drain(at..(at + count).min(lines.len()));
        }
        Edit::Repeat { at, to, count } => {
            let at = at.index(lines.len());
            let copied = lines[at..(at + count).min(lines.len())].to_vec();
            let to = to.index(lines.len());
            lines.splice(to..to, copied);
        }
        Edit::Value { at, from } => {
            let from = value(&lines[from.index(lines.len())]);
            let at = at.index(lines.len());
            if let Some(line) = from.and_then(|value| with(&lines[at], &value)) {
                lines[at] = line;
            }
        }
        Edit::Odd { at, value } => {
            let at = at.index(lines.len());
            if let Some(line) = with(&lines[at], ODD[*value]) {
                lines[at] = line;
            }
        }
        Edit::Key { at, value } => {
            let at = at.index(lines.len());
            let indent = lines[at].len() - lines[at].trim_start().len();
            if let Some((_, rest)) = lines[at].split_once(':') {
                lines[at] = format!("{}{}:{rest}", " ".repeat(indent), KEYS[*value]);
            }
        }
    }
    if lines.is_empty() {
        lines.push("a: b".to_owned());
    }
}

/// The document after as many of the edits as leave one.
fn edited(text: &str, edits: &[Edit]) -> Tree {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut tree = load("a.yaml", text.as_bytes()).unwrap();
    for edit in edits {
        let mut next = lines.clone();
        apply(&mut next, edit);
        if let Ok(found) = load("a.yaml", (next.join("\n") + "\n").as_bytes()) {
            (lines, tree) = (next, found);
        }
    }
    tree
}

fn own_document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/marketplace.v1.yaml");
    std::fs::read_to_string(path).unwrap()
}

/// What holds for every answer.
fn check(base: &Tree, revision: &Tree) -> Report {
    let report = diff(base, revision);
    for promise in [Promise::All, Promise::Wire] {
        for (_, format) in Format::ALL {
            let view = View {
                report: &report,
                base,
                revision,
                promise,
                color: false,
            };
            let text = render(&view, format);
            // Nothing in a document can command a terminal or begin a line of its own.
            let is_command = |c: char| c.is_control() && c != '\n';
            assert!(!text.contains(is_command), "{format:?}: {text:?}");
            if format == Format::Json {
                serde_json::from_str::<serde_json::Value>(&text).unwrap();
            }
        }
    }
    let mut names = BTreeSet::new();
    for (at, change) in report.changes.iter().enumerate() {
        assert!(
            change
                .see
                .is_none_or(|see| see < at && report.changes[see].see.is_none())
        );
        assert_eq!(change.fingerprint.len(), 16);
        assert!(
            names.insert(&change.fingerprint),
            "{} at {} goes by the name of another change",
            change.id(),
            change.base
        );
        assert!(
            base.text()
                .get(change.base.start..change.base.end)
                .is_some()
        );
        assert!(
            revision
                .text()
                .get(change.revision.start..change.revision.end)
                .is_some()
        );
    }
    report
}

fn fingerprints(report: &Report) -> BTreeSet<String> {
    report
        .changes
        .iter()
        .map(|change| change.fingerprint.clone())
        .collect()
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn the_own_document_changed_at_random_never_differs_from_itself(edits in proptest::collection::vec(edit(), 1..12)) {
        let text = own_document();
        let (base, revision) = (load("a.yaml", text.as_bytes()).unwrap(), edited(&text, &edits));
        prop_assert!(diff(&revision, &revision).changes.is_empty());
        let report = check(&base, &revision);
        prop_assert_eq!(report.changes.is_empty(), base.root() == revision.root());
    }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn any_two_documents_can_be_compared(
        pair in any::<Index>(),
        edits in proptest::collection::vec(edit(), 0..8),
        others in proptest::collection::vec(edit(), 0..8),
    ) {
        let pairs = pairs::all();
        let pair = &pairs[pair.index(pairs.len())];
        let (base, revision) = (edited(pair.base.text(), &edits), edited(pair.revision.text(), &others));
        prop_assert!(diff(&base, &base).changes.is_empty());
        let report = check(&base, &revision);
        // The two can still differ in nothing but the order of what has no order.
        prop_assert!(base.root() == revision.root() || !report.changes.is_empty());
    }
}

#[test]
fn a_fingerprint_is_the_same_on_other_lines_and_in_another_file() {
    for pair in pairs::all() {
        let moved = |tree: &Tree| {
            load(
                "moved.yaml",
                format!("# Another line.\n\n{}", tree.text()).as_bytes(),
            )
            .unwrap()
        };
        let there = diff(&moved(&pair.base), &moved(&pair.revision));
        assert_eq!(
            fingerprints(&pair.report()),
            fingerprints(&there),
            "{}",
            pair.rule
        );
    }
}

/// The document as JSON under the same name, its keys as they are.
fn as_json(tree: &Tree) -> Tree {
    let text = pairs::json(tree.root(), &|_, members| members);
    load("a.json", text.as_bytes()).unwrap()
}

/// The document with the keys of every mapping turned around, except where their order counts: members become arguments
/// in their order.
fn turned(tree: &Tree) -> Tree {
    let text = pairs::json(tree.root(), &|key, mut members| {
        if key != "properties" {
            members.reverse();
        }
        members
    });
    load("a.json", text.as_bytes()).unwrap()
}

/// What a report says apart from places.
fn said(report: &Report) -> BTreeSet<(String, String, String)> {
    let changes = report.changes.iter();
    changes
        .map(|change| {
            let verdicts = format!("{:?} {:?}", change.verdicts, change.rust);
            (change.fingerprint.clone(), change.text.clone(), verdicts)
        })
        .collect()
}

#[test]
fn the_way_in_which_a_document_is_written_changes_nothing() {
    let own = load("a.yaml", own_document().as_bytes()).unwrap();
    for other in [as_json(&own), turned(&own)] {
        assert_eq!(said(&diff(&own, &other)), BTreeSet::new());
        assert_eq!(said(&diff(&other, &own)), BTreeSet::new());
    }
    for pair in pairs::all() {
        assert!(diff(&pair.base, &as_json(&pair.base)).changes.is_empty());
        let rewritten = diff(&as_json(&pair.base), &as_json(&pair.revision));
        assert_eq!(said(&pair.report()), said(&rewritten), "{}", pair.rule);
        let half = diff(&pair.base, &as_json(&pair.revision));
        assert_eq!(said(&pair.report()), said(&half), "{}", pair.rule);
    }
}

/// The document with things of its own before those of every list and mapping that a document has many of.
fn with_neighbours(tree: &Tree) -> Tree {
    let mut text = String::new();
    let lines: Vec<&str> = tree.text().lines().collect();
    for (at, line) in lines.iter().enumerate() {
        text.push_str(line);
        text.push('\n');
        let Some(next) = lines.get(at + 1) else {
            continue;
        };
        let indent = &next[..next.len() - next.trim_start().len()];
        let neighbour = match line.trim() {
            "paths:" => {
                "/v1/Neighbours: {get: {operationId: ListNeighbours, responses: {'200': {description: x}}}}"
            }
            "schemas:" => "Neighbour: {type: string}",
            "parameters:" if next.trim_start().starts_with("- ") => {
                "- {name: X-Neighbour, in: header, schema: {type: string}}"
            }
            "tags:" if next.contains("name:") => "- name: Neighbours",
            _ => continue,
        };
        text.push_str(&format!("{indent}{neighbour}\n"));
    }
    load("elsewhere.yaml", text.as_bytes()).unwrap()
}

#[test]
fn a_fingerprint_survives_what_others_add_around_it() {
    let mut moved = 0;
    for pair in pairs::all() {
        let (base, revision) = (with_neighbours(&pair.base), with_neighbours(&pair.revision));
        moved += usize::from(base.text().len() > pair.base.text().len());
        let there = diff(&base, &revision);
        let lost: Vec<String> = fingerprints(&pair.report())
            .difference(&fingerprints(&there))
            .cloned()
            .collect();
        assert_eq!(lost, Vec::<String>::new(), "{}", pair.rule);
    }
    assert!(moved > 180);
}
