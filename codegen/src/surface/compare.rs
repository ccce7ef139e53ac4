//! What changed between two surfaces, by name. It says that a name changed, not how; the snapshots show that.

use std::collections::BTreeMap;
use std::fmt;

use super::Surface;

/// The names that differ between two surfaces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Servers.
    pub hosts: NameChanges,
    /// Operations by id.
    pub operations: NameChanges,
    /// Types.
    pub types: NameChanges,
    /// Kinds of SID, by their rules and functions; where they are used does not count.
    pub sids: NameChanges,
    /// Bounded integers, likewise.
    pub bounded: NameChanges,
    /// Booleans that a request must have, likewise.
    pub choices: NameChanges,
    /// Resource handles.
    pub handles: NameChanges,
}

/// Names in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameChanges {
    /// Not there before.
    pub added: Vec<String>,
    /// Not there any more.
    pub removed: Vec<String>,
    /// There in both, and different.
    pub changed: Vec<String>,
}

/// Compares two surfaces as they were read from the generated code; what was joined from a document does not count.
///
/// ```
/// use codegen::surface::{Surface, compare};
///
/// assert!(compare(&Surface::default(), &Surface::default()).is_empty());
/// ```
pub fn compare(before: &Surface, after: &Surface) -> Changes {
    let (before, after) = (bare(before), bare(after));
    Changes {
        hosts: names(&before.hosts, &after.hosts),
        operations: names(&before.operations, &after.operations),
        types: names(&before.types, &after.types),
        sids: names(&before.sids, &after.sids),
        bounded: names(&before.bounded, &after.bounded),
        choices: names(&before.choices, &after.choices),
        handles: names(&before.handles, &after.handles),
    }
}

impl Changes {
    /// Whether nothing changed but, perhaps, documentation.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn bare(surface: &Surface) -> Surface {
    let mut bare = surface.clone();
    for operation in bare.operations.values_mut() {
        operation.document = None;
        for parameter in &mut operation.parameters {
            parameter.default = None;
        }
    }
    for sid in bare.sids.values_mut() {
        sid.uses.clear();
    }
    for bounded in bare.bounded.values_mut() {
        bounded.uses.clear();
    }
    for choice in bare.choices.values_mut() {
        choice.uses.clear();
    }
    bare
}

fn names<T: PartialEq>(before: &BTreeMap<String, T>, after: &BTreeMap<String, T>) -> NameChanges {
    let missing = |from: &BTreeMap<String, T>, of: &BTreeMap<String, T>| {
        of.keys()
            .filter(|name| !from.contains_key(*name))
            .cloned()
            .collect()
    };
    let changed = before
        .iter()
        .filter(|(name, value)| after.get(*name).is_some_and(|other| other != *value));
    NameChanges {
        added: missing(before, after),
        removed: missing(after, before),
        changed: changed.map(|(name, _)| name.clone()).collect(),
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups = [
            ("hosts", &self.hosts),
            ("operations", &self.operations),
            ("types", &self.types),
            ("SIDs", &self.sids),
            ("bounded", &self.bounded),
            ("choices", &self.choices),
            ("handles", &self.handles),
        ];
        for (group, changes) in groups {
            for (what, names) in [
                ("added", &changes.added),
                ("removed", &changes.removed),
                ("changed", &changes.changed),
            ] {
                if !names.is_empty() {
                    writeln!(f, "{group:12}{what:10}{}", shown(names))?;
                }
            }
        }
        Ok(())
    }
}

// A first run adds everything; nobody reads sixty names.
fn shown(names: &[String]) -> String {
    const SHOWN: usize = 6;
    let first: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    let rest = names.len().saturating_sub(SHOWN);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    format!("{}{more}", first.join(", "))
}
