//! What is moved without being changed: into a component or out of one, into an `allOf`, to another level. No message
//! changes by it; a Rust type can get another name.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use codegen::diff::{Promise, Semver, Verdict, diff};
use codegen::load::{Tree, load};

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: Things, version: 1.0.0}
servers: [{url: https://api.example.com}]
security: [{basic: []}]
paths:
  /v1/Things:
    post:
      operationId: CreateThing
      parameters:
        - {name: Mode, in: query, schema: {type: string}}
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object, required: [Name], properties: {Name: {type: string}, Color: {$ref: '#/components/schemas/Color'}}}
      responses:
        '201':
          description: Made.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Thing'}
  /v1/Things/{Sid}:
    parameters:
      - {name: Sid, in: path, required: true, schema: {$ref: '#/components/schemas/ThingSid'}}
    get:
      operationId: FetchThing
      responses:
        '200':
          description: The thing.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Thing'}
components:
  securitySchemes:
    basic: {type: http, scheme: basic}
  schemas:
    ThingSid: {type: string, pattern: '^TH[0-9a-f]{32}$', minLength: 34, maxLength: 34}
    Color: {type: string, enum: [red, green]}
    Thing:
      type: object
      required: [sid]
      properties:
        sid: {$ref: '#/components/schemas/ThingSid'}
        color: {$ref: '#/components/schemas/Color'}
        size: {type: object, properties: {width: {type: integer}}}
";

const SIZE: &str = "size: {type: object, properties: {width: {type: integer}}}";

/// From, to, and the rules that report it.
type Move = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

/// Moves that change neither a message nor a type.
const WRITTEN: &[Move] = &[
    (
        "a parameter into a component",
        &[
            (
                "- {name: Mode, in: query, schema: {type: string}}",
                "- {$ref: '#/components/parameters/Mode'}",
            ),
            (
                "  schemas:\n",
                "  parameters: {Mode: {name: Mode, in: query, schema: {type: string}}}\n  schemas:\n",
            ),
        ],
        &[],
    ),
    (
        "a reply into a component",
        &[
            (
                "        '200':\n          description: The thing.\n          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Thing'}\n",
                "        '200': {$ref: '#/components/responses/Thing'}\n",
            ),
            (
                "  schemas:\n",
                "  responses:\n    Thing:\n      description: The thing.\n      content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}\n  schemas:\n",
            ),
        ],
        &[],
    ),
    (
        "a parameter from the path to its operation",
        &[(
            "    parameters:\n      - {name: Sid, in: path, required: true, schema: {$ref: '#/components/schemas/ThingSid'}}\n    get:\n",
            "    get:\n      parameters:\n        - {name: Sid, in: path, required: true, schema: {$ref: '#/components/schemas/ThingSid'}}\n",
        )],
        &[],
    ),
    (
        "the servers from the document to its paths",
        &[
            ("servers: [{url: https://api.example.com}]\n", ""),
            (
                "  /v1/Things:\n",
                "  /v1/Things:\n    servers: [{url: https://api.example.com}]\n",
            ),
            (
                "  /v1/Things/{Sid}:\n",
                "  /v1/Things/{Sid}:\n    servers: [{url: https://api.example.com}]\n",
            ),
        ],
        &[],
    ),
    (
        "security from the document to its operations",
        &[
            ("security: [{basic: []}]\n", ""),
            (
                "operationId: CreateThing\n",
                "operationId: CreateThing\n      security: [{basic: []}]\n",
            ),
            (
                "operationId: FetchThing\n",
                "operationId: FetchThing\n      security: [{basic: []}]\n",
            ),
        ],
        &[],
    ),
    (
        "what the standard takes where nothing is said",
        &[(
            "name: Mode, in: query,",
            "name: Mode, in: query, style: form, explode: true, required: false,",
        )],
        &[],
    ),
    (
        "a reference into an `allOf` of its own",
        &[(
            "color: {$ref: '#/components/schemas/Color'}\n",
            "color: {allOf: [{$ref: '#/components/schemas/Color'}]}\n",
        )],
        &[],
    ),
    (
        "a member into an `allOf`",
        &[
            (
                "        size: {type: object, properties: {width: {type: integer}}}\n",
                "",
            ),
            (
                "    Thing:\n      type: object\n",
                "    Thing:\n      allOf: [{properties: {size: {type: object, properties: {width: {type: integer}}}}}]\n      type: object\n",
            ),
        ],
        &[],
    ),
    (
        "bounds into an `allOf`",
        &[(
            "{type: string, pattern: '^TH[0-9a-f]{32}$', minLength: 34, maxLength: 34}",
            "{type: string, pattern: '^TH[0-9a-f]{32}$', allOf: [{minLength: 34}, {maxLength: 34}]}",
        )],
        &[],
    ),
];

/// Moves that give a Rust type another name, or a name of its own.
const RENAMED: &[Move] = &[
    (
        "a schema into a component",
        &[
            (SIZE, "size: {$ref: '#/components/schemas/Size'}"),
            (
                "    Color:",
                "    Size: {type: object, properties: {width: {type: integer}}}\n    Color:",
            ),
        ],
        &["COMPONENT_ADDED", "REFERENCE_CHANGED"],
    ),
    (
        "a component to another name",
        &[
            ("schemas/Color'", "schemas/Shade'"),
            ("    Color:", "    Shade:"),
        ],
        &["COMPONENT_RENAMED"],
    ),
];

fn moved(edits: &[(&str, &str)]) -> Tree {
    let text = edits.iter().fold(DOCUMENT.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    load("revision.yaml", text.as_bytes()).unwrap()
}

/// The rules that report a move in either direction, without those for mere writing.
fn reported(base: &Tree, revision: &Tree, what: &str) -> (Vec<&'static str>, Semver) {
    let report = diff(base, revision);
    let changes = report.changes.iter();
    for change in changes.clone() {
        assert_eq!(change.verdicts.wire, Verdict::None, "{what}: {change:?}");
    }
    let mut ids: Vec<&str> = changes
        .map(|change| change.id())
        .filter(|id| *id != "WRITING_CHANGED")
        .collect();
    ids.sort_unstable();
    ids.dedup();
    (ids, report.semver(Promise::All))
}

#[test]
fn a_move_that_changes_nothing_is_a_matter_of_writing() {
    let base = load("base.yaml", DOCUMENT.as_bytes()).unwrap();
    for (what, edits, expected) in WRITTEN {
        let revision = moved(edits);
        assert_ne!(base.root(), revision.root(), "{what}");
        for (one, other) in [(&base, &revision), (&revision, &base)] {
            let (ids, semver) = reported(one, other, what);
            assert_eq!(ids, *expected, "{what}");
            assert_eq!(semver, Semver::Patch, "{what}");
        }
    }
}

#[test]
fn a_move_that_renames_a_type_breaks_source_and_no_message() {
    let base = load("base.yaml", DOCUMENT.as_bytes()).unwrap();
    for (what, edits, expected) in RENAMED {
        let (ids, semver) = reported(&base, &moved(edits), what);
        assert_eq!(ids, *expected, "{what}");
        assert_eq!(semver, Semver::Major, "{what}");
        let report = diff(&base, &moved(edits));
        assert!(!report.is_breaking(Promise::Wire) && report.is_breaking(Promise::Source));
    }
}
