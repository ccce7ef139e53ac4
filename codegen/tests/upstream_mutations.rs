//! The curated document as its own upstream differs in nothing; changed in one place, it differs there and nowhere else.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use codegen::load::{Tree, load};
use codegen::upstream::{Deviations, Kind, Report, compare};
use serde_json::{Map, Value, json};

const DOCUMENT: &str = include_str!("../../spec/marketplace.v1.yaml");

const METHODS: [&str; 4] = ["get", "post", "put", "delete"];

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

/// A change to one node, and the words of the pointer from there to what differs; nothing where the node is none to
/// change.
type Change = fn(&Site<'_>, &mut Value) -> Option<Vec<String>>;

/// Where a node stands.
struct Site<'a> {
    words: &'a [String],
}

impl Site<'_> {
    fn is_schema(&self) -> bool {
        let at = |from_end: usize| {
            let at = self.words.len().checked_sub(from_end)?;
            self.words.get(at).map(String::as_str)
        };
        let in_components = at(2) == Some("schemas") && self.words.len() == 3;
        in_components
            || at(1) == Some("schema")
            || at(1) == Some("items")
            || at(2) == Some("properties")
    }

    fn is_member(&self) -> bool {
        self.words.len() > 3 && self.words[self.words.len() - 2] == "properties"
    }

    fn is_operation(&self) -> bool {
        self.words.len() == 3
            && self.words[0] == "paths"
            && METHODS.contains(&self.words[2].as_str())
    }

    fn is_path(&self) -> bool {
        self.words.len() == 2 && self.words[0] == "paths"
    }

    fn ends(&self, words: &[&str]) -> bool {
        self.words.len() >= words.len()
            && self.words[self.words.len() - words.len()..]
                .iter()
                .zip(words)
                .all(|(own, word)| *word == "*" || own == word)
    }
}

fn below(words: &[&str]) -> Option<Vec<String>> {
    Some(words.iter().map(|word| (*word).to_owned()).collect())
}

/// Sets a member of an object.
fn set(node: &mut Value, key: &str, value: Value) -> Option<Vec<String>> {
    node.as_object_mut()?.insert(key.to_owned(), value);
    below(&[key])
}

/// Removes the first member of the object under a key, or the object with its last member.
fn remove_from(node: &mut Value, key: &str) -> Option<Vec<String>> {
    let object = node.get_mut(key)?.as_object_mut()?;
    let name = object.keys().next()?.clone();
    object.remove(&name);
    below(&[key, &name])
}

fn inline(node: &Value) -> bool {
    node.get("type").is_some() && node.get("allOf").is_none()
}

