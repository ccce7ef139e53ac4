//! The security schemes that a document declares, and which of the two documents are the same.

use std::collections::HashMap;

use crate::diff::digest::{digest_of, exact};
use crate::diff::prose;
use crate::diff::rules::{self, Rule};
use crate::diff::side::Side;
use crate::diff::walk::{Found, Scope, Spot, Walk};
use crate::load::Node;

/// By the name of a scheme, the name that it has in the comparison: schemes with one definition have one name.
pub(in crate::diff) type Names<'t> = HashMap<&'t str, &'t str>;

/// The names of the schemes of both documents. One that is declared on both sides goes by its definition in the base, so
/// that what changed in it is told once, with the scheme.
pub(in crate::diff) fn names<'t>(base: &Side<'t>, revision: &Side<'t>) -> (Names<'t>, Names<'t>) {
    let declared = |side: &Side<'t>| {
        let schemes = side.components("securitySchemes").map(Node::entries);
        let known = schemes.unwrap_or_default().iter().filter_map(|entry| {
            let scheme = side.follow(&entry.value)?;
            Some((entry.key.text.as_str(), definition(scheme)))
        });
        known.collect::<Vec<(&'t str, u64)>>()
    };
    let mut first: HashMap<u64, &'t str> = HashMap::new();
    let mut old = Names::new();
    for (name, definition) in declared(base) {
        old.insert(name, *first.entry(definition).or_insert(name));
    }
    let new = declared(revision).into_iter().map(|(name, definition)| {
        let known = old.get(name).copied();
        let known = known.or_else(|| first.get(&definition).copied());
        (name, known.unwrap_or(name))
    });
    let new = new.collect();
    (old, new)
}

/// What a scheme asks of a client, in one number.
fn definition(scheme: &Node) -> u64 {
    let mut parts: Vec<String> = EXACT
        .into_iter()
        .map(|key| value(scheme, key).unwrap_or_default())
        .collect();
    let flows = scheme.get("flows").map(Node::entries).unwrap_or_default();
    let mut flows: Vec<String> = flows
        .iter()
        .map(|flow| {
            let urls = URLS.map(|url| flow.value.get(url).map(exact).unwrap_or_default());
            let scopes = flow.value.get("scopes").map(Node::entries);
            let mut scopes: Vec<&str> = scopes
                .unwrap_or_default()
                .iter()
                .map(|entry| entry.key.text.as_str())
                .collect();
            scopes.sort_unstable();
            format!("{} {urls:?} {scopes:?}", flow.key.text)
        })
        .collect();
    flows.sort_unstable();
    parts.append(&mut flows);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    digest_of(&parts)
}

/// The value of a keyword as it counts: upper and lower case are one in a scheme of HTTP and in the name of a header.
fn value(scheme: &Node, key: &str) -> Option<String> {
    let value = scheme.get(key).map(exact)?;
    let says = |key: &str, text: &str| scheme.get(key).and_then(Node::as_text) == Some(text);
    let is_loose = key == "scheme" && says("type", "http") || key == "name" && says("in", "header");
    Some(if is_loose {
        value.to_ascii_lowercase()
    } else {
        value
    })
}

/// Compares the declared schemes. One that no operation asks for is on no wire.
pub(in crate::diff) fn schemes(walk: &mut Walk<'_>) {
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
        if value(old, key) == value(new, key) {
            continue;
        }
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
