//! The pauses, on a clock that stands still until nothing else is to be done.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Method, StatusCode};

use super::*;
use crate::Host;
use crate::runtime::{Operation, Repeat};

static FETCH: Operation = Operation {
    id: "FetchThing",
    method: Method::GET,
    path: "/v1/Things",
    host: Host::Marketplace,
    repeat: Repeat::Safe,
    statuses: &[200],
};

static BILL: Operation = Operation {
    id: "BillThing",
    method: Method::POST,
    path: "/v1/Things",
    host: Host::Marketplace,
    repeat: Repeat::Never,
    statuses: &[200],
};

/// Fails with each of the statuses, then succeeds. Notes when it was tried.
struct Script {
    operation: &'static Operation,
    statuses: VecDeque<(u16, Option<String>)>,
    begun: Instant,
    tried: Vec<Duration>,
    left: Vec<Duration>,
    takes: Duration,
}

impl Attempts for Script {
    type Value = ();

    async fn next(&mut self, _: u32, deadline: Deadline) -> Result<(), Failed> {
        self.tried.push(self.begun.elapsed());
        self.left.push(deadline.left());
        sleep(self.takes).await;
        let Some((status, retry_after)) = self.statuses.pop_front() else {
            return Ok(());
        };
        let mut headers = HeaderMap::new();
        if let Some(value) = retry_after {
            headers.insert(RETRY_AFTER, value.parse().unwrap());
        }
        let status = StatusCode::from_u16(status).unwrap();
        let error = Error::answered_with(status, headers, Vec::new(), false);
        let error = error.in_call(&self.operation.into(), &|| "https://example.com".to_owned());
        Err(Failed::Attempt(error))
    }
}

fn script(operation: &'static Operation, statuses: &[(u16, Option<&str>)]) -> Script {
    Script {
        operation,
        statuses: statuses
            .iter()
            .map(|(status, after)| (*status, after.map(str::to_owned)))
            .collect(),
        begun: Instant::now(),
        tried: Vec::new(),
        left: Vec::new(),
        takes: Duration::ZERO,
    }
}

fn seconds(seconds: &[u64]) -> Vec<Duration> {
    seconds.iter().copied().map(Duration::from_secs).collect()
}

async fn run<A: Attempts>(policy: &RetryPolicy, attempts: &mut A) -> Result<A::Value, Error> {
    repeat(policy, &RetryBudget::unlimited(), attempts).await
}

fn every_second() -> RetryPolicy {
    RetryPolicy::new()
        .pauses(|attempt| Duration::from_secs(attempt.into()))
        .attempts(10)
}

#[tokio::test(start_paused = true)]
async fn it_pauses_between_attempts_and_stops_at_success() {
    let mut script = script(&FETCH, &[(503, None), (500, None), (429, None)]);
    run(&every_second(), &mut script).await.unwrap();
    assert_eq!(script.tried, seconds(&[0, 1, 3, 6]));
}

