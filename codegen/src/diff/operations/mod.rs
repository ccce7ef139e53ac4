//! Finds which operation of the base is which of the revision, by method and path or else by operation id, and compares
//! what belongs to an operation as a whole.

mod same;

use std::collections::HashMap;

use indexmap::IndexMap;

use super::change::RustLines;
use super::rust::line;
use super::side::{METHODS, Side};
use super::walk::{Found, Operation, Scope, Spot, Walk};
use super::{parameters, prose, rules, servers, site};
use crate::load::Node;

pub(super) use same::output_slot;

/// An operation where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Located<'t> {
    pub(super) method: &'static str,
    pub(super) path: &'t str,
    /// The path item, with its reference followed.
    pub(super) item: &'t Node,
    pub(super) node: &'t Node,
}

impl<'t> Located<'t> {
    pub(super) fn id(&self) -> Option<&'t str> {
        self.node.get("operationId").and_then(Node::as_str)
    }

    fn describe(&self) -> Operation<'t> {
        let method = self.method.to_uppercase();
        let name = self
            .id()
            .map_or_else(|| format!("{method} {}", self.path), str::to_owned);
        Operation {
            name,
            method,
            path: self.path,
            reaches: Vec::new(),
        }
    }
}

/// Keywords of a path item that other modules compare.
const ITEM: [&str; 3] = ["parameters", "servers", "$ref"];

fn located<'t>(side: &Side<'t>) -> Vec<Located<'t>> {
    let paths = side
        .root()
        .get("paths")
        .map(Node::entries)
        .unwrap_or_default();
    let mut found = Vec::new();
    for entry in paths.iter().filter(|entry| entry.key.text.starts_with('/')) {
        let Some(item) = side.follow(&entry.value) else {
            continue;
        };
        for method in METHODS {
            if let Some(node) = item.get(method) {
                found.push(Located {
                    method,
                    path: &entry.key.text,
                    item,
                    node,
                });
            }
        }
    }
    found
}

/// Compares all operations.
pub(super) fn compare(walk: &mut Walk<'_>) {
    let (old, new) = (located(&walk.base), located(&walk.revision));
    walk.hosts = servers::hosts(&walk.revision, &new);
    let partners = partners((&walk.base, &old), (&walk.revision, &new));
    let mut taken = vec![false; new.len()];
    for (operation, partner) in old.iter().zip(&partners) {
        enter(walk, operation);
        match partner.and_then(|at| new.get(at).zip(taken.get_mut(at))) {
            Some((other, taken)) => {
                *taken = true;
                same::both(walk, operation, other);
            }
            None => gone(walk, operation),
        }
    }
    for (operation, _) in new.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        enter(walk, operation);
        fresh(walk, operation);
    }
    walk.scope = Scope::Document;
    items(walk, &old, &new);
    if let (Some(base), Some(revision)) = (
        walk.base.root().get("paths"),
        walk.revision.root().get("paths"),
    ) {
        prose::rest_without(walk, base, revision, |key| key.starts_with('/'));
    }
}

fn enter<'t>(walk: &mut Walk<'t>, operation: &Located<'t>) {
    walk.scope = Scope::Operation(walk.operations.len());
    walk.operations.push(operation.describe());
}

/// For each old operation the position of the new one that it is.
fn partners<'t>(
    (base, old): (&Side<'t>, &[Located<'t>]),
    (revision, new): (&Side<'t>, &[Located<'t>]),
) -> Vec<Option<usize>> {
    let mut partners: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    // The path as it is written goes before the path without the names of its parameters, that before the whole URL, and
    // that before the id.
    let exact: Key = |_, operation| Some((operation.method, operation.path.to_owned()));
    let bare: Key = |_, operation| Some((operation.method, site::bare_path(operation.path)));
    let whole: Key = |side, operation| {
        let urls = servers::urls(side, operation);
        Some((operation.method, urls.into_iter().next()?))
    };
    let id: Key = |_, operation| operation.id().map(|id| ("", id.to_owned()));
    for key in [exact, bare, whole, id] {
        let mut waiting: HashMap<(&str, String), Vec<usize>> = HashMap::new();
        for (at, operation) in new
            .iter()
            .enumerate()
            .rev()
            .filter(|(at, _)| taken.get(*at) == Some(&false))
        {
            if let Some(key) = key(revision, operation) {
                waiting.entry(key).or_default().push(at);
            }
        }
        for (operation, partner) in old
            .iter()
            .zip(&mut partners)
            .filter(|(_, partner)| partner.is_none())
        {
            let found = key(base, operation)
                .and_then(|key| waiting.get_mut(&key))
                .and_then(Vec::pop);
            if let Some(slot) = found.and_then(|at| taken.get_mut(at)) {
                *slot = true;
            }
            *partner = found;
        }
    }
    partners
}

type Key = for<'a> fn(&Side<'a>, &Located<'a>) -> Option<(&'static str, String)>;

/// The operation as a caller of the generated client writes it.
fn call_line<'t>(side: &Side<'t>, operation: &Located<'t>) -> Option<String> {
    let parameters = parameters::effective(side, operation.item, operation.node);
    let nodes: Vec<&Node> = parameters.iter().map(|parameter| parameter.node).collect();
    line(side, operation.path, operation.node, &nodes)
}

fn gone<'t>(walk: &mut Walk<'t>, operation: &Located<'t>) {
    let lines = RustLines {
        base: call_line(&walk.base, operation),
        revision: None,
    };
    let around = nearest(&walk.revision, operation.path);
    let text = format!(
        "`{} {}` is gone",
        operation.method.to_uppercase(),
        operation.path
    );
    let found = Found::new(
        &rules::OPERATION_REMOVED,
        Spot::key(operation.node),
        Spot::key(around),
        text,
    );
    walk.report(
        found
            .values(operation.id().unwrap_or_default(), "")
            .rust(lines),
    );
}

fn fresh<'t>(walk: &mut Walk<'t>, operation: &Located<'t>) {
    let lines = RustLines {
        base: None,
        revision: call_line(&walk.revision, operation),
    };
    let around = nearest(&walk.base, operation.path);
    let text = format!(
        "`{} {}` is new",
        operation.method.to_uppercase(),
        operation.path
    );
    let found = Found::new(
        &rules::OPERATION_ADDED,
        Spot::key(around),
        Spot::key(operation.node),
        text,
    );
    let address = format!("{} {}", operation.method, site::bare_path(operation.path));
    walk.report(found.values("", address).rust(lines));
}

/// The path item where an operation is missing, or what a path item would stand in.
fn nearest<'t>(side: &Side<'t>, path: &str) -> &'t Node {
    let paths = side.root().get("paths");
    paths
        .and_then(|paths| paths.get(path))
        .or(paths)
        .unwrap_or(side.root())
}

/// Compares what path items say beside their operations, each once.
fn items<'t>(walk: &mut Walk<'t>, old: &[Located<'t>], new: &[Located<'t>]) {
    let by_path = |all: &[Located<'t>]| -> IndexMap<String, &'t Node> {
        all.iter()
            .map(|operation| (site::bare_path(operation.path), operation.item))
            .collect()
    };
    let revised = by_path(new);
    for (path, item) in by_path(old) {
        if let Some(other) = revised.get(&path) {
            let known: Vec<&str> = METHODS.iter().chain(&ITEM).copied().collect();
            prose::rest(walk, item, other, &known);
        }
    }
}
