//! What the document marks as secret is hidden in the `Debug` of its type, whatever holds it.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

const DOCUMENT: &str = include_str!("../../spec/marketplace.v1.yaml");

/// The generated types, with one part of the document changed at its first place after `at`.
fn types(at: &str, from: &str, to: &str) -> String {
    let (before, after) = DOCUMENT.split_once(at).unwrap();
    assert!(after.contains(from), "{from}");
    let document = format!("{before}{at}{}", after.replacen(from, to, 1));
    let files = codegen::run("marketplace.v1.yaml", document.as_bytes())
        .unwrap()
        .files;
    let types = files.iter().find(|(name, _)| name.ends_with("types.rs"));
    types.unwrap().1.to_string()
}

#[test]
fn a_secret_is_hidden_as_a_text_in_a_list_and_in_a_map() {
    let text = "          type: string\n";
    let secret = "          type: string\n          format: password\n";
    let payload = "\n    AddOnResultPayload:\n";
    let code = types(
        &format!("{payload}      description"),
        "          description: What the provider of the add-on calls this payload.\n          type: string\n",
        &format!("          description: What it is called.\n{secret}"),
    );
    assert!(code.contains("    label hidden,\n") && code.contains("    content_type shown,\n"));

    let map = "            type: string\n            format: uri\n";
    let installed = "\n    InstalledAddOn:\n";
    let code = types(installed, map, &map.replace("uri", "password"));
    assert!(code.contains("    links hidden,\n"));

    let events = "        notification_events:";
    let list = "          items:\n            type: string\n";
    let code = types(
        events,
        list,
        &list.replace(
            text.trim_start(),
            "type: string\n            format: password\n",
        ),
    );
    assert!(code.contains("    notification_events hidden,\n"));
}

#[test]
fn a_type_without_anything_to_hide_derives_debug() {
    let code = types("\n    Listing:\n", "type: object\n", "type: object\n");
    assert!(
        code.contains(
            "#[derive(Clone, Debug, PartialEq)]\n#[non_exhaustive]\npub struct Listing {"
        )
    );
    assert!(!code.contains("partial_debug! {\n    Listing,"));
}
