//! The tree says what `serde_yaml` says, and knows where everything stands.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use codegen::load::{Kind, Node, RefError, Span, Style, Tree, Value, load};
use proptest::prelude::*;

fn tree(text: &str) -> Tree {
    load("tree.yaml", text.as_bytes()).unwrap_or_else(|findings| panic!("{findings:#?}\n{text}"))
}

fn text(tree: &Tree, span: Span) -> &str {
    &tree.text()[span.start..span.end]
}

/// The tree as a value of `serde_yaml`.
fn value(node: &Node) -> serde_yaml::Value {
    match node.value() {
        Value::Scalar(scalar) => match scalar.kind {
            Kind::Null => serde_yaml::Value::Null,
            Kind::Bool => node.as_bool().unwrap().into(),
            Kind::Integer => {
                let integer = node.as_integer().unwrap();
                u64::try_from(integer)
                    .map(Into::into)
                    .unwrap_or_else(|_| i64::try_from(integer).unwrap().into())
            }
            Kind::Float => node.as_float().unwrap().into(),
            _ => scalar.text.clone().into(),
        },
        Value::Sequence(items) => serde_yaml::Value::Sequence(items.iter().map(value).collect()),
        Value::Mapping(_) => {
            let entries = node.entries().iter();
            serde_yaml::Value::Mapping(
                entries
                    .map(|entry| (entry.key.text.clone().into(), value(&entry.value)))
                    .collect(),
            )
        }
    }
}

#[test]
fn the_curated_document_reads_as_serde_yaml_reads_it() {
    for source in [
        include_str!("../../spec/marketplace.v1.yaml"),
        include_str!("documents/small.yaml"),
    ] {
        assert_eq!(
            value(tree(source).root()),
            serde_yaml::from_str::<serde_yaml::Value>(source).unwrap()
        );
    }
}

#[test]
fn json_reads_as_yaml_does() {
    let yaml: serde_yaml::Value =
        serde_yaml::from_str(include_str!("documents/small.yaml")).unwrap();
    for json in [
        serde_json::to_string(&yaml).unwrap(),
        serde_json::to_string_pretty(&yaml)
            .unwrap()
            .replace("  ", "\t"),
    ] {
        let tree = tree(&json);
        assert_eq!(value(tree.root()), yaml);
        assert_eq!(codegen::lint::lint(&tree), []);
        assert!(codegen::load::openapi(&tree).is_ok());
    }
}

#[test]
fn the_typed_document_is_what_serde_yaml_reads_from_the_text() {
    for source in [
        include_str!("../../spec/marketplace.v1.yaml"),
        include_str!("documents/recursive.yaml"),
        include_str!("documents/small.yaml"),
    ] {
        let expected: openapiv3::OpenAPI = serde_yaml::from_str(source).unwrap();
        assert_eq!(codegen::load::openapi(&tree(source)).unwrap(), expected);
    }
}

#[test]
fn windows_line_ends_change_nothing() {
    let unix = include_str!("documents/small.yaml");
    let windows = unix.replace('\n', "\r\n");
    let (unix, windows) = (tree(unix), tree(&windows));
    assert_eq!(unix.root(), windows.root());
    assert_eq!(codegen::lint::lint(&windows), []);
    let place = |tree: &Tree| {
        let place = tree.place(
            tree.at("/components/schemas/Thing/properties/sid/$ref")
                .unwrap()
                .span(),
        );
        (place.line, place.column)
    };
    assert_eq!(place(&unix), place(&windows));
}

#[test]
fn spans_hold_what_was_written_and_nothing_else() {
    let source = "ä: 'it''s' # one\n\"b\\\"\": \"q\\\"\" # \"two\"\nc: plain text # three\nd: [1, {e: f}] # four\ng: |\n  lit\n  eral\n\nh:\n  - i\n  - j: k\nl: >-\n  fold\n";
    let tree = tree(source);
    let written = |pointer: &str| text(&tree, tree.at(pointer).unwrap().span()).to_owned();
    assert_eq!(written("/ä"), "'it''s'");
    assert_eq!(written("/b\""), "\"q\\\"\"");
    assert_eq!(written("/c"), "plain text");
    assert_eq!(written("/d"), "[1, {e: f}]");
    assert_eq!(written("/d/1"), "{e: f}");
    assert_eq!(written("/d/1/e"), "f");
    assert_eq!(written("/g"), "lit\n  eral");
    assert_eq!(written("/h/1"), "j: k");
    assert_eq!(written("/l"), "fold");
    let keys: Vec<&str> = tree
        .root()
        .entries()
        .iter()
        .map(|entry| text(&tree, entry.key.span))
        .collect();
    assert_eq!(keys, ["ä", "\"b\\\"\"", "c", "d", "g", "h", "l"]);
    let place = tree.place(tree.at("/ä").unwrap().span());
    assert_eq!((place.line, place.column, place.start), (1, 4, 4));
}

