//! Collects what each operation says: its host, statuses, parameters, body fields and paging envelope. It reads
//! the document as the curator wrote it and changes nothing.

use indexmap::IndexMap;
use openapiv3::{
    OpenAPI, Operation, Parameter, ParameterSchemaOrContent, PathItem, ReferenceOr, Schema,
    SchemaKind, StatusCode, Type,
};

use super::facts::{
    BodyFacts, EnvelopeFacts, Facts, FieldFacts, HostFacts, JsonField, OperationFacts, PagingStyle,
    ParameterFacts, Success,
};
use super::{components, forms, resolve};
use crate::casing::pascal;
use crate::load::escape;
use crate::names;
use crate::problem::Problem;

pub(super) fn collect(openapi: &OpenAPI, facts: &mut Facts, problems: &mut Vec<Problem>) {
    for tag in &openapi.tags {
        if let Some(description) = &tag.description {
            facts.tags.insert(tag.name.clone(), description.clone());
        }
    }
    for (path, node) in &openapi.paths.paths {
        let ReferenceOr::Item(item) = node else {
            continue;
        };
        for (method, operation) in item.iter() {
            let pointer = format!("/paths/{}/{method}", escape(path));
            let Some(host) = host(openapi, item, facts, &pointer, problems) else {
                continue;
            };
            let Some(id) = operation.operation_id.clone() else {
                continue;
            };
            let collected = OperationFacts {
                method: method.to_ascii_uppercase(),
                path: path.clone(),
                host,
                tag: operation.tags.first().cloned(),
                deprecated: operation.deprecated,
                successes: successes(openapi, operation),
                errors: errors(openapi, operation),
                parameters: parameters(openapi, item, operation),
                body: body(openapi, operation),
                envelope: envelope(openapi, operation),
                pointer,
                id: id.clone(),
            };
            reach_inputs(openapi, operation, facts);
            facts.operations.insert(names::function(&id), collected);
        }
    }
}

fn host(
    openapi: &OpenAPI,
    item: &PathItem,
    facts: &mut Facts,
    pointer: &str,
    problems: &mut Vec<Problem>,
) -> Option<usize> {
    let server = item.servers.first().or_else(|| openapi.servers.first());
    let Some(url) = server.map(|server| server.url.trim_end_matches('/').to_owned()) else {
        problems.push(Problem::new(
            "SERVER_MISSING",
            pointer,
            "no server is named for this operation",
            "add `servers` with one https URL to the path item or to the top of the document",
        ));
        return None;
    };
    if let Some(index) = facts.hosts.iter().position(|host| host.url == url) {
        return Some(index);
    }
    let label = url
        .strip_prefix("https://")
        .and_then(|rest| rest.split(['.', ':', '/']).next());
    let Some(name) = label.map(pascal).filter(|name| {
        names::is_identifier(name) && facts.hosts.iter().all(|host| host.name != *name)
    }) else {
        problems.push(Problem::new(
            "SERVER_UNSUPPORTED",
            pointer,
            format!("the server `{url}` gives no name of its own for a host"),
            "write an https URL whose first label differs from that of every other server",
        ));
        return None;
    };
    facts.hosts.push(HostFacts { name, url });
    Some(facts.hosts.len() - 1)
}

fn successes(openapi: &OpenAPI, operation: &Operation) -> Vec<Success> {
    let mut found: Vec<Success> = operation
        .responses
        .responses
        .iter()
        .filter_map(|(status, node)| match status {
            StatusCode::Code(status @ 200..=399) => {
                let response = resolve::response(openapi, node);
                Some(Success {
                    status: *status,
                    json: response.is_some_and(|response| !response.content.is_empty()),
                    description: response
                        .map(|response| response.description.clone())
                        .unwrap_or_default(),
                })
            }
            _ => None,
        })
        .collect();
    found.sort_by_key(|success| success.status);
    found
}

fn errors(openapi: &OpenAPI, operation: &Operation) -> Vec<(String, String)> {
    operation
        .responses
        .responses
        .iter()
        .filter(|(status, _)| !matches!(status, StatusCode::Code(0..=399)))
        .map(|(status, node)| {
            let description =
                resolve::response(openapi, node).map(|response| response.description.clone());
            (status.to_string(), description.unwrap_or_default())
        })
        .collect()
}

