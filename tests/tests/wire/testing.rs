//! What `test-util` makes is what a server would have made: the same call with the same response says the same of itself.

use std::collections::HashMap;
use std::time::Duration;

use generated_client::reqwest::StatusCode;
use generated_client::types::{BillableItem, InstalledAddOn};
use generated_client::{Acceptance, Error, ErrorKind, RetryPolicy, Update, test_util};
use serde_json::{Value, from_value, json};
use tests::{Reply, Server};

use crate::support::{AC, XB, XE, always, client};

/// Everything that an error says of itself but its text, its URL and when it was sent.
fn said(error: &Error) -> Value {
    json!({
        "kind": format!("{:?}", error.kind()),
        "not_found": error.is_not_found(), "conflict": error.is_conflict(), "auth": error.is_auth(),
        "rate_limited": error.is_rate_limited(), "timeout": error.is_timeout(),
        "retryable": error.is_retryable(), "outcome_unknown": error.is_outcome_unknown(),
        "status": error.status().map(|status| status.as_u16()), "code": error.code(), "message": error.message(),
        "request_id": error.request_id(), "retry_after": error.retry_after().map(|wait| wait.as_secs()),
        "attempts": error.attempts(), "sent": error.sent_at().is_some(),
        "operation": error.operation(), "method": error.method().map(ToString::to_string),
        "body": error.body().map(<[u8]>::len), "truncated": error.is_body_truncated(),
    })
}

fn items() -> [BillableItem; 2] {
    let item = |sid| BillableItem::new(sid, "1.25".parse().unwrap());
    [item("BI1"), item("BI2")]
}

#[tokio::test]
async fn an_error_says_of_itself_what_the_same_response_makes_a_real_one_say() {
    let statuses = [
        400, 401, 403, 404, 408, 409, 425, 429, 499, 500, 503, 302, 205,
    ];
    for status in statuses {
        for code in [20001, 20003, 20404, 20409, 20429] {
            let body = json!({"code": code, "message": "no"}).to_string();
            let reply = Reply::json(status, body)
                .header("twilio-request-id", "RQ1")
                .header("retry-after", "7");
            let server = always(reply);
            let add_on = client(&server).installed_add_on(XE);
            let (fetch, bill) = (add_on.fetch(), add_on.usage().report(items()));
            let status = StatusCode::from_u16(status).unwrap();
            let made = || {
                let made = test_util::error(ErrorKind::Api)
                    .status(status)
                    .code(code)
                    .message("no");
                made.request_id("RQ1").retry_after(Duration::from_secs(7))
            };
            let pairs = [
                (
                    fetch.clone().await.unwrap_err(),
                    made().call(&fetch).build(),
                ),
                (
                    bill.clone().await.map(drop).unwrap_err(),
                    made().call(&bill).build(),
                ),
            ];
            for (real, made) in pairs {
                assert_eq!(said(&made), said(&real), "{status} {code}");
                assert_eq!(
                    (made.to_string(), made.url()),
                    (real.to_string(), real.url())
                );
            }
        }
    }
}

#[tokio::test]
async fn errors_without_an_error_response_say_what_real_ones_say() {
    let nobody = Server::start(|_| Reply::status(204))
        .unwrap()
        .url()
        .to_owned();
    let nobody =
        generated_client::Client::builder(generated_client::Credentials::auth_token(AC, "token"))
            .base_urls(nobody)
            .retry(RetryPolicy::none())
            .build()
            .unwrap();
    let undecodable = always(Reply::json(200, "[1"));
    for client in [nobody, client(&undecodable)] {
        let add_on = client.installed_add_on(XE);
        let (fetch, bill) = (add_on.fetch(), add_on.usage().report(items()));
        for real in [
            fetch.clone().await.unwrap_err(),
            bill.clone().await.map(drop).unwrap_err(),
        ] {
            let made = test_util::error(real.kind());
            let made = match real.method().unwrap().as_str() {
                "GET" => made.call(&fetch),
                _ => made.call(&bill),
            };
            let made = match (real.status(), real.body()) {
                (Some(status), Some(body)) => made.status(status).body(body),
                _ => made,
            };
            assert_eq!(said(&made.build()), said(&real));
        }
    }
    // What is refused before it is sent was sent by nobody.
    let keys_are_no_text = HashMap::from([((1, 2), 3)]);
    let add_on = test_util::client().unwrap().installed_add_on(XE);
    let refused = add_on.update().configuration(&keys_are_no_text);
    let real = refused.clone().await.unwrap_err();
    let made = test_util::error(ErrorKind::Request)
        .call(&refused)
        .status(StatusCode::OK)
        .attempts(3)
        .build();
    assert_eq!(said(&made), said(&real));
}

