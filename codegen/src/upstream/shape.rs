//! What a schema says about a value, as far as two descriptions can be held against each other: its type in a word, and
//! the part of it in which a keyword stands or would stand.

use crate::diff::schema::View;
use crate::diff::side::{Side, brief, reference};
use crate::load::Node;

/// How many references and single `allOf`s lead from one to the next.
const HOPS: usize = 64;

/// The schema that a use of it leads to: behind a reference, alone or in the `allOf` that gives it a description.
pub(super) fn home<'t>(side: &Side<'t>, node: &'t Node) -> &'t Node {
    let mut home = node;
    for _ in 0..HOPS {
        let next = match reference(home) {
            Some(text) => side.target(text),
            None => match home.get("allOf").map(Node::items) {
                Some([only]) => Some(only),
                _ => None,
            },
        };
        match next {
            Some(next) => home = next,
            None => break,
        }
    }
    home
}

/// The part of a schema in which a keyword stands; the schema's home where it stands nowhere.
pub(super) fn part<'t>(side: &Side<'t>, view: &View<'t>, node: &'t Node, key: &str) -> &'t Node {
    let part = view
        .parts
        .iter()
        .copied()
        .find(|part| part.get(key).is_some());
    part.unwrap_or_else(|| home(side, node))
}

/// The type of a value; `any` where the schema does not restrict it.
pub(super) fn kind(view: &View<'_>) -> String {
    let Some(stated) = view.first("type") else {
        return "any".to_owned();
    };
    // A list with null is how later versions of the standard say `nullable`.
    let words: Vec<&str> = match stated.items() {
        [] => stated.as_text().into_iter().collect(),
        items => items
            .iter()
            .filter_map(Node::as_text)
            .filter(|word| *word != "null")
            .collect(),
    };
    words.join(" or ")
}

/// A schema in a few words: `string of format uri`.
pub(super) fn words(view: &View<'_>) -> String {
    let format = view.first("format").and_then(Node::as_text);
    let format = format.map_or_else(String::new, |format| format!(" of format {format}"));
    format!("{}{format}", kind(view))
}

/// The value of a keyword on one line. A scalar is never cut short: two values that differ have to look different.
pub(super) fn value(node: Option<&Node>) -> String {
    let Some(node) = node else {
        return "none".to_owned();
    };
    match node.as_text() {
        Some(text) => {
            let words: Vec<&str> = text.split_whitespace().collect();
            words.join(" ").replace('`', "'")
        }
        None => brief(node),
    }
}
