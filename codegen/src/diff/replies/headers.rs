//! The headers of a reply.

use std::collections::HashMap;

use super::Reply;
use crate::diff::parameters::{restyled, schema_of};
use crate::diff::prose;
use crate::diff::references;
use crate::diff::rules::{self, Rule};
use crate::diff::schema::{Direction, Request, Rust, request};
use crate::diff::side::is_on;
use crate::diff::walk::{Found, Spot, Walk};
use crate::load::Node;

/// Keywords of a header that this module compares.
const HEADER: [&str; 8] = [
    "required",
    "schema",
    "content",
    "style",
    "explode",
    "allowReserved",
    "deprecated",
    "$ref",
];

pub(super) fn compare<'t>(walk: &mut Walk<'t>, old: &Reply<'t>, new: &Reply<'t>) {
    let (was, is) = (old.node.get("headers"), new.node.get("headers"));
    let entries = |node: Option<&'t Node>| node.map(Node::entries).unwrap_or_default();
    let by_name = |node: Option<&'t Node>| -> HashMap<String, &'t Node> {
        entries(node)
            .iter()
            .map(|entry| (entry.key.text.to_ascii_lowercase(), &entry.value))
            .collect()
    };
    let (old_names, new_names) = (by_name(was), by_name(is));
    // The standard has another word for it.
    let counts = |name: &str| !name.eq_ignore_ascii_case("content-type");
    for entry in entries(was).iter().filter(|entry| counts(&entry.key.text)) {
        let name = entry.key.text.as_str();
        let other = new_names.get(&name.to_ascii_lowercase()).copied();
        let listed = (Some(&entry.value), other);
        let words = format!("the header `{name}`");
        if references::broken(walk, &words, listed, (old.node, new.node)) {
            continue;
        }
        let Some(header) = walk.base.follow(&entry.value) else {
            continue;
        };
        match other {
            Some(other) => {
                if let Some(other) = walk.revision.follow(other) {
                    both(walk, header, other);
                }
            }
            None => {
                let rule = if is_on(header, "required") {
                    &rules::RESPONSE_HEADER_REMOVED_REQUIRED
                } else {
                    &rules::RESPONSE_HEADER_REMOVED_OPTIONAL
                };
                let text = format!("the header `{name}` of {} is gone", walk.words(old.node));
                let found = Found::new(
                    rule,
                    Spot::key(&entry.value),
                    Spot::thing(is, new.node),
                    text,
                );
                walk.report(found.values(name, ""));
            }
        }
    }
    for entry in entries(is).iter().filter(|entry| {
        counts(&entry.key.text) && !old_names.contains_key(&entry.key.text.to_ascii_lowercase())
    }) {
        let words = format!("the header `{}`", entry.key.text);
        if references::broken(
            walk,
            &words,
            (None, Some(&entry.value)),
            (old.node, new.node),
        ) {
            continue;
        }
        let text = format!(
            "the header `{}` of {} is new",
            entry.key.text,
            walk.words(old.node)
        );
        let found = Found::new(
            &rules::RESPONSE_HEADER_ADDED,
            Spot::thing(was, old.node),
            Spot::key(&entry.value),
            text,
        );
        walk.report(found.values("", entry.key.text.as_str()));
    }
}

fn both<'t>(walk: &mut Walk<'t>, old: &'t Node, new: &'t Node) {
    let words = walk.words(old);
    if is_on(old, "required") != is_on(new, "required") {
        let (rule, text): (&'static Rule, _) = if is_on(new, "required") {
            (
                &rules::RESPONSE_HEADER_BECAME_REQUIRED,
                "is now in every reply",
            )
        } else {
            (
                &rules::RESPONSE_HEADER_BECAME_OPTIONAL,
                "can now be missing",
            )
        };
        let spots = (
            Spot::keyword(old.get("required"), old),
            Spot::keyword(new.get("required"), new),
        );
        let found = Found::new(rule, spots.0, spots.1, format!("{words} {text}"));
        walk.report(found.values(
            is_on(old, "required").to_string(),
            is_on(new, "required").to_string(),
        ));
    }
    if let Some((key, before, after)) = restyled(walk, old, new, ("header", "header")) {
        let text = format!("the `{key}` of {words} is `{after}` instead of `{before}`");
        let spots = (
            Spot::keyword(old.get(key), old),
            Spot::keyword(new.get(key), new),
        );
        walk.report(
            Found::new(
                &rules::RESPONSE_HEADER_STYLE_CHANGED,
                spots.0,
                spots.1,
                text,
            )
            .values(before, after),
        );
    }
    prose::deprecated(
        walk,
        old,
        new,
        [&rules::PARAMETER_DEPRECATED, &rules::PARAMETER_RESTORED],
    );
    prose::rest(walk, old, new, &HEADER);
    match (schema_of(old), schema_of(new)) {
        (Some(base), Some(revision)) => {
            let slot = walk.hidden_slot((Spot::key(base), Spot::key(revision)));
            request(
                walk,
                Request {
                    base: vec![base],
                    revision: vec![revision],
                    direction: Direction::Response,
                    slot,
                    base_rust: Rust::default(),
                    revision_rust: Rust::default(),
                    has_defaults: false,
                },
            );
        }
        (None, None) => {}
        (base, revision) => {
            let rule = if revision.is_some() {
                &rules::RESPONSE_TYPE_NARROWED
            } else {
                &rules::RESPONSE_TYPE_WIDENED
            };
            let text = format!(
                "{words} {}",
                if revision.is_some() {
                    "now has a schema"
                } else {
                    "can now be anything"
                }
            );
            let found = Found::new(
                rule,
                Spot::thing(base, old),
                Spot::thing(revision, new),
                text,
            );
            walk.report(found.values("schema", if revision.is_some() { "there" } else { "gone" }));
        }
    }
}
