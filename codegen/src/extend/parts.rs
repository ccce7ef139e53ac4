//! What a call is made of: path parameters, query parameters and body fields, and what of these a caller must
//! give. It decides which names would stand twice; it writes no code of its own.

use proc_macro2::Ident;
use syn::Type;
use syn::visit_mut::VisitMut;

use super::handles::AMBIENT;
use super::values::{self, Kept, Taken};
use crate::lower::{Facts, OperationFacts};
use crate::names;
use crate::problem::Problem;
use crate::reshape::{Argument, DataType, Field, OperationReading, PathPiece, Shape, type_names};

/// What every call has beside what the document gives it: a parameter of such a name would stand twice.
const RESERVED: [&str; 13] = [
    "all_items",
    "all_pages",
    "body",
    "collect_all",
    "download",
    "header",
    "into_future",
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
    /// What must be given beside the handle's SIDs.
    pub(super) parameters: Vec<Taken>,
}

pub(super) fn shape(
    reading: &OperationReading,
    operation: &OperationFacts,
    types: &[DataType],
) -> CallShape {
    let parts = Parts::new(reading, operation, types);
    let query = parts
        .query
        .iter()
        .filter(|(_, kept)| !kept.optional)
        .map(|(argument, kept)| values::take(&argument.name, &kept.ty, None));
    let body = parts
        .body_fields()
        .filter(|field| field.optional().is_none())
        .map(|field| parts.take_field(field, &field.ty));
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
        parameters: query.chain(body).collect(),
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

    pub(super) fn take_field(&self, field: &Field, ty: &Type) -> Taken {
        let json = self
            .operation
            .body
            .as_ref()
            .zip(field.wire.as_ref())
            .and_then(|(body, wire)| body.fields.get(wire)?.json.as_ref());
        values::take(&field.name, ty, json)
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
