//! JSON compared exactly: numbers by the decimal that their digits write, never through a binary fraction, so that
//! `1.10` equals `1.1` and differs from `1.1000000000000001`.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// A JSON document whose numbers are kept as decimals of any length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exact {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Object(BTreeMap<String, Self>),
}

/// A decimal: its digits without zeros at either end, and the power of ten of the last of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Exact {
    /// Reads a JSON text.
    ///
    /// # Errors
    /// When it is not one JSON document.
    pub fn read(text: &str) -> serde_json::Result<Self> {
        match text.trim_start().bytes().next() {
            Some(b'{') => serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(text)?
                .into_iter()
                .map(|(name, member)| Ok((name, Self::read(member.get())?)))
                .collect::<serde_json::Result<_>>()
                .map(Self::Object),
            Some(b'[') => serde_json::from_str::<Vec<Box<RawValue>>>(text)?
                .into_iter()
                .map(|item| Self::read(item.get()))
                .collect::<serde_json::Result<_>>()
                .map(Self::List),
            Some(b'"') => serde_json::from_str(text).map(Self::Text),
            Some(b't' | b'f') => serde_json::from_str(text).map(Self::Bool),
            Some(b'n') => serde_json::from_str::<()>(text).map(|()| Self::Null),
            _ => {
                let number: Box<RawValue> = serde_json::from_str(text)?;
                Ok(Self::Number(Number::read(number.get())))
            }
        }
    }

    /// The same without the members that are null, at any depth.
    #[must_use]
    pub fn without_nulls(self) -> Self {
        match self {
            Self::Object(members) => Self::Object(
                members
                    .into_iter()
                    .filter(|(_, member)| *member != Self::Null)
                    .map(|(name, member)| (name, member.without_nulls()))
                    .collect(),
            ),
            Self::List(items) => Self::List(items.into_iter().map(Self::without_nulls).collect()),
            other => other,
        }
    }
}

impl Number {
    /// Takes the text of a JSON number apart.
    fn read(text: &str) -> Self {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let kept = all.trim_end_matches('0');
        let digits = kept.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Self {
                negative: false,
                digits,
                exponent: 0,
            };
        }
        let shift = (all.len() - kept.len()) as i64 - fraction.len() as i64;
        Self {
            negative,
            digits,
            exponent: exponent
                .parse::<i64>()
                .unwrap_or(i64::MAX)
                .saturating_add(shift),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Exact {
        Exact::read(text).unwrap()
    }

    #[test]
    fn numbers_are_equal_when_their_decimals_are() {
        for (one, two) in [
            ("1.10", "1.1"),
            ("100", "1e2"),
            ("0", "-0.00"),
            (
                "12345678901234567890.1234567890",
                "1234567890123456789012.3456789E-2",
            ),
        ] {
            assert_eq!(read(one), read(two), "{one} {two}");
        }
        for (one, two) in [
            ("1.1", "1.1000000000000001"),
            ("1", "-1"),
            ("10", "1"),
            ("9007199254740993", "9007199254740992"),
        ] {
            assert_ne!(read(one), read(two), "{one} {two}");
        }
    }

    #[test]
    fn a_whole_document_is_compared_without_regard_to_order_space_and_nulls() {
        let one = read(r#" {"a": [1.50, "x\u00e9", true, null], "b": null, "c": {"d": null}} "#);
        let two = read(r#"{"c":{},"a":[1.5,"xé",true,null]}"#);
        assert_ne!(one, two);
        assert_eq!(one.without_nulls(), two);
    }

    #[test]
    fn what_is_not_one_document_is_an_error() {
        for text in ["", "{", "[1] 2", "nul", "1.", "01", "+1"] {
            assert!(Exact::read(text).is_err(), "{text:?}");
        }
    }
}
