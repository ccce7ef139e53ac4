//! From a prepared request to the future that the caller awaits. The generic part is kept to the last
//! step, decoding; all else is compiled once.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::early::Awaited;
use super::exec::{exec, refused};
use super::prepared::Prepared;
use super::reply::Reply;
use crate::setting::time_fault;
use crate::{Acceptance, Client, Error, Receipt, Response, RetryPolicy};

/// A call that runs while it is polled. Dropping it cancels the call; the server may have acted on it by then.
#[must_use = "a call is sent when it is awaited"]
pub struct CallFuture<T> {
    reply: ReplyFuture,
    decode: Decode<T>,
}

/// A call whose result must be looked at; otherwise the same as [`CallFuture`].
#[must_use = "a call is sent when it is awaited"]
pub struct ReceiptFuture<T>(CallFuture<Acceptance<T>>);

/// A reply on its way, whatever will be read from it.
type ReplyFuture = Pin<Box<dyn Future<Output = Result<Reply, Error>> + Send>>;

/// How one reply becomes a value.
pub(crate) type Decode<T> = fn(&Reply) -> Result<T, Error>;

/// The client of a call, and what the call wants otherwise than the client.
#[derive(Clone)]
pub(crate) struct CallOptions {
    client: Client,
    timeout: Option<Duration>,
    headers: HeaderMap,
    retry: Option<RetryPolicy>,
    awaited: Option<Awaited>,
    keeps_json: bool,
    /// What is wrong with a header that the call was given.
    bad_header: Option<Box<str>>,
}

impl CallOptions {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            timeout: None,
            headers: HeaderMap::new(),
            retry: None,
            awaited: None,
            keeps_json: false,
            bad_header: None,
        }
    }

    /// The same for a request that is made before anybody waits for it.
    pub(crate) fn early(&self, awaited: Awaited) -> Self {
        Self {
            awaited: Some(awaited),
            ..self.clone()
        }
    }

    /// Who waits for the request, where it is made before anybody does.
    pub(crate) fn awaited(&self) -> Option<&Awaited> {
        self.awaited.as_ref()
    }

    /// Sets how long each attempt of the call may take.
    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Adds a header, or replaces what was added under its name. Without a value, what was given could be none.
    pub(crate) fn set_header(&mut self, name: &str, value: Option<HeaderValue>) {
        match (HeaderName::from_bytes(name.as_bytes()), value) {
            (Ok(name), Some(value)) => {
                self.headers.insert(name, value);
            }
            (Ok(name), None) => {
                let fault = format!(
                    "the value of the header `{name}` is none that a header can have; leave out control characters"
                );
                self.bad_header = Some(fault.into());
            }
            (Err(_), _) => self.bad_header = Some(no_name(name).into()),
        }
    }

    /// What is wrong with a header that the call was given, if anything is.
    pub(crate) fn bad_header(&self) -> Option<&str> {
        self.bad_header.as_deref()
    }

    /// Keeps the text of the response.
    pub(crate) fn keep_json(&mut self) {
        self.keeps_json = true;
    }

    /// Sets when the call is sent again.
    pub(crate) fn set_retry(&mut self, retry: RetryPolicy) {
        self.retry = Some(retry);
    }

    /// When the call is sent again: what it says itself, or else the client.
    pub(crate) fn retry(&self) -> &RetryPolicy {
        self.retry.as_ref().unwrap_or(&self.client.shared().retry)
    }

    /// What is wrong with the settings that the call has of its own.
    pub(super) fn fault(&self) -> Option<String> {
        let timeout = self.timeout.and_then(time_fault);
        let retry = self.retry.as_ref().and_then(RetryPolicy::fault);
        timeout
            .map(|fault| format!("the call's timeout {fault}"))
            .or_else(|| retry.map(|fault| format!("the call's retry policy {fault}")))
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

/// Why a text is no header's name. Who mixed up name and value must not find the value here, so that only what could
/// begin a name is shown.
fn no_name(text: &str) -> String {
    const LONGEST: usize = 40;
    let is_of_a_name =
        |letter: &char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(*letter);
    let beginning: String = text
        .chars()
        .take_while(is_of_a_name)
        .take(LONGEST)
        .collect();
    if beginning.is_empty() {
        "the name of a header is empty, or begins with a character that no name has".to_owned()
    } else {
        format!(
            "no header can have the name that begins with `{beginning}`: it is too long, or the next character cannot be in a name"
        )
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
pub(crate) fn send<T>(
    options: CallOptions,
    prepared: Result<Prepared, Error>,
    decode: Decode<T>,
) -> CallFuture<T> {
    CallFuture {
        reply: reply(options, prepared),
        decode,
    }
}

/// The same for a request that the server may only have accepted.
pub(crate) fn receive<T>(
    options: CallOptions,
    prepared: Result<Prepared, Error>,
    decode: Decode<Acceptance<T>>,
) -> ReceiptFuture<T> {
    ReceiptFuture(send(options, prepared, decode))
}

fn reply(options: CallOptions, prepared: Result<Prepared, Error>) -> ReplyFuture {
    match prepared {
        Ok(prepared) => Box::pin(async move {
            let (received, span) = exec(&options, &prepared).await?;
            Ok(received.answer(options.client, prepared, options.keeps_json, span))
        }),
        Err(error) => Box::pin(async move {
            refused(&options.client, &error);
            Err(error)
        }),
    }
}

impl<T> CallFuture<T> {
    /// The response and the body of the request, or the error that says which call it belongs to.
    fn poll_decoded(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<(Response<T>, Bytes), Error>> {
        let reply = match ready!(self.reply.as_mut().poll(context)) {
            Ok(reply) => reply,
            Err(error) => return Poll::Ready(Err(error)),
        };
        Poll::Ready(match (self.decode)(&reply) {
            Ok(value) => {
                let skipped = reply.skipped.take();
                let json = reply.keeps_json.then_some(reply.body);
                let mut response = Response::new(value, reply.status, reply.headers);
                response.keep(skipped, json);
                Ok((response, reply.request_body))
            }
            Err(error) => Err(reply.locate(error)),
        })
    }
}

impl<T> Future for CallFuture<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let decoded = ready!(self.poll_decoded(context));
        Poll::Ready(decoded.map(|(response, _)| response))
    }
}

impl<T> Future for ReceiptFuture<T> {
    type Output = Result<Receipt<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let decoded = ready!(self.0.poll_decoded(context));
        Poll::Ready(decoded.map(|(response, request_body)| Receipt::new(response, request_body)))
    }
}

impl<T> fmt::Debug for CallFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallFuture").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for ReceiptFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiptFuture").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
