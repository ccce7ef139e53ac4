//! What an error says of itself.

use proptest::prelude::*;
use reqwest::header::HeaderValue;

use super::*;
use crate::Host;
use crate::one_line::is_clean;
use crate::runtime::{Operation, Repeat};

static BILL: Operation = Operation {
    id: "BillThing",
    method: Method::POST,
    path: "/v1/Things",
    host: Host::Marketplace,
    repeat: Repeat::Never,
    statuses: &[200],
};

static FETCH: Operation = Operation {
    id: "FetchThing",
    method: Method::GET,
    path: "/v1/Things",
    host: Host::Marketplace,
    repeat: Repeat::Safe,
    statuses: &[200],
};

fn answered(operation: &'static Operation, status: u16, body: &str) -> Error {
    let status = StatusCode::from_u16(status).unwrap();
    Error::answered_with(status, HeaderMap::new(), body.as_bytes().to_vec(), false)
        .in_call(&operation.into(), &|| {
            "https://example.com/v1/Things".to_owned()
        })
}

#[test]
fn statuses_and_codes_answer_the_same_questions() {
    let code = |code: u32| answered(&FETCH, 400, &format!("{{\"code\":{code}}}"));
    assert!(answered(&FETCH, 404, "").is_not_found() && code(20404).is_not_found());
    assert!(answered(&FETCH, 409, "").is_conflict() && code(20409).is_conflict());
    assert!(answered(&FETCH, 401, "").is_auth() && code(20003).is_auth());
    assert!(answered(&FETCH, 403, "").is_auth() && code(20403).is_auth());
    assert!(answered(&FETCH, 429, "").is_rate_limited() && code(20429).is_rate_limited());
    let other = code(20001);
    assert!(
        !other.is_not_found()
            && !other.is_conflict()
            && !other.is_auth()
            && !other.is_rate_limited()
    );
    assert!(!other.is_retryable() && !other.is_timeout());
}

#[test]
fn what_creates_or_bills_is_retryable_only_when_it_was_not_processed() {
    assert!(answered(&BILL, 429, "").is_retryable());
    assert!(!answered(&BILL, 429, "").is_outcome_unknown());
    assert!(!answered(&BILL, 503, "").is_retryable());
    assert!(answered(&BILL, 503, "").is_outcome_unknown());
    assert!(!answered(&BILL, 400, "").is_outcome_unknown());
    assert!(answered(&BILL, 201, "").is_outcome_unknown());
    // A redirect can be a way to say that it is done, but for those that ask for it to be done elsewhere.
    assert!(answered(&BILL, 302, "").is_outcome_unknown());
    assert!(!answered(&BILL, 307, "").is_outcome_unknown());
    assert!(answered(&FETCH, 503, "").is_retryable());
    assert!(!answered(&FETCH, 503, "").is_outcome_unknown());
}

#[test]
fn the_line_stays_one_line_whatever_the_server_says() {
    let long = format!("{{\"message\":\"a\\nb\\u001b[31m{}\"}}", "x".repeat(1000));
    let line = answered(&FETCH, 400, &long).to_string();
    assert!(!line.contains(char::is_control), "{line}");
    assert!(line.len() < 500 && line.contains("..."), "{line}");
    let line = answered(&BILL, 502, "<html>").to_string();
    assert_eq!(
        line,
        "BillThing: 502 Bad Gateway, and no error document in its 6 bytes; the outcome is unknown, look before \
         sending it again (POST https://example.com/v1/Things)"
    );
    let line = answered(&FETCH, 201, "").to_string();
    assert_eq!(
        line,
        "FetchThing: 201 Created, which the operation does not declare (GET https://example.com/v1/Things)"
    );
}

#[test]
fn the_line_cannot_be_turned_around_and_says_that_a_body_was_cut() {
    let hostile = "{\"message\":\"a\u{2028}b\u{202e}c\u{2067}d\u{200f}e\"}";
    let line = answered(&FETCH, 400, hostile).to_string();
    assert!(line.contains(": a b c d e ("), "{line}");
    let headers = HeaderMap::new();
    let cut = Error::answered_with(StatusCode::BAD_GATEWAY, headers, b"<html".to_vec(), true);
    let line = cut.to_string();
    assert_eq!(
        line,
        "502 Bad Gateway, and no error document in its first 5 bytes"
    );
}

#[test]
fn a_hostile_request_id_does_not_break_the_line() {
    for (id, shown) in [("RQ\t1", ", request id RQ 1)"), ("RQ\u{e9}", "/x)")] {
        let mut headers = HeaderMap::new();
        headers.insert(
            "twilio-request-id",
            HeaderValue::from_bytes(id.as_bytes()).unwrap(),
        );
        let error = Error::answered_with(StatusCode::NOT_FOUND, headers, Vec::new(), false)
            .in_call(&(&FETCH).into(), &|| "https://example.com/x".to_owned());
        assert!(error.to_string().ends_with(shown), "{error}");
    }
}

#[test]
fn it_is_small_and_can_cross_threads() {
    fn crosses<T: Send + Sync + std::error::Error + 'static>() {}
    crosses::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

proptest! {
    #[test]
    fn the_sentence_is_one_clean_line_whatever_is_part_of_it(
        message in any::<String>(),
        header in prop::collection::vec(any::<u8>(), 0..40),
        text in any::<String>(),
        url in any::<String>(),
    ) {
        let body = serde_json::json!({"message": message}).to_string().into_bytes();
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_bytes(&header) {
            headers.insert("twilio-request-id", value.clone());
            headers.insert("content-type", value);
        }
        let status = StatusCode::BAD_REQUEST;
        let errors = [
            Error::answered_with(status, headers.clone(), body.clone(), false),
            Error::too_large(StatusCode::OK, headers, body, 1),
            Error::paging(text.clone()),
            Error::location(text.clone()),
            Error::request_from(text.clone(), text),
        ];
        for error in errors {
            let error = error.in_call(&(&FETCH).into(), &|| url.clone());
            let (line, debugged) = (error.to_string(), format!("{error:?}"));
            prop_assert!(line.chars().all(is_clean), "{line:?}");
            prop_assert!(debugged.starts_with(&line) && debugged.chars().all(is_clean), "{debugged:?}");
        }
    }
}
