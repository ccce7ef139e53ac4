//! Parameters whose references lead nowhere.

use super::Parameter;
use crate::diff::operations::Located;
use crate::diff::references::{broken, is_broken};
use crate::diff::side::{Side, reference};
use crate::diff::walk::Walk;
use crate::load::Node;

/// Reports the references that lead nowhere, and takes what they led to on the other side out of the comparison: it is
/// neither gone nor new.
pub(super) fn compare<'t>(
    walk: &mut Walk<'t>,
    old: &Located<'t>,
    new: &Located<'t>,
    (before, after): (&mut Vec<Parameter<'t>>, &mut Vec<Parameter<'t>>),
) {
    let around = (super::lines::around(old), super::lines::around(new));
    let (was, mut is) = (
        lost(&walk.base, old.item, old.node),
        lost(&walk.revision, new.item, new.node),
    );
    for one in was {
        let same = |other: &&'t Node| reference(other) == reference(one);
        let still = is.iter().position(same).map(|at| is.remove(at));
        let other = still.or_else(|| take(after, one));
        broken(walk, "a parameter", (Some(one), other), around);
    }
    for other in is {
        let one = take(before, other);
        broken(walk, "a parameter", (one, Some(other)), around);
    }
}

/// The entries that lead nowhere.
fn lost<'t>(side: &Side<'t>, item: &'t Node, operation: &'t Node) -> Vec<&'t Node> {
    [item, operation]
        .into_iter()
        .filter_map(|node| node.get("parameters"))
        .flat_map(Node::items)
        .filter(|listed| is_broken(side, listed))
        .collect()
}

/// Takes out the parameter that the same reference leads to.
fn take<'t>(parameters: &mut Vec<Parameter<'t>>, to: &Node) -> Option<&'t Node> {
    let same = |parameter: &Parameter<'t>| reference(parameter.listed) == reference(to);
    let at = parameters.iter().position(same)?;
    Some(parameters.remove(at).listed)
}
