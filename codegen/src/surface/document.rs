//! Adds to a surface what only the document says: tags, error statuses with their types, which success has a body, and
//! defaults. It changes nothing that was read from the code.

use openapiv3::{OpenAPI, ReferenceOr, Response};

use super::{OperationDocument, Place, Surface, SurfaceError};
use crate::lower::{Lowered, OperationFacts};

pub(super) fn join(surface: &mut Surface, lowered: &Lowered) -> Result<(), SurfaceError> {
    for facts in lowered.facts.operations.values() {
        let operation = surface.operations.get_mut(&facts.id).ok_or_else(|| {
            SurfaceError::disagrees(
                &facts.id,
                "the document has the operation and the generated code has not",
            )
        })?;
        let successes: Vec<(u16, bool)> = facts
            .successes
            .iter()
            .map(|found| (found.status, found.json))
            .collect();
        if !successes
            .iter()
            .map(|(status, _)| status)
            .eq(&operation.statuses)
        {
            let message = "the document and the generated code list different statuses of success";
            return Err(SurfaceError::disagrees(&facts.id, message));
        }
        for parameter in &mut operation.parameters {
            let is_path = match parameter.place {
                Place::Path => true,
                Place::Query => false,
                Place::Form | Place::Json => continue,
            };
            let known = facts
                .parameters
                .iter()
                .find(|known| known.name == parameter.wire && known.path == is_path);
            parameter.default = known.and_then(|known| known.default.clone());
        }
        operation.document = Some(OperationDocument {
            tag: facts.tag.clone(),
            successes,
            errors: errors(&lowered.openapi, facts),
        });
    }
    match surface
        .operations
        .values()
        .find(|operation| operation.document.is_none())
    {
        Some(operation) => Err(SurfaceError::disagrees(
            &operation.id,
            "the generated code has the operation and the document has not",
        )),
        None => Ok(()),
    }
}

fn errors(openapi: &OpenAPI, facts: &OperationFacts) -> Vec<(String, Option<String>)> {
    let operation = openapi
        .operations()
        .find(|(_, _, operation)| operation.operation_id.as_ref() == Some(&facts.id));
    let responses = operation.map(|(_, _, operation)| &operation.responses);
    let body = |status: &str| {
        let responses = &responses?.responses;
        let (_, node) = responses
            .iter()
            .find(|(known, _)| known.to_string() == status)?;
        body_type(openapi, node)
    };
    let mut errors: Vec<(String, Option<String>)> = facts
        .errors
        .iter()
        .map(|(status, _)| (status.clone(), body(status)))
        .collect();
    let default = responses.and_then(|responses| responses.default.as_ref());
    errors.extend(default.map(|node| ("default".to_owned(), body_type(openapi, node))));
    errors
}

fn body_type(openapi: &OpenAPI, node: &ReferenceOr<Response>) -> Option<String> {
    let response = match node {
        ReferenceOr::Item(response) => response,
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix("#/components/responses/")?;
            openapi
                .components
                .as_ref()?
                .responses
                .get(name)?
                .as_item()?
        }
    };
    let content = response.content.values().next()?;
    match content.schema.as_ref()? {
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix("#/components/schemas/")?;
            Some(format!("types::{}", crate::names::type_name(name)))
        }
        ReferenceOr::Item(_) => Some("a schema of its own".to_owned()),
    }
}
