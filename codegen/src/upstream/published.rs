//! The operations of all published descriptions, found by method and path, and what makes a description none to compare
//! with.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::deviations::Deviations;
use super::difference::{ABSENT, Difference, Kind, PRESENT, Way};
use super::operations::{Operation, operations};
use super::place::At;
use super::scope;
use crate::diff::side::Side;
use crate::finding::{Finding, Place, Rule, Severity};
use crate::load::{Kind as NodeKind, Node};

/// A published description cannot be compared.
pub const UPSTREAM_UNREADABLE: Rule = Rule {
    id: "UPSTREAM_UNREADABLE",
    severity: Severity::Error,
    summary: "A published description is OpenAPI 3 and describes a host of the curated document.",
};

/// The operations of all published descriptions.
pub(super) struct Published<'a, 't> {
    sides: &'a [Side<'t>],
    list: Vec<(usize, Operation<'t>)>,
    by_key: HashMap<(String, String), Vec<usize>>,
    /// The origins that the descriptions are about.
    pub(super) origins: Vec<&'t str>,
}

impl<'a, 't> Published<'a, 't> {
    pub(super) fn new(
        ours: &Side<'t>,
        here: &[Operation<'t>],
        sides: &'a [Side<'t>],
    ) -> Result<Self, Vec<Finding>> {
        let mut published = Self {
            sides,
            list: Vec::new(),
            by_key: HashMap::new(),
            origins: Vec::new(),
        };
        let mut findings = Vec::new();
        if let Some(finding) = unreadable(ours) {
            findings.push(finding);
        }
        for (number, side) in sides.iter().enumerate() {
            if let Some(finding) = unreadable(side) {
                findings.push(finding);
                continue;
            }
            let found = operations(side);
            let is_ours = |operation: &Operation<'t>| {
                here.iter()
                    .any(|other| other.key == operation.key || operation.is_at(&other.origins))
            };
            if !found.iter().any(is_ours) {
                findings.push(foreign(side, here));
                continue;
            }
            for operation in found {
                published.add(number, operation, &mut findings);
            }
        }
        if findings.is_empty() {
            Ok(published)
        } else {
            Err(findings)
        }
    }

    fn add(&mut self, number: usize, operation: Operation<'t>, findings: &mut Vec<Finding>) {
        for origin in &operation.origins {
            if !self.origins.contains(origin) {
                self.origins.push(origin);
            }
        }
        // Two hosts can have the same path; only what is sent to the same host is the same operation.
        if let Some((known, first)) = self.at(&operation.key, &operation.origins)
            && let (Some(side), Some(before)) = (self.sides.get(number), self.sides.get(known))
        {
            let place = side.outline.key_place(operation.node);
            let message = format!(
                "`{}` is described twice, here and in {}",
                operation.name(),
                before.outline.key_place(first.node)
            );
            findings.push(
                Finding::new(&UPSTREAM_UNREADABLE, place, message)
                    .help("give one description for each host"),
            );
            return;
        }
        let position = self.list.len();
        self.by_key
            .entry(operation.key.clone())
            .or_default()
            .push(position);
        self.list.push((number, operation));
    }

    /// The operation that is sent to one of these origins.
    fn at(&self, key: &(String, String), origins: &[&str]) -> Option<(usize, &Operation<'t>)> {
        let mut found = self.by_key.get(key)?.iter();
        found.find_map(|at| {
            let (number, operation) = self.list.get(*at)?;
            operation.is_at(origins).then_some((*number, operation))
        })
    }

    /// The counterpart of an operation, on its own host if it is there.
    pub(super) fn find(&self, operation: &Operation<'t>) -> Option<(&'a Side<'t>, &Operation<'t>)> {
        let first = || {
            let (number, found) = self.list.get(*self.by_key.get(&operation.key)?.first()?)?;
            Some((*number, found))
        };
        let (number, found) = self.at(&operation.key, &operation.origins).or_else(first)?;
        Some((self.sides.get(number)?, found))
    }

    /// The description of the host that an operation is sent to.
    pub(super) fn about(&self, operation: &Operation<'t>) -> Option<&'a Side<'t>> {
        let mut all = self.list.iter();
        let (number, _) = all.find(|(_, other)| other.is_at(&operation.origins))?;
        self.sides.get(*number)
    }

    /// Operations that only upstream has, as far as the curated document is about such.
    pub(super) fn missing(
        &self,
        ours: &Side<'t>,
        here: &[Operation<'t>],
        deviations: &Deviations,
    ) -> Vec<Difference> {
        let known: BTreeSet<&(String, String)> = here.iter().map(|other| &other.key).collect();
        let servers: BTreeSet<&str> = here
            .iter()
            .flat_map(|other| other.origins.iter().copied())
            .collect();
        let mut missing = Vec::new();
        for (number, operation) in &self.list {
            let is_ours = operation
                .origins
                .iter()
                .any(|origin| servers.contains(origin) && in_scope(deviations, origin, operation));
            let Some(side) = self.sides.get(*number) else {
                continue;
            };
            if known.contains(&operation.key) || !is_ours {
                continue;
            }
            let paths = ours.root().get("paths").unwrap_or(ours.root());
            missing.push(Difference {
                kind: Kind::Operation,
                way: Way::Missing,
                at: At::operation(&operation.method, operation.path),
                published: PRESENT.to_owned(),
                curated: ABSENT.to_owned(),
                text: format!("`{}` is upstream, and not here", operation.name()),
                here: ours.outline.key_place(paths),
                there: side.outline.key_place(operation.node),
                operations: vec![operation.name()],
                decided: None,
            });
        }
        missing
    }
}

