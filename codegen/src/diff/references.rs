//! References to parameters, bodies, replies and headers that lead nowhere. What such a reference stood for is not gone:
//! nothing is known of it, so it is compared to nothing.

use super::rules;
use super::side::{Side, reference};
use super::walk::{Found, Spot, Walk};
use crate::load::Node;

/// Whether a node is a reference, or leads to one, that leads nowhere.
pub(super) fn is_broken<'t>(side: &Side<'t>, node: &'t Node) -> bool {
    reference(node).is_some() && side.follow(node).is_none()
}

/// Reports a reference that leads nowhere on one side; whether there is one on either side.
pub(super) fn broken<'t>(
    walk: &mut Walk<'t>,
    words: &str,
    (old, new): (Option<&'t Node>, Option<&'t Node>),
    around: (&'t Node, &'t Node),
) -> bool {
    let was = old.filter(|node| is_broken(&walk.base, node));
    let is = new.filter(|node| is_broken(&walk.revision, node));
    let (rule, what) = match (was, is) {
        (None, None) => return false,
        (Some(_), Some(_)) => return true,
        (None, Some(_)) => (&rules::REFERENCE_BROKEN, "now leads nowhere"),
        (Some(_), None) if new.is_some() => (&rules::REFERENCE_MENDED, "now leads somewhere"),
        (Some(_), None) => (&rules::REFERENCE_MENDED, "led nowhere and is gone"),
    };
    let written = |node: Option<&Node>| node.and_then(reference).unwrap_or_default().to_owned();
    let spot = |node: Option<&'t Node>, around: &'t Node| match node {
        Some(node) => node.get("$ref").map_or(Spot::key(node), Spot::value),
        None => Spot::key(around),
    };
    let spots = (spot(old, around.0), spot(new, around.1));
    let text = format!("the reference of {words} {what}");
    let found = Found::new(rule, spots.0, spots.1, text).values(written(old), written(new));
    walk.report(found);
    true
}
