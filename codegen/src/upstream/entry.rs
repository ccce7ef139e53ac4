//! One decision of the list: which differences it covers, and why they are there.

use super::difference::Kind;
use super::pattern::Pattern;
use crate::finding::Place;

/// A difference that was decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// What the entry is called.
    pub id: String,
    /// What kind of difference it is mainly about.
    pub kind: Kind,
    /// What upstream says, for people.
    pub published: String,
    /// What the curated document says, for people.
    pub curated: String,
    /// Why.
    pub reason: String,
    /// What the decision rests on.
    pub source: String,
    /// The places that it covers, each with its place in the list.
    pub(super) at: Vec<(Pattern, Place)>,
    /// What the two sides say at these places.
    pub(super) values: Vec<String>,
    pub(super) place: Place,
    pub(super) kind_place: Place,
    pub(super) values_place: Place,
}
