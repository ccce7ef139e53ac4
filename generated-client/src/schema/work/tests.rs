//! What is counted before a check is never less than what the library then does, which a keyword of the test's own counts
//! in every subschema.

mod random;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jsonschema::{Keyword, ValidationError, ValidationOptions};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::compile::compiled as compiled_at_most;
use super::super::graph::Graph;
use super::super::outline::Outline;
use super::super::{ConfigurationSchema, MOST_STEPS_TOLD, options};
use super::{DEEPEST, MOST_STEPS, TooMuch};
use crate::runtime::cases::cases;

/// The keyword that counts how often its subschema is compiled and evaluated.
const COUNTED: &str = "x-counted";

#[derive(Clone, Default)]
struct Counter(Arc<AtomicU64>);

impl Counter {
    fn take(&self) -> u64 {
        self.0.swap(0, Ordering::Relaxed)
    }

    fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl<'i> Keyword<'i> for Counter {
    fn validate(&self, _: &'i Value) -> Result<(), ValidationError<'i>> {
        self.count();
        Ok(())
    }

    fn is_valid(&self, _: &'i Value) -> bool {
        self.count();
        true
    }
}

/// The library as the client uses it, with counters for compiling and evaluating.
fn counting() -> (ValidationOptions<'static>, Counter, Counter) {
    let (compiled, evaluated) = (Counter::default(), Counter::default());
    let counters = (compiled.clone(), evaluated.clone());
    let options = options().with_keyword(COUNTED, move |_, _, _| {
        counters.0.count();
        Ok(Box::new(counters.1.clone()))
    });
    (options, compiled, evaluated)
}

fn schema(value: &Value) -> Result<ConfigurationSchema, super::super::SchemaError> {
    ConfigurationSchema::new(value.as_object().unwrap())
}

/// Adds the counting keyword to every subschema.
fn counted(value: &Value) -> Value {
    let mut value = value.clone();
    mark(&mut value, true);
    value
}

/// Marks a subschema, or a map or list of them.
fn mark(value: &mut Value, is_schema: bool) {
    match value {
        Value::Object(members) => {
            for (name, inner) in members.iter_mut() {
                let is_map = [
                    "$defs",
                    "properties",
                    "patternProperties",
                    "dependentSchemas",
                ];
                mark(inner, !is_schema || !is_map.contains(&name.as_str()));
            }
            if is_schema {
                members.insert(COUNTED.to_owned(), json!(true));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mark(item, true)),
        _ => {}
    }
}

/// What became of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Became {
    /// The schema was refused.
    NoSchema,
    /// The check was refused.
    TooMuch(TooMuch),
    /// It was done, with so many evaluations.
    Done(u64),
}

/// Holds what is counted for a schema and a value to what is done.
fn hold(schema_text: &Value, value: &Value) -> Result<Became, TestCaseError> {
    let Ok(checked) = schema(schema_text) else {
        return Ok(Became::NoSchema);
    };
    let (options, compiled, evaluated) = counting();
    let validator = options.build(&counted(schema_text)).unwrap();
    let outline = Outline::new(schema_text);
    let graph = Graph::new(schema_text, &outline).unwrap();
    let most = compiled_at_most(&graph, &outline).unwrap();
    let compiled = compiled.take();
    prop_assert!(
        compiled <= most,
        "compiled {} subschemas, not {}: {}",
        compiled,
        most,
        schema_text
    );
    let steps = match checked.work.steps(value) {
        Ok(steps) => steps,
        Err(too_much) => return Ok(Became::TooMuch(too_much)),
    };
    prop_assert!(steps <= MOST_STEPS);
    // As the client does.
    let errors = if steps > MOST_STEPS_TOLD {
        u64::from(!validator.is_valid(value))
    } else {
        validator.iter_errors(value).count() as u64
    };
    let done = evaluated.take();
    prop_assert!(
        done <= steps,
        "{} of {}: {} {}",
        done,
        steps,
        schema_text,
        value
    );
    prop_assert!(errors <= steps);
    Ok(Became::Done(done))
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn no_check_does_more_than_was_counted(schema in random::any_schema(), value in random::instance()) {
        hold(&schema, &value)?;
    }
}

/// A chain of definitions, each made of the next one. `next` is a reference to it.
fn chain(length: usize, link: impl Fn(Value) -> Value) -> Value {
    let definitions: serde_json::Map<String, Value> = (0..length)
        .map(|number| {
            let next = json!({"$ref": format!("#/$defs/{}", number + 1)});
            (number.to_string(), link(next))
        })
        .chain([(length.to_string(), json!({"type": "object"}))])
        .collect();
    json!({"$defs": definitions, "$ref": "#/$defs/0"})
}

/// An object in an object in an object.
fn nested(depth: usize) -> Value {
    (0..depth).fold(json!({}), |inner, _| json!({"a": inner, "b": 1}))
}

/// Makes a schema of a reference to the next one.
type Link = fn(Value) -> Value;

/// What can multiply, each with two references to what comes next.
fn links() -> Vec<(&'static str, Link)> {
    fn link(name: &'static str, make: Link) -> (&'static str, Link) {
        (name, make)
    }
    vec![
        link("allOf", |next| json!({"allOf": [next, next]})),
        link("anyOf", |next| json!({"anyOf": [{"not": next}, next]})),
        link("oneOf", |next| json!({"oneOf": [next, next]})),
        link("not", |next| json!({"not": next, "allOf": [next]})),
        link("if", |next| json!({"if": next, "then": next, "else": next})),
        link(
            "dependentSchemas",
            |next| json!({"dependentSchemas": {"a": next, "b": next}}),
        ),
        link(
            "$ref",
            |next| json!({"$ref": next["$ref"], "allOf": [next]}),
        ),
        link(
            "$dynamicRef",
            |next| json!({"$dynamicRef": next["$ref"], "allOf": [next]}),
        ),
        link(
            "unevaluatedProperties",
            |next| json!({"$ref": next["$ref"], "unevaluatedProperties": false}),
        ),
        link(
            "unevaluatedItems",
            |next| json!({"$ref": next["$ref"], "unevaluatedItems": false}),
        ),
    ]
}

#[test]
fn whatever_multiplies_is_refused_before_it_is_done() {
    for (keyword, link) in links() {
        for value in [nested(3), json!("x"), json!([1, [2]])] {
            let became = hold(&chain(26, link), &value).unwrap();
            assert_eq!(became, Became::NoSchema, "{keyword}");
        }
        let error = schema(&chain(26, link)).unwrap_err();
        assert!(error.pointer().starts_with("/$defs/"), "{keyword}: {error}");
        assert!(
            error.to_string().contains("more than 1000000"),
            "{keyword}: {error}"
        );
        // A few of them are what people write.
        let became = hold(&chain(4, link), &nested(3)).unwrap();
        assert!(matches!(became, Became::Done(_)), "{keyword}: {became:?}");
    }
}

/// What can multiply with each step into the value.
#[test]
fn what_multiplies_with_the_depth_of_a_value_is_refused_when_it_is_checked() {
    let again = || json!({"$ref": "#"});
    let deep_list = |depth| (0..depth).fold(json!([]), |inner, _| json!([inner, inner]));
    for part in [
        json!({"properties": {"a": again()}}),
        json!({"patternProperties": {"^a": again()}}),
        json!({"patternProperties": {"^a": again(), "a$": again()}}),
        json!({"additionalProperties": again()}),
        json!({"unevaluatedProperties": again()}),
    ] {
        let schema_text = json!({"allOf": [part, part]});
        let became = hold(&schema_text, &nested(100)).unwrap();
        assert!(matches!(became, Became::TooMuch(_)), "{part}: {became:?}");
        let became = hold(&schema_text, &nested(4)).unwrap();
        assert!(matches!(became, Became::Done(_)), "{part}: {became:?}");
    }
    for part in [
        json!({"items": again()}),
        json!({"prefixItems": [again(), again()]}),
        json!({"contains": again()}),
        json!({"unevaluatedItems": again()}),
    ] {
        let schema_text = json!({"allOf": [part, part]});
        let became = hold(&schema_text, &deep_list(16)).unwrap();
        assert!(matches!(became, Became::TooMuch(_)), "{part}: {became:?}");
        let became = hold(&schema_text, &deep_list(3)).unwrap();
        assert!(matches!(became, Became::Done(_)), "{part}: {became:?}");
    }
}

#[test]
fn what_takes_long_to_compile_is_refused() {
    let nest = |depth: usize, keyword: &str| {
        (0..depth).fold(
            json!({}),
            |inner, _| json!({keyword: inner, "unevaluatedProperties": false}),
        )
    };
    for keyword in ["additionalProperties", "allOf", "not", "if"] {
        let text = |depth| {
            let text = nest(depth, keyword).to_string();
            let text = if keyword == "allOf" {
                text.replace("\"allOf\":{", "\"allOf\":[{")
                    .replace("},\"uneval", "}],\"uneval")
            } else {
                text
            };
            serde_json::from_str::<Value>(&text).unwrap()
        };
        let became = hold(&text(3), &nested(2)).unwrap();
        assert!(matches!(became, Became::Done(_)), "{keyword}: {became:?}");
        // As deep as the reader of the schema lets it be.
        let became = hold(&text(25), &nested(2)).unwrap();
        assert!(!matches!(became, Became::Done(_)), "{keyword}: {became:?}");
    }
}

#[test]
fn what_leads_to_itself_for_the_same_value_is_refused() {
    for text in [
        json!({"$ref": "#"}),
        json!({"allOf": [{"$ref": "#"}]}),
        json!({"not": {"$ref": "#"}}),
        json!({"if": {}, "then": {"anyOf": [{"$ref": "#"}]}}),
        json!({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}),
        json!({"$dynamicAnchor": "x", "$dynamicRef": "#x"}),
        json!({"$schema": "https://json-schema.org/draft/2019-09/schema", "$recursiveRef": "#"}),
        json!({"dependentSchemas": {"a": {"$ref": "#"}}}),
        json!({"properties": {"a": {"$anchor": "here", "oneOf": [{"$ref": "#here"}]}}}),
    ] {
        let error = schema(&text).unwrap_err();
        assert!(
            error.to_string().contains("refers to itself"),
            "{text}: {error}"
        );
    }
}

#[test]
fn what_leads_to_itself_for_a_part_of_the_value_is_checked() {
    for (text, value) in [
        (json!({"properties": {"a": {"$ref": "#"}}}), nested(100)),
        (json!({"additionalProperties": {"$ref": "#"}}), nested(100)),
        (
            json!({"$dynamicAnchor": "x", "properties": {"a": {"$dynamicRef": "#x"}}}),
            nested(50),
        ),
        (
            json!({
                "$schema": "https://json-schema.org/draft/2019-09/schema",
                "$recursiveAnchor": true,
                "properties": {"a": {"$recursiveRef": "#"}},
                "unevaluatedProperties": {"type": "integer"},
            }),
            nested(20),
        ),
        (
            json!({
                "$defs": {"tree": {
                    "required": ["b"],
                    "properties": {"a": {"anyOf": [{"maxProperties": 0}, {"$ref": "#/$defs/tree"}]}},
                }},
                "$ref": "#/$defs/tree",
            }),
            nested(40),
        ),
    ] {
        let became = hold(&text, &value).unwrap();
        assert!(matches!(became, Became::Done(_)), "{text}: {became:?}");
        assert!(schema(&text).unwrap().check(&value).is_ok(), "{text}");
    }
}

/// The largest number up to `most` for which it is done, where it is done for all that are smaller.
fn largest(most: usize, is_done: impl Fn(usize) -> bool) -> usize {
    let (mut done, mut refused) = (0, most + 1);
    while refused - done > 1 {
        let middle = done.midpoint(refused);
        match is_done(middle) {
            true => done = middle,
            false => refused = middle,
        }
    }
    done
}

/// Runs on half of the stack that a thread of a runtime has.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(1 << 20);
    thread.spawn(run).unwrap().join().unwrap();
}

#[test]
fn the_deepest_check_keeps_to_a_small_stack() {
    on_a_small_stack(|| {
        let again = || json!({"$ref": "#"});
        let mut depths = Vec::new();
        for part in [
            again(),
            json!({"anyOf": [{"oneOf": [{"allOf": [again()]}]}]}),
            json!({"if": {"not": again()}, "then": again(), "else": again()}),
            json!({"dependentSchemas": {"a": {"anyOf": [again(), false]}}}),
        ] {
            let text = json!({"properties": {"a": part}, "required": ["z"]});
            depths.push(largest(DEEPEST, |depth| {
                let value = (0..depth).fold(json!({}), |inner, _| json!({"a": inner}));
                matches!(hold(&text, &value).unwrap(), Became::Done(_))
            }));
        }
        // The first one is as deep as JSON is read.
        assert!(depths[0] > 127, "{depths:?}");
        assert!(depths[1] < 127, "{depths:?}");
    });
}

#[test]
fn the_deepest_schema_is_compiled_and_checked_on_a_small_stack() {
    on_a_small_stack(|| {
        let reference = |next: Value| next;
        let all = |next: Value| json!({"allOf": [next]});
        let any = |next: Value| json!({"anyOf": [next, false]});
        let review = |next: Value| json!({"$ref": next["$ref"], "anyOf": [true]});
        for link in [reference, all, any, review] {
            let longest = largest(119, |length| {
                let mut text = chain(length, link);
                text["unevaluatedProperties"] = json!(false);
                matches!(hold(&text, &nested(2)).unwrap(), Became::Done(_))
            });
            assert!((10..119).contains(&longest), "{longest}");
        }
        // As deep as a schema is looked at, in place.
        for depth in 58..70 {
            let text = (0..depth).fold(json!({}), |inner, _| json!({"not": inner}));
            hold(&text, &nested(2)).unwrap();
        }
    });
}
