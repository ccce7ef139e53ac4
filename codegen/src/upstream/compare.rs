//! Pairs the operations of the two descriptions and gathers what differs, each difference once however many operations
//! it concerns.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::apply::apply;
use super::deviations::Deviations;
use super::difference::{ABSENT, Difference, Kind, PRESENT, Way};
use super::operation::Comparison;
use super::operations::{Operation, operations};
use super::place::At;
use super::scope;
use crate::diff::side::{Side, reference};
use crate::finding::{Finding, Place, Rule, Severity};
use crate::load::{Kind as NodeKind, Node, Tree};

/// A published description cannot be compared.
pub const UPSTREAM_UNREADABLE: Rule = Rule {
    id: "UPSTREAM_UNREADABLE",
    severity: Severity::Error,
    summary: "A published description is OpenAPI 3 and describes a host of the curated document.",
};

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Every difference, in the order of the curated document's operations.
    pub differences: Vec<Difference>,
    /// What is wrong with the list of decisions.
    pub findings: Vec<Finding>,
    /// How many operations were compared.
    pub compared: usize,
    /// Servers that no given description is about, with the number of operations that were therefore left out.
    pub left: Vec<(String, usize)>,
    /// How many entries the list of decisions has.
    pub entries: usize,
}

impl Report {
    /// The differences that nobody decided on.
    pub fn undecided(&self) -> impl Iterator<Item = &Difference> {
        self.differences
            .iter()
            .filter(|difference| difference.decided.is_none())
    }

    /// Whether every difference was decided on, and every decision still holds.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.undecided().next().is_none()
    }
}

/// What of the curated document was left out of a comparison, because no description is about it.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Method and path of each operation.
    pub(super) operations: Vec<(String, String)>,
    /// The components that these operations lead to.
    pub(super) components: BTreeSet<[String; 2]>,
}

/// Compares the curated document with the published descriptions, one for each host.
///
/// ```
/// use codegen::load::load;
/// use codegen::upstream::{Deviations, compare};
///
/// let description = |types: &str| {
///     let text = format!(
///         "openapi: 3.0.3\nservers: [{{url: 'https://api.example.com'}}]\npaths:\n  /v1/Things:\n    get: {{responses: {types}}}\n"
///     );
///     load("a.yaml", text.as_bytes()).unwrap()
/// };
/// let curated = description("{'200': {description: All things.}}");
/// let upstream = description("{'200': {description: ''}, '404': {description: ''}}");
/// let report = compare(&curated, &[upstream], &Deviations::default()).unwrap();
/// assert_eq!(report.differences[0].at.to_string(), "GET /v1/Things /responses/404");
/// ```
///
/// # Errors
/// What is wrong with the descriptions themselves, with file and line.
pub fn compare(
    curated: &Tree,
    upstream: &[Tree],
    deviations: &Deviations,
) -> Result<Report, Vec<Finding>> {
    let ours = Side::new(curated);
    let here = operations(&ours);
    let sides: Vec<Side<'_>> = upstream.iter().map(Side::new).collect();
    let there = Published::new(&ours, &here, &sides)?;

    let mut gathered = Gathered::default();
    let (mut compared, mut left, mut left_at) = (0, Left::default(), BTreeMap::new());
    for operation in &here {
        match there.find(operation) {
            Some((side, other)) => {
                compared += 1;
                gathered.add(Comparison::compare((side, other), (&ours, operation)));
            }
            None if operation.is_at(&there.origins) => {
                compared += 1;
                gathered.add(vec![extra(&ours, operation, there.about(operation))]);
            }
            None => {
                left.leave(&ours, operation);
                let server = operation.origins.first().copied().unwrap_or_default();
                *left_at.entry(server.to_owned()).or_insert(0) += 1;
            }
        }
    }
    gathered.add(there.missing(&ours, &here, deviations));
    let mut differences = gathered.list;
    let findings = apply(&mut differences, deviations, curated, &left);
    Ok(Report {
        differences,
        findings,
        compared,
        left: left_at.into_iter().collect(),
        entries: deviations.entries().len(),
    })
}

/// Differences by place and values, in the order in which they were found.
#[derive(Default)]
struct Gathered {
    list: Vec<Difference>,
    known: HashMap<(At, Kind, String), usize>,
}

impl Gathered {
    fn add(&mut self, found: Vec<Difference>) {
        for difference in found {
            let key = (difference.at.clone(), difference.kind, difference.values());
            let known = self.known.get(&key).and_then(|at| self.list.get_mut(*at));
            match known {
                Some(known) => {
                    for operation in difference.operations {
                        if !known.operations.contains(&operation) {
                            known.operations.push(operation);
                        }
                    }
                }
                None => {
                    self.known.insert(key, self.list.len());
                    self.list.push(difference);
                }
            }
        }
    }
}

/// The operations of all published descriptions.
struct Published<'a, 't> {
    sides: &'a [Side<'t>],
    list: Vec<(usize, Operation<'t>)>,
    by_key: HashMap<(String, String), Vec<usize>>,
    /// The origins that the descriptions are about.
    origins: Vec<&'t str>,
}

impl<'a, 't> Published<'a, 't> {
    fn new(
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
    fn find(&self, operation: &Operation<'t>) -> Option<(&'a Side<'t>, &Operation<'t>)> {
        let first = || {
            let (number, found) = self.list.get(*self.by_key.get(&operation.key)?.first()?)?;
            Some((*number, found))
        };
        let (number, found) = self.at(&operation.key, &operation.origins).or_else(first)?;
        Some((self.sides.get(number)?, found))
    }

    /// The description of the host that an operation is sent to.
    fn about(&self, operation: &Operation<'t>) -> Option<&'a Side<'t>> {
        let mut all = self.list.iter();
        let (number, _) = all.find(|(_, other)| other.is_at(&operation.origins))?;
        self.sides.get(*number)
    }

    /// Operations that only upstream has, as far as the curated document is about such.
    fn missing(
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

fn extra<'t>(ours: &Side<'t>, operation: &Operation<'t>, about: Option<&Side<'t>>) -> Difference {
    // The description of the same server is where the operation would stand.
    let there = about.map_or_else(
        || ours.outline.key_place(operation.node),
        |side| {
            let paths = side.root().get("paths").unwrap_or(side.root());
            side.outline.key_place(paths)
        },
    );
    Difference {
        kind: Kind::Operation,
        way: Way::Extra,
        at: At::operation(&operation.method, operation.path),
        published: ABSENT.to_owned(),
        curated: PRESENT.to_owned(),
        text: format!("`{}` is here, and not upstream", operation.name()),
        here: ours.outline.key_place(operation.node),
        there,
        operations: vec![operation.name()],
        decided: None,
    }
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

impl Left {
    fn leave<'t>(&mut self, ours: &Side<'t>, operation: &Operation<'t>) {
        let name = (operation.method.clone(), operation.path.to_owned());
        self.operations.push(name);
        let parameters = operation.item.get("parameters");
        let mut pending: Vec<&'t Node> = parameters.into_iter().chain([operation.node]).collect();
        while let Some(node) = pending.pop() {
            if let Some(target) = reference(node).and_then(|text| ours.target(text)) {
                let at = At::of(&ours.outline, ("", ""), target, &[]);
                if self.components.insert(at.owner) {
                    pending.push(target);
                }
            }
            pending.extend(node.entries().iter().map(|entry| &entry.value));
            pending.extend(node.items());
        }
    }
}
