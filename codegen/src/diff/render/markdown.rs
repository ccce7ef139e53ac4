//! Markdown for a comment on a pull request and for a job's summary: a table that is read in one look, and below it what
//! each change looks like. What comes from a document is escaped, so that it cannot pass for a part of the comment.

use std::collections::HashMap;

use indexmap::IndexSet;

use super::excerpt::excerpt;
use super::{View, coded, mark, number, users};
use crate::diff::change::{Change, RustLines, Stands};
use crate::diff::verdict::Verdict;
use crate::finding::Place;
use crate::load::Tree;

/// The line by which a workflow finds its own comment again.
pub const MARKER: &str = "<!-- cargo xtask diff -->";

/// A comment on GitHub ends at 65,536 characters; what does not fit is counted.
const MOST: usize = 60_000;

pub(super) fn render(view: &View<'_>) -> String {
    let changes = &view.report.changes;
    let mut output = format!("{MARKER}\n**{}**\n", view.report.head(view.promise));
    let loud: Vec<(usize, &Change)> = changes
        .iter()
        .enumerate()
        .filter(|(_, change)| view.weight(change) != Verdict::None)
        .collect();
    if !loud.is_empty() {
        output.push_str("\n| | | Change | Wire | Source | Run time |\n|--:|:-:|---|---|---|---|\n");
    }
    let mut rows = Budget::new(MOST / 2);
    for (at, change) in &loud {
        rows.add(&mut output, || row(view, *at, change));
    }
    rows.finish(&mut output, "\n", "more changes");
    let mut details = Budget::new(MOST.saturating_sub(output.len()));
    let mut repeats: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, change) in &loud {
        repeats
            .entry(view.see(change).unwrap_or(*at))
            .or_default()
            .push(*at);
    }
    for (at, change) in &loud {
        // What repeats another change is shown with that one.
        if let Some(alike) = repeats.get(at) {
            details.add(&mut output, || whole(view, *at, change, alike));
        }
    }
    details.finish(
        &mut output,
        "\n",
        "changes are not shown in detail; `cargo xtask diff` shows them",
    );
    let quiet: Vec<(usize, &Change)> = changes
        .iter()
        .enumerate()
        .filter(|(_, change)| view.weight(change) == Verdict::None)
        .collect();
    if !quiet.is_empty() {
        let mut list = Budget::new(MOST.saturating_sub(output.len()));
        output.push_str(&format!(
            "\n<details><summary>{} without effect</summary>\n\n",
            counted(quiet.len(), "change")
        ));
        for (at, change) in quiet {
            list.add(&mut output, || {
                format!(
                    "- {} `{}`: {} ({})\n",
                    number(at),
                    change.id(),
                    prose(&change.text),
                    place(&change.revision)
                )
            });
        }
        list.finish(&mut output, "- ", "more");
        output.push_str("\n</details>\n");
    }
    output
}

/// Room that is left, and what did not fit.
struct Budget {
    left: usize,
    dropped: usize,
}

impl Budget {
    fn new(left: usize) -> Self {
        Self { left, dropped: 0 }
    }

    fn add(&mut self, output: &mut String, text: impl FnOnce() -> String) {
        // Once something did not fit, nothing after it is even made.
        let text = (self.dropped == 0).then(text);
        let fits = text.and_then(|text| Some((self.left.checked_sub(text.len())?, text)));
        match fits {
            Some((left, text)) => {
                self.left = left;
                output.push_str(&text);
            }
            None => self.dropped += 1,
        }
    }

