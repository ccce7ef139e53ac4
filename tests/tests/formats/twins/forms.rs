//! The ways in which a type is read: by itself, embedded in the ways of serde, and in other formats than JSON.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::format::{Cbor, Format, Json, JsonValue, MessagePack, Toml, Yaml};

/// A way to read a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Itself,
    Flattened,
    /// Beside a map of all that is left.
    FlattenedBeside,
    Untagged,
    Tagged,
    Adjacent,
    Value,
    Yaml,
    Cbor,
    MessagePack,
    Toml,
}

impl Form {
    pub(crate) const ALL: [Self; 11] = [
        Self::Itself,
        Self::Flattened,
        Self::FlattenedBeside,
        Self::Untagged,
        Self::Tagged,
        Self::Adjacent,
        Self::Value,
        Self::Yaml,
        Self::Cbor,
        Self::MessagePack,
        Self::Toml,
    ];

    /// The document of an object in this form, where it is one of JSON.
    pub(crate) fn embed(self, object: &str, first: bool) -> Option<String> {
        let member = match self {
            Self::Itself | Self::Untagged | Self::Value => return Some(object.to_owned()),
            Self::Flattened | Self::FlattenedBeside => r#""$own":"own""#,
            Self::Tagged => r#""$kind":"Item""#,
            Self::Adjacent if first => {
                return Some(format!(r#"{{"$item":{object},"$kind":"Item"}}"#));
            }
            Self::Adjacent => return Some(format!(r#"{{"$kind":"Item","$item":{object}}}"#)),
            Self::Yaml | Self::Cbor | Self::MessagePack | Self::Toml => return None,
        };
        let inside = object.trim().strip_prefix('{')?.strip_suffix('}')?;
        Some(match (inside.trim().is_empty(), first) {
            (true, _) => format!("{{{member}}}"),
            (false, true) => format!("{{{member},{inside}}}"),
            (false, false) => format!("{{{inside},{member}}}"),
        })
    }

    /// The document in this form, where it is not one of JSON. A format may have no way to write it.
    pub(crate) fn convert(self, document: &Value) -> Option<Vec<u8>> {
        match self {
            Self::Yaml => Yaml::write(document).ok(),
            Self::Cbor => Cbor::write(document).ok(),
            Self::MessagePack => MessagePack::write(document).ok(),
            Self::Toml => Toml::write(&without_null(document)).ok(),
            _ => None,
        }
    }
}

/// TOML has no null.
fn without_null(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.iter().filter(|(_, value)| !value.is_null());
            kept.map(|(name, value)| (name.clone(), without_null(value)))
                .collect()
        }
        Value::Array(items) => {
            let kept = items.iter().filter(|item| !item.is_null());
            kept.map(without_null).collect()
        }
        other => other.clone(),
    }
}

/// What was read: the content as JSON, and what is written of it in the same form.
pub(crate) struct Content {
    pub(crate) value: Value,
    pub(crate) written: Vec<u8>,
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} written as {}",
            self.value,
            String::from_utf8_lossy(&self.written)
        )
    }
}

pub(crate) type Read = fn(&[u8]) -> Result<Content, String>;

#[derive(Serialize, Deserialize)]
struct Flattened<T> {
    #[serde(rename = "$own")]
    own: String,
    #[serde(flatten)]
    item: T,
}

#[derive(Serialize, Deserialize)]
struct FlattenedBeside<T> {
    #[serde(flatten)]
    item: T,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged<T> {
    Item(T),
    Anything(Value),
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "$kind")]
enum Tagged<T> {
    Item(T),
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "$kind", content = "$item")]
enum Adjacent<T> {
    Item(T),
}

fn value<T: Serialize>(item: &T) -> Value {
    serde_json::to_value(item).unwrap()
}

fn content<F: Format, T: Serialize>(read: &T, value: Value) -> Content {
    let written = F::write(read).unwrap();
    Content { value, written }
}

fn in_format<F: Format, T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<Content, String> {
    let item: T = F::read(bytes)?;
    Ok(content::<F, _>(&item, value(&item)))
}

fn flattened<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<Content, String> {
    let outer: Flattened<T> = Json::read(bytes)?;
    Ok(content::<Json, _>(
        &outer,
        json!([outer.own, value(&outer.item)]),
    ))
}

fn flattened_beside<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<Content, String> {
    let outer: FlattenedBeside<T> = Json::read(bytes)?;
    Ok(content::<Json, _>(
        &outer,
        json!([outer.rest, value(&outer.item)]),
    ))
}

fn untagged<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<Content, String> {
    let outer: Untagged<T> = Json::read(bytes)?;
    let value = match &outer {
        Untagged::Item(item) => json!({"item": value(item)}),
        Untagged::Anything(anything) => json!({"anything": anything}),
    };
    Ok(content::<Json, _>(&outer, value))
}

fn tagged<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<Content, String> {
    let outer: Tagged<T> = Json::read(bytes)?;
    let Tagged::Item(item) = &outer;
    Ok(content::<Json, _>(&outer, value(item)))
}

fn adjacent<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<Content, String> {
    let outer: Adjacent<T> = Json::read(bytes)?;
    let Adjacent::Item(item) = &outer;
    Ok(content::<Json, _>(&outer, value(item)))
}

/// The readers of a type, in the order of [`Form::ALL`].
pub(crate) fn readers<T: DeserializeOwned + Serialize>() -> [Read; 11] {
    [
        in_format::<Json, T>,
        flattened::<T>,
        flattened_beside::<T>,
        untagged::<T>,
        tagged::<T>,
        adjacent::<T>,
        in_format::<JsonValue, T>,
        in_format::<Yaml, T>,
        in_format::<Cbor, T>,
        in_format::<MessagePack, T>,
        in_format::<Toml, T>,
    ]
}
