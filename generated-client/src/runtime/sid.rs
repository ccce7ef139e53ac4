//! The one check behind every SID type: two letters, then 32 hexadecimal digits, case kept. It runs
//! at compile time and at run time, allocates nothing, and costs wrong text no more than right text.
//! Which two letters is what the generated types add.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{self, Deserializer, Visitor};

use self::message::Message;
use super::value::Text;

mod message;

/// Why a text is not a SID of the wanted kind.
///
/// The text itself is not kept: it may be a secret that went into the wrong place.
///
/// ```
/// use generated_client::{InstalledAddOnSid, SidErrorKind};
///
/// let error = "XE0123".parse::<InstalledAddOnSid>().unwrap_err();
/// assert_eq!(error.kind(), SidErrorKind::Length { found: 6 });
/// assert_eq!(error.prefix(), "XE");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SidError {
    prefix: [u8; 2],
    kind: SidErrorKind,
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
        /// Where the first wrong byte stands, counted from 0 at the start of the text: 2 to 33.
        position: usize,
    },
}

impl SidError {
    /// The rule that was broken.
    pub const fn kind(&self) -> SidErrorKind {
        self.kind
    }

    /// The two letters that a SID of the wanted kind begins with.
    pub const fn prefix(&self) -> &str {
        sid_str(&self.prefix)
    }

    /// The rule that was broken, as a fixed text that a `const` context can stop the compiler with.
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
}

impl fmt::Display for SidError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Message::new(self).text())
    }
}

impl std::error::Error for SidError {}

/// Which hexadecimal digits the document's pattern allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code)] // Which of them a generated type names is the document's decision.
pub(crate) enum Digits {
    /// `[0-9a-fA-F]`
    AnyCase,
    /// `[0-9a-f]`
    Lower,
    /// `[0-9A-F]`
    Upper,
}

/// What tells one kind of SID from the others.
pub(crate) trait SidKind {
    /// The two letters that every one begins with.
    const PREFIX: &'static [u8; 2];
    /// Which digits follow.
    const DIGITS: Digits;
}

/// Checks `text` and hands back its bytes.
#[inline]
pub(crate) const fn check_sid<K: SidKind>(text: &str) -> Result<[u8; 34], SidError> {
    match check(K::PREFIX, K::DIGITS, text.as_bytes()) {
        Ok(bytes) => Ok(*bytes),
        Err(kind) => Err(SidError {
            prefix: *K::PREFIX,
            kind,
        }),
    }
}

/// Checks bytes without copying them.
#[inline]
const fn check<'a>(
    prefix: &[u8; 2],
    allowed: Digits,
    bytes: &'a [u8],
) -> Result<&'a [u8; 34], SidErrorKind> {
    let found = bytes.len();
    let Some(sid) = bytes.first_chunk::<34>() else {
        return Err(SidErrorKind::Length { found });
    };
    if found != 34 {
        return Err(SidErrorKind::Length { found });
    }
    let [first, second, digits @ ..] = sid;
    if *first != prefix[0] || *second != prefix[1] {
        return Err(SidErrorKind::Prefix);
    }
    let ([a, b, c, d], []) = digits.as_chunks::<8>() else {
        return Err(SidErrorKind::Length { found });
    };
    let (a, b) = (not_hex(*a, allowed), not_hex(*b, allowed));
    let (c, d) = (not_hex(*c, allowed), not_hex(*d, allowed));
    if a | b | c | d == 0 {
        return Ok(sid);
    }
    let (start, word) = match (a, b, c) {
        (0, 0, 0) => (26, d),
        (0, 0, _) => (18, c),
        (0, _, _) => (10, b),
        (_, _, _) => (2, a),
    };
    // The words are little-endian, so the first wrong byte is the lowest. The quotient is at most 7.
    let position = start + (word.trailing_zeros() / 8) as usize;
    Err(SidErrorKind::Digit { position })
}

/// The high bit of each byte that is not a hexadecimal digit, eight bytes at a time.
///
/// With the high bit taken off, adding `0x80 - n` to a byte sets its high bit exactly when the byte is
/// `n` or more, and never carries into its neighbour. A range is one such answer without the next.
#[inline]
const fn not_hex(bytes: [u8; 8], allowed: Digits) -> u64 {
    const EVERY: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EVERY;
    let word = u64::from_le_bytes(bytes);
    let low = word & !HIGH;
    let first = match allowed {
        Digits::Upper => 0x41,
        Digits::AnyCase | Digits::Lower => 0x61,
    };
    // The bit that tells a small letter from a capital is set, where both are allowed.
    let folded = match allowed {
        Digits::AnyCase => low | (0x20 * EVERY),
        Digits::Lower | Digits::Upper => low,
    };
    let digit = (low + (0x80 - 0x30) * EVERY) & !(low + (0x80 - 0x3a) * EVERY);
    let letter = (folded + (0x80 - first) * EVERY) & !(folded + (0x80 - first - 6) * EVERY);
    (!(digit | letter) | word) & HIGH
}

