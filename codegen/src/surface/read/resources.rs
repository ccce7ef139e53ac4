//! Reads `resources.rs`: every handle, the methods that lead to further handles, and those that make a call.

use std::collections::BTreeMap;

use syn::{Block, Item, ItemImpl, ItemStruct};

use super::syntax::{Function, Implementation, Reach, Source, implementation};
use super::tokens::Code;
use crate::surface::{Signature, SurfaceError};

/// The type that stands at the root.
pub(super) const ROOT: &str = "Client";

/// One handle.
#[derive(Debug, Default)]
pub(super) struct Handle {
    pub(super) traits: Vec<String>,
    /// What it holds beside the client.
    pub(super) fields: Vec<String>,
    pub(super) methods: Vec<Method>,
}

#[derive(Debug)]
pub(super) struct Method {
    pub(super) signature: Signature,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) gives: Gives,
}

/// What a method makes, and of what.
#[derive(Debug)]
pub(super) enum Gives {
    /// A call, of values in order.
    Call(String, Vec<Value>),
    /// A handle, of values by field.
    Handle(String, BTreeMap<String, Value>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A field of the handle.
    Held(String),
    /// A parameter of the method.
    Given(String),
    /// What the method is named by.
    Fixed(bool),
}

/// Reads every handle, the client among them.
pub(super) fn read(source: &Source) -> Result<BTreeMap<String, Handle>, SurfaceError> {
    let mut handles: BTreeMap<String, Handle> = BTreeMap::new();
    for item in &source.items {
        match item {
            Item::Use(_) => {}
            Item::Struct(item) => definition(
                source,
                item,
                handles.entry(item.ident.to_string()).or_default(),
            )?,
            Item::Impl(block) => match implementation(block) {
                Implementation::Inherent { owner } => {
                    let handle = handles.entry(owner.clone()).or_default();
                    methods(source, &owner, block, handle)?;
                }
                Implementation::Trait { .. } => return Err(source.unknown("the handles", block)),
            },
            other => return Err(source.unknown("the handles", other)),
        }
    }
    Ok(handles)
}

fn definition(source: &Source, item: &ItemStruct, handle: &mut Handle) -> Result<(), SurfaceError> {
    let name = item.ident.to_string();
    let attributes = source.attributes(&name, &item.attrs)?;
    if source.visibility(&name, &item.vis)? != Reach::Public {
        return Err(source.unknown(&name, item));
    }
    for field in &item.fields {
        if source.visibility(&name, &field.vis)? == Reach::Public {
            return Err(source.unknown(&name, field));
        }
        handle.fields.extend(
            field
                .ident
                .as_ref()
                .filter(|name| *name != "client")
                .map(ToString::to_string),
        );
    }
    handle.traits = attributes.derives;
    Ok(())
}

fn methods(
    source: &Source,
    owner: &str,
    block: &ItemImpl,
    handle: &mut Handle,
) -> Result<(), SurfaceError> {
    for (function, body) in source.functions(owner, block)? {
        let gives = gives(source, owner, &function, body)?;
        handle.methods.push(Method {
            signature: function.signature,
            parameters: function
                .parameters
                .into_iter()
                .map(|(name, ty)| (name, ty.public()))
                .collect(),
            gives,
        });
    }
    Ok(())
}

fn gives(
    source: &Source,
    owner: &str,
    function: &Function,
    body: &Block,
) -> Result<Gives, SurfaceError> {
    const CALLS: [&str; 2] = [
        "{ calls::$call::new(self.client.clone(), $*values) }",
        "{ calls::$call::new(self.client.clone()) }",
    ];
    const HANDLES: [&str; 4] = [
        "{ $handle { client: self.client.clone(), $*values } }",
        "{ $handle { client: self.client.clone() } }",
        "{ $handle { client: self.clone(), $*values } }",
        "{ $handle { client: self.clone() } }",
    ];
    if function.visibility != Reach::Public {
        return Err(source.unknown(owner, body));
    }
    let code = Code::of(body);
    if let Some(holes) = CALLS.iter().find_map(|form| code.read(form)) {
        let values = holes.list("values");
        let values = values
            .iter()
            .map(|code| value(source, owner, function, code))
            .collect::<Result<_, _>>()?;
        return Ok(Gives::Call(holes.text("call"), values));
    }
    let holes = HANDLES
        .iter()
        .find_map(|form| code.read(form))
        .ok_or_else(|| source.unknown(owner, body))?;
    let mut fields = BTreeMap::new();
    for field in holes.list("values") {
        let parts = field
            .read("$name: $*value")
            .ok_or_else(|| source.unknown_code(owner, &field))?;
        fields.insert(
            parts.text("name"),
            value(source, owner, function, &parts.code("value"))?,
        );
    }
    Ok(Gives::Handle(holes.text("handle"), fields))
}

fn value(
    source: &Source,
    owner: &str,
    function: &Function,
    code: &Code,
) -> Result<Value, SurfaceError> {
    const HELD: [&str; 2] = ["self.$name", "self.$name.clone()"];
    const GIVEN: [&str; 3] = ["$name", "$name.into()", "crate::Json::new($name)"];
    for sends in [true, false] {
        if code.is(&sends.to_string()) {
            return Ok(Value::Fixed(sends));
        }
    }
    if let Some(holes) = HELD.iter().find_map(|form| code.read(form)) {
        return Ok(Value::Held(holes.text("name")));
    }
    GIVEN
        .iter()
        .find_map(|form| code.read(form))
        .map(|holes| holes.text("name"))
        .filter(|name| {
            function
                .parameters
                .iter()
                .any(|(parameter, _)| parameter == name)
        })
        .map(Value::Given)
        .ok_or_else(|| source.unknown_code(owner, code))
}
