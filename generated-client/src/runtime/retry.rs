//! One call as a row of attempts: each after a failure that may be repeated, a pause apart, until the
//! policy has had enough. What an attempt is, is not known here.

use std::time::{Duration, SystemTime};

use tokio::time::{Instant, sleep};

use super::early::Awaited;
use crate::{Error, RetryBudget, RetryPolicy};

/// Something that can be tried more than once.
pub(crate) trait Attempts {
    type Value;

    /// Who waits for it, where it is begun before anybody does.
    fn awaited(&self) -> Option<&Awaited> {
        None
    }

    /// Tries once, unless the deadline has come before the attempt can begin.
    async fn next(&mut self, attempt: u32, deadline: Deadline) -> Result<Self::Value, Failed>;
}

/// Why an attempt gave no value.
#[derive(Debug)]
pub(crate) enum Failed {
    /// It was made.
    Attempt(Error),
    /// The deadline came before it could begin.
    NotBegun(Error),
}

/// When a call has to be over.
#[derive(Clone, Debug)]
pub(crate) struct Deadline {
    begun: Instant,
    total: Duration,
    awaited: Option<Awaited>,
}

impl Deadline {
    /// How long there still is. No time runs before somebody waits for the call.
    pub(crate) fn left(&self) -> Duration {
        let begun = match &self.awaited {
            None => self.begun,
            Some(awaited) => match awaited.since() {
                None => return self.total,
                Some(since) => since,
            },
        };
        self.total.saturating_sub(begun.elapsed())
    }
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
    budget: &RetryBudget,
    attempts: &mut A,
) -> Result<A::Value, Error> {
    let deadline = Deadline {
        begun: Instant::now(),
        total: policy.total(),
        awaited: attempts.awaited().cloned(),
    };
    let mut attempt = 1;
    let mut last = None;
    let mut taken = None;
    loop {
        let mut error = match attempts.next(attempt, deadline.clone()).await {
            Ok(value) => {
                budget.give(taken);
                return Ok(value);
            }
            Err(Failed::Attempt(error)) => error,
            // What was answered before says more than that there was no time left.
            Err(Failed::NotBegun(error)) => return Err(last.unwrap_or(error)),
        };
        let Some(pause) = policy.pause_after(attempt, &mut error, deadline.left(), budget) else {
            return Err(error);
        };
        taken = Some(pause.taken);
        let until = sleep(pause.pause);
        if let Some(awaited) = &deadline.awaited {
            awaited.begun().await;
        }
        until.await;
        last = Some(error);
        attempt += 1;
    }
}

#[cfg(test)]
mod tests;
