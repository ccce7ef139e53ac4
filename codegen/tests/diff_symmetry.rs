//! The rules fit together: what is added one way is removed the other way, and what is safe in a request is not safe in a
//! reply. Where that does not hold, the reason is written down here, and a reason that is no longer needed is an error.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod pairs;

use std::collections::BTreeSet;

use codegen::diff::{RULES, Rule, Verdict};

/// Rules whose verdict on the wire is not that of their mirror image, and why.
const UNEVEN: &[(&str, &str)] = &[
    (
        "REQUEST_ENUM_VALUE_REMOVED",
        "a server refuses a value that it does not know, and a client keeps it as it came",
    ),
    (
        "REQUEST_MEDIA_TYPE_ADDED",
        "the client chooses the media type in both directions, of a reply by its `Accept`",
    ),
    (
        "REQUEST_MEDIA_TYPE_REMOVED",
        "the client chooses the media type in both directions, of a reply by its `Accept`",
    ),
];

/// Changes that are no single change the other way round, by pair and rule, and why.
const UNTURNED: &[(&str, &str)] = &[];

#[test]
fn swapping_the_documents_gives_the_opposite_rule() {
    for pair in pairs::all() {
        let rule = Rule::find(&pair.rule).unwrap();
        let back = pair.reversed();
        let found: Vec<&str> = back.changes.iter().map(|change| change.id()).collect();
        assert!(
            found.contains(&rule.opposite),
            "{} backwards is {found:?}, not {}",
            rule.id,
            rule.opposite
        );
    }
}

#[test]
fn swapping_the_documents_turns_every_change_around() {
    let mut uneven = BTreeSet::new();
    for pair in pairs::all() {
        let (there, back) = (pair.report(), pair.reversed());
        let mut waiting: Vec<_> = back.changes.iter().collect();
        for change in &there.changes {
            let opposite = waiting.iter().position(|other| {
                other.id() == change.rule.opposite
                    && (other.base.line, other.base.column)
                        == (change.revision.line, change.revision.column)
                    && (other.revision.line, other.revision.column)
                        == (change.base.line, change.base.column)
            });
            match opposite {
                Some(at) => {
                    waiting.remove(at);
                }
                None => {
                    uneven.insert(format!("{}: {}", pair.rule, change.id()));
                }
            }
        }
    }
    let waived: BTreeSet<String> = UNTURNED
        .iter()
        .map(|(what, _)| (*what).to_owned())
        .collect();
    assert_eq!(uneven, waived);
}

#[test]
fn swapping_the_documents_swaps_places_and_rust_lines() {
    for pair in pairs::all() {
        let (there, back) = (pair.report(), pair.reversed());
        assert_eq!(there.changes.len(), back.changes.len(), "{}", pair.rule);
        for change in &there.changes {
            let found = back.changes.iter().any(|other| {
                let same_places = (other.base.line, other.revision.line)
                    == (change.revision.line, change.base.line);
                let lines =
                    |lines: &Option<codegen::diff::RustLines>| lines.clone().unwrap_or_default();
                let (one, two) = (lines(&change.rust), lines(&other.rust));
                same_places && one.base == two.revision && one.revision == two.base
            });
            assert!(found, "{}: {} at {}", pair.rule, change.id(), change.base);
        }
    }
}

#[test]
fn the_opposite_of_the_opposite_is_of_the_same_kind() {
    for rule in RULES {
        let opposite = Rule::find(rule.opposite)
            .unwrap_or_else(|| panic!("{} has no rule {}", rule.id, rule.opposite));
        assert_eq!(opposite.group, rule.group, "{}", rule.id);
    }
}

/// What the same change is called in a message that goes the other way: what tightens a request loosens the trust that a
/// reply deserves.
fn mirrored(id: &str) -> Option<String> {
    let rest = id.strip_prefix("REQUEST_")?;
    let words = [
        ("TIGHTENED", "LOOSENED"),
        ("NARROWED", "WIDENED"),
        ("FORBIDDEN", "ALLOWED"),
        ("ADDED", "REMOVED"),
        ("BECAME_REQUIRED", "BECAME_OPTIONAL"),
    ];
    for (one, two) in words {
        if let Some(head) = rest.strip_suffix(one) {
            return Some(format!("RESPONSE_{head}{two}"));
        }
        if let Some(head) = rest.strip_suffix(two) {
            return Some(format!("RESPONSE_{head}{one}"));
        }
    }
    Some(format!("RESPONSE_{rest}"))
}

#[test]
fn what_breaks_a_request_is_what_breaks_a_reply_the_other_way_round() {
    let mut uneven = BTreeSet::new();
    for rule in RULES {
        let Some(other) = mirrored(rule.id).and_then(|id| Rule::find(&id)) else {
            continue;
        };
        if (rule.wire == Verdict::Breaking) != (other.wire == Verdict::Breaking) {
            uneven.insert(rule.id);
        }
    }
    assert_eq!(uneven, UNEVEN.iter().map(|(id, _)| *id).collect());
}
