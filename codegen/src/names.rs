//! The Rust names that a document's names turn into, the same way progenitor turns them. It decides no name
//! that progenitor has already decided.

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Ident, Span};

use crate::casing::{pascal, snake};

/// The name of the function that progenitor emits for an operation id: `FetchListing` → `fetch_listing`.
pub(crate) fn function(operation_id: &str) -> String {
    snake(operation_id)
}

/// The name of an operation's entry in the table: `FetchListing` → `FETCH_LISTING`.
pub(crate) fn constant(operation_id: &str) -> String {
    operation_id.to_shouty_snake_case()
}

/// A type's name: `FetchListing` → `FetchListing`.
pub(crate) fn type_name(name: &str) -> String {
    pascal(name)
}

/// The name of a type that has none in the document, by what it stands in: `ListingSummary` and `price` → `ListingSummaryPrice`.
/// The generator takes the two apart by a dash, so that the case of one says nothing about the other.
pub(crate) fn inner_type_name(around: &str, name: &str) -> String {
    let mut inner = pascal(around);
    inner.push_str(&pascal(name));
    inner
}

/// A field's, an argument's or a method's name: `PageSize` → `page_size`; a keyword gets a trailing underscore as in progenitor.
pub(crate) fn field(name: &str) -> String {
    let snake = snake(name);
    if is_identifier(&snake) {
        snake
    } else {
        format!("{snake}_")
    }
}

/// The method that an operation id begins with: `FetchListing` → `fetch`.
pub(crate) fn verb(operation_id: &str) -> String {
    let end = operation_id
        .char_indices()
        .skip(1)
        .find(|(_, c)| c.is_ascii_uppercase());
    let verb = end.and_then(|(end, _)| operation_id.get(..end));
    field(verb.unwrap_or(operation_id))
}

/// One of a collection: `AddOnResults` → `add_on_result`.
pub(crate) fn singular(segment: &str) -> String {
    let snake = snake(segment);
    match snake.strip_suffix('s') {
        Some(one) if !one.is_empty() => one.to_owned(),
        _ => snake,
    }
}

/// Whether a text can stand as an identifier.
pub(crate) fn is_identifier(text: &str) -> bool {
    is_no_keyword(text.as_bytes()) || syn::parse_str::<Ident>(text).is_ok()
}

/// The letters of the longest keywords, `abstract`, `continue` and `override`.
const LONGEST_KEYWORD: usize = 8;

/// Whether a word is an identifier at a glance, so that the parser, which knows all keywords, need not be asked.
fn is_no_keyword(word: &[u8]) -> bool {
    word.len() > LONGEST_KEYWORD
        && word.first().is_some_and(u8::is_ascii_alphabetic)
        && word
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// An identifier from a text of which [`is_identifier`] holds, or which one of this module's functions made.
pub(crate) fn ident(text: &str) -> Ident {
    // `Ident::new` panics on a text that is none, which a document's names can be; such a text gets a prefix and the
    // compiler of the generated code has the last word.
    if is_identifier(text) {
        Ident::new(text, Span::call_site())
    } else {
        let safe: String = text
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        Ident::new(&format!("_{safe}"), Span::call_site())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keywords_are_no_identifiers_and_get_an_underscore() {
        for keyword in ["type", "abstract", "continue", "override", "self", "_"] {
            assert!(!is_identifier(keyword), "{keyword}");
        }
        assert_eq!(field("Override"), "override_");
        assert_eq!(field("OverrideUrl"), "override_url");
    }

    proptest! {
        #[test]
        fn a_glance_says_what_the_parser_says(text in "[a-cA-C_0-1é -]{0,12}") {
            prop_assert_eq!(is_identifier(&text), syn::parse_str::<Ident>(&text).is_ok());
        }
    }
}
