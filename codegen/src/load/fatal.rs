//! What ends the reading of a text at once, because nothing behind it can be made sense of. Findings that let the
//! reading go on are made where they are found.

use saphyr_parser::ScanError;

use super::MAX_DEPTH;
use super::node::Span;
use super::spans::first_line;
use super::tree::Source;
use crate::finding::{Finding, Rule, rules};

pub(super) type Fatal = Box<Finding>;

/// More nesting than is read.
pub(super) fn too_deep(source: &Source, span: Span) -> Fatal {
    let message = format!("more than {MAX_DEPTH} levels of nesting");
    fatal(
        source,
        &rules::YAML_TOO_DEEP,
        span,
        message,
        "name the inner schemas in `components` and use `$ref`",
    )
}

/// A finding that ends the reading.
pub(super) fn fatal(
    source: &Source,
    rule: &Rule,
    span: Span,
    message: impl Into<String>,
    help: &str,
) -> Fatal {
    let place = source.place(first_line(&source.text, span));
    Box::new(Finding::new(rule, place, message).help(help))
}

/// A tab in the indentation of the line at `at` or of the next one: the parser can notice it late or early.
fn tab_near(source: &Source, at: usize) -> Option<Span> {
    if source.text.trim_start().starts_with(['{', '[']) {
        // JSON, where tabs are as good as spaces.
        return None;
    }
    let (here, line) = source.line_at(at);
    let (next, after) = source.line_at(here + line.len());
    [(here, line), (next, after)]
        .into_iter()
        .find_map(|(start, line)| {
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            let tab = line.get(..indent)?.find('\t')?;
            Some(Span {
                start: start + tab,
                end: start + tab + 1,
            })
        })
}

/// What the parser did not understand, in the words of this project where the cause is known.
pub(super) fn syntax(source: &Source, error: &ScanError) -> Fatal {
    let at = source.byte(error.marker().index()).min(source.text.len());
    if let Some(span) = tab_near(source, at) {
        return fatal(
            source,
            &rules::YAML_INDENT_TABBED,
            span,
            "a tab stands in the indentation",
            "indent with two spaces for each level",
        );
    }
    if error.info().contains("recursion limit") {
        // The parser looks ahead, and has a limit of its own above ours.
        return too_deep(
            source,
            Span {
                start: at,
                end: at + 1,
            },
        );
    }
    let width = source
        .text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    let span = Span {
        start: at,
        end: at + width,
    };
    let message = format!("the text is not valid YAML: {}", error.info());
    fatal(
        source,
        &rules::YAML_SYNTAX,
        span,
        message,
        "check the indentation, the colons and the quotes of this line and the one before it",
    )
}
