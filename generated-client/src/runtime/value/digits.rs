//! Exact decimals in any format: numbers where the format keeps them exactly, texts where it does not. From JSON text they
//! are read and to it they are written digit by digit, so that no amount ever passes through a binary fraction and no
//! feature of serde_json that would change other crates' numbers is switched on.

use std::fmt;

use serde_core::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde_core::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::Text;
use super::formats::{
    DOUBLE, NUMBER, RAW_VALUE, Reading, SINGLE, Writing, keeps_digits, known_digits,
};

/// Reads a number, or a text that holds one, as its digits.
pub(super) fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
    digits: &mut dyn Text,
) -> Result<(), D::Error> {
    let reading = Reading::of(&deserializer);
    let digits = Digits {
        digits,
        json: reading == Reading::Json,
        known: known_digits::<D>(),
    };
    match reading {
        Reading::Json => deserializer.deserialize_newtype_struct(RAW_VALUE, digits),
        Reading::Any => deserializer.deserialize_any(digits),
        Reading::Text => deserializer.deserialize_str(digits),
    }
}

/// Writes the digits of a decimal as a number, or as a text where a number would lose some.
pub(super) fn write<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match Writing::of(&serializer) {
        Writing::Json => write_json(digits, serializer),
        // An integer of more than 64 bits cannot be read where serde keeps it aside.
        Writing::JsonNumber if digits.contains('.') || digits.parse::<i64>().is_ok() => {
            write_json(digits, serializer)
        }
        Writing::JsonNumber | Writing::Text => serializer.serialize_str(digits),
        Writing::Number => match Exact::of(digits) {
            Some(Exact::Integer(value)) => serializer.serialize_i64(value),
            Some(Exact::Fraction(value)) => serializer.serialize_f64(value),
            None => serializer.serialize_str(digits),
        },
    }
}

/// Writes a JSON document into JSON as it is, and into any other format by what it is made of.
pub(super) fn write_document<S: Serializer>(
    document: &RawValue,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match Writing::of(&serializer) {
        Writing::Json | Writing::JsonNumber => write_json(document.get(), serializer),
        Writing::Number | Writing::Text => serde_json::from_str::<Value>(document.get())
            .map_err(serde_core::ser::Error::custom)?
            .serialize(serializer),
    }
}

/// Writes JSON text as [`RawValue`] does, for serde_json alone.
fn write_json<S: Serializer>(json: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let mut raw = serializer.serialize_struct(RAW_VALUE, 1)?;
    raw.serialize_field(RAW_VALUE, json)?;
    raw.end()
}

/// A number that every format for numbers keeps exactly.
enum Exact {
    Integer(i64),
    Fraction(f64),
}

impl Exact {
    /// The number of these digits, where there is one.
    fn of(digits: &str) -> Option<Self> {
        if let Ok(integer) = digits.parse() {
            return Some(Self::Integer(integer));
        }
        (significant(digits) <= DOUBLE)
            .then(|| digits.parse().ok().map(Self::Fraction))
            .flatten()
    }
}

/// How many digits count: all but the zeros before the first other and behind the last other.
fn significant(digits: &str) -> usize {
    let digits = digits.trim_start_matches(['-', '0', '.']);
    let digits = digits.trim_end_matches(['0', '.']);
    digits.bytes().filter(u8::is_ascii_digit).count()
}

struct Digits<'a> {
    digits: &'a mut dyn Text,
    /// Whether JSON text was asked for, so that [`RAW_VALUE`] is serde_json's and no property of a document.
    json: bool,
    /// The significant digits of a binary fraction of 64 bits that are known.
    known: usize,
}

impl Digits<'_> {
    fn take<E: Error>(self, digits: &str) -> Result<(), E> {
        self.digits.take(digits).map_err(E::custom)
    }

    /// Takes a binary fraction, shown in as few digits as tell it from all others. Where they are more than are known, it is
    /// not known which decimal was meant.
    fn fraction<E: Error>(self, shown: &dyn fmt::LowerExp, known: usize) -> Result<(), E> {
        let shown = format!("{shown:e}");
        let mantissa = shown.split('e').next().unwrap_or_default();
        if significant(mantissa) > known {
            return Err(E::custom(format_args!(
                "a number of more than {known} digits is not kept exactly by this format; write it as text"
            )));
        }
        self.take(&shown)
    }

    /// Takes JSON text that is one value.
    fn json<E: Error>(self, json: &str) -> Result<(), E> {
        let unexpected = match json.bytes().next() {
            Some(b'"') => {
                let text: String = serde_json::from_str(json).map_err(E::custom)?;
                return self.visit_str(&text);
            }
            Some(b'{') => Unexpected::Map,
            Some(b'[') => Unexpected::Seq,
            Some(b'n') => Unexpected::Unit,
            Some(start @ (b't' | b'f')) => Unexpected::Bool(start == b't'),
            _ => return self.take(json),
        };
        Err(E::invalid_type(unexpected, &self))
    }
}

impl<'de> Visitor<'de> for Digits<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digits.expecting(f)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        // Whatever comes now is not what was asked for.
        deserializer.deserialize_any(Digits {
            json: false,
            ..self
        })
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.take(&value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.take(&value.to_string())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.take(&value.to_string())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.take(&value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        let known = self.known;
        self.fraction(&value, known)
    }

    fn visit_f32<E: Error>(self, value: f32) -> Result<(), E> {
        self.fraction(&value, SINGLE)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.take(text.trim())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // A document can name its properties like these, so each is only read where serde_json can have made it.
        match map.next_key::<String>()?.as_deref() {
            Some(RAW_VALUE) if self.json => {
                let json: String = map.next_value()?;
                self.json(&json)
            }
            Some(NUMBER) if keeps_digits() => {
                let digits: String = map.next_value()?;
                self.take(&digits)
            }
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}