/// The text of checked bytes.
///
/// Checked bytes are ASCII, so the empty text is never returned. Asking the standard library again
/// costs a few nanoseconds; the alternative would be `unsafe`, which this crate forbids.
pub(crate) const fn sid_str(bytes: &[u8]) -> &str {
    match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}

/// Reads and checks a SID without allocating, whether or not the input is borrowed.
#[inline]
pub(crate) fn deserialize_sid<'de, K: SidKind, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<[u8; 34], D::Error> {
    let mut halves = [0; 2];
    deserializer.deserialize_str(SidVisitor {
        kind: PhantomData::<K>,
        halves: &mut halves,
    })?;
    let mut sid = [0; 34];
    let [first, second, digits @ ..] = &mut sid;
    [*first, *second] = *K::PREFIX;
    let (chunks, _) = digits.as_chunks_mut::<16>();
    for (chunk, half) in chunks.iter_mut().zip(halves) {
        *chunk = half.to_le_bytes();
    }
    Ok(sid)
}

/// Leaves the digits in two numbers on the side. Handed on inside results, 34 bytes would be copied at
/// every step, in pieces that straddle each other, and each such copy costs more than the check.
struct SidVisitor<'a, K> {
    kind: PhantomData<K>,
    halves: &'a mut [u128; 2],
}

impl<K: SidKind> Visitor<'_> for SidVisitor<'_, K> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a SID that begins with `{}`", sid_str(K::PREFIX))
    }

    #[inline]
    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        if text.len() == 34
            && let Some([first, second, digits @ ..]) = text.as_bytes().first_chunk::<34>()
        {
            let prefix = u16::from_le_bytes(*K::PREFIX) ^ u16::from_le_bytes([*first, *second]);
            let (chunks, _) = digits.as_chunks::<8>();
            // Which rule a wrong text breaks is worth finding out only once it is known to be wrong.
            let wrong = chunks.iter().fold(u64::from(prefix), |wrong, chunk| {
                wrong | not_hex(*chunk, K::DIGITS)
            });
            let (chunks, _) = digits.as_chunks::<16>();
            for (chunk, half) in chunks.iter().zip(self.halves) {
                *half = u128::from_le_bytes(*chunk);
            }
            if wrong == 0 {
                return Ok(());
            }
        }
        Err(refusal(K::PREFIX, K::DIGITS, text, Self::OTHER_LENGTH))
    }
}

impl<K: SidKind> SidVisitor<'_, K> {
    /// What is said of a text of another length. Its length is left out: a fixed text costs least, and a
    /// decoder says itself where the text ends.
    const OTHER_LENGTH: &'static str = sid_str(&Self::OTHER_LENGTH_BYTES);
    const OTHER_LENGTH_BYTES: [u8; 61] = {
        let mut text = *b"expected `__` and 32 hexadecimal digits, found another length";
        let [_, _, _, _, _, _, _, _, _, _, first, second, ..] = &mut text;
        [*first, *second] = *K::PREFIX;
        text
    };
}

/// The error of a text that is not a SID of the wanted kind.
#[cold]
fn refusal<E: de::Error>(
    prefix: &[u8; 2],
    allowed: Digits,
    text: &str,
    other_length: &'static str,
) -> E {
    match check(prefix, allowed, text.as_bytes()) {
        // The visitor refuses nothing that is right, as a test makes sure of.
        Ok(_) | Err(SidErrorKind::Length { .. }) => E::custom(other_length),
        Err(kind) => {
            let prefix = *prefix;
            E::custom(Message::new(&SidError { prefix, kind }).text())
        }
    }
}

/// Reads and checks a SID as a member of a reply.
pub(crate) struct SidText<'a> {
    prefix: &'static [u8; 2],
    allowed: Digits,
    other_length: &'static str,
    sid: &'a mut [u8; 34],
}

impl<'a> SidText<'a> {
    pub(crate) fn new<K: SidKind>(sid: &'a mut [u8; 34]) -> Self {
        Self {
            prefix: K::PREFIX,
            allowed: K::DIGITS,
            other_length: SidVisitor::<K>::OTHER_LENGTH,
            sid,
        }
    }
}

