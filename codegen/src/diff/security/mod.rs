//! The credentials that an operation asks for. Each requirement is one way in, so losing one breaks whoever used it, and
//! having none at all means that everyone may come in.

mod schemes;

use std::collections::{BTreeMap, BTreeSet};

use super::matching::partners;
use super::rules::{self, Rule};
use super::side::Side;
use super::walk::{Found, Scope, Spot, Walk};
use crate::load::Node;

pub(super) use schemes::{Names, names, schemes};

/// One way in: schemes that are all needed, each with its scopes, by the name that the scheme has in the comparison.
#[derive(Debug, Clone)]
struct Way<'t> {
    node: &'t Node,
    schemes: BTreeMap<&'t str, Scheme<'t>>,
}

/// A scheme that is asked for.
#[derive(Debug, Clone)]
struct Scheme<'t> {
    /// The name that the document gives it.
    name: &'t str,
    scopes: BTreeSet<&'t str>,
}

impl<'t> Way<'t> {
    fn words(&self) -> String {
        let names: Vec<String> = self
            .schemes
            .values()
            .map(|scheme| format!("`{}`", scheme.name))
            .collect();
        names.join(" with ")
    }

    /// What tells it from others: two can ask for other scopes of the same schemes.
    fn telling(&self) -> String {
        let mut text = self.words();
        for scope in self.schemes.values().flat_map(|scheme| &scheme.scopes) {
            text.push(' ');
            text.push_str(scope);
        }
        text
    }

    /// What it asks for.
    fn needs(&self) -> Vec<(&'t str, &BTreeSet<&'t str>)> {
        let schemes = self.schemes.iter();
        schemes
            .map(|(name, scheme)| (*name, &scheme.scopes))
            .collect()
    }

    /// Whether whoever comes in by another way comes in by this one too, because it asks for no more.
    fn takes(&self, other: &Self) -> bool {
        self.schemes.iter().all(|(name, scheme)| {
            other
                .schemes
                .get(name)
                .is_some_and(|other| scheme.scopes.is_subset(&other.scopes))
        })
    }
}

/// The ways in to an operation, and what lists them.
fn effective<'t>(
    side: &Side<'t>,
    names: &Names<'t>,
    operation: &'t Node,
) -> (Vec<Way<'t>>, &'t Node) {
    let listed = operation
        .get("security")
        .or_else(|| side.root().get("security"));
    let ways = listed
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .map(|node| Way {
            node,
            schemes: node
                .entries()
                .iter()
                .map(|entry| {
                    let name = entry.key.text.as_str();
                    let scopes = entry.value.items().iter().filter_map(Node::as_text);
                    let scheme = Scheme {
                        name,
                        scopes: scopes.collect(),
                    };
                    (names.get(name).copied().unwrap_or(name), scheme)
                })
                .collect(),
        });
    let mut ways: Vec<Way<'t>> = ways.collect();
    // One that is listed twice is one.
    let mut seen = BTreeSet::new();
    let is_first: Vec<bool> = ways.iter().map(|way| seen.insert(way.needs())).collect();
    let mut is_first = is_first.into_iter();
    ways.retain(|_| is_first.next() == Some(true));
    (ways, listed.unwrap_or(operation))
}

