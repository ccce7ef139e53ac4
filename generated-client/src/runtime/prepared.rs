//! One request as plain data: it can be looked at, sent, and sent again. It holds neither a host nor
//! credentials; both are added when it is executed.

use std::borrow::Cow;
use std::fmt::{self, Display};

use bytes::Bytes;

use super::encode::{push_pair, push_segment};
use super::form::{Form, FormBody, unwritable};
use super::operation::{OperationRef, Repeat};
use super::value::{WriteValue, Written, broken};
use crate::{Error, Json};

const JSON: &str = "application/json";

/// A request that has yet to meet a host and credentials.
#[derive(Clone)]
pub(crate) struct Prepared {
    operation: OperationRef,
    path: String,
    query: String,
    body: Option<Body>,
    fault: Option<Cow<'static, str>>,
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
        if matches!(text.trim(), "" | "." | "..") {
            let name = self.next_parameter();
            self.refuse(format!(
                "the path parameter{name} is {text:?}, which names another resource or none; give it a value"
            ));
        }
        push_segment(&mut self.path, text);
        self
    }

    /// Appends one query pair.
    pub(crate) fn query(&mut self, name: &str, value: &dyn Display) -> &mut Self {
        if push_pair(&mut self.query, name, value).is_err() {
            self.refuse(unwritable(name));
        }
        self
    }

    /// Refuses a query that lacks a text where the document requires one.
    pub(crate) fn check_query(&mut self, required: &[&str]) {
        let blank = form_urlencoded::parse(self.query.as_bytes())
            .find(|(name, text)| required.contains(&&**name) && text.trim().is_empty())
            .map(|(name, _)| format!("`{name}` is empty; give it a text"));
        if let Some(fault) = blank {
            self.refuse(fault);
        }
    }

    /// Refuses a query that asks for a later page of a list without saying where it begins: the API takes the number of
    /// a page only beside its token.
    pub(crate) fn check_page(&mut self) {
        let mut later = false;
        let mut token = None;
        for (name, text) in form_urlencoded::parse(self.query.as_bytes()) {
            match &*name {
                "Page" => later = text != "0",
                "PageToken" => token = Some(text.trim().is_empty()),
                _ => {}
            }
        }
        match token {
            Some(true) => self.refuse(
                "`PageToken` is empty; take it from a page by `next_page_token`, or leave it out",
            ),
            None if later => self.refuse(
                "`Page` above 0 needs the `PageToken` that came with it; take both from a page, or walk the list by \
                 `all_items`",
            ),
            _ => {}
        }
    }

    /// Sets a form as the body.
    pub(crate) fn form(&mut self, body: &dyn FormBody) -> Result<(), Error> {
        let mut form = Form::default();
        let text = body
            .encode(&mut form)
            .and_then(|()| form.finish())
            .map_err(|error| self.refused(error))?;
        self.check_change(text.is_empty());
        self.body = Some(Body {
            content_type: "application/x-www-form-urlencoded",
            bytes: text.into(),
        });
        Ok(())
    }

    /// Sets a JSON document as the body.
    pub(crate) fn json(&mut self, body: &dyn WriteValue) -> Result<(), Error> {
        if let Some(fault) = broken(body) {
            self.refuse(fault);
        }
        let bytes = serde_json::to_vec(&Written(body)).map_err(|error| {
            self.refused(Error::request_from(
                "the body could not be encoded as JSON",
                error,
            ))
        })?;
        self.check_change(bytes == b"{}");
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

    /// Refuses a change that changes nothing. What creates can be complete without a single property.
    fn check_change(&mut self, is_empty: bool) {
        if is_empty && self.operation.repeat == Repeat::Safe {
            self.refuse(
                "nothing is set that the call could change; set at least one property, or leave out the call",
            );
        }
    }

    /// Says why the request must not be sent.
    pub(crate) fn refuse(&mut self, fault: impl Into<Cow<'static, str>>) {
        self.fault = Some(fault.into());
    }

    /// The name of the path parameter that comes next, from the operation's template, with what separates it.
    fn next_parameter(&self) -> String {
        let place = self.path.matches('/').count();
        let piece = self
            .operation
            .path
            .split('/')
            .nth(place)
            .unwrap_or_default();
        match piece
            .split_once('{')
            .and_then(|(_, rest)| rest.split_once('}'))
        {
            Some((name, _)) => format!(" `{name}`"),
            None => String::new(),
        }
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
    pub(crate) fn fault(&self) -> Option<&Cow<'static, str>> {
        self.fault.as_ref()
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
        for segment in ["", " ", "\t", ".", ".."] {
            let mut prepared = Prepared::new(&FETCH);
            prepared.literal("/v1/Things/").segment(segment);
            let fault = prepared.fault().unwrap();
            assert!(fault.contains("path parameter `Sid`"), "{fault}");
        }
    }

    #[test]
    fn a_later_page_needs_its_token() {
        let check = |pairs: &[(&str, &str)]| {
            let mut prepared = Prepared::new(&FETCH);
            for (name, value) in pairs {
                prepared.query(name, value);
            }
            prepared.check_page();
            prepared.fault().map(|fault| fault.to_string())
        };
        for fine in [
            &[][..],
            &[("Page", "0")],
            &[("PageToken", "PA1")],
            &[("Page", "3"), ("PageSize", "5"), ("PageToken", "PA1")],
        ] {
            assert_eq!(check(fine), None, "{fine:?}");
        }
        assert!(
            check(&[("Page", "1")])
                .unwrap()
                .starts_with("`Page` above 0")
        );
        for blank in ["", " "] {
            let fault = check(&[("PageToken", blank)]).unwrap();
            assert!(fault.starts_with("`PageToken` is empty"), "{fault}");
            assert!(check(&[("Page", "2"), ("PageToken", blank)]).is_some());
        }
    }

    #[test]
    fn a_required_query_parameter_says_something() {
        let mut prepared = Prepared::new(&FETCH);
        prepared.query("Name", &" ").query("Other", &"");
        prepared.check_query(&[]);
        assert!(prepared.fault().is_none());
        prepared.check_query(&["Name"]);
        assert_eq!(prepared.fault().unwrap(), "`Name` is empty; give it a text");
    }

    #[test]
    fn a_change_of_nothing_is_a_fault_and_a_new_thing_without_properties_is_not() {
        struct Nothing;
        impl FormBody for Nothing {
            fn encode(&self, _: &mut Form) -> Result<(), Error> {
                Ok(())
            }
        }
        static CREATE: Operation = Operation {
            id: "CreateThing",
            method: reqwest::Method::POST,
            path: "/v1/Things",
            host: Host::Marketplace,
            repeat: Repeat::Never,
            statuses: &[201],
        };
        let nothing = serde_json::json!({});
        for (operation, is_fault) in [(&FETCH, true), (&CREATE, false)] {
            let mut prepared = Prepared::new(operation);
            prepared.form(&Nothing).unwrap();
            assert_eq!(prepared.fault().is_some(), is_fault);
            let mut prepared = Prepared::new(operation);
            prepared.json(&nothing).unwrap();
            assert_eq!(prepared.fault().is_some(), is_fault);
        }
    }
}
