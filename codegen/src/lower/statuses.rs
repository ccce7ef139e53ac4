//! Takes out of the document the statuses that progenitor cannot express beside a typed reply: a 304 without a
//! body, and a redirect with a JSON body, which is put in the place of a 200. [`Facts`](super::Facts) keep the
//! real ones. It never touches error statuses.

use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr, StatusCode};

pub(super) fn rewrite(openapi: &mut OpenAPI) {
    for node in openapi.paths.paths.values_mut() {
        if let ReferenceOr::Item(item) = node {
            for operation in operations_mut(item) {
                rewrite_operation(operation);
            }
        }
    }
}

/// The places of a path item where an operation can stand, in the order in which progenitor goes through them.
pub(crate) fn operation_slots(item: &mut PathItem) -> [&mut Option<Operation>; 8] {
    [
        &mut item.get,
        &mut item.put,
        &mut item.post,
        &mut item.delete,
        &mut item.options,
        &mut item.head,
        &mut item.patch,
        &mut item.trace,
    ]
}

/// The operations of a path item.
pub(super) fn operations_mut(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    operation_slots(item).into_iter().flatten()
}

fn rewrite_operation(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    responses.shift_remove(&StatusCode::Code(304));
    let has_success = responses
        .keys()
        .any(|status| matches!(status, StatusCode::Code(200..=299)));
    let redirect = responses
        .keys()
        .find(|status| matches!(status, StatusCode::Code(300..=399)))
        .cloned();
    if let (false, Some(redirect)) = (has_success, redirect)
        && let Some(response) = responses.shift_remove(&redirect)
    {
        responses.shift_insert(0, StatusCode::Code(200), response);
    }
}
