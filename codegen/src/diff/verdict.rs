//! The scale on which a change is judged, and what the judgements of all changes add up to. It knows no rule and no
//! document.

use std::fmt;
use std::str::FromStr;

/// What a change does to one promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Verdict {
    /// Nothing.
    #[default]
    None,
    /// It allows more than before and takes nothing away.
    Additive,
    /// Whether it breaks depends on something that the document does not say.
    Warning,
    /// Someone who kept to the old document fails.
    Breaking,
}

impl Verdict {
    /// The word that stands in every output: `breaking`, `warning`, `additive` or `none`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::Warning => "warning",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// The promise that a change may not break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Promise {
    /// An old client works against the changed server.
    Wire,
    /// Callers of the client compile.
    Source,
    /// Callers that compile get the behaviour they had.
    Runtime,
    /// All three.
    #[default]
    All,
}

impl Promise {
    /// Every promise, by the word that names it on a command line.
    pub const ALL: [(&'static str, Self); 4] = [
        ("wire", Self::Wire),
        ("source", Self::Source),
        ("runtime", Self::Runtime),
        ("all", Self::All),
    ];

    /// The word that names it.
    pub fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, promise)| *promise == self)
            .map_or("all", |(word, _)| word)
    }
}

impl FromStr for Promise {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(known, _)| *known == word);
        found
            .map(|(_, promise)| *promise)
            .ok_or_else(|| format!("`{word}` is none of wire, source, runtime and all"))
    }
}

/// The three verdicts on one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Verdicts {
    /// On an old client against the changed server.
    pub wire: Verdict,
    /// On recompiling callers of the generated client.
    pub source: Verdict,
    /// On the same calling code behaving as before.
    pub runtime: Verdict,
}

impl Verdicts {
    /// The verdict that counts for a promise: for all of them together the heaviest.
    pub fn on(self, promise: Promise) -> Verdict {
        match promise {
            Promise::Wire => self.wire,
            Promise::Source => self.source,
            Promise::Runtime => self.runtime,
            Promise::All => self.wire.max(self.source).max(self.runtime),
        }
    }
}

/// How much a version has to move, in the terms of semantic versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Semver {
    /// Nothing changed.
    #[default]
    None,
    /// Something changed that no caller and no message can notice, such as a description.
    Patch,
    /// Something is new or deserves a look, and nothing breaks.
    Minor,
    /// Something breaks.
    Major,
}

impl Semver {
    /// The word that stands in every output: `NONE`, `PATCH`, `MINOR` or `MAJOR`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Patch => "PATCH",
            Self::Minor => "MINOR",
            Self::Major => "MAJOR",
        }
    }

    /// What one change asks for.
    pub const fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::None => Self::Patch,
            Verdict::Additive | Verdict::Warning => Self::Minor,
            Verdict::Breaking => Self::Major,
        }
    }
}

impl fmt::Display for Semver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_of_three_verdicts_counts_for_all_promises_together() {
        let verdicts = Verdicts {
            wire: Verdict::None,
            source: Verdict::Additive,
            runtime: Verdict::Warning,
        };
        assert_eq!(verdicts.on(Promise::All), Verdict::Warning);
        assert_eq!(verdicts.on(Promise::Wire), Verdict::None);
        assert_eq!(Semver::of(verdicts.on(Promise::All)), Semver::Minor);
    }

    #[test]
    fn a_promise_is_named_by_the_word_that_it_shows() {
        for (word, promise) in Promise::ALL {
            assert_eq!(word.parse(), Ok(promise));
            assert_eq!(promise.word(), word);
        }
        assert!("everything".parse::<Promise>().is_err());
    }
}
