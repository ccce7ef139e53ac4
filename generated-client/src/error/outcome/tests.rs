//! Every kind × status × code × idempotency, against the rules as they are written down for callers.

use proptest::prelude::*;
use reqwest::Method;
use reqwest::header::HeaderMap;

use super::*;
use crate::Host;
use crate::runtime::{Operation, OperationRef};

const KINDS: [ErrorKind; 12] = [
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
];

static BILL: Operation = declared(Method::POST, Repeat::Never);
static FETCH: Operation = declared(Method::GET, Repeat::Safe);
static DELETE: Operation = declared(Method::DELETE, Repeat::Safe);

const fn declared(method: Method, repeat: Repeat) -> Operation {
    Operation {
        id: "Thing",
        method,
        path: "/v1/Things",
        host: Host::Marketplace,
        repeat,
        statuses: &[200, 204],
    }
}

/// What creates or bills, as an operation of a document and as a raw request.
fn once() -> [OperationRef; 2] {
    [OperationRef::from(&BILL), raw(Repeat::Never)]
}

fn repeatable() -> [OperationRef; 3] {
    [
        OperationRef::from(&FETCH),
        OperationRef::from(&DELETE),
        raw(Repeat::Safe),
    ]
}

fn raw(repeat: Repeat) -> OperationRef {
    OperationRef::Raw(std::sync::Arc::new(Operation {
        id: "",
        method: Method::POST,
        path: "",
        host: Host::Api,
        repeat,
        statuses: &[],
    }))
}

fn error(
    operation: &OperationRef,
    kind: ErrorKind,
    status: Option<u16>,
    code: Option<u32>,
    is_permanent: bool,
) -> Error {
    let body = code.map_or_else(String::new, |code| format!("{{\"code\":{code}}}"));
    let mut error = match status {
        Some(status) => Error::answered_with(
            StatusCode::from_u16(status).unwrap(),
            HeaderMap::new(),
            body.into_bytes(),
            false,
        ),
        None => Error::not_begun(),
    };
    error.0.kind = kind;
    error.0.is_permanent = is_permanent;
    error.in_call(operation, &String::new)
}

fn known_codes() -> impl Iterator<Item = u32> {
    (0..100_000).filter(|code| codes::meaning(*code).is_some())
}

/// The rules for what creates or bills, said once more: whether it may be sent again, and whether its outcome is open.
fn of_what_bills(kind: ErrorKind, status: Option<u16>, is_permanent: bool) -> (bool, bool) {
    match (kind, status) {
        (ErrorKind::Connect, _) => (!is_permanent, false),
        (ErrorKind::Api, Some(429)) => (true, false),
        (ErrorKind::Api, Some(408 | 499 | 500..)) => (false, true),
        (ErrorKind::UnexpectedStatus, Some(307 | 308)) => (false, false),
        (
            ErrorKind::UnexpectedStatus
            | ErrorKind::Timeout
            | ErrorKind::Transport
            | ErrorKind::Decode
            | ErrorKind::TooLarge,
            _,
        ) => (false, true),
        _ => (false, false),
    }
}

fn check(kind: ErrorKind, status: Option<u16>, code: Option<u32>, is_permanent: bool) {
    let place = format!("{kind:?} {status:?} {code:?} {is_permanent}");
    for operation in once() {
        let error = error(&operation, kind, status, code, is_permanent);
        let (again, open) = of_what_bills(kind, status, is_permanent);
        assert_eq!(error.is_retryable(), again, "{place}");
        assert_eq!(error.is_outcome_unknown(), open, "{place}");
        if error.is_rate_limited() {
            assert!(again, "{place}: called rate limited and not sent again");
        }
        let is_known = error.is_not_found() || error.is_conflict() || error.is_auth();
        assert!(!(open && is_known), "{place}: two contradicting predicates");
    }
    for operation in repeatable() {
        let error = error(&operation, kind, status, code, is_permanent);
        assert!(!error.is_outcome_unknown(), "{place}");
        let passes = match (kind, status) {
            (ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport, _) => !is_permanent,
            (ErrorKind::Api, Some(408 | 425 | 429 | 499 | 500..)) => true,
            (ErrorKind::Api, _) => code == Some(codes::TOO_MANY_REQUESTS),
            _ => false,
        };
        assert_eq!(error.is_retryable(), passes, "{place}");
    }
}

#[test]
fn every_kind_status_and_code_has_one_outcome() {
    let codes: Vec<_> = known_codes().map(Some).chain([None]).collect();
    assert!(codes.contains(&Some(20429)) && codes.len() > 10);
    for status in 100..=599 {
        let kind = match status {
            400.. => ErrorKind::Api,
            _ => ErrorKind::UnexpectedStatus,
        };
        for code in &codes {
            check(kind, Some(status), *code, false);
        }
    }
    for kind in KINDS {
        for status in [None, Some(200), Some(202), Some(302)] {
            for is_permanent in [false, true] {
                check(kind, status, None, is_permanent);
            }
        }
    }
}

proptest! {
    #[test]
    fn no_combination_is_retryable_and_unknown(
        kind in prop::sample::select(&KINDS[..]),
        status in prop::option::of(100_u16..=999),
        code in prop::option::of(any::<u32>()),
        is_permanent: bool,
    ) {
        for operation in once().into_iter().chain(repeatable()) {
            let error = error(&operation, kind, status, code, is_permanent);
            prop_assert!(!(error.is_retryable() && error.is_outcome_unknown()));
            prop_assert_eq!(error.is_retryable(), error.outcome() == Outcome::NotProcessed
                || error.outcome() == Outcome::Unclear && !error.is_once());
        }
    }
}

#[test]
fn without_an_operation_nothing_is_unclear() {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let error = Error::answered_with(status, HeaderMap::new(), Vec::new(), false);
    assert!(!error.is_retryable() && !error.is_outcome_unknown());
    let limited = Error::answered_with(
        StatusCode::TOO_MANY_REQUESTS,
        HeaderMap::new(),
        Vec::new(),
        false,
    );
    assert!(limited.is_retryable() && limited.is_rate_limited());
}
