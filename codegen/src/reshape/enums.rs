//! Writes an enum of strings so that a value which the document does not list is kept as it came instead of
//! losing the reply that it stands in.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::types::DataType;
use crate::docs::attributes as doc_attributes;

pub(super) fn source(data: &DataType, variants: &[(String, Ident)]) -> TokenStream {
    let name = &data.name;
    let docs = doc_attributes(&format!(
        "{}\n\nA value that this version does not know is kept in `Other`; a later version may give it a variant of its \
         own, so compare with [`as_str`](Self::as_str) where that must not change what a program does.",
        data.docs
    ));
    let wires: Vec<&String> = variants.iter().map(|(wire, _)| wire).collect();
    let idents: Vec<&Ident> = variants.iter().map(|(_, ident)| ident).collect();
    let variant_docs = wires
        .iter()
        .map(|wire| doc_attributes(&format!("`{wire}`")));
    quote! {
        #docs
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #idents,)*
            /// A value that the document does not list, as it came.
            Other(Box<str>),
        }

        impl #name {
            /// The value as it stands on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#idents => #wires,)*
                    Self::Other(value) => value,
                }
            }
        }

        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#wires => Self::#idents,)*
                    other => Self::Other(other.into()),
                }
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        crate::runtime::open_enum! { #name }
    }
}
