//! Types, formats and null: what kind of value a schema takes.

use super::pair::Pair;
use super::{Direction, View};
use crate::diff::rules::{self, Rule};
use crate::diff::side::brief;
use crate::diff::walk::{Found, Walk};
use crate::load::Node;

/// A set of kinds of values. A whole number is a number too, so `integer` is a part of `number`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kinds(u8);

const BOOLEAN: u8 = 1;
const INTEGER: u8 = 2;
const FRACTION: u8 = 4;
const STRING: u8 = 8;
const ARRAY: u8 = 16;
const OBJECT: u8 = 32;

impl Kinds {
    const ALL: Self = Self(BOOLEAN | INTEGER | FRACTION | STRING | ARRAY | OBJECT);

    fn named(name: &str) -> u8 {
        match name {
            "boolean" => BOOLEAN,
            "integer" => INTEGER,
            "number" => INTEGER | FRACTION,
            "string" => STRING,
            "array" => ARRAY,
            "object" => OBJECT,
            // Null is looked at apart from the kind.
            "null" => 0,
            _ => Self::ALL.0,
        }
    }

    /// The kinds that one part of a schema takes. A part that names none takes the kind that its keywords are about.
    fn of(part: &Node) -> Self {
        let has = |keys: &[&str]| keys.iter().any(|key| part.get(key).is_some());
        match part.get("type") {
            Some(kind) if !kind.items().is_empty() => {
                let names = kind.items().iter().filter_map(Node::as_text);
                Self(names.fold(0, |kinds, name| kinds | Self::named(name)))
            }
            Some(kind) => Self(kind.as_text().map_or(Self::ALL.0, Self::named)),
            None if has(&["properties", "additionalProperties", "required"]) => Self(OBJECT),
            None if has(&["items"]) => Self(ARRAY),
            None if has(&["pattern", "minLength", "maxLength"]) => Self(STRING),
            None => Self::ALL,
        }
    }

    /// The words that go after "is of".
    fn phrase(self) -> String {
        let words = self.words();
        if words.starts_with('`') {
            format!("type {words}")
        } else {
            words
        }
    }

    fn words(self) -> String {
        let names = [
            (INTEGER | FRACTION, "number"),
            (INTEGER, "integer"),
            (BOOLEAN, "boolean"),
            (STRING, "string"),
            (ARRAY, "array"),
            (OBJECT, "object"),
        ];
        if self == Self::ALL {
            return "any type".to_owned();
        }
        let mut left = self.0;
        let mut words = Vec::new();
        for (bits, name) in names {
            if left & bits == bits {
                left &= !bits;
                words.push(format!("`{name}`"));
            }
        }
        if words.is_empty() {
            "no type".to_owned()
        } else {
            words.join(" or ")
        }
    }
}

fn kinds(view: &View<'_>) -> Kinds {
    view.parts
        .iter()
        .fold(Kinds::ALL, |kinds, part| Kinds(kinds.0 & Kinds::of(part).0))
}

/// Whether a schema takes neither lists nor objects.
pub(in crate::diff) fn is_scalar(view: &View<'_>) -> bool {
    kinds(view).0 & (ARRAY | OBJECT) == 0
}

/// Whether a schema takes lists alone.
pub(in crate::diff) fn is_list(view: &View<'_>) -> bool {
    kinds(view).0 == ARRAY
}

/// The three rules for a change of one direction: fewer values, more values, other values.
fn pick(
    direction: Direction,
    request: [&'static Rule; 3],
    response: [&'static Rule; 3],
    which: usize,
) -> Option<&'static Rule> {
    let rules = if direction == Direction::Request {
        request
    } else {
        response
    };
    rules.get(which).copied()
}

const NARROWED: usize = 0;
const WIDENED: usize = 1;
const CHANGED: usize = 2;

/// Compares types and formats. Gives `false` where the two have nothing in common, so that looking further makes no sense.
pub(super) fn compare<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) -> bool {
    let (base, revision) = (kinds(&pair.base), kinds(&pair.revision));
    if base == revision {
        format(walk, pair);
        return true;
    }
    let common = base.0 & revision.0;
    let which = if common == revision.0 && revision.0 != 0 {
        NARROWED
    } else if common == base.0 && base.0 != 0 {
        WIDENED
    } else {
        CHANGED
    };
    let rule = pick(
        pair.direction,
        [
            &rules::REQUEST_TYPE_NARROWED,
            &rules::REQUEST_TYPE_WIDENED,
            &rules::REQUEST_TYPE_CHANGED,
        ],
        [
            &rules::RESPONSE_TYPE_NARROWED,
            &rules::RESPONSE_TYPE_WIDENED,
            &rules::RESPONSE_TYPE_CHANGED,
        ],
        which,
    );
    let text = format!(
        "{} is of {} instead of {}",
        walk.pair_words(pair),
        revision.phrase(),
        base.words()
    );
    let spots = (pair.base.first("type"), pair.revision.first("type"));
    if let Some(rule) = rule {
        walk.report_keyword(pair, spots, |old, new| {
            Found::new(rule, old, new, text).values(base.words(), revision.words())
        });
    }
    common != 0
}

