//! The one place where a request meets a host and credentials and is sent. Trying again, spans and turns
//! happen around an attempt here; whatever is to happen to a request happens in `request`; nothing else
//! in the crate sends credentials anywhere.

use std::cell::Cell;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue,
    TRANSFER_ENCODING, USER_AGENT,
};
use reqwest::{StatusCode, Url};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::call::CallOptions;
use super::early::Awaited;
use super::limits::ERROR_BYTES;
use super::operation::{Operation, Repeat};
use super::prepared::Prepared;
use super::refusal::refusal;
use super::reply::Reply;
use super::retry::{Attempts, Deadline, Failed, Sent, repeat};
use super::span::CallSpan;
use crate::client::Shared;
use crate::error::Outcome;
use crate::host::Base;
use crate::{Client, Error, ErrorKind};

/// Headers that a call cannot set, because the request would no longer be what was prepared.
const OWN_HEADERS: [HeaderName; 7] = [
    ACCEPT,
    AUTHORIZATION,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    HOST,
    TRANSFER_ENCODING,
    USER_AGENT,
];

/// How much room is made at once for a body that is announced.
const FIRST_ROOM: usize = 256 << 10;

/// Sends a prepared request, again where that is safe and may help, and hands back what came with a status
/// that its operation declares, or the error. The span that comes with it is open until the response has been decoded.
pub(super) async fn exec(
    options: &CallOptions,
    prepared: &Prepared,
) -> Result<(Received, CallSpan), Error> {
    let span = span_of(options.client(), prepared.operation());
    let mut call = Call {
        options,
        prepared,
        span: &span,
        unclear: false,
    };
    let budget = &options.client().shared().retry_budget;
    let result = match refusal(options, prepared) {
        Ok(()) => {
            span.around(repeat(options.retry(), budget, &mut call))
                .await
        }
        Err(error) => Err(call.located(error, Sent::now(0))),
    };
    match result {
        Ok(received) => {
            let request_id = crate::response::request_id(&received.headers);
            span.end(Some(received.status), request_id);
            Ok((received, span))
        }
        Err(error) => {
            span.end(error.status(), error.request_id());
            span.failed(error.kind());
            Err(error)
        }
    }
}

/// A span of a call that came to nothing before there was a request.
pub(super) fn refused(client: &Client, error: &Error) {
    if let Some(operation) = error.operation_ref() {
        let span = span_of(client, operation);
        span.end(None, None);
        span.failed(error.kind());
    }
}

fn span_of(client: &Client, operation: &Operation) -> CallSpan {
    let base = client.shared().hosts.base(operation.host);
    CallSpan::new(operation, base.map(Base::domain).unwrap_or_default())
}

/// One call, over all of its attempts.
struct Call<'a> {
    options: &'a CallOptions,
    prepared: &'a Prepared,
    span: &'a CallSpan,
    /// Whether an earlier attempt may have done its work without our knowing.
    unclear: bool,
}

impl Attempts for Call<'_> {
    type Value = Received;

    fn awaited(&self) -> Option<&Awaited> {
        self.options.awaited()
    }

    async fn next(&mut self, attempt: u32, deadline: Deadline) -> Result<Received, Failed> {
        let operation = self.prepared.operation();
        let shared = self.options.client().shared();
        self.span.attempt(attempt);
        let _turn = match &shared.turns {
            Some(turns) => match turn(turns, self.options.awaited(), &deadline).await {
                Some(turn) => Some(turn),
                None => return Err(Failed::NotBegun(self.not_begun(attempt))),
            },
            None => None,
        };
        let left = deadline.left();
        if left.is_zero() {
            return Err(Failed::NotBegun(self.not_begun(attempt)));
        }
        // What creates or bills is not cut off by it, because its outcome would then be unknown.
        let timeout = match operation.repeat {
            Repeat::Safe => left.min(self.options.timeout()),
            Repeat::Never => self.options.timeout(),
        };
        let sent = Sent::now(attempt);
        let result = match self.options.awaited() {
            None => self.send(timeout, sent).await,
            Some(awaited) => {
                awaited
                    .within(timeout, self.send(Duration::MAX, sent))
                    .await
            }
        };
        let error = match result {
            Ok(received) => return Ok(received),
            Err(error) => error,
        };
        if self.unclear && operation.deletes() {
            match error.into_not_found() {
                Ok((status, headers, body)) => {
                    return Ok(Received {
                        status,
                        headers,
                        body: body.into(),
                        sent,
                    });
                }
                Err(error) => return Err(Failed::Attempt(self.located(error, sent))),
            }
        }
        let error = self.located(error, sent);
        self.unclear |= error.outcome() == Outcome::Unclear;
        Err(Failed::Attempt(error))
    }
}

