//! What an error about a SID says, put together without memory of its own, so that a `const` context can stop the
//! compiler with it.

use super::error::{SidError, SidErrorKind};
use super::look::Look;
use super::sid_str;

/// Room for the longest sentence with two kinds of 64 characters.
const ROOM: usize = 256;

/// The sentence of one error.
#[doc(hidden)]
pub struct SidMessage {
    bytes: [u8; ROOM],
    length: usize,
}

impl SidMessage {
    pub(super) const fn new(error: &SidError) -> Self {
        let message = Self {
            bytes: [0; ROOM],
            length: 0,
        };
        match error.look {
            Look::Unknown => message.broken(error),
            Look::Empty => message.push("the text is empty, ").wanted(error),
            Look::Another(index) => message
                .push("this is ")
                .kind(other(error, index))
                .push(", ")
                .wanted(error),
            Look::Padded => message
                .found(error)
                .push(" with white space around it: remove the white space"),
            Look::Quoted => message
                .found(error)
                .push(" in quotation marks: remove the quotation marks"),
            Look::Case => message
                .found(error)
                .push(" in the wrong case: it begins with `")
                .push(error.prefix())
                .push("` and keeps its digits as Twilio writes them"),
            Look::Locator => message
                .push("this is a URL or a path that ends with ")
                .kind(error.rule.noun)
                .push(": pass the SID alone"),
            Look::OtherLocator => message.push("this is a URL or a path, ").wanted(error),
            Look::Bare => message
                .push("these are 32 hexadecimal digits without two letters before them, ")
                .wanted(error),
            Look::Name => message
                .push("this looks like a name, ")
                .expected(error)
                .push(": `")
                .push(error.prefix())
                .push("` and 32 hexadecimal digits"),
        }
    }

    /// The sentence.
    pub const fn text(&self) -> &str {
        let (text, _) = match self.bytes.split_at_checked(self.length) {
            Some(parts) => parts,
            None => return "",
        };
        // Only whole texts were put in.
        sid_str(text)
    }

    /// Which rule is broken, where the text looks like nothing that is known.
    const fn broken(self, error: &SidError) -> Self {
        let message = self.expected(error);
        if matches!(error.kind, SidErrorKind::Prefix) {
            return message
                .push(", which begins with `")
                .push(error.prefix())
                .push("`, found other letters");
        }
        let message = message
            .push(": `")
            .push(error.prefix())
            .push("` and 32 hexadecimal digits, ");
        match error.kind {
            SidErrorKind::Digit { position } => message
                .push("found another character at position ")
                .number(position),
            SidErrorKind::Length { found } => message
                .push("34 characters in all, found ")
                .number(found)
                .push(if found == 1 { " byte" } else { " bytes" }),
            SidErrorKind::Prefix => message,
        }
    }

    const fn found(self, error: &SidError) -> Self {
        self.push("this is ").kind(error.rule.noun)
    }

    const fn expected(self, error: &SidError) -> Self {
        self.push("expected ").kind(error.rule.noun)
    }

    const fn wanted(self, error: &SidError) -> Self {
        self.expected(error)
            .push(", which begins with `")
            .push(error.prefix())
            .push("`")
    }

    /// `an account SID`
    const fn kind(self, noun: &str) -> Self {
        let article = match noun.as_bytes() {
            [
                b'a' | b'e' | b'i' | b'o' | b'u' | b'A' | b'E' | b'I' | b'O' | b'U',
                ..,
            ] => "an ",
            _ => "a ",
        };
        self.push(article).push(noun).push(" SID")
    }

    /// Appends a text, if there is room for it.
    const fn push(mut self, text: &str) -> Self {
        let length = self.length;
        let Some((_, free)) = self.bytes.split_at_mut_checked(length) else {
            return self;
        };
        if let Some((place, _)) = free.split_at_mut_checked(text.len()) {
            place.copy_from_slice(text.as_bytes());
            self.length += text.len();
        }
        self
    }

    /// Appends a number in decimal digits.
    const fn number(self, number: usize) -> Self {
        const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        let message = match number / 10 {
            0 => self,
            more => self.number(more),
        };
        let mut digits: &[&str] = &DIGITS;
        let mut left = number % 10;
        while let Some((digit, rest)) = digits.split_first() {
            if left == 0 {
                return message.push(digit);
            }
            left -= 1;
            digits = rest;
        }
        message
    }
}

/// The kind at a place in the table of kinds, in words.
const fn other(error: &SidError, index: u8) -> &'static str {
    let mut kinds = error.rule.kinds;
    let mut left = index;
    while let Some(([_, noun], rest)) = kinds.split_first() {
        if left == 0 {
            return noun;
        }
        left -= 1;
        kinds = rest;
    }
    "another"
}
