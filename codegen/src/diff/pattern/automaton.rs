//! Compares two regular expressions by walking through both at once: every text leads to a pair of sets of states, and
//! there are few enough of them to look at each.

use std::collections::{BTreeMap, BTreeSet};

use super::Relation;
use super::parse::{Expression, Set};

/// How many pairs of sets are looked at before the comparison gives up.
const MAX_PAIRS: usize = 2_000;

/// How many states one expression may have.
const MAX_STATES: usize = 4_000;

/// A way out of a state.
#[derive(Debug, Clone, Copy)]
enum Edge {
    /// Without a character.
    Free(usize),
    /// Without a character, at the start of the text only.
    Start(usize),
    /// Without a character, at the end of the text only.
    End(usize),
    /// With one of these characters.
    Take(Set, usize),
}

#[derive(Debug, Default)]
struct Automaton {
    edges: Vec<Vec<Edge>>,
    accept: usize,
}

/// States, and whether the text can end in them.
type States = BTreeSet<usize>;

impl Automaton {
    /// A pattern matches anywhere in a text, so what stands before and after it is free.
    fn new(expression: &Expression) -> Option<Self> {
        let mut automaton = Self::default();
        let entry = automaton.state()?;
        automaton.edge(entry, Edge::Take(Set::ALL, entry));
        let exit = automaton.add(expression, entry)?;
        let rest = automaton.state()?;
        automaton.edge(exit, Edge::Free(rest));
        automaton.edge(rest, Edge::Take(Set::ALL, rest));
        automaton.accept = rest;
        Some(automaton)
    }

    fn state(&mut self) -> Option<usize> {
        let state = self.edges.len();
        (state < MAX_STATES).then(|| {
            self.edges.push(Vec::new());
            state
        })
    }

    fn edge(&mut self, from: usize, edge: Edge) {
        if let Some(edges) = self.edges.get_mut(from) {
            edges.push(edge);
        }
    }

    /// Adds an expression after a state and gives the state that it ends in.
    fn add(&mut self, expression: &Expression, from: usize) -> Option<usize> {
        match expression {
            Expression::Set(set) => {
                let to = self.state()?;
                self.edge(from, Edge::Take(*set, to));
                Some(to)
            }
            Expression::Start => {
                let to = self.state()?;
                self.edge(from, Edge::Start(to));
                Some(to)
            }
            Expression::End => {
                let to = self.state()?;
                self.edge(from, Edge::End(to));
                Some(to)
            }
            Expression::Sequence(parts) => parts
                .iter()
                .try_fold(from, |from, part| self.add(part, from)),
            Expression::Either(branches) => {
                let to = self.state()?;
                for branch in branches {
                    let start = self.state()?;
                    self.edge(from, Edge::Free(start));
                    let end = self.add(branch, start)?;
                    self.edge(end, Edge::Free(to));
                }
                Some(to)
            }
            Expression::Repeat(inner, least, most) => {
                let mut from = from;
                for _ in 0..*least {
                    from = self.add(inner, from)?;
                }
                let to = self.state()?;
                self.edge(from, Edge::Free(to));
                match most {
                    None => {
                        let again = self.state()?;
                        self.edge(from, Edge::Free(again));
                        let end = self.add(inner, again)?;
                        self.edge(end, Edge::Free(again));
                        self.edge(end, Edge::Free(to));
                    }
                    Some(most) => {
                        for _ in *least..*most {
                            from = self.add(inner, from)?;
                            self.edge(from, Edge::Free(to));
                        }
                    }
                }
                Some(to)
            }
        }
    }

    /// Adds every state that is reached without a character.
    fn close(&self, states: &mut States, at_start: bool, at_end: bool) {
        let mut pending: Vec<usize> = states.iter().copied().collect();
        while let Some(state) = pending.pop() {
            for edge in self.edges.get(state).into_iter().flatten() {
                let next = match edge {
                    Edge::Free(to) => Some(*to),
                    Edge::Start(to) => at_start.then_some(*to),
                    Edge::End(to) => at_end.then_some(*to),
                    Edge::Take(..) => None,
                };
                if let Some(next) = next.filter(|next| states.insert(*next)) {
                    pending.push(next);
                }
            }
        }
    }

    fn start(&self) -> States {
        let mut states = States::from([0]);
        self.close(&mut states, true, false);
        states
    }

    fn step(&self, states: &States, takes: impl Fn(&Set) -> bool) -> States {
        let edges = states
            .iter()
            .filter_map(|state| self.edges.get(*state))
            .flatten();
        let mut next: States = edges
            .filter_map(|edge| match edge {
                Edge::Take(set, to) if takes(set) => Some(*to),
                _ => None,
            })
            .collect();
        self.close(&mut next, false, false);
        // Once a text matches, it matches however it goes on.
        if next.contains(&self.accept) {
            States::from([self.accept])
        } else {
            next
        }
    }

    /// Whether a text that ends in these states matches.
    fn accepts(&self, states: &States, is_empty: bool) -> bool {
        let mut states = states.clone();
        self.close(&mut states, is_empty, true);
        states.contains(&self.accept)
    }

    fn sets(&self) -> impl Iterator<Item = Set> {
        self.edges.iter().flatten().filter_map(|edge| match edge {
            Edge::Take(set, _) => Some(*set),
            _ => None,
        })
    }
}

/// One ASCII character for each group of characters that no set of the two tells apart.
fn letters(base: &Automaton, revision: &Automaton) -> Vec<u32> {
    let mut sets: Vec<u128> = base
        .sets()
        .chain(revision.sets())
        .map(|set| set.ascii)
        .collect();
    sets.sort_unstable();
    sets.dedup();
    let mut groups: BTreeMap<Vec<bool>, u32> = BTreeMap::new();
    for code in 0..128 {
        let membership = sets.iter().map(|set| set & (1 << code) != 0).collect();
        groups.entry(membership).or_insert(code);
    }
    groups.into_values().collect()
}

/// Compares the texts that two expressions match; `None` when that is too much work.
pub(super) fn relate(base: &Expression, revision: &Expression) -> Option<Relation> {
    let (base, revision) = (Automaton::new(base)?, Automaton::new(revision)?);
    let letters = letters(&base, &revision);
    let start = (base.start(), revision.start(), true);
    let mut seen = BTreeSet::from([start.clone()]);
    let mut pending = vec![start];
    let (mut both, mut only_base, mut only_revision) = (false, false, false);
    while let Some((one, two, is_empty)) = pending.pop() {
        match (
            base.accepts(&one, is_empty),
            revision.accepts(&two, is_empty),
        ) {
            (true, true) => both = true,
            (true, false) => only_base = true,
            (false, true) => only_revision = true,
            (false, false) => {}
        }
        let ascii = letters.iter().map(|code| Some(*code));
        for letter in ascii.chain([None]) {
            let takes = |set: &Set| letter.map_or(set.others, |code| set.ascii & (1 << code) != 0);
            let next = (base.step(&one, takes), revision.step(&two, takes), false);
            // The entry state stays for ever, so there is no pair from which neither can match; a pair seen before is
            // the only reason to stop.
            if seen.insert(next.clone()) {
                if seen.len() > MAX_PAIRS {
                    return None;
                }
                pending.push(next);
            }
        }
    }
    Some(match (both, only_base, only_revision) {
        (_, false, false) => Relation::Equal,
        (_, true, false) => Relation::Tighter,
        (_, false, true) => Relation::Looser,
        (true, true, true) => Relation::Overlapping,
        (false, true, true) => Relation::Disjoint,
    })
}
