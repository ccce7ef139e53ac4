//! The quantity of a billable item: an exact decimal that is never zero, and negative only on purpose.

use std::fmt;
use std::num::{NonZeroU32, NonZeroU64};
use std::str::FromStr;

use crate::runtime::{Failed, ReadValue, Source, Text, View, WriteValue, value};
use crate::{Amount, AmountError};

/// How much of a billable item to bill.
///
/// It is an exact decimal. Zero, infinities and numbers that are none are refused when it is made;
/// a negative quantity gives money back and is made by [`Quantity::credit`] alone.
///
/// ```
/// use generated_client::Quantity;
///
/// let quantity: Quantity = "0.10".parse()?;
/// assert_eq!(serde_json::to_string(&quantity).unwrap(), "0.10");
///
/// assert_eq!(Quantity::try_from(0.1)?, quantity);
/// assert!(Quantity::try_from(f64::NAN).is_err());
/// assert_eq!(Quantity::new(5.into())?.to_string(), "5");
/// assert!("-5".parse::<Quantity>().is_err());
/// assert_eq!(Quantity::credit(5.into())?.to_string(), "-5");
/// # Ok::<(), generated_client::QuantityError>(())
/// ```
///
/// In formats of serde it is what an [`Amount`] is there. A credit is written, but never read: it is only made by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(Amount);

/// Why a number is no quantity.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum QuantityError {
    /// It is zero.
    Zero,
    /// It is below zero.
    Negative,
    /// It is not a number, infinite, or has more than the 28 digits that are kept exactly.
    NotADecimal,
}

impl fmt::Display for QuantityError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Zero => "a quantity must not be zero",
            Self::Negative => {
                "a quantity must be above zero; a credit is made by `Quantity::credit` from a positive number"
            }
            Self::NotADecimal => "a quantity must be a decimal number of at most 28 digits",
        })
    }
}

impl std::error::Error for QuantityError {}

impl From<AmountError> for QuantityError {
    #[inline]
    fn from(_: AmountError) -> Self {
        Self::NotADecimal
    }
}

impl Quantity {
    /// A quantity to bill. It must be above zero.
    #[inline]
    pub const fn new(value: Amount) -> Result<Self, QuantityError> {
        if value.is_zero() {
            Err(QuantityError::Zero)
        } else if value.is_negative() {
            Err(QuantityError::Negative)
        } else {
            Ok(Self(value))
        }
    }

    /// A quantity to give back. `value` must be above zero; what is sent is its negative.
    ///
    /// Twilio's documents disagree on whether credits are accepted: an older one describes them, the
    /// newer one asks for numbers above zero.
    #[inline]
    pub fn credit(value: Amount) -> Result<Self, QuantityError> {
        Self::new(value).map(|quantity| Self(quantity.0.negated()))
    }

    /// The decimal, negative for a credit.
    #[inline]
    pub const fn value(self) -> Amount {
        self.0
    }

    /// Whether it gives back instead of billing.
    #[inline]
    pub const fn is_credit(self) -> bool {
        self.0.is_negative()
    }
}

impl fmt::Display for Quantity {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    #[inline]
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        text.parse::<Amount>()?.try_into()
    }
}

impl TryFrom<Amount> for Quantity {
    type Error = QuantityError;

    #[inline]
    fn try_from(value: Amount) -> Result<Self, QuantityError> {
        Self::new(value)
    }
}

#[cfg(feature = "rust_decimal")]
#[cfg_attr(docsrs, doc(cfg(feature = "rust_decimal")))]
impl TryFrom<rust_decimal::Decimal> for Quantity {
    type Error = QuantityError;

    #[inline]
    fn try_from(value: rust_decimal::Decimal) -> Result<Self, QuantityError> {
        Self::new(value.into())
    }
}

/// The shortest decimal that stands for the number is taken: `0.1` is one tenth.
impl TryFrom<f64> for Quantity {
    type Error = QuantityError;

    #[inline]
    fn try_from(value: f64) -> Result<Self, QuantityError> {
        value.to_string().parse()
    }
}

