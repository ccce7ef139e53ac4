//! Writes one type per integer component that has both bounds, so that a value outside them cannot be sent.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::lower::BoundedFacts;
use crate::names;
use crate::reshape::doc_attributes;

pub(super) fn source(bounded: &[BoundedFacts]) -> TokenStream {
    if bounded.is_empty() {
        return quote!();
    }
    let items = bounded.iter().map(integer);
    quote! {
        use crate::runtime::bounds::BoundError;
        #(#items)*
    }
}

fn integer(facts: &BoundedFacts) -> TokenStream {
    let name = names::ident(&names::type_name(&facts.name));
    let title = names::type_name(&facts.name);
    let (minimum, maximum) = (facts.minimum, facts.maximum);
    let (low, high) = (
        Literal::i64_unsuffixed(minimum),
        Literal::i64_unsuffixed(maximum),
    );
    let default = facts
        .default
        .map(|default| format!(" The API takes {default} where none is given."))
        .unwrap_or_default();
    let docs = doc_attributes(&format!(
        "{}\n\nFrom {minimum} to {maximum}.{default}\n\n```\nuse generated_client::{{{title}, bounded}};\n\nassert_eq!({title}::new({maximum})?.get(), {maximum});\nassert!({title}::new({}).is_err());\nassert_eq!(bounded!({title}, {minimum}), {title}::MIN);\n# Ok::<(), generated_client::BoundError>(())\n```",
        facts.description,
        i128::from(maximum) + 1,
    ));
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct #name(i64);

        impl #name {
            /// The smallest value.
            pub const MIN: Self = Self(#low);
            /// The largest value.
            pub const MAX: Self = Self(#high);

            /// Checks a value.
            ///
            /// # Errors
            /// Names the bounds if the value lies outside them.
            pub const fn new(value: i64) -> Result<Self, BoundError> {
                if value < Self::MIN.0 || value > Self::MAX.0 {
                    Err(BoundError::new(stringify!(#name), value, Self::MIN.0, Self::MAX.0))
                } else {
                    Ok(Self(value))
                }
            }

            /// The value.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl TryFrom<i64> for #name {
            type Error = BoundError;

            fn try_from(value: i64) -> Result<Self, BoundError> {
                Self::new(value)
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }
    }
}
