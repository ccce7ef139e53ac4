//! Mutations that lead to, or start from, a document that the generator refuses. They have a wire, which is all that is
//! looked at; a client that is generated has none of this.

use super::{Mutation, beyond};
use crate::edit::Edit::{Push, Remove, Set};

const KEY: &[crate::edit::Edit] = &[Set(
    "/components/securitySchemes/key",
    "{type: apiKey, in: header, name: X-Key}",
)];

const OAUTH: &[crate::edit::Edit] = &[
    Set(
        "/components/securitySchemes/oauth",
        "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://www.example.com/token', scopes: {read: Read., write: Write.}}}}",
    ),
    Set("/security", "[{oauth: [read]}]"),
];

const LIST: &[crate::edit::Edit] = &[Push(
    "op:ListInstalledAddOns/parameters",
    "{name: Kind, in: query, schema: {type: array, items: {type: string}}}",
)];

const CLOSED: &[crate::edit::Edit] = &[
    Set("schema:InstalledAddOn/additionalProperties", "false"),
    Set("schema:AssignAddOnRequest/additionalProperties", "false"),
];

const BOTH: &[crate::edit::Edit] = &[Set(
    "path:ListListings/servers",
    "[{url: 'https://marketplace.twilio.com'}, {url: 'https://eu.twilio.com'}]",
)];

const NAMED: &[crate::edit::Edit] = &[Push(
    "op:ListInstalledAddOns/parameters",
    "{name: Region, in: header, schema: {type: string}}",
)];

