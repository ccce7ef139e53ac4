//! What is sent, byte for byte, and what becomes of every kind of reply.

use std::time::Duration;

use futures_util::future::{join, join_all};
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_json::{Value, json};

use super::*;
use crate::runtime::loopback::{Loopback, TOKEN, reply};
use crate::runtime::{Operation, Repeat, decode, send};
use crate::{Acceptance, ErrorKind, Host, Response, Update};

mod shown;

static FETCH: Operation = Operation {
    id: "FetchThing",
    method: Method::GET,
    path: "/v1/Things/{Sid}",
    host: Host::Marketplace,
    repeat: Repeat::Safe,
    statuses: &[200, 304, 307],
};

static BILL: Operation = Operation {
    id: "BillThing",
    method: Method::POST,
    path: "/v1/Things",
    host: Host::Api,
    repeat: Repeat::Never,
    statuses: &[200, 202],
};

fn fetch() -> Result<Prepared, Error> {
    let mut prepared = Prepared::new(&FETCH);
    prepared
        .literal("/v1/Things/")
        .segment("a b")
        .query("Token", &"s3cret");
    Ok(prepared)
}

fn bill() -> Result<Prepared, Error> {
    let mut prepared = Prepared::new(&BILL);
    prepared.literal("/v1/Things");
    prepared.json(&json!({"a": 1}))?;
    Ok(prepared)
}

async fn call(
    server: &Loopback,
    prepared: Result<Prepared, Error>,
) -> Result<Response<Value>, Error> {
    send(
        CallOptions::new(server.client()),
        prepared,
        decode::json::<Value>,
    )
    .await
}

async fn answer(
    bytes: Vec<u8>,
    prepared: Result<Prepared, Error>,
) -> Result<Response<Value>, Error> {
    call(&Loopback::serve(vec![bytes]), prepared).await
}

#[tokio::test]
async fn a_request_carries_what_was_prepared_and_nothing_else() {
    let server = Loopback::serve(vec![reply("200 OK", "", "{}")]);
    call(&server, fetch()).await.unwrap();
    let request = server.requests().remove(0).to_lowercase();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    assert_eq!(
        lines.next(),
        Some("get /v1/things/a%20b?token=s3cret http/1.1")
    );
    let mut headers: Vec<_> = lines.map(|line| line.split_once(": ").unwrap()).collect();
    headers.sort_unstable();
    let names: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["accept", "authorization", "host", "user-agent"]);
    assert_eq!(headers[0].1, "application/json");
    assert!(headers[1].1.starts_with("basic "));
    assert_eq!(
        headers[3].1,
        concat!("generated-client/", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(body, "");
}

#[tokio::test]
async fn a_json_body_is_sent_as_prepared() {
    let server = Loopback::serve(vec![reply("200 OK", "", "{}")]);
    call(&server, bill()).await.unwrap();
    let request = server.requests().remove(0);
    assert!(
        request.contains("content-type: application/json\r\n"),
        "{request}"
    );
    assert!(request.ends_with("\r\n\r\n{\"a\":1}"), "{request}");
}

#[tokio::test]
async fn a_base_urls_path_stands_before_the_requests_own() {
    let server = Loopback::serve(vec![reply("200 OK", "", "{}")]);
    let client = server
        .builder()
        .base_urls(format!("{}/mock/", server.url()))
        .build()
        .unwrap();
    send(CallOptions::new(client), fetch(), decode::json::<Value>)
        .await
        .unwrap();
    assert_eq!(
        server.finished(),
        ["GET /mock/v1/Things/a%20b?Token=s3cret HTTP/1.1"]
    );
}

#[tokio::test]
async fn a_call_adds_headers_but_cannot_replace_the_clients_own() {
    let server = Loopback::serve(vec![reply("200 OK", "", "{}")]);
    let client = server.builder().user_agent("my-app/1").build().unwrap();
    let mut options = CallOptions::new(client.clone());
    options.set_header("X-Mine", Some(HeaderValue::from_static("1")));
    send(options, fetch(), decode::json::<Value>).await.unwrap();
    let request = server.requests().remove(0);
    assert!(request.contains("x-mine: 1\r\n"), "{request}");
    assert!(request.contains(" my-app/1\r\n"), "{request}");

    let mut options = CallOptions::new(client);
    options.set_header("Authorization", Some(HeaderValue::from_static("Basic x")));
    let error = send(options, fetch(), decode::json::<Value>)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains("`authorization`"), "{error}");
}

