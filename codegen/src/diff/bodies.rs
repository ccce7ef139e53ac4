//! What an operation takes as its body.

use super::media::{self, Content};
use super::prose;
use super::references;
use super::rules::{self, Rule};
use super::rust::Owner;
use super::schema::{Direction, Rust};
use super::side::is_on;
use super::verdict::Verdict;
use super::walk::{Found, Spot, Walk};
use crate::load::Node;
use crate::names;

/// Keywords of a body that this module compares.
const KNOWN: [&str; 3] = ["required", "content", "$ref"];

pub(super) fn compare<'t>(walk: &mut Walk<'t>, old: &'t Node, new: &'t Node) {
    let is_same = |key: &str| walk.is_same(old.get(key), new.get(key));
    if is_same("requestBody") && is_same("operationId") {
        return;
    }
    let body = |node: &'t Node| node.get("requestBody");
    if references::broken(walk, "the request body", (body(old), body(new)), (old, new)) {
        return;
    }
    let was = body(old).and_then(|body| walk.base.follow(body));
    let is = body(new).and_then(|body| walk.revision.follow(body));
    let (was, is) = match (was, is) {
        (Some(was), Some(is)) => (was, is),
        (None, None) => return,
        (None, Some(is)) => {
            let (rule, what): (&'static Rule, _) = if is_on(is, "required") {
                (
                    &rules::REQUEST_BODY_ADDED_REQUIRED,
                    "now takes a body, which must be sent",
                )
            } else {
                (&rules::REQUEST_BODY_ADDED_OPTIONAL, "now takes a body")
            };
            // What the members of the body become is told by whether one of them is required.
            let source = if has_required(walk, is) {
                Verdict::Breaking
            } else {
                Verdict::Additive
            };
            let text = format!("{} {what}", walk.words(old));
            let found = Found::new(rule, Spot::key(old), Spot::thing(body(new), new), text);
            walk.report(found.values("", "body").source(source));
            return;
        }
        (Some(_), None) => {
            let text = format!("{} no longer takes a body", walk.words(old));
            let found = Found::new(
                &rules::REQUEST_BODY_REMOVED,
                Spot::thing(body(old), old),
                Spot::key(new),
                text,
            );
            walk.report(found.values("body", "").source(Verdict::Breaking));
            return;
        }
    };
    if is_on(was, "required") != is_on(is, "required") {
        let (rule, what): (&'static Rule, _) = if is_on(is, "required") {
            (&rules::REQUEST_BODY_BECAME_REQUIRED, "must now be sent")
        } else {
            (&rules::REQUEST_BODY_BECAME_OPTIONAL, "can now be left out")
        };
        let spots = (
            Spot::keyword(was.get("required"), was),
            Spot::keyword(is.get("required"), is),
        );
        let found = Found::new(rule, spots.0, spots.1, format!("the request body {what}"));
        walk.report(found.values(
            is_on(was, "required").to_string(),
            is_on(is, "required").to_string(),
        ));
    }
    prose::rest(walk, was, is, &KNOWN);
    let slot = walk.hidden_slot((Spot::key(was), Spot::key(is)));
    let rust = |operation: &'t Node| {
        let id = operation.get("operationId").and_then(Node::as_str);
        let owner = if id.is_some() {
            Owner::Call(operation)
        } else {
            Owner::Nobody
        };
        Rust {
            owner,
            hint: names::inner_type_name(id.unwrap_or_default(), "body"),
        }
    };
    let content = Content {
        base: was,
        revision: is,
        direction: Direction::Request,
        slot,
        base_rust: rust(old),
        revision_rust: rust(new),
    };
    media::compare(walk, &content);
}

fn has_required<'t>(walk: &Walk<'t>, body: &'t Node) -> bool {
    let schemas = body
        .get("content")
        .map(Node::entries)
        .unwrap_or_default()
        .iter()
        .filter_map(|entry| entry.value.get("schema"));
    let mut followed = schemas.filter_map(|schema| walk.revision.follow(schema));
    followed.any(|schema| {
        schema
            .get("required")
            .is_some_and(|names| !names.items().is_empty())
    })
}