#[test]
fn kinds_differ_in_what_a_call_may_have_done_as_they_do_for_real() {
    let add_on = test_util::client().unwrap().installed_add_on(XE);
    let bill = add_on.usage().report(items());
    for kind in [
        ErrorKind::Configuration,
        ErrorKind::Request,
        ErrorKind::Connect,
        ErrorKind::Timeout,
        ErrorKind::Transport,
        ErrorKind::Api,
        ErrorKind::UnexpectedStatus,
        ErrorKind::Decode,
        ErrorKind::TooLarge,
        ErrorKind::Location,
        ErrorKind::Download,
        ErrorKind::Paging,
    ] {
        let billed = test_util::error(kind).call(&bill).build();
        let fetched = test_util::error(kind)
            .call(&add_on.fetch())
            .attempts(3)
            .build();
        assert_eq!(billed.kind(), kind);
        for error in [&billed, &fetched] {
            assert!(
                !(error.is_retryable() && error.is_outcome_unknown()),
                "{kind:?}"
            );
        }
        assert!(!fetched.is_outcome_unknown(), "{kind:?}");
        let nothing_sent = matches!(kind, ErrorKind::Configuration | ErrorKind::Request);
        assert_eq!(
            fetched.attempts(),
            if nothing_sent { 0 } else { 3 },
            "{kind:?}"
        );
        let unclear = [
            ErrorKind::Timeout,
            ErrorKind::Transport,
            ErrorKind::Api,
            ErrorKind::UnexpectedStatus,
            ErrorKind::Decode,
            ErrorKind::TooLarge,
        ];
        assert_eq!(
            billed.is_outcome_unknown(),
            unclear.contains(&kind),
            "{kind:?}"
        );
        assert_eq!(billed.operation(), Some("ReportUsage"));
    }
}

fn add_on() -> InstalledAddOn {
    from_value(json!({"sid": XE, "account_sid": AC, "available_add_on_sid": XB})).unwrap()
}

#[tokio::test]
async fn responses_receipts_and_pages_are_what_a_server_would_have_given() {
    let body = json!({"sid": XE, "account_sid": AC, "available_add_on_sid": XB}).to_string();
    let server = always(Reply::json(200, body.as_str()).header("twilio-request-id", "RQ1"));
    let real = client(&server)
        .installed_add_on(XE)
        .fetch()
        .keep_json()
        .await
        .unwrap();
    let made = test_util::response(add_on())
        .request_id("RQ1")
        .json(body)
        .build();
    assert_eq!(
        (&*made, made.status(), made.request_id(), made.json()),
        (&*real, real.status(), real.request_id(), real.json())
    );
    assert_eq!(format!("{made:?}"), format!("{real:?}"));

    let made = test_util::update(Update::<InstalledAddOn>::NotModified).build();
    assert_eq!(made.status(), StatusCode::NOT_MODIFIED);

    let submitted =
        json!({"billable_items": [{"sid": "BI1", "quantity": 1.25, "submitted": true}]});
    let server = always(Reply::json(202, submitted.to_string()));
    let report = client(&server).installed_add_on(XE).usage().report(items());
    let real = report.clone().await.unwrap();
    let made = test_util::acceptance(Acceptance::Accepted(from_value(submitted).unwrap()))
        .receipt(&report);
    assert_eq!((made.status(), &*made), (real.status(), &*real));
    assert_eq!(
        (made.all_submitted(), made.unmentioned()),
        (real.all_submitted(), real.unmentioned())
    );
    let [_, second] = items();
    let [left] = &made.unmentioned()[..] else {
        panic!("{made:?}");
    };
    assert_eq!(
        (&left.sid, left.quantity),
        (&second.sid, second.quantity.value())
    );
    let made = test_util::acceptance(Acceptance::AcceptedEmpty).receipt(&report);
    assert_eq!(
        (made.all_submitted(), made.unmentioned().len()),
        (false, items().len())
    );

    let next = Server::start(move |request| {
        let pairs = request.query_pairs();
        assert_eq!(pairs, [("PageToken".to_owned(), "PT/2".to_owned())]);
        Reply::json(
            200,
            json!({"installed_add_ons": [], "meta": {"page": 2}}).to_string(),
        )
    })
    .unwrap();
    let client = client(&next);
    let list = client.installed_add_ons().list();
    let page = test_util::page(&list, vec![add_on()])
        .page_number(1)
        .page_size(1)
        .next_page_token("PT/2")
        .build()
        .unwrap();
    assert_eq!(
        (page.len(), page.page_number(), page.page_size()),
        (1, Some(1), Some(1))
    );
    assert_eq!(
        (
            page.next_page_token().as_deref(),
            page.previous_page_token()
        ),
        (Some("PT/2"), None)
    );
    let next = page.next_page(&client).unwrap().await.unwrap();
    assert_eq!(
        (next.len(), next.page_number(), next.has_next()),
        (0, Some(2), false)
    );
    let last = test_util::page(&list, vec![add_on()]).build().unwrap();
    assert!(!last.has_next() && last.previous_page(&client).is_none());
}

/// The README's example of a test, as it is written there.
#[test]
fn headers_are_given_as_text() {
    let error = test_util::error(ErrorKind::Api)
        .header("Retry-After", "3")
        .header("twilio-request-id", "RQ2".to_owned())
        .header("no name", "value")
        .header("x-odd", "two\nlines")
        .build();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    assert_eq!(error.request_id(), Some("RQ2"));
    assert_eq!(error.headers().unwrap().len(), 2);
    let response = test_util::response(add_on()).header("x-one", "1").build();
    assert_eq!(response.headers()["x-one"], "1");
}

#[test]
fn the_readme_shows_a_test_that_passes() {
    let readme = include_str!("../../../generated-client/README.md");
    let (_, example) = readme.split_once("## Testing your own code").unwrap();
    let (_, example) = example.split_once("```rust\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let here = include_str!("readme.rs");
    let indented = |text: &str| {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(indented(here), indented(example));
}
