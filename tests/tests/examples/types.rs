//! Every object type of a reply, by the name of its component, with a way to read and write it whose type does not
//! show.

use std::collections::BTreeSet;

use generated_client::types;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tests::Document;
use tests::document::component;
use tests::exact::Exact;

/// Reads JSON as one type and writes what was read.
pub(crate) type Recode = fn(&str) -> serde_json::Result<String>;

/// Builds a value of one type from JSON, and tells whether the JSON is what it encodes to but for nulls.
pub(crate) type Build = fn(Value) -> serde_json::Result<bool>;

macro_rules! types {
    ($($name:ident),+ $(,)?) => {
        const TYPES: &[(&str, Recode, Build)] =
            &[$((stringify!($name), recode::<types::$name>, build::<types::$name>)),+];
    };
}

types! {
    AddOnResult, AddOnResultList, AddOnResultPayload, AddOnResultPayloadData, AddOnResultPayloadList, AssignedAddOn,
    AssignedAddOnExtension, AssignedAddOnExtensionList, AssignedAddOnList, AvailableAddOn, AvailableAddOnExtension,
    AvailableAddOnExtensionList, AvailableAddOnList, BilledItem, ErrorEnvelope, InstalledAddOn,
    InstalledAddOnExtension, InstalledAddOnExtensionList, InstalledAddOnList, Listing, ListingButton,
    ListingCodeSample, ListingConfiguration, ListingDescription, ListingDocumentation, ListingHighlight, ListingList,
    ListingModuleInfo, ListingNotificationConfiguration, ListingPolicies, ListingPricing, ListingSummary,
    ListingSupport, PageMeta, ReferralConversion, UsageReport,
}

/// The way to read and write a component's type.
pub(crate) fn recoder(name: &str) -> Recode {
    let found = TYPES.iter().find(|(known, ..)| *known == name);
    found.expect(name).1
}

/// The way to build a value of a component's type.
pub(crate) fn builder(name: &str) -> Build {
    let found = TYPES.iter().find(|(known, ..)| *known == name);
    found.expect(name).2
}

fn build<T: DeserializeOwned + Serialize>(value: Value) -> serde_json::Result<bool> {
    let built: T = serde_json::from_value(value.clone())?;
    let text = serde_json::to_string(&built)?;
    Ok(Exact::read(&text).unwrap().without_nulls()
        == Exact::read(&value.to_string()).unwrap().without_nulls())
}

/// Every name in the list.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TYPES.iter().map(|(name, ..)| *name)
}

fn recode<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(
    json: &str,
) -> serde_json::Result<String> {
    let value: T = serde_json::from_str(json)?;
    let text = serde_json::to_string(&value)?;
    assert_eq!(
        serde_json::from_str::<T>(&text)?,
        value,
        "what was written reads back as it was"
    );
    Ok(text)
}

/// Every component that a reply can hold, at any depth.
fn answered(document: &Document) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for operation in document.operations() {
        for answer in &operation.answers {
            if let Some(name) = answer
                .body
                .as_ref()
                .and_then(|body| body.component.as_deref())
            {
                let (name, schema) = document
                    .schemas()
                    .find(|(known, _)| *known == name)
                    .unwrap();
                reach(document, name, schema, &mut found);
            }
        }
    }
    found
}

fn reach<'a>(
    document: &'a Document,
    name: &'a str,
    schema: &'a Value,
    found: &mut BTreeSet<&'a str>,
) {
    if found.insert(name) {
        references(document, schema, found);
    }
}

fn references<'a>(document: &'a Document, node: &'a Value, found: &mut BTreeSet<&'a str>) {
    if let Some(name) = component(node) {
        reach(document, name, document.schema(name).unwrap(), found);
    }
    match node {
        Value::Object(members) => members
            .values()
            .for_each(|member| references(document, member, found)),
        Value::Array(items) => items
            .iter()
            .for_each(|item| references(document, item, found)),
        _ => {}
    }
}

fn has_type(document: &Document, name: &str, wanted: &str) -> bool {
    document.schema(name).unwrap()["type"] == wanted
}

#[test]
fn the_list_holds_every_object_type_of_a_reply_and_no_other() {
    let document = Document::read().unwrap();
    let objects: BTreeSet<&str> = answered(&document)
        .into_iter()
        .filter(|name| has_type(&document, name, "object"))
        .collect();
    assert_eq!(names().collect::<BTreeSet<_>>(), objects);
}

#[test]
fn every_value_of_an_enum_is_known_and_keeps_its_text() {
    let document = Document::read().unwrap();
    let enums: Vec<&str> = answered(&document)
        .into_iter()
        .filter(|name| document.schema(name).unwrap().get("enum").is_some())
        .collect();
    assert_eq!(
        enums,
        ["AddOnResultStatus"],
        "an enum needs its own lines here"
    );
    let values = document.schema("AddOnResultStatus").unwrap()["enum"]
        .as_array()
        .unwrap();
    assert!(!values.is_empty());
    for value in values {
        let status: types::AddOnResultStatus = serde_json::from_value(value.clone()).unwrap();
        assert!(
            !matches!(status, types::AddOnResultStatus::Other(_)),
            "{value}"
        );
        assert_eq!(serde_json::to_value(&status).unwrap(), *value);
        assert_eq!(status.to_string(), *value);
    }
}
