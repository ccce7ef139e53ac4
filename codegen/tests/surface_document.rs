//! What is read from the generated code is what the document says: the two are read in different ways, so that a fault
//! of the generator or of the reader shows here.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use codegen::lower::{JsonField, Lowered, PagingStyle};
use codegen::sid_shape::SidShape;
use codegen::surface::{self, Encoding, Place, Repeat, Surface, TypeShape, Use, compare};

static READ: LazyLock<(Surface, Lowered)> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/marketplace.v1.yaml");
    let document = std::fs::read(path).unwrap();
    let files = codegen::run("marketplace.v1.yaml", &document)
        .unwrap()
        .files;
    let lowered = codegen::lowered("marketplace.v1.yaml", &document).unwrap();
    let surface = surface::read(&files)
        .unwrap()
        .with_document(&lowered)
        .unwrap();
    (surface, lowered)
});

#[test]
fn every_operation_sends_what_the_document_declares() {
    let (surface, lowered) = &*READ;
    assert_eq!(surface.operations.len(), lowered.facts.operations.len());
    for facts in lowered.facts.operations.values() {
        let operation = surface.operations.get(&facts.id).unwrap();
        let host = lowered.facts.hosts.get(facts.host).unwrap();
        assert_eq!(
            (&operation.method, &operation.path, &operation.url),
            (&facts.method, &facts.path, &host.url)
        );
        let sent = |places: &[Place]| -> Vec<String> {
            let here = operation
                .parameters
                .iter()
                .filter(|parameter| places.contains(&parameter.place));
            here.map(|parameter| parameter.wire.clone()).collect()
        };
        // The order of pairs in a query says nothing.
        let sorted = |mut names: Vec<String>| {
            names.sort();
            names
        };
        let query = facts
            .parameters
            .iter()
            .filter(|parameter| !parameter.path)
            .map(|parameter| parameter.name.clone());
        assert_eq!(
            sorted(sent(&[Place::Query])),
            sorted(query.collect()),
            "{}",
            facts.id
        );
        let path: Vec<&str> = facts.path.split(['{', '}']).skip(1).step_by(2).collect();
        assert_eq!(sent(&[Place::Path]), path, "{}", facts.id);
        let fields = facts
            .body
            .iter()
            .flat_map(|body| body.fields.keys().cloned());
        assert_eq!(
            sent(&[Place::Form, Place::Json]),
            fields.collect::<Vec<_>>(),
            "{}",
            facts.id
        );
    }
}

#[test]
fn every_body_field_is_encoded_and_required_as_the_document_declares() {
    let (surface, lowered) = &*READ;
    let mut checked = 0;
    for facts in lowered.facts.operations.values() {
        for (name, field) in facts.body.iter().flat_map(|body| &body.fields) {
            let operation = surface.operations.get(&facts.id).unwrap();
            let parameter = operation
                .parameters
                .iter()
                .find(|parameter| parameter.wire == *name)
                .unwrap();
            let is_form = facts.body.as_ref().is_some_and(|body| body.form);
            let expected = match (is_form, &field.json) {
                (false, _) => Encoding::Json,
                (true, None) => Encoding::Text,
                (true, Some(JsonField::Any)) => Encoding::JsonText,
                (true, Some(_)) => Encoding::ObjectText,
            };
            assert_eq!(
                (parameter.encoding, parameter.required),
                (expected, field.required),
                "{} {name}",
                facts.id
            );
            checked += 1;
        }
    }
    assert!(checked > 0);
}

#[test]
fn only_a_post_to_no_single_item_is_never_repeated() {
    let (surface, _) = &*READ;
    for operation in surface.operations.values() {
        let item = operation.path.trim_end_matches(".json").ends_with('}');
        let never = operation.method == "POST" && !item;
        assert_eq!(operation.repeat == Repeat::Never, never, "{}", operation.id);
    }
}

