//! What a difference means where two documents say the same in two ways, or where one word stands for much: what is only
//! referred to in places that no rule takes apart, names that travel as values, and lists that say the same.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use codegen::diff::{Report, Verdict, diff};
use codegen::load::load;

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

const CHOICE: &str = "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind MAPPING}}";
const CAT: &str =
    "{type: object, required: [kind], properties: {kind: {type: string}, purrs: {type: boolean}}}";
const DOG: &str =
    "{type: object, required: [kind], properties: {kind: {type: string}, barks: {type: boolean}}}";

/// A choice between two components in a body or in a reply.
fn choice(gap: &str, mapping: &str, cat: &str) -> String {
    let choice = CHOICE
        .replace(" MAPPING", mapping)
        .replace("/Cat", &format!("/{cat}"));
    let schemas = format!("{cat}: {CAT}, Dog: {DOG}");
    document(&[
        (
            gap,
            &format!("{{type: object, properties: {{a: {choice}}}}}"),
        ),
        ("SCHEMAS", &schemas),
    ])
}

#[test]
fn the_name_of_an_alternative_is_a_value_on_the_wire() {
    let has = |found: &[(&str, Verdict)], rule: &str| found.iter().any(|(id, _)| *id == rule);
    for (gap, direction) in [("REQUEST", "REQUEST"), ("REPLY", "RESPONSE")] {
        let added = format!("{direction}_DISCRIMINATOR_VALUE_ADDED");
        let removed = format!("{direction}_DISCRIMINATOR_VALUE_REMOVED");
        let renamed = found(&choice(gap, "", "Cat"), &choice(gap, "", "Lion"));
        assert!(
            has(&renamed, &added) && has(&renamed, &removed),
            "{renamed:?}"
        );
        let more = found(
            &choice(gap, ", mapping: {c: Cat}", "Cat"),
            &choice(gap, ", mapping: {c: Cat, d: Dog}", "Cat"),
        );
        assert!(has(&more, &added) && !has(&more, &removed), "{more:?}");
        let moved = found(
            &choice(gap, ", mapping: {c: Cat}", "Cat"),
            &choice(gap, ", mapping: {c: Dog}", "Cat"),
        );
        assert!(
            has(&moved, &format!("{direction}_DISCRIMINATOR_CHANGED")),
            "{moved:?}"
        );
        for (one, other) in [
            (
                ", mapping: {c: Cat}",
                ", mapping: {c: '#/components/schemas/Cat'}",
            ),
            (", mapping: {Cat: Cat}", ""),
            (
                ", mapping: {Dog: '#/components/schemas/Dog'}",
                ", mapping: {Cat: Cat}",
            ),
        ] {
            for (from, to) in [(one, other), (other, one)] {
                let same = found(&choice(gap, from, "Cat"), &choice(gap, to, "Cat"));
                assert!(
                    same.iter().all(|(_, wire)| *wire == Verdict::None),
                    "{same:?}"
                );
            }
        }
    }
}

#[test]
fn what_builds_on_a_component_with_a_discriminator_is_what_a_value_can_be() {
    let with = |rest: &str| {
        let schemas = format!(
            "Pet: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}, discriminator: {{propertyName: kind}}}}, {rest}"
        );
        document(&[
            ("REPLY", "{$ref: '#/components/schemas/Pet'}"),
            ("SCHEMAS", &schemas),
        ])
    };
    let child = |name: &str, member: &str| {
        format!(
            "{name}: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{type: object, properties: {{{member}: {{type: string}}}}}}]}}"
        )
    };
    let one = with(&child("Cat", "purrs"));
    let two = with(&format!(
        "{}, {}",
        child("Cat", "purrs"),
        child("Dog", "barks")
    ));
    let other = with(&child("Cat", "purrs").replace("string", "integer"));
    let wire = |found: Vec<(&'static str, Verdict)>, rule: &str| {
        found
            .into_iter()
            .find(|(id, _)| *id == rule)
            .map(|(_, wire)| wire)
    };
    let breaking = Some(Verdict::Breaking);
    assert_eq!(
        wire(found(&one, &two), "RESPONSE_DISCRIMINATOR_VALUE_ADDED"),
        breaking
    );
    assert_eq!(
        wire(found(&two, &one), "RESPONSE_DISCRIMINATOR_VALUE_REMOVED"),
        Some(Verdict::Additive)
    );
    assert_eq!(wire(found(&one, &other), "RESPONSE_TYPE_CHANGED"), breaking);
}

