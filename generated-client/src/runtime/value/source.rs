//! One value that is about to be read, whatever the format it comes in. The errors are the format's own, with
//! its positions.

use std::fmt::{self, Display};

use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};

use super::{ReadValue, digits};

/// That reading failed. The source keeps why.
#[derive(Debug)]
pub(crate) struct Failed(());

/// One value, which is read once by one of these.
pub(crate) trait Source {
    /// An object. Members that no slot has go to `rest`, or else are passed over.
    fn object(
        &mut self,
        name: &'static str,
        slots: &mut [Slot<'_>],
        rest: Option<&mut Map<String, Value>>,
    ) -> Result<(), Failed>;

    /// An array.
    fn list(&mut self, items: &mut dyn Items) -> Result<(), Failed>;

    /// An object whose members are all of one type.
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

    /// Fails for a reason of the reader's.
    fn refuse(&mut self, why: &dyn Display) -> Failed;
}

/// A member of an object: its name on the wire and where its value goes.
pub(crate) struct Slot<'a> {
    pub(crate) name: &'static str,
    pub(crate) value: &'a mut dyn ReadValue,
    pub(crate) seen: bool,
}

/// An array that is being read.
pub(crate) trait Items {
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Failed>;
}

/// A map that is being read.
pub(crate) trait Pairs {
    fn insert(&mut self, key: String, source: &mut dyn Source) -> Result<(), Failed>;
}

/// What becomes of a text.
pub(crate) trait Text {
    /// What the text should have been, for an error about something that is no text.
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;

    fn take(&mut self, text: &str) -> Result<(), Box<dyn Display>>;
}

/// Reads a value from any format.
pub(crate) fn read<'de, T: ReadValue, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::blank();
    read_into(deserializer, &mut value)?;
    Ok(value)
}

/// Reads a value from any format over a blank one.
pub(crate) fn read_into<'de, D: Deserializer<'de>>(
    deserializer: D,
    value: &mut dyn ReadValue,
) -> Result<(), D::Error> {
    from(deserializer, &mut |source| value.read(source))
}

/// Reads one JSON document over a blank value. It is UTF-8 or no JSON (RFC 8259, section 8.1), so that it is checked once
/// as a whole and not string by string.
pub(crate) fn decode(json: &[u8], value: &mut dyn ReadValue) -> Result<(), serde_json::Error> {
    let text = match str::from_utf8(json) {
        Ok(text) => text,
        Err(error) => return Err(not_utf8(json, error.valid_up_to())),
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    read_into(&mut deserializer, value)?;
    deserializer.end()
}

/// The error for a byte that no UTF-8 has at its place; serde_json takes line and column from the end of its text.
fn not_utf8(json: &[u8], at: usize) -> serde_json::Error {
    let before = json.get(..at).unwrap_or(json);
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    let column = 1 + before
        .iter()
        .rev()
        .take_while(|byte| **byte != b'\n')
        .count();
    serde_json::Error::custom(format_args!(
        "the text is not UTF-8 at line {line} column {column}"
    ))
}

type Reader<'a> = &'a mut dyn FnMut(&mut dyn Source) -> Result<(), Failed>;

fn from<'de, D: Deserializer<'de>>(deserializer: D, reader: Reader<'_>) -> Result<(), D::Error> {
    let mut one = One {
        deserializer: Some(deserializer),
        error: None,
    };
    match reader(&mut one) {
        Ok(()) => Ok(()),
        Err(Failed(())) => Err(one
            .error
            .unwrap_or_else(|| D::Error::custom("the value was read twice"))),
    }
}

/// A deserializer behind the trait object.
struct One<'de, D: Deserializer<'de>> {
    deserializer: Option<D>,
    error: Option<D::Error>,
}

impl<'de, D: Deserializer<'de>> One<'de, D> {
    /// The deserializer, once.
    fn take(&mut self) -> Result<D, Failed> {
        self.deserializer.take().ok_or(Failed(()))
    }

    /// Keeps why it failed.
    fn keep<T>(&mut self, outcome: Result<T, D::Error>) -> Result<T, Failed> {
        match outcome {
            Ok(value) => Ok(value),
            Err(error) => {
                self.error = Some(error);
                Err(Failed(()))
            }
        }
    }
}

