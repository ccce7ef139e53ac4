//! Where every node of a document stands. A node does not know its parent or its pointer; an outline, made once per
//! document, does. It reads the tree and judges nothing.

use std::collections::HashMap;

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
}

/// A document whose nodes can be asked where they stand.
#[derive(Debug)]
pub(crate) struct Outline<'t> {
    tree: &'t Tree,
    stands: Vec<Stand<'t>>,
    by_address: HashMap<usize, usize>,
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
        }];
        let mut next = 0;
        while let Some(&Stand { node, .. }) = stands.get(next) {
            stands.extend(node.entries().iter().map(|entry| Stand {
                parent: next,
                node: &entry.value,
                step: Step::Member(entry),
            }));
            stands.extend(node.items().iter().enumerate().map(|(at, item)| Stand {
                parent: next,
                node: item,
                step: Step::Item(at),
            }));
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

    fn stand(&self, node: &Node) -> Option<&Stand<'t>> {
        self.by_address
            .get(&address(node))
            .and_then(|at| self.stands.get(*at))
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
