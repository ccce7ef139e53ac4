//! Reads how the types of `types.rs` stand on the wire: the tables by which the runtime reads and writes them.

use std::collections::{BTreeMap, BTreeSet};

use syn::ItemMacro;

use super::syntax::{Source, literal};
use super::tokens::Code;
use crate::surface::SurfaceError;

/// The tables by the names of their types.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) objects: BTreeMap<String, Table>,
    pub(super) enums: BTreeSet<String>,
    /// Of the types whose `Debug` does not show everything: each field, and whether it is hidden.
    pub(super) debug: BTreeMap<String, BTreeMap<String, bool>>,
}

/// How an object stands on the wire.
pub(super) struct Table {
    /// Whether it is read too, and not only written.
    pub(super) read: bool,
    /// By field.
    pub(super) members: BTreeMap<String, Member>,
}

/// What becomes of a response without a property, or with one that is not what the document says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// The response is an error in both cases.
    Required,
    /// It may be absent, and is when it is odd.
    Optional,
    /// It may be absent, and is an error when it is odd.
    Paging,
}

/// How one field of an object stands on the wire.
pub(super) enum Member {
    /// Under this name.
    Named {
        wire: String,
        need: Need,
        /// How many items an array has at least in a request.
        least_items: Option<usize>,
    },
    /// As the members that the document does not declare.
    Rest,
}

impl Tables {
    pub(super) fn take(&mut self, source: &Source, item: &ItemMacro) -> Result<(), SurfaceError> {
        const FORMS: [(&str, bool); 2] = [
            ("crate::runtime::object! { $name, $*members }", true),
            ("crate::runtime::serialized! { $name, $*members }", false),
        ];
        let code = Code::of(item);
        if let Some(holes) = code.read("crate::runtime::open_enum! { $name }") {
            self.enums.insert(holes.text("name"));
            return Ok(());
        }
        if let Some(holes) = code.read("crate::runtime::partial_debug! { $name, $*fields }") {
            let name = holes.text("name");
            let mut fields = BTreeMap::new();
            for code in holes.list("fields") {
                let (field, hidden) = shown(source, &name, &code)?;
                fields.insert(field, hidden);
            }
            if self.debug.insert(name.clone(), fields).is_some() {
                return Err(SurfaceError::disagrees(name, "it shows itself in two ways"));
            }
            return Ok(());
        }
        let (holes, read) = FORMS
            .iter()
            .find_map(|(form, read)| Some((code.read(form)?, *read)))
            .ok_or_else(|| source.unknown_code("the types", &code))?;
        let name = holes.text("name");
        let mut members = BTreeMap::new();
        for code in holes.list("members") {
            let (field, member) = member(source, &name, &code)?;
            if members.insert(field.clone(), member).is_some() {
                let message = format!("its field `{field}` stands twice in its table");
                return Err(SurfaceError::disagrees(name, message));
            }
        }
        if self
            .objects
            .insert(name.clone(), Table { read, members })
            .is_some()
        {
            return Err(SurfaceError::disagrees(name, "it has two tables"));
        }
        Ok(())
    }

    /// Refuses tables of types that do not exist.
    pub(super) fn finish(self) -> Result<(), SurfaceError> {
        let left = self.objects.into_keys().chain(self.enums);
        match left.chain(self.debug.into_keys()).next() {
            Some(name) => Err(SurfaceError::disagrees(
                name,
                "there is a table and no type",
            )),
            None => Ok(()),
        }
    }
}

fn member(source: &Source, owner: &str, code: &Code) -> Result<(String, Member), SurfaceError> {
    for (form, need) in [
        ("$wire => $field required", Need::Required),
        ("$wire => $field optional", Need::Optional),
        ("$wire => $field paging", Need::Paging),
        ("$wire => $field required $least", Need::Required),
        ("$wire => $field optional $least", Need::Optional),
    ] {
        if let Some(holes) = code.read(form) {
            let wire = literal(source, owner, &holes.code("wire"))?;
            let least_items = match form.ends_with("$least") {
                true => Some(
                    holes
                        .text("least")
                        .parse()
                        .map_err(|_| source.unknown_code(owner, code))?,
                ),
                false => None,
            };
            let member = Member::Named {
                wire,
                need,
                least_items,
            };
            return Ok((holes.text("field"), member));
        }
    }
    let holes = code
        .read("..$field")
        .ok_or_else(|| source.unknown_code(owner, code))?;
    Ok((holes.text("field"), Member::Rest))
}

/// An entry of `partial_debug!`: the field, and whether it is hidden.
fn shown(source: &Source, owner: &str, code: &Code) -> Result<(String, bool), SurfaceError> {
    for (form, hidden) in [("$field shown", false), ("$field hidden", true)] {
        if let Some(holes) = code.read(form) {
            return Ok((holes.text("field"), hidden));
        }
    }
    Err(source.unknown_code(owner, code))
}
