//! A successful response: the value, its status and its headers.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::runtime::SkippedList;
use crate::{Acceptance, Page, Skipped};

/// A value from the server, with the status and headers of the response that carried it.
///
/// It can be used as the value itself. [`into_inner`](Self::into_inner) moves the value out, and its fields can be moved
/// from there without a `clone`.
///
/// ```no_run
/// # async fn example(client: generated_client::Client) -> Result<(), generated_client::Error> {
/// # let sid: generated_client::InstalledAddOnSid = "XE00000000000000000000000000000000".parse().unwrap();
/// let add_on = client.installed_add_on(sid).fetch().await?;
/// println!("{} {:?}", add_on.status(), add_on.request_id());
/// let add_on = add_on.into_inner();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    skipped: SkippedList,
    json: Option<Bytes>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            value,
            status,
            headers,
            skipped: SkippedList::default(),
            json: None,
        }
    }

    /// Adds what was passed over when the response was read, and its text if that is kept. In place, because a response is
    /// as large as its value.
    pub(crate) fn keep(&mut self, skipped: SkippedList, json: Option<Bytes>) {
        self.skipped = skipped;
        self.json = json;
    }

    /// Takes out what was passed over.
    pub(crate) fn take_skipped(&mut self) -> SkippedList {
        std::mem::take(&mut self.skipped)
    }

    /// What was passed over when the response was read, in its order: values that are not what the API describes and on
    /// which nothing depends. Empty as a rule.
    ///
    /// Such a value of an optional property is absent from [the value](Self::into_inner), and such an entry of a map or
    /// item of an optional array is left out. Where it matters whether something is absent or was odd, as before a
    /// configuration is changed and written back, look here first.
    ///
    /// ```no_run
    /// # async fn example(client: generated_client::Client) -> Result<(), generated_client::Error> {
    /// # let sid: generated_client::InstalledAddOnSid = "XE00000000000000000000000000000000".parse().unwrap();
    /// let add_on = client.installed_add_on(sid).fetch().await?;
    /// for skipped in add_on.skipped() {
    ///     eprintln!("passed over: {skipped}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn skipped(&self) -> &[Skipped] {
        self.skipped.as_slice()
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response. The client's credentials are taken out, where the server repeated them.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Twilio's id of the request, which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The text of the response as the server sent it, unknown properties included, for a call that asked for it by
    /// `keep_json()`. `None` otherwise, and where the response has no body or one that is not UTF-8.
    ///
    /// ```no_run
    /// # async fn example(client: generated_client::Client) -> Result<(), generated_client::Error> {
    /// # let sid: generated_client::InstalledAddOnSid = "XE00000000000000000000000000000000".parse().unwrap();
    /// let add_on = client.installed_add_on(sid).fetch().keep_json().await?;
    /// println!("{} {}", add_on.sid, add_on.json().unwrap_or_default());
    /// # Ok(())
    /// # }
    /// ```
    pub fn json(&self) -> Option<&str> {
        let text = std::str::from_utf8(self.json.as_ref()?).ok()?;
        (!text.trim_ascii().is_empty()).then_some(text)
    }

    /// The same response with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        let mut response = Response::new(change(self.value), self.status, self.headers);
        response.keep(self.skipped, self.json);
        response
    }
}

/// A page by reference is its items.
impl<'a, T> IntoIterator for &'a Response<Page<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value.items().iter()
    }
}

/// A page by value is its items, of this page alone.
impl<T> IntoIterator for Response<Page<T>> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value.into_iter()
    }
}

impl<T> Response<Page<T>> {
    /// The items of this page, and of no other, by value.
    pub fn into_items(self) -> Vec<T> {
        self.value.into_items()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A successful response to a request that the server may only have accepted: the response, what became of
/// the request, and what was asked for. It is a [`Response`] that must be looked at, because accepted is not done.
///
/// ```no_run
/// # async fn example(client: generated_client::Client) -> Result<(), Box<dyn std::error::Error>> {
/// # let sid: generated_client::InstalledAddOnSid = "XE00000000000000000000000000000000".parse()?;
/// use generated_client::types::BillableItem;
///
/// let item = BillableItem::new("BI00000000000000000000000000000000", "1.25".parse()?);
/// let receipt = client.installed_add_on(sid).usage().report([item]).await?;
/// if !receipt.all_submitted() {
///     eprintln!("not all is billed: {:?}", receipt.reported());
///     for item in receipt.not_submitted() {
///         eprintln!("{} was not billed; quote {:?}", item.sid, receipt.request_id());
///     }
///     for item in receipt.unmentioned() {
///         eprintln!("nothing is known of {}; quote {:?}", item.sid, receipt.request_id());
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// Where unused results are denied, a report whose receipt nobody looks at does not compile:
///
/// ```compile_fail
/// #![deny(unused_must_use)]
/// # async fn example(client: generated_client::Client) -> Result<(), Box<dyn std::error::Error>> {
/// # let sid: generated_client::InstalledAddOnSid = "XE00000000000000000000000000000000".parse()?;
/// let item = generated_client::types::BillableItem::new("BI1", "1.25".parse()?);
/// client.installed_add_on(sid).usage().report([item]).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "accepted is not done: look at what was taken"]
pub struct Receipt<T> {
    response: Response<Acceptance<T>>,
    request_body: Bytes,
}

impl<T> Receipt<T> {
    /// The receipt for a request with that body.
    pub(crate) fn new(response: Response<Acceptance<T>>, request_body: Bytes) -> Self {
        Self {
            response,
            request_body,
        }
    }

    /// The body of the request, as it was sent.
    pub(crate) fn request_body(&self) -> &[u8] {
        &self.request_body
    }

    /// What became of the request, alone.
    pub fn into_inner(self) -> Acceptance<T> {
        self.response.into_inner()
    }

    /// The same as a plain response.
    pub fn into_response(self) -> Response<Acceptance<T>> {
        self.response
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// Twilio's id of the request, which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.response.request_id()
    }

    /// The text of the response, where the call asked for it: see [`Response::json`].
    pub fn json(&self) -> Option<&str> {
        self.response.json()
    }
}

impl<T> Deref for Receipt<T> {
    type Target = Acceptance<T>;

    fn deref(&self) -> &Acceptance<T> {
        &self.response
    }
}

/// The body of the request is left out.
impl<T: fmt::Debug> fmt::Debug for Receipt<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Receipt").field(&self.response).finish()
    }
}

/// Of the headers only the request id is shown.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

/// The header that Twilio puts its id of a request into. A blank one names nothing, and is not Twilio's.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get("twilio-request-id")?.to_str().ok()?;
    (!id.trim_ascii().is_empty()).then_some(id)
}
