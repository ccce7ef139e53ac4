//! Bounds of numbers, lengths and counts: which way each of them moves.

use std::cmp::Ordering;

use super::pair::Pair;
use super::{Direction, View};
use crate::diff::change::RustLines;
use crate::diff::rules::{self, Rule};
use crate::diff::rust::{Made, bound_constant};
use crate::diff::side::{brief, is_on};
use crate::diff::verdict::Verdict;
use crate::diff::walk::{Found, Walk};
use crate::load::Node;

/// Which way a bound moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Tightened,
    Loosened,
    Changed,
}

pub(super) fn compare<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    range(walk, pair, "minimum", "exclusiveMinimum", true);
    range(walk, pair, "maximum", "exclusiveMaximum", false);
    multiple(walk, pair);
    let lengths = Family {
        least: "minLength",
        most: "maxLength",
        request: [
            &rules::REQUEST_LENGTH_TIGHTENED,
            &rules::REQUEST_LENGTH_LOOSENED,
        ],
        response: [
            &rules::RESPONSE_LENGTH_TIGHTENED,
            &rules::RESPONSE_LENGTH_LOOSENED,
        ],
    };
    let items = Family {
        least: "minItems",
        most: "maxItems",
        request: [
            &rules::REQUEST_ITEMS_TIGHTENED,
            &rules::REQUEST_ITEMS_LOOSENED,
        ],
        response: [
            &rules::RESPONSE_ITEMS_TIGHTENED,
            &rules::RESPONSE_ITEMS_LOOSENED,
        ],
    };
    let properties = Family {
        least: "minProperties",
        most: "maxProperties",
        request: [
            &rules::REQUEST_PROPERTIES_TIGHTENED,
            &rules::REQUEST_PROPERTIES_LOOSENED,
        ],
        response: [
            &rules::RESPONSE_PROPERTIES_TIGHTENED,
            &rules::RESPONSE_PROPERTIES_LOOSENED,
        ],
    };
    for family in [&lengths, &items, &properties] {
        count(walk, pair, family, family.least, true);
        count(walk, pair, family, family.most, false);
    }
    unique(walk, pair, &items);
}

/// A bound, and whether the bound itself is out.
#[derive(Debug, Clone, Copy)]
struct Bound<'t> {
    node: &'t Node,
    value: Number,
    is_open: bool,
}

#[derive(Debug, Clone, Copy)]
enum Number {
    Whole(i128),
    Float(f64),
}

impl Number {
    fn of(node: &Node) -> Option<Self> {
        node.as_integer()
            .map(Self::Whole)
            .or_else(|| node.as_float().map(Self::Float))
    }

    fn float(self) -> f64 {
        match self {
            // Only compared to a number that is a float itself.
            #[allow(clippy::cast_precision_loss, clippy::as_conversions)]
            Self::Whole(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Whole(one), Self::Whole(two)) => one.cmp(&two),
            (one, two) => {
                let (one, two) = (one.float(), two.float());
                // Zero has no sign here.
                one.partial_cmp(&two).unwrap_or_else(|| one.total_cmp(&two))
            }
        }
    }

    /// Whether it is a multiple of another number, as far as decimal fractions can tell.
    fn is_multiple_of(self, other: Self) -> bool {
        match (self, other) {
            (Self::Whole(one), Self::Whole(two)) => one.checked_rem(two) == Some(0),
            (one, two) => {
                const ENOUGH: f64 = 1e-9;
                let times = one.float() / two.float();
                times.is_finite() && (times - times.round()).abs() <= ENOUGH * times.abs().max(1.0)
            }
        }
    }
}

impl<'t> Bound<'t> {
    /// The tightest bound of all parts; `exclusive` is a switch beside the bound, or a bound of its own.
    fn of(view: &View<'t>, key: &str, exclusive: &str, is_least: bool) -> Option<Self> {
        let is_whole = view.first("type").and_then(Node::as_str) == Some("integer");
        let mut tightest: Option<Self> = None;
        for part in &view.parts {
            let plain = part.get(key).and_then(|node| {
                Some(Self {
                    node,
                    value: Number::of(node)?,
                    is_open: is_on(part, exclusive),
                })
            });
            let own = part.get(exclusive).and_then(|node| {
                Some(Self {
                    node,
                    value: Number::of(node)?,
                    is_open: true,
                })
            });
            for bound in [plain, own].into_iter().flatten() {
                let bound = bound.closed(is_whole, is_least);
                if tightest
                    .is_none_or(|known| bound.against(known, is_least) == Some(Move::Tightened))
                {
                    tightest = Some(bound);
                }
            }
        }
        tightest
    }

