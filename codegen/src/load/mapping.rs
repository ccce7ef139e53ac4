//! The entries of a mapping, in their order and by their keys. A document is asked for keys far more often than it is read,
//! so a key is found without looking at the texts of all others.

use std::collections::HashMap;

use super::node::{Entry, Key, Span};

/// The entries of a mapping in the order in which they stand.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    entries: Vec<Entry>,
    index: Index,
}

/// How the entry of a key is found.
#[derive(Debug, Clone)]
enum Index {
    /// What tells most keys apart, in the order of the entries: a few words of memory side by side, where the texts lie
    /// apart.
    Marks(Vec<u64>),
    /// The positions of the entries in the order of their keys.
    Sorted(Vec<u32>),
}

impl Default for Index {
    fn default() -> Self {
        Self::Marks(Vec::new())
    }
}

/// From this size on a mapping is searched through its sorted index.
const INDEX_FROM: usize = 24;

/// A key that stands a second time in its mapping.
#[derive(Debug)]
pub(super) struct Duplicate {
    pub(super) key: Key,
    pub(super) first: Span,
}

/// The length of a key and its first bytes. Inlined, it costs nothing for a key that stands in the code.
#[inline]
fn mark(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let first = match bytes.first_chunk() {
        Some(first) => u64::from_le_bytes(*first),
        None => bytes
            .iter()
            .fold(0, |mark, byte| (mark << 8) | u64::from(*byte)),
    };
    // A length that does not fit only makes marks alike.
    first
        ^ u64::try_from(bytes.len())
            .unwrap_or_default()
            .rotate_right(8)
}

impl Mapping {
    /// Keeps the entries, and of equal keys the first; the others are handed back.
    pub(super) fn new(entries: Vec<Entry>) -> (Self, Vec<Duplicate>) {
        let index = Index::new(&entries);
        let mapping = Self { entries, index };
        let later = mapping.later();
        if later.is_empty() {
            return (mapping, Vec::new());
        }
        let mut kept = Vec::with_capacity(mapping.entries.len());
        let mut duplicates = Vec::new();
        for (at, entry) in mapping.entries.into_iter().enumerate() {
            match later.get(&at) {
                Some(first) => duplicates.push(Duplicate {
                    key: entry.key,
                    first: *first,
                }),
                None => kept.push(entry),
            }
        }
        let index = Index::new(&kept);
        let mapping = Self {
            entries: kept,
            index,
        };
        (mapping, duplicates)
    }

    /// The entries whose key stands before them already, each with where it stands first.
    fn later(&self) -> HashMap<usize, Span> {
        let mut later = HashMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some(first) = self.get(&entry.key.text)
                && !std::ptr::eq(first, entry)
            {
                later.insert(at, first.key.span);
            }
        }
        later
    }

    /// The entries in their order.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The first entry under a key.
    #[inline]
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        match &self.index {
            Index::Marks(marks) => {
                let wanted = mark(key);
                let mut pairs = marks.iter().zip(&self.entries);
                let found = pairs.find(|(mark, entry)| **mark == wanted && entry.key.text == key);
                found.map(|(_, entry)| entry)
            }
            Index::Sorted(sorted) => first_of(&self.entries, sorted, key),
        }
    }
}

impl Index {
    fn new(entries: &[Entry]) -> Self {
        if entries.len() < INDEX_FROM {
            return Self::Marks(entries.iter().map(|entry| mark(&entry.key.text)).collect());
        }
        let mut sorted: Vec<u32> = (0u32..).take(entries.len()).collect();
        // Stable, so that of equal keys the first stands first.
        sorted.sort_by(|&one, &two| key_at(entries, one).cmp(key_at(entries, two)));
        Self::Sorted(sorted)
    }
}

fn first_of<'e>(entries: &'e [Entry], sorted: &[u32], key: &str) -> Option<&'e Entry> {
    let at = sorted.partition_point(|&at| key_at(entries, at) < key);
    let at = usize::try_from(*sorted.get(at)?).ok()?;
    entries.get(at).filter(|entry| entry.key.text == key)
}

fn key_at(entries: &[Entry], at: u32) -> &str {
    usize::try_from(at)
        .ok()
        .and_then(|at| entries.get(at))
        .map_or("", |entry| &entry.key.text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::node::{Node, Value};
    use super::*;

    fn entry(at: usize, text: &str) -> Entry {
        let span = Span {
            start: at,
            end: at + 1,
        };
        Entry {
            key: Key {
                text: text.to_owned(),
                span,
            },
            value: Node::new(Value::Sequence(Vec::new()), span),
        }
    }

    proptest! {
        // Few letters, so that keys are often alike, and lengths around that from which on more is looked at than marks.
        #[test]
        fn a_key_is_found_in_a_mapping_of_any_size_and_of_equal_keys_the_first_is_kept(
            keys in prop::collection::vec("[ab]{0,10}|description[ab]{0,2}", 0..(2 * INDEX_FROM)),
            other in "[abc]{0,10}",
        ) {
            let entries = keys.iter().enumerate().map(|(at, key)| entry(at, key)).collect();
            let (mapping, duplicates) = Mapping::new(entries);
            let first = |key: &str| keys.iter().position(|known| known == key);
            for key in keys.iter().chain([&other]) {
                let found = mapping.get(key).map(|entry| entry.key.span.start);
                prop_assert_eq!(found, first(key));
            }
            let kept: Vec<usize> = mapping.entries().iter().map(|entry| entry.key.span.start).collect();
            let wanted: Vec<usize> = (0..keys.len()).filter(|at| first(&keys[*at]) == Some(*at)).collect();
            prop_assert_eq!(kept, wanted);
            for duplicate in &duplicates {
                prop_assert_eq!(Some(duplicate.first.start), first(&duplicate.key.text));
            }
            prop_assert_eq!(mapping.entries().len() + duplicates.len(), keys.len());
        }
    }
}
