//! The two ways of reading a response agree: a document that the first one reads, the second one reads to the same.

use super::lenient::{Things, read_again, strictly};
use super::*;
use crate::runtime::cases::cases;
use crate::runtime::{ReadValue, value};

fn odd() -> impl Strategy<Value = String> {
    prop_oneof![
        value(),
        Just("-0".to_owned()),
        Just("1e400".to_owned()),
        Just("2147483648".to_owned()),
        Just("\"\\ud83d\\ude00\"".to_owned()),
        Just("\"\\ud83d\"".to_owned()),
        Just("[ ]".to_owned()),
        Just("[\"n\", 1]".to_owned()),
        Just("[\"a\", null]".to_owned()),
        Just("{ \"a\" : \"b\" , \"a\" : 1 }".to_owned()),
        Just("[{\"name\":\"n\"},{\"name\":null}]".to_owned()),
        Just("{\"\\u0061\":{\"b\":[1,2.50,1e3]}}".to_owned()),
    ]
}

fn property() -> impl Strategy<Value = String> {
    let names = [
        "sid",
        "small",
        "enabled",
        "made",
        "total",
        "state",
        "tags",
        "parts",
        "links",
        "inner",
        "any",
        "configuration",
        "new",
        "newer",
        "\\u0073mall",
    ];
    (prop::sample::select(names.to_vec()), odd())
        .prop_map(|(name, value)| format!("\"{name}\": {value}"))
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn what_is_read_strictly_is_read_the_same_leniently(
        items in prop::collection::vec(prop::collection::vec(property(), 0..4), 0..3),
        more in prop::sample::select(vec!["", ",\"next\":null", ",\"next\":\"n\"", ",\"meta\":{\"page\":1}", ",\"size\":1.0"]),
        edit in prop::option::weighted(0.3, (any::<prop::sample::Index>(), prop::sample::select(b"\"\\{}[],:0e-. n\x80".to_vec()))),
    ) {
        let items: Vec<String> = items
            .into_iter()
            .map(|properties| {
                let comma = if properties.is_empty() { "" } else { "," };
                format!("{{\"sid\":\"{SID}\"{comma}{}}}", properties.join(", "))
            })
            .collect();
        let mut json = format!("{{\"things\":[{}]{more}}}", items.join(" , ")).into_bytes();
        if let Some((index, byte)) = edit {
            let index = index.index(json.len());
            json[index] = byte;
        }
        let mut strict = Things::blank();
        let is_strict = value::read_response(&json, &mut strict);
        let lenient = read_again::<Things>(&json, Leniency::Optional);
        if is_strict {
            prop_assert_eq!(lenient, Ok((strict, vec![])));
            let nothing = read_again::<Things>(&json, Leniency::Nothing);
            prop_assert!(nothing.is_ok());
        } else if let Ok((things, list)) = lenient {
            // What was passed over is all that it differs by: written again it is read strictly.
            let again = serde_json::to_string(&things).unwrap();
            prop_assert_eq!(strictly(&again), Some(things));
            prop_assert!(!list.is_empty() || std::str::from_utf8(&json).is_ok());
        }
    }
}
