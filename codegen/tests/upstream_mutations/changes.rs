//! What is changed in a description, one thing at a time. It does not know where in a document a change is tried.

use codegen::upstream::Kind;
use serde_json::{Value, json};

pub(crate) const METHODS: [&str; 4] = ["get", "post", "put", "delete"];

/// A change to one node, and the words of the pointer from there to what differs; nothing where the node is none to
/// change.
pub(crate) type Change = fn(&Site<'_>, &mut Value) -> Option<Vec<String>>;

/// Where a node stands.
pub(crate) struct Site<'a> {
    pub(crate) words: &'a [String],
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

/// Each with the kind of difference that it makes, and what it does in words.
pub(crate) const CHANGES: &[(Kind, &str, Change)] = &[
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