/// Waits for a turn until the deadline. What is asked for early takes only a turn beside which another one is free until
/// somebody waits for it: nobody may poll it for a long time, and others must not wait for it meanwhile.
async fn turn<'a>(
    turns: &'a Semaphore,
    awaited: Option<&Awaited>,
    deadline: &Deadline,
) -> Option<SemaphorePermit<'a>> {
    if let Some(awaited) = awaited
        && let Some(turn) = awaited.permit(turns).await
    {
        return Some(turn);
    }
    // A timer is only worth its price where there is something to wait for.
    match turns.try_acquire() {
        Ok(turn) => Some(turn),
        // It is an error only when the semaphore was closed, which nothing does.
        Err(_) => timeout(deadline.left(), turns.acquire()).await.ok()?.ok(),
    }
}

/// What came, with a status that the operation declares.
pub(crate) struct Received {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    sent: Sent,
}

impl Received {
    /// The reply to the request that this came for.
    pub(super) fn answer(
        self,
        client: Client,
        prepared: Prepared,
        keeps_json: bool,
        span: CallSpan,
    ) -> Reply {
        let (operation, path, request_body) = prepared.into_parts();
        Reply {
            client,
            operation,
            path,
            request_body,
            status: self.status,
            headers: self.headers,
            body: self.body,
            sent: self.sent,
            span,
            skipped: Cell::default(),
            keeps_json,
        }
    }
}

impl Call<'_> {
    fn located(&self, error: Error, sent: Sent) -> Error {
        let shared = self.options.client().shared();
        let error = match error.kind() {
            // It never was on its way.
            ErrorKind::Configuration | ErrorKind::Request => error,
            _ => error.in_attempt(sent),
        };
        error
            .in_call(self.prepared.operation(), &|| {
                url_text(shared, self.prepared)
            })
            .conceal(&shared.concealer)
    }

    fn not_begun(&self, attempt: u32) -> Error {
        self.located(Error::not_begun(), Sent::now(attempt))
    }

    /// Sends the request once.
    async fn send(&self, timeout: Duration, sent: Sent) -> Result<Received, Error> {
        let shared = self.options.client().shared();
        let mut request = request(self.options, self.prepared)?;
        // The HTTP client knows the usual one already; saying it again would cost each request a table.
        if timeout != shared.limits.timeout {
            *request.timeout_mut() = Some(timeout);
        }
        let mut response = shared
            .http
            .execute(request)
            .await
            .map_err(Error::transport)?;
        let status = response.status();
        let mut headers = std::mem::take(response.headers_mut());
        shared.concealer.headers(&mut headers);
        if !self.prepared.operation().declares(status) {
            // The status is known: a body that breaks off or does not end changes nothing about it.
            let (body, cut) = match read(&mut response, ERROR_BYTES).await {
                Ok(whole) => whole,
                Err((body, _)) => (body, true),
            };
            let mut body = body.to_vec();
            // The error document is read from the body, so this has to come first.
            let cut = shared.concealer.body(&mut body) || cut;
            return Err(Error::answered_with(status, headers, body, cut));
        }
        let limit = shared.limits.reply_bytes;
        if announced(&response).is_some_and(|length| length > limit) {
            return Err(Error::too_large(status, headers, Vec::new(), limit));
        }
        match read(&mut response, limit).await {
            Ok((body, false)) => Ok(Received {
                status,
                headers,
                body,
                sent,
            }),
            Ok((body, true)) => Err(Error::too_large(status, headers, beginning(&body), limit)),
            Err((body, error)) => Err(Error::broken_off(status, headers, beginning(&body), error)),
        }
    }
}

/// How long the server says that the body is; longer than the machine can count is as long as it can.
fn announced(response: &reqwest::Response) -> Option<usize> {
    let length = response.content_length()?;
    Some(usize::try_from(length).unwrap_or(usize::MAX))
}

