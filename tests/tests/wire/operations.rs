//! Every operation of the document, one row each: what it must put on the wire, to the byte, and what it must make
//! of the document's own example of an answer.

use std::collections::BTreeSet;

use generated_client::Host;
use tests::exact::Exact;
use tests::{Document, Recorded, Reply, Server};

use crate::calls::{Decoded, ROWS, Row};
use crate::support::{AUTHORIZATION, always, builder, only};

/// What became of one row's call: what was sent, which answer there was, and what it was decoded to.
struct Made {
    sent: Recorded,
    host: String,
    example: Option<String>,
    status: u16,
    decoded: Decoded,
}

/// Makes one row's call against two servers, one for each host.
async fn make(document: &Document, row: &Row) -> Made {
    let operation = document.operation(row.operation).expect(row.operation);
    let (status, answer) = operation.success().expect(row.operation);
    let example = answer
        .body
        .as_ref()
        .map(|body| body.example.as_ref().unwrap().to_string());
    let reply = match &example {
        Some(example) => Reply::json(status, example.as_str()),
        None => Reply::status(status),
    };
    let reply = reply.header("twilio-request-id", "RQ1");
    let (own, other) = (always(reply.clone()), always(reply));
    let client = Host::ALL
        .iter()
        .fold(builder(), |builder, host| {
            let server = if *host == row.host { &own } else { &other };
            builder.base_url(*host, server.url())
        })
        .build()
        .unwrap();
    let decoded = (row.call)(client).await.unwrap();
    assert!(
        other.requests().is_empty(),
        "{} went to the wrong host",
        row.operation
    );
    Made {
        sent: only(&own),
        host: host_header(&own),
        example,
        status,
        decoded,
    }
}

/// The `Host` header that a request to this server carries.
fn host_header(server: &Server) -> String {
    server.url().trim_start_matches("http://").to_owned()
}

#[test]
fn there_is_a_row_for_each_operation_and_it_is_at_the_documents_place() {
    let document = Document::read().unwrap();
    let rows: BTreeSet<&str> = ROWS.iter().map(|row| row.operation).collect();
    let operations: BTreeSet<&str> = document
        .operations()
        .iter()
        .map(|o| o.id.as_str())
        .collect();
    assert_eq!(rows, operations);
    assert_eq!(rows.len(), ROWS.len(), "an operation has two rows");
    for row in ROWS {
        let operation = document.operation(row.operation).unwrap();
        let (method, path) = row.request.split_once(' ').unwrap();
        assert_eq!(method, operation.method, "{}", row.operation);
        assert_eq!(row.host.url(), operation.server, "{}", row.operation);
        let names = template(&operation.path).replace(".json", "");
        assert_eq!(
            without_sids(path).replace(".json", ""),
            names,
            "{}",
            row.operation
        );
        assert_eq!(path.ends_with(".json"), operation.path.ends_with(".json"));
    }
}

/// A path template with its parameters blanked.
fn template(path: &str) -> String {
    path.split('/')
        .map(|segment| {
            if segment.starts_with('{') {
                "*"
            } else {
                segment
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// A path with its SIDs blanked.
fn without_sids(path: &str) -> String {
    path.split('/')
        .map(|segment| {
            let sid = segment.trim_end_matches(".json");
            if sid.len() == 34 { "*" } else { segment }
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn every_operation_sends_exactly_its_row() {
    let document = Document::read().unwrap();
    let user_agent = concat!("generated-client/", env!("CARGO_PKG_VERSION"));
    for row in ROWS {
        let Made { sent, host, .. } = make(&document, row).await;
        let (method, path) = row.request.split_once(' ').unwrap();
        let mut headers = vec![
            ("accept", "application/json"),
            ("authorization", AUTHORIZATION),
            ("host", host.as_str()),
            ("user-agent", user_agent),
        ];
        let length = row.body.text().len().to_string();
        if let Some(content_type) = row.body.content_type() {
            headers.push(("content-length", length.as_str()));
            headers.push(("content-type", content_type));
        }
        headers.sort_unstable();
        let mut sent_headers: Vec<(&str, &str)> = sent
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        sent_headers.sort_unstable();
        assert_eq!(sent.method, method, "{}", row.operation);
        assert_eq!(sent.path, path, "{}", row.operation);
        assert_eq!(sent.query.as_deref(), row.query, "{}", row.operation);
        assert_eq!(sent.text(), row.body.text(), "{}", row.operation);
        assert_eq!(sent_headers, headers, "{}", row.operation);
    }
}

#[tokio::test]
async fn every_operation_decodes_the_documents_answer() {
    let document = Document::read().unwrap();
    for row in ROWS {
        let made = make(&document, row).await;
        assert_eq!(made.decoded.status, made.status, "{}", row.operation);
        assert_eq!(
            made.decoded.request_id.as_deref(),
            Some("RQ1"),
            "{}",
            row.operation
        );
        let wanted = made.example.as_deref().map(|example| {
            let whole = Exact::read(example).unwrap().without_nulls();
            match (made.decoded.list, whole) {
                (Some(key), Exact::Object(mut members)) => members.remove(key).expect(key),
                (_, whole) => whole,
            }
        });
        let found = made
            .decoded
            .json
            .as_deref()
            .map(|json| Exact::read(json).unwrap().without_nulls());
        assert_eq!(found, wanted, "{}", row.operation);
    }
}
