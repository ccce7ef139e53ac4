//! Reads the generated code back as what it means to those who review it: what every operation sends and takes, the
//! types, the rules of the SIDs, and the Rust that callers write. It works on the code, not on what this crate meant to
//! write, and it never skips a construct that it does not know.

mod choices;
mod columns;
mod compare;
mod document;
mod error;
mod handles;
mod index;
mod operation;
mod read;
mod sids;
mod types;
mod uses;

use std::collections::BTreeMap;

pub use choices::ChoiceSurface;
pub use compare::{Changes, NameChanges, compare};
pub use error::SurfaceError;
pub use handles::{HandleMethod, HandleSurface, HandleTarget};
pub use index::Index;
pub use operation::{
    CallSurface, Encoding, Given, OperationDocument, OperationSurface, ParameterSurface, Place,
    Repeat,
};
pub use sids::{BoundedSurface, SidCheck, SidSurface, Use};
pub use types::{MemberSurface, PageSurface, TypeShape, TypeSurface};

use crate::lower::Lowered;

/// All that callers and the wire see of a generated client. Each part prints as its snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surface {
    /// URL by host.
    pub hosts: BTreeMap<String, String>,
    /// By operation id.
    pub operations: BTreeMap<String, OperationSurface>,
    /// By name.
    pub types: BTreeMap<String, TypeSurface>,
    /// By name.
    pub sids: BTreeMap<String, SidSurface>,
    /// By name.
    pub bounded: BTreeMap<String, BoundedSurface>,
    /// By name.
    pub choices: BTreeMap<String, ChoiceSurface>,
    /// By type name; `Client` is the root.
    pub handles: BTreeMap<String, HandleSurface>,
}

/// A function as callers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Its name.
    pub name: String,
    /// Its declaration without visibility: `fn page(self, page: u64) -> Self`.
    pub text: String,
}

/// Reads the generated files, by name as [`run`](crate::run) gives them.
///
/// # Errors
/// A file that is missing or is not Rust, a construct that the reader does not know, or parts that do not fit together.
pub fn read(files: &BTreeMap<String, String>) -> Result<Surface, SurfaceError> {
    read::read(files)
}

impl Surface {
    /// Adds what only the document says, which is [`lowered`](crate::lowered) for this.
    ///
    /// # Errors
    /// A document whose operations are not those of the code.
    pub fn with_document(mut self, lowered: &Lowered) -> Result<Self, SurfaceError> {
        document::join(&mut self, lowered)?;
        Ok(self)
    }

    /// Every name that callers can use, one a line.
    pub fn index(&self) -> Index<'_> {
        Index(self)
    }
}
