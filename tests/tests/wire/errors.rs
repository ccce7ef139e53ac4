//! Every shape of error body that Twilio is known to send, and those that a gateway sends in its place.

use std::time::Duration;

use generated_client::{Error, ErrorKind, codes};
use serde_json::{Value, json};
use tests::Reply;

use crate::support::{XB, XE, always, client};

/// The error of a fetch that is answered so.
async fn error_of(reply: Reply) -> Error {
    let server = always(reply.header("twilio-request-id", "RQ42"));
    let error = client(&server).listing(XB).fetch().await.unwrap_err();
    assert_eq!(error.request_id(), Some("RQ42"));
    assert_eq!(error.operation(), Some("FetchListing"));
    assert_eq!(error.method().unwrap().as_str(), "GET");
    assert_eq!(
        error.url(),
        Some(format!("{}/v1/Listing/{XB}", server.url()).as_str())
    );
    error
}

fn body(status: u16, body: &Value) -> Reply {
    Reply::json(status, body.to_string())
}

#[tokio::test]
async fn the_usual_envelope() {
    let error = error_of(body(
        404,
        &json!({
            "code": 20404, "message": "The requested resource was not found", "status": 404,
            "more_info": "https://www.twilio.com/docs/errors/20404",
        }),
    ))
    .await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().unwrap().as_u16(), 404);
    assert_eq!(error.code(), Some(codes::NOT_FOUND));
    assert_eq!(
        error.message(),
        Some("The requested resource was not found")
    );
    assert_eq!(
        error.more_info(),
        Some("https://www.twilio.com/docs/errors/20404")
    );
    assert_eq!((error.details(), error.params()), (None, None));
    assert!(error.is_not_found() && !error.is_retryable());
}

#[tokio::test]
async fn the_envelope_with_details_of_any_shape() {
    for details in [
        json!({"field": "Configuration"}),
        json!(["a", 1]),
        json!("text"),
    ] {
        let error = error_of(body(
            400,
            &json!({"code": 20001, "message": "Invalid parameter", "status": 400, "details": details}),
        ))
        .await;
        assert_eq!(error.code(), Some(codes::INVALID_PARAMETER));
        assert_eq!(error.details(), Some(&details));
    }
}

#[tokio::test]
async fn the_envelope_with_params() {
    let params = json!({"Quantity": "0"});
    let error = error_of(body(
        400,
        &json!({"code": 20001, "message": "m", "more_info": "u", "status": 400, "params": params}),
    ))
    .await;
    assert_eq!(error.params(), Some(&params));
    assert_eq!(error.message(), Some("m"));
}

#[tokio::test]
async fn problem_details() {
    let reply = body(
        422,
        &json!({
            "type": "https://www.twilio.com/docs/errors/20422", "title": "Unprocessable", "status": 422,
            "code": 20422, "detail": "quantity is not a number", "instance": "/v1/x",
            "errors": [{"detail": "quantity"}],
        }),
    );
    let error = error_of(reply).await;
    assert_eq!(error.status().unwrap().as_u16(), 422);
    assert_eq!(error.code(), Some(codes::UNPROCESSABLE));
    let message = error.message().unwrap();
    assert!(
        message.contains("Unprocessable") && message.contains("quantity is not a number"),
        "{message}"
    );
    assert_eq!(error.details(), Some(&json!([{"detail": "quantity"}])));
    assert_eq!(
        error.more_info(),
        Some("https://www.twilio.com/docs/errors/20422")
    );
}

#[tokio::test]
async fn the_older_envelope() {
    let error = error_of(body(
        409,
        &json!({"code": 20409, "message": "Conflict", "httpStatusCode": 409, "params": {}, "userError": true}),
    ))
    .await;
    assert_eq!(error.code(), Some(codes::CONFLICT));
    assert_eq!(error.message(), Some("Conflict"));
    assert_eq!(error.user_error(), Some(true));
    assert!(error.is_conflict());
}

#[tokio::test]
async fn what_is_no_envelope_keeps_status_and_body() {
    for text in [
        "",
        "<html><h1>502</h1></html>",
        "{\"code\": 204",
        "[1]",
        "null",
        "\u{fffd}",
    ] {
        let error = error_of(
            Reply::status(502)
                .header("content-type", "text/html")
                .body(text),
        )
        .await;
        assert_eq!(error.kind(), ErrorKind::Api, "{text:?}");
        assert_eq!(error.status().unwrap().as_u16(), 502);
        assert_eq!((error.code(), error.message()), (None, None));
        assert_eq!(error.body(), Some(text.as_bytes()));
        assert!(error.is_retryable(), "a fetch may be repeated");
    }
}

#[tokio::test]
async fn members_of_the_wrong_type_do_not_hide_the_others() {
    let odd = json!({"code": {"a": 1}, "message": "still here", "status": "400", "more_info": 7});
    let error = error_of(body(400, &odd)).await;
    assert_eq!(error.code(), None);
    assert_eq!(error.message(), Some("still here"));
}

#[tokio::test]
async fn the_statuses_have_their_predicates() {
    for (status, code) in [(401, 20003), (403, 20403), (403, 20008)] {
        assert!(
            error_of(body(status, &json!({"code": code})))
                .await
                .is_auth(),
            "{status}"
        );
    }
    let limited = body(429, &json!({"code": 20429, "message": "Too Many Requests"}))
        .header("retry-after", "7");
    let limited = error_of(limited).await;
    assert!(limited.is_rate_limited() && limited.is_retryable());
    assert_eq!(limited.retry_after(), Some(Duration::from_secs(7)));
}

#[tokio::test]
async fn a_failed_bill_is_never_called_retryable() {
    let item = generated_client::types::BillableItem::new("BI1", "1".parse().unwrap());
    for (status, unknown, retryable) in [
        (500, true, false),
        (503, true, false),
        (429, false, true),
        (400, false, false),
    ] {
        let server = always(body(status, &json!({"code": 20500, "message": "m"})));
        let report = client(&server)
            .installed_add_on(XE)
            .usage()
            .report([item.clone()]);
        let error = report.await.unwrap_err();
        assert_eq!(error.is_outcome_unknown(), unknown, "{status}");
        assert_eq!(error.is_retryable(), retryable, "{status}");
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn an_error_is_one_line_that_says_what_and_where() {
    let error = error_of(body(404, &json!({"code": 20404, "message": "not\nthere"}))).await;
    let line = error.to_string();
    for part in [
        "FetchListing",
        "404",
        "20404",
        "GET",
        "/v1/Listing/XB",
        "RQ42",
    ] {
        assert!(line.contains(part), "{line} lacks {part}");
    }
    assert!(!line.contains('\n'), "{line}");
}

#[tokio::test]
async fn a_status_that_the_document_does_not_have_is_an_error() {
    for status in [201, 206, 299] {
        let error = error_of(body(status, &json!({}))).await;
        assert_eq!(error.kind(), ErrorKind::UnexpectedStatus, "{status}");
    }
}
