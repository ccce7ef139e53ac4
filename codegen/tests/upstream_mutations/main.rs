//! The curated document as its own upstream differs in nothing; changed in one place, it differs there and nowhere else.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod changes;

use std::collections::BTreeSet;

use codegen::load::{Tree, load};
use codegen::upstream::{Deviations, Kind, Report, compare};
use serde_json::{Map, Value, json};

use changes::{CHANGES, METHODS, Site};

const DOCUMENT: &str = include_str!("../../../spec/marketplace.v1.yaml");

/// How many places of the document are changed for each kind of change.
const PLACES: usize = 2;

fn document() -> Value {
    serde_yaml::from_str(DOCUMENT).unwrap()
}

fn curated() -> Tree {
    load("marketplace.v1.yaml", DOCUMENT.as_bytes()).unwrap()
}

fn published(upstream: &Value) -> Tree {
    load("upstream.json", upstream.to_string().as_bytes()).unwrap()
}

fn differences(curated: &Tree, upstream: &Tree, deviations: &Deviations) -> Report {
    compare(curated, std::slice::from_ref(upstream), deviations).unwrap()
}

/// The pointers of all nodes, in the order in which they stand.
fn nodes(node: &Value, words: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    found.push(words.clone());
    let children: Vec<(String, &Value)> = match node {
        // What stands in an example is no part of the description.
        Value::Object(object) => object
            .iter()
            .filter(|(key, _)| *key != "example")
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(at, item)| (at.to_string(), item))
            .collect(),
        _ => Vec::new(),
    };
    for (word, child) in children {
        words.push(word);
        nodes(child, words, found);
        words.pop();
    }
}

fn escape(word: &str) -> String {
    word.replace('~', "~0").replace('/', "~1")
}

fn pointer(words: &[String]) -> String {
    words
        .iter()
        .map(|word| format!("/{}", escape(word)))
        .collect()
}

/// The places that a pointer is in the words of the list: one, or one for each operation of a path.
fn places(document: &Value, words: &[String]) -> BTreeSet<String> {
    let mut named: Vec<String> = words.to_vec();
    for at in 1..words.len() {
        if words[at - 1] == "parameters" && words[0] == "paths" {
            let node = document.pointer(&pointer(&words[..=at]));
            if let Some(name) = node.and_then(|node| node["name"].as_str()) {
                named[at] = name.to_owned();
            }
        }
    }
    let written =
        |owner: String, rest: &[String]| format!("{owner} {}", pointer(rest)).trim_end().to_owned();
    if named[0] == "components" {
        let owner = named[1].trim_end_matches('s');
        return BTreeSet::from([written(format!("{owner} {}", named[2]), &named[3..])]);
    }
    let path = &named[1];
    let is_method = |word: &String| METHODS.contains(&word.as_str());
    if named.get(2).is_some_and(is_method) {
        return BTreeSet::from([written(
            format!("{} {path}", named[2].to_uppercase()),
            &named[3..],
        )]);
    }
    let item = document["paths"][path].as_object().unwrap();
    let methods = item.keys().filter(|key| is_method(key));
    methods
        .map(|method| written(format!("{} {path}", method.to_uppercase()), &named[2..]))
        .collect()
}

#[test]
fn a_description_differs_from_itself_in_nothing() {
    let report = differences(&curated(), &published(&document()), &Deviations::default());
    assert_eq!(report.differences, []);
    assert!(report.is_clean());
    assert!(report.compared > 20);
}

