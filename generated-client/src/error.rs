//! The one error type of the crate: what went wrong, in which call, and everything the server said
//! about it. It never holds credentials, a query or a request body.

#[cfg(feature = "test-util")]
mod built;
mod cause;
mod create;
mod display;
mod envelope;
mod outcome;
mod retry_after;
mod sentence;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use self::envelope::Envelope;
use crate::codes;
use crate::runtime::{OperationRef, Sent};

#[cfg(feature = "test-util")]
pub use self::built::{ErrorBuilder, error};
pub(crate) use self::outcome::Outcome;

/// Why a call gave no value, or a client could not be built.
///
/// Ask the predicates what to do, the accessors what the server said; [`kind`](Self::kind) tells the
/// stages apart. It displays as one line and chains to its cause by
/// [`source`](std::error::Error::source).
///
/// ```no_run
/// # async fn example(client: generated_client::Client) -> Result<(), generated_client::Error> {
/// # let sid: generated_client::AvailableAddOnSid = "XB00000000000000000000000000000000".parse().unwrap();
/// use generated_client::codes;
///
/// match client.listing(sid).fetch().await {
///     Ok(listing) => println!("{listing:?}"),
///     Err(error) if error.is_not_found() => println!("no such listing"),
///     Err(error) if error.code() == Some(codes::TEST_CREDENTIALS) => println!("use live credentials"),
///     Err(error) if error.is_retryable() => println!("try again in {:?}", error.retry_after()),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
///
/// What refuses a value before there is a request, such as a SID or a quantity, becomes this error by `?`, with the
/// kind [`Request`](ErrorKind::Request). `Debug` begins with the same line as `Display`, so a `main` that returns
/// it prints something readable:
///
/// ```
/// use generated_client::{AvailableAddOnSid, Error, PageSize, Quantity};
///
/// fn arguments(sid: &str, quantity: &str) -> Result<(AvailableAddOnSid, Quantity, PageSize), Error> {
///     Ok((sid.parse()?, quantity.parse()?, PageSize::new(50)?))
/// }
///
/// let error = arguments("XB1", "2.5").unwrap_err();
/// assert!(error.to_string().starts_with("a SID is refused: expected an available add-on SID: `XB` and 32"));
/// assert!(format!("{error:?}").starts_with(&error.to_string()));
/// ```
pub struct Error(Box<Inner>);

/// The stage at which a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting of the client is missing or wrong. Nothing was sent.
    Configuration,
    /// The request breaks a rule of the API and was not sent.
    Request,
    /// No connection could be made, or the deadline passed while waiting for a permit. Nothing was sent.
    Connect,
    /// The time for the call ran out.
    Timeout,
    /// The connection failed while the request was sent or the response was read.
    Transport,
    /// The status of the response is an error.
    Api,
    /// The status of the response is neither an error nor one that the operation declares.
    UnexpectedStatus,
    /// The response's body is not what the operation returns. The error's text says where in the JSON, what was
    /// expected and what was found, and never the value: `installed_add_ons[3].sid: missing`.
    Decode,
    /// The response's body is longer than the client's limit, or would take too much memory when it is decoded; see
    /// [`ClientBuilder::reply_limit`](crate::ClientBuilder::reply_limit).
    TooLarge,
    /// The API does not say where a payload's content is, or says a place that must not be read.
    /// Nothing was sent there.
    Location,
    /// The server that has a payload's content returned an error. [`Error::status`] is that of this server,
    /// which is not Twilio's API, so no predicate is true of it. A new call gives a new location.
    Download,
    /// The list cannot be read to its end, or not within the bounds of the walk: the link to the next page leads elsewhere or
    /// in a circle, too many pages are empty, or there are more items than were to be collected.
    Paging,
    /// A payload's content could not be saved as a file.
    File,
}

struct Inner {
    kind: ErrorKind,
    text: Cow<'static, str>,
    call: Option<Call>,
    sent: Option<Sent>,
    reply: Option<Received>,
    timed_out: bool,
    /// Whether the cause stays until somebody changes a setting, such as a certificate that is not trusted.
    is_permanent: bool,
    /// Whether it would have been sent again if the client's budget for that had not been empty.
    is_budget_empty: bool,
    /// The id of the request before the one that failed.
    request_id: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// Which request the error is about.
#[derive(Debug)]
struct Call {
    operation: OperationRef,
    /// Without query.
    url: String,
}

/// What of a response arrived before the call failed.
#[derive(Debug)]
struct Received {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
    cut: bool,
    retry_after: Option<Duration>,
    envelope: Envelope,
}

impl Error {
    /// The stage at which the call failed.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// There is no such resource: status 404, or code 20404 with another 4xx.
    ///
    /// The 404 of a proxy counts too. Where a 404 is to prove that something is gone, compare [`code`](Self::code) with
    /// [`codes::NOT_FOUND`].
    pub fn is_not_found(&self) -> bool {
        self.answered(StatusCode::NOT_FOUND, codes::NOT_FOUND)
    }

