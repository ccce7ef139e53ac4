//! Takes a client's credentials out of what a server says, before any of it is kept. Servers and proxies repeat headers
//! that they do not like, and what is kept ends in errors, logs and spans.
//!
//! It happens in one place: where a response's headers, and as much of its body as an error keeps, arrive. A second look
//! is taken at every finished error, for what it tells of a body that was decoded and of links. The values of a successful
//! response are what was asked for, and are handed on as they came.

use std::fmt::Write;
use std::ops::Range;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::one_line::is_clean;
use crate::runtime::ERROR_BYTES;

/// What is shown in place of credentials.
const SHOWN: &str = "[credentials]";

/// A shorter secret is no credential of Twilio's, whose tokens and secrets have 32 characters, but a test's `token`. Taking it
/// out would take the word out of every text. The encoded pair with the user name is always long enough.
///
/// The beginning of a secret is taken out from this length on too: texts are cut, and addresses are split, in its midst.
pub(crate) const SHORTEST: usize = 8;

/// So many spaces, line breaks or control characters may be between two characters of a secret, as where long lines are folded.
const MOST_BETWEEN: usize = 8;

/// What an escape begins with.
const ESCAPES: [u8; 3] = *b"%\\&";

/// Finds a client's credentials, however they are spelled: in either case of letters; with percent signs, backslashes or
/// character references; in either alphabet of Base64, padded or not; folded into lines.
pub(crate) struct Concealer {
    needles: Vec<Needle>,
    /// Whether some spelling of some needle begins with a byte.
    begins: [bool; 256],
    /// Whether a byte can follow the first one of some spelling of some needle.
    continues: [bool; 256],
    shortest: usize,
}

/// One text to be found.
struct Needle {
    bytes: Zeroizing<Vec<u8>>,
    base64: bool,
}

/// How far a needle agrees with the beginning of a text.
struct Agreement {
    /// How many of the needle's characters are there.
    characters: usize,
    /// How many bytes they take.
    length: usize,
    whole: bool,
}

