//! Reads `hosts.rs` and `mod.rs`: the servers with their URLs, and which modules callers can reach.

use std::collections::BTreeMap;

use syn::{Block, ImplItem, Item, ItemImpl};

use super::syntax::{Implementation, Source, implementation};
use super::tokens::Code;
use crate::surface::SurfaceError;

pub(super) fn read(source: &Source) -> Result<BTreeMap<String, String>, SurfaceError> {
    const ITEM: &str = "Host";
    let mut variants = Vec::new();
    let mut hosts = BTreeMap::new();
    for item in &source.items {
        match item {
            Item::Use(_) => {}
            Item::Enum(item) if item.ident == ITEM => {
                source.attributes(ITEM, &item.attrs)?;
                variants.extend(
                    item.variants
                        .iter()
                        .map(|variant| variant.ident.to_string()),
                );
            }
            Item::Impl(block) => match implementation(block) {
                Implementation::Inherent { owner } if owner == ITEM => {
                    methods(source, block, &variants, &mut hosts)?
                }
                _ => return Err(source.unknown(ITEM, block)),
            },
            other => return Err(source.unknown(ITEM, other)),
        }
    }
    match variants
        .iter()
        .find(|variant| !hosts.contains_key(*variant))
    {
        Some(variant) => Err(SurfaceError::disagrees(
            ITEM,
            format!("the host `{variant}` has no URL"),
        )),
        None => Ok(hosts),
    }
}

fn methods(
    source: &Source,
    block: &ItemImpl,
    variants: &[String],
    hosts: &mut BTreeMap<String, String>,
) -> Result<(), SurfaceError> {
    const ITEM: &str = "Host";
    for item in &block.items {
        match item {
            ImplItem::Const(item) if item.ident == "ALL" => {
                let code = Code::of(&item.expr);
                let all = code
                    .read("&[$*all]")
                    .map(|holes| holes.list("all"))
                    .unwrap_or_default();
                let all: Vec<String> = all
                    .iter()
                    .map(|host| host.to_string().replace("Self::", ""))
                    .collect();
                if all != variants {
                    return Err(SurfaceError::disagrees(
                        ITEM,
                        "`ALL` does not list every host in order",
                    ));
                }
            }
            ImplItem::Fn(item) if item.sig.ident == "url" => urls(source, &item.block, hosts)?,
            ImplItem::Fn(item) if item.sig.ident == "index" => {}
            other => return Err(source.unknown(ITEM, other)),
        }
    }
    Ok(())
}

fn urls(
    source: &Source,
    block: &Block,
    hosts: &mut BTreeMap<String, String>,
) -> Result<(), SurfaceError> {
    let unknown = || source.unknown("Host", block);
    let holes = Code::of(block)
        .read("{ match self { $*arms } }")
        .ok_or_else(unknown)?;
    for arm in holes.list("arms") {
        let arm = arm.read("Self::$name => $url").ok_or_else(unknown)?;
        hosts.insert(
            arm.text("name"),
            arm.code("url").string().ok_or_else(unknown)?,
        );
    }
    Ok(())
}

/// Checks that the modules are the known ones and that callers reach those that they should.
pub(super) fn read_modules(source: &Source) -> Result<(), SurfaceError> {
    const KNOWN: [&str; 8] = [
        "pub mod bounded;",
        "pub mod calls;",
        "pub mod choices;",
        "pub mod hosts;",
        "pub(crate) mod operations;",
        "pub mod resources;",
        "pub mod sids;",
        "pub mod types;",
    ];
    let modules: Vec<Code> = source.items.iter().map(Code::of).collect();
    match modules
        .iter()
        .find(|module| !KNOWN.iter().any(|known| module.is(known)))
    {
        Some(module) => Err(source.unknown_code("the modules", module)),
        None => Ok(()),
    }
}
