//! What each schema component becomes in Rust, and which of them callers see or build.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashSet, HashSetExt as _};

use crate::diff::outline::{Outline, address};
use crate::diff::side::{METHODS, SCHEMAS, component_name, reference};
use crate::load::{Node, Tree};
use crate::sid_shape::SidShape;

/// What a schema component becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::diff) enum Made {
    /// A SID type.
    Sid,
    /// An integer with both bounds.
    Bounded,
    /// A type that is written by hand.
    Native,
    /// A struct.
    Struct,
    /// An enum of strings.
    Enum,
    /// Nothing: the generator refuses it.
    Refused,
}

/// The components that have a type of their own in the hand-written part of the client.
const NATIVE: [&str; 2] = ["Quantity", "Amount"];

/// The schema components of a document.
#[derive(Debug, Default)]
pub(in crate::diff) struct Census<'t> {
    made: BTreeMap<&'t str, Made>,
    /// By component, the operation whose body it is, for those that are nothing else.
    bodies: BTreeMap<&'t str, &'t Node>,
    /// Components that a request can carry.
    inputs: BTreeSet<&'t str>,
}

impl<'t> Census<'t> {
    pub(in crate::diff) fn new(outline: &Outline<'t>) -> Self {
        let tree = outline.tree();
        let schemas = tree.at("/components/schemas");
        let entries = schemas.map(Node::entries).unwrap_or_default();
        let made = entries
            .iter()
            .map(|entry| (entry.key.text.as_str(), made(&entry.key.text, &entry.value)))
            .collect();
        let mut census = Self {
            made,
            ..Self::default()
        };
        let mut direct = HashSet::new();
        for operation in operations(tree) {
            for schema in bodies(tree, operation) {
                if let Some(name) = component_name(schema) {
                    census.bodies.entry(name).or_insert(operation);
                    direct.insert(address(schema));
                }
            }
        }
        let elsewhere = references(outline, &direct);
        let mut pending = Vec::new();
        for name in census.bodies.keys() {
            if let Some(schema) = schemas.and_then(|schemas| schemas.get(name)) {
                names_inside(schema, &mut pending);
            }
        }
        for operation in operations(tree) {
            for schema in bodies(tree, operation) {
                if component_name(schema).is_none() {
                    names_inside(schema, &mut pending);
                }
            }
        }
        while let Some(name) = pending.pop() {
            if census.inputs.insert(name)
                && let Some(schema) = schemas.and_then(|schemas| schemas.get(name))
            {
                names_inside(schema, &mut pending);
            }
        }
        census.bodies.retain(|name, _| !elsewhere.contains(name));
        census
    }

    /// What a component becomes; `None` where there is no such component.
    pub(in crate::diff) fn made(&self, component: &str) -> Option<Made> {
        self.made.get(component).copied()
    }

    /// The operation whose body a component is, if it is that and nothing else: its members belong to the call.
    pub(in crate::diff) fn body_of(&self, component: &str) -> Option<&'t Node> {
        self.bodies.get(component).copied()
    }

    /// Whether callers build values of the component.
    pub(in crate::diff) fn is_input(&self, component: &str) -> bool {
        self.inputs.contains(component)
    }
}

fn made(name: &str, schema: &Node) -> Made {
    if NATIVE.contains(&name) {
        return Made::Native;
    }
    let kind = schema.get("type").and_then(Node::as_str);
    let has = |key: &str| schema.get(key).is_some();
    match kind {
        Some("string") if has("enum") => Made::Enum,
        Some("string") if has("pattern") => {
            let shape = schema
                .get("pattern")
                .and_then(Node::as_str)
                .and_then(SidShape::parse);
            if shape.is_some() {
                Made::Sid
            } else {
                Made::Refused
            }
        }
        Some("integer") if has("minimum") && has("maximum") => Made::Bounded,
        Some("object")
            if schema
                .get("properties")
                .is_some_and(|all| !all.entries().is_empty()) =>
        {
            Made::Struct
        }
        None if schema.get("properties").is_some()
            || schema.get("allOf").is_some_and(|all| all.items().len() > 1) =>
        {
            Made::Struct
        }
        _ => Made::Refused,
    }
}

fn operations(tree: &Tree) -> impl Iterator<Item = &Node> {
    let paths = tree.at("/paths").map(Node::entries).unwrap_or_default();
    let items = paths.iter().filter_map(|entry| follow(tree, &entry.value));
    items.flat_map(|item| METHODS.iter().filter_map(move |method| item.get(method)))
}

/// The node that a reference leads to in one step, which is all that good documents need.
fn follow<'t>(tree: &'t Tree, node: &'t Node) -> Option<&'t Node> {
    match reference(node) {
        Some(text) => tree.resolve(text).ok().map(|(target, _)| target),
        None => Some(node),
    }
}

fn bodies<'t>(tree: &'t Tree, operation: &'t Node) -> impl Iterator<Item = &'t Node> {
    let body = operation
        .get("requestBody")
        .and_then(|body| follow(tree, body));
    let content = body
        .and_then(|body| body.get("content"))
        .map(Node::entries)
        .unwrap_or_default();
    content.iter().filter_map(|entry| entry.value.get("schema"))
}

/// The components that are named anywhere but directly by a request body.
fn references<'t>(outline: &Outline<'t>, direct: &HashSet<usize>) -> BTreeSet<&'t str> {
    let elsewhere = outline.references().filter(|(at, _)| {
        let mut around = outline.outwards(*at);
        !around.any(|node| direct.contains(&address(node)))
    });
    elsewhere
        .filter_map(|(_, text)| text.strip_prefix(SCHEMAS))
        .collect()
}

fn names_inside<'t>(node: &'t Node, found: &mut Vec<&'t str>) {
    found.extend(reference(node).and_then(|text| text.strip_prefix(SCHEMAS)));
    for entry in node.entries() {
        names_inside(&entry.value, found);
    }
    for item in node.items() {
        names_inside(item, found);
    }
}
