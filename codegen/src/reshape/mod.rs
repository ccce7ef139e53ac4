//! Fits what progenitor emits to the client's own runtime: reads every operation function and type back with
//! syn, and writes them again in a compact form that reaches the hand-written runtime alone. An operation or
//! type that progenitor does not emit does not exist here; nothing is taken from the document instead.

mod enums;
mod hidden;
mod operations;
mod read;
mod types;

use proc_macro2::TokenStream;

pub(crate) use operations::{PAGE_PARAMETERS, is_path_type};
pub use read::{Argument, Arm, ArmKind, Encoder, OperationReading, PathPiece};
pub use types::{DataType, Field, Shape};
pub(crate) use types::{generic_of, type_names};

pub(crate) use crate::docs::attributes as doc_attributes;
use crate::lower::Lowered;
use crate::problem::Problem;

/// What progenitor said, fitted.
#[derive(Debug)]
pub struct Reshaped {
    /// Every operation, in the order in which progenitor emits them.
    pub operations: Vec<OperationReading>,
    /// Every type, in the order in which progenitor emits them.
    pub types: Vec<DataType>,
    /// Source of `operations.rs`, without header.
    pub operations_source: TokenStream,
    /// Source of `types.rs`, without header.
    pub types_source: TokenStream,
}

/// Fits progenitor's output.
///
/// # Errors
/// Whatever in it is not of the known form, so that a new version of progenitor cannot slip anything past.
pub fn reshape(tokens: TokenStream, lowered: &Lowered) -> Result<Reshaped, Vec<Problem>> {
    let file: syn::File = syn::parse2(tokens).map_err(|error| {
        vec![Problem::new(
            "GENERATOR_REFUSES",
            "",
            format!("progenitor's output cannot be read: {error}"),
            "report the case together with the document",
        )]
    })?;
    let operations = read::operations(&file, &lowered.facts)?;
    let types = types::read(&file, lowered, &operations)?;
    let operations_source = operations::source(&operations, &types, &lowered.facts);
    let types_source = types::source(&types);
    Ok(Reshaped {
        operations,
        types,
        operations_source,
        types_source,
    })
}
