//! What tells alternatives apart: the values of a discriminator, each with the component that it stands for. A value that
//! `mapping` does not list is the name of a component, which therefore travels in messages.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::pair::{Pair, Request, request_component};
use super::{Direction, View};
use crate::diff::digest::{digest, exact};
use crate::diff::outline::address;
use crate::diff::rules;
use crate::diff::side::{SCHEMAS, Side, component_name, reference};
use crate::diff::walk::{Found, Spot, Walk};
use crate::load::Node;

/// What a value stands for.
#[derive(Debug, Clone, Copy)]
struct Target<'t> {
    /// The name of a component, or whatever else `mapping` refers to.
    name: &'t str,
    node: Option<&'t Node>,
    /// Where the value is told.
    spot: Spot<'t>,
}

/// The values of a discriminator.
#[derive(Debug, Default)]
struct Values<'t> {
    targets: BTreeMap<&'t str, Target<'t>>,
    /// The components that are alternatives, or that build on the one with the discriminator.
    shapes: Vec<(&'t str, &'t Node)>,
    /// Whether the shapes are alternatives, which are compared on their own.
    is_choice: bool,
}

impl<'t> Values<'t> {
    fn of(side: &Side<'t>, view: &View<'t>, component: Option<&'t str>, node: &'t Node) -> Self {
        let mut values = Self::default();
        let schemas = side.components("schemas");
        let entry = |name: &str| schemas.and_then(|all| all.entry(name));
        for list in view.all("oneOf").chain(view.all("anyOf")) {
            values.is_choice = true;
            for item in list.items() {
                if let Some(entry) = component_name(item).and_then(entry) {
                    values.add(&entry.key.text, &entry.value, Spot::value(item));
                }
            }
        }
        if !values.is_choice
            && let Some(own) = component.and_then(entry)
            && own.value.get("discriminator").map(address) == Some(address(node))
        {
            for name in descendants(schemas, &own.key.text) {
                if let Some(entry) = entry(name) {
                    values.add(&entry.key.text, &entry.value, Spot::key(&entry.value));
                }
            }
        }
        let mapping = node.get("mapping").map(Node::entries).unwrap_or_default();
        for listed in mapping {
            let text = listed.value.as_text().unwrap_or_default();
            // A name by itself is that of a component too.
            let known = entry(text.strip_prefix(SCHEMAS).unwrap_or(text));
            let target = Target {
                name: known.map_or(text, |known| known.key.text.as_str()),
                node: known.map(|known| &known.value),
                spot: Spot::value(&listed.value),
            };
            values.targets.insert(&listed.key.text, target);
        }
        values
    }

    fn add(&mut self, name: &'t str, node: &'t Node, spot: Spot<'t>) {
        self.shapes.push((name, node));
        let node = Some(node);
        self.targets
            .entry(name)
            .or_insert(Target { name, node, spot });
    }

    /// Whether a component is a shape that came or went as a whole, which is told elsewhere.
    fn is_told(&self, others: &Self, target: &Target<'t>) -> bool {
        let is_shape = |(name, _): &(&str, _)| *name == target.name;
        if !self.is_choice || !self.shapes.iter().any(is_shape) {
            return false;
        }
        let known = target.node.map(digest);
        !others
            .shapes
            .iter()
            .any(|shape| is_shape(shape) || Some(digest(shape.1)) == known)
    }
}

/// The schema components that build on others by `allOf`, by the name of what they build on.
fn children(schemas: Option<&Node>) -> HashMap<&str, Vec<&str>> {
    let mut children: HashMap<&str, Vec<&str>> = HashMap::new();
    for entry in schemas.map(Node::entries).unwrap_or_default() {
        let parts = entry.value.get("allOf").map(Node::items);
        let names = parts.unwrap_or_default().iter().filter_map(reference);
        for parent in names.filter_map(|text| text.strip_prefix(SCHEMAS)) {
            children.entry(parent).or_default().push(&entry.key.text);
        }
    }
    children
}

/// The components that build on another by `allOf`, also by way of others.
pub(in crate::diff) fn descendants<'t>(schemas: Option<&'t Node>, name: &'t str) -> Vec<&'t str> {
    let children = children(schemas);
    let mut seen = HashSet::from([name]);
    let (mut found, mut next) = (vec![name], 0);
    while let Some(parent) = found.get(next) {
        next += 1;
        let fresh = children.get(parent).into_iter().flatten().copied();
        let fresh: Vec<&str> = fresh.filter(|child| seen.insert(child)).collect();
        found.extend(fresh);
    }
    found.remove(0);
    found
}

