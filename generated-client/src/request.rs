//! A request that the document does not have. It gets what every other call gets: the client's hosts,
//! credentials, limits, retry and errors. It knows nothing about what it asks for.

use std::fmt::{self, Display};
use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

use crate::runtime::page::{own_request, raw_page};
use crate::runtime::{
    CallOptions, Decode, Form, FormBody, Operation, OperationRef, Prepared, Repeat, decode,
    items as stream_items, pages, send,
};
use crate::{CallFuture, Client, Error, Host, ItemStream, Json, PageStream, RetryPolicy};

impl Client {
    /// A request that this crate has no method for, as for a resource that is newer than the crate.
    ///
    /// `path` begins with `/`, is percent-encoded where it needs to be, and has no query, which
    /// [`query`](RawRequest::query) adds. The request is sent to one of the client's own hosts, whatever the path is. A
    /// response of 2xx is a value, any other is an error.
    ///
    /// ```no_run
    /// # async fn example(client: generated_client::Client) -> Result<(), generated_client::Error> {
    /// use generated_client::Host;
    /// use generated_client::reqwest::Method;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Thing {
    ///     sid: String,
    /// }
    ///
    /// let thing = client
    ///     .request(Host::Marketplace, Method::GET, "/v1/NewThings/1")
    ///     .query("PageSize", 1)
    ///     .json_reply::<Thing>()
    ///     .await?;
    /// println!("{} {:?}", thing.sid, thing.request_id());
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn request(&self, host: Host, method: Method, path: impl Into<String>) -> RawRequest {
        RawRequest {
            options: CallOptions::new(self.clone()),
            host,
            repeat: if method.is_safe() {
                Repeat::Safe
            } else {
                Repeat::Never
            },
            method,
            path: path.into(),
            link: None,
            query: Vec::new(),
            body: Body::None,
        }
    }

    /// A `GET` request for a link that the server gave, such as one of a resource's `links`: its path and its query as they
    /// are, on one of the client's own hosts.
    ///
    /// The link is a URL of this host, or of the server that the document names for it, or a path. One that leads anywhere
    /// else is an error of the kind [`Request`](crate::ErrorKind::Request), and nothing is sent.
    ///
    /// ```no_run
    /// # async fn example(client: generated_client::Client, link: String) -> Result<(), generated_client::Error> {
    /// use generated_client::Host;
    ///
    /// let bytes = client.request_link(Host::Marketplace, link).bytes().await?;
    /// println!("{} bytes", bytes.len());
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn request_link(&self, host: Host, link: impl Into<String>) -> RawRequest {
        RawRequest {
            link: Some(link.into()),
            ..self.request(host, Method::GET, "/")
        }
    }
}

/// A request that this crate has no method for; see [`Client::request`].
#[derive(Clone)]
#[must_use = "a request is sent when its response is awaited"]
pub struct RawRequest {
    options: CallOptions,
    host: Host,
    method: Method,
    repeat: Repeat,
    path: String,
    /// What path and query are taken from instead.
    link: Option<String>,
    query: Vec<(String, String)>,
    body: Body,
}

#[derive(Clone)]
enum Body {
    None,
    Form(Fields),
    Json(Json),
}

/// The fields of a form, in order.
#[derive(Clone, Default)]
struct Fields(Vec<(String, String)>);

impl FormBody for Fields {
    #[inline]
    fn encode(&self, form: &mut Form) -> Result<(), Error> {
        for (name, value) in &self.0 {
            form.text(name, value);
        }
        Ok(())
    }
}

impl RawRequest {
    /// Appends one pair to the query. Name and value are given as they are; they are percent-encoded here, once.
    #[inline]
    pub fn query(mut self, name: impl Into<String>, value: impl Display) -> Self {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// Appends one field to a form, which is the body. It replaces the body of [`json`](Self::json).
    #[inline]
    pub fn form(mut self, name: impl Into<String>, value: impl Display) -> Self {
        let mut fields = match self.body {
            Body::Form(fields) => fields,
            Body::None | Body::Json(_) => Fields::default(),
        };
        fields.0.push((name.into(), value.to_string()));
        self.body = Body::Form(fields);
        self
    }

    /// Makes a JSON document the body. It replaces the body of [`form`](Self::form). A value that cannot be encoded is an error when the request is
    /// to be sent.
    #[inline]
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        self.body = Body::Json(Json::new(body));
        self
    }

    /// Says that the request does no harm when it is carried out twice, so that it may be tried again
    /// after a failure that leaves open whether it was. `GET`, `HEAD` and `OPTIONS` are so without it.
    #[inline]
    pub fn repeatable(mut self) -> Self {
        self.repeat = Repeat::Safe;
        self
    }

