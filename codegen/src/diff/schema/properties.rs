//! Members of objects: which there are, which must be there, and which travel in a direction at all.

use indexmap::IndexMap;

use super::additional::{described_others, is_closed, keeps};
use super::pair::{Pair, Request, Rust};
use super::{Direction, View, arguments, defaults, request};
use crate::diff::change::RustLines;
use crate::diff::digest::exact;
use crate::diff::rules::{self, Rule};
use crate::diff::rust::{Owner, body_member, field, type_of};
use crate::diff::side::{Side, is_on};
use crate::diff::verdict::Verdict;
use crate::diff::walk::{Found, Spot, Walk};
use crate::load::Node;
use crate::names;

/// A member, as far as one side knows it.
#[derive(Debug, Clone, Default)]
pub(super) struct Member<'t> {
    /// What describes it: one schema for each part that mentions it, none for a name that is only required.
    pub(super) schemas: Vec<&'t Node>,
    pub(super) is_required: bool,
    /// Its name in a list of required ones.
    listed: Option<&'t Node>,
    /// Whether it stands in messages of the direction.
    travels: bool,
}

pub(super) type Members<'t> = IndexMap<&'t str, Member<'t>>;

fn members<'t>(side: &Side<'t>, view: &View<'t>, direction: Direction) -> Members<'t> {
    let mut members = Members::new();
    for properties in view.all("properties") {
        for entry in properties.entries() {
            members
                .entry(&entry.key.text)
                .or_default()
                .schemas
                .push(&entry.value);
        }
    }
    for listed in view.all("required").flat_map(Node::items) {
        if let Some(name) = listed.as_text() {
            let member = members.entry(name).or_default();
            member.is_required = true;
            member.listed = member.listed.or(Some(listed));
        }
    }
    let away = if direction == Direction::Request {
        "readOnly"
    } else {
        "writeOnly"
    };
    for member in members.values_mut() {
        member.travels = !member
            .schemas
            .iter()
            .any(|schema| is_away(side, schema, away));
    }
    members
}

/// Whether a schema, or one that it is made of, is switched out of a direction.
fn is_away<'t>(side: &Side<'t>, schema: &'t Node, away: &str) -> bool {
    if schema.get("$ref").is_none() && schema.get("allOf").is_none() {
        return is_on(schema, away);
    }
    View::new(side, &[schema]).is_on(away)
}

pub(super) fn compare<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    let old = members(&walk.base, &pair.base, pair.direction);
    let new = members(&walk.revision, &pair.revision, pair.direction);
    for (name, was) in &old {
        match new.get(name) {
            Some(is) => both(walk, pair, name, was, is),
            None => removed(walk, pair, name, was),
        }
    }
    for (name, is) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        added(walk, pair, name, is);
    }
    arguments::reordered(walk, pair, &old, &new);
}

/// The line of the generated client that a member stands in. `hint` is the name that its type gets if the document gives
/// none.
fn line<'t>(
    side: &Side<'t>,
    rust: &Rust<'t>,
    hint: &str,
    name: &str,
    member: &Member<'t>,
) -> Option<String> {
    let schema = member.schemas.first()?;
    match rust.owner {
        Owner::Nobody => None,
        Owner::Call(operation) => Some(body_member(
            side,
            operation,
            name,
            schema,
            member.is_required,
        )),
        Owner::Type { .. } => Some(field(
            name,
            &type_of(side, schema, hint),
            member.is_required,
        )),
    }
}

pub(super) fn hint(rust: &Rust<'_>, name: &str) -> String {
    names::inner_type_name(&rust.hint, name)
}

/// Whether the client refuses a reply without the member of the revision.
fn must_come<'t>(walk: &Walk<'t>, is: &Member<'t>) -> bool {
    let mut schemas = is.schemas.iter();
    is.is_required && !schemas.any(|schema| type_of(&walk.revision, schema, "").nullable)
}

