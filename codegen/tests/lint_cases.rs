//! The branches of rules that have several. Each case in `documents/cases` takes lines out of the small good document
//! (`-`), puts others in (`+`), and names the findings of the result (`=`), of which there can be none. `EXPECT=update`
//! in the environment writes down what is found; read the difference before you commit it.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod rules;

use std::path::{Path, PathBuf};

use rules::update;

const SMALL: &str = include_str!("documents/small.yaml");

/// One change and what is found.
#[derive(Debug, Default)]
struct Case {
    before: Vec<String>,
    after: Vec<String>,
    findings: Vec<String>,
}

fn file(theme: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/documents/cases")
        .join(format!("{theme}.txt"))
}

fn cases(theme: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for block in std::fs::read_to_string(file(theme)).unwrap().split("\n\n") {
        let mut case = Case::default();
        for line in block.lines() {
            let (sign, text) = line.split_at(2);
            let list = match sign {
                "- " => &mut case.before,
                "+ " => &mut case.after,
                "= " => &mut case.findings,
                _ => panic!("{line}"),
            };
            list.push(text.to_owned());
        }
        cases.push(case);
    }
    cases
}

fn check(theme: &str) {
    let mut blocks = Vec::new();
    for case in cases(theme) {
        let before = case.before.join("\n");
        assert!(
            SMALL.contains(&before),
            "the document does not hold what is to be changed: {case:?}"
        );
        let text = SMALL.replacen(&before, &case.after.join("\n"), 1);
        let findings = match codegen::load::load("case.yaml", text.as_bytes()) {
            Ok(tree) => codegen::lint::lint(&tree),
            Err(findings) => findings,
        };
        let found: Vec<String> = findings
            .iter()
            .map(|finding| {
                format!(
                    "{} {}:{}",
                    finding.rule, finding.place.line, finding.place.column
                )
            })
            .collect();
        if !update() {
            assert_eq!(found, case.findings, "{case:#?}\n{findings:#?}");
        }
        let signed = |sign: &str, lines: &[String]| -> Vec<String> {
            lines.iter().map(|line| format!("{sign} {line}")).collect()
        };
        let lines = [
            signed("-", &case.before),
            signed("+", &case.after),
            signed("=", &found),
        ];
        blocks.push(lines.concat().join("\n"));
    }
    if update() {
        std::fs::write(file(theme), blocks.join("\n\n") + "\n").unwrap();
    }
}

#[test]
fn the_document_as_a_whole() {
    check("document");
}

#[test]
fn references_lead_to_components_and_not_in_circles() {
    check("references");
}

#[test]
fn names_stay_different_in_rust() {
    check("names");
}

#[test]
fn paths_and_parameters_agree() {
    check("paths");
}

#[test]
fn request_bodies_are_forms_or_json() {
    check("bodies");
}

#[test]
fn statuses_can_be_told_apart() {
    check("responses");
}

#[test]
fn schemas_say_only_what_is_checked() {
    check("schemas");
}
