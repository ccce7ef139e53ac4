//! Edits that mend a finding and leave comments and layout alone. Each function gives `None` where the text is written
//! in a way that it does not know; a finding without edits is mended by hand.

use crate::finding::Edit;
use crate::load::{Entry, Node, Span, Style, Tree};

/// Replaces a stretch of text.
pub(super) fn replace(span: Span, text: impl Into<String>) -> Option<Vec<Edit>> {
    Some(vec![Edit {
        start: span.start,
        end: span.end,
        text: text.into(),
    }])
}

/// Puts a plain scalar, a key or a value, in quotes.
pub(super) fn quote(tree: &Tree, span: Span) -> Option<Vec<Edit>> {
    let text = written(tree, span)?;
    if text.is_empty() || text.contains(['\n', '\'', '"']) {
        return None;
    }
    replace(span, format!("'{text}'"))
}

/// Writes another text into a scalar on one line, in the quotes that it has.
pub(super) fn rewrite(tree: &Tree, node: &Node, text: &str) -> Option<Vec<Edit>> {
    let scalar = node.as_scalar()?;
    if written(tree, node.span())?.contains('\n') || text.contains(['\'', '"', '\\', '\n']) {
        return None;
    }
    let quoted = match scalar.style {
        Style::Plain => text.to_owned(),
        Style::SingleQuoted => format!("'{text}'"),
        Style::DoubleQuoted => format!("\"{text}\""),
        Style::Literal | Style::Folded => return None,
    };
    replace(node.span(), quoted)
}

/// Gives a member of a mapping a plain value: writes over the one that it has, or adds the member after `neighbour`.
pub(super) fn set(
    tree: &Tree,
    mapping: &Node,
    key: &str,
    value: &str,
    neighbour: &str,
) -> Option<Vec<Edit>> {
    if let Some(entry) = mapping.entry(key) {
        let span = entry.value.span();
        return match entry.value.as_scalar()?.style {
            Style::Literal | Style::Folded => None,
            // Nothing is written there, so there is nothing to write over.
            _ if span.start == span.end => None,
            _ => replace(span, value),
        };
    }
    insert_after(tree, mapping, neighbour, key, value)
}

/// A member that an edit adds: as it stands in a block, each line with its depth, and as it stands in brackets.
pub(super) struct Member<'a> {
    pub(super) block: &'a [(usize, &'a str)],
    pub(super) flow: &'a str,
}

/// Adds a member to a mapping, after the entry `neighbour`.
pub(super) fn insert_after(
    tree: &Tree,
    mapping: &Node,
    neighbour: &str,
    key: &str,
    value: &str,
) -> Option<Vec<Edit>> {
    let line = format!("{key}: {value}");
    let member = Member {
        block: &[(0, &line)],
        flow: &line,
    };
    insert(tree, mapping, neighbour, &member)
}

/// Adds a member to a mapping, after the entry `neighbour`.
pub(super) fn insert(
    tree: &Tree,
    mapping: &Node,
    neighbour: &str,
    member: &Member<'_>,
) -> Option<Vec<Edit>> {
    let entry = mapping.entry(neighbour)?;
    let span = entry.value.span();
    if is_json(tree, entry) {
        return None;
    }
    if is_flow(tree, mapping) {
        let at = span.end;
        return (span.start < at)
            .then(|| replace(Span { start: at, end: at }, format!(", {}", member.flow)))?;
    }
    // Of a key that is not the first thing on its line, as after a dash, what stands before it counts as blanks.
    let indent = indentation(tree.text(), entry.key.span.start)?;
    let (at, line_break) = line_end(tree.text(), span.end.max(entry.key.span.end));
    let lines = member
        .block
        .iter()
        .map(|(depth, line)| format!("{line_break}{}{line}", " ".repeat(indent + 2 * depth)));
    replace(Span { start: at, end: at }, lines.collect::<String>())
}

/// Adds a member with a plain value to a mapping, before all others.
pub(super) fn insert_first(
    tree: &Tree,
    mapping: &Node,
    key: &str,
    value: &str,
) -> Option<Vec<Edit>> {
    let first = mapping.entries().first()?;
    let at = first.key.span.start;
    if is_json(tree, first) {
        return None;
    }
    let gap = if is_flow(tree, mapping) {
        ", ".to_owned()
    } else {
        let indent = indentation(tree.text(), at)?;
        let (_, line_break) = line_end(tree.text(), at);
        format!("{line_break}{}", " ".repeat(indent))
    };
    replace(Span { start: at, end: at }, format!("{key}: {value}{gap}"))
}

