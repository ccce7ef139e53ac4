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
mod matching;
mod meaning;
mod media;
mod operations;
pub(crate) mod outline;
mod parameters;
pub(crate) mod pattern;
mod prose;
mod reach;
mod references;
pub mod render;
mod replies;
pub mod rules;
mod rust;
pub(crate) mod schema;
mod security;
mod servers;
pub(crate) mod side;
pub(crate) mod site;
mod unchanged;
mod verdict;
mod version;
mod walk;
mod xml;

pub use acknowledged::{Acknowledged, Acknowledgement, missing};
pub use change::{Change, Counts, Reached, Report, RustLines, Stands};
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
    compare(walk::Walk::new(base, revision))
}

fn compare(mut walk: walk::Walk<'_>) -> Report {
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::load::load;

    fn read(path: &Path) -> Tree {
        load("a.yaml", &std::fs::read(path).unwrap()).unwrap()
    }

    #[test]
    fn passing_over_what_is_unchanged_hides_nothing() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let own = read(&folder.join("../spec/marketplace.v1.yaml"));
        let mut pairs: Vec<(Tree, Tree)> = std::fs::read_dir(folder.join("tests/diff"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|pair| {
                (
                    read(&pair.join("base.yaml")),
                    read(&pair.join("revision.yaml")),
                )
            })
            .collect();
        for (from, to) in [
            ("maximum: 1000", "maximum: 500"),
            ("^XB[0-9a-fA-F]{32}$", "^XB[0-9a-f]{32}$"),
            ("operationId: ReportUsage", "operationId: SubmitUsage"),
            ("{InstalledAddOnSid}", "{AddOnSid}"),
            ("contentType: application/json", "contentType: text/plain"),
            ("nullable: true", "nullable: false"),
            ("basicAuth", "Basic"),
        ] {
            assert!(own.text().contains(from), "{from}");
            let text = own.text().replace(from, to);
            pairs.push((own.clone(), load("b.yaml", text.as_bytes()).unwrap()));
        }
        for (base, revision) in &pairs {
            let mut walk = walk::Walk::new(base, revision);
            walk.look_at_everything();
            assert_eq!(diff(base, revision), compare(walk));
        }
    }
}
