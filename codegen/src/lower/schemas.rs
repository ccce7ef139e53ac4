//! Rewrites every schema in three ways: an optional member also takes `null`, a member that is a bare reference
//! gets its target's description, and an object with `additionalProperties: true` keeps what it does not
//! declare. It never changes which values are valid on the way out.

use std::collections::BTreeMap;

use openapiv3::{
    AdditionalProperties, ObjectType, OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, Type,
};

use super::{components, resolve, statuses};

pub(super) fn rewrite(openapi: &mut OpenAPI) {
    let mut descriptions = BTreeMap::new();
    if let Some(components) = &openapi.components {
        for (name, node) in &components.schemas {
            if let Some(text) = node
                .as_item()
                .and_then(|schema| schema.schema_data.description.clone())
            {
                descriptions.insert(name.clone(), text);
            }
        }
    }
    if let Some(components) = &mut openapi.components {
        for node in components.schemas.values_mut() {
            rewrite_node(node, &descriptions);
        }
        for body in components.request_bodies.values_mut() {
            rewrite_body(body, &descriptions);
        }
        for response in components.responses.values_mut() {
            rewrite_response(response, &descriptions);
        }
    }
    for node in openapi.paths.paths.values_mut() {
        if let ReferenceOr::Item(item) = node {
            for operation in statuses::operations_mut(item) {
                if let Some(body) = &mut operation.request_body {
                    rewrite_body(body, &descriptions);
                }
                for response in operation.responses.responses.values_mut() {
                    rewrite_response(response, &descriptions);
                }
            }
        }
    }
}

type Descriptions = BTreeMap<String, String>;

fn rewrite_body(body: &mut ReferenceOr<openapiv3::RequestBody>, descriptions: &Descriptions) {
    if let ReferenceOr::Item(body) = body {
        for node in body
            .content
            .values_mut()
            .filter_map(|content| content.schema.as_mut())
        {
            rewrite_node(node, descriptions);
        }
    }
}

fn rewrite_response(response: &mut ReferenceOr<openapiv3::Response>, descriptions: &Descriptions) {
    if let ReferenceOr::Item(response) = response {
        for node in response
            .content
            .values_mut()
            .filter_map(|content| content.schema.as_mut())
        {
            rewrite_node(node, descriptions);
        }
    }
}

fn rewrite_node(node: &mut ReferenceOr<Schema>, descriptions: &Descriptions) {
    if let ReferenceOr::Item(schema) = node {
        rewrite_schema(schema, descriptions);
    }
}

fn rewrite_boxed(node: &mut ReferenceOr<Box<Schema>>, descriptions: &Descriptions) {
    if let ReferenceOr::Item(schema) = node {
        rewrite_schema(schema, descriptions);
    }
}

fn rewrite_schema(schema: &mut Schema, descriptions: &Descriptions) {
    // A default in a schema would make typify write a function that nobody calls.
    schema.schema_data.default = None;
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => rewrite_object(object, descriptions),
        SchemaKind::Type(Type::Array(array)) => {
            if let Some(items) = &mut array.items {
                rewrite_boxed(items, descriptions);
            }
        }
        // A `type` beside `allOf` says nothing that its one part does not say.
        SchemaKind::Any(any) if !any.all_of.is_empty() => {
            schema.schema_kind = SchemaKind::AllOf {
                all_of: std::mem::take(&mut any.all_of),
            };
        }
        _ => {}
    }
}

fn rewrite_object(object: &mut ObjectType, descriptions: &Descriptions) {
    if components::is_open(object) {
        // typify keeps undeclared members only where their schema is written out.
        let anything = Schema {
            schema_data: SchemaData {
                description: Some("Members that the document does not declare.".to_owned()),
                ..SchemaData::default()
            },
            schema_kind: SchemaKind::Any(openapiv3::AnySchema::default()),
        };
        object.additional_properties = Some(AdditionalProperties::Schema(Box::new(
            ReferenceOr::Item(anything),
        )));
    } else if let Some(AdditionalProperties::Schema(node)) = &mut object.additional_properties {
        rewrite_node(node, descriptions);
    }
    let required = object.required.clone();
    for (name, node) in &mut object.properties {
        if let ReferenceOr::Reference { reference } = node {
            let description = reference
                .strip_prefix(resolve::SCHEMAS)
                .and_then(|target| descriptions.get(target))
                .cloned();
            *node = ReferenceOr::boxed_item(Schema {
                schema_data: SchemaData {
                    description,
                    ..SchemaData::default()
                },
                schema_kind: SchemaKind::AllOf {
                    all_of: vec![ReferenceOr::Reference {
                        reference: reference.clone(),
                    }],
                },
            });
        }
        rewrite_boxed(node, descriptions);
        if let ReferenceOr::Item(schema) = node
            && !required.contains(name)
        {
            schema.schema_data.nullable = true;
        }
    }
}
