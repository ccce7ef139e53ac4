//! Reads `sids.rs` and `bounded.rs`: constants, what the check is told, traits and functions of each small type.

use std::collections::BTreeMap;

use syn::{Fields, Item, ItemImpl, ItemMacro, ItemStruct};

use super::syntax::{Implementation, Reach, Source, implementation};
use super::tokens::Code;
use crate::sid_shape::Digits;
use crate::surface::{BoundedSurface, SidCheck, SidSurface, Signature, SurfaceError};

/// A newtype with its constants, traits and functions.
#[derive(Debug, Default)]
struct Small {
    storage: String,
    traits: Vec<String>,
    constants: BTreeMap<String, Code>,
    /// What the check is told: the constants of the runtime's own trait, which callers do not meet.
    rule: BTreeMap<String, Code>,
    functions: Vec<Signature>,
    /// Bodies of the functions by name.
    bodies: BTreeMap<String, Code>,
    /// Whether the runtime reads it from a reply, by the same rule.
    decoded: bool,
}

pub(super) fn read_sids(source: &Source) -> Result<BTreeMap<String, SidSurface>, SurfaceError> {
    read(source)?
        .into_iter()
        .map(|(name, small)| Ok((name.clone(), sid(source, name, small)?)))
        .collect()
}

pub(super) fn read_bounded(
    source: &Source,
) -> Result<BTreeMap<String, BoundedSurface>, SurfaceError> {
    read(source)?
        .into_iter()
        .map(|(name, small)| Ok((name.clone(), bounded(source, name, small)?)))
        .collect()
}

fn read(source: &Source) -> Result<BTreeMap<String, Small>, SurfaceError> {
    let mut found: BTreeMap<String, Small> = BTreeMap::new();
    for item in &source.items {
        match item {
            Item::Use(_) => {}
            // What an error calls each kind; a reviewer reads it at the kinds themselves.
            Item::Const(item) if item.ident == "KINDS" => {}
            Item::Struct(item) => {
                let small = newtype(source, item)?;
                found.insert(item.ident.to_string(), small);
            }
            Item::Impl(block) => implement(source, block, &mut found)?,
            Item::Macro(item) => decoded(source, item, &mut found)?,
            other => return Err(source.unknown("the file", other)),
        }
    }
    Ok(found)
}

// What the runtime makes of a SID's rule: reading and writing it.
fn decoded(
    source: &Source,
    item: &ItemMacro,
    found: &mut BTreeMap<String, Small>,
) -> Result<(), SurfaceError> {
    let code = Code::of(item);
    let holes = code.read("crate::runtime::sid_value! { $name }");
    match holes.and_then(|holes| found.get_mut(&holes.text("name"))) {
        Some(small) if !small.decoded => {
            small.decoded = true;
            let traits = ["Serialize", "Deserialize"].map(str::to_owned);
            small.traits.extend(traits);
            Ok(())
        }
        _ => Err(source.unknown_code("the file", &code)),
    }
}

fn newtype(source: &Source, item: &ItemStruct) -> Result<Small, SurfaceError> {
    let name = item.ident.to_string();
    let attributes = source.attributes(&name, &item.attrs)?;
    let public = source.visibility(&name, &item.vis)? == Reach::Public;
    match &item.fields {
        Fields::Unnamed(fields) if public => {
            let storage = Code::of(fields);
            let inner = storage
                .read("($*inner)")
                .ok_or_else(|| source.unknown(&name, item))?;
            Ok(Small {
                storage: inner.code("inner").public(),
                traits: attributes.derives,
                ..Small::default()
            })
        }
        _ => Err(source.unknown(&name, item)),
    }
}

fn implement(
    source: &Source,
    block: &ItemImpl,
    found: &mut BTreeMap<String, Small>,
) -> Result<(), SurfaceError> {
    match implementation(block) {
        Implementation::Trait { owner, name } => {
            // `impl From<XSid> for String` is a way out of an `XSid`.
            let out = name
                .strip_prefix("From<")
                .and_then(|rest| rest.strip_suffix('>'));
            let target = out
                .filter(|target| found.contains_key(*target))
                .map(ToOwned::to_owned);
            let (owner, name) = match target {
                Some(target) => (target, format!("Into<{owner}>")),
                None => (owner, name),
            };
            let small = found
                .get_mut(&owner)
                .ok_or_else(|| source.unknown(&owner, block))?;
            if name == "SidKind" {
                for item in &block.items {
                    let syn::ImplItem::Const(item) = item else {
                        return Err(source.unknown(&owner, item));
                    };
                    small
                        .rule
                        .insert(item.ident.to_string(), Code::of(&item.expr));
                }
                return Ok(());
            }
            if let [.., syn::ImplItem::Fn(item)] = block.items.as_slice() {
                small
                    .bodies
                    .insert(item.sig.ident.to_string(), Code::of(&item.block));
            }
            small.traits.push(name);
        }
        Implementation::Inherent { owner } => {
            let small = found
                .get_mut(&owner)
                .ok_or_else(|| source.unknown(&owner, block))?;
            for item in &block.items {
                match item {
                    syn::ImplItem::Const(item)
                        if source.visibility(&owner, &item.vis)? == Reach::Public =>
                    {
                        small
                            .constants
                            .insert(item.ident.to_string(), Code::of(&item.expr));
                    }
                    syn::ImplItem::Fn(item) => {
                        let function = source.function(&owner, item)?;
                        if function.visibility != Reach::Public {
                            return Err(source.unknown(&owner, item));
                        }
                        small
                            .bodies
                            .insert(function.signature.name.clone(), Code::of(&item.block));
                        small.functions.push(function.signature);
                    }
                    other => return Err(source.unknown(&owner, other)),
                }
            }
        }
    }
    Ok(())
}

