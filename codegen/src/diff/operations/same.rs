//! An operation that is there on both sides.

use super::{Located, call_line};
use crate::diff::change::RustLines;
use crate::diff::digest::exact;
use crate::diff::rules::Rule;
use crate::diff::rust::{arguments, output, way};
use crate::diff::side::{Side, brief};
use crate::diff::verdict::Verdict;
use crate::diff::walk::{Found, Spot, Walk};
use crate::diff::{bodies, callbacks, parameters, prose, replies, rules, security, servers, site};
use crate::load::Node;
use crate::names;

/// Keywords of an operation that other modules compare.
const KNOWN: [&str; 10] = [
    "operationId",
    "tags",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "deprecated",
    "security",
    "servers",
    "x-sunset",
];

pub(super) fn both<'t>(walk: &mut Walk<'t>, old: &Located<'t>, new: &Located<'t>) {
    security::compare(walk, old.node, new.node);
    if is_unchanged(walk, old, new) {
        return;
    }
    let moved = old.method != new.method || site::bare_path(old.path) != site::bare_path(new.path);
    // What goes from the path into the server, or back, leaves the URL as it was.
    let is_split = moved
        && old.method == new.method
        && servers::urls(&walk.base, old) == servers::urls(&walk.revision, new);
    if moved {
        address(walk, old, new, is_split);
    }
    id(walk, old, new);
    tags(walk, old.node, new.node);
    prose::deprecated(
        walk,
        old.node,
        new.node,
        [&rules::OPERATION_DEPRECATED, &rules::OPERATION_RESTORED],
    );
    sunset(walk, old.node, new.node);
    prose::rest(walk, old.node, new.node, &KNOWN);
    let has_same_servers = old.path == new.path && is_same_around(walk, old, new, "servers");
    if !is_split && !has_same_servers {
        servers::compare(walk, old, new);
    }
    let is_same = |key: &str| walk.is_same(old.node.get(key), new.node.get(key));
    // What the document does not name takes its name in Rust from the operation id.
    let has_same_parameters = (old.method, old.path) == (new.method, new.path)
        && is_same("operationId")
        && is_same_around(walk, old, new, "parameters");
    let has_same_arguments = has_same_parameters && is_same("requestBody");
    if !has_same_parameters {
        parameters::compare(walk, old, new);
    }
    bodies::compare(walk, old.node, new.node);
    replies::compare(walk, old.node, new.node);
    callbacks::compare(walk, old.node, new.node);
    if !has_same_arguments {
        order(walk, old, new);
    }
}

/// Whether two operations are written alike, with all that applies to them from around. Security is looked at apart: which
/// schemes are asked for counts even where nothing changed.
fn is_unchanged<'t>(walk: &Walk<'t>, old: &Located<'t>, new: &Located<'t>) -> bool {
    (old.method, old.path) == (new.method, new.path)
        && walk.is_same(Some(old.node), Some(new.node))
        && is_same_around(walk, old, new, "parameters")
        && is_same_around(walk, old, new, "servers")
}

/// Whether what two operations have under a keyword is written alike, and what the path item and the document have under
/// it too.
fn is_same_around<'t>(walk: &Walk<'t>, old: &Located<'t>, new: &Located<'t>, key: &str) -> bool {
    [
        (old.node, new.node),
        (old.item, new.item),
        (walk.base.root(), walk.revision.root()),
    ]
    .into_iter()
    .all(|(old, new)| walk.is_same(old.get(key), new.get(key)))
}

fn address<'t>(walk: &mut Walk<'t>, old: &Located<'t>, new: &Located<'t>, is_split: bool) {
    let written =
        |operation: &Located<'t>| format!("{} {}", operation.method.to_uppercase(), operation.path);
    let lines = RustLines {
        base: call_line(&walk.base, old),
        revision: call_line(&walk.revision, new),
    };
    let name = old.id().unwrap_or_default();
    let (before, after) = (way(old.path, name), way(new.path, name));
    let source = if before == after {
        Verdict::None
    } else {
        Verdict::Breaking
    };
    let text = format!(
        "`{name}` is now `{}` instead of `{}`",
        written(new),
        written(old)
    );
    let (rule, text): (&'static Rule, _) = if is_split {
        let text = format!("{text}, and the rest of its URL stands in the server");
        (&rules::OPERATION_PATH_SPLIT, text)
    } else {
        (&rules::OPERATION_MOVED, text)
    };
    let found = Found::new(rule, Spot::key(old.node), Spot::key(new.node), text);
    walk.report(
        found
            .values(written(old), written(new))
            .rust(lines)
            .source(source),
    );
}

