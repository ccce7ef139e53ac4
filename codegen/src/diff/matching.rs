//! Puts together what belongs together on both sides, in one pass over each: lists of a document can be long, so nothing
//! is compared with everything.

use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};
use std::hash::Hash;

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};

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
    // Most lists are of one thing.
    if let ([one], [other]) = (base.as_slice(), revision.as_slice()) {
        let own = key(Of::Base, one);
        let pair = (*one, *other);
        let is_pair = own.is_some() && own == key(Of::Revision, other);
        return if is_pair {
            base.clear();
            revision.clear();
            vec![pair]
        } else {
            Vec::new()
        };
    }
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
    without(revision, &taken);
    pairs
}

/// How many pairs are weighed against each other; more than that are left as they are.
const MAX_WEIGHED: usize = 4_096;

/// Takes out those that have most in common, each with one of the other side, and gives them in the order of the base.
/// What has nothing in common with anything stays.
pub(super) fn closest<T: Copy, M: Ord>(
    base: &mut Vec<T>,
    revision: &mut Vec<T>,
    marks: impl Fn(Of, &T) -> BTreeSet<M>,
    is_candidate: impl Fn(&T, &T) -> bool,
) -> Vec<(T, T)> {
    if base.is_empty() || base.len().saturating_mul(revision.len()) > MAX_WEIGHED {
        return Vec::new();
    }
    let all = |of: Of, items: &[T]| -> Vec<BTreeSet<M>> {
        items.iter().map(|item| marks(of, item)).collect()
    };
    let (old, new) = (all(Of::Base, base), all(Of::Revision, revision));
    let mut weighed = Vec::new();
    for (at, (one, own)) in base.iter().zip(&old).enumerate() {
        for (other_at, (other, others)) in revision.iter().zip(&new).enumerate() {
            let common = own.intersection(others).count();
            if common > 0 && is_candidate(one, other) {
                // What one has in common with the other, in thousandths of what either has.
                let all = own.len() + others.len() - common;
                weighed.push((Reverse(common * 1_000 / all.max(1)), at, other_at));
            }
        }
    }
    weighed.sort_unstable();
    let (mut taken, mut gone) = (HashSet::new(), HashSet::new());
    let mut pairs = Vec::new();
    for (_, at, other_at) in weighed {
        if taken.contains(&at) || gone.contains(&other_at) {
            continue;
        }
        if let (Some(one), Some(other)) = (base.get(at), revision.get(other_at)) {
            taken.insert(at);
            gone.insert(other_at);
            pairs.push((at, (*one, *other)));
        }
    }
    without(base, &taken);
    without(revision, &gone);
    pairs.sort_unstable_by_key(|(at, _)| *at);
    pairs.into_iter().map(|(_, pair)| pair).collect()
}

/// Takes out what stands at some positions.
fn without<T>(items: &mut Vec<T>, positions: &HashSet<usize>) {
    let mut at = 0;
    items.retain(|_| {
        at += 1;
        !positions.contains(&(at - 1))
    });
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

    #[test]
    fn those_with_most_in_common_go_together() {
        let (mut base, mut revision) = (vec!["ab", "cd", "x"], vec!["zz", "ca", "ab", "cde"]);
        let marks = |_, text: &&str| text.chars().collect::<BTreeSet<char>>();
        let pairs = closest(&mut base, &mut revision, marks, |_, _| true);
        assert_eq!(pairs, [("ab", "ab"), ("cd", "cde")]);
        assert_eq!((base, revision), (vec!["x"], vec!["zz", "ca"]));
    }
}
