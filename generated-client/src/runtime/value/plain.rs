//! The values that generated types are made of: those of the standard library and of serde_json.

use std::collections::BTreeMap;
use std::num::{NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64};

use serde_core::de::Unexpected;
use serde_json::{Map, Value};

use super::budget::{entry_of_map, room_for_item};
use super::source::{Items, Pairs};
use super::write::List;
use super::{Failed, ReadValue, Source, View, WriteValue};

impl<T: ReadValue> ReadValue for Option<T> {
    fn blank() -> Self {
        None
    }

    fn read(&mut self, source: &mut dyn Source) -> Result<(), Failed> {
        *self = Some(T::blank());
        if let Some(value) = self
            && !source.optional(value)?
        {
            *self = None;
        }
        Ok(())
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: WriteValue> WriteValue for Option<T> {
    fn write(&self, to: &mut dyn FnMut(View<'_>)) {
        match self {
            Some(value) => to(View::Some(value)),
            None => to(View::Null),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: ReadValue> ReadValue for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, source: &mut dyn Source) -> Result<(), Failed> {
        source.list(self)
    }
}

impl<T: ReadValue> Items for Vec<T> {
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Failed> {
        room_for_item(self, |old, new| source.room(old, new))?;
        // Read in place: an item of a list can be as large as a resource.
        self.push(T::blank());
        let outcome = match self.last_mut() {
            Some(item) => item.read(source),
            None => Ok(()),
        };
        if outcome.is_err() {
            self.pop();
        }
        outcome
    }
}

impl<T: WriteValue> WriteValue for Vec<T> {
    fn write(&self, to: &mut dyn FnMut(View<'_>)) {
        to(View::List(self));
    }
}

impl<T: WriteValue> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn WriteValue> {
        match self.get(index) {
            Some(item) => Some(item),
            None => None,
        }
    }
}

impl<T: ReadValue> ReadValue for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, source: &mut dyn Source) -> Result<(), Failed> {
        source.pairs(self)
    }
}

impl<T: ReadValue> Pairs for BTreeMap<String, T> {
    fn insert(&mut self, key: String, source: &mut dyn Source) -> Result<(), Failed> {
        let mut value = T::blank();
        value.read(source)?;
        let room = entry_of_map::<String, T>(self.len());
        if room > 0 {
            source.room(0, room)?;
        }
        self.insert(key, value);
        Ok(())
    }
}

impl<T: WriteValue> WriteValue for BTreeMap<String, T> {
    fn write(&self, to: &mut dyn FnMut(View<'_>)) {
        let mut pairs: Vec<(&str, &dyn WriteValue)> = Vec::with_capacity(self.len());
        for (key, value) in self {
            pairs.push((key, value));
        }
        to(View::Pairs(&pairs));
    }
}

/// Values that one method of a source reads and one view shows.
macro_rules! plain {
    ($($type:ty: $blank:expr, $read:ident, $value:ident => $view:expr;)+) => {$(
        impl ReadValue for $type {
            #[inline]
            fn blank() -> Self {
                $blank
            }

            #[inline]
            fn read(&mut self, source: &mut dyn Source) -> Result<(), Failed> {
                *self = source.$read()?;
                Ok(())
            }
        }

        impl WriteValue for $type {
            #[inline]
            fn write(&self, to: &mut dyn FnMut(View<'_>)) {
                let $value = self;
                to($view);
            }
        }
    )+};
}

plain! {
    bool: false, boolean, value => View::Boolean(*value);
    i64: 0, integer, value => View::Integer(*value);
    u64: 0, unsigned, value => View::Unsigned(*value);
    String: Self::new(), string, value => View::Text(value);
    Value: Self::Null, json, value => View::Json(value);
    Map<String, Value>: Self::new(), map, value => View::Map(value);
}

/// Integers that are narrower than what a source reads.
macro_rules! narrow {
    ($($type:ty: $read:ident, $view:ident, $unexpected:ident, $blank:expr, $value:ident => $narrow:expr, $wide:expr;)+) => {$(
        impl ReadValue for $type {
            #[inline]
            fn blank() -> Self {
                $blank
            }

            #[inline]
            fn read(&mut self, source: &mut dyn Source) -> Result<(), Failed> {
                let $value = source.$read()?;
                *self = $narrow.ok_or_else(|| {
                    source.out_of_range(Unexpected::$unexpected($value), stringify!($type))
                })?;
                Ok(())
            }
        }

        impl WriteValue for $type {
            #[inline]
            fn write(&self, to: &mut dyn FnMut(View<'_>)) {
                let $value = *self;
                to(View::$view($wide.into()));
            }
        }
    )+};
}

narrow! {
    i8: integer, Integer, Signed, 0, value => value.try_into().ok(), value;
    i16: integer, Integer, Signed, 0, value => value.try_into().ok(), value;
    i32: integer, Integer, Signed, 0, value => value.try_into().ok(), value;
    u8: unsigned, Unsigned, Unsigned, 0, value => value.try_into().ok(), value;
    u16: unsigned, Unsigned, Unsigned, 0, value => value.try_into().ok(), value;
    u32: unsigned, Unsigned, Unsigned, 0, value => value.try_into().ok(), value;
    NonZeroU8: unsigned, Unsigned, Unsigned, Self::MIN, value => value.try_into().ok().and_then(Self::new), value.get();
    NonZeroU16: unsigned, Unsigned, Unsigned, Self::MIN, value => value.try_into().ok().and_then(Self::new), value.get();
    NonZeroU32: unsigned, Unsigned, Unsigned, Self::MIN, value => value.try_into().ok().and_then(Self::new), value.get();
    NonZeroU64: unsigned, Unsigned, Unsigned, Self::MIN, value => Self::new(value), value.get();
}
