//! Text as a compiler would show it: the rule, the sentence, the line on both sides, the Rust line, and who is reached.

use super::excerpt::excerpt;
use super::{View, number, users, verdicts};
use crate::diff::change::{Change, Stands};
use crate::diff::verdict::Verdict;
use crate::finding::Place;
use crate::load::Tree;
use crate::report::paint::Paint;

/// How many operations are named before the rest is counted.
const NAMED: usize = 8;

/// How wide a line of names may be.
const WIDTH: usize = 100;

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
        } else if let Some(see) = view.see(change) {
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
    let head = by(
        paint,
        weight,
        &format!("{} {kind}[{}]", number(at), change.id()),
    );
    format!("{head}: {}", paint.bold(&change.text))
}

fn quiet(view: &View<'_>, at: usize, change: &Change, paint: Paint) -> String {
    format!("{} ({})\n", title(view, at, change, paint), change.revision)
}

fn repeat(view: &View<'_>, at: usize, change: &Change, see: usize, paint: Paint) -> String {
    let mut text = format!("{} (see {})\n", title(view, at, change, paint), number(see));
    let first = view.report.changes.get(see);
    let is_same =
        |part: fn(&Change) -> usize| first.is_some_and(|first| part(first) == part(change));
    if !(is_same(|change| change.base.start) && is_same(|change| change.revision.start)) {
        text.push_str(&format!(
            "  --> {}\n  ::: {}\n",
            change.base, change.revision
        ));
    }
    if first.is_none_or(|first| first.verdicts != change.verdicts) {
        text.push_str(&format!("  = {}\n", verdicts(change)));
    }
    if first.is_none_or(|first| first.rust != change.rust) {
        text.push_str(&rust(change));
    }
    if first.is_none_or(|first| first.used_by != change.used_by) {
        text.push_str(&users(change));
    }
    text.push_str(&notes(change));
    text
}

fn whole(view: &View<'_>, at: usize, change: &Change, paint: Paint) -> String {
    let mut text = format!("{}\n", title(view, at, change, paint));
    let width = change.base.line.max(change.revision.line).to_string().len();
    let (was, is) = match change.stands {
        Stands::OnBoth => (Meant::Old, Meant::New),
        Stands::InBase => (Meant::Old, Meant::Around("no longer in here")),
        Stands::InRevision => (Meant::Around("not in here yet"), Meant::New),
    };
    let shown = [
        (view.base, &change.base, "-->", was),
        (view.revision, &change.revision, ":::", is),
    ];
    for (tree, place, arrow, meant) in shown {
        text.push_str(&side(tree, place, arrow, meant, width, paint));
    }
    text.push_str(&format!("  = {}\n", verdicts(change)));
    text.push_str(&rust(change));
    text.push_str(&users(change));
    text.push_str(&notes(change));
    text
}

fn rust(change: &Change) -> String {
    let Some(lines) = &change.rust else {
        return String::new();
    };
    match (&lines.base, &lines.revision) {
        (Some(base), Some(revision)) if base == revision => format!("  = rust:   {base}\n"),
        (base, revision) => {
            let shown = |line: &Option<String>| line.clone().unwrap_or("(nothing)".to_owned());
            format!(
                "  = rust: - {}\n          + {}\n",
                shown(base),
                shown(revision)
            )
        }
    }
}

fn notes(change: &Change) -> String {
    let mut text = format!("  = fingerprint: {}\n", change.fingerprint);
    if let Some(reason) = &change.acknowledged {
        text.push_str(&format!("  = acknowledged: {reason}\n"));
    }
    text
}

fn users(change: &Change) -> String {
    let mut text = String::new();
    for (at, branch) in users::tree(change).iter().enumerate() {
        let (head, schema) = match (at, branch.schema) {
            (0, Some(schema)) => ("  = used by ", schema),
            (0, None) => ("  = used by", ""),
            (_, schema) => ("    ", schema.unwrap_or_default()),
        };
        let head = format!("{head}{}{schema}", branch.stem());
        let under = format!("{}{}", " ".repeat(6), branch.trunk());
        text.push_str(&listed(head, &branch.operations, &under));
    }
    text
}

