//! What a call takes and gives back.

use std::collections::HashSet;

use super::handles::way;
use super::types::{Type, named, type_of};
use crate::casing::pascal;
use crate::choices;
use crate::diff::side::{Side, component_name, is_on};
use crate::load::Node;
use crate::names;

/// An argument of the method that makes a call: what must be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::diff) struct Argument {
    /// The name on the wire.
    pub(in crate::diff) wire: String,
    /// The type that the method takes.
    pub(in crate::diff) ty: String,
    /// Whether it is sent as a boolean.
    pub(in crate::diff) is_bool: bool,
}

impl Argument {
    /// A value of a type that must be given.
    pub(in crate::diff) fn new(wire: &str, ty: &str) -> Self {
        Self {
            wire: wire.to_owned(),
            ty: required(wire, ty),
            is_bool: ty == BOOL,
        }
    }
}

const BOOL: &str = "bool";

/// How a function takes a value of a type that must be given: a boolean by a name of its own.
pub(in crate::diff) fn required(wire: &str, ty: &str) -> String {
    if ty == BOOL {
        choices::type_name(wire)
    } else {
        taken(ty)
    }
}

/// How a function takes a value of a type.
pub(in crate::diff) fn taken(ty: &str) -> String {
    match ty {
        "String" => "impl Into<String>".to_owned(),
        list if list.starts_with("Vec<") => format!("impl Into<{list}>"),
        other => other.to_owned(),
    }
}

/// The setter of an optional query parameter.
pub(in crate::diff) fn query_setter(wire: &str, ty: &Type) -> String {
    let name = names::field(wire);
    format!(
        "pub fn {name}(mut self, {name}: {}) -> Self",
        taken(&ty.text)
    )
}

/// The methods of an operation whose only argument is a boolean, if it is named by that.
fn switch(operation_id: &str, arguments: &[Argument]) -> Option<[&'static str; 2]> {
    match arguments {
        [only] if only.is_bool => choices::methods(operation_id, &only.wire),
        _ => None,
    }
}

/// The methods that make a call, each with its arguments.
pub(in crate::diff) fn makers(operation_id: &str, arguments: &[Argument]) -> Vec<String> {
    if let Some(methods) = switch(operation_id, arguments) {
        return methods.map(|method| format!("{method}()")).to_vec();
    }
    let arguments: Vec<String> = arguments
        .iter()
        .map(|argument| format!("{}: {}", names::field(&argument.wire), argument.ty))
        .collect();
    vec![format!(
        "{}({})",
        names::verb(operation_id),
        arguments.join(", ")
    )]
}

/// The line of what must be given to an operation: the argument, or the methods that are named by it.
pub(in crate::diff) fn required_line<'t>(
    side: &Side<'t>,
    operation: &'t Node,
    wire: &str,
    ty: &str,
) -> String {
    let id = operation_id(operation);
    if ty == BOOL && choices::methods(id, wire).is_some() {
        let around = side.outline.parent(operation);
        let parameters: Vec<&Node> = around
            .into_iter()
            .chain([operation])
            .filter_map(|node| node.get("parameters"))
            .flat_map(Node::items)
            .filter_map(|parameter| side.follow(parameter))
            .collect();
        let arguments = arguments(side, operation, &parameters);
        if switch(id, &arguments).is_some() {
            let makers = makers(id, &arguments);
            let makers = makers
                .iter()
                .map(|maker| format!("pub fn {}", maker.replace("()", "(&self)")));
            return makers.collect::<Vec<_>>().join(", ");
        }
    }
    format!("{}: {}", names::field(wire), required(wire, ty))
}

/// The line of a property of a body: the setter of an optional one, the argument for a required one.
pub(in crate::diff) fn body_member<'t>(
    side: &Side<'t>,
    operation: &'t Node,
    wire: &str,
    schema: &Node,
    required: bool,
) -> String {
    let name = names::field(wire);
    let ty = member_type(side, operation, wire, schema);
    let optional = !required || is_on(schema, "nullable");
    if optional {
        let ty = taken(&ty);
        format!("pub fn {name}(mut self, {name}: {ty}) -> Self")
    } else {
        required_line(side, operation, wire, &ty)
    }
}

fn member_type<'t>(side: &Side<'t>, operation: &'t Node, wire: &str, schema: &Node) -> String {
    if !is_json_field(side, operation, wire) {
        let hint = names::inner_type_name(operation_id(operation), wire);
        return type_of(side, schema, &hint).text;
    }
    let component = component_name(schema).filter(|name| {
        let target = side
            .components("schemas")
            .and_then(|schemas| schemas.get(name));
        target
            .and_then(|target| target.get("properties"))
            .is_some_and(|all| !all.entries().is_empty())
    });
    component.map_or_else(
        || "&(impl Serialize + ?Sized)".to_owned(),
        |name| format!("&{}", named(name)),
    )
}

// A form field that carries a JSON document as text.
fn is_json_field<'t>(side: &Side<'t>, operation: &'t Node, wire: &str) -> bool {
    let media = body(side, operation);
    let content_type =
        media.and_then(|(_, media)| media.get("encoding")?.get(wire)?.get("contentType"));
    content_type.and_then(Node::as_str) == Some("application/json")
}