impl From<NonZeroU32> for Quantity {
    #[inline]
    fn from(value: NonZeroU32) -> Self {
        Self(Amount::from(value.get()))
    }
}

impl From<NonZeroU64> for Quantity {
    #[inline]
    fn from(value: NonZeroU64) -> Self {
        Self(Amount::from(value.get()))
    }
}

impl From<Quantity> for Amount {
    #[inline]
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

/// Reads a number above zero, or a text that holds one. A credit is only made by name, so it is not read either.
impl ReadValue for Quantity {
    #[inline]
    fn blank() -> Self {
        Self(Amount::ZERO)
    }

    #[inline]
    fn read(&mut self, source: &mut dyn Source) -> Result<(), Failed> {
        source.digits(self)
    }
}

impl Text for Quantity {
    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number above zero")
    }

    #[inline]
    fn take(&mut self, digits: &str) -> Result<(), Box<dyn fmt::Display>> {
        match digits.parse() {
            Ok(quantity) => *self = quantity,
            Err(error) => return Err(Box::<QuantityError>::new(error)),
        }
        Ok(())
    }
}

impl WriteValue for Quantity {
    #[inline]
    fn write(&self, to: &mut dyn FnMut(View<'_>)) {
        self.0.write(to);
    }
}

value!(serde Quantity);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn zero_in_any_dress_is_refused() {
        for text in ["0", "0.00", "-0", "0e5"] {
            assert_eq!(text.parse::<Quantity>(), Err(QuantityError::Zero), "{text}");
        }
        assert_eq!(Quantity::try_from(-0.0), Err(QuantityError::Zero));
        assert_eq!(Quantity::credit(Amount::ZERO), Err(QuantityError::Zero));
        assert!(serde_json::from_str::<Quantity>("0.0").is_err());
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for value in [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MAX,
            f64::MIN_POSITIVE,
        ] {
            assert_eq!(
                Quantity::try_from(value),
                Err(QuantityError::NotADecimal),
                "{value}"
            );
        }
        assert_eq!("".parse::<Quantity>(), Err(QuantityError::NotADecimal));
    }

    #[test]
    fn only_a_credit_is_negative() {
        assert_eq!(Quantity::try_from(-1.5), Err(QuantityError::Negative));
        assert_eq!(
            Quantity::credit(Amount::from(-1)),
            Err(QuantityError::Negative)
        );
        let credit = Quantity::credit(Amount::new(15, 1).unwrap()).unwrap();
        assert!(credit.is_credit());
        assert_eq!(serde_json::to_string(&credit).unwrap(), "-1.5");
        for text in ["-1.5", "\"-1.5\""] {
            let error = serde_json::from_str::<Quantity>(text).unwrap_err();
            assert!(error.to_string().contains("credit"), "{error}");
        }
    }

    #[test]
    fn whole_numbers_convert() {
        assert_eq!(Quantity::from(NonZeroU32::MIN).to_string(), "1");
        assert_eq!(
            Quantity::from(NonZeroU64::MAX).to_string(),
            u64::MAX.to_string()
        );
    }

    proptest! {
        #[test]
        fn its_text_reads_back(units in 1i64.., scale in 0u32..=19) {
            let quantity = Quantity::new(Amount::new(units.into(), scale).unwrap()).unwrap();
            let text = quantity.to_string();
            prop_assert_eq!(text.parse::<Quantity>().unwrap(), quantity);
            let json = serde_json::to_string(&quantity).unwrap();
            prop_assert_eq!(&json, &text);
            prop_assert_eq!(serde_json::from_str::<Quantity>(&json).unwrap(), quantity);
        }

        #[test]
        fn a_float_is_taken_as_it_is_written(cents in 1u32..) {
            let value = f64::from(cents) / 100.0;
            let quantity = Quantity::try_from(value).unwrap();
            prop_assert_eq!(quantity.value(), Amount::new(cents.into(), 2).unwrap());
        }
    }
}
