//! What an operation answers: statuses, bodies and headers.

mod headers;

use foldhash::HashMap;

use super::media::{self, Content};
use super::operations::output_slot;
use super::prose;
use super::references;
use super::rules::{self, Rule};
use super::rust::{Owner, output};
use super::schema::{Direction, Rust};
use super::verdict::Verdict;
use super::walk::{Found, Spot, Walk};
use crate::load::Node;
use crate::names;

/// Keywords of a reply that this module compares.
const KNOWN: [&str; 4] = ["content", "headers", "links", "$ref"];

/// A declared reply.
#[derive(Debug, Clone, Copy)]
struct Reply<'t> {
    status: &'t str,
    /// Where it is listed.
    listed: &'t Node,
    /// The reply, with its reference followed.
    node: &'t Node,
}

impl Reply<'_> {
    fn is_success(&self) -> bool {
        self.status.starts_with(['1', '2', '3'])
    }
}

pub(super) fn compare<'t>(walk: &mut Walk<'t>, old: &'t Node, new: &'t Node) {
    let is_same = |key: &str| walk.is_same(old.get(key), new.get(key));
    // Types that the document does not name take their names from the operation id.
    if is_same("responses") && is_same("operationId") {
        return;
    }
    let slot = output_slot(walk, old, new);
    let (old_list, new_list) = (old.get("responses"), new.get("responses"));
    let entries = |list: Option<&'t Node>| list.map(Node::entries).unwrap_or_default();
    let of = |side: &super::side::Side<'t>, list| -> Vec<Reply<'t>> {
        let entries = entries(list)
            .iter()
            .filter(|entry| !entry.key.text.starts_with("x-"));
        let replies = entries.map(|entry| Reply {
            status: &entry.key.text,
            listed: &entry.value,
            node: side.follow(&entry.value).unwrap_or(&entry.value),
        });
        replies.collect()
    };
    let (was, is) = (of(&walk.base, old_list), of(&walk.revision, new_list));
    let (old_list, new_list) = (old_list.unwrap_or(old), new_list.unwrap_or(new));
    let context = Context {
        slot,
        old,
        new,
        old_list,
        new_list,
        old_rust: rust(old),
        new_rust: rust(new),
    };
    let upper = |status: &str| status.to_ascii_uppercase();
    let by_status = |all: &[Reply<'t>]| -> HashMap<String, Reply<'t>> {
        all.iter()
            .map(|reply| (upper(reply.status), *reply))
            .collect()
    };
    let (old_by_status, new_by_status) = (by_status(&was), by_status(&is));
    let find = |all: &HashMap<String, Reply<'t>>, status: &str| all.get(&upper(status)).copied();
    // `default` covers what no range covers.
    let range = |all: &HashMap<String, Reply<'t>>, status: &str| {
        let class = status
            .chars()
            .next()
            .map(|class| format!("{class}XX"))
            .unwrap_or_default();
        let covering = [class.as_str(), "DEFAULT"]
            .into_iter()
            .filter_map(|name| all.get(name))
            .find(|reply| reply.status != status);
        covering.copied()
    };
    let gone: Vec<Reply<'t>> = was
        .iter()
        .filter(|reply| find(&new_by_status, reply.status).is_none())
        .copied()
        .collect();
    let fresh: Vec<Reply<'t>> = is
        .iter()
        .filter(|reply| find(&old_by_status, reply.status).is_none())
        .copied()
        .collect();
    for reply in &was {
        if let Some(other) = find(&new_by_status, reply.status) {
            let is_same = |old, new| walk.is_same(old, new);
            if reply.status == other.status
                && is_same(Some(reply.listed), Some(other.listed))
                && is_same(old.get("operationId"), new.get("operationId"))
            {
                continue;
            }
            both(walk, &context, reply, &other);
        }
    }
    let successes = |all: &[Reply<'t>]| all.iter().filter(|reply| reply.is_success()).count();
    let replaced = match (successes(&was), successes(&is)) {
        (1, 1) => {
            let one = |all: &[Reply<'t>]| all.iter().find(|reply| reply.is_success()).copied();
            one(&gone).zip(one(&fresh))
        }
        _ => None,
    };
    if let Some((reply, other)) = replaced {
        let text = format!(
            "{} now succeeds with `{}` instead of `{}`",
            walk.words(old),
            other.status,
            reply.status
        );
        let found = Found::new(
            &rules::RESPONSE_STATUS_CHANGED,
            Spot::key(reply.listed),
            Spot::key(other.listed),
            text,
        );
        walk.report(found.values(reply.status, other.status).slot(slot));
        both(walk, &context, &reply, &other);
    }
    let is_replaced = |reply: &Reply<'t>| replaced.is_some() && reply.is_success();
    for reply in gone.iter().filter(|reply| !is_replaced(reply)) {
        let cover = range(&new_by_status, reply.status);
        if let Some(cover) = cover {
            both(walk, &context, reply, &cover);
        }
        removed(walk, &context, reply, cover.is_some(), successes(&is) > 0);
    }
    for reply in fresh.iter().filter(|reply| !is_replaced(reply)) {
        let cover = range(&old_by_status, reply.status);
        if let Some(cover) = cover {
            both(walk, &context, &cover, reply);
        }
        added(walk, &context, reply, cover.is_some(), successes(&was) > 0);
    }
    prose::rest_without(walk, old_list, new_list, |key| !key.starts_with("x-"));
}

/// What all replies of an operation have in common.
struct Context<'t> {
    slot: usize,
    old: &'t Node,
    new: &'t Node,
    old_list: &'t Node,
    new_list: &'t Node,
    old_rust: Rust<'t>,
    new_rust: Rust<'t>,
}

/// What a reply of an operation becomes in Rust.
fn rust<'t>(operation: &'t Node) -> Rust<'t> {
    let id = operation.get("operationId").and_then(Node::as_str);
    let owner = if id.is_some() {
        Owner::Type { input: false }
    } else {
        Owner::Nobody
    };
    Rust {
        owner,
        hint: names::inner_type_name(id.unwrap_or_default(), "response"),
    }
}

