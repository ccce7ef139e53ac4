//! A response's body as a value: strict and straight through first, which costs nothing more than reading it does, and for
//! what that refuses once more, leniently, and with a reason that says where.

use super::budget::Budget;
use super::lenient::{self, Leniency};
use super::skipped::Skipped;
use super::undecodable::Undecodable;
use super::{ReadValue, streamed};

/// Reads one JSON document over a blank value, strictly, and says whether it could. It is UTF-8 or no JSON (RFC 8259,
/// section 8.1), so that it is checked once as a whole and not string by string.
pub(crate) fn read_response(json: &[u8], value: &mut dyn ReadValue) -> bool {
    let Ok(text) = str::from_utf8(json) else {
        return false;
    };
    let budget = Budget::of(json.len());
    let mut deserializer = serde_json::Deserializer::from_str(text);
    streamed::read_within(&mut deserializer, value, &budget).is_ok() && deserializer.end().is_ok()
}

/// Reads one JSON document over a blank value, and passes over what may be. The result is what was passed over.
pub(crate) fn read_again(
    json: &[u8],
    value: &mut dyn ReadValue,
    leniency: Leniency,
) -> Result<Vec<Skipped>, Undecodable> {
    let text = match str::from_utf8(json) {
        Ok(text) => text,
        Err(error) => return Err(Undecodable::not_utf8(json, error.valid_up_to())),
    };
    lenient::read(text, value, leniency, &Budget::of(json.len()))
}
