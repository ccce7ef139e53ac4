//! The first way of reading a value, and the only one outside of responses: straight from a deserializer of any format.
//! The errors are the format's own, with its positions.

use std::fmt;

use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde_json::{Map, Value};

use super::budget::{Budget, Exceeded, entry_of_map, sentence};
use super::source::{Failed, Items, Pairs, Slot, Source, State, Table, Text};
use super::tree::{Progress, Properties, Tree};
use super::{ReadValue, digits};

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
    value_from(deserializer, None, value)
}

/// The same for a response, which may take so much memory.
pub(super) fn read_within<'de, D: Deserializer<'de>>(
    deserializer: D,
    value: &mut dyn ReadValue,
    budget: &Budget,
) -> Result<(), D::Error> {
    value_from(deserializer, Some(budget), value)
}

/// What may be asked for, where that is limited: reading a response is, a caller's own reading is not.
type Room<'b> = Option<&'b Budget>;

/// Reads a value from a deserializer.
fn value_from<'de, D: Deserializer<'de>>(
    deserializer: D,
    room: Room<'_>,
    value: &mut dyn ReadValue,
) -> Result<(), D::Error> {
    let mut one = One::new(deserializer, room);
    match value.read(&mut one) {
        Ok(()) => Ok(()),
        Err(_) => Err(one.into_error()),
    }
}

/// A deserializer behind the trait object.
struct One<'de, 'b, D: Deserializer<'de>> {
    deserializer: Option<D>,
    room: Room<'b>,
    error: Option<D::Error>,
}

impl<'de, 'b, D: Deserializer<'de>> One<'de, 'b, D> {
    fn new(deserializer: D, room: Room<'b>) -> Self {
        Self {
            deserializer: Some(deserializer),
            room,
            error: None,
        }
    }

    fn into_error(self) -> D::Error {
        self.error
            .unwrap_or_else(|| D::Error::custom("the value was read twice"))
    }

    /// The deserializer, once.
    fn take(&mut self) -> Result<D, Failed> {
        self.deserializer.take().ok_or_else(Failed::new)
    }

    /// Keeps why it failed.
    fn keep<T>(&mut self, outcome: Result<T, D::Error>) -> Result<T, Failed> {
        match outcome {
            Ok(value) => Ok(value),
            Err(error) => {
                self.error = Some(error);
                Err(Failed::new())
            }
        }
    }
}

impl<'de, D: Deserializer<'de>> Source for One<'de, '_, D> {
    fn object(
        &mut self,
        table: &'static Table,
        slots: &mut [Slot<'_>],
        rest: Option<&mut Map<String, Value>>,
    ) -> Result<(), Failed> {
        let object = Object {
            table,
            slots,
            keeps_rest: rest.is_some(),
            rest,
            room: self.room,
        };
        let deserializer = self.take()?;
        // A type that names all of its properties takes these and no others out of a type that it is flattened into.
        let outcome = match object.keeps_rest {
            true => deserializer.deserialize_map(object),
            false => deserializer.deserialize_struct(table.name, table.names, object),
        };
        self.keep(outcome)
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), Failed> {
        let list = List(items, self.room);
        let outcome = self.take()?.deserialize_seq(list);
        self.keep(outcome)
    }

    fn pairs(&mut self, pairs: &mut dyn Pairs) -> Result<(), Failed> {
        let entries = Entries(pairs, self.room);
        let outcome = self.take()?.deserialize_map(entries);
        self.keep(outcome)
    }

    fn optional(&mut self, value: &mut dyn ReadValue) -> Result<bool, Failed> {
        let optional = Optional(value, self.room);
        let outcome = self.take()?.deserialize_option(optional);
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
        let outcome = any(self.take()?, self.room);
        self.keep(outcome)
    }

    fn map(&mut self) -> Result<Map<String, Value>, Failed> {
        let deserializer = self.take()?;
        let outcome = match self.room {
            None => Map::deserialize(deserializer),
            Some(budget) => Properties(&Progress::new(budget, 0)).deserialize(deserializer),
        };
        self.keep(outcome)
    }

    fn digits(&mut self, digits: &mut dyn Text) -> Result<(), Failed> {
        let outcome = digits::read(self.take()?, digits);
        self.keep(outcome)
    }

    fn room(&mut self, old: usize, new: usize) -> Result<(), Failed> {
        match self.room.map(|budget| budget.replace(old, new)) {
            None | Some(Ok(())) => Ok(()),
            Some(Err(Exceeded)) => {
                self.error = Some(D::Error::custom(sentence()));
                Err(Failed::new())
            }
        }
    }

    fn out_of_range(&mut self, found: Unexpected<'_>, expected: &'static str) -> Failed {
        self.error = Some(D::Error::invalid_value(found, &expected));
        Failed::new()
    }
}

/// Any JSON: as serde_json reads it, or to the same within a budget.
fn any<'de, D: Deserializer<'de>>(deserializer: D, room: Room<'_>) -> Result<Value, D::Error> {
    match room {
        None => Value::deserialize(deserializer),
        Some(budget) => Tree(&Progress::new(budget, 0)).deserialize(deserializer),
    }
}

/// Any JSON, as the value of a property.
struct Any<'b>(Room<'b>);

