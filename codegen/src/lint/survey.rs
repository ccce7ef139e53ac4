//! Everything that the document holds, visited once: the list that every rule reads instead of walking by itself.

use std::collections::BTreeSet;
use std::rc::Rc;

use foldhash::HashMap;

use super::conform::Schemas;
use super::grammar::Object;
use crate::finding::{Finding, Rule};
use crate::load::{Node, Span, Tree, first_line};

/// References lead to references at most this often; a longer chain is a circle or no better than one.
const MAX_CHAIN: usize = 64;

/// One object of the document and where it stands.
#[derive(Debug)]
pub(super) struct Visit<'a> {
    /// Its position in [`Survey::visits`].
    pub(super) number: usize,
    pub(super) object: Object,
    pub(super) node: &'a Node,
    /// The key that names the object, or the beginning of an object in a sequence.
    pub(super) span: Span,
    /// The JSON pointer.
    pub(super) pointer: Rc<str>,
    /// The number of the enclosing object.
    pub(super) parent: Option<usize>,
    /// The member of the enclosing object that holds this one: `schema`, `properties`, `get`.
    pub(super) member: &'a str,
    /// The key under that member, if it is a mapping: the name of a property, a status code, a media type.
    pub(super) name: Option<&'a str>,
    /// Whether this is an entry of `components`.
    pub(super) is_component: bool,
    /// Whether a `$ref` stands here, be it a good one or not.
    pub(super) is_reference: bool,
    /// The text of `$ref`, if that is what stands here.
    pub(super) reference: Option<&'a str>,
}

impl<'a> Visit<'a> {
    /// The name, if this is an entry of `components`.
    pub(super) fn component(&self) -> Option<&'a str> {
        self.name.filter(|_| self.is_component)
    }

    /// The text under `key`.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.node.get(key)?.as_str()
    }

    /// Whether the boolean under `key` is there and true.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// Where the key `key` stands, or else the object itself.
    pub(super) fn key_span(&self, key: &str) -> Span {
        self.node
            .entry(key)
            .map_or(self.span, |entry| entry.key.span)
    }

    /// Where the value under `key` stands, or else the object itself.
    pub(super) fn value_span(&self, key: &str) -> Span {
        self.node
            .entry(key)
            .map_or(self.span, |entry| entry.value.span())
    }
}

/// The objects of one document.
pub(super) struct Survey<'a> {
    pub(super) tree: &'a Tree,
    pub(super) visits: Vec<Visit<'a>>,
    pub(super) schemas: Schemas<'a>,
    by_pointer: HashMap<Rc<str>, usize>,
    children: Vec<Vec<usize>>,
}

impl<'a> Survey<'a> {
    pub(super) fn new(tree: &'a Tree, visits: Vec<Visit<'a>>) -> Self {
        let by_pointer = visits
            .iter()
            .enumerate()
            .map(|(at, visit)| (Rc::clone(&visit.pointer), at))
            .collect();
        let mut children = vec![Vec::new(); visits.len()];
        for (at, visit) in visits.iter().enumerate() {
            if let Some(list) = visit.parent.and_then(|parent| children.get_mut(parent)) {
                list.push(at);
            }
        }
        Self {
            tree,
            visits,
            schemas: Schemas::new(tree),
            by_pointer,
            children,
        }
    }

