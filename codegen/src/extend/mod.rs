//! Writes what progenitor does not give: SIDs, bounded integers, choices, hosts, constructors, free-form documents, paging
//! envelopes, one call per operation and the resource handles. It builds on what `reshape` read from progenitor's output,
//! so an operation that progenitor does not emit gets no call and no handle.

mod answers;
mod bounded;
mod call_docs;
mod calls;
mod choices;
mod documents;
mod envelopes;
mod handles;
mod hosts;
mod inputs;
mod parts;
mod resources;
mod sids;
mod values;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::lower::Lowered;
use crate::problem::Problem;
use crate::reshape::Reshaped;

/// Source of every generated file by its name, without header.
pub type Sources = BTreeMap<&'static str, TokenStream>;

/// Writes every generated file. It takes `reshaped` because tokens that somebody else holds too are copied when they are
/// used.
///
/// # Errors
/// Paths and operation ids from which no unambiguous handle can be made.
pub fn extend(reshaped: Reshaped, lowered: &Lowered) -> Result<Sources, Vec<Problem>> {
    let facts = &lowered.facts;
    let Reshaped {
        operations,
        types,
        operations_source,
        mut types_source,
    } = reshaped;
    let tree = handles::tree(&operations, &types, facts)?;
    let clashes = parts::clashes(&operations, &types, facts);
    if !clashes.is_empty() {
        return Err(clashes);
    }
    types_source.extend([
        inputs::source(&types),
        documents::source(&types),
        envelopes::source(&types, facts),
    ]);
    Ok(BTreeMap::from([
        ("bounded.rs", bounded::source(&facts.bounded)),
        ("calls.rs", calls::source(&operations, &types, facts, &tree)),
        (
            "choices.rs",
            choices::source(&operations, &types, facts, &tree),
        ),
        ("hosts.rs", hosts::source(&facts.hosts)),
        ("mod.rs", modules()),
        ("operations.rs", operations_source),
        (
            "resources.rs",
            resources::source(&operations, &types, facts, &tree),
        ),
        ("sids.rs", sids::source(&facts.sids)),
        ("types.rs", types_source),
    ]))
}

fn modules() -> TokenStream {
    quote! {
        pub mod bounded;
        pub mod calls;
        pub mod choices;
        pub mod hosts;
        pub(crate) mod operations;
        pub mod resources;
        pub mod sids;
        pub mod types;
    }
}
