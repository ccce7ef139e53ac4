//! How a part of the check went, in one line and in full.

use anyhow::anyhow;

/// How a part went, from the lightest to the heaviest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It was not run, or had nothing to judge.
    Skipped,
    /// What it asks for holds.
    Held,
    /// Something was made from what is no longer there; a command makes it again.
    Stale,
    /// A person has to change something.
    Violated,
    /// It could not do its work.
    Failed,
}

impl State {
    /// The word for people, padded to the longest.
    pub fn word(self, colored: bool) -> String {
        let (word, color) = match self {
            Self::Skipped => ("skipped", "2"),
            Self::Held => ("ok", "32"),
            Self::Stale => ("stale", "33"),
            Self::Violated => ("violated", "31"),
            Self::Failed => ("failed", "31"),
        };
        if colored {
            format!("\x1b[{color}m{word:<8}\x1b[0m")
        } else {
            format!("{word:<8}")
        }
    }
}

/// What a part found out.
#[derive(Debug)]
pub struct Part {
    /// How it went.
    pub state: State,
    /// One line for the summary.
    pub line: String,
    /// Whole lines below the summary; none where the one line says all.
    pub details: String,
}

impl Part {
    /// A part whose one line says all.
    pub fn new(state: State, line: impl Into<String>) -> Self {
        Self {
            state,
            line: line.into(),
            details: String::new(),
        }
    }

    /// The same with more to read.
    #[must_use]
    pub fn with_details(mut self, details: impl Into<String>) -> Self {
        self.details = details.into();
        self
    }
}

/// The same error once more, for a second part that meets it.
pub fn again(error: &anyhow::Error) -> anyhow::Error {
    anyhow!("{error:#}")
}