/// Formats of which the first takes only values that the second takes too.
const INSIDE: [(&str, &str); 8] = [
    ("int32", "int64"),
    ("float", "double"),
    ("uri", "uri-reference"),
    ("uri", "iri"),
    ("uri-reference", "iri-reference"),
    ("iri", "iri-reference"),
    ("email", "idn-email"),
    ("hostname", "idn-hostname"),
];

fn format<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    let (old, new) = (pair.base.first("format"), pair.revision.first("format"));
    let text = |node: Option<&'t Node>| node.and_then(Node::as_text);
    let which = match (text(old), text(new)) {
        (None, None) => return,
        (Some(old), Some(new)) if old == new => return,
        (None, Some(_)) => NARROWED,
        (Some(_), None) => WIDENED,
        (Some(old), Some(new)) if INSIDE.contains(&(new, old)) => NARROWED,
        (Some(old), Some(new)) if INSIDE.contains(&(old, new)) => WIDENED,
        (Some(_), Some(_)) => CHANGED,
    };
    let rule = pick(
        pair.direction,
        [
            &rules::REQUEST_FORMAT_NARROWED,
            &rules::REQUEST_FORMAT_WIDENED,
            &rules::REQUEST_FORMAT_CHANGED,
        ],
        [
            &rules::RESPONSE_FORMAT_NARROWED,
            &rules::RESPONSE_FORMAT_WIDENED,
            &rules::RESPONSE_FORMAT_CHANGED,
        ],
        which,
    );
    let words = walk.pair_words(pair);
    let sentence = match (text(old), text(new)) {
        (Some(old), Some(new)) => format!("{words} has the format `{new}` instead of `{old}`"),
        (None, Some(new)) => format!("{words} now has the format `{new}`"),
        (old, None) => format!(
            "{words} no longer has the format `{}`",
            old.unwrap_or_default()
        ),
    };
    let values = (text(old).unwrap_or_default(), text(new).unwrap_or_default());
    if let Some(rule) = rule {
        walk.report_keyword(pair, (old, new), |base, revision| {
            Found::new(rule, base, revision, sentence).values(values.0, values.1)
        });
    }
}

/// Whether a schema says nothing of which kinds of values fit.
fn takes_anything(view: &View<'_>) -> bool {
    const KINDS: [&str; 5] = ["type", "oneOf", "anyOf", "enum", "allOf"];
    view.broken.is_none()
        && !view.parts.is_empty()
        && KINDS.iter().all(|key| view.first(key).is_none())
}

/// Compares whether a value can be null. Around a reference only what stands there itself is reported; what the component
/// says is reported with the component.
pub(super) fn null<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, is_wrapper: bool) {
    let stated = |view: &View<'t>| view.parts.first().and_then(|part| part.get("nullable"));
    let (old, new) = (stated(&pair.base), stated(&pair.revision));
    if is_wrapper && old.map(brief) == new.map(brief) {
        return;
    }
    // What names no type takes null with all else, and that it names one is a change of the type.
    if takes_anything(&pair.base) || takes_anything(&pair.revision) {
        return;
    }
    let mut can_be = (
        pair.base.is_nullable(&walk.base),
        pair.revision.is_nullable(&walk.revision),
    );
    // Where null has to be on the list too, it can leave it. A list that never had it is taken for one of what else there is.
    if let (true, true, Some(old), Some(new)) = (
        can_be.0,
        can_be.1,
        pair.base.first("enum"),
        pair.revision.first("enum"),
    ) {
        let has_null = |list: &Node| list.items().iter().any(Node::is_null);
        can_be = (has_null(old), has_null(new));
    }
    let (rule, text) = match (pair.direction, can_be) {
        (_, (true, true) | (false, false)) => return,
        (Direction::Request, (true, false)) => {
            (&rules::REQUEST_NULL_FORBIDDEN, "can no longer be null")
        }
        (Direction::Request, (false, true)) => (&rules::REQUEST_NULL_ALLOWED, "can now be null"),
        (Direction::Response, (true, false)) => {
            (&rules::RESPONSE_NULL_FORBIDDEN, "can no longer be null")
        }
        (Direction::Response, (false, true)) => (&rules::RESPONSE_NULL_ALLOWED, "can now be null"),
    };
    let sentence = format!("{} {text}", walk.pair_words(pair));
    walk.report_keyword(pair, (old, new), |base, revision| {
        Found::new(rule, base, revision, sentence)
            .values(can_be.0.to_string(), can_be.1.to_string())
    });
}
