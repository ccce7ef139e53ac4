//! What schemas and configurations give, and how it is told.

mod foreign;
mod limits;

use serde_json::json;

use super::*;
use crate::Error;

fn schema(value: Value) -> Result<ConfigurationSchema, SchemaError> {
    ConfigurationSchema::new(value.as_object().unwrap())
}

fn violations(schema_text: Value, configuration: &Value) -> Vec<(String, String)> {
    let error = schema(schema_text)
        .unwrap()
        .check(configuration)
        .unwrap_err();
    error
        .violations()
        .iter()
        .map(|violation| {
            (
                violation.pointer().to_owned(),
                violation.keyword().to_owned(),
            )
        })
        .collect()
}

#[test]
fn a_configuration_that_keeps_to_the_schema_comes_back_as_its_json() {
    let schema = schema(json!({"required": ["language"]})).unwrap();
    let json = schema.check(&json!({"language": "en"})).unwrap();
    assert_eq!(json.as_str(), Some(r#"{"language":"en"}"#));
    // Checked text is kept as it is.
    let text = Json::from_text(r#"{ "language":  "en" }"#);
    assert_eq!(schema.check(&text).unwrap().as_str(), text.as_str());
}

#[test]
fn every_violation_names_its_place_and_its_keyword() {
    let rules = json!({
        "properties": {
            "a/b": {"type": "array", "items": {"maximum": 3}},
            "language": {"enum": ["en", "de"]},
        },
        "required": ["mask"],
    });
    let found = violations(rules, &json!({"a/b": [1, 4, 5], "language": "fr"}));
    for (pointer, keyword) in [
        ("/a~1b/1", "/properties/a~1b/items/maximum"),
        ("/a~1b/2", "/properties/a~1b/items/maximum"),
        ("/language", "/properties/language/enum"),
        ("", "/required"),
    ] {
        assert!(
            found.contains(&(pointer.to_owned(), keyword.to_owned())),
            "{pointer} {keyword} in {found:?}"
        );
    }
    assert_eq!(found.len(), 4);
}

#[test]
fn the_line_names_the_first_places_and_counts_the_others() {
    let schema = schema(json!({"additionalProperties": {"type": "string"}})).unwrap();
    let error = schema
        .check(&json!({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}))
        .unwrap_err();
    let line = error.to_string();
    assert!(line.contains("at `/a`: "), "{line}");
    assert!(line.ends_with("; and 2 more"), "{line}");
    assert_eq!(error.violations().len(), 5);
    assert!(!line.contains('\n'));
}

#[test]
fn no_value_of_the_configuration_is_shown() {
    let rules = json!({
        "properties": {
            "key": {"type": "integer", "enum": [1], "const": 2},
            "list": {"maxItems": 0},
            "text": {"pattern": "^x$", "maxLength": 1, "format": "uri"},
            "inner": {"required": ["other"], "maxProperties": 0, "not": {}},
            "any": {"anyOf": [{"type": "null"}], "oneOf": [{"type": "null"}]},
        },
    });
    let secret = json!({
        "key": "hunter2",
        "list": ["hunter2"],
        "text": "hunter2",
        "inner": {"deep": "hunter2"},
        "any": "hunter2",
    });
    let error = schema(rules).unwrap().check(&secret).unwrap_err();
    assert!(error.violations().len() >= 9, "{error:?}");
    let whole = Error::from(error.clone());
    for shown in [
        format!("{error}"),
        format!("{error:?}"),
        format!("{whole}"),
        format!("{whole:?}"),
    ] {
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn what_is_no_schema_is_an_error_that_names_the_place() {
    let error = schema(json!({"properties": {"a": {"type": "txt"}}})).unwrap_err();
    assert_eq!(error.pointer(), "/properties/a/type");
    assert!(error.to_string().contains("/properties/a/type"), "{error}");
    for bad in [
        json!({"pattern": "("}),
        json!({"$schema": "https://example.com/own"}),
        json!({"$ref": "#/nowhere"}),
    ] {
        assert!(schema(bad.clone()).is_err(), "{bad}");
    }
}

#[test]
fn another_document_is_never_fetched() {
    for elsewhere in [
        "http://127.0.0.1:9/s.json",
        "file:///etc/hostname",
        "other.json",
    ] {
        let error = schema(json!({"properties": {"a": {"$ref": elsewhere}}})).unwrap_err();
        assert_eq!(error.pointer(), "/properties/a/$ref", "{error}");
        assert_eq!(
            error.to_string(),
            format!(
                "the configuration's schema cannot be used at `/properties/a/$ref`: it refers to another document, \
                 `{elsewhere}`, which is not fetched"
            )
        );
    }
}

#[test]
fn a_violation_is_one_plain_line() {
    let schema = schema(json!({"properties": {"a": {"type": "string"}}})).unwrap();
    let error = schema.check(&json!({"a": 1})).unwrap_err().to_string();
    assert!(
        error.starts_with("the configuration breaks its schema at `/a`: "),
        "{error}"
    );
}

#[test]
fn a_schema_that_refers_to_itself_ends() {
    let schema = schema(json!({"properties": {"next": {"$ref": "#"}}, "required": ["id"]}));
    let error = schema
        .unwrap()
        .check(&json!({"id": 1, "next": {"id": 2, "next": {}}}))
        .unwrap_err();
    assert_eq!(error.violations()[0].pointer(), "/next/next");
}

#[test]
fn older_versions_of_json_schema_are_read_as_such() {
    let old = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "properties": {"a": {"maximum": 3, "exclusiveMaximum": true}},
    });
    assert_eq!(violations(old, &json!({"a": 3}))[0].0, "/a");
}

#[test]
fn what_cannot_be_encoded_is_an_error_too() {
    let unencodable = std::collections::HashMap::from([(vec![1], 1)]);
    let error = schema(json!({})).unwrap().check(&unencodable).unwrap_err();
    assert_eq!(error.violations()[0].pointer(), "");
    assert!(error.to_string().contains("encoded"), "{error}");
}

#[test]
fn it_can_be_kept_and_shared() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<ConfigurationSchema>();
}
