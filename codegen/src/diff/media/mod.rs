//! The media types in which a body or a reply comes, and the schema in each.

mod encoding;

use std::collections::HashMap;

use super::matching::partners;
use super::prose;
use super::rules::{self, Rule};
use super::schema::{Direction, Request, Rust, request};
use super::walk::{Found, Spot, Walk};
use super::xml;
use crate::load::Node;

/// What holds the media types on both sides, and what their schemas become.
pub(super) struct Content<'t> {
    pub(super) base: &'t Node,
    pub(super) revision: &'t Node,
    pub(super) direction: Direction,
    pub(super) slot: usize,
    pub(super) base_rust: Rust<'t>,
    pub(super) revision_rust: Rust<'t>,
}

/// Keywords of a media type that this module compares.
const KNOWN: [&str; 2] = ["schema", "encoding"];

/// A media type and what it holds.
type Entry<'t> = (&'t str, &'t Node);

/// A media type without blanks and in lower case.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase()
}

/// What covers a media type: itself, `application/*` or `*/*`.
fn cover<'t>(entries: &HashMap<String, Entry<'t>>, name: &str) -> Option<Entry<'t>> {
    let name = plain(name);
    let kind = name.split('/').next().unwrap_or_default();
    let names = [name.as_str(), &format!("{kind}/*"), "*/*"];
    names
        .into_iter()
        .find_map(|name| entries.get(name))
        .copied()
}

fn by_name<'t>(entries: &[Entry<'t>]) -> HashMap<String, Entry<'t>> {
    // Of two that mean the same the first counts.
    let entries = entries.iter().rev();
    entries.map(|entry| (plain(entry.0), *entry)).collect()
}

fn entries(holder: &Node) -> Vec<Entry<'_>> {
    let content = holder.get("content").map(Node::entries).unwrap_or_default();
    content
        .iter()
        .map(|entry| (entry.key.text.as_str(), &entry.value))
        .collect()
}

/// Compares the media types of a body or a reply, which has some on both sides.
pub(super) fn compare<'t>(walk: &mut Walk<'t>, content: &Content<'t>) {
    let (mut old, mut new) = (entries(content.base), entries(content.revision));
    let mut pairs = partners(&mut old, &mut new, |_, entry| Some(plain(entry.0)));
    // What a range still covers has not gone, and what a range covered has not come.
    if !old.is_empty() {
        let all_new = by_name(&entries(content.revision));
        old.retain(|was| match cover(&all_new, was.0) {
            Some(is) => {
                pairs.push((*was, is));
                false
            }
            None => true,
        });
    }
    if !new.is_empty() {
        let all_old = by_name(&entries(content.base));
        new.retain(|is| cover(&all_old, is.0).is_none());
    }
    match (old.as_slice(), new.as_slice()) {
        ([was], [is]) if pairs.is_empty() => {
            replaced(walk, content, *was, *is);
            pairs.push((*was, *is));
        }
        (gone, fresh) => {
            for was in gone {
                only(walk, content, *was, false);
            }
            for is in fresh {
                only(walk, content, *is, true);
            }
        }
    }
    for (was, is) in pairs {
        inside(walk, content, was, is);
    }
}

fn spots<'t>(content: &Content<'t>) -> (&'t Node, &'t Node) {
    let spot = |holder: &'t Node| holder.get("content").unwrap_or(holder);
    (spot(content.base), spot(content.revision))
}

fn only<'t>(walk: &mut Walk<'t>, content: &Content<'t>, (name, node): Entry<'t>, is_new: bool) {
    let (rule, what): (&'static Rule, _) = match (content.direction, is_new) {
        (Direction::Request, true) => (&rules::REQUEST_MEDIA_TYPE_ADDED, "can now be sent as"),
        (Direction::Request, false) => (
            &rules::REQUEST_MEDIA_TYPE_REMOVED,
            "can no longer be sent as",
        ),
        (Direction::Response, true) => (&rules::RESPONSE_MEDIA_TYPE_ADDED, "can now come as"),
        (Direction::Response, false) => (&rules::RESPONSE_MEDIA_TYPE_REMOVED, "no longer comes as"),
    };
    let (old, new) = spots(content);
    let text = format!("{} {what} `{name}`", walk.words(content.base));
    let (base, revision, values) = if is_new {
        (old, node, ("", name))
    } else {
        (node, new, (name, ""))
    };
    walk.report(
        Found::new(rule, Spot::key(base), Spot::key(revision), text)
            .values(values.0, values.1)
            .slot(content.slot),
    );
}

fn replaced<'t>(walk: &mut Walk<'t>, content: &Content<'t>, was: Entry<'t>, is: Entry<'t>) {
    let rule = if content.direction == Direction::Request {
        &rules::REQUEST_MEDIA_TYPE_CHANGED
    } else {
        &rules::RESPONSE_MEDIA_TYPE_CHANGED
    };
    let text = format!(
        "{} is now `{}` instead of `{}`",
        walk.words(content.base),
        is.0,
        was.0
    );
    walk.report(
        Found::new(rule, Spot::key(was.1), Spot::key(is.1), text)
            .values(was.0, is.0)
            .slot(content.slot),
    );
}

fn inside<'t>(
    walk: &mut Walk<'t>,
    content: &Content<'t>,
    (name, was): Entry<'t>,
    (other, is): Entry<'t>,
) {
    prose::rest(walk, was, is, &KNOWN);
    encoding::compare(walk, content.base, (name, was), (other, is));
    let (old, new) = (was.get("schema"), is.get("schema"));
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) => (old, new),
        (None, None) => return,
        (base, revision) => {
            let (rule, what): (&'static Rule, _) = match (content.direction, revision.is_some()) {
                (Direction::Request, true) => (&rules::REQUEST_SCHEMA_ADDED, "now has a schema"),
                (Direction::Request, false) => {
                    (&rules::REQUEST_SCHEMA_REMOVED, "no longer has a schema")
                }
                (Direction::Response, true) => (&rules::RESPONSE_SCHEMA_ADDED, "now has a schema"),
                (Direction::Response, false) => {
                    (&rules::RESPONSE_SCHEMA_REMOVED, "no longer has a schema")
                }
            };
            let text = format!("{} {what} as `{name}`", walk.words(content.base));
            let found = Found::new(
                rule,
                Spot::thing(base, was),
                Spot::thing(revision, is),
                text,
            )
            .values(name, name);
            walk.report(found.slot(content.slot));
            return;
        }
    };
    if xml::is_xml(&plain(name)) && xml::is_xml(&plain(other)) {
        xml::root(walk, old, new);
    }
    request(
        walk,
        Request {
            base: vec![old],
            revision: vec![new],
            direction: content.direction,
            slot: content.slot,
            base_rust: content.base_rust.clone(),
            revision_rust: content.revision_rust.clone(),
            has_defaults: false,
        },
    );
}