/// Whether two members are fields of types of the same name: what else decides about a call's arguments stands elsewhere.
fn are_fields_of_the_same(pair: &Pair<'_>) -> bool {
    let are_fields = matches!(
        (pair.base_rust.owner, pair.revision_rust.owner),
        (Owner::Type { .. }, Owner::Type { .. })
    );
    are_fields && pair.base_rust.hint == pair.revision_rust.hint
}

/// Whether two members are written alike, with all that they refer to, and become the same in Rust, so that there is
/// nothing to find.
fn is_unchanged(walk: &Walk<'_>, pair: &Pair<'_>, was: &Member<'_>, is: &Member<'_>) -> bool {
    pair.base_rust.is_like(&pair.revision_rust)
        && (was.is_required, was.travels) == (is.is_required, is.travels)
        && walk.are_same(&was.schemas, &is.schemas)
}

/// What a schema inside an object becomes in Rust.
fn inner<'t>(rust: &Rust<'t>, name: &str) -> Rust<'t> {
    let owner = match rust.owner {
        Owner::Nobody => Owner::Nobody,
        Owner::Type { input } => Owner::Type { input },
        Owner::Call(_) => Owner::Type { input: true },
    };
    Rust {
        owner,
        hint: hint(rust, name),
    }
}

/// The node of a side that stands for all its members, and for a missing one.
pub(super) fn around<'t>(view: &View<'t>) -> Option<&'t Node> {
    view.first("properties")
        .or_else(|| view.parts.first().copied())
        .or_else(|| view.origin())
}

fn spot<'t>(view: &View<'t>, member: Option<&Member<'t>>) -> Option<Spot<'t>> {
    if let Some(schema) = member.and_then(|member| member.schemas.first()) {
        return Some(Spot::key(schema));
    }
    // A name that is only required stands in the list of required ones.
    let listed = member.and_then(|member| member.listed);
    listed
        .map(Spot::value)
        .or_else(|| around(view).map(Spot::key))
}

fn report<'t>(
    walk: &mut Walk<'t>,
    pair: &Pair<'t>,
    name: &str,
    members: (Option<&Member<'t>>, Option<&Member<'t>>),
    make: impl FnOnce(Spot<'t>, Spot<'t>) -> Found<'t>,
) {
    let spots = spot(&pair.base, members.0).zip(spot(&pair.revision, members.1));
    if let Some((base, revision)) = spots {
        let lines = RustLines {
            base: members.0.and_then(|member| {
                let rust = &pair.base_rust;
                line(&walk.base, rust, &hint(rust, name), name, member)
            }),
            revision: members.1.and_then(|member| {
                let rust = &pair.revision_rust;
                line(&walk.revision, rust, &hint(rust, name), name, member)
            }),
        };
        let found = make(base, revision).rust(lines);
        walk.report(found);
    }
}

/// `` `sid` of `InstalledAddOn` ``
fn words<'t>(walk: &Walk<'t>, pair: &Pair<'t>, name: &str) -> String {
    let owner = walk.pair_words(pair);
    match owner
        .strip_prefix('`')
        .and_then(|rest| rest.split_once("` of "))
    {
        Some((path, owner)) => format!("`{path}.{name}` of {owner}"),
        None => format!("`{name}` of {owner}"),
    }
}

/// Compares a member that only one side declares with what the other one says of undeclared members, which it could be
/// there.
fn undeclared<'t>(
    walk: &mut Walk<'t>,
    pair: &Pair<'t>,
    (base, revision): (Vec<&'t Node>, Vec<&'t Node>),
    member: &'t Node,
) {
    let slot = walk.hidden_slot((Spot::key(member), Spot::key(member)));
    request(
        walk,
        Request {
            base,
            revision,
            direction: pair.direction,
            slot,
            base_rust: Rust::default(),
            revision_rust: Rust::default(),
            has_defaults: true,
        },
    );
}

