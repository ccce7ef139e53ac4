//! The credentials that an operation asks for. Each requirement is one way in, so losing one breaks whoever used it, and
//! having none at all means that everyone may come in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::digest::exact;
use super::prose;
use super::rules::{self, Rule};
use super::side::Side;
use super::walk::{Found, Scope, Spot, Walk};
use crate::load::Node;

/// One way in: schemes that are all needed, each with its scopes.
#[derive(Debug, Clone)]
struct Way<'t> {
    node: &'t Node,
    schemes: BTreeMap<&'t str, BTreeSet<&'t str>>,
}

impl Way<'_> {
    fn words(&self) -> String {
        let names: Vec<String> = self
            .schemes
            .keys()
            .map(|name| format!("`{name}`"))
            .collect();
        names.join(" with ")
    }
}

/// The ways in to an operation, and what lists them.
fn effective<'t>(side: &Side<'t>, operation: &'t Node) -> (Vec<Way<'t>>, &'t Node) {
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
                    (
                        entry.key.text.as_str(),
                        entry
                            .value
                            .items()
                            .iter()
                            .filter_map(Node::as_text)
                            .collect(),
                    )
                })
                .collect(),
        });
    (ways.collect(), listed.unwrap_or(operation))
}

/// Whether no credentials are needed.
fn is_open(ways: &[Way<'_>]) -> bool {
    ways.is_empty() || ways.iter().any(|way| way.schemes.is_empty())
}

pub(super) fn compare<'t>(walk: &mut Walk<'t>, old: &'t Node, new: &'t Node) {
    let ((mut was, was_list), (mut is, is_list)) =
        (effective(&walk.base, old), effective(&walk.revision, new));
    if let Scope::Operation(operation) = walk.scope {
        let names = |ways: &[Way<'t>]| -> BTreeSet<&'t str> {
            ways.iter()
                .flat_map(|way| way.schemes.keys().copied())
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
    // Where nobody needs credentials, those that one may bring are no condition; they still come and go.
    was.retain(|way| !way.schemes.is_empty());
    is.retain(|way| !way.schemes.is_empty());
    let names = |way: &Way<'t>| -> Vec<&'t str> { way.schemes.keys().copied().collect() };
    let mut waiting: HashMap<Vec<&'t str>, Vec<Way<'t>>> = HashMap::new();
    for other in is.into_iter().rev() {
        waiting.entry(names(&other)).or_default().push(other);
    }
    was.retain(
        |one| match waiting.get_mut(&names(one)).and_then(Vec::pop) {
            Some(other) => {
                scopes(walk, one, &other);
                false
            }
            None => true,
        },
    );
    let mut is: Vec<Way<'t>> = waiting.into_values().flatten().collect();
    is.sort_by_key(|way| way.node.span());
    for one in was {
        let text = format!("{words} no longer takes {}", one.words());
        let found = Found::new(
            &rules::SECURITY_ALTERNATIVE_REMOVED,
            Spot::value(one.node),
            Spot::key(is_list),
            text,
        );
        walk.report(found.values(one.words(), ""));
    }
    for other in is {
        let text = format!("{words} now takes {}", other.words());
        let found = Found::new(
            &rules::SECURITY_ALTERNATIVE_ADDED,
            Spot::key(was_list),
            Spot::value(other.node),
            text,
        );
        walk.report(found.values("", other.words()));
    }
}

fn scopes<'t>(walk: &mut Walk<'t>, one: &Way<'t>, other: &Way<'t>) {
    for (scheme, before) in &one.schemes {
        let Some(after) = other.schemes.get(scheme) else {
            continue;
        };
        let spots = |way: &Way<'t>| Spot::thing(way.node.get(scheme), way.node);
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

/// Compares the declared schemes. One that no operation asks for is on no wire.
pub(super) fn schemes(walk: &mut Walk<'_>) {
    let (old, new) = (
        walk.base.components("securitySchemes"),
        walk.revision.components("securitySchemes"),
    );
    let around = (
        old.unwrap_or(walk.base.root()),
        new.unwrap_or(walk.revision.root()),
    );
    for entry in old.map(Node::entries).unwrap_or_default() {
        let name = entry.key.text.as_str();
        match new.and_then(|new| new.get(name)) {
            Some(other) => {
                if let (Some(one), Some(other)) =
                    (walk.base.follow(&entry.value), walk.revision.follow(other))
                {
                    scheme(walk, name, one, other);
                }
            }
            None => {
                let text = format!("the security scheme `{name}` is no longer declared");
                walk.report(
                    Found::new(
                        &rules::SECURITY_SCHEME_REMOVED,
                        Spot::key(&entry.value),
                        Spot::key(around.1),
                        text,
                    )
                    .values(name, ""),
                );
            }
        }
    }
    let entries = new.map(Node::entries).unwrap_or_default();
    for entry in entries
        .iter()
        .filter(|entry| old.and_then(|old| old.get(&entry.key.text)).is_none())
    {
        let name = entry.key.text.as_str();
        let text = format!("the security scheme `{name}` is now declared");
        walk.report(
            Found::new(
                &rules::SECURITY_SCHEME_ADDED,
                Spot::key(around.0),
                Spot::key(&entry.value),
                text,
            )
            .values("", name),
        );
    }
}

/// Keywords of a scheme whose every change counts.
const EXACT: [&str; 6] = [
    "type",
    "scheme",
    "name",
    "in",
    "bearerFormat",
    "openIdConnectUrl",
];

/// Keywords of a flow that are addresses.
const URLS: [&str; 3] = ["authorizationUrl", "tokenUrl", "refreshUrl"];

fn scheme<'t>(walk: &mut Walk<'t>, name: &str, old: &'t Node, new: &'t Node) {
    for key in EXACT {
        differs(walk, (name, key), (old.get(key), new.get(key)), (old, new));
    }
    prose::rest(
        walk,
        old,
        new,
        &[
            "type",
            "scheme",
            "name",
            "in",
            "bearerFormat",
            "openIdConnectUrl",
            "flows",
        ],
    );
    let (was, is) = (old.get("flows"), new.get("flows"));
    let entries = |node: Option<&'t Node>| node.map(Node::entries).unwrap_or_default();
    let mut flows: Vec<&'t str> = entries(was)
        .iter()
        .chain(entries(is))
        .map(|entry| entry.key.text.as_str())
        .collect();
    flows.sort_unstable();
    flows.dedup();
    for flow in flows {
        let pair = (
            was.and_then(|node| node.get(flow)),
            is.and_then(|node| node.get(flow)),
        );
        let (Some(one), Some(other)) = pair else {
            differs(
                walk,
                (name, flow),
                pair,
                (was.unwrap_or(old), is.unwrap_or(new)),
            );
            continue;
        };
        for key in URLS {
            differs(
                walk,
                (name, key),
                (one.get(key), other.get(key)),
                (one, other),
            );
        }
        let (before, after) = (one.get("scopes"), other.get("scopes"));
        let mut scopes: Vec<&'t str> = entries(before)
            .iter()
            .chain(entries(after))
            .map(|entry| entry.key.text.as_str())
            .collect();
        scopes.sort_unstable();
        scopes.dedup();
        for scope in scopes {
            let pair = (
                before.and_then(|node| node.get(scope)),
                after.and_then(|node| node.get(scope)),
            );
            // What a scope is good for is prose.
            if pair.0.is_some() != pair.1.is_some() {
                differs(
                    walk,
                    (name, scope),
                    pair,
                    (before.unwrap_or(one), after.unwrap_or(other)),
                );
            }
        }
        prose::rest(
            walk,
            one,
            other,
            &["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"],
        );
    }
}

fn differs<'t>(
    walk: &mut Walk<'t>,
    (name, key): (&str, &str),
    (old, new): (Option<&'t Node>, Option<&'t Node>),
    (base, revision): (&'t Node, &'t Node),
) {
    if old == new {
        return;
    }
    let (rule, verb): (&'static Rule, _) = match (old, new) {
        (None, _) => (&rules::SECURITY_SCHEME_EXTENDED, "is new"),
        (_, None) => (&rules::SECURITY_SCHEME_REDUCED, "is gone"),
        _ => (&rules::SECURITY_SCHEME_CHANGED, "is different"),
    };
    let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
    let text = format!("the `{key}` of the security scheme `{name}` {verb}");
    let found = Found::new(
        rule,
        Spot::keyword(old, base),
        Spot::keyword(new, revision),
        text,
    )
    .values(format!("{key} {}", value(old)), value(new));
    let operations = walk.schemes.get(name).cloned().unwrap_or_default();
    // A scheme that no operation asks for is on no wire.
    if operations.is_empty() {
        walk.report(found.off_wire(true));
        return;
    }
    for operation in operations {
        walk.scope = Scope::Operation(operation);
        walk.report(found.clone());
    }
    walk.scope = Scope::Document;
}
