//! Lists of values.

use super::pair::Pair;
use super::{Direction, View};
use crate::diff::change::RustLines;
use crate::diff::digest::{Bag, exact};
use crate::diff::rules;
use crate::diff::rust::{Made, variant};
use crate::diff::side::brief;
use crate::diff::verdict::Verdict;
use crate::diff::walk::{Found, Walk};
use crate::load::{Kind, Node};

/// The values that a schema allows, if it lists them. Null is looked at elsewhere.
fn values<'t>(view: &View<'t>) -> Option<Vec<&'t Node>> {
    let mut lists = view.all("enum");
    let mut values: Vec<&'t Node> = lists
        .next()?
        .items()
        .iter()
        .filter(|value| !value.is_null())
        .collect();
    for list in lists {
        let known = Bag::new(list.items().iter().map(|value| (value, ())));
        values.retain(|value| known.has(value));
    }
    // Both booleans are all there are.
    let has = |wanted: bool| values.iter().any(|value| value.as_bool() == Some(wanted));
    let is_boolean = view.first("type").and_then(Node::as_str) == Some("boolean");
    (!(is_boolean && has(true) && has(false))).then_some(values)
}

/// Whether a list has a number that is the same, however it is written: `1` is `1.0`.
fn has_number(list: &[&Node], value: &Node) -> bool {
    let number = |node: &Node| match node.kind() {
        Kind::Integer | Kind::Float => node.as_text()?.parse::<f64>().ok(),
        _ => None,
    };
    // Long whole numbers are told apart by their digits alone.
    const MAX_EXACT: f64 = 9_007_199_254_740_992.0;
    number(value)
        .filter(|own| own.abs() < MAX_EXACT)
        .is_some_and(|own| list.iter().any(|other| number(other) == Some(own)))
}

pub(super) fn compare<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    let lists = (pair.base.first("enum"), pair.revision.first("enum"));
    let (old, new) = match (values(&pair.base), values(&pair.revision)) {
        (None, None) => return,
        (Some(old), Some(new)) => (old, new),
        (old, new) => {
            let rule = match (pair.direction, new.is_some()) {
                (Direction::Request, true) => &rules::REQUEST_ENUM_ADDED,
                (Direction::Request, false) => &rules::REQUEST_ENUM_REMOVED,
                (Direction::Response, true) => &rules::RESPONSE_ENUM_ADDED,
                (Direction::Response, false) => &rules::RESPONSE_ENUM_REMOVED,
            };
            let shown =
                |values: Option<Vec<&Node>>| values.map(|values| join(&values)).unwrap_or_default();
            let (old, new) = (shown(old), shown(new));
            let words = walk.pair_words(pair);
            let text = match (pair.direction, old.is_empty()) {
                (Direction::Request, true) => format!("{words} must now be one of {new}"),
                (Direction::Request, false) => format!("{words} need no longer be one of {old}"),
                (Direction::Response, true) => format!("{words} is now one of {new}"),
                (Direction::Response, false) => format!("{words} need no longer be one of {old}"),
            };
            walk.report_keyword(pair, lists, |base, revision| {
                Found::new(rule, base, revision, text).values(old, new)
            });
            return;
        }
    };
    let is_rust_enum = is_rust_enum(&pair.base) && is_rust_enum(&pair.revision);
    let (known_old, known_new) = (
        Bag::new(old.iter().map(|value| (*value, ()))),
        Bag::new(new.iter().map(|value| (*value, ()))),
    );
    let removed: Vec<&'t Node> = old
        .iter()
        .copied()
        .filter(|value| !known_new.has(value) && !has_number(&new, value))
        .collect();
    let added: Vec<&'t Node> = new
        .iter()
        .copied()
        .filter(|value| !known_old.has(value) && !has_number(&old, value))
        .collect();
    for value in &removed {
        let rule = if pair.direction == Direction::Request {
            &rules::REQUEST_ENUM_VALUE_REMOVED
        } else {
            &rules::RESPONSE_ENUM_VALUE_REMOVED
        };
        let text = format!(
            "{} can no longer be `{}`",
            walk.pair_words(pair),
            brief(value)
        );
        // The variant of the value goes.
        let source = if is_rust_enum {
            Verdict::Breaking
        } else {
            Verdict::None
        };
        let line = variant_of(walk, pair, value, |(base, _)| base);
        walk.report_keyword(pair, (Some(value), lists.1), |base, revision| {
            let found = Found::new(rule, base, revision, text)
                .values(exact(value), "")
                .source(source);
            with_variant(found, line, None)
        });
    }
    for value in &added {
        let rule = if pair.direction == Direction::Request {
            &rules::REQUEST_ENUM_VALUE_ADDED
        } else {
            &rules::RESPONSE_ENUM_VALUE_ADDED
        };
        let text = format!("{} can now be `{}`", walk.pair_words(pair), brief(value));
        // The value was kept as unknown and gets a variant of its own, which shows in what is read.
        let (source, runtime) = match pair.direction {
            _ if !is_rust_enum => (Verdict::None, Verdict::None),
            Direction::Request => (Verdict::Additive, Verdict::None),
            Direction::Response => (Verdict::Additive, Verdict::Warning),
        };
        let line = variant_of(walk, pair, value, |(_, revision)| revision);
        walk.report_keyword(pair, (lists.0, Some(value)), |base, revision| {
            let found = Found::new(rule, base, revision, text)
                .values("", exact(value))
                .source(source)
                .runtime(runtime);
            with_variant(found, None, line)
        });
    }
    let is_reordered = old.iter().all(|value| known_new.has(value)) && old != new;
    if removed.is_empty() && added.is_empty() && is_reordered {
        let text = format!(
            "the values of {} stand in another order",
            walk.pair_words(pair)
        );
        walk.report_keyword(pair, lists, |base, revision| {
            Found::new(&rules::ENUM_REORDERED, base, revision, text).values(join(&old), join(&new))
        });
    }
}

/// The variant of a value, where the schema is a component that callers know as an enum.
fn variant_of<'t>(
    walk: &Walk<'t>,
    pair: &Pair<'t>,
    value: &Node,
    name: impl Fn((&'t str, &'t str)) -> &'t str,
) -> Option<String> {
    let components = pair.components.filter(|_| pair.is_made(walk, Made::Enum))?;
    variant(name(components), value.as_str()?)
}

fn with_variant<'t>(found: Found<'t>, base: Option<String>, revision: Option<String>) -> Found<'t> {
    if base.is_none() && revision.is_none() {
        found
    } else {
        found.rust(RustLines { base, revision })
    }
}

// The generator makes an enum of a list of strings, with a variant for whatever the list lacks.
fn is_rust_enum(view: &View<'_>) -> bool {
    view.first("enum").is_some_and(|list| {
        list.items()
            .iter()
            .all(|value| matches!(value.kind(), Kind::String | Kind::Null))
    })
}

fn join(values: &[&Node]) -> String {
    let values: Vec<String> = values
        .iter()
        .map(|value| format!("`{}`", brief(value)))
        .collect();
    values.join(", ")
}