#[test]
fn scalars_keep_their_text_and_know_what_they_mean() {
    let tree = tree(
        "a: 1.10\nb: '1'\nc: 0x1F\nd: ~\ne:\nf: 007\ng: yes\nh: TRUE\ni: -5\nj: 1e3\nk: +12\nl: \"\\u00e9\"\nm: 2024-01-01\n",
    );
    let node = |key: &str| tree.root().get(key).unwrap();
    assert_eq!(
        (node("a").kind(), node("a").as_text(), node("a").as_float()),
        (Kind::Float, Some("1.10"), Some(1.1))
    );
    assert_eq!(
        (node("b").as_str(), node("b").as_scalar().unwrap().style),
        (Some("1"), Style::SingleQuoted)
    );
    assert_eq!(node("c").as_integer(), Some(31));
    assert!(node("d").is_null() && node("e").is_null());
    assert_eq!(node("f").as_str(), Some("007"));
    assert_eq!(node("g").as_str(), Some("yes"));
    assert_eq!(node("h").as_bool(), Some(true));
    assert_eq!(node("i").as_integer(), Some(-5));
    assert_eq!(node("j").as_float(), Some(1000.0));
    assert_eq!(node("k").as_integer(), Some(12));
    assert_eq!(node("l").as_str(), Some("é"));
    assert_eq!(node("m").as_str(), Some("2024-01-01"));
}

#[test]
fn a_large_mapping_finds_its_keys_and_keeps_their_order() {
    let source: String = (0..500)
        .rev()
        .map(|number| format!("key{number}: {number}\n"))
        .collect();
    let tree = tree(&source);
    for number in 0..500i128 {
        assert_eq!(
            tree.root()
                .get(&format!("key{number}"))
                .and_then(Node::as_integer),
            Some(number)
        );
    }
    assert!(tree.root().get("key500").is_none());
    assert_eq!(tree.root().entries()[0].key.text, "key499");
}

#[test]
fn of_equal_keys_the_first_one_stays() {
    let mut source: String = (0..20)
        .map(|number| format!("key{number}: {number}\n"))
        .collect();
    source.push_str("key3: again\nkey3: and again\nkey7: once more\n");
    let tree = tree(&source);
    assert_eq!(tree.root().entries().len(), 20);
    assert_eq!(tree.root().get("key3").and_then(Node::as_integer), Some(3));
    let found: Vec<(usize, usize)> = tree
        .problems()
        .iter()
        .map(|finding| (finding.place.line, finding.related[0].0.line))
        .collect();
    assert_eq!(found, [(21, 4), (22, 4), (23, 8)]);
}

#[test]
fn aliases_are_what_they_stand_for() {
    let tree = tree("a: &a {b: [1, 2]}\nc: *a\nd: [*a, *a]\n");
    assert_eq!(tree.at("/c"), tree.at("/a"));
    assert_eq!(tree.at("/d/1/b/1").and_then(Node::as_integer), Some(2));
}

#[test]
fn references_are_followed_through_escapes_and_chains() {
    let tree = tree(
        "a/b: {c~d: {e f: 1}}\nx: {$ref: '#/y'}\ny: {$ref: '#/a~1b/c~0d'}\nz: {$ref: '#/z'}\n",
    );
    let (node, pointer) = tree.resolve("#/a~1b/c~0d/e%20f").unwrap();
    assert_eq!(
        (node.as_integer(), pointer.as_str()),
        (Some(1), "/a~1b/c~0d/e f")
    );
    assert_eq!(
        tree.follow(tree.at("/x").unwrap()).unwrap(),
        tree.at("/a~1b/c~0d").unwrap()
    );
    assert_eq!(
        tree.follow(tree.at("/z").unwrap()).map(|_| ()),
        Err(RefError::Cycle)
    );
    let error = |reference: &str| tree.resolve(reference).map(|_| ()).unwrap_err();
    assert_eq!(error("other.yaml#/a"), RefError::Remote);
    assert_eq!(error("#a"), RefError::Malformed);
    assert_eq!(error("#/%zz"), RefError::Malformed);
    assert_eq!(
        error("#/a~1b/nowhere/deeper"),
        RefError::Missing {
            parent: "/a~1b".to_owned()
        }
    );
    assert_eq!(
        tree.resolve("#").map(|(node, _)| node.entries().len()),
        Ok(4)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn plain_scalars_mean_what_serde_yaml_says(text in "[-+.0-9a-fA-FxobeE_~nulltrueINF]{1,12}") {
        let Ok(expected) = serde_yaml::from_str::<serde_yaml::Value>(&format!("a: {text}\n")) else { return Ok(()) };
        let Ok(tree) = load("tree.yaml", format!("a: {text}\n").as_bytes()) else { return Ok(()) };
        if !tree.problems().is_empty() {
            return Ok(());
        }
        prop_assert_eq!(value(tree.root()), expected);
    }

    #[test]
    fn whatever_serde_yaml_writes_the_tree_reads(strings in prop::collection::vec(any::<String>(), 1..6)) {
        let document: serde_yaml::Value = serde_yaml::to_value(
            strings.iter().enumerate().map(|(at, text)| (format!("k{at}"), vec![text.clone(), format!("{text}\n")])).collect::<std::collections::BTreeMap<_, _>>(),
        ).unwrap();
        let source = serde_yaml::to_string(&document).unwrap();
        if let Ok(tree) = load("tree.yaml", source.as_bytes()) {
            prop_assert_eq!(value(tree.root()), document);
        }
    }

    #[test]
    fn quoted_spans_end_with_their_quote(text in "[ -~äß]{0,20}", comment in "[ -~]{0,10}") {
        let single = format!("a: '{}' # {comment}\n", text.replace('\'', "''"));
        let double = format!("a: {} # {comment}\n", serde_json::to_string(&text).unwrap());
        for source in [single, double] {
            let tree = tree(&source);
            let node = tree.root().get("a").unwrap();
            prop_assert_eq!(node.as_str(), Some(text.as_str()));
            let end = source.len() - format!(" # {comment}\n").len();
            prop_assert_eq!(node.span().end, end);
        }
    }
}