    /// More than 0 is at least 1, if only whole numbers count.
    fn closed(self, is_whole: bool, is_least: bool) -> Self {
        match self.value {
            Number::Whole(value) if is_whole && self.is_open => {
                let next = if is_least {
                    value.saturating_add(1)
                } else {
                    value.saturating_sub(1)
                };
                Self {
                    value: Number::Whole(next),
                    is_open: false,
                    ..self
                }
            }
            _ => self,
        }
    }

    fn against(self, known: Bound<'_>, is_least: bool) -> Option<Move> {
        let order = self.value.compare(known.value);
        let order = if is_least { order } else { order.reverse() };
        match order.then(self.is_open.cmp(&known.is_open)) {
            Ordering::Less => Some(Move::Loosened),
            Ordering::Equal => None,
            Ordering::Greater => Some(Move::Tightened),
        }
    }

    fn words(self) -> String {
        let text = brief(self.node);
        if self.is_open {
            format!("{text}, itself excluded")
        } else {
            text
        }
    }
}

fn range<'t>(
    walk: &mut Walk<'t>,
    pair: &Pair<'t>,
    key: &'static str,
    exclusive: &str,
    is_least: bool,
) {
    let old = Bound::of(&pair.base, key, exclusive, is_least);
    let new = Bound::of(&pair.revision, key, exclusive, is_least);
    let moved = match (old, new) {
        (None, None) => None,
        (None, Some(_)) => Some(Move::Tightened),
        (Some(_), None) => Some(Move::Loosened),
        (Some(old), Some(new)) => new.against(old, is_least),
    };
    let Some(moved) = moved else { return };
    let rule = range_rule(pair.direction, moved);
    // Only a component with both bounds is checked by the client, and by the compiler where it is written as a literal.
    let checked = match moved {
        Move::Loosened => (Verdict::None, Verdict::Warning),
        Move::Tightened | Move::Changed => (Verdict::Warning, Verdict::Breaking),
    };
    let checks = pair.is_made(walk, Made::Bounded).then_some(checked);
    let line = |bound: Option<Bound<'_>>| match bound?.value {
        Number::Whole(value) => Some(bound_constant(value, is_least)),
        Number::Float(_) => None,
    };
    let lines = RustLines {
        base: line(old),
        revision: line(new),
    };
    let words = walk.pair_words(pair);
    let values = (old.map(Bound::words), new.map(Bound::words));
    let sentence = sentence(&words, key, &values);
    walk.report_keyword(
        pair,
        (old.map(|bound| bound.node), new.map(|bound| bound.node)),
        |base, revision| {
            let found = Found::new(rule, base, revision, sentence)
                .values(values.0.unwrap_or_default(), values.1.unwrap_or_default());
            match checks {
                Some((source, runtime)) => found.source(source).runtime(runtime).rust(lines),
                None => found,
            }
        },
    );
}

fn range_rule(direction: Direction, moved: Move) -> &'static Rule {
    match (direction, moved) {
        (Direction::Request, Move::Tightened) => &rules::REQUEST_RANGE_TIGHTENED,
        (Direction::Request, Move::Loosened) => &rules::REQUEST_RANGE_LOOSENED,
        (Direction::Request, Move::Changed) => &rules::REQUEST_RANGE_CHANGED,
        (Direction::Response, Move::Tightened) => &rules::RESPONSE_RANGE_TIGHTENED,
        (Direction::Response, Move::Loosened) => &rules::RESPONSE_RANGE_LOOSENED,
        (Direction::Response, Move::Changed) => &rules::RESPONSE_RANGE_CHANGED,
    }
}

fn sentence(words: &str, key: &str, values: &(Option<String>, Option<String>)) -> String {
    match values {
        (Some(old), Some(new)) => format!("the `{key}` of {words} is {new} instead of {old}"),
        (None, Some(new)) => format!("{words} now has a `{key}` of {new}"),
        (old, None) => format!(
            "{words} no longer has the `{key}` {}",
            old.as_deref().unwrap_or_default()
        ),
    }
}

/// What a number has to be a multiple of: of all that the parts say, where they are whole.
fn step(view: &View<'_>) -> Option<Number> {
    let mut steps = view.all("multipleOf").filter_map(Number::of);
    let first = steps.next()?;
    Some(steps.fold(first, |known, next| match (known, next) {
        (Number::Whole(one), Number::Whole(two)) => common_multiple(one, two).unwrap_or(known),
        _ => known,
    }))
}

