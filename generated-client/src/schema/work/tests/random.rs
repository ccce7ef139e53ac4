//! Schemas in which definitions are shared and multiplied at random, and values for them.

use proptest::prelude::*;
use serde_json::{Value, json};

const DEFS: usize = 6;
const NAMES: [&str; 3] = ["a", "b", "c"];

/// A subschema, whose references for the same value lead to later definitions alone or to any.
fn subschema() -> impl Strategy<Value = Value> {
    let reference = (0..DEFS).prop_map(|number| json!({"$ref": format!("#/$defs/{number}")}));
    let leaf = prop_oneof![
        4 => reference,
        1 => prop_oneof![
            Just(json!({"type": "object"})),
            Just(json!({"type": "string"})),
            Just(json!({"type": "array", "uniqueItems": true})),
            Just(json!({"enum": ["x", 1, {}]})),
            Just(json!({"required": ["a"]})),
            Just(json!({"minProperties": 1, "minItems": 1})),
            Just(json!({})),
            Just(json!({"not": {}})),
        ],
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let list = proptest::collection::vec(inner.clone(), 1..4);
        let names = proptest::collection::btree_map(
            proptest::sample::select(&NAMES[..]).prop_map(str::to_owned),
            inner.clone(),
            1..4,
        );
        let lists = proptest::sample::select(&["allOf", "anyOf", "oneOf", "prefixItems"][..]);
        let maps =
            proptest::sample::select(&["properties", "patternProperties", "dependentSchemas"][..]);
        let ones = proptest::sample::select(
            &[
                "not",
                "additionalProperties",
                "items",
                "contains",
                "propertyNames",
                "unevaluatedProperties",
                "unevaluatedItems",
            ][..],
        );
        let part = prop_oneof![
            3 => (lists, list).prop_map(|(keyword, list)| json!({keyword: list})),
            3 => (maps, names).prop_map(|(keyword, names)| json!({keyword: names})),
            2 => (ones, inner.clone()).prop_map(|(keyword, one)| json!({keyword: one})),
            1 => (inner.clone(), inner.clone(), inner)
                .prop_map(|(a, b, c)| json!({"if": a, "then": b, "else": c})),
        ];
        // Several keywords beside each other.
        proptest::collection::vec(part, 1..3).prop_map(|parts| {
            let mut all = serde_json::Map::new();
            for part in parts {
                all.extend(part.as_object().cloned().unwrap());
            }
            Value::Object(all)
        })
    })
}

/// Lets references for the same value lead to later definitions, because a circle is refused anyway.
fn settle(value: &mut Value, definition: usize, is_same_value: bool) {
    const SAME: [&str; 8] = [
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
        "dependentSchemas",
    ];
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && is_same_value
            {
                let target: usize = reference.trim_start_matches("#/$defs/").parse().unwrap();
                if definition + 1 == DEFS {
                    members.clear();
                } else {
                    let later = definition + 1 + target % (DEFS - definition - 1);
                    *reference = format!("#/$defs/{later}");
                }
            }
            for (name, inner) in members.iter_mut() {
                let is_name = NAMES.contains(&name.as_str());
                let is_same = is_same_value && (is_name || SAME.contains(&name.as_str()));
                settle(inner, definition, is_same);
            }
        }
        Value::Array(items) => {
            for item in items {
                settle(item, definition, is_same_value);
            }
        }
        _ => {}
    }
}

pub(super) fn any_schema() -> impl Strategy<Value = Value> {
    let definitions = proptest::collection::vec(subschema(), DEFS);
    definitions.prop_map(|definitions| {
        let numbered = definitions.into_iter().enumerate();
        let map: serde_json::Map<String, Value> = numbered
            .map(|(number, mut value)| {
                settle(&mut value, number, true);
                (number.to_string(), value)
            })
            .collect();
        json!({"$defs": map, "$ref": "#/$defs/0"})
    })
}

pub(super) fn instance() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![Just(json!("x")), Just(json!(1)), Just(json!(null))];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let name = proptest::sample::select(&NAMES[..]).prop_map(str::to_owned);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(name, inner, 0..4).prop_map(|members| json!(members)),
        ]
    })
}
