use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

mod lenient;
mod memory;
mod readers;

use crate::runtime::value::Leniency;
use crate::runtime::{object, open_enum};
use crate::{Amount, InstalledAddOnSid, Timestamp};

const SID: &str = "XE0123456789abcdef0123456789abcdef";

/// Members of every kind, read and written by a table.
#[derive(Clone, Debug, PartialEq)]
struct Thing {
    id: String,
    count: i64,
    owner: Option<InstalledAddOnSid>,
    small: Option<i32>,
    enabled: Option<bool>,
    made: Option<Timestamp>,
    total: Option<Amount>,
    state: Option<State>,
    tags: Option<Vec<String>>,
    links: Option<BTreeMap<String, String>>,
    inner: Option<Inner>,
    any: Option<Value>,
    rest: Map<String, Value>,
}

object! {
    Thing,
    "id" => id required,
    "count" => count required,
    "owner" => owner optional,
    "small" => small optional,
    "enabled" => enabled optional,
    "made" => made optional,
    "total" => total optional,
    "state" => state optional,
    "tags" => tags optional,
    "links" => links optional,
    "in ner" => inner optional,
    "any" => any optional,
    ..rest,
}

#[derive(Clone, Debug, PartialEq)]
struct Inner {
    name: String,
    size: Option<u64>,
}

object! {
    Inner,
    "name" => name required,
    "size" => size optional,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    On,
    Other(Box<str>),
}

impl State {
    fn as_str(&self) -> &str {
        match self {
            Self::On => "on",
            Self::Other(text) => text,
        }
    }
}

impl From<&str> for State {
    fn from(text: &str) -> Self {
        match text {
            "on" => Self::On,
            other => Self::Other(other.into()),
        }
    }
}

open_enum! { State }

/// The same types by serde's derive.
mod derived {
    use super::*;

    #[derive(serde::Deserialize, serde::Serialize)]
    #[serde(rename = "Thing")]
    pub(super) struct Thing {
        id: String,
        count: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        owner: Option<InstalledAddOnSid>,
        #[serde(skip_serializing_if = "Option::is_none")]
        small: Option<i32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        enabled: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        made: Option<Timestamp>,
        #[serde(skip_serializing_if = "Option::is_none")]
        total: Option<Amount>,
        #[serde(skip_serializing_if = "Option::is_none")]
        state: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        tags: Option<Vec<String>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        links: Option<BTreeMap<String, String>>,
        #[serde(rename = "in ner", skip_serializing_if = "Option::is_none")]
        inner: Option<Inner>,
        #[serde(skip_serializing_if = "Option::is_none")]
        any: Option<Value>,
        #[serde(flatten)]
        rest: Map<String, Value>,
    }

    #[derive(serde::Deserialize, serde::Serialize)]
    pub(super) struct Inner {
        name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        size: Option<u64>,
    }
}

fn read(text: &str) -> Result<Thing, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

#[test]
fn members_come_in_any_order_and_are_written_in_the_tables() {
    let text = format!(
        r#"{{"new":[1],"any":{{"a":null}},"in ner":{{"size":3,"name":"n","more":1}},"links":{{"b":"2","a":"1"}},"tags":[],
        "state":"off","total":1.10,"made":"x","enabled":true,"small":-7,"owner":"{SID}","count":2,"id":"i"}}"#
    );
    let thing = read(&text).unwrap();
    assert_eq!(thing.state, Some(State::Other("off".into())));
    let written = format!(
        r#"{{"id":"i","count":2,"owner":"{SID}","small":-7,"enabled":true,"made":"x","total":1.10,"state":"off","tags":[],"links":{{"a":"1","b":"2"}},"in ner":{{"name":"n","size":3}},"any":{{"a":null}},"new":[1]}}"#
    );
    assert_eq!(serde_json::to_string(&thing).unwrap(), written);
    assert_eq!(read(&written).unwrap(), thing);
}

#[test]
fn what_is_optional_may_be_absent_or_null_and_is_then_not_written() {
    let bare = read(r#"{"id":"i","count":2}"#).unwrap();
    let nulls = r#"{"id":"i","count":2,"owner":null,"small":null,"enabled":null,"made":null,"total":null,"state":null,
        "tags":null,"links":null,"in ner":null,"any":null}"#;
    assert_eq!(read(nulls).unwrap(), bare);
    assert_eq!(
        serde_json::to_string(&bare).unwrap(),
        r#"{"id":"i","count":2}"#
    );
}

