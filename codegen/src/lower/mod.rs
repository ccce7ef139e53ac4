//! Rewrites the document into one that progenitor can take, and keeps what progenitor is not told as [`Facts`].
//! The document handed in has passed the linter; what still cannot be carried over becomes a [`Problem`].
//! Nothing here changes what is true on the wire: each rewriting is undone by a later stage.

mod components;
mod facts;
mod forms;
mod operations;
mod resolve;
mod schemas;
mod statuses;

use openapiv3::OpenAPI;

pub use facts::{
    BodyFacts, BoundedFacts, EnvelopeFacts, Facts, FieldFacts, HostFacts, JsonField,
    OperationFacts, PagingStyle, ParameterFacts, SidFacts, Success,
};

pub(crate) use components::reach;
pub(crate) use statuses::operation_slots;

use crate::problem::Problem;

/// The string format by which [`generate`](crate::generate) knows a form field that carries a JSON document.
pub(crate) const JSON_FIELD_FORMAT: &str = "json-document";

/// What [`lower`] gives on.
#[derive(Debug, Clone)]
pub struct Lowered {
    /// The document that progenitor gets.
    pub openapi: OpenAPI,
    /// What it is not told.
    pub facts: Facts,
}

/// Lowers a document.
///
/// # Errors
/// Everything in it that cannot be carried over, each with a pointer to the node.
pub fn lower(mut openapi: OpenAPI) -> Result<Lowered, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut facts = Facts::default();
    // Facts are read from the document as the curator wrote it, before anything is rewritten.
    components::collect(&openapi, &mut facts, &mut problems);
    operations::collect(&openapi, &mut facts, &mut problems);
    statuses::rewrite(&mut openapi);
    forms::rewrite(&mut openapi, &mut problems);
    schemas::rewrite(&mut openapi);
    if problems.is_empty() {
        Ok(Lowered { openapi, facts })
    } else {
        Err(problems)
    }
}
