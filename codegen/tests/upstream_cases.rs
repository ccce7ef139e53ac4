//! One folder under `tests/upstream` for each kind of difference: what is found, where it stands on both sides, the entry
//! that decides it, and that the entry is stale once the difference is gone.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::load::{Tree, load};
use codegen::upstream::render::{Format, View, render};
use codegen::upstream::{Deviations, Difference, Kind, Report, Way, compare};

/// A folder with two descriptions and the entry that decides what they differ in.
struct Case {
    name: String,
    folder: PathBuf,
    curated: Tree,
    upstream: Tree,
}

impl Case {
    fn deviations(&self) -> Deviations {
        let text = fs::read_to_string(self.folder.join("deviations.toml")).unwrap();
        Deviations::parse("deviations.toml", &text)
            .unwrap_or_else(|findings| panic!("{}: {findings:?}", self.name))
    }

    fn report(&self, deviations: &Deviations) -> Report {
        one(&self.curated, &self.upstream, deviations)
    }
}

fn one(curated: &Tree, upstream: &Tree, deviations: &Deviations) -> Report {
    compare(curated, std::slice::from_ref(upstream), deviations).unwrap()
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/upstream");
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    let read =
        |folder: &Path, name: &str| load(name, &fs::read(folder.join(name)).unwrap()).unwrap();
    let cases = folders.into_iter().map(|folder| Case {
        name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
        curated: read(&folder, "curated.yaml"),
        upstream: read(&folder, "upstream.yaml"),
        folder,
    });
    cases.collect()
}

/// A difference as `expected.txt` shows it.
fn shown(difference: &Difference) -> String {
    format!(
        "{}[{}] {}\n  here {}:{} there {}:{} values {}\n  {}\n  in {}\n",
        difference.way.word(),
        difference.kind,
        difference.at,
        difference.here.line,
        difference.here.column,
        difference.there.line,
        difference.there.column,
        difference.values(),
        difference.text,
        difference.operations.join(", "),
    )
}

#[test]
fn every_kind_of_difference_is_found_at_its_place_and_nothing_else_is() {
    let mut wrong = Vec::new();
    for case in cases() {
        let report = case.report(&Deviations::default());
        let found: String = report.differences.iter().map(shown).collect();
        let expected = fs::read_to_string(case.folder.join("expected.txt")).unwrap_or_default();
        if found != expected || report.differences.is_empty() {
            wrong.push(format!("--- {}\n{found}", case.name));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_kind_has_a_case_that_is_named_after_it() {
    let mut kinds = BTreeSet::new();
    for case in cases() {
        let report = case.report(&Deviations::default());
        for difference in &report.differences {
            assert!(
                case.name.starts_with(difference.kind.word()),
                "{}",
                case.name
            );
            kinds.insert(difference.kind);
        }
    }
    assert_eq!(kinds, Kind::ALL.iter().copied().collect());
}

#[test]
fn what_one_side_has_the_other_side_lacks_when_the_two_are_exchanged() {
    let opposite = |way: Way| match way {
        Way::Missing => Way::Extra,
        Way::Extra => Way::Missing,
        Way::Different => Way::Different,
    };
    for case in cases() {
        let forth = case.report(&Deviations::default());
        let back = one(&case.upstream, &case.curated, &Deviations::default());
        let seen = |report: &Report,
                    turn: bool|
         -> BTreeSet<(Kind, &'static str, String, String, usize, usize)> {
            let seen = report.differences.iter().map(|difference| {
                let way = if turn {
                    opposite(difference.way)
                } else {
                    difference.way
                };
                let (mut values, mut lines) = (
                    (difference.published.clone(), difference.curated.clone()),
                    (difference.here.line, difference.there.line),
                );
                if turn {
                    values = (values.1, values.0);
                    lines = (lines.1, lines.0);
                }
                (
                    difference.kind,
                    way.word(),
                    values.0,
                    values.1,
                    lines.0,
                    lines.1,
                )
            });
            seen.collect()
        };
        assert_eq!(seen(&forth, false), seen(&back, true), "{}", case.name);
    }
}

#[test]
fn a_difference_that_was_decided_on_is_none_to_report() {
    for case in cases() {
        let report = case.report(&case.deviations());
        assert!(report.is_clean(), "{}: {:?}", case.name, report.findings);
        let text = shown_as_text(&case, &report);
        assert!(
            text.ends_with("0 not), 0 findings about entries\n"),
            "{text}"
        );
        assert_eq!(text.lines().count(), 1, "{text}");
    }
}

#[test]
fn an_entry_is_stale_once_the_difference_is_gone() {
    for case in cases() {
        for same in [&case.curated, &case.upstream] {
            let report = one(same, same, &case.deviations());
            assert_eq!(report.differences, [], "{}", case.name);
            let places: BTreeSet<usize> = report
                .findings
                .iter()
                .map(|finding| {
                    assert_eq!(finding.rule, "DEVIATION_STALE", "{}", case.name);
                    finding.place.line
                })
                .collect();
            let text = fs::read_to_string(case.folder.join("deviations.toml")).unwrap();
            let listed: BTreeSet<usize> = text
                .lines()
                .enumerate()
                .filter(|(_, line)| line.starts_with("at = [\"") || line.starts_with("  \""))
                .map(|(at, _)| at + 1)
                .collect();
            assert_eq!(places, listed, "{}", case.name);
        }
    }
}

#[test]
fn an_entry_has_to_be_thought_over_once_either_side_says_something_else() {
    for case in cases() {
        let path = case.folder.join("deviations.toml");
        let text = fs::read_to_string(path).unwrap();
        let other = text.replace("values = [\"", "values = [\"something else -> ");
        assert_ne!(other, text);
        let list = Deviations::parse("deviations.toml", &other).unwrap();
        let report = case.report(&list);
        let rules: Vec<&str> = report.findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, ["DEVIATION_CHANGED"], "{}", case.name);
    }
}

fn shown_as_text(case: &Case, report: &Report) -> String {
    let view = View {
        report,
        curated: &case.curated,
        upstream: std::slice::from_ref(&case.upstream),
        color: false,
    };
    render(&view, Format::Text)
}

#[test]
fn the_entry_that_a_report_offers_decides_the_difference_once_it_has_a_reason_and_a_source() {
    for case in cases() {
        let report = case.report(&Deviations::default());
        let text = shown_as_text(&case, &report);
        let offered: String = text
            .lines()
            .filter_map(|line| line.strip_prefix("    "))
            .filter(|line| !line.starts_with(['|', ':', '-']))
            .map(|line| format!("{line}\n"))
            .collect();
        let empty = Deviations::parse("deviations.toml", &offered).unwrap_err();
        assert!(
            empty
                .iter()
                .all(|finding| finding.message.ends_with("is empty")),
            "{empty:?}"
        );
        let filled = offered.replace("= \"\"", "= \"Somebody thought about it.\"");
        let list = Deviations::parse("deviations.toml", &filled)
            .unwrap_or_else(|findings| panic!("{offered}: {findings:?}"));
        let report = case.report(&list);
        assert!(report.is_clean(), "{}: {:?}", case.name, report.findings);
    }
}
