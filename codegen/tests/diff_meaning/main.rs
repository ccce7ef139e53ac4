//! What a difference means where two documents say the same in two ways, or where one word stands for much: what is only
//! referred to in places that no rule takes apart, names that travel as values, and lists that say the same.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod access;
mod alternatives;

use codegen::diff::{Report, Verdict, diff};
use codegen::load::load;

use alternatives::inside;

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: Things, version: 1.0.0}
paths:
  /v1/Things:
    post:
      operationId: CreateThing
      OPERATION
      requestBody:
        required: true
        content:
          MEDIA:
            schema: REQUEST
      responses:
        '200':
          description: Done.
          content:
            application/json:
              schema: REPLY
components:
  schemas: {SCHEMAS}
";

/// A document with some of its gaps filled.
fn document(parts: &[(&str, &str)]) -> String {
    let mut text = DOCUMENT.to_owned();
    let usual = [
        ("OPERATION", "summary: A thing."),
        ("MEDIA", "application/json"),
        ("REQUEST", "{type: object}"),
        ("REPLY", "{type: object}"),
        ("SCHEMAS", ""),
    ];
    for (gap, words) in parts.iter().chain(&usual) {
        text = text.replace(gap, words);
    }
    text
}

fn report(base: &str, revision: &str) -> Report {
    let tree = |text: &str| load("a.yaml", text.as_bytes()).unwrap();
    diff(&tree(base), &tree(revision))
}

/// The rules of what was found, each with its verdict on the wire.
fn found(base: &str, revision: &str) -> Vec<(&'static str, Verdict)> {
    let changes = report(base, revision).changes;
    changes
        .iter()
        .map(|change| (change.id(), change.verdicts.wire))
        .collect()
}

#[test]
fn what_is_only_referred_to_counts_where_the_reference_stands() {
    const CALLBACK: &str = "callbacks: {e: {'{$request.body#/url}': {post: {requestBody: {content: {application/json: {schema: INNER}}}, responses: {'200': {description: o}}}}}}";
    const HEADER: &str = "{type: object, properties: {a: {type: string}}}
            encoding: {a: {headers: {X: {schema: INNER}}}}";
    let places = [
        (
            "REQUEST",
            "{type: object, properties: {a: {not: INNER}}}",
            "REQUEST_EXCLUSION_CHANGED",
        ),
        (
            "REPLY",
            "{type: object, properties: {a: {not: {properties: {q: INNER}}}}}",
            "RESPONSE_EXCLUSION_CHANGED",
        ),
        (
            "REPLY",
            "{type: object, patternProperties: {'^x': INNER}}",
            "KEYWORD_CHANGED",
        ),
        (
            "REPLY",
            "{type: array, items: {}, prefixItems: [INNER]}",
            "KEYWORD_CHANGED",
        ),
        ("OPERATION", CALLBACK, "CALLBACK_CHANGED"),
        ("REQUEST", HEADER, "REQUEST_ENCODING_CHANGED"),
    ];
    for (gap, text, rule) in places {
        let media = if text == HEADER {
            "multipart/form-data"
        } else {
            "application/json"
        };
        let with = |inner: &str, schemas: &str| {
            document(&[
                (gap, &text.replace("INNER", inner)),
                ("MEDIA", media),
                ("SCHEMAS", schemas),
            ])
        };
        let inline = ["{type: string}", "{type: integer}"].map(|inner| with(inner, ""));
        let far = ["{type: string}", "{type: integer}"].map(|inner| {
            with(
                "{$ref: '#/components/schemas/A'}",
                &format!("A: {{$ref: '#/components/schemas/B'}}, B: {inner}"),
            )
        });
        let expected: Vec<_> = found(&inline[0], &inline[1]);
        assert_eq!(expected.len(), 1, "{text}: {expected:?}");
        assert_eq!(expected[0].0, rule);
        let changes = report(&far[0], &far[1]).changes;
        let own = changes.iter().find(|change| change.id() == rule).unwrap();
        assert_eq!(own.verdicts.wire, expected[0].1, "{text}");
        for change in &changes {
            // What the component itself says of it is judged at the reference.
            assert!(change.id() == rule || change.verdicts.wire == Verdict::None);
            assert_eq!(change.used_by.len(), 1, "{text}: {}", change.id());
        }
        // Moved into a component it means the same.
        for change in report(&inline[0], &far[0]).changes {
            assert_eq!(
                change.verdicts.wire,
                Verdict::None,
                "{text}: {}",
                change.id()
            );
        }
    }
}

