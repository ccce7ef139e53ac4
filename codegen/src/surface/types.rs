//! A type of the document: an object or an open enum of strings. As text it is what a reviewer reads.

use std::fmt;

use super::columns::{self, fact};
use super::{Encoding, Signature};

/// One type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeSurface {
    /// Name.
    pub name: String,
    /// Whether callers can name it; a request body that is spread over a call's methods is hidden.
    pub public: bool,
    /// Whether it can grow without breaking callers.
    pub non_exhaustive: bool,
    /// Traits that it derives or implements.
    pub traits: Vec<String>,
    /// What it is made of.
    pub shape: TypeShape,
    /// Its public functions: constructor, setters, conversions.
    pub functions: Vec<Signature>,
    /// How it falls into items and links, where it is the envelope of a list.
    pub page: Option<PageSurface>,
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeShape {
    /// The members of an object, in order.
    Object(Vec<MemberSurface>),
    /// The known values of a string, in order.
    Enum {
        /// Value on the wire and variant.
        values: Vec<(String, String)>,
        /// The variant that keeps any other value, as it is declared.
        other: String,
    },
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberSurface {
    /// Name on the wire; `None` for the members that the document does not declare.
    pub wire: Option<String>,
    /// Name of the field.
    pub name: String,
    /// Type of the field.
    pub rust_type: String,
    /// Whether it must be there when the type is read, and is always there when it is written.
    pub required: bool,
    /// How it is written.
    pub encoding: Encoding,
    /// What serde is told, apart from the name.
    pub serde: Vec<String>,
    /// Whether `Debug` does not show its content.
    pub hidden: bool,
    /// How many items it has at least in a request, where it is an array.
    pub least_items: Option<usize>,
}

/// The envelope of a list: expressions over the reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSurface {
    /// Type of an item.
    pub item: String,
    /// Where the items come from.
    pub items: String,
    /// Link to the next page, link to the previous one, number and size of the page, by these names.
    pub links: Vec<(String, String)>,
}

impl MemberSurface {
    /// The field as it is declared: `module_info: Option<ListingModuleInfo>`.
    pub fn declaration(&self) -> String {
        format!("{}: {}", self.name, self.rust_type)
    }

    fn row(&self) -> Vec<String> {
        let needed = match (&self.wire, self.required) {
            (None, _) => None,
            (Some(_), true) => Some("required"),
            (Some(_), false) => Some("optional"),
        };
        let least = self
            .least_items
            .map(|least| format!("least items: {least}"));
        let notes: Vec<&str> = needed
            .into_iter()
            .chain(self.encoding.note())
            .chain(self.serde.iter().map(String::as_str))
            .chain(self.hidden.then_some("hidden in Debug"))
            .chain(least.as_deref())
            .collect();
        vec![
            self.wire.clone().unwrap_or_else(|| "*".to_owned()),
            notes.join(", "),
            self.declaration(),
        ]
    }
}

impl fmt::Display for TypeSurface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.shape {
            TypeShape::Object(_) => "struct",
            TypeShape::Enum { .. } => "enum",
        };
        let reach = if self.public { "pub" } else { "pub(crate)" };
        let growth = if self.non_exhaustive {
            ", non_exhaustive"
        } else {
            ""
        };
        writeln!(f, "type {}\n", self.name)?;
        columns::write(
            f,
            "",
            &[
                fact("rust", format!("{reach} {kind}{growth}")),
                fact("traits", self.traits.join(", ")),
            ],
        )?;
        match &self.shape {
            TypeShape::Object(members) => {
                let rows: Vec<Vec<String>> = members.iter().map(MemberSurface::row).collect();
                columns::section(f, "members", &rows)?;
            }
            TypeShape::Enum { values, other } => {
                let mut rows: Vec<Vec<String>> = values
                    .iter()
                    .map(|(wire, variant)| fact(wire, variant))
                    .collect();
                rows.push(fact("*", other));
                columns::section(f, "values", &rows)?;
            }
        }
        if let Some(page) = &self.page {
            let mut rows = vec![fact("item", &page.item), fact("items", &page.items)];
            rows.extend(page.links.iter().map(|(name, from)| fact(name, from)));
            columns::section(f, "page", &rows)?;
        }
        let functions: Vec<Vec<String>> = self
            .functions
            .iter()
            .map(|function| vec![function.text.clone()])
            .collect();
        columns::section(f, "functions", &functions)
    }
}
