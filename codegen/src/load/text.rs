//! From bytes to text that the YAML parsers agree on.

use std::sync::Arc;

use super::MAX_BYTES;
use crate::finding::{Edit, Finding, Place, Rule, rules};

/// How many control characters are reported before it is clear that the file is not text.
const MAX_CONTROL_FINDINGS: usize = 5;

/// Checks size and encoding, and returns the bytes as text.
pub(super) fn check<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Vec<Finding>> {
    if bytes.len() > MAX_BYTES {
        let message = format!(
            "the document has {} bytes, the limit is {MAX_BYTES}",
            bytes.len()
        );
        return Err(vec![
            finding(name, "", &rules::TEXT_TOO_LARGE, 0, 0, message)
                .help("check that this is the right file; an API description of this size cannot be curated by hand"),
        ]);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(vec![not_utf8(name, bytes, error.valid_up_to())]),
    };
    if text.starts_with('\u{feff}') {
        let message = "the document begins with a byte order mark";
        return Err(vec![
            finding(
                name,
                text,
                &rules::TEXT_BYTE_ORDER_MARK,
                0,
                '\u{feff}'.len_utf8(),
                message,
            )
            .help("save the file as UTF-8 without a byte order mark")
            .fix(Some(vec![Edit {
                start: 0,
                end: '\u{feff}'.len_utf8(),
                text: String::new(),
            }])),
        ]);
    }
    let controls = control_characters(name, text);
    if !controls.is_empty() {
        return Err(controls);
    }
    if text.trim().is_empty() {
        return Err(vec![
            finding(
                name,
                text,
                &rules::TEXT_EMPTY,
                0,
                0,
                "the document is empty",
            )
            .help("begin with `openapi: 3.0.3`, `info`, `servers` and `paths`"),
        ]);
    }
    Ok(text)
}

fn not_utf8(name: &str, bytes: &[u8], valid: usize) -> Finding {
    let text = bytes
        .get(..valid)
        .and_then(|head| std::str::from_utf8(head).ok())
        .unwrap_or("");
    let byte = bytes.get(valid).copied().unwrap_or_default();
    let help = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file looks like UTF-16; save it as UTF-8",
        _ => "save the file as UTF-8, and check that it is the right file",
    };
    let message = format!("the document is not UTF-8: byte {byte:#04x} at offset {valid}");
    finding(name, text, &rules::TEXT_NOT_UTF8, valid, valid, message).help(help)
}

/// Characters that YAML forbids, or that one YAML reader takes for a line break and another does not.
fn control_characters(name: &str, text: &str) -> Vec<Finding> {
    // Nearly every document is free of them, and bytes are quicker to look through than characters.
    let suspicious = |byte: &u8| {
        (*byte < 0x20 && !matches!(byte, b'\n' | b'\t'))
            || matches!(byte, 0x7f | 0xc2 | 0xe2 | 0xef)
    };
    if !text.as_bytes().iter().any(suspicious) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        let ends_line = character == '\r' && matches!(characters.peek(), Some((_, '\n')));
        let forbidden = match character {
            '\n' | '\t' => false,
            '\r' => !ends_line,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
            other => other.is_control(),
        };
        if forbidden {
            let message = format!(
                "the document holds the control character U+{:04X}",
                u32::from(character)
            );
            let end = offset + character.len_utf8();
            found.push(
                finding(name, text, &rules::TEXT_CONTROL_CHARACTER, offset, end, message)
                    .help("remove the character; inside a double-quoted string write it as an escape such as \"\\u0000\""),
            );
            if found.len() == MAX_CONTROL_FINDINGS {
                break;
            }
        }
    }
    found
}

/// A finding in text that has no tree yet.
fn finding(
    name: &str,
    text: &str,
    rule: &Rule,
    start: usize,
    end: usize,
    message: impl Into<String>,
) -> Finding {
    let head = text.get(..start).unwrap_or(text);
    let line_start = head.rfind('\n').map_or(0, |at| at + 1);
    let place = Place {
        file: Arc::from(name),
        line: head.matches('\n').count() + 1,
        column: head.get(line_start..).unwrap_or("").chars().count() + 1,
        start,
        end,
    };
    Finding::new(rule, place, message)
}
