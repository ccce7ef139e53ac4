//! The commands as people run them: the built binary, in a workspace of its own in a temporary folder, judged by its
//! exit code, by what it says, and by every byte it leaves behind.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "clippy takes only the functions that are marked as tests for tests"
)]

mod acknowledged;
mod arguments;
mod base;
mod check;
mod diff;
mod findings;
mod folder;
mod freshness;
mod interruption;
mod lint;
mod merges;
mod push;
mod readme;
mod regen;
mod release;
mod remotes;
mod repository;
mod upstream;
mod version;
mod workflows;
mod world;
