//! Rewrites a form field that carries a JSON document (`encoding` with `contentType: application/json`) into a
//! string of a format that `generate` maps to the runtime's JSON value, and takes `encoding` away, which
//! progenitor stops at. It never decides what a field holds; [`Facts`](super::Facts) keep that.

use std::collections::BTreeMap;

use openapiv3::{
    MediaType, ObjectType, OpenAPI, ReferenceOr, RequestBody, Schema, SchemaKind, StringType, Type,
    VariantOrUnknownOrEmpty,
};

use super::{JSON_FIELD_FORMAT, resolve, statuses};
use crate::load::escape;
use crate::problem::Problem;

/// The media type of a form body.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

// By component, which of its members are JSON documents, and whether a form body uses it at all.
type Forms = BTreeMap<String, (bool, Vec<String>)>;

pub(super) fn rewrite(openapi: &mut OpenAPI, problems: &mut Vec<Problem>) {
    let mut forms = Forms::new();
    if let Some(components) = &mut openapi.components {
        for body in components.request_bodies.values_mut() {
            rewrite_body(body, &mut forms, problems);
        }
    }
    for node in openapi.paths.paths.values_mut() {
        if let ReferenceOr::Item(item) = node {
            for operation in statuses::operations_mut(item) {
                if let Some(body) = &mut operation.request_body {
                    rewrite_body(body, &mut forms, problems);
                }
            }
        }
    }
    let Some(components) = &mut openapi.components else {
        return;
    };
    for (name, (_, fields)) in &forms {
        if let Some(ReferenceOr::Item(schema)) = components.schemas.get_mut(name)
            && let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind
        {
            rewrite_fields(object, fields);
        }
    }
}

fn rewrite_body(
    body: &mut ReferenceOr<RequestBody>,
    forms: &mut Forms,
    problems: &mut Vec<Problem>,
) {
    let ReferenceOr::Item(body) = body else {
        return;
    };
    for (media_type, content) in &mut body.content {
        let json: Vec<String> = json_fields(content);
        content.encoding.clear();
        let form = media_type == FORM;
        match &mut content.schema {
            Some(ReferenceOr::Reference { reference }) => {
                if let Some(name) = reference.strip_prefix(resolve::SCHEMAS) {
                    let known = forms
                        .entry(name.to_owned())
                        .or_insert_with(|| (form, json.clone()));
                    if *known != (form, json) {
                        problems.push(Problem::new(
                            "FORM_SCHEMA_SHARED",
                            format!("/components/schemas/{}", escape(name)),
                            format!(
                                "`{name}` is the body of two operations that encode it differently"
                            ),
                            "give each operation a body schema of its own",
                        ));
                    }
                }
            }
            Some(ReferenceOr::Item(schema)) if form => {
                if let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind {
                    rewrite_fields(object, &json);
                }
            }
            _ => {}
        }
    }
}

/// The members whose `encoding` says that they carry a JSON document.
pub(super) fn json_fields(content: &MediaType) -> Vec<String> {
    content
        .encoding
        .iter()
        .filter(|(_, encoding)| encoding.content_type.as_deref() == Some("application/json"))
        .map(|(name, _)| name.clone())
        .collect()
}

fn rewrite_fields(object: &mut ObjectType, fields: &[String]) {
    for field in fields {
        if let Some(node) = object.properties.get_mut(field) {
            let mut schema_data = match &*node {
                ReferenceOr::Item(schema) => schema.schema_data.clone(),
                ReferenceOr::Reference { .. } => Default::default(),
            };
            schema_data.example = None;
            *node = ReferenceOr::boxed_item(Schema {
                schema_data,
                schema_kind: SchemaKind::Type(Type::String(StringType {
                    format: VariantOrUnknownOrEmpty::Unknown(JSON_FIELD_FORMAT.to_owned()),
                    ..StringType::default()
                })),
            });
        }
    }
}
