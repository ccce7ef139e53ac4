//! The lines of the generated client that a schema and its members stand in.

use super::census::Made;
use super::types::Type;
use crate::diff::side::Side;
use crate::load::Node;
use crate::names;

/// What the members of an object are in Rust.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::diff) enum Owner<'t> {
    /// Nothing that callers see.
    #[default]
    Nobody,
    /// Fields of a public type.
    Type {
        /// Whether callers build it.
        input: bool,
    },
    /// Arguments and setters of the call of an operation.
    Call(&'t Node),
}

/// The line that defines the type of a component; `None` where there is none.
pub(in crate::diff) fn definition(side: &Side<'_>, component: &str) -> Option<String> {
    let name = names::type_name(component);
    match side.census.made(component)? {
        Made::Sid | Made::Bounded | Made::Struct if side.census.body_of(component).is_none() => {
            Some(format!("pub struct {name}"))
        }
        Made::Enum => Some(format!("pub enum {name}")),
        Made::Native => Some(format!("pub use {name}")),
        Made::Sid | Made::Bounded | Made::Struct | Made::Refused => None,
    }
}

/// The line of a struct's field.
pub(in crate::diff) fn field(wire: &str, ty: &Type, required: bool) -> String {
    format!("pub {}: {}", names::field(wire), ty.at(required))
}
