//! An exact decimal number, as replies carry it and quantities are made of. It compares, adds and subtracts, which
//! is what a biller's checks need; with the feature `rust_decimal` it converts from and into the type that
//! calculates. It is small enough to be written here, and spares every build a library of decimals.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::runtime::{Failed, ReadValue, Source, Text, View, WriteValue, value};

/// The most digits that may be behind the point.
const SCALE: u32 = 28;

/// The largest number without its point: 96 bits, which hold every number of 28 digits.
const MANTISSA: i128 = (1 << 96) - 1;

/// An exact decimal, such as a total of billed quantities, with the digits that the server sent.
///
/// It holds up to 28 digits. It is compared by value, and written back with the digits that were read.
///
/// ```
/// use generated_client::Amount;
///
/// let amount: Amount = serde_json::from_str("0.10").unwrap();
/// assert_eq!(amount.to_string(), "0.10");
/// assert_eq!(amount, "0.1".parse().unwrap());
/// assert_eq!(serde_json::to_string(&amount).unwrap(), "0.10");
///
/// let sum = amount.checked_add(Amount::from(2)).unwrap();
/// assert_eq!((sum.mantissa(), sum.scale()), (210, 2));
/// ```
///
/// # In formats of serde
/// It is read from a number, and from a text that holds one. No format changes its value.
///
/// | Format | Written as | Digits |
/// |---|---|---|
/// | JSON text | number | all, also the zeros at the end |
/// | `serde_json::Value` | number of up to 15 digits or 64 bits, else text | all; with `arbitrary_precision` all numbers keep theirs |
/// | YAML, TOML, CBOR (ciborium), MessagePack (rmp-serde), forms, RON | number of up to 15 digits or 64 bits, else text | all but the zeros at the end of a number |
/// | bincode, postcard and other formats that are not for people | text | all |
/// | CSV, XML (quick-xml) | number of up to 15 digits or 64 bits, else the same as text | all but the zeros at the end of a number |
/// | key of a map in JSON | text | all |
///
/// Most formats, and serde itself where a type is embedded (`flatten`, `untagged`, tagged enums), hand a number with a point on
/// as a binary fraction of 64 bits. Such a fraction tells 15 digits from all others and no more. One that needs more digits is
/// refused, since it is not known which decimal was meant: write the amount as text there, as this type does. A number of more
/// digits that becomes the fraction of a shorter one is lost before this type sees it, as it is for any type.
#[derive(Clone, Copy)]
pub struct Amount {
    mantissa: i128,
    scale: u32,
}

/// Why a text is no [`Amount`].
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AmountError {
    /// It is not a decimal number.
    NotADecimal,
    /// It has more digits than are kept exactly, or its point stands too far from them.
    TooLong,
}

impl fmt::Display for AmountError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotADecimal => "expected a decimal number",
            Self::TooLong => "expected a decimal number of at most 28 digits",
        })
    }
}

impl std::error::Error for AmountError {}

impl Amount {
    /// Zero.
    pub const ZERO: Self = Self {
        mantissa: 0,
        scale: 0,
    };

    /// The number `mantissa` with its point moved `scale` digits to the left: `new(150, 2)` is `1.50`. Nothing
    /// where that has more than 28 digits before or behind the point.
    #[inline]
    pub const fn new(mantissa: i128, scale: u32) -> Option<Self> {
        if mantissa > MANTISSA || mantissa < -MANTISSA || scale > SCALE {
            None
        } else {
            Some(Self { mantissa, scale })
        }
    }

    /// All digits as a whole number: `150` of `1.50`.
    #[inline]
    pub const fn mantissa(self) -> i128 {
        self.mantissa
    }

    /// How many of the digits stand behind the point: 2 of `1.50`.
    #[inline]
    pub const fn scale(self) -> u32 {
        self.scale
    }

    /// Whether it is zero.
    #[inline]
    pub const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// Whether it is below zero.
    #[inline]
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The same amount with the other sign.
    #[inline]
    pub const fn negated(self) -> Self {
        Self {
            mantissa: -self.mantissa,
            scale: self.scale,
        }
    }

    /// The exact sum, with the digits of whichever has more behind the point. Nothing where that is too long.
    #[inline]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let sum = self.at(scale)?.checked_add(other.at(scale)?)?;
        Self::new(sum, scale)
    }

    /// The exact difference, with the digits of whichever has more behind the point. Nothing where that is too
    /// long.
    #[inline]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.negated())
    }

    /// The mantissa for a larger scale.
    #[inline]
    fn at(self, scale: u32) -> Option<i128> {
        let power = power_of_ten(scale.checked_sub(self.scale)?);
        self.mantissa.checked_mul(power)
    }

    /// The number before the point, and what stands behind it in units of the smallest scale. Both have the sign.
    #[inline]
    fn parts(self) -> (i128, i128) {
        let unit = power_of_ten(self.scale);
        // Less than 10^scale, so the product is less than 10^28.
        let rest = (self.mantissa % unit) * power_of_ten(SCALE - self.scale);
        (self.mantissa / unit, rest)
    }
}

