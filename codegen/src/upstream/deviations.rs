//! The list of decisions, `spec/deviations.toml`, and what can be said about it without any published description.

use super::entry::Deviation;
use super::operations::{Operation, operations};
use super::place::OWNERS;
use super::read::read;
use super::scope::{Scope, covers};
use crate::diff::side::Side;
use crate::finding::{Finding, Rule, Severity};
use crate::load::Tree;

/// The list cannot be used.
pub const DEVIATION_UNREADABLE: Rule = Rule {
    id: "DEVIATION_UNREADABLE",
    severity: Severity::Error,
    summary: "The list of deviations is TOML of the form that its head describes.",
};

/// A place of an entry is no difference, or not in the document.
pub const DEVIATION_STALE: Rule = Rule {
    id: "DEVIATION_STALE",
    severity: Severity::Error,
    summary: "Every place of an entry is one in which the two descriptions differ.",
};

/// What differs at the places of an entry is not what was decided on.
pub const DEVIATION_CHANGED: Rule = Rule {
    id: "DEVIATION_CHANGED",
    severity: Severity::Error,
    summary: "At the places of an entry the two descriptions say what the entry lists.",
};

/// A `*` covers too much or too little.
pub const DEVIATION_TOO_WIDE: Rule = Rule {
    id: "DEVIATION_TOO_WIDE",
    severity: Severity::Error,
    summary: "A `*` stands for several things, and for the same decision in all of them.",
};

/// A difference is covered twice.
pub const DEVIATION_REPEATED: Rule = Rule {
    id: "DEVIATION_REPEATED",
    severity: Severity::Error,
    summary: "A difference belongs to one entry.",
};

/// The decisions, in the order in which they are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deviations {
    pub(super) entries: Vec<Deviation>,
    pub(super) scopes: Vec<Scope>,
}

/// Checks a list of deviations without any published description: its form, and that every place can be one of the
/// curated document. `name` is how findings name the file.
pub fn deviations(name: &str, text: &str, curated: &Tree) -> Vec<Finding> {
    match Deviations::parse(name, text) {
        Ok(list) => list.misplaced(curated),
        Err(findings) => findings,
    }
}

impl Deviations {
    /// Reads a list. `name` is how findings name the file.
    ///
    /// ```
    /// use codegen::upstream::Deviations;
    ///
    /// let text = r#"
    /// [[deviation]]
    /// id = "not-found"
    /// at = ["GET /v1/Things /responses/404"]
    /// kind = "status"
    /// published = "not listed"
    /// curated = "404 without a body"
    /// values = ["absent -> present"]
    /// reason = "A thing may not exist."
    /// source = "Documentation of the Things resource"
    /// "#;
    /// assert_eq!(Deviations::parse("a.toml", text).unwrap().entries()[0].id, "not-found");
    /// assert!(Deviations::parse("a.toml", &text.replace("A thing may not exist.", " ")).is_err());
    /// ```
    ///
    /// # Errors
    /// Everything that is not of the form, with its line.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Finding>> {
        read(name, text)
    }

    /// The decisions.
    pub fn entries(&self) -> &[Deviation] {
        &self.entries
    }

    /// Every place and scope that the curated document has nothing for.
    pub(super) fn misplaced(&self, curated: &Tree) -> Vec<Finding> {
        let side = Side::new(curated);
        let here = operations(&side);
        let mut findings = Vec::new();
        for (pattern, place) in self.entries.iter().flat_map(|entry| &entry.at) {
            let component = OWNERS.iter().find(|(word, _)| *word == pattern.owner[0]);
            let is_there = match component {
                Some((_, kind)) => side
                    .components(kind)
                    .is_some_and(|all| all.get(&pattern.owner[1]).is_some()),
                // An operation that only upstream has is not in the document, which is the point.
                None => {
                    pattern.is_whole()
                        || here
                            .iter()
                            .any(|operation| pattern.selects(&operation.method, operation.path))
                }
            };
            if !is_there {
                let message = format!("the document has no `{}`", pattern.owner.join(" "));
                findings.push(
                    Finding::new(&DEVIATION_STALE, place.clone(), message)
                        .help("write the name as the document does, or remove the place"),
                );
            }
        }
        for scope in &self.scopes {
            scope_misplaced(scope, &here, &mut findings);
        }
        findings.sort();
        findings
    }
}

fn scope_misplaced(scope: &Scope, here: &[Operation<'_>], findings: &mut Vec<Finding>) {
    let own: Vec<&Operation<'_>> = here
        .iter()
        .filter(|operation| operation.is_at(&[scope.server.as_str()]))
        .collect();
    if own.is_empty() {
        let message = format!("the document has no operation on `{}`", scope.server);
        findings.push(
            Finding::new(&DEVIATION_STALE, scope.server_place.clone(), message)
                .help("remove the scope"),
        );
        return;
    }
    for (path, place) in &scope.paths {
        if !own
            .iter()
            .any(|operation| covers(path, operation.whole_path()))
        {
            let message = format!(
                "the document has no path under `{path}` on `{}`",
                scope.server
            );
            findings.push(
                Finding::new(&DEVIATION_STALE, place.clone(), message).help("remove the path"),
            );
        }
    }
    let is_out = |operation: &&&Operation<'_>| {
        let mut paths = scope.paths.iter();
        !paths.any(|(path, _)| covers(path, operation.whole_path()))
    };
    if let Some(operation) = own.iter().find(is_out) {
        let message = format!("the scope leaves out `{}` of the document", operation.path);
        findings.push(
            Finding::new(&DEVIATION_STALE, scope.server_place.clone(), message)
                .help("name the path, or one above it, in `paths`"),
        );
    }
}
