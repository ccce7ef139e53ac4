//! Every operation against every fault: how often it was sent, which error came out, that nothing that bills was
//! sent twice, and that nobody else saw the credentials.

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
    unused_imports,
    reason = "what is on the wire is another test's concern"
)]
mod calls;
mod contents;
mod downloads;
mod kept;
mod limits;
mod lists;
mod operations;
#[path = "../wire/support.rs"]
#[allow(dead_code, reason = "each test needs a part of it")]
mod support;
