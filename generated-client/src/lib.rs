//! A client for Twilio's Marketplace API v1 and the Add-on resources of its 2010-04-01 API.
//!
//! One [`Client`] serves both hosts. What it offers follows the API's resources: a method for each
//! resource, a method on that for each call, and the call is awaited. What is required is an argument;
//! what is optional is chained before the `await`.
//!
//! # First call
//! ```no_run
//! use generated_client::{Client, InstalledAddOnSid};
//!
//! async fn show(sid: InstalledAddOnSid) -> Result<(), generated_client::Error> {
//!     // TWILIO_ACCOUNT_SID with TWILIO_API_KEY and TWILIO_API_SECRET, or with TWILIO_AUTH_TOKEN.
//!     let client = Client::from_env()?;
//!     let add_on = client.installed_add_on(sid).fetch().await?;
//!     println!("{} {:?}", add_on.sid, add_on.request_id());
//!     Ok(())
//! }
//! ```
//!
//! A call is awaited as it is. Where a future is expected, `.into_future()` makes it one:
//! ```no_run
//! # async fn both(client: generated_client::Client, sid: generated_client::InstalledAddOnSid) -> Result<(), Box<dyn std::error::Error>> {
//! let add_on = client.installed_add_on(sid);
//! let (fetched, extensions) = tokio::try_join!(
//!     add_on.fetch().into_future(),
//!     add_on.extensions().list().into_future(),
//! )?;
//! let deleted = tokio::spawn(add_on.delete().into_future()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Lists
//! `all_items` and `all_pages` walk a list to its end, `collect_all` collects it up to a bound that is stated. Awaiting
//! the call itself fetches one page.
//! ```no_run
//! use generated_client::types::AvailableAddOn;
//! use generated_client::{Client, Error, PageSize};
//!
//! async fn walk(client: &Client) -> Result<Vec<AvailableAddOn>, Error> {
//!     let list = client.available_add_ons().list().page_size(PageSize::MAX);
//!     let mut add_ons = list.clone().all_items();
//!     while let Some(add_on) = add_ons.next().await {
//!         println!("{}", add_on?.sid);
//!     }
//!     // One page, and the page after it, which may be read much later.
//!     let first = list.clone().await?;
//!     for add_on in &first {
//!         println!("{}", add_on.sid);
//!     }
//!     if let Some(token) = first.next_page_token() {
//!         println!("{} more", list.clone().page_token(token).await?.len());
//!     }
//!     // All of them; an error if there are more than 1000.
//!     list.collect_all(1000).await
//! }
//! ```
//! A walk ends with an error rather than to go on for ever or to follow a link to anything but the list itself:
//! [`PageStream`] says when. A response is the value and its headers; `into_inner()` moves the value out, so that its
//! fields can be moved without a `clone`.
//!
//! # Downloads
//! ```no_run
//! use generated_client::{Client, Error, PayloadSid, RecordingSid, AddOnResultSid};
//!
//! async fn save(client: &Client, of: RecordingSid, result: AddOnResultSid, sid: PayloadSid) -> Result<(), Error> {
//!     let payload = client.recording(of).add_on_result(result).payload(sid);
//!     println!("{}", payload.download().await?.text().await?);
//!     payload.download().limit(1 << 30).await?.save_to("payload.json").await?;
//!     Ok(())
//! }
//! ```
//!
//! # An update with JSON
//! A field that carries a JSON document takes anything that serializes, and encodes it once.
//! ```no_run
//! use generated_client::types::ListingDescription;
//! use generated_client::{AvailableAddOnSid, Client, Error, InstalledAddOnSid, Update};
//!
//! #[derive(serde::Serialize)]
//! struct Settings {
//!     language: &'static str,
//! }
//!
//! async fn change(client: &Client, add_on: InstalledAddOnSid, listing: AvailableAddOnSid) -> Result<(), Error> {
//!     client
//!         .installed_add_on(add_on)
//!         .update()
//!         .configuration(&Settings { language: "en-GB" })
//!         .await?;
//!     let description = ListingDescription::new().body("Transcribes calls.");
//!     match client.listing(listing).update().description(&description).await?.into_inner() {
//!         Update::Updated(listing) => println!("changed {}", listing.sid),
//!         Update::NotModified => println!("it was so already"),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Billing usage
//! Accepted is not billed: the response says so for each item, or says nothing. The receipt knows what was reported and
//! compares.
//! ```no_run
//! use generated_client::types::BillableItem;
//! use generated_client::{Client, Error, InstalledAddOnSid, Quantity};
//!
//! async fn bill(client: &Client, add_on: InstalledAddOnSid, amount: Quantity) -> Result<(), Error> {
//!     let items = [BillableItem::new("BI00000000000000000000000000000000", amount)];
//!     match client.installed_add_on(add_on).usage().report(items).await {
//!         Ok(receipt) if receipt.all_submitted() => println!("billed"),
//!         Ok(receipt) => {
//!             for item in receipt.not_submitted() {
//!                 println!("{} was not billed", item.sid);
//!             }
//!             for item in receipt.unmentioned() {
//!                 println!("nothing is known of {} of {}", item.quantity, item.sid);
//!             }
//!         }
//!         // Sending it again could bill twice: ask Twilio what became of it.
//!         Err(error) if error.is_outcome_unknown() => {
//!             println!("{error}; sent at {:?}, request id {:?}", error.sent_at(), error.request_id());
//!         }
//!         Err(error) => return Err(error),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Errors
//! There is one error type. Its predicates say what to do, its accessors what the server said.
//! ```no_run
//! use generated_client::types::Listing;
//! use generated_client::{AvailableAddOnSid, Client, Error, codes};
//!
//! async fn find(client: &Client, sid: AvailableAddOnSid) -> Result<Option<Listing>, Error> {
//!     match client.listing(sid).fetch().await {
//!         Ok(listing) => Ok(Some(listing.into_inner())),
//!         Err(error) if error.is_not_found() => Ok(None),
//!         Err(error) => {
//!             if error.code() == Some(codes::TEST_CREDENTIALS) {
//!                 eprintln!("the Marketplace does not take test credentials");
//!             } else if error.is_rate_limited() {
//!                 eprintln!("too many requests; come back in {:?}", error.retry_after());
//!             }
//!             eprintln!("{:?} {:?}: {:?}", error.status(), error.request_id(), error.message());
//!             Err(error)
//!         }
//!     }
//! }
//! ```
//!
//! # Retry, and a mock
//! Calls are tried again by themselves where that is safe; [`RetryPolicy`] says when, and changes it.
//! A [`RetryBudget`] that all calls of a client share keeps them from multiplying an outage.
//! ```
//! use std::time::Duration;
//!
//! use generated_client::{AccountSid, Client, Credentials, Error, RetryPolicy};
//!
//! fn against_a_mock(account: AccountSid) -> Result<Client, Error> {
//!     let policy = RetryPolicy::new()
//!         .attempts(5)
//!         .deadline(Duration::from_secs(20))
//!         .observe(|retry| eprintln!("again in {:?}: {}", retry.pause(), retry.error()));
//!     Client::builder(Credentials::auth_token(account, "any"))
//!         .base_urls("http://127.0.0.1:4010")
//!         .retry(policy)
//!         .build()
//! }
//!
//! async fn list_once(client: &Client) -> Result<usize, Error> {
//!     let page = client.installed_add_ons().list().retry(RetryPolicy::none()).await?;
//!     Ok(page.len())
//! }
//! # against_a_mock("AC00000000000000000000000000000000".parse().unwrap()).unwrap();
//! ```
//!
//! # Testing your own code
//! Every type of a response is built from JSON, by [`serde_json::from_value`]. With the feature `test-util` the module
//! `test_util` makes what a call gives, without a server: an [`Error`] of any kind, status and code for a given call, a
//! [`Response`], a [`Receipt`] and a [`Page`]. Code that makes calls itself is pointed at a server of your own by
//! [`ClientBuilder::base_urls`].
//! ```
//! use generated_client::serde_json::{from_value, json};
//! use generated_client::types::InstalledAddOn;
//!
//! fn name(add_on: &InstalledAddOn) -> &str {
//!     add_on.unique_name.as_deref().unwrap_or("unnamed")
//! }
//!
//! let add_on: InstalledAddOn = from_value(json!({
//!     "sid": "XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
//!     "account_sid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
//!     "available_add_on_sid": "XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
//! }))?;
//! assert_eq!(name(&add_on), "unnamed");
//! # Ok::<(), generated_client::serde_json::Error>(())
//! ```
//!
//! # What to rely on
//! - A SID is a type of its own kind: handing one kind where another belongs does not compile.
//! - Responses are read leniently. Unknown properties and enum values and missing optional properties lose nothing. A
//!   value of an optional property that is not what the API describes is absent, such an entry of a map or item of an
//!   optional array is left out, and [`Response::skipped`] lists what was passed over, by path and reason. Strict are
//!   identities and the items and links of a page, so that a list never ends early without an error, and whatever says
//!   what was billed. An error about a response names the JSON path, and never the value. What decoding may take in
//!   memory is [bounded](ClientBuilder::reply_limit). Reading a type into a structure of your own by serde is as strict
//!   as for a derived type. Requests are checked before they are sent.
//! - Credentials go to the client's own hosts and nowhere else: no redirect is followed, and a link to a
//!   next page is followed only on the host that it belongs to. Nothing shows them, even where a server
//!   repeats them; see [`Credentials`].
//! - A call acts on the client's account or is refused: the Marketplace host acts on the account of the
//!   credentials, so a client made by [`Client::for_account`] for another one calls the 2010-04-01 host only. Of the client
//!   for the account of the credentials, a raw request and the page after a page act on the account in their path.
//! - Settings are checked when a client is built, and what a call sets by itself before anything is sent.
//! - Nothing that creates or bills is sent twice once it may have arrived. [`Error::is_outcome_unknown`]
//!   tells when that leaves a question open, [`Error::is_retryable`] when sending again is safe.
//!
//! # In your own types
//! The types of [`types`] can be parts of yours, as if serde had derived them: also by `flatten`, in `untagged` and tagged
//! enums, and in YAML, TOML, CBOR and MessagePack. Formats whose values do not say what they are, such as bincode, postcard and
//! RON, take the scalars ([`Amount`], [`Quantity`], [`Timestamp`], SIDs) and what is made of them, but nothing that holds any
//! JSON: a configuration, or properties that the type does not declare. [`Amount`] says what becomes of its digits.
//!
//! # Proxies, certificates and other hosts
//! The HTTP library reads `HTTPS_PROXY` and its kin from the environment. For a proxy of your own or for
//! further certificates hand [`ClientBuilder::http_client`] a builder of [`reqwest`], which is
//! re-exported; [`ClientBuilder::download_http_client`] is the same for downloads. Region and edge come
//! from the builder or from `TWILIO_REGION` and `TWILIO_EDGE`; not every region has the Marketplace, as
//! [`ClientBuilder::region`] says. `TWILIO_BASE_URL` leads [`Client::from_env`] to a mock or a proxy.
//!
//! # Features
//! - `rustls` (default): TLS by rustls with ring and the platform's certificates.
//! - `native-tls`: TLS of the operating system. Switch the default features off to use it alone.
//! - `chrono`: [`Timestamp`] from and as `chrono::DateTime<Utc>`.
//! - `jiff`: [`Timestamp`] from and as `jiff::Timestamp`.
//! - `rust_decimal`: [`Amount`] and [`Quantity`] from and as `rust_decimal::Decimal`.
//! - `schema`: checks a configuration against the schema that its listing publishes, before it is sent:
//!   `ConfigurationSchema`.
//! - `test-util`: the module `test_util`, which makes errors, responses, receipts and pages for tests. It is for
//!   `[dev-dependencies]`.
//! - `tracing`: one span `call` for each call, over all of its attempts, with the fields `operation`,
//!   `method`, `host`, `attempt`, `status`, `request_id` and `duration_ms`, and for a call that failed
//!   `error_kind`, the name of its [`ErrorKind`]: of the last attempt, of the decoding of the response, or
//!   of a call that was refused and not sent. Never a body, a query or a secret. A download that fails
//!   after the API said where the content is has no span of its own. Without the feature nothing of it
//!   is compiled.

