//! A request that is made before anybody waits for its response, as for the next page of a list. It is one call like any
//! other, with the same attempts, but for what would be wrong as long as nobody waits: it takes no concurrency permit
//! that others need, it is not made a second time, and no time runs against it, because nobody may poll it meanwhile.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout};

use crate::Error;

/// Whether somebody waits for a call that was begun early, and since when.
///
/// Nothing is woken when that changes: who begins to wait polls the call right after.
#[derive(Clone, Debug, Default)]
pub(crate) struct Awaited(Arc<OnceLock<Instant>>);

impl Awaited {
    /// Says that somebody waits from now on.
    pub(crate) fn begin(&self) {
        self.0.get_or_init(Instant::now);
    }

    /// Since when somebody waits.
    pub(crate) fn since(&self) -> Option<Instant> {
        self.0.get().copied()
    }

    /// Is over when somebody waits.
    pub(crate) async fn begun(&self) {
        poll_fn(|_| match self.since() {
            Some(_) => Poll::Ready(()),
            None => Poll::Pending,
        })
        .await;
    }

    /// What the future gives, unless it takes longer than `limit` once somebody waits for it.
    pub(crate) async fn within<T>(
        &self,
        limit: Duration,
        future: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let mut future = pin!(future);
        let early = poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(result) => Poll::Ready(Some(result)),
            Poll::Pending if self.since().is_some() => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        });
        match early.await {
            Some(result) => result,
            None => match timeout(limit, future).await {
                Ok(result) => result,
                Err(_) => Err(Error::timed_out()),
            },
        }
    }

    /// A permit beside which another one is free; nothing once somebody waits, who takes a permit like anybody else.
    pub(crate) async fn permit<'a>(&self, permits: &'a Semaphore) -> Option<SemaphorePermit<'a>> {
        poll_fn(|_| {
            if self.since().is_some() {
                return Poll::Ready(None);
            }
            match permits.try_acquire_many(2) {
                Ok(mut two) => Poll::Ready(two.split(1)),
                Err(_) => Poll::Pending,
            }
        })
        .await
    }
}
