//! What a node is called: in words for people, and by an identity that stays when a document is reordered, moved to other
//! lines or given other names for the parameters of a path.

use super::digest::digest;
use super::outline::{Outline, Token, address};
use super::side::{METHODS, component_name, reference};
use crate::load::Node;

/// A path template without the names of its parameters: `/v1/Listing/{}`.
pub(crate) fn bare_path(template: &str) -> String {
    let mut bare = String::with_capacity(template.len());
    let mut inside = false;
    for character in template.chars() {
        match character {
            '{' => {
                inside = true;
                bare.push_str("{}");
            }
            '}' => inside = false,
            _ if inside => {}
            other => bare.push(other),
        }
    }
    bare
}

type Way<'w, 't> = &'w [(Token<'t>, &'t Node)];

fn key<'t>(way: Way<'_, 't>, at: usize) -> Option<&'t str> {
    match way.get(at)?.0 {
        Token::Key(key) => Some(key),
        Token::Index(_) => None,
    }
}

/// A node in words: `` `sid` of `InstalledAddOn` ``, ``the query parameter `PageSize` ``.
pub(crate) fn words(outline: &Outline<'_>, node: &Node) -> String {
    let way = outline.way(node);
    let (owner, rest) = owner(outline, &way);
    let inside = inside(rest);
    if inside.is_empty() {
        owner
    } else {
        format!("`{inside}` of {owner}")
    }
}

// What the schema belongs to, and the way from there on.
fn owner<'w, 't>(outline: &Outline<'t>, way: Way<'w, 't>) -> (String, Way<'w, 't>) {
    let tail = |from: usize| way.get(from..).unwrap_or_default();
    match (key(way, 0), key(way, 1), key(way, 2)) {
        (Some("components"), Some(kind), Some(name)) => {
            let owner = match kind {
                "schemas" => format!("`{name}`"),
                "parameters" => way
                    .get(2)
                    .map_or_else(String::new, |(_, node)| parameter(outline, node)),
                "responses" => format!("the reply `{name}`"),
                "requestBodies" => format!("the request body `{name}`"),
                "headers" => format!("the header `{name}`"),
                "securitySchemes" => format!("the security scheme `{name}`"),
                _ => format!("`{name}` of `{kind}`"),
            };
            if kind == "responses" {
                reply(owner, tail(3))
            } else {
                (owner, schema(tail(3)))
            }
        }
        (Some("paths"), Some(_), Some("parameters")) => match way.get(3) {
            Some((_, node)) => (parameter(outline, node), schema(tail(4))),
            None => ("the parameters of the path".to_owned(), &[]),
        },
        (Some("paths"), Some(path), Some(method)) if METHODS.contains(&method) => {
            operation(outline, path, method, tail(3))
        }
        (Some("paths"), Some(path), _) => (format!("the path `{path}`"), tail(2)),
        (Some(top), _, _) => (format!("`{top}`"), tail(1)),
        (None, _, _) => ("the document".to_owned(), &[]),
    }
}

fn operation<'w, 't>(
    outline: &Outline<'t>,
    path: &str,
    method: &str,
    way: Way<'w, 't>,
) -> (String, Way<'w, 't>) {
    let tail = |from: usize| way.get(from..).unwrap_or_default();
    match (key(way, 0), way.get(1)) {
        (Some("parameters"), Some((_, node))) => (parameter(outline, node), schema(tail(2))),
        (Some("requestBody"), _) => ("the request body".to_owned(), schema(tail(1))),
        (Some("responses"), Some((Token::Key(status), _))) => {
            reply(format!("the reply `{status}`"), tail(2))
        }
        (Some("responses"), _) => ("the replies".to_owned(), &[]),
        _ => (format!("`{} {path}`", method.to_uppercase()), &[]),
    }
}

