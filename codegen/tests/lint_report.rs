//! The report reads like that of a compiler, and no place however odd keeps it from being written.

#![allow(
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use codegen::finding::rules::{NAME_COLLISION, REF_UNRESOLVED};
use codegen::finding::{Finding, Place, Severity};
use codegen::report::render;
use proptest::prelude::*;

fn finding(text: &str, start: usize, end: usize) -> Finding {
    let before = &text[..start];
    let place = Place {
        file: "api.yaml".into(),
        line: before.matches('\n').count() + 1,
        column: before.rsplit('\n').next().unwrap().chars().count() + 1,
        start,
        end,
    };
    Finding::new(&REF_UNRESOLVED, place, "the tag is not declared")
        .label("this one")
        .help("declare it")
}

#[test]
fn a_finding_shows_rule_place_line_and_remedy() {
    let text = "paths:\n  /a:\n    tags: [Thing]\n";
    let start = text.find("Thing").unwrap();
    let expected = "\
error[REF_UNRESOLVED]: the tag is not declared
 --> api.yaml:3:12
  |
3 |     tags: [Thing]
  |            ^^^^^ this one
  |
  = help: declare it

1 error
";
    assert_eq!(
        render(&[finding(text, start, start + 5)], text, false),
        expected
    );
}

#[test]
fn related_places_follow_with_their_words() {
    let text = "a: 1\nb: 2\n";
    let first = finding(text, 0, 1).place;
    let finding = Finding::new(&NAME_COLLISION, finding(text, 5, 6).place, "two names")
        .related(first, "the other one");
    let expected = "\
error[NAME_COLLISION]: two names
 --> api.yaml:2:1
  |
2 | b: 2
  | ^
  |
 ::: api.yaml:1:1
  |
1 | a: 1
  | - the other one

1 error
";
    assert_eq!(render(&[finding], text, false), expected);
}

#[test]
fn a_long_line_is_cut_around_the_place_and_the_place_stays_true() {
    let text = format!(
        "{{\"a\": \"{}\", \"bad\": 1, \"b\": \"{}\"}}",
        "x".repeat(100_000),
        "y".repeat(100_000)
    );
    let start = text.find("\"bad\"").unwrap();
    let report = render(&[finding(&text, start, start + 5)], &text, false);
    assert!(
        report.contains(&format!("api.yaml:1:{}", start + 1)),
        "{report}"
    );
    assert!(report.contains("\"bad\": 1"), "{report}");
    assert!(
        report.lines().all(|line| line.chars().count() < 300),
        "{report}"
    );
}

#[test]
fn the_last_line_counts() {
    let text = "a: 1\n";
    let error = finding(text, 0, 1);
    let warning = Finding {
        severity: Severity::Warning,
        ..error.clone()
    };
    let last = |findings: &[Finding]| {
        render(findings, text, false)
            .lines()
            .last()
            .map(str::to_owned)
    };
    assert_eq!(last(&[]), None);
    assert_eq!(
        last(&[error.clone(), error.clone()]),
        Some("2 errors".to_owned())
    );
    assert_eq!(
        last(std::slice::from_ref(&warning)),
        Some("1 warning".to_owned())
    );
    assert_eq!(
        last(&[error, warning]),
        Some("1 error, 1 warning".to_owned())
    );
}

#[test]
fn colour_is_added_only_where_it_is_asked_for() {
    let text = "a: 1\n";
    assert!(!render(&[finding(text, 0, 1)], text, false).contains('\u{1b}'));
    assert!(render(&[finding(text, 0, 1)], text, true).contains('\u{1b}'));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn any_place_in_any_text_can_be_shown(
        text in "(?s)[a-z \t\r\n\u{0}\u{301}\u{200b}\u{1f468}é漢\\PC]{0,600}",
        start in 0usize..2_000,
        length in 0usize..2_000,
        other in 0usize..2_000,
        line in 0usize..50,
        color in any::<bool>(),
    ) {
        let place = |start: usize| Place { file: "a b\n.yaml".into(), line, column: line, start, end: start.saturating_add(length) };
        let finding = Finding::new(&REF_UNRESOLVED, place(start), text.clone())
            .label(text.clone())
            .help(text.clone())
            .related(place(other), text.clone())
            .related(Place { end: 0, ..place(usize::MAX) }, "");
        prop_assert!(render(&[finding], &text, color).contains("1 error"));
    }
}
