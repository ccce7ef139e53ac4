//! Whatever happens to a good document, the linter answers with findings and not with a panic, and a document that it
//! still accepts goes all the way through the generator.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use codegen::finding::{Finding, Severity};
use proptest::prelude::*;
use serde_yaml::{Mapping, Value};

const SMALL: &str = include_str!("documents/small.yaml");

/// A failing case is in the output of the test, so no file is left behind. `MUTATION_FACTOR` in the environment multiplies
/// the number of cases, for a long search after a change to the rules.
fn config(cases: u32) -> ProptestConfig {
    let factor = std::env::var("MUTATION_FACTOR")
        .ok()
        .and_then(|factor| factor.parse().ok())
        .unwrap_or(1);
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases * factor)
    }
}

/// One change to a document. The numbers choose among whatever there is to choose from.
#[derive(Debug, Clone)]
enum Mutation {
    Delete {
        node: usize,
    },
    Replace {
        node: usize,
        by: usize,
    },
    Scalar {
        node: usize,
        value: usize,
    },
    Rename {
        node: usize,
        name: usize,
    },
    Insert {
        node: usize,
        key: usize,
        value: usize,
    },
    InsertNode {
        node: usize,
        key: usize,
        from: usize,
    },
    Repeat {
        node: usize,
    },
    Retype {
        node: usize,
        kind: usize,
    },
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let any = 0usize..1_000_000;
    prop_oneof![
        any.clone().prop_map(|node| Mutation::Delete { node }),
        (any.clone(), any.clone()).prop_map(|(node, by)| Mutation::Replace { node, by }),
        (any.clone(), any.clone()).prop_map(|(node, value)| Mutation::Scalar { node, value }),
        (any.clone(), any.clone()).prop_map(|(node, name)| Mutation::Rename { node, name }),
        (any.clone(), any.clone(), any.clone()).prop_map(|(node, key, value)| Mutation::Insert {
            node,
            key,
            value
        }),
        (any.clone(), any.clone(), any.clone())
            .prop_map(|(node, key, from)| Mutation::InsertNode { node, key, from }),
        any.clone().prop_map(|node| Mutation::Repeat { node }),
        (any.clone(), any).prop_map(|(node, kind)| Mutation::Retype { node, kind }),
    ]
}

/// Keys that mean something somewhere in OpenAPI, and some that mean nothing.
const KEYS: &str = "$ref allOf anyOf oneOf not type format enum default nullable pattern minLength maxLength \
    minimum maximum multipleOf exclusiveMinimum required properties items \
    additionalProperties uniqueItems title description discriminator readOnly example \
    deprecated schema content encoding parameters requestBody responses servers security \
    callbacks links headers style explode in name operationId tags 200 201 204 304 307 404 \
    2XX 4XX default get post put delete patch head trace application/json text/plain x-one \
    xml type_ Type self Sid sid /v1/Other /v1/Things/{Other} ü 1st";

/// Values of every kind, many of which fit somewhere.
const VALUES: &str = "null | true | false | 0 | 1 | -1 | 1000 | 18446744073709551615 | 1.5 | 1e400 | .nan | \"\" | \
    \"text\" | string | integer | number | boolean | array | object | null_ | date-time | \
    decimal | int32 | int64 | uri | double | [] | {} | [a] | [a, a] | [1, null] | {a: b} | \
    {type: string} | {type: object} | {type: integer} | {$ref: '#/components/schemas/Thing'} | \
    {$ref: '#/components/schemas/Missing'} | '#/components/schemas/Thing' | \
    '#/components/responses/Error' | '#/components/schemas/Thing/properties/sid' | \
    other.yaml | query | path | header | cookie | ^XT[0-9a-fA-F]{32}$ | '^X[0-9]+$' | '[' | \
    FetchThing | ListThings | type | self | application/json | https://example.com | \
    [{$ref: '#/components/schemas/Thing'}] | [{type: object}, {type: string}] | \
    {type: object, properties: {a: {type: string}}} | \
    {type: array, items: {$ref: '#/components/schemas/Thing'}}";

/// The way to a node: positions in mappings and sequences.
type Way = Vec<usize>;

