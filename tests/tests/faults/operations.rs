//! The table: one row for each fault, against all operations.

use std::sync::mpsc;
use std::time::Duration;

use futures_util::future::join_all;
use generated_client::{Error, ErrorKind, RetryPolicy};
use tests::faults::{Act, End, FaultServer, Waits, bytes, closed_port};
use tests::{Document, Reply, Server};

use crate::calls::{ONCE, ROWS, Row};
use crate::support::{AUTHORIZATION, SECRET, builder};

/// One way for things to go wrong.
struct Fault {
    name: &'static str,
    /// What the server does with the connection of that number, if this is the answer that would be right.
    act: fn(usize, &Reply) -> Act,
    /// How long an attempt may take. It is short only where nothing but time can end the attempt.
    timeout: Duration,
    wanted: Wanted,
}

/// What must come of it.
#[derive(Clone, Copy)]
enum Wanted {
    /// A value, after so many requests.
    Value(usize),
    /// This error at once, with nothing done or with the outcome known.
    Refused(ErrorKind),
    /// This error after so many requests of any operation, none of which did anything.
    NotDone(ErrorKind, usize),
    /// This error after three requests, or after one of what creates or bills, which then was refused.
    OnceRefused(ErrorKind),
    /// This error after three requests, or after one with the outcome unknown.
    Unclear(ErrorKind),
    /// A reply of success that cannot be read: this error after one request. What has no body does not care.
    Unreadable(ErrorKind),
}

use Wanted::{NotDone, OnceRefused, Refused, Unclear, Unreadable, Value};

const LONG: Duration = Duration::from_secs(30);
const SHORT: Duration = Duration::from_millis(400);

const fn fault(name: &'static str, act: fn(usize, &Reply) -> Act, wanted: Wanted) -> Fault {
    Fault {
        name,
        act,
        timeout: LONG,
        wanted,
    }
}

const fn stall(name: &'static str, act: fn(usize, &Reply) -> Act) -> Fault {
    Fault {
        name,
        act,
        timeout: SHORT,
        wanted: Unclear(ErrorKind::Timeout),
    }
}

/// The answer with another status and body.
fn instead(right: &Reply, status: u16, body: &str) -> Reply {
    Reply {
        status,
        body: body.into(),
        ..right.clone()
    }
}

fn limited(right: &Reply) -> Reply {
    instead(
        right,
        429,
        r#"{"code": 20429, "message": "Too Many Requests", "status": 429}"#,
    )
}

