//! Where every node of a document stands. A node does not know its parent or its pointer; an outline, made once per
//! document, does. It reads the tree once, because a long document is far more memory than stays at hand, and judges
//! nothing.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::quality::RandomState;

use super::side::reference;
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
    /// A number for what the node is without what stands in it.
    own: u64,
}

/// A document cannot be written so that two numbers agree: they are other ones in every run.
pub(super) static NUMBERS: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// A document whose nodes can be asked where they stand.
#[derive(Debug)]
pub(crate) struct Outline<'t> {
    tree: &'t Tree,
    stands: Vec<Stand<'t>>,
    /// The positions of the nodes that are references.
    references: Vec<usize>,
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

fn own_number(node: &Node) -> u64 {
    let mut hasher = NUMBERS.build_hasher();
    let keys = node.entries().iter().map(|entry| entry.key.text.as_str());
    (node.kind(), node.as_text(), node.items().len()).hash(&mut hasher);
    keys.for_each(|key| key.hash(&mut hasher));
    hasher.finish()
}

/// What most pointers find room in, so that they need not grow letter by letter.
const USUAL_LENGTH: usize = 128;

/// The JSON pointer of the node at the end of a way.
pub(super) fn pointer(way: &[(Token<'_>, &Node)]) -> String {
    let mut pointer = String::with_capacity(USUAL_LENGTH);
    for (token, _) in way {
        pointer.push('/');
        match token {
            Token::Key(key) => pointer.push_str(&escape(key)),
            Token::Index(at) => pointer.push_str(&at.to_string()),
        }
    }
    pointer
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
            own: 0,
        }];
        let mut references = Vec::new();
        // What stands in a node is read right after it, as it was when the tree was made, so that it lies near.
        let mut pending = vec![0];
        while let Some(next) = pending.pop() {
            let Some(&Stand { node, .. }) = stands.get(next) else {
                continue;
            };
            let own = own_number(node);
            if reference(node).is_some() {
                references.push(next);
            }
            let first = stands.len();
            stands.extend(node.entries().iter().map(|entry| Stand {
                parent: next,
                node: &entry.value,
                step: Step::Member(entry),
                inside: (0, 0),
                own: 0,
            }));
            stands.extend(node.items().iter().enumerate().map(|(at, item)| Stand {
                parent: next,
                node: item,
                step: Step::Item(at),
                inside: (0, 0),
                own: 0,
            }));
            let last = stands.len();
            if let Some(stand) = stands.get_mut(next) {
                (stand.inside, stand.own) = ((first, last), own);
            }
            pending.extend((first..last).rev());
        }
        let by_address = stands
            .iter()
            .enumerate()
            .map(|(at, stand)| (address(stand.node), at))
            .collect();
        Self {
            tree,
            stands,
            references,
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

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.stands.len()
    }

    /// Of every node by position: a number that nodes have in common if they are of the same kind and have the same text or
    /// the same keys in the same order, the position of the node around it, and the positions of what stands in it.
    pub(super) fn stands(
        &self,
    ) -> impl DoubleEndedIterator<Item = (u64, usize, Range<usize>)> + ExactSizeIterator {
        self.stands
            .iter()
            .map(|stand| (stand.own, stand.parent, stand.inside.0..stand.inside.1))
    }

    /// Every reference with the position of its node.
    pub(super) fn references(&self) -> impl Iterator<Item = (usize, &'t str)> {
        self.references.iter().filter_map(|at| {
            let stand = self.stands.get(*at)?;
            Some((*at, reference(stand.node)?))
        })
    }

    /// The node at a position and those around it, from the inside out.
    pub(super) fn outwards(&self, position: usize) -> impl Iterator<Item = &'t Node> {
        let stand = |at: usize| self.stands.get(at).map(|stand| (at, stand));
        let outer = move |&(at, of): &(usize, &Stand<'t>)| stand(of.parent).filter(|_| at > 0);
        std::iter::successors(stand(position), outer).map(|(_, stand)| stand.node)
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
