//! What one operation of the document is, as data. The generated code declares one static
//! [`Operation`] each, a raw request makes its own; nothing here knows a particular one.

use std::ops::Deref;
use std::sync::Arc;

use reqwest::{Method, StatusCode};

use crate::Host;

/// One operation of the document: the part of it that is the same for every call.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The document's `operationId`, used in errors; empty for a raw request.
    pub(crate) id: &'static str,
    /// The request method.
    pub(crate) method: Method,
    /// The path template, `/v1/Listing/{Sid}`, for errors; calls carry their own path.
    pub(crate) path: &'static str,
    /// The server that the document names for the path.
    pub(crate) host: Host,
    /// Whether sending it a second time can do harm.
    pub(crate) repeat: Repeat,
    /// Every status that is a value and no error, `304` and `307` included. A raw request has none and
    /// takes every 2xx.
    pub(crate) statuses: &'static [u16],
}

impl Operation {
    /// Whether a reply with this status is a value.
    pub(crate) fn declares(&self, status: StatusCode) -> bool {
        match self.statuses {
            [] => status.is_success(),
            statuses => statuses.contains(&status.as_u16()),
        }
    }

    /// Whether it deletes, so that a resource that is gone is what was wanted. Only the document's own
    /// deletions are known to mean that.
    pub(crate) fn deletes(&self) -> bool {
        self.method == Method::DELETE && self.statuses.contains(&204)
    }
}

/// An operation, whether it is the document's or was made for one request.
#[derive(Clone, Debug)]
pub(crate) enum OperationRef {
    Declared(&'static Operation),
    Raw(Arc<Operation>),
    /// A list that the document does not have, and the property that has its items.
    RawList(Arc<(Operation, String)>),
}

impl OperationRef {
    /// The property that has the items of a list that the document does not have.
    #[inline]
    pub(crate) fn items(&self) -> &str {
        match self {
            Self::RawList(list) => &list.1,
            Self::Declared(_) | Self::Raw(_) => "",
        }
    }
}

impl From<&'static Operation> for OperationRef {
    fn from(operation: &'static Operation) -> Self {
        Self::Declared(operation)
    }
}

impl From<&Self> for OperationRef {
    fn from(operation: &Self) -> Self {
        operation.clone()
    }
}

impl Deref for OperationRef {
    type Target = Operation;

    fn deref(&self) -> &Operation {
        match self {
            Self::Declared(operation) => operation,
            Self::Raw(operation) => operation,
            Self::RawList(list) => &list.0,
        }
    }
}

/// Whether a call may be sent again after it may already have reached the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// A second time changes nothing more than the first.
    Safe,
    /// A second time creates or bills a second time.
    Never,
}