#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod amount;
mod builder;
mod client;
pub mod codes;
mod conceal;
mod credentials;
mod download;
mod environment;
mod error;
#[rustfmt::skip]
#[allow(deprecated, reason = "what the document marks is deprecated for callers, and still made here")]
mod generated;
mod host;
mod json;
mod literal;
mod one_line;
mod outcome;
mod quantity;
mod request;
mod response;
mod retry;
mod retry_budget;
mod runtime;
#[cfg(feature = "schema")]
mod schema;
mod setting;
#[cfg(feature = "test-util")]
#[cfg_attr(docsrs, doc(cfg(feature = "test-util")))]
pub mod test_util;
mod timestamp;
mod unix_time;
mod usage;

// Every other crate that a signature names, so that callers need none of them as a dependency of their own.
#[cfg(feature = "chrono")]
#[cfg_attr(docsrs, doc(cfg(feature = "chrono")))]
pub use chrono;
#[cfg(feature = "jiff")]
#[cfg_attr(docsrs, doc(cfg(feature = "jiff")))]
pub use jiff;
#[cfg(feature = "rust_decimal")]
#[cfg_attr(docsrs, doc(cfg(feature = "rust_decimal")))]
pub use rust_decimal;
pub use {bytes, futures_core, reqwest, serde_core, serde_json};

