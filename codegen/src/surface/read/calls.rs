//! Reads `calls.rs`: what every call holds, how each of its values gets there, and how it is handed on to the preparing
//! function. What it can do besides and what awaiting it gives, it names only: that is read by `sendable`.

use std::collections::BTreeMap;

use syn::{Block, Item, ItemImpl, ItemStruct};

use super::sendable::sendable;
use super::syntax::{Function, Implementation, Reach, Source, implementation};
use super::tokens::Code;
use crate::surface::{Signature, SurfaceError};

/// One call.
#[derive(Debug, Default)]
pub(super) struct Call {
    pub(super) traits: Vec<String>,
    pub(super) must_use: bool,
    pub(super) deprecated: bool,
    /// Parameters of `new` after the client.
    pub(super) parameters: Vec<String>,
    /// Fields that `new` fills, each with the parameter it fills them with, or none.
    pub(super) own: BTreeMap<String, Option<String>>,
    /// The same for the fields of the body.
    pub(super) body: Option<(String, BTreeMap<String, Option<String>>)>,
    /// Which field a method sets; a field of the body has the name `body.field`.
    pub(super) setters: BTreeMap<String, Function>,
    /// What callers see, in order.
    pub(super) methods: Vec<Signature>,
    /// The preparing function and what is passed to it.
    pub(super) function: String,
    pub(super) passed: Vec<Passed>,
    /// What awaiting the call gives.
    pub(super) output: String,
    /// The runtime's function that makes it of a reply, and what that reads, if it reads anything.
    pub(super) decoder: String,
    pub(super) reply: Option<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Passed {
    Field(String),
    Body,
    /// The account of the client's credentials.
    ClientAccount,
}

/// Reads every call.
pub(super) fn read(source: &Source) -> Result<BTreeMap<String, Call>, SurfaceError> {
    let mut calls: BTreeMap<String, Call> = BTreeMap::new();
    for item in &source.items {
        match item {
            Item::Use(_) => {}
            Item::Struct(item) => definition(
                source,
                item,
                calls.entry(item.ident.to_string()).or_default(),
            )?,
            Item::Impl(block) => match implementation(block) {
                Implementation::Inherent { owner } => methods(source, &owner, block, &mut calls)?,
                Implementation::Trait { .. } => return Err(source.unknown("the calls", item)),
            },
            Item::Macro(item) => sendable(source, item, &mut calls)?,
            other => return Err(source.unknown("the calls", other)),
        }
    }
    Ok(calls)
}

fn definition(source: &Source, item: &ItemStruct, call: &mut Call) -> Result<(), SurfaceError> {
    let name = item.ident.to_string();
    let attributes = source.attributes(&name, &item.attrs)?;
    let public = source.visibility(&name, &item.vis)? == Reach::Public;
    if !public || attributes.non_exhaustive {
        return Err(source.unknown(&name, item));
    }
    for field in &item.fields {
        if source.visibility(&name, &field.vis)? == Reach::Public {
            return Err(source.unknown(&name, field));
        }
    }
    call.traits = attributes.derives;
    call.must_use = attributes.must_use;
    call.deprecated = attributes.deprecated;
    Ok(())
}

fn methods(
    source: &Source,
    owner: &str,
    block: &ItemImpl,
    calls: &mut BTreeMap<String, Call>,
) -> Result<(), SurfaceError> {
    let call = calls.entry(owner.to_owned()).or_default();
    for (function, body) in source.functions(owner, block)? {
        match (function.visibility, function.signature.name.as_str()) {
            (Reach::Public, _) => {
                setter(source, owner, &function, body, call)?;
                call.methods.push(function.signature);
            }
            (Reach::Crate, "new") => constructor(source, owner, &function, body, call)?,
            (Reach::Private | Reach::Crate, "prepare") => prepare(source, owner, body, call)?,
            _ => return Err(source.unknown(owner, body)),
        }
    }
    Ok(())
}

fn constructor(
    source: &Source,
    owner: &str,
    function: &Function,
    body: &Block,
    call: &mut Call,
) -> Result<(), SurfaceError> {
    call.parameters = function
        .parameters
        .iter()
        .skip(1)
        .map(|(name, _)| name.clone())
        .collect();
    let holes = Code::of(body)
        .read("{ Self { options: CallOptions::new(client), $*fields } }")
        .or_else(|| Code::of(body).read("{ Self { options: CallOptions::new(client) } }"))
        .ok_or_else(|| source.unknown(owner, body))?;
    for field in holes.list("fields") {
        if let Some(holes) = field.read("body: types::$name { $*fields }") {
            let fields = holes.list("fields");
            let fields = fields
                .iter()
                .map(|field| filled(source, owner, field))
                .collect::<Result<_, _>>()?;
            call.body = Some((holes.text("name"), fields));
        } else {
            let (name, value) = filled(source, owner, &field)?;
            call.own.insert(name, value);
        }
    }
    Ok(())
}

// `name`, `name: parameter` or `name: None`.
fn filled(
    source: &Source,
    owner: &str,
    field: &Code,
) -> Result<(String, Option<String>), SurfaceError> {
    if let Some(holes) = field.read("$name: None") {
        Ok((holes.text("name"), None))
    } else if let Some(holes) = field.read("$name: $value") {
        Ok((holes.text("name"), Some(holes.text("value"))))
    } else if let Some(holes) = field.read("$name") {
        Ok((holes.text("name"), Some(holes.text("name"))))
    } else {
        Err(source.unknown_code(owner, field))
    }
}

fn setter(
    source: &Source,
    owner: &str,
    function: &Function,
    body: &Block,
    call: &mut Call,
) -> Result<(), SurfaceError> {
    let code = Code::of(body);
    let set = if let Some(holes) = code.read("{ self.body.$field = Some($*value); self }") {
        format!("body.{}", holes.text("field"))
    } else if let Some(holes) = code.read("{ self.$field = Some($*value); self }") {
        holes.text("field")
    } else {
        return Err(source.unknown(owner, body));
    };
    call.setters.insert(set, function.clone());
    Ok(())
}

fn prepare(
    source: &Source,
    owner: &str,
    body: &Block,
    call: &mut Call,
) -> Result<(), SurfaceError> {
    const FIELDS: [&str; 5] = [
        "&self.$field",
        "self.$field",
        "self.$field.as_ref()",
        "self.$field.as_deref()",
        "self.$field.clone()",
    ];
    let holes = Code::of(body)
        .read("{ operations::$function($*passed) }")
        .ok_or_else(|| source.unknown(owner, body))?;
    call.function = holes.text("function");
    for passed in holes.list("passed") {
        call.passed.push(if passed.is("&self.body") {
            Passed::Body
        } else if passed.is("&self.options.client().account_sid()") {
            Passed::ClientAccount
        } else if let Some(holes) = FIELDS.iter().find_map(|form| passed.read(form)) {
            Passed::Field(holes.text("field"))
        } else {
            return Err(source.unknown_code(owner, &passed));
        });
    }
    Ok(())
}
