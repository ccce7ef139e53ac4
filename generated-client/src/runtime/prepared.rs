//! One request as plain data: it can be looked at, sent, and sent again. It holds neither a host nor
//! credentials; both are added when it is executed.

use std::fmt::{self, Display};

use bytes::Bytes;

use super::encode::{push_pair, push_segment};
use super::form::{Form, FormBody};
use super::operation::OperationRef;
use super::value::{WriteValue, Written};
use crate::{Error, Json};

const JSON: &str = "application/json";

/// A request that has yet to meet a host and credentials.
#[derive(Clone)]
pub(crate) struct Prepared {
    operation: OperationRef,
    path: String,
    query: String,
    body: Option<Body>,
    fault: Option<&'static str>,
}

/// A body and what it is.
#[derive(Clone)]
pub(crate) struct Body {
    pub(crate) content_type: &'static str,
    pub(crate) bytes: Bytes,
}

impl Prepared {
    /// A request of `operation` with an empty path and query and no body.
    pub(crate) fn new(operation: impl Into<OperationRef>) -> Self {
        Self::at(operation, String::with_capacity(128), String::new())
    }

    /// A request of `operation` for a path and query that are encoded already, as in a page link.
    pub(crate) fn at(operation: impl Into<OperationRef>, path: String, query: String) -> Self {
        Self {
            operation: operation.into(),
            path,
            query,
            body: None,
            fault: None,
        }
    }

    /// Appends path text as it stands.
    pub(crate) fn literal(&mut self, text: &str) -> &mut Self {
        self.path.push_str(text);
        self
    }

    /// Appends one path segment, percent-encoded.
    ///
    /// An empty segment or one of dots would name another resource once the URL is read; the request
    /// is then refused when it is to be sent.
    pub(crate) fn segment(&mut self, text: &str) -> &mut Self {
        match text {
            "" => self.fault = Some("a path parameter is empty"),
            "." | ".." => self.fault = Some("a path parameter is `.` or `..`"),
            _ => {}
        }
        push_segment(&mut self.path, text);
        self
    }

    /// Appends one query pair.
    pub(crate) fn query(&mut self, name: &str, value: &dyn Display) -> &mut Self {
        push_pair(&mut self.query, name, value);
        self
    }

    /// Sets a form as the body.
    pub(crate) fn form(&mut self, body: &dyn FormBody) -> Result<(), Error> {
        let mut form = Form::default();
        body.encode(&mut form)
            .map_err(|error| self.refused(error))?;
        self.body = Some(Body {
            content_type: "application/x-www-form-urlencoded",
            bytes: form.into_text().into(),
        });
        Ok(())
    }

    /// Sets a JSON document as the body.
    pub(crate) fn json(&mut self, body: &dyn WriteValue) -> Result<(), Error> {
        let bytes = serde_json::to_vec(&Written(body)).map_err(|error| {
            self.refused(Error::request_from(
                "the body could not be encoded as JSON",
                error,
            ))
        })?;
        self.body = Some(Body {
            content_type: JSON,
            bytes: bytes.into(),
        });
        Ok(())
    }

    /// Sets a JSON document that was encoded before as the body.
    pub(crate) fn document(&mut self, document: &Json) -> Result<(), Error> {
        let text = document.text().map_err(|error| {
            let text = "the body could not be encoded as JSON";
            self.refused(Error::request_from(text, error.clone()))
        })?;
        self.body = Some(Body {
            content_type: JSON,
            bytes: Bytes::copy_from_slice(text.as_bytes()),
        });
        Ok(())
    }

    /// Says why the request must not be sent.
    pub(crate) fn refuse(&mut self, fault: &'static str) {
        self.fault = Some(fault);
    }

    /// Says which call an error is about that arose before its path was complete.
    fn refused(&self, error: Error) -> Error {
        let operation = &self.operation;
        error.in_call(operation, &|| {
            format!("{}{}", operation.host.url(), operation.path)
        })
    }

    pub(crate) fn operation(&self) -> &OperationRef {
        &self.operation
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn query_text(&self) -> &str {
        &self.query
    }

    pub(crate) fn body(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    /// Why the request must not be sent, if it must not.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        self.fault
    }

    /// Its operation, its path, and the bytes of its body.
    pub(crate) fn into_parts(self) -> (OperationRef, String, Bytes) {
        let body = self.body.map(|body| body.bytes).unwrap_or_default();
        (self.operation, self.path, body)
    }
}

/// Query and body are left out: they may hold secrets.
impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("operation", &self.operation.id)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Host;
    use crate::runtime::{Operation, Repeat};

    static FETCH: Operation = Operation {
        id: "FetchThing",
        method: reqwest::Method::GET,
        path: "/v1/Things/{Sid}",
        host: Host::Marketplace,
        repeat: Repeat::Safe,
        statuses: &[200],
    };

    #[test]
    fn a_request_is_its_path_query_and_body() {
        let mut prepared = Prepared::new(&FETCH);
        prepared
            .literal("/v1/Things/")
            .segment("a/b")
            .query("Page", &2);
        prepared.json(&serde_json::json!({"a": 1})).unwrap();
        assert_eq!(prepared.path(), "/v1/Things/a%2Fb");
        assert_eq!(prepared.query_text(), "Page=2");
        let body = prepared.body().unwrap();
        assert_eq!(body.content_type, "application/json");
        assert_eq!(&body.bytes[..], br#"{"a":1}"#);
        assert!(prepared.fault().is_none());
    }

    #[test]
    fn a_segment_that_names_another_resource_is_a_fault() {
        for segment in ["", ".", ".."] {
            let mut prepared = Prepared::new(&FETCH);
            prepared.literal("/v1/Things/").segment(segment);
            assert!(prepared.fault().is_some(), "{segment:?}");
        }
    }
}
