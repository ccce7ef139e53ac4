//! What this module reads off a document is what the generator makes of it: held to the generated code of the workspace's
//! own document, line by line.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::calls::makers;
use super::{
    arguments, body_member, bound_constant, definition, field, host, output, pattern_constant,
    query_setter, type_of, variant, way,
};
use crate::diff::side::{METHODS, Side, is_on};
use crate::load::{Node, Tree, load};
use crate::surface::{Surface, TypeShape, read};

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/marketplace.v1.yaml")
}

fn document() -> (Tree, Surface) {
    let bytes = std::fs::read(path()).unwrap();
    let files = crate::run("marketplace.v1.yaml", &bytes).unwrap().files;
    (
        load("marketplace.v1.yaml", &bytes).unwrap(),
        read(&files).unwrap(),
    )
}

/// A line without the modules that its types stand in.
fn bare(line: &str) -> String {
    let modules = [
        "crate::sids::",
        "crate::bounded::",
        "crate::choices::",
        "crate::types::",
        "sids::",
        "bounded::",
        "choices::",
        "types::",
        "crate::",
        "serde::",
    ];
    modules
        .iter()
        .fold(line.to_owned(), |line, module| line.replace(module, ""))
}

/// A chain with what its steps take left out: `client.listing(..).update()`.
fn blank(chain: &str) -> String {
    let mut parts = chain.split('(');
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let (inside, rest) = part.split_once(')').unwrap();
        text.push_str(if inside.is_empty() { "()" } else { "(..)" });
        text.push_str(rest);
    }
    // What the last step takes is compared with its arguments.
    text.rsplit_once('(')
        .map(|(head, _)| format!("{head}()"))
        .unwrap()
}

#[test]
fn components_become_the_types_that_are_expected() {
    let (tree, surface) = document();
    let side = Side::new(&tree);
    let expected: BTreeSet<String> = side
        .components("schemas")
        .unwrap()
        .entries()
        .iter()
        .filter_map(|entry| definition(&side, &entry.key.text))
        .filter(|line| !line.starts_with("pub use "))
        .collect();
    let types = surface
        .types
        .values()
        .filter(|found| found.public)
        .map(|found| {
            let kind = if matches!(found.shape, TypeShape::Object(_)) {
                "struct"
            } else {
                "enum"
            };
            format!("pub {kind} {}", found.name)
        });
    let others = surface
        .sids
        .keys()
        .chain(surface.bounded.keys())
        .map(|name| format!("pub struct {name}"));
    assert_eq!(expected, types.chain(others).collect());
}

#[test]
fn members_become_the_fields_that_are_expected() {
    let (tree, surface) = document();
    let side = Side::new(&tree);
    let mut compared = 0;
    for found in surface.types.values().filter(|found| found.public) {
        let TypeShape::Object(members) = &found.shape else {
            continue;
        };
        let schema = side
            .components("schemas")
            .unwrap()
            .get(&found.name)
            .unwrap();
        let required: Vec<&str> = schema
            .get("required")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter_map(Node::as_str)
            .collect();
        for member in members {
            let Some(wire) = &member.wire else { continue };
            let ty = type_of(
                &side,
                schema.get("properties").unwrap().get(wire).unwrap(),
                "",
            );
            assert_eq!(
                field(wire, &ty, required.contains(&wire.as_str())),
                bare(&format!("pub {}", member.declaration()))
            );
            compared += 1;
        }
    }
    assert!(compared > 100);
}

#[test]
fn values_become_the_variants_that_are_expected() {
    let (_, surface) = document();
    let mut compared = 0;
    for found in surface.types.values() {
        let TypeShape::Enum { values, .. } = &found.shape else {
            continue;
        };
        for (wire, ident) in values {
            let expected = format!("{}::{ident}", found.name);
            assert_eq!(variant(&found.name, wire), Some(expected));
            compared += 1;
        }
    }
    assert!(compared > 5);
}

