//! Every rule has a pair of documents that it is about, and every rule runs over every pair: what a pair gives beside its
//! own rule stands under `also:` in its `expected.txt`, so that no rule fires where nobody expects it.
//!
//! After a deliberate change, `WRITE_EXPECTED=1 cargo test -p codegen --test diff_rules` writes the files anew; read the
//! difference before it is committed.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod pairs;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use codegen::diff::{RULES, Verdict, Weight};

#[test]
fn every_rule_has_a_pair_and_every_pair_has_a_rule() {
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    let pairs: BTreeSet<String> = pairs::all().iter().map(|pair| pair.rule.clone()).collect();
    assert_eq!(rules, pairs);
    assert_eq!(rules.len(), RULES.len(), "an id stands twice");
}

#[test]
fn every_pair_gives_what_is_expected_and_nothing_else() {
    let write = std::env::var_os("WRITE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for pair in pairs::all() {
        let report = pair.report();
        let (own, other): (Vec<_>, Vec<_>) = report
            .changes
            .iter()
            .partition(|change| change.id() == pair.rule);
        assert!(
            !own.is_empty(),
            "{}: {:?}",
            pair.rule,
            other.iter().map(|change| change.id()).collect::<Vec<_>>()
        );
        let mut text: String = own.iter().map(|change| pairs::shown(change)).collect();
        if !other.is_empty() {
            text.push_str("\nalso:\n");
            text.extend(other.iter().map(|change| pairs::shown(change)));
        }
        let file = pair.folder.join("expected.txt");
        if write {
            fs::write(&file, &text).unwrap();
        }
        let expected = fs::read_to_string(&file)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        if text != expected {
            wrong.push(format!(
                "{}\nexpected:\n{expected}\nfound:\n{text}",
                pair.rule
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n----\n"));
}

#[test]
fn a_change_has_the_verdicts_that_its_rule_promises() {
    for pair in pairs::all() {
        for change in pair.report().changes.iter().chain(&pair.reversed().changes) {
            let rule = change.rule;
            let wire = change.verdicts.wire;
            // What no message carries has no verdict on the wire.
            assert!(
                wire == rule.wire || wire == Verdict::None,
                "{}: {}",
                pair.rule,
                rule.id
            );
            for (found, promised) in [
                (change.verdicts.source, rule.source),
                (change.verdicts.runtime, rule.runtime),
            ] {
                assert!(
                    promised == Weight::Derived || promised == Weight::Fixed(found),
                    "{}: {}",
                    pair.rule,
                    rule.id
                );
            }
        }
    }
}

#[test]
fn both_places_of_a_change_lie_in_their_documents() {
    for pair in pairs::all() {
        for change in &pair.report().changes {
            for (tree, place) in [
                (&pair.base, &change.base),
                (&pair.revision, &change.revision),
            ] {
                assert_eq!(&*place.file, tree.name());
                assert!(
                    place.start < place.end && place.end <= tree.text().len(),
                    "{}: {place}",
                    pair.rule
                );
                assert!(
                    !tree.text()[place.start..place.end].contains('\n'),
                    "{}: {place}",
                    pair.rule
                );
            }
        }
    }
}

/// The table of all rules, as `spec/diff.md` shows it.
fn table() -> String {
    let word = |weight: Weight| match weight {
        Weight::Fixed(verdict) => verdict.word(),
        Weight::Derived => "derived",
    };
    let mut text = String::from(
        "\n| Rule | Wire | Source | Run time | What happened |\n|---|---|---|---|---|\n",
    );
    for rule in RULES {
        let (source, runtime) = (word(rule.source), word(rule.runtime));
        text.push_str(&format!(
            "| `{}` | {} | {source} | {runtime} | {} |\n",
            rule.id, rule.wire, rule.summary
        ));
    }
    text
}

#[test]
fn the_page_lists_every_rule_with_its_verdicts() {
    const MARK: &str = "cargo test -p codegen --test diff_rules`. -->\n";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/diff.md");
    let page = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
    let (head, found) = page.split_once(MARK).unwrap();
    if std::env::var_os("WRITE_EXPECTED").is_some() {
        fs::write(&file, format!("{head}{MARK}{}", table())).unwrap();
    } else {
        let lines = |text: &'_ str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (found, table) = (lines(found), lines(&table()));
        for (found, expected) in found.iter().zip(&table) {
            assert_eq!(found, expected);
        }
        assert_eq!(found.len(), table.len());
    }
}