    /// Gives each attempt of this call another time limit than the client's.
    #[inline]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.set_timeout(timeout);
        self
    }

    /// Decides otherwise than the client when this call is sent again.
    #[inline]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.set_retry(policy);
        self
    }

    /// Sets a header of this call; the same name again replaces the value. A name or a value that no header can have is an error of the kind
    /// [`Request`](crate::ErrorKind::Request) when the call is sent.
    #[inline]
    pub fn header(mut self, name: impl AsRef<str>, value: impl TryInto<HeaderValue>) -> Self {
        self.options
            .set_header(name.as_ref(), value.try_into().ok());
        self
    }

    /// Keeps the text of the response beside what is read from it, for [`Response::json`](crate::Response::json).
    /// Otherwise it is freed once it has been read.
    #[inline]
    pub fn keep_json(mut self) -> Self {
        self.options.keep_json();
        self
    }

    /// Sends the request and reads the response as a JSON document.
    #[inline]
    pub fn json_reply<T: DeserializeOwned + Send + 'static>(self) -> CallFuture<T> {
        self.send(decode::foreign::<T>)
    }

    /// Sends the request and returns the response's body as it is.
    #[inline]
    pub fn bytes(self) -> CallFuture<Vec<u8>> {
        self.send(decode::bytes)
    }

    /// Walks all pages of a list, whose items are in the property `items` of each page. Pages in both of Twilio's styles are
    /// read: with their links in `meta`, or beside the items. What holds for a [`PageStream`] holds here too.
    ///
    /// ```no_run
    /// # async fn example(client: generated_client::Client) -> Result<(), generated_client::Error> {
    /// use generated_client::Host;
    /// use generated_client::reqwest::Method;
    ///
    /// let list = client.request(Host::Marketplace, Method::GET, "/v1/NewThings");
    /// let things = list.all_items::<serde_json::Value>("new_things").collect_all(1000).await?;
    /// println!("{}", things.len());
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn all_pages<T: DeserializeOwned + Send + 'static>(
        self,
        items: impl Into<String>,
    ) -> PageStream<T> {
        let prepared = self.prepare_list(items.into());
        pages(self.options, prepared, raw_page::<T>)
    }

    /// Walks the items of all pages of a list, as [`all_pages`](Self::all_pages) walks the pages.
    #[inline]
    pub fn all_items<T: DeserializeOwned + Send + 'static>(
        self,
        items: impl Into<String>,
    ) -> ItemStream<T> {
        let prepared = self.prepare_list(items.into());
        stream_items(self.options, prepared, raw_page::<T>)
    }

    #[inline]
    fn prepare_list(&self, items: String) -> Result<Prepared, Error> {
        let list = OperationRef::RawList(Arc::new((self.operation(), items)));
        let mut prepared = self.prepare_as(list)?;
        if self.method != Method::GET || !matches!(self.body, Body::None) {
            prepared.refuse("only a GET request without a body can be walked page by page");
        }
        Ok(prepared)
    }

    #[inline]
    fn send<T: Send + 'static>(self, decode: Decode<T>) -> CallFuture<T> {
        let prepared = self.prepare();
        send(self.options, prepared, decode)
    }

    #[inline]
    fn operation(&self) -> Operation {
        Operation {
            id: "",
            method: self.method.clone(),
            path: "",
            host: self.host,
            repeat: self.repeat,
            statuses: &[],
        }
    }

    #[inline]
    fn prepare(&self) -> Result<Prepared, Error> {
        self.prepare_as(OperationRef::Raw(Arc::new(self.operation())))
    }

    #[inline]
    fn prepare_as(&self, operation: OperationRef) -> Result<Prepared, Error> {
        let (path, query) = match &self.link {
            None => (self.path.clone(), String::new()),
            Some(link) => {
                let shared = self.options.client().shared();
                let base = shared.hosts.base(self.host)?;
                own_request(link, base).map_err(|error| {
                    error
                        .in_call(&operation, &|| base.text().to_owned())
                        .conceal(&shared.concealer)
                })?
            }
        };
        let mut prepared = Prepared::at(operation, path.clone(), query);
        if matches!(self.method, Method::CONNECT | Method::TRACE) {
            prepared.refuse("CONNECT and TRACE are not requests for a resource of the API");
        }
        if let Some(fault) = fault(&path) {
            prepared.refuse(fault);
        }
        for (name, value) in &self.query {
            prepared.query(name, value);
        }
        match &self.body {
            Body::None => {}
            Body::Form(fields) => prepared.form(fields)?,
            Body::Json(json) => prepared.document(json)?,
        }
        Ok(prepared)
    }
}

#[cfg(feature = "test-util")]
impl crate::test_util::sealed::Sealed for RawRequest {
    #[inline]
    fn request(&self) -> Result<crate::test_util::Request, Error> {
        crate::test_util::Request::new(&self.options, self.prepare())
    }
}

/// Why a path must not be sent, if it must not: it has to stay a path of the host that it was given for.
#[inline]
fn fault(path: &str) -> Option<&'static str> {
    if !path.starts_with('/') {
        return Some("the path of a raw request must begin with `/`");
    }
    if path.starts_with("//") {
        return Some("the path of a raw request must not begin with `//`, which names a host");
    }
    if path.contains(['?', '#']) {
        return Some(
            "the path of a raw request must hold neither `?` nor `#`: add a query by `query(name, value)`, and follow a link by `Client::request_link`",
        );
    }
    let plain = |byte: u8| byte.is_ascii_graphic() && !br#"\"<>^`{|}"#.contains(&byte);
    if !path.bytes().all(plain) {
        return Some("the path of a raw request holds a character that must be percent-encoded");
    }
    None
}

