//! A caller that uses everything that a client offers: every method with every argument, every member with its type,
//! every value of every list. It is made of the surface of one client and then compiled, unchanged, against another.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use codegen::surface::{HandleTarget, Signature, Surface, TypeShape};
use quote::ToTokens;
use syn::{FnArg, ReturnType, TraitItemFn, Type};

use crate::schema::texts_of;

/// Functions by name, each of which stands alone.
pub(crate) type Pieces = BTreeMap<String, String>;

/// What stands before the functions of a caller.
const PREAMBLE: &str = "#![allow(unused, non_snake_case)]
use std::collections::BTreeMap;
use std::time::Duration;
use generated_client::reqwest::header::{HeaderName, HeaderValue};
use generated_client::{calls, choices, resources, types, *};
use serde::{Deserialize, Serialize};
mod of_types {
    use std::collections::BTreeMap;
    use generated_client::types::*;
    use generated_client::{*, types::*};
    use serde::{Deserialize, Serialize};
    TYPES
}
";

/// The functions as the text of a library.
pub(crate) fn library(pieces: &Pieces) -> String {
    let (types, others): (Vec<_>, Vec<_>) = pieces
        .iter()
        .partition(|(name, _)| name.starts_with("type_"));
    let text = |pieces: Vec<(&String, &String)>| {
        pieces
            .into_iter()
            .map(|(_, code)| code.as_str())
            .collect::<String>()
    };
    PREAMBLE.replace("TYPES\n", &text(types)) + &text(others)
}

/// Every function.
pub(crate) fn pieces(surface: &Surface) -> Pieces {
    let mut pieces = Pieces::new();
    for host in surface.hosts.keys() {
        let name = format!("host_{host}");
        add(
            &mut pieces,
            &name,
            &format!("() -> Host {{ Host::{host} }}"),
        );
    }
    for handle in surface.handles.values() {
        let owner = match handle.name.as_str() {
            "Client" => "Client".to_owned(),
            name => format!("resources::{name}"),
        };
        traits(&mut pieces, "handle", &handle.name, &owner, &handle.traits);
        for method in &handle.methods {
            let output = match &method.target {
                HandleTarget::Call(name) => format!("calls::{name}"),
                HandleTarget::Handle(name) => format!("resources::{name}"),
            };
            function(
                surface,
                &mut pieces,
                "handle",
                &handle.name,
                &owner,
                &method.signature,
                Some(&output),
            );
        }
    }
    for operation in surface.operations.values() {
        let call = &operation.call;
        let (short, owner) = (
            call.name.trim_start_matches("calls::"),
            call_path(&call.name),
        );
        traits(&mut pieces, "call", short, &owner, &call.traits);
        for method in &call.methods {
            function(surface, &mut pieces, "call", short, &owner, method, None);
        }
        let code = format!(
            "(it: {owner}) -> impl Future<Output = {}> {{ it.into_future() }}",
            call.output
        );
        add(&mut pieces, &format!("call_{short}_await"), &code);
    }
    for data in surface.types.values().filter(|data| data.public) {
        let name = &data.name;
        traits(&mut pieces, "type", name, name, &data.traits);
        for signature in &data.functions {
            function(surface, &mut pieces, "type", name, name, signature, None);
        }
        match &data.shape {
            TypeShape::Object(members) => {
                for member in members {
                    let (field, ty) = (&member.name, &member.rust_type);
                    let code = format!(
                        "(it: {name}) -> {ty} {{ let {name} {{ {field}: found, .. }} = it; found }}"
                    );
                    add(&mut pieces, &format!("type_{name}_member_{field}"), &code);
                }
            }
            TypeShape::Enum { values, other } => {
                for (_, variant) in values {
                    let code = format!("(it: &{name}) -> bool {{ *it == {name}::{variant} }}");
                    add(&mut pieces, &format!("type_{name}_value_{variant}"), &code);
                }
                let (variant, _) = other.split_once('(').unwrap_or((other, ""));
                let code = format!(
                    "(it: &{name}) -> &str {{ match it {{ {name}::{variant}(text) => &**text, _ => \"known\" }} }}"
                );
                add(&mut pieces, &format!("type_{name}_other"), &code);
            }
        }
    }
    for sid in surface.sids.values() {
        let name = &sid.name;
        traits(&mut pieces, "sid", name, name, &sid.traits);
        for signature in &sid.functions {
            function(surface, &mut pieces, "sid", name, name, signature, None);
        }
        let code = format!(
            "() -> (&'static str, &'static str, usize) {{ ({name}::PREFIX, {name}::PATTERN, {name}::LENGTH) }}"
        );
        add(&mut pieces, &format!("sid_{name}_constants"), &code);
    }
    for bounded in surface.bounded.values() {
        let name = &bounded.name;
        traits(&mut pieces, "bounded", name, name, &bounded.traits);
        for signature in &bounded.functions {
            function(surface, &mut pieces, "bounded", name, name, signature, None);
        }
        let code = format!("() -> ({name}, {name}) {{ ({name}::MIN, {name}::MAX) }}");
        add(&mut pieces, &format!("bounded_{name}_constants"), &code);
    }
    for choice in surface.choices.values() {
        let (name, owner) = (&choice.name, format!("choices::{}", choice.name));
        traits(&mut pieces, "choice", name, &owner, &choice.traits);
        for (variant, _) in &choice.values {
            let code = format!("() -> {owner} {{ {owner}::{variant} }}");
            add(&mut pieces, &format!("choice_{name}_{variant}"), &code);
        }
    }
    pieces
}

