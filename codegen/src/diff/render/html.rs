//! One page that needs nothing else: every change with the lines around it before and after, side by side. A few buttons
//! hide what is not asked for; without a script everything is shown.

use super::excerpt::{Excerpt, excerpt};
use super::{View, coded, number, users};
use crate::diff::change::{Change, RustLines};
use crate::diff::verdict::Verdict;
use crate::finding::Place;
use crate::load::Tree;

/// Lines that are shown before and after the one that is meant.
const AROUND: usize = 4;

/// A longer line is cut.
const LONGEST: usize = 400;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

pub(super) fn render(view: &View<'_>) -> String {
    let head = view.report.head(view.promise);
    let pages = [Page::new(view.base), Page::new(view.revision)];
    let mut body = String::new();
    for (at, change) in view.report.changes.iter().enumerate() {
        body.push_str(&card(view, &pages, at, change));
    }
    if view.report.changes.is_empty() {
        body.push_str("<p>The two documents are the same.</p>\n");
    }
    let names = format!(
        "{} <span class=\"arrow\">→</span> {}",
        escape(view.base.name()),
        escape(view.revision.name())
    );
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{head}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<header>\n<h1>{head}</h1>\n<p class=\"names\">{names}</p>\n{}</header>\n<main>\n{body}</main>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        buttons(view)
    )
}

fn buttons(view: &View<'_>) -> String {
    let weights = [
        Verdict::Breaking,
        Verdict::Warning,
        Verdict::Additive,
        Verdict::None,
    ];
    let mut text = String::from("<p class=\"filter\">");
    for verdict in weights {
        let count = view
            .report
            .changes
            .iter()
            .filter(|change| view.weight(change) == verdict)
            .count();
        text.push_str(&format!(
            "<label class=\"{verdict}\"><input type=\"checkbox\" value=\"{verdict}\" checked> {count} {verdict}</label> "
        ));
    }
    text.push_str("<input type=\"search\" placeholder=\"Operation, schema, rule …\" aria-label=\"Filter\"></p>\n");
    text
}

fn card(view: &View<'_>, pages: &[Page<'_>; 2], at: usize, change: &Change) -> String {
    let weight = view.weight(change);
    let see = view
        .see(change)
        .map(|see| format!(" <a href=\"#c{}\">(see {})</a>", see + 1, number(see)))
        .unwrap_or_default();
    let mut text = format!(
        "<article id=\"c{}\" class=\"{weight}\" data-weight=\"{weight}\">\n<h2><a class=\"number\" href=\"#c{0}\">{}</a> {}{see}</h2>\n",
        at + 1,
        number(at),
        sentence(&change.text),
    );
    let pill = |name: &str, verdict: Verdict| {
        format!("<span class=\"pill {verdict}\">{name}: {verdict}</span> ")
    };
    text.push_str(&format!(
        "<p class=\"verdicts\"><code class=\"rule\">{}</code> {}{}{}</p>\n",
        change.id(),
        pill("wire", change.verdicts.wire),
        pill("source", change.verdicts.source),
        pill("run time", change.verdicts.runtime),
    ));
    let [base, revision] = pages;
    text.push_str(&format!(
        "<div class=\"sides\">\n{}{}</div>\n",
        side(base, &change.base, "old"),
        side(revision, &change.revision, "new")
    ));
    if let Some(lines) = change
        .rust
        .as_ref()
        .filter(|lines| lines.base != lines.revision)
    {
        text.push_str(&rust(lines));
    }
    text.push_str(&users(change));
    if let Some(reason) = &change.acknowledged {
        text.push_str(&format!(
            "<p class=\"accepted\">Acknowledged: {}</p>\n",
            escape(reason)
        ));
    }
    text.push_str(&format!(
        "<p class=\"fingerprint\">fingerprint <code>{}</code></p>\n</article>\n",
        change.fingerprint
    ));
    text
}