pub(super) const ALL: &[Mutation] = &[
    beyond(
        "credentials_of_another_scheme",
        KEY,
        &[Set("/security", "[{key: []}]")],
    ),
    beyond(
        "credentials_of_one_more_kind",
        KEY,
        &[Set("/security", "[{basicAuth: []}, {key: []}]")],
    ),
    beyond(
        "credentials_of_both_kinds",
        KEY,
        &[Set("/security", "[{basicAuth: [], key: []}]")],
    ),
    beyond(
        "credentials_of_an_operation_dropped",
        &[],
        &[Set("op:ListAvailableAddOns/security", "[]")],
    ),
    beyond(
        "security_scheme_works_otherwise",
        &[],
        &[Set(
            "/components/securitySchemes/basicAuth/scheme",
            "digest",
        )],
    ),
    beyond(
        "security_scheme_is_a_key",
        &[],
        &[Set(
            "/components/securitySchemes/basicAuth",
            "{type: apiKey, in: header, name: X-Key}",
        )],
    ),
    beyond(
        "scope_added",
        OAUTH,
        &[Set("/security", "[{oauth: [read, write]}]")],
    ),
    beyond(
        "server_added",
        &[],
        &[Push(
            "path:ListListings/servers",
            "{url: 'https://eu.twilio.com'}",
        )],
    ),
    beyond(
        "servers_in_another_order",
        BOTH,
        &[crate::edit::Edit::Reverse("path:ListListings/servers")],
    ),
    beyond(
        "list_parameter_not_exploded",
        LIST,
        &[Set("op:ListInstalledAddOns/parameters/3/explode", "false")],
    ),
    beyond(
        "list_parameter_of_another_style",
        LIST,
        &[
            Set("op:ListInstalledAddOns/parameters/3/style", "pipeDelimited"),
            Set("op:ListInstalledAddOns/parameters/3/explode", "false"),
        ],
    ),
    beyond(
        "list_parameter_of_another_length",
        LIST,
        &[Set(
            "op:ListInstalledAddOns/parameters/3/schema/maxItems",
            "2",
        )],
    ),
    beyond(
        "list_parameter_without_repetition",
        LIST,
        &[Set(
            "op:ListInstalledAddOns/parameters/3/schema/uniqueItems",
            "true",
        )],
    ),
    beyond(
        "parameter_moved_to_a_header",
        NAMED,
        &[Set("op:ListInstalledAddOns/parameters/3/in", "query")],
    ),
    beyond(
        "required_header_parameter",
        NAMED,
        &[Set("op:ListInstalledAddOns/parameters/3/required", "true")],
    ),
    beyond(
        "request_closed",
        &[],
        &[Set(
            "schema:AssignAddOnRequest/additionalProperties",
            "false",
        )],
    ),
    beyond(
        "reply_closed",
        &[],
        &[Set("schema:InstalledAddOn/additionalProperties", "false")],
    ),
    beyond(
        "member_of_a_closed_reply_added",
        CLOSED,
        &[Set(
            "schema:InstalledAddOn/properties/region",
            "{type: string}",
        )],
    ),
    beyond(
        "field_of_a_closed_request_added",
        CLOSED,
        &[Set(
            "schema:AssignAddOnRequest/properties/Label",
            "{type: string}",
        )],
    ),
    beyond(
        "open_request_closed",
        &[],
        &[Set("schema:ListingHighlight/additionalProperties", "false")],
    ),
    beyond(
        "undeclared_members_are_texts",
        &[],
        &[Set(
            "schema:ListingSummary/additionalProperties",
            "{type: string}",
        )],
    ),
    beyond(
        "length_of_a_request_limited",
        &[],
        &[Set(
            "schema:UpdateInstalledAddOnRequest/properties/UniqueName/maxLength",
            "64",
        )],
    ),
    beyond(
        "request_not_empty",
        &[],
        &[Set(
            "schema:UpdateInstalledAddOnRequest/properties/UniqueName/minLength",
            "1",
        )],
    ),
    beyond(
        "length_of_a_reply_limited",
        &[],
        &[Set("schema:Listing/properties/url/maxLength", "2048")],
    ),
    beyond(
        "pattern_of_a_request_added",
        &[],
        &[Set(
            "schema:UpdateInstalledAddOnRequest/properties/UniqueName/pattern",
            "^[a-z_]*$",
        )],
    ),
    beyond(
        "sid_can_be_longer",
        &[],
        &[
            Set("schema:PayloadSid/pattern", "^XH[0-9a-fA-F]{32,34}$"),
            Set("schema:PayloadSid/maxLength", "36"),
        ],
    ),
    beyond(
        "number_of_a_reply_limited",
        &[],
        &[Set(
            "schema:UsageReport/properties/total_submitted/minimum",
            "0",
        )],
    ),
    beyond(
        "items_of_a_request_limited",
        &[],
        &[Set(
            "schema:ReportUsageRequest/properties/billable_items/maxItems",
            "3",
        )],
    ),
    beyond(
        "items_of_a_reply_limited",
        &[],
        &[Set(
            "schema:UsageReport/properties/billable_items/maxItems",
            "3",
        )],
    ),
    beyond(
        "body_can_be_left_out",
        &[],
        &[Remove("op:UpdateInstalledAddOn/requestBody/required")],
    ),
    beyond(
        "body_of_one_more_media_type",
        &[],
        &[Set(
            "op:AssignAddOn/requestBody/content/application~1json",
            "{schema: {$ref: '#/components/schemas/AssignAddOnRequest'}}",
        )],
    ),
    beyond(
        "reply_of_another_media_type",
        &[],
        &[Set(
            "op:FetchListing/responses/200/content",
            "{application/xml: {schema: {$ref: '#/components/schemas/Listing'}}}",
        )],
    ),
    beyond(
        "reply_of_one_more_media_type",
        &[],
        &[Set(
            "op:FetchListing/responses/200/content/application~1xml",
            "{schema: {$ref: '#/components/schemas/Listing'}}",
        )],
    ),
    beyond(
        "member_for_replies_only",
        &[],
        &[Set(
            "schema:ListingHighlight/properties/title/readOnly",
            "true",
        )],
    ),
    beyond(
        "member_for_requests_only",
        &[],
        &[Set(
            "schema:ListingHighlight/properties/title/writeOnly",
            "true",
        )],
    ),
    beyond(
        "reply_is_one_of_two",
        &[],
        &[Set(
            "schema:BilledItem/properties/sid",
            "{oneOf: [{type: string}, {type: object, properties: {href: {type: string}}, required: [href]}]}",
        )],
    ),
    beyond(
        "error_body_by_default",
        &[],
        &[Set(
            "op:ListListings/responses/default",
            "{$ref: '#/components/responses/Error'}",
        )],
    ),
];