impl Small {
    // Takes a constant, so that those left over are known to be unknown.
    fn constant(&mut self, owner: &str, name: &str) -> Result<Code, SurfaceError> {
        let missing = || SurfaceError::disagrees(owner, format!("it has no constant `{name}`"));
        self.constants.remove(name).ok_or_else(missing)
    }

    fn finish(
        mut self,
        source: &Source,
        owner: &str,
    ) -> Result<(Vec<String>, Vec<Signature>), SurfaceError> {
        if let Some((_, code)) = self.constants.pop_first() {
            return Err(source.unknown_code(owner, &code));
        }
        self.traits.sort();
        Ok((self.traits, self.functions))
    }
}

fn sid(source: &Source, name: String, mut small: Small) -> Result<SidSurface, SurfaceError> {
    let text = |code: Code| {
        code.string()
            .ok_or_else(|| source.unknown_code(&name, &code))
    };
    let prefix = text(small.constant(&name, "PREFIX")?)?;
    let pattern = text(small.constant(&name, "PATTERN")?)?;
    let length = small.constant(&name, "LENGTH")?;
    let length = length
        .to_string()
        .parse()
        .map_err(|_| source.unknown_code(&name, &length))?;
    let rule = check(source, &name, &mut small)?;
    if rule.prefix != prefix {
        return Err(SurfaceError::disagrees(
            name,
            "it names one prefix and checks another",
        ));
    }
    let storage = small.storage.clone();
    let (traits, functions) = small.finish(source, &name)?;
    Ok(SidSurface {
        name,
        prefix,
        pattern,
        length,
        check: rule,
        storage,
        traits,
        functions,
        uses: Vec::new(),
    })
}

/// What the check is told, once it is sure that parsing and decoding are that check.
fn check(source: &Source, name: &str, small: &mut Small) -> Result<SidCheck, SurfaceError> {
    const PARSE: &str = "{ match check_sid::<Self>(text) { Ok(bytes) => Ok(Self(bytes)), \
        Err(error) => Err(error) } }";
    let body = small.bodies.get("parse").cloned().unwrap_or_default();
    if body.read(PARSE).is_none() {
        return Err(source.unknown_code(name, &body));
    }
    if !small.decoded {
        return Err(SurfaceError::disagrees(name, "it is never read or sent"));
    }
    let mut part = |constant: &str| {
        let missing = || SurfaceError::disagrees(name, format!("its check has no `{constant}`"));
        small.rule.remove(constant).ok_or_else(missing)
    };
    let (letters, digits) = (part("PREFIX")?, part("DIGITS")?);
    let (noun, kinds) = (part("NOUN")?, part("KINDS")?);
    if noun.string().is_none() || !kinds.is("KINDS") {
        return Err(source.unknown_code(name, &kinds));
    }
    if let Some((_, code)) = small.rule.pop_first() {
        return Err(source.unknown_code(name, &code));
    }
    let prefix = byte_string(&letters.to_string());
    let prefix = prefix.ok_or_else(|| source.unknown_code(name, &letters))?;
    let named = digits.read("Digits::$digits");
    let digits = match named.map(|holes| holes.text("digits")).as_deref() {
        Some("AnyCase") => Digits::AnyCase,
        Some("Lower") => Digits::Lower,
        Some("Upper") => Digits::Upper,
        _ => return Err(source.unknown_code(name, &digits)),
    };
    Ok(SidCheck { prefix, digits })
}

fn byte_string(literal: &str) -> Option<String> {
    String::from_utf8(syn::parse_str::<syn::LitByteStr>(literal).ok()?.value()).ok()
}

fn bounded(
    source: &Source,
    name: String,
    mut small: Small,
) -> Result<BoundedSurface, SurfaceError> {
    let mut bound = |constant: &str| {
        let code = small.constant(&name, constant)?;
        let value = code
            .read("Self($*value)")
            .and_then(|holes| holes.text("value").replace(' ', "").parse().ok());
        value.ok_or_else(|| source.unknown_code(&name, &code))
    };
    let (minimum, maximum) = (bound("MIN")?, bound("MAX")?);
    let storage = small.storage.clone();
    let (traits, functions) = small.finish(source, &name)?;
    Ok(BoundedSurface {
        name,
        minimum,
        maximum,
        storage,
        traits,
        functions,
        uses: Vec::new(),
    })
}
