//! Requests that cannot mean anything: refused before anything is sent, with an error that names the operation, what is
//! wrong with it and what to do. Which operations can be misused so follows from the document.

use std::collections::BTreeSet;

use generated_client::types::BillableItem;
use generated_client::{Client, Error, ErrorKind};
use serde_json::Value;
use tests::document::Operation;
use tests::{Document, Reply, Server};

use crate::support::{PN, RE, XB, XE, XR, always, client};

/// A way to misuse an operation, and a part of what the error has to say.
type Misuse = (&'static str, fn(Client) -> Call, &'static str);
type Call = std::pin::Pin<Box<dyn Future<Output = Result<(), Error>>>>;

macro_rules! misuse {
    ($operation:literal, $client:ident => $call:expr, $says:literal) => {
        (
            $operation,
            |$client: Client| -> Call { Box::pin(async move { $call.await.map(|_| ()) }) },
            $says,
        )
    };
}

fn item(sid: &str) -> BillableItem {
    BillableItem::new(sid, "1".parse().unwrap())
}

#[rustfmt::skip]
const ARRAYS: &[Misuse] = &[
    misuse!("ReportUsage", client => client.installed_add_on(XE).usage().report([]), "`billable_items` has fewer items"),
    misuse!("ReportUsage", client => client.installed_add_on(XE).usage().report(Vec::new()), "add some"),
];

#[rustfmt::skip]
const TEXTS: &[Misuse] = &[
    misuse!("ReportUsage", client => client.installed_add_on(XE).usage().report([item("")]), "`billable_items[0].sid` is empty"),
    misuse!("ReportUsage", client => client.installed_add_on(XE).usage().report([item("BI1"), item(" \t")]),
        "`billable_items[1].sid` is empty"),
];

#[rustfmt::skip]
const CHANGES: &[Misuse] = &[
    misuse!("UpdateInstalledAddOn", client => client.installed_add_on(XE).update(), "nothing is set"),
    misuse!("UpdateListing", client => client.listing(XB).update(), "nothing is set"),
];

macro_rules! page {
    ($operation:literal, $client:ident => $list:expr) => {
        [
            misuse!($operation, $client => $list.page(1), "`Page` above 0 needs the `PageToken`"),
            misuse!($operation, $client => $list.page(u64::MAX), "`Page` above 0 needs the `PageToken`"),
            misuse!($operation, $client => $list.page_token(""), "`PageToken` is empty"),
            misuse!($operation, $client => $list.page(2).page_token(" "), "`PageToken` is empty"),
        ]
    };
}

#[rustfmt::skip]
const PAGES: &[[Misuse; 4]] = &[
    page!("ListAvailableAddOns", client => client.available_add_ons().list()),
    page!("ListAvailableAddOnExtensions", client => client.available_add_on(XB).extensions().list()),
    page!("ListInstalledAddOns", client => client.installed_add_ons().list()),
    page!("ListInstalledAddOnExtensions", client => client.installed_add_on(XE).extensions().list()),
    page!("ListAssignedAddOns", client => client.incoming_phone_number(PN).assigned_add_ons().list()),
    page!("ListAssignedAddOnExtensions", client => client.incoming_phone_number(PN).assigned_add_on(XE).extensions().list()),
    page!("ListAddOnResults", client => client.recording(RE).add_on_results().list()),
    page!("ListAddOnResultPayloads", client => client.recording(RE).add_on_result(XR).payloads().list()),
];

async fn check(server: &Server, misuses: &[Misuse]) {
    for (operation, call, says) in misuses {
        let error = call(client(server)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{operation}: {error:?}");
        assert_eq!(error.operation(), Some(*operation));
        assert!(
            !error.is_retryable() && !error.is_outcome_unknown(),
            "{operation}"
        );
        let line = error.to_string();
        assert!(line.starts_with(&format!("{operation}: ")), "{line}");
        assert!(line.contains(says), "{line}");
        assert_eq!(server.requests(), [], "{operation}");
    }
}

fn names<'a>(misuses: impl IntoIterator<Item = &'a Misuse>) -> BTreeSet<&'a str> {
    misuses
        .into_iter()
        .map(|(operation, ..)| *operation)
        .collect()
}

