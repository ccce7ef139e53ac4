//! Writes, for every free-form JSON object in a reply, a method that gives it as a value of the caller's own
//! type. Without it each caller would write the same conversion, and most would copy the object first.

use proc_macro2::TokenStream;
use quote::quote;

use crate::reshape::{DataType, Field, Shape, doc_attributes, generic_of, type_names};

pub(super) fn source(types: &[DataType]) -> TokenStream {
    // A type that callers build has a setter of that name.
    let readable = types
        .iter()
        .filter(|data| !data.input && data.body.is_none());
    let items = readable.filter_map(|data| {
        let Shape::Struct { fields, .. } = &data.shape else {
            return None;
        };
        let name = &data.name;
        let mut methods = fields
            .iter()
            .filter(|field| is_free_form(field))
            .map(method)
            .peekable();
        methods.peek()?;
        Some(quote! {
            impl #name {
                #(#methods)*
            }
        })
    });
    quote!(#(#items)*)
}

// An optional `serde_json::Map` that the document names; the map of undeclared members is not one document.
fn is_free_form(field: &Field) -> bool {
    field.wire.is_some()
        && field.optional().is_some_and(|inner| {
            type_names(&inner).first().is_some_and(|name| name == "Map")
                && generic_of(&inner, "Map").is_some()
        })
}

fn method(field: &Field) -> TokenStream {
    let name = &field.name;
    let wire = field.wire.as_deref().unwrap_or_default();
    let docs = doc_attributes(&format!(
        "`{wire}` as a value of a type of the caller's own; `None` where the reply has none.\n\n{}\n\n# Errors\nWhat of \
         `{wire}` does not fit the type.",
        field.docs
    ));
    quote! {
        #docs
        pub fn #name<'a, T: serde_core::Deserialize<'a>>(&'a self) -> Result<Option<T>, serde_json::Error> {
            self.#name.as_ref().map(T::deserialize).transpose()
        }
    }
}
