//! The surface reader skips nothing: a construct that it does not know, and parts that do not fit together, are errors
//! that name where they stand.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use codegen::surface::{self, SurfaceError};

static FILES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/marketplace.v1.yaml");
    codegen::run("marketplace.v1.yaml", &std::fs::read(document).unwrap())
        .unwrap()
        .files
});

fn read_with(file: &str, change: impl FnOnce(&str) -> String) -> Result<(), SurfaceError> {
    let mut files = FILES.clone();
    let text = files.get_mut(file).unwrap();
    let changed = change(text);
    assert_ne!(
        *text, changed,
        "the change to {file} finds nothing to change"
    );
    *text = changed;
    surface::read(&files).map(drop)
}

fn replaced(file: &str, from: &str, to: &str) -> SurfaceError {
    match read_with(file, |text| text.replacen(from, to, 1)) {
        Ok(()) => panic!("nobody notices `{to}` in the place of `{from}` in {file}"),
        Err(error) => error,
    }
}

#[test]
fn what_is_generated_is_known() {
    surface::read(&FILES).unwrap();
}

#[test]
fn a_construct_of_no_known_form_is_an_error_that_names_its_file() {
    let cases = [
        // Items.
        ("types.rs", "/// ", "pub fn stray() {}\n/// "),
        (
            "types.rs",
            "impl AddOnResultStatus {",
            "impl Drop for Listing { fn drop(&mut self) {} }\nimpl AddOnResultStatus {",
        ),
        ("operations.rs", "/// ", "pub const STRAY: u8 = 1;\n/// "),
        (
            "calls.rs",
            "#[derive(Clone, Debug)]",
            "mod stray {}\n#[derive(Clone, Debug)]",
        ),
        (
            "resources.rs",
            "impl Client {",
            "impl Default for ListingsHandle { }\nimpl Client {",
        ),
        (
            "sids.rs",
            "impl std::str::FromStr",
            "macro_rules! stray { () => {} }\nimpl std::str::FromStr",
        ),
        ("hosts.rs", "impl Host {", "pub struct Stray;\nimpl Host {"),
        ("mod.rs", "pub mod types;", "pub mod types;\npub mod stray;"),
        (
            "mod.rs",
            "pub(crate) mod operations;",
            "pub mod operations;",
        ),
        // Attributes.
        ("types.rs", "    ..extra,", "    ..extra default,"),
        (
            "types.rs",
            "    redirect_to hidden,",
            "    redirect_to veiled,",
        ),
        (
            "sids.rs",
            "const NOUN: &'static str = \"recording\";",
            "const NOUN: &'static str = RECORDING;",
        ),
        (
            "types.rs",
            "#[non_exhaustive]",
            "#[non_exhaustive]\n#[repr(C)]",
        ),
        ("types.rs", "#[derive(", "#[serde(default)]\n#[derive("),
        // Reach.
        ("types.rs", "    pub sid: String,", "    sid: String,"),
        (
            "calls.rs",
            "pub(crate) options: CallOptions,",
            "pub options: CallOptions,",
        ),
        // Statements and values.
        (
            "operations.rs",
            "    Ok(request)",
            "    request.header(\"X-Stray\");\n    Ok(request)",
        ),
        (
            "operations.rs",
            "request.query(\"Page\", &page);",
            "request.query(\"Page\", &(page + 1));",
        ),
        (
            "operations.rs",
            "form.text(\"UniqueName\", value);",
            "form.text(\"UniqueName\", &value.trim());",
        ),
        (
            "operations.rs",
            "repeat: Repeat::Safe,",
            "repeat: Repeat::Safe,\n    stray: true,",
        ),
        ("calls.rs", "self.page = Some(page);", "self.page = None;"),
        (
            "calls.rs",
            "FetchListing, json types::Listing",
            "FetchListing, guess types::Listing",
        ),
        (
            "calls.rs",
            "page types::AvailableAddOnList => types::AvailableAddOn",
            "page types::AvailableAddOnList",
        ),
        (
            "calls.rs",
            "            page: None,",
            "            page: Some(1),",
        ),
        (
            "resources.rs",
            "            listing: sid,",
            "            listing: self.first(),",
        ),
        (
            "sids.rs",
            "pub const PREFIX",
            "pub const STRAY: u8 = 1;\n    pub const PREFIX",
        ),
        (
            "sids.rs",
            "Ok(bytes) => Ok(Self(bytes)),",
            "Ok(_) => Ok(Self([0; 34])),",
        ),
        (
            "sids.rs",
            "sid_value! {\n    AvailableAddOnSid",
            "sid_value! {\n    StraySid",
        ),
        ("sids.rs", "= Digits::AnyCase", "= Digits::None"),
        (
            "bounded.rs",
            "pub const MIN",
            "pub const STRAY: Self = Self(1);\n    pub const MIN",
        ),
    ];
    for (file, from, to) in cases {
        match replaced(file, from, to) {
            SurfaceError::Unknown { file: named, .. } => assert_eq!(named, file),
            other => panic!("{file}: `{to}`: {other}"),
        }
    }
}