impl Concealer {
    /// `secret` as it is, and other texts that are as good as the secret, in Base64.
    pub(crate) fn new<'a>(secret: &str, encoded: impl IntoIterator<Item = &'a str>) -> Self {
        let mut needles: Vec<Needle> = encoded
            .into_iter()
            .map(|text| Needle::new(text.trim_end_matches('='), true))
            .chain([Needle::new(secret, false)])
            .filter(|needle| needle.bytes.len() >= SHORTEST)
            .collect();
        needles.sort_by_key(|needle| std::cmp::Reverse(needle.bytes.len()));
        let at = |place: usize| {
            let mut bytes = [false; 256];
            for (byte, is_one) in (0..=u8::MAX).zip(&mut bytes) {
                *is_one = ESCAPES.contains(&byte)
                    || needles.iter().any(|needle| {
                        let wanted = needle.bytes.get(place);
                        wanted.is_some_and(|wanted| needle.same(byte, *wanted))
                    });
            }
            bytes
        };
        let begins = at(0);
        let mut continues = at(1);
        for (byte, is_one) in (0..=u8::MAX).zip(&mut continues) {
            // What is not shown can be between the two.
            *is_one |= !byte.is_ascii_graphic();
        }
        let shortest = needles
            .last()
            .map_or(usize::MAX, |needle| needle.bytes.len());
        Self {
            needles,
            begins,
            continues,
            shortest,
        }
    }

    /// Takes credentials out of headers. Every response has them, and most are shorter than any credential: these are not
    /// searched for the beginning of one.
    pub(crate) fn headers(&self, headers: &mut HeaderMap) {
        let long = |text: &[u8]| text.len() >= self.shortest;
        let names = headers.keys().map(HeaderName::as_str);
        let names = names.filter(|name| long(name.as_bytes()) && self.holds(name));
        for name in names.map(str::to_owned).collect::<Vec<_>>() {
            headers.remove(name);
        }
        for value in headers.values_mut() {
            if long(value.as_bytes())
                && let Some(shown) = self.bytes(value.as_bytes())
            {
                let shown = HeaderValue::from_maybe_shared(bytes::Bytes::from(shown));
                *value = shown.unwrap_or(HeaderValue::from_static(SHOWN));
            }
        }
    }

    /// Takes credentials out of a body, or out of its beginning, and says whether that had to be cut. What is shown in their
    /// place can be longer than they were; only what is beyond the length that an error keeps is cut, because an error
    /// document without its end could not be read.
    pub(crate) fn body(&self, body: &mut Vec<u8>) -> bool {
        let Some(mut shown) = self.bytes(body) else {
            return false;
        };
        let most = body.len().max(ERROR_BYTES);
        let is_cut = shown.len() > most;
        shown.truncate(most);
        *body = shown;
        is_cut
    }

    /// The text without credentials, if there are some in it.
    pub(crate) fn text(&self, text: &str) -> Option<String> {
        let shown = self.bytes(text.as_bytes())?;
        // A credential begins and ends with ASCII, so what is left of a text is text.
        Some(String::from_utf8_lossy(&shown).into_owned())
    }

    /// An error and its causes as one text without credentials, if there are some in how they show themselves.
    pub(crate) fn causes(&self, error: &(dyn std::error::Error + 'static)) -> Option<String> {
        let mut shown = format!("{error}");
        let mut debugged = format!("{error:?}");
        let mut cause = error.source();
        while let Some(error) = cause {
            // Writing to a string cannot fail.
            let _ = write!(shown, ": {error}");
            let _ = write!(debugged, "\n{error:?}");
            cause = error.source();
        }
        self.text(&shown)
            .or_else(|| self.holds(&debugged).then_some(shown))
    }

    fn holds(&self, text: &str) -> bool {
        self.find(text.as_bytes()).is_some()
    }

    fn bytes(&self, text: &[u8]) -> Option<Vec<u8>> {
        let mut found = Some(self.find(text)?);
        let mut shown = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some(Range { start, end }) = found {
            let (before, _) = rest.split_at_checked(start).unwrap_or((rest, b""));
            // What is left of an escape would spoil the JSON document around it.
            let escape = before.iter().rev().take_while(|byte| **byte == b'\\');
            let kept = before.len() - escape.count();
            shown.extend(before.iter().take(kept));
            shown.extend_from_slice(SHOWN.as_bytes());
            rest = rest.get(end..).unwrap_or_default();
            found = self.find(rest);
        }
        shown.extend_from_slice(rest);
        Some(shown)
    }

    /// The first place of a credential, or of the beginning of one.
    fn find(&self, text: &[u8]) -> Option<Range<usize>> {
        let is = |table: &[bool; 256], byte: u8| table.get(usize::from(byte)) == Some(&true);
        // An escape of the first character is longer than a byte, so that anything can follow its first one.
        let may_begin = |bytes: &[u8]| match bytes {
            [first, second] if is(&self.begins, *first) => {
                ESCAPES.contains(first) || is(&self.continues, *second)
            }
            _ => false,
        };
        let mut start = 0;
        loop {
            let rest = text.get(start..)?;
            start += rest.windows(2).position(may_begin)?;
            let rest = text.get(start..)?;
            let found = self.needles.iter().filter_map(|needle| {
                let agreement = needle.agreement(rest);
                let enough = agreement.whole || agreement.characters >= SHORTEST;
                enough.then_some(agreement.length)
            });
            if let Some(length) = found.max() {
                return Some(start..start + length);
            }
            start += 1;
        }
    }
}

impl Needle {
    fn new(text: &str, base64: bool) -> Self {
        Self {
            bytes: Zeroizing::new(text.as_bytes().to_vec()),
            base64,
        }
    }

    fn agreement(&self, text: &[u8]) -> Agreement {
        let agreed = |characters, length| Agreement {
            characters,
            length,
            whole: characters == self.bytes.len(),
        };
        // Where the secret itself holds what could be read as an escape, only this comparison is sure to find it.
        let literal = text.get(..self.bytes.len());
        if !self.base64 && literal.is_some_and(|literal| literal.eq_ignore_ascii_case(&self.bytes))
        {
            return agreed(self.bytes.len(), self.bytes.len());
        }
        let mut rest = text;
        for (count, wanted) in self.bytes.iter().enumerate() {
            let next = self.bytes.get(count + 1);
            let mut after = rest;
            let mut between = 0;
            loop {
                if let Some(length) = self.length_of(*wanted, next, after) {
                    rest = after.get(length..).unwrap_or_default();
                    break;
                }
                if breaks_off(after) {
                    return agreed(count, text.len());
                }
                match length_of_space(after) {
                    Some(length) if count > 0 && between < MOST_BETWEEN => {
                        between += 1;
                        after = after.get(length..).unwrap_or_default();
                    }
                    _ => return agreed(count, text.len() - rest.len()),
                }
            }
        }
        while self.base64
            && let Some(length) = self.length_of(b'=', None, rest)
        {
            rest = rest.get(length..).unwrap_or_default();
        }
        agreed(self.bytes.len(), text.len() - rest.len())
    }