/// A document whose operation asks for credentials.
fn secured(security: &str, schemes: &str) -> String {
    let text = document(&[("OPERATION", &format!("security: {security}"))]);
    format!("{text}  securitySchemes: {{{schemes}}}\n")
}

#[test]
fn a_way_in_is_lost_only_if_no_other_one_asks_for_as_little() {
    const SCHEMES: &str =
        "b: {type: http, scheme: basic}, k: {type: apiKey, in: header, name: X-Key}";
    let wire = |one: &str, other: &str| {
        let changes = found(&secured(one, SCHEMES), &secured(other, SCHEMES));
        changes
            .into_iter()
            .map(|(_, wire)| wire)
            .max()
            .unwrap_or(Verdict::None)
    };
    assert_eq!(wire("[{b: [], k: []}]", "[{b: []}]"), Verdict::Additive);
    assert_eq!(wire("[{b: []}]", "[{b: [], k: []}]"), Verdict::Breaking);
    assert_eq!(
        wire("[{b: []}, {b: [], k: []}]", "[{b: []}]"),
        Verdict::None
    );
    assert_eq!(
        wire("[{b: []}]", "[{b: []}, {b: [], k: []}]"),
        Verdict::None
    );
    assert_eq!(wire("[{b: []}, {k: []}]", "[{b: []}]"), Verdict::Breaking);
    assert_eq!(wire("[{b: []}]", "[{k: []}]"), Verdict::Breaking);
    assert_eq!(
        wire("[{b: [x]}, {b: [y]}]", "[{b: [y]}, {b: [x]}]"),
        Verdict::None
    );
    let others = "z: {type: http, scheme: Basic}, k: {type: apiKey, in: header, name: x-key}";
    let changes = found(
        &secured("[{b: [], k: []}]", SCHEMES),
        &secured("[{z: [], k: []}]", others),
    );
    assert!(
        changes.iter().all(|(_, wire)| *wire == Verdict::None),
        "{changes:?}"
    );
    let changes = found(
        &secured("[{k: []}]", SCHEMES),
        &secured("[{k: []}]", &SCHEMES.replace("header", "query")),
    );
    assert!(
        changes.contains(&("SECURITY_SCHEME_CHANGED", Verdict::Breaking)),
        "{changes:?}"
    );
}

#[test]
fn servers_are_compared_by_what_their_urls_mean() {
    let with = |servers: &str| format!("{servers}\n{}", document(&[]));
    let rules = |one: &str, other: &str| -> Vec<&'static str> {
        let changes = found(&with(one), &with(other));
        changes.into_iter().map(|(id, _)| id).collect()
    };
    let none = "x-a: b";
    let at = |url: &str| format!("servers: [{{url: '{url}'}}]");
    assert_eq!(
        rules(none, &at("https://b.com")),
        ["SERVER_CHANGED", "EXTENSION_CHANGED"]
    );
    assert_eq!(
        rules(&at("https://b.com"), &at("https://c.com")),
        ["SERVER_CHANGED"]
    );
    for (one, other) in [
        ("https://b.com", "HTTPS://B.com:443/"),
        ("http://b.com:80/v1", "http://b.com/v1/"),
        ("https://{Region}.b.com", "https://{Region}.B.com"),
    ] {
        assert!(
            !rules(&at(one), &at(other)).contains(&"SERVER_CHANGED"),
            "{one} {other}"
        );
    }
    assert_eq!(
        rules(&at("https://b.com:80"), &at("https://b.com")),
        ["SERVER_CHANGED"]
    );
    assert!(!rules(none, &at("/")).contains(&"SERVER_CHANGED"));
    let (one, other) = (with(&at("https://a.com/v1")), with(&at("https://a.com")));
    let split = found(&one.replace("/v1/Things", "/Things"), &other);
    assert!(
        split.contains(&("OPERATION_PATH_SPLIT", Verdict::None)),
        "{split:?}"
    );
    assert!(
        split.iter().all(|(_, wire)| *wire == Verdict::None),
        "{split:?}"
    );
    let without = |text: &str| text.replace("      operationId: CreateThing\n", "");
    let split = found(
        &without(&one.replace("/v1/Things", "/Things")),
        &without(&other),
    );
    assert!(
        split.iter().all(|(_, wire)| *wire == Verdict::None),
        "{split:?}"
    );
}