/// A power that fits: no exponent is above 28.
#[inline]
const fn power_of_ten(exponent: u32) -> i128 {
    10_i128.pow(exponent)
}

impl PartialEq for Amount {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Amount {}

impl PartialOrd for Amount {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By value: `0.1` is `0.10`.
impl Ord for Amount {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts())
    }
}

impl Hash for Amount {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl fmt::Display for Amount {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = power_of_ten(self.scale).unsigned_abs();
        let digits = self.mantissa.unsigned_abs();
        let mut text = (digits / unit).to_string();
        if self.scale > 0 {
            let width = usize::try_from(self.scale).unwrap_or_default();
            text.push_str(&format!(".{:0width$}", digits % unit));
        }
        f.pad_integral(self.mantissa >= 0, "", &text)
    }
}

impl fmt::Debug for Amount {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Amount({self})")
    }
}

/// Reads digits with a sign, a point and an exponent where there are such, and rounds nothing.
impl FromStr for Amount {
    type Err = AmountError;

    #[inline]
    fn from_str(text: &str) -> Result<Self, AmountError> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, whole(exponent)?),
            None => (text, 0),
        };
        let (negative, digits) = match digits.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, digits.strip_prefix('+').unwrap_or(digits)),
        };
        let (before, behind) = digits.split_once('.').unwrap_or((digits, ""));
        if before.is_empty() && behind.is_empty() {
            return Err(AmountError::NotADecimal);
        }
        let mut mantissa = 0_i128;
        for byte in before.bytes().chain(behind.bytes()) {
            if !byte.is_ascii_digit() {
                return Err(AmountError::NotADecimal);
            }
            // Once it is beyond what is kept it stays there, and the text is still read to its end.
            if mantissa <= MANTISSA {
                mantissa = mantissa * 10 + i128::from(byte - b'0');
            }
        }
        let signed = if negative { -mantissa } else { mantissa };
        let behind = i64::try_from(behind.len()).map_err(|_| AmountError::TooLong)?;
        point(signed, behind.saturating_sub(exponent)).ok_or(AmountError::TooLong)
    }
}

/// `mantissa` with its point moved, to the right where `scale` is negative.
#[inline]
fn point(mantissa: i128, scale: i64) -> Option<Amount> {
    if mantissa == 0 {
        let scale = u32::try_from(scale.max(0)).ok()?;
        return Amount::new(0, scale.min(SCALE));
    }
    match u32::try_from(scale) {
        Ok(scale) => Amount::new(mantissa, scale),
        Err(_) => {
            let zeros = u32::try_from(scale.checked_neg()?).ok()?;
            let power = 10_i128.checked_pow(zeros)?;
            Amount::new(mantissa.checked_mul(power)?, 0)
        }
    }
}

/// An exponent. One that is too large to count is too large for any digits.
#[inline]
fn whole(text: &str) -> Result<i64, AmountError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(AmountError::NotADecimal);
    }
    text.parse().map_err(|_| AmountError::TooLong)
}

/// Whole numbers are amounts without a point.
macro_rules! from_integers {
    ($($integer:ty)+) => {$(
        impl From<$integer> for Amount {
            #[inline]
            fn from(value: $integer) -> Self {
                Self {
                    mantissa: value.into(),
                    scale: 0,
                }
            }
        }
    )+};
}

from_integers!(i32 i64 u32 u64);

#[cfg(feature = "rust_decimal")]
#[cfg_attr(docsrs, doc(cfg(feature = "rust_decimal")))]
impl From<rust_decimal::Decimal> for Amount {
    #[inline]
    fn from(value: rust_decimal::Decimal) -> Self {
        Self {
            mantissa: value.mantissa(),
            scale: value.scale(),
        }
    }
}

#[cfg(feature = "rust_decimal")]
#[cfg_attr(docsrs, doc(cfg(feature = "rust_decimal")))]
impl From<Amount> for rust_decimal::Decimal {
    #[inline]
    fn from(amount: Amount) -> Self {
        // Both have the same bounds, so there is no error to pass over.
        Self::try_from_i128_with_scale(amount.mantissa, amount.scale).unwrap_or_default()
    }
}

impl ReadValue for Amount {
    #[inline]
    fn blank() -> Self {
        Self::ZERO
    }

    #[inline]
    fn read(&mut self, source: &mut dyn Source) -> Result<(), Failed> {
        source.digits(self)
    }
}

impl Text for Amount {
    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number")
    }

    #[inline]
    fn take(&mut self, digits: &str) -> Result<(), Box<dyn fmt::Display>> {
        match digits.parse() {
            Ok(amount) => *self = amount,
            Err(error) => return Err(Box::<AmountError>::new(error)),
        }
        Ok(())
    }
}

impl WriteValue for Amount {
    #[inline]
    fn write(&self, to: &mut dyn FnMut(View<'_>)) {
        to(View::Digits(&self.to_string()));
    }
}

value!(serde Amount);

#[cfg(test)]
mod tests;
