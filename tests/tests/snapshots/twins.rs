//! The derived twins of the client's types, which the test `formats` holds them against: written from the committed code, so
//! that a new type needs no test of its own.

use std::fmt::Write as _;
use std::fs;

use codegen::surface::{MemberSurface, Surface, TypeShape, TypeSurface};

use crate::ACCEPT;
use crate::shared::{committed_surface, workspace};

const PATH: &str = "tests/tests/formats/twins/generated.rs";

const HEADER: &str = "\
// @generated from the client's types by `INSTA_UPDATE=always cargo test -p tests --test snapshots`, do not edit.

//! What serde derives for types like those of the client.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::scalars::*;
";

#[test]
fn the_derived_twins_are_those_of_the_committed_types() {
    let path = workspace().join(PATH);
    let expected = source(&committed_surface());
    let committed = fs::read_to_string(&path).unwrap_or_default();
    if committed == expected {
        return;
    }
    if std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always") {
        fs::write(path, expected).unwrap();
        return;
    }
    panic!("{PATH} is not what the generated types give\n{ACCEPT}");
}

fn source(surface: &Surface) -> String {
    let mut text = HEADER.to_owned();
    for (name, sid) in &surface.sids {
        write!(text, "\nsid!({name}, {:?});\n", sid.pattern).unwrap();
    }
    for (name, part) in readable(surface) {
        match &part.shape {
            TypeShape::Enum { .. } => write!(text, "\ntext!({name});\n").unwrap(),
            TypeShape::Object(members) => {
                write!(
                    text,
                    "\n#[derive(Debug, Deserialize, Serialize)]\npub struct {name} {{\n"
                )
                .unwrap();
                for member in members {
                    text += &field(member);
                }
                text += "}\n";
            }
        }
    }
    text += "\n/// Hands every type and its twin to a macro.\nmacro_rules! every_type {\n    ($each:ident) => {\n        vec![\n";
    for (name, _) in readable(surface) {
        writeln!(text, "            $each!({name}),").unwrap();
    }
    text + "        ]\n    };\n}\n\npub(super) use every_type;\n"
}

/// The types that callers can read.
fn readable(surface: &Surface) -> impl Iterator<Item = (&String, &TypeSurface)> {
    let types = surface.types.iter();
    types.filter(|(_, part)| {
        part.public
            && part
                .traits
                .iter()
                .any(|name| name.starts_with("Deserialize"))
    })
}

fn field(member: &MemberSurface) -> String {
    let attribute = match (&member.wire, member.required) {
        (None, _) => "flatten".to_owned(),
        (Some(wire), true) => format!("rename = {wire:?}"),
        (Some(wire), false) => {
            format!("rename = {wire:?}, skip_serializing_if = \"Option::is_none\"")
        }
    };
    format!("    #[serde({attribute})]\n    {},\n", member.declaration())
}