#[test]
fn one_change_is_one_difference_at_its_place_and_can_be_decided_on() {
    let (curated, document) = (curated(), document());
    let unchanged = published(&document);
    let mut all = Vec::new();
    nodes(&document, &mut Vec::new(), &mut all);
    // Neighbours are alike, so they are looked at from all over the document.
    let (count, stride) = (all.len(), 7919);
    assert_ne!(count % stride, 0);
    let all: Vec<Vec<String>> = (0..count)
        .map(|at| all[at * stride % count].clone())
        .collect();
    let mut changed_kinds = BTreeSet::new();
    for (kind, name, change) in CHANGES {
        let fits = |words: &&Vec<String>| {
            let mut node = document.pointer(&pointer(words)).unwrap().clone();
            words.len() > 1 && change(&Site { words }, &mut node).is_some()
        };
        let fitting: Vec<&Vec<String>> = all.iter().filter(fits).take(PLACES).collect();
        assert!(!fitting.is_empty(), "nothing in the document fits: {name}");
        for (nth, words) in fitting.into_iter().enumerate() {
            let mut upstream = document.clone();
            let node = upstream.pointer_mut(&pointer(words)).unwrap();
            let below = change(&Site { words }, node).unwrap();
            let whole: Vec<String> = words.iter().chain(&below).cloned().collect();
            let expected = places(&document, &whole);
            let upstream = published(&upstream);
            let report = differences(&curated, &upstream, &Deviations::default());
            let found: BTreeSet<String> = report
                .differences
                .iter()
                .map(|found| found.at.to_string())
                .collect();
            assert_eq!(found, expected, "{name}");
            let mut values = BTreeSet::new();
            for difference in &report.differences {
                assert_eq!(difference.kind, *kind, "{name} at {}", difference.at);
                values.insert(difference.values());
            }
            assert_eq!(report.differences.len(), found.len(), "{name}");
            changed_kinds.insert(*kind);
            if nth > 0 {
                continue;
            }

            let list = |texts: &BTreeSet<String>| json!(texts).to_string();
            let entry = format!(
                "[[deviation]]\nid = \"a\"\nat = {}\nkind = \"{kind}\"\npublished = \"a\"\ncurated = \"b\"\nvalues = {}\nreason = \"c\"\nsource = \"d\"\n",
                list(&found),
                list(&values)
            );
            let deviations = Deviations::parse("deviations.toml", &entry).unwrap();
            assert!(
                differences(&curated, &upstream, &deviations).is_clean(),
                "{name}: {entry}"
            );
            let without = differences(&curated, &unchanged, &deviations);
            assert_eq!(without.findings.len(), found.len(), "{name}");
        }
    }
    assert_eq!(changed_kinds, Kind::ALL.iter().copied().collect());
}

/// Renames every schema and puts the content of one reference in its place.
fn rename(node: &mut Value, schemas: &Map<String, Value>, depth: usize) {
    match node {
        Value::Object(object) => {
            if let Some(name) = object
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|text| text.strip_prefix("#/components/schemas/"))
            {
                let name = name.to_owned();
                if depth == 0 && name.len() % 2 == 0 {
                    *node = schemas[&name].clone();
                    rename(node, schemas, 1);
                } else {
                    *node = json!({"$ref": format!("#/components/schemas/other.{name}")});
                }
                return;
            }
            for key in [
                "description",
                "summary",
                "title",
                "operationId",
                "tags",
                "externalDocs",
            ] {
                if object
                    .get(key)
                    .is_some_and(|value| value.is_string() || value.is_array())
                {
                    object.remove(key);
                }
            }
            for value in object.values_mut() {
                rename(value, schemas, depth);
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| rename(item, schemas, depth)),
        _ => {}
    }
}

#[test]
fn names_prose_and_where_a_schema_stands_do_not_count() {
    let mut upstream = document();
    let schemas = upstream["components"]["schemas"]
        .as_object()
        .unwrap()
        .clone();
    // A member can be called as prose is, so only operations are stripped of it here.
    rename(&mut upstream["paths"], &schemas, 0);
    for kind in ["parameters", "responses"] {
        rename(&mut upstream["components"][kind], &schemas, 0);
    }
    let renamed = schemas.iter().map(|(name, schema)| {
        let text = schema
            .to_string()
            .replace("#/components/schemas/", "#/components/schemas/other.");
        (
            format!("other.{name}"),
            serde_json::from_str(&text).unwrap(),
        )
    });
    upstream["components"]["schemas"] = Value::Object(renamed.collect());
    let text = upstream.to_string();
    let text = text
        .replace("{Sid}", "{Anything}")
        .replace("\"name\":\"Sid\"", "\"name\":\"Anything\"");
    let tree = load("upstream.json", text.as_bytes()).unwrap();
    let report = differences(&curated(), &tree, &Deviations::default());
    assert_eq!(report.differences, []);
    assert!(report.compared > 20);
}
