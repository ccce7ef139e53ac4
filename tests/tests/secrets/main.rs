//! Everything that a run of all operations shows, in values, errors, logs and spans, is searched for what must not
//! be shown. The logger and the collector of spans belong to the whole process, so this is one test.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "../calls/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "what is on the wire is another test's concern"
)]
mod calls;
mod collected;
#[path = "../wire/support.rs"]
#[allow(dead_code, reason = "each test needs a part of it")]
mod support;

use std::error::Error as _;
use std::time::Duration;

use generated_client::reqwest::Method;
use generated_client::reqwest::header::{HeaderName, HeaderValue};
use generated_client::{Client, Credentials, Error, Host, RetryPolicy};
use tests::faults::{Act, End, FaultServer};
use tests::{Document, Reply};

use crate::calls::ROWS;
use crate::support::{AC, AUTHORIZATION, KEY, RE, SECRET, XB, XH, XR, builder};

/// What stands in queries, bodies and headers of the calls, and has no place in logs and spans.
const PRIVATE: &str = "pr1vate";

/// An error with its causes, in every form that it has.
fn whole(error: &Error) -> String {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        shown.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    shown
}

/// The ways in which a secret can show itself.
fn secrets() -> Vec<String> {
    let header = AUTHORIZATION.trim_start_matches("Basic ");
    [SECRET, header]
        .iter()
        .flat_map(|secret| {
            let bytes = format!("{:?}", secret.as_bytes());
            [
                (*secret).to_owned(),
                bytes.trim_matches(['[', ']']).to_owned(),
            ]
        })
        .collect()
}

/// Makes calls with things of the caller's own in them, and hands back how all values on the way show themselves.
async fn with_private_parts(client: &Client) -> String {
    let list = client.installed_add_ons().list().page_token(PRIVATE);
    let header = (
        HeaderName::from_static("x-mine"),
        HeaderValue::from_static(PRIVATE),
    );
    let create = client
        .installed_add_ons()
        .create(XB, true)
        .configuration(&serde_json::json!({"password": PRIVATE}))
        .header(header.0, header.1);
    let data = client
        .recording(RE)
        .add_on_result(XR)
        .payload(XH)
        .data()
        .fetch();
    let raw = client
        .request(Host::Api, Method::POST, "/v1/Things")
        .query("Token", PRIVATE)
        .form("Password", PRIVATE);
    let mut shown = format!("{raw:?}");
    shown.push_str(&format!(
        "{client:?} {:?} {create:?} {data:?}",
        client.listing(XB)
    ));
    let mut pages = list.pages();
    shown.push_str(&format!("{pages:?}"));
    if let Some(Err(error)) = pages.next().await {
        shown.push_str(&whole(&error));
    }
    if let Err(error) = create.await {
        shown.push_str(&whole(&error));
    }
    if let Err(error) = data.download().await {
        shown.push_str(&whole(&error));
    }
    match raw.bytes().await {
        Ok(response) => shown.push_str(&format!("{response:?}")),
        Err(error) => shown.push_str(&whole(&error)),
    }
    shown
}

#[tokio::test]
async fn nothing_that_is_shown_holds_a_secret() {
    let collected = collected::install();
    let document = Document::read().unwrap();
    let credentials = Credentials::api_key(KEY, SECRET, AC);
    let mut shown = format!(
        "{credentials:?} {credentials:#?} {:?} {:#?}",
        builder(),
        builder()
    );

    for row in ROWS {
        let (status, answer) = document
            .operation(row.operation)
            .unwrap()
            .success()
            .unwrap();
        let right = match &answer.body {
            Some(body) => Reply::json(status, body.example.as_ref().unwrap().to_string()),
            None => Reply::status(status),
        }
        .header("twilio-request-id", "RQ1");
        let acts = [
            Act::reply(&right),
            Act::reply(&Reply::json(401, r#"{"code": 20003, "message": "m"}"#)),
            Act::reply(&Reply::status(503)),
            Act::send([]).then(End::Reset),
            Act::send(*b"nonsense\r\n\r\n"),
        ];
        for (number, act) in acts.into_iter().enumerate() {
            let server = FaultServer::start(move |_| act.clone()).unwrap();
            let policy = RetryPolicy::new().pauses(|_| Duration::ZERO);
            let client = builder()
                .base_urls(server.url())
                .retry(policy)
                .build()
                .unwrap();
            shown.push_str(&format!("{client:?} {client:#?}"));
            let before = collected.spans().len();
            match (row.call)(client.clone()).await {
                Ok(decoded) => shown.push_str(&format!("{:?}", decoded.json)),
                Err(error) => shown.push_str(&whole(&error)),
            }
            let spans = collected.spans().split_off(before);
            let [span] = spans.as_slice() else {
                panic!("{}: {spans:?}", row.operation)
            };
            assert_eq!(span.name, "call");
            let field = |name: &str| span.fields.get(name).map(String::as_str);
            assert_eq!(field("operation"), Some(row.operation));
            assert_eq!(field("method"), row.request.split(' ').next());
            assert_eq!(field("host"), Some("127.0.0.1"));
            assert!(field("duration_ms").is_some() && field("attempt").is_some());
            if number == 0 {
                assert_eq!(field("status"), Some(status.to_string().as_str()));
                assert_eq!(
                    (field("attempt"), field("request_id")),
                    (Some("1"), Some("RQ1"))
                );
            }
        }
    }

    for act in [Act::reply(&Reply::json(307, "{}")), Act::send([])] {
        let server = FaultServer::start(move |_| act.clone()).unwrap();
        let client = builder().base_urls(server.url()).build().unwrap();
        let private = with_private_parts(&client).await;
        assert!(!private.contains(PRIVATE), "{private}");
        shown.push_str(&private);
    }

    let recorded = collected.everything();
    assert!(recorded.contains("ReportUsage"), "nothing was recorded");
    assert!(
        !recorded.contains(PRIVATE),
        "a log or span holds a query, a body or a header"
    );
    assert!(
        !recorded.contains("PageToken"),
        "a log or span holds a query"
    );
    for secret in secrets() {
        assert!(
            !shown.contains(&secret),
            "{secret} is shown by a value or an error"
        );
        assert!(!recorded.contains(&secret), "{secret} is in a log or span");
    }
}
