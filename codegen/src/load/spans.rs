//! Spans as a person would draw them: of a scalar no more than was written for it, of anything long its first line.

use super::node::{Span, Style};

/// The bytes of a scalar alone: the parser's span of a quoted or block scalar runs on over the blanks, comments and
/// empty lines that follow.
pub(super) fn written(text: &str, style: Style, span: Span) -> Span {
    let part = text.get(span.start..span.end).unwrap_or("");
    let length = match (style, part.as_bytes().first()) {
        (Style::Plain, _) => Some(part.len()),
        (Style::Literal | Style::Folded, _) => Some(part.trim_end().len()),
        (Style::SingleQuoted, Some(b'\'')) => {
            closing_quote(part, '\'', |rest| rest.starts_with("''"))
        }
        (Style::DoubleQuoted, Some(b'"')) => {
            closing_quote(part, '"', |rest| rest.starts_with('\\'))
        }
        _ => None,
    };
    Span {
        start: span.start,
        end: span.start + length.unwrap_or(part.len()),
    }
}

/// The length of a quoted scalar up to and with its closing quote; `escapes` recognises a pair of characters.
fn closing_quote(part: &str, quote: char, escapes: fn(&str) -> bool) -> Option<usize> {
    let mut at = quote.len_utf8();
    while let Some(rest) = part.get(at..) {
        let mut characters = rest.chars();
        let next = characters.next()?;
        at += next.len_utf8();
        if escapes(rest) {
            at += characters.next()?.len_utf8();
        } else if next == quote {
            return Some(at);
        }
    }
    None
}

/// How much of a line is underlined at most, in bytes.
const LONGEST: usize = 256;

/// The part of a span that stands on its first line, so that what is underlined stays readable.
pub(crate) fn first_line(text: &str, span: Span) -> Span {
    let mut end = span
        .end
        .min(span.start.saturating_add(LONGEST))
        .min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let part = text.get(span.start..end).unwrap_or("");
    let line = part.split('\n').next().unwrap_or("").trim_end();
    Span {
        start: span.start,
        end: span.start + line.len(),
    }
}