/// A line that ends in names, and further lines for those that have no room on it.
fn listed(head: String, names: &[&str], under: &str) -> String {
    let rest = names.len().saturating_sub(NAMED);
    let more = (rest > 0).then(|| format!("and {rest} more"));
    let mut text = String::new();
    let mut line = head;
    let shown = names.iter().take(NAMED).copied().chain(more.as_deref());
    for (at, name) in shown.enumerate() {
        let (between, is_counted) = match at {
            0 => (":", false),
            NAMED => ("", true),
            _ => (",", false),
        };
        line.push_str(between);
        if !is_counted && at > 0 && line.chars().count() + name.len() >= WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = under.to_owned();
        } else {
            line.push(' ');
        }
        line.push_str(name);
    }
    format!("{text}{line}\n")
}

/// What a shown line is.
#[derive(Debug, Clone, Copy)]
enum Meant {
    Old,
    New,
    /// What the thing would stand in, and a word on that.
    Around(&'static str),
}

fn side(
    tree: &Tree,
    place: &Place,
    arrow: &str,
    meant: Meant,
    width: usize,
    paint: Paint,
) -> String {
    let blank = " ".repeat(width);
    let mut text = format!("{blank}{arrow} {place}\n");
    if let Some(excerpt) = excerpt(tree, place) {
        let (sign, mark, word) = match meant {
            Meant::Old => ("-", "^", ""),
            Meant::New => ("+", "^", ""),
            Meant::Around(word) => (" ", "-", word),
        };
        let line = format!("{sign} {}", excerpt.line);
        text.push_str(&format!(
            "{:width$} | {}\n",
            place.line,
            colored(paint, meant, &line)
        ));
        let marks = format!("{} {word}", mark.repeat(excerpt.length));
        text.push_str(&format!(
            "{blank} |   {}{}\n",
            " ".repeat(excerpt.start),
            colored(paint, meant, marks.trim_end())
        ));
    }
    text
}

fn by(paint: Paint, verdict: Verdict, text: &str) -> String {
    let code = match verdict {
        Verdict::Breaking => "1;31",
        Verdict::Warning => "1;33",
        Verdict::Additive => "1;32",
        Verdict::None => "2",
    };
    paint.with(code, text)
}

fn colored(paint: Paint, meant: Meant, text: &str) -> String {
    match meant {
        Meant::Old => paint.gone(text),
        Meant::New => paint.fresh(text),
        Meant::Around(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::diff::render::{Format, View, render};
    use crate::diff::{Promise, diff};
    use crate::load::load;

    const BASE: &str = "paths:
  /v1/Things:
    get:
      operationId: ListThings
      responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/List'}}}}}
    post:
      operationId: CreateThing
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {'201': {description: Made}}
components:
  schemas:
    List: {type: object, properties: {things: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}
    Thing:
      type: object
      properties:
        size: {type: integer}
        weight: {type: number}
";

    const SHOWN: &str = "semver: MAJOR, 2 breaking, 0 warnings, 0 additive

#1 breaking[REQUEST_PROPERTY_REMOVED]: `weight` of `Thing` is gone
  --> a.yaml:17:9
17 | -         weight: {type: number}
   |           ^^^^^^
  ::: b.yaml:15:7
15 |         properties:
   |         ---------- no longer in here
  = wire: warning, source: breaking, run time: none
  = rust: - pub fn weight(mut self, weight: f64) -> Self
          + (nothing)
  = used by Thing: CreateThing
  = fingerprint: 2220bf2845b18fab

#2 breaking[RESPONSE_PROPERTY_REMOVED_OPTIONAL]: `weight` of `Thing` is gone (see #1)
  = rust: - pub weight: Option<f64>
          + (nothing)
  = used by Thing
    └ List: ListThings
  = fingerprint: c0cff17cdbf06038

#3 note[DESCRIPTION_CHANGED]: the `description` of the reply `201` is different (b.yaml:9:40)
";

    #[test]
    fn a_report_reads_like_the_output_of_a_compiler() {
        let revised = BASE
            .replace("        weight: {type: number}\n", "")
            .replace("Made", "Created");
        let base = load("a.yaml", BASE.as_bytes()).unwrap();
        let revision = load("b.yaml", revised.as_bytes()).unwrap();
        let report = diff(&base, &revision);
        let view = View {
            report: &report,
            base: &base,
            revision: &revision,
            promise: Promise::All,
            color: false,
        };
        assert_eq!(render(&view, Format::Text), SHOWN);
        let painted = render(
            &View {
                color: true,
                ..view
            },
            Format::Text,
        );
        assert!(painted.contains("\u{1b}[1;31m#1 breaking[REQUEST_PROPERTY_REMOVED]\u{1b}[0m: "));
    }
}
