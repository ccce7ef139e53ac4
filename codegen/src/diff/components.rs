//! Schema components as names: each one is a Rust type, whether an operation reaches it or not.

use std::collections::HashSet;

use super::change::RustLines;
use super::digest::Bag;
use super::rules;
use super::rust::definition;
use super::schema::{Direction, Request, Rust, request};
use super::verdict::Verdict;
use super::walk::{Found, Scope, Spot, Walk};
use crate::load::Node;

/// Whether a component went and came back under another name.
pub(super) fn is_renamed(walk: &Walk<'_>, base: &str, revision: &str) -> bool {
    let (old, new) = (
        walk.base.components("schemas"),
        walk.revision.components("schemas"),
    );
    let has = |all: Option<&Node>, name: &str| all.is_some_and(|all| all.get(name).is_some());
    let is_swapped = !has(new, base) && !has(old, revision);
    let nodes = old
        .and_then(|all| all.get(base))
        .zip(new.and_then(|all| all.get(revision)));
    is_swapped && nodes.is_some_and(|(one, other)| one == other)
}

/// Reports components that came, went, or changed their names.
pub(super) fn names(walk: &mut Walk<'_>) {
    walk.scope = Scope::Document;
    let (old, new) = (
        walk.base.components("schemas"),
        walk.revision.components("schemas"),
    );
    let around = (
        old.unwrap_or(walk.base.root()),
        new.unwrap_or(walk.revision.root()),
    );
    let entries = |node: Option<_>| node.map(Node::entries).unwrap_or_default();
    let missing = |from: Option<&Node>, name: &str| from.and_then(|all| all.get(name)).is_none();
    let gone: Vec<_> = entries(old)
        .iter()
        .filter(|entry| missing(new, &entry.key.text))
        .collect();
    let fresh: Vec<_> = entries(new)
        .iter()
        .filter(|entry| missing(old, &entry.key.text))
        .collect();
    let mut renamed = Bag::new(fresh.iter().map(|entry| (&entry.value, *entry)));
    let mut taken = HashSet::new();
    for entry in gone {
        let name = entry.key.text.as_str();
        let base = definition(&walk.base, name);
        // The same schema under another name.
        if let Some(other) = renamed.take(&entry.value) {
            let is = other.key.text.as_str();
            taken.insert(is);
            let lines = RustLines {
                base,
                revision: definition(&walk.revision, is),
            };
            let text = format!("the schema component `{name}` is now called `{is}`");
            let spots = (Spot::key(&entry.value), Spot::key(&other.value));
            let found = Found::new(&rules::COMPONENT_RENAMED, spots.0, spots.1, text);
            walk.report(found.values(name, is).rust(lines));
            continue;
        }
        let text = format!("the schema component `{name}` is gone");
        let found = Found::new(
            &rules::COMPONENT_REMOVED,
            Spot::key(&entry.value),
            Spot::key(around.1),
            text,
        );
        walk.report(found.values(name, "").rust(RustLines {
            base,
            revision: None,
        }));
    }
    for entry in fresh
        .into_iter()
        .filter(|entry| !taken.contains(entry.key.text.as_str()))
    {
        let name = entry.key.text.as_str();
        let revision = definition(&walk.revision, name);
        let source = if revision.is_some() {
            Verdict::Additive
        } else {
            Verdict::None
        };
        let text = format!("the schema component `{name}` is new");
        let found = Found::new(
            &rules::COMPONENT_ADDED,
            Spot::key(around.0),
            Spot::key(&entry.value),
            text,
        );
        walk.report(
            found
                .values("", name)
                .rust(RustLines {
                    base: None,
                    revision,
                })
                .source(source),
        );
    }
}

/// Asks for the comparison of the components that no operation reaches on either side.
pub(super) fn unreached(walk: &mut Walk<'_>) {
    walk.scope = Scope::Document;
    let reached: Vec<&str> = walk
        .pairs
        .list
        .iter()
        .filter_map(|pair| pair.components)
        .map(|(base, _)| base)
        .collect();
    let reached: HashSet<&str> = reached.into_iter().collect();
    let (old, new) = (
        walk.base.components("schemas"),
        walk.revision.components("schemas"),
    );
    for entry in old.map(Node::entries).unwrap_or_default() {
        let name = entry.key.text.as_str();
        let Some(other) = new
            .and_then(|new| new.get(name))
            .filter(|_| !reached.contains(name))
        else {
            continue;
        };
        if walk.is_same(Some(&entry.value), Some(other)) {
            continue;
        }
        request_component(walk, name, &entry.value, other);
    }
}

fn request_component<'t>(walk: &mut Walk<'t>, name: &str, base: &'t Node, revision: &'t Node) {
    let lines = RustLines {
        base: definition(&walk.base, name),
        revision: definition(&walk.revision, name),
    };
    let spots = (Spot::key(base), Spot::key(revision));
    let slot = walk.slot(
        lines,
        Some(&rules::REFERENCE_CHANGED),
        spots,
        "becomes another kind of Rust type",
    );
    let rust = |input| Rust {
        owner: super::rust::Owner::Type { input },
        hint: name.to_owned(),
    };
    let (one, other) = (
        walk.base.census.is_input(name),
        walk.revision.census.is_input(name),
    );
    request(
        walk,
        Request {
            base: vec![base],
            revision: vec![revision],
            direction: Direction::Response,
            slot,
            base_rust: rust(one),
            revision_rust: rust(other),
            has_defaults: false,
        },
    );
}