impl<'de, D: Deserializer<'de>> Source for One<'de, D> {
    fn object(
        &mut self,
        name: &'static str,
        slots: &mut [Slot<'_>],
        rest: Option<&mut Map<String, Value>>,
    ) -> Result<(), Failed> {
        let outcome = self.take()?.deserialize_map(Object { name, slots, rest });
        self.keep(outcome)
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), Failed> {
        let outcome = self.take()?.deserialize_seq(List(items));
        self.keep(outcome)
    }

    fn pairs(&mut self, pairs: &mut dyn Pairs) -> Result<(), Failed> {
        let outcome = self.take()?.deserialize_map(Entries(pairs));
        self.keep(outcome)
    }

    fn optional(&mut self, value: &mut dyn ReadValue) -> Result<bool, Failed> {
        let outcome = self.take()?.deserialize_option(Optional(value));
        self.keep(outcome)
    }

    fn text(&mut self, text: &mut dyn Text) -> Result<(), Failed> {
        let outcome = self.take()?.deserialize_str(Word(text));
        self.keep(outcome)
    }

    fn string(&mut self) -> Result<String, Failed> {
        let outcome = String::deserialize(self.take()?);
        self.keep(outcome)
    }

    fn boolean(&mut self) -> Result<bool, Failed> {
        let outcome = bool::deserialize(self.take()?);
        self.keep(outcome)
    }

    fn integer(&mut self) -> Result<i64, Failed> {
        let outcome = i64::deserialize(self.take()?);
        self.keep(outcome)
    }

    fn unsigned(&mut self) -> Result<u64, Failed> {
        let outcome = u64::deserialize(self.take()?);
        self.keep(outcome)
    }

    fn json(&mut self) -> Result<Value, Failed> {
        let outcome = Value::deserialize(self.take()?);
        self.keep(outcome)
    }

    fn map(&mut self) -> Result<Map<String, Value>, Failed> {
        let outcome = Map::deserialize(self.take()?);
        self.keep(outcome)
    }

    fn digits(&mut self, digits: &mut dyn Text) -> Result<(), Failed> {
        let outcome = digits::read(self.take()?, digits);
        self.keep(outcome)
    }

    fn refuse(&mut self, why: &dyn Display) -> Failed {
        self.error = Some(D::Error::custom(why));
        Failed(())
    }
}

/// Hands what stands next to a reader.
struct Next<'a>(Reader<'a>);

impl<'de> DeserializeSeed<'de> for Next<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        from(deserializer, self.0)
    }
}

struct Object<'a, 's> {
    name: &'static str,
    slots: &'a mut [Slot<'s>],
    rest: Option<&'a mut Map<String, Value>>,
}

impl<'de> Visitor<'de> for Object<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", self.name)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut next = 0;
        loop {
            let name = Name {
                slots: self.slots,
                next,
                kept: self.rest.is_some(),
            };
            match map.next_key_seed(name)? {
                None => break,
                Some(Key::Slot(index)) => {
                    next = index + 1;
                    let Some(slot) = self.slots.get_mut(index) else {
                        continue;
                    };
                    if slot.seen {
                        return Err(A::Error::duplicate_field(slot.name));
                    }
                    slot.seen = true;
                    map.next_value_seed(Next(&mut |source| slot.value.read(source)))?;
                }
                Some(Key::Other(name)) => {
                    let value = map.next_value()?;
                    if let Some(rest) = self.rest.as_deref_mut() {
                        rest.insert(name, value);
                    }
                }
                Some(Key::Unknown) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        match self
            .slots
            .iter()
            .find(|slot| !slot.seen && !slot.value.may_be_absent())
        {
            Some(slot) => Err(A::Error::missing_field(slot.name)),
            None => Ok(()),
        }
    }
}

enum Key {
    Slot(usize),
    Other(String),
    Unknown,
}

/// Finds the slot of a name. Servers write members in one order, so the search begins behind the last one found.
struct Name<'a, 's> {
    slots: &'a [Slot<'s>],
    next: usize,
    kept: bool,
}

impl<'de> DeserializeSeed<'de> for Name<'_, '_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_, '_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        let (before, after) = self
            .slots
            .split_at_checked(self.next)
            .unwrap_or((self.slots, &[]));
        let is_it = |slot: &Slot<'_>| slot.name == name;
        let found = match after.iter().position(is_it) {
            Some(index) => Some(before.len() + index),
            None => before.iter().position(is_it),
        };
        Ok(match found {
            Some(index) => Key::Slot(index),
            None if self.kept => Key::Other(name.to_owned()),
            None => Key::Unknown,
        })
    }
}

struct List<'a>(&'a mut dyn Items);

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq
            .next_element_seed(Next(&mut |source| self.0.push(source)))?
            .is_some()
        {}
        Ok(())
    }
}

struct Entries<'a>(&'a mut dyn Pairs);

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let mut key = Some(key);
            map.next_value_seed(Next(&mut |source| {
                self.0.insert(key.take().unwrap_or_default(), source)
            }))?;
        }
        Ok(())
    }
}

struct Optional<'a>(&'a mut dyn ReadValue);

impl<'de> Visitor<'de> for Optional<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("option")
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        read_into(deserializer, self.0)?;
        Ok(true)
    }
}

struct Word<'a>(&'a mut dyn Text);

impl Visitor<'_> for Word<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.take(text).map_err(E::custom)
    }
}
