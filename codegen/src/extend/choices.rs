//! Writes one type per boolean that a request must have, so that a call says which yes or no it gives. Booleans of one
//! name have one type: what they are about is said by the call.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::handles::Tree;
use super::parts::Parts;
use super::values;
use crate::choices;
use crate::lower::Facts;
use crate::names;
use crate::reshape::{DataType, OperationReading, Shape, doc_attributes};

/// By type, what the document says of the booleans that have it.
type Choices = BTreeMap<String, Choice>;

#[derive(Default)]
struct Choice {
    wire: String,
    descriptions: Vec<String>,
}

pub(super) fn source(
    operations: &[OperationReading],
    types: &[DataType],
    facts: &Facts,
    tree: &Tree,
) -> TokenStream {
    let mut found = Choices::new();
    for reading in operations {
        let Some(operation) = facts.operations.get(&reading.function.to_string()) else {
            continue;
        };
        let parts = Parts::new(reading, operation, types);
        if parts.makers().iter().any(|maker| maker.sends.is_some()) {
            continue;
        }
        for required in parts.required().iter().filter(|given| given.is_bool) {
            add(&mut found, required.wire, &required.docs);
        }
    }
    for data in types.iter().filter(|data| data.input) {
        let Shape::Struct { fields, .. } = &data.shape else {
            continue;
        };
        for field in fields.iter().filter(|field| values::is_bool(&field.ty)) {
            if let Some(wire) = &field.wire {
                add(&mut found, wire, &field.docs);
            }
        }
    }
    for handle in tree.values() {
        if let Some((wire, ty)) = handle.own_parameter()
            && values::is_bool(ty)
        {
            add(&mut found, wire, "");
        }
    }
    let items = found.iter().map(|(name, choice)| item(name, choice));
    quote!(#(#items)*)
}

fn add(found: &mut Choices, wire: &str, description: &str) {
    let choice = found.entry(choices::type_name(wire)).or_default();
    if choice.wire.is_empty() {
        wire.clone_into(&mut choice.wire);
    }
    let description = description.trim();
    if !description.is_empty() && !choice.descriptions.iter().any(|known| known == description) {
        choice.descriptions.push(description.to_owned());
    }
}

fn item(name: &str, choice: &Choice) -> TokenStream {
    let docs = format!("Yes or no, as `{}` is sent.", choice.wire);
    let docs: Vec<&str> = [docs.as_str()]
        .into_iter()
        .chain(choice.descriptions.iter().map(String::as_str))
        .collect();
    let docs = doc_attributes(&docs.join("\n\n"));
    let name = names::ident(name);
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum #name {
            /// Sends `true`.
            Yes,
            /// Sends `false`.
            No,
        }

        impl ::core::convert::From<bool> for #name {
            fn from(yes: bool) -> Self {
                if yes { Self::Yes } else { Self::No }
            }
        }

        impl ::core::convert::From<#name> for bool {
            fn from(choice: #name) -> Self {
                matches!(choice, #name::Yes)
            }
        }
    }
}
