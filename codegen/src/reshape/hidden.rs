//! Which properties `Debug` does not show: JSON of no declared type, which can hold anything, and texts that the
//! document marks as secret with `format: password`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::types::{DataType, Field, type_names};

/// Whether a type is JSON of no declared type, or holds some.
pub(super) fn is_untyped(ty: &Type) -> bool {
    type_names(ty).iter().any(|name| name == "Value")
}

/// The sentence for the documentation of a type, if `Debug` does not show all of it.
pub(super) fn docs(fields: &[Field]) -> Option<String> {
    let names: Vec<String> = fields
        .iter()
        .filter(|field| field.hidden)
        .map(|field| format!("`{}`", field.name))
        .collect();
    let (last, others) = names.split_last()?;
    let list = match others {
        [] => last.clone(),
        _ => format!("{} and {last}", others.join(", ")),
    };
    Some(format!(
        "`Debug` does not show the content of {list}, which can be secret."
    ))
}

/// The implementation of `Debug`, where it cannot be derived.
pub(super) fn implementation(data: &DataType, fields: &[Field]) -> Option<TokenStream> {
    if !fields.iter().any(|field| field.hidden) {
        return None;
    }
    let name = &data.name;
    let entries = fields.iter().map(|field| {
        let member = &field.name;
        let kind = if field.hidden {
            quote!(hidden)
        } else {
            quote!(shown)
        };
        quote!(#member #kind,)
    });
    Some(quote! {
        crate::runtime::partial_debug! { #name, #(#entries)* }
    })
}