    /// What exists already forbids it, as a unique name that is in use probably does: status 409, or code 20409 with
    /// another 4xx. Twilio does not list the causes; [`message`](Self::message) may name it.
    #[inline]
    pub fn is_conflict(&self) -> bool {
        self.answered(StatusCode::CONFLICT, codes::CONFLICT)
    }

    /// The credentials were not accepted, or do not allow this: status 401 or 403, or their codes with another 4xx.
    #[inline]
    pub fn is_auth(&self) -> bool {
        self.answered(StatusCode::UNAUTHORIZED, codes::UNAUTHENTICATED)
            || self.answered(StatusCode::FORBIDDEN, codes::FORBIDDEN)
    }

    /// Too many requests, and this one was not processed: status 429, or code 20429 with another 4xx where the
    /// operation may be repeated. [`retry_after`](Self::retry_after) may say when to come back.
    ///
    /// For a call that creates or bills only the status proves that it was not processed, so the code alone does not
    /// make this true; [`code`](Self::code) tells of it.
    pub fn is_rate_limited(&self) -> bool {
        if self.is_once() {
            return self.0.kind == ErrorKind::Api
                && self.status() == Some(StatusCode::TOO_MANY_REQUESTS);
        }
        self.answered(StatusCode::TOO_MANY_REQUESTS, codes::TOO_MANY_REQUESTS)
    }

    /// Time ran out, while connecting, waiting or reading.
    pub fn is_timeout(&self) -> bool {
        self.0.timed_out
    }

    /// It was not sent again although its policy allows it, because the [`RetryBudget`](crate::RetryBudget) that all calls
    /// of the client share is empty: many calls fail, and more requests would not help.
    #[inline]
    pub fn is_retry_budget_empty(&self) -> bool {
        self.0.is_budget_empty
    }

    /// The same call may be sent again, can succeed, and cannot do its work twice.
    ///
    /// True after a failure that will pass by itself: for every operation where nothing was sent (no connection) or
    /// processed (status 429); and where the operation may be repeated, also for a lost or failed response: a broken
    /// connection, a timeout, a 5xx, 408, 425, 499, or the code 20429 with another 4xx. A certificate that is not
    /// trusted, a host that does not exist and the like do not pass by themselves.
    ///
    /// It is never true together with [`is_outcome_unknown`](Self::is_outcome_unknown).
    pub fn is_retryable(&self) -> bool {
        match self.outcome() {
            Outcome::NotProcessed => true,
            Outcome::Unclear => !self.is_once(),
            Outcome::Definite => false,
        }
    }

    /// The call creates or bills, may have been carried out, and the response does not say so.
    ///
    /// So it is after a broken connection, a timeout, 408, 499, any 5xx whatever code is in its body, a status that the
    /// operation does not declare and that is no error (307 and 308 excepted), and a success that cannot be read. Any other
    /// 4xx is a refusal: nothing was done.
    ///
    /// It was not sent again, and sending it again could do it twice. First find out whether it was done: list what was to
    /// be created, or ask Twilio's support, for whom [`request_id`](Self::request_id), [`sent_at`](Self::sent_at),
    /// [`method`](Self::method) and [`url`](Self::url) identify the request.
    /// [`status`](Self::status) tells whether at least the head of a response arrived: with a status of
    /// 2xx, only its content is missing.
    #[inline]
    pub fn is_outcome_unknown(&self) -> bool {
        self.is_once() && self.outcome() == Outcome::Unclear
    }

