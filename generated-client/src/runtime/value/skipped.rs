//! What was passed over when a response was read.

use std::fmt;

use crate::one_line::WholeLine;

/// A value of a response that was passed over, because it is not what the API describes and nothing depends on it.
///
/// The value itself is not kept: responses hold secrets. See [`Response::skipped`](crate::Response::skipped).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    path: Box<str>,
    reason: Box<str>,
}

impl Skipped {
    pub(super) fn new(path: String, reason: String) -> Self {
        Self {
            path: path.into(),
            reason: reason.into(),
        }
    }

    /// Takes out what must not be shown, wherever `without` finds it: a key in the path is the server's own text.
    pub(crate) fn conceal(&mut self, without: impl Fn(&str) -> Option<String>) {
        for text in [&mut self.path, &mut self.reason] {
            if let Some(shown) = without(text) {
                *text = shown.into();
            }
        }
    }

    /// What it takes in memory beside itself.
    pub(super) fn size(&self) -> usize {
        self.path.len() + self.reason.len()
    }

    /// Where in the response it was: `installed_add_ons[3].links.extensions`.
    #[inline]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was expected and what was found: `expected a string, found a number`.
    #[inline]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// Path and reason in one line.
impl fmt::Display for Skipped {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", WholeLine(&self.path), WholeLine(&self.reason))
    }
}

/// All that was passed over in one response: a pointer, which points to nothing where that is nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct SkippedList(Option<Box<Many>>);

#[derive(Clone, Debug)]
struct Many {
    skipped: Vec<Skipped>,
}

impl SkippedList {
    pub(crate) fn as_slice(&self) -> &[Skipped] {
        match &self.0 {
            Some(many) => &many.skipped,
            None => &[],
        }
    }

    /// Adds what was passed over in another response.
    pub(crate) fn append(&mut self, other: Self) {
        match (&mut self.0, other.0) {
            (_, None) => {}
            (Some(many), Some(other)) => many.skipped.extend(other.skipped),
            (none, other) => *none = other,
        }
    }
}

impl From<Vec<Skipped>> for SkippedList {
    fn from(skipped: Vec<Skipped>) -> Self {
        Self((!skipped.is_empty()).then(|| Box::new(Many { skipped })))
    }
}
