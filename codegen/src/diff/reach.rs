//! Which operations reach which pairs of schemas, and through which components.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use foldhash::{HashMap, HashMapExt as _};

use super::walk::{Scope, Walk};

/// The operations that reach something, by position, each with the components on the way.
pub(super) type Users<'t> = BTreeMap<usize, Vec<&'t str>>;

/// How many pairs are visited in all before searches stop at the first operation that they find.
const MAX_VISITS: usize = 20_000_000;

#[derive(Debug)]
pub(super) struct Reach<'t> {
    /// By pair, the pairs that it is in.
    outer: Vec<Vec<usize>>,
    /// By pair, the operations that use it directly.
    users: Vec<Vec<usize>>,
    /// By pair, whether an operation reaches it at all.
    is_reached: Vec<bool>,
    known: HashMap<usize, Rc<Users<'t>>>,
    visits: usize,
}

impl<'t> Reach<'t> {
    pub(super) fn new(walk: &Walk<'t>) -> Self {
        let count = walk.pairs.list.len();
        let (mut outer, mut users) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        let mut pending = Vec::new();
        for (at, operation) in walk.operations.iter().enumerate() {
            for pair in &operation.reaches {
                if let Some(users) = users.get_mut(*pair) {
                    users.push(at);
                    pending.push(*pair);
                }
            }
        }
        for (at, inside) in walk.pairs.reaches.iter().enumerate() {
            for inner in inside {
                if let Some(outer) = outer.get_mut(*inner) {
                    outer.push(at);
                }
            }
        }
        let mut is_reached = vec![false; count];
        while let Some(pair) = pending.pop() {
            if let Some(reached) = is_reached.get_mut(pair).filter(|reached| !**reached) {
                *reached = true;
                pending.extend(walk.pairs.reaches.get(pair).into_iter().flatten());
            }
        }
        Self {
            outer,
            users,
            is_reached,
            known: HashMap::new(),
            visits: 0,
        }
    }

    /// Whether what belongs to a scope travels in a message.
    pub(super) fn is_on_wire(&self, scope: Scope) -> bool {
        match scope {
            Scope::Pair(pair) => self.is_reached.get(pair) == Some(&true),
            Scope::Document | Scope::Operation(_) => true,
        }
    }

    /// Adds the operations that reach a scope.
    pub(super) fn add(&mut self, walk: &Walk<'t>, scope: Scope, users: &mut Rc<Users<'t>>) {
        match scope {
            Scope::Document => {}
            Scope::Operation(at) => {
                Rc::make_mut(users).entry(at).or_default();
            }
            Scope::Pair(pair) => {
                let found = match self.known.get(&pair) {
                    Some(known) => Rc::clone(known),
                    None => {
                        let found = Rc::new(self.search(walk, pair));
                        self.known.insert(pair, Rc::clone(&found));
                        found
                    }
                };
                if users.is_empty() {
                    *users = found;
                    return;
                }
                let users = Rc::make_mut(users);
                for (at, via) in &*found {
                    users.entry(*at).or_insert_with(|| via.clone());
                }
            }
        }
    }

    /// Goes outwards from a pair, so that the way to every operation is the shortest.
    fn search(&mut self, walk: &Walk<'t>, pair: usize) -> Users<'t> {
        let mut inner: HashMap<usize, Option<usize>> = [(pair, None)].into_iter().collect();
        let mut order = vec![pair];
        let mut next = 0;
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        while let Some(current) = order.get(next).copied() {
            next += 1;
            self.visits += 1;
            if self.visits > MAX_VISITS && !first.is_empty() {
                break;
            }
            let component = walk
                .pairs
                .list
                .get(current)
                .and_then(|pair| pair.components);
            let mentions = component.and_then(|(name, _)| walk.mentions.get(name));
            let (mut users, mut outer) = (Vec::new(), Vec::new());
            for scope in mentions.into_iter().flatten() {
                match scope {
                    Scope::Document => {}
                    Scope::Operation(user) => users.push(*user),
                    Scope::Pair(pair) => outer.push(*pair),
                }
            }
            users.extend(self.users.get(current).into_iter().flatten());
            outer.extend(self.outer.get(current).into_iter().flatten());
            for user in users {
                first.entry(user).or_insert(current);
            }
            for outer in outer {
                if let Entry::Vacant(free) = inner.entry(outer) {
                    free.insert(Some(current));
                    order.push(outer);
                }
            }
        }
        let via = |first: usize| {
            let mut via: Vec<&'t str> = Vec::new();
            let mut current = Some(first);
            while let Some(pair) = current {
                let name = walk
                    .pairs
                    .list
                    .get(pair)
                    .and_then(|pair| pair.components)
                    .map(|(base, _)| base);
                via.extend(name.filter(|name| via.last().is_none_or(|last| last != name)));
                current = inner.get(&pair).copied().flatten();
            }
            via
        };
        first
            .into_iter()
            .map(|(user, first)| (user, via(first)))
            .collect()
    }
}
