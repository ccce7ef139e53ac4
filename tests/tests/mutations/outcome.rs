//! What was seen, and whether a verdict says so.

use std::fmt;

use codegen::diff::Verdict;

/// What was seen, the worst last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Everything works as before.
    Works,
    /// Something works or not, depending on what no document says.
    Depends(String),
    /// Something fails however the documents are read.
    Fails(String),
}

impl Outcome {
    /// The worst of both; of two that are alike, the first. The second is not looked for if it cannot be worse.
    pub(crate) fn and(self, other: impl FnOnce() -> Self) -> Self {
        if matches!(self, Self::Fails(_)) {
            return self;
        }
        let other = other();
        match (&self, &other) {
            (Self::Depends(_), Self::Works | Self::Depends(_)) | (Self::Works, Self::Works) => self,
            _ => other,
        }
    }

    /// Whether a verdict says what was seen. More than before and no change at all look alike from the old side.
    pub(crate) fn agrees(&self, verdict: Verdict) -> bool {
        match self {
            Self::Works => matches!(verdict, Verdict::None | Verdict::Additive),
            Self::Depends(_) => verdict == Verdict::Warning,
            Self::Fails(_) => verdict == Verdict::Breaking,
        }
    }

    /// One word.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Depends(_) => "depends",
            Self::Fails(_) => "fails",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Works => f.write_str("works"),
            Self::Depends(why) | Self::Fails(why) => write!(f, "{}: {why}", self.word()),
        }
    }
}
