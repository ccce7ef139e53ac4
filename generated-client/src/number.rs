//! Exact decimals in JSON. A JSON number is read and written as the digits that stand there, through
//! [`RawValue`], so that no amount ever passes through a binary fraction and no feature of serde_json
//! that would change other crates' numbers is switched on.

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use crate::runtime::{Failed, Source, View};

/// Reads a JSON number, or a text that holds one, digit by digit.
pub(crate) fn read(source: &mut dyn Source) -> Result<Decimal, Failed> {
    let raw = source.raw()?;
    let text = raw.get();
    if text.starts_with('"') {
        let text: String = serde_json::from_str(text).map_err(|error| source.refuse(&error))?;
        return parse(text.trim()).map_err(|error| source.refuse(&error));
    }
    parse(text).map_err(|error| source.refuse(&error))
}

/// Writes a JSON number.
pub(crate) fn write(value: Decimal, to: &mut dyn FnMut(View<'_>)) {
    match RawValue::from_string(value.to_string()) {
        Ok(raw) => to(View::Raw(&raw)),
        Err(error) => to(View::Fault(&error)),
    }
}

/// Reads a decimal without rounding it; more than 28 digits are refused.
pub(crate) fn parse(text: &str) -> Result<Decimal, rust_decimal::Error> {
    if text.contains(['e', 'E']) {
        return Decimal::from_scientific(text);
    }
    Decimal::from_str_exact(text)
}
