//! Compares the keywords of two schemas of one type that restrict their values, one by one.

use std::collections::BTreeSet;

use super::difference::{Kind, Way};
use super::operation::{Comparison, Said};
use super::schema::Pair;
use super::shape::value;
use crate::diff::pattern::{Relation, relate};
use crate::diff::schema::View;
use crate::load::Node;

/// The bounds of numbers, lengths and counts.
const BOUNDS: [&str; 12] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

pub(super) fn compare<'t>(comparison: &mut Comparison<'_, 't>, pair: &Pair<'t>) {
    plain(comparison, pair, Kind::Format, "format");
    plain(comparison, pair, Kind::Default, "default");
    for key in BOUNDS {
        plain(comparison, pair, Kind::Bound, key);
    }
    pattern(comparison, pair);
    values(comparison, pair);
}

/// A keyword that means the same exactly if its value is the same.
fn plain<'t>(comparison: &mut Comparison<'_, 't>, pair: &Pair<'t>, kind: Kind, key: &str) {
    let [one, other] = [&pair.published, &pair.curated].map(|view| stated(view, key));
    let same = match (one, other) {
        (Some(one), Some(other)) => is_same(one, other),
        (one, other) => one.is_none() && other.is_none(),
    };
    if !same {
        let words = [value(one), value(other)];
        let text = format!("`{key}`");
        report(comparison, pair, kind, key, [&words[0], &words[1]], &text);
    }
}

/// The value of a keyword, unless it says what holds anyway.
fn stated<'t>(view: &View<'t>, key: &str) -> Option<&'t Node> {
    let is_switch = matches!(key, "exclusiveMinimum" | "exclusiveMaximum" | "uniqueItems");
    let is_least_count = matches!(key, "minLength" | "minItems" | "minProperties");
    view.first(key).filter(|node| {
        !(is_switch && node.as_bool() == Some(false)
            || is_least_count && node.as_integer() == Some(0))
    })
}

/// Numbers are the same if they are equal, however they are written.
fn is_same(one: &Node, other: &Node) -> bool {
    one == other
        || match (one.as_integer(), other.as_integer()) {
            (Some(one), Some(other)) => one == other,
            _ => one.as_float().is_some() && one.as_float() == other.as_float(),
        }
}

fn pattern<'t>(comparison: &mut Comparison<'_, 't>, pair: &Pair<'t>) {
    let [one, other] = [&pair.published, &pair.curated].map(|view| view.first("pattern"));
    let note = match (one.and_then(Node::as_text), other.and_then(Node::as_text)) {
        (Some(one), Some(other)) => match relate(one, other).unwrap_or(Relation::Unknown) {
            Relation::Equal => return,
            Relation::Tighter => "; here it matches fewer texts",
            Relation::Looser => "; here it matches more texts",
            Relation::Disjoint => "; the two match none of each other's texts",
            Relation::Overlapping => "; each of the two matches texts that the other does not",
            Relation::Unknown => "",
        },
        (None, None) => return,
        _ => "",
    };
    let words = [value(one), value(other)];
    let [there, here] = pair.parts(comparison, "pattern");
    comparison.said(Said {
        kind: Kind::Pattern,
        way: Way::Different,
        there,
        below_there: &["pattern"],
        here,
        below: &["pattern"],
        words: [&words[0], &words[1]],
        text: "the pattern",
        note,
    });
}

/// The order of known values does not count.
fn values<'t>(comparison: &mut Comparison<'_, 't>, pair: &Pair<'t>) {
    let [one, other] = [&pair.published, &pair.curated].map(|view| view.first("enum"));
    if one == other {
        return;
    }
    let words = [one, other].map(|node| {
        let list = node.map(Node::items).unwrap_or_default();
        let values: BTreeSet<String> = list.iter().map(|node| value(Some(node))).collect();
        let values: Vec<String> = values.into_iter().collect();
        node.map_or_else(|| "none".to_owned(), |_| values.join(", "))
    });
    if words[0] == words[1] {
        return;
    }
    report(
        comparison,
        pair,
        Kind::Enum,
        "enum",
        [&words[0], &words[1]],
        "`enum`",
    );
}

fn report<'t>(
    comparison: &mut Comparison<'_, 't>,
    pair: &Pair<'t>,
    kind: Kind,
    key: &str,
    words: [&str; 2],
    text: &str,
) {
    let [there, here] = pair.parts(comparison, key);
    comparison.differs(kind, there, (here, &[key]), words, text);
}
