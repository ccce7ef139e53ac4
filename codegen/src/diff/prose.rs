//! What no message carries: descriptions, examples, extensions, deprecation; and keywords that nobody knows, which are
//! reported rather than passed over.

use indexmap::IndexSet;

use super::digest::exact;
use super::rules::{self, Rule};
use super::schema::View;
use super::side::is_on;
use super::walk::{Found, Spot, Walk};
use crate::load::Node;

/// Keywords that only people read.
const DESCRIPTIONS: [&str; 4] = ["description", "summary", "title", "externalDocs"];
const EXAMPLES: [&str; 2] = ["example", "examples"];

/// Keywords of a schema that other modules compare.
const SCHEMA: [&str; 32] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "discriminator",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
    "deprecated",
];

/// What a keyword that nobody else compares is.
fn rule(key: &str) -> &'static Rule {
    if DESCRIPTIONS.contains(&key) {
        &rules::DESCRIPTION_CHANGED
    } else if EXAMPLES.contains(&key) {
        &rules::EXAMPLE_CHANGED
    } else if key.starts_with("x-") {
        &rules::EXTENSION_CHANGED
    } else {
        &rules::KEYWORD_CHANGED
    }
}

/// Compares all keywords of two things but those that others compare.
pub(super) fn rest<'t>(walk: &mut Walk<'t>, base: &'t Node, revision: &'t Node, known: &[&str]) {
    rest_without(walk, base, revision, |key| known.contains(&key));
}

/// Compares all keywords of two things but those that are known elsewhere.
pub(super) fn rest_without<'t>(
    walk: &mut Walk<'t>,
    base: &'t Node,
    revision: &'t Node,
    is_known: impl Fn(&str) -> bool,
) {
    let old = base.entries().iter().map(|entry| {
        (
            entry.key.text.as_str(),
            Some(&entry.value),
            revision.get(&entry.key.text),
        )
    });
    let new = revision
        .entries()
        .iter()
        .filter(|entry| base.get(&entry.key.text).is_none());
    let new = new.map(|entry| (entry.key.text.as_str(), None, Some(&entry.value)));
    for (key, old, new) in old.chain(new).filter(|(key, ..)| !is_known(key)) {
        if is_equal(walk, key, old, new) {
            continue;
        }
        let words = walk.words(base);
        keyword(walk, key, &words, (old, new), (base, revision));
    }
}

/// Whether there is nothing to say of a keyword. What one that nobody knows refers to is a part of it.
fn is_equal<'t>(
    walk: &mut Walk<'t>,
    key: &str,
    old: Option<&'t Node>,
    new: Option<&'t Node>,
) -> bool {
    if std::ptr::eq(rule(key), &rules::KEYWORD_CHANGED) {
        walk.means_same(old, new)
    } else {
        walk.is_equal(old, new)
    }
}

fn keyword<'t>(
    walk: &mut Walk<'t>,
    key: &str,
    words: &str,
    (old, new): (Option<&'t Node>, Option<&'t Node>),
    (base, revision): (&'t Node, &'t Node),
) {
    let verb = match (old, new) {
        (None, _) => "is new",
        (_, None) => "is gone",
        _ => "is different",
    };
    let text = format!("the `{key}` of {words} {verb}");
    let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
    let spots = (Spot::keyword(old, base), Spot::keyword(new, revision));
    walk.report(Found::new(rule(key), spots.0, spots.1, text).values(value(old), value(new)));
}

/// Compares what no value has to fit in a pair of schemas.
pub(super) fn schema<'t>(walk: &mut Walk<'t>, base: &View<'t>, revision: &View<'t>) {
    let (Some(old_origin), Some(new_origin)) = (base.origin(), revision.origin()) else {
        return;
    };
    let around = |view: &View<'t>, origin: &'t Node| view.parts.first().copied().unwrap_or(origin);
    let around = (around(base, old_origin), around(revision, new_origin));
    let mut keys: IndexSet<&'t str> = IndexSet::new();
    for part in base.parts.iter().chain(&revision.parts) {
        let unknown = part
            .entries()
            .iter()
            .map(|entry| entry.key.text.as_str())
            .filter(|key| !SCHEMA.contains(key));
        keys.extend(unknown);
    }
    for key in keys {
        let (old, new) = (base.first(key), revision.first(key));
        if !is_equal(walk, key, old, new) {
            let words = walk.words(old_origin);
            keyword(walk, key, &words, (old, new), around);
        }
    }
    let (old, new) = (base.first("xml"), revision.first("xml"));
    if old != new {
        let text = format!(
            "{} is now written in another way in XML",
            walk.words(old_origin)
        );
        let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
        let spots = (Spot::keyword(old, around.0), Spot::keyword(new, around.1));
        walk.report(
            Found::new(&rules::XML_CHANGED, spots.0, spots.1, text).values(value(old), value(new)),
        );
    }
    let is_on = revision.is_on("deprecated");
    if base.is_on("deprecated") != is_on {
        let words = walk.words(old_origin);
        let spots = (
            Spot::keyword(base.first("deprecated"), around.0),
            Spot::keyword(revision.first("deprecated"), around.1),
        );
        deprecation(
            walk,
            &words,
            is_on,
            [&rules::PROPERTY_DEPRECATED, &rules::PROPERTY_RESTORED],
            spots,
        );
    }
}

/// Compares whether two things are deprecated.
pub(super) fn deprecated<'t>(
    walk: &mut Walk<'t>,
    base: &'t Node,
    revision: &'t Node,
    rules: [&'static Rule; 2],
) {
    if is_on(base, "deprecated") != is_on(revision, "deprecated") {
        let words = walk.words(base);
        let spots = (
            Spot::keyword(base.get("deprecated"), base),
            Spot::keyword(revision.get("deprecated"), revision),
        );
        deprecation(walk, &words, is_on(revision, "deprecated"), rules, spots);
    }
}

fn deprecation<'t>(
    walk: &mut Walk<'t>,
    words: &str,
    is_on: bool,
    [on, off]: [&'static Rule; 2],
    spots: (Spot<'t>, Spot<'t>),
) {
    let (rule, text) = if is_on {
        (on, "is now deprecated")
    } else {
        (off, "is no longer deprecated")
    };
    walk.report(
        Found::new(rule, spots.0, spots.1, format!("{words} {text}"))
            .values((!is_on).to_string(), is_on.to_string()),
    );
}