fn common_multiple(one: i128, two: i128) -> Option<Number> {
    let (mut divisor, mut rest) = (one, two);
    while rest != 0 {
        (divisor, rest) = (rest, divisor.checked_rem(rest)?);
    }
    let multiple = one.checked_div(divisor)?.checked_mul(two)?;
    Some(Number::Whole(multiple.checked_abs()?))
}

fn multiple<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    let (old, new) = (
        pair.base.first("multipleOf"),
        pair.revision.first("multipleOf"),
    );
    // A whole number is a multiple of one, and of what one is a multiple of.
    let step = |view: &View<'t>| {
        let is_whole = view.first("type").and_then(Node::as_str) == Some("integer");
        step(view).filter(|step| !(is_whole && Number::Whole(1).is_multiple_of(*step)))
    };
    let moved = match (step(&pair.base), step(&pair.revision)) {
        (None, None) => return,
        (None, Some(_)) => Move::Tightened,
        (Some(_), None) => Move::Loosened,
        (Some(old), Some(new)) if old.compare(new) == Ordering::Equal => return,
        (Some(old), Some(new)) if new.is_multiple_of(old) => Move::Tightened,
        (Some(old), Some(new)) if old.is_multiple_of(new) => Move::Loosened,
        (Some(_), Some(_)) => Move::Changed,
    };
    let rule = range_rule(pair.direction, moved);
    let values = (old.map(brief), new.map(brief));
    let sentence = sentence(&walk.pair_words(pair), "multipleOf", &values);
    walk.report_keyword(pair, (old, new), |base, revision| {
        Found::new(rule, base, revision, sentence)
            .values(values.0.unwrap_or_default(), values.1.unwrap_or_default())
    });
}

/// Two keywords that bound a count, and the rules for them.
struct Family {
    least: &'static str,
    most: &'static str,
    request: [&'static Rule; 2],
    response: [&'static Rule; 2],
}

impl Family {
    fn rule(&self, direction: Direction, moved: Move) -> &'static Rule {
        let [tightened, loosened] = if direction == Direction::Request {
            self.request
        } else {
            self.response
        };
        if moved == Move::Loosened {
            loosened
        } else {
            tightened
        }
    }
}

fn count<'t>(
    walk: &mut Walk<'t>,
    pair: &Pair<'t>,
    family: &Family,
    key: &'static str,
    is_least: bool,
) {
    let tightest = |view: &View<'t>| {
        let counts = view
            .all(key)
            .filter_map(|node| Some((node.as_integer()?, node)));
        // At least none is no bound.
        let counts = counts.filter(|(count, _)| !is_least || *count > 0);
        if is_least {
            counts.max_by_key(|(count, _)| *count)
        } else {
            counts.min_by_key(|(count, _)| *count)
        }
    };
    let (old, new) = (tightest(&pair.base), tightest(&pair.revision));
    let moved = match (old, new) {
        (None, None) => return,
        (None, Some(_)) => Move::Tightened,
        (Some(_), None) => Move::Loosened,
        (Some((old, _)), Some((new, _))) if old == new => return,
        (Some((old, _)), Some((new, _))) if (new > old) == is_least => Move::Tightened,
        (Some(_), Some(_)) => Move::Loosened,
    };
    let values = (
        old.map(|(count, _)| count.to_string()),
        new.map(|(count, _)| count.to_string()),
    );
    let sentence = sentence(&walk.pair_words(pair), key, &values);
    let rule = family.rule(pair.direction, moved);
    walk.report_keyword(
        pair,
        (old.map(|(_, node)| node), new.map(|(_, node)| node)),
        |base, revision| {
            Found::new(rule, base, revision, sentence).values(
                format!("{key} {}", values.0.unwrap_or_default()),
                format!("{key} {}", values.1.unwrap_or_default()),
            )
        },
    );
}

fn unique<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, family: &Family) {
    let (moved, text) = match (
        pair.base.is_on("uniqueItems"),
        pair.revision.is_on("uniqueItems"),
    ) {
        (false, true) => (Move::Tightened, "now holds no item twice"),
        (true, false) => (Move::Loosened, "can now hold an item twice"),
        _ => return,
    };
    let sentence = format!("{} {text}", walk.pair_words(pair));
    let rule = family.rule(pair.direction, moved);
    let spots = (
        pair.base.first("uniqueItems"),
        pair.revision.first("uniqueItems"),
    );
    walk.report_keyword(pair, spots, |base, revision| {
        Found::new(rule, base, revision, sentence).values("uniqueItems", text)
    });
}
