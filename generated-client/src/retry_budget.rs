//! What all calls of a client may spend on sending again, together. A single call cannot see an outage; many calls that each
//! try three times make it three times as large.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::Error;

/// What a client has to spend unless it is told otherwise.
const CAPACITY: u32 = 500;

/// What it costs to send again.
const RETRY: u32 = 5;

/// What it costs to send again after time ran out, which has kept a connection busy for long.
const AFTER_TIMEOUT: u32 = 10;

/// What a call brings in that succeeds at its first attempt.
const SUCCESS: u32 = 1;

/// How much all calls of a client may spend on sending again: a bucket of tokens, as in the SDKs of AWS.
///
/// A client has one of [`new(500)`](Self::new) unless
/// [`ClientBuilder::retry_budget`](crate::ClientBuilder::retry_budget) gives it another. To send a call again takes 5
/// tokens, or 10 after a timeout. A call that succeeds puts back what its last retry took, or 1 if it needed none, and
/// the bucket never holds more than at first. When it is empty, a call that fails is not sent again: it ends with
/// its error at once, of which [`Error::is_retry_budget_empty`] is then true.
///
/// So while a server is down, `n` calls send at most `n + capacity / 5` requests, 100 more than without retries, however
/// many attempts the [`RetryPolicy`](crate::RetryPolicy) allows. It holds for policies of single calls too, and for
/// pages that are asked for again.
///
/// Clones are the same bucket, so that several clients can share one.
///
/// ```
/// use generated_client::{AccountSid, Client, Credentials, RetryBudget};
///
/// let account: AccountSid = "AC00000000000000000000000000000000".parse()?;
/// let budget = RetryBudget::new(50);
/// let client = Client::builder(Credentials::auth_token(account, "token"))
///     .retry_budget(budget.clone())
///     .build()?;
/// assert_eq!(budget.left(), Some(50));
/// # let _ = client;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct RetryBudget(Option<Arc<Bucket>>);

struct Bucket {
    capacity: u32,
    left: AtomicU32,
}

impl RetryBudget {
    /// A full bucket of so many tokens. With less than 5 nothing is sent again.
    pub fn new(capacity: u32) -> Self {
        Self(Some(Arc::new(Bucket {
            capacity,
            left: AtomicU32::new(capacity),
        })))
    }

    /// No bound: only each call's own policy limits what is sent again.
    #[inline]
    pub fn unlimited() -> Self {
        Self(None)
    }

    /// How many tokens are left, or nothing where there is no bound.
    #[inline]
    pub fn left(&self) -> Option<u32> {
        Some(self.0.as_ref()?.left.load(Ordering::Relaxed))
    }

    /// Takes what it costs to send again after this error, and says how much that was. Nothing where there is too little.
    pub(crate) fn take(&self, error: &Error) -> Option<u32> {
        let cost = if error.is_timeout() {
            AFTER_TIMEOUT
        } else {
            RETRY
        };
        match &self.0 {
            Some(bucket) => bucket
                .left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                    left.checked_sub(cost)
                })
                .ok()
                .map(|_| cost),
            None => Some(0),
        }
    }

    /// Puts back what a call that succeeded brings in; `taken` is what its last retry took, if it had one.
    pub(crate) fn give(&self, taken: Option<u32>) {
        let Some(bucket) = &self.0 else { return };
        // A full bucket, which is the rule, costs this one look.
        let mut left = bucket.left.load(Ordering::Relaxed);
        while left < bucket.capacity {
            let more = left
                .saturating_add(taken.unwrap_or(SUCCESS))
                .min(bucket.capacity);
            match bucket.left.compare_exchange_weak(
                left,
                more,
                Ordering::Relaxed,
                Ordering::Relaxed,
            ) {
                Ok(_) => return,
                Err(now) => left = now,
            }
        }
    }
}

/// The bucket of a client that is told nothing else.
impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(CAPACITY)
    }
}

impl fmt::Debug for RetryBudget {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(bucket) => f
                .debug_struct("RetryBudget")
                .field("capacity", &bucket.capacity)
                .field("left", &bucket.left)
                .finish(),
            None => f.write_str("RetryBudget(unlimited)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One step of a client's life: a retry, one after a timeout, or a success after a retry or without one.
    fn steps() -> impl Strategy<Value = Vec<(bool, bool)>> {
        prop::collection::vec(any::<(bool, bool)>(), 0..200)
    }

    fn timed_out() -> Error {
        Error::not_begun()
    }

    fn refused() -> Error {
        let status = reqwest::StatusCode::SERVICE_UNAVAILABLE;
        Error::answered_with(status, reqwest::header::HeaderMap::new(), Vec::new(), false)
    }

    proptest! {
        #[test]
        fn it_counts_as_a_plain_number_does(capacity in 0_u32..60, steps in steps()) {
            let budget = RetryBudget::new(capacity);
            let mut left = capacity;
            let mut taken = None;
            for (is_retry, flag) in steps {
                if is_retry {
                    let cost = if flag { 10 } else { 5 };
                    let error = if flag { timed_out() } else { refused() };
                    taken = budget.take(&error);
                    prop_assert_eq!(taken, (left >= cost).then_some(cost));
                    left -= taken.unwrap_or(0);
                } else {
                    let back = taken.take().filter(|_| flag);
                    budget.give(back);
                    left = capacity.min(left + back.unwrap_or(1));
                }
                prop_assert_eq!(budget.left(), Some(left));
            }
        }
    }

    #[test]
    fn threads_never_spend_more_than_there_is() {
        let budget = RetryBudget::default();
        let spent: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| (0..1000).filter_map(|_| budget.take(&refused())).count()))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .sum()
        });
        assert_eq!((spent, budget.left()), (100, Some(0)));
    }

    #[test]
    fn without_a_bound_nothing_is_counted() {
        let budget = RetryBudget::unlimited();
        assert_eq!((budget.take(&refused()), budget.left()), (Some(0), None));
        budget.give(None);
        assert_eq!(format!("{budget:?}"), "RetryBudget(unlimited)");
        assert!(format!("{:?}", RetryBudget::new(7)).contains("left: 7"));
    }
}
