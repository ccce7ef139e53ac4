//! Every operation against statuses and codes that contradict each other: how often it is sent, and what the error says of
//! what was done.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use generated_client::{Client, Error, Host, RetryPolicy, codes};
use proptest::prelude::*;
use reqwest::Method;
use tests::{Reply, Server};

use crate::calls::{ONCE, ROWS};
use crate::support::builder;

/// A server whose response can be exchanged between two calls.
struct Scene {
    _server: Server,
    reply: Arc<Mutex<Reply>>,
    sent: Arc<AtomicUsize>,
    client: Client,
}

impl Scene {
    fn new() -> Self {
        let reply = Arc::new(Mutex::new(Reply::status(500)));
        let current = Arc::clone(&reply);
        let sent = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&sent);
        let server = Server::start(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
            current.lock().unwrap().clone()
        })
        .unwrap();
        let client = builder()
            .base_urls(server.url())
            .retry(RetryPolicy::new().pauses(|_| Duration::ZERO))
            .build()
            .unwrap();
        Self {
            _server: server,
            reply,
            sent,
            client,
        }
    }

    /// Sets the response and begins to count anew.
    fn respond(&self, status: u16, code: Option<u32>) {
        self.sent.store(0, Ordering::SeqCst);
        *self.reply.lock().unwrap() = match code {
            Some(code) => Reply::json(status, format!("{{\"code\": {code}, \"message\": \"m\"}}")),
            None => Reply::status(status),
        };
    }
}

fn known_codes() -> Vec<Option<u32>> {
    (0..100_000)
        .filter(|code| codes::meaning(*code).is_some())
        .map(Some)
        .chain([None, Some(99_999)])
        .collect()
}

/// What must come of an error status: how often the call is sent, and whether its outcome is then unknown.
fn wanted(once: bool, status: u16, code: Option<u32>) -> (usize, bool) {
    let passes = match status {
        429 => true,
        408 | 425 | 499 | 500.. => !once,
        _ => !once && code == Some(codes::TOO_MANY_REQUESTS),
    };
    let unknown = once && matches!(status, 408 | 499 | 500..);
    (if passes { 3 } else { 1 }, unknown)
}

fn check(error: &Error, sent: usize, once: bool, status: u16, code: Option<u32>, operation: &str) {
    let place = format!("{operation}, {status}, {code:?}");
    let (times, unknown) = wanted(once, status, code);
    assert_eq!(sent, times, "{place}");
    assert_eq!(error.is_retryable(), times > 1, "{place}");
    assert_eq!(error.is_outcome_unknown(), unknown, "{place}");
    if error.is_rate_limited() {
        assert!(error.is_retryable(), "{place}");
    }
    if unknown {
        let known = error.is_not_found() || error.is_conflict() || error.is_auth();
        assert!(!known, "{place}");
    }
}

#[tokio::test]
async fn no_code_makes_an_operation_more_repeatable_than_its_status() {
    let codes = known_codes();
    for row in ROWS {
        let scene = Scene::new();
        let once = ONCE.contains(&row.operation);
        // All statuses where a mistake would bill twice, and the telling ones everywhere.
        let statuses: Vec<u16> = match once {
            true => (400..=599).collect(),
            false => vec![400, 404, 408, 409, 425, 429, 499, 500, 503, 599],
        };
        for status in statuses {
            let telling = once && [400, 408, 409, 429, 499, 503].contains(&status);
            for code in &codes {
                if !telling && ![None, Some(20429)].contains(code) {
                    continue;
                }
                scene.respond(status, *code);
                let error = match (row.call)(scene.client.clone()).await {
                    Ok(_) => panic!("{}, {status}, {code:?}", row.operation),
                    Err(error) => error,
                };
                let sent = scene.sent.load(Ordering::SeqCst);
                check(&error, sent, once, status, *code, row.operation);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_raw_request_keeps_the_same_rules(
        status in 400_u16..=599,
        code in prop::option::of(prop_oneof![Just(20429), Just(20404), any::<u32>()]),
        repeatable: bool,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let scene = Scene::new();
            scene.respond(status, code);
            let mut request = scene.client.request(Host::Marketplace, Method::POST, "/v1/NewThings");
            if repeatable {
                request = request.repeatable();
            }
            let error = request.bytes().await.unwrap_err();
            check(&error, scene.sent.load(Ordering::SeqCst), !repeatable, status, code, "raw");
        });
    }
}
