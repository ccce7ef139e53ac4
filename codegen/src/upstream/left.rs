//! What of the curated document was left out of a comparison, because no given description is about it: entries of the list
//! that can only concern this part cannot be judged.

use std::collections::BTreeSet;

use super::operations::Operation;
use super::place::At;
use crate::diff::side::{Side, reference};
use crate::load::Node;

/// Operations that were left out.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Method and path of each operation.
    pub(super) operations: Vec<(String, String)>,
    /// The components that these operations lead to.
    pub(super) components: BTreeSet<[String; 2]>,
}

impl Left {
    /// Leaves out an operation, and what it leads to.
    pub(super) fn leave<'t>(&mut self, ours: &Side<'t>, operation: &Operation<'t>) {
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
