//! What a call is made of: path parameters, query parameters and body fields, and what of these a caller must
//! give. It decides which names would stand twice; it writes no code of its own.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;
use syn::visit_mut::VisitMut;

use super::call_docs::{field_docs, parameter_docs};
use super::handles::AMBIENT;
use super::values::{self, Kept, Taken};
use crate::choices;
use crate::lower::{Facts, JsonField, OperationFacts};
use crate::names;
use crate::problem::Problem;
use crate::reshape::{Argument, DataType, Field, OperationReading, PathPiece, Shape, type_names};

/// What every call has beside what the document gives it: a parameter of such a name would stand twice.
const RESERVED: [&str; 14] = [
    "all_items",
    "all_pages",
    "body",
    "collect_all",
    "download",
    "header",
    "into_future",
    "keep_json",
    "new",
    "options",
    "prefetch",
    "prepare",
    "retry",
    "timeout",
];

/// Parameters and body fields that would give one call two methods of one name.
pub(super) fn clashes(
    operations: &[OperationReading],
    types: &[DataType],
    facts: &Facts,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for reading in operations {
        let Some(operation) = facts.operations.get(&reading.function.to_string()) else {
            continue;
        };
        let parts = Parts::new(reading, operation, types);
        let mut known: Vec<String> = RESERVED.iter().map(|name| (*name).to_owned()).collect();
        let queries = parts
            .query
            .iter()
            .map(|(argument, _)| argument.name.to_string());
        let fields = parts.body_fields().map(|field| field.name.to_string());
        for name in queries.chain(fields) {
            if known.contains(&name) {
                problems.push(Problem::new(
                    "SETTER_NAME_COLLIDES",
                    operation.pointer.clone(),
                    format!("`{name}` of the call `{}` would stand for two things", operation.id),
                    "the name on the wire cannot change, so report the case: the generator has to give one of them another name",
                ));
            }
            known.push(name);
        }
    }
    problems
}

/// What the outside needs to know of a call.
pub(super) struct CallShape {
    pub(super) name: Ident,
    pub(super) summary: String,
    /// The methods that make it: one, or two where the call only switches something.
    pub(super) makers: Vec<Maker>,
}

/// A method of a handle that makes a call.
pub(super) struct Maker {
    pub(super) method: String,
    /// What must be given beside the handle's SIDs.
    pub(super) parameters: Vec<TokenStream>,
    /// What the call gets of that.
    pub(super) values: Vec<TokenStream>,
    /// What it sends without being told, where it is named by that.
    pub(super) sends: Option<bool>,
}

/// What a caller must give.
pub(super) struct Required<'p> {
    pub(super) name: &'p Ident,
    pub(super) wire: &'p str,
    /// What the document says of it, and how it is sent.
    pub(super) docs: String,
    pub(super) is_bool: bool,
    pub(super) taken: Taken,
}

pub(super) fn shape(
    reading: &OperationReading,
    operation: &OperationFacts,
    types: &[DataType],
) -> CallShape {
    let parts = Parts::new(reading, operation, types);
    CallShape {
        name: names::ident(&names::type_name(&operation.id)),
        summary: reading
            .docs
            .lines()
            .next()
            .filter(|line| !line.is_empty())
            .map_or_else(
                || format!("`{} {}`", reading.method, operation.path),
                str::to_owned,
            ),
        makers: parts.makers(),
    }
}

