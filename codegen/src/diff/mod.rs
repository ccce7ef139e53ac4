//! What changed between two documents, and what each change does to those who rely on the old one.
//!
//! [`diff`] works on the trees that remember where everything stands, so a document that the generator would refuse gets
//! its report too. It follows references, takes `allOf` apart and compares schemas in the direction in which they travel;
//! it starts no process and never fails. Every change gets three [`Verdicts`]; `spec/diff.md` has the policy.

pub mod acknowledged;
mod bodies;
mod callbacks;
mod change;
mod components;
mod digest;
mod document;
mod fingerprint;
mod finish;
mod media;
mod operations;
pub(crate) mod outline;
mod parameters;
pub(crate) mod pattern;
mod prose;
mod reach;
pub mod render;
mod replies;
pub mod rules;
mod rust;
pub(crate) mod schema;
mod security;
mod servers;
pub(crate) mod side;
pub(crate) mod site;
mod verdict;
mod version;
mod walk;

pub use acknowledged::{Acknowledged, Acknowledgement};
pub use change::{Change, Counts, Reached, Report, RustLines};
pub use rules::{RULES, Rule, Weight};
pub use verdict::{Promise, Semver, Verdict, Verdicts};
pub use version::{Version, VersionError, covers};

use crate::load::Tree;

/// Compares two documents.
///
/// ```
/// use codegen::diff::{Promise, Semver, diff};
/// use codegen::load::load;
///
/// let document = |operation: &str| load("a.yaml", format!("paths:\n  /v1/Listings:\n    {operation}: {{}}\n").as_bytes());
/// let (base, revision) = (document("get").unwrap(), document("post").unwrap());
/// let report = diff(&base, &revision);
/// assert_eq!(report.semver(Promise::All), Semver::Major);
/// assert_eq!(report.changes[0].id(), "OPERATION_REMOVED");
/// assert!(diff(&base, &base).changes.is_empty());
/// ```
pub fn diff(base: &Tree, revision: &Tree) -> Report {
    let mut walk = walk::Walk::new(base, revision);
    document::compare(&mut walk);
    operations::compare(&mut walk);
    security::schemes(&mut walk);
    schema::compare_all(&mut walk);
    components::unreached(&mut walk);
    schema::compare_all(&mut walk);
    components::names(&mut walk);
    walk.report_unexplained();
    document::leftovers(&mut walk);
    finish::finish(walk)
}
