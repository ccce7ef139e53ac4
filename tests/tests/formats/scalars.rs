//! Amounts, quantities, dates and SIDs in every format, also in those whose values do not say what they are.

use std::collections::BTreeMap;
use std::fmt::Debug;

use generated_client::sids::AccountSid;
use generated_client::types::{
    AddOnResult, AddOnResultStatus, BillableItem, BilledItem, UsageReport,
};
use generated_client::{Amount, Quantity, Timestamp};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::format::{Format, in_each};

/// Not every format has a document of one scalar.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Holder<T> {
    before: bool,
    value: T,
    after: String,
}

fn comes_back<F: Format>(value: &(impl Debug + PartialEq + Clone + Serialize + DeserializeOwned)) {
    let holder = Holder {
        before: true,
        value: value.clone(),
        after: "after".to_owned(),
    };
    let written =
        F::write(&holder).unwrap_or_else(|error| panic!("{}: {value:?}: {error}", F::NAME));
    let read = F::read(&written).unwrap_or_else(|error| {
        let written = String::from_utf8_lossy(&written);
        panic!("{}: {value:?} as {written}: {error}", F::NAME)
    });
    assert_eq!(holder, read, "{}", F::NAME);
}

/// From all of which a form is no part: it has no object inside another.
fn comes_back_from_all(value: &(impl Debug + PartialEq + Clone + Serialize + DeserializeOwned)) {
    in_each!(Json JsonStream JsonValue Yaml Cbor MessagePack MessagePackList Toml Ron Bincode Postcard => comes_back(value));
}

#[test]
fn every_scalar_comes_back_from_every_format() {
    for text in AMOUNTS {
        let amount: Amount = text.parse().unwrap();
        comes_back_from_all(&amount);
        in_each!(Urlencoded Csv Xml => comes_back(&amount));
        if let Ok(quantity) = Quantity::new(amount) {
            comes_back_from_all(&quantity);
        }
    }
    for text in [
        "2010-08-18T20:01:40Z",
        "Wed, 18 Aug 2010 20:01:40 +0000",
        "",
        "1e2",
        "null",
        "a date that is none, and longer than what is kept in place",
    ] {
        comes_back_from_all(&Timestamp::from(text));
        in_each!(Urlencoded Csv Xml => comes_back(&Timestamp::from(text)));
    }
    let sid: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().unwrap();
    comes_back_from_all(&sid);
    in_each!(Urlencoded Csv Xml => comes_back(&sid));
    for text in ["completed", "new since", "", "1"] {
        comes_back_from_all(&AddOnResultStatus::from(text));
    }
}

/// What has neither JSON of a publisher's nor properties that its type does not declare.
#[test]
fn an_object_comes_back_from_formats_that_keep_no_names() {
    let quantity: Quantity = "12345678901234567.8901".parse().unwrap();
    comes_back_from_all(&BillableItem::new("a", quantity));
    let item = r#"{"sid":"a","quantity":0.10,"submitted":true}"#;
    let item: BilledItem = serde_json::from_str(item).unwrap();
    in_each!(MessagePackList => comes_back(&item));
    for json in [
        "{}",
        r#"{"total_submitted":12345678901234567.8901}"#,
        r#"{"billable_items":[{"sid":"a"},{"sid":"b","submitted":false},{"sid":"c","quantity":0.10}]}"#,
    ] {
        let report: UsageReport = serde_json::from_str(json).unwrap();
        in_each!(Ron Bincode Postcard => comes_back(&report));
    }
    let result = r#"{"sid":"XR0123456789abcdef0123456789abcdef","account_sid":"AC0123456789abcdef0123456789abcdef",
        "reference_sid":"RE0123456789abcdef0123456789abcdef","status":"queued","date_completed":"",
        "subresource_uris":{"payloads":"/2010-04-01/Payloads.json"}}"#;
    let result: AddOnResult = serde_json::from_str(result).unwrap();
    in_each!(Ron Bincode Postcard => comes_back(&result));
}

/// Amounts by what formats do with numbers: whole and broken, short and long, beyond 53 bits, beyond 64, and beyond any float.
pub(crate) const AMOUNTS: [&str; 21] = [
    "0",
    "5",
    "-5",
    "0.10",
    "5.00",
    "-0.000001",
    "100",
    "1500000000000000000000",
    "0.3",
    "123456789.012345",
    "123456789012.3456",
    "0.30000000000000004",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551616",
    "12345678901234567.8901",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "7.9228162514264337593543950335",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_amount_comes_back_from_every_format(
        mantissa in prop_oneof![any::<i64>().prop_map(i128::from), -(1_i128 << 95)..1 << 95, -1000_i128..1000],
        scale in 0_u32..=28,
    ) {
        let amount = Amount::new(mantissa, scale).unwrap();
        comes_back_from_all(&amount);
        in_each!(Urlencoded Csv Xml => comes_back(&amount));
        let text = serde_json::to_string(&amount).unwrap();
        prop_assert_eq!(&text, &amount.to_string());
        prop_assert_eq!(text.parse::<rust_decimal::Decimal>().unwrap().to_string(), text);
    }
}