    /// How many bytes at the beginning of a text spell the wanted one, if they do. `next` is wanted after it.
    fn length_of(&self, wanted: u8, next: Option<&u8>, text: &[u8]) -> Option<usize> {
        let first = *text.first()?;
        if !ESCAPES.contains(&first) {
            return self.same(first, wanted).then_some(1);
        }
        if wanted == b'\\' && text.starts_with(br"\\") {
            return Some(2);
        }
        if let Some((character, length)) = spelled(text)
            && u8::try_from(character).is_ok_and(|byte| self.same(byte, wanted))
        {
            return Some(length);
        }
        // What follows an encoded percent sign of the secret's own can look like one more escape.
        if wanted == b'%'
            && let Some(rest) = text.strip_prefix(b"%25")
            && (next.is_none() || rest.first() == next)
        {
            return Some(3);
        }
        self.same(first, wanted).then_some(1)
    }

    /// Whether a byte is the wanted one, or means the same.
    fn same(&self, byte: u8, wanted: u8) -> bool {
        byte.eq_ignore_ascii_case(&wanted)
            || self.base64 && matches!((byte, wanted), (b'-', b'+') | (b'_', b'/'))
            || (byte, wanted) == (b'+', b' ')
    }
}

/// Whether a text ends here, or in the midst of a character that is spelled.
fn breaks_off(rest: &[u8]) -> bool {
    match rest.split_first() {
        None => true,
        Some((b'%', digits)) => digits.len() < 2 && digits.iter().all(u8::is_ascii_hexdigit),
        Some((b'\\', [])) => true,
        Some((b'\\', [b'u', digits @ ..])) => {
            digits.len() < 4 && digits.iter().all(u8::is_ascii_hexdigit)
        }
        Some((b'&', name)) => name.len() < 6 && !name.contains(&b';'),
        Some(_) => false,
    }
}

/// How many bytes at the beginning of a text are one space or something that is shown as one.
fn length_of_space(text: &[u8]) -> Option<usize> {
    let space = |character: char| character.is_whitespace() || !is_clean(character);
    // Most characters show themselves, and every response comes by here.
    if matches!(text.first(), Some(first) if first.is_ascii_graphic() && !ESCAPES.contains(first)) {
        return None;
    }
    if let Some((character, length)) = spelled(text) {
        return space(character).then_some(length);
    }
    let first = text.get(..4).unwrap_or(text);
    let character = first.utf8_chunks().next()?.valid().chars().next()?;
    space(character).then_some(character.len_utf8())
}

/// The character that an escape at the beginning of a text is for, and the length of the escape.
fn spelled(text: &[u8]) -> Option<(char, usize)> {
    match text {
        [b'%', rest @ ..] => {
            // An address within an address has its percent signs encoded once more.
            let mut digits = rest;
            while let [b'2', b'5', more @ ..] = digits
                && hexadecimal(more, 2).is_some()
            {
                digits = more;
            }
            Some((hexadecimal(digits, 2)?, text.len() - digits.len() + 2))
        }
        [b'\\', ..] => {
            let slashes = text.iter().take_while(|byte| **byte == b'\\').count();
            let (character, length) = match text.get(slashes..)? {
                [b'u', digits @ ..] if let Some(character) = hexadecimal(digits, 4) => {
                    (character, 5)
                }
                [b'x', digits @ ..] if let Some(character) = hexadecimal(digits, 2) => {
                    (character, 3)
                }
                [b'n', ..] => ('\n', 1),
                [b'r', ..] => ('\r', 1),
                [b't', ..] => ('\t', 1),
                [b'b', ..] => ('\u{8}', 1),
                [b'f', ..] => ('\u{c}', 1),
                [byte, ..] if byte.is_ascii() => (char::from(*byte), 1),
                _ => return None,
            };
            Some((character, slashes + length))
        }
        [b'&', rest @ ..] => {
            let end = rest.iter().take(8).position(|byte| *byte == b';')?;
            let name = str::from_utf8(rest.get(..end)?).ok()?;
            let character = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => ' ',
                _ => {
                    let number = name.strip_prefix('#')?;
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(digits) => u32::from_str_radix(digits, 16),
                        None => number.parse(),
                    };
                    char::from_u32(code.ok()?)?
                }
            };
            Some((character, end + 2))
        }
        _ => None,
    }
}

/// The character of so many hexadecimal digits at the beginning of a text.
fn hexadecimal(text: &[u8], digits: usize) -> Option<char> {
    let digits = text.get(..digits)?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let code = u32::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
    char::from_u32(code)
}

#[cfg(test)]
mod tests;