const CHANGES: &[(Kind, &str, Change)] = &[
    (Kind::Pattern, "the pattern is another", |_, node| {
        let pattern = node.get("pattern")?.as_str()?.replace("32", "31");
        set(node, "pattern", json!(pattern))
    }),
    (Kind::Bound, "the length is another", |_, node| {
        let length = node.get("maxLength")?.as_u64()?;
        set(node, "maxLength", json!(length + 1))
    }),
    (Kind::Bound, "the bound is another", |_, node| {
        let least = node.get("minimum")?.as_u64()?;
        set(node, "minimum", json!(least + 1))
    }),
    (Kind::Bound, "there is a bound", |site, node| {
        let is_text = site.is_member() && inline(node) && node["type"] == "string";
        is_text.then(|| set(node, "maxLength", json!(7)))?
    }),
    (Kind::Format, "the format is another", |site, node| {
        node.get("format").filter(|_| site.is_schema())?;
        set(node, "format", json!("other"))
    }),
    (Kind::Enum, "there is one more value", |_, node| {
        let values = node.get_mut("enum")?.as_array_mut()?;
        values.push(json!("another"));
        below(&["enum"])
    }),
    (Kind::Default, "the default is another", |site, node| {
        let default = node.get("default").filter(|_| site.is_schema())?.as_u64()?;
        set(node, "default", json!(default + 1))
    }),
    (Kind::Type, "the type is another", |site, node| {
        let is_text = site.is_member() && inline(node) && node["type"] == "string";
        is_text.then(|| set(node, "type", json!("boolean")))?
    }),
    (
        Kind::Nullable,
        "null is no value, or is one",
        |site, node| {
            let is_null = node.get("nullable").and_then(Value::as_bool) == Some(true);
            let is_plain = site.is_member() && inline(node);
            is_plain.then(|| set(node, "nullable", json!(!is_null)))?
        },
    ),
    (Kind::Required, "a member is not required", |site, node| {
        let name = node.get_mut("required").filter(|_| site.is_schema())?;
        let name = name.as_array_mut()?.pop()?;
        below(&["required", name.as_str()?])
    }),
    (Kind::Required, "the body is not required", |site, node| {
        site.ends(&["requestBody"])
            .then(|| set(node, "required", json!(false)))?
    }),
    (Kind::Required, "the parameter is required", |site, node| {
        let is_query = site.ends(&["parameters", "*"]) && node.get("in")? == "query";
        is_query.then(|| set(node, "required", json!(true)))?
    }),
    (Kind::Member, "a member is not there", |site, node| {
        let members = node
            .get_mut("properties")
            .filter(|_| site.is_schema())?
            .as_object_mut()?;
        let name = members.keys().nth(1)?.clone();
        members.remove(&name);
        below(&["properties", &name])
    }),
    (Kind::Member, "there is one more member", |site, node| {
        let members = node.get_mut("properties").filter(|_| site.is_schema())?;
        set(members, "brand_new", json!({"type": "string"}))?;
        below(&["properties", "brand_new"])
    }),
    (Kind::Member, "no member is known", |site, node| {
        node.get("properties")
            .filter(|_| site.is_schema() && node.get("required").is_none())?;
        node.as_object_mut()?.remove("properties");
        below(&["properties"])
    }),
    (
        Kind::AdditionalMembers,
        "no other member is allowed",
        |site, node| {
            let is_open = site.is_schema() && node.get("properties").is_some();
            is_open.then(|| set(node, "additionalProperties", json!(false)))?
        },
    ),
    (Kind::Access, "the member is read-only", |site, node| {
        let is_plain = site.is_member() && inline(node);
        is_plain.then(|| set(node, "readOnly", json!(true)))?
    }),
    (
        Kind::Deprecation,
        "the member is deprecated",
        |site, node| {
            let is_plain = site.is_member() && inline(node);
            is_plain.then(|| set(node, "deprecated", json!(true)))?
        },
    ),
    (
        Kind::Deprecation,
        "the operation is deprecated",
        |site, node| {
            site.is_operation()
                .then(|| set(node, "deprecated", json!(true)))?
        },
    ),
    (
        Kind::Alternatives,
        "there is an alternative",
        |site, node| {
            let is_plain = site.is_member() && inline(node);
            is_plain.then(|| set(node, "oneOf", json!([{"minLength": 1}])))?
        },
    ),
    (
        Kind::Reference,
        "the reference leads nowhere",
        |site, node| {
            node.get("$ref").filter(|_| site.is_schema())?;
            set(node, "$ref", json!("#/components/schemas/Nowhere"))?;
            below(&[])
        },
    ),
    (Kind::Status, "a status is not there", |site, node| {
        site.is_operation()
            .then(|| remove_from(node, "responses"))?
    }),
    (Kind::Status, "there is one more status", |site, node| {
        let replies = node.get_mut("responses").filter(|_| site.is_operation())?;
        set(replies, "418", json!({"description": ""}))?;
        below(&["responses", "418"])
    }),
    (
        Kind::MediaType,
        "the media type is another",
        |site, node| {
            let content = node
                .get_mut("content")
                .filter(|_| site.ends(&["responses", "*"]) || site.ends(&["requestBody"]))?;
            let content = content.as_object_mut()?;
            let name = content.keys().next()?.clone();
            let medium = content.remove(&name)?;
            content.insert("text/plain".to_owned(), medium);
            below(&["content", &name])
        },
    ),
    (
        Kind::MediaType,
        "there is one more media type",
        |site, node| {
            let content = node
                .get_mut("content")
                .filter(|_| site.ends(&["responses", "*"]))?;
            set(content, "text/plain", json!({}))?;
            below(&["content", "text/plain"])
        },
    ),
    (Kind::MediaType, "there is no content", |site, node| {
        node.get("content")
            .filter(|_| site.ends(&["responses", "*"]))?;
        node.as_object_mut()?.remove("content");
        below(&["content"])
    }),
    (Kind::Schema, "the content has no schema", |site, node| {
        node.get("schema")
            .filter(|_| site.ends(&["content", "*"]))?;
        node.as_object_mut()?.remove("schema");
        below(&["schema"])
    }),
    (Kind::Header, "a header is not there", |site, node| {
        site.ends(&["responses", "*"])
            .then(|| remove_from(node, "headers"))?
    }),
    (Kind::Header, "there is one more header", |site, node| {
        let is_reply = site.ends(&["responses", "*"])
            && node.get("headers").is_none()
            && node.get("$ref").is_none();
        let header = json!({"Brand-New": {"schema": {"type": "string"}}});
        is_reply.then(|| set(node, "headers", header))?;
        is_reply.then(|| below(&["headers", "Brand-New"]))?
    }),
    (Kind::Encoding, "a field is not encoded", |_, node| {
        remove_from(node, "encoding")
    }),
    (Kind::Body, "there is no body", |site, node| {
        node.get("requestBody").filter(|_| site.is_operation())?;
        node.as_object_mut()?.remove("requestBody");
        below(&["requestBody"])
    }),
    (
        Kind::Parameter,
        "there is one more parameter",
        |site, node| {
            let parameters = node.get_mut("parameters").filter(|_| site.is_operation())?;
            let parameter = json!({"name": "Brand", "in": "query", "schema": {"type": "string"}});
            parameters.as_array_mut()?.push(parameter);
            below(&["parameters", "Brand"])
        },
    ),
    (
        Kind::Style,
        "the values of a list stand apart",
        |site, node| {
            let is_query = site.ends(&["parameters", "*"]) && node.get("in")? == "query";
            is_query.then(|| set(node, "explode", json!(false)))?
        },
    ),
    (Kind::Security, "no credentials are needed", |site, node| {
        site.is_operation()
            .then(|| set(node, "security", json!([])))?
    }),
    (Kind::Server, "the server is another", |site, node| {
        site.is_path().then(|| {
            set(
                node,
                "servers",
                json!([{"url": "https://other.example.com"}]),
            )
        })?
    }),
    (
        Kind::Operation,
        "there is one more operation",
        |site, node| {
            let is_free = site.is_path() && node.get("put").is_none();
            is_free.then(|| set(node, "put", json!({"responses": {}})))?
        },
    ),
    (
        Kind::Operation,
        "an operation is not there",
        |site, node| {
            let is_list = site.is_path() && node.get("get").is_some();
            is_list.then(|| node.as_object_mut()?.remove("get"))?;
            below(&["get"])
        },
    ),
];

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
