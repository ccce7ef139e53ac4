//! The error as one line: which call, what happened, what the server said, and what to quote when
//! asking about it.

use std::fmt::{self, Display, Write};

use super::{Error, ErrorKind, Received};
use crate::codes;
use crate::one_line::{OneLine, WholeLine};

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        match (&self.0.reply, self.0.kind) {
            (Some(reply), ErrorKind::Api | ErrorKind::UnexpectedStatus) => self.answer(reply, f)?,
            (Some(reply), _) => write!(f, "{}, but {}", reply.status, WholeLine(&self.0.text))?,
            (None, _) => write!(f, "{}", WholeLine(&self.0.text))?,
        }
        if self.is_outcome_unknown() {
            f.write_str("; the outcome is unknown, look before sending it again")?;
        }
        if self.is_retry_budget_empty() {
            f.write_str("; not sent again, the client's retry budget is empty")?;
        }
        if let (Some(method), Some(url)) = (self.method(), self.url()) {
            write!(f, " ({method} {}", WholeLine(url))?;
            if let Some(id) = self.request_id() {
                write!(f, ", request id {}", OneLine(id))?;
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
            Some(message) => write!(f, ": {}", OneLine(message)),
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