impl<'de> DeserializeSeed<'de> for Any<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        any(deserializer, self.0)
    }
}

/// A value of a response, as a part of a document that is read otherwise.
pub(crate) struct Within<'a, 'b>(pub(crate) &'a mut dyn ReadValue, pub(crate) &'b Budget);

impl<'de> DeserializeSeed<'de> for Within<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        read_within(deserializer, self.0, self.1)
    }
}

/// The next value.
struct NextValue<'a, 'b>(&'a mut dyn ReadValue, Room<'b>);

impl<'de> DeserializeSeed<'de> for NextValue<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        value_from(deserializer, self.1, self.0)
    }
}

struct Object<'a, 's, 'b> {
    table: &'static Table,
    slots: &'a mut [Slot<'s>],
    rest: Option<&'a mut Map<String, Value>>,
    keeps_rest: bool,
    room: Room<'b>,
}

impl<'de> Visitor<'de> for Object<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", self.table.name)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut next = 0;
        loop {
            let name = Name {
                table: self.table,
                next,
                keeps_rest: self.keeps_rest,
            };
            match map.next_key_seed(name)? {
                None => break,
                Some(Key::Slot(index)) => {
                    next = index + 1;
                    let Some(slot) = self.slots.get_mut(index) else {
                        continue;
                    };
                    if slot.state != State::Unseen {
                        let name = self.table.names.get(index).copied();
                        return Err(A::Error::duplicate_field(name.unwrap_or_default()));
                    }
                    slot.state = State::Read;
                    map.next_value_seed(NextValue(slot.value, self.room))?;
                }
                Some(Key::Other(name)) => {
                    let value = map.next_value_seed(Any(self.room))?;
                    if let Some(rest) = self.rest.as_deref_mut() {
                        if let Some(budget) = self.room {
                            let room = entry_of_map::<String, Value>(rest.len());
                            budget
                                .replace(0, room)
                                .map_err(|Exceeded| A::Error::custom(sentence()))?;
                        }
                        rest.insert(name, value);
                    }
                }
                Some(Key::Unknown) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        match self.table.missing(self.slots) {
            Some(name) => Err(A::Error::missing_field(name)),
            None => Ok(()),
        }
    }

    /// The properties one after the other, as formats have them that keep no names. A response is JSON, where an array is no
    /// object.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if self.keeps_rest || self.room.is_some() {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        for (index, slot) in self.slots.iter_mut().enumerate() {
            let next = seq.next_element_seed(NextValue(slot.value, self.room))?;
            if next.is_none() {
                let expected =
                    format_args!("struct {} with all its properties", self.table.name).to_string();
                return Err(A::Error::invalid_length(index, &expected.as_str()));
            }
        }
        Ok(())
    }
}

enum Key {
    Slot(usize),
    Other(String),
    Unknown,
}

/// Finds the slot of a name.
struct Name {
    table: &'static Table,
    next: usize,
    keeps_rest: bool,
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        Ok(match self.table.find(name, self.next) {
            Some(index) => Key::Slot(index),
            None if self.keeps_rest => Key::Other(name.to_owned()),
            None => Key::Unknown,
        })
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Key, E> {
        self.visit_str(&String::from_utf8_lossy(name))
    }
}

/// The next item of an array.
struct NextItem<'a, 'b>(&'a mut dyn Items, Room<'b>);

impl<'de> DeserializeSeed<'de> for NextItem<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut one = One::new(deserializer, self.1);
        match self.0.push(&mut one) {
            Ok(()) => Ok(()),
            Err(_) => Err(one.into_error()),
        }
    }
}

struct List<'a, 'b>(&'a mut dyn Items, Room<'b>);

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(NextItem(self.0, self.1))?.is_some() {}
        Ok(())
    }
}

/// The value of the next key of a map.
struct NextPair<'a, 'b>(&'a mut dyn Pairs, String, Room<'b>);

impl<'de> DeserializeSeed<'de> for NextPair<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut one = One::new(deserializer, self.2);
        match self.0.insert(self.1, &mut one) {
            Ok(()) => Ok(()),
            Err(_) => Err(one.into_error()),
        }
    }
}

struct Entries<'a, 'b>(&'a mut dyn Pairs, Room<'b>);

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            map.next_value_seed(NextPair(self.0, key, self.1))?;
        }
        Ok(())
    }
}

struct Optional<'a, 'b>(&'a mut dyn ReadValue, Room<'b>);

impl<'de> Visitor<'de> for Optional<'_, '_> {
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
        value_from(deserializer, self.1, self.0)?;
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