#[tokio::test]
async fn a_faulty_request_is_not_sent() {
    let server = Loopback::serve(vec![reply("200 OK", "", "{}")]);
    let mut prepared = Prepared::new(&FETCH);
    prepared.literal("/v1/Things/").segment("..");
    let error = call(&server, Ok(prepared)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert_eq!(error.operation(), Some("FetchThing"));
    let mut prepared = Prepared::new(&FETCH);
    prepared.literal("@evil.example/");
    assert!(call(&server, Ok(prepared)).await.is_err());
    assert!(server.finished().is_empty());
}

#[tokio::test]
async fn a_redirect_is_a_value_where_declared_and_followed_never() {
    let location = "location: http://127.0.0.1:9/elsewhere\r\n";
    let moved = reply("307 Temporary Redirect", location, r#"{"redirect_to":"x"}"#);
    let value = answer(moved, fetch()).await.unwrap();
    assert_eq!(value.status(), 307);
    assert_eq!(value["redirect_to"], "x");

    let error = answer(reply("302 Found", location, ""), fetch())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(error.status().unwrap(), 302);
}

#[tokio::test]
async fn replies_without_a_body_are_values_where_declared() {
    let server = Loopback::serve(vec![
        b"HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n".to_vec(),
        reply("202 Accepted", "", ""),
        reply("202 Accepted", "", "{}"),
        reply("200 OK", "", "{}"),
    ]);
    let options = CallOptions::new(server.client());
    let update = send(options.clone(), fetch(), decode::update::<Value>)
        .await
        .unwrap();
    assert_eq!(*update, Update::NotModified);
    let accepted = send(options.clone(), bill(), decode::acceptance::<Value>)
        .await
        .unwrap();
    assert_eq!(*accepted, Acceptance::AcceptedEmpty);
    let accepted = send(options.clone(), bill(), decode::acceptance::<Value>)
        .await
        .unwrap();
    assert_eq!(*accepted, Acceptance::Accepted(json!({})));
    let completed = send(options, bill(), decode::acceptance::<Value>)
        .await
        .unwrap();
    assert_eq!(*completed, Acceptance::Completed(json!({})));
}

#[tokio::test]
async fn an_error_reply_keeps_everything_it_came_with() {
    let body = r#"{"code":20429,"message":"slow\ndown","more_info":"https://example.com","status":429,"params":[1]}"#;
    let headers = "twilio-request-id: RQ1\r\nretry-after: 7\r\n";
    let error = answer(reply("429 Too Many Requests", headers, body), fetch())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(error.is_rate_limited() && error.is_retryable() && !error.is_outcome_unknown());
    assert_eq!(error.code(), Some(20429));
    assert_eq!(error.message(), Some("slow\ndown"));
    assert_eq!(error.more_info(), Some("https://example.com"));
    assert_eq!(error.params(), Some(&json!([1])));
    assert_eq!(error.request_id(), Some("RQ1"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.method(), Some(&Method::GET));
    assert_eq!(error.body(), Some(body.as_bytes()));
    assert!(error.url().unwrap().ends_with("/v1/Things/a%20b"));
    let line = error.to_string();
    assert!(line.starts_with("FetchThing: 429 Too Many Requests, code 20429 (too many requests): slow down (GET http://127.0.0.1:"), "{line}");
    assert!(
        line.ends_with("/v1/Things/a%20b, request id RQ1)"),
        "{line}"
    );
    for shown in [line, format!("{error:?}")] {
        assert!(
            !shown.contains("s3cret") && !shown.contains(TOKEN),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn a_gateways_page_and_an_empty_body_are_errors_with_their_status() {
    let page = "<html>bad gateway</html>";
    let error = answer(
        reply("502 Bad Gateway", "content-type: text/html\r\n", page),
        fetch(),
    )
    .await
    .unwrap_err();
    assert_eq!(
        (
            error.status().unwrap().as_u16(),
            error.code(),
            error.message()
        ),
        (502, None, None)
    );
    assert_eq!(error.body(), Some(page.as_bytes()));
    assert!(error.is_retryable());
    let error = answer(reply("404 Not Found", "", ""), fetch())
        .await
        .unwrap_err();
    assert!(error.is_not_found() && !error.is_retryable());
    let error = answer(reply("204 No Content", "", ""), fetch())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
}

#[tokio::test]
async fn what_cannot_be_decoded_keeps_status_headers_and_body() {
    for body in ["", "{\"sid\":", "<html>", "nul"] {
        let headers = "twilio-request-id: RQ2\r\ncontent-type: text/html\r\n";
        let error = answer(reply("200 OK", headers, body), fetch())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.request_id(), Some("RQ2"));
        assert_eq!(error.body(), Some(body.as_bytes()));
        assert_eq!(error.operation(), Some("FetchThing"));
        assert!(error.url().unwrap().ends_with("/v1/Things/a%20b"));
        assert!(!error.is_retryable() && !error.is_outcome_unknown());
    }
    let error = answer(reply("202 Accepted", "", "nul"), bill())
        .await
        .unwrap_err();
    assert!(error.is_outcome_unknown());
}

#[tokio::test]
async fn a_reply_that_breaks_off_keeps_its_status() {
    let cut =
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\ntwilio-request-id: RQ3\r\n\r\n{\"a\":".to_vec();
    let error = answer(cut.clone(), fetch()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(
        (error.status().unwrap().as_u16(), error.request_id()),
        (200, Some("RQ3"))
    );
    assert_eq!(error.body(), Some(&b"{\"a\":"[..]));
    assert!(error.is_body_truncated() && error.is_retryable());
    assert!(std::error::Error::source(&error).is_some());
    let error = answer(cut, bill()).await.unwrap_err();
    assert!(error.is_outcome_unknown() && !error.is_retryable());

    let cut = b"HTTP/1.1 404 Not Found\r\ncontent-length: 100\r\n\r\n{".to_vec();
    let error = answer(cut, bill()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(error.is_not_found() && error.is_body_truncated() && !error.is_outcome_unknown());
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_an_error_and_not_read_to_its_end() {
    // Announced, and not: ten gigabytes that never come must not be waited for.
    let endless = [
        b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n40\r\n".to_vec(),
    ];
    for mut bytes in endless {
        bytes.extend_from_slice(&[b' '; 64]);
        let server = Loopback::serve(vec![bytes]);
        let client = server.builder().reply_limit(50).build().unwrap();
        let error = send(CallOptions::new(client), fetch(), decode::json::<Value>)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert_eq!(error.status().unwrap(), 200);
        assert!(error.body().unwrap().len() <= 50 && error.is_body_truncated());
    }
    let long = "x".repeat(3 * ERROR_BYTES);
    let error = answer(reply("500 Internal Server Error", "", &long), fetch())
        .await
        .unwrap_err();
    assert_eq!(error.body().unwrap().len(), ERROR_BYTES);
    assert!(error.is_body_truncated());
}

#[tokio::test]
async fn a_reply_of_exactly_the_limit_is_read() {
    let server = Loopback::serve(vec![reply("200 OK", "", "[1,2,3]")]);
    let client = server.builder().reply_limit(7).build().unwrap();
    let value = send(CallOptions::new(client), fetch(), decode::json::<Value>)
        .await
        .unwrap();
    assert_eq!(value.into_inner(), json!([1, 2, 3]));
}

#[tokio::test]
async fn a_lost_answer_leaves_the_outcome_of_a_bill_unknown() {
    let error = answer(Vec::new(), bill()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.is_outcome_unknown() && !error.is_retryable());
    assert!(
        error.to_string().contains("the outcome is unknown"),
        "{error}"
    );
    let error = answer(Vec::new(), fetch()).await.unwrap_err();
    assert!(!error.is_outcome_unknown() && error.is_retryable());
    let error = answer(reply("500 Internal Server Error", "", ""), bill())
        .await
        .unwrap_err();
    assert!(error.is_outcome_unknown() && !error.is_retryable());
}

#[tokio::test]
async fn no_connection_means_that_nothing_was_sent() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Loopback::serve(Vec::new())
        .builder()
        .base_urls(url)
        .build()
        .unwrap();
    let error = send(CallOptions::new(client), bill(), decode::json::<Value>)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.is_retryable() && !error.is_outcome_unknown());
    assert!(std::error::Error::source(&error).is_some());
}

async fn stalled(beginning: &str, prepared: Result<Prepared, Error>) -> Error {
    let server = Loopback::stall(beginning.as_bytes().to_vec());
    let mut options = CallOptions::new(server.client());
    // The machine may be busy, and what comes before the stall has to come within it.
    options.set_timeout(Duration::from_secs(3));
    send(options, prepared, decode::json::<Value>)
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_calls_own_timeout_ends_it_at_whatever_byte_the_server_stalls() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n";
    let body = format!("{head}{{");
    let stalls = ["", "HTTP/1.1 2", head, &body].map(|beginning| async move {
        let (fetched, billed) = join(stalled(beginning, fetch()), stalled(beginning, bill())).await;
        for error in [&fetched, &billed] {
            assert_eq!(error.kind(), ErrorKind::Timeout, "{beginning:?}");
            assert!(error.is_timeout());
            let began = beginning.starts_with(head);
            assert_eq!(error.status().is_some(), began, "{beginning:?}");
        }
        assert!(fetched.is_retryable() && !fetched.is_outcome_unknown());
        assert!(billed.is_outcome_unknown() && !billed.is_retryable());
    });
    let refusal = stalled(
        "HTTP/1.1 404 Not Found\r\ncontent-length: 10\r\n\r\n{",
        bill(),
    );
    let (_, refused) = join(join_all(stalls), refusal).await;
    assert!(refused.is_not_found() && refused.is_body_truncated());
}

#[tokio::test]
async fn the_clients_timeout_holds_whatever_the_callers_own_builder_says() {
    let own = |timeout| reqwest::Client::builder().timeout(timeout);
    let hour = Duration::from_secs(3600);
    let soon = Duration::from_millis(300);
    let at_once = Duration::from_millis(1);
    let try_once = async |server: &Loopback, builder: crate::ClientBuilder, timeout| {
        let mut options = CallOptions::new(builder.base_urls(server.url()).build().unwrap());
        if let Some(timeout) = timeout {
            options.set_timeout(timeout);
        }
        send(options, fetch(), decode::json::<Value>).await
    };

    let silent = Loopback::stall(Vec::new());
    let builder = silent.builder().http_client(own(hour)).timeout(soon);
    let error = try_once(&silent, builder, None).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");

    let server = Loopback::serve(vec![reply("200 OK", "", "{}"); 2]);
    let builder = server.builder().http_client(own(at_once)).timeout(hour);
    try_once(&server, builder, None).await.unwrap();
    // What a call says itself goes before what the client says, whichever is longer.
    let builder = server.builder().timeout(at_once);
    try_once(&server, builder, Some(hour)).await.unwrap();
}

#[tokio::test]
async fn a_client_of_the_callers_own_follows_no_redirect_and_takes_no_proxy_to_loopback() {
    let server = Loopback::serve(vec![reply("302 Found", "location: /elsewhere\r\n", "")]);
    let nobody = Loopback::serve(vec![reply("200 OK", "", "{}")]);
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::limited(5))
        .proxy(reqwest::Proxy::all(nobody.url()).unwrap());
    let client = server.builder().http_client(http).build().unwrap();
    let error = send(CallOptions::new(client), fetch(), decode::json::<Value>)
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(server.finished().len(), 1);
    assert!(nobody.finished().is_empty());
}
