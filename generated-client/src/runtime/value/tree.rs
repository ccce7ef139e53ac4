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

/// Reads any JSON.
#[derive(Clone, Copy)]
pub(super) struct Tree<'b> {
    budget: &'b Budget,
    /// How many containers it is in.
    depth: usize,
    /// Set where what is read may be the digits of a number that serde_json hands through serde, and is told then.
    digits: Option<&'b Cell<bool>>,
}

/// Reads a JSON object.
pub(super) struct Properties<'b>(pub(super) Tree<'b>);

impl<'b> Tree<'b> {
    /// Reads JSON that is in so many containers.
    pub(super) fn new(budget: &'b Budget, depth: usize) -> Self {
        Self {
            budget,
            depth,
            digits: None,
        }
    }

    /// The same for what is inside of a container.
    fn inside<E: Error>(self) -> Result<Self, E> {
        if self.depth >= DEEPEST {
            return Err(E::custom("recursion limit exceeded"));
        }
        Ok(Self::new(self.budget, self.depth + 1))
    }

    fn ask<E: Error>(self, old: usize, new: usize) -> Result<(), E> {
        self.budget
            .replace(old, new)
            .map_err(|Exceeded| E::custom(sentence()))
    }

    /// Reads the properties from this one on.
    fn properties<'de, A: MapAccess<'de>>(
        self,
        first: (String, Value),
        access: &mut A,
    ) -> Result<Map<String, Value>, A::Error> {
        let inside = self.inside()?;
        let mut properties = Map::new();
        let (mut key, mut value) = first;
        loop {
            let room = entry_of_map::<String, Value>(properties.len());
            if room > 0 {
                self.ask(0, room)?;
            }
            properties.insert(key, value);
            match access.next_key()? {
                Some(next) => key = next,
                None => return Ok(properties),
            }
            value = access.next_value_seed(inside)?;
        }
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
        let inside = self.inside()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(inside)? {
            room_for_item(&mut items, |old, new| self.ask(old, new))?;
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        let Some(is_number) = self.digits else {
            return Ok(Value::String(text));
        };
        // They are kept as a text of their own, with the room that it grew to.
        self.ask(0, 16 + 2 * text.len())?;
        is_number.set(true);
        text.parse().map(Value::Number).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let Some(key) = map.next_key::<String>()? else {
            return Ok(Value::Object(Map::new()));
        };
        // serde_json hands over a number of its own as a text that is owned, and a text of the document never so.
        let is_number = Cell::new(false);
        let seed = Tree {
            digits: (key == NUMBER && keeps_digits()).then_some(&is_number),
            ..self.inside()?
        };
        let value = map.next_value_seed(seed)?;
        if is_number.get() {
            return Ok(value);
        }
        self.properties((key, value), &mut map).map(Value::Object)
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
        match map.next_key()? {
            None => Ok(Map::new()),
            Some(key) => {
                let value = map.next_value_seed(self.0.inside()?)?;
                self.0.properties((key, value), &mut map)
            }
        }
    }
}