fn removed<'t>(
    walk: &mut Walk<'t>,
    context: &Context<'t>,
    reply: &Reply<'t>,
    is_covered: bool,
    has_success: bool,
) {
    let (rule, text) = match (reply.is_success(), has_success) {
        (true, true) => (&rules::RESPONSE_STATUS_REMOVED, "no longer succeeds with"),
        (true, false) => (
            &rules::RESPONSE_SUCCESS_REMOVED,
            "no longer declares the success",
        ),
        (false, _) => (&rules::ERROR_STATUS_REMOVED, "no longer declares"),
    };
    let text = format!("{} {text} `{}`", walk.words(context.old), reply.status);
    let found = Found::new(
        rule,
        Spot::key(reply.listed),
        Spot::key(context.new_list),
        text,
    );
    walk.report(
        found
            .values(reply.status, "")
            .slot(context.slot)
            .off_wire(is_covered),
    );
}

fn added<'t>(
    walk: &mut Walk<'t>,
    context: &Context<'t>,
    reply: &Reply<'t>,
    is_covered: bool,
    had_success: bool,
) {
    let (rule, text) = match (reply.is_success(), had_success) {
        (true, true) => (&rules::RESPONSE_STATUS_ADDED, "can now succeed with"),
        (true, false) => (&rules::RESPONSE_SUCCESS_ADDED, "now declares the success"),
        (false, _) => (&rules::ERROR_STATUS_ADDED, "now declares"),
    };
    let text = format!("{} {text} `{}`", walk.words(context.old), reply.status);
    let found = Found::new(
        rule,
        Spot::key(context.old_list),
        Spot::key(reply.listed),
        text,
    );
    walk.report(
        found
            .values("", reply.status)
            .slot(context.slot)
            .off_wire(is_covered),
    );
}

fn both<'t>(walk: &mut Walk<'t>, context: &Context<'t>, old: &Reply<'t>, new: &Reply<'t>) {
    let words = format!("the reply `{}`", new.status);
    let listed = (Some(old.listed), Some(new.listed));
    if references::broken(walk, &words, listed, (context.old_list, context.new_list)) {
        return;
    }
    // Only what a success carries becomes what the call gives back.
    let slot = if old.is_success() && new.is_success() {
        context.slot
    } else {
        walk.hidden_slot((Spot::key(old.listed), Spot::key(new.listed)))
    };
    if old.status == new.status {
        prose::rest(walk, old.node, new.node, &KNOWN);
    }
    headers::compare(walk, old, new);
    links(walk, old.node, new.node);
    let has_body = |node: &Node| {
        node.get("content")
            .is_some_and(|content| !content.entries().is_empty())
    };
    match (has_body(old.node), has_body(new.node)) {
        (true, true) => {
            let content = Content {
                base: old.node,
                revision: new.node,
                direction: Direction::Response,
                slot,
                base_rust: context.old_rust.clone(),
                revision_rust: context.new_rust.clone(),
            };
            media::compare(walk, &content);
        }
        (false, false) => {}
        (_, is_new) => {
            let (rule, text): (&'static Rule, _) = if is_new {
                (&rules::RESPONSE_BODY_ADDED, "now has a body")
            } else {
                (&rules::RESPONSE_BODY_REMOVED, "no longer has a body")
            };
            let text = format!("{} {text}", walk.words(old.node));
            let same = output(&walk.base, context.old) == output(&walk.revision, context.new);
            let spot = |node: &'t Node| Spot::thing(node.get("content"), node);
            let found = Found::new(rule, spot(old.node), spot(new.node), text)
                .values(old.status, new.status)
                .slot(slot);
            walk.report(if same {
                found.source(Verdict::None)
            } else {
                found
            });
        }
    }
}

fn links<'t>(walk: &mut Walk<'t>, old: &'t Node, new: &'t Node) {
    let (was, is) = (old.get("links"), new.get("links"));
    if was != is {
        let text = format!("the links of {} are different", walk.words(old));
        walk.report(Found::new(
            &rules::LINK_CHANGED,
            Spot::thing(was, old),
            Spot::thing(is, new),
            text,
        ));
    }
}
