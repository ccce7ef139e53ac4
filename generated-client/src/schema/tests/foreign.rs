//! Names and texts of a schema or configuration are foreign: whatever is in them, a message is one clean line of a bearable
//! length, in `Display` and in `Debug`.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::schema;
use crate::Error;
use crate::runtime::cases::cases as tried;

/// No message is longer: each text in it is cut, and there are a few of them.
const LONGEST: usize = 2_500;

/// Texts that break, steer, turn or flood a line.
const FOREIGN: [&str; 8] = [
    "a\nb",
    "a\r\nb",
    "a\u{1b}[31mb\u{7}",
    "a\u{202e}b\u{2066}c",
    "a\u{2028}b\u{85}c",
    "a\u{0}b\u{9b}c",
    "a\tb\u{feff}\u{200b}c",
    "`a`: \"b\"; $ref",
];

fn texts() -> impl Iterator<Item = String> {
    let long = FOREIGN.map(|text| text.repeat(5_000));
    FOREIGN.map(str::to_owned).into_iter().chain(long)
}

/// Schemas and configurations that fail because of a text, or that show it when they fail.
fn cases(text: &str) -> Vec<(Value, Value)> {
    let value = json!({text: {text: 1}});
    let schemas = [
        json!({"properties": {text: {"type": "string"}}}),
        json!({"properties": {text: {"properties": {text: {"const": text}}}}}),
        json!({"properties": {text: {"properties": {text: {"enum": [text, {text: text}]}}}}}),
        json!({"required": [text, "missing", format!("{text}.")]}),
        json!({"additionalProperties": false}),
        json!({"unevaluatedProperties": false}),
        json!({"propertyNames": {"maxLength": 0}}),
        json!({"propertyNames": {"pattern": "^$"}}),
        json!({"dependentRequired": {text: [format!("{text}.")]}}),
        json!({"patternProperties": {"": {"type": "string", "title": text}}}),
        json!({"properties": {text: {"properties": {text: {"type": text}}}}}),
        json!({"$ref": text}),
        json!({"$ref": format!("#/{text}")}),
        json!({"$ref": format!("#{text}")}),
        json!({"properties": {text: {"$ref": format!("https://example.com/{text}")}}}),
        json!({"properties": {text: {"$dynamicRef": format!("#{text}")}}}),
        json!({"$schema": text}),
        json!({"$id": text, "type": text}),
        json!({"pattern": format!("({text}")}),
        json!({"properties": {text: {"pattern": format!("(?={text})")}}}),
        json!({"patternProperties": {format!("({text}"): {}}}),
        json!({"properties": {text: {"format": text, "minimum": text}}}),
        json!({"$defs": {text: {"allOf": [{"$ref": "#/properties/a"}]}}, "properties": {"a": {"$ref": "#/properties/a"}}}),
        json!({"properties": {text: {"$anchor": "a", "not": {"$ref": "#a"}}}}),
        json!({text: text, "not": {}}),
    ];
    schemas
        .into_iter()
        .map(|schema| (schema, value.clone()))
        .collect()
}

/// Everything that a case shows.
fn shown(text: Value, value: &Value) -> Vec<String> {
    let mut shown = Vec::new();
    match schema(text) {
        Ok(schema) => {
            shown.push(format!("{schema:?}"));
            let Err(error) = schema.check(value) else {
                return shown;
            };
            for violation in error.violations() {
                shown.push(violation.message().to_owned());
                shown.push(format!("{violation}"));
                shown.push(format!("{violation:?}"));
            }
            shown.extend([
                format!("{error}"),
                format!("{error:?}"),
                format!("{error:#?}"),
            ]);
            let whole = Error::from(error);
            shown.extend([format!("{whole}"), format!("{whole:?}")]);
        }
        Err(error) => {
            shown.extend([
                format!("{error}"),
                format!("{error:?}"),
                format!("{error:#?}"),
            ]);
            let whole = Error::from(error);
            shown.extend([format!("{whole}"), format!("{whole:?}")]);
        }
    }
    shown
}

fn is_misleading(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

fn unclean(text: &str) -> Option<String> {
    for (schema, value) in cases(text) {
        for line in shown(schema.clone(), &value) {
            if line.contains(is_misleading) || line.chars().count() > LONGEST {
                let start: String = line.chars().take(400).collect();
                let schema: String = schema.to_string().chars().take(200).collect();
                return Some(format!("{schema}: {start:?}"));
            }
        }
    }
    None
}

#[test]
fn every_message_is_one_clean_line_of_a_bearable_length() {
    for text in texts() {
        assert_eq!(unclean(&text), None);
    }
}

#[test]
fn every_kind_of_message_is_among_the_cases() {
    let failed = cases("a\nb").into_iter().filter(|(text, value)| {
        schema(text.clone()).map_or(true, |schema| schema.check(value).is_err())
    });
    assert!(failed.count() > 22);
}

proptest! {
    #![proptest_config(tried(16))]

    #[test]
    fn any_text_is_shown_as_one_clean_line(text in any::<String>()) {
        prop_assert_eq!(unclean(&text), None);
    }
}
