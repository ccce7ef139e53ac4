//! Documentation on its way past the parser and the formatter. They would read and print every line of it and change
//! none, which takes as long as the code itself; so the tokens carry a number in its place, and [`crate::render`] puts
//! the lines where the number stands. Tokens stay on the thread that makes them, and so do the texts.

use std::cell::RefCell;

use proc_macro2::TokenStream;
use quote::quote;

thread_local! {
    static TEXTS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What the number follows. A line of documentation has a space or nothing there.
const MARK: &str = "@";

/// An attribute that stands for the text; none for an empty text.
pub(crate) fn attributes(text: &str) -> TokenStream {
    if text.is_empty() {
        return TokenStream::new();
    }
    let number = TEXTS.with_borrow_mut(|texts| {
        texts.push(text.to_owned());
        texts.len() - 1
    });
    let mark = format!("{MARK}{number}");
    quote!(#[doc = #mark])
}

/// The lines for which a formatted line stands, with its indentation and their slashes.
pub(crate) fn lines(line: &str) -> Option<Vec<String>> {
    let mark = line.trim_start_matches(' ');
    let indent = line.get(..line.len() - mark.len())?;
    let number: usize = mark.strip_prefix("///")?.strip_prefix(MARK)?.parse().ok()?;
    TEXTS.with_borrow(|texts| {
        let lines = texts.get(number)?.lines();
        let slashed = |line| {
            format!("{indent}/// {line}")
                .trim_end_matches(' ')
                .to_owned()
        };
        Some(lines.map(slashed).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What prettyplease makes of an item with this documentation, line by line.
    fn formatted(docs: &TokenStream) -> String {
        let file = syn::parse2(quote!(pub struct Named { #docs pub field: u8 })).unwrap();
        prettyplease::unparse(&file)
    }

    #[test]
    fn the_lines_come_back_as_the_formatter_would_have_printed_them() {
        for text in [
            "One line.",
            "First.\n\nThird, \"quoted\" and \\ escaped.  \n    indented",
            "\n",
            "/ begins with a slash",
            "@1",
        ] {
            let each = text.lines().map(|line| {
                let line = if line.is_empty() {
                    String::new()
                } else {
                    format!(" {line}")
                };
                quote!(#[doc = #line])
            });
            let expected = formatted(&quote!(#(#each)*));
            let marked = formatted(&attributes(text));
            let found: Vec<String> = marked
                .lines()
                .flat_map(|line| lines(line).unwrap_or_else(|| vec![line.to_owned()]))
                .collect();
            assert_eq!(found, expected.lines().collect::<Vec<_>>(), "{text:?}");
        }
    }

    #[test]
    fn a_line_that_only_looks_like_a_number_stays() {
        for line in [
            "/// @1",
            "// ///@0",
            "///@",
            "///@x",
            "///@99999",
            "let a = b;",
        ] {
            assert_eq!(lines(line), None, "{line}");
        }
        assert!(attributes("").is_empty());
    }
}
