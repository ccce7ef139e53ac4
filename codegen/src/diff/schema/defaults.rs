//! Defaults: what a server takes where a request says nothing. They are compared where a value can be left out, because
//! anywhere else a default is never taken.

use super::{Direction, View};
use crate::diff::digest::exact;
use crate::diff::rules;
use crate::diff::side::brief;
use crate::diff::walk::{Found, Spot, Walk};
use crate::load::Node;

/// Compares the defaults of a parameter of a request.
pub(in crate::diff) fn default_of_parameter<'t>(
    walk: &mut Walk<'t>,
    base: &View<'t>,
    revision: &View<'t>,
    is_optional: bool,
) {
    compare(walk, base, revision, Direction::Request, is_optional);
}

/// Compares the defaults of a member of an object.
pub(super) fn of_member<'t>(
    walk: &mut Walk<'t>,
    base: &View<'t>,
    revision: &View<'t>,
    direction: Direction,
    is_optional: bool,
) {
    compare(walk, base, revision, direction, is_optional);
}

/// Compares defaults that are never taken.
pub(super) fn unused<'t>(walk: &mut Walk<'t>, base: &View<'t>, revision: &View<'t>) {
    compare(walk, base, revision, Direction::Response, false);
}

fn compare<'t>(
    walk: &mut Walk<'t>,
    base: &View<'t>,
    revision: &View<'t>,
    direction: Direction,
    is_optional: bool,
) {
    let (old, new) = (base.first("default"), revision.first("default"));
    if old == new {
        return;
    }
    let (Some(old_origin), Some(new_origin)) = (base.origin(), revision.origin()) else {
        return;
    };
    let is_taken = direction == Direction::Request && is_optional;
    let rule = match (is_taken, old, new) {
        (false, ..) => &rules::DEFAULT_UNUSED_CHANGED,
        (true, None, _) => &rules::REQUEST_DEFAULT_ADDED,
        (true, _, None) => &rules::REQUEST_DEFAULT_REMOVED,
        (true, ..) => &rules::REQUEST_DEFAULT_CHANGED,
    };
    let words = walk.words(old_origin);
    let text = match (old, new) {
        (Some(old), Some(new)) => format!(
            "the default of {words} is `{}` instead of `{}`",
            brief(new),
            brief(old)
        ),
        (None, Some(new)) => format!("{words} now has the default `{}`", brief(new)),
        (old, None) => format!(
            "{words} no longer has the default `{}`",
            old.map(brief).unwrap_or_default()
        ),
    };
    let around = |view: &View<'t>, origin: &'t Node| view.parts.first().copied().unwrap_or(origin);
    let spots = (
        Spot::keyword(old, around(base, old_origin)),
        Spot::keyword(new, around(revision, new_origin)),
    );
    let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
    walk.report(Found::new(rule, spots.0, spots.1, text).values(value(old), value(new)));
}
