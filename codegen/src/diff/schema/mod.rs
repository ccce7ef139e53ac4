//! Compares schemas in the direction in which they travel. A pair of schemas is compared once, however many operations
//! reach it; what reaches it is worked out afterwards.

mod additional;
mod alternatives;
mod arguments;
mod bounds;
mod defaults;
mod discriminators;
mod enums;
mod kinds;
mod likeness;
mod pair;
mod patterns;
mod properties;
mod view;

pub(super) use defaults::default_of_parameter;
pub(super) use discriminators::descendants;
pub(super) use kinds::{is_list, is_scalar};
pub(super) use pair::{Pairs, Request, Rust, compare_all, request};
pub(crate) use view::View;

/// The way that a schema's values go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
}
