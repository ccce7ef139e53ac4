//! What a schema may be: patterns, sizes and references, and that schemas as people write them are within all limits.

use allocation_counter::measure;
use serde_json::{Map, Value, json};

use super::schema;

/// Which schemas are refused, where, and with which word.
#[track_caller]
fn assert_refused(text: Value, pointer: &str, word: &str) {
    let start: String = text.to_string().chars().take(200).collect();
    let error = schema(text).expect_err(&start);
    assert_eq!(error.pointer(), pointer, "{error}");
    assert!(error.to_string().contains(word), "{error}");
}

#[test]
fn patterns_are_matched_in_linear_time_or_refused() {
    let long = format!("{}!", "a".repeat(50_000));
    for pattern in [
        "^(a+)+$",
        "^(a|a)*$",
        "^(a|aa)+$",
        "^(.*)*$",
        "(x+x+)+y",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
    ] {
        for text in [
            json!({"pattern": pattern}),
            json!({"propertyNames": {"pattern": pattern}}),
        ] {
            let schema = schema(text).unwrap();
            // Each of them goes on for longer than anyone waits where a matcher goes back.
            let _ = schema.check(&long);
            let _ = schema.check(&json!({long.clone(): 1}));
        }
    }
    for pattern in [
        "(?=.*[A-Z]).*",
        "(?!x)",
        "(?<=x)y",
        "(a)\\1",
        "(?<n>a)\\k<n>",
    ] {
        let text = json!({"properties": {"a": {"pattern": pattern}}});
        assert_refused(text, "/properties/a/pattern", "cannot be used");
        let text = json!({"patternProperties": {pattern: {}}});
        let error = schema(text).unwrap_err();
        assert!(error.pointer().starts_with("/patternProperties"), "{error}");
    }
    for pattern in ["((a{1000}){1000}){1000}", "(\\p{L}{500}){500}"] {
        let error = schema(json!({"pattern": pattern})).unwrap_err();
        assert!(["", "/pattern"].contains(&error.pointer()), "{error}");
    }
    // What people write.
    for (pattern, good, bad) in [
        (
            "^[A-Z]{2}[0-9a-f]{32}$",
            "AC00000000000000000000000000000000",
            "AC",
        ),
        ("^\\+[1-9]\\d{1,14}$", "+15017122661", "15017122661"),
        (
            "^https?://[^\\s/$.?#].[^\\s]*$",
            "https://example.com",
            "example.com",
        ),
    ] {
        let schema = schema(json!({"pattern": pattern})).unwrap();
        assert!(schema.check(good).is_ok(), "{pattern}");
        assert!(schema.check(bad).is_err(), "{pattern}");
    }
}

#[test]
fn many_large_patterns_are_refused_before_any_is_compiled() {
    for pattern in [r"\p{L}{90}", "[^a]{900}", "a{1000}", ".{900}", r"\s{900}"] {
        let patterns = |make: fn(String) -> Value| {
            let numbered = (0..9_000).map(|number| make(format!("{number}{pattern}")));
            json!({"allOf": numbered.collect::<Vec<_>>()})
        };
        for text in [
            patterns(|pattern| json!({"pattern": pattern})),
            patterns(|pattern| json!({"patternProperties": {pattern: {}}})),
        ] {
            let error = schema(text).unwrap_err();
            assert!(
                error.to_string().contains("its patterns are too large"),
                "{error}"
            );
            assert!(error.pointer().starts_with("/allOf/"), "{error}");
        }
    }
    // The same one many times is one.
    let same = vec![json!({"pattern": r"^\p{L}{1,50}$"}); 500];
    assert!(schema(json!({"allOf": same})).is_ok());
}

#[test]
fn a_text_that_a_large_pattern_would_take_long_for_is_refused() {
    let schema = schema(json!({"pattern": "^([a-z]?){500}$"})).unwrap();
    assert!(schema.check("abc").is_ok());
    let error = schema.check(&"a".repeat(1 << 20)).unwrap_err();
    assert!(
        error.to_string().contains("more than 10000000 steps"),
        "{error}"
    );
}

