//! Writes one entry of the operation table and one crate-private function per operation: the function turns
//! arguments into a prepared request and does nothing else. Sending, decoding and errors are the runtime's.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use super::read::{Argument, Encoder, OperationReading, PathPiece};
use super::types::{DataType, Shape};
use crate::docs::attributes as doc_attributes;
use crate::lower::{Facts, JsonField, OperationFacts};
use crate::names;

/// By which Twilio's lists are continued: the number of a page means nothing without its token.
pub(crate) const PAGE_PARAMETERS: [&str; 2] = ["Page", "PageToken"];

pub(super) fn source(
    operations: &[OperationReading],
    types: &[DataType],
    facts: &Facts,
) -> TokenStream {
    let items = operations.iter().filter_map(|reading| {
        // Every reading has its facts: `read` refuses a document where one is missing.
        let operation = facts.operations.get(&reading.function.to_string())?;
        let entry = entry(reading, operation, facts);
        let function = function(reading, operation);
        Some(quote!(#entry #function))
    });
    let bodies = types
        .iter()
        .filter(|data| data.body == Some(Encoder::Form))
        .map(|data| form_body(data, operations, facts));
    quote! {
        use reqwest::Method;
        use crate::Error;
        use crate::generated::hosts::Host;
        use crate::generated::types;
        use crate::runtime::{Form, FormBody, Operation, Prepared, Repeat};
        #(#items)*
        #(#bodies)*
    }
}

fn entry(reading: &OperationReading, operation: &OperationFacts, facts: &Facts) -> TokenStream {
    let constant = names::ident(&names::constant(&operation.id));
    let id = &operation.id;
    let method = names::ident(&reading.method);
    let path = &operation.path;
    let host = facts
        .hosts
        .get(operation.host)
        .map(|host| names::ident(&host.name));
    let repeat = if is_repeatable(reading) {
        quote!(Safe)
    } else {
        quote!(Never)
    };
    let statuses = operation.successes.iter().map(|success| success.status);
    let docs = doc_attributes(&format!("`{} {path}`", reading.method));
    quote! {
        #docs
        pub(crate) static #constant: Operation = Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            host: Host::#host,
            repeat: Repeat::#repeat,
            statuses: &[#(#statuses),*],
        };
    }
}

// No call of this API takes an idempotency key. A POST to one item sets what it says and can be said twice; a POST to
// anything else creates, assigns or bills, and saying it twice does so twice.
fn is_repeatable(reading: &OperationReading) -> bool {
    let item = match reading.path.as_slice() {
        [.., PathPiece::Argument(_)] => true,
        [.., PathPiece::Argument(_), PathPiece::Literal(suffix)] => !suffix.contains('/'),
        _ => false,
    };
    match reading.method.as_str() {
        "GET" | "HEAD" | "PUT" | "DELETE" => true,
        "POST" => item,
        _ => false,
    }
}

fn function(reading: &OperationReading, operation: &OperationFacts) -> TokenStream {
    let name = &reading.function;
    let constant = names::ident(&names::constant(&operation.id));
    let docs = doc_attributes(&format!("Prepares `{}`.", operation.id));
    let arguments = reading
        .arguments
        .iter()
        .map(|Argument { name, ty }| quote!(#name: #ty));
    let path = reading.path.iter().map(|piece| match piece {
        PathPiece::Literal(text) => quote!(request.literal(#text);),
        PathPiece::Argument(name) => segment(reading, name),
    });
    let query = reading.query.iter().map(|(wire, name)| {
        if is_optional(reading, name) {
            quote! {
                if let Some(#name) = #name {
                    request.query(#wire, &#name);
                }
            }
        } else {
            quote!(request.query(#wire, &#name);)
        }
    });
    let check_query = check_query(reading);
    let body = reading.encoder.map(|encoder| match encoder {
        Encoder::Form => quote!(request.form(body)?;),
        Encoder::Json => quote!(request.json(body)?;),
    });
    quote! {
        #docs
        pub(crate) fn #name(#(#arguments),*) -> Result<Prepared, Error> {
            let mut request = Prepared::new(&#constant);
            #(#path)*
            #(#query)*
            #check_query
            #body
            Ok(request)
        }
    }
}

fn is_optional(reading: &OperationReading, name: &Ident) -> bool {
    reading.arguments.iter().any(|argument| {
        argument.name == *name && super::types::generic_of(&argument.ty, "Option").is_some()
    })
}

// What no type rules out: a required text that says nothing, and a later page of a list without the token that came with
// its number.
fn check_query(reading: &OperationReading) -> TokenStream {
    if reading.query.is_empty() {
        return quote!();
    }
    let required = reading
        .query
        .iter()
        .filter(|(_, name)| !is_optional(reading, name))
        .map(|(wire, _)| wire);
    let is_paged = PAGE_PARAMETERS
        .iter()
        .all(|page| reading.query.iter().any(|(wire, _)| wire == page));
    let check_page = is_paged.then(|| quote!(request.check_page();));
    quote! {
        request.check_query(&[#(#required),*]);
        #check_page
    }
}

fn segment(reading: &OperationReading, name: &Ident) -> TokenStream {
    let is_sid = reading
        .arguments
        .iter()
        .any(|argument| argument.name == *name && is_path_type(&argument.ty, "sids"));
    if is_sid {
        quote!(request.segment(#name.as_str());)
    } else {
        quote!(request.segment(&#name.to_string());)
    }
}

/// Whether a type, or what it refers to, is a path through the given module.
pub(crate) fn is_path_type(ty: &Type, module: &str) -> bool {
    match ty {
        Type::Reference(reference) => is_path_type(&reference.elem, module),
        Type::Path(path) => path
            .path
            .segments
            .iter()
            .any(|segment| segment.ident == module),
        _ => false,
    }
}

fn form_body(data: &DataType, operations: &[OperationReading], facts: &Facts) -> TokenStream {
    let name = &data.name;
    let Shape::Struct { fields, .. } = &data.shape else {
        return quote!();
    };
    let fields = fields.iter().filter_map(|field| {
        let wire = field.wire.as_ref()?;
        let name = &field.name;
        let inner = field.optional();
        let ty = inner.as_ref().unwrap_or(&field.ty);
        let json = super::types::type_names(ty)
            .last()
            .is_some_and(|last| last == "Json");
        let (method, try_) = match (json, json_field(&data.name, wire, operations, facts)) {
            (false, _) => (quote!(text), quote!()),
            (true, Some(JsonField::Any) | None) => (quote!(json), quote!(?)),
            (true, Some(JsonField::Object | JsonField::Component(_))) => {
                (quote!(object), quote!(?))
            }
        };
        Some(if inner.is_some() {
            quote! {
                if let Some(value) = &self.#name {
                    form.#method(#wire, value)#try_;
                }
            }
        } else if json {
            quote!(form.#method(#wire, &self.#name)#try_;)
        } else {
            quote!(form.required(#wire, &self.#name);)
        })
    });
    quote! {
        impl FormBody for types::#name {
            fn encode(&self, form: &mut Form) -> Result<(), Error> {
                #(#fields)*
                Ok(())
            }
        }
    }
}

// What the document says of a JSON field of the body type `name`.
fn json_field<'a>(
    name: &Ident,
    wire: &str,
    operations: &[OperationReading],
    facts: &'a Facts,
) -> Option<&'a JsonField> {
    let has_body = |reading: &&OperationReading| {
        reading.arguments.iter().any(|argument| {
            argument.name == "body"
                && super::types::type_names(&argument.ty)
                    .last()
                    .is_some_and(|last| name == last)
        })
    };
    let reading = operations.iter().find(has_body)?;
    let operation = facts.operations.get(&reading.function.to_string())?;
    operation.body.as_ref()?.fields.get(wire)?.json.as_ref()
}