#[test]
fn what_changes_no_message_breaks_nobody() {
    let wire = |base: &str, revision: &str| {
        let changes = found(base, revision);
        changes
            .into_iter()
            .map(|(_, wire)| wire)
            .max()
            .unwrap_or(Verdict::None)
    };
    let (none, additive, breaking) = (Verdict::None, Verdict::Additive, Verdict::Breaking);
    for (one, other, there, back) in [
        (
            "{type: integer}",
            "{type: integer, multipleOf: 1}",
            none,
            none,
        ),
        (
            "{type: number}",
            "{type: number, multipleOf: 1}",
            breaking,
            additive,
        ),
        (
            "{type: number, multipleOf: 0.1}",
            "{type: number, multipleOf: 0.01}",
            additive,
            breaking,
        ),
        (
            "{type: number, multipleOf: 0.2}",
            "{type: number, multipleOf: 0.3}",
            breaking,
            breaking,
        ),
        (
            "{type: integer, multipleOf: 2}",
            "{type: integer, multipleOf: 4}",
            breaking,
            additive,
        ),
        (
            "{type: number, minimum: 0.0}",
            "{type: number, minimum: -0.0}",
            none,
            none,
        ),
        (
            "{type: integer, enum: [1, 2]}",
            "{type: integer, enum: [1.0, 2]}",
            none,
            none,
        ),
        (
            "{type: boolean}",
            "{type: boolean, enum: [true, false]}",
            none,
            none,
        ),
        (
            "{type: boolean}",
            "{type: boolean, enum: [true]}",
            breaking,
            additive,
        ),
        (
            "{type: string, anyOf: [{maxLength: 2}, {minLength: 5}]}",
            "{type: string, anyOf: [{maxLength: 3}, {minLength: 5}]}",
            additive,
            breaking,
        ),
        (
            "{type: string, not: {enum: [a]}}",
            "{type: string, not: {enum: [a, b]}}",
            breaking,
            additive,
        ),
        (
            "{type: string, not: {enum: [a]}}",
            "{type: string, not: {enum: [b]}}",
            breaking,
            breaking,
        ),
    ] {
        let [base, revision] = [one, other].map(|schema| inside("REQUEST", schema));
        assert_eq!(wire(&base, &revision), there, "{one} {other}");
        assert_eq!(wire(&revision, &base), back, "{other} {one}");
    }
    let query = |schema: &str, rest: &str| {
        let text = format!("parameters: [{{in: query, name: q, schema: {schema}{rest}}}]");
        document(&[("OPERATION", &text)])
    };
    for (schema, verdict) in [
        ("{type: string}", none),
        ("{type: array, items: {type: string}}", breaking),
        ("{}", breaking),
    ] {
        assert_eq!(
            wire(&query(schema, ""), &query(schema, ", explode: false")),
            verdict,
            "{schema}"
        );
    }
    let body = |media: &str, schema: &str, encoding: &str| {
        let text = format!("{{type: object, properties: {{a: {schema}}}}}{encoding}");
        document(&[("MEDIA", media), ("REQUEST", &text)])
    };
    let form = "multipart/form-data";
    for (media, schema, encoding, verdict) in [
        (
            "application/json",
            "{type: string}",
            "{contentType: text/csv}",
            none,
        ),
        (form, "{type: string}", "{contentType: text/csv}", breaking),
        (form, "{type: string}", "{contentType: text/plain}", none),
        (
            form,
            "{type: array, items: {type: object}}",
            "{contentType: application/json}",
            none,
        ),
        (
            form,
            "{type: object}",
            "{contentType: text/plain}",
            breaking,
        ),
        (form, "{type: string}", "{explode: false}", none),
        (
            "application/x-www-form-urlencoded",
            "{type: string}",
            "{explode: false}",
            none,
        ),
        (
            "application/x-www-form-urlencoded",
            "{type: array, items: {type: string}}",
            "{explode: false}",
            breaking,
        ),
    ] {
        let said = format!("\n            encoding: {{a: {encoding}}}");
        let (base, revision) = (body(media, schema, ""), body(media, schema, &said));
        assert_eq!(
            wire(&base, &revision),
            verdict,
            "{media} {schema} {encoding}"
        );
        assert_eq!(
            wire(&revision, &base),
            verdict,
            "{media} {schema} {encoding}"
        );
    }
}