#[test]
fn sids_and_bounds_become_the_constants_that_are_expected() {
    let bytes = std::fs::read(path()).unwrap();
    let files = crate::run("marketplace.v1.yaml", &bytes).unwrap().files;
    let tree = load("marketplace.v1.yaml", &bytes).unwrap();
    let surface = read(&files).unwrap();
    let schema = |name: &str| tree.at(&format!("/components/schemas/{name}")).unwrap();
    // Whether the constant stands in the code of its type.
    let has = |file: &str, name: &str, line: &str| {
        let code = files
            .iter()
            .find(|(path, _)| path.ends_with(file))
            .unwrap()
            .1;
        let code = code.split_once(&format!("impl {name} {{\n")).unwrap().1;
        let code = code.split_once("\n}\n").unwrap().0;
        assert!(code.contains(&format!("    {line};\n")), "{name}: {line}");
    };
    assert!(surface.sids.len() > 5 && !surface.bounded.is_empty());
    for name in surface.sids.keys() {
        let pattern = schema(name).get("pattern").unwrap().as_str().unwrap();
        has("sids.rs", name, &pattern_constant(pattern));
    }
    for name in surface.bounded.keys() {
        for (key, is_least) in [("minimum", true), ("maximum", false)] {
            let value = schema(name).get(key).unwrap().as_integer().unwrap();
            has("bounded.rs", name, &bound_constant(value, is_least));
        }
    }
}

#[test]
fn operations_become_the_calls_that_are_expected() {
    let (tree, surface) = document();
    let side = Side::new(&tree);
    for entry in side.root().get("paths").unwrap().entries() {
        for node in METHODS.iter().filter_map(|method| entry.value.get(method)) {
            let id = node.get("operationId").and_then(Node::as_str).unwrap();
            let found = &surface.operations[id];
            let way = way(&entry.key.text, id);
            let steps: String = way.steps.iter().map(|step| format!(".{step}")).collect();
            let maker = &found.makers[0].name;
            assert_eq!(
                format!("client{steps}.{maker}()"),
                blank(&found.chain),
                "{id}"
            );
            assert_eq!(found.call.name, format!("calls::{}", way.call));
            assert_eq!(found.handle, way.handles.last().unwrap().clone());
            let output = format!("Result<{}, Error>", output(&side, node));
            assert_eq!(bare(&found.call.output), output, "{id}");
            assert_eq!(Some(found.host.clone()), host(&found.url));
            signatures(&side, &entry.value, node, found);
        }
    }
}

fn signatures<'t>(
    side: &Side<'t>,
    item: &'t Node,
    node: &'t Node,
    found: &crate::surface::OperationSurface,
) {
    let listed = [item, node]
        .into_iter()
        .filter_map(|node| node.get("parameters"))
        .flat_map(Node::items);
    let parameters: Vec<&Node> = listed
        .filter_map(|parameter| side.follow(parameter))
        .collect();
    let id = node.get("operationId").and_then(Node::as_str).unwrap();
    let expected: Vec<String> = makers(id, &arguments(side, node, &parameters))
        .iter()
        .map(|maker| {
            let (name, taken) = maker.split_once('(').unwrap();
            let comma = if taken == ")" { "" } else { ", " };
            format!("fn {name}(&self{comma}{taken} -> {}", found.call.name)
        })
        .collect();
    let made: Vec<String> = found.makers.iter().map(|maker| bare(&maker.text)).collect();
    assert_eq!(made, expected);
    let setters: BTreeSet<String> = found
        .call
        .methods
        .iter()
        .map(|method| bare(&method.text))
        .collect();
    let has = |line: &str| {
        // The line as it is written has its `mut`, a declaration has not.
        let line = line.replace("pub fn ", "fn ").replace("(mut self", "(self");
        assert!(setters.contains(&line), "{line} is none of {setters:#?}");
    };
    for parameter in parameters
        .iter()
        .filter(|parameter| parameter.get("in").and_then(Node::as_str) == Some("query"))
    {
        let ty = type_of(side, parameter.get("schema").unwrap(), "");
        if !is_on(parameter, "required") {
            has(&query_setter(
                parameter.get("name").and_then(Node::as_str).unwrap(),
                &ty,
            ));
        }
    }
    let body = node
        .get("requestBody")
        .and_then(|body| body.get("content"))
        .and_then(|content| content.entries().first());
    let Some(schema) = body
        .and_then(|media| media.value.get("schema"))
        .and_then(|schema| side.follow(schema))
    else {
        return;
    };
    let required: Vec<&str> = schema
        .get("required")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Node::as_str)
        .collect();
    for member in schema.get("properties").unwrap().entries() {
        let wire = member.key.text.as_str();
        if !required.contains(&wire) {
            has(&body_member(side, node, wire, &member.value, false));
        }
    }
}