    /// The response's status, if there was a response.
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.0.reply.as_ref()?.status)
    }

    /// The response's headers, if there was a response. The client's credentials are taken out, where the server repeated them.
    #[inline]
    pub fn headers(&self) -> Option<&HeaderMap> {
        Some(&self.0.reply.as_ref()?.headers)
    }

    /// Twilio's error code, as in [`codes`].
    pub fn code(&self) -> Option<u32> {
        self.envelope()?.code
    }

    /// Twilio's words for the error.
    pub fn message(&self) -> Option<&str> {
        self.envelope()?.message.as_deref()
    }

    /// The address of a page about the error.
    #[inline]
    pub fn more_info(&self) -> Option<&str> {
        self.envelope()?.more_info.as_deref()
    }

    /// The error document's `details`, or the list of `errors` of a problem document.
    #[inline]
    pub fn details(&self) -> Option<&Value> {
        self.envelope()?.details.as_ref()
    }

    /// The error document's `params`.
    #[inline]
    pub fn params(&self) -> Option<&Value> {
        self.envelope()?.params.as_ref()
    }

    /// Whether the error document blames the caller, where it says so.
    #[inline]
    pub fn user_error(&self) -> Option<bool> {
        self.envelope()?.user_error
    }

    /// Twilio's id of the request, which its support asks for. Where a download failed, it is that of the request
    /// that told where the content is.
    pub fn request_id(&self) -> Option<&str> {
        self.headers()
            .and_then(crate::response::request_id)
            .or(self.0.request_id.as_deref())
    }

    /// How long the server asks to wait, counted from when its response arrived.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.reply.as_ref()?.retry_after
    }

    /// How often the call was sent, or was to be sent: at least 1, unless it failed before the first
    /// attempt.
    #[inline]
    pub fn attempts(&self) -> u32 {
        self.0.sent.map_or(0, |sent| sent.attempt)
    }

    /// When the last attempt began, by the clock of this machine. With [`request_id`](Self::request_id)
    /// it is what to look for when the outcome is unknown.
    #[inline]
    pub fn sent_at(&self) -> Option<SystemTime> {
        Some(self.0.sent?.at)
    }

    /// The `operationId` in the API description, `FetchListing`. A raw request has none.
    #[inline]
    pub fn operation(&self) -> Option<&'static str> {
        let id = self.0.call.as_ref()?.operation.id;
        (!id.is_empty()).then_some(id)
    }

    /// The request's method.
    pub fn method(&self) -> Option<&Method> {
        Some(&self.0.call.as_ref()?.operation.method)
    }

    /// The request's URL without its query.
    pub fn url(&self) -> Option<&str> {
        Some(self.0.call.as_ref()?.url.as_str())
    }

    /// The response's body as far as it was kept: at most 64 KiB, less where it broke off. The client's
    /// credentials are taken out, where the server repeated them, and are `[credentials]` there.
    #[inline]
    pub fn body(&self) -> Option<&[u8]> {
        Some(self.0.reply.as_ref()?.body.as_slice())
    }

    /// Whether [`body`](Self::body) lacks a part of what the server sent or was about to send.
    #[inline]
    pub fn is_body_truncated(&self) -> bool {
        self.0.reply.as_ref().is_some_and(|reply| reply.cut)
    }

    /// The operation that was called, if that is known.
    pub(crate) fn operation_ref(&self) -> Option<&OperationRef> {
        Some(&self.0.call.as_ref()?.operation)
    }

    fn envelope(&self) -> Option<&Envelope> {
        Some(&self.0.reply.as_ref()?.envelope)
    }

    // A code counts only where the status refuses: with any other the work may have been done, whatever the code.
    fn answered(&self, status: StatusCode, code: u32) -> bool {
        self.0.kind == ErrorKind::Api
            && self.status().is_some_and(|answered| {
                let refused = answered.is_client_error() && !outcome::gave_up(answered);
                answered == status || refused && self.code() == Some(code)
            })
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source: &(dyn StdError + 'static) = self.0.source.as_deref()?;
        Some(source)
    }
}

/// The same line as by `Display`, then what it leaves out, as far as there is any. So it can be what a `main` that returns
/// this error prints.
impl fmt::Debug for Error {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, source, .. } = &*self.0;
        write!(f, "{self}")?;
        let mut rest = f.debug_struct("");
        rest.field("kind", kind);
        if let Some(pause) = self.retry_after() {
            rest.field("retry_after", &pause);
        }
        if let Some(sent) = self.0.sent {
            rest.field("attempts", &sent.attempt)
                .field("sent_at", &sent.at);
        }
        if let Some(body) = self.body().filter(|body| !body.is_empty()) {
            rest.field("body_bytes", &body.len());
        }
        if let Some(source) = source {
            rest.field("source", source);
        }
        rest.finish()
    }
}

#[cfg(test)]
mod tests;