fn removed<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, name: &str, was: &Member<'t>) {
    let rule = match (pair.direction, was.is_required) {
        (Direction::Request, _) if is_closed(&pair.revision) => {
            &rules::REQUEST_PROPERTY_REMOVED_CLOSED
        }
        (Direction::Request, _) => &rules::REQUEST_PROPERTY_REMOVED,
        (Direction::Response, true) => &rules::RESPONSE_PROPERTY_REMOVED_REQUIRED,
        (Direction::Response, false) => &rules::RESPONSE_PROPERTY_REMOVED_OPTIONAL,
    };
    if let (Some(member), Some(others)) = (was.schemas.first(), described_others(&pair.revision)) {
        undeclared(walk, pair, (was.schemas.clone(), others), member);
    }
    let text = format!("{} is gone", words(walk, pair, name));
    report(walk, pair, name, (Some(was), None), |base, revision| {
        Found::new(rule, base, revision, text)
            .values(name, "")
            .off_wire(!was.travels)
    });
}

fn added<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, name: &str, is: &Member<'t>) {
    let (rule, what): (&'static Rule, _) = match (pair.direction, is.is_required) {
        (Direction::Request, true) => (
            &rules::REQUEST_PROPERTY_ADDED_REQUIRED,
            "is new and required",
        ),
        (Direction::Request, false) => (&rules::REQUEST_PROPERTY_ADDED_OPTIONAL, "is new"),
        (Direction::Response, _) if is_closed(&pair.base) => (
            &rules::RESPONSE_PROPERTY_ADDED_CLOSED,
            "is new where nothing could be added",
        ),
        (Direction::Response, _) => (&rules::RESPONSE_PROPERTY_ADDED, "is new"),
    };
    let source = match pair.revision_rust.owner {
        Owner::Nobody => Verdict::None,
        // One more argument.
        Owner::Call(_) | Owner::Type { input: true } if is.is_required => Verdict::Breaking,
        Owner::Call(_) | Owner::Type { .. } => Verdict::Additive,
    };
    // Replies without it become undecodable, and what was found among the undeclared members is found elsewhere.
    let runtime = match pair.revision_rust.owner {
        Owner::Type { .. } if must_come(walk, is) || keeps(&pair.base) => Verdict::Warning,
        _ => Verdict::None,
    };
    if let (Some(member), Some(others)) = (is.schemas.first(), described_others(&pair.base)) {
        undeclared(walk, pair, (others, is.schemas.clone()), member);
    }
    let text = format!("{} {what}", words(walk, pair, name));
    report(walk, pair, name, (None, Some(is)), |base, revision| {
        Found::new(rule, base, revision, text)
            .values("", name)
            .source(source)
            .runtime(runtime)
            .off_wire(!is.travels)
    });
}

/// A member that is only required can be anything, and one that is described cannot.
fn described<'t>(
    walk: &mut Walk<'t>,
    pair: &Pair<'t>,
    name: &str,
    was: &Member<'t>,
    is: &Member<'t>,
) {
    if was.schemas.is_empty() && is.schemas.is_empty() {
        return;
    }
    let (rule, what): (&'static Rule, _) = match (pair.direction, was.schemas.is_empty()) {
        (Direction::Request, true) => (&rules::REQUEST_TYPE_NARROWED, "now has a schema"),
        (Direction::Request, false) => (&rules::REQUEST_TYPE_WIDENED, "can now be anything"),
        (Direction::Response, true) => (&rules::RESPONSE_TYPE_NARROWED, "now has a schema"),
        (Direction::Response, false) => (&rules::RESPONSE_TYPE_WIDENED, "can now be anything"),
    };
    let text = format!("{} {what}", words(walk, pair, name));
    let values = |member: &Member<'t>| {
        member
            .schemas
            .first()
            .copied()
            .map(exact)
            .unwrap_or_default()
    };
    let values = (values(was), values(is));
    report(walk, pair, name, (Some(was), Some(is)), |base, revision| {
        Found::new(rule, base, revision, text).values(values.0, values.1)
    });
}

