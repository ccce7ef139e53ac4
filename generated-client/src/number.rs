//! Exact decimals in JSON. A JSON number is read and written as the digits that stand there, through
//! [`RawValue`], so that no amount ever passes through a binary fraction and no feature of serde_json
//! that would change other crates' numbers is switched on.

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// Reads a JSON number, or a text that holds one, digit by digit.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let text = raw.get();
    if text.starts_with('"') {
        let text: String = serde_json::from_str(text).map_err(D::Error::custom)?;
        return parse(text.trim()).map_err(D::Error::custom);
    }
    parse(text).map_err(D::Error::custom)
}

/// Writes a JSON number.
pub(crate) fn write<S: Serializer>(value: Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(value.to_string())
        .map_err(S::Error::custom)?
        .serialize(serializer)
}

/// Reads a decimal without rounding it; more than 28 digits are refused.
pub(crate) fn parse(text: &str) -> Result<Decimal, rust_decimal::Error> {
    if text.contains(['e', 'E']) {
        return Decimal::from_scientific(text);
    }
    Decimal::from_str_exact(text)
}
