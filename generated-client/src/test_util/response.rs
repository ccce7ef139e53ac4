//! Responses with a value, and receipts.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::Call;
use crate::one_line::OneLine;
use crate::{Acceptance, Receipt, Response, Update};

/// A response in the making; see [`response`].
#[derive(Clone, Debug)]
#[must_use = "it is a response once it is built"]
pub struct ResponseBuilder<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    json: Option<Bytes>,
}

/// A response that carries a value, with status 200 and without headers.
pub fn response<T>(value: T) -> ResponseBuilder<T> {
    ResponseBuilder {
        value,
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        json: None,
    }
}

/// What became of an update, with the status that says so: 200 or 304.
pub fn update<T>(value: Update<T>) -> ResponseBuilder<Update<T>> {
    let status = match value {
        Update::Updated(_) => StatusCode::OK,
        Update::NotModified => StatusCode::NOT_MODIFIED,
    };
    response(value).status(status)
}

/// What became of a request that may only be accepted, with the status that says so: 200 or 202. A receipt is built with
/// the call that it is for.
///
/// ```
/// use generated_client::serde_json::{from_value, json};
/// use generated_client::types::BillableItem;
/// use generated_client::{Acceptance, sid, test_util};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let add_on = test_util::client()?.installed_add_on(sid!(InstalledAddOnSid, "XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"));
/// let item = |sid| Ok::<_, generated_client::Error>(BillableItem::new(sid, "1.25".parse()?));
/// let report = add_on.usage().report([item("BI1")?, item("BI2")?]);
/// let taken = from_value(json!({"billable_items": [{"sid": "BI1", "quantity": 1.25, "submitted": true}]}))?;
///
/// let receipt = test_util::acceptance(Acceptance::Accepted(taken)).receipt(&report);
/// assert!(!receipt.all_submitted());
/// assert_eq!(receipt.unmentioned()[0].sid, "BI2");
/// # Ok(())
/// # }
/// ```
pub fn acceptance<T>(value: Acceptance<T>) -> ResponseBuilder<Acceptance<T>> {
    let status = match value {
        Acceptance::Completed(_) => StatusCode::OK,
        Acceptance::Accepted(_) | Acceptance::AcceptedEmpty => StatusCode::ACCEPTED,
    };
    response(value).status(status)
}

impl<T> ResponseBuilder<T> {
    /// Sets the status.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Adds a header. A name or a value that no header can have is left out.
    pub fn header(mut self, name: impl AsRef<str>, value: impl TryInto<HeaderValue>) -> Self {
        append_header(&mut self.headers, name.as_ref(), value.try_into().ok());
        self
    }

    /// Sets Twilio's id of the request. What cannot be in a header becomes a space.
    pub fn request_id(mut self, id: impl AsRef<str>) -> Self {
        set_request_id(&mut self.headers, id.as_ref());
        self
    }

    /// Sets the text that [`Response::json`] gives for a call that asked for it.
    pub fn json(mut self, text: impl Into<String>) -> Self {
        self.json = Some(text.into().into());
        self
    }

    /// The response.
    pub fn build(self) -> Response<T> {
        let mut response = Response::new(self.value, self.status, self.headers);
        response.keep(Default::default(), self.json);
        response
    }
}

impl<T> ResponseBuilder<Acceptance<T>> {
    /// The receipt for a call, which knows what the call asks for.
    pub fn receipt(self, call: &impl Call) -> Receipt<T> {
        let request_body = call.request().map(|request| request.body);
        Receipt::new(self.build(), request_body.unwrap_or_default())
    }
}

/// Adds a header, where there is one to add.
pub(crate) fn append_header(headers: &mut HeaderMap, name: &str, value: Option<HeaderValue>) {
    if let (Ok(name), Some(value)) = (HeaderName::from_bytes(name.as_bytes()), value) {
        headers.append(name, value);
    }
}

/// Sets the header that [`Response::request_id`] reads.
pub(crate) fn set_request_id(headers: &mut HeaderMap, id: &str) {
    if let Ok(value) = HeaderValue::try_from(OneLine(id).to_string()) {
        headers.insert(HeaderName::from_static("twilio-request-id"), value);
    }
}
