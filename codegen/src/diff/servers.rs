//! The servers that an operation is sent to: its own, or those of its path item, or those of the document.

use std::collections::{BTreeSet, HashMap};

use super::change::RustLines;
use super::digest::exact;
use super::operations::Located;
use super::rules::{self, Rule};
use super::rust::host;
use super::side::Side;
use super::verdict::Verdict;
use super::walk::{Found, Spot, Walk};
use crate::load::Node;

/// A server.
#[derive(Debug, Clone, Copy)]
struct Server<'t> {
    url: &'t str,
    node: &'t Node,
}

/// The servers of an operation, and what lists them.
fn effective<'t>(side: &Side<'t>, operation: &Located<'t>) -> (Vec<Server<'t>>, &'t Node) {
    let lists = [operation.node, operation.item, side.root()]
        .into_iter()
        .filter_map(|node| node.get("servers"));
    let list = lists.into_iter().find(|list| !list.items().is_empty());
    let servers = list
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(|node| {
            let url = node.get("url").and_then(Node::as_text)?;
            // A slash at the end makes no other server.
            Some(Server {
                url: url.trim_end_matches('/'),
                node,
            })
        });
    (servers.collect(), list.unwrap_or(side.root()))
}

pub(super) fn compare<'t>(walk: &mut Walk<'t>, old: &Located<'t>, new: &Located<'t>) {
    let ((was, was_list), (is, is_list)) =
        (effective(&walk.base, old), effective(&walk.revision, new));
    if let ([one], [other]) = (was.as_slice(), is.as_slice())
        && one.url != other.url
    {
        let text = format!("the server is `{}` instead of `{}`", other.url, one.url);
        first(walk, &rules::SERVER_CHANGED, one, other, text);
        return;
    }
    let by_url = |list: &[Server<'t>]| -> HashMap<&'t str, Server<'t>> {
        list.iter().map(|server| (server.url, *server)).collect()
    };
    let (old_urls, new_urls) = (by_url(&was), by_url(&is));
    for server in was
        .iter()
        .filter(|server| !new_urls.contains_key(server.url))
    {
        let text = format!("the server `{}` is gone", server.url);
        let found = Found::new(
            &rules::SERVER_REMOVED,
            Spot::value(server.node),
            Spot::key(is_list),
            text,
        );
        walk.report(found.values(server.url, ""));
    }
    for server in is
        .iter()
        .filter(|server| !old_urls.contains_key(server.url))
    {
        let text = format!("the server `{}` is new", server.url);
        let found = Found::new(
            &rules::SERVER_ADDED,
            Spot::key(was_list),
            Spot::value(server.node),
            text,
        );
        walk.report(found.values("", server.url));
    }
    for (one, other) in was
        .iter()
        .filter_map(|one| Some((one, new_urls.get(one.url)?)))
    {
        variables(walk, one, other);
    }
    if let (Some(one), Some(other)) = (was.first(), is.first())
        && one.url != other.url
    {
        let text = format!(
            "the first server, which the client uses, is `{}` instead of `{}`",
            other.url, one.url
        );
        first(walk, &rules::SERVER_FIRST_CHANGED, one, other, text);
    }
}

/// Reports that the client uses another server.
fn first<'t>(
    walk: &mut Walk<'t>,
    rule: &'static Rule,
    was: &Server<'t>,
    is: &Server<'t>,
    text: String,
) {
    let line = |server: &Server<'t>| host(server.url).map(|name| format!("Host::{name}"));
    // The variant stays as long as another operation goes to the same host.
    let stays = host(was.url).is_none_or(|name| walk.hosts.contains(&name));
    let source = if stays {
        Verdict::None
    } else {
        Verdict::Breaking
    };
    let found = Found::new(rule, Spot::value(was.node), Spot::value(is.node), text)
        .values(was.url, is.url)
        .rust(RustLines {
            base: line(was),
            revision: line(is),
        });
    walk.report(found.source(source));
}

/// The hosts that a document's operations go to.
pub(super) fn hosts<'t>(side: &Side<'t>, operations: &[Located<'t>]) -> BTreeSet<String> {
    let first = |operation: &Located<'t>| {
        effective(side, operation)
            .0
            .first()
            .and_then(|server| host(server.url))
    };
    operations.iter().filter_map(first).collect()
}

fn variables<'t>(walk: &mut Walk<'t>, one: &Server<'t>, other: &Server<'t>) {
    let (old, new) = (one.node.get("variables"), other.node.get("variables"));
    let names = |node: Option<&'t Node>| node.map(Node::entries).unwrap_or_default();
    let mut all: Vec<&'t str> = names(old)
        .iter()
        .chain(names(new))
        .map(|entry| entry.key.text.as_str())
        .collect();
    all.sort_unstable();
    all.dedup();
    for name in all {
        let (was, is) = (
            old.and_then(|node| node.get(name)),
            new.and_then(|node| node.get(name)),
        );
        let part = |node: Option<&'t Node>, key: &str| node.and_then(|node| node.get(key));
        if part(was, "default") == part(is, "default") && part(was, "enum") == part(is, "enum") {
            continue;
        }
        let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
        let text = format!(
            "the variable `{name}` of the server `{}` is different",
            one.url
        );
        let spots = (
            Spot::thing(was.or(old), one.node),
            Spot::thing(is.or(new), other.node),
        );
        let found = Found::new(&rules::SERVER_VARIABLE_CHANGED, spots.0, spots.1, text);
        walk.report(found.values(format!("{name} {}", value(was)), value(is)));
    }
}