/// What a call is made of.
pub(super) struct Parts<'a> {
    pub(super) operation: &'a OperationFacts,
    pub(super) path: Vec<(&'a Argument, Kept)>,
    pub(super) query: Vec<(&'a Argument, Kept)>,
    pub(super) body: Option<&'a DataType>,
    fields: Vec<Field>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(
        reading: &'a OperationReading,
        operation: &'a OperationFacts,
        types: &'a [DataType],
    ) -> Self {
        let find = |name: &Ident| {
            reading
                .arguments
                .iter()
                .find(|argument| argument.name == *name)
        };
        let path = reading
            .path
            .iter()
            .filter_map(|piece| match piece {
                PathPiece::Argument(name) => find(name),
                PathPiece::Literal(_) => None,
            })
            .map(|argument| (argument, values::keep(&argument.name, &argument.ty)))
            .collect();
        let query = reading
            .query
            .iter()
            .filter_map(|(_, name)| find(name))
            .map(|argument| (argument, values::keep(&argument.name, &argument.ty)))
            .collect();
        let body = reading
            .arguments
            .iter()
            .find(|argument| argument.name == "body" && reading.encoder.is_some())
            .and_then(|argument| type_names(&argument.ty).pop())
            .and_then(|name| types.iter().find(|data| data.name == name));
        let fields = match body.map(|data| &data.shape) {
            Some(Shape::Struct { fields, .. }) => fields
                .iter()
                .filter(|field| field.wire.is_some())
                .map(|field| qualified(field, types))
                .collect(),
            _ => Vec::new(),
        };
        Self {
            operation,
            path,
            query,
            body,
            fields,
        }
    }

    pub(super) fn body_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter()
    }

    /// What a caller must give beside the handle's SIDs, in the order of the arguments.
    pub(super) fn required(&self) -> Vec<Required<'_>> {
        let query = self
            .query
            .iter()
            .filter(|(_, kept)| !kept.optional)
            .map(|(argument, kept)| {
                let facts = self
                    .operation
                    .parameters
                    .iter()
                    .find(|known| argument.name == names::field(&known.name).as_str());
                let wire = facts.map_or("", |facts| facts.name.as_str());
                Required {
                    name: &argument.name,
                    wire,
                    docs: facts.map(parameter_docs).unwrap_or_default(),
                    is_bool: values::is_bool(&kept.ty),
                    taken: values::take_required(&argument.name, wire, &kept.ty, None),
                }
            });
        let body = self
            .body_fields()
            .filter(|field| field.optional().is_none())
            .map(|field| {
                let wire = field.wire.as_deref().unwrap_or_default();
                Required {
                    name: &field.name,
                    wire,
                    docs: field_docs(field, self.operation),
                    is_bool: values::is_bool(&field.ty),
                    taken: values::take_required(&field.name, wire, &field.ty, self.json(field)),
                }
            });
        query.chain(body).collect()
    }

    /// The methods that make the call.
    pub(super) fn makers(&self) -> Vec<Maker> {
        let required = self.required();
        if let [only] = required.as_slice()
            && only.is_bool
            && let Some(methods) = choices::methods(&self.operation.id, only.wire)
        {
            return methods
                .into_iter()
                .zip([true, false])
                .map(|(method, sends)| Maker {
                    method: method.to_owned(),
                    parameters: Vec::new(),
                    values: vec![quote!(#sends)],
                    sends: Some(sends),
                })
                .collect();
        }
        let (parameters, values) = required
            .into_iter()
            .map(|required| (required.taken.parameter, required.taken.value))
            .unzip();
        vec![Maker {
            method: names::verb(&self.operation.id),
            parameters,
            values,
            sends: None,
        }]
    }

    pub(super) fn take_field(&self, field: &Field, ty: &Type) -> Taken {
        values::take(&field.name, ty, self.json(field))
    }

    // How a form field carries JSON, if it does.
    fn json(&self, field: &Field) -> Option<&'a JsonField> {
        let (body, wire) = self.operation.body.as_ref().zip(field.wire.as_ref())?;
        body.fields.get(wire)?.json.as_ref()
    }
}

// Types name each other without a path in their own module; from here they are reached through it.
fn qualified(field: &Field, types: &[DataType]) -> Field {
    struct Qualify<'a>(&'a [DataType]);
    impl VisitMut for Qualify<'_> {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            if let Some(name) = path.get_ident()
                && self.0.iter().any(|data| data.name == *name)
            {
                *path = syn::parse_quote!(types::#name);
            }
            syn::visit_mut::visit_path_mut(self, path);
        }
    }
    let mut field = field.clone();
    Qualify(types).visit_type_mut(&mut field.ty);
    field
}

/// Whether an argument is filled from the credentials.
pub(super) fn is_ambient(argument: &Argument) -> bool {
    argument.name == names::field(AMBIENT).as_str()
}
