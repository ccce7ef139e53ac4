//! What an error about a SID says, put together without the standard formatter and without memory of its own:
//! decoding a list may refuse many texts, and formatting one message would take longer than reading ten SIDs.

use super::{SidError, SidErrorKind};

/// The longest message, with a length of twenty digits in it, has 95 bytes.
const ROOM: usize = 96;

/// The text of one error.
pub(super) struct Message {
    bytes: [u8; ROOM],
    length: usize,
}

impl Message {
    #[inline]
    pub(super) fn new(error: &SidError) -> Self {
        let mut message = Self {
            bytes: [0; ROOM],
            length: 0,
        };
        match error.kind {
            SidErrorKind::Length { found } => message
                .push(b"expected `")
                .push(&error.prefix)
                .push(b"` and 32 hexadecimal digits, 34 characters in all, found ")
                .number(found)
                .push(b" bytes"),
            SidErrorKind::Prefix => message
                .push(b"expected a SID that begins with `")
                .push(&error.prefix)
                .push(b"`, found other letters"),
            SidErrorKind::Digit { position } => message
                .push(b"expected `")
                .push(&error.prefix)
                .push(b"` and 32 hexadecimal digits, found another character at position ")
                .number(position),
        };
        message
    }

    #[inline]
    pub(super) fn text(&self) -> &str {
        let text = self.bytes.get(..self.length).map(str::from_utf8);
        // Nothing but ASCII was put in.
        text.and_then(Result::ok).unwrap_or_default()
    }

    /// Appends a text, which there is room for.
    #[inline]
    fn push(&mut self, text: &[u8]) -> &mut Self {
        let end = self.length + text.len();
        if let Some(place) = self.bytes.get_mut(self.length..end) {
            place.copy_from_slice(text);
            self.length = end;
        }
        self
    }

    /// Appends a number in decimal digits.
    #[inline]
    fn number(&mut self, number: usize) -> &mut Self {
        let mut digits = [b'0'; 20];
        let mut rest = number;
        let mut start = digits.len();
        for digit in digits.iter_mut().rev() {
            // A remainder of ten fits into a byte.
            *digit += (rest % 10) as u8;
            start -= 1;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.push(digits.get(start..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: SidErrorKind) -> String {
        let prefix = *b"XE";
        Message::new(&SidError { prefix, kind }).text().to_owned()
    }

    #[test]
    fn it_says_what_was_expected_and_what_was_found() {
        for found in [0, 7, 10, 33, 35, 99, 100, 1_234_567, usize::MAX] {
            assert_eq!(
                message(SidErrorKind::Length { found }),
                format!(
                    "expected `XE` and 32 hexadecimal digits, 34 characters in all, found {found} bytes"
                )
            );
        }
        assert_eq!(
            message(SidErrorKind::Prefix),
            "expected a SID that begins with `XE`, found other letters"
        );
        for position in 2..34 {
            assert_eq!(
                message(SidErrorKind::Digit { position }),
                format!(
                    "expected `XE` and 32 hexadecimal digits, found another character at position {position}"
                )
            );
        }
    }
}
