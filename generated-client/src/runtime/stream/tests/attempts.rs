//! How often a page is asked for: at most as often as the policy says, the request that was made early included, and the
//! error tells how often it was.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;

use super::*;
use crate::RetryPolicy;

const SECOND_PAGE: &str = "GET /v1/Things?Page=1 HTTP/1.1";

/// What the server does with a request for the second page.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Turn {
    /// A status that leaves the page as it was.
    Unavailable,
    /// A rate limit.
    Limited,
    /// A connection that ends without a response.
    Closed,
    /// A status after which nothing is tried again.
    Refused,
    Page,
}

impl Turn {
    fn response(self) -> Vec<u8> {
        match self {
            Self::Unavailable => reply("503 Service Unavailable", "", ""),
            Self::Limited => reply("429 Too Many Requests", "retry-after: 0\r\n", ""),
            Self::Closed => Vec::new(),
            Self::Refused => reply("404 Not Found", "", ""),
            Self::Page => page(&[3], None),
        }
    }
}

/// A server of a page of two items and then of these responses.
fn server(turns: &[Turn]) -> Loopback {
    let first = page(&[1, 2], Some("/v1/Things?Page=1"));
    Loopback::serve(
        std::iter::once(first)
            .chain(turns.iter().map(|turn| turn.response()))
            .collect(),
    )
}

/// The items from a server, and how many retries were announced.
fn retried(server: &Loopback, policy: RetryPolicy) -> (ItemStream<u32>, Arc<AtomicUsize>) {
    let retries = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&retries);
    let policy = policy.pauses(|_| Duration::ZERO).observe(move |_| {
        seen.fetch_add(1, Ordering::Relaxed);
    });
    let client = server.builder().retry(policy).build().unwrap();
    let things = items(CallOptions::new(client), first(), decode::page::<Things>);
    (things, retries)
}

/// Lets an early request go on until it has an outcome or can get none before somebody waits for it.
async fn until_early_is_over(retries: &AtomicUsize, things: &mut ItemStream<u32>) {
    poll_fn(|context| {
        things.pages.advance(context, true);
        match things.pages.state {
            State::Early(..) if retries.load(Ordering::Relaxed) == 0 => Poll::Pending,
            _ => Poll::Ready(()),
        }
    })
    .await;
}

/// Every row of at most three failures, for every number of attempts, with and without prefetch, and with the early
/// request over before its page is waited for or not.
#[tokio::test]
async fn a_page_is_sent_no_more_often_than_the_attempts_and_the_error_says_how_often() {
    const FAILURES: [Turn; 4] = [
        Turn::Unavailable,
        Turn::Limited,
        Turn::Closed,
        Turn::Refused,
    ];
    let mut rows = vec![Vec::new()];
    for length in 0..3 {
        let longer: Vec<Vec<Turn>> = rows
            .iter()
            .filter(|row| row.len() == length && row.last() != Some(&Turn::Refused))
            .flat_map(|row| FAILURES.map(|failure| [&row[..], &[failure]].concat()))
            .collect();
        rows.extend(longer);
    }
    for row in &rows {
        for (attempts, prefetch, idle) in [1, 2, 3].into_iter().flat_map(|attempts| {
            [(false, false), (true, false), (true, true)]
                .map(|(prefetch, idle)| (attempts, prefetch, idle))
        }) {
            let case = format!("{row:?}, {attempts} attempts, prefetch {prefetch}, idle {idle}");
            let turns: Vec<Turn> = row.iter().copied().chain([Turn::Page]).collect();
            let server = server(&turns);
            let (mut things, retries) = retried(&server, RetryPolicy::new().attempts(attempts));
            if prefetch {
                things = things.prefetch();
            }
            assert_eq!(things.next().await.unwrap().unwrap(), 1);
            if idle {
                until_early_is_over(&retries, &mut things).await;
            }
            assert_eq!(things.next().await.unwrap().unwrap(), 2);
            let third = things.next().await.unwrap();
            let wanted = match row.iter().position(|turn| *turn == Turn::Refused) {
                Some(at) => at + 1,
                None => row.len() + 1,
            };
            let wanted = wanted.min(attempts as usize);
            let fails = turns[wanted - 1] != Turn::Page;
            match third {
                Ok(thing) => assert!(thing == 3 && !fails, "{case}"),
                Err(error) => {
                    assert!(fails, "{case}: {error}");
                    assert_eq!(error.attempts() as usize, wanted, "{case}: {error}");
                }
            }
            let sent = server.finished();
            let sent = sent.iter().filter(|line| *line == SECOND_PAGE).count();
            assert_eq!(sent, wanted, "{case}");
        }
    }
}

