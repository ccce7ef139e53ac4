//! A client for Twilio's Marketplace API v1 and the Add-on resources of its 2010-04-01 API.
//!
//! One [`Client`] serves both hosts. Its methods follow the API's resources: one for each resource, and
//! on that one for each call, which is awaited. What is required is an argument; what is optional is
//! chained before the `await`. A SID is made by `"XE…".parse()?`, or by [`sid!`] from a constant.
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
//! A call can be awaited directly. Where a future is expected, `.into_future()` makes it one (before edition 2024 with
//! `use std::future::IntoFuture`):
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
//!     let available = client.available_add_ons();
//!     let mut add_ons = available.list().page_size(PageSize::MAX).all_items();
//!     while let Some(add_on) = add_ons.next().await {
//!         println!("{}", add_on?.sid);
//!     }
//!     // One page, and the page after it, which may be read much later.
//!     let first = available.list().await?;
//!     for add_on in &first {
//!         println!("{}", add_on.sid);
//!     }
//!     if let Some(token) = first.next_page_token() {
//!         println!("{} more", available.list().page_token(token).await?.len());
//!     }
//!     // All of them; an error if there are more than 1000.
//!     available.list().collect_all(1000).await
//! }
//! ```
//! A circle of pages, too many empty pages in a row, and a link to anything but the list itself are errors, as
//! [`PageStream`] says. A response is the value and its headers; `into_inner()` moves the value out, so that its fields can be moved
//! without a `clone`. A list that this crate does not know is walked by [`Client::request`] and [`RawRequest::all_items`].
//!
//! # Downloads
//! The content of a payload is on another server, which gets no credentials. Without [`limit`](Download::limit) the
//! limit of the client holds, 8 MiB unless set. A file is complete, or as it was before.
//! ```no_run
//! use generated_client::{AddOnResultSid, Client, Error, PayloadSid, RecordingSid};
//!
//! async fn save(client: &Client, of: RecordingSid, result: AddOnResultSid, sid: PayloadSid) -> Result<(), Error> {
//!     let payload = client.recording(of).add_on_result(result).payload(sid);
//!     println!("{}", payload.download().await?.text().await?);
//!     payload.download().limit(1 << 30).await?.save_to("payload.json").await?;
//!     Ok(())
//! }
//! ```
//!
//! # Installing and deleting
//! What creates is never sent twice once it may have arrived. So after an unknown outcome look first whether it exists. A
//! deletion is idempotent and is tried again. Only Twilio's code proves that the resource is gone: a proxy can send a 404
//! too.
//! ```no_run
//! use generated_client::choices::AcceptTermsOfService;
//! use generated_client::{AvailableAddOnSid, Client, Error, InstalledAddOnSid, codes};
//!
//! async fn install(client: &Client, listing: AvailableAddOnSid) -> Result<InstalledAddOnSid, Error> {
//!     let call = client.installed_add_ons().create(listing, AcceptTermsOfService::Yes);
//!     match call.unique_name("transcriber").await {
//!         Ok(add_on) => Ok(add_on.sid),
//!         Err(error) if error.is_outcome_unknown() => {
//!             // Where even this fails, it stays unknown: the error of the list would say nothing about it.
//!             let list = client.installed_add_ons().list();
//!             let Ok(add_ons) = list.collect_all(1000).await else { return Err(error) };
//!             let found = add_ons.into_iter().find(|it| it.unique_name.as_deref() == Some("transcriber"));
//!             found.map(|add_on| add_on.sid).ok_or(error)
//!         }
//!         Err(error) => Err(error),
//!     }
//! }
//!
//! async fn uninstall(client: &Client, sid: InstalledAddOnSid) -> Result<(), Error> {
//!     match client.installed_add_on(sid).delete().await {
//!         Ok(_) => Ok(()),
//!         Err(error) if error.is_not_found() && error.code() == Some(codes::NOT_FOUND) => Ok(()),
//!         Err(error) => Err(error),
//!     }
//! }
//! ```
//!
//! # Secrets
//! Credentials are checked when the client is built, and nothing shows them. `Debug` of a type hides what may be a secret,
//! such as a configuration; reading the field shows it.
//! ```
//! use generated_client::serde_json::{from_value, json};
//! use generated_client::types::InstalledAddOn;
//! use generated_client::{AccountSid, Client, Credentials};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let account: AccountSid = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".parse()?;
//! let credentials = Credentials::auth_token(account, "0123456789abcdef");
//! let client = Client::builder(credentials).build()?;
//! assert!(!format!("{client:?}").contains("0123456789abcdef"));
//!
//! // White space that was copied with a token is an error now, not a 401 at each call.
//! let copied = Credentials::auth_token(account, "0123456789abcdef\n");
//! assert!(Client::builder(copied).build().is_err());
//!
//! let add_on: InstalledAddOn = from_value(json!({
//!     "sid": "XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
//!     "account_sid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
//!     "available_add_on_sid": "XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
//!     "configuration": {"api_key": "fedcba9876543210"},
//! }))?;
//! assert!(!format!("{add_on:?}").contains("fedcba9876543210"));
//! # Ok(())
//! # }
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
//!         Update::NotModified => println!("it was the same before"),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Billing usage
//! Accepted is not billed. The response says of each item whether it was submitted for billing, or says nothing. The
//! receipt knows what was reported and compares it with the response.
//! ```no_run
//! use generated_client::types::BillableItem;
//! use generated_client::{Client, Error, InstalledAddOnSid, Quantity};
//!
//! async fn bill(client: &Client, add_on: InstalledAddOnSid, amount: Quantity) -> Result<(), Error> {
//!     let items = [BillableItem::new("BI00000000000000000000000000000000", amount)];
//!     // By reference, so that it is known afterwards what was reported.
//!     match client.installed_add_on(add_on).usage().report(&items[..]).await {
//!         Ok(receipt) if receipt.all_submitted() => println!("billed"),
//!         Ok(receipt) => {
//!             println!("not all is billed; request id {:?}", receipt.request_id());
//!             for item in receipt.not_submitted() {
//!                 println!("{} was not billed", item.sid);
//!             }
//!             for item in receipt.unmentioned() {
//!                 println!("nothing is known of {} of {}", item.quantity, item.sid);
//!             }
//!         }
//!         // Sending it again could bill twice: ask Twilio whether it was billed.
//!         Err(error) if error.is_outcome_unknown() => {
//!             println!("{error}; sent at {:?}, request id {:?}", error.sent_at(), error.request_id());
//!             println!("not known to be billed: {items:?}");
//!         }
//!         Err(error) => return Err(error),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Errors
//! There is one error type. Its predicates tell what to do, its accessors what the server said.
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
//!                 eprintln!("too many requests; try again in {:?}", error.retry_after());
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
//! `test_util` makes what a call returns, without a server: an [`Error`] of any kind, status and code for a given call, a
//! [`Response`], a [`Receipt`] and a [`Page`]. For code that makes calls itself, [`ClientBuilder::base_urls`] names a mock
//! of your own.
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
//! - Each kind of SID is a type of its own: one kind in the place of another does not compile.
//! - Responses are read leniently. Unknown properties and enum values and missing optional properties lose nothing. A
//!   value of an optional property that is not what the API describes is absent, such an entry of a map or item of an
//!   optional array is left out, and [`Response::skipped`] lists what was passed over, by path and reason. Identities,
//!   the items and links of a page, and what says what was billed are read strictly: an odd value there is an error, so
//!   that no list ends early without one. An error about a response names the JSON path, and never the value. The memory
//!   that decoding takes is [bounded](ClientBuilder::reply_limit). By serde, as in a structure of your own, the types
//!   are read as strictly as derived ones. Requests are checked before they are sent.
//! - Credentials are sent to the client's own hosts and nowhere else: no redirect is followed with them, and a
//!   link to a next page is followed only on the host of its list. Nothing shows them, even where a server
//!   repeats them; see [`Credentials`].
//! - A call acts on the client's account or is refused: the Marketplace host acts on the account of the
//!   credentials, so a client made by [`Client::for_account`] for another account calls the 2010-04-01 host only. With the
//!   client for the account of the credentials, a raw request and the next page of a page act on the account in their path.
//! - Settings are checked when a client is built, and the settings of a call before anything is sent.
//! - Nothing that creates or bills is sent twice once it may have arrived. [`Error::is_outcome_unknown`]
//!   tells when it is not known whether it was done, [`Error::is_retryable`] when sending again is safe.
//!
//! # In your own types
//! The types of [`types`] can be parts of yours, as if serde had derived them: also by `flatten`, in `untagged` and tagged
//! enums, and in YAML, TOML, CBOR and MessagePack. Formats that do not describe their values, such as bincode, postcard and
//! RON, can hold the scalars ([`Amount`], [`Quantity`], [`Timestamp`], SIDs) and types that consist of them, but no type
//! that has JSON of any form in it: a configuration, or properties that the type does not declare. [`Amount`] says which
//! digits each format keeps.
//!
//! # Proxies, certificates and other hosts
//! The HTTP library reads `HTTPS_PROXY` and similar variables from the environment. For a proxy of your own or for
//! further certificates give [`ClientBuilder::http_client`] a builder of [`reqwest`], which is
//! re-exported; [`ClientBuilder::download_http_client`] is the same for downloads. Region and edge are set
//! by the builder or by `TWILIO_REGION` and `TWILIO_EDGE`; not every region has the Marketplace, as
//! [`ClientBuilder::region`] says. `TWILIO_BASE_URL` makes [`Client::from_env`] use a mock or a proxy.
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
pub use crate::usage::ReportedItem;

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