fn ways(value: &Value, here: &mut Way, all: &mut Vec<Way>) {
    all.push(here.clone());
    let inner: Vec<&Value> = match value {
        Value::Mapping(mapping) => mapping.values().collect(),
        Value::Sequence(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    for (at, value) in inner.into_iter().enumerate() {
        here.push(at);
        ways(value, here, all);
        here.pop();
    }
}

fn at<'a>(value: &'a mut Value, way: &[usize]) -> Option<&'a mut Value> {
    way.iter().try_fold(value, |value, step| match value {
        Value::Mapping(mapping) => mapping.values_mut().nth(*step),
        Value::Sequence(items) => items.get_mut(*step),
        _ => None,
    })
}

fn chosen<T: Clone>(list: &[T], number: usize) -> T {
    list[number % list.len()].clone()
}

fn keyword(number: usize) -> &'static str {
    let keys: Vec<&str> = KEYS.split(' ').chain(["", "a b"]).collect();
    chosen(&keys, number)
}

fn sample(number: usize) -> Value {
    let values: Vec<&str> = VALUES.split(" | ").collect();
    serde_yaml::from_str(chosen(&values, number)).unwrap()
}

/// The mapping at a node or around it, and the position of the node in it.
fn mapping<'a>(document: &'a mut Value, way: &[usize]) -> Option<(&'a mut Mapping, usize)> {
    let (last, before) = way.split_last()?;
    match at(document, before)? {
        Value::Mapping(mapping) => Some((mapping, *last)),
        _ => None,
    }
}

fn apply(document: &mut Value, mutation: &Mutation) -> Option<()> {
    let mut all = Vec::new();
    ways(document, &mut Vec::new(), &mut all);
    match *mutation {
        Mutation::Delete { node } => {
            let way = chosen(&all, node);
            let (last, before) = way.split_last()?;
            match at(document, before)? {
                Value::Mapping(mapping) => {
                    let key = mapping.keys().nth(*last)?.clone();
                    mapping.shift_remove(&key);
                }
                Value::Sequence(items) => {
                    items.remove(*last);
                }
                _ => {}
            }
        }
        Mutation::Replace { node, by } => {
            let by = at(document, &chosen(&all, by))?.clone();
            *at(document, &chosen(&all, node))? = by;
        }
        Mutation::Scalar { node, value } => *at(document, &chosen(&all, node))? = sample(value),
        Mutation::Rename { node, name } => {
            let (mapping, last) = mapping(document, &chosen(&all, node))?;
            let renamed = mapping.iter().enumerate().map(|(position, (key, value))| {
                let key = if position == last {
                    Value::from(keyword(name))
                } else {
                    key.clone()
                };
                (key, value.clone())
            });
            *mapping = renamed.collect();
        }
        Mutation::Insert {
            node,
            key: named,
            value,
        } => {
            insert(
                at(document, &chosen(&all, node))?,
                keyword(named),
                sample(value),
            );
        }
        Mutation::InsertNode {
            node,
            key: named,
            from,
        } => {
            let from = at(document, &chosen(&all, from))?.clone();
            insert(at(document, &chosen(&all, node))?, keyword(named), from);
        }
        Mutation::Repeat { node } => {
            let way = chosen(&all, node);
            let (last, before) = way.split_last()?;
            match at(document, before)? {
                Value::Mapping(mapping) => {
                    let (key, value) = mapping
                        .iter()
                        .nth(*last)
                        .map(|(key, value)| (key.clone(), value.clone()))?;
                    mapping.insert(Value::from(format!("{}Again", key.as_str()?)), value);
                }
                Value::Sequence(items) => items.push(items[*last].clone()),
                _ => {}
            }
        }
        Mutation::Retype { node, kind } => {
            let value = at(document, &chosen(&all, node))?;
            let inner = value.clone();
            *value = match kind % 4 {
                0 => Value::Sequence(vec![inner]),
                1 => Value::Mapping([(Value::from(keyword(kind)), inner)].into_iter().collect()),
                2 => Value::String(format!("{inner:?}")),
                _ => Value::Null,
            };
        }
    }
    Some(())
}

fn insert(value: &mut Value, key: &str, inner: Value) {
    match value {
        Value::Mapping(mapping) => {
            mapping.insert(Value::from(key), inner);
        }
        Value::Sequence(items) => items.push(inner),
        _ => *value = inner,
    }
}

