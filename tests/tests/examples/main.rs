//! Every example of the document, taken as testimony: a reply must decode into its type and encode back to the same
//! JSON, a request must be what the call that is made from it sends.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod collected;
mod replies;
mod requests;
mod types;