fn reply<'w, 't>(owner: String, way: Way<'w, 't>) -> (String, Way<'w, 't>) {
    match (key(way, 0), key(way, 1)) {
        (Some("headers"), Some(name)) => (
            format!("the header `{name}` of {owner}"),
            schema(way.get(2..).unwrap_or_default()),
        ),
        _ => (owner, schema(way)),
    }
}

// The way inside a schema: `schema` and `content/application~1json/schema` lead to one.
fn schema<'w, 't>(way: Way<'w, 't>) -> Way<'w, 't> {
    let start = match key(way, 0) {
        Some("schema") => 1,
        Some("content") if key(way, 2) == Some("schema") => 3,
        Some("content") => way.len(),
        _ => 0,
    };
    way.get(start..).unwrap_or_default()
}

/// A parameter in words.
pub(super) fn parameter(outline: &Outline<'_>, node: &Node) -> String {
    let node = match reference(node) {
        Some(_) => outline
            .tree()
            .resolve(reference(node).unwrap_or_default())
            .map_or(node, |(target, _)| target),
        None => node,
    };
    let text = |key: &str| node.get(key).and_then(Node::as_str);
    match (text("in"), text("name")) {
        (Some(location), Some(name)) => format!("the {location} parameter `{name}`"),
        (None, Some(name)) => format!("the parameter `{name}`"),
        _ => "a parameter".to_owned(),
    }
}

/// An alternative of a `oneOf` or `anyOf` in words.
pub(super) fn alternative(node: &Node, at: usize) -> String {
    let named = component_name(node).or_else(|| node.get("title").and_then(Node::as_str));
    let kind = || {
        node.get("type")
            .and_then(Node::as_str)
            .map(|kind| format!("{kind} #{}", at + 1))
    };
    named
        .map(str::to_owned)
        .or_else(kind)
        .unwrap_or_else(|| format!("#{}", at + 1))
}

/// What tells an alternative from the others of its list, wherever it stands there: what it refers to, its title, or its
/// type and members. Those that have that in common are counted, in an order that is not that of the list.
pub(super) fn telling(list: &Node, node: &Node) -> String {
    let own = nature(node);
    let alike = list.items().iter().filter(|item| nature(item) == own);
    let mut alike: Vec<(u64, usize)> = alike.map(|item| (digest(item), address(item))).collect();
    if alike.len() < 2 {
        return own;
    }
    alike.sort_unstable();
    let at = alike.iter().position(|(_, item)| *item == address(node));
    format!("{own} #{}", at.unwrap_or_default() + 1)
}

fn nature(node: &Node) -> String {
    let named = component_name(node).or_else(|| node.get("title").and_then(Node::as_str));
    if let Some(name) = named {
        return name.to_owned();
    }
    let kind = node.get("type").and_then(Node::as_text).unwrap_or_default();
    let required = node.get("required").map(Node::items).unwrap_or_default();
    let mut members: Vec<&str> = required.iter().filter_map(Node::as_text).collect();
    if members.is_empty() {
        let properties = node.get("properties").map(Node::entries);
        let entries = properties.unwrap_or_default().iter();
        members = entries.map(|entry| entry.key.text.as_str()).collect();
    }
    members.sort_unstable();
    if members.is_empty() {
        kind.to_owned()
    } else {
        format!("{kind} with {}", members.join(", "))
    }
}

// The members on the way through a schema: `items[].sid`.
fn inside(way: Way<'_, '_>) -> String {
    let mut text = String::new();
    let mut at = 0;
    while let Some(word) = key(way, at) {
        let next = way.get(at + 1);
        match (word, next) {
            ("properties", Some((Token::Key(name), _))) => {
                text.push_str(if text.is_empty() { "" } else { "." });
                text.push_str(name);
            }
            ("allOf", Some((Token::Index(_), _))) => {}
            ("oneOf" | "anyOf", Some((Token::Index(number), node))) => {
                text.push_str(&format!("<{}>", alternative(node, *number)));
            }
            ("items" | "additionalProperties" | "not", _) => {
                text.push_str(match word {
                    "items" => "[]",
                    "not" => "<not>",
                    _ => "{}",
                });
                at += 1;
                continue;
            }
            _ => break,
        }
        at += 2;
    }
    text
}

