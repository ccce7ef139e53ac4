//! Every name that callers can use, one a line. The tree of handles is how callers find an operation, so the operations
//! stand in it, each with its method and path.

use std::fmt;

use super::columns::{self, fact};
use super::{HandleTarget, Surface};

/// The index of a surface; its text is a snapshot of its own.
#[derive(Debug, Clone, Copy)]
pub struct Index<'a>(pub(super) &'a Surface);

impl Index<'_> {
    // Depth is bounded by the number of handles, so that handles which lead in a circle end too.
    fn handle(&self, name: &str, depth: usize, rows: &mut Vec<Vec<String>>) {
        let surface = self.0;
        let Some(handle) = surface
            .handles
            .get(name)
            .filter(|_| depth <= surface.handles.len())
        else {
            return;
        };
        for method in &handle.methods {
            let written = format!("{}.{}", "  ".repeat(depth), method.written);
            match &method.target {
                HandleTarget::Call(call) => {
                    let operation = surface
                        .operations
                        .values()
                        .find(|known| known.call.name == format!("calls::{call}"));
                    let mut row = vec![written, call.clone()];
                    row.extend(operation.into_iter().flat_map(|known| {
                        [&known.method, &known.host, &known.path].map(Clone::clone)
                    }));
                    rows.push(row);
                }
                HandleTarget::Handle(handle) => {
                    rows.push(vec![written, handle.clone()]);
                    self.handle(handle, depth + 1, rows);
                }
            }
        }
    }
}

impl fmt::Display for Index<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let surface = self.0;
        let mut tree = vec![vec!["client".to_owned()]];
        self.handle("Client", 1, &mut tree);
        let hosts: Vec<Vec<String>> = surface
            .hosts
            .iter()
            .map(|(name, url)| fact(name, url))
            .collect();
        writeln!(f, "hosts")?;
        columns::write(f, "  ", &hosts)?;
        columns::section(f, "handles and operations", &tree)?;
        // A hidden type has a snapshot and no name to callers.
        let types = surface
            .types
            .values()
            .filter(|data| data.public)
            .map(|data| &data.name);
        columns::section(f, "types", &names(types))?;
        columns::section(f, "SIDs", &names(surface.sids.keys()))?;
        columns::section(f, "bounded integers", &names(surface.bounded.keys()))?;
        columns::section(f, "choices", &names(surface.choices.keys()))
    }
}

fn names<'a>(names: impl Iterator<Item = &'a String>) -> Vec<Vec<String>> {
    names.map(|name| vec![name.clone()]).collect()
}
