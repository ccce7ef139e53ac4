//! What a stage after `lint` cannot do with a document, named by a JSON pointer into it. The stages that
//! work on `openapiv3` know no lines; `run` turns each problem into a finding with its place.

use std::fmt;

/// One thing in the document that a stage cannot carry over into code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The rule's id, NOUN_VERB as in the linter.
    pub rule: &'static str,
    /// JSON pointer to the node in the document; empty for the document as a whole.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl Problem {
    /// A problem at `pointer`.
    pub fn new(
        rule: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            pointer: pointer.into(),
            message: message.into(),
            help: help.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} at {}: {}; {}",
            self.rule, self.pointer, self.message, self.help
        )
    }
}

impl std::error::Error for Problem {}
