//! One of the two documents: its outline, and what the comparison asks of it again and again. It follows references and
//! finds components; it compares nothing.

use super::outline::Outline;
use super::rust::Census;
use crate::load::{Kind, Node, Tree};

/// Where schema components stand.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// How many references lead from one to the next; a longer chain is taken for one that leads nowhere.
const HOPS: usize = 64;

/// The methods that a path item can have, in the order in which they are read.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A document to compare.
#[derive(Debug)]
pub(crate) struct Side<'t> {
    pub(crate) outline: Outline<'t>,
    pub(super) census: Census<'t>,
    /// The schema components.
    schemas: Option<&'t Node>,
}

impl<'t> Side<'t> {
    pub(crate) fn new(tree: &'t Tree) -> Self {
        let outline = Outline::new(tree);
        let census = Census::new(&outline);
        let schemas = tree
            .root()
            .get("components")
            .and_then(|components| components.get("schemas"));
        Self {
            outline,
            census,
            schemas,
        }
    }

    pub(crate) fn root(&self) -> &'t Node {
        self.outline.root()
    }

    /// The node that a reference leads to; the node itself where it has none, `None` where it leads nowhere.
    pub(crate) fn follow(&self, node: &'t Node) -> Option<&'t Node> {
        let mut node = node;
        for _ in 0..HOPS {
            match reference(node) {
                Some(text) => node = self.target(text)?,
                None => return Some(node),
            }
        }
        None
    }

    /// The node that one reference leads to, which can itself be a reference.
    pub(crate) fn target(&self, reference: &str) -> Option<&'t Node> {
        if let Some(name) = plain_component(reference) {
            return self.schemas?.get(name);
        }
        self.outline
            .tree()
            .resolve(reference)
            .ok()
            .map(|(node, _)| node)
    }

    /// The components of a kind, such as `schemas`.
    pub(crate) fn components(&self, kind: &str) -> Option<&'t Node> {
        self.root()
            .get("components")
            .and_then(|components| components.get(kind))
    }
}

/// The text of a node's `$ref`, if it has one.
pub(crate) fn reference(node: &Node) -> Option<&str> {
    node.get("$ref").and_then(Node::as_str)
}

/// Whether a switch such as `deprecated` is on.
pub(crate) fn is_on(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

/// The name of the schema component that a schema stands for: by a reference, or by an `allOf` of one reference.
pub(super) fn component_name(node: &Node) -> Option<&str> {
    let reference = match reference(node) {
        Some(reference) => reference,
        None => match node.get("allOf").map(Node::items) {
            Some([only]) => reference(only)?,
            _ => return None,
        },
    };
    plain_component(reference)
}

/// The name in a reference to a schema component, where it needs no decoding.
fn plain_component(reference: &str) -> Option<&str> {
    reference
        .strip_prefix(SCHEMAS)
        .filter(|name| !name.is_empty() && !name.contains(['/', '~', '%']))
}

/// A node in a few words on one line, for a message: `"text"`, `1000`, `[a, b]`.
pub(crate) fn brief(node: &Node) -> String {
    const ENOUGH: usize = 60;
    let mut text = String::new();
    write(node, &mut text, ENOUGH);
    if text.chars().count() > ENOUGH {
        text = text.chars().take(ENOUGH).collect();
        text.push('…');
    }
    text
}

// What lies beyond the limit is cut off anyway, so it is not written.
fn write(node: &Node, text: &mut String, enough: usize) {
    if text.len() > enough.saturating_mul(4) {
        return;
    }
    match node.kind() {
        Kind::Sequence => {
            text.push('[');
            for (at, item) in node.items().iter().enumerate() {
                text.push_str(if at > 0 { ", " } else { "" });
                write(item, text, enough);
            }
            text.push(']');
        }
        Kind::Mapping => {
            text.push('{');
            for (at, entry) in node.entries().iter().enumerate() {
                text.push_str(if at > 0 { ", " } else { "" });
                text.push_str(&entry.key.text);
                text.push_str(": ");
                write(&entry.value, text, enough);
            }
            text.push('}');
        }
        _ => {
            let words: Vec<&str> = node
                .as_text()
                .unwrap_or_default()
                .split_whitespace()
                .collect();
            // Messages put values between backticks.
            text.push_str(&words.join(" ").replace('`', "'"));
        }
    }
}
