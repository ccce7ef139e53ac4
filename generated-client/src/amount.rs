//! A decimal number in a reply.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::number;
use crate::runtime::{Failed, ReadValue, Source, View, WriteValue, value};

/// A decimal of a reply, such as a total of billed quantities, exactly as the server sent it.
///
/// It holds up to 28 digits. It is compared by value, and written back with the digits it came with.
///
/// ```
/// use generated_client::Amount;
///
/// let amount: Amount = serde_json::from_str("0.10").unwrap();
/// assert_eq!(amount.to_string(), "0.10");
/// assert_eq!(amount, "0.1".parse().unwrap());
/// assert_eq!(serde_json::to_string(&amount).unwrap(), "0.10");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Decimal);

impl Amount {
    /// The amount of a decimal.
    pub const fn new(value: Decimal) -> Self {
        Self(value)
    }

    /// The decimal.
    pub const fn value(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Amount {
    type Err = rust_decimal::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        number::parse(text).map(Self)
    }
}

impl From<Decimal> for Amount {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

impl From<Amount> for Decimal {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

impl ReadValue for Amount {
    fn blank() -> Self {
        Self(Decimal::ZERO)
    }

    fn read(&mut self, source: &mut dyn Source) -> Result<(), Failed> {
        self.0 = number::read(source)?;
        Ok(())
    }
}

impl WriteValue for Amount {
    fn write(&self, to: &mut dyn FnMut(View<'_>)) {
        number::write(self.0, to);
    }
}

value!(serde Amount);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(json: &str) -> serde_json::Result<Amount> {
        serde_json::from_str(json)
    }

    #[test]
    fn digits_that_a_binary_fraction_would_lose_are_kept() {
        let json = "12345678901234567.8901";
        assert_eq!(serde_json::to_string(&read(json).unwrap()).unwrap(), json);
    }

    #[test]
    fn exponents_texts_and_signs_are_read() {
        assert_eq!(read("1.5e2").unwrap(), Amount::new(Decimal::from(150)));
        assert_eq!(read("\" -2.50 \"").unwrap().to_string(), "-2.50");
        assert_eq!(read("0").unwrap(), Amount::new(Decimal::ZERO));
    }

    #[test]
    fn what_is_not_an_exact_decimal_is_an_error() {
        for json in [
            "null",
            "true",
            "{}",
            "\"\"",
            "\"x\"",
            "1e99",
            "0.00000000000000000000000000001",
        ] {
            assert!(read(json).is_err(), "{json}");
        }
    }

    #[test]
    fn it_is_read_inside_a_document_and_from_a_value() {
        #[derive(serde::Deserialize)]
        struct Report {
            total: Option<Amount>,
        }
        let report: Report = serde_json::from_str(r#"{"total": 1.10}"#).unwrap();
        assert_eq!(report.total.unwrap().to_string(), "1.10");
        let report: Report = serde_json::from_value(serde_json::json!({"total": null})).unwrap();
        assert!(report.total.is_none());
        let report: Report = serde_json::from_value(serde_json::json!({"total": 2.5})).unwrap();
        assert_eq!(report.total.unwrap().to_string(), "2.5");
    }

    proptest! {
        #[test]
        fn every_decimal_survives_json(units in any::<i64>(), scale in 0u32..=19) {
            let amount = Amount::new(Decimal::new(units, scale));
            let json = serde_json::to_string(&amount).unwrap();
            prop_assert_eq!(&json, &amount.to_string());
            prop_assert_eq!(read(&json).unwrap(), amount);
        }
    }
}
