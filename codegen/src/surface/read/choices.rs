//! Reads `choices.rs`: every yes or no with a name, and that it becomes the boolean that it says.

use std::collections::BTreeMap;

use syn::{Fields, Item, ItemEnum, ItemImpl};

use super::syntax::{Implementation, Reach, Source, implementation};
use super::tokens::Code;
use crate::surface::{ChoiceSurface, SurfaceError};

pub(super) fn read(source: &Source) -> Result<BTreeMap<String, ChoiceSurface>, SurfaceError> {
    let mut found = BTreeMap::new();
    for item in &source.items {
        match item {
            Item::Enum(item) => {
                let choice = choice(source, item)?;
                found.insert(choice.name.clone(), choice);
            }
            Item::Impl(block) => conversion(source, block, &mut found)?,
            other => return Err(source.unknown("the choices", other)),
        }
    }
    match found.values().find(|choice| choice.values.is_empty()) {
        Some(choice) => Err(SurfaceError::disagrees(
            &choice.name,
            "it never becomes a boolean",
        )),
        None => Ok(found),
    }
}

fn choice(source: &Source, item: &ItemEnum) -> Result<ChoiceSurface, SurfaceError> {
    let name = item.ident.to_string();
    let attributes = source.attributes(&name, &item.attrs)?;
    let public = source.visibility(&name, &item.vis)? == Reach::Public;
    let mut variants = Vec::new();
    for variant in &item.variants {
        source.attributes(&name, &variant.attrs)?;
        if !matches!(variant.fields, Fields::Unit) {
            return Err(source.unknown(&name, variant));
        }
        variants.push(variant.ident.to_string());
    }
    if !public || attributes.non_exhaustive || variants != ["Yes", "No"] {
        return Err(source.unknown(&name, item));
    }
    Ok(ChoiceSurface {
        name,
        traits: attributes.derives,
        // They are known once the conversions are.
        values: Vec::new(),
        uses: Vec::new(),
    })
}

fn conversion(
    source: &Source,
    block: &ItemImpl,
    found: &mut BTreeMap<String, ChoiceSurface>,
) -> Result<(), SurfaceError> {
    const INTO: &str = "impl ::core::convert::From<$choice> for bool \
        { fn from(choice: $choice) -> Self { matches!(choice, $choice::Yes) } }";
    const FROM: &str = "impl ::core::convert::From<bool> for $choice \
        { fn from(yes: bool) -> Self { if yes { Self::Yes } else { Self::No } } }";
    let Implementation::Trait { owner, .. } = implementation(block) else {
        return Err(source.unknown("the choices", block));
    };
    let code = Code::of(block);
    let (holes, is_into) = match (code.read(INTO), code.read(FROM)) {
        (Some(holes), _) => (holes, true),
        (_, Some(holes)) => (holes, false),
        _ => return Err(source.unknown(&owner, block)),
    };
    let choice = found
        .get_mut(&holes.text("choice"))
        .ok_or_else(|| source.unknown(&owner, block))?;
    if is_into {
        choice.traits.push("Into<bool>".to_owned());
        choice.values = vec![("Yes".to_owned(), true), ("No".to_owned(), false)];
    } else {
        choice.traits.push("From<bool>".to_owned());
    }
    Ok(())
}
