//! From a prepared request to the future that the caller awaits. The generic part is kept to the last
//! step, decoding; all else is compiled once.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::exec::{exec, locate};
use super::prepared::Prepared;
use super::reply::Reply;
use crate::{Acceptance, Client, Error, Receipt, Response, RetryPolicy};

/// A call on its way. Dropping it cancels the call; whether the server has acted on it by then is open.
pub type CallFuture<T> = Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send + 'static>>;

/// A call on its way whose result must be looked at; otherwise the same as [`CallFuture`].
pub type ReceiptFuture<T> =
    Pin<Box<dyn Future<Output = Result<Receipt<T>, Error>> + Send + 'static>>;

/// How one reply becomes a value.
pub(crate) type Decode<T> = fn(&Reply) -> Result<T, Error>;

/// The client of a call, and what the call wants otherwise than the client.
#[derive(Clone)]
pub(crate) struct CallOptions {
    client: Client,
    timeout: Option<Duration>,
    headers: HeaderMap,
    retry: Option<RetryPolicy>,
    early: bool,
}

impl CallOptions {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            timeout: None,
            headers: HeaderMap::new(),
            retry: None,
            early: false,
        }
    }

    /// The same for a request that is made before anybody waits for it: once, and only if it is in nobody's way.
    pub(crate) fn early(&self) -> Self {
        Self {
            retry: Some(RetryPolicy::none()),
            early: true,
            ..self.clone()
        }
    }

    /// Whether the request is made before anybody waits for it.
    pub(crate) fn is_early(&self) -> bool {
        self.early
    }

    /// Sets how long each attempt of the call may take.
    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Adds a header, or replaces what was added under its name.
    pub(crate) fn set_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.insert(name, value);
    }

    /// Sets when the call is sent again.
    pub(crate) fn set_retry(&mut self, retry: RetryPolicy) {
        self.retry = Some(retry);
    }

    /// When the call is sent again: what it says itself, or else the client.
    pub(crate) fn retry(&self) -> &RetryPolicy {
        self.retry.as_ref().unwrap_or(&self.client.shared().retry)
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// How long one attempt may take: what the call says itself, or else the client.
    pub(crate) fn timeout(&self) -> Duration {
        self.timeout.unwrap_or(self.client.shared().limits.timeout)
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}

/// The headers' values are left out: they may be secrets.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("account_sid", &self.client.account_sid().as_str())
            .field("timeout", &self.timeout)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("retry", &self.retry)
            .finish()
    }
}

/// Sends a request and decodes its reply, once the future is polled.
pub(crate) fn send<T: Send + 'static>(
    options: CallOptions,
    prepared: Result<Prepared, Error>,
    decode: Decode<T>,
) -> CallFuture<T> {
    match prepared {
        Ok(prepared) => Box::pin(respond(options, prepared, decode)),
        Err(error) => Box::pin(std::future::ready(Err(error))),
    }
}

/// The same for a request that the server may only have accepted.
pub(crate) fn receive<T: Send + 'static>(
    options: CallOptions,
    prepared: Result<Prepared, Error>,
    decode: Decode<Acceptance<T>>,
) -> ReceiptFuture<T> {
    match prepared {
        Ok(prepared) => {
            Box::pin(async move { respond(options, prepared, decode).await.map(Receipt::new) })
        }
        Err(error) => Box::pin(std::future::ready(Err(error))),
    }
}

#[expect(
    clippy::manual_async_fn,
    reason = "the block keeps what it captures once, in a future that is boxed; an `async fn` would keep each argument twice"
)]
fn respond<T>(
    options: CallOptions,
    prepared: Prepared,
    decode: Decode<T>,
) -> impl Future<Output = Result<Response<T>, Error>> {
    async move {
        let reply = exec(&options, &prepared).await?.answer(prepared);
        match decode(&reply) {
            Ok(value) => Ok(Response::new(value, reply.status, reply.headers)),
            Err(error) => Err(locate(error, &options, &reply)),
        }
    }
}
