//! The root element of what travels as XML: its name is that of the component, unless the schema gives it another.

use super::rules;
use super::schema::View;
use super::side::{Side, reference};
use super::walk::{Found, Spot, Walk};
use crate::load::Node;

/// Whether a media type, which is in lower case, is one of XML.
pub(super) fn is_xml(name: &str) -> bool {
    let name = name.split(';').next().unwrap_or_default();
    name.ends_with("/xml") || name.ends_with("+xml")
}

/// Compares what the root element of a body or a reply is called. A name that the schema gives is compared with the
/// schema, so it counts for nothing here.
pub(super) fn root<'t>(walk: &mut Walk<'t>, old: &'t Node, new: &'t Node) {
    let (Some(was), Some(is)) = (name(&walk.base, old), name(&walk.revision, new)) else {
        return;
    };
    if was == is {
        return;
    }
    let text = format!(
        "the root element of {} in XML is now `{is}` instead of `{was}`",
        walk.words(old)
    );
    let spots = (
        Spot::keyword(old.get("$ref"), old),
        Spot::keyword(new.get("$ref"), new),
    );
    walk.report(Found::new(&rules::XML_CHANGED, spots.0, spots.1, text).values(was, is));
}

/// The name of the component that a schema refers to, where it is the name of the element too.
fn name<'t>(side: &Side<'t>, node: &'t Node) -> Option<&'t str> {
    let name = reference(node)?.rsplit('/').next()?;
    let view = View::new(side, &[node]);
    let is_given = view
        .first("xml")
        .is_some_and(|xml| xml.get("name").is_some());
    (!is_given).then_some(name)
}