/// Query and body are left out: they may hold secrets.
impl fmt::Debug for RawRequest {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("options", &self.options)
            .field("host", &self.host)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("repeat", &self.repeat)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod walks;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::ErrorKind;
    use crate::runtime::loopback::{Loopback, reply};

    #[tokio::test]
    async fn it_goes_out_like_any_other_call() {
        let server = Loopback::serve(vec![
            reply("201 Created", "twilio-request-id: RQ1\r\n", r#"{"a":1}"#),
            reply("200 OK", "", "plain"),
        ]);
        let client = server.client();
        let made = client
            .request(Host::Api, Method::POST, "/v1/New%20Things")
            .query("a b", "c&d")
            .form("Name", "x y")
            .form("Name", 2)
            .json_reply::<Value>()
            .await
            .unwrap();
        assert_eq!(*made, json!({"a": 1}));
        assert_eq!(
            (made.status().as_u16(), made.request_id()),
            (201, Some("RQ1"))
        );
        let bytes = client
            .request(Host::Api, Method::PUT, "/")
            .form("lost", 1)
            .json(&json!([1]))
            .bytes()
            .await
            .unwrap();
        assert_eq!(*bytes, b"plain");
        let requests = server.requests();
        assert!(requests[0].starts_with("POST /v1/New%20Things?a+b=c%26d HTTP/1.1\r\n"));
        assert!(
            requests[0].ends_with("\r\n\r\nName=x+y&Name=2"),
            "{requests:?}"
        );
        assert!(requests[0].contains("authorization: Basic "));
        assert!(requests[1].ends_with("\r\n\r\n[1]"), "{requests:?}");
    }

    #[tokio::test]
    async fn it_is_repeated_by_its_method_or_by_word() {
        let failing = || vec![reply("503 Unavailable", "", ""), reply("200 OK", "", "{}")];
        let sent = async |method: Method, repeatable: bool| {
            let server = Loopback::serve(failing());
            let policy = RetryPolicy::new().pauses(|_| Duration::ZERO);
            let mut request = server
                .client()
                .request(Host::Api, method, "/x")
                .retry(policy);
            if repeatable {
                request = request.repeatable();
            }
            let result = request.bytes().await;
            (
                result
                    .map_err(|error| error.is_outcome_unknown())
                    .map(|_| ()),
                server.finished().len(),
            )
        };
        assert_eq!(sent(Method::GET, false).await, (Ok(()), 2));
        assert_eq!(sent(Method::HEAD, false).await.1, 2);
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            assert_eq!(
                sent(method.clone(), false).await,
                (Err(true), 1),
                "{method}"
            );
            assert_eq!(sent(method, true).await, (Ok(()), 2));
        }
    }

    #[tokio::test]
    async fn an_error_says_what_and_where_without_a_name() {
        let server = Loopback::serve(vec![reply("404 Not Found", "", "")]);
        let request = server
            .client()
            .request(Host::Api, Method::GET, "/x")
            .query("t", "s3cret");
        assert!(!format!("{request:?}").contains("s3cret"));
        let error = request.bytes().await.unwrap_err();
        assert_eq!(error.operation(), None);
        let line = format!("404 Not Found (GET {}/x)", server.url());
        assert_eq!(error.to_string(), line);
    }

    #[tokio::test]
    async fn a_path_that_is_none_is_not_sent() {
        let server = Loopback::serve(vec![reply("200 OK", "", "{}")]);
        for path in [
            "",
            "x",
            "http://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "/a?b",
            "/a#b",
            "/a b",
            "/a\nb",
            "/ä",
            "/a/../b",
            "/a/%2e%2e/b",
            "/a/./b",
            "/..",
            "@evil.example/",
            ":80/",
        ] {
            let request = server.client().request(Host::Api, Method::GET, path);
            let error = request.bytes().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request, "{path:?}: {error}");
        }
        assert!(server.finished().is_empty());
    }

    #[tokio::test]
    async fn what_asks_for_no_resource_is_not_sent() {
        let server = Loopback::serve(vec![reply("200 OK", "", "{}")]);
        for method in [Method::CONNECT, Method::TRACE] {
            let request = server.client().request(Host::Api, method.clone(), "/x");
            let error = request.bytes().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request, "{method}: {error}");
        }
        assert!(server.finished().is_empty());
    }

    proptest! {
        #[test]
        fn a_path_that_passes_stays_what_and_where_it_is(path in "/[\\PC]{0,20}|[/\\\\.@:%2ea-z]{0,12}") {
            let base = "https://api.twilio.com";
            if fault(&path).is_none() {
                let url = reqwest::Url::parse(&format!("{base}{path}")).unwrap();
                prop_assert_eq!(url.origin().ascii_serialization(), base);
                prop_assert!(url.query().is_none() && url.fragment().is_none());
            }
        }
    }
}