/// Literals that are checked when they are compiled, for every kind of SID and every bounded integer.
pub(crate) fn literals(surface: &Surface) -> String {
    let mut text = "use generated_client::*;\n".to_owned();
    for sid in surface.sids.values() {
        for (at, literal) in texts_of(&sid.pattern).iter().enumerate() {
            let name = &sid.name;
            writeln!(
                text,
                "pub const {}_{at}: {name} = sid!({name}, {literal:?});",
                name.to_uppercase()
            )
            .unwrap();
        }
    }
    for bounded in surface.bounded.values() {
        for (at, literal) in [bounded.minimum, bounded.maximum].iter().enumerate() {
            let name = &bounded.name;
            writeln!(
                text,
                "pub const {}_{at}: {name} = bounded!({name}, {literal});",
                name.to_uppercase()
            )
            .unwrap();
        }
    }
    text
}

pub(crate) fn call_path(name: &str) -> String {
    format!("calls::{}", name.trim_start_matches("calls::"))
}

fn add(pieces: &mut Pieces, name: &str, code: &str) {
    let known = pieces.insert(name.to_owned(), format!("pub fn {name}{code}\n"));
    assert_eq!(known, None, "two functions are called {name}");
}

/// A declaration as the surface prints it.
pub(crate) fn parsed(signature: &Signature) -> TraitItemFn {
    syn::parse_str(&format!("{};", signature.text))
        .unwrap_or_else(|why| panic!("{}: {why}", signature.text))
}

/// The arguments of a declaration besides the receiver: name and type.
pub(crate) fn arguments(function: &TraitItemFn) -> Vec<(String, String)> {
    let typed = function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some((typed.pat.to_token_stream().to_string(), plain(&typed.ty))),
        FnArg::Receiver(_) => None,
    });
    typed.collect()
}

/// A type without the spaces that tokens print.
pub(crate) fn plain(ty: &Type) -> String {
    let text = ty.to_token_stream().to_string();
    let mut packed = String::new();
    for word in text.split(' ') {
        let apart = packed.ends_with(|last: char| last.is_alphanumeric() || last == ',')
            && word.starts_with(|first: char| first.is_alphanumeric() || first == '&');
        if apart {
            packed.push(' ');
        }
        packed.push_str(word);
    }
    packed
}

/// The ways to give an argument of a type: what a caller has in hand.
fn in_hand(ty: &str) -> Vec<String> {
    if ty == "impl TryInto<HeaderValue>" {
        return vec!["&'static str".to_owned(), "HeaderValue".to_owned()];
    }
    if ty == "impl AsRef<str>" {
        return vec!["&'static str".to_owned(), "HeaderName".to_owned()];
    }
    if ty == "impl Into<String>" {
        return vec!["&'static str".to_owned(), "String".to_owned()];
    }
    if let Some(inner) = ty
        .strip_prefix("impl Into<")
        .and_then(|rest| rest.strip_suffix('>'))
    {
        return vec![inner.to_owned()];
    }
    if ty.starts_with("&impl") || ty.starts_with("&(impl") {
        return vec!["&serde_json::Value".to_owned()];
    }
    vec![ty.to_owned()]
}

