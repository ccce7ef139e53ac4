//! Errors made without a server, for tests of callers. What they say of themselves follows from what they are made of, by
//! the same rules as for a real one.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use serde_json::{Map, Value};

use super::{Call, Error, ErrorKind};
use crate::runtime::Sent;
use crate::test_util::{self, append_header, set_request_id};

/// An error in the making; see [`error`].
#[derive(Debug)]
#[must_use = "it is an error once it is built"]
pub struct ErrorBuilder {
    kind: ErrorKind,
    text: Option<String>,
    call: Option<Call>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    document: Map<String, Value>,
    body: Option<Vec<u8>>,
    attempts: u32,
}

/// An error of a kind, with nothing else known of it yet.
///
/// Where kind and status do not go together, the status counts: it alone tells [`Api`](ErrorKind::Api) from
/// [`UnexpectedStatus`](ErrorKind::UnexpectedStatus). A kind that has no response, such as
/// [`Connect`](ErrorKind::Connect), leaves out whatever was said of one.
pub fn error(kind: ErrorKind) -> ErrorBuilder {
    ErrorBuilder {
        kind,
        text: None,
        call: None,
        status: None,
        headers: HeaderMap::new(),
        document: Map::new(),
        body: None,
        attempts: 1,
    }
}

impl ErrorBuilder {
    /// Says which call failed, and with it whether that creates or bills: without a call nothing is unclear.
    pub fn call(mut self, call: &impl test_util::Call) -> Self {
        self.call = match call.request() {
            Ok(request) => Some(Call {
                operation: request.operation,
                url: request.url,
            }),
            Err(refused) => refused.0.call,
        };
        self
    }

    /// Gives the response a status. Without one it is 500 for [`Api`](ErrorKind::Api), 302 for
    /// [`UnexpectedStatus`](ErrorKind::UnexpectedStatus), 403 for [`Download`](ErrorKind::Download), 200 where a
    /// success could not be read; a [`Timeout`](ErrorKind::Timeout) or a [`Transport`](ErrorKind::Transport) has no response
    /// then.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets Twilio's error code in the body of the response.
    pub fn code(mut self, code: u32) -> Self {
        self.document.insert("code".to_owned(), code.into());
        self
    }

    /// Sets Twilio's message in the body of the response, and the text of an error without one.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        let message = message.into();
        self.document
            .insert("message".to_owned(), message.clone().into());
        self.text = Some(message);
        self
    }

    /// Sets the whole body of the response in the place of code and message.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Adds a header to the response. A name or a value that no header can have is left out.
    pub fn header(mut self, name: impl AsRef<str>, value: impl TryInto<HeaderValue>) -> Self {
        append_header(&mut self.headers, name.as_ref(), value.try_into().ok());
        self
    }

    /// Sets Twilio's id of the request. What cannot be in a header becomes a space.
    pub fn request_id(mut self, id: impl AsRef<str>) -> Self {
        set_request_id(&mut self.headers, id.as_ref());
        self
    }

    /// Sets how long the server asks to wait, in whole seconds.
    pub fn retry_after(mut self, wait: Duration) -> Self {
        self.headers.insert(RETRY_AFTER, wait.as_secs().into());
        self
    }

    /// Sets how often the call was sent: once, if nothing is said.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// The error.
    pub fn build(self) -> Error {
        let Self {
            kind,
            text,
            call,
            status,
            headers,
            document,
            body,
            attempts,
        } = self;
        let body = body.unwrap_or_else(|| match document.is_empty() {
            true => Vec::new(),
            false => Value::Object(document).to_string().into_bytes(),
        });
        let text = text.unwrap_or_else(|| "made for a test".to_owned());
        let or = |usual| status.unwrap_or(usual);
        let plain = |text| Error::new(kind, text);
        let mut error = match kind {
            ErrorKind::Configuration
            | ErrorKind::Request
            | ErrorKind::Connect
            | ErrorKind::Location
            | ErrorKind::Paging
            | ErrorKind::File => plain(text),
            ErrorKind::Timeout | ErrorKind::Transport => match status {
                Some(status) => plain(text).with_reply(status, headers, body, true),
                None => plain(text),
            },
            ErrorKind::Api => {
                Error::answered_with(or(StatusCode::INTERNAL_SERVER_ERROR), headers, body, false)
            }
            ErrorKind::UnexpectedStatus => {
                Error::answered_with(or(StatusCode::FOUND), headers, body, false)
            }
            ErrorKind::Decode => plain(text).with_reply(or(StatusCode::OK), headers, body, false),
            ErrorKind::TooLarge => plain(text).with_reply(or(StatusCode::OK), headers, body, true),
            ErrorKind::Download => Error::download(or(StatusCode::FORBIDDEN), headers),
        };
        error.0.timed_out = kind == ErrorKind::Timeout;
        error.0.call = call;
        match kind {
            // They never were on their way.
            ErrorKind::Configuration | ErrorKind::Request => error,
            _ => error.in_attempt(Sent::now(attempts)),
        }
    }
}