impl Text for SidText<'_> {
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a SID that begins with `{}`", sid_str(self.prefix))
    }

    fn take(&mut self, text: &str) -> Result<(), Box<dyn fmt::Display>> {
        match check(self.prefix, self.allowed, text.as_bytes()) {
            Ok(sid) => {
                *self.sid = *sid;
                Ok(())
            }
            Err(SidErrorKind::Length { .. }) => Err(Box::new(self.other_length)),
            Err(kind) => Err(Box::new(SidError {
                prefix: *self.prefix,
                kind,
            })),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::value::{Error as ValueError, StrDeserializer};

    use super::*;

    macro_rules! kinds {
        ($($name:ident: $digits:ident,)+) => {
            $(struct $name;

            impl SidKind for $name {
                const PREFIX: &'static [u8; 2] = b"XE";
                const DIGITS: Digits = Digits::$digits;
            })+
        };
    }

    kinds! {
        Xe: AnyCase,
        Lower: Lower,
        Upper: Upper,
    }

    const GOOD: &str = "XE0123456789abcdefABCDEF0123456789";

    /// The rule as one would write it without thinking of speed.
    fn plainly(text: &str) -> Result<(), SidErrorKind> {
        if text.len() != 34 {
            return Err(SidErrorKind::Length { found: text.len() });
        }
        if !text.starts_with("XE") {
            return Err(SidErrorKind::Prefix);
        }
        match text
            .bytes()
            .skip(2)
            .position(|byte| !byte.is_ascii_hexdigit())
        {
            Some(index) => Err(SidErrorKind::Digit {
                position: index + 2,
            }),
            None => Ok(()),
        }
    }

    fn agrees(text: &str) {
        let checked = check_sid::<Xe>(text);
        assert_eq!(
            checked.map(|_| ()).map_err(|e| e.kind()),
            plainly(text),
            "{text:?}"
        );
        if let Ok(bytes) = checked {
            assert_eq!(sid_str(&bytes), text);
        }
        decodes_as_it_parses::<Xe>(text);
    }

    /// Decoding has a check of its own, for speed.
    fn decodes_as_it_parses<K: SidKind>(text: &str) {
        let decoded = deserialize_sid::<K, _>(StrDeserializer::<ValueError>::new(text));
        let parsed = check_sid::<K>(text).map_err(|error| match error.kind() {
            SidErrorKind::Length { .. } => {
                "expected `XE` and 32 hexadecimal digits, found another length".to_owned()
            }
            _ => error.to_string(),
        });
        assert_eq!(
            decoded.map_err(|error| error.to_string()),
            parsed,
            "{text:?}"
        );
    }

    #[test]
    fn it_works_at_compile_time() {
        const CHECKED: Result<[u8; 34], SidError> = check_sid::<Xe>(GOOD);
        assert_eq!(sid_str(&CHECKED.unwrap()), GOOD);
    }

    #[test]
    fn every_byte_at_every_position_is_judged_as_the_plain_rule_does() {
        for position in 0..34 {
            for byte in 0..=127u8 {
                let mut bytes = GOOD.as_bytes().to_vec();
                bytes[position] = byte;
                agrees(&String::from_utf8(bytes).unwrap());
            }
        }
    }

    #[test]
    fn a_digit_of_the_other_case_is_refused_where_the_pattern_allows_one_case() {
        for byte in 0..=127u8 {
            let text = format!("XE{}", char::from(byte).to_string().repeat(32));
            let lower = byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            let upper = byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte);
            assert_eq!(check_sid::<Lower>(&text).is_ok(), lower, "{text}");
            assert_eq!(check_sid::<Upper>(&text).is_ok(), upper, "{text}");
            decodes_as_it_parses::<Lower>(&text);
            decodes_as_it_parses::<Upper>(&text);
        }
    }

    #[test]
    fn lengths_and_foreign_letters_are_refused() {
        let zeros = |count| "0".repeat(count);
        for text in [
            String::new(),
            "XE".to_owned(),
            format!("XE{}", zeros(31)),
            format!("XE{}", zeros(33)),
            format!("{GOOD}\n"),
            format!("XE{}\0", zeros(31)),
            format!("XE{}é", zeros(30)),
            format!("XEé{}", zeros(30)),
            format!("éXE{}", zeros(30)),
            format!("XB{}", zeros(32)),
            format!("xe{}", zeros(32)),
        ] {
            assert!(check_sid::<Xe>(&text).is_err(), "{text:?}");
            agrees(&text);
        }
    }

    #[test]
    fn decoding_says_which_rule() {
        let mut json = serde_json::Deserializer::from_str("\"XB0123456789abcdefABCDEF0123456789\"");
        let error = deserialize_sid::<Xe, _>(&mut json).unwrap_err().to_string();
        assert!(
            error.contains("expected a SID that begins with `XE`"),
            "{error}"
        );
        let mut json = serde_json::Deserializer::from_str("7");
        let error = deserialize_sid::<Xe, _>(&mut json).unwrap_err().to_string();
        assert!(
            error.contains("expected a SID that begins with `XE`"),
            "{error}"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_judged_as_the_plain_rule_does(text in "(XE)?[0-9a-fA-Fg@`é]{0,40}") {
            agrees(&text);
        }

        #[test]
        fn every_well_formed_sid_passes(text in "XE[0-9a-fA-F]{32}") {
            prop_assert!(check_sid::<Xe>(&text).is_ok());
        }
    }
}