#[tokio::test(start_paused = true)]
async fn random_pauses_stay_within_the_doubling_bound() {
    let policy = RetryPolicy::new()
        .attempts(5)
        .backoff(Duration::from_secs(1), Duration::from_secs(3));
    for _ in 0..100 {
        let mut script = script(&FETCH, &[(503, None); 4]);
        run(&policy, &mut script).await.unwrap();
        let pauses = script.tried.windows(2).map(|pair| pair[1] - pair[0]);
        for (pause, most) in pauses.zip(seconds(&[1, 2, 3, 3])) {
            // A timer is at most a millisecond late.
            assert!(pause <= most + Duration::from_millis(1), "{pause:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_number_of_attempts_is_the_limit() {
    let mut script = script(&FETCH, &[(503, None); 9]);
    let error = run(&every_second().attempts(3), &mut script)
        .await
        .unwrap_err();
    assert_eq!(script.tried, seconds(&[0, 1, 3]));
    assert_eq!(error.status().unwrap(), 503);
}

#[tokio::test(start_paused = true)]
async fn a_longer_retry_after_is_obeyed_and_a_shorter_one_is_not_an_excuse() {
    let mut script = script(&FETCH, &[(429, Some("20")), (503, Some("1"))]);
    run(&every_second(), &mut script).await.unwrap();
    assert_eq!(script.tried, seconds(&[0, 20, 22]));
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_that_is_a_date_is_obeyed() {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let at = i64::try_from(now.unwrap().as_secs() + 30).unwrap();
    let at = chrono::DateTime::from_timestamp(at, 0).unwrap();
    let mut script = script(&FETCH, &[(429, Some(at.to_rfc2822().as_str()))]);
    run(&every_second(), &mut script).await.unwrap();
    let pause = script.tried[1].as_secs();
    assert!((28..=30).contains(&pause), "{pause}");
}

#[tokio::test(start_paused = true)]
async fn a_pause_beyond_the_deadline_is_not_begun() {
    let mut script = script(&FETCH, &[(429, Some("3600"))]);
    let error = run(&every_second(), &mut script).await.unwrap_err();
    assert_eq!(script.tried, seconds(&[0]));
    assert_eq!(script.begun.elapsed(), Duration::ZERO);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
}

#[tokio::test(start_paused = true)]
async fn the_deadline_counts_attempts_and_pauses() {
    let mut script = script(&FETCH, &[(503, None); 9]);
    script.takes = Duration::from_secs(4);
    let policy = every_second().deadline(Duration::from_secs(15));
    run(&policy, &mut script).await.unwrap_err();
    assert_eq!(script.tried, seconds(&[0, 5, 11]));
    assert_eq!(script.left, seconds(&[15, 10, 4]));
}

#[tokio::test(start_paused = true)]
async fn what_creates_or_bills_is_repeated_after_a_rate_limit_alone() {
    let mut limited = script(&BILL, &[(429, None), (429, None)]);
    run(&every_second(), &mut limited).await.unwrap();
    assert_eq!(limited.tried.len(), 3);
    for status in [500, 502, 503, 504, 408] {
        let mut failed = script(&BILL, &[(429, None), (status, None)]);
        let error = run(&every_second(), &mut failed).await.unwrap_err();
        assert_eq!(failed.tried.len(), 2, "{status}");
        assert!(error.is_outcome_unknown(), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_server_refuses_is_not_repeated() {
    for status in [400, 401, 403, 404, 409, 422, 302] {
        let mut refused = script(&FETCH, &[(status, None)]);
        run(&every_second(), &mut refused).await.unwrap_err();
        assert_eq!(refused.tried.len(), 1, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_condition_narrows_and_never_widens() {
    let asked = Arc::new(Mutex::new(0));
    let count = Arc::clone(&asked);
    let policy = every_second().only_if(|_| true).only_if(move |error| {
        *count.lock().unwrap() += 1;
        error.is_rate_limited()
    });
    let mut failed = script(&FETCH, &[(429, None), (503, None)]);
    run(&policy, &mut failed).await.unwrap_err();
    assert_eq!(failed.tried.len(), 2);
    let mut unsafe_to_repeat = script(&BILL, &[(503, None)]);
    let yes = every_second().only_if(|_| true);
    run(&yes, &mut unsafe_to_repeat).await.unwrap_err();
    assert_eq!(unsafe_to_repeat.tried.len(), 1);
    assert_eq!(*asked.lock().unwrap(), 2);
}

#[tokio::test(start_paused = true)]
async fn observers_see_each_retry_and_not_the_final_failure() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&seen);
    let policy = every_second().attempts(3).observe(move |retry| {
        let status = retry.error().status().unwrap().as_u16();
        let note = (retry.attempt(), retry.pause().as_secs(), status);
        notes.lock().unwrap().push(note);
    });
    let mut script = script(&FETCH, &[(503, None), (429, Some("5")), (500, None)]);
    run(&policy, &mut script).await.unwrap_err();
    assert_eq!(*seen.lock().unwrap(), [(1, 1, 503), (2, 5, 429)]);
}

#[tokio::test(start_paused = true)]
async fn what_was_answered_before_an_attempt_that_did_not_begin_is_the_error() {
    struct OnceOnly;

    impl Attempts for OnceOnly {
        type Value = ();

        async fn next(&mut self, attempt: u32, _: Deadline) -> Result<(), Failed> {
            match attempt {
                1 => {
                    let headers = HeaderMap::new();
                    let status = StatusCode::TOO_MANY_REQUESTS;
                    let error = Error::answered_with(status, headers, Vec::new(), false);
                    Err(Failed::Attempt(error))
                }
                _ => Err(Failed::NotBegun(Error::not_begun())),
            }
        }
    }

    let error = run(&every_second(), &mut OnceOnly).await.unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn none_is_one_attempt() {
    let mut script = script(&FETCH, &[(429, None)]);
    run(&RetryPolicy::none(), &mut script).await.unwrap_err();
    assert_eq!(script.tried.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_multiplied_by_no_more_than_the_budget() {
    let budget = RetryBudget::new(100);
    let policy = every_second().attempts(5).deadline(Duration::MAX);
    let mut sent = 0;
    let mut ended_early = 0;
    for _ in 0..200 {
        let mut script = script(&FETCH, &[(503, None); 9]);
        let error = repeat(&policy, &budget, &mut script).await.unwrap_err();
        sent += script.tried.len();
        let is_empty = script.tried.len() < 5;
        assert_eq!(error.is_retry_budget_empty(), is_empty);
        assert_eq!(error.to_string().contains("retry budget"), is_empty);
        ended_early += usize::from(is_empty);
    }
    assert_eq!((sent, ended_early), (200 + 100 / 5, 195));
    assert_eq!(budget.left(), Some(0));
    // It fills up again once calls succeed, and then a call is tried again as before.
    for _ in 0..20 {
        repeat(&policy, &budget, &mut script(&FETCH, &[]))
            .await
            .unwrap();
    }
    assert_eq!(budget.left(), Some(20));
    let mut passing = script(&FETCH, &[(503, None), (503, None)]);
    repeat(&policy, &budget, &mut passing).await.unwrap();
    // Two retries took 10, and the success put back what the last one took.
    assert_eq!(budget.left(), Some(15));
}

#[tokio::test(start_paused = true)]
async fn what_is_not_sent_again_takes_nothing_from_the_budget() {
    let budget = RetryBudget::new(100);
    let scripts = [
        (&FETCH, (400, None)),
        (&BILL, (503, None)),
        (&FETCH, (429, Some("3600"))),
    ];
    for (operation, status) in scripts {
        let mut script = script(operation, &[status]);
        let error = repeat(&every_second(), &budget, &mut script)
            .await
            .unwrap_err();
        assert!(!error.is_retry_budget_empty());
    }
    assert_eq!(budget.left(), Some(100));
}

proptest::proptest! {
    #[test]
    fn no_retry_after_means_now(
        text in proptest::prop_oneof![
            "[0-9]{1,40}",
            "-[0-9]{1,40}",
            "[A-Z][a-z]{2}, [0-9]{2} (Jan|Dec) [0-9]{4,9} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT",
            proptest::sample::select(vec![
                u64::MAX.to_string(),
                i64::MAX.to_string(),
                (u64::from(u32::MAX) * 1000).to_string(),
                "1e300".to_owned(),
                "Fri, 31 Dec 9999 23:59:59 GMT".to_owned(),
            ]),
        ],
        with_deadline: bool,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(async {
            let deadline = if with_deadline { Duration::from_secs(60) } else { Duration::MAX };
            let policy = every_second().deadline(deadline);
            let mut script = script(&FETCH, &[(429, Some(&text))]);
            let asked = match run(&policy, &mut script).await {
                // It was waited for as long as it says, or for the policy's own pause where that says nothing.
                Ok(()) => script.tried[1],
                Err(error) => {
                    let asked = error.retry_after().unwrap();
                    assert!(asked >= deadline.min(Duration::from_secs(86_400)), "{asked:?}");
                    assert_eq!(script.tried.len(), 1);
                    return;
                }
            };
            assert!(asked >= Duration::from_secs(1), "{text}: {asked:?}");
            if let Ok(seconds) = text.parse::<u64>() {
                assert!(asked >= Duration::from_secs(seconds), "{text}: {asked:?}");
            }
        });
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_of_the_callers_own_that_cannot_be_counted_ends_the_call() {
    let policy = RetryPolicy::new()
        .pauses(|_| Duration::MAX)
        .deadline(Duration::MAX);
    let mut script = script(&FETCH, &[(503, None)]);
    run(&policy, &mut script).await.unwrap_err();
    assert_eq!(script.tried.len(), 1);
}
