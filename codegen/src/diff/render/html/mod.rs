//! One page that needs nothing else: every change with the lines around it before and after, side by side. A few buttons
//! hide what is not asked for; without a script everything is shown.

mod lines;

use self::lines::Line;
use super::excerpt::{Excerpt, excerpt};
use super::{View, coded, number, users};
use crate::diff::change::{Change, RustLines, Stands};
use crate::diff::verdict::{Promise, Verdict};
use crate::finding::Place;
use crate::load::Tree;

/// A longer line is cut.
const LONGEST: usize = 400;

/// What is on the page is all that it may use.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
                      script-src 'unsafe-inline'\">";

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
    let filter = filter(view);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n{POLICY}\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{head}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{head}</h1>\n\
         <p class=\"names\">{names}</p>\n{filter}</header>\n<main>\n{body}</main>\n<script>\n{SCRIPT}</script>\n\
         </body>\n</html>\n"
    )
}

/// What the script works on; without one there is nothing to see of it.
fn filter(view: &View<'_>) -> String {
    let weights = [
        Verdict::Breaking,
        Verdict::Warning,
        Verdict::Additive,
        Verdict::None,
    ];
    let boxes = weights.map(|verdict| {
        format!(
            "<label class=\"weight {verdict}\"><input type=\"checkbox\" value=\"{verdict}\" checked> <b></b> \
             {verdict}</label>\n"
        )
    });
    let promises = Promise::ALL.map(|(word, promise)| {
        let chosen = if promise == view.promise {
            " selected"
        } else {
            ""
        };
        let name = match promise {
            Promise::Wire => "wire",
            Promise::Source => "source",
            Promise::Runtime => "run time",
            Promise::All => "all three",
        };
        format!("<option value=\"{word}\"{chosen}>{name}</option>")
    });
    format!(
        "<div class=\"filter\" role=\"search\" hidden>\n{}<label>Promise <select>{}</select></label>\n\
         <input type=\"search\" placeholder=\"Operation, schema, rule …\" aria-label=\"Words to look for\">\n\
         <span class=\"count\" role=\"status\"></span>\n</div>\n<p class=\"help\" hidden><kbd>j</kbd> <kbd>k</kbd> next and \
         previous change, <kbd>/</kbd> search, <kbd>Esc</kbd> clear</p>\n",
        boxes.concat(),
        promises.concat()
    )
}

fn card(view: &View<'_>, pages: &[Page<'_>; 2], at: usize, change: &Change) -> String {
    let weight = view.weight(change);
    let see = view
        .see(change)
        .map(|see| format!(" <a href=\"#c{}\">(see {})</a>", see + 1, number(see)))
        .unwrap_or_default();
    let verdicts = change.verdicts;
    let mut text = format!(
        "<article id=\"c{}\" tabindex=\"-1\" data-weight=\"{weight}\" data-wire=\"{}\" data-source=\"{}\" \
         data-runtime=\"{}\">\n<h2><a class=\"number\" href=\"#c{0}\">{}</a> {}{see}</h2>\n",
        at + 1,
        verdicts.wire,
        verdicts.source,
        verdicts.runtime,
        number(at),
        sentence(&change.text),
    );
    let pill = |name: &str, verdict: Verdict| {
        format!("<span class=\"pill {verdict}\">{name}: {verdict}</span> ")
    };
    text.push_str(&format!(
        "<p class=\"verdicts\"><code class=\"rule\">{}</code> {}{}{}</p>\n",
        change.id(),
        pill("wire", verdicts.wire),
        pill("source", verdicts.source),
        pill("run time", verdicts.runtime),
    ));
    let lines = change
        .rust
        .as_ref()
        .filter(|lines| lines.base != lines.revision)
        .map(rust)
        .unwrap_or_default();
    let sides = sides(pages, change);
    if view.see(change).is_some() {
        text.push_str(&format!(
            "<details><summary>The same lines once more</summary>\n{sides}</details>\n"
        ));
    } else {
        text.push_str(&sides);
    }
    text.push_str(&lines);
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
    let line = |line: &Option<String>, class: &str, when: &str| {
        let (class, shown) = match line {
            Some(line) => (class, escape(line)),
            None => ("missing", "nothing".to_owned()),
        };
        format!(
            "<figure><figcaption>Rust {when}</figcaption><pre class=\"{class} rust\">{shown}</pre></figure>\n"
        )
    };
    format!(
        "<div class=\"sides\">\n{}{}</div>\n",
        line(&lines.base, "old", "before"),
        line(&lines.revision, "new", "after")
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

/// Both sides beside each other.
fn sides([base, revision]: &[Page<'_>; 2], change: &Change) -> String {
    let line = |place: &Place| place.line.saturating_sub(1);
    let [before, after] = lines::windows(
        (&base.lines, line(&change.base)),
        (&revision.lines, line(&change.revision)),
    );
    let (gone, fresh) = match change.stands {
        Stands::OnBoth => ("", ""),
        Stands::InBase => ("", ": no longer in here"),
        Stands::InRevision => (": not in here yet", ""),
    };
    format!(
        "<div class=\"sides\">\n{}{}</div>\n",
        side(base.tree, &change.base, &before, "old", gone),
        side(revision.tree, &change.revision, &after, "new", fresh)
    )
}

fn side(tree: &Tree, place: &Place, lines: &[Line<'_>], class: &str, note: &str) -> String {
    let mut text = format!(
        "<figure class=\"{class}\"><figcaption>{}{note}</figcaption><pre tabindex=\"0\"><span class=\"rows\">",
        escape(&place.to_string())
    );
    for line in lines {
        let is_meant = line.at + 1 == place.line;
        let shown = if is_meant {
            marked(tree, place)
        } else {
            escape(&cut(line.text))
        };
        let class = match (is_meant, line.is_changed) {
            (true, true) => "row changed meant",
            (true, false) => "row meant",
            (false, true) => "row changed",
            (false, false) => "row",
        };
        text.push_str(&format!(
            "<span class=\"{class}\"><i>{}</i>{shown}</span>",
            line.at + 1
        ));
    }
    text.push_str("</span></pre></figure>\n");
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
            for word in ["http:", "https:", "url(", "import", "fetch", "src="] {
                assert!(!part.contains(word), "{word}");
            }
        }
    }
}
