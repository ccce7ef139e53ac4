//! The one check behind every SID type: two letters, then 32 hexadecimal digits, case kept. It runs
//! at compile time and at run time and allocates nothing. What is wrong with a text is found out only once it is known to be.
//! Which two letters is what the generated types add.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{self, Deserializer, Visitor};

pub use self::error::{SidError, SidErrorKind};
use super::value::Text;

mod error;
mod look;
mod message;

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
    /// The kind in words: `installed add-on`.
    const NOUN: &'static str;
    /// The letters and the words of every kind that is known.
    const KINDS: &'static [[&'static str; 2]];
    /// All of these, for what is not generic.
    const RULE: &'static SidRule = &SidRule {
        prefix: Self::PREFIX,
        digits: Self::DIGITS,
        noun: Self::NOUN,
        kinds: Self::KINDS,
    };
}

/// The rule of one kind of SID.
#[derive(PartialEq, Eq)]
pub(crate) struct SidRule {
    prefix: &'static [u8; 2],
    digits: Digits,
    noun: &'static str,
    kinds: &'static [[&'static str; 2]],
}

/// Checks `text` and hands back its bytes.
#[inline]
pub(crate) const fn check_sid<K: SidKind>(text: &str) -> Result<[u8; 34], SidError> {
    match check(K::PREFIX, K::DIGITS, text.as_bytes()) {
        Ok(bytes) => Ok(*bytes),
        Err(kind) => Err(SidError::new(K::RULE, kind, text.as_bytes())),
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
        expecting(K::RULE, f)
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
        Err(refusal(K::RULE, text))
    }
}

fn expecting(rule: &SidRule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let article = if rule.noun.starts_with(['a', 'e', 'i', 'o', 'u', 'A']) {
        "an"
    } else {
        "a"
    };
    let prefix = sid_str(rule.prefix);
    write!(
        f,
        "{article} {} SID, which begins with `{prefix}`",
        rule.noun
    )
}

/// The error of a text that is not a SID of the wanted kind.
#[cold]
fn refusal<E: de::Error>(rule: &'static SidRule, text: &str) -> E {
    match check(rule.prefix, rule.digits, text.as_bytes()) {
        Err(kind) => E::custom(SidError::new(rule, kind, text.as_bytes())),
        // The visitor refuses nothing that is right, as a test makes sure of.
        Ok(_) => E::custom("expected a SID"),
    }
}

/// Reads and checks a SID as a property of a response.
pub(crate) struct SidText<'a> {
    rule: &'static SidRule,
    sid: &'a mut [u8; 34],
}

impl<'a> SidText<'a> {
    pub(crate) fn new<K: SidKind>(sid: &'a mut [u8; 34]) -> Self {
        Self { rule: K::RULE, sid }
    }
}

impl Text for SidText<'_> {
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(self.rule, f)
    }

    fn take(&mut self, text: &str) -> Result<(), Box<dyn fmt::Display>> {
        match check(self.rule.prefix, self.rule.digits, text.as_bytes()) {
            Ok(sid) => {
                *self.sid = *sid;
                Ok(())
            }
            Err(kind) => Err(Box::new(SidError::new(self.rule, kind, text.as_bytes()))),
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
                const NOUN: &'static str = "installed add-on";
                const KINDS: &'static [[&'static str; 2]] =
                    &[["AC", "account"], ["XE", "installed add-on"], ["SK", "API key"]];
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
        let parsed = check_sid::<K>(text).map_err(|error| error.to_string());
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
        const REFUSED: usize = match check_sid::<Xe>("AC0123456789abcdefABCDEF0123456789") {
            Ok(_) => 0,
            Err(error) => error.message().text().len(),
        };
        assert_eq!(
            REFUSED,
            "this is an account SID, expected an installed add-on SID, which begins with `XE`"
                .len()
        );
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
    fn an_error_says_what_is_wanted_and_what_the_text_looks_like() {
        const WANTED: &str = "expected an installed add-on SID, which begins with `XE`";
        let zeros = |letters: &str| format!("{letters}{}", "0".repeat(32));
        let sentence = |beginning: &str| format!("{beginning}, {WANTED}");
        let this = |rest: &str| format!("this is an installed add-on SID {rest}");
        let length = |found: usize| {
            format!(
                "expected an installed add-on SID: `XE` and 32 hexadecimal digits, 34 characters in all, found {found} bytes"
            )
        };
        let padded = this("with white space around it: remove the white space");
        let quoted = this("in quotation marks: remove the quotation marks");
        let case = this(
            "in the wrong case: it begins with `XE` and keeps its digits as Twilio writes them",
        );
        let ends =
            "this is a URL or a path that ends with an installed add-on SID: pass the SID alone"
                .to_owned();
        let name = "this looks like a name, expected an installed add-on SID: `XE` and 32 hexadecimal digits".to_owned();
        let cases = [
            (String::new(), sentence("the text is empty")),
            (zeros("AC"), sentence("this is an account SID")),
            (zeros("SK"), sentence("this is an API key SID")),
            (format!(" {}\n", zeros("AC")), sentence("this is an account SID")),
            (zeros("QQ"), format!("{WANTED}, found other letters")),
            (format!(" {GOOD}\r\n"), padded.clone()),
            (format!("{GOOD}\t"), padded),
            (format!("\"{GOOD}\""), quoted.clone()),
            (format!("'{GOOD}'"), quoted),
            (zeros("xe"), case.clone()),
            (zeros("Xe"), case),
            (zeros("sk"), sentence("this is an API key SID")),
            (format!("https://marketplace.twilio.com/v1/InstalledAddOns/{GOOD}"), ends.clone()),
            (format!("/v1/InstalledAddOns/{GOOD}/?x=1"), ends.clone()),
            (format!("/v1/InstalledAddOns/{GOOD}.json#y"), ends),
            (format!("https://api.twilio.com/Accounts/{}", zeros("AC")), sentence("this is a URL or a path")),
            (format!("{GOOD}/Extensions"), sentence("this is a URL or a path")),
            (zeros(""), sentence("these are 32 hexadecimal digits without two letters before them")),
            ("call_transcriber".to_owned(), name.clone()),
            ("x".to_owned(), name),
            ("XE".to_owned(), length(2)),
            (format!("{GOOD}00"), length(36)),
            ("!".repeat(1234), length(1234)),
            (
                GOOD.replace("89ab", "8-ab"),
                "expected an installed add-on SID: `XE` and 32 hexadecimal digits, found another character at position 11".to_owned(),
            ),
        ];
        for (text, said) in cases {
            let error = check_sid::<Xe>(&text).unwrap_err();
            assert_eq!(error.to_string(), said, "{text:?}");
            let json = serde_json::to_string(&text).unwrap();
            let mut json = serde_json::Deserializer::from_str(&json);
            let decoded = deserialize_sid::<Xe, _>(&mut json).unwrap_err();
            assert!(decoded.to_string().contains(&said), "{decoded}");
        }
        let mut json = serde_json::Deserializer::from_str("7");
        let error = deserialize_sid::<Xe, _>(&mut json).unwrap_err().to_string();
        assert!(error.contains(WANTED), "{error}");
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

        #[test]
        fn no_error_shows_the_text(text in "[!-~]{8,60}") {
            if let Err(error) = check_sid::<Xe>(&text) {
                prop_assert!(!error.to_string().contains(&text), "{error}");
            }
        }
    }
}
