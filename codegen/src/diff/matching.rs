//! Puts together what belongs together on both sides, in one pass over each: lists of a document can be long, so nothing
//! is compared with everything.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

/// Which of the two documents something is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Base,
    Revision,
}

/// Takes out those that have a partner, and gives them in the order of the base: the partner is the first on the other
/// side with the same key that no other one took. What has no key stays.
pub(super) fn partners<T: Copy, K: Eq + Hash>(
    base: &mut Vec<T>,
    revision: &mut Vec<T>,
    key: impl Fn(Of, &T) -> Option<K>,
) -> Vec<(T, T)> {
    let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (at, item) in revision.iter().enumerate() {
        if let Some(key) = key(Of::Revision, item) {
            waiting.entry(key).or_default().push_back(at);
        }
    }
    let mut taken = HashSet::new();
    let mut pairs = Vec::new();
    base.retain(|one| {
        let found = key(Of::Base, one)
            .and_then(|key| waiting.get_mut(&key))
            .and_then(VecDeque::pop_front);
        let other = found.and_then(|at| revision.get(at).map(|other| (at, *other)));
        if let Some((at, other)) = other {
            taken.insert(at);
            pairs.push((*one, other));
        }
        other.is_none()
    });
    let mut at = 0;
    revision.retain(|_| {
        at += 1;
        !taken.contains(&(at - 1))
    });
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_takes_the_first_partner_that_is_left() {
        let (mut base, mut revision) = (vec!["a1", "b1", "a2", "c1"], vec!["a3", "a4", "a5", "d1"]);
        let pairs = partners(&mut base, &mut revision, |_, text| text.chars().next());
        assert_eq!(pairs, [("a1", "a3"), ("a2", "a4")]);
        assert_eq!((base, revision), (vec!["b1", "c1"], vec!["a5", "d1"]));
    }

    #[test]
    fn what_has_no_key_stays() {
        let (mut base, mut revision) = (vec![1, 2], vec![2, 1]);
        let pairs = partners(&mut base, &mut revision, |of, number| {
            (of == Of::Base || *number == 2).then_some(*number)
        });
        assert_eq!(pairs, [(2, 2)]);
        assert_eq!((base, revision), (vec![1], vec![1]));
    }
}