fn in_scope(deviations: &Deviations, origin: &str, operation: &Operation<'_>) -> bool {
    let scope = deviations
        .scopes
        .iter()
        .find(|scope| scope.server == origin);
    scope.is_none_or(|scope| {
        let mut paths = scope.paths.iter();
        paths.any(|(path, _)| scope::covers(path, operation.whole_path()))
    })
}

/// Why a description cannot be compared at all.
fn unreadable(side: &Side<'_>) -> Option<Finding> {
    let root = side.root();
    let version = root.get("openapi");
    let finding = |node: Option<&Node>, message: &str| {
        let place = node.map_or_else(|| top(side), |node| side.outline.value_place(node));
        let help = "give the file that describes a host in OpenAPI 3, as YAML or as JSON";
        Some(Finding::new(&UPSTREAM_UNREADABLE, place, message).help(help))
    };
    match version.and_then(Node::as_text) {
        None => {
            return finding(
                None,
                "this is no OpenAPI 3 description: it has no `openapi`",
            );
        }
        Some(text) if !text.starts_with("3.") => {
            return finding(version, "this is not OpenAPI 3");
        }
        Some(_) => {}
    }
    match root.get("paths") {
        None => finding(None, "this description has no `paths`"),
        Some(paths) if paths.kind() != NodeKind::Mapping => {
            finding(Some(paths), "`paths` is no mapping")
        }
        Some(_) => None,
    }
}

fn foreign(side: &Side<'_>, here: &[Operation<'_>]) -> Finding {
    let servers: BTreeSet<&str> = here
        .iter()
        .flat_map(|operation| operation.origins.iter().copied())
        .collect();
    let servers: Vec<String> = servers.iter().map(|server| format!("`{server}`")).collect();
    let paths = side.root().get("paths").unwrap_or(side.root());
    let message = "this description is about no host of the curated document";
    Finding::new(&UPSTREAM_UNREADABLE, side.outline.key_place(paths), message).help(format!(
        "the curated document is about {}",
        servers.join(" and ")
    ))
}

/// The first line, for what concerns a file as a whole.
fn top(side: &Side<'_>) -> Place {
    Place {
        file: Arc::from(side.outline.tree().name()),
        line: 1,
        column: 1,
        start: 0,
        end: 0,
    }
}