/// What stands between the words of an identity.
pub(super) const BETWEEN: char = '\u{1f}';

/// What the node at the end of a way is, whatever its line and position: the basis of a fingerprint.
pub(super) fn identity(outline: &Outline<'_>, way: Way<'_, '_>) -> String {
    let mut identity = String::new();
    for (at, (token, node)) in way.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| key(way, before));
        match token {
            Token::Key("allOf") => continue,
            Token::Key(path) if at == 1 && before == Some("paths") => {
                identity.push('/');
                identity.push_str(&bare_path(path));
                continue;
            }
            _ => {}
        }
        identity.push(BETWEEN);
        match (before, token) {
            (_, Token::Key(key)) => identity.push_str(key),
            (Some("allOf"), Token::Index(_)) => {
                identity.pop();
            }
            (Some("parameters"), Token::Index(_)) => identity.push_str(&parameter(outline, node)),
            (Some("oneOf" | "anyOf"), Token::Index(number)) => {
                let list = at.checked_sub(1).and_then(|before| way.get(before));
                identity.push_str(&list.map_or_else(
                    || alternative(node, *number),
                    |(_, list)| telling(list, node),
                ));
            }
            (Some(list), Token::Index(number)) => identity.push_str(&item(list, node, *number)),
            (None, Token::Index(number)) => identity.push_str(&number.to_string()),
        }
    }
    identity
}

/// What tells an item of a list from the others, wherever it stands there.
fn item(list: &str, node: &Node, number: usize) -> String {
    let text = |key: &str| node.get(key).and_then(Node::as_text).map(str::to_owned);
    let own = match list {
        "servers" => text("url"),
        "tags" => text("name"),
        "security" => {
            let schemes = node.entries().iter();
            Some(
                schemes
                    .map(|entry| format!("{} ", entry.key.text))
                    .collect(),
            )
        }
        _ => None,
    };
    own.or_else(|| node.as_text().map(str::to_owned))
        .unwrap_or_else(|| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_path_parameters_are_no_part_of_a_path() {
        assert_eq!(
            bare_path("/v1/Listing/{Sid}/x{y}.json"),
            "/v1/Listing/{}/x{}.json"
        );
        assert_eq!(bare_path("/{unclosed"), "/{}");
        assert_eq!(bare_path("/plain"), "/plain");
    }

    #[test]
    fn nodes_are_named_by_what_a_reader_knows() {
        let text = "paths:\n  /a/{x}:\n    get:\n      parameters:\n        - {name: q, in: query, schema: {type: string}}\n      responses:\n        '200':\n          headers:\n            H: {schema: {type: string}}\n          content:\n            application/json:\n              schema: {type: array, items: {properties: {b: {type: string}}}}\ncomponents:\n  schemas:\n    C:\n      allOf:\n        - properties: {d: {additionalProperties: {type: string}}}\n";
        let tree = crate::load::load("a.yaml", text.as_bytes()).unwrap();
        let outline = Outline::new(&tree);
        let named = |pointer: &str| words(&outline, tree.at(pointer).unwrap());
        assert_eq!(named("/paths/~1a~1{x}/get"), "`GET /a/{x}`");
        assert_eq!(
            named("/paths/~1a~1{x}/get/parameters/0/schema"),
            "the query parameter `q`"
        );
        assert_eq!(
            named("/paths/~1a~1{x}/get/responses/200/headers/H/schema/type"),
            "the header `H` of the reply `200`"
        );
        let deep = "/paths/~1a~1{x}/get/responses/200/content/application~1json/schema/items/properties/b/type";
        assert_eq!(named(deep), "`[].b` of the reply `200`");
        assert_eq!(
            named("/components/schemas/C/allOf/0/properties/d/additionalProperties"),
            "`d{}` of `C`"
        );
    }
}