fn function(
    surface: &Surface,
    pieces: &mut Pieces,
    kind: &str,
    short: &str,
    owner: &str,
    signature: &Signature,
    output: Option<&str>,
) {
    let function = parsed(signature);
    let name = &signature.name;
    let generics = &function.sig.generics;
    let receiver = match function.sig.receiver() {
        Some(receiver) => {
            let text = receiver.to_token_stream().to_string();
            let lifetime = text
                .split(' ')
                .find(|word| word.starts_with('\''))
                .unwrap_or_default();
            let ty = match text.starts_with('&') {
                true => format!("&{lifetime} {owner}"),
                false => owner.to_owned(),
            };
            Some(format!("it: {ty}"))
        }
        None => None,
    };
    let result = match (output, &function.sig.output) {
        (Some(output), _) => output.to_owned(),
        (None, ReturnType::Default) => "()".to_owned(),
        (None, ReturnType::Type(_, ty)) => replace_self(&plain(ty), owner),
    };
    let result = match function.sig.asyncness {
        Some(_) => format!("impl Future<Output = {result}>"),
        None => result,
    };
    let arguments = arguments(&function);
    let call = match receiver {
        Some(_) => format!("it.{name}"),
        None => format!("{owner}::{name}"),
    };
    let mut piece = |suffix: &str, given: Vec<(String, String)>| {
        let (types, values): (Vec<String>, Vec<String>) = given.into_iter().unzip();
        let taken: Vec<String> = receiver.iter().cloned().chain(types).collect();
        let code = format!(
            "{}({}) -> {result} {{ {call}({}) }}",
            generics.to_token_stream(),
            taken.join(", "),
            values.join(", ")
        );
        add(pieces, &format!("{kind}_{short}_{name}{suffix}"), &code);
    };
    let most = arguments
        .iter()
        .map(|(_, ty)| in_hand(ty).len())
        .max()
        .unwrap_or(1);
    for way in 0..most {
        let given = arguments.iter().map(|(name, ty)| {
            let ways = in_hand(ty);
            let ty = replace_self(&ways[way.min(ways.len() - 1)], owner);
            (format!("{name}: {ty}"), name.clone())
        });
        piece(if way == 0 { "" } else { "_owned" }, given.collect());
    }
    // Which kind of SID a text is read as is often left to the argument that it is for.
    if arguments
        .iter()
        .any(|(_, ty)| surface.sids.contains_key(ty))
    {
        let given = arguments.iter().map(|(name, ty)| {
            if surface.sids.contains_key(ty) {
                (format!("{name}: &str"), format!("{name}.parse().unwrap()"))
            } else {
                (format!("{name}: {}", in_hand(ty)[0]), name.clone())
            }
        });
        piece("_parsed", given.collect());
    }
}

fn replace_self(ty: &str, owner: &str) -> String {
    ty.replace("Self", owner)
}

fn traits(pieces: &mut Pieces, kind: &str, short: &str, owner: &str, traits: &[String]) {
    for name in traits {
        let bound = match name.as_str() {
            "must_use" | "deprecated" => continue,
            "Deserialize" => "serde::de::DeserializeOwned".to_owned(),
            "Serialize" => "serde::Serialize".to_owned(),
            "Display" | "Debug" => format!("std::fmt::{name}"),
            "Hash" => "std::hash::Hash".to_owned(),
            "FromStr" => "std::str::FromStr".to_owned(),
            conversion if conversion.contains("<&str>") => {
                format!("for<'a> {}", conversion.replace('&', "&'a "))
            }
            other => other.to_owned(),
        };
        let plain: String = name.chars().filter(|one| one.is_alphanumeric()).collect();
        let reference = if name.contains('&') { "_of_text" } else { "" };
        let code = format!("() {{ fn is<T: {bound}>() {{}} is::<{owner}>() }}");
        add(
            pieces,
            &format!("{kind}_{short}_is_{plain}{reference}"),
            &code,
        );
    }
}
