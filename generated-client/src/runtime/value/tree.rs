//! Any JSON of a response as serde_json's own [`Value`], within a budget. What serde_json reads there is read here to the
//! same value, but that a property of the document which is named like one of serde_json's private ones is a property
//! like any other.

use std::cell::Cell;
use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::budget::{Budget, Exceeded, entry_of_map, room_for_item, sentence};
use super::formats::{NUMBER, keeps_digits};

/// serde_json reads so many containers inside of each other and no more.
pub(super) const DEEPEST: usize = 127;

/// What is known while JSON is read.
pub(super) struct Progress<'b> {
    budget: &'b Budget,
    /// How many containers the next value is in.
    depth: Cell<usize>,
    digits: Cell<Digits>,
}

/// Whether a text is the digits of a number that serde_json hands through serde.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Digits {
    No,
    /// The next value may be.
    Possible,
    /// The last value was.
    Read,
}

/// Reads any JSON.
#[derive(Clone, Copy)]
pub(super) struct Tree<'p>(pub(super) &'p Progress<'p>);

/// Reads a JSON object.
pub(super) struct Properties<'p>(pub(super) &'p Progress<'p>);

impl<'b> Progress<'b> {
    /// Of JSON that is in so many containers.
    pub(super) fn new(budget: &'b Budget, depth: usize) -> Self {
        Self {
            budget,
            depth: Cell::new(depth),
            digits: Cell::new(Digits::No),
        }
    }

    fn enter<E: Error>(&self) -> Result<(), E> {
        self.digits.set(Digits::No);
        if self.depth.get() >= DEEPEST {
            return Err(E::custom("recursion limit exceeded"));
        }
        self.depth.set(self.depth.get() + 1);
        Ok(())
    }

    fn leave(&self) {
        self.depth.set(self.depth.get() - 1);
    }

    fn ask<E: Error>(&self, old: usize, new: usize) -> Result<(), E> {
        self.budget
            .replace(old, new)
            .map_err(|Exceeded| E::custom(sentence()))
    }
}

impl Tree<'_> {
    /// Reads properties up to the end of their object.
    fn properties<'de, A: MapAccess<'de>>(
        self,
        properties: &mut Map<String, Value>,
        access: &mut A,
    ) -> Result<(), A::Error> {
        while let Some(key) = access.next_key()? {
            let value = access.next_value_seed(self)?;
            self.insert(properties, key, value)?;
        }
        Ok(())
    }

    fn insert<E: Error>(
        self,
        properties: &mut Map<String, Value>,
        key: String,
        value: Value,
    ) -> Result<(), E> {
        let room = entry_of_map::<String, Value>(properties.len());
        if room > 0 {
            self.0.ask(0, room)?;
        }
        properties.insert(key, value);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        self.0.enter()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            room_for_item(&mut items, |old, new| self.0.ask(old, new))?;
            items.push(item);
        }
        self.0.leave();
        Ok(Value::Array(items))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        if self.0.digits.get() != Digits::Possible {
            return Ok(Value::String(text));
        }
        // They are kept as a text of their own, with the room that it grew to.
        self.0.ask(0, 16 + 2 * text.len())?;
        self.0.digits.set(Digits::Read);
        text.parse().map(Value::Number).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let Some(key) = map.next_key::<String>()? else {
            return Ok(Value::Object(Map::new()));
        };
        self.0.enter()?;
        // serde_json hands over a number of its own as a text that is owned, and a text of the document never so.
        if key == NUMBER && keeps_digits() {
            self.0.digits.set(Digits::Possible);
        }
        let value = map.next_value_seed(self)?;
        let value = match self.0.digits.replace(Digits::No) {
            Digits::Read => value,
            _ => {
                let mut properties = Map::new();
                self.insert(&mut properties, key, value)?;
                self.properties(&mut properties, &mut map)?;
                Value::Object(properties)
            }
        };
        self.0.leave();
        Ok(value)
    }
}

impl<'de> DeserializeSeed<'de> for Properties<'_> {
    type Value = Map<String, Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Properties<'_> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut properties = Map::new();
        self.0.enter()?;
        Tree(self.0).properties(&mut properties, &mut map)?;
        self.0.leave();
        Ok(properties)
    }
}