#[test]
fn the_digits_of_an_amount_stay_in_json_text() {
    for text in AMOUNTS {
        let amount: Amount = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&amount).unwrap(), text);
        let amount: Amount = serde_json::from_reader(text.as_bytes()).unwrap();
        assert_eq!(serde_json::to_string_pretty(&amount).unwrap(), text);
    }
}

#[test]
fn an_amount_is_a_number_where_a_number_keeps_it() {
    fn written<F: Format>(text: &str) -> String {
        let amount: Amount = text.parse().unwrap();
        let bytes = F::write(&BTreeMap::from([("value", amount)])).unwrap();
        String::from_utf8(bytes).unwrap().trim().to_owned()
    }
    for (text, number) in [
        ("5", "5"),
        ("0.10", "0.1"),
        ("5.00", "5.0"),
        ("123456789.012345", "123456789.012345"),
        ("9007199254740993", "9007199254740993"),
    ] {
        assert_eq!(
            written::<crate::format::Yaml>(text),
            format!("value: {number}")
        );
        assert_eq!(
            written::<crate::format::Toml>(text),
            format!("value = {number}")
        );
        assert_eq!(
            written::<crate::format::JsonValue>(text),
            format!(r#"{{"value":{number}}}"#)
        );
    }
    for text in ["123456789012.3456", "9223372036854775808"] {
        assert_eq!(
            written::<crate::format::Yaml>(text),
            format!("value: '{text}'")
        );
        assert_eq!(
            written::<crate::format::Toml>(text),
            format!("value = \"{text}\"")
        );
        assert_eq!(
            written::<crate::format::JsonValue>(text),
            format!(r#"{{"value":"{text}"}}"#)
        );
    }
}

#[test]
fn an_amount_is_read_from_every_kind_of_number() {
    fn read<F: Format>(number: impl Serialize) -> Result<Amount, String> {
        let bytes = F::write(&BTreeMap::from([("value", number)])).unwrap();
        F::read::<BTreeMap<String, Amount>>(&bytes).map(|map| map["value"])
    }
    fn numbers<F: Format>() {
        for (expected, read) in [
            ("5", read::<F>(5_u8)),
            ("-5", read::<F>(-5_i32)),
            ("9223372036854775807", read::<F>(i64::MAX)),
            ("0.1", read::<F>(0.1)),
            ("1e20", read::<F>(1e20)),
            ("-2.5", read::<F>(-2.5_f32)),
            ("0.10", read::<F>(" 0.10 ")),
            ("1e2", read::<F>("1e2")),
        ] {
            let expected: Amount = expected.parse().unwrap();
            assert_eq!(read, Ok(expected), "{}", F::NAME);
        }
        let error = read::<F>(0.1 + 0.2).unwrap_err();
        assert!(
            error.contains("more than 15 digits") && error.contains("as text"),
            "{}: {error}",
            F::NAME
        );
        for error in [read::<F>(true), read::<F>("x"), read::<F>("")] {
            assert!(
                error.unwrap_err().contains("a decimal number"),
                "{}",
                F::NAME
            );
        }
    }
    in_each!(JsonValue Yaml Cbor MessagePack Toml Ron => numbers());
    fn texts<F: Format>() {
        assert_eq!(read::<F>("0.10"), Ok("0.1".parse().unwrap()), "{}", F::NAME);
        // Postcard keeps no words of an error.
        assert!(read::<F>("x").is_err(), "{}", F::NAME);
    }
    in_each!(Urlencoded Postcard => texts());
}

#[test]
fn an_amount_can_be_the_key_of_a_map() {
    let map: BTreeMap<Amount, bool> = BTreeMap::from([("0.10".parse().unwrap(), true)]);
    let text = serde_json::to_string(&map).unwrap();
    assert_eq!(text, r#"{"0.10":true}"#);
    assert_eq!(
        serde_json::from_str::<BTreeMap<Amount, bool>>(&text).unwrap(),
        map
    );
    let value = serde_json::to_value(&map).unwrap();
    assert_eq!(
        serde_json::from_value::<BTreeMap<Amount, bool>>(value).unwrap(),
        map
    );
}

#[test]
fn a_property_is_never_taken_for_what_serde_json_writes() {
    for name in [
        "$serde_json::private::RawValue",
        "$serde_json::private::Number",
    ] {
        let document = serde_json::json!({ "value": { name: "5" } });
        fn refused<F: Format>(document: &serde_json::Value) {
            let bytes = F::write(document).unwrap();
            let read = F::read::<BTreeMap<String, Amount>>(&bytes);
            assert!(read.is_err(), "{}: {read:?}", F::NAME);
        }
        in_each!(Json JsonStream Yaml Cbor MessagePack Toml => refused(&document));
        // Not by its text: there serde_json itself would take the property for what it writes.
        let read: Result<BTreeMap<String, Amount>, _> = serde_json::from_value(document);
        assert!(read.is_err(), "{read:?}");
    }
}
