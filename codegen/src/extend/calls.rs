//! Writes one call per operation: a value that holds what will be sent, takes optional parameters and body
//! fields one by one, and sends itself when it is awaited. What differs between calls is written here; what does
//! not is the runtime's `sendable!`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use super::answers::answer;
use super::call_docs::{deprecation, documentation, field_docs, parameter_docs};
use super::handles::Tree;
use super::parts::{Parts, is_ambient, shape};
use super::values::{self, Taken};
use crate::lower::{Facts, OperationFacts};
use crate::names;
use crate::reshape::{DataType, OperationReading, doc_attributes};

pub(super) fn source(
    operations: &[OperationReading],
    types: &[DataType],
    facts: &Facts,
    tree: &Tree,
) -> TokenStream {
    let items = facts.operations.iter().filter_map(|(function, operation)| {
        let reading = operations
            .iter()
            .find(|reading| reading.function == function)?;
        Some(call(reading, operation, types, facts, tree))
    });
    quote! {
        use crate::generated::{operations, types};
        use crate::runtime::{CallOptions, Prepared};
        use crate::{Client, Error};
        #(#items)*
    }
}

fn call(
    reading: &OperationReading,
    operation: &OperationFacts,
    types: &[DataType],
    facts: &Facts,
    tree: &Tree,
) -> TokenStream {
    let parts = Parts::new(reading, operation, types);
    let shape = shape(reading, operation, types);
    let name = &shape.name;
    let docs = doc_attributes(&documentation(reading, operation, facts, tree));
    let deprecated = deprecation(operation);
    let path = parts
        .path
        .iter()
        .filter(|(argument, _)| !is_ambient(argument));
    let (sids, sid_types): (Vec<_>, Vec<_>) = path
        .map(|(argument, kept)| (&argument.name, &kept.ty))
        .unzip();
    let queries = parts.query.iter().map(|(argument, kept)| {
        let (name, ty) = (&argument.name, &kept.ty);
        if kept.optional {
            quote!(#name: Option<#ty>)
        } else {
            quote!(#name: #ty)
        }
    });
    let body_type = parts.body.map(|data| &data.name);
    let body_field = body_type.map(|name| quote!(body: types::#name,));
    let constructor = constructor(&parts, &sids, &sid_types);
    let setters = setters(&parts, operation);
    let prepare = prepare(reading, &parts);
    let answer = answer(reading, operation);
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug)]
        #[must_use = "a call is sent when it is awaited"]
        pub struct #name {
            pub(crate) options: CallOptions,
            #(#sids: #sid_types,)*
            #(#queries,)*
            #body_field
        }

        impl #name {
            #constructor
            #setters

            pub(crate) fn prepare(&self) -> Result<Prepared, Error> {
                #prepare
            }
        }

        crate::runtime::sendable! { #name, #answer }
    }
}

fn constructor(parts: &Parts<'_>, sids: &[&Ident], sid_types: &[&Type]) -> TokenStream {
    let required: Vec<(&Ident, &Type)> = parts
        .query
        .iter()
        .filter(|(_, kept)| !kept.optional)
        .map(|(argument, kept)| (&argument.name, &kept.ty))
        .chain(
            parts
                .body_fields()
                .filter(|field| field.optional().is_none())
                .map(|field| (&field.name, &field.ty)),
        )
        .collect();
    let (names, types): (Vec<_>, Vec<_>) = required.into_iter().unzip();
    let queries = parts.query.iter().map(|(argument, kept)| {
        let name = &argument.name;
        if kept.optional {
            quote!(#name: None)
        } else {
            quote!(#name)
        }
    });
    let body = parts.body.map(|data| {
        let body = &data.name;
        let members = parts.body_fields().map(|field| {
            let name = &field.name;
            if field.optional().is_some() {
                quote!(#name: None)
            } else {
                quote!(#name)
            }
        });
        quote!(body: types::#body { #(#members),* },)
    });
    quote! {
        pub(crate) fn new(client: Client, #(#sids: #sid_types,)* #(#names: #types),*) -> Self {
            Self {
                options: CallOptions::new(client),
                #(#sids,)*
                #(#queries,)*
                #body
            }
        }
    }
}

fn setters(parts: &Parts<'_>, operation: &OperationFacts) -> TokenStream {
    let queries = parts
        .query
        .iter()
        .filter(|(_, kept)| kept.optional)
        .map(|(argument, kept)| {
            let name = &argument.name;
            let facts = operation
                .parameters
                .iter()
                .find(|known| *name == names::field(&known.name).as_str());
            let docs = facts.map(parameter_docs).unwrap_or_default();
            let taken = values::take(name, &kept.ty, None);
            setter(name, &docs, &taken, quote!(self.#name))
        });
    let fields = parts.body_fields().filter_map(|field| {
        let inner = field.optional()?;
        let name = &field.name;
        let taken = parts.take_field(field, &inner);
        let docs = field_docs(field, operation);
        Some(setter(name, &docs, &taken, quote!(self.body.#name)))
    });
    quote!(#(#queries)* #(#fields)*)
}

fn setter(name: &Ident, docs: &str, taken: &Taken, place: TokenStream) -> TokenStream {
    let docs = doc_attributes(docs);
    let (parameter, value) = (&taken.parameter, &taken.value);
    quote! {
        #docs
        pub fn #name(mut self, #parameter) -> Self {
            #place = Some(#value);
            self
        }
    }
}

fn prepare(reading: &OperationReading, parts: &Parts<'_>) -> TokenStream {
    let function = &reading.function;
    let arguments = reading.arguments.iter().map(|argument| {
        let kept = parts
            .path
            .iter()
            .chain(&parts.query)
            .find(|(known, _)| known.name == argument.name);
        match kept {
            Some((argument, _)) if is_ambient(argument) => {
                quote!(&self.options.client().account_sid())
            }
            Some((_, kept)) => kept.pass.clone(),
            None => quote!(&self.body),
        }
    });
    quote!(operations::#function(#(#arguments),*))
}
