//! Servers on loopback that stand in for Twilio, for tests and for the client's example, and the OpenAPI document
//! as the data that they answer from. Nothing here depends on the client, so that the client cannot be measured
//! against itself.

#![deny(missing_docs)]

pub mod document;
pub mod exact;
pub mod faults;
pub mod marketplace;
mod paging;
pub mod server;

pub use document::Document;
pub use marketplace::Marketplace;
pub use server::{Recorded, Reply, Server};