/// Whether an operation's body has a property somewhere of which the document says that.
fn has_property(
    document: &Document,
    schema: &Value,
    holds: &dyn Fn(&Value, &Value, &str) -> bool,
) -> bool {
    let schema = document.resolve(schema);
    if let Some(wrapped) = schema["allOf"].get(0) {
        return has_property(document, wrapped, holds);
    }
    let Some(properties) = schema["properties"].as_object() else {
        return schema["items"].is_object() && has_property(document, &schema["items"], holds);
    };
    properties.iter().any(|(name, property)| {
        let property = document.resolve(property);
        holds(schema, property, name) || has_property(document, property, holds)
    })
}

/// The schema of an operation's body.
fn body<'a>(document: &'a Document, operation: &Operation) -> Option<&'a Value> {
    document.schema(operation.request.as_ref()?.component.as_deref()?)
}

/// The operations with such a property in their bodies.
fn with_property(
    document: &Document,
    holds: impl Fn(&Value, &Value, &str) -> bool,
) -> BTreeSet<&str> {
    let operations = document.operations().iter().filter(|operation| {
        body(document, operation).is_some_and(|body| has_property(document, body, &holds))
    });
    operations.map(|operation| operation.id.as_str()).collect()
}

/// The names of an operation's query parameters.
fn query<'a>(document: &'a Document, operation: &Operation) -> Vec<&'a str> {
    let path = &document.root()["paths"][&operation.path];
    let own = &path[operation.method.to_lowercase()]["parameters"];
    let parameters = [&path["parameters"], own];
    let parameters = parameters.into_iter().filter_map(Value::as_array).flatten();
    parameters
        .map(|parameter| document.resolve(parameter))
        .filter(|parameter| parameter["in"] == "query")
        .filter_map(|parameter| parameter["name"].as_str())
        .collect()
}

fn requires(schema: &Value, name: &str) -> bool {
    schema["required"]
        .as_array()
        .is_some_and(|required| required.iter().any(|known| known == name))
}

#[tokio::test]
async fn an_array_that_needs_items_is_not_sent_without_them() {
    let server = always(Reply::status(202));
    check(&server, ARRAYS).await;
    let document = Document::read().unwrap();
    let needing = with_property(&document, |_, property, _| {
        property["minItems"].as_u64().is_some_and(|least| least > 0)
    });
    assert_eq!(names(ARRAYS), needing);
}

#[tokio::test]
async fn a_required_text_says_something() {
    let server = always(Reply::status(202));
    check(&server, TEXTS).await;
    let document = Document::read().unwrap();
    let needing = with_property(&document, |schema, property, name| {
        let is_free = property["type"] == "string"
            && property.get("pattern").is_none()
            && property.get("enum").is_none()
            && property.get("format").is_none();
        is_free && requires(schema, name)
    });
    assert_eq!(names(TEXTS), needing);
}

#[tokio::test]
async fn a_change_of_nothing_is_not_sent() {
    let server = always(Reply::json(200, "{}"));
    check(&server, CHANGES).await;
    let document = Document::read().unwrap();
    let changing = document.operations().iter().filter(|operation| {
        let is_one_item = operation.path.trim_end_matches(".json").ends_with('}');
        is_one_item && body(&document, operation).is_some_and(|body| body.get("required").is_none())
    });
    let changing: BTreeSet<&str> = changing.map(|operation| operation.id.as_str()).collect();
    assert_eq!(names(CHANGES), changing);
    // What creates can be complete without a single property.
    let created = client(&server).listings().create().await;
    assert_ne!(created.unwrap_err().kind(), ErrorKind::Request);
}

#[tokio::test]
async fn a_later_page_needs_the_token_that_came_with_it() {
    let server = always(Reply::json(200, "{}"));
    for misuses in PAGES {
        check(&server, misuses).await;
    }
    let document = Document::read().unwrap();
    let paged = document.operations().iter().filter(|operation| {
        ["Page", "PageToken"]
            .iter()
            .all(|page| query(&document, operation).contains(page))
    });
    let paged: BTreeSet<&str> = paged.map(|operation| operation.id.as_str()).collect();
    assert_eq!(names(PAGES.iter().flatten()), paged);
    // A walk from a later page is refused too, and the first page has no token.
    let mut pages = client(&server)
        .installed_add_ons()
        .list()
        .page(1)
        .all_pages();
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert_eq!(server.requests(), []);
}