const INNER: [&str; 3] = [
    "{type: object, required: [k], properties: {k: {type: string}}}",
    "{type: object, required: [m], properties: {m: {type: string}}}",
    "{type: object, required: [z], properties: {z: {type: string}}}",
];

/// A document with a member of a body or of a reply.
fn inside(gap: &str, schema: &str) -> String {
    document(&[(
        gap,
        &format!("{{type: object, properties: {{a: {schema}}}}}"),
    )])
}

#[test]
fn an_alternative_is_known_by_what_it_holds_not_by_its_place() {
    let [k, m, z] = INNER;
    let other = m.replace("string", "integer");
    let with = |items: &[&str]| inside("REPLY", &format!("{{oneOf: [{}]}}", items.join(", ")));
    let base = with(&[k, m]);
    let prints = |revision: &str| -> Vec<(&'static str, String)> {
        let changes = report(&base, revision).changes;
        changes
            .iter()
            .map(|change| (change.id(), change.fingerprint.clone()))
            .collect()
    };
    let plain = prints(&with(&[k, &other]));
    assert_eq!(plain.len(), 1);
    assert_eq!(plain[0].0, "RESPONSE_TYPE_CHANGED");
    assert_eq!(prints(&with(&[&other, k])), plain);
    let front = prints(&with(&[z, k, &other]));
    assert_eq!(front.len(), 2, "{front:?}");
    assert!(front.contains(&plain[0]), "{front:?}");
    assert!(
        front
            .iter()
            .any(|(id, _)| *id == "RESPONSE_ALTERNATIVE_ADDED")
    );
    let titled = |first: &str| {
        let one = format!("{{type: object, title: T, properties: {{a: {{type: {first}}}}}}}");
        let two = format!(
            "{{type: object, title: T, properties: {{a: {{type: {first}}}, b: {{type: string}}}}}}"
        );
        with(&[&one, &two])
    };
    let changes = report(&titled("string"), &titled("integer")).changes;
    assert_eq!(changes.len(), 2);
    assert_ne!(changes[0].fingerprint, changes[1].fingerprint);
}

#[test]
fn one_list_of_alternatives_hides_nothing_of_another() {
    let with = |one: &str, other: &str| {
        let lists = format!(
            "{{allOf: [{{oneOf: [{one}, {{type: integer}}]}}, {{oneOf: [{other}, {{type: number}}]}}]}}"
        );
        inside("REQUEST", &lists)
    };
    let (short, long) = (
        "{type: string, maxLength: 2}",
        "{type: string, maxLength: 9}",
    );
    let changes = found(&with(long, long), &with(short, long));
    assert_eq!(changes, [("REQUEST_LENGTH_TIGHTENED", Verdict::Breaking)]);
    let changes = found(&with(short, long), &with(long, short));
    assert!(
        changes.iter().all(|(id, _)| *id != "COMPOSITION_CHANGED"),
        "{changes:?}"
    );
    let two = "{oneOf: [{type: string}, {type: integer}], anyOf: [{type: string}, {type: integer, maximum: 9}]}";
    let tight = two.replace("maximum: 9", "maximum: 5");
    assert_eq!(
        found(&inside("REQUEST", two), &inside("REQUEST", &tight)),
        [("REQUEST_RANGE_TIGHTENED", Verdict::Breaking)]
    );
    let one = "{oneOf: [{type: string}, {type: integer}]}";
    assert_eq!(
        found(&inside("REQUEST", two), &inside("REQUEST", one)),
        [("COMPOSITION_CHANGED", Verdict::Warning)]
    );
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
