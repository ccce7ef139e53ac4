//! Keys that OpenAPI 3.0 does not know: of other versions and dialects, or misspelt.

use super::closest::closest;
use super::grammar::{Fate, Object};

/// Keys of other versions and dialects, and what OpenAPI 3.0 has in their place.
const FOREIGN: &[(&str, &str)] = &[
    ("$defs", "put the schema into `components: schemas`"),
    ("body", "write `requestBody`"),
    (
        "basePath",
        "write the path of every operation in full under `paths`",
    ),
    ("const", "write an `enum` of one value"),
    (
        "consumes",
        "write the media type under `requestBody: content`",
    ),
    ("definitions", "put the schema into `components: schemas`"),
    ("examples", "write one `example`"),
    ("host", "write `servers`"),
    ("patternProperties", "write `additionalProperties`"),
    ("prefixItems", "write `items`"),
    (
        "produces",
        "write the media type under `content` of the response",
    ),
    ("schemes", "write `servers`"),
    ("securityDefinitions", "write `components: securitySchemes`"),
    (
        "webhooks",
        "remove it; OpenAPI 3.0 has no webhooks and the client serves none",
    ),
];

/// What to write instead of a key that is no member of the object.
pub(super) fn instead(object: Object, key: &str) -> String {
    if let Some((_, instead)) = FOREIGN.iter().find(|(foreign, _)| *foreign == key) {
        return (*instead).to_owned();
    }
    let supported = object
        .members()
        .iter()
        .filter(|row| !matches!(row.fate, Fate::Unsupported(_)));
    match closest(key, supported.map(|row| row.key)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "remove it; every tool would pass over it".to_owned(),
    }
}