fn lint(bytes: &[u8]) -> Result<codegen::load::Tree, Vec<Finding>> {
    let tree = codegen::load::load("mutant.yaml", bytes)?;
    let findings = codegen::lint::lint(&tree);
    // Rendering must get along with every place that a rule can come up with.
    let report = codegen::report::render(&findings, tree.text(), false);
    assert_eq!(findings.is_empty(), report.is_empty());
    assert_eq!(
        findings,
        codegen::lint::lint(&tree),
        "two runs give two answers"
    );
    // What merely warns is turned into code all the same.
    if findings
        .iter()
        .all(|finding| finding.severity == Severity::Warning)
    {
        Ok(tree)
    } else {
        Err(findings)
    }
}

/// A document without findings must come out as code; what the later stages refuse must be their own rules, not a panic
/// or an output that nobody can read.
fn check(document: &Value) {
    let text = serde_yaml::to_string(document).unwrap();
    let Ok(tree) = lint(text.as_bytes()) else {
        return;
    };
    if let Err(findings) = codegen::load::openapi(&tree) {
        panic!("accepted, and then not readable: {findings:#?}\n{text}");
    }
    if let Err(findings) = codegen::run("mutant.yaml", text.as_bytes()) {
        for finding in findings {
            assert!(
                !finding.rule.starts_with("GENERATOR_"),
                "accepted, and then refused by the generator: {finding:#?}\n{text}"
            );
        }
    }
}

fn document(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

#[test]
fn the_document_to_mutate_is_a_good_one() {
    if let Err(findings) = lint(SMALL.as_bytes()) {
        panic!("{findings:#?}");
    }
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn one_change_to_a_small_document_never_panics(mutation in mutation()) {
        let mut document = document(SMALL);
        apply(&mut document, &mutation);
        check(&document);
    }

    #[test]
    fn several_changes_to_a_small_document_never_panic(mutations in prop::collection::vec(mutation(), 2..8)) {
        let mut document = document(SMALL);
        for mutation in &mutations {
            apply(&mut document, mutation);
        }
        check(&document);
    }
}

proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn changes_to_the_curated_document_never_panic(mutations in prop::collection::vec(mutation(), 1..4)) {
        let mut document = document(include_str!("../../spec/marketplace.v1.yaml"));
        for mutation in &mutations {
            apply(&mut document, mutation);
        }
        lint(serde_yaml::to_string(&document).unwrap().as_bytes()).ok();
    }
}

/// Text is cut anywhere, doubled anywhere, and sprinkled with what YAML gives a meaning to.
#[derive(Debug, Clone)]
struct Damage {
    from: usize,
    length: usize,
    text: String,
}

fn damage() -> impl Strategy<Value = Damage> {
    let signs = prop::sample::select(vec![
        "", ":", "- ", "{", "}", "[", "]", "\"", "'", "#", "&a ", "*a", "!!str ", "|", ">", "%",
        "@", "`", "\t", "\n", "\r", "\r\n", "---\n", "...\n", "? ", "\u{0}", "\u{feff}",
        "\u{2028}", "é", "<<: *a", "\\", "  ",
    ]);
    (0usize..1_000_000, 0usize..40, signs).prop_map(|(from, length, text)| Damage {
        from,
        length,
        text: text.to_owned(),
    })
}

proptest! {
    #![proptest_config(config(250))]

    #[test]
    fn damaged_text_never_panics(damages in prop::collection::vec(damage(), 1..6)) {
        let mut text: Vec<char> = SMALL.chars().collect();
        for Damage { from, length, text: signs } in damages {
            let from = from % (text.len() + 1);
            let to = (from + length).min(text.len());
            text.splice(from..to, signs.chars());
        }
        let text: String = text.into_iter().collect();
        match codegen::load::load("damaged.yaml", text.as_bytes()) {
            Ok(tree) => {
                codegen::load::openapi(&tree).ok();
                lint(text.as_bytes()).ok();
            }
            Err(findings) => {
                prop_assert!(!findings.is_empty());
                prop_assert!(!codegen::report::render(&findings, &text, true).is_empty());
            }
        }
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        match codegen::load::load("bytes", &bytes) {
            Ok(tree) => {
                lint(&bytes).ok();
                codegen::load::openapi(&tree).ok();
            }
            Err(findings) => {
                prop_assert!(!codegen::report::render(&findings, &String::from_utf8_lossy(&bytes), false).is_empty());
            }
        }
    }
}
