//! Code as a row of tokens, matched against forms that are written like the code itself. A form has holes: `$name`
//! takes one word (an identifier or a literal), `$*name` any balanced run of tokens, and a hole that stands twice
//! must take the same twice. What matches no form is unknown; nothing is skipped.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::rc::Rc;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// A row of tokens; delimiters stand in it like any other token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Code(Vec<String>);

/// What the holes of a form took.
#[derive(Debug, Clone, Default)]
pub(super) struct Holes(BTreeMap<String, Code>);

impl Code {
    pub(super) fn of(tokens: &impl ToTokens) -> Self {
        let mut row = Vec::new();
        flatten(tokens.to_token_stream(), &mut row);
        Self(row)
    }

    /// What the holes of `form` take, if the form matches from the first token to the last.
    pub(super) fn read(&self, form: &str) -> Option<Holes> {
        let form = form_of(form)?;
        let mut holes = Holes::default();
        matches(&form, &self.0, &mut holes).then_some(holes)
    }

    pub(super) fn is(&self, form: &str) -> bool {
        self.read(form).is_some()
    }

    /// The text as callers of the client write it: `crate::sids::ListingSid` is `ListingSid` to them, and serde's
    /// traits are known by their names.
    pub(super) fn public(&self) -> String {
        let mut row: Vec<String> = Vec::new();
        let mut rest = self.0.as_slice();
        while let Some((token, after)) = rest.split_first() {
            let inside = row.last().is_some_and(|last| last == "::");
            let hidden =
                matches!(token.as_str(), "crate" | "sids" | "bounded" | "serde_core") && !inside;
            match after.split_first() {
                Some((colons, further)) if hidden && colons == "::" => rest = further,
                _ => {
                    row.push(token.clone());
                    rest = after;
                }
            }
        }
        Self(row).to_string()
    }

    /// The value, if the code is one string literal.
    pub(super) fn string(&self) -> Option<String> {
        match self.0.as_slice() {
            [literal] => syn::parse_str::<syn::LitStr>(literal)
                .ok()
                .map(|literal| literal.value()),
            _ => None,
        }
    }

    /// What stands between the commas outside of any delimiter.
    fn split(&self) -> Vec<Self> {
        let mut parts = vec![Self::default()];
        let mut depth = 0_usize;
        for token in &self.0 {
            match token.as_str() {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            match parts.last_mut() {
                Some(part) if token != "," || depth > 0 => part.0.push(token.clone()),
                _ => parts.push(Self::default()),
            }
        }
        parts.retain(|part| !part.0.is_empty());
        parts
    }
}

impl Holes {
    pub(super) fn code(&self, name: &str) -> Code {
        self.0.get(name).cloned().unwrap_or_default()
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.code(name).to_string()
    }

    pub(super) fn list(&self, name: &str) -> Vec<Code> {
        self.code(name).split()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut previous: Option<&str> = None;
        for token in &self.0 {
            if previous.is_some_and(|previous| apart(previous, token)) {
                f.write_str(" ")?;
            }
            f.write_str(token)?;
            previous = Some(token);
        }
        Ok(())
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '_' | '\'' | '"'))
}

fn apart(left: &str, right: &str) -> bool {
    match (left, right) {
        (_, "," | ";" | ":") => false,
        ("," | ";" | ":" | "->" | "=>" | "=" | "+" | "{", _) => true,
        (_, "->" | "=>" | "=" | "+" | "{" | "}") => true,
        (")" | ">" | "]", right) => is_word(right),
        // A group after a name is called or indexed; after these it is a type.
        (left, "(" | "[") => left == "mut" || left.starts_with('\''),
        (left, right) => is_word(left) && (is_word(right) || right == "&"),
    }
}

fn flatten(tokens: TokenStream, row: &mut Vec<String>) {
    // Set where a token continues the one before it: `::` and the name of a lifetime.
    let mut joined = false;
    for tree in tokens {
        let text = match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                row.extend((!open.is_empty()).then(|| open.to_owned()));
                flatten(group.stream(), row);
                // A comma before the end is layout, not meaning.
                if row.last().is_some_and(|last| last == ",") {
                    row.pop();
                }
                row.extend((!close.is_empty()).then(|| close.to_owned()));
                joined = false;
                continue;
            }
            TokenTree::Ident(ident) => ident.to_string(),
            TokenTree::Literal(literal) => literal.to_string(),
            TokenTree::Punct(punct) => {
                let last = row.last().map(String::as_str).unwrap_or_default();
                let continues =
                    joined && matches!((last, punct.as_char()), (":", ':') | ("-" | "=", '>'));
                joined = punct.spacing() == Spacing::Joint;
                push(row, &punct.as_char().to_string(), continues);
                continue;
            }
        };
        let lifetime = joined && row.last().is_some_and(|last| last == "'");
        push(row, &text, lifetime);
        joined = false;
    }
}

fn push(row: &mut Vec<String>, text: &str, continues: bool) {
    match row.last_mut() {
        Some(last) if continues => last.push_str(text),
        _ => row.push(text.to_owned()),
    }
}

enum Piece {
    Token(String),
    One(String),
    Run(String),
}

thread_local! {
    static FORMS: RefCell<HashMap<String, Rc<[Piece]>>> = RefCell::default();
}

// The forms are few, and each is matched thousands of times.
fn form_of(text: &str) -> Option<Rc<[Piece]>> {
    if let Some(known) = FORMS.with_borrow(|forms| forms.get(text).cloned()) {
        return Some(known);
    }
    let tokens: TokenStream = text.parse().ok()?;
    let form: Rc<[Piece]> = pieces(&Code::of(&tokens).0).into();
    FORMS.with_borrow_mut(|forms| forms.insert(text.to_owned(), Rc::clone(&form)));
    Some(form)
}