fn operation_id(operation: &Node) -> &str {
    operation
        .get("operationId")
        .and_then(Node::as_str)
        .unwrap_or_default()
}

/// The media type of an operation's body and what it holds.
fn body<'t>(side: &Side<'t>, operation: &'t Node) -> Option<(&'t str, &'t Node)> {
    let request = side.follow(operation.get("requestBody")?)?;
    let entry = request.get("content")?.entries().first()?;
    Some((&entry.key.text, &entry.value))
}

/// The arguments of the method that makes the call of an operation, in order. `parameters` are those that apply to it.
pub(in crate::diff) fn arguments<'t>(
    side: &Side<'t>,
    operation: &'t Node,
    parameters: &[&'t Node],
) -> Vec<Argument> {
    let mut queries: Vec<Argument> = parameters
        .iter()
        .filter(|parameter| is_in(parameter, "query") && is_on(parameter, "required"))
        .filter_map(|parameter| {
            let wire = parameter.get("name").and_then(Node::as_str)?;
            let ty = type_of(
                side,
                parameter.get("schema")?,
                &names::inner_type_name(operation_id(operation), wire),
            );
            (!ty.nullable).then(|| Argument::new(wire, &ty.text))
        })
        .collect();
    queries.sort_by_key(|argument| names::field(&argument.wire));
    let Some(schema) = body(side, operation)
        .and_then(|(_, media)| media.get("schema"))
        .and_then(|schema| side.follow(schema))
    else {
        return queries;
    };
    let required: HashSet<&str> = schema
        .get("required")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Node::as_str)
        .collect();
    let members = schema
        .get("properties")
        .map(Node::entries)
        .unwrap_or_default()
        .iter();
    let members = members.filter(|entry| {
        required.contains(entry.key.text.as_str()) && !is_on(&entry.value, "nullable")
    });
    queries.extend(members.map(|entry| {
        let wire = entry.key.text.as_str();
        Argument::new(wire, &member_type(side, operation, wire, &entry.value))
    }));
    queries
}

fn is_in(parameter: &Node, location: &str) -> bool {
    parameter.get("in").and_then(Node::as_str) == Some(location)
}

/// What the call of an operation gives back.
pub(in crate::diff) fn output<'t>(side: &Side<'t>, operation: &'t Node) -> String {
    let statuses = operation
        .get("responses")
        .map(Node::entries)
        .unwrap_or_default();
    let has = |status: &str| statuses.iter().any(|entry| entry.key.text == status);
    let first = |class: char| {
        statuses
            .iter()
            .find(|entry| entry.key.text.starts_with(class) && entry.key.text != "304")
    };
    let response = |value: &str| format!("Response<{value}>");
    let Some(success) = first('2').or_else(|| first('3')) else {
        return response("()");
    };
    let content = side
        .follow(&success.value)
        .and_then(|reply| reply.get("content"));
    let entries = content.map(Node::entries).unwrap_or_default();
    let is_json = |media_type: &str| {
        media_type == "application/json" || media_type.starts_with("application/json;")
    };
    let json = entries.iter().find(|entry| is_json(&entry.key.text));
    let Some(schema) = json.and_then(|entry| entry.value.get("schema")) else {
        return response(if entries.is_empty() {
            "()"
        } else {
            "ByteStream"
        });
    };
    if success.key.text.starts_with('2')
        && let Some(item) = page_item(side, schema)
    {
        return response(&format!("Page<{item}>"));
    }
    let hint = names::inner_type_name(operation_id(operation), "response");
    let ty = type_of(side, schema, &hint).at(true);
    if has("304") {
        response(&format!("Update<{ty}>"))
    } else if has("202") {
        format!("Receipt<{ty}>")
    } else {
        response(&ty)
    }
}

// The item of a list that comes in pages, as the generator recognises one.
fn page_item(side: &Side<'_>, schema: &Node) -> Option<String> {
    let list = side.components("schemas")?.get(component_name(schema)?)?;
    let members = list.get("properties")?;
    if members.get("meta").is_none() && members.get("next_page_uri").is_none() {
        return None;
    }
    members.entries().iter().find_map(|entry| {
        let is_list = entry.value.get("type").and_then(Node::as_str) == Some("array");
        let items = entry.value.get("items").filter(|_| is_list)?;
        component_name(items).map(named)
    })
}

/// The name of the host that the client takes for a server's URL.
pub(in crate::diff) fn host(url: &str) -> Option<String> {
    let label = url
        .trim_end_matches('/')
        .strip_prefix("https://")?
        .split(['.', ':', '/'])
        .next()?;
    let name = pascal(label);
    names::is_identifier(&name).then_some(name)
}

/// The line of an operation: how a caller makes its call.
pub(in crate::diff) fn line<'t>(
    side: &Side<'t>,
    path: &str,
    operation: &'t Node,
    parameters: &[&'t Node],
) -> Option<String> {
    let id = operation.get("operationId").and_then(Node::as_str)?;
    let arguments = arguments(side, operation, parameters);
    Some(way(path, id).line(&makers(id, &arguments)))
}
