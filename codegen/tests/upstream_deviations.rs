//! The list of deviations: what is refused with its line, what is too wide, what is covered twice, and what it says about
//! the part of a server that counts.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use codegen::finding::Finding;
use codegen::load::{Tree, load};
use codegen::upstream::{Deviations, Report, compare, deviations};

const ENTRY: &str = r#"[[deviation]]
id = "no-boat"
at = ["GET /v1/Boats /responses/404"]
kind = "status"
published = "not listed"
curated = "404"
values = ["absent -> present"]
reason = "A boat may have sunk."
source = "The log of the harbour"
"#;

const SCOPE: &str = r#"[[scope]]
server = "https://boats.example.com"
paths = ["/v1/Boats", "/v1/Crews/{Sid}/Members"]
reason = "The harbour has more than boats."
"#;

const CURATED: &str = "openapi: 3.0.3
servers: [{url: 'https://boats.example.com'}]
paths:
  /v1/Boats:
    get: {responses: {'200': {description: ''}, '404': {description: ''}}}
    post: {responses: {'200': {description: ''}, '404': {description: ''}}}
  /v1/Crews/{Sid}/Members.json:
    get: {responses: {'200': {description: ''}, '404': {description: ''}}}
components:
  schemas: {Boat: {type: object}}
";

fn tree(text: &str) -> Tree {
    load("curated.yaml", text.as_bytes()).unwrap()
}

fn list(text: &str) -> Deviations {
    Deviations::parse("deviations.toml", text).unwrap()
}

fn report(curated: &str, upstream: &str, deviations: &str) -> Report {
    compare(
        &tree(curated),
        &[load("upstream.yaml", upstream.as_bytes()).unwrap()],
        &list(deviations),
    )
    .unwrap()
}

fn rules(findings: &[Finding]) -> Vec<(&'static str, usize)> {
    findings
        .iter()
        .map(|finding| (finding.rule, finding.place.line))
        .collect()
}

/// The entry with other places.
fn at(places: &str) -> String {
    ENTRY.replace("[\"GET /v1/Boats /responses/404\"]", places)
}

