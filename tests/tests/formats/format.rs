//! The formats, each as a pair of functions.

use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A format that values are written in and read from.
pub(crate) trait Format {
    const NAME: &'static str;

    fn write<T: Serialize>(value: &T) -> Result<Vec<u8>, String>;
    fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String>;
}

fn said(error: impl Display) -> String {
    error.to_string()
}

macro_rules! formats {
    ($($(#[$about:meta])* $name:ident, $value:ident => $write:expr, $bytes:ident => $read:expr;)+) => {$(
        $(#[$about])*
        pub(crate) struct $name;

        impl Format for $name {
            const NAME: &'static str = stringify!($name);

            fn write<T: Serialize>($value: &T) -> Result<Vec<u8>, String> {
                $write
            }

            fn read<T: DeserializeOwned>($bytes: &[u8]) -> Result<T, String> {
                $read
            }
        }
    )+};
}

formats! {
    Json,
        value => serde_json::to_vec(value).map_err(said),
        bytes => serde_json::from_slice(bytes).map_err(said);
    /// JSON from a stream, whose texts have to be copied.
    JsonStream,
        value => serde_json::to_vec_pretty(value).map_err(said),
        bytes => serde_json::from_reader(bytes).map_err(said);
    /// JSON by way of `serde_json::Value`.
    JsonValue,
        value => serde_json::to_value(value).map(|value| value.to_string().into_bytes()).map_err(said),
        bytes => serde_json::from_slice(bytes).and_then(serde_json::from_value).map_err(said);
    Yaml,
        value => serde_yaml::to_string(value).map(String::into_bytes).map_err(said),
        bytes => serde_yaml::from_slice(bytes).map_err(said);
    Cbor,
        value => {
            let mut bytes = Vec::new();
            ciborium::into_writer(value, &mut bytes).map(|()| bytes).map_err(said)
        },
        bytes => ciborium::from_reader(bytes).map_err(said);
    /// With the names of properties, as structures are written for others.
    MessagePack,
        value => rmp_serde::to_vec_named(value).map_err(said),
        bytes => rmp_serde::from_slice(bytes).map_err(said);
    /// Without the names of properties.
    MessagePackList,
        value => rmp_serde::to_vec(value).map_err(said),
        bytes => rmp_serde::from_slice(bytes).map_err(said);
    Toml,
        value => toml::to_string(value).map(String::into_bytes).map_err(said),
        bytes => toml::from_slice(bytes).map_err(said);
    Urlencoded,
        value => serde_urlencoded::to_string(value).map(String::into_bytes).map_err(said),
        bytes => serde_urlencoded::from_bytes(bytes).map_err(said);
    Csv,
        value => {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.serialize(value).map_err(said)?;
            writer.into_inner().map_err(said)
        },
        bytes => {
            let mut reader = csv::Reader::from_reader(bytes);
            reader.deserialize().next().ok_or("no record")?.map_err(said)
        };
    Xml,
        value => quick_xml::se::to_string(value).map(String::into_bytes).map_err(said),
        bytes => quick_xml::de::from_reader(bytes).map_err(said);
    Ron,
        value => ron::to_string(value).map(String::into_bytes).map_err(said),
        bytes => ron::de::from_bytes(bytes).map_err(said);
    Bincode,
        value => bincode::serialize(value).map_err(said),
        bytes => bincode::deserialize(bytes).map_err(said);
    Postcard,
        value => postcard::to_stdvec(value).map_err(said),
        bytes => postcard::from_bytes(bytes).map_err(said);
}

/// Does the same in each of the formats.
macro_rules! in_each {
    ($($format:ident)+ => $function:ident $arguments:tt) => {
        $($function::<crate::format::$format> $arguments;)+
    };
}

pub(crate) use in_each;
