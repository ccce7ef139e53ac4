//! How an error comes to be: one constructor for each way in which a call can fail. What a failure of the
//! HTTP library means is decided here and nowhere else.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt::Write;
use std::time::SystemTime;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::cause;
use super::envelope::Envelope;
use super::{Call, Error, ErrorKind, Inner, Received, retry_after};
use crate::codes;
use crate::conceal::Concealer;
use crate::one_line::OneLine;
use crate::runtime::{ERROR_BYTES, OperationRef, Reply, Sent, Undecodable};

impl Error {
    pub(super) fn new(kind: ErrorKind, text: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            text: text.into(),
            call: None,
            sent: None,
            reply: None,
            timed_out: false,
            is_permanent: false,
            is_budget_empty: false,
            request_id: None,
            source: None,
        }))
    }

    fn because(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// A setting that is missing or wrong.
    pub(crate) fn configuration(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Configuration, text)
    }

    /// A setting that another library or a parser refuses.
    pub(crate) fn configuration_from(
        text: impl Into<Cow<'static, str>>,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self::configuration(text).because(source)
    }

    /// A request that must not be sent.
    pub(crate) fn request(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Request, text)
    }

    /// A request that must not be sent, and what said so.
    pub(crate) fn request_from(
        text: impl Into<Cow<'static, str>>,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self::request(text).because(source)
    }

    /// A link to another page that must not be followed.
    pub(crate) fn paging(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Paging, text)
    }

    /// A place of content that is missing or must not be read.
    pub(crate) fn location(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Location, text)
    }

    /// An error status from the place of some content. What that place says in its body is not read.
    pub(crate) fn download(status: StatusCode, headers: HeaderMap) -> Self {
        Self::new(ErrorKind::Download, "that is from the place of the content").with_reply(
            status,
            headers,
            Vec::new(),
            true,
        )
    }

    /// A download that failed below HTTP, or on its way from one place to the next.
    pub(crate) fn download_broke(source: reqwest::Error) -> Self {
        let permanent = cause::permanent(&source);
        let text: Cow<'static, str> = match (source.is_connect(), source.is_redirect(), permanent) {
            (true, _, Some(cause)) => {
                format!("could not connect to the place of the content, {cause}").into()
            }
            (true, ..) => "could not connect to the place of the content".into(),
            (_, true, _) => "the content was moved to a place that is not read".into(),
            _ => "the download broke off".into(),
        };
        let timed_out = source.is_timeout();
        let kind = match source.is_redirect() {
            true => ErrorKind::Location,
            false if timed_out => ErrorKind::Timeout,
            false => ErrorKind::Transport,
        };
        let mut error = Self::new(kind, text);
        error.0.timed_out = timed_out;
        error.0.is_permanent = permanent.is_some();
        // The URL is as good as a key while it lasts.
        error.because(source.without_url())
    }

    /// A download that stood still.
    pub(crate) fn download_timed_out() -> Self {
        let mut error = Self::new(
            ErrorKind::Timeout,
            "the download stood still for longer than the timeout",
        );
        error.0.timed_out = true;
        error
    }

    /// A download that came more slowly than it may.
    pub(crate) fn download_too_slow(floor: u64) -> Self {
        let mut error = Self::new(
            ErrorKind::Timeout,
            format!(
                "the content came more slowly than {floor} bytes a second, which `min_bytes_per_second` changes"
            ),
        );
        error.0.timed_out = true;
        error
    }

    /// Content that is not what it was to be read as.
    pub(crate) fn content(text: String) -> Self {
        Self::new(ErrorKind::Decode, text)
    }

    /// A file that could not be written.
    pub(crate) fn file(text: String, source: std::io::Error) -> Self {
        Self::new(ErrorKind::File, text).because(source)
    }

    /// Content beyond the limit.
    pub(crate) fn download_too_large(limit: u64) -> Self {
        Self::new(
            ErrorKind::TooLarge,
            format!("the content is longer than the limit of {limit} bytes"),
        )
    }

    /// A failure below HTTP, before a status came.
    pub(crate) fn transport(source: reqwest::Error) -> Self {
        let timed_out = source.is_timeout();
        let permanent = cause::permanent(&source);
        let (kind, text) = if source.is_connect() {
            (
                ErrorKind::Connect,
                permanent.map_or(
                    Cow::Borrowed("could not connect; nothing was sent"),
                    |cause| Cow::Owned(format!("could not connect, {cause}; nothing was sent")),
                ),
            )
        } else if source.is_builder() {
            (ErrorKind::Request, "the request could not be built".into())
        } else if timed_out {
            (ErrorKind::Timeout, "no response within the timeout".into())
        } else {
            (
                ErrorKind::Transport,
                "the connection failed before a response came".into(),
            )
        };
        let mut error = Self::new(kind, text);
        error.0.timed_out = timed_out;
        error.0.is_permanent = permanent.is_some();
        // The URL may hold a page token; this error says the rest of it itself.
        error.because(source.without_url())
    }

    /// An attempt without a response in time.
    pub(crate) fn timed_out() -> Self {
        let mut error = Self::new(ErrorKind::Timeout, "no answer within the timeout");
        error.0.timed_out = true;
        error
    }

    /// An attempt for which there was no turn before the deadline.
    pub(crate) fn not_begun() -> Self {
        let mut error = Self::new(
            ErrorKind::Connect,
            "the deadline came before the request could be sent; nothing was sent",
        );
        error.0.timed_out = true;
        error
    }

    /// A failure while the body of a reply was read.
    pub(crate) fn broken_off(
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
        source: reqwest::Error,
    ) -> Self {
        let (kind, text) = if source.is_timeout() {
            (
                ErrorKind::Timeout,
                "the reply did not end within the timeout",
            )
        } else {
            (ErrorKind::Transport, "the reply broke off")
        };
        let mut error = Self::new(kind, text).with_reply(status, headers, body, true);
        error.0.timed_out = kind == ErrorKind::Timeout;
        error.because(source.without_url())
    }

    /// A body beyond the limit.
    pub(crate) fn too_large(
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
        limit: usize,
    ) -> Self {
        Self::new(
            ErrorKind::TooLarge,
            format!("the reply is longer than the limit of {limit} bytes"),
        )
        .with_reply(status, headers, body, true)
    }

    /// A complete or cut reply whose status is not among those that the operation declares.
    pub(crate) fn answered_with(
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
        cut: bool,
    ) -> Self {
        let kind = if status.is_client_error() || status.is_server_error() {
            ErrorKind::Api
        } else {
            ErrorKind::UnexpectedStatus
        };
        Self::new(kind, "").with_reply(status, headers, body, cut)
    }

    /// A response whose body does not fit the operation, or takes too much memory.
    pub(crate) fn decode(reply: &Reply, why: &Undecodable) -> Self {
        let mut text = String::from("the response is not what the operation returns");
        let kind = match why.is_too_large {
            true => ErrorKind::TooLarge,
            false => ErrorKind::Decode,
        };
        if reply.is_empty() {
            text.push_str(": it has no body");
        } else {
            if why.is_too_large {
                text = String::from("the response cannot be decoded");
            }
            let (line, column) = why.place;
            // Writing to a string cannot fail.
            let _ = write!(text, ": {}, at line {line} column {column}", why.text);
            if let Some(content_type) = reply.content_type() {
                let _ = write!(text, " of {}", OneLine(content_type));
            }
        }
        let kept = reply
            .body
            .iter()
            .copied()
            .take(ERROR_BYTES)
            .collect::<Vec<u8>>();
        let cut = kept.len() < reply.body.len();
        Self::new(kind, text)
            .with_reply(reply.status, reply.headers.clone(), kept, cut)
            .in_attempt(reply.sent)
    }

    /// The response, if Twilio says by it that there is no such resource: by status 404, with its code or an id of the
    /// request. A 404 of anything between says nothing about the resource, and neither does another status.
    pub(crate) fn into_not_found(self) -> Result<(StatusCode, HeaderMap, Vec<u8>), Self> {
        let is_twilios = self.code() == Some(codes::NOT_FOUND) || self.request_id().is_some();
        let is_not_found = self.status() == Some(StatusCode::NOT_FOUND) && self.is_not_found();
        if !(is_not_found && is_twilios) {
            return Err(self);
        }
        let mut inner = *self.0;
        match inner.reply.take() {
            Some(reply) => Ok((reply.status, reply.headers, reply.body)),
            None => Err(Self(Box::new(inner))),
        }
    }

    pub(super) fn with_reply(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
        cut: bool,
    ) -> Self {
        let retry_after = retry_after::read(&headers, SystemTime::now());
        let envelope = match self.0.kind {
            ErrorKind::Api | ErrorKind::UnexpectedStatus => Envelope::read(&body),
            _ => Envelope::default(),
        };
        self.0.reply = Some(Received {
            status,
            headers,
            body,
            cut,
            retry_after,
            envelope,
        });
        self
    }

    /// Adds with which status and headers the content came as far as it did.
    pub(crate) fn with_head(self, status: StatusCode, headers: HeaderMap) -> Self {
        self.with_reply(status, headers, Vec::new(), true)
    }

    /// Takes credentials out of all that was put together from foreign text: a response's headers and the body of an
    /// error response are without them already.
    pub(crate) fn conceal(mut self, concealer: &Concealer) -> Self {
        let inner = &mut *self.0;
        if let Some(text) = concealer.text(&inner.text) {
            inner.text = text.into();
        }
        let url = inner.call.as_mut().map(|call| &mut call.url);
        for text in url.into_iter().chain(&mut inner.request_id) {
            if let Some(shown) = concealer.text(text) {
                *text = shown;
            }
        }
        if let Some(reply) = &mut inner.reply {
            reply.cut |= concealer.body(&mut reply.body);
        }
        let shown = inner
            .source
            .as_deref()
            .and_then(|source| concealer.causes(source));
        if let Some(shown) = shown {
            inner.source = Some(shown.into());
        }
        self
    }

    /// Names the request that led to it, where its own reply does not.
    pub(crate) fn after(mut self, request_id: Option<&str>) -> Self {
        self.0.request_id = request_id.map(str::to_owned);
        self
    }

    /// Says that only an empty budget kept it from being sent again.
    pub(crate) fn without_budget(&mut self) {
        self.0.is_budget_empty = true;
    }

    /// Says which attempt it was.
    pub(crate) fn in_attempt(mut self, sent: Sent) -> Self {
        self.0.sent = Some(sent);
        self
    }

    /// Says which call it was, unless that is known already.
    pub(crate) fn in_call(mut self, operation: &OperationRef, url: &dyn Fn() -> String) -> Self {
        if self.0.call.is_none() {
            self.0.call = Some(Call {
                operation: operation.clone(),
                url: url(),
            });
        }
        self
    }
}