#[test]
fn large_and_deep_schemas_are_refused() {
    let many: Map<String, Value> = (0..60_000)
        .map(|number| (number.to_string(), json!({})))
        .collect();
    assert_refused(json!({"properties": many}), "", "more than 50000 values");
    assert_refused(json!({"title": "x".repeat(2 << 20)}), "", "bytes of text");
    assert_refused(json!({"x".repeat(2 << 20): 1}), "", "bytes of text");
    // Deeper than any text can be that serde_json reads.
    let deep = (0..1_000).fold(json!({}), |inner, _| json!({"not": inner}));
    let error = schema(deep).unwrap_err();
    assert!(
        error.to_string().contains("nested more than 64 deep"),
        "{error}"
    );
    let references = (0..120).map(|number| json!({"$ref": format!("#/allOf/{}", number + 1)}));
    let wide: Vec<Value> = references.chain([json!({})]).collect();
    let error = schema(json!({"allOf": wide})).unwrap_err();
    assert!(
        error.to_string().contains("more than 100 subschemas"),
        "{error}"
    );
}

#[test]
fn long_lists_are_checked_within_the_steps_or_refused() {
    let items = |count: usize| {
        (0..count)
            .map(|number| json!({"a": number}))
            .collect::<Vec<_>>()
    };
    let unique = schema(json!({"uniqueItems": true})).unwrap();
    assert!(unique.check(&items(5_000)).is_ok());
    assert!(unique.check(&vec![1; 5_000]).is_err());
    let nested = schema(json!({"items": {"uniqueItems": true}, "uniqueItems": true})).unwrap();
    let error = nested
        .check(&vec![(0..5_000).collect::<Vec<_>>(); 300])
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("more than 50000 steps to find out where"),
        "{error}"
    );
    // Each item is compared with each value of the list.
    let one_of_many = schema(json!({"items": {"enum": items(5_000)}})).unwrap();
    assert!(one_of_many.check(&items(50)).is_ok());
    let error = one_of_many.check(&items(8_000)).unwrap_err();
    assert!(
        error.to_string().contains("more than 10000000 steps"),
        "{error}"
    );
}

#[test]
fn the_first_hundred_violations_are_kept() {
    let schema = schema(json!({"items": {"type": "string"}})).unwrap();
    let error = schema.check(&vec![0; 5_000]).unwrap_err();
    assert_eq!(error.violations().len(), 100);
}

/// The violations of alternatives are kept until the last alternative is looked at, and few of them are shown.
#[test]
fn what_is_told_of_many_violations_takes_little_memory() {
    let required: Vec<String> = (0..400).map(|number| number.to_string()).collect();
    let schema =
        schema(json!({"items": {"anyOf": [{"required": required}, {"enum": [1]}]}})).unwrap();
    let mut told = 0;
    for count in [50, 100, 200, 400, 800, 1600] {
        let items = vec![json!({}); count];
        let info = measure(|| match schema.check(&items) {
            Err(error) if error.violations().len() > 1 => told += 1,
            Err(_) => {}
            Ok(_) => panic!("{count} items break the schema"),
        });
        assert!(
            info.bytes_max < 64 << 20,
            "{count}: {} bytes",
            info.bytes_max
        );
    }
    assert!((1..6).contains(&told), "{told}");
}

#[test]
fn references_within_a_schema_lead_where_the_standard_says() {
    let number = json!({"type": "number"});
    for text in [
        json!({"$defs": {"a": number}, "$ref": "#/$defs/a"}),
        json!({"definitions": {"a": number}, "$ref": "#/definitions/a"}),
        json!({"$defs": {"a/b": number}, "$ref": "#/$defs/a~1b"}),
        json!({"$defs": {"a b": number}, "$ref": "#/$defs/a%20b"}),
        json!({"x-own": [{}, number], "$ref": "#/x-own/1"}),
        json!({"$defs": {"a": {"$anchor": "here", "type": "number"}}, "$ref": "#here"}),
        json!({"$defs": {"a": {"$dynamicAnchor": "here", "type": "number"}}, "$dynamicRef": "#here"}),
        json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "definitions": {"a": {"$id": "#here", "type": "number"}},
            "$ref": "#here",
        }),
        json!({
            "$id": "https://example.com/schemas/one.json",
            "$defs": {"a": {"$id": "two.json", "type": "number"}},
            "$ref": "two.json",
        }),
        json!({
            "$id": "https://example.com/schemas/one.json",
            "$defs": {"a": {"$id": "/other/two", "$defs": {"b": number}}},
            "$ref": "https://example.com/other/two#/$defs/b",
        }),
        json!({
            "$id": "https://example.com/one",
            "$defs": {"a": {"$id": "two", "$ref": "#/$defs/b", "$defs": {"b": number}}},
            "$ref": "two",
        }),
    ] {
        let schema = schema(text.clone()).unwrap_or_else(|error| unreachable!("{text}: {error}"));
        assert!(schema.check(&7).is_ok(), "{text}");
        assert!(schema.check("x").is_err(), "{text}");
    }
    for (reference, word) in [
        ("#/nowhere", "`#/nowhere`, which is not in the schema"),
        ("#nowhere", "which is not in the schema"),
        ("other.json", "another document"),
        (
            "https://json-schema.org/draft/2020-12/schema",
            "another document",
        ),
    ] {
        let text = json!({"items": {"$ref": reference}});
        assert_refused(text, "/items/$ref", word);
    }
}

