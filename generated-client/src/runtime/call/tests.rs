//! What becomes of the body of a response, and what a call says about headers that cannot be.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

use super::*;
use crate::runtime::span::CallSpan;
use crate::runtime::{Operation, Repeat, Sent, decode};
use crate::{Credentials, Host};

static FETCH: Operation = Operation {
    id: "FetchThing",
    method: reqwest::Method::GET,
    path: "/v1/Things",
    host: Host::Marketplace,
    repeat: Repeat::Safe,
    statuses: &[200],
};

/// A body that tells by its count how often it is held.
struct Watched {
    _held: Arc<()>,
}

impl AsRef<[u8]> for Watched {
    fn as_ref(&self) -> &[u8] {
        br#"{"sid":"a", "unknown":[1.50]}"#
    }
}

async fn response(keeps_json: bool, body: &Arc<()>) -> Response<Value> {
    let account = "AC0123456789abcdef0123456789abcdef".parse().unwrap();
    let client = Client::builder(Credentials::auth_token(account, "token"))
        .build()
        .unwrap();
    let reply = Reply {
        client,
        operation: (&FETCH).into(),
        path: "/v1/Things".to_owned(),
        request_body: Bytes::new(),
        status: reqwest::StatusCode::OK,
        headers: HeaderMap::new(),
        body: Bytes::from_owner(Watched {
            _held: Arc::clone(body),
        }),
        sent: Sent::now(1),
        span: CallSpan::new(&FETCH, "marketplace.twilio.com"),
        keeps_json,
        skipped: std::cell::Cell::default(),
    };
    let call = CallFuture {
        reply: Box::pin(std::future::ready(Ok(reply))),
        decode: decode::json::<Value>,
    };
    call.await.unwrap()
}

#[tokio::test]
async fn the_body_is_freed_once_it_is_read_unless_the_call_keeps_it() {
    let body = Arc::new(());
    let read = response(false, &body).await;
    assert_eq!(Arc::strong_count(&body), 1);
    assert_eq!(read.json(), None);

    let read = response(true, &body).await;
    assert_eq!(Arc::strong_count(&body), 2);
    assert_eq!(read.json(), Some(r#"{"sid":"a", "unknown":[1.50]}"#));
    let other = read.clone().map(|_| 1);
    drop(read);
    assert_eq!(other.json(), Some(r#"{"sid":"a", "unknown":[1.50]}"#));
    let value = other.into_inner();
    assert_eq!((value, Arc::strong_count(&body)), (1, 1));
}

#[test]
fn what_is_said_of_a_bad_name_holds_nothing_but_the_beginning_of_a_name() {
    for (name, shown) in [
        ("", None),
        (" x", None),
        ("x y", Some("`x`")),
        ("x\r\ny: s3cret", Some("`x`")),
        ("Bearer s3cret", Some("`Bearer`")),
        ("é-s3cret", None),
    ] {
        let text = no_name(name);
        assert!(!text.contains("s3cret"), "{text}");
        assert!(shown.is_none_or(|shown| text.contains(shown)), "{text}");
        assert!(!text.contains(['\r', '\n']), "{text}");
    }
}
