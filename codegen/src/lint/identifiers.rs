//! The Rust names that the generator makes of the document's names, and the ones that are taken.

use std::borrow::Cow;

use crate::casing;

/// The name of a type or a variant.
pub(super) fn pascal(name: &str) -> String {
    finish(casing::pascal(&separated(name)), "X")
}

/// The name of a function, a field or an argument.
pub(super) fn snake(name: &str) -> String {
    finish(casing::snake(&separated(name)), "x")
}

/// Everything that cannot stand in an identifier separates words, and apostrophes vanish.
fn separated(name: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    match name {
        "+1" => Cow::Borrowed("plus1"),
        "-1" => Cow::Borrowed("minus1"),
        _ if name.bytes().all(plain) => Cow::Borrowed(name),
        _ => {
            let letter = |c: char| c.is_alphanumeric() || c == '_';
            name.chars()
                .filter(|c| *c != '\'')
                .map(|c| if letter(c) { c } else { '-' })
                .collect()
        }
    }
}

fn finish(name: String, empty: &str) -> String {
    let name = match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if first.is_alphabetic() => name,
        Some(_) => format!("{empty}{name}"),
    };
    if KEYWORDS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// The words that are not accepted as identifiers; the generator adds an underscore.
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names of parameters and body fields that would hide a local variable, a field or a method of the generated calls.
pub(super) const RESERVED_ON_CALLS: &[&str] = &[
    "all_items",
    "all_pages",
    "body",
    "client",
    "collect_all",
    "download",
    "header",
    "header_map",
    "info",
    "into_future",
    "keep_json",
    "new",
    "options",
    "prefetch",
    "prepare",
    "retry",
    "timeout",
];

/// Names of types that would hide what the generated code takes from Rust's prelude.
pub(super) const RESERVED_TYPES: &[&str] = &[
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Display",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "Hash",
    "Into",
    "IntoFuture",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Serialize",
    "Deserialize",
    "Some",
    "String",
    "Sync",
    "ToString",
    "TryFrom",
    "TryInto",
    "Vec",
];

/// Names of members that would hide an associated function of the types that callers build.
pub(super) const RESERVED_ON_INPUTS: &[&str] = &["default", "new"];

/// Whether a name becomes an identifier by changing case and separators alone.
pub(super) fn is_plain(name: &str) -> bool {
    let words = name.trim_start_matches(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
    name.is_ascii() && words.starts_with(|c: char| c.is_ascii_alphabetic())
}
