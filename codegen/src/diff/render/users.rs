//! Which operations a change reaches, as a tree: at its root is the schema that changed, and each branch is a schema that
//! uses the one before it, with the operations that use it themselves.

use indexmap::IndexMap;

use crate::diff::change::Change;

/// How many schemas are shown from a change to an operation.
const DEEPEST: usize = 12;

/// A line of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Branch<'c> {
    /// How many lines stand above it in its part of the tree: the root has none.
    pub(super) depth: usize,
    /// For each line above it but the root, and for itself, whether another branch comes after it.
    pub(super) goes_on: Vec<bool>,
    /// The schema, if the operations use it through one.
    pub(super) schema: Option<&'c str>,
    /// The operations that use it themselves.
    pub(super) operations: Vec<&'c str>,
}

#[derive(Debug, Default)]
struct Twig<'c> {
    operations: Vec<&'c str>,
    inner: IndexMap<&'c str, usize>,
}

/// The tree of a change, the root first; empty where no operation is reached.
pub(super) fn tree(change: &Change) -> Vec<Branch<'_>> {
    if change.used_by.is_empty() {
        return Vec::new();
    }
    let mut twigs: Vec<Twig<'_>> = vec![Twig::default()];
    for reached in &change.used_by {
        let mut at = 0;
        for schema in reached.via.iter().rev().take(DEEPEST) {
            let next = twigs.len();
            let Some(twig) = twigs.get_mut(at) else { break };
            at = *twig.inner.entry(schema).or_insert(next);
            if at == next {
                twigs.push(Twig::default());
            }
        }
        if let Some(twig) = twigs.get_mut(at) {
            twig.operations.push(&reached.operation);
        }
    }
    branches(&twigs)
}

fn branches<'c>(twigs: &[Twig<'c>]) -> Vec<Branch<'c>> {
    // A root that is nothing but the way to one schema is left out.
    let start = match twigs.first() {
        Some(root) if root.operations.is_empty() && root.inner.len() == 1 => {
            root.inner.first().map(|(name, at)| (Some(*name), *at))
        }
        _ => None,
    };
    let (schema, at) = start.unwrap_or((None, 0));
    let mut pending = vec![(schema, at, Vec::new())];
    let mut branches = Vec::new();
    while let Some((schema, at, goes_on)) = pending.pop() {
        let Some(twig) = twigs.get(at) else { continue };
        let last = twig.inner.len().saturating_sub(1);
        for (number, (name, inner)) in twig.inner.iter().enumerate().rev() {
            let mut above = goes_on.clone();
            above.push(number < last);
            pending.push((Some(*name), *inner, above));
        }
        branches.push(Branch {
            depth: goes_on.len(),
            goes_on,
            schema,
            operations: twig.operations.clone(),
        });
    }
    branches
}

impl Branch<'_> {
    /// What stands before a second line of it in a text.
    pub(super) fn trunk(&self) -> String {
        let marks = self.goes_on.iter();
        marks
            .map(|goes_on| if *goes_on { "│ " } else { "  " })
            .collect()
    }

    /// What stands before the line in a text.
    pub(super) fn stem(&self) -> String {
        let last = self.depth.saturating_sub(1);
        let marks = self.goes_on.iter().enumerate();
        marks
            .map(|(at, goes_on)| match (at == last, goes_on) {
                (true, true) => "├ ",
                (true, false) => "└ ",
                (false, true) => "│ ",
                (false, false) => "  ",
            })
            .collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::diff::diff;
    use crate::load::load;

    /// A schema that two operations reach in three ways.
    pub(in crate::diff::render) const DOCUMENT: &str = "paths:
  /v1/Things:
    get: {operationId: ListThings, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/List'}}}}}}
  /v1/Things/{Sid}:
    get: {operationId: FetchThing, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}}
  /v1/Colors/{Sid}:
    get: {operationId: FetchColor, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Color'}}}}}}
components:
  schemas:
    List: {type: object, properties: {things: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}
    Thing: {type: object, properties: {color: {$ref: '#/components/schemas/Color'}}}
    Color: {type: string, maxLength: 9}
";

    #[test]
    fn the_schema_that_changed_is_the_root() {
        let base = load("a.yaml", DOCUMENT.as_bytes()).unwrap();
        let revision = load("b.yaml", DOCUMENT.replace(": 9", ": 8").as_bytes()).unwrap();
        let report = diff(&base, &revision);
        let lines: Vec<String> = tree(&report.changes[0])
            .iter()
            .map(|branch| {
                let schema = branch.schema.unwrap_or_default();
                format!(
                    "{}{schema}: {}",
                    branch.stem(),
                    branch.operations.join(", ")
                )
            })
            .collect();
        assert_eq!(
            lines,
            [
                "Color: FetchColor",
                "└ Thing: FetchThing",
                "  └ List: ListThings"
            ]
        );
    }
}
