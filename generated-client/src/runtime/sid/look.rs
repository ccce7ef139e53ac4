//! What a text that is not a SID of the wanted kind looks like. It is found out only once the text is refused, and without
//! keeping the text. Everything here works at compile time too.

use super::{SidRule, check};

/// What a refused text looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing that is known.
    Unknown,
    /// Nothing at all.
    Empty,
    /// A SID of the kind with this place in the table of kinds.
    Another(u8),
    /// The SID with white space around it.
    Padded,
    /// The SID in quotation marks.
    Quoted,
    /// The SID with letters or digits of the wrong case.
    Case,
    /// A URL or a path that ends with the SID.
    Locator,
    /// Another URL or path.
    OtherLocator,
    /// The digits without the letters.
    Bare,
    /// A name, as the unique names of resources are.
    Name,
}

impl Look {
    /// What `text` looks like, which the rule refuses.
    pub(super) const fn of(rule: &SidRule, text: &[u8]) -> Self {
        if text.is_empty() {
            return Self::Empty;
        }
        let trimmed = text.trim_ascii();
        if let Some(look) = Self::of_sid(rule, trimmed) {
            return match look {
                Self::Unknown => Self::Padded,
                look => look,
            };
        }
        if let Some(look) = Self::of_sid(rule, unquoted(trimmed)) {
            return match look {
                Self::Unknown => Self::Quoted,
                look => look,
            };
        }
        if contains(trimmed, b'/') {
            return match Self::of_sid(rule, last_segment(trimmed)) {
                Some(Self::Unknown) => Self::Locator,
                _ => Self::OtherLocator,
            };
        }
        if trimmed.len() == 32 && all_hexadecimal(trimmed) {
            return Self::Bare;
        }
        if text.len() != 34 && is_name(trimmed) && !is_beginning(rule, trimmed) {
            return Self::Name;
        }
        Self::Unknown
    }

    /// What a text looks like that has the form of a SID: `Unknown` where it is right. `None` for any other text.
    const fn of_sid(rule: &SidRule, text: &[u8]) -> Option<Self> {
        if check(rule.prefix, rule.digits, text).is_ok() {
            return Some(Self::Unknown);
        }
        let Some(([first, second], digits)) = text.split_first_chunk::<2>() else {
            return None;
        };
        if digits.len() != 32 || !all_hexadecimal(digits) {
            return None;
        }
        let [wanted, then] = *rule.prefix;
        if first.to_ascii_uppercase() == wanted && second.to_ascii_uppercase() == then {
            return Some(Self::Case);
        }
        let mut kinds = rule.kinds;
        let mut index = 0;
        while let Some(([prefix, _], rest)) = kinds.split_first() {
            let found = [first.to_ascii_uppercase(), second.to_ascii_uppercase()];
            if let [a, b] = *prefix.as_bytes()
                && a == found[0]
                && b == found[1]
            {
                return Some(Self::Another(index));
            }
            kinds = rest;
            index += 1;
        }
        None
    }
}

const fn unquoted(text: &[u8]) -> &[u8] {
    match text {
        [b'"', inner @ .., b'"'] | [b'\'', inner @ .., b'\''] | [b'`', inner @ .., b'`'] => inner,
        _ => text,
    }
}

const fn contains(mut text: &[u8], byte: u8) -> bool {
    while let Some((first, rest)) = text.split_first() {
        if *first == byte {
            return true;
        }
        text = rest;
    }
    false
}

/// What follows the last slash of a path, without a query, a slash at the end and `.json`.
const fn last_segment(text: &[u8]) -> &[u8] {
    let mut path = text;
    let mut rest = text;
    // The path ends where a query or a fragment begins.
    while let Some((first, after)) = rest.split_first() {
        if matches!(*first, b'?' | b'#') {
            path = text.split_at(text.len() - rest.len()).0;
            break;
        }
        rest = after;
    }
    if let [before @ .., b'/'] | [before @ .., b'.', b'j', b's', b'o', b'n'] = path {
        path = before;
    }
    let mut before = path;
    while let Some((last, earlier)) = before.split_last() {
        if *last == b'/' {
            return path.split_at(before.len()).1;
        }
        before = earlier;
    }
    path
}

const fn all_hexadecimal(mut text: &[u8]) -> bool {
    while let Some((first, rest)) = text.split_first() {
        if !first.is_ascii_hexdigit() {
            return false;
        }
        text = rest;
    }
    true
}

/// A letter, then letters, digits, `_`, `-` and `.`.
const fn is_name(mut text: &[u8]) -> bool {
    let Some((first, _)) = text.split_first() else {
        return false;
    };
    if !first.is_ascii_alphabetic() {
        return false;
    }
    while let Some((first, rest)) = text.split_first() {
        if !first.is_ascii_alphanumeric() && !matches!(*first, b'_' | b'-' | b'.') {
            return false;
        }
        text = rest;
    }
    true
}

/// Whether it begins as a SID of the kind does and has hexadecimal digits only: one with too many or too few.
const fn is_beginning(rule: &SidRule, text: &[u8]) -> bool {
    let [wanted, then] = *rule.prefix;
    match text {
        [first, second, digits @ ..] => {
            *first == wanted && *second == then && all_hexadecimal(digits)
        }
        _ => false,
    }
}
