//! Where every node of a document stands. A node does not know its parent or its pointer; an outline, made once per
//! document, does. It reads the tree and judges nothing.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::finding::Place;
use crate::load::{Entry, Node, Span, Tree, escape};

/// The way from a node to its parent.
#[derive(Debug, Clone, Copy)]
enum Step<'t> {
    Root,
    Member(&'t Entry),
    Item(usize),
}

#[derive(Debug, Clone, Copy)]
struct Stand<'t> {
    parent: usize,
    node: &'t Node,
    step: Step<'t>,
    /// The positions of what stands in it.
    inside: (usize, usize),
}

/// A document whose nodes can be asked where they stand.
#[derive(Debug)]
pub(crate) struct Outline<'t> {
    tree: &'t Tree,
    stands: Vec<Stand<'t>>,
    by_address: HashMap<usize, usize, BuildHasherDefault<AddressHasher>>,
}

/// Spreads addresses, which no document chooses, over a table.
#[derive(Debug, Default)]
struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        // The bits of a product are well mixed at its upper end only.
        let product = (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = product ^ (product >> 32);
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(u64::try_from(value).unwrap_or(u64::MAX));
    }
}

/// One word of a node's pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'t> {
    Key(&'t str),
    Index(usize),
}

/// The address of a node: two nodes that mean the same still are two.
pub(crate) fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

impl<'t> Outline<'t> {
    pub(crate) fn new(tree: &'t Tree) -> Self {
        let mut stands = vec![Stand {
            parent: 0,
            node: tree.root(),
            step: Step::Root,
            inside: (0, 0),
        }];
        let mut next = 0;
        while let Some(&Stand { node, .. }) = stands.get(next) {
            let first = stands.len();
            stands.extend(node.entries().iter().map(|entry| Stand {
                parent: next,
                node: &entry.value,
                step: Step::Member(entry),
                inside: (0, 0),
            }));
            stands.extend(node.items().iter().enumerate().map(|(at, item)| Stand {
                parent: next,
                node: item,
                step: Step::Item(at),
                inside: (0, 0),
            }));
            let last = stands.len();
            if let Some(stand) = stands.get_mut(next) {
                stand.inside = (first, last);
            }
            next += 1;
        }
        let by_address = stands
            .iter()
            .enumerate()
            .map(|(at, stand)| (address(stand.node), at))
            .collect();
        Self {
            tree,
            stands,
            by_address,
        }
    }

    pub(crate) fn tree(&self) -> &'t Tree {
        self.tree
    }

    pub(crate) fn root(&self) -> &'t Node {
        self.tree.root()
    }

    /// The position of a node: what stands in another comes after it.
    pub(super) fn position(&self, node: &Node) -> Option<usize> {
        self.by_address.get(&address(node)).copied()
    }

    /// All nodes by position, each with the key that it stands under, the position of the node around it, and the
    /// positions of what stands in it.
    pub(super) fn stands(
        &self,
    ) -> impl DoubleEndedIterator<Item = (&'t Node, Option<&'t str>, usize, Range<usize>)>
    + ExactSizeIterator {
        self.stands.iter().map(|stand| {
            let key = match stand.step {
                Step::Member(entry) => Some(entry.key.text.as_str()),
                Step::Root | Step::Item(_) => None,
            };
            (
                stand.node,
                key,
                stand.parent,
                stand.inside.0..stand.inside.1,
            )
        })
    }

    fn stand(&self, node: &Node) -> Option<&Stand<'t>> {
        self.stands.get(self.position(node)?)
    }

    /// The nodes from the root down to `node`, each with the word that leads to it; the root itself is left out.
    pub(crate) fn way(&self, node: &Node) -> Vec<(Token<'t>, &'t Node)> {
        let mut way = Vec::new();
        let mut current = self.stand(node);
        while let Some(stand) = current {
            let token = match stand.step {
                Step::Root => break,
                Step::Member(entry) => Token::Key(&entry.key.text),
                Step::Item(at) => Token::Index(at),
            };
            way.push((token, stand.node));
            current = self.stands.get(stand.parent);
        }
        way.reverse();
        way
    }

    /// The node around `node`.
    pub(super) fn parent(&self, node: &Node) -> Option<&'t Node> {
        let stand = self.stand(node)?;
        match stand.step {
            Step::Root => None,
            Step::Member(_) | Step::Item(_) => {
                self.stands.get(stand.parent).map(|parent| parent.node)
            }
        }
    }

    /// The JSON pointer of a node.
    pub(super) fn pointer(&self, node: &Node) -> String {
        let mut pointer = String::new();
        for (token, _) in self.way(node) {
            pointer.push('/');
            match token {
                Token::Key(key) => pointer.push_str(&escape(key)),
                Token::Index(at) => pointer.push_str(&at.to_string()),
            }
        }
        pointer
    }

    /// The place of the key under which a node stands; of the node itself where it has none.
    pub(crate) fn key_place(&self, node: &Node) -> Place {
        match self.stand(node).map(|stand| stand.step) {
            Some(Step::Member(entry)) => self.place(entry.key.span),
            _ => self.value_place(node),
        }
    }

    /// The place of a node's value, as far as it stands on one line.
    pub(crate) fn value_place(&self, node: &Node) -> Place {
        // A value of several lines, and one that is not written at all, is found by its key.
        if (node.as_scalar().is_none() || node.span().start == node.span().end)
            && let Some(Step::Member(entry)) = self.stand(node).map(|stand| stand.step)
        {
            return self.place(entry.key.span);
        }
        self.place(node.span())
    }

    fn place(&self, span: Span) -> Place {
        let text = self
            .tree
            .text()
            .get(span.start..span.end)
            .unwrap_or_default();
        let length = text.lines().next().map_or(0, |line| line.trim_end().len());
        self.tree.place(Span {
            start: span.start,
            end: span.start + length,
        })
    }
}
