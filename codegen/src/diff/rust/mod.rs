//! What the generator makes of a document, read off the document itself: type names, fields, setters, handles and what
//! a call gives back. It works for documents that the generator would refuse, and is held to the generator's real output
//! by tests. It never runs the generator.

#[cfg(test)]
mod agreement;
mod calls;
mod census;
mod handles;
mod lines;
mod types;

pub(super) use calls::{
    Argument, arguments, body_member, host, line, output, query_setter, required, required_line,
};
pub(super) use census::{Census, Made};
pub(super) use handles::way;
pub(super) use lines::{Owner, bound_constant, definition, field, pattern_constant, variant};
pub(super) use types::{Type, named, type_of};