    /// All objects of one kind that are written out, in the order of the document; references are left out.
    pub(super) fn all(&self, object: Object) -> impl Iterator<Item = &Visit<'a>> {
        self.visits
            .iter()
            .filter(move |visit| visit.object == object && !visit.is_reference)
    }

    /// The enclosing object.
    pub(super) fn parent(&self, visit: &Visit<'a>) -> Option<&Visit<'a>> {
        self.visits.get(visit.parent?)
    }

    /// The objects that `member` of this object holds, references included.
    pub(super) fn children<'s>(
        &'s self,
        visit: &Visit<'a>,
        member: &'s str,
    ) -> impl Iterator<Item = &'s Visit<'a>> {
        let list = self
            .children
            .get(visit.number)
            .map_or(&[][..], Vec::as_slice);
        list.iter()
            .filter_map(|at| self.visits.get(*at))
            .filter(move |child| child.member == member)
    }

    /// The one object that `member` of this object holds.
    pub(super) fn child(&self, visit: &Visit<'a>, member: &str) -> Option<&Visit<'a>> {
        let list = self.children.get(visit.number)?;
        list.iter()
            .filter_map(|at| self.visits.get(*at))
            .find(|child| child.member == member)
    }

    /// The object at a JSON pointer.
    pub(super) fn at(&self, pointer: &str) -> Option<&Visit<'a>> {
        self.visits.get(*self.by_pointer.get(pointer)?)
    }

    /// All objects that this object holds, references included.
    pub(super) fn all_children<'s>(
        &'s self,
        visit: &Visit<'a>,
    ) -> impl Iterator<Item = &'s Visit<'a>> {
        let list = self
            .children
            .get(visit.number)
            .map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|at| self.visits.get(*at))
    }

    /// The object whose pointer stands in a reference as it is, which nearly every reference is written by.
    pub(super) fn plain_target(&self, reference: &str) -> Option<&Visit<'a>> {
        // A percent sign stands for something else.
        let pointer = reference.strip_prefix('#')?;
        self.at(pointer).filter(|_| !pointer.contains('%'))
    }

    /// The object that a reference leads to, in one step.
    pub(super) fn target(&self, reference: &str) -> Option<&Visit<'a>> {
        if let Some(found) = self.plain_target(reference) {
            return Some(found);
        }
        let (_, pointer) = self.tree.resolve(reference).ok()?;
        self.at(&pointer)
    }

    /// The object itself, or the one that its `$ref` leads to, through any number of references; `None` when they
    /// lead nowhere or in a circle.
    pub(super) fn resolved<'s>(&'s self, visit: &'s Visit<'a>) -> Option<&'s Visit<'a>> {
        let mut current = visit;
        let mut steps = 0;
        while let Some(reference) = current.reference {
            steps += 1;
            if steps > MAX_CHAIN {
                return None;
            }
            current = self
                .target(reference)
                .filter(|target| target.object == current.object)?;
        }
        Some(current)
    }

    /// The schema that says what is on the wire: references followed, and the `allOf` around a single reference,
    /// which only adds a description, taken off.
    pub(super) fn bare<'s>(&'s self, schema: &'s Visit<'a>) -> Option<&'s Visit<'a>> {
        let mut current = self.resolved(schema)?;
        let mut steps = 0;
        while let Some(inner) = self.wrapped(current) {
            steps += 1;
            if steps > MAX_CHAIN {
                return None;
            }
            current = self.resolved(inner)?;
        }
        Some(current)
    }

    /// The single reference inside `allOf`.
    pub(super) fn wrapped(&self, schema: &Visit<'a>) -> Option<&Visit<'a>> {
        let mut parts = self.children(schema, "allOf");
        match (parts.next(), parts.next()) {
            (Some(part), None) if part.reference.is_some() => Some(part),
            _ => None,
        }
    }

    /// The schemas that a request body can hold, at any depth, in the order of the document.
    pub(super) fn in_requests(&self) -> Vec<&Visit<'a>> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<usize> = self
            .all(Object::RequestBody)
            .map(|body| body.number)
            .collect();
        while let Some(number) = open.pop() {
            if !reached.insert(number) {
                continue;
            }
            let Some(visit) = self.visits.get(number) else {
                continue;
            };
            match visit.reference {
                Some(_) => open.extend(self.resolved(visit).map(|target| target.number)),
                None => open.extend(self.children.get(number).map_or(&[][..], Vec::as_slice)),
            }
        }
        let schemas = reached
            .into_iter()
            .filter_map(|number| self.visits.get(number));
        schemas
            .filter(|visit| visit.object == Object::Schema)
            .collect()
    }

    /// A finding about `visit`, at `span`.
    pub(super) fn finding(
        &self,
        rule: &Rule,
        visit: &Visit<'a>,
        span: Span,
        message: impl Into<String>,
    ) -> Finding {
        Finding::new(
            rule,
            self.tree.place(first_line(self.tree.text(), span)),
            message,
        )
        .pointer(&*visit.pointer)
    }
}
