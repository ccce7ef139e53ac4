//! Why a response is not what its operation returns: where, what was expected and what was found. Never the value: responses
//! hold secrets.

use std::fmt::Write;

use super::path::path_at;
use crate::one_line::OneLine;

/// Why a JSON document could not be read.
#[derive(Debug)]
pub(crate) struct Undecodable {
    /// One line, with the path in front.
    pub(crate) text: String,
    /// Line and column, counted from 1.
    pub(crate) place: (usize, usize),
    /// Whether it would have taken too much memory.
    pub(crate) is_too_large: bool,
}

impl Undecodable {
    /// The reason for the value at this path, which was found at `at`.
    pub(super) fn new(
        text: &str,
        at: usize,
        path: &str,
        reason: impl AsRef<str>,
        is_too_large: bool,
    ) -> Self {
        let mut line = String::new();
        if !path.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(line, "{}: ", OneLine(path));
        }
        let _ = write!(line, "{}", OneLine(reason.as_ref()));
        Self {
            text: line,
            place: place(text.as_bytes(), at),
            is_too_large,
        }
    }

    /// The reason for a text that is no UTF-8 from this byte on.
    pub(super) fn not_utf8(json: &[u8], at: usize) -> Self {
        let before = json.get(..at).unwrap_or(json);
        let before = str::from_utf8(before).unwrap_or_default();
        let mut fault = Self::new(
            before,
            at,
            &path_at(before, at),
            "expected JSON in UTF-8, found a byte that is not",
            false,
        );
        fault.place = place(json, at);
        fault
    }

    /// The reason for a value of the caller's own type, as serde_json gives it.
    pub(crate) fn foreign(json: &[u8], error: &serde_json::Error) -> Self {
        let text = match str::from_utf8(json) {
            Ok(text) => text,
            Err(error) => return Self::not_utf8(json, error.valid_up_to()),
        };
        if !error.is_data() {
            return syntax(text, error);
        }
        let at = offset(text, error.line(), error.column());
        let reason = without_value(error);
        // For a property that is missing, the place is the end of the object that lacks it.
        let path = path_at(text, at);
        Self::new(text, at.saturating_sub(1), &path, reason, false)
    }
}

/// The reason for a text that is no JSON.
pub(super) fn syntax(text: &str, error: &serde_json::Error) -> Undecodable {
    let at = offset(text, error.line(), error.column());
    let reason = if error.is_eof() {
        "the JSON ends before it is complete".to_owned()
    } else if text.trim_start().starts_with('<') {
        "expected JSON, found markup such as HTML".to_owned()
    } else {
        format!("expected JSON, found an error in it: {}", reason_of(error))
    };
    Undecodable::new(
        text,
        if error.is_eof() {
            at
        } else {
            at.saturating_sub(1)
        },
        &path_at(text, at),
        reason,
        false,
    )
}

/// What serde_json says, without the place, which is said once for all errors.
fn reason_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((reason, _)) => reason.to_owned(),
        None => text,
    }
}

/// What serde says, without the value that it found.
fn without_value(error: &serde_json::Error) -> String {
    let text = reason_of(error);
    let shortened = ["invalid type: ", "invalid value: ", "unknown variant "]
        .iter()
        .find_map(|beginning| {
            let (found, expected) = text.strip_prefix(beginning)?.rsplit_once(", expected ")?;
            let found = match found.split(['"', '`']).next()?.trim_end() {
                "" => "another",
                kind => kind,
            };
            Some(format!("expected {expected}, found {found}"))
        });
    shortened.unwrap_or(text)
}

/// The byte behind the one that serde_json means. Its lines and columns are counted from 1, and columns in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (before + column).min(text.len())
}

/// Line and column of a byte, counted from 1.
fn place(text: &[u8], at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    let column = before
        .iter()
        .rev()
        .take_while(|byte| **byte != b'\n')
        .count();
    (line, 1 + column)
}