fn pieces(row: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = row;
    loop {
        rest = match rest {
            [] => return pieces,
            [dollar, star, name, after @ ..] if dollar == "$" && star == "*" => {
                pieces.push(Piece::Run(name.clone()));
                after
            }
            [dollar, name, after @ ..] if dollar == "$" => {
                pieces.push(Piece::One(name.clone()));
                after
            }
            [token, after @ ..] => {
                pieces.push(Piece::Token(token.clone()));
                after
            }
        };
    }
}

fn matches(form: &[Piece], row: &[String], holes: &mut Holes) -> bool {
    match (form.split_first(), row.split_first()) {
        (None, first) => first.is_none(),
        (Some((Piece::Token(wanted), form)), Some((token, row))) => {
            wanted == token && matches(form, row, holes)
        }
        (Some((Piece::One(name), form)), Some((token, row))) => {
            is_word(token) && take(name, std::slice::from_ref(token), form, row, holes)
        }
        (Some((Piece::Run(name), form)), _) => run(name, form, row, holes),
        (Some(_), None) => false,
    }
}

fn take(name: &str, taken: &[String], form: &[Piece], row: &[String], holes: &mut Holes) -> bool {
    let taken = Code(taken.to_vec());
    match holes.0.get(name) {
        Some(before) => *before == taken && matches(form, row, holes),
        None => {
            holes.0.insert(name.to_owned(), taken);
            let matched = matches(form, row, holes);
            if !matched {
                holes.0.remove(name);
            }
            matched
        }
    }
}

// The shortest run after which the rest of the form matches; it closes every delimiter that it opens.
fn run(name: &str, form: &[Piece], row: &[String], holes: &mut Holes) -> bool {
    let mut depth = 0_usize;
    for (length, next) in row.iter().map(Some).chain([None]).enumerate() {
        let fits = match form.first() {
            Some(Piece::Token(wanted)) => next == Some(wanted),
            Some(Piece::One(_) | Piece::Run(_)) => true,
            None => next.is_none(),
        };
        if depth == 0 && fits {
            let (taken, rest) = row.split_at(length);
            if take(name, taken, form, rest, holes) {
                return true;
            }
        }
        match next.map(String::as_str) {
            Some("(" | "[" | "{") => depth += 1,
            Some(")" | "]" | "}") if depth == 0 => return false,
            Some(")" | "]" | "}") => depth -= 1,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> Code {
        Code::of(&text.parse::<TokenStream>().unwrap())
    }

    #[test]
    fn a_hole_takes_one_word_and_a_starred_one_a_balanced_run() {
        let holes = code("request.query(\"Page\", &page, [1, (2, 3)]);")
            .read("request.query($wire, &$name, [$*rest]);")
            .unwrap();
        assert_eq!(holes.code("wire").string().as_deref(), Some("Page"));
        assert_eq!(holes.text("name"), "page");
        let rest: Vec<String> = holes.list("rest").iter().map(Code::to_string).collect();
        assert_eq!(rest, ["1", "(2, 3)"]);
        assert!(!code("f(a)").is("f($*x) + g($*y)"));
        assert!(!code("f(::)").is("f($x)") && !code("f(a, b)").is("f($x)"));
    }

    #[test]
    fn a_hole_that_stands_twice_takes_the_same_twice() {
        let form = "if let Some($x) = $x { $*rest }";
        assert!(code("if let Some(a) = a { b }").is(form));
        assert!(!code("if let Some(a) = b { b }").is(form));
    }

    #[test]
    fn a_comma_before_a_closing_delimiter_does_not_count() {
        assert!(code("send(a, b,)").is("send(a, b)"));
        assert!(code("send(a, b)").is("send(a, b,)"));
    }

    #[test]
    fn code_is_printed_as_a_person_would_write_it() {
        for text in [
            "Option<BTreeMap<String, serde_json::Value>>",
            "fn new(text: &'static str, of: [u8; 34]) -> Result<Self, Error>",
            "impl Into<Vec<T>> + Send",
            "&impl Serialize",
            "&'a mut &'static str",
            "&'a mut (String, u64)",
            "self.meta.unwrap_or_default()",
            "()",
        ] {
            assert_eq!(code(text).to_string(), text);
        }
    }

    #[test]
    fn paths_into_the_crate_are_printed_as_callers_write_them() {
        assert_eq!(code("Option<crate::sids::XSid>").public(), "Option<XSid>");
        assert_eq!(code("&types::sids::XSid").public(), "&types::sids::XSid");
        assert_eq!(code("crate::Timestamp").public(), "Timestamp");
    }

    fn type_text() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec![
            "String",
            "u64",
            "serde_json::Value",
            "&'static str",
            "()",
            "[u8; 34]",
        ]);
        leaf.prop_map(str::to_owned)
            .prop_recursive(4, 16, 2, |inner| {
                prop_oneof![
                    inner.clone().prop_map(|inner| format!("Option<{inner}>")),
                    inner.clone().prop_map(|inner| format!("&'a mut {inner}")),
                    inner
                        .clone()
                        .prop_map(|inner| format!("impl Into<{inner}> + Send")),
                    (inner.clone(), inner)
                        .prop_map(|(left, right)| format!("({left}, Map<{right}, {left}>)")),
                ]
            })
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_as_the_same_code(text in type_text()) {
            prop_assert_eq!(code(&text).to_string(), text.as_str());
            // Layout is no part of the code.
            let spread = text.replace(',', " ,\n").replace('<', " < ").replace('>', " > ");
            prop_assert_eq!(code(&spread), code(&text));
            let holes = code(&text).read("$*all").unwrap();
            prop_assert_eq!(holes.text("all"), text);
        }
    }
}
