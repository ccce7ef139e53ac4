//! Whether the curated document is still true to what Twilio publishes.
//!
//! [`compare`] pairs the operations of the curated document with those of the published descriptions by method and path,
//! and reports what either lacks and what differs on the wire; names of operations, tags and components and all prose do
//! not count. Differences that were decided on stand in a list ([`Deviations`]); an entry that no longer fits is reported
//! with its line. Nothing is read from a disk or written here, and a document that the generator would refuse is compared
//! all the same.

mod apply;
mod body;
mod compare;
mod decide;
mod deviations;
mod difference;
mod entry;
mod keywords;
mod left;
mod operation;
mod operations;
mod parameters;
mod pattern;
mod place;
mod published;
mod read;
pub mod render;
mod replies;
mod schema;
mod scope;
mod shape;

pub use compare::{Report, compare};
pub use deviations::{
    DEVIATION_CHANGED, DEVIATION_REPEATED, DEVIATION_STALE, DEVIATION_TOO_WIDE,
    DEVIATION_UNREADABLE, Deviations, deviations,
};
pub use difference::{Difference, Kind, Way};
pub use entry::Deviation;
pub use published::UPSTREAM_UNREADABLE;
