//! What the client puts on the wire and how it reads what comes back, against servers on loopback.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "../calls/mod.rs"]
#[allow(
    dead_code,
    reason = "what calls and replies show of themselves is another test's concern"
)]
mod calls;
mod collecting;
mod credentials;
mod errors;
mod first_seen;
mod futures;
mod mock;
mod odd;
mod operations;
mod options;
mod outcomes;
mod paging;
#[rustfmt::skip]
mod readme;
mod receipts;
mod refused;
mod replies;
mod requests;
mod schema;
mod settings;
mod skipped;
mod support;
mod testing;
mod tls;
