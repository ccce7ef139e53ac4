//! Text as a compiler would show it: the rule, the sentence, the line on both sides, the Rust line, and who is reached.

use super::excerpt::excerpt;
use super::{View, number, reached, verdicts};
use crate::diff::change::Change;
use crate::diff::verdict::Verdict;
use crate::finding::Place;
use crate::load::Tree;

/// How many operations are named before the rest is counted.
const NAMED: usize = 8;

pub(super) fn render(view: &View<'_>) -> String {
    let mut output = format!("{}\n", view.report.head(view.promise));
    let paint = Paint { on: view.color };
    let mut has_quiet = false;
    for (at, change) in view.report.changes.iter().enumerate() {
        output.push('\n');
        if view.weight(change) == Verdict::None {
            // What does nothing needs a line and no more.
            if has_quiet {
                output.pop();
            }
            has_quiet = true;
            output.push_str(&quiet(view, at, change, paint));
        } else if let Some(see) = change.see {
            output.push_str(&repeat(view, at, change, see, paint));
        } else {
            output.push_str(&whole(view, at, change, paint));
        }
    }
    output
}

fn title(view: &View<'_>, at: usize, change: &Change, paint: Paint) -> String {
    let weight = view.weight(change);
    let kind = if weight == Verdict::None {
        "note"
    } else {
        weight.word()
    };
    let head = paint.by(weight, &format!("{} {kind}[{}]", number(at), change.id()));
    format!("{head}: {}", paint.bold(&change.text))
}

fn quiet(view: &View<'_>, at: usize, change: &Change, paint: Paint) -> String {
    format!("{} ({})\n", title(view, at, change, paint), change.revision)
}

fn repeat(view: &View<'_>, at: usize, change: &Change, see: usize, paint: Paint) -> String {
    let mut text = format!("{} (see {})\n", title(view, at, change, paint), number(see));
    text.push_str(&format!("  --> {} and {}\n", change.base, change.revision));
    text.push_str(&notes(change));
    text
}

fn whole(view: &View<'_>, at: usize, change: &Change, paint: Paint) -> String {
    let mut text = format!("{}\n", title(view, at, change, paint));
    let width = change.base.line.max(change.revision.line).to_string().len();
    text.push_str(&side(view.base, &change.base, "-->", '-', width, paint));
    text.push_str(&side(
        view.revision,
        &change.revision,
        ":::",
        '+',
        width,
        paint,
    ));
    text.push_str(&format!("  = {}\n", verdicts(change)));
    if let Some(lines) = &change.rust {
        match (&lines.base, &lines.revision) {
            (Some(base), Some(revision)) if base == revision => {
                text.push_str(&format!("  = rust:   {base}\n"))
            }
            (base, revision) => {
                let none = "(nothing)";
                text.push_str(&format!(
                    "  = rust: - {}\n",
                    base.as_deref().unwrap_or(none)
                ));
                text.push_str(&format!(
                    "          + {}\n",
                    revision.as_deref().unwrap_or(none)
                ));
            }
        }
    }
    text.push_str(&notes(change));
    text
}

fn notes(change: &Change) -> String {
    let mut text = String::new();
    let ways = reached(change);
    if let [(via, operations)] = ways.as_slice() {
        let way = if via.contains(" > ") {
            format!(", through {via}")
        } else {
            String::new()
        };
        text.push_str(&format!("  = used by: {}{way}\n", list(operations)));
    } else if !ways.is_empty() {
        text.push_str("  = used by:\n");
        let last = ways.len() - 1;
        for (at, (via, operations)) in ways.iter().enumerate() {
            let branch = if at == last { "└" } else { "├" };
            let via = if via.is_empty() {
                String::new()
            } else {
                format!("{via} < ")
            };
            text.push_str(&format!("    {branch} {via}{}\n", list(operations)));
        }
    }
    text.push_str(&format!("  = fingerprint: {}\n", change.fingerprint));
    if let Some(reason) = &change.acknowledged {
        text.push_str(&format!("  = acknowledged: {reason}\n"));
    }
    text
}

fn list(operations: &[&str]) -> String {
    let named: Vec<&str> = operations.iter().take(NAMED).copied().collect();
    let rest = operations.len().saturating_sub(NAMED);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    format!("{}{more}", named.join(", "))
}

fn side(tree: &Tree, place: &Place, arrow: &str, sign: char, width: usize, paint: Paint) -> String {
    let blank = " ".repeat(width);
    let mut text = format!("{blank}{arrow} {place}\n");
    if let Some(excerpt) = excerpt(tree, place) {
        let line = format!("{sign} {}", excerpt.line);
        text.push_str(&format!(
            "{:width$} | {}\n",
            place.line,
            paint.side(sign, &line)
        ));
        let marks = "^".repeat(excerpt.length);
        text.push_str(&format!(
            "{blank} |   {}{}\n",
            " ".repeat(excerpt.start),
            paint.side(sign, &marks)
        ));
    }
    text
}

/// Colours, or none.
#[derive(Debug, Clone, Copy)]
struct Paint {
    on: bool,
}

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.on {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn by(self, verdict: Verdict, text: &str) -> String {
        let code = match verdict {
            Verdict::Breaking => "1;31",
            Verdict::Warning => "1;33",
            Verdict::Additive => "1;32",
            Verdict::None => "2",
        };
        self.with(code, text)
    }

    fn side(self, sign: char, text: &str) -> String {
        self.with(if sign == '-' { "31" } else { "32" }, text)
    }
}
