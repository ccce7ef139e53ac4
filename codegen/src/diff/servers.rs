//! The servers that an operation is sent to: its own, or those of its path item, or those of the document.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::change::RustLines;
use super::digest::exact;
use super::operations::Located;
use super::rules::{self, Rule};
use super::rust::host;
use super::side::Side;
use super::site;
use super::verdict::Verdict;
use super::walk::{Found, Spot, Walk};
use crate::load::Node;

/// A server.
#[derive(Debug, Clone)]
struct Server<'t> {
    /// The URL as it is written, without a slash at the end.
    url: &'t str,
    /// The URL as it counts.
    plain: String,
    node: &'t Node,
}

impl<'t> Server<'t> {
    fn new(url: &'t str, node: &'t Node) -> Self {
        // A slash at the end makes no other server.
        let bare = url.trim_end_matches('/');
        Self {
            url: if bare.is_empty() { "/" } else { bare },
            plain: plain(bare),
            node,
        }
    }

    /// Where to point at: a server that nobody wrote down stands nowhere but in the document.
    fn spot(&self) -> Spot<'t> {
        if self.node.get("url").is_some() {
            Spot::value(self.node)
        } else {
            Spot::key(self.node)
        }
    }
}

/// A URL as it counts: upper and lower case are one in its scheme and host, and the usual port goes without saying.
fn plain(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let scheme = scheme.to_ascii_lowercase();
    let (host, path) = match rest.find('/').and_then(|at| rest.split_at_checked(at)) {
        Some(parts) => parts,
        None => (rest, ""),
    };
    // The names of variables are no part of the host.
    let mut depth = 0_usize;
    let host: String = host
        .chars()
        .map(|character| {
            match character {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                character.to_ascii_lowercase()
            } else {
                character
            }
        })
        .collect();
    let port = match scheme.as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => "",
    };
    let host = host.strip_suffix(port).unwrap_or(&host);
    format!("{scheme}://{host}{path}")
}

/// The URLs of an operation, one for each server, without the names of parameters.
pub(super) fn urls<'t>(side: &Side<'t>, operation: &Located<'t>) -> Vec<String> {
    let path = site::bare_path(operation.path);
    let servers = effective(side, operation).0;
    servers
        .iter()
        .map(|server| format!("{}{path}", server.plain))
        .collect()
}

/// The servers of an operation, and what lists them.
fn effective<'t>(side: &Side<'t>, operation: &Located<'t>) -> (Vec<Server<'t>>, &'t Node) {
    let lists = [operation.node, operation.item, side.root()]
        .into_iter()
        .filter_map(|node| node.get("servers"));
    let list = lists.into_iter().find(|list| !list.items().is_empty());
    let written = list.map(Node::items).unwrap_or_default().iter();
    let servers = written.filter_map(|node| {
        let url = node.get("url").and_then(Node::as_text)?;
        Some(Server::new(url, node))
    });
    // One that is listed twice is one.
    let mut seen = HashSet::new();
    let mut servers: Vec<Server<'t>> = servers
        .filter(|server| seen.insert(server.plain.clone()))
        .collect();
    if servers.is_empty() {
        // Where no server is written down, the document says that there is one: where it comes from itself.
        servers.push(Server::new("/", side.root()));
    }
    (servers, list.unwrap_or(side.root()))
}

pub(super) fn compare<'t>(walk: &mut Walk<'t>, old: &Located<'t>, new: &Located<'t>) {
    let ((was, was_list), (is, is_list)) =
        (effective(&walk.base, old), effective(&walk.revision, new));
    if let ([one], [other]) = (was.as_slice(), is.as_slice())
        && one.plain != other.plain
    {
        let text = format!("the server is `{}` instead of `{}`", other.url, one.url);
        first(walk, &rules::SERVER_CHANGED, one, other, text);
        return;
    }
    let (old_urls, new_urls) = (by_url(&was), by_url(&is));
    for server in was
        .iter()
        .filter(|server| !new_urls.contains_key(server.plain.as_str()))
    {
        let text = format!("the server `{}` is gone", server.url);
        let found = Found::new(
            &rules::SERVER_REMOVED,
            server.spot(),
            Spot::key(is_list),
            text,
        );
        walk.report(found.values(server.url, ""));
    }
    for server in is
        .iter()
        .filter(|server| !old_urls.contains_key(server.plain.as_str()))
    {
        let text = format!("the server `{}` is new", server.url);
        let found = Found::new(
            &rules::SERVER_ADDED,
            Spot::key(was_list),
            server.spot(),
            text,
        );
        walk.report(found.values("", server.url));
    }
    for (one, other) in was
        .iter()
        .filter_map(|one| Some((one, new_urls.get(one.plain.as_str())?)))
    {
        variables(walk, one, other);
    }
    if let (Some(one), Some(other)) = (was.first(), is.first())
        && one.plain != other.plain
    {
        let text = format!(
            "the first server, which the client uses, is `{}` instead of `{}`",
            other.url, one.url
        );
        first(walk, &rules::SERVER_FIRST_CHANGED, one, other, text);
    }
}

fn by_url<'s, 't>(list: &'s [Server<'t>]) -> HashMap<&'s str, &'s Server<'t>> {
    let servers = list.iter().rev();
    servers
        .map(|server| (server.plain.as_str(), server))
        .collect()
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
    let found = Found::new(rule, was.spot(), is.spot(), text)
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
