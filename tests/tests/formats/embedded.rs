//! The four ways in which serde lets a type be a part of another one. serde keeps the value aside until it knows what it
//! is for, so nothing of the document is left but what a format says of a value.

use std::fmt::Debug;

use generated_client::types::{BillableItem, BilledItem, UsageReport};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::format::{Format, in_each};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flattened<T> {
    own: String,
    #[serde(flatten)]
    item: T,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct MaybeFlattened<T> {
    own: String,
    #[serde(flatten)]
    item: Option<T>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged<T> {
    Item(T),
    Anything(Value),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged<T> {
    Item(T),
    Nothing,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "item")]
enum Adjacent<T> {
    Item(T),
    Nothing,
}

fn comes_back<F: Format>(value: &(impl Debug + PartialEq + Serialize + DeserializeOwned)) {
    let written = F::write(value).unwrap_or_else(|error| panic!("{}: {value:?}: {error}", F::NAME));
    let read = F::read(&written).unwrap_or_else(|error| {
        let written = String::from_utf8_lossy(&written);
        panic!("{}: {value:?} as {written}: {error}", F::NAME)
    });
    assert_eq!(*value, read, "{}", F::NAME);
}

fn embedded<F: Format>(item: &(impl Debug + PartialEq + Clone + Serialize + DeserializeOwned)) {
    let own = || "own".to_owned();
    comes_back::<F>(&Flattened {
        own: own(),
        item: item.clone(),
    });
    comes_back::<F>(&MaybeFlattened {
        own: own(),
        item: Some(item.clone()),
    });
    comes_back::<F>(&Untagged::Item(item.clone()));
    comes_back::<F>(&Tagged::Item(item.clone()));
    comes_back::<F>(&Adjacent::Item(item.clone()));
}

/// A billable item of the quantity.
fn billable(quantity: &str) -> BillableItem {
    BillableItem::new("a", quantity.parse().unwrap())
}

fn billed(quantity: &str) -> BilledItem {
    let json = format!(r#"{{"sid":"a","quantity":{quantity},"submitted":true}}"#);
    serde_json::from_str(&json).unwrap()
}

fn report(total: &str) -> UsageReport {
    let json = format!(
        r#"{{"total_submitted":{total},"billable_items":[{{"sid":"a","quantity":{total}}}]}}"#
    );
    serde_json::from_str(&json).unwrap()
}

#[test]
fn an_embedded_amount_comes_back_from_every_format_that_says_what_its_values_are() {
    // The digits that a format keeps whatever becomes of its numbers.
    for number in ["5", "0.10", "123456789.012345", "9223372036854775807"] {
        in_each!(Json JsonStream JsonValue Yaml Cbor MessagePack Toml => embedded(&billable(number)));
        in_each!(Json JsonStream JsonValue Yaml Cbor MessagePack Toml => embedded(&billed(number)));
        in_each!(Json JsonStream JsonValue Yaml Cbor MessagePack Toml => embedded(&report(number)));
    }
    // Those beyond: text, but in JSON text, where they are the number that Twilio reads.
    for number in [
        "1234567890.1234567",
        "12345678901234567890",
        "7.9228162514264337593543950335",
    ] {
        in_each!(JsonValue Yaml Cbor MessagePack Toml => embedded(&billable(number)));
        in_each!(JsonValue Yaml Cbor MessagePack Toml => embedded(&billed(number)));
        in_each!(JsonValue Yaml Cbor MessagePack Toml => embedded(&report(number)));
    }
}

#[test]
fn a_form_holds_a_flattened_amount() {
    comes_back::<crate::format::Urlencoded>(&Flattened {
        own: "own".to_owned(),
        item: billable("12345678901234567.8901"),
    });
}

/// An error, or the other variant, where a caller asks for one. Never another number.
#[test]
fn an_embedded_number_of_too_many_digits_is_refused() {
    for number in [
        "1234567890.1234567",
        "123456789012345678901",
        "0.30000000000000004",
    ] {
        let item = format!(r#""sid":"a","quantity":{number}"#);
        for (name, refused) in [
            (
                "flatten",
                refusal::<Flattened<BilledItem>>(&format!(r#"{{"own":"o",{item}}}"#)),
            ),
            (
                "tagged",
                refusal::<Tagged<BilledItem>>(&format!(r#"{{"kind":"Item",{item}}}"#)),
            ),
            (
                "adjacent",
                refusal::<Adjacent<BilledItem>>(&format!(r#"{{"item":{{{item}}},"kind":"Item"}}"#)),
            ),
        ] {
            assert!(
                refused.contains("more than 15 digits"),
                "{name} {number}: {refused}"
            );
        }
        let untagged: Untagged<BilledItem> = serde_json::from_str(&format!("{{{item}}}")).unwrap();
        assert!(matches!(untagged, Untagged::Anything(_)), "{untagged:?}");
        // Once the tag is known the content is read as it is written.
        let json = format!(r#"{{"kind":"Item","item":{{{item}}}}}"#);
        let adjacent: Adjacent<BilledItem> = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&adjacent).unwrap(), json);
    }
}

fn refusal<T: Debug + DeserializeOwned>(json: &str) -> String {
    serde_json::from_str::<T>(json).unwrap_err().to_string()
}

/// A structure that is not the client's, around a document that it does keep.
#[test]
fn a_document_is_written_into_every_format() {
    fn written<F: Format>() {
        let json = generated_client::Json::from_text(r#"{"a": [1, 0.5, "x", null, true]}"#);
        let bytes = F::write(&Flattened {
            own: "own".to_owned(),
            item: std::collections::BTreeMap::from([("json", json)]),
        });
        let read: Value = F::read(&bytes.unwrap()).unwrap();
        assert_eq!(
            read["json"],
            serde_json::json!({"a": [1, 0.5, "x", null, true]}),
            "{}",
            F::NAME
        );
    }
    in_each!(Json JsonStream JsonValue Yaml Cbor MessagePack => written());
}
