//! Writes how a list reply falls into its items and its links, for both of Twilio's paging styles.

use proc_macro2::TokenStream;
use quote::quote;

use crate::lower::{EnvelopeFacts, Facts, PagingStyle};
use crate::names;
use crate::reshape::{DataType, Field, Shape, type_names};

pub(super) fn source(types: &[DataType], facts: &Facts) -> TokenStream {
    let mut seen = Vec::new();
    let items = facts.operations.values().filter_map(|operation| {
        let envelope = operation.envelope.as_ref()?;
        if seen.contains(&envelope.component) {
            return None;
        }
        seen.push(envelope.component.clone());
        Some(implementation(envelope, types))
    });
    quote!(#(#items)*)
}

fn implementation(envelope: &EnvelopeFacts, types: &[DataType]) -> TokenStream {
    let name = names::ident(&names::type_name(&envelope.component));
    let item = names::ident(&names::type_name(&envelope.item));
    let array = names::ident(&names::field(&envelope.array));
    let items = or_default(
        types,
        &envelope.component,
        &envelope.array,
        quote!(self.#array),
    );
    let (holder, owner) = match envelope.style {
        PagingStyle::Meta => {
            let owner = member_type(types, &envelope.component, "meta").unwrap_or_default();
            (quote!(meta), owner)
        }
        PagingStyle::Flat => (quote!(self), envelope.component.clone()),
    };
    let [next, previous] = envelope.style.links();
    let link = |wire: &str| {
        let member = names::ident(&names::field(wire));
        or_some(types, &owner, wire, quote!(#holder.#member))
    };
    let (next, previous, page, page_size) =
        (link(next), link(previous), link("page"), link("page_size"));
    let links = quote! {
        crate::runtime::PageLinks {
            next: #next,
            previous: #previous,
            page: #page,
            page_size: #page_size,
        }
    };
    let links = match envelope.style {
        PagingStyle::Flat => links,
        PagingStyle::Meta if is_optional(types, &envelope.component, "meta") => {
            quote!(self.meta.map(|meta| #links).unwrap_or_default())
        }
        PagingStyle::Meta => quote! {{
            let meta = self.meta;
            #links
        }},
    };
    quote! {
        impl crate::runtime::Envelope for #name {
            type Item = #item;

            fn into_parts(self) -> (Vec<#item>, crate::runtime::PageLinks) {
                let links = #links;
                (#items, links)
            }
        }
    }
}

// A member that the document does not require may be absent, and an absent list is an empty one.
fn or_default(types: &[DataType], component: &str, wire: &str, access: TokenStream) -> TokenStream {
    if is_optional(types, component, wire) {
        quote!(#access.unwrap_or_default())
    } else {
        access
    }
}

// A link or number that the document does not declare is one that never comes.
fn or_some(types: &[DataType], component: &str, wire: &str, access: TokenStream) -> TokenStream {
    match member(types, component, wire) {
        None => quote!(None),
        Some(field) if field.optional().is_some() => access,
        Some(_) => quote!(Some(#access)),
    }
}

fn is_optional(types: &[DataType], component: &str, wire: &str) -> bool {
    member(types, component, wire).is_some_and(|field| field.optional().is_some())
}

// The last type of a member: `PageMeta` of `Option<PageMeta>`.
fn member_type(types: &[DataType], component: &str, wire: &str) -> Option<String> {
    type_names(&member(types, component, wire)?.ty).pop()
}

fn member<'a>(types: &'a [DataType], component: &str, wire: &str) -> Option<&'a Field> {
    let component = names::type_name(component);
    types.iter().find_map(|data| match &data.shape {
        Shape::Struct { fields, .. } if data.name == component => fields
            .iter()
            .find(|field| field.wire.as_deref() == Some(wire)),
        _ => None,
    })
}