/// Whether no credentials are needed.
fn is_open(ways: &[Way<'_>]) -> bool {
    ways.is_empty() || ways.iter().any(|way| way.schemes.is_empty())
}

pub(super) fn compare<'t>(walk: &mut Walk<'t>, old: &'t Node, new: &'t Node) {
    let ((mut was, was_list), (mut is, is_list)) = (
        effective(&walk.base, &walk.scheme_names.0, old),
        effective(&walk.revision, &walk.scheme_names.1, new),
    );
    if let Scope::Operation(operation) = walk.scope {
        let names = |ways: &[Way<'t>]| -> BTreeSet<&'t str> {
            ways.iter()
                .flat_map(|way| way.schemes.values().map(|scheme| scheme.name))
                .collect()
        };
        for name in names(&was).intersection(&names(&is)) {
            walk.schemes.entry(name).or_default().push(operation);
        }
    }
    if walk.is_same(Some(was_list), Some(is_list)) {
        return;
    }
    let words = walk.words(old);
    match (is_open(&was), is_open(&is)) {
        (true, false) => {
            let needed: Vec<String> = is.iter().map(Way::words).collect();
            let text = format!("{words} now asks for credentials: {}", needed.join(" or "));
            walk.report(
                Found::new(
                    &rules::SECURITY_REQUIRED,
                    Spot::key(was_list),
                    Spot::key(is_list),
                    text,
                )
                .values("", needed.join(" or ")),
            );
            return;
        }
        (false, true) => {
            let needed: Vec<String> = was.iter().map(Way::words).collect();
            let text = format!("{words} no longer asks for credentials");
            walk.report(
                Found::new(
                    &rules::SECURITY_DROPPED,
                    Spot::key(was_list),
                    Spot::key(is_list),
                    text,
                )
                .values(needed.join(" or "), ""),
            );
            return;
        }
        (true, true) | (false, false) => {}
    }
    let (all_was, all_is) = (was.clone(), is.clone());
    was.retain(|way| !way.schemes.is_empty());
    is.retain(|way| !way.schemes.is_empty());
    let (mut was, mut is): (Vec<&Way<'t>>, Vec<&Way<'t>>) =
        (was.iter().collect(), is.iter().collect());
    partners(&mut was, &mut is, |_, way| Some(way.needs()));
    let by_name = |_, way: &&Way<'t>| Some(way.schemes.keys().copied().collect::<Vec<_>>());
    let (mut was_left, mut is_left) = (was.clone(), is.clone());
    // Whoever can still come in by a way that asks for less has lost nothing, and the other way round.
    was_left.retain(|one| !(all_is.is_empty() || all_is.iter().any(|other| other.takes(one))));
    is_left.retain(|other| !(all_was.is_empty() || all_was.iter().any(|one| one.takes(other))));
    for (one, other) in partners(&mut was, &mut is, by_name) {
        scopes(walk, one, other);
    }
    let is_lost = |all: &[&Way<'t>], way: &Way<'t>| all.iter().any(|left| std::ptr::eq(*left, way));
    for one in was {
        let (rule, text): (&'static Rule, _) = if is_lost(&was_left, one) {
            (
                &rules::SECURITY_ALTERNATIVE_REMOVED,
                format!("{words} no longer takes {}", one.words()),
            )
        } else {
            (
                &rules::SECURITY_ALTERNATIVE_IMPLIED,
                format!(
                    "{words} no longer lists {}, and takes it by what asks for less",
                    one.words()
                ),
            )
        };
        let found = Found::new(rule, Spot::value(one.node), Spot::key(is_list), text);
        walk.report(found.values(one.telling(), ""));
    }
    for other in is {
        let (rule, text): (&'static Rule, _) = if is_lost(&is_left, other) {
            (
                &rules::SECURITY_ALTERNATIVE_ADDED,
                format!("{words} now takes {}", other.words()),
            )
        } else {
            (
                &rules::SECURITY_ALTERNATIVE_IMPLIED,
                format!(
                    "{words} now lists {}, and took it by what asks for less",
                    other.words()
                ),
            )
        };
        let found = Found::new(rule, Spot::key(was_list), Spot::value(other.node), text);
        walk.report(found.values("", other.telling()));
    }
}

fn scopes<'t>(walk: &mut Walk<'t>, one: &Way<'t>, other: &Way<'t>) {
    for (key, was) in &one.schemes {
        let Some(is) = other.schemes.get(key) else {
            continue;
        };
        let scheme = was.name;
        let (before, after) = (&was.scopes, &is.scopes);
        let spots = |way: &Way<'t>| {
            let name = way.schemes.get(key).map(|scheme| scheme.name);
            Spot::thing(name.and_then(|name| way.node.get(name)), way.node)
        };
        for scope in before.difference(after) {
            let text = format!("the scope `{scope}` of `{scheme}` is no longer needed");
            let found = Found::new(
                &rules::SECURITY_SCOPE_REMOVED,
                spots(one),
                spots(other),
                text,
            );
            walk.report(found.values(format!("{scheme} {scope}"), ""));
        }
        for scope in after.difference(before) {
            let text = format!("the scope `{scope}` of `{scheme}` is now needed");
            let found = Found::new(&rules::SECURITY_SCOPE_ADDED, spots(one), spots(other), text);
            walk.report(found.values("", format!("{scheme} {scope}")));
        }
    }
}
