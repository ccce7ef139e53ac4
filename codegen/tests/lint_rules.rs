//! One pair of documents for each rule: a bad one with exactly the findings that stand in `expected.txt`, and a good one
//! without any. Since every rule runs over every document, a rule that speaks up where it should not is seen here too.
//! `EXPECT=update` in the environment writes down what is found; read the difference before you commit it.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod rules;

use std::collections::BTreeSet;
use std::path::Path;

use codegen::lint::RULES;
use rules::{WITHOUT_PAIR, findings_in, folder, pairs};

#[test]
fn every_rule_has_a_pair_and_every_pair_a_rule() {
    let with_pair: BTreeSet<String> = pairs().into_iter().map(|(id, _)| id).collect();
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    let expected: BTreeSet<String> = rules
        .iter()
        .filter(|id| !WITHOUT_PAIR.contains(&id.as_str()))
        .cloned()
        .collect();
    assert_eq!(with_pair, expected);
    assert_eq!(rules.len(), RULES.len(), "two rules have one id");
}

#[test]
fn a_bad_document_has_exactly_its_findings_at_their_places() {
    for (id, path) in pairs() {
        let found: String = findings_in(&path.join("bad.yaml"))
            .iter()
            .map(|finding| {
                format!(
                    "{} {}:{}\n",
                    finding.rule, finding.place.line, finding.place.column
                )
            })
            .collect();
        if rules::update() {
            std::fs::write(path.join("expected.txt"), &found).unwrap();
        }
        let expected = std::fs::read_to_string(path.join("expected.txt")).unwrap();
        assert_eq!(found, expected, "{id}");
        assert!(
            found
                .lines()
                .any(|line| line.split(' ').next() == Some(&id)),
            "{id} does not find itself"
        );
    }
}

#[test]
fn a_good_document_has_no_finding() {
    for (id, path) in pairs() {
        assert_eq!(findings_in(&path.join("good.yaml")), [], "{id}");
    }
}

#[test]
fn a_finding_says_what_to_do_about_it_and_points_into_the_text() {
    for (id, path) in pairs() {
        let bytes = std::fs::read(path.join("bad.yaml")).unwrap();
        for finding in findings_in(&path.join("bad.yaml")) {
            assert!(!finding.help.is_empty(), "{id}: {finding:?}");
            assert!(
                !finding.message.ends_with('.') && !finding.help.ends_with('.'),
                "{id}: {finding:?}"
            );
            let declared = RULES.iter().find(|rule| rule.id == finding.rule).unwrap();
            assert_eq!(finding.severity, declared.severity);
            for place in std::iter::once(&finding.place)
                .chain(finding.related.iter().map(|(place, _)| place))
            {
                assert!(
                    place.start <= place.end && place.end <= bytes.len(),
                    "{id}: {place:?}"
                );
                let before = String::from_utf8_lossy(&bytes[..place.start]).into_owned();
                assert_eq!(place.line, before.matches('\n').count() + 1, "{id}");
                assert_eq!(
                    place.column,
                    before.rsplit('\n').next().unwrap().chars().count() + 1,
                    "{id}"
                );
            }
        }
    }
}

#[test]
fn findings_come_sorted_and_the_same_on_every_run() {
    for (id, path) in pairs() {
        let first = findings_in(&path.join("bad.yaml"));
        let mut sorted = first.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(first, sorted, "{id}");
        assert_eq!(first, findings_in(&path.join("bad.yaml")), "{id}");
    }
}

#[test]
fn a_rule_is_named_by_noun_and_verb_and_explained_in_a_sentence() {
    for rule in RULES {
        assert!(
            rule.id
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_'),
            "{}",
            rule.id
        );
        assert!(rule.id.contains('_'), "{}", rule.id);
        assert!(rule.summary.ends_with('.'), "{}", rule.id);
    }
}

#[test]
fn the_curated_document_has_no_finding() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/marketplace.v1.yaml");
    let found = findings_in(&path);
    assert_eq!(found, []);
}

#[test]
fn several_mistakes_are_all_found_at_once() {
    let text = std::fs::read_to_string(folder().join("ENUM_EMPTY/good.yaml")).unwrap();
    let text = text
        .replace("operationId: FetchThing", "operationId: fetch")
        .replace("  version: 1.0.0", "  vresion: 1.0.0")
        .replace("- basicAuth: []", "- basicAuth: []\n  - basicAuth: []")
        .replace("type: string\n          nullable: true", "type: strng");
    let tree = codegen::load::load("several.yaml", text.as_bytes()).unwrap();
    let rules: Vec<&str> = codegen::lint::lint(&tree)
        .iter()
        .map(|finding| finding.rule)
        .collect();
    for rule in [
        "OPERATION_ID_MISNAMED",
        "KEYWORD_UNKNOWN",
        "KEYWORD_MISSING",
        "SECURITY_REQUIREMENT_UNSUPPORTED",
    ] {
        assert!(rules.contains(&rule), "{rule} in {rules:?}");
    }
}