/// As much of a body as an error keeps, in memory of its own: the buffer that it came in may be far larger.
fn beginning(body: &Bytes) -> Vec<u8> {
    body.get(..ERROR_BYTES).unwrap_or(body).to_vec()
}

/// Reads the body up to `limit`, and whether there was more of it.
///
/// A body that came in one piece, as most do, is that piece; only further ones are put together.
async fn read(
    response: &mut reqwest::Response,
    limit: usize,
) -> Result<(Bytes, bool), (Bytes, reqwest::Error)> {
    let room = announced(response)
        .unwrap_or_default()
        .min(limit)
        .min(FIRST_ROOM);
    let mut body = Body::Piece(Bytes::new());
    let mut left = limit;
    loop {
        let mut chunk = match response.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => return Ok((body.into(), false)),
            Err(error) => return Err((body.into(), error)),
        };
        let cut = chunk.len() > left;
        chunk.truncate(left);
        left -= chunk.len();
        body.push(chunk, room);
        if cut {
            return Ok((body.into(), true));
        }
    }
}

/// A body as far as it has come.
enum Body {
    Piece(Bytes),
    Joined(Vec<u8>),
}

impl Body {
    /// Appends a chunk, and makes room for so many bytes when it is the second.
    fn push(&mut self, chunk: Bytes, room: usize) {
        match self {
            Self::Piece(first) if first.is_empty() => *first = chunk,
            Self::Piece(first) => {
                let mut joined = Vec::with_capacity(room.max(first.len() + chunk.len()));
                joined.extend_from_slice(first);
                joined.extend_from_slice(&chunk);
                *self = Self::Joined(joined);
            }
            Self::Joined(joined) => joined.extend_from_slice(&chunk),
        }
    }
}

impl From<Body> for Bytes {
    fn from(body: Body) -> Self {
        match body {
            Body::Piece(piece) => piece,
            Body::Joined(joined) => joined.into(),
        }
    }
}

/// Gives a prepared request its host, headers and credentials.
fn request(options: &CallOptions, prepared: &Prepared) -> Result<reqwest::Request, Error> {
    let shared = options.client().shared();
    if let Some(fault) = prepared.fault() {
        return Err(Error::request(fault.clone()));
    }
    if let Some(fault) = options.bad_header() {
        return Err(Error::request(fault.to_owned()));
    }
    if let Some(name) = OWN_HEADERS
        .iter()
        .find(|name| options.headers().contains_key(*name))
    {
        return Err(Error::request(format!(
            "the header `{name}` is set by the client and cannot be set by a call"
        )));
    }
    let mut text = url_text(shared, prepared);
    if !prepared.query_text().is_empty() {
        text.push('?');
        text.push_str(prepared.query_text());
    }
    let url = Url::parse(&text)
        .map_err(|error| Error::request_from("the request's URL is not one", error))?;
    if !url.path().ends_with(prepared.path()) {
        return Err(Error::request(
            "the request's path is not one: it would be read as another",
        ));
    }
    if !shared.hosts.own(&url) {
        return Err(Error::request(
            "the request's URL leads to a host that is not the client's",
        ));
    }
    let mut request = reqwest::Request::new(prepared.operation().method.clone(), url);
    let headers = request.headers_mut();
    headers.insert(USER_AGENT, shared.user_agent.clone());
    headers.extend(
        options
            .headers()
            .iter()
            .map(|(name, value)| (name.clone(), value.clone())),
    );
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(AUTHORIZATION, shared.authorization.header());
    if let Some(body) = prepared.body() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(body.content_type));
        if body.bytes.is_empty() {
            // The HTTP library says nothing about an empty body, and some gateways then ask for its length.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        *request.body_mut() = Some(body.bytes.clone().into());
    }
    Ok(request)
}

/// The request's URL without its query.
fn url_text(shared: &Shared, prepared: &Prepared) -> String {
    let base = shared.hosts.base(prepared.operation().host);
    let mut text = String::with_capacity(256);
    text.push_str(base.map(Base::text).unwrap_or_default());
    text.push_str(prepared.path());
    text
}

#[cfg(test)]
mod tests;
