//! Parameters of an operation: its own and those of its path item.

mod lines;
mod moved;
mod nowhere;
mod same;

use indexmap::IndexMap;

use super::digest::digest;
use super::matching::{Of, partners};
use super::operations::Located;
use super::side::{Side, is_on};
use super::site;
use super::walk::Walk;
use crate::load::Node;

pub(super) use same::{restyled, schema_of};

/// A parameter that applies to an operation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameter<'t> {
    /// The parameter, with its reference followed.
    pub(super) node: &'t Node,
    /// Where it is listed.
    listed: &'t Node,
    name: &'t str,
    location: &'t str,
    /// The position in the path template, for those that stand in it.
    position: Option<usize>,
}

/// Headers that the standard has other words for, so that a parameter of the name says nothing.
const IGNORED: [&str; 3] = ["accept", "content-type", "authorization"];

/// The parameters that apply to an operation.
pub(super) fn effective<'t>(
    side: &Side<'t>,
    item: &'t Node,
    operation: &'t Node,
) -> Vec<Parameter<'t>> {
    let mut found: IndexMap<Key, Parameter<'t>> = IndexMap::new();
    for listed in [item, operation]
        .into_iter()
        .filter_map(|node| node.get("parameters"))
        .flat_map(Node::items)
    {
        let Some(node) = side.follow(listed) else {
            continue;
        };
        let text = |key: &str| node.get(key).and_then(Node::as_text);
        let (Some(name), Some(location)) = (text("name"), text("in")) else {
            continue;
        };
        let parameter = Parameter {
            node,
            listed,
            name,
            location,
            position: None,
        };
        if location == "header" && IGNORED.contains(&name.to_ascii_lowercase().as_str()) {
            continue;
        }
        // A parameter of the operation takes the place of the path item's.
        found.insert(parameter.key(), parameter);
    }
    found.into_values().collect()
}

/// What tells a parameter from the others of an operation.
type Key = (String, String);

impl Parameter<'_> {
    /// The names of path parameters are the document's own business: what counts is where they stand.
    fn key(&self) -> Key {
        let name = match self.position {
            Some(position) => format!("{{{position}}}"),
            None if self.location == "header" => self.name.to_ascii_lowercase(),
            None => self.name.to_owned(),
        };
        (self.location.to_owned(), name)
    }

    fn is_required(&self) -> bool {
        self.location == "path" || is_on(self.node, "required")
    }

    fn words(&self) -> String {
        format!("{} parameter `{}`", self.location, self.name)
    }
}

/// Sets where in the path template each parameter stands.
fn placed<'t>(mut parameters: Vec<Parameter<'t>>, path: &str) -> Vec<Parameter<'t>> {
    let names: Vec<&str> = path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .collect();
    for parameter in parameters
        .iter_mut()
        .filter(|parameter| parameter.location == "path")
    {
        parameter.position = names.iter().position(|name| *name == parameter.name);
    }
    parameters
}

pub(super) fn compare<'t>(walk: &mut Walk<'t>, old: &Located<'t>, new: &Located<'t>) {
    let mut before = placed(effective(&walk.base, old.item, old.node), old.path);
    let mut after = placed(effective(&walk.revision, new.item, new.node), new.path);
    nowhere::compare(walk, old, new, (&mut before, &mut after));
    // What stands at another place of another path is told by the path.
    let is_moved = site::bare_path(old.path) != site::bare_path(new.path);
    if is_moved {
        for parameter in before.iter_mut().chain(&mut after) {
            parameter.position = None;
        }
    }
    for (was, is) in partners(&mut before, &mut after, |_, parameter| {
        Some(parameter.key())
    }) {
        if was.name != is.name && was.location == "path" {
            moved::path_name(walk, old, new, &was, &is);
        }
        same::both(walk, old, new, &was, &is);
    }
    if is_moved {
        before.retain(|parameter| parameter.location != "path");
        after.retain(|parameter| parameter.location != "path");
    }
    for (was, is) in partners(&mut before, &mut after, |_, parameter| {
        Some(parameter.name.to_owned())
    }) {
        if was.location != is.location {
            moved::location(walk, old, new, &was, &is);
        }
        same::both(walk, old, new, &was, &is);
    }
    let sides = (&walk.base, &walk.revision);
    for (was, is) in partners(&mut before, &mut after, |of, parameter| {
        let side = if of == Of::Base { sides.0 } else { sides.1 };
        shape(side, parameter)
    }) {
        moved::renamed(walk, old, new, &was, &is);
    }
    for was in before {
        moved::removed(walk, old, new, &was);
    }
    for is in after {
        moved::added(walk, old, new, &is);
    }
}

/// What a parameter is apart from its name and what is said about it: one that took the place of another has the same.
fn shape<'t>(side: &Side<'t>, parameter: &Parameter<'t>) -> Option<(String, bool, u64)> {
    let schema = side.follow(parameter.node.get("schema")?)?;
    Some((
        parameter.location.to_owned(),
        parameter.is_required(),
        digest(schema),
    ))
}
