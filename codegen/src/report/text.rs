//! Findings as a compiler would show them: rule, place, the line in question, and what to write instead.
//!
//! Rendering never fails: a span that does not fit the text loses its excerpt, never the finding.

use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet,
};

use crate::finding::{Finding, Place, Severity};

/// A line longer than this is cut around the place in question; up to it, the renderer fits it to the terminal.
const MAX_LINE: usize = 400;

/// Stands for the part of a line that is not shown.
const ELLIPSIS: &str = "…";

/// See [`super::render`].
pub(super) fn render(findings: &[Finding], text: &str, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let lines = Lines::new(text);
    let mut output = String::new();
    for finding in findings {
        output.push_str(&renderer.render(&[group(finding, &lines)]));
        output.push_str("\n\n");
    }
    if !findings.is_empty() {
        output.push_str(&count(findings));
        output.push('\n');
    }
    output
}

/// The last line: how many findings there are.
fn count(findings: &[Finding]) -> String {
    let (errors, warnings) = super::counted(findings);
    let some = |number: usize, word: &str| {
        format!("{number} {word}{}", if number == 1 { "" } else { "s" })
    };
    match (errors, warnings) {
        (errors, 0) => some(errors, "error"),
        (0, warnings) => some(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", some(errors, "error"), some(warnings, "warning")),
    }
}

fn group<'a>(finding: &'a Finding, lines: &Lines<'a>) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(finding.message.as_str())
        .id(finding.rule);
    let mut elements = excerpt(
        &finding.place,
        AnnotationKind::Primary,
        &finding.label,
        lines,
    );
    for (place, words) in &finding.related {
        elements.extend(excerpt(place, AnnotationKind::Context, words, lines));
    }
    if !finding.help.is_empty() {
        elements.push(Level::HELP.message(finding.help.as_str()).into());
    }
    Group::with_title(title).elements(elements)
}

/// The arrow with file, line and column, and the line itself with the place underlined.
fn excerpt<'a>(
    place: &Place,
    kind: AnnotationKind,
    words: &'a str,
    lines: &Lines<'a>,
) -> Vec<Element<'a>> {
    let origin = || {
        Element::from(
            Origin::path(place.file.to_string())
                .line(place.line)
                .char_column(place.column),
        )
    };
    let Some(Excerpt {
        line,
        source,
        marked,
        cut,
    }) = lines.excerpt(place)
    else {
        return vec![origin()];
    };
    let label = (!words.is_empty()).then_some(words);
    let annotation: Annotation<'a> = kind.span(marked).label(label);
    let snippet = Snippet::source(source)
        .line_start(line)
        .annotation(annotation);
    if cut {
        // The column in the excerpt is not the column in the file, so the place is given apart from it.
        vec![origin(), snippet.into()]
    } else {
        vec![snippet.path(place.file.to_string()).into()]
    }
}

/// The text, cut into lines once.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

/// One line, or the part of it around a place, and what of it is marked.
struct Excerpt {
    line: usize,
    source: String,
    marked: Range<usize>,
    /// Whether the line goes on before or after the part.
    cut: bool,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// `None` when the place does not lie in the text.
    fn excerpt(&self, place: &Place) -> Option<Excerpt> {
        if self.text.is_empty() || place.start > self.text.len() {
            return None;
        }
        let line = self.starts.partition_point(|&start| start <= place.start);
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let whole = self.text.get(start..end)?.trim_end();
        let from = floor(whole, place.start.checked_sub(start)?);
        let to = floor(whole, place.end.saturating_sub(start)).max(from);
        let (shown, dropped) = window(whole, from);
        let marked = from - dropped..(to - dropped).min(shown.len());
        let cut = shown.len() < whole.len();
        let mut source = String::with_capacity(shown.len() + 2 * ELLIPSIS.len());
        if dropped > 0 {
            source.push_str(ELLIPSIS);
        }
        let shift = source.len();
        source.push_str(shown);
        if dropped + shown.len() < whole.len() {
            source.push_str(ELLIPSIS);
        }
        Some(Excerpt {
            line,
            source,
            marked: marked.start + shift..marked.end.max(marked.start) + shift,
            cut,
        })
    }
}

/// The part of a line around `at`, and how many bytes before it were dropped.
fn window(line: &str, at: usize) -> (&str, usize) {
    if line.len() <= MAX_LINE {
        return (line, 0);
    }
    let start = floor(line, at.saturating_sub(MAX_LINE / 3));
    let end = floor(line, start + MAX_LINE);
    (line.get(start..end).unwrap_or(line), start)
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
