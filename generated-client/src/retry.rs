//! How often, how long and after which pauses a call is tried again. It never decides what may be
//! repeated at all: that is the operation's own property, which no setting widens.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;
use std::time::Duration;

use crate::setting::time_fault;
use crate::{Error, RetryBudget};

/// When and how often a failed call is sent again.
///
/// A client has one, [`new`](Self::new) unless it is told otherwise by
/// [`ClientBuilder::retry`](crate::ClientBuilder::retry), and each call can have its own by its method
/// `retry`.
///
/// Which failures allow another attempt is not a setting. Status 429 and a connection that could not be made
/// mean that nothing was done, and every call is tried again after them. A 5xx, 408, 499, a broken connection and
/// a timeout leave open what was done, and only calls that do no harm when done twice are tried again:
/// all but those that create or bill, which are `ReportUsage`, `CreateInstalledAddOn`,
/// `CreateReferralConversion`, `CreateListing` and `AssignAddOn`. Such a call fails at once, and
/// [`Error::is_outcome_unknown`] says so. No code in the body of a response changes that. A certificate that is not
/// trusted, a host that does not exist, and a server without TLS fail at once too: they do not pass by themselves.
///
/// A deletion can fail without saying whether it was carried out, and be tried again. If the second attempt gets
/// Twilio's 404, the resource is gone, so the call succeeds; the response keeps the status 404. Without such a failure
/// before it, 404 is an error. The 404 of a proxy, which has neither the code 20404 nor a `twilio-request-id`, is
/// always an error.
///
/// How much all calls together may spend on sending again is the client's [`RetryBudget`]: when it is empty, a call
/// fails with its error at once, whatever its policy says.
///
/// ```
/// use std::time::Duration;
///
/// use generated_client::RetryPolicy;
///
/// let patient = RetryPolicy::new()
///     .attempts(6)
///     .deadline(Duration::from_secs(300))
///     .backoff(Duration::from_secs(1), Duration::from_secs(30))
///     .only_if(|error| !error.is_timeout())
///     .observe(|retry| eprintln!("attempt {} failed: {}", retry.attempt(), retry.error()));
/// # let _ = patient;
/// ```
#[derive(Clone)]
pub struct RetryPolicy(Arc<Settings>);

#[derive(Clone)]
struct Settings {
    attempts: u32,
    deadline: Duration,
    pauses: Pauses,
    conditions: Vec<Condition>,
    observers: Vec<Observer>,
}

type Condition = Arc<dyn Fn(&Error) -> bool + Send + Sync>;
type Observer = Arc<dyn Fn(&Retry<'_>) + Send + Sync>;

#[derive(Clone)]
enum Pauses {
    Exponential { first: Duration, longest: Duration },
    Given(Arc<dyn Fn(u32) -> Duration + Send + Sync>),
}

/// What lies between two attempts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pause {
    pub(crate) pause: Duration,
    /// What it took from the budget.
    pub(crate) taken: u32,
}

/// No pause is as long, with or without a deadline: ten years.
const LONGEST_PAUSE: Duration = Duration::from_secs(10 * 365 * 86_400);

impl RetryPolicy {
    /// Three attempts within 60 seconds, with random pauses of up to half a second, then up to one.
    pub fn new() -> Self {
        Self(Arc::new(Settings {
            attempts: 3,
            deadline: Duration::from_secs(60),
            pauses: Pauses::Exponential {
                first: Duration::from_millis(500),
                longest: Duration::from_secs(8),
            },
            conditions: Vec::new(),
            observers: Vec::new(),
        }))
    }

    /// One attempt, whatever its result, for as long as the call's timeout allows.
    #[inline]
    pub fn none() -> Self {
        Self::new().attempts(1).deadline(Duration::MAX)
    }

