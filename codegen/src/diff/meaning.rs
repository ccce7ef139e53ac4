//! Whether two things mean the same, with all that they refer to, where no rule takes them apart: what a `not` rules out,
//! what a callback sends, what stands under a keyword that nobody knows. A reference counts as what it leads to, and what
//! only people read does not count.

use std::collections::HashSet;
use std::rc::Rc;

use super::outline::address;
use super::side::{SCHEMAS, Side, reference};
use super::walk::{Scope, Walk};
use crate::load::{Kind, Node};

/// How many pairs of nodes are looked at in all; what is not looked at counts as different.
const MAX_LOOKS: usize = 2_000_000;

/// Keywords that only people read.
const PROSE: [&str; 6] = [
    "description",
    "summary",
    "title",
    "externalDocs",
    "example",
    "examples",
];

/// Keywords whose members have names of their own, which are no keywords.
const NAMED: [&str; 9] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "mapping",
    "responses",
    "headers",
    "content",
    "encoding",
];

/// Lists in which the order does not count.
const SETS: [&str; 3] = ["enum", "required", "type"];

/// What was found out about two nodes: whether they mean the same, and the schema components of the base on the way.
pub(super) type Meaning<'t> = (bool, Rc<Vec<&'t str>>);

/// A comparison under way.
struct Look<'w, 't> {
    walk: &'w Walk<'t>,
    seen: HashSet<(usize, usize)>,
    crossed: Vec<&'t str>,
    looks: usize,
}

impl<'t> Walk<'t> {
    /// Whether two things mean the same. Where they do not, what is being compared is counted among those that use the
    /// components on the way.
    pub(super) fn means_same(
        &mut self,
        base: Option<&'t Node>,
        revision: Option<&'t Node>,
    ) -> bool {
        let (Some(old), Some(new)) = (base, revision) else {
            return base.is_none() && revision.is_none();
        };
        if self.is_same(base, revision) {
            return true;
        }
        let key = (address(old), address(new));
        let (same, crossed) = match self.meanings.get(&key) {
            Some(known) => known.clone(),
            None => {
                let mut look = Look {
                    walk: self,
                    seen: HashSet::new(),
                    crossed: Vec::new(),
                    looks: self.looks,
                };
                let same = look.same(old, new, false, "");
                let (crossed, looks) = (Rc::new(look.crossed), look.looks);
                self.looks = looks;
                self.meanings.insert(key, (same, Rc::clone(&crossed)));
                (same, crossed)
            }
        };
        if !same && self.scope != Scope::Document {
            for name in crossed.iter() {
                let users = self.mentions.entry(name).or_default();
                if !users.contains(&self.scope) {
                    users.push(self.scope);
                }
            }
        }
        same
    }
}

impl<'t> Look<'_, 't> {
    /// Goes on after a difference, so that all components on the way are found.
    fn same(&mut self, old: &'t Node, new: &'t Node, is_named: bool, key: &str) -> bool {
        if self.walk.is_same(Some(old), Some(new)) {
            return true;
        }
        self.looks += 1;
        if self.looks > MAX_LOOKS {
            return false;
        }
        let is_reference = |node: &Node| !is_named && reference(node).is_some();
        if is_reference(old) || is_reference(new) {
            if !self.seen.insert((address(old), address(new))) {
                return true;
            }
            if let Some(name) = reference(old).and_then(|text| text.strip_prefix(SCHEMAS)) {
                self.crossed.push(name);
            }
            let led = |side: &Side<'t>, node: &'t Node| match reference(node) {
                Some(text) => side.target(text),
                None => Some(node),
            };
            return match (led(&self.walk.base, old), led(&self.walk.revision, new)) {
                (Some(one), Some(other)) => self.same(one, other, false, key),
                (None, None) => old == new,
                _ => false,
            };
        }
        match (old.kind(), new.kind()) {
            (Kind::Mapping, Kind::Mapping) => self.members(old, new, is_named),
            (Kind::Sequence, Kind::Sequence) if SETS.contains(&key) => {
                let all_in = |one: &Node, other: &Node| {
                    one.items().iter().all(|item| other.items().contains(item))
                };
                all_in(old, new) && all_in(new, old)
            }
            (Kind::Sequence, Kind::Sequence) => {
                let mut same = old.items().len() == new.items().len();
                for (one, other) in old.items().iter().zip(new.items()) {
                    same &= self.same(one, other, false, "");
                }
                same
            }
            _ => old == new,
        }
    }

    fn members(&mut self, old: &'t Node, new: &'t Node, is_named: bool) -> bool {
        let counts = |key: &str| is_named || !(PROSE.contains(&key) || key.starts_with("x-"));
        let mut same = new
            .entries()
            .iter()
            .filter(|entry| counts(&entry.key.text))
            .all(|entry| old.get(&entry.key.text).is_some());
        for entry in old.entries() {
            let key = entry.key.text.as_str();
            if !counts(key) {
                continue;
            }
            same &= match new.get(key) {
                Some(other) => {
                    let inside = !is_named && NAMED.contains(&key);
                    self.same(&entry.value, other, inside, key)
                }
                None => false,
            };
        }
        same
    }
}