fn parameters(openapi: &OpenAPI, item: &PathItem, operation: &Operation) -> Vec<ParameterFacts> {
    // A parameter of the operation takes the place of the path item's one of the same name.
    let mut found: IndexMap<(String, bool), ParameterFacts> = IndexMap::new();
    for node in item.parameters.iter().chain(&operation.parameters) {
        let Some(parameter) = resolve::parameter(openapi, node) else {
            continue;
        };
        let data = parameter.parameter_data_ref();
        let path = matches!(parameter, Parameter::Path { .. });
        let (component, schema) = match &data.format {
            ParameterSchemaOrContent::Schema(node) => (
                resolve::component_name(node),
                resolve::schema(openapi, node),
            ),
            ParameterSchemaOrContent::Content(_) => (None, None),
        };
        let default = schema.and_then(|schema| schema.schema_data.default.as_ref());
        found.insert(
            (data.name.clone(), path),
            ParameterFacts {
                name: data.name.clone(),
                path,
                description: data.description.clone().unwrap_or_default(),
                component: component.map(str::to_owned),
                default: default.map(serde_json::Value::to_string),
            },
        );
    }
    found.into_values().collect()
}

fn body(openapi: &OpenAPI, operation: &Operation) -> Option<BodyFacts> {
    let request = resolve::request_body(openapi, operation.request_body.as_ref()?)?;
    let (media_type, content) = request.content.first()?;
    let json = forms::json_fields(content);
    let schema = resolve::schema(openapi, content.schema.as_ref()?)?;
    let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else {
        return None;
    };
    let fields = object
        .properties
        .iter()
        .map(|(name, node)| {
            let document = json
                .contains(name)
                .then(|| match resolve::component_name(node) {
                    Some(component) if is_data(openapi, component) => {
                        JsonField::Component(component.to_owned())
                    }
                    _ if is_object(openapi, node) => JsonField::Object,
                    _ => JsonField::Any,
                });
            let field = FieldFacts {
                required: object.required.contains(name),
                json: document,
            };
            (name.clone(), field)
        })
        .collect();
    Some(BodyFacts {
        form: media_type == forms::FORM,
        fields,
    })
}

// A free-form object is any JSON to a caller; only an object with declared members has a type of its own.
fn is_data(openapi: &OpenAPI, component: &str) -> bool {
    let schema = openapi
        .components
        .as_ref()
        .and_then(|components| components.schemas.get(component)?.as_item());
    matches!(
        schema.map(|schema| &schema.schema_kind),
        Some(SchemaKind::Type(Type::Object(object))) if !object.properties.is_empty()
    )
}

fn is_object(openapi: &OpenAPI, node: &ReferenceOr<Box<Schema>>) -> bool {
    let node = node.clone().unbox();
    resolve::schema(openapi, &node)
        .is_some_and(|schema| matches!(schema.schema_kind, SchemaKind::Type(Type::Object(_))))
}

fn envelope(openapi: &OpenAPI, operation: &Operation) -> Option<EnvelopeFacts> {
    let response = operation
        .responses
        .responses
        .iter()
        .find(|(status, _)| matches!(status, StatusCode::Code(200..=299)))
        .and_then(|(_, node)| resolve::response(openapi, node))?;
    let node = response.content.get("application/json")?.schema.as_ref()?;
    let component = resolve::component_name(node)?;
    let SchemaKind::Type(Type::Object(object)) = &resolve::schema(openapi, node)?.schema_kind
    else {
        return None;
    };
    let style = if object.properties.contains_key("meta") {
        PagingStyle::Meta
    } else if object.properties.contains_key("next_page_uri") {
        PagingStyle::Flat
    } else {
        return None;
    };
    let (array, item) = object.properties.iter().find_map(|(name, node)| {
        let ReferenceOr::Item(schema) = node else {
            return None;
        };
        array_item(schema).map(|item| (name.clone(), item))
    })?;
    Some(EnvelopeFacts {
        component: component.to_owned(),
        array,
        item,
        style,
    })
}

fn array_item(schema: &Schema) -> Option<String> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(array)) => {
            resolve::component_name(array.items.as_ref()?).map(str::to_owned)
        }
        _ => None,
    }
}

fn reach_inputs(openapi: &OpenAPI, operation: &Operation, facts: &mut Facts) {
    let body = operation
        .request_body
        .as_ref()
        .and_then(|body| resolve::request_body(openapi, body));
    for content in body.into_iter().flat_map(|body| body.content.values()) {
        // The body itself is spread over the call's methods, so callers build only what stands inside it.
        if let Some(schema) = content
            .schema
            .as_ref()
            .and_then(|node| resolve::schema(openapi, node))
        {
            components::reach_schema(openapi, schema, &mut facts.inputs);
        }
    }
}
