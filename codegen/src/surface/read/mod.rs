//! Reads the generated files back. Each file has its own reader, which knows the constructs that this crate writes and
//! refuses every other, so that nothing can stand in the code and be missing from the surface. Documentation is not
//! read, nor are the bodies of trait implementations that are the same for every type.

mod assemble;
mod calls;
mod choices;
mod hosts;
mod resources;
mod sendable;
mod sids;
mod syntax;
mod table;
mod tokens;
mod types;
mod wire;

use std::collections::BTreeMap;

use super::{Surface, SurfaceError, uses};
use syntax::Source;

/// Every file that a client has.
const FILES: [&str; 9] = [
    "bounded.rs",
    "calls.rs",
    "choices.rs",
    "hosts.rs",
    "mod.rs",
    "operations.rs",
    "resources.rs",
    "sids.rs",
    "types.rs",
];

pub(super) fn read(files: &BTreeMap<String, String>) -> Result<Surface, SurfaceError> {
    if let Some(file) = files.keys().find(|file| !FILES.contains(&file.as_str())) {
        return Err(SurfaceError::disagrees(
            file.clone(),
            "it is none of the generated files",
        ));
    }
    hosts::read_modules(&Source::parse(files, "mod.rs")?)?;
    let hosts = hosts::read(&Source::parse(files, "hosts.rs")?)?;
    let table = table::read(&Source::parse(files, "operations.rs")?)?;
    let types = types::read(&Source::parse(files, "types.rs")?, &table.forms)?;
    let calls = calls::read(&Source::parse(files, "calls.rs")?)?;
    let handles = resources::read(&Source::parse(files, "resources.rs")?)?;
    let mut sids = sids::read_sids(&Source::parse(files, "sids.rs")?)?;
    let mut bounded = sids::read_bounded(&Source::parse(files, "bounded.rs")?)?;
    let mut choices = choices::read(&Source::parse(files, "choices.rs")?)?;
    let parts = assemble::Parts {
        table: &table,
        calls: &calls,
        handles: &handles,
        types: &types,
        hosts: &hosts,
    };
    let operations = assemble::operations(&parts)?;
    for sid in sids.values_mut() {
        sid.uses = uses::of(&sid.name, &operations, &types);
    }
    for bounded in bounded.values_mut() {
        bounded.uses = uses::of(&bounded.name, &operations, &types);
    }
    for choice in choices.values_mut() {
        choice.uses = uses::of(&format!("choices::{}", choice.name), &operations, &types);
    }
    Ok(Surface {
        hosts,
        operations,
        types,
        sids,
        bounded,
        choices,
        handles: assemble::handles(&handles),
    })
}