#[test]
fn every_sid_follows_its_pattern() {
    let (surface, lowered) = &*READ;
    assert_eq!(surface.sids.len(), lowered.facts.sids.len());
    for facts in &lowered.facts.sids {
        let sid = surface.sids.get(&facts.name).unwrap();
        assert_eq!(
            (&sid.pattern, &sid.prefix, sid.length),
            (&facts.pattern, &facts.shape.prefix, SidShape::LENGTH)
        );
        assert_eq!(
            (&sid.check.prefix, sid.check.digits),
            (&facts.shape.prefix, facts.shape.digits)
        );
    }
}

#[test]
fn a_sid_names_every_place_where_it_is_used() {
    let (surface, lowered) = &*READ;
    for sid in surface.sids.values() {
        let parameters = lowered.facts.operations.values().flat_map(|facts| {
            let of_kind = facts
                .parameters
                .iter()
                .filter(|parameter| parameter.component.as_ref() == Some(&sid.name));
            of_kind.map(|parameter| Use::Parameter {
                operation: facts.id.clone(),
                place: if parameter.path {
                    Place::Path
                } else {
                    Place::Query
                },
                wire: parameter.name.clone(),
            })
        });
        let in_url = |found: &&Use| {
            matches!(
                found,
                Use::Parameter {
                    place: Place::Path | Place::Query,
                    ..
                }
            )
        };
        let found: BTreeSet<Use> = sid.uses.iter().filter(in_url).cloned().collect();
        assert_eq!(found, parameters.collect(), "{}", sid.name);
    }
    let uses = &surface.sids.get("InstalledAddOnSid").unwrap().uses;
    let member = |of: &str, wire: &str| Use::Member {
        of: of.to_owned(),
        wire: wire.to_owned(),
    };
    // Required, and inside of an `Option`.
    assert!(uses.contains(&member("InstalledAddOn", "sid")));
    assert!(uses.contains(&member("AddOnResult", "add_on_configuration_sid")));
    assert!(uses.contains(&Use::Parameter {
        operation: "AssignAddOn".to_owned(),
        place: Place::Form,
        wire: "InstalledAddOnSid".to_owned(),
    }));
}

#[test]
fn every_error_status_of_the_document_is_there_with_the_type_of_its_body() {
    let (surface, lowered) = &*READ;
    for facts in lowered.facts.operations.values() {
        let document = surface
            .operations
            .get(&facts.id)
            .unwrap()
            .document
            .as_ref()
            .unwrap();
        let declared: Vec<&String> = facts.errors.iter().map(|(status, _)| status).collect();
        assert_eq!(
            document
                .errors
                .iter()
                .map(|(status, _)| status)
                .collect::<Vec<_>>(),
            declared,
            "{}",
            facts.id
        );
        for (status, body) in &document.errors {
            assert_eq!(
                body.as_deref(),
                Some("types::ErrorEnvelope"),
                "{} {status}",
                facts.id
            );
        }
    }
}

#[test]
fn operations_that_only_one_side_has_are_an_error() {
    let (surface, lowered) = &*READ;
    let mut fewer = lowered.clone();
    fewer
        .facts
        .operations
        .shift_remove("fetch_listing")
        .unwrap();
    let mut bare = surface.clone();
    for operation in bare.operations.values_mut() {
        operation.document = None;
    }
    let error = bare.clone().with_document(&fewer).unwrap_err();
    assert!(error.to_string().contains("FetchListing"), "{error}");
    bare.operations.remove("FetchListing");
    let error = bare.with_document(lowered).unwrap_err();
    assert!(error.to_string().contains("FetchListing"), "{error}");
}

#[test]
fn changes_are_named_by_what_they_change() {
    let (after, _) = &*READ;
    let mut before = after.clone();
    before.operations.remove("FetchListing");
    before.types.get_mut("Listing").unwrap().non_exhaustive = false;
    before
        .sids
        .get_mut("AvailableAddOnSid")
        .unwrap()
        .uses
        .clear();
    let mut old = before.sids.get("RecordingSid").unwrap().clone();
    old.name = "OldSid".to_owned();
    before.sids.insert(old.name.clone(), old);
    assert_eq!(
        compare(&before, after).to_string(),
        "operations  added     FetchListing\ntypes       changed   Listing\nSIDs        removed   OldSid\n"
    );
    let undocumented = surface_without_document(after);
    assert!(compare(&undocumented, after).is_empty());
}

