//! What the linter accepts, progenitor takes: stock, without any of the later stages, where the document needs none of
//! what `lower` bridges, and through all stages in any case.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::path::{Path, PathBuf};

use codegen::load::Tree;

fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents: Vec<PathBuf> = std::fs::read_dir(root.join("tests/documents/rules"))
        .unwrap()
        .map(|entry| entry.unwrap().path().join("good.yaml"))
        .collect();
    documents.push(root.join("tests/documents/small.yaml"));
    documents.push(root.join("tests/documents/recursive.yaml"));
    documents.sort();
    documents
}

fn load(path: &Path) -> Tree {
    let tree = codegen::load::load("document.yaml", &std::fs::read(path).unwrap()).unwrap();
    assert_eq!(codegen::lint::lint(&tree), [], "{path:?}");
    tree
}

#[test]
fn stock_progenitor_takes_every_accepted_document() {
    for path in documents() {
        let mut document = codegen::load::openapi(&load(&path)).unwrap();
        // `encoding` is what `lower` bridges; stock progenitor stops at it.
        let items = document
            .paths
            .paths
            .values_mut()
            .filter_map(|item| match item {
                openapiv3::ReferenceOr::Item(item) => Some(item),
                openapiv3::ReferenceOr::Reference { .. } => None,
            });
        for operation in items
            .flat_map(|item| {
                [
                    &mut item.get,
                    &mut item.put,
                    &mut item.post,
                    &mut item.patch,
                ]
            })
            .flatten()
        {
            if let Some(openapiv3::ReferenceOr::Item(body)) = &mut operation.request_body {
                body.content
                    .values_mut()
                    .for_each(|media| media.encoding.clear());
            }
        }
        let tokens = progenitor::Generator::default()
            .generate_tokens(&document)
            .unwrap_or_else(|error| panic!("{path:?}: {error}"));
        syn::parse2::<syn::File>(tokens).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    }
}

#[test]
fn every_accepted_document_becomes_code() {
    for path in documents() {
        let output = codegen::run("document.yaml", &std::fs::read(&path).unwrap());
        let output = output.unwrap_or_else(|findings| panic!("{path:?}: {findings:#?}"));
        assert!(!output.files.is_empty(), "{path:?}");
    }
}

/// A path of the client's own document beside one whose handle has a method that is written by hand.
#[test]
fn a_method_of_the_name_of_a_hand_written_one_is_a_finding() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("../spec/marketplace.v1.yaml")).unwrap();
    let data = "  /2010-04-01/Accounts/{AccountSid}/Recordings/{ReferenceSid}/AddOnResults/{AddOnResultSid}/Payloads/{PayloadSid}/Data.json:";
    let (before, after) = text.split_once(data).unwrap();
    let own = after.split("\ncomponents:").next().unwrap();
    let own = own.split("\n  /").next().unwrap();
    let another = format!("{data}{own}\n")
        .replace("/Data.json:", "/Download.json:")
        .replace(
            "FetchAddOnResultPayloadData",
            "FetchAddOnResultPayloadDownload",
        );
    let document = format!("{before}{another}{data}{after}");
    let findings = codegen::run("document.yaml", document.as_bytes()).unwrap_err();
    let found: Vec<_> = findings
        .iter()
        .map(|finding| (finding.rule, finding.message.as_str()))
        .collect();
    let [("METHOD_NAME_COLLIDES", message)] = found[..] else {
        panic!("{found:?}");
    };
    assert!(
        message.contains("generated-client/src/download.rs")
            && message.contains("`download` of `RecordingAddOnResultPayloadHandle`"),
        "{message}"
    );
}
