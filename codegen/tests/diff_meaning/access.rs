//! Ways in and servers, which can be named and written in many ways.

use super::*;

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
