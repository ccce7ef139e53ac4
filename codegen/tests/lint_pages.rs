//! Each rule has a page in `spec/rules`, and a page says no more than is true: its head comes from the table of rules,
//! its example is the tested pair, and what lint says of it is what lint says. Only the prose is written by hand;
//! `EXPECT=update` in the environment writes the rest again.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod rules;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use codegen::finding::rules::PAGES;
use codegen::finding::{Finding, Rule, Severity};
use codegen::lint::RULES;
use rules::{WITHOUT_PAIR, findings, findings_in, folder, pairs, update};
use similar::TextDiff;

const WHY: &str = "## Why it matters";
const EXAMPLE: &str = "## Example";
const MEND: &str = "## How to mend it";
const FIX: &str = "## What `--fix` does";

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/rules")
}

/// The text of one section, without its heading.
fn section(page: &str, heading: &str) -> String {
    let after = page.split_once(heading).map_or("", |(_, after)| after);
    let end = after.find("\n## ").unwrap_or(after.len());
    after[..end].trim().to_owned()
}

/// Text as a page can show it: control characters by their numbers.
fn shown(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' => "\n".to_owned(),
            c if c.is_control() || c == '\u{feff}' => format!("<U+{:04X}>", u32::from(c)),
            c => c.to_string(),
        })
        .collect()
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()
}

fn example(rule: &Rule) -> String {
    if WITHOUT_PAIR.contains(&rule.id) {
        return "No small document shows it.".to_owned();
    }
    let pair = folder().join(rule.id);
    let (bad, good) = (read(&pair.join("bad.yaml")), read(&pair.join("good.yaml")));
    // Long lines, as of a file in one line, say nothing.
    let short = |text: String| -> String {
        let cut = |line: &str| match line.char_indices().nth(110) {
            Some((at, _)) => format!("{}…", &line[..at]),
            None => line.to_owned(),
        };
        shown(&text).lines().map(|line| cut(line) + "\n").collect()
    };
    let diff = TextDiff::from_lines(short(bad.clone()), short(good))
        .unified_diff()
        .context_radius(4)
        .to_string();
    let lines: Vec<&str> = diff.lines().collect();
    let more = lines.len().saturating_sub(60);
    let mut diff = lines[..lines.len() - more].join("\n");
    if more > 0 {
        diff.push_str(&format!("\n… {more} more lines"));
    }
    let own: Vec<Finding> = findings_in(&pair.join("bad.yaml"))
        .into_iter()
        .filter(|finding| finding.rule == rule.id)
        .take(1)
        .collect();
    let report = codegen::report::render(&own, &bad, false);
    let report = report.rsplit_once("\n\n").map_or("", |(first, _)| first);
    format!(
        "Going from the bad document to the good one:\n\n```diff\n{diff}\n```\n\nOf the bad one lint says:\n\n```text\n{}\n```",
        shown(report)
    )
}

fn composed(rule: &Rule, page: &str) -> String {
    let weight = match rule.severity {
        Severity::Error => "Error: `regen` stops at it.",
        Severity::Warning => "Warning: `regen` goes on; the committed document has none.",
    };
    let (why, mend, fix) = (section(page, WHY), section(page, MEND), section(page, FIX));
    format!(
        "# {}\n\n{}\n\n*{weight}*\n\n{WHY}\n\n{why}\n\n{EXAMPLE}\n\n{}\n\n{MEND}\n\n{mend}\n\n{FIX}\n\n{fix}\n",
        rule.id,
        rule.summary,
        example(rule)
    )
}

#[test]
fn every_rule_has_a_page_and_every_page_a_rule() {
    let files: BTreeSet<String> = std::fs::read_dir(pages())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected: BTreeSet<String> = RULES.iter().map(|rule| format!("{}.md", rule.id)).collect();
    assert_eq!(files, expected);
    let ids = |list: Vec<&'static str>| list;
    assert_eq!(
        ids(PAGES.iter().map(|(id, _)| *id).collect()),
        ids(RULES.iter().map(|rule| rule.id).collect())
    );
}

#[test]
fn a_page_shows_the_tested_pair_and_what_lint_says_of_it() {
    for rule in RULES {
        let path = pages().join(format!("{}.md", rule.id));
        let page = read(&path);
        let composed = composed(rule, &page);
        if update() {
            std::fs::write(&path, &composed).unwrap();
        } else {
            assert_eq!(page, composed, "{}: run with EXPECT=update", rule.id);
            assert_eq!(rule.page(), Some(page.as_str()), "{}", rule.id);
        }
    }
}

#[test]
fn a_page_has_prose_in_every_section() {
    for rule in RULES {
        let page = rule.page().unwrap();
        for heading in [WHY, MEND, FIX] {
            let prose = section(page, heading);
            assert!(
                prose.len() > 15 && prose.ends_with('.'),
                "{}: {heading}: {prose:?}",
                rule.id
            );
        }
    }
}

#[test]
fn a_page_promises_a_fix_exactly_where_there_is_one() {
    for rule in RULES {
        let promised = !section(rule.page().unwrap(), FIX).starts_with("Nothing");
        let pair = pairs().into_iter().find(|(id, _)| id == rule.id);
        let Some((_, folder)) = pair else {
            assert!(!promised, "{}", rule.id);
            continue;
        };
        let carried = findings_in(&folder.join("bad.yaml"))
            .iter()
            .any(|finding| finding.rule == rule.id && !finding.fix.is_empty());
        assert_eq!(carried, promised, "{}", rule.id);
    }
}

#[test]
fn the_list_in_lint_md_holds_every_rule() {
    let path = pages().join("../lint.md");
    let text = read(&path);
    let mut table =
        String::from("| Rule | Weight | `--fix` | What it asks for |\n|---|---|---|---|\n");
    for rule in RULES {
        let weight = match rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let fix = match section(rule.page().unwrap(), FIX).starts_with("Nothing") {
            true => "",
            false => "yes",
        };
        table.push_str(&format!(
            "| [`{id}`](rules/{id}.md) | {weight} | {fix} | {summary} |\n",
            id = rule.id,
            summary = rule.summary
        ));
    }
    let (head, _) = text.split_once("| Rule |").unwrap();
    let expected = format!("{head}{table}");
    if update() {
        std::fs::write(&path, &expected).unwrap();
    } else {
        assert_eq!(text, expected, "run with EXPECT=update");
    }
}

#[test]
fn the_problems_of_the_later_stages_are_rules() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![sources];
    let mut seen = 0;
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            for after in read(&path).split("Problem::new(").skip(1) {
                let Some(id) = after.trim_start().strip_prefix('"') else {
                    continue;
                };
                let id = id.split('"').next().unwrap();
                assert!(Rule::find(id).is_some(), "{path:?}: {id}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 13, "only {seen} problems were found in the sources");
    // What a pair shows of them stands in the table with the weight that the stage gives it.
    for (id, folder) in pairs() {
        let bytes = std::fs::read(folder.join("bad.yaml")).unwrap();
        for finding in findings("bad.yaml", &bytes) {
            let rule = Rule::find(finding.rule);
            assert_eq!(
                rule.map(|rule| rule.severity),
                Some(finding.severity),
                "{id}"
            );
        }
    }
}
