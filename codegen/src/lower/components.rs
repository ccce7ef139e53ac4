//! Collects what schema components are beyond data: SIDs, bounded integers, open objects, and which of them a
//! request can carry. It reads the document and changes nothing.

use std::collections::BTreeSet;

use openapiv3::{
    AdditionalProperties, ObjectType, OpenAPI, ReferenceOr, Schema, SchemaKind, StringFormat, Type,
    VariantOrUnknownOrEmpty,
};

use super::facts::{BoundedFacts, Facts, SidFacts};
use super::resolve;
use crate::load::escape;
use crate::problem::Problem;
use crate::sid_shape::SidShape;

pub(super) fn collect(openapi: &OpenAPI, facts: &mut Facts, problems: &mut Vec<Problem>) {
    let Some(components) = &openapi.components else {
        return;
    };
    for (name, node) in &components.schemas {
        let ReferenceOr::Item(schema) = node else {
            continue;
        };
        let pointer = format!("/components/schemas/{}", escape(name));
        let description = schema.schema_data.description.clone().unwrap_or_default();
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => {
                if let Some(pattern) = &string.pattern {
                    match SidShape::parse(pattern) {
                        Some(shape) => facts.sids.push(SidFacts {
                            name: name.clone(),
                            description,
                            pattern: pattern.clone(),
                            shape,
                        }),
                        None => problems.push(Problem::new(
                            "SID_PATTERN_UNSUPPORTED",
                            format!("{pointer}/pattern"),
                            format!("the pattern `{pattern}` is not of SID form, so no check can be generated from it"),
                            "write two capitals and a number of hexadecimal digits, anchored: ^XB[0-9a-fA-F]{32}$",
                        )),
                    }
                }
            }
            SchemaKind::Type(Type::Integer(integer)) => {
                if let (Some(minimum), Some(maximum)) = (integer.minimum, integer.maximum) {
                    facts.bounded.push(BoundedFacts {
                        name: name.clone(),
                        description,
                        minimum,
                        maximum,
                        default: schema
                            .schema_data
                            .default
                            .as_ref()
                            .and_then(serde_json::Value::as_i64),
                    });
                }
            }
            SchemaKind::Type(Type::Object(object)) => {
                facts
                    .property_order
                    .insert(name.clone(), object.properties.keys().cloned().collect());
                let secrets = object
                    .properties
                    .iter()
                    .filter(|(_, node)| is_secret(openapi, &(*node).clone().unbox()))
                    .map(|(name, _)| name.clone());
                facts.secrets.insert(name.clone(), secrets.collect());
                for (property, node) in &object.properties {
                    if let Some(least) = least_items(node) {
                        facts
                            .least_items
                            .insert((name.clone(), property.clone()), least);
                    }
                }
                if is_open(object) {
                    facts.open.insert(name.clone());
                    exact_numbers_in_open_object(name, object, openapi, problems);
                }
            }
            _ => {}
        }
    }
}

// A text of the format `password`, or a list, a map or a choice of such texts.
fn is_secret(openapi: &OpenAPI, node: &ReferenceOr<Schema>) -> bool {
    let Some(schema) = resolve::schema(openapi, node) else {
        return false;
    };
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => matches!(
            string.format,
            VariantOrUnknownOrEmpty::Item(StringFormat::Password)
        ),
        SchemaKind::Type(Type::Array(array)) => array
            .items
            .as_ref()
            .is_some_and(|node| is_secret(openapi, &node.clone().unbox())),
        SchemaKind::Type(Type::Object(object)) => match &object.additional_properties {
            Some(AdditionalProperties::Schema(node)) => is_secret(openapi, node),
            _ => false,
        },
        SchemaKind::AllOf { all_of: parts }
        | SchemaKind::AnyOf { any_of: parts }
        | SchemaKind::OneOf { one_of: parts } => parts.iter().any(|part| is_secret(openapi, part)),
        _ => false,
    }
}

/// How many items an array that is written in place has at least, if that is more than none.
fn least_items(node: &ReferenceOr<Box<Schema>>) -> Option<usize> {
    match &node.as_item()?.schema_kind {
        SchemaKind::Type(Type::Array(array)) => array.min_items.filter(|least| *least > 0),
        _ => None,
    }
}

/// An object that keeps members which the document does not declare.
pub(super) fn is_open(object: &ObjectType) -> bool {
    !object.properties.is_empty()
        && matches!(
            object.additional_properties,
            Some(AdditionalProperties::Any(true))
        )
}

// Undeclared members are kept by a flattened map, and serde buffers the members of such an object, which turns
// a number into binary floating point before it can be read exactly.
fn exact_numbers_in_open_object(
    name: &str,
    object: &ObjectType,
    openapi: &OpenAPI,
    problems: &mut Vec<Problem>,
) {
    for (property, node) in &object.properties {
        let component = resolve::component_name(node);
        let schema: Option<&Schema> = match node {
            ReferenceOr::Item(schema) => Some(schema),
            ReferenceOr::Reference { .. } => None,
        };
        let target =
            component.and_then(|name| openapi.components.as_ref()?.schemas.get(name)?.as_item());
        if [schema, target].into_iter().flatten().any(is_decimal) {
            problems.push(Problem::new(
                "DECIMAL_IN_OPEN_OBJECT",
                format!("/components/schemas/{}/properties/{}", escape(name), escape(property)),
                "an exact decimal cannot be read out of an object with `additionalProperties: true`",
                "remove `additionalProperties: true` from the object, or move the number into an object of its own",
            ));
        }
    }
}

fn is_decimal(schema: &Schema) -> bool {
    matches!(
        &schema.schema_kind,
        SchemaKind::Type(Type::Number(number))
            if matches!(&number.format, VariantOrUnknownOrEmpty::Unknown(format) if format == "decimal")
    )
}

/// Adds a component and everything that it refers to.
pub(crate) fn reach(openapi: &OpenAPI, name: &str, reached: &mut BTreeSet<String>) {
    if !reached.insert(name.to_owned()) {
        return;
    }
    let schema = openapi
        .components
        .as_ref()
        .and_then(|components| components.schemas.get(name));
    if let Some(ReferenceOr::Item(schema)) = schema {
        reach_schema(openapi, schema, reached);
    }
}

/// Adds every component that a schema refers to.
pub(super) fn reach_schema(openapi: &OpenAPI, schema: &Schema, reached: &mut BTreeSet<String>) {
    let mut follow = |node: &ReferenceOr<Schema>| match node {
        ReferenceOr::Reference { reference } => {
            if let Some(name) = reference.strip_prefix(resolve::SCHEMAS) {
                reach(openapi, name, reached);
            }
        }
        ReferenceOr::Item(schema) => reach_schema(openapi, schema, reached),
    };
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            for node in object.properties.values() {
                follow(&node.clone().unbox());
            }
            if let Some(AdditionalProperties::Schema(node)) = &object.additional_properties {
                follow(node);
            }
        }
        SchemaKind::Type(Type::Array(array)) => {
            if let Some(items) = &array.items {
                follow(&items.clone().unbox());
            }
        }
        kind => resolve::all_of(kind).iter().for_each(follow),
    }
}