pub(super) fn compare<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    let (old, new) = (
        pair.base.first("discriminator"),
        pair.revision.first("discriminator"),
    );
    let named = |node: Option<&'t Node>| {
        node.and_then(|node| node.get("propertyName"))
            .and_then(Node::as_text)
    };
    let (Some(one), Some(other)) = (old, new) else {
        if old.is_some() || new.is_some() {
            changed(walk, pair, (old, new));
        }
        return;
    };
    if named(old) != named(new) {
        changed(walk, pair, (old, new));
        return;
    }
    let components = pair.components.unzip();
    let was = Values::of(&walk.base, &pair.base, components.0, one);
    let is = Values::of(&walk.revision, &pair.revision, components.1, other);
    for (value, target) in &was.targets {
        match is.targets.get(value) {
            Some(now) => kept(walk, pair, value, (target, now)),
            None if was.is_told(&is, target) => {}
            None => report(walk, pair, false, value, (target, Spot::key(other))),
        }
    }
    for (value, target) in &is.targets {
        if !was.targets.contains_key(value) && !is.is_told(&was, target) {
            report(walk, pair, true, value, (target, Spot::key(one)));
        }
    }
    if !was.is_choice && !is.is_choice {
        shapes(walk, pair, &was, &is);
    }
}

fn changed<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, lists: (Option<&'t Node>, Option<&'t Node>)) {
    let rule = if pair.direction == Direction::Request {
        &rules::REQUEST_DISCRIMINATOR_CHANGED
    } else {
        &rules::RESPONSE_DISCRIMINATOR_CHANGED
    };
    let words = walk.pair_words(pair);
    let text = format!("the alternatives of {words} are told apart in another way");
    let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
    walk.report_keyword(pair, lists, |base, revision| {
        Found::new(rule, base, revision, text).values(value(lists.0), value(lists.1))
    });
}

/// A value that is there on both sides. What it stands for is compared on its own if it has the same name.
fn kept<'t>(
    walk: &mut Walk<'t>,
    pair: &Pair<'t>,
    value: &str,
    (was, is): (&Target<'t>, &Target<'t>),
) {
    if was.name == is.name
        || was.node.is_some() && is.node.is_some() && walk.means_same(was.node, is.node)
    {
        return;
    }
    let rule = if pair.direction == Direction::Request {
        &rules::REQUEST_DISCRIMINATOR_CHANGED
    } else {
        &rules::RESPONSE_DISCRIMINATOR_CHANGED
    };
    let text = format!(
        "`{value}` of {} stands for `{}` instead of `{}`",
        walk.pair_words(pair),
        is.name,
        was.name
    );
    let found = Found::new(rule, was.spot, is.spot, text).slot(pair.slot);
    walk.report(found.values(format!("{value} {}", was.name), is.name));
}

fn report<'t>(
    walk: &mut Walk<'t>,
    pair: &Pair<'t>,
    is_added: bool,
    value: &str,
    (target, around): (&Target<'t>, Spot<'t>),
) {
    let rule = match (pair.direction, is_added) {
        (Direction::Request, true) => &rules::REQUEST_DISCRIMINATOR_VALUE_ADDED,
        (Direction::Request, false) => &rules::REQUEST_DISCRIMINATOR_VALUE_REMOVED,
        (Direction::Response, true) => &rules::RESPONSE_DISCRIMINATOR_VALUE_ADDED,
        (Direction::Response, false) => &rules::RESPONSE_DISCRIMINATOR_VALUE_REMOVED,
    };
    let words = walk.pair_words(pair);
    let (name, found) = (target.name, |spots: (Spot<'t>, Spot<'t>), text| {
        Found::new(rule, spots.0, spots.1, text).slot(pair.slot)
    });
    let found = if is_added {
        let text = format!("`{value}` can now tell that {words} is `{name}`");
        found((around, target.spot), text).values("", value)
    } else {
        let text = format!("`{value}` can no longer tell that {words} is `{name}`");
        found((target.spot, around), text).values(value, "")
    };
    walk.report(found);
}

/// Asks for the comparison of the components that build on the one with the discriminator: a value of it can be any of
/// them.
fn shapes<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, was: &Values<'t>, is: &Values<'t>) {
    for (name, base) in &was.shapes {
        let Some((_, revision)) = is.shapes.iter().find(|(other, _)| other == name) else {
            continue;
        };
        let inner = Request {
            base: vec![*base],
            revision: vec![*revision],
            direction: pair.direction,
            slot: pair.slot,
            base_rust: pair.base_rust.clone(),
            revision_rust: pair.revision_rust.clone(),
            has_defaults: false,
        };
        request_component(walk, inner, (name, base), (name, revision));
    }
}
