//! Parameters that came, went, or changed their name or location.

use super::Parameter;
use super::lines::{around, lines};
use crate::diff::change::RustLines;
use crate::diff::operations::Located;
use crate::diff::rules;
use crate::diff::rust::way;
use crate::diff::verdict::Verdict;
use crate::diff::walk::{Found, Spot, Walk};
use crate::names;

pub(super) fn added<'t>(
    walk: &mut Walk<'t>,
    old: &Located<'t>,
    new: &Located<'t>,
    is: &Parameter<'t>,
) {
    let required = is.is_required();
    let rule = if required {
        &rules::PARAMETER_ADDED_REQUIRED
    } else {
        &rules::PARAMETER_ADDED_OPTIONAL
    };
    let lines = lines(walk, (old, None), (new, Some(is)));
    let source = match (&lines.revision, required) {
        (None, _) => Verdict::None,
        (Some(_), true) => Verdict::Breaking,
        (Some(_), false) => Verdict::Additive,
    };
    let text = format!(
        "the {} is new{}",
        is.words(),
        if required { " and required" } else { "" }
    );
    let found = Found::new(rule, Spot::key(around(old)), Spot::value(is.listed), text);
    walk.report(found.values("", is.words()).rust(lines).source(source));
}

pub(super) fn removed<'t>(
    walk: &mut Walk<'t>,
    old: &Located<'t>,
    new: &Located<'t>,
    was: &Parameter<'t>,
) {
    let lines = lines(walk, (old, Some(was)), (new, None));
    let text = format!("the {} is gone", was.words());
    let found = Found::new(
        &rules::PARAMETER_REMOVED,
        Spot::value(was.listed),
        Spot::key(around(new)),
        text,
    );
    walk.report(found.values(was.words(), "").rust(lines));
}

pub(super) fn renamed<'t>(
    walk: &mut Walk<'t>,
    old: &Located<'t>,
    new: &Located<'t>,
    was: &Parameter<'t>,
    is: &Parameter<'t>,
) {
    let lines = lines(walk, (old, Some(was)), (new, Some(is)));
    let text = format!("the {} is now called `{}`", was.words(), is.name);
    // The name of an argument is nothing to a caller; the name of a setter is.
    let same = was.is_required() || names::field(was.name) == names::field(is.name);
    let source = if same || lines.base.is_none() {
        Verdict::None
    } else {
        Verdict::Breaking
    };
    let found = Found::new(
        &rules::PARAMETER_RENAMED,
        Spot::keyword(was.node.get("name"), was.node),
        Spot::keyword(is.node.get("name"), is.node),
        text,
    );
    walk.report(found.values(was.name, is.name).rust(lines).source(source));
}

pub(super) fn location<'t>(
    walk: &mut Walk<'t>,
    old: &Located<'t>,
    new: &Located<'t>,
    was: &Parameter<'t>,
    is: &Parameter<'t>,
) {
    let lines = lines(walk, (old, Some(was)), (new, Some(is)));
    let text = format!("the {} is now a {} parameter", was.words(), is.location);
    let found = Found::new(
        &rules::PARAMETER_LOCATION_CHANGED,
        Spot::keyword(was.node.get("in"), was.node),
        Spot::keyword(is.node.get("in"), is.node),
        text,
    );
    walk.report(found.values(was.location, is.location).rust(lines));
}

pub(super) fn path_name<'t>(
    walk: &mut Walk<'t>,
    old: &Located<'t>,
    new: &Located<'t>,
    was: &Parameter<'t>,
    is: &Parameter<'t>,
) {
    let id = old.id().unwrap_or_default();
    // A handle takes its name from the path, except for the parameter that comes with the credentials.
    let (before, after) = (way(old.path, id), way(new.path, id));
    let source = if before == after {
        Verdict::None
    } else {
        Verdict::Breaking
    };
    let lines = RustLines {
        base: old
            .id()
            .map(|_| before.line(&[format!("{}(..)", before.verb)])),
        revision: new
            .id()
            .map(|_| after.line(&[format!("{}(..)", after.verb)])),
    };
    let text = format!("the {} is now called `{}`", was.words(), is.name);
    let found = Found::new(
        &rules::PATH_PARAMETER_RENAMED,
        Spot::keyword(was.node.get("name"), was.node),
        Spot::keyword(is.node.get("name"), is.node),
        text,
    );
    walk.report(found.values(was.name, is.name).rust(lines).source(source));
}
