//! What counts though it is seldom written: bounds of several parts, null where no type is named, members that undeclared
//! ones are described as, references that lead nowhere.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use codegen::diff::{Promise, Verdict, diff};
use codegen::load::{Tree, load};

/// Which way a schema travels.
#[derive(Clone, Copy, Debug)]
enum Way {
    Request,
    Response,
}

use Way::{Request, Response};

fn document(way: Way, schema: &str) -> Tree {
    let any = "{description: Any.}";
    let (sent, got) = match way {
        Request => (schema, any),
        Response => (any, schema),
    };
    let text = format!(
        "openapi: 3.0.3
info: {{title: Things, version: 1.0.0}}
servers: [{{url: 'https://api.example.com'}}]
paths:
  /v1/Things:
    post:
      operationId: CreateThing
      requestBody: {{required: true, content: {{application/json: {{schema: {sent}}}}}}}
      responses:
        '200': {{description: Done., content: {{application/json: {{schema: {got}}}}}}}
"
    );
    load("a.yaml", text.as_bytes()).unwrap()
}

/// The heaviest verdict on the wire, and the rules that say so.
fn wire(way: Way, old: &str, new: &str) -> (Verdict, Vec<&'static str>) {
    let report = diff(&document(way, old), &document(way, new));
    let weight = |change: &codegen::diff::Change| change.verdicts.on(Promise::Wire);
    let worst = report.changes.iter().map(weight).max();
    let worst = worst.unwrap_or_default();
    let rules = report
        .changes
        .iter()
        .filter(|change| weight(change) == worst)
        .map(|change| change.rule.id)
        .collect();
    (worst, rules)
}

#[test]
fn a_number_has_to_be_a_multiple_of_all_that_the_parts_say() {
    let one = "{allOf: [{multipleOf: 2}]}";
    let both = "{allOf: [{multipleOf: 2}, {multipleOf: 3}]}";
    let six = "{allOf: [{multipleOf: 6}]}";
    assert_eq!(
        wire(Request, one, both),
        (Verdict::Breaking, vec!["REQUEST_RANGE_TIGHTENED"])
    );
    assert_eq!(wire(Request, both, one).0, Verdict::Additive);
    assert_eq!(wire(Request, both, six).0, Verdict::None);
}

#[test]
fn what_names_no_type_takes_null_already() {
    let text = "{type: string, nullable: true}";
    let anything = "{description: Any.}";
    let null = "{description: Any., nullable: true}";
    assert_eq!(
        wire(Request, text, anything),
        (Verdict::Additive, vec!["REQUEST_TYPE_WIDENED"])
    );
    assert_eq!(wire(Request, null, anything).0, Verdict::None);
    assert_eq!(wire(Response, anything, null).0, Verdict::None);
    // With a type it is still a change of its own.
    assert_eq!(
        wire(Request, text, "{type: string}"),
        (Verdict::Breaking, vec!["REQUEST_NULL_FORBIDDEN"])
    );
}

#[test]
fn null_that_leaves_a_list_of_values_is_no_value_any_more() {
    let with = "{type: string, nullable: true, enum: [a, null]}";
    let without = "{type: string, nullable: true, enum: [a]}";
    assert_eq!(
        wire(Request, with, without),
        (Verdict::Breaking, vec!["REQUEST_NULL_FORBIDDEN"])
    );
    assert_eq!(
        wire(Response, without, with),
        (Verdict::Breaking, vec!["RESPONSE_NULL_ALLOWED"])
    );
    assert_eq!(wire(Request, without, with).0, Verdict::Additive);
}

#[test]
fn a_member_that_was_undeclared_has_to_be_what_undeclared_ones_are() {
    let open = "{type: object, additionalProperties: {type: integer}}";
    let text =
        "{type: object, additionalProperties: {type: integer}, properties: {m: {type: string}}}";
    let number =
        "{type: object, additionalProperties: {type: integer}, properties: {m: {type: integer}}}";
    for way in [Request, Response] {
        let (verdict, rules) = wire(way, open, text);
        assert_eq!(verdict, Verdict::Breaking, "{way:?}: {rules:?}");
        let (verdict, rules) = wire(way, text, open);
        assert_eq!(verdict, Verdict::Breaking, "{way:?}: {rules:?}");
        assert!(wire(way, open, number).0 < Verdict::Warning, "{way:?}");
    }
}

#[test]
fn a_member_that_must_come_or_leaves_the_undeclared_ones_is_a_warning_for_those_who_read_it() {
    let runtime = |old: &str, new: &str| {
        let report = diff(&document(Response, old), &document(Response, new));
        let found: Vec<_> = report
            .changes
            .iter()
            .filter(|change| change.rule.id == "RESPONSE_PROPERTY_ADDED")
            .map(|change| change.verdicts.on(Promise::Runtime))
            .collect();
        assert_eq!(found.len(), 1, "{new}");
        found[0]
    };
    let closed = "{type: object, properties: {a: {type: string}}}";
    let with = |more: &str| format!("{{type: object, properties: {{a: {{type: string}}, {more}}}");
    let optional = with("m: {type: string}}");
    assert_eq!(runtime(closed, &optional), Verdict::None);
    let required = with("m: {type: string}}, required: [m]");
    assert_eq!(runtime(closed, &required), Verdict::Warning);
    let nullable = with("m: {type: string, nullable: true}}, required: [m]");
    assert_eq!(runtime(closed, &nullable), Verdict::None);
    let open = "{type: object, additionalProperties: true, properties: {a: {type: string}}}";
    let known = with("m: {type: string}}, additionalProperties: true");
    assert_eq!(runtime(open, &known), Verdict::Warning);
}