fn id<'t>(walk: &mut Walk<'t>, old: &Located<'t>, new: &Located<'t>) {
    let (was, is) = (old.id(), new.id());
    if was == is {
        return;
    }
    let spots = (
        Spot::keyword(old.node.get("operationId"), old.node),
        Spot::keyword(new.node.get("operationId"), new.node),
    );
    let text = match (was, is) {
        (Some(was), Some(is)) => format!("the operation `{was}` is now called `{is}`"),
        (None, Some(is)) => format!("the operation is now called `{is}`"),
        (was, None) => format!(
            "the operation is no longer called `{}`",
            was.unwrap_or_default()
        ),
    };
    let source = match (was, is) {
        // Without an id there was no call.
        (None, _) => Verdict::Additive,
        (Some(_), None) => Verdict::Breaking,
        (Some(was), Some(is)) if way("", was) == way("", is) => Verdict::None,
        _ => Verdict::Breaking,
    };
    let lines = RustLines {
        base: call_line(&walk.base, old),
        revision: call_line(&walk.revision, new),
    };
    let found = Found::new(&rules::OPERATION_ID_CHANGED, spots.0, spots.1, text);
    walk.report(
        found
            .values(was.unwrap_or_default(), is.unwrap_or_default())
            .rust(lines)
            .source(source),
    );
}

fn tags<'t>(walk: &mut Walk<'t>, old: &'t Node, new: &'t Node) {
    let (was, is) = (old.get("tags"), new.get("tags"));
    if was != is {
        let text = format!("the tags of {} are different", walk.words(old));
        let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
        let found = Found::new(
            &rules::TAG_CHANGED,
            Spot::keyword(was, old),
            Spot::keyword(is, new),
            text,
        );
        walk.report(found.values(value(was), value(is)));
    }
}

fn sunset<'t>(walk: &mut Walk<'t>, old: &'t Node, new: &'t Node) {
    let (was, is) = (old.get("x-sunset"), new.get("x-sunset"));
    if was != is {
        let words = walk.words(old);
        let text = is.map_or_else(
            || format!("{words} no longer says when it ends"),
            |is| format!("{words} now ends on {}", brief(is)),
        );
        let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
        let found = Found::new(
            &rules::OPERATION_SUNSET_CHANGED,
            Spot::keyword(was, old),
            Spot::keyword(is, new),
            text,
        );
        walk.report(found.values(value(was), value(is)));
    }
}

/// The order of the arguments of the method that makes the call, and what the call gives back.
fn order<'t>(walk: &mut Walk<'t>, old: &Located<'t>, new: &Located<'t>) {
    let (Some(was), Some(is)) = (old.id(), new.id()) else {
        return;
    };
    let takes = |side: &Side<'t>, operation: &Located<'t>| {
        let parameters = parameters::effective(side, operation.item, operation.node);
        let nodes: Vec<&'t Node> = parameters.iter().map(|parameter| parameter.node).collect();
        arguments(side, operation.node, &nodes)
    };
    let (before, after) = (takes(&walk.base, old), takes(&walk.revision, new));
    if before == after {
        return;
    }
    let last = way(old.path, was)
        .handles
        .last()
        .cloned()
        .unwrap_or_default();
    walk.report_order(
        &last,
        &way(new.path, is).verb,
        (&before, &after),
        (Spot::key(old.node), Spot::key(new.node)),
    );
}

/// The place of the generated client that the type of a reply decides.
pub(in crate::diff) fn output_slot<'t>(walk: &mut Walk<'t>, old: &'t Node, new: &'t Node) -> usize {
    let line = |node: &'t Node, output: &str| {
        let id = node.get("operationId").and_then(Node::as_str)?;
        Some(format!("calls::{} -> {output}", names::type_name(id)))
    };
    let (before, after) = (output(&walk.base, old), output(&walk.revision, new));
    let base = line(old, &before);
    // Another name of the call is a change of its own.
    let revision = if before == after {
        base.clone()
    } else {
        line(new, &after)
    };
    let lines = RustLines { base, revision };
    let spot = |node: &'t Node| Spot::thing(node.get("responses"), node);
    let otherwise = old
        .get("operationId")
        .and(new.get("operationId"))
        .map(|_| &rules::OUTPUT_CHANGED);
    walk.slot(
        lines,
        otherwise,
        (spot(old), spot(new)),
        "give another Rust type back",
    )
}