fn both<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, name: &str, was: &Member<'t>, is: &Member<'t>) {
    if is_unchanged(walk, pair, was, is) {
        return;
    }
    let members = (Some(was), Some(is));
    if was.travels != is.travels {
        let (rule, what): (&'static Rule, _) = match (pair.direction, is.travels) {
            (Direction::Request, false) => (
                &rules::REQUEST_PROPERTY_BECAME_READ_ONLY,
                "is now read-only",
            ),
            (Direction::Request, true) if is.is_required => (
                &rules::REQUEST_PROPERTY_BECAME_WRITABLE_REQUIRED,
                "is no longer read-only, and it is required",
            ),
            (Direction::Request, true) => (
                &rules::REQUEST_PROPERTY_BECAME_WRITABLE,
                "is no longer read-only",
            ),
            (Direction::Response, false) if was.is_required => (
                &rules::RESPONSE_PROPERTY_BECAME_WRITE_ONLY_REQUIRED,
                "is now write-only, and every reply had it",
            ),
            (Direction::Response, false) => (
                &rules::RESPONSE_PROPERTY_BECAME_WRITE_ONLY,
                "is now write-only",
            ),
            (Direction::Response, true) => (
                &rules::RESPONSE_PROPERTY_BECAME_READABLE,
                "is no longer write-only",
            ),
        };
        let text = format!("{} {what}", words(walk, pair, name));
        report(walk, pair, name, members, |base, revision| {
            Found::new(rule, base, revision, text).values(name, name)
        });
    }
    if was.is_required != is.is_required {
        let (rule, what): (&'static Rule, _) = match (pair.direction, is.is_required) {
            (Direction::Request, true) => {
                (&rules::REQUEST_PROPERTY_BECAME_REQUIRED, "is now required")
            }
            (Direction::Request, false) => (
                &rules::REQUEST_PROPERTY_BECAME_OPTIONAL,
                "is no longer required",
            ),
            (Direction::Response, true) => (
                &rules::RESPONSE_PROPERTY_BECAME_REQUIRED,
                "is now in every reply",
            ),
            (Direction::Response, false) => (
                &rules::RESPONSE_PROPERTY_BECAME_OPTIONAL,
                "can now be missing",
            ),
        };
        let text = format!("{} {what}", words(walk, pair, name));
        report(walk, pair, name, members, |base, revision| {
            Found::new(rule, base, revision, text)
                .values(name, name)
                .off_wire(!was.travels || !is.travels)
        });
    }
    // What does not travel in this direction is compared in the other one.
    if !was.travels && !is.travels {
        return;
    }
    let (Some(old), Some(new)) = (was.schemas.first(), is.schemas.first()) else {
        described(walk, pair, name, was, is);
        return;
    };
    let views = (
        View::new(&walk.base, &was.schemas),
        View::new(&walk.revision, &is.schemas),
    );
    defaults::of_member(
        walk,
        &views.0,
        &views.1,
        pair.direction,
        !was.is_required && !is.is_required,
    );
    if was.travels != is.travels {
        return;
    }
    let (base_rust, revision_rust) = (
        inner(&pair.base_rust, name),
        inner(&pair.revision_rust, name),
    );
    let are_equal = was.schemas.len() == is.schemas.len()
        && was
            .schemas
            .iter()
            .zip(&is.schemas)
            .all(|(was, is)| walk.is_equal(Some(was), Some(is)));
    let lines = if are_fields_of_the_same(pair) && are_equal {
        RustLines::default()
    } else {
        // Whether it is required was compared above, so here both are taken as required alike.
        let alike = Member {
            is_required: is.is_required,
            ..was.clone()
        };
        RustLines {
            base: line(&walk.base, &pair.base_rust, &base_rust.hint, name, &alike),
            revision: line(
                &walk.revision,
                &pair.revision_rust,
                &revision_rust.hint,
                name,
                is,
            ),
        }
    };
    let spots = (Spot::key(old), Spot::key(new));
    let slot = walk.slot(
        lines,
        Some(&rules::REFERENCE_CHANGED),
        spots,
        "has another Rust type",
    );
    request(
        walk,
        Request {
            base: was.schemas.clone(),
            revision: is.schemas.clone(),
            direction: pair.direction,
            slot,
            base_rust,
            revision_rust,
            has_defaults: true,
        },
    );
}
