//! Writes the resource handles: what callers reach everything through. A handle holds a client and the SIDs of
//! its path; it sends nothing itself.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::call_docs::{deprecation, maker_docs};
use super::handles::{Handle, Tree};
use super::parts::{self, Maker, Parts};
use super::values;
use crate::lower::Facts;
use crate::names;
use crate::reshape::{DataType, OperationReading, doc_attributes};

pub(super) fn source(
    operations: &[OperationReading],
    types: &[DataType],
    facts: &Facts,
    tree: &Tree,
) -> TokenStream {
    let handles = tree.iter().map(|(key, handle)| {
        let methods = methods(operations, types, facts, tree, handle);
        if key.is_empty() {
            quote! {
                impl Client {
                    #methods
                }
            }
        } else {
            let definition = definition(handle, facts);
            let name = names::ident(&handle.name);
            quote! {
                #definition

                impl #name {
                    #methods
                }
            }
        }
    });
    quote! {
        use crate::Client;
        use crate::generated::{calls, types};
        #(#handles)*
    }
}

fn definition(handle: &Handle, facts: &Facts) -> TokenStream {
    let name = names::ident(&handle.name);
    let docs = doc_attributes(&about(handle, facts));
    let fields = handle.fields.iter().map(|(field, ty)| {
        let field = names::ident(field);
        quote!(#field: #ty)
    });
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name {
            client: Client,
            #(#fields,)*
        }
    }
}

/// What the document says of a resource: of its tag or, where it has no calls of its own, of the SID in its path.
fn about(handle: &Handle, facts: &Facts) -> String {
    let tag = handle
        .operations
        .first()
        .and_then(|(function, _)| facts.operations.get(function)?.tag.as_ref())
        .and_then(|tag| facts.tags.get(tag));
    match tag.map(String::as_str).or_else(|| own_sid(handle, facts)) {
        Some(words) => format!("{words}\n\n`{}`", handle.path),
        None => format!("`{}`", handle.path),
    }
}

/// What the document says of the parameter that a resource's path ends with.
fn own_sid<'f>(handle: &Handle, facts: &'f Facts) -> Option<&'f str> {
    let (name, _) = handle.own_parameter()?;
    let described = facts
        .operations
        .values()
        .filter(|operation| operation.path.starts_with(&handle.path))
        .flat_map(|operation| &operation.parameters)
        .find(|parameter| parameter.name == name && !parameter.description.is_empty())?;
    Some(&described.description)
}

fn methods(
    operations: &[OperationReading],
    types: &[DataType],
    facts: &Facts,
    tree: &Tree,
    handle: &Handle,
) -> TokenStream {
    let is_root = handle.method.is_empty();
    let calls = handle.operations.iter().filter_map(|(function, _)| {
        let reading = operations
            .iter()
            .find(|reading| reading.function == function)?;
        let operation = facts.operations.get(function)?;
        let shape = parts::shape(reading, operation, types);
        let parts = Parts::new(reading, operation, types);
        let deprecated = deprecation(operation);
        let methods = shape.makers.iter().map(|maker| {
            let docs = maker_docs(&shape.summary, maker, &parts);
            let method = call_method(maker, handle, &shape.name, &docs);
            quote!(#deprecated #method)
        });
        Some(quote!(#(#methods)*))
    });
    let children = handle
        .children
        .iter()
        .filter_map(|key| tree.get(key))
        .map(|child| child_method(child, is_root, facts));
    quote!(#(#calls)* #(#children)*)
}

fn call_method(maker: &Maker, handle: &Handle, call: &Ident, docs: &str) -> TokenStream {
    let method = names::ident(&maker.method);
    let docs = doc_attributes(docs);
    let (parameters, values) = (&maker.parameters, &maker.values);
    let sids = handle.fields.iter().map(|(field, ty)| {
        let field = names::ident(field);
        held(quote!(self.#field), ty)
    });
    quote! {
        #docs
        pub fn #method(&self, #(#parameters),*) -> calls::#call {
            calls::#call::new(self.client.clone(), #(#sids,)* #(#values),*)
        }
    }
}

// SIDs are copied; a parameter that is plain text is cloned.
fn held(access: TokenStream, ty: &syn::Type) -> TokenStream {
    if crate::reshape::is_path_type(ty, "sids") {
        access
    } else {
        quote!(#access.clone())
    }
}

fn child_method(child: &Handle, is_root: bool, facts: &Facts) -> TokenStream {
    let method = names::ident(&child.method);
    let name = names::ident(&child.name);
    let mut docs = about(child, facts);
    if let (Some(_), Some(words)) = (&child.parameter, own_sid(child, facts)) {
        let words: Vec<&str> = words.split_whitespace().collect();
        docs.push_str(&format!("\n\n# Arguments\n\n- `sid`: {}", words.join(" ")));
    }
    let docs = doc_attributes(&docs);
    let client = if is_root {
        quote!(self.clone())
    } else {
        quote!(self.client.clone())
    };
    let own = usize::from(child.parameter.is_some());
    let inherited = child.fields.len().saturating_sub(own);
    let fields = child.fields.iter().take(inherited).map(|(field, ty)| {
        let field = names::ident(field);
        let value = held(quote!(self.#field), ty);
        quote!(#field: #value)
    });
    let (parameter, last) = match (child.own_parameter(), child.fields.last()) {
        (Some((wire, ty)), Some((field, _))) if values::is_bool(ty) => {
            let field = names::ident(field);
            let taken = values::take_required(&names::ident("sid"), wire, ty, None);
            let value = taken.value;
            (taken.parameter, quote!(#field: #value,))
        }
        (Some((_, ty)), Some((field, _))) => {
            let field = names::ident(field);
            (quote!(sid: #ty), quote!(#field: sid,))
        }
        _ => (quote!(), quote!()),
    };
    quote! {
        #docs
        pub fn #method(&self, #parameter) -> #name {
            #name {
                client: #client,
                #(#fields,)*
                #last
            }
        }
    }
}