#[test]
fn names_of_many_places_are_not_looked_up_again_and_again() {
    for (named, reference) in [
        (json!({"$dynamicAnchor": "a"}), json!({"$dynamicRef": "#a"})),
        (json!({"$anchor": "a"}), json!({"$ref": "#a"})),
        (json!({"$id": "a"}), json!({"$ref": "a"})),
        (json!({"$id": "a"}), json!({"$ref": "a#/items"})),
        (json!({"$id": "a"}), json!({"$recursiveRef": "#"})),
        (
            json!({"$recursiveAnchor": true}),
            json!({"$recursiveRef": "#"}),
        ),
    ] {
        let one = json!({"$id": "a", "items": {}});
        let text = json!({
            "$defs": [vec![named.clone(); 800], vec![one]],
            "anyOf": vec![json!({"items": reference}); 800],
        });
        let error = schema(text).unwrap_err();
        assert!(
            error.to_string().contains("more than 500000 places"),
            "{named}: {error}"
        );
    }
}

#[test]
fn schemas_as_people_write_them_are_within_all_limits() {
    // Some hundred subschemas that share definitions, with alternatives of conditions, as large configurations have.
    let mut definitions = Map::new();
    definitions.insert(
        "name".into(),
        json!({"type": "string", "minLength": 1, "maxLength": 64}),
    );
    definitions.insert(
        "endpoint".into(),
        json!({
            "type": "object",
            "required": ["url"],
            "properties": {
                "url": {"type": "string", "format": "uri", "pattern": "^https://"},
                "method": {"enum": ["GET", "POST"]},
                "headers": {"type": "object", "additionalProperties": {"$ref": "#/$defs/name"}},
                "retry": {"$ref": "#/$defs/retry"},
            },
            "unevaluatedProperties": false,
        }),
    );
    definitions.insert(
        "retry".into(),
        json!({
            "oneOf": [
                {"const": false},
                {
                    "type": "object",
                    "properties": {"times": {"type": "integer", "maximum": 10}},
                    "if": {"required": ["times"]},
                    "then": {"required": ["delay"]},
                    "else": {"properties": {"delay": false}},
                },
            ],
        }),
    );
    for number in 0..12 {
        let step = json!({
            "allOf": [{"$ref": "#/$defs/base"}],
            "properties": {
                "name": {"$ref": "#/$defs/name"},
                "to": {"anyOf": [{"$ref": "#/$defs/endpoint"}, {"type": "array", "items": {"$ref": "#/$defs/endpoint"}}]},
                "then": {"$ref": "#/$defs/step"},
                "kind": {"const": number},
            },
            "required": ["kind"],
        });
        definitions.insert(format!("step{number}"), step);
    }
    definitions.insert(
        "base".into(),
        json!({"properties": {"title": {"$ref": "#/$defs/name"}}}),
    );
    let steps: Vec<Value> = (0..12)
        .map(|number| json!({"$ref": format!("#/$defs/step{number}")}))
        .collect();
    definitions.insert("step".into(), json!({"oneOf": steps}));
    let schema = schema(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": definitions,
        "type": "object",
        "properties": {"steps": {"type": "array", "items": {"$ref": "#/$defs/step"}}},
    }))
    .unwrap();
    let endpoint = json!({
        "url": "https://example.com",
        "method": "POST",
        "headers": {"a": "b"},
        "retry": {"times": 3, "delay": 1},
    });
    let step = |kind: usize, then: Option<Value>| {
        let mut step = json!({"kind": kind, "name": "n", "title": "t", "to": [endpoint, endpoint]});
        if let Some(then) = then {
            step["then"] = then;
        }
        step
    };
    let steps: Vec<Value> = (0..10)
        .map(|kind| step(kind, Some(step(kind + 1, None))))
        .collect();
    schema.check(&json!({"steps": steps})).unwrap();
    assert!(schema.check(&json!({"steps": [{"kind": 99}]})).is_err());
}
