//! Writes the hosts that the document's `servers` name.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::lower::HostFacts;
use crate::names;
use crate::reshape::doc_attributes;

pub(super) fn source(hosts: &[HostFacts]) -> TokenStream {
    let variants: Vec<_> = hosts.iter().map(|host| names::ident(&host.name)).collect();
    let urls: Vec<_> = hosts.iter().map(|host| &host.url).collect();
    let docs = urls.iter().map(|url| doc_attributes(&format!("<{url}>")));
    let indexes = (0..hosts.len()).map(Literal::usize_unsuffixed);
    quote! {
        /// A server of the API. Each operation belongs to one.
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum Host {
            #(#docs #variants,)*
        }

        impl Host {
            /// Every host.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// The URL that the document gives, without a trailing slash.
            pub const fn url(self) -> &'static str {
                match self {
                    #(Self::#variants => #urls,)*
                }
            }

            pub(crate) const fn index(self) -> usize {
                match self {
                    #(Self::#variants => #indexes,)*
                }
            }
        }
    }
}
