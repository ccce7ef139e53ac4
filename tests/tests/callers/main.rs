//! The client as other people's crates see it: what must not compile does not, with the compiler's error on the right
//! line, beside a twin that does; and crates in another folder that name the client by path build and make a call.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod compile_fail;
mod dependent;
mod evolution;
mod serde_features;
mod workshop;
