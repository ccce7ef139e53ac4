//! Payload data: where it is, and that whoever has it learns nothing of the credentials.

use std::time::Duration;

use generated_client::calls::FetchAddOnResultPayloadData;
use generated_client::{ErrorKind, RetryPolicy};
use serde_json::json;
use tests::faults::{Act, End, FaultServer, closed_port};
use tests::{Reply, Server};

use crate::support::{RE, SECRET, XH, XR, builder};

/// A server of the API that names a place.
fn api(place: &str) -> Server {
    let body = json!({"redirect_to": place}).to_string();
    let reply = Reply::json(307, body.as_str()).header("twilio-request-id", "RQ9");
    Server::start(move |_| reply.clone()).unwrap()
}

fn call(api: &Server) -> FetchAddOnResultPayloadData {
    let client = builder()
        .base_urls(api.url())
        .reply_limit(1000)
        .retry(RetryPolicy::new().pauses(|_| Duration::ZERO))
        .build()
        .unwrap();
    client
        .recording(RE)
        .add_on_result(XR)
        .payload(XH)
        .data()
        .fetch()
}

fn signed(url: &str) -> String {
    format!("{url}/content?signature=f00d")
}

/// The error of a download from a place that behaves so.
async fn error_from(act: Act) -> generated_client::Error {
    let place = FaultServer::start(move |_| act.clone()).unwrap();
    let api = api(&signed(&place.url()));
    let call = call(&api).timeout(Duration::from_millis(300));
    let error = match call.download().await {
        Ok(content) => content.bytes().await.unwrap_err(),
        Err(error) => error,
    };
    assert_eq!(error.operation(), Some("FetchAddOnResultPayloadData"));
    let shown = format!("{error} {error:?} {:?}", std::error::Error::source(&error));
    assert!(
        !shown.contains("f00d") && !shown.contains(SECRET),
        "{shown}"
    );
    error
}

#[tokio::test]
async fn the_content_comes_without_credentials_over_redirects() {
    let last = Server::start(|_| {
        Reply::status(200)
            .header("content-type", "text/plain")
            .body("hello")
    })
    .unwrap();
    let next = signed(last.url());
    let first =
        Server::start(move |_| Reply::status(302).header("location", next.as_str())).unwrap();
    let api = api(&signed(first.url()));
    let content = call(&api).header("X-Mine", "1").download().await.unwrap();
    assert_eq!(content.status().as_u16(), 200);
    assert_eq!(content.content_type(), Some("text/plain"));
    assert_eq!(content.announced_bytes(), Some(5));
    assert_eq!(content.bytes().await.unwrap(), b"hello");
    for place in [&first, &last] {
        let requests = place.requests();
        assert_eq!(requests.len(), 1);
        let mut names: Vec<&str> = requests[0]
            .headers
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "host", "user-agent"]);
        assert_eq!(requests[0].query.as_deref(), Some("signature=f00d"));
    }
    assert!(api.requests()[0].header("authorization").is_some());
}

#[tokio::test]
async fn the_header_says_where_when_the_body_does_not() {
    for body in [
        "",
        "{}",
        "<html>",
        r#"{"redirect_to": null}"#,
        r#"{"redirect_to": ""}"#,
    ] {
        let api = Server::start(move |_| {
            Reply::json(307, body).header("location", "https://content.example/x?signature=f00d")
        })
        .unwrap();
        let data = call(&api).await.unwrap();
        let location = data.location().unwrap();
        assert_eq!(
            location.as_str(),
            "https://content.example/x?signature=f00d",
            "{body}"
        );
    }
    let api = Server::start(|_| Reply::json(307, "<html>")).unwrap();
    assert_eq!(call(&api).await.unwrap_err().kind(), ErrorKind::Decode);
    let body_first = Server::start(|_| {
        Reply::json(307, r#"{"redirect_to": "https://a.example/"}"#)
            .header("location", "https://b.example/")
    })
    .unwrap();
    let data = call(&body_first).await.unwrap();
    assert_eq!(data.location().unwrap().as_str(), "https://a.example/");
}

#[tokio::test]
async fn a_place_that_is_not_https_is_not_read() {
    for place in [
        "http://content.example/x?signature=f00d",
        "ftp://127.0.0.1/x?signature=f00d",
        "file:///etc/hostname?signature=f00d",
        "data:text/plain,f00d",
        "/relative?signature=f00d",
        "",
    ] {
        let api = api(place);
        let error = call(&api).download().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Location, "{place}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("f00d"), "{error:?}");
    }
    let moved = Reply::status(302).header("location", "http://content.example/x?signature=f00d");
    let error = error_from(Act::reply(&moved)).await;
    assert_eq!(error.kind(), ErrorKind::Location, "{error:?}");
}

#[tokio::test]
async fn an_answer_of_the_place_is_not_taken_for_one_of_the_api() {
    for status in [401, 403, 404, 429, 500] {
        let error = error_from(Act::reply(&Reply::status(status))).await;
        assert_eq!(error.kind(), ErrorKind::Download);
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(!error.is_auth() && !error.is_not_found() && !error.is_rate_limited());
    }
}

#[tokio::test]
async fn what_is_too_long_or_breaks_off_or_stands_still_is_an_error() {
    let long = Reply::status(200).body("x".repeat(1001));
    let whole = Reply::status(200).body("x".repeat(1000));
    for (act, kind) in [
        (Act::reply(&long), ErrorKind::TooLarge),
        (Act::trickle(&long), ErrorKind::TooLarge),
        (Act::endless(&long), ErrorKind::TooLarge),
        (Act::reply(&whole).cut(500), ErrorKind::Transport),
        (
            Act::reply(&whole).cut(500).then(End::Reset),
            ErrorKind::Transport,
        ),
        (Act::send([]).then(End::Stall), ErrorKind::Timeout),
        (
            Act::reply(&whole).cut(500).then(End::Stall),
            ErrorKind::Timeout,
        ),
    ] {
        let error = error_from(act.clone()).await;
        assert_eq!(error.kind(), kind, "{act:?}: {error:?}");
        assert_eq!(error.is_timeout(), kind == ErrorKind::Timeout);
        let begun = !act.sends.is_empty();
        assert_eq!(
            error.status().map(|status| status.as_u16()),
            begun.then_some(200),
            "{act:?}: {error:?}"
        );
        assert_eq!((error.request_id(), error.attempts()), (Some("RQ9"), 1));
        assert!(error.sent_at().is_some());
    }
    let place = FaultServer::start(move |_| Act::trickle(&whole)).unwrap();
    let api = api(&signed(&place.url()));
    assert_eq!(
        call(&api)
            .download()
            .limit(1000)
            .await
            .unwrap()
            .bytes()
            .await
            .unwrap()
            .len(),
        1000
    );
    let content = call(&api).download().limit(999).await.unwrap();
    assert_eq!(content.request_id(), Some("RQ9"));
    assert_eq!(
        content.bytes().await.unwrap_err().kind(),
        ErrorKind::TooLarge
    );
}

#[tokio::test]
async fn a_place_that_nobody_serves_is_an_error() {
    let api = api(&signed(&closed_port().unwrap()));
    let error = call(&api).download().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
    assert!(error.is_retryable() && !error.is_timeout());
    assert_eq!((error.request_id(), error.attempts()), (Some("RQ9"), 1));
}