#[test]
fn an_error_names_the_member_or_the_place() {
    for (text, error) in [
        (r#"{"id":"i"}"#, "missing field `count` at line 1 column 10"),
        (
            r#"{"id":"i","count":2,"in ner":{"size":3}}"#,
            "missing field `name` at line 1 column 39",
        ),
        (
            r#"{"id":"i","id":"j","count":2}"#,
            "duplicate field `id` at line 1 column 14",
        ),
        (
            r#"{"id":null,"count":2}"#,
            "invalid type: null, expected a string at line 1 column 10",
        ),
        (
            r#"{"id":"i","count":2,"small":5000000000}"#,
            "invalid value: integer `5000000000`, expected i32 at line 1 column 39",
        ),
        (
            "[]",
            "invalid type: sequence, expected struct Thing at line 1 column 0",
        ),
        (
            r#"{"id":"i","count":2} x"#,
            "trailing characters at line 1 column 22",
        ),
    ] {
        assert_eq!(read(text).unwrap_err(), error, "{text}");
    }
    let error = read(r#"{"owner":"XB0123456789abcdef0123456789abcdef"}"#).unwrap_err();
    assert!(
        error.contains("begins with `XE`") && error.contains("column 45"),
        "{error}"
    );
}

#[test]
fn a_document_that_is_not_utf8_is_refused_at_the_byte() {
    let text = b"{\"id\":\"i\",\n \"new\":\"caf\xe9\",\"count\":2}";
    let error = lenient::read_again::<Thing>(text, Leniency::Optional).unwrap_err();
    assert_eq!(
        error,
        "new: expected JSON in UTF-8, found a byte that is not at 2:12"
    );
}

#[test]
fn other_formats_than_text_will_do() {
    let value = json!({"id": "i", "count": 2, "in ner": {"name": "n"}, "total": 2.5, "new": true});
    let thing: Thing = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&thing).unwrap(), value);
    let pairs = [("name", "n"), ("unknown", "x")].into_iter();
    let pairs = serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new(pairs);
    let inner = <Inner as serde::Deserialize>::deserialize(pairs).unwrap();
    assert_eq!((inner.name.as_str(), inner.size), ("n", None));
}

#[test]
fn what_is_flattened_takes_its_own_properties_and_leaves_the_others() {
    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Outer<T> {
        own: u8,
        #[serde(flatten)]
        inner: T,
        #[serde(flatten)]
        rest: Map<String, Value>,
    }
    let text = r#"{"own":1,"name":"n","size":2,"other":[3]}"#;
    let outer: Outer<Inner> = serde_json::from_str(text).unwrap();
    assert_eq!(outer.inner.size, Some(2));
    assert_eq!(outer.rest.keys().collect::<Vec<_>>(), ["other"]);
    assert_eq!(serde_json::to_string(&outer).unwrap(), text);
    let outer: Outer<Option<Inner>> = serde_json::from_str(text).unwrap();
    assert_eq!(outer.inner.as_ref().unwrap().name, "n");
    assert_eq!(outer.rest.keys().collect::<Vec<_>>(), ["other"]);
    assert_eq!(serde_json::to_string(&outer).unwrap(), text);
    let outer: Outer<Option<Inner>> = serde_json::from_str(r#"{"own":1,"size":2}"#).unwrap();
    assert_eq!(outer.inner, None);
    // A type that keeps what it does not declare keeps all of it, as a derived one with a flattened map does.
    let text = format!("{{\"own\":1,\"id\":\"i\",\"count\":2,\"owner\":\"{SID}\",\"other\":3}}");
    let ours: Outer<Thing> = serde_json::from_str(&text).unwrap();
    let theirs: Outer<derived::Thing> = serde_json::from_str(&text).unwrap();
    assert_eq!(ours.rest, theirs.rest);
    assert_eq!(
        serde_json::to_value(&ours).unwrap(),
        serde_json::to_value(&theirs).unwrap()
    );
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("-1".to_owned()),
        Just("3".to_owned()),
        Just("1.50".to_owned()),
        Just("9999999999999999999".to_owned()),
        Just(r#""a\nb""#.to_owned()),
        Just("\"2010-08-18T20:01:40Z\"".to_owned()),
        Just(format!("\"{SID}\"")),
        Just(r#"{"name":"n","size":1}"#.to_owned()),
        Just(r#"{"name":"n","name":"m"}"#.to_owned()),
        Just(r#"{"a":"b"}"#.to_owned()),
        Just("{}".to_owned()),
        Just("{".to_owned()),
    ]
}

fn member() -> impl Strategy<Value = String> {
    let names = [
        "id", "count", "owner", "small", "enabled", "made", "total", "state", "tags", "links",
        "in ner", "any", "new", "newer",
    ];
    (prop::sample::select(names.to_vec()), value())
        .prop_map(|(name, value)| format!("\"{name}\":{value}"))
}

proptest! {
    #[test]
    fn a_table_does_what_a_derive_does(members in prop::collection::vec(member(), 0..5), valid: bool) {
        let mut text = members.join(", ");
        if valid {
            text = format!("\"id\":\"i\",\"count\":1{}{text}", if text.is_empty() { "" } else { "," });
        }
        let text = format!("{{{text}}}");
        let ours = read(&text).map(|thing| serde_json::to_string(&thing).unwrap());
        let theirs = serde_json::from_str::<derived::Thing>(&text)
            .map(|thing| serde_json::to_string(&thing).unwrap())
            .map_err(|error| error.to_string());
        // A narrow integer is read as a wide one first, which judges what is no whole number.
        let wide = |error: String| match error.split_once("expected i32") {
            Some((found, rest)) => format!("{found}expected i64{rest}"),
            None => error,
        };
        prop_assert_eq!(ours, theirs.map_err(wide));
    }
}
