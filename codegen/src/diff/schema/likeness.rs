//! Which alternative of one side is which of the other.

use std::collections::BTreeSet;

use super::View;
use crate::diff::digest::{digest, digest_of, exact};
use crate::diff::matching::{Of, closest, partners};
use crate::diff::side::{Side, component_name};
use crate::diff::walk::Walk;
use crate::load::Node;

/// By what alternatives go together, the most telling first.
#[derive(Debug, Clone, Copy)]
pub(super) enum Likeness {
    /// The component that they refer to.
    Component,
    /// All of it.
    Whole,
    Title,
    /// The type, of those that are written in place.
    Type,
    /// What the component that they refer to is, under whatever name.
    Target,
}

impl Likeness {
    pub(super) const OF_ITSELF: [Self; 4] = [Self::Component, Self::Whole, Self::Title, Self::Type];

    /// A number that alternatives which are alike in this have in common.
    pub(super) fn key<'t>(self, side: &Side<'t>, node: &'t Node) -> Option<u64> {
        let name = component_name(node);
        match self {
            Self::Component => name.map(|name| digest_of(&[name])),
            Self::Whole => Some(digest(node)),
            Self::Title => node.get("title").map(digest),
            Self::Type if name.is_none() => node.get("type").map(digest),
            Self::Type => None,
            Self::Target => name.and(side.follow(node)).map(digest),
        }
    }
}

/// An alternative and its position.
pub(super) type Placed<'t> = (usize, &'t Node);

/// Two alternatives that go together.
pub(super) type Alike<'t> = (&'t Node, &'t Node);

/// What goes together in two lists of alternatives, and what is left of them.
#[derive(Debug, Default)]
pub(super) struct Matched<'t> {
    pub(super) pairs: Vec<Alike<'t>>,
    /// Two components of which one took the place of the other without a change.
    pub(super) replaced: Vec<Alike<'t>>,
    pub(super) old: Vec<Placed<'t>>,
    pub(super) new: Vec<Placed<'t>>,
}

/// Matches the alternatives of two lists.
pub(super) fn matched<'t>(walk: &Walk<'t>, old: &'t Node, new: &'t Node) -> Matched<'t> {
    let side = |of: Of| match of {
        Of::Base => &walk.base,
        Of::Revision => &walk.revision,
    };
    let placed = |list: &'t Node| list.items().iter().enumerate().collect::<Vec<Placed<'t>>>();
    let (mut old, mut new) = (placed(old), placed(new));
    let mut pairs = Vec::new();
    let by = |old: &mut Vec<Placed<'t>>, new: &mut Vec<Placed<'t>>, likeness: Likeness| {
        let found = partners(old, new, |of, (_, node)| likeness.key(side(of), node));
        found
            .into_iter()
            .map(|((_, one), (_, two))| (one, two))
            .collect::<Vec<Alike<'t>>>()
    };
    for likeness in [Likeness::Component, Likeness::Whole, Likeness::Title] {
        pairs.extend(by(&mut old, &mut new, likeness));
    }
    // Two components with different names are two things, however much they have in common.
    let is_candidate = |(_, one): &Placed<'t>, (_, other): &Placed<'t>| {
        component_name(one).is_none() || component_name(other).is_none()
    };
    let marks = |of: Of, (_, node): &Placed<'t>| marks(side(of), node);
    let near = closest(&mut old, &mut new, marks, is_candidate);
    pairs.extend(near.into_iter().map(|((_, one), (_, two))| (one, two)));
    pairs.extend(by(&mut old, &mut new, Likeness::Type));
    let replaced = by(&mut old, &mut new, Likeness::Target);
    Matched {
        pairs,
        replaced,
        old,
        new,
    }
}

/// What an alternative is known by: its members with their types and values, or its keywords where it has none.
fn marks(side: &Side<'_>, node: &Node) -> BTreeSet<String> {
    let view = View::new(side, &[node]);
    let mut marks = BTreeSet::new();
    for properties in view.all("properties") {
        for entry in properties.entries() {
            let name = &entry.key.text;
            marks.insert(format!("member {name}"));
            for key in ["type", "enum", "$ref"] {
                let value = entry.value.get(key).map(exact);
                marks.extend(value.map(|value| format!("{key} of {name}: {value}")));
            }
        }
    }
    for name in view.all("required").flat_map(Node::items) {
        marks.extend(name.as_text().map(|name| format!("member {name}")));
    }
    if marks.is_empty() {
        for part in &view.parts {
            let keys = part.entries().iter().map(|entry| entry.key.text.as_str());
            let keys =
                keys.filter(|key| !matches!(*key, "type" | "allOf" | "description" | "title"));
            marks.extend(keys.map(|key| format!("keyword {key}")));
        }
        // Keywords say something only together with the type.
        let kind = view.first("type").map(exact).unwrap_or_default();
        marks = marks
            .into_iter()
            .map(|mark| format!("{mark} {kind}"))
            .collect();
    }
    marks
}