#[test]
fn a_long_list_of_changes_is_cut() {
    let (after, _) = &*READ;
    let text = compare(&Surface::default(), after).to_string();
    assert!(
        text.contains(" and ") && text.lines().all(|line| line.len() < 400),
        "{text}"
    );
    assert!(text.lines().count() <= 7, "{text}");
}

fn surface_without_document(surface: &Surface) -> Surface {
    let operations: BTreeMap<_, _> = surface
        .operations
        .iter()
        .map(|(id, operation)| {
            let mut bare = operation.clone();
            bare.document = None;
            (id.clone(), bare)
        })
        .collect();
    Surface {
        operations,
        ..surface.clone()
    }
}

#[test]
fn what_is_deprecated_warns_where_callers_begin_and_where_they_name_the_call() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/marketplace.v1.yaml");
    let document = std::fs::read_to_string(path).unwrap();
    let mark = "      operationId: FetchListing\n";
    let document = document.replacen(mark, &format!("{mark}      deprecated: true\n"), 1);
    let files = codegen::run("marketplace.v1.yaml", document.as_bytes())
        .unwrap()
        .files;
    let surface = surface::read(&files).unwrap();
    let marked: Vec<&str> = surface
        .operations
        .values()
        .filter(|operation| operation.makers[0].text.starts_with("#[deprecated] "))
        .map(|operation| operation.id.as_str())
        .collect();
    assert_eq!(marked, ["FetchListing"]);
    let call = &surface.operations["FetchListing"].call;
    assert!(call.traits.contains(&"deprecated".to_owned()), "{call:?}");
}

/// The properties whose odd values are errors although they are optional, by type.
fn strict(surface: &Surface) -> BTreeMap<&str, Vec<&str>> {
    let mut found = BTreeMap::new();
    for (name, data) in &surface.types {
        let TypeShape::Object(members) = &data.shape else {
            continue;
        };
        let strict: Vec<&str> = members
            .iter()
            .filter(|member| {
                member
                    .serde
                    .iter()
                    .any(|note| note == "an odd value is an error")
            })
            .filter_map(|member| member.wire.as_deref())
            .collect();
        if !strict.is_empty() {
            found.insert(name.as_str(), strict);
        }
    }
    found
}

#[test]
fn what_a_list_depends_on_is_never_passed_over() {
    let (surface, lowered) = &*READ;
    let found = strict(surface);
    let links = ["next_page_url", "previous_page_url"];
    assert_eq!(found.get("PageMeta").unwrap(), &links);
    let mut count = 1;
    for operation in lowered.facts.operations.values() {
        if let Some(envelope) = &operation.envelope {
            let wanted: &[&str] = match envelope.style {
                PagingStyle::Meta => &["meta"],
                PagingStyle::Flat => &["next_page_uri", "previous_page_uri"],
            };
            assert_eq!(found.get(envelope.component.as_str()).unwrap(), &wanted);
            count += 1;
        }
    }
    assert_eq!(found.len(), count, "nothing else is: {found:?}");
}

#[test]
fn items_that_the_document_does_not_require_are_not_passed_over_either() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/marketplace.v1.yaml");
    let document = std::fs::read_to_string(path).unwrap();
    let required = "      required:\n        - installed_add_ons\n";
    let document = document.replacen(required, "", 1);
    assert!(!document.contains(required));
    let files = codegen::run("marketplace.v1.yaml", document.as_bytes())
        .unwrap()
        .files;
    let surface = surface::read(&files).unwrap();
    let found = strict(&surface);
    assert_eq!(
        found.get("InstalledAddOnList").unwrap(),
        &["installed_add_ons", "meta"]
    );
}
