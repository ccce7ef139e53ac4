//! What a value looks like to whoever writes it, in any format of serde's.

use serde_core::ser::{Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::digits;
use super::formats::is_positional;
use super::rule::Rule;

/// A value that shows what it is made of.
pub(crate) trait WriteValue {
    /// Shows the value, once.
    fn write(&self, to: &mut dyn FnMut(View<'_>));

    /// Whether an object leaves it out as a member.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value as it is shown.
pub(crate) enum View<'a> {
    Null,
    /// A value that could be absent.
    Some(&'a dyn WriteValue),
    Boolean(bool),
    Integer(i64),
    Unsigned(u64),
    Text(&'a str),
    /// Any JSON.
    Json(&'a Value),
    /// Any JSON object.
    Map(&'a Map<String, Value>),
    /// The digits of a decimal number, with a sign and a point where there are such.
    Digits(&'a str),
    /// A JSON document.
    Raw(&'a RawValue),
    /// Nothing, for this reason.
    Fault(&'a dyn std::fmt::Display),
    List(&'a dyn List),
    Pairs(&'a [(&'a str, &'a dyn WriteValue)]),
    /// An object: its type's name, its properties, those that its type does not declare, and what is asked of each of its
    /// properties in a request.
    Object(
        &'static str,
        &'a [(&'static str, &'a dyn WriteValue)],
        Option<&'a Map<String, Value>>,
        &'static [Rule],
    ),
}

/// An array, whatever its items are.
pub(crate) trait List {
    fn count(&self) -> usize;
    fn item(&self, index: usize) -> Option<&dyn WriteValue>;
}

/// A value for serde.
pub(crate) struct Written<'a>(pub(crate) &'a dyn WriteValue);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut serializer = Some(serializer);
        let mut outcome = None;
        self.0.write(&mut |view| {
            if let Some(serializer) = serializer.take() {
                outcome = Some(serialize(view, serializer));
            }
        });
        outcome.unwrap_or_else(|| Err(S::Error::custom("the value shows nothing")))
    }
}

fn serialize<S: Serializer>(view: View<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match view {
        View::Null => serializer.serialize_none(),
        View::Some(value) => serializer.serialize_some(&Written(value)),
        View::Boolean(value) => serializer.serialize_bool(value),
        View::Integer(value) => serializer.serialize_i64(value),
        View::Unsigned(value) => serializer.serialize_u64(value),
        View::Text(text) => serializer.serialize_str(text),
        View::Json(value) => value.serialize(serializer),
        View::Map(map) => map.serialize(serializer),
        View::Digits(digits) => digits::write(digits, serializer),
        View::Raw(document) => digits::write_document(document, serializer),
        View::Fault(why) => Err(S::Error::custom(why)),
        View::List(items) => {
            let mut list = serializer.serialize_seq(Some(items.count()))?;
            for index in 0..items.count() {
                if let Some(item) = items.item(index) {
                    list.serialize_element(&Written(item))?;
                }
            }
            list.end()
        }
        View::Pairs(pairs) => {
            let mut map = serializer.serialize_map(Some(pairs.len()))?;
            for (name, value) in pairs {
                map.serialize_entry(name, &Written(*value))?;
            }
            map.end()
        }
        View::Object(name, members, None, _) => {
            let all = is_positional(&serializer);
            let mut present = 0;
            for (_, value) in members {
                present += usize::from(all || !value.is_absent());
            }
            let mut object = serializer.serialize_struct(name, present)?;
            for (name, value) in members {
                if all || !value.is_absent() {
                    object.serialize_field(name, &Written(*value))?;
                }
            }
            object.end()
        }
        View::Object(_, members, Some(rest), _) => {
            let mut object = serializer.serialize_map(None)?;
            for (name, value) in members {
                if !value.is_absent() {
                    object.serialize_entry(name, &Written(*value))?;
                }
            }
            for (name, value) in rest {
                object.serialize_entry(name, value)?;
            }
            object.end()
        }
    }
}
