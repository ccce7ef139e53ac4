//! Why a text is not a SID of the wanted kind.

use std::fmt;

use super::look::Look;
use super::message::SidMessage;
use super::{SidRule, sid_str};

/// Why a text is not a SID of the wanted kind. It says which kind is wanted, and what the text is instead where that can
/// be told: a SID of another kind, a URL, a name.
///
/// The text itself is not kept: it may be a secret that went into the wrong place.
///
/// ```
/// use generated_client::{InstalledAddOnSid, SidErrorKind};
///
/// let error = "AC0123456789abcdef0123456789abcdef".parse::<InstalledAddOnSid>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "this is an account SID, expected an installed add-on SID, which begins with `XE`"
/// );
///
/// let error = "XE0123".parse::<InstalledAddOnSid>().unwrap_err();
/// assert_eq!(error.kind(), SidErrorKind::Length { found: 6 });
/// assert_eq!((error.expected(), error.prefix()), ("installed add-on", "XE"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SidError {
    pub(super) rule: &'static SidRule,
    pub(super) kind: SidErrorKind,
    pub(super) look: Look,
}

/// The rule that a text breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SidErrorKind {
    /// It is not 34 characters long.
    Length {
        /// How many bytes it has.
        found: usize,
    },
    /// It does not begin with the two letters of its kind.
    Prefix,
    /// What follows the two letters is not all hexadecimal digits.
    Digit {
        /// Where the first wrong byte is, counted from 0 at the start of the text: 2 to 33.
        position: usize,
    },
}

impl SidError {
    #[cold]
    pub(super) const fn new(rule: &'static SidRule, kind: SidErrorKind, text: &[u8]) -> Self {
        Self {
            rule,
            kind,
            look: Look::of(rule, text),
        }
    }

    /// The rule that was broken.
    #[inline]
    pub const fn kind(&self) -> SidErrorKind {
        self.kind
    }

    /// The two letters that a SID of the wanted kind begins with.
    #[inline]
    pub const fn prefix(&self) -> &str {
        sid_str(self.rule.prefix)
    }

    /// The wanted kind in words, such as `installed add-on`.
    #[inline]
    pub const fn expected(&self) -> &'static str {
        self.rule.noun
    }

    /// The rule that was broken, as a fixed text.
    #[inline]
    pub const fn rule(&self) -> &'static str {
        match self.kind {
            SidErrorKind::Length { .. } => {
                "a SID is two letters and 32 hexadecimal digits: 34 characters"
            }
            SidErrorKind::Prefix => "the SID does not begin with the two letters of its kind",
            SidErrorKind::Digit { .. } => {
                "what follows the two letters of a SID must be hexadecimal digits"
            }
        }
    }

    /// The sentence, for a `const` context that stops the compiler with it.
    #[doc(hidden)]
    #[inline]
    pub const fn message(&self) -> SidMessage {
        SidMessage::new(self)
    }
}

impl fmt::Display for SidError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().text())
    }
}

impl std::error::Error for SidError {}
