//! How values are read from a reply and written into a request. Generated types say what they are made of, one
//! line a member; what is done with that is written once, in plain functions over trait objects, so that a type
//! costs a table and not the code that a derive would write for it. Nothing here knows a particular type.
//!
//! Any serde format will do: [`read`] and [`Written`] are the two places where a generic deserializer or
//! serializer meets the trait objects.

mod digits;
mod formats;
mod object;
mod plain;
mod source;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use object::{object, open_enum, serialized, sid_value, value};
pub(crate) use source::{Failed, Slot, Source, Text, decode, read};
pub(crate) use write::{View, WriteValue, Written};

/// A value that is read in place.
pub(crate) trait ReadValue {
    /// A value to read into. It goes to nobody unless reading it succeeds.
    fn blank() -> Self
    where
        Self: Sized;

    /// Reads what the source holds over the blank value.
    fn read(&mut self, source: &mut dyn Source) -> Result<(), Failed>;

    /// Whether an object may lack it as a member.
    fn may_be_absent(&self) -> bool {
        false
    }
}