    /// How often a call is sent at most, the first time included. 0 counts as 1. In a walk it is how often each page is
    /// asked for at most, [early requests](crate::PageStream::prefetch) included.
    #[must_use]
    #[inline]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.settings().attempts = attempts.max(1);
        self
    }

    /// How long a call may take with all of its attempts, its pauses and its waits for a permit. No attempt
    /// begins after it, and a pause that would end after it is not waited for: the call fails at once.
    ///
    /// It cuts off an attempt that is running, even the first, unless the call creates or bills: its
    /// outcome would then be unknown. So a call with a longer timeout of its own needs a longer deadline too.
    #[must_use]
    #[inline]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.settings().deadline = deadline;
        self
    }

    /// How long to pause between attempts. Each pause is a random one (full jitter) between nothing and
    /// a bound, which is `first` at first, doubles each time, and never exceeds `longest`.
    ///
    /// A longer `Retry-After` from the server is obeyed instead.
    #[must_use]
    #[inline]
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.settings().pauses = Pauses::Exponential { first, longest };
        self
    }

    /// Replaces the backoff by a function that is given the number of the attempt that failed, counted
    /// from 1. A longer `Retry-After` from the server is obeyed instead.
    #[must_use]
    pub fn pauses(mut self, pause: impl Fn(u32) -> Duration + Send + Sync + 'static) -> Self {
        self.settings().pauses = Pauses::Given(Arc::new(pause));
        self
    }

    /// Adds a condition that a failure has to meet for the call to be tried again. It is asked only
    /// about failures after which that is safe, so it can narrow what is repeated and never widen it.
    #[must_use]
    pub fn only_if(mut self, condition: impl Fn(&Error) -> bool + Send + Sync + 'static) -> Self {
        self.settings().conditions.push(Arc::new(condition));
        self
    }

    /// Adds a hook that is told of each retry before its pause. It should return soon: the call waits
    /// for it.
    #[must_use]
    pub fn observe(mut self, observer: impl Fn(&Retry<'_>) + Send + Sync + 'static) -> Self {
        self.settings().observers.push(Arc::new(observer));
        self
    }

    #[inline]
    fn settings(&mut self) -> &mut Settings {
        Arc::make_mut(&mut self.0)
    }

    /// What is wrong with the settings, if they cannot mean anything.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        if time_fault(self.0.deadline).is_some() {
            return Some(
                "has a deadline below 1 millisecond, by which nothing can be sent; use a longer one, or `Duration::MAX` for none",
            );
        }
        match self.0.pauses {
            Pauses::Exponential { first, longest } if first > longest => Some(
                "begins with a pause that is longer than its longest; give `backoff` the shorter one first",
            ),
            _ => None,
        }
    }

    pub(crate) fn total(&self) -> Duration {
        self.0.deadline
    }

    /// How long to pause after a failed attempt, or nothing where it was the last one, and what the next one takes from
    /// the budget. `left` is what remains until the deadline.
    pub(crate) fn pause_after(
        &self,
        attempt: u32,
        error: &mut Error,
        left: Duration,
        budget: &RetryBudget,
    ) -> Option<Pause> {
        let settings = &self.0;
        if attempt >= settings.attempts
            || !error.is_retryable()
            || !settings.conditions.iter().all(|meets| meets(error))
        {
            return None;
        }
        let own = match &settings.pauses {
            Pauses::Exponential { first, longest } => {
                random_up_to(bound(attempt, *first, *longest))
            }
            Pauses::Given(pause) => pause(attempt),
        };
        let pause = error.retry_after().map_or(own, |asked| asked.max(own));
        // Without a deadline, a pause that no timer can count is still not one to wait for.
        if pause >= left.min(LONGEST_PAUSE) {
            return None;
        }
        let Some(taken) = budget.take(error) else {
            error.without_budget();
            return None;
        };
        for observe in &settings.observers {
            observe(&Retry {
                attempt,
                pause,
                error,
            });
        }
        Some(Pause { pause, taken })
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for RetryPolicy {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("attempts", &self.0.attempts)
            .field("deadline", &self.0.deadline)
            .finish_non_exhaustive()
    }
}

/// A retry that is about to happen, as the hook of [`RetryPolicy::observe`] sees it.
#[derive(Debug)]
pub struct Retry<'a> {
    attempt: u32,
    pause: Duration,
    error: &'a Error,
}

impl Retry<'_> {
    /// The number of the attempt that failed, counted from 1.
    #[inline]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// How long the call pauses before the next attempt.
    #[inline]
    pub fn pause(&self) -> Duration {
        self.pause
    }

    /// Why the attempt failed.
    #[inline]
    pub fn error(&self) -> &Error {
        self.error
    }
}

/// The longest pause after an attempt.
fn bound(attempt: u32, first: Duration, longest: Duration) -> Duration {
    let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
    first.saturating_mul(doubled).min(longest)
}

/// A random time between nothing and `bound`. The keys of the standard library's hash maps are random
/// enough for clients not to come back all at once, and need no library.
fn random_up_to(bound: Duration) -> Duration {
    let random = RandomState::new().build_hasher().finish() >> 32;
    // Both factors are below 2 to the 32nd for any bound that fits into 49 days; a longer one is cut.
    let bound = u64::try_from(bound.as_millis()).map_or(u64::from(u32::MAX), |milliseconds| {
        milliseconds.min(u64::from(u32::MAX))
    });
    Duration::from_millis((bound * random) >> 32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_bound_doubles_up_to_the_longest() {
        let seconds = Duration::from_secs;
        let bounds: Vec<_> = (1..6).map(|n| bound(n, seconds(1), seconds(6))).collect();
        assert_eq!(bounds, [1, 2, 4, 6, 6].map(seconds));
    }

    #[test]
    fn pauses_are_spread_over_the_whole_range() {
        let pauses: Vec<_> = (0..1000)
            .map(|_| random_up_to(Duration::from_secs(100)))
            .collect();
        for tenth in 0..10 {
            let range = Duration::from_secs(tenth * 10)..Duration::from_secs((tenth + 1) * 10);
            let count = pauses.iter().filter(|pause| range.contains(pause)).count();
            // 100 are expected; fewer than 30 have a probability of less than one in a trillion.
            assert!(count > 30, "{count} of 1000 in {range:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bound_overflows(attempt in any::<u32>(), first in any::<u64>(), longest in any::<u64>()) {
            let longest = Duration::from_millis(longest);
            let bound = bound(attempt, Duration::from_millis(first), longest);
            prop_assert!(bound <= longest);
            prop_assert!(random_up_to(bound) <= bound);
        }
    }

    #[test]
    fn changing_a_copy_leaves_the_original_as_it_was() {
        let one = RetryPolicy::new();
        let other = one.clone().attempts(9);
        assert_eq!((one.0.attempts, other.0.attempts), (3, 9));
        assert_eq!(RetryPolicy::none().attempts(0).0.attempts, 1);
    }
}