/// The tree of what uses the place, as nested lists.
fn users(change: &Change) -> String {
    let branches = users::tree(change);
    if branches.is_empty() {
        return String::new();
    }
    let count = change.used_by.len();
    let noun = if count == 1 {
        "operation"
    } else {
        "operations"
    };
    let mut text = format!("<details><summary>Used by {count} {noun}</summary>\n");
    let mut open = 0;
    for branch in &branches {
        let schema = branch.schema.map_or(String::new(), |schema| {
            format!("<code>{}</code> ", escape(schema))
        });
        // A list stands inside the item that it belongs to.
        let wanted = branch.depth + 1;
        while open > wanted {
            text.push_str("</li></ul>");
            open -= 1;
        }
        text.push_str(if open < wanted { "<ul>" } else { "</li>" });
        open = wanted;
        text.push_str(&format!(
            "<li>{schema}{}\n",
            escape(&branch.operations.join(", "))
        ));
    }
    text.push_str(&"</li></ul>".repeat(open));
    text.push_str("</details>\n");
    text
}

fn rust(lines: &RustLines) -> String {
    let line = |line: &Option<String>, class: &str| {
        let shown = line.as_deref().map_or("<i>nothing</i>".to_owned(), escape);
        format!("<pre class=\"{class} rust\">{shown}</pre>\n")
    };
    format!(
        "<div class=\"sides\">\n{}{}</div>\n",
        line(&lines.base, "old"),
        line(&lines.revision, "new")
    )
}

/// A document, cut into lines once.
struct Page<'t> {
    tree: &'t Tree,
    lines: Vec<&'t str>,
}

impl<'t> Page<'t> {
    fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            lines: tree.text().lines().collect(),
        }
    }
}

fn side(page: &Page<'_>, place: &Place, class: &str) -> String {
    let mut text = format!(
        "<figure class=\"{class}\"><figcaption>{}</figcaption><pre>",
        escape(&place.to_string())
    );
    let meant = place.line.saturating_sub(1);
    let first = meant.saturating_sub(AROUND);
    for (at, line) in page
        .lines
        .iter()
        .enumerate()
        .skip(first)
        .take(meant - first + AROUND + 1)
    {
        let shown = if at == meant {
            marked(page.tree, place)
        } else {
            escape(&cut(line))
        };
        let class = if at == meant { " class=\"meant\"" } else { "" };
        text.push_str(&format!("<span{class}><i>{}</i>{shown}</span>\n", at + 1));
    }
    text.push_str("</pre></figure>\n");
    text
}

fn cut(line: &str) -> String {
    let mut cut: String = line.chars().take(LONGEST).collect();
    if cut.len() < line.len() {
        cut.push('…');
    }
    cut
}

/// The line with what is meant in it set off.
fn marked(tree: &Tree, place: &Place) -> String {
    let Some(Excerpt {
        line,
        start,
        length,
    }) = excerpt(tree, place)
    else {
        return String::new();
    };
    let part = |from: usize, count: usize| line.chars().skip(from).take(count).collect::<String>();
    let (before, meant, after) = (
        part(0, start),
        part(start, length),
        part(start + length, usize::MAX),
    );
    format!(
        "{}<mark>{}</mark>{}",
        escape(&before),
        escape(&meant),
        escape(&after)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// A sentence whose parts between backticks are code.
fn sentence(text: &str) -> String {
    coded(&escape(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_document_is_markup() {
        assert_eq!(escape("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
        assert_eq!(sentence("`<a>` is gone"), "<code>&lt;a&gt;</code> is gone");
        assert_eq!(sentence("an odd ` one"), "an odd ` one");
    }

    #[test]
    fn the_page_asks_for_nothing_from_elsewhere() {
        for part in [STYLE, SCRIPT] {
            for word in ["http:", "https:", "//", "url(", "import", "fetch", "src="] {
                assert!(!part.contains(word), "{word}");
            }
        }
    }
}