/// In JSON a key has double quotes, which nothing that is added here has.
fn is_json(tree: &Tree, neighbour: &Entry) -> bool {
    written(tree, neighbour.key.span).is_some_and(|key| key.starts_with('"'))
}

/// Takes a member out of a mapping, with its line.
pub(super) fn remove_entry(tree: &Tree, mapping: &Node, entry: &Entry) -> Option<Vec<Edit>> {
    if mapping.entries().len() < 2 {
        return None;
    }
    let whole = Span {
        start: entry.key.span.start,
        end: entry.value.span().end.max(entry.key.span.end),
    };
    remove(tree, is_flow(tree, mapping), whole)
}

/// Takes an item out of a sequence, with its dash or its comma.
pub(super) fn remove_item(tree: &Tree, sequence: &Node, at: usize) -> Option<Vec<Edit>> {
    let items = sequence.items();
    let item = items.get(at).filter(|_| items.len() > 1)?;
    let flow = is_flow(tree, sequence);
    let mut whole = item.span();
    if !flow {
        let before = tree.text().get(..whole.start)?;
        let dash = before.trim_end_matches(' ');
        whole.start = dash.strip_suffix('-')?.len();
    }
    remove(tree, flow, whole)
}

fn remove(tree: &Tree, flow: bool, whole: Span) -> Option<Vec<Edit>> {
    let text = tree.text();
    let (before, after) = (text.get(..whole.start)?, text.get(whole.end..)?);
    if flow {
        let blanks = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
        let gap = blanks(after);
        if let Some(rest) = after.get(gap..)?.strip_prefix(',') {
            let end = whole.end + gap + 1 + blanks(rest);
            return replace(
                Span {
                    start: whole.start,
                    end,
                },
                "",
            );
        }
        let start = before.trim_end().strip_suffix(',')?.len();
        return replace(
            Span {
                start,
                end: whole.end,
            },
            "",
        );
    }
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = after.split('\n').next()?;
    // Anything else on its lines, a comment too, would go with it.
    if !before.get(line..)?.trim().is_empty() || !rest.trim().is_empty() {
        return None;
    }
    match after.find('\n') {
        Some(at) => replace(
            Span {
                start: line,
                end: whole.end + at + 1,
            },
            "",
        ),
        // The last line of a file without a line feed at its end: the line feed before it goes instead.
        None => {
            let start = text.get(..line)?.trim_end_matches(['\r', '\n']).len();
            replace(
                Span {
                    start,
                    end: text.len(),
                },
                "",
            )
        }
    }
}

/// What stands in the document.
pub(super) fn written(tree: &Tree, span: Span) -> Option<&str> {
    tree.text().get(span.start..span.end)
}

/// Whether a collection is written in brackets.
pub(super) fn is_flow(tree: &Tree, collection: &Node) -> bool {
    tree.text()
        .get(collection.span().start..)
        .is_some_and(|text| text.starts_with(['{', '[']))
}

/// The column of a character in its block, counted from 0; `None` where something else than blanks and the dashes of
/// sequences stands before it.
pub(super) fn indentation(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let line = before.get(before.rfind('\n').map_or(0, |at| at + 1)..)?;
    line.bytes()
        .all(|byte| matches!(byte, b' ' | b'-'))
        .then_some(line.len())
}

/// Where the line that holds `at` ends, and what ends it.
pub(super) fn line_end(text: &str, at: usize) -> (usize, &str) {
    let rest = text.get(at..).unwrap_or("");
    let other = || if text.contains("\r\n") { "\r\n" } else { "\n" };
    match rest.find('\n') {
        Some(to) if rest.get(..to).is_some_and(|line| line.ends_with('\r')) => {
            (at + to - 1, "\r\n")
        }
        Some(to) => (at + to, "\n"),
        None => (text.len(), other()),
    }
}

/// Adds items to a sequence that has one already, after its last one.
pub(super) fn append(
    tree: &Tree,
    sequence: &Node,
    items: &[String],
    flow: &str,
) -> Option<Vec<Edit>> {
    let last = sequence.items().last()?.span();
    if is_flow(tree, sequence) {
        return replace(
            Span {
                start: last.end,
                end: last.end,
            },
            format!(", {flow}"),
        );
    }
    let before = tree
        .text()
        .get(..last.start)?
        .trim_end_matches(' ')
        .strip_suffix('-')?;
    let indent = indentation(tree.text(), before.len())?;
    let (at, line_break) = line_end(tree.text(), last.end);
    let lines = items
        .iter()
        .map(|item| format!("{line_break}{}- {item}", " ".repeat(indent)));
    replace(Span { start: at, end: at }, lines.collect::<String>())
}