#[tokio::test]
async fn a_second_attempt_waits_until_the_page_is_waited_for() {
    let server = server(&[Turn::Unavailable, Turn::Page]);
    let (things, retries) = retried(&server, RetryPolicy::new());
    let mut things = things.prefetch();
    assert_eq!(things.next().await.unwrap().unwrap(), 1);
    until_early_is_over(&retries, &mut things).await;
    assert!(matches!(things.pages.state, State::Early(..)));
    assert_eq!(server.requests().len(), 2);
    assert_eq!(things.try_collect::<Vec<_>>().await.unwrap(), [2, 3]);
    assert_eq!(server.finished().len(), 3);
}

#[tokio::test]
async fn a_page_that_cannot_come_early_is_an_error_in_its_place() {
    let server = server(&[Turn::Refused]);
    let (things, retries) = retried(&server, RetryPolicy::new());
    let mut things = things.prefetch();
    assert_eq!(things.next().await.unwrap().unwrap(), 1);
    until_early_is_over(&retries, &mut things).await;
    assert_eq!(things.next().await.unwrap().unwrap(), 2);
    let error = things.next().await.unwrap().unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert!(things.next().await.is_none());
}

/// Turns the clock forward, and lets it run on from there.
async fn advance(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}

/// What a server asks for holds for the early request too.
#[tokio::test]
async fn retry_after_is_obeyed_after_an_early_request() {
    // What the server asks for in seconds, the deadline, and whether the page is asked for again.
    for (asked, deadline, again) in [
        ("20", 60, true),
        ("61", 60, false),
        ("99999999999999999999999", 60, false),
    ] {
        let limited = reply(
            "429 Too Many Requests",
            &format!("retry-after: {asked}\r\n"),
            "",
        );
        let server = Loopback::serve(vec![
            page(&[1, 2], Some("/v1/Things?Page=1")),
            limited,
            page(&[3], None),
        ]);
        let policy = RetryPolicy::new().deadline(Duration::from_secs(deadline));
        let (things, retries) = retried(&server, policy);
        let mut things = things.prefetch();
        assert_eq!(things.next().await.unwrap().unwrap(), 1);
        until_early_is_over(&retries, &mut things).await;
        assert_eq!(things.next().await.unwrap().unwrap(), 2);
        if again {
            advance(10).await;
            let early = poll_fn(|context| {
                Poll::Ready(Pin::new(&mut things).poll_next(context).is_pending())
            });
            assert!(early.await, "the server asked for more");
            assert_eq!(server.requests().len(), 2);
            advance(20).await;
            assert_eq!(things.next().await.unwrap().unwrap(), 3);
        } else {
            let error = things.next().await.unwrap().unwrap_err();
            assert_eq!(
                (error.attempts(), error.status().unwrap().as_u16()),
                (1, 429)
            );
            assert_eq!(server.finished().len(), 2, "{asked}");
        }
    }
}

/// A caller that works on a page for longer than the timeout and the deadline finds the next page there.
#[tokio::test]
async fn no_time_runs_against_a_page_that_nobody_waits_for() {
    let server = server(&[Turn::Page]);
    let policy = RetryPolicy::none().deadline(Duration::from_secs(60));
    let client = server.builder().retry(policy).build().unwrap();
    let mut things = items(CallOptions::new(client), first(), decode::page::<Things>).prefetch();
    assert_eq!(things.next().await.unwrap().unwrap(), 1);
    assert!(matches!(things.pages.state, State::Early(..)));
    advance(600).await;
    assert_eq!(things.try_collect::<Vec<_>>().await.unwrap(), [2, 3]);
    assert_eq!(server.finished().len(), 2);
}

#[tokio::test]
async fn the_time_runs_from_when_a_page_is_waited_for() {
    tokio::time::pause();
    let awaited = Awaited::default();
    let never = std::future::pending::<Result<(), Error>>();
    let limited = awaited.within(Duration::from_secs(30), never);
    let mut limited = std::pin::pin!(limited);
    let early = tokio::time::timeout(Duration::from_secs(600), &mut limited).await;
    assert!(early.is_err(), "no time runs before somebody waits");
    let begun = tokio::time::Instant::now();
    awaited.begin();
    let error = limited.await.unwrap_err();
    assert_eq!(
        (error.kind(), error.is_timeout()),
        (ErrorKind::Timeout, true)
    );
    assert_eq!(begun.elapsed().as_secs(), 30);
}

#[tokio::test]
async fn an_early_request_takes_only_a_permit_beside_a_free_one() {
    let permits = Semaphore::new(2);
    let awaited = Awaited::default();
    let taken = awaited.permit(&permits).await;
    assert!(taken.is_some() && permits.available_permits() == 1);
    let mut second = std::pin::pin!(awaited.permit(&permits));
    let early = poll_fn(|context| Poll::Ready(second.as_mut().poll(context).is_pending())).await;
    assert!(early, "the last permit is left to others");
    awaited.begin();
    assert!(
        second.await.is_none(),
        "who is waited for takes a permit like anybody else"
    );
}
