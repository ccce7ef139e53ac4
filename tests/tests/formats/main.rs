//! The client's types in callers' own structures, in JSON and in other formats of serde: what a derived type does there,
//! they do.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod embedded;
mod format;
mod scalars;
mod twins;