#[test]
fn parts_that_do_not_fit_together_are_an_error_that_names_what_they_belong_to() {
    let cases = [
        // The query is not checked by what its parameters ask for.
        (
            "operations.rs",
            "    request.check_page();\n",
            "",
            "list_available_add_ons",
        ),
        (
            "operations.rs",
            "    request.check_query(&[]);\n",
            "    request.check_query(&[\"Page\"]);\n",
            "list_available_add_ons",
        ),
        // The table says one path and the request goes to another.
        (
            "operations.rs",
            "request.literal(\"/v1/AvailableAddOns\")",
            "request.literal(\"/v1/Others\")",
            "ListAvailableAddOns",
        ),
        (
            "operations.rs",
            "request.literal(\"/v1/AvailableAddOns\");",
            "",
            "ListAvailableAddOns",
        ),
        (
            "operations.rs",
            "id: \"ListListings\"",
            "id: \"CreateListing\"",
            "CreateListing",
        ),
        // A field that callers set and nothing sends.
        (
            "operations.rs",
            "if let Some(value) = &self.unique_name {\n            form.text(\"UniqueName\", value);\n        }",
            "",
            "UniqueName",
        ),
        // A value that is written as one text and read from another.
        (
            "types.rs",
            "\"queued\" => Self::Queued",
            "\"waiting\" => Self::Queued",
            "AddOnResultStatus",
        ),
        // Another prefix than the one that callers can read.
        (
            "sids.rs",
            "const PREFIX: &'static [u8; 2] = b\"XB\"",
            "const PREFIX: &'static [u8; 2] = b\"XC\"",
            "AvailableAddOnSid",
        ),
        // Tables that do not say what their types say.
        (
            "types.rs",
            "    \"reference_sid\" => reference_sid required,\n",
            "",
            "reference_sid",
        ),
        (
            "types.rs",
            "\"reference_sid\" => reference_sid required,",
            "\"reference_sid\" => reference_sid optional,",
            "reference_sid",
        ),
        (
            "types.rs",
            "\"reference_sid\" => reference_sid required,",
            "\"reference_sid\" => reference_sid required,\n    \"other\" => reference_sid required,",
            "reference_sid",
        ),
        (
            "types.rs",
            "\"reference_sid\" => reference_sid required,",
            "\"reference_sid\" => reference_sid required,\n    \"stray\" => stray required,",
            "stray",
        ),
        // What `Debug` shows.
        (
            "types.rs",
            "    configuration hidden,\n",
            "",
            "configuration",
        ),
        (
            "types.rs",
            "    redirect_to hidden,\n",
            "    redirect_to hidden,\n    stray shown,\n",
            "AddOnResultPayloadData",
        ),
        (
            "types.rs",
            "open_enum! {\n    AddOnResultStatus",
            "open_enum! {\n    AddOnResultState",
            "AddOnResultStat",
        ),
        (
            "hosts.rs",
            "&[Self::Marketplace, Self::Api]",
            "&[Self::Api]",
            "Host",
        ),
        // A call that is never sent, is sent in two ways, or does not exist.
        (
            "calls.rs",
            "crate::runtime::sendable! {\n    FetchListing, json types::Listing\n}\n",
            "",
            "FetchListing",
        ),
        (
            "calls.rs",
            "    FetchListing, json types::Listing\n}\n",
            "    FetchListing, json types::Listing\n}\ncrate::runtime::sendable! {\n    FetchListing, empty\n}\n",
            "FetchListing",
        ),
        (
            "calls.rs",
            "    FetchListing, json types::Listing\n",
            "    Stray, json types::Listing\n",
            "Stray",
        ),
        // A parameter that nobody can set, and a call that nobody can make.
        (
            "calls.rs",
            "    pub fn page(mut self, page: u64) -> Self {\n        self.page = Some(page);\n        self\n    }\n",
            "",
            "page",
        ),
        (
            "resources.rs",
            "    pub fn fetch(&self) -> calls::FetchListing {\n        calls::FetchListing::new(self.client.clone(), self.listing)\n    }\n",
            "",
            "FetchListing",
        ),
    ];
    for (file, from, to, named) in cases {
        let error = replaced(file, from, to);
        assert!(
            matches!(error, SurfaceError::Disagrees { .. }),
            "{file}: `{to}`: {error}"
        );
        let message = error.to_string();
        assert!(
            message.contains(named) || named == "UniqueName" && message.contains("unique_name"),
            "{message}"
        );
    }
}

#[test]
fn files_that_are_missing_broken_or_unknown_are_named() {
    for file in FILES.keys() {
        let mut files = FILES.clone();
        files.remove(file);
        assert_eq!(
            surface::read(&files),
            Err(SurfaceError::Missing { file: file.clone() })
        );
        let error = read_with(file, |text| format!("{text} }}")).unwrap_err();
        assert!(
            matches!(&error, SurfaceError::NotRust { file: named, .. } if named == file),
            "{error}"
        );
    }
    let mut files = FILES.clone();
    files.insert("stray.rs".to_owned(), String::new());
    assert!(
        surface::read(&files)
            .unwrap_err()
            .to_string()
            .contains("stray.rs")
    );
}
