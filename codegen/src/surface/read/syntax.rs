//! What the readers of the single files share: items, attributes, signatures. It knows Rust, not the client.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Attribute, Block, FnArg, ImplItem, ImplItemFn, Item, ItemImpl, Pat, Stmt, Visibility};

use super::tokens::Code;
use crate::render::on_demand;
use crate::surface::{Signature, SurfaceError};

/// One generated file.
pub(super) struct Source {
    file: &'static str,
    pub(super) items: Vec<Item>,
}

impl Source {
    pub(super) fn parse(
        files: &BTreeMap<String, String>,
        file: &'static str,
    ) -> Result<Self, SurfaceError> {
        let text = files.get(file).ok_or_else(|| SurfaceError::Missing {
            file: file.to_owned(),
        })?;
        let mut parsed = syn::parse_file(text).map_err(|error| SurfaceError::NotRust {
            file: file.to_owned(),
            message: error.to_string(),
        })?;
        on_demand::unmark(&mut parsed);
        Ok(Self {
            file,
            items: parsed.items,
        })
    }

    /// The error for a construct of no known form.
    pub(super) fn unknown(&self, item: &str, found: &impl ToTokens) -> SurfaceError {
        self.unknown_code(item, &Code::of(found))
    }

    pub(super) fn unknown_code(&self, item: &str, found: &Code) -> SurfaceError {
        const SHOWN: usize = 160;
        let text = found.to_string();
        let mut shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        SurfaceError::Unknown {
            file: self.file.to_owned(),
            item: item.to_owned(),
            found: shown,
        }
    }

    pub(super) fn attributes(
        &self,
        item: &str,
        attributes: &[Attribute],
    ) -> Result<Attributes, SurfaceError> {
        let mut found = Attributes::default();
        for attribute in attributes
            .iter()
            .filter(|attribute| !attribute.path().is_ident("doc"))
        {
            let code = Code::of(attribute);
            if let Some(holes) = code.read("#[derive($*traits)]") {
                found
                    .derives
                    .extend(holes.list("traits").iter().map(Code::to_string));
            } else if code.is("#[non_exhaustive]") {
                found.non_exhaustive = true;
            } else if code.is("#[must_use]") || code.is("#[must_use = $why]") {
                found.must_use = true;
            } else if code.is("#[deprecated]") || code.is("#[deprecated($*note)]") {
                found.deprecated = true;
            } else {
                return Err(self.unknown(item, attribute));
            }
        }
        Ok(found)
    }

    /// The functions of an inherent `impl`, which must hold nothing else.
    pub(super) fn functions<'a>(
        &self,
        owner: &str,
        block: &'a ItemImpl,
    ) -> Result<Vec<(Function, &'a Block)>, SurfaceError> {
        let mut functions = Vec::new();
        for item in &block.items {
            match item {
                ImplItem::Fn(function) => {
                    functions.push((self.function(owner, function)?, &function.block))
                }
                other => return Err(self.unknown(owner, other)),
            }
        }
        Ok(functions)
    }

    pub(super) fn function(
        &self,
        owner: &str,
        function: &ImplItemFn,
    ) -> Result<Function, SurfaceError> {
        let attributes = self.attributes(owner, &function.attrs)?;
        self.signature(owner, &function.vis, &function.sig, attributes.deprecated)
    }

    pub(super) fn signature(
        &self,
        owner: &str,
        visibility: &Visibility,
        signature: &syn::Signature,
        deprecated: bool,
    ) -> Result<Function, SurfaceError> {
        let mut parameters = Vec::new();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(_) => {}
                FnArg::Typed(typed) => match &*typed.pat {
                    Pat::Ident(name) => {
                        parameters.push((name.ident.to_string(), Code::of(&typed.ty)))
                    }
                    other => return Err(self.unknown(owner, other)),
                },
            }
        }
        let name = signature.ident.to_string();
        let text = Code::of(signature).public().replace("(mut self", "(self");
        Ok(Function {
            visibility: self.visibility(owner, visibility)?,
            signature: Signature {
                text: if deprecated {
                    format!("#[deprecated] {text}")
                } else {
                    text
                },
                name,
            },
            parameters,
        })
    }

    pub(super) fn visibility(
        &self,
        item: &str,
        visibility: &Visibility,
    ) -> Result<Reach, SurfaceError> {
        let code = Code::of(visibility);
        match code.to_string().as_str() {
            "pub" => Ok(Reach::Public),
            "pub(crate)" => Ok(Reach::Crate),
            "" => Ok(Reach::Private),
            _ => Err(self.unknown_code(item, &code)),
        }
    }
}

/// Who sees an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    Public,
    Crate,
    Private,
}

#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) derives: Vec<String>,
    pub(super) non_exhaustive: bool,
    pub(super) must_use: bool,
    pub(super) deprecated: bool,
}

/// A function without its body.
#[derive(Debug, Clone)]
pub(super) struct Function {
    pub(super) visibility: Reach,
    pub(super) signature: Signature,
    /// Without `self`.
    pub(super) parameters: Vec<(String, Code)>,
}

/// Whether an `impl` is inherent or of a trait, and for which type.
pub(super) enum Implementation {
    Inherent { owner: String },
    Trait { owner: String, name: String },
}

pub(super) fn implementation(block: &ItemImpl) -> Implementation {
    let owner = Code::of(&block.self_ty).to_string();
    match &block.trait_ {
        None => Implementation::Inherent { owner },
        Some((path, _)) => {
            // Callers meet a trait by its last name; a lifetime says nothing to them.
            let name = path
                .segments
                .last()
                .map(|last| Code::of(last).public())
                .unwrap_or_default();
            Implementation::Trait {
                owner,
                name: name.trim_end_matches("<'de>").to_owned(),
            }
        }
    }
}

pub(super) fn statements(block: &Block) -> impl Iterator<Item = Code> {
    block
        .stmts
        .iter()
        .map(|statement: &Stmt| Code::of(statement))
}

/// A literal's value, which the form it was read by has shown to be there.
pub(super) fn literal(source: &Source, item: &str, code: &Code) -> Result<String, SurfaceError> {
    code.string().ok_or_else(|| source.unknown_code(item, code))
}
