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
mod echo;
mod places;
mod planted;
#[path = "../wire/support.rs"]
#[allow(dead_code, reason = "each test needs a part of it")]
mod support;

use std::error::Error as _;
use std::sync::mpsc;
use std::time::Duration;

use generated_client::choices::AcceptTermsOfService;
use generated_client::reqwest::Method;
use generated_client::{Client, Credentials, Error, ErrorKind, Host, RetryPolicy};
use serde_json::{Value, json};
use tests::faults::{Act, End, FaultServer};
use tests::{Document, Reply, Server};

use crate::calls::ROWS;
use crate::support::{AC, AUTHORIZATION, KEY, RE, SECRET, XB, XE, XH, XR, builder};

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

/// Walks a list and reads some content, and hands back how all values on the way show themselves.
async fn streams(client: &Client) -> String {
    let list = client.installed_add_ons().list();
    let mut items = list.clone().all_items().prefetch();
    let mut pages = list.all_pages();
    let mut shown = String::new();
    let mut ends = 0;
    while let Some(item) = items.next().await {
        shown.push_str(&format!("{items:?} {items:#?}"));
        match item {
            Ok(item) => shown.push_str(&format!("{item:?}")),
            Err(error) => {
                shown.push_str(&whole(&error));
                ends += 1;
            }
        }
    }
    while let Some(page) = pages.next().await {
        shown.push_str(&format!("{pages:?} {pages:#?}"));
        match page {
            Ok(page) => shown.push_str(&format!("{page:?}")),
            Err(error) => {
                shown.push_str(&whole(&error));
                ends += 1;
            }
        }
    }
    assert_eq!(ends, 2, "the link to another host is an error");
    let data = client.recording(RE).add_on_result(XR).payload(XH).data();
    let download = data.fetch().download();
    shown.push_str(&format!("{download:?} {download:#?}"));
    let content = download.await.unwrap();
    shown.push_str(&format!("{content:?} {content:#?}"));
    let content = content.bytes().await.unwrap();
    assert_eq!(content, b"content");
    shown
}

/// A server whose list goes on elsewhere, and whose content is here.
fn streaming(document: &Document) -> Server {
    let answer = document.operation("ListInstalledAddOns").unwrap();
    let (_, answer) = answer.success().unwrap();
    let example = answer.body.as_ref().unwrap().example.as_ref().unwrap();
    let mut page: Value = serde_json::from_str(&example.to_string()).unwrap();
    page["meta"]["next_page_url"] = json!("https://elsewhere.example/v1?PageToken=x");
    Server::start(move |request| {
        let host = request.header("host").unwrap_or_default();
        match request.path.as_str() {
            "/content" => Reply::status(200).body("content"),
            path if path.ends_with("Data.json") => {
                let place = format!("http://{host}/content?signature=f00d");
                Reply::json(307, json!({"redirect_to": place}).to_string())
            }
            _ => Reply::json(200, page.to_string()),
        }
    })
    .unwrap()
}

/// Makes calls with things of the caller's own in them, and hands back how all values on the way show themselves.
async fn with_private_parts(client: &Client) -> String {
    let list = client.installed_add_ons().list().page_token(PRIVATE);
    let create = client
        .installed_add_ons()
        .create(XB, AcceptTermsOfService::Yes)
        .configuration(&serde_json::json!({"password": PRIVATE}))
        .header("x-mine", PRIVATE);
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
    let mut pages = list.all_pages();
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

/// A call that is refused before it is sent has a span that says so.
async fn refused_calls_have_spans(client: &Client, collected: &collected::Collected) {
    let sub = client.for_account("ACdddddddddddddddddddddddddddddddd".parse().unwrap());
    let before = collected.spans().len();
    let unwritable = std::collections::BTreeMap::from([((1, 2), 3)]);
    let unprepared = client
        .installed_add_on(XE)
        .update()
        .configuration(&unwritable)
        .await
        .unwrap_err();
    let errors = [
        unprepared,
        sub.listing(XB).fetch().await.unwrap_err(),
        client
            .listing(XB)
            .fetch()
            .timeout(Duration::ZERO)
            .await
            .unwrap_err(),
    ];
    let spans = collected.spans().split_off(before);
    assert_eq!(spans.len(), errors.len(), "{spans:?}");
    for (span, error) in spans.iter().zip(&errors) {
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        let field = |name: &str| span.fields.get(name).map(String::as_str);
        assert_eq!(field("error_kind"), Some("Request"), "{span:?}");
        assert_eq!(field("operation"), error.operation(), "{span:?}");
        assert_eq!(
            (field("status"), field("attempt")),
            (None, None),
            "{span:?}"
        );
    }
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
        let echo = Reply::json(401, json!({"message": AUTHORIZATION}).to_string());
        let acts = [
            Act::reply(&right),
            Act::reply(&Reply::json(401, r#"{"code": 20003, "message": "m"}"#)),
            Act::reply(&Reply::status(503)),
            Act::send([]).then(End::Reset),
            Act::send(*b"nonsense\r\n\r\n"),
            Act::reply(&Reply::json(429, r#"{"code": 20429, "message": "m"}"#)),
            Act::reply(&Reply::json(302, "{}").header("location", "https://elsewhere.example/")),
            Act::endless(&right),
            Act::reply(&right).cut(20).then(End::Stall),
            Act::reply(&echo),
            Act::reply(&Reply::json(status, "nonsense")),
        ];
        for (number, act) in acts.into_iter().enumerate() {
            let server = FaultServer::start(move |_| act.clone()).unwrap();
            let (note, retries) = mpsc::channel();
            let policy = RetryPolicy::new()
                .attempts(2)
                .pauses(|_| Duration::ZERO)
                .observe(move |retry| note.send(format!("{retry:?} {retry:#?}")).unwrap());
            let client = builder()
                .base_urls(server.url())
                .reply_limit(64 << 10)
                .timeout(Duration::from_millis(200))
                .retry(policy)
                .build()
                .unwrap();
            shown.push_str(&format!("{client:?} {client:#?}"));
            let before = collected.spans().len();
            let failed = match (row.call)(client.clone()).await {
                Ok(decoded) => {
                    shown.push_str(&decoded.shown);
                    None
                }
                Err(error) => {
                    shown.push_str(&whole(&error));
                    Some(format!("{:?}", error.kind()))
                }
            };
            shown.extend(retries.try_iter());
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
            assert_eq!(
                field("error_kind"),
                failed.as_deref(),
                "{} {number}",
                row.operation
            );
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

    planted::nothing_planted_is_shown(&document).await;

    let server = streaming(&document);
    let client = builder().base_urls(server.url()).build().unwrap();
    let streamed = streams(&client).await;
    assert!(
        !streamed.contains("f00d"),
        "the place of the content is shown"
    );
    shown.push_str(&streamed);

    echo::everything(collected).await;
    refused_calls_have_spans(&client, collected).await;

    let recorded = collected.everything();
    assert!(recorded.contains("ReportUsage"), "nothing was recorded");
    assert!(
        !recorded.contains(PRIVATE),
        "a log or span holds a query, a body or a header"
    );
    assert!(
        !recorded.contains(planted::PLANTED),
        "a log or span holds what a response holds"
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
