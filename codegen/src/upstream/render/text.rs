//! Text as a compiler would show it, by operation: the sentence, the line on both sides, what each says, and the entry
//! that would decide it.

use std::collections::HashMap;

use super::{View, family};
use crate::diff::render::excerpt::excerpt;
use crate::finding::Place;
use crate::load::Tree;
use crate::report::paint::Paint;
use crate::upstream::decide;
use crate::upstream::difference::{Difference, Kind, Way};

/// How many operations are named before the rest is counted.
const NAMED: usize = 8;

pub(super) fn render(view: &View<'_>) -> String {
    let paint = Paint { on: view.color };
    let undecided: Vec<&Difference> = view.report.undecided().collect();
    let mut output = String::new();
    let mut families: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, difference) in undecided.iter().enumerate() {
        families.entry(family(difference)).or_default().push(at);
    }
    let mut heading = "";
    for (at, difference) in undecided.iter().enumerate() {
        let operation = difference.operations.first().map_or("", String::as_str);
        if operation != heading {
            output.push_str(&format!("{}\n\n", paint.bold(operation)));
            heading = operation;
        }
        let members = families.get(&family(difference)).map(Vec::as_slice);
        let members = members.unwrap_or_default();
        output.push_str(&title(at, difference, paint));
        match members.first() {
            Some(first) if *first != at => {
                output.push_str(&format!(" (see #{})\n", first + 1));
                output.push_str(&format!(
                    "  --> {} and {}\n",
                    difference.here, difference.there
                ));
                output.push_str(&also(difference));
            }
            _ => {
                output.push('\n');
                output.push_str(&whole(view, difference, paint));
                let all: Vec<&Difference> = members
                    .iter()
                    .filter_map(|at| undecided.get(*at).copied())
                    .collect();
                output.push_str("  = decided on? add this to spec/deviations.toml, with a reason and a source:\n");
                for line in decide::entry(&all).lines() {
                    output.push_str(&format!("    {line}\n"));
                }
            }
        }
        output.push('\n');
    }
    output.push_str(&summary(view, undecided.len()));
    output
}

fn title(at: usize, difference: &Difference, paint: Paint) -> String {
    let head = format!("#{} {}[{}]", at + 1, difference.way.word(), difference.kind);
    let head = by(paint, difference.way, &head);
    format!("{head}: {}", paint.bold(&difference.text))
}

fn whole(view: &View<'_>, difference: &Difference, paint: Paint) -> String {
    let (here, there) = (&difference.here, &difference.there);
    let width = here.line.max(there.line).to_string().len();
    let tree = |place: &Place| {
        let mut trees = view.upstream.iter();
        trees.find(|tree| *tree.name() == *place.file)
    };
    let mut text = side(Some(view.curated), here, ("-->", '+'), width, paint);
    text.push_str(&side(tree(there), there, (":::", '-'), width, paint));
    if difference.kind != Kind::Operation {
        text.push_str(&format!("  = place: {}\n", difference.at));
    }
    if difference.way == Way::Different {
        text.push_str(&format!("  = upstream: {}\n", difference.published));
        text.push_str(&format!("  = here:     {}\n", difference.curated));
    }
    text.push_str(&also(difference));
    text
}

/// The other operations that the difference concerns.
fn also(difference: &Difference) -> String {
    let others = difference.operations.get(1..).unwrap_or_default();
    if others.is_empty() {
        return String::new();
    }
    let named: Vec<&str> = others.iter().take(NAMED).map(String::as_str).collect();
    let rest = others.len().saturating_sub(NAMED);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    format!("  = also in: {}{more}\n", named.join(", "))
}

fn side(
    tree: Option<&Tree>,
    place: &Place,
    (arrow, sign): (&str, char),
    width: usize,
    paint: Paint,
) -> String {
    let blank = " ".repeat(width);
    let mut text = format!("{blank}{arrow} {place}\n");
    if let Some(excerpt) = tree.and_then(|tree| excerpt(tree, place)) {
        let line = format!("{sign} {}", excerpt.line);
        let marks = "^".repeat(excerpt.length);
        text.push_str(&format!(
            "{:width$} | {}\n",
            place.line,
            colored(paint, sign, &line)
        ));
        text.push_str(&format!(
            "{blank} |   {}{}\n",
            " ".repeat(excerpt.start),
            colored(paint, sign, &marks)
        ));
    }
    text
}

fn summary(view: &View<'_>, undecided: usize) -> String {
    let report = view.report;
    let some = |number: usize, one: &str, many: &str| {
        format!("{number} {}", if number == 1 { one } else { many })
    };
    let mut text = String::new();
    for (server, number) in &report.left {
        text.push_str(&format!(
            "note: {} on {server}, which no given description is about: not compared\n",
            some(*number, "operation is", "operations are")
        ));
    }
    let decided = report.differences.len() - undecided;
    text.push_str(&format!(
        "upstream: {} compared, {} ({} decided on in {}, {undecided} not), {}\n",
        some(report.compared, "operation", "operations"),
        some(report.differences.len(), "difference", "differences"),
        decided,
        some(report.entries, "entry", "entries"),
        some(
            report.findings.len(),
            "finding about an entry",
            "findings about entries"
        ),
    ));
    text
}

fn by(paint: Paint, way: Way, text: &str) -> String {
    let code = match way {
        Way::Missing => "1;31",
        Way::Extra => "1;32",
        Way::Different => "1;33",
    };
    paint.with(code, text)
}

fn colored(paint: Paint, sign: char, text: &str) -> String {
    if sign == '-' {
        paint.gone(text)
    } else {
        paint.fresh(text)
    }
}
