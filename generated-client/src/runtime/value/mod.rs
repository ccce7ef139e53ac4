//! How values are read from a response and written into a request. Generated types say what they are made of, one
//! line a member; what is done with that is written once, in plain functions over trait objects, so that a type
//! costs a table and not the code that a derive would write for it. Nothing here knows a particular type.
//!
//! Any serde format will do: [`read`] and [`Written`] are the two places where a generic deserializer or
//! serializer meets the trait objects.
//!
//! A caller's own document is read as a derived type would read it. A response is read the same way first
//! ([`read_response`]), and only if that fails once more, leniently ([`read_again`]); both within a [budget].

mod budget;
mod cursor;
mod digits;
mod formats;
mod lenient;
mod object;
mod path;
mod plain;
mod response;
mod rule;
mod skipped;
mod source;
mod streamed;
mod tree;
mod undecodable;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use budget::Budget;
pub(crate) use lenient::Leniency;
pub(crate) use object::{object, open_enum, serialized, sid_value, value};
pub(crate) use response::{read_again, read_response};
pub(crate) use rule::{Rule, broken};
pub use skipped::Skipped;
pub(crate) use skipped::SkippedList;
pub(crate) use source::{Failed, Need, Slot, Source, Table, Text};
pub(crate) use streamed::{Within, read};
pub(crate) use undecodable::Undecodable;
pub(crate) use write::{View, WriteValue, Written};

/// A value that is read in place.
pub(crate) trait ReadValue {
    /// A value to read into. It goes to nobody unless reading it succeeds.
    fn blank() -> Self
    where
        Self: Sized;

    /// Reads what the source holds over the blank value.
    fn read(&mut self, source: &mut dyn Source) -> Result<(), Failed>;

    /// Makes a value that may be absent absent.
    fn clear(&mut self) {}
}
