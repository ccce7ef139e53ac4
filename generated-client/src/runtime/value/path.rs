//! Where in a JSON document a value is: `installed_add_ons[3].links.x`.

use std::fmt::{self, Display, Write};

use super::cursor::end_of_string;
use crate::one_line::OneLine;

/// A key that the server chose is cut after so many characters.
const LONGEST_KEY: usize = 40;

/// Containers that are deeper than this are left out of a path.
const LONGEST_PATH: usize = 128;

/// One step from a value to another that is in it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'t> {
    /// To a property of this name.
    Property(&'static str),
    /// To a property with this key, quoted as the document writes it.
    Key(&'t str),
    /// To this item of an array, counted from 0.
    Item(usize),
}

/// The steps from the document to a value.
pub(super) struct Path<'a, 't>(pub(super) &'a [Step<'t>]);

impl Display for Path<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Property(name) => property(name, index == 0, f)?,
                Step::Key(quoted) => property(&unquoted(quoted), index == 0, f)?,
                Step::Item(item) => write!(f, "[{item}]")?,
            }
        }
        Ok(())
    }
}

fn property(name: &str, is_first: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !name.is_empty() && name.len() <= LONGEST_KEY && name.bytes().all(plain) {
        if !is_first {
            f.write_char('.')?;
        }
        return f.write_str(name);
    }
    let cut = match name.char_indices().nth(LONGEST_KEY) {
        Some((end, _)) => name.get(..end).unwrap_or_default(),
        None => name,
    };
    let dots = if cut.len() < name.len() { "..." } else { "" };
    write!(f, "[\"{}{dots}\"]", OneLine(cut))
}

/// The text of a quoted key, as far as it is shown: a key can be as long as the document, and is shown with everything
/// that is odd under it. One that is no Unicode text is shown as it is written.
fn unquoted(quoted: &str) -> String {
    // An escaped character is at most two escapes of six characters.
    let cut = match quoted.char_indices().nth(12 * (LONGEST_KEY + 1)) {
        Some((end, _)) => quoted.get(..end).map(|cut| format!("{cut}\"")),
        None => None,
    };
    let quoted = cut.as_deref().unwrap_or(quoted);
    serde_json::from_str(quoted).unwrap_or_else(|_| quoted.trim_matches('"').to_owned())
}

/// The path of the last value that begins before `end`, in a text that is JSON up to there.
pub(super) fn path_at(text: &str, end: usize) -> String {
    let mut containers: Vec<Option<Step<'_>>> = Vec::new();
    let mut depth = 0_usize;
    let mut expects_key = false;
    let mut at = 0;
    while at < end
        && let Some(byte) = text.as_bytes().get(at)
    {
        let start = at;
        at += 1;
        match byte {
            b'"' => {
                at = end_of_string(text, start);
                if expects_key && depth <= LONGEST_PATH {
                    let key = text.get(start..at).filter(|_| at <= end);
                    if let Some(step) = containers.last_mut() {
                        *step = key.map(Step::Key);
                    }
                }
                expects_key = false;
            }
            b'{' | b'[' => {
                depth += 1;
                expects_key = *byte == b'{';
                if depth <= LONGEST_PATH {
                    containers.push((*byte == b'[').then_some(Step::Item(0)));
                }
            }
            b'}' | b']' => {
                if depth <= LONGEST_PATH {
                    containers.pop();
                }
                depth = depth.saturating_sub(1);
                expects_key = false;
            }
            b',' if depth <= LONGEST_PATH => {
                if let Some(step) = containers.last_mut() {
                    match step {
                        Some(Step::Item(index)) => *index += 1,
                        _ => {
                            *step = None;
                            expects_key = true;
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let steps: Vec<Step<'_>> = containers.into_iter().flatten().collect();
    Path(&steps).to_string()
}
