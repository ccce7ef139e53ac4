//! The lines of the generated client that a parameter stands in.

use super::Parameter;
use crate::diff::change::RustLines;
use crate::diff::operations::Located;
use crate::diff::rust::{Type, named, query_setter, required, required_line, type_of, way};
use crate::diff::side::{Side, is_on};
use crate::diff::walk::Walk;
use crate::load::Node;

/// The type of a parameter, and the line that it stands in.
pub(super) fn rust_type<'t>(
    side: &Side<'t>,
    operation: &Located<'t>,
    parameter: &Parameter<'t>,
) -> Option<(Type, String)> {
    let id = operation.id()?;
    let ty = type_of(
        side,
        parameter.node.get("schema")?,
        &hint(id, parameter.name),
    );
    let line = match parameter.location {
        "path" => format!(
            "{}: {}",
            way(operation.path, id)
                .steps
                .last()
                .map_or("path", String::as_str),
            required(parameter.name, &ty.text)
        ),
        "query" if is_on(parameter.node, "required") && !ty.nullable => {
            required_line(side, operation.node, parameter.name, &ty.text)
        }
        "query" => query_setter(parameter.name, &ty),
        // The generator refuses other parameters.
        _ => return None,
    };
    Some((ty, line))
}

pub(super) fn hint(id: &str, name: &str) -> String {
    named(&format!("{id}-{name}"))
}

pub(super) fn lines<'t>(
    walk: &Walk<'t>,
    old: (&Located<'t>, Option<&Parameter<'t>>),
    new: (&Located<'t>, Option<&Parameter<'t>>),
) -> RustLines {
    let line = |side: &Side<'t>, operation: &Located<'t>, parameter: Option<&Parameter<'t>>| {
        rust_type(side, operation, parameter?).map(|(_, line)| line)
    };
    RustLines {
        base: line(&walk.base, old.0, old.1),
        revision: line(&walk.revision, new.0, new.1),
    }
}

/// What a missing parameter would be listed in.
pub(super) fn around<'t>(operation: &Located<'t>) -> &'t Node {
    operation.node.get("parameters").unwrap_or(operation.node)
}
