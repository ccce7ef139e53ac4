//! The error as one line: which call, what happened, what the server said, and what to quote when
//! asking about it.

use std::fmt::{self, Display, Write};

use super::{Error, ErrorKind, Received};
use crate::codes;

/// A server's words are cut here, so that the line stays a line.
const LONGEST_MESSAGE: usize = 300;

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        match (&self.0.reply, self.0.kind) {
            (Some(reply), ErrorKind::Api | ErrorKind::UnexpectedStatus) => self.answer(reply, f)?,
            (Some(reply), _) => write!(f, "{}, but {}", reply.status, self.0.text)?,
            (None, _) => f.write_str(&self.0.text)?,
        }
        if self.is_outcome_unknown() {
            f.write_str("; the outcome is unknown, look before sending it again")?;
        }
        if let (Some(method), Some(url)) = (self.method(), self.url()) {
            write!(f, " ({method} {url}")?;
            if let Some(id) = self.request_id() {
                write!(f, ", request id ")?;
                one_line(id, f)?;
            }
            if self.attempts() > 1 {
                write!(f, ", {} attempts", self.attempts())?;
            }
            f.write_char(')')?;
        }
        Ok(())
    }
}

impl Error {
    fn answer(&self, reply: &Received, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", reply.status)?;
        if self.0.kind == ErrorKind::UnexpectedStatus {
            f.write_str(", which the operation does not declare")?;
        }
        if let Some(code) = self.code() {
            write!(f, ", code {code}")?;
            if let Some(meaning) = codes::meaning(code) {
                write!(f, " ({meaning})")?;
            }
        }
        match self.message() {
            Some(message) => {
                f.write_str(": ")?;
                one_line(message, f)
            }
            None if self.code().is_none() && !reply.body.is_empty() => {
                let cut = if reply.cut { "first " } else { "" };
                write!(
                    f,
                    ", and no error document in its {cut}{} bytes",
                    reply.body.len()
                )
            }
            None => Ok(()),
        }
    }
}

/// Foreign text without line breaks, control characters or what turns the direction of a line, cut to a bearable length.
pub(super) fn one_line(text: &str, f: &mut impl Write) -> fmt::Result {
    let mut characters = text.chars();
    for character in characters.by_ref().take(LONGEST_MESSAGE) {
        let moves = matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        );
        f.write_char(if character.is_control() || moves {
            ' '
        } else {
            character
        })?;
    }
    if characters.next().is_some() {
        f.write_str("...")?;
    }
    Ok(())
}
