//! Pairs the operations of the two descriptions and gathers what differs, each difference once however many operations
//! it concerns.

use std::collections::{BTreeMap, HashMap};

use super::apply::apply;
use super::deviations::Deviations;
use super::difference::{ABSENT, Difference, Kind, PRESENT, Way};
use super::left::Left;
use super::operation::Comparison;
use super::operations::{Operation, operations};
use super::place::At;
use super::published::Published;
use crate::diff::side::Side;
use crate::finding::Finding;
use crate::load::Tree;

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
