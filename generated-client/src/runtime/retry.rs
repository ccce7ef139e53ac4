//! One call as a row of attempts: each after a failure that may be repeated, a pause apart, until the
//! policy has had enough. What an attempt is, is not known here.

use std::time::{Duration, SystemTime};

use tokio::time::{Instant, sleep};

use crate::{Error, RetryPolicy};

/// Something that can be tried more than once.
pub(crate) trait Attempts {
    type Value;

    /// Tries once. `left` is how long this attempt may take at most, where the deadline says so.
    fn next(
        &mut self,
        attempt: u32,
        left: Option<Duration>,
    ) -> impl Future<Output = Result<Self::Value, Error>> + Send;
}

/// Which attempt a request or an error belongs to, and when that began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent {
    pub(crate) attempt: u32,
    pub(crate) at: SystemTime,
}

impl Sent {
    pub(crate) fn now(attempt: u32) -> Self {
        Self {
            attempt,
            at: SystemTime::now(),
        }
    }
}

/// Tries until it succeeds or the policy says that it was enough.
pub(crate) async fn repeat<A: Attempts>(
    policy: &RetryPolicy,
    attempts: &mut A,
) -> Result<A::Value, Error> {
    let begun = Instant::now();
    let left = || policy.total().saturating_sub(begun.elapsed());
    let mut attempt = 1;
    loop {
        let most = (attempt > 1).then(left);
        let error = match attempts.next(attempt, most).await {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        let Some(pause) = policy.pause_after(attempt, &error, left()) else {
            return Err(error);
        };
        sleep(pause).await;
        attempt += 1;
    }
}

#[cfg(test)]
mod tests;
