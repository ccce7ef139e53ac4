//! What is known of particular formats. serde says of a format only whether people read it; an exact decimal needs to
//! know more: whether a number keeps its digits, and whether a value says what it is. The rest is recognized by the name of
//! the serializer's or deserializer's type. Rust does not promise these names. A type that is not recognized therefore gets
//! the form that every format keeps, a text, and a number that it reads must have few enough digits to be exact.

use std::any::type_name;

use serde_core::{Deserializer, Serializer};
use serde_json::Number;

/// The name by which serde_json hands JSON text through serde, in `serde_json::value::RawValue`.
pub(super) const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// The name by which serde_json hands a number's digits through serde, with its feature `arbitrary_precision`.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// The significant digits that every binary fraction of 64 bits keeps.
pub(super) const DOUBLE: usize = 15;

/// The significant digits that every binary fraction of 32 bits keeps.
pub(super) const SINGLE: usize = 6;

/// The formats for programs whose values say what they are.
const SELF_DESCRIBING: [&str; 2] = ["ciborium::", "rmp_serde::"];

/// The formats for people whose values are all texts. Asked what a value is they guess, or show the text as a part of it.
const TEXTUAL: [&str; 2] = ["csv::", "quick_xml::"];

/// How a decimal is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// As JSON text, with all its digits.
    Json,
    /// As a number of serde_json's, with all its digits.
    JsonNumber,
    /// As a number where that keeps it exactly, and as a text otherwise.
    Number,
    /// As a text.
    Text,
}

impl Writing {
    /// The way for one serializer.
    pub(super) fn of<S: Serializer>(serializer: &S) -> Self {
        let mut name = type_name::<S>();
        while let Some(referenced) = name.strip_prefix("&mut ") {
            name = referenced;
        }
        // A serializer that wraps serde_json's own can keep the parts of what it is given, so none of them counts.
        if let Some(own) = name.strip_prefix("serde_json::") {
            return match own {
                text if text.starts_with("ser::Serializer<") => Self::Json,
                "value::ser::Serializer" if keeps_digits() => Self::JsonNumber,
                "value::ser::Serializer" => Self::Number,
                // The key of a map is a text.
                _ => Self::Text,
            };
        }
        if serializer.is_human_readable() || is_self_describing(name) {
            Self::Number
        } else {
            Self::Text
        }
    }
}

/// How a decimal is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// From JSON text, with all its digits.
    Json,
    /// From whatever the value says that it is.
    Any,
    /// From a text.
    Text,
}

impl Reading {
    /// The way for one deserializer.
    pub(super) fn of<'de, D: Deserializer<'de>>(deserializer: &D) -> Self {
        let name = type_name::<D>();
        let is_value = || name.contains("serde_json::value::Value");
        if name.contains("serde_json::de::Deserializer<")
            || name.contains("serde_json::raw::RawValue")
            || is_value() && keeps_digits()
        {
            Self::Json
        } else if TEXTUAL.iter().any(|format| name.contains(format)) {
            Self::Text
        } else if deserializer.is_human_readable() || is_self_describing(name) {
            Self::Any
        } else {
            Self::Text
        }
    }
}

/// Whether a format writes the properties of an object one after the other, without their names and without saying what they
/// are, so that none of them can be left out.
pub(super) fn is_positional<S: Serializer>(serializer: &S) -> bool {
    !serializer.is_human_readable() && !is_self_describing(type_name::<S>())
}

fn is_self_describing(name: &str) -> bool {
    SELF_DESCRIBING.iter().any(|format| name.contains(format))
}

/// How many significant digits of a number are known to be those that were written, where a deserializer gives it as a binary
/// fraction of 64 bits. With `arbitrary_precision` serde_json gives only such whose digits are those of its text.
pub(super) fn known_digits<'de, D: Deserializer<'de>>() -> usize {
    if type_name::<D>().contains("serde_json::") && keeps_digits() {
        usize::MAX
    } else {
        DOUBLE
    }
}

/// Whether a number of serde_json's is its digits, as with the feature `arbitrary_precision`, which any crate of a build can
/// switch on.
pub(super) fn keeps_digits() -> bool {
    "0.10"
        .parse::<Number>()
        .is_ok_and(|number| number.to_string() == "0.10")
}
