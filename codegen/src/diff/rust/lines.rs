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

/// The variant of a value, as callers write it; `None` where the schema is no enum that callers know by a name.
pub(in crate::diff) fn variant(component: &str, value: &str) -> Option<String> {
    let name = names::type_name(component);
    // The generator keeps `Other` for what the document does not list.
    let variant = match names::type_name(value) {
        variant if variant == "Other" => "OtherValue".to_owned(),
        variant => variant,
    };
    names::is_identifier(&variant).then(|| format!("{name}::{variant}"))
}

/// The constant of a SID type that holds its pattern.
pub(in crate::diff) fn pattern_constant(pattern: &str) -> String {
    format!("pub const PATTERN: &'static str = {pattern:?}")
}

/// The constant of a bounded integer that holds one of its bounds.
pub(in crate::diff) fn bound_constant(value: i128, is_least: bool) -> String {
    let name = if is_least { "MIN" } else { "MAX" };
    format!("pub const {name}: Self = Self({value})")
}