/// All but the last byte: what is missing is a part of the body, or the end of a head without one.
fn nearly(right: &Reply) -> usize {
    bytes(right).len() - 1
}

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    fault("nothing at all", |_, right| Act::reply(right), Value(1)),
    fault("one byte at a time", |_, right| Act::trickle(right), Value(1)),
    fault("reset before reading", |_, _| Act::send([]).after(Waits::FirstByte).then(End::Reset), Unclear(ErrorKind::Transport)),
    fault("reset after reading", |_, _| Act::send([]).then(End::Reset), Unclear(ErrorKind::Transport)),
    fault("closed without an answer", |_, _| Act::send([]), Unclear(ErrorKind::Transport)),
    fault("closed within the head", |_, right| Act::reply(right).cut(20), Unclear(ErrorKind::Transport)),
    fault("closed before the last byte", |_, right| Act::reply(right).cut(nearly(right)), Unclear(ErrorKind::Transport)),
    fault("reset before the last byte", |_, right| Act::reply(right).cut(nearly(right)).then(End::Reset),
        Unclear(ErrorKind::Transport)),
    fault("one reset, then right", |n, right| match n {
        0 => Act::send([]).then(End::Reset),
        _ => Act::reply(right),
    }, Unclear(ErrorKind::Transport)),
    stall("stall before the first byte", |_, _| Act::send([]).then(End::Stall)),
    stall("stall without reading", |_, _| Act::send([]).after(Waits::FirstByte).then(End::Stall)),
    stall("stall within the head", |_, right| Act::reply(right).cut(20).then(End::Stall)),
    stall("stall before the last byte", |_, right| Act::reply(right).cut(nearly(right)).then(End::Stall)),
    fault("rate limited once", |n, right| match n {
        0 => Act::reply(&limited(right)),
        _ => Act::reply(right),
    }, Value(2)),
    fault("rate limited twice", |n, right| match n {
        0 | 1 => Act::reply(&limited(right)),
        _ => Act::reply(right),
    }, Value(3)),
    fault("always rate limited", |_, right| Act::reply(&limited(right)), NotDone(ErrorKind::Api, 3)),
    fault("rate limited for an hour", |_, right| Act::reply(&limited(right).header("retry-after", "3600")),
        NotDone(ErrorKind::Api, 1)),
    fault("unavailable", |_, right| Act::reply(&instead(right, 503, "")), Unclear(ErrorKind::Api)),
    fault("a gateway's page", |_, right| Act::reply(&instead(right, 502, "<html>")), Unclear(ErrorKind::Api)),
    fault("an endless error", |_, right| Act::endless(&instead(right, 500, "")), Unclear(ErrorKind::Api)),
    fault("unavailable for too many requests", |_, right| Act::reply(&instead(right, 503, r#"{"code": 20429}"#)),
        Unclear(ErrorKind::Api)),
    fault("an error for want of something", |_, right| Act::reply(&instead(right, 500, r#"{"code": 20404}"#)),
        Unclear(ErrorKind::Api)),
    fault("given up by the server", |_, right| Act::reply(&instead(right, 408, "")), Unclear(ErrorKind::Api)),
    fault("given up by a proxy", |_, right| Act::reply(&instead(right, 499, "")), Unclear(ErrorKind::Api)),
    fault("given up, for too many requests", |_, right| Act::reply(&instead(right, 408, r#"{"code": 20429}"#)),
        Unclear(ErrorKind::Api)),
    fault("a conflict, for too many requests", |_, right| Act::reply(&instead(right, 409, r#"{"code": 20429}"#)),
        OnceRefused(ErrorKind::Api)),
    fault("a bad request, for too many requests", |_, right| Act::reply(&instead(right, 400, r#"{"code": 20429}"#)),
        OnceRefused(ErrorKind::Api)),
    fault("bad request", |_, right| Act::reply(&instead(right, 400, r#"{"code": 20001}"#)), Refused(ErrorKind::Api)),
    fault("not authenticated", |_, right| Act::reply(&instead(right, 401, r#"{"code": 20003}"#)), Refused(ErrorKind::Api)),
    fault("not found", |_, right| Act::reply(&instead(right, 404, r#"{"code": 20404}"#)), Refused(ErrorKind::Api)),
    fault("conflict", |_, right| Act::reply(&instead(right, 409, r#"{"code": 20409}"#)), Refused(ErrorKind::Api)),
    fault("not HTTP", |_, _| Act::send(*b"220 mail ready\r\n\r\n"), Unclear(ErrorKind::Transport)),
    fault("HTML as success", |_, right| Act::reply(&instead(right, right.status, "<html>")), Unreadable(ErrorKind::Decode)),
    fault("half of the JSON", |_, right| Act::reply(&instead(right, right.status, r#"{"sid": "XE"#)),
        Unreadable(ErrorKind::Decode)),
    fault("an endless body", |_, right| Act::endless(right), Unreadable(ErrorKind::TooLarge)),
    fault("ten gigabytes announced", |_, right| {
        let announced = right.clone().header("content-length", "10000000000");
        let mut head = bytes(&Reply { body: Vec::new(), ..announced });
        let own = b"content-length: 0\r\n";
        if let Some(at) = head.windows(own.len()).position(|window| window == own) {
            head.drain(at..at + own.len());
        }
        Act::send(head).then(End::Stall)
    }, Unreadable(ErrorKind::TooLarge)),
];

/// The answer of the document for an operation.
pub(crate) fn right(document: &Document, row: &Row) -> Reply {
    let (status, answer) = document
        .operation(row.operation)
        .unwrap()
        .success()
        .unwrap();
    match &answer.body {
        Some(body) => Reply::json(status, body.example.as_ref().unwrap().to_string()),
        None => Reply::status(status),
    }
    .header("twilio-request-id", "RQ1")
}

fn at_once() -> RetryPolicy {
    RetryPolicy::new().pauses(|_| Duration::ZERO)
}

/// What must hold for every error, whatever the fault.
fn check_error(
    error: &Error,
    row: &Row,
    kind: ErrorKind,
    attempts: usize,
    unknown: bool,
    place: &str,
) {
    assert_eq!(error.kind(), kind, "{place}: {error:?}");
    assert_eq!(error.operation(), Some(row.operation), "{place}");
    let (method, path) = row.request.split_once(' ').unwrap();
    assert_eq!(error.method().unwrap().as_str(), method, "{place}");
    assert!(error.url().unwrap().ends_with(path), "{place}");
    assert_eq!(
        usize::try_from(error.attempts()).unwrap(),
        attempts,
        "{place}: {error:?}"
    );
    assert!(error.sent_at().is_some(), "{place}");
    assert_eq!(error.is_outcome_unknown(), unknown, "{place}: {error:?}");
    assert!(!(unknown && error.is_retryable()), "{place}");
    assert_eq!(error.is_timeout(), kind == ErrorKind::Timeout, "{place}");
    let shown = format!("{error} {error:?}");
    assert!(
        !shown.contains(SECRET) && !shown.contains(AUTHORIZATION),
        "{place}: {shown}"
    );
    assert!(!shown.contains("PageToken"), "{place}: {shown}");
    assert!(!error.to_string().contains('\n'), "{place}");
}

async fn meet(fault: &Fault, row: &Row, right: Reply) {
    let place = format!("{}, {}", row.operation, fault.name);
    let once = ONCE.contains(&row.operation);
    let bodiless = right.status == 204;
    let act = fault.act;
    let server = FaultServer::start(move |number| act(number, &right)).unwrap();
    let client = builder()
        .base_urls(server.url())
        .reply_limit(64 << 10)
        .timeout(fault.timeout)
        .retry(at_once())
        .build()
        .unwrap();
    let result = (row.call)(client).await;
    let sent = server.connections();
    let check = |kind, attempts, unknown| {
        let Err(error) = &result else {
            panic!("{place}: no error")
        };
        check_error(error, row, kind, attempts, unknown, &place);
        assert_eq!(sent, attempts, "{place}");
    };
    match fault.wanted {
        Value(requests) => {
            let decoded = result.unwrap_or_else(|error| panic!("{place}: {error:?}"));
            assert_eq!(decoded.request_id.as_deref(), Some("RQ1"), "{place}");
            assert_eq!(sent, requests, "{place}");
        }
        // Only the first connection fails, so what may be repeated succeeds by it.
        Unclear(_) if fault.name == "one reset, then right" && !once => {
            assert!(result.is_ok(), "{place}");
            assert_eq!(sent, 2, "{place}");
        }
        Unclear(kind) => check(kind, if once { 1 } else { 3 }, once),
        OnceRefused(kind) => check(kind, if once { 1 } else { 3 }, false),
        NotDone(kind, requests) => check(kind, requests, false),
        Refused(kind) => check(kind, 1, false),
        Unreadable(_) if bodiless => {
            assert!(result.is_ok(), "{place}");
            assert_eq!(sent, 1, "{place}");
        }
        Unreadable(kind) => check(kind, 1, once),
    }
    if once && !fault.name.contains("rate limited") {
        assert!(server.requests().len() <= 1, "{place} arrived twice");
    }
}

#[tokio::test]
async fn every_operation_meets_every_fault() {
    let document = Document::read().unwrap();
    for fault in FAULTS {
        join_all(
            ROWS.iter()
                .map(|row| meet(fault, row, right(&document, row))),
        )
        .await;
    }
}

#[tokio::test]
async fn nobody_listening_is_tried_again_by_every_operation() {
    for row in ROWS {
        let client = builder()
            .base_urls(closed_port().unwrap())
            .retry(at_once())
            .build()
            .unwrap();
        let Err(error) = (row.call)(client).await else {
            panic!("{} found somebody", row.operation);
        };
        check_error(&error, row, ErrorKind::Connect, 3, false, row.operation);
        assert!(error.is_retryable(), "{}", row.operation);
    }
}

#[tokio::test]
async fn a_reset_at_once_is_repeated_only_if_nothing_was_sent_by_then() {
    for row in ROWS.iter().filter(|row| ONCE.contains(&row.operation)) {
        let server =
            FaultServer::start(|_| Act::send([]).after(Waits::Not).then(End::Reset)).unwrap();
        let (note, seen) = mpsc::channel();
        let policy = at_once().observe(move |retry| note.send(retry.error().kind()).unwrap());
        let client = builder()
            .base_urls(server.url())
            .retry(policy)
            .build()
            .unwrap();
        let Err(error) = (row.call)(client).await else {
            panic!("{}", row.operation)
        };
        let repeated: Vec<ErrorKind> = seen.try_iter().collect();
        assert!(
            repeated.iter().all(|kind| *kind == ErrorKind::Connect),
            "{repeated:?}"
        );
        assert_eq!(
            error.is_outcome_unknown(),
            error.kind() != ErrorKind::Connect,
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn no_redirect_takes_the_credentials_elsewhere() {
    let document = Document::read().unwrap();
    for row in ROWS {
        for status in [301, 302, 303, 307, 308] {
            let elsewhere = Server::start(|_| Reply::status(200)).unwrap();
            let moved =
                instead(&right(&document, row), status, "{}").header("location", elsewhere.url());
            let server = FaultServer::start(move |_| Act::reply(&moved)).unwrap();
            let client = builder()
                .base_urls(server.url())
                .retry(at_once())
                .build()
                .unwrap();
            let result = (row.call)(client).await;
            let place = format!("{}, {status}", row.operation);
            if (row.operation, status) == ("FetchAddOnResultPayloadData", 307) {
                assert!(result.is_ok(), "{place}");
            } else {
                let Err(error) = result else {
                    panic!("{place}")
                };
                // Only these two ask for the request to be made elsewhere; the others may say that it is done.
                let unknown = ONCE.contains(&row.operation) && ![307, 308].contains(&status);
                check_error(&error, row, ErrorKind::UnexpectedStatus, 1, unknown, &place);
            }
            assert_eq!(server.connections(), 1, "{place}");
            assert!(elsewhere.requests().is_empty(), "{place}");
        }
    }
}

#[tokio::test]
async fn a_stall_at_any_byte_is_a_timeout() {
    let document = Document::read().unwrap();
    let row = ROWS
        .iter()
        .find(|row| row.operation == "FetchInstalledAddOn")
        .unwrap();
    let right = right(&document, row);
    let whole = bytes(&right);
    let calls = (0..whole.len()).map(|after| {
        let act = Act::send(whole.clone()).cut(after).then(End::Stall);
        async move {
            let server = FaultServer::start(move |_| act.clone()).unwrap();
            let client = builder()
                .base_urls(server.url())
                .timeout(SHORT)
                .build()
                .unwrap();
            let Err(error) = (row.call)(client).await else {
                panic!("byte {after}")
            };
            assert_eq!(error.kind(), ErrorKind::Timeout, "byte {after}: {error:?}");
            assert!(error.is_timeout());
        }
    });
    join_all(calls).await;
}

#[tokio::test]
async fn a_deletion_that_finds_its_work_done_succeeds() {
    let document = Document::read().unwrap();
    for row in ROWS.iter().filter(|row| row.request.starts_with("DELETE")) {
        let right = right(&document, row);
        let gone = instead(&right, 404, r#"{"code": 20404}"#);
        let first = |first: Act, gone: Reply| {
            FaultServer::start(move |number| {
                if number == 0 {
                    first.clone()
                } else {
                    Act::reply(&gone)
                }
            })
            .unwrap()
        };
        for unclear in [
            Act::send([]).then(End::Reset),
            Act::reply(&instead(&right, 503, "")),
        ] {
            let server = first(unclear, gone.clone());
            let client = builder()
                .base_urls(server.url())
                .retry(at_once())
                .build()
                .unwrap();
            let decoded = (row.call)(client).await.unwrap();
            assert_eq!(
                (decoded.status, server.connections()),
                (404, 2),
                "{}",
                row.operation
            );
        }
        let server = first(Act::reply(&limited(&right)), gone);
        let client = builder()
            .base_urls(server.url())
            .retry(at_once())
            .build()
            .unwrap();
        let Err(error) = (row.call)(client).await else {
            panic!("{}", row.operation)
        };
        assert!(
            error.is_not_found() && server.connections() == 2,
            "{}",
            row.operation
        );
    }
}

#[tokio::test]
async fn only_twilios_own_404_says_that_a_deletion_has_done_its_work() {
    let html = || {
        Reply::status(404)
            .header("content-type", "text/html")
            .body("<html>no such page</html>")
    };
    let json = |text: &str| Reply::json(404, text);
    let id = |reply: Reply| reply.header("twilio-request-id", "RQ1");
    let with = |status, reply: Reply| Reply { status, ..reply };
    let code = || json(r#"{"code": 20404}"#);
    let blank = |id: &str| html().header("twilio-request-id", id);
    let other = r#"{"code": 20001}"#;
    let seconds = [
        ("a proxy's page", html(), false),
        ("a proxy's empty 404", Reply::status(404), false),
        ("a proxy's JSON", json(r#"{"error": "no route"}"#), false),
        ("a code of its own", json(r#"{"code": 404}"#), false),
        ("another code of Twilio's alone", json(other), false),
        ("an id that is empty", blank(""), false),
        ("an id that is blank", blank(" \t"), false),
        ("a proxy's 410", with(410, html()), false),
        ("Twilio's code", code(), true),
        (
            "Twilio's code as a text",
            json(r#"{"code": "20404"}"#),
            true,
        ),
        ("Twilio's code with 400", with(400, code()), false),
        ("Twilio's code with 410", with(410, code()), false),
        (
            "Twilio's code and id with 403",
            id(with(403, code())),
            false,
        ),
        ("Twilio's request id", id(Reply::status(404)), true),
        ("Twilio's request id with a page", id(html()), true),
        (
            "Twilio's id with another error",
            id(with(403, html())),
            false,
        ),
        ("Twilio's id with 410", id(with(410, html())), false),
    ];
    for row in ROWS.iter().filter(|row| row.request.starts_with("DELETE")) {
        for first in [503, 408, 499] {
            for (name, second, is_done) in &seconds {
                let place = format!("{}, {first}, {name}", row.operation);
                let second = second.clone();
                let status = second.status;
                let server = FaultServer::start(move |number| match number {
                    0 => Act::reply(&Reply::status(first)),
                    _ => Act::reply(&second),
                })
                .unwrap();
                let client = builder()
                    .base_urls(server.url())
                    .retry(at_once())
                    .build()
                    .unwrap();
                match (row.call)(client).await {
                    Ok(decoded) => assert!(*is_done && decoded.status == status, "{place}"),
                    Err(error) => {
                        assert!(!is_done, "{place}: {error:?}");
                        assert_eq!(error.status().unwrap(), status, "{place}");
                        let is_not_found = status == 404 || error.code() == Some(20404);
                        assert_eq!(error.is_not_found(), is_not_found, "{place}");
                    }
                }
                assert_eq!(server.connections(), 2, "{place}");
            }
        }
    }
}
