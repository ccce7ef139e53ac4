//! Exact decimals in JSON. A JSON number is read and written as the digits that stand there, through
//! [`RawValue`], so that no amount ever passes through a binary fraction and no feature of serde_json
//! that would change other crates' numbers is switched on.

use serde_json::value::RawValue;

use crate::Amount;
use crate::runtime::{Failed, Source, View};

/// Reads a JSON number, or a text that holds one, digit by digit.
#[inline]
pub(crate) fn read(source: &mut dyn Source) -> Result<Amount, Failed> {
    let raw = source.raw()?;
    let text = raw.get();
    if text.starts_with('"') {
        let text: String = serde_json::from_str(text).map_err(|error| source.refuse(&error))?;
        return text.trim().parse().map_err(|error| source.refuse(&error));
    }
    text.parse().map_err(|error| source.refuse(&error))
}

/// Writes a JSON number.
#[inline]
pub(crate) fn write(value: Amount, to: &mut dyn FnMut(View<'_>)) {
    match RawValue::from_string(value.to_string()) {
        Ok(raw) => to(View::Raw(&raw)),
        Err(error) => to(View::Fault(&error)),
    }
}
