//! What a document says about itself, and the last look: whatever differs that nothing else reported.

use foldhash::{HashSet, HashSetExt as _};
use indexmap::IndexMap;

use super::digest::exact;
use super::outline::{Outline, address};
use super::prose;
use super::rules;
use super::walk::{Found, Scope, Spot, Walk};
use crate::load::{Kind, Node};

/// Keywords of a document that other modules compare.
const KNOWN: [&str; 7] = [
    "openapi",
    "info",
    "servers",
    "security",
    "tags",
    "paths",
    "components",
];

/// What a component can be.
const KINDS: [&str; 9] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
];

pub(super) fn compare(walk: &mut Walk<'_>) {
    walk.scope = Scope::Document;
    let (base, revision) = (walk.base.root(), walk.revision.root());
    prose::rest(walk, base, revision, &KNOWN);
    if let (Some(old), Some(new)) = (base.get("components"), revision.get("components")) {
        prose::rest(walk, old, new, &KINDS);
    }
    let (old, new) = (base.get("openapi"), revision.get("openapi"));
    if old != new {
        let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
        let text = format!(
            "the document is written in OpenAPI {} instead of {}",
            value(new),
            value(old)
        );
        let found = Found::new(
            &rules::OPENAPI_VERSION_CHANGED,
            Spot::keyword(old, base),
            Spot::keyword(new, revision),
            text,
        );
        walk.report(found.values(value(old), value(new)));
    }
    info(walk);
    tags(walk);
}

fn info(walk: &mut Walk<'_>) {
    let (base, revision) = (walk.base.root(), walk.revision.root());
    let (Some(old), Some(new)) = (base.get("info"), revision.get("info")) else {
        return;
    };
    const FACTS: [&str; 5] = ["title", "version", "contact", "license", "termsOfService"];
    for key in FACTS {
        let (was, is) = (old.get(key), new.get(key));
        if was != is {
            let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
            let text = format!(
                "the `{key}` of the document is `{}` instead of `{}`",
                value(is),
                value(was)
            );
            let found = Found::new(
                &rules::INFO_CHANGED,
                Spot::keyword(was, old),
                Spot::keyword(is, new),
                text,
            );
            walk.report(found.values(format!("{key} {}", value(was)), value(is)));
        }
    }
    prose::rest(walk, old, new, &FACTS);
}

fn tags(walk: &mut Walk<'_>) {
    let (base, revision) = (walk.base.root(), walk.revision.root());
    let (old, new) = (base.get("tags"), revision.get("tags"));
    let around = (old.unwrap_or(base), new.unwrap_or(revision));
    let (old, new) = (by_name(old), by_name(new));
    for (name, tag) in &old {
        match new.get(name) {
            Some(other) => prose::rest(walk, tag, other, &["name"]),
            None => {
                let text = format!("the tag `{name}` is gone");
                let found = Found::new(
                    &rules::TAG_CHANGED,
                    Spot::value(tag),
                    Spot::key(around.1),
                    text,
                );
                walk.report(found.values(*name, ""));
            }
        }
    }
    for (name, tag) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let text = format!("the tag `{name}` is new");
        let found = Found::new(
            &rules::TAG_CHANGED,
            Spot::key(around.0),
            Spot::value(tag),
            text,
        );
        walk.report(found.values("", *name));
    }
}

fn by_name(tags: Option<&Node>) -> IndexMap<&str, &Node> {
    let items = tags.map(Node::items).unwrap_or_default().iter();
    items
        .map(|tag| {
            (
                tag.get("name").and_then(Node::as_text).unwrap_or_default(),
                tag,
            )
        })
        .collect()
}

/// Reports every operation, component and keyword at the top that differs although nothing was found in it: what is left
/// is written in another way, or used by nothing.
pub(super) fn leftovers(walk: &mut Walk<'_>) {
    walk.scope = Scope::Document;
    let mut touched = HashSet::new();
    for found in &walk.found {
        touch(&walk.base.outline, found.base.node, &mut touched);
        touch(&walk.revision.outline, found.revision.node, &mut touched);
    }
    let (base, revision) = (walk.base.root(), walk.revision.root());
    let mut units = Vec::new();
    split(walk, (base, revision), DEPTH, &mut units);
    for unit in units {
        let is_touched =
            |node: Option<&Node>| node.is_some_and(|node| touched.contains(&address(node)));
        if is_touched(unit.old) || is_touched(unit.new) {
            continue;
        }
        let words = |outline: &Outline<'_>, node: &Node| super::site::words(outline, node);
        let (text, around) = match (unit.old, unit.new) {
            (None, Some(new)) => (
                format!(
                    "{} is new, and no rule finds a use of it",
                    words(&walk.revision.outline, new)
                ),
                unit.around,
            ),
            (Some(old), None) => (
                format!(
                    "{} is gone, and no rule finds a use of it",
                    words(&walk.base.outline, old)
                ),
                unit.around,
            ),
            _ => {
                let words = words(&walk.base.outline, unit.old.unwrap_or(unit.around.0));
                (
                    format!(
                        "{words} is written in another way, and no rule finds another meaning in it"
                    ),
                    unit.around,
                )
            }
        };
        let spots = (
            Spot::thing(unit.old, around.0),
            Spot::thing(unit.new, around.1),
        );
        walk.report(Found::new(&rules::WRITING_CHANGED, spots.0, spots.1, text));
    }
}

/// How deep a document falls into things of their own: `components`, a kind, a component.
const DEPTH: usize = 3;

/// A part of a document that is looked at as a whole, and what it stands in.
struct Unit<'t> {
    old: Option<&'t Node>,
    new: Option<&'t Node>,
    around: (&'t Node, &'t Node),
}

/// Takes two nodes apart as far as `depth` allows, and keeps what differs.
fn split<'t>(
    walk: &Walk<'t>,
    (old, new): (&'t Node, &'t Node),
    depth: usize,
    units: &mut Vec<Unit<'t>>,
) {
    let fresh = new
        .entries()
        .iter()
        .filter(|entry| old.get(&entry.key.text).is_none());
    for (key, one, other) in old
        .entries()
        .iter()
        .map(|entry| {
            (
                &entry.key.text,
                Some(&entry.value),
                new.get(&entry.key.text),
            )
        })
        .chain(fresh.map(|entry| (&entry.key.text, None, Some(&entry.value))))
    {
        if walk.is_equal(one, other) {
            continue;
        }
        let (inner, is_holder) = (
            depth - 1,
            depth < DEPTH || matches!(key.as_str(), "paths" | "components"),
        );
        match (one, other) {
            (Some(one), Some(other))
                if inner > 0
                    && is_holder
                    && one.kind() == Kind::Mapping
                    && other.kind() == Kind::Mapping =>
            {
                split(walk, (one, other), inner, units);
            }
            _ => units.push(Unit {
                old: one,
                new: other,
                around: (old, new),
            }),
        }
    }
}

// A difference touches the node that it was found at and everything around it.
fn touch<'t>(outline: &Outline<'t>, node: &'t Node, touched: &mut HashSet<usize>) {
    let mut current = Some(node);
    while let Some(node) = current {
        if !touched.insert(address(node)) {
            break;
        }
        current = outline.parent(node);
    }
}