    fn finish(self, output: &mut String, before: &str, what: &str) {
        if self.dropped > 0 {
            output.push_str(&format!("{before}{} {what}\n", self.dropped));
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn row(view: &View<'_>, at: usize, change: &Change) -> String {
    let see = view
        .see(change)
        .map(|see| format!(" (see {})", number(see)))
        .unwrap_or_default();
    let accepted = change
        .acknowledged
        .as_ref()
        .map(|reason| format!("<br>acknowledged: {}", prose(reason)))
        .unwrap_or_default();
    let cells = [
        number(at),
        mark(view.weight(change)).to_owned(),
        format!(
            "{}{see}<br>`{}`{accepted}",
            prose(&change.text),
            change.id()
        ),
        change.verdicts.wire.to_string(),
        change.verdicts.source.to_string(),
        change.verdicts.runtime.to_string(),
    ];
    // A bar ends a cell, also inside of code.
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn whole(view: &View<'_>, at: usize, change: &Change, alike: &[usize]) -> String {
    let mut text = format!(
        "\n<details><summary>{} {}</summary>\n\n",
        number(at),
        html(&change.text)
    );
    text.push_str(&format!(
        "{} and {}\n",
        place(&change.base),
        place(&change.revision)
    ));
    let line = |tree: &Tree, place: &Place, sign: char| {
        excerpt(tree, place)
            .map(|found| format!("{sign}{}\n", found.line))
            .unwrap_or_default()
    };
    // What is only around the thing on a side says nothing about it.
    let (mut old, mut new) = (
        line(view.base, &change.base, '-'),
        line(view.revision, &change.revision, '+'),
    );
    match change.stands {
        Stands::OnBoth => {}
        Stands::InBase => new.clear(),
        Stands::InRevision => old.clear(),
    }
    let lines = format!("{old}{new}");
    text.push_str(&fenced(&lines));
    let all = alike
        .iter()
        .filter_map(|at| view.report.changes.get(*at)?.rust.as_ref());
    let rust: IndexSet<&RustLines> = all.filter(|rust| rust.base != rust.revision).collect();
    for lines in rust {
        let line = |line: &Option<String>, sign: char| {
            line.as_ref()
                .map(|line| format!("{sign}{line}\n"))
                .unwrap_or_default()
        };
        text.push_str(&fenced(&format!(
            "{}{}",
            line(&lines.base, '-'),
            line(&lines.revision, '+')
        )));
    }
    text.push_str(&users(change));
    let alike: Vec<String> = alike
        .iter()
        .filter_map(|at| Some((at, view.report.changes.get(*at)?)))
        .map(|(at, change)| format!("`{}` ({})", change.fingerprint, number(*at)))
        .collect();
    let noun = if alike.len() == 1 {
        "Fingerprint"
    } else {
        "Fingerprints"
    };
    text.push_str(&format!("\n{noun}: {}\n\n</details>\n", alike.join(", ")));
    text
}

fn users(change: &Change) -> String {
    let mut text = String::new();
    let branches = users::tree(change);
    for (at, branch) in branches.iter().enumerate() {
        let head = if at == 0 {
            "\nUsed by".to_owned()
        } else {
            format!("{}-", "  ".repeat(branch.depth.saturating_sub(1)))
        };
        let schema = branch.schema.map(|schema| format!(" {}", code(schema)));
        let operations: Vec<String> = branch.operations.iter().map(|name| code(name)).collect();
        let colon = if operations.is_empty() { "" } else { ": " };
        text.push_str(&format!(
            "{head}{}{colon}{}\n",
            schema.unwrap_or_default(),
            operations.join(", ")
        ));
        // A list begins after an empty line.
        let begins = at == 0 && branches.len() > 1;
        text.push_str(if begins { "\n" } else { "" });
    }
    text
}

/// Lines of a change; the fence is longer than any in them.
fn fenced(lines: &str) -> String {
    let longest = lines
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("\n{fence}diff\n{lines}{fence}\n")
}

fn place(place: &Place) -> String {
    code(&place.to_string())
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// A sentence whose parts between backticks are code; nothing else in it is Markdown.
fn prose(text: &str) -> String {
    let mut output = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 1 {
            output.push_str(&code(part));
            continue;
        }
        for character in part.chars() {
            match character {
                '&' => output.push_str("&amp;"),
                '<' => output.push_str("&lt;"),
                '>' => output.push_str("&gt;"),
                '*' | '_' | '[' | ']' | '\\' | '~' | '#' | '!' | '@' => {
                    output.push_str(&format!("&#{};", u32::from(character)))
                }
                '\n' | '\r' => output.push(' '),
                other => output.push(other),
            }
        }
    }
    output
}

/// The same sentence where only HTML is read.
fn html(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    coded(&escaped.replace('@', "&#64;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_document_passes_for_markup() {
        assert_eq!(
            prose("`a|b` is <b> @you *now*"),
            "`a|b` is &lt;b&gt; &#64;you &#42;now&#42;"
        );
        assert_eq!(html("`<x>` is @you"), "<code>&lt;x&gt;</code> is &#64;you");
        assert!(fenced("-a ````\n").starts_with("\n`````diff\n"));
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let mut output = String::new();
        let mut budget = Budget::new(5);
        for text in ["abc", "defg", "h"] {
            budget.add(&mut output, || text.to_owned());
        }
        budget.finish(&mut output, "\n", "more");
        assert_eq!(output, "abc\n2 more\n");
    }
}
