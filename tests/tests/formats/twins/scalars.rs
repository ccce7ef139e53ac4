//! The scalars that the twins are made of, from what serde derives and other libraries check.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The words by which a twin refuses a number whose digits a binary fraction of 64 bits does not keep.
pub(crate) const TOO_MANY_DIGITS: &str = "the twin reads at most 15 digits";

/// A SID, checked by its pattern.
macro_rules! sid {
    ($name:ident, $pattern:literal) => {
        #[derive(Debug, Deserialize, Serialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, &'static str> {
                static PATTERN: std::sync::LazyLock<regress::Regex> =
                    std::sync::LazyLock::new(|| regress::Regex::new($pattern).unwrap());
                match PATTERN.find(&text) {
                    Some(_) => Ok(Self(text)),
                    None => Err("the pattern does not match"),
                }
            }
        }
    };
}

/// A string of which some values are known, and a date.
macro_rules! text {
    ($name:ident) => {
        #[derive(Debug, Deserialize, Serialize)]
        pub struct $name(String);
    };
}

pub(super) use {sid, text};

text!(Timestamp);

/// What a number or a text is to serde.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Number {
    Unsigned(u64),
    Signed(i64),
    Fraction(f64),
    Text(String),
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(try_from = "Number", into = "Number")]
pub struct Amount(Decimal);

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(try_from = "Amount", into = "Amount")]
pub struct Quantity(Amount);

impl TryFrom<Number> for Amount {
    type Error = String;

    fn try_from(number: Number) -> Result<Self, String> {
        let text = match number {
            Number::Unsigned(value) => value.to_string(),
            Number::Signed(value) => value.to_string(),
            Number::Fraction(value) => {
                let shown = format!("{value:e}");
                let mantissa = shown.split('e').next().unwrap_or_default();
                if mantissa.bytes().filter(u8::is_ascii_digit).count() > 15 {
                    return Err(TOO_MANY_DIGITS.to_owned());
                }
                shown
            }
            Number::Text(text) => text.trim().to_owned(),
        };
        decimal(&text)
            .map(Self)
            .ok_or_else(|| format!("{text:?} is no decimal"))
    }
}

/// The decimal of a text, which must be exact.
fn decimal(text: &str) -> Option<Decimal> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let written = digits.trim_start_matches(['+', '-']);
    let is_number = written
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !is_number || digits.len() > written.len() + 1 {
        return None;
    }
    // A decimal with its point at the end or the beginning is one to us and not to the library.
    let (before, behind) = written.split_once('.').unwrap_or((written, ""));
    if before.is_empty() && behind.is_empty() {
        return None;
    }
    let sign = if digits.starts_with('-') { "-" } else { "" };
    let exponent: i64 = exponent.parse().ok()?;
    let behind_count = i64::try_from(behind.len()).ok()?;
    // The digits without a point, as many zeros as belong behind them, and the point put back.
    let all = format!("{before}{behind}");
    let significant = all.trim_start_matches('0');
    let scale = behind_count - exponent;
    if significant.is_empty() {
        return Some(Decimal::ZERO);
    }
    if !(-40..=40).contains(&scale) {
        return None;
    }
    let zeros = usize::try_from(-scale).unwrap_or_default();
    let scale = u32::try_from(scale).unwrap_or_default();
    let mantissa = format!("{sign}{significant}{}", "0".repeat(zeros));
    let mantissa = i128::from_str(&mantissa).ok()?;
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

impl From<Amount> for Number {
    fn from(Amount(value): Amount) -> Self {
        let value = value.normalize();
        let text = value.to_string();
        let digits = value.mantissa().to_string();
        let significant = digits.trim_start_matches('-').trim_end_matches('0');
        match text.parse() {
            Ok(integer) => Self::Signed(integer),
            Err(_) if significant.len() <= 15 => {
                text.parse().map_or(Self::Text(text), Self::Fraction)
            }
            Err(_) => Self::Text(text),
        }
    }
}

impl TryFrom<Amount> for Quantity {
    type Error = &'static str;

    fn try_from(amount: Amount) -> Result<Self, &'static str> {
        if amount.0 > Decimal::ZERO {
            Ok(Self(amount))
        } else {
            Err("not above zero")
        }
    }
}

impl From<Quantity> for Amount {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}
