//! What an operation sends on its own when it calls back. A callback is a conversation the other way round, and the
//! generated client takes no part in it, so it is compared as a whole.

use super::digest::exact;
use super::rules::{self, Rule};
use super::walk::{Found, Spot, Walk};
use crate::load::Node;

pub(super) fn compare<'t>(walk: &mut Walk<'t>, old: &'t Node, new: &'t Node) {
    let (was, is) = (old.get("callbacks"), new.get("callbacks"));
    let entries = |node: Option<&'t Node>| node.map(Node::entries).unwrap_or_default();
    let mut names: Vec<&'t str> = entries(was)
        .iter()
        .chain(entries(is))
        .map(|entry| entry.key.text.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let (one, other) = (
            was.and_then(|node| node.get(name)),
            is.and_then(|node| node.get(name)),
        );
        let (rule, verb): (&'static Rule, _) = match (one, other) {
            (None, _) => (&rules::CALLBACK_ADDED, "is new"),
            (_, None) => (&rules::CALLBACK_REMOVED, "is gone"),
            _ if walk.means_same(one, other) => continue,
            _ => (&rules::CALLBACK_CHANGED, "is different"),
        };
        let text = format!("the callback `{name}` of {} {verb}", walk.words(old));
        let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
        let spots = (
            Spot::thing(one.or(was), old),
            Spot::thing(other.or(is), new),
        );
        walk.report(
            Found::new(rule, spots.0, spots.1, text)
                .values(format!("{name} {}", value(one)), value(other)),
        );
    }
}
