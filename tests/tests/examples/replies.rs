//! Examples of replies, and what every object in them must bear: members that are unknown, null or absent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use tests::Document;
use tests::exact::Exact;

use crate::collected::{Of, collect};
use crate::types::{builder, names, recoder};

/// Objects of each component, as they occur in the examples of replies.
fn instances(document: &Document) -> BTreeMap<String, Vec<Map<String, Value>>> {
    let mut found: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for example in collect(document) {
        let Of::Answer(component) = example.of else {
            continue;
        };
        let value: Value = serde_json::from_str(&example.json).unwrap();
        let schema = json!({"$ref": format!("#/components/schemas/{component}")});
        document.visit_components(&schema, &value, &mut |name, value| {
            if let Value::Object(members) = value {
                found
                    .entry(name.to_owned())
                    .or_default()
                    .push(members.clone());
            }
        });
    }
    found
}

fn text(members: &Map<String, Value>) -> String {
    Value::Object(members.clone()).to_string()
}

fn exact(text: &str) -> Exact {
    Exact::read(text).unwrap().without_nulls()
}

/// The names of the members that a component requires, and of those that it does not.
fn members(schema: &Value) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let required = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let required: BTreeSet<&str> = required.filter_map(Value::as_str).collect();
    let declared = schema["properties"].as_object().unwrap().keys();
    let optional = declared
        .map(String::as_str)
        .filter(|name| !required.contains(name))
        .collect();
    (required, optional)
}

/// How a caller makes a value of a type for a test, as the documentation of `test-util` says.
#[test]
fn every_type_of_a_response_can_be_built_from_a_json_value() {
    let document = Document::read().unwrap();
    let instances = instances(&document);
    for name in names() {
        let found = instances.get(name).map_or(0, |instances| {
            let built = instances.iter().map(|members| {
                let value = Value::Object(members.clone());
                builder(name)(value).unwrap_or_else(|error| panic!("{name}: {error}"))
            });
            built.filter(|is_same| *is_same).count()
        });
        assert!(found > 0, "no example shows a `{name}`");
    }
}

#[test]
fn every_example_of_a_reply_encodes_back_to_itself() {
    let document = Document::read().unwrap();
    let mut count = 0;
    for example in collect(&document) {
        let Of::Answer(component) = &example.of else {
            continue;
        };
        let again = recoder(component)(&example.json);
        let again = again.unwrap_or_else(|error| panic!("{}: {error}", example.pointer));
        assert_eq!(exact(&again), exact(&example.json), "{}", example.pointer);
        count += 1;
    }
    assert!(count >= document.operations().len());
}

#[test]
fn the_examples_hold_an_object_of_every_type() {
    let document = Document::read().unwrap();
    let found = instances(&document);
    for name in names() {
        assert!(found.contains_key(name), "no example holds a {name}");
    }
}

#[test]
fn members_that_the_document_does_not_declare_survive_where_it_is_open_and_nowhere_else() {
    let document = Document::read().unwrap();
    let undeclared = json!({"deep": ["é", 1.5, true, {"a": {}}]});
    for (name, objects) in instances(&document) {
        let open =
            document.schema(&name).unwrap().get("additionalProperties") == Some(&Value::Bool(true));
        for object in objects {
            let mut more = object.clone();
            more.insert("x_undeclared".to_owned(), undeclared.clone());
            let again = recoder(&name)(&text(&more)).unwrap();
            let wanted = if open { more } else { object };
            assert_eq!(exact(&again), exact(&text(&wanted)), "{name}");
        }
    }
}

#[test]
fn what_is_optional_may_be_null_or_absent() {
    let document = Document::read().unwrap();
    for (name, objects) in instances(&document) {
        let (required, optional) = members(document.schema(&name).unwrap());
        for object in objects {
            let mut bare = object.clone();
            bare.retain(|member, _| required.contains(member.as_str()));
            let mut nulls = bare.clone();
            nulls.extend(
                optional
                    .iter()
                    .map(|member| ((*member).to_owned(), Value::Null)),
            );
            let wanted = exact(&text(&bare));
            for given in [&bare, &nulls] {
                let again = recoder(&name)(&text(given));
                let again = again.unwrap_or_else(|error| panic!("{name} from {given:?}: {error}"));
                assert_eq!(exact(&again), wanted, "{name}");
            }
        }
    }
}

#[test]
fn what_is_required_is_missed_by_name() {
    let document = Document::read().unwrap();
    for (name, objects) in instances(&document) {
        let (required, _) = members(document.schema(&name).unwrap());
        for member in required {
            let mut object = objects[0].clone();
            object
                .remove(member)
                .unwrap_or_else(|| panic!("{name} lacks {member} in its example"));
            let error = recoder(&name)(&text(&object)).unwrap_err();
            assert!(
                error.to_string().contains(&format!("`{member}`")),
                "{name}: {error}"
            );
        }
    }
}
