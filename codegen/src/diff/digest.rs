//! Short stand-ins for whole nodes, so that long lists are compared without looking at every pair of their items.

use std::collections::HashMap;

use super::side::brief;
use crate::load::{Kind, Node, Value};

const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

fn mix(hash: u64, bytes: &[u8]) -> u64 {
    let hash = bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(PRIME)
    });
    // A text cannot run over into the next: no byte of UTF-8 is this one.
    (hash ^ 0xff).wrapping_mul(PRIME)
}

/// A number that equal nodes have in common: as for them, the order of keys does not count. It is the same on every
/// machine (FNV-1a of 64 bits).
pub(super) fn digest(node: &Node) -> u64 {
    let kind = match node.kind() {
        Kind::Null => "null",
        Kind::Bool => "bool",
        Kind::Integer => "integer",
        Kind::Float => "float",
        Kind::String => "string",
        Kind::Sequence => "sequence",
        Kind::Mapping => "mapping",
    };
    let start = mix(START, kind.as_bytes());
    match node.value() {
        Value::Scalar(scalar) => mix(start, scalar.text.as_bytes()),
        Value::Sequence(items) => items
            .iter()
            .fold(start, |hash, item| mix(hash, &digest(item).to_le_bytes())),
        Value::Mapping(_) => node.entries().iter().fold(start, |hash, entry| {
            hash.wrapping_add(mix(
                mix(START, entry.key.text.as_bytes()),
                &digest(&entry.value).to_le_bytes(),
            ))
        }),
    }
}

/// The digits of a list of texts.
pub(super) fn digest_of(parts: &[&str]) -> u64 {
    parts
        .iter()
        .fold(START, |hash, part| mix(hash, part.as_bytes()))
}

/// A node in a few words, and a digest where the words are not all of it: what tells one value from another.
pub(super) fn exact(node: &Node) -> String {
    let words = brief(node);
    if words.ends_with('…') {
        format!("{words}{:016x}", digest(node))
    } else {
        words
    }
}

/// Nodes that can be asked for one that means the same.
#[derive(Debug, Default)]
pub(super) struct Bag<'t, T> {
    by_digest: HashMap<u64, Vec<(&'t Node, T)>>,
}

impl<'t, T> Bag<'t, T> {
    pub(super) fn new(nodes: impl IntoIterator<Item = (&'t Node, T)>) -> Self {
        let mut by_digest: HashMap<u64, Vec<(&'t Node, T)>> = HashMap::new();
        for (node, what) in nodes {
            by_digest
                .entry(digest(node))
                .or_default()
                .push((node, what));
        }
        Self { by_digest }
    }

    pub(super) fn has(&self, node: &Node) -> bool {
        self.by_digest
            .get(&digest(node))
            .is_some_and(|known| known.iter().any(|(known, _)| *known == node))
    }

    /// Takes out the first node that means the same.
    pub(super) fn take(&mut self, node: &Node) -> Option<T> {
        let known = self.by_digest.get_mut(&digest(node))?;
        let at = known.iter().position(|(known, _)| *known == node)?;
        Some(known.remove(at).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;

    #[test]
    fn equal_nodes_have_equal_digests_and_others_have_not() {
        let tree = |text: &str| load("a.yaml", text.as_bytes()).unwrap();
        let same = [
            tree("a: 1\nb: [x, 'y']\n"),
            tree("b:\n  - \"x\"\n  - y\na: 1\n"),
        ];
        assert_eq!(same[0].root(), same[1].root());
        assert_eq!(digest(same[0].root()), digest(same[1].root()));
        for other in [
            "a: '1'\nb: [x, y]\n",
            "a: 1\nb: [y, x]\n",
            "a: 1\nb: [xy]\n",
            "b: 1\na: [x, y]\n",
            "a: 1\n",
        ] {
            assert_ne!(
                digest(same[0].root()),
                digest(tree(other).root()),
                "{other}"
            );
        }
    }

    #[test]
    fn long_values_are_told_apart_behind_what_is_shown() {
        let text = format!("a: {0}1\nb: {0}2\n", "x".repeat(100));
        let tree = load("a.yaml", text.as_bytes()).unwrap();
        let (one, two) = (tree.at("/a").unwrap(), tree.at("/b").unwrap());
        assert_eq!(brief(one), brief(two));
        assert_ne!(exact(one), exact(two));
    }
}
