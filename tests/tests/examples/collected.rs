//! The document's examples, each with what it is an example of and its text to the last digit.

use codegen::load::{Kind, Node, Tree, load};
use serde_json::Value;
use tests::Document;
use tests::document::{TEXT, component};

/// One example of the document.
pub(crate) struct Collected {
    pub(crate) of: Of,
    /// The example as JSON, with numbers as the document writes them.
    pub(crate) json: String,
    pub(crate) pointer: String,
}

/// What an example is of.
#[derive(PartialEq, Eq)]
pub(crate) enum Of {
    /// A body that is answered, of that component.
    Answer(String),
    /// A body that is sent, of that operation.
    Request(String),
    /// A header that is answered.
    Header,
}

/// All of them. One in a place that no test knows is an error here.
pub(crate) fn collect(document: &Document) -> Vec<Collected> {
    let tree = load("marketplace.v1.yaml", TEXT.as_bytes()).unwrap();
    document
        .examples()
        .into_iter()
        .map(|example| {
            let pointer = example.pointer;
            let of = if pointer.contains("/headers/") {
                Of::Header
            } else if let Some((operation, _)) = pointer.split_once("/requestBody/") {
                let id = document.root().pointer(&format!("{operation}/operationId"));
                Of::Request(id.and_then(Value::as_str).expect(operation).to_owned())
            } else if pointer.contains("/responses/") {
                Of::Answer(component(&example.schema).expect(&pointer).to_owned())
            } else {
                panic!("no test knows what to do with the example at {pointer}");
            };
            Collected {
                of,
                json: json(&tree, &pointer),
                pointer,
            }
        })
        .collect()
}

fn json(tree: &Tree, pointer: &str) -> String {
    let mut text = String::new();
    write(tree.at(pointer).expect(pointer), &mut text);
    text
}

/// Writes a node as JSON. A number keeps the digits that the document has.
fn write(node: &Node, out: &mut String) {
    match node.kind() {
        Kind::Null => out.push_str("null"),
        Kind::Bool | Kind::Integer | Kind::Float => out.push_str(node.as_text().unwrap()),
        Kind::String => out.push_str(&serde_json::to_string(node.as_text().unwrap()).unwrap()),
        Kind::Sequence => {
            out.push('[');
            for (index, item) in node.items().iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Kind::Mapping => {
            out.push('{');
            for (index, entry) in node.entries().iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&serde_json::to_string(&entry.key.text).unwrap());
                out.push(':');
                write(&entry.value, out);
            }
            out.push('}');
        }
    }
}

#[test]
fn the_walk_finds_an_example_for_every_body() {
    let document = Document::read().unwrap();
    let found = collect(&document);
    for operation in document.operations() {
        if operation.request.is_some() {
            let of = Of::Request(operation.id.clone());
            assert!(
                found.iter().any(|example| example.of == of),
                "{}",
                operation.id
            );
        }
        for answer in &operation.answers {
            if let Some(body) = &answer.body {
                assert!(body.example.is_some(), "{} {}", operation.id, answer.status);
            }
        }
    }
    // One for each body of an answer that stands at its operation, and one for the shared error.
    assert!(found.len() > document.operations().len());
}
