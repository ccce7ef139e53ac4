//! How the members of a form are encoded: what is said of it, or what the standard takes where nothing is said.

use super::plain;
use crate::diff::digest::exact;
use crate::diff::rules;
use crate::diff::schema::{View, is_list, is_scalar};
use crate::diff::side::{Side, brief, is_on};
use crate::diff::verdict::Verdict;
use crate::diff::walk::{Found, Spot, Walk};
use crate::load::Node;

/// How many lists in lists are looked into for what they are made of.
const MAX_DEPTH: usize = 8;

/// How a form is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As a query is.
    Url,
    /// In parts, each with headers of its own.
    Parts,
}

impl Form {
    /// The form of a media type; `encoding` says nothing about any other.
    fn of(name: &str) -> Option<Self> {
        let name = plain(name);
        if name.starts_with("multipart/") {
            Some(Self::Parts)
        } else if name.starts_with("application/x-www-form-urlencoded") {
            Some(Self::Url)
        } else {
            None
        }
    }
}

/// What decides about how a member is written.
#[derive(Debug, PartialEq)]
struct Written {
    content_type: String,
    style: String,
    explode: bool,
    is_reserved: bool,
}

impl Written {
    fn of<'t>(
        side: &Side<'t>,
        form: Form,
        member: Option<&'t Node>,
        node: Option<&'t Node>,
    ) -> Self {
        let text = |key: &str| node.and_then(|node| node.get(key)).and_then(Node::as_text);
        let is_one = member.is_some_and(|member| is_scalar(&View::new(side, &[member])));
        let content_type = match text("contentType") {
            Some(name) => plain(name),
            // In a query a list or an object is written by its style, unless a media type is given.
            None if form == Form::Url && !is_one => String::new(),
            None => usual(side, member),
        };
        let written = Self {
            content_type,
            style: String::new(),
            explode: false,
            is_reserved: false,
        };
        if form == Form::Parts {
            return written;
        }
        let style = text("style").unwrap_or("form").to_owned();
        let explode = node
            .and_then(|node| node.get("explode"))
            .and_then(Node::as_bool)
            .unwrap_or(style == "form");
        Self {
            // One value is written alike whether lists are taken apart or not.
            explode: explode && !is_one,
            style,
            is_reserved: node.is_some_and(|node| is_on(node, "allowReserved")),
            ..written
        }
    }
}

/// The media type that the standard takes for a member.
fn usual<'t>(side: &Side<'t>, member: Option<&'t Node>) -> String {
    let mut member = member;
    for _ in 0..MAX_DEPTH {
        let Some(view) = member.map(|member| View::new(side, &[member])) else {
            break;
        };
        if is_list(&view) {
            member = view.first("items");
            continue;
        }
        let format = view.first("format").and_then(Node::as_text);
        let name = match (is_scalar(&view), format) {
            (true, Some("binary" | "base64" | "byte")) => "application/octet-stream",
            (true, _) => "text/plain",
            (false, _) => "application/json",
        };
        return name.to_owned();
    }
    String::new()
}

/// Compares how the members of a body are encoded.
pub(super) fn compare<'t>(
    walk: &mut Walk<'t>,
    body: &'t Node,
    (name, was): (&str, &'t Node),
    (other, is): (&str, &'t Node),
) {
    let (old, new) = (was.get("encoding"), is.get("encoding"));
    let (Some(form), Some(now)) = (Form::of(name), Form::of(other)) else {
        return;
    };
    if walk.is_same(old, new) {
        return;
    }
    let names = |node: Option<&'t Node>| node.map(Node::entries).unwrap_or_default();
    let mut members: Vec<&'t str> = names(old)
        .iter()
        .chain(names(new))
        .map(|entry| entry.key.text.as_str())
        .collect();
    members.sort_unstable();
    members.dedup();
    for name in members {
        let (before, after) = (
            old.and_then(|node| node.get(name)),
            new.and_then(|node| node.get(name)),
        );
        // An encoding of a member that is not there encodes nothing.
        let (Member::Of(one), Member::Of(two)) = (
            member(&walk.base, was, name),
            member(&walk.revision, is, name),
        ) else {
            continue;
        };
        let headers = |node: Option<&'t Node>| node.and_then(|node| node.get("headers"));
        let has_headers = form == Form::Parts || now == Form::Parts;
        let written = (
            Written::of(&walk.base, form, one, before),
            Written::of(&walk.revision, now, two, after),
        );
        if written.0 == written.1
            && (!has_headers || walk.means_same(headers(before), headers(after)))
        {
            continue;
        }
        let shown = |node: Option<&Node>| {
            node.map_or_else(
                || "the usual way".to_owned(),
                |node| format!("as `{}`", brief(node)),
            )
        };
        let text = format!(
            "`{name}` of {} is now encoded {} instead of {}",
            walk.words(body),
            shown(after),
            shown(before)
        );
        let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
        let spots = (
            Spot::thing(before.or(old), was),
            Spot::thing(after.or(new), is),
        );
        let found = Found::new(&rules::REQUEST_ENCODING_CHANGED, spots.0, spots.1, text)
            .values(format!("{name} {}", value(before)), value(after));
        // What the generator makes of it shows in the type of the member, which is compared there.
        walk.report(found.source(Verdict::None));
    }
}

/// A member of a form.
enum Member<'t> {
    /// The schema of one, where it is known.
    Of(Option<&'t Node>),
    Missing,
}

fn member<'t>(side: &Side<'t>, media: &'t Node, name: &str) -> Member<'t> {
    let schema = media.get("schema").and_then(|schema| side.follow(schema));
    match schema.and_then(|schema| schema.get("properties")) {
        None => Member::Of(None),
        Some(members) => members
            .get(name)
            .map_or(Member::Missing, |member| Member::Of(Some(member))),
    }
}
