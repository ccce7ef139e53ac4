//! Follows `$ref` to a component. It follows one hop at a time with a bound, so that a cycle ends in `None`;
//! it never leaves the document.

use openapiv3::{
    Components, OpenAPI, Parameter, ReferenceOr, RequestBody, Response, Schema, SchemaKind,
};

// The linter refuses cycles; the bound only keeps this module safe on its own.
const HOPS: usize = 16;

fn target<'a, T>(
    mut node: &'a ReferenceOr<T>,
    prefix: &str,
    get: impl Fn(&str) -> Option<&'a ReferenceOr<T>>,
) -> Option<&'a T> {
    for _ in 0..HOPS {
        match node {
            ReferenceOr::Item(item) => return Some(item),
            ReferenceOr::Reference { reference } => node = get(reference.strip_prefix(prefix)?)?,
        }
    }
    None
}

fn components(openapi: &OpenAPI) -> Option<&Components> {
    openapi.components.as_ref()
}

pub(super) fn parameter<'a>(
    openapi: &'a OpenAPI,
    node: &'a ReferenceOr<Parameter>,
) -> Option<&'a Parameter> {
    target(node, "#/components/parameters/", |name| {
        components(openapi)?.parameters.get(name)
    })
}

pub(super) fn response<'a>(
    openapi: &'a OpenAPI,
    node: &'a ReferenceOr<Response>,
) -> Option<&'a Response> {
    target(node, "#/components/responses/", |name| {
        components(openapi)?.responses.get(name)
    })
}

pub(super) fn request_body<'a>(
    openapi: &'a OpenAPI,
    node: &'a ReferenceOr<RequestBody>,
) -> Option<&'a RequestBody> {
    target(node, "#/components/requestBodies/", |name| {
        components(openapi)?.request_bodies.get(name)
    })
}

pub(super) fn schema<'a>(
    openapi: &'a OpenAPI,
    node: &'a ReferenceOr<Schema>,
) -> Option<&'a Schema> {
    target(node, SCHEMAS, |name| components(openapi)?.schemas.get(name))
}

/// Where schema components stand.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// The name of the schema component that a node refers to, if it is a reference to one or a single `allOf` of one.
pub(super) fn component_name<T: AsSchema>(node: &ReferenceOr<T>) -> Option<&str> {
    let reference = match node {
        ReferenceOr::Reference { reference } => reference,
        ReferenceOr::Item(item) => match all_of(&item.as_schema().schema_kind) {
            [ReferenceOr::Reference { reference }] => reference,
            _ => return None,
        },
    };
    reference.strip_prefix(SCHEMAS)
}

/// The parts of an `allOf`. `openapiv3` holds one that stands beside a `type` in another way than one that does not.
pub(super) fn all_of(kind: &SchemaKind) -> &[ReferenceOr<Schema>] {
    match kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) => &any.all_of,
        _ => &[],
    }
}

/// A schema, boxed or not: the two forms in which `openapiv3` holds one.
pub(super) trait AsSchema {
    fn as_schema(&self) -> &Schema;
}

impl AsSchema for Schema {
    fn as_schema(&self) -> &Schema {
        self
    }
}

impl AsSchema for Box<Schema> {
    fn as_schema(&self) -> &Schema {
        self
    }
}
