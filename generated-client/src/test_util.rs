//! What calls give, made without a server, so that your own code can be tested for every outcome.
//!
//! Add the feature to the dependency of the tests alone, with the same path or git address as the ordinary one:
//! ```toml
//! [dev-dependencies]
//! generated-client = { path = "../path/to/this/repository/generated-client", features = ["test-util"] }
//! ```
//!
//! # Values
//! Every type of a response is read from JSON as it would be from the server, although its struct cannot be written out
//! because properties may be added to it: `serde_json::from_value`, with the required properties and those that matter.
//! [`response`] puts status and headers around it, [`update`] and [`acceptance`] around what became of a request, and
//! [`page`] makes a page of a list.
//! ```
//! use generated_client::{Error, InstalledAddOnSid, Response, sid, test_util, types::InstalledAddOn};
//! use generated_client::serde_json::{from_value, json};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let add_on: InstalledAddOn = from_value(json!({
//!     "sid": "XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
//!     "account_sid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
//!     "available_add_on_sid": "XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
//!     "url": "https://marketplace.twilio.com/v1/InstalledAddOns/XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
//! }))?;
//! let response: Response<InstalledAddOn> = test_util::response(add_on).request_id("RQ1").build();
//! assert_eq!(response.sid, sid!(InstalledAddOnSid, "XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"));
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//! An [`error`] is made of what is known of it: its kind, the call, the status and body of a response. What the predicates
//! say follows from that, as it does for a real one. So a test cannot claim what never happens:
//! ```
//! use generated_client::reqwest::StatusCode;
//! use generated_client::types::BillableItem;
//! use generated_client::{Error, ErrorKind, sid, test_util};
//!
//! # fn main() -> Result<(), Error> {
//! let client = test_util::client()?;
//! let add_on = client.installed_add_on(sid!(InstalledAddOnSid, "XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"));
//! let bill = add_on.usage().report([BillableItem::new("BI1", "1.25".parse()?)]);
//! let fetch = add_on.fetch();
//!
//! let error = test_util::error(ErrorKind::Timeout).call(&bill).build();
//! assert!(error.is_outcome_unknown() && !error.is_retryable());
//! let error = test_util::error(ErrorKind::Timeout).call(&fetch).build();
//! assert!(error.is_retryable() && !error.is_outcome_unknown());
//! let error = test_util::error(ErrorKind::Api).call(&fetch).status(StatusCode::NOT_FOUND).code(20404).build();
//! assert!(error.is_not_found());
//! # Ok(())
//! # }
//! ```

mod page;
mod response;

use bytes::Bytes;

pub use self::page::{PageBuilder, page};
pub use self::response::{ResponseBuilder, acceptance, response, update};
pub(crate) use self::response::{append_header, set_request_id};
pub use crate::error::{ErrorBuilder, error};

use crate::runtime::{CallOptions, Decode, OperationRef, Prepared};
use crate::{Client, Credentials, Error, Page};

/// A client for tests that send nothing: its account is made up, and no server listens at its address.
///
/// # Errors
/// As those of [`ClientBuilder::build`](crate::ClientBuilder::build), if no HTTP client can be made.
pub fn client() -> Result<Client, Error> {
    let account = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".parse()?;
    // Port 1 is set aside for a service that nobody runs.
    Client::builder(Credentials::auth_token(account, "test"))
        .base_urls("http://127.0.0.1:1")
        .build()
}

/// A call of any operation, as a resource handle makes it. It says which operation and which request something is about.
pub trait Call: sealed::Sealed {}

/// The call of a list whose items are of this type.
pub trait ListCall<T>: Call + sealed::SealedList<T> {}

impl<C: sealed::Sealed> Call for C {}
impl<T, C: sealed::SealedList<T>> ListCall<T> for C {}

pub(crate) mod sealed {
    use super::{Error, PageReader, Request};

    pub trait Sealed {
        #[doc(hidden)]
        fn request(&self) -> Result<Request, Error>;
    }

    pub trait SealedList<T>: Sealed {
        #[doc(hidden)]
        fn reader(&self) -> PageReader<T>;
    }
}

/// How the pages of a list are read.
#[doc(hidden)]
pub struct PageReader<T>(pub(crate) Decode<Page<T>>);

/// What a call would send.
#[doc(hidden)]
#[derive(Debug)]
pub struct Request {
    pub(crate) operation: OperationRef,
    pub(crate) path: String,
    /// Without query.
    pub(crate) url: String,
    pub(crate) body: Bytes,
}

impl Request {
    /// What a call sends that was prepared, or why it would be refused.
    pub(crate) fn new(
        options: &CallOptions,
        prepared: Result<Prepared, Error>,
    ) -> Result<Self, Error> {
        let (operation, path, body) = prepared?.into_parts();
        let base = options.client().shared().hosts.base(operation.host)?;
        Ok(Self {
            url: format!("{}{path}", base.text()),
            operation,
            path,
            body,
        })
    }
}
