//! Writes one type per SID component. The check is the runtime's, one for all of them; prefix, digits and length
//! come from the document's pattern.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::casing;
use crate::lower::SidFacts;
use crate::names;
use crate::reshape::doc_attributes;
use crate::sid_shape::{Digits, SidShape};

pub(super) fn source(sids: &[SidFacts]) -> TokenStream {
    let items = sids.iter().map(sid);
    let mut kinds: Vec<(&str, String)> = sids
        .iter()
        .map(|facts| (facts.shape.prefix.as_str(), noun(facts)))
        .collect();
    // What is most easily taken for another kind is the key that a caller has at hand.
    if kinds.iter().all(|(prefix, _)| *prefix != "SK") {
        kinds.push(("SK", "API key".to_owned()));
    }
    kinds.sort();
    let kinds = kinds.iter().map(|(prefix, noun)| quote!([#prefix, #noun],));
    quote! {
        use crate::SidError;
        use crate::runtime::{Digits, SidKind, check_sid, sid_str};

        pub(crate) const KINDS: &[[&str; 2]] = &[#(#kinds)*];

        #(#items)*
    }
}

/// The kind in the words of its name: `InstalledAddOnSid` is an `installed add-on`. Words that the description joins by
/// hyphens are joined here too.
fn noun(facts: &SidFacts) -> String {
    let name = facts.name.strip_suffix("Sid").unwrap_or(&facts.name);
    let snake = casing::snake(name);
    let description = facts.description.to_lowercase();
    let mut noun = String::new();
    for word in snake.split('_').filter(|word| !word.is_empty()) {
        let last = noun.rsplit([' ', '-']).next().unwrap_or_default();
        let joined = description.contains(&format!("{last}-{word}"));
        match (noun.is_empty(), joined) {
            (true, _) => {}
            (false, true) => noun.push('-'),
            (false, false) => noun.push(' '),
        }
        noun.push_str(word);
    }
    noun
}

fn sid(facts: &SidFacts) -> TokenStream {
    let noun = noun(facts);
    let name = names::ident(&names::type_name(&facts.name));
    let prefix = &facts.shape.prefix;
    let prefix_bytes = Literal::byte_string(prefix.as_bytes());
    let pattern = &facts.pattern;
    let length = Literal::usize_unsuffixed(SidShape::LENGTH);
    let digits = match facts.shape.digits {
        Digits::AnyCase => quote!(AnyCase),
        Digits::Lower => quote!(Lower),
        Digits::Upper => quote!(Upper),
    };
    let example = format!("{prefix}0123456789abcdef0123456789abcdef");
    let example = match facts.shape.digits {
        Digits::Upper => example.to_uppercase(),
        Digits::AnyCase | Digits::Lower => example,
    };
    let docs = doc_attributes(&format!(
        "{}\n\n`{prefix}` and 32 hexadecimal digits, kept as written: `{pattern}`.\n\n```\nuse generated_client::{name};\n\nlet sid: {name} = \"{example}\".parse()?;\nassert_eq!(sid.as_str(), \"{example}\");\n# Ok::<(), generated_client::SidError>(())\n```",
        facts.description,
    ));
    quote! {
        #docs
        #[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct #name([u8; #length]);

        impl SidKind for #name {
            const PREFIX: &'static [u8; 2] = #prefix_bytes;
            const DIGITS: Digits = Digits::#digits;
            const NOUN: &'static str = #noun;
            const KINDS: &'static [[&'static str; 2]] = KINDS;
        }

        impl #name {
            /// The two letters that every one begins with.
            pub const PREFIX: &'static str = #prefix;
            /// The pattern, as the document writes it.
            pub const PATTERN: &'static str = #pattern;
            /// Length in characters.
            pub const LENGTH: usize = #length;

            /// Checks a text, also at compile time.
            ///
            /// # Errors
            /// Says which rule the text breaks, and what it is instead where that can be told.
            pub const fn parse(text: &str) -> Result<Self, SidError> {
                match check_sid::<Self>(text) {
                    Ok(bytes) => Ok(Self(bytes)),
                    Err(error) => Err(error),
                }
            }

            /// The SID as text.
            pub fn as_str(&self) -> &str {
                sid_str(&self.0)
            }
        }

        impl std::str::FromStr for #name {
            type Err = SidError;

            fn from_str(text: &str) -> Result<Self, SidError> {
                Self::parse(text)
            }
        }

        impl TryFrom<&str> for #name {
            type Error = SidError;

            fn try_from(text: &str) -> Result<Self, SidError> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for #name {
            type Error = SidError;

            fn try_from(text: String) -> Result<Self, SidError> {
                Self::parse(&text)
            }
        }

        impl From<#name> for String {
            fn from(sid: #name) -> Self {
                sid.as_str().to_owned()
            }
        }

        impl AsRef<str> for #name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!(#name), self.as_str())
            }
        }

        crate::runtime::sid_value! { #name }
    }
}
