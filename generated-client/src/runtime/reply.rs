//! A complete reply: its status is one that the operation declares as a value, and its body was read
//! within the limit. What it means is `decode`'s business.

use std::cell::Cell;

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap};

use super::operation::OperationRef;
use super::retry::Sent;
use super::span::CallSpan;
use super::value::{SkippedList, Undecodable};
use crate::host::Base;
use crate::{Client, Error};

/// A reply whose status the operation declares.
pub(crate) struct Reply {
    /// The client that asked for it.
    pub(crate) client: Client,
    pub(crate) operation: OperationRef,
    /// The path that was asked for, without a base URL's own path.
    pub(crate) path: String,
    /// The body of the request.
    pub(crate) request_body: bytes::Bytes,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: bytes::Bytes,
    pub(crate) sent: Sent,
    /// The span of the call, which is open until this has been decoded.
    pub(super) span: CallSpan,
    /// What was passed over when it was decoded.
    pub(crate) skipped: Cell<SkippedList>,
    /// Whether the caller wants the body too.
    pub(crate) keeps_json: bool,
}

impl Reply {
    /// Whether the body holds nothing but white space.
    pub(crate) fn is_empty(&self) -> bool {
        self.body.iter().all(u8::is_ascii_whitespace)
    }

    /// The media type that the server claims, for an error's text.
    pub(crate) fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The error for a body that is not what the operation returns.
    pub(crate) fn undecodable(&self, why: &Undecodable) -> Error {
        Error::decode(self, why)
    }

    /// Adds to an error about this response which call it was, takes the client's credentials out of it, and tells the span
    /// that the call failed.
    pub(crate) fn locate(&self, error: Error) -> Error {
        self.span.failed(error.kind());
        let shared = self.client.shared();
        error
            .in_call(&self.operation, &|| {
                let base = shared.hosts.base(self.operation.host);
                format!("{}{}", base.map(Base::text).unwrap_or_default(), self.path)
            })
            .conceal(&shared.concealer)
    }
}