#[test]
fn an_entry_of_another_form_is_refused_with_its_line() {
    let twice = format!("{ENTRY}{}", ENTRY.replace("GET", "POST"));
    let same_place = format!("{ENTRY}{}", ENTRY.replace("no-boat", "no-ship"));
    let one = |from: &str, to: &str| {
        assert!(ENTRY.contains(from), "{from}");
        ENTRY.replace(from, to)
    };
    for (text, line, words) in [
        ("[[deviation]\n".to_owned(), 1, "not valid TOML"),
        ("[other]\n".to_owned(), 1, "no word of this file"),
        ("deviation = 1\n".to_owned(), 1, "[[deviation]]"),
        ("[deviation]\n".to_owned(), 1, "[[deviation]]"),
        (one("id = \"no-boat\"\n", ""), 1, "`id` is missing"),
        (one("no-boat", "No boat"), 2, "kebab"),
        (one("no-boat", "no--boat"), 2, "kebab"),
        (one("\"no-boat\"", "7"), 2, "`id` is no text"),
        (at("[]"), 3, "`at` is empty"),
        (at("\"GET /v1/Boats /responses/404\""), 3, "`at` is no list"),
        (at("[7]"), 3, "no text"),
        (at("[\"GET /v1/Boats  /responses\"]"), 3, "three words"),
        (at("[\"get /v1/Boats /responses\"]"), 3, "neither a method"),
        (
            at("[\n  \"GET /v1/Boats\",\n  \"GET /v1/Boats responses\"\n]"),
            5,
            "no JSON pointer",
        ),
        (one("\"status\"", "\"statuses\""), 4, "none of operation"),
        (one("\"not listed\"", "\"\""), 5, "`published` is empty"),
        (one("\"404\"", "404"), 6, "`curated` is no text"),
        (one("[\"absent -> present\"]", "[]"), 7, "`values` is empty"),
        (
            one("[\"absent -> present\"]", "[\"a\", \"a\"]"),
            7,
            "stands twice",
        ),
        (
            one("\"A boat may have sunk.\"", "\" \""),
            8,
            "`reason` is empty",
        ),
        (
            one("\"The log of the harbour\"", "\"\""),
            9,
            "`source` is empty",
        ),
        (
            format!("{ENTRY}note = \"x\"\n"),
            10,
            "`note` is no word of an entry",
        ),
        (twice, 11, "the id `no-boat` stands twice"),
        (
            same_place,
            12,
            "the place `GET /v1/Boats /responses/404` stands twice",
        ),
        (SCOPE.replace("/v1/Boats", "v1/Boats"), 3, "no path"),
        (
            SCOPE.replace("\"The harbour has more than boats.\"", "\"\""),
            4,
            "`reason` is empty",
        ),
        (
            format!("{SCOPE}{SCOPE}"),
            6,
            "the server `https://boats.example.com` stands twice",
        ),
    ] {
        let findings = Deviations::parse("deviations.toml", &text).unwrap_err();
        assert_eq!(rules(&findings), [("DEVIATION_UNREADABLE", line)], "{text}");
        assert!(
            findings[0].message.contains(words),
            "{}: {words}",
            findings[0].message
        );
        assert_eq!(
            deviations("deviations.toml", &text, &tree(CURATED)),
            findings
        );
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let text = "[[deviation]]\nid = \"\"\nat = []\nkind = \"\"\n";
    let findings = Deviations::parse("deviations.toml", text).unwrap_err();
    assert_eq!(findings.len(), 8, "{findings:?}");
}

#[test]
fn a_place_that_the_document_does_not_have_is_stale_without_any_description() {
    let here = tree(CURATED);
    let found = |text: &str| rules(&deviations("deviations.toml", text, &here));
    assert_eq!(found(ENTRY), []);
    assert_eq!(found(&at("[\"* * /responses/404\"]")), []);
    // What only upstream has cannot be in the document.
    assert_eq!(found(&at("[\"GET /v1/Harbours\"]")), []);
    for places in [
        "[\"GET /v1/Harbours /responses/404\"]",
        "[\"DELETE /v1/Boats /responses/404\"]",
        "[\"* /v1/Harbours /responses/404\"]",
        "[\"schema Ship /type\"]",
        "[\"parameter Boat /schema\"]",
    ] {
        assert_eq!(found(&at(places)), [("DEVIATION_STALE", 3)], "{places}");
    }
    assert_eq!(found(SCOPE), []);
    for (from, to, line) in [
        ("boats.example.com", "ships.example.com", 2),
        ("\"/v1/Boats\", ", "\"/v1/Boats\", \"/v1/Ships\", ", 3),
        ("\"/v1/Boats\", ", "", 2),
    ] {
        assert_eq!(
            found(&SCOPE.replace(from, to)),
            [("DEVIATION_STALE", line)],
            "{to}"
        );
    }
}

/// What upstream would say if it listed no 404.
fn without(paths: &[&str]) -> String {
    let lines = CURATED.lines().map(|line| {
        let is_out = paths.iter().any(|path| line.contains(path));
        if is_out {
            line.replace(", '404': {description: ''}", "")
        } else {
            line.to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_star_stands_for_several_things() {
    let all = without(&["get:", "post:"]);
    assert!(report(CURATED, &all, &at("[\"* * /responses/404\"]")).is_clean());
    let posts = without(&["post:"]);
    for (places, number) in [
        ("[\"* * /responses/404\"]", 2),
        ("[\"POST * /responses/404\"]", 1),
        ("[\"* /v1/Boats /responses/404\"]", 1),
        ("[\"POST /v1/Boats /*/404\"]", 1),
    ] {
        let report = report(CURATED, &posts, &at(places));
        assert_eq!(
            rules(&report.findings),
            vec![("DEVIATION_TOO_WIDE", 3); number],
            "{places}"
        );
        assert!(report.undecided().next().is_none());
    }
}

#[test]
fn a_star_stands_for_one_decision() {
    let upstream = without(&["get:", "post:"]).replace("'200'", "'201'");
    let text = at("[\"* * /responses/*\"]").replace(
        "[\"absent -> present\"]",
        "[\"absent -> present\", \"present -> absent\"]",
    );
    let report = report(CURATED, &upstream, &text);
    assert_eq!(rules(&report.findings), [("DEVIATION_TOO_WIDE", 3)]);
    let message = &report.findings[0].message;
    assert!(message.contains("several decisions: "), "{message}");
}

#[test]
fn a_difference_belongs_to_one_entry() {
    let all = without(&["get:", "post:"]);
    let text = format!(
        "{}{}",
        at("[\"* * /responses/404\"]"),
        ENTRY.replace("no-boat", "no-ship")
    );
    let report = report(CURATED, &all, &text);
    assert_eq!(rules(&report.findings), [("DEVIATION_REPEATED", 12)]);
}

#[test]
fn an_entry_that_covers_more_than_differs_is_stale_where_it_does() {
    let upstream = without(&["get:"]);
    let text = at(
        "[\n  \"GET /v1/Boats /responses/404\",\n  \"POST /v1/Boats /responses/404\",\n  \"GET /v1/Crews/{Sid}/Members.json /responses/404\",\n]",
    );
    assert_eq!(
        rules(&report(CURATED, &upstream, &text).findings),
        [("DEVIATION_STALE", 5)]
    );
}

#[test]
fn the_kind_of_an_entry_is_that_of_a_difference() {
    let upstream = without(&["{responses"]);
    let text = at("[\"* * /responses/404\"]").replace("\"status\"", "\"type\"");
    let report = report(CURATED, &upstream, &text);
    assert_eq!(rules(&report.findings), [("DEVIATION_CHANGED", 4)]);
}

#[test]
fn only_what_is_in_scope_is_missing() {
    let more = "  /v1/Boats/{Sid}/Sails: {get: {}}\n  /v1/Crews/{Sid}/Members/{MemberSid}.json: {get: {}}\n  /v1/Crews/{Sid}.json: {get: {}}\n  /v1/BoatsForHire: {get: {}}\n";
    let upstream = CURATED.replace("components:\n", &format!("{more}components:\n"));
    let missing = |deviations: &str| -> Vec<String> {
        let report = report(CURATED, &upstream, deviations);
        report
            .differences
            .iter()
            .map(|found| found.at.to_string())
            .collect()
    };
    assert_eq!(missing("").len(), 4);
    assert_eq!(
        missing(SCOPE),
        [
            "GET /v1/Boats/{Sid}/Sails",
            "GET /v1/Crews/{Sid}/Members/{MemberSid}.json"
        ]
    );
    // An operation that is left out on purpose is a decision like any other.
    let decided = ENTRY
        .replace(
            "GET /v1/Boats /responses/404",
            "GET /v1/Boats/{Sid}/Sails\", \"GET /v1/Crews/{Sid}/Members/{MemberSid}.json",
        )
        .replace("\"status\"", "\"operation\"")
        .replace("absent -> present", "present -> absent");
    assert!(report(CURATED, &upstream, &format!("{SCOPE}{decided}")).is_clean());
}

#[test]
fn what_no_description_is_about_is_left_out_and_its_entries_are_not_judged() {
    let ships = "  /v1/Ships:\n    servers: [{url: 'https://ships.example.com'}]\n    get: {responses: {'404': {$ref: '#/components/responses/Gone'}}}\n";
    let gone = "components:\n  responses: {Gone: {description: '', content: {a/b: {schema: {$ref: '#/components/schemas/Boat'}}}}}\n";
    let curated = CURATED.replace("components:\n", &format!("{ships}{gone}"));
    for places in [
        "[\"GET /v1/Ships /responses/404\"]",
        "[\"GET /v1/Ships\"]",
        "[\"* * /responses/404\"]",
        "[\"schema Boat /type\"]",
        "[\"response Gone /content\"]",
    ] {
        let report = report(&curated, CURATED, &at(places));
        assert_eq!(report.findings, [], "{places}");
        assert_eq!(report.differences, []);
        assert_eq!(report.left, [("https://ships.example.com".to_owned(), 1)]);
    }
    let report = report(&curated, CURATED, ENTRY);
    assert_eq!(rules(&report.findings), [("DEVIATION_STALE", 3)]);
}

#[test]
fn a_description_that_cannot_be_compared_is_refused_with_its_place() {
    for (text, line, words) in [
        ("paths: {}\n", 1, "no `openapi`"),
        ("info: {}\nswagger: '2.0'\npaths: {}\n", 1, "no `openapi`"),
        ("info: {}\nopenapi: 2.0.0\npaths: {}\n", 2, "not OpenAPI 3"),
        ("openapi: 3.0.3\n", 1, "no `paths`"),
        ("openapi: 3.0.3\npaths: []\n", 2, "no mapping"),
        (
            "openapi: 3.0.3\npaths: {/v1/Ships: {get: {servers: [{url: 'https://ships.example.com'}]}}}\n",
            2,
            "no host",
        ),
    ] {
        let upstream = load("upstream.yaml", text.as_bytes()).unwrap();
        let findings = compare(&tree(CURATED), &[upstream], &Deviations::default()).unwrap_err();
        assert_eq!(rules(&findings), [("UPSTREAM_UNREADABLE", line)], "{text}");
        assert!(
            findings[0].message.contains(words),
            "{}",
            findings[0].message
        );
    }
    let twice = [
        tree(CURATED),
        load("other.yaml", CURATED.as_bytes()).unwrap(),
    ];
    let findings = compare(&tree(CURATED), &twice, &Deviations::default()).unwrap_err();
    assert_eq!(findings.len(), 3);
    assert!(
        findings[0]
            .message
            .contains("described twice, here and in curated.yaml:5:5")
    );
}

#[test]
fn a_base_path_in_the_server_is_part_of_the_path() {
    let upstream = CURATED
        .replace("boats.example.com", "boats.example.com/v1/")
        .replace("  /v1/", "  /");
    let report = report(CURATED, &upstream, "");
    assert_eq!(report.differences, []);
    assert_eq!(report.compared, 3);
}

#[test]
fn schemas_that_refer_to_themselves_are_compared_once() {
    let curated = CURATED
        .replace("'200': {description: ''}", "'200': {description: '', content: {a/b: {schema: {$ref: '#/components/schemas/Boat'}}}}")
        .replace("{type: object}", "{type: object, properties: {next: {$ref: '#/components/schemas/Boat'}, a: {type: string}}}");
    let upstream = curated
        .replace("'#/components/schemas/Boat'}, a", "'#/components/schemas/Ship'}, a")
        .replace("schemas: {Boat:", "schemas: {Ship: {allOf: [{$ref: '#/components/schemas/Ship'}, {$ref: '#/components/schemas/Boat'}]}, Boat:");
    let same = report(&curated, &upstream, "");
    assert_eq!(same.differences, []);
    let other = report(
        &curated,
        &upstream.replace("a: {type: string}", "a: {type: integer}"),
        "",
    );
    let found: Vec<String> = other
        .differences
        .iter()
        .map(|found| found.at.to_string())
        .collect();
    assert_eq!(found, ["schema Boat /properties/a/type"]);
    assert_eq!(other.differences[0].operations.len(), 3);
}

#[test]
fn the_list_of_the_project_is_of_the_form_and_fits_the_document() {
    let here = load(
        "marketplace.v1.yaml",
        include_bytes!("../../spec/marketplace.v1.yaml"),
    )
    .unwrap();
    let text = include_str!("../../spec/deviations.toml");
    assert_eq!(deviations("deviations.toml", text, &here), []);
    assert!(!list(text).entries().is_empty());
}
