//! What an object or a list holds beyond its members: undeclared members and items.

use super::pair::{Pair, Request, Rust};
use super::{Direction, View, request};
use crate::diff::digest::exact;
use crate::diff::rules;
use crate::diff::rust::Owner;
use crate::diff::verdict::Verdict;
use crate::diff::walk::{Found, Walk};
use crate::load::{Kind, Node};

/// What a schema says of undeclared members.
#[derive(Debug, Clone)]
enum Additional<'t> {
    /// Nothing, which allows them.
    Unsaid,
    /// That they are allowed.
    Allowed,
    /// That there are none.
    Closed,
    /// What they look like.
    Schemas(Vec<&'t Node>),
}

fn additional<'t>(view: &View<'t>) -> Additional<'t> {
    let stated: Vec<&'t Node> = view.all("additionalProperties").collect();
    let schemas: Vec<&'t Node> = stated
        .iter()
        .copied()
        .filter(|node| node.kind() == Kind::Mapping && !node.entries().is_empty())
        .collect();
    if stated.is_empty() {
        Additional::Unsaid
    } else if stated.iter().any(|node| node.as_bool() == Some(false)) {
        Additional::Closed
    } else if schemas.is_empty() {
        Additional::Allowed
    } else {
        Additional::Schemas(schemas)
    }
}

/// The schemas of undeclared members, where there are some.
pub(super) fn described_others<'t>(view: &View<'t>) -> Option<Vec<&'t Node>> {
    match additional(view) {
        Additional::Schemas(schemas) => Some(schemas),
        _ => None,
    }
}

/// Whether undeclared members are ruled out.
pub(super) fn is_closed(view: &View<'_>) -> bool {
    matches!(additional(view), Additional::Closed)
}

pub(super) fn compare<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    items(walk, pair);
    let is_request = pair.direction == Direction::Request;
    let (rule, text) = match (additional(&pair.base), additional(&pair.revision)) {
        (Additional::Schemas(base), Additional::Schemas(revision)) => {
            inside(walk, pair, base, revision);
            return;
        }
        (Additional::Unsaid, Additional::Unsaid)
        | (Additional::Allowed, Additional::Allowed)
        | (Additional::Closed, Additional::Closed) => return,
        (Additional::Unsaid, Additional::Allowed) => (
            &rules::ADDITIONAL_PROPERTIES_STATED,
            "now says that it takes undeclared members",
        ),
        (Additional::Allowed, Additional::Unsaid) => (
            &rules::ADDITIONAL_PROPERTIES_UNSTATED,
            "no longer says that it takes undeclared members",
        ),
        (Additional::Unsaid, Additional::Closed) if is_request => (
            &rules::REQUEST_ADDITIONAL_PROPERTIES_CLOSED,
            "no longer takes undeclared members",
        ),
        (Additional::Unsaid | Additional::Allowed, Additional::Closed) if !is_request => (
            &rules::RESPONSE_ADDITIONAL_PROPERTIES_CLOSED,
            "no longer has undeclared members",
        ),
        (Additional::Closed, Additional::Unsaid | Additional::Allowed) if !is_request => (
            &rules::RESPONSE_ADDITIONAL_PROPERTIES_OPENED,
            "can now have undeclared members",
        ),
        (_, Additional::Closed)
        | (Additional::Unsaid | Additional::Allowed, Additional::Schemas(_))
            if is_request =>
        {
            (
                &rules::REQUEST_ADDITIONAL_PROPERTIES_TIGHTENED,
                "now takes fewer undeclared members",
            )
        }
        (_, Additional::Closed)
        | (Additional::Unsaid | Additional::Allowed, Additional::Schemas(_)) => (
            &rules::RESPONSE_ADDITIONAL_PROPERTIES_TIGHTENED,
            "now has fewer undeclared members",
        ),
        _ if is_request => (
            &rules::REQUEST_ADDITIONAL_PROPERTIES_LOOSENED,
            "now takes more undeclared members",
        ),
        _ => (
            &rules::RESPONSE_ADDITIONAL_PROPERTIES_LOOSENED,
            "can now have more undeclared members",
        ),
    };
    let spots = (
        pair.base.first("additionalProperties"),
        pair.revision.first("additionalProperties"),
    );
    let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
    let values = (value(spots.0), value(spots.1));
    let sentence = format!("{} {text}", walk.pair_words(pair));
    let source = kept(pair);
    walk.report_keyword(pair, spots, |old, new| {
        let found = Found::new(rule, old, new, sentence).values(values.0, values.1);
        source.map_or(found.clone(), |source| found.source(source))
    });
}

/// Whether a struct keeps the members that it does not declare.
pub(super) fn keeps(view: &View<'_>) -> bool {
    view.first("properties").is_some()
        && matches!(
            additional(view),
            Additional::Allowed | Additional::Schemas(_)
        )
}

/// A struct that keeps what it does not declare has one more field than one that does not.
fn kept(pair: &Pair<'_>) -> Option<Verdict> {
    let is_type = |rust: &Rust<'_>| matches!(rust.owner, Owner::Type { .. });
    match (keeps(&pair.base), keeps(&pair.revision)) {
        (true, false) if is_type(&pair.base_rust) => Some(Verdict::Breaking),
        (false, true) if is_type(&pair.revision_rust) => Some(Verdict::Additive),
        _ => None,
    }
}

fn items<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    let old: Vec<&'t Node> = pair.base.all("items").collect();
    let new: Vec<&'t Node> = pair.revision.all("items").collect();
    match (old.first(), new.first()) {
        (None, None) => {}
        (Some(_), Some(_)) => inside(walk, pair, old, new),
        (base, revision) => {
            let narrowed = base.is_none();
            let rule = match (pair.direction, narrowed) {
                (Direction::Request, true) => &rules::REQUEST_TYPE_NARROWED,
                (Direction::Request, false) => &rules::REQUEST_TYPE_WIDENED,
                (Direction::Response, true) => &rules::RESPONSE_TYPE_NARROWED,
                (Direction::Response, false) => &rules::RESPONSE_TYPE_WIDENED,
            };
            let words = walk.pair_words(pair);
            let text = if narrowed {
                format!("the items of {words} now have a schema")
            } else {
                format!("the items of {words} can now be anything")
            };
            walk.report_keyword(pair, (base.copied(), revision.copied()), |old, new| {
                Found::new(rule, old, new, text).values(
                    if narrowed { "" } else { "items" },
                    if narrowed { "items" } else { "" },
                )
            });
        }
    }
}

fn inside<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, base: Vec<&'t Node>, revision: Vec<&'t Node>) {
    let rust = |rust: &Rust<'t>| {
        let owner = match rust.owner {
            Owner::Call(_) => Owner::Type { input: true },
            other => other,
        };
        Rust {
            owner,
            hint: format!("{}Item", rust.hint),
        }
    };
    let inner = Request {
        base,
        revision,
        direction: pair.direction,
        slot: pair.slot,
        base_rust: rust(&pair.base_rust),
        revision_rust: rust(&pair.revision_rust),
        has_defaults: false,
    };
    request(walk, inner);
}
