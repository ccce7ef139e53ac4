//! What the document says of things reaches those who read the client's documentation.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use serde_json::Value;

const DOCUMENT: &str = include_str!("../../spec/marketplace.v1.yaml");

/// Every description below a node, with where it stands.
fn descriptions<'a>(node: &'a Value, at: &str, found: &mut Vec<(String, &'a str)>) {
    match node {
        Value::Object(members) => {
            for (name, member) in members {
                let here = format!("{at}/{name}");
                match member {
                    Value::String(text) if name == "description" => found.push((here, text)),
                    // What an example or a header says is shown by no item.
                    _ if ["example", "examples", "headers"].contains(&name.as_str()) => {}
                    _ => descriptions(member, &here, found),
                }
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                descriptions(item, &format!("{at}/{number}"), found);
            }
        }
        _ => {}
    }
}

fn plain(text: &str) -> String {
    let words = text
        .split_whitespace()
        .filter(|word| !["///", "//!"].contains(word));
    // Addresses become links, and what could be taken for one is escaped.
    let text = words.collect::<Vec<_>>().join(" ");
    text.replace(['<', '>', '\\'], "")
}

#[test]
fn every_description_of_an_operation_a_reply_a_parameter_or_a_schema_is_in_the_documentation() {
    let document: Value = serde_yaml::from_str(DOCUMENT).unwrap();
    let files = codegen::run("marketplace.v1.yaml", DOCUMENT.as_bytes())
        .unwrap()
        .files;
    let code = files.values().map(|text| plain(text)).collect::<String>();
    let mut found = Vec::new();
    for part in ["paths", "components", "tags"] {
        descriptions(&document[part], part, &mut found);
    }
    assert!(found.len() > 300, "{}", found.len());
    let missing: Vec<_> = found
        .iter()
        // These two are written by hand, and say it in words of their own.
        .filter(|(at, _)| {
            !["securitySchemes/", "schemas/Quantity/"]
                .iter()
                .any(|part| at.contains(part))
        })
        .filter(|(_, text)| !code.contains(&plain(text)))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

const CURATION: &str = include_str!("../../spec/CURATION.md");

/// The names in the first column of the table of sources.
fn sources() -> Vec<&'static str> {
    let (_, section) = CURATION.split_once("\n## Sources\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.filter_map(|row| row.split('|').nth(1))
        .flat_map(|names| names.split('`').skip(1).step_by(2))
        .collect()
}

#[test]
fn every_source_that_a_comment_names_is_in_the_table_and_every_source_is_named() {
    let listed = sources();
    let mut named = Vec::new();
    let mut lines = DOCUMENT.lines().zip(1..).peekable();
    while let Some((line, number)) = lines.next() {
        let Some(names) = line.trim_start().strip_prefix("# source: ") else {
            continue;
        };
        let (next, _) = lines.peek().unwrap();
        assert!(
            next.trim_start().starts_with("description:"),
            "line {number}: a source is named directly above a description"
        );
        named.extend(names.split("; "));
    }
    let unknown: Vec<_> = named.iter().filter(|name| !listed.contains(name)).collect();
    assert!(unknown.is_empty(), "not in the table: {unknown:?}");
    let unused: Vec<_> = listed.iter().filter(|name| !named.contains(name)).collect();
    assert!(unused.is_empty(), "named by no description: {unused:?}");
}

#[test]
fn descriptions_use_the_terms_of_openapi_and_http() {
    let document: Value = serde_yaml::from_str(DOCUMENT).unwrap();
    let mut found = Vec::new();
    descriptions(&document, "", &mut found);
    let wrong = [
        "reply", "replies", "answer", "answers", "stands", "member", "members",
    ];
    for (at, text) in found {
        let mut words = text.split(|character: char| !character.is_alphanumeric());
        let word = words.find(|word| wrong.contains(&word.to_lowercase().as_str()));
        assert_eq!(word, None, "{at}: {text}");
    }
}
