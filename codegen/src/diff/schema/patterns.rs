//! Patterns, compared by the texts that they match.

use super::Direction;
use super::pair::Pair;
use crate::diff::change::RustLines;
use crate::diff::pattern::Relation;
use crate::diff::rules::{self, Rule};
use crate::diff::rust::{Made, pattern_constant};
use crate::diff::verdict::Verdict;
use crate::diff::walk::{Found, Walk};
use crate::load::Node;

pub(super) fn compare<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    let mut old: Vec<&'t Node> = pair.base.all("pattern").collect();
    let mut new: Vec<&'t Node> = pair.revision.all("pattern").collect();
    // A pattern that stands on both sides is in force on both, wherever it stands.
    old.retain(|node| {
        match new
            .iter()
            .position(|other| other.as_text() == node.as_text())
        {
            Some(at) => {
                new.remove(at);
                false
            }
            None => true,
        }
    });
    let (relation, old, new) = match (old.as_slice(), new.as_slice()) {
        ([], []) => return,
        ([], [new, ..]) => (Relation::Tighter, None, Some(*new)),
        ([old, ..], []) => (Relation::Looser, Some(*old), None),
        ([old], [new]) => {
            let text = |node: &Node| node.as_text().unwrap_or_default().to_owned();
            (walk.relate(&text(old), &text(new)), Some(*old), Some(*new))
        }
        ([old, ..], [new, ..]) => (Relation::Unknown, Some(*old), Some(*new)),
    };
    let rule = rule(pair.direction, relation);
    let checks = pair
        .is_made(walk, Made::Sid)
        .then(|| (checked(relation), lines(old, new)));
    let text = sentence(&walk.pair_words(pair), relation, old, new);
    let value = |node: Option<&Node>| node.and_then(Node::as_text).unwrap_or_default().to_owned();
    walk.report_keyword(pair, (old, new), |base, revision| {
        let found = Found::new(rule, base, revision, text).values(value(old), value(new));
        match checks {
            Some(((source, runtime), lines)) => found.source(source).runtime(runtime).rust(lines),
            None => found,
        }
    });
}

fn lines(old: Option<&Node>, new: Option<&Node>) -> RustLines {
    let line = |node: Option<&Node>| node.and_then(Node::as_text).map(pattern_constant);
    RustLines {
        base: line(old),
        revision: line(new),
    }
}

fn rule(direction: Direction, relation: Relation) -> &'static Rule {
    match (direction, relation) {
        (_, Relation::Equal) => &rules::PATTERN_REWRITTEN,
        (Direction::Request, Relation::Tighter) => &rules::REQUEST_PATTERN_TIGHTENED,
        (Direction::Request, Relation::Looser) => &rules::REQUEST_PATTERN_LOOSENED,
        (Direction::Request, _) => &rules::REQUEST_PATTERN_CHANGED,
        (Direction::Response, Relation::Tighter) => &rules::RESPONSE_PATTERN_TIGHTENED,
        (Direction::Response, Relation::Looser) => &rules::RESPONSE_PATTERN_LOOSENED,
        (Direction::Response, _) => &rules::RESPONSE_PATTERN_CHANGED,
    }
}

/// What becomes of the checks of a SID type: when a literal is compiled, and at run time.
fn checked(relation: Relation) -> (Verdict, Verdict) {
    match relation {
        Relation::Equal => (Verdict::None, Verdict::None),
        Relation::Looser => (Verdict::None, Verdict::Warning),
        _ => (Verdict::Warning, Verdict::Breaking),
    }
}

fn sentence(words: &str, relation: Relation, old: Option<&Node>, new: Option<&Node>) -> String {
    let text = |node: Option<&Node>| node.and_then(Node::as_text).unwrap_or_default().to_owned();
    match (old, new) {
        (None, _) => format!("{words} now has the pattern `{}`", text(new)),
        (_, None) => format!("{words} no longer has the pattern `{}`", text(old)),
        _ => {
            let how = match relation {
                Relation::Equal => "matches the same texts as",
                Relation::Tighter => "matches fewer texts than",
                Relation::Looser => "matches more texts than",
                Relation::Disjoint => "matches none of the texts of",
                Relation::Overlapping => "matches some, but not all, of the texts of",
                Relation::Unknown => "cannot be compared to",
            };
            format!(
                "the pattern of {words} {how} the old one: `{}` instead of `{}`",
                text(new),
                text(old)
            )
        }
    }
}
