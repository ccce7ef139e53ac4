//! Writes constructors and setters for the types that callers build: required members are the constructor's
//! parameters, optional ones are chained, so that a new optional member breaks nobody.

use proc_macro2::TokenStream;
use quote::quote;

use super::values;
use crate::reshape::{DataType, Field, Shape, doc_attributes};

pub(super) fn source(types: &[DataType]) -> TokenStream {
    let items = types
        .iter()
        .filter(|data| data.input)
        .map(|data| match &data.shape {
            Shape::Struct { fields, default } => constructors(data, fields, *default),
            Shape::Enum(_) => quote!(),
        });
    quote!(#(#items)*)
}

fn constructors(data: &DataType, fields: &[Field], default: bool) -> TokenStream {
    let name = &data.name;
    let required = |field: &&Field| field.wire.is_some() && field.optional().is_none();
    let taken = |field: &Field| {
        let wire = field.wire.as_deref().unwrap_or_default();
        values::take_required(&field.name, wire, &field.ty, None)
    };
    let parameters = fields
        .iter()
        .filter(required)
        .map(|field| taken(field).parameter);
    let members = fields.iter().map(|field| {
        let member = &field.name;
        if required(&field) {
            values::member(member, &taken(field))
        } else {
            quote!(#member: Default::default())
        }
    });
    let setters = fields.iter().filter_map(|field| {
        let member = &field.name;
        let docs = doc_attributes(&field.docs);
        let (ty, some) = match (field.optional(), &field.wire) {
            (Some(inner), _) => (inner, true),
            (None, None) => (field.ty.clone(), false),
            (None, Some(_)) => return None,
        };
        let taken = values::take(member, &ty, None);
        let (parameter, value) = (taken.parameter, taken.value);
        let value = if some { quote!(Some(#value)) } else { value };
        Some(quote! {
            #docs
            #[must_use]
            pub fn #member(mut self, #parameter) -> Self {
                self.#member = #value;
                self
            }
        })
    });
    let (new_docs, body) = if default {
        (
            "A value without any member; each is added by the method of the same name.",
            quote!(Self::default()),
        )
    } else {
        (
            "A value with what is required; the rest is added by the methods of the same names as the properties.",
            quote!(Self { #(#members),* }),
        )
    };
    let new_docs = doc_attributes(new_docs);
    quote! {
        impl #name {
            #new_docs
            pub fn new(#(#parameters),*) -> Self {
                #body
            }

            #(#setters)*
        }
    }
}
