//! One value that is about to be read, whatever the format it comes in.

use std::fmt::{self, Display};

use serde_core::de::Unexpected;
use serde_json::{Map, Value};

use super::ReadValue;

/// That reading failed. The source keeps why.
#[derive(Debug)]
pub(crate) struct Failed(());

impl Failed {
    pub(super) fn new() -> Self {
        Self(())
    }
}

/// One value, which is read once by one of these.
pub(crate) trait Source {
    /// An object. Properties that no slot has go to `rest`, or else are passed over.
    fn object(
        &mut self,
        table: &'static Table,
        slots: &mut [Slot<'_>],
        rest: Option<&mut Map<String, Value>>,
    ) -> Result<(), Failed>;

    /// An array.
    fn list(&mut self, items: &mut dyn Items) -> Result<(), Failed>;

    /// An object whose properties are all of one type.
    fn pairs(&mut self, pairs: &mut dyn Pairs) -> Result<(), Failed>;

    /// Reads `value` unless the source holds null, and says whether it did.
    fn optional(&mut self, value: &mut dyn ReadValue) -> Result<bool, Failed>;

    /// A text that becomes something else.
    fn text(&mut self, text: &mut dyn Text) -> Result<(), Failed>;

    fn string(&mut self) -> Result<String, Failed>;
    fn boolean(&mut self) -> Result<bool, Failed>;
    fn integer(&mut self) -> Result<i64, Failed>;
    fn unsigned(&mut self) -> Result<u64, Failed>;

    /// Any JSON.
    fn json(&mut self) -> Result<Value, Failed>;

    /// Any JSON object.
    fn map(&mut self) -> Result<Map<String, Value>, Failed>;

    /// A number, or a text that holds one, as its digits.
    fn digits(&mut self, digits: &mut dyn Text) -> Result<(), Failed>;

    /// Asks for `new` bytes of memory that take the place of `old` ones. The memory of texts needs no asking.
    fn room(&mut self, old: usize, new: usize) -> Result<(), Failed>;

    /// Fails because an integer is not one of the expected ones.
    fn out_of_range(&mut self, found: Unexpected<'_>, expected: &'static str) -> Failed;
}

/// What an object is made of.
#[derive(Debug)]
pub(crate) struct Table {
    /// Name of the type.
    pub(crate) name: &'static str,
    /// Names of the properties on the wire.
    pub(crate) names: &'static [&'static str],
    /// What each property is needed for.
    pub(crate) needs: &'static [Need],
}

/// What becomes of an object without a property, or with one that is not what the document describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// It is refused in both cases.
    Required,
    /// The property may be absent. Where a response is read leniently it is when it is odd.
    Optional,
    /// The property may be absent, and is never odd: a list depends on it, which would end without a word.
    Paging,
}

impl Table {
    /// The property of this name. Servers write properties in one order, so the search begins at `next`, behind the
    /// last one that was found.
    pub(super) fn find(&self, name: &str, next: usize) -> Option<usize> {
        let (before, after) = self
            .names
            .split_at_checked(next)
            .unwrap_or((self.names, &[]));
        match after.iter().position(|known| *known == name) {
            Some(index) => Some(before.len() + index),
            None => before.iter().position(|known| *known == name),
        }
    }

    /// What this property is needed for.
    pub(super) fn need(&self, index: usize) -> Need {
        self.needs.get(index).copied().unwrap_or(Need::Required)
    }

    /// The first property that is required and was not read.
    pub(super) fn missing(&self, slots: &[Slot<'_>]) -> Option<&'static str> {
        let pairs = self.names.iter().zip(self.needs).zip(slots);
        let mut missing = pairs
            .filter(|((_, need), slot)| **need == Need::Required && slot.state == State::Unseen)
            .map(|((name, _), _)| *name);
        missing.next()
    }
}

/// Where the value of a property goes.
pub(crate) struct Slot<'a> {
    pub(super) value: &'a mut dyn ReadValue,
    pub(super) state: State,
}

/// What became of a property so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Unseen,
    Read,
    PassedOver,
}

impl<'a> Slot<'a> {
    #[inline]
    pub(crate) fn new(value: &'a mut dyn ReadValue) -> Self {
        Self {
            value,
            state: State::Unseen,
        }
    }
}

/// An array that is being read.
pub(crate) trait Items {
    /// Reads one more item, or leaves the array as it was.
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Failed>;
}

/// A map that is being read.
pub(crate) trait Pairs {
    /// Reads the value of one more key, or leaves the map as it was.
    fn insert(&mut self, key: String, source: &mut dyn Source) -> Result<(), Failed>;
}

/// What becomes of a text.
pub(crate) trait Text {
    /// What the text should have been, for an error about something that is no text.
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;

    /// Reads the text, or says why it is none of its kind, without the text itself.
    fn take(&mut self, text: &str) -> Result<(), Box<dyn Display>>;
}
