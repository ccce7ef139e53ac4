//! What is the same for every error of the crate: how it shows itself, and how it becomes an [`Error`].

use std::fmt;

use crate::json::JsonError;
use crate::{AmountError, BoundError, Error, QuantityError, SidError, TimestampError};

/// Shows errors by their sentence where `Debug` is asked for, as `fn main() -> Result<(), E>` does to print one.
macro_rules! debug_is_the_sentence {
    ($($error:ty,)+) => {$(
        impl fmt::Debug for $error {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    )+};
}

debug_is_the_sentence! {
    AmountError,
    BoundError,
    JsonError,
    QuantityError,
    SidError,
    TimestampError,
}

#[cfg(feature = "schema")]
debug_is_the_sentence! {
    crate::ConfigurationError,
    crate::SchemaError,
}

/// Makes errors about a value that was to be part of a request an [`Error`] by `?`.
macro_rules! becomes_a_request_error {
    ($($error:ty: $beginning:literal,)+) => {$(
        /// It is of the kind [`Request`](crate::ErrorKind::Request), and its
        /// [`source`](std::error::Error::source) is what it was made from.
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::request_from(format!(concat!($beginning, ": {}"), error), error)
            }
        }
    )+};
}

becomes_a_request_error! {
    AmountError: "an amount is refused",
    BoundError: "a number is out of its bounds",
    QuantityError: "a quantity is refused",
    SidError: "a SID is refused",
    TimestampError: "a point in time is refused",
}
