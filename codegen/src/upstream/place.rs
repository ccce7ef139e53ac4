//! A place in the curated document as a curator writes it: an operation or a component, and a JSON pointer from there in
//! which a parameter and a required member go by their names.

use std::fmt;

use crate::diff::outline::{Outline, Token};
use crate::diff::side::METHODS;
use crate::load::{Node, escape};

/// The kinds of components that a place can begin in, with the word for each.
pub(super) const OWNERS: [(&str, &str); 5] = [
    ("schema", "schemas"),
    ("parameter", "parameters"),
    ("response", "responses"),
    ("body", "requestBodies"),
    ("header", "headers"),
];

/// A place in the curated document.
///
/// Its text is that of `deviations.toml`: `GET /v1/Listings /responses/404`, `schema Listing /required/sid`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    pub(super) owner: [String; 2],
    /// The escaped words of the pointer.
    pub(super) words: Vec<String>,
}

impl At {
    /// An operation as a whole.
    pub(super) fn operation(method: &str, path: &str) -> Self {
        Self {
            owner: [method.to_owned(), path.to_owned()],
            words: Vec::new(),
        }
    }

    /// The place of a node, and of what stands or would stand below it. A node that belongs to no component is
    /// looked at on behalf of one operation.
    pub(super) fn of(
        outline: &Outline<'_>,
        operation: (&str, &str),
        node: &Node,
        below: &[&str],
    ) -> Self {
        let way = outline.way(node);
        let key = |at: usize| match way.get(at) {
            Some((Token::Key(key), _)) => Some(*key),
            _ => None,
        };
        let component = (key(0) == Some("components"))
            .then(|| OWNERS.iter().find(|(_, kind)| key(1) == Some(kind)))
            .flatten()
            .zip(key(2));
        let (mut at, from) = match component {
            Some(((owner, _), name)) => {
                let owner = [(*owner).to_owned(), name.to_owned()];
                let words = Vec::new();
                (Self { owner, words }, 3)
            }
            None if key(0) == Some("paths") => {
                let is_method = key(2).is_some_and(|key| METHODS.contains(&key));
                (
                    Self::operation(operation.0, operation.1),
                    if is_method { 3 } else { 2 },
                )
            }
            None => (Self::operation(operation.0, operation.1), 0),
        };
        for (step, (token, node)) in way.iter().enumerate().skip(from) {
            let before = step.checked_sub(1).and_then(key);
            at.words.push(match token {
                Token::Key(key) => escape(key).into_owned(),
                Token::Index(number) => {
                    let name = node.get("name").and_then(Node::as_text);
                    match name.filter(|_| before == Some("parameters")) {
                        Some(name) => escape(name).into_owned(),
                        None => number.to_string(),
                    }
                }
            });
        }
        at.words
            .extend(below.iter().map(|word| escape(word).into_owned()));
        at
    }

    /// Whether the place belongs to one operation alone.
    pub(super) fn is_in_operation(&self) -> bool {
        is_method(&self.owner[0])
    }

    /// Operation or component: `GET /v1/Listings`, `schema Listing`.
    pub(super) fn owner(&self) -> String {
        self.owner.join(" ")
    }

    /// The JSON pointer.
    pub(super) fn pointer(&self) -> String {
        self.words.iter().map(|word| format!("/{word}")).collect()
    }
}

/// Whether a word names a method as places do, in capitals.
pub(super) fn is_method(word: &str) -> bool {
    METHODS.iter().any(|method| method.to_uppercase() == word)
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.owner())?;
        if !self.words.is_empty() {
            write!(f, " {}", self.pointer())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;

    #[test]
    fn nodes_go_by_operation_or_component_and_by_names() {
        let text = "paths:\n  /a/{x}:\n    parameters: [{name: x, in: path, schema: {type: string}}]\n    get:\n      responses: {'200': {content: {a/b: {schema: {type: object}}}}}\ncomponents:\n  schemas: {S: {allOf: [{properties: {p: {type: string}}}]}}\n";
        let tree = load("a.yaml", text.as_bytes()).unwrap();
        let outline = Outline::new(&tree);
        let named = |pointer: &str, below: &[&str]| {
            let node = tree.at(pointer).unwrap();
            At::of(&outline, ("GET", "/a/{x}"), node, below).to_string()
        };
        assert_eq!(
            named("/paths/~1a~1{x}/parameters/0/schema", &["type"]),
            "GET /a/{x} /parameters/x/schema/type"
        );
        assert_eq!(
            named(
                "/paths/~1a~1{x}/get/responses/200/content/a~1b",
                &["schema"]
            ),
            "GET /a/{x} /responses/200/content/a~1b/schema"
        );
        assert_eq!(
            named(
                "/components/schemas/S/allOf/0/properties/p",
                &["required", "q"]
            ),
            "schema S /allOf/0/properties/p/required/q"
        );
        assert_eq!(named("/paths/~1a~1{x}/get", &[]), "GET /a/{x}");
    }
}