pub use crate::amount::{Amount, AmountError};
pub use crate::builder::ClientBuilder;
pub use crate::client::Client;
pub use crate::credentials::Credentials;
pub use crate::download::{Content, Download};
pub use crate::error::{Error, ErrorKind};
pub use crate::generated::bounded::*;
pub use crate::generated::hosts::Host;
pub use crate::generated::sids::*;
pub use crate::generated::{bounded, calls, choices, resources, sids, types};
pub use crate::json::Json;
pub use crate::outcome::{Acceptance, Update};
pub use crate::quantity::{Quantity, QuantityError};
pub use crate::request::RawRequest;
pub use crate::response::{Receipt, Response};
pub use crate::retry::{Retry, RetryPolicy};
pub use crate::retry_budget::RetryBudget;
pub use crate::runtime::bounds::BoundError;
pub use crate::runtime::call::{CallFuture, ReceiptFuture};
pub use crate::runtime::page::Page;
pub use crate::runtime::sid::{SidError, SidErrorKind};
pub use crate::runtime::stream::{ItemStream, PageStream};
pub use crate::runtime::value::Skipped;
#[cfg(feature = "schema")]
#[cfg_attr(docsrs, doc(cfg(feature = "schema")))]
pub use crate::schema::{ConfigurationError, ConfigurationSchema, SchemaError, Violation};
pub use crate::timestamp::{Timestamp, TimestampError};

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
