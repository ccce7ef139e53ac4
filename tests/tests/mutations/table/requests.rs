//! Mutations of what is sent: parameters and bodies.

use super::{Mutation, change, enriched};
use crate::edit::Edit::{First, Push, Remove, Rename, Reverse, Set};

pub(super) const ALL: &[Mutation] = &[
    change(
        "optional_query_parameter_added",
        &[Push(
            "op:ListInstalledAddOns/parameters",
            "{name: UniqueName, in: query, description: Only this one., schema: {type: string}}",
        )],
    ),
    change(
        "required_query_parameter_added",
        &[Push(
            "op:ListInstalledAddOns/parameters",
            "{name: Region, in: query, required: true, description: Where., schema: {type: string}}",
        )],
    ),
    change(
        "query_parameter_became_required",
        &[Set("/components/parameters/PageSize/required", "true")],
    ),
    change(
        "query_parameter_renamed",
        &[Set("/components/parameters/PageToken/name", "Cursor")],
    ),
    change(
        "query_parameter_of_another_type",
        &[Set(
            "/components/parameters/PageToken/schema",
            "{type: integer}",
        )],
    ),
    change(
        "query_parameter_may_be_any_text",
        &[Set("/components/parameters/Page/schema", "{type: string}")],
    ),
    change(
        "minimum_of_a_plain_parameter_dropped",
        &[Remove("/components/parameters/Page/schema/minimum")],
    ),
    change(
        "minimum_of_a_plain_parameter_raised",
        &[Set("/components/parameters/Page/schema/minimum", "1")],
    ),
    change(
        "parameters_in_another_order",
        &[Reverse("op:ListInstalledAddOns/parameters")],
    ),
    change(
        "optional_form_field_added",
        &[Set(
            "schema:AssignAddOnRequest/properties/Label",
            "{type: string, description: Label.}",
        )],
    ),
    change(
        "optional_form_field_of_json_added",
        &[
            Set(
                "schema:CreateListingRequest/properties/Extra",
                "{type: object, additionalProperties: true, description: More.}",
            ),
            Set(
                "op:CreateListing/requestBody/content/application~1x-www-form-urlencoded/encoding/Extra",
                "{contentType: application/json}",
            ),
        ],
    ),
    change(
        "required_form_field_added",
        &[
            Set(
                "schema:AssignAddOnRequest/properties/Label",
                "{type: string, description: Label.}",
            ),
            Push("schema:AssignAddOnRequest/required", "Label"),
            Set(
                "op:AssignAddOn/requestBody/content/application~1x-www-form-urlencoded/example/Label",
                "one",
            ),
        ],
    ),
    change(
        "optional_form_field_became_required",
        &[Push(
            "schema:CreateInstalledAddOnRequest/required",
            "UniqueName",
        )],
    ),
    change(
        "required_form_field_became_optional",
        &[Remove(
            "schema:CreateInstalledAddOnRequest/required/AcceptTermsOfService",
        )],
    ),
    change(
        "optional_form_field_removed",
        &[
            Remove("schema:UpdateInstalledAddOnRequest/properties/UniqueName"),
            Remove(
                "op:UpdateInstalledAddOn/requestBody/content/application~1x-www-form-urlencoded/example/UniqueName",
            ),
        ],
    ),
    change(
        "form_field_encoded_otherwise",
        &[Set(
            "op:UpdateInstalledAddOn/requestBody/content/application~1x-www-form-urlencoded/encoding/UniqueName",
            "{contentType: application/json}",
        )],
    ),
    change(
        "form_field_of_another_type",
        &[
            Set(
                "schema:UpdateInstalledAddOnExtensionRequest/properties/Enabled/type",
                "string",
            ),
            Set(
                "op:UpdateInstalledAddOnExtension/requestBody/content/application~1x-www-form-urlencoded/example/Enabled",
                "'true'",
            ),
        ],
    ),
    change(
        "form_field_renamed",
        &[
            Rename(
                "schema:UpdateInstalledAddOnRequest/properties/UniqueName",
                "Name",
            ),
            Rename(
                "op:UpdateInstalledAddOn/requestBody/content/application~1x-www-form-urlencoded/example/UniqueName",
                "Name",
            ),
        ],
    ),
    change(
        "body_is_json_instead_of_a_form",
        &[Rename(
            "op:AssignAddOn/requestBody/content/application~1x-www-form-urlencoded",
            "application/json",
        )],
    ),
    change(
        "body_is_a_form_instead_of_json",
        &[Rename(
            "op:CreateReferralConversion/requestBody/content/application~1json",
            "application/x-www-form-urlencoded",
        )],
    ),
    change(
        "body_added",
        &[
            Set(
                "op:ListListings/requestBody",
                "{required: true, content: {application/json: {schema: {$ref: '#/components/schemas/CreateReferralConversionRequest'}}}}",
            ),
            Rename("op:ListListings", "put"),
        ],
    ),
    change(
        "optional_member_of_a_json_body_added",
        &[Set(
            "schema:BillableItem/properties/note",
            "{type: string, description: Note.}",
        )],
    ),
    change(
        "required_member_of_a_json_body_added",
        &[
            First(
                "schema:BillableItem/properties/currency",
                "{type: string, description: Currency.}",
            ),
            Push("schema:BillableItem/required", "currency"),
            Set(
                "op:ReportUsage/requestBody/content/application~1json/example",
                "{billable_items: [{sid: BI1, quantity: 1, currency: EUR}]}",
            ),
        ],
    ),
    change(
        "more_items_of_a_json_body_needed",
        &[Set(
            "schema:ReportUsageRequest/properties/billable_items/minItems",
            "2",
        )],
    ),
    change(
        "optional_member_of_an_open_input_added",
        &[Set(
            "schema:ListingDescription/properties/subtitle",
            "{type: string, nullable: true, description: Second line.}",
        )],
    ),
    change(
        "optional_member_of_an_open_input_removed",
        &[Remove("schema:ListingHighlight/properties/description")],
    ),
    change(
        "list_of_inputs_holds_texts",
        &[
            Set(
                "schema:ListingConfiguration/properties/buttons/items",
                "{type: string}",
            ),
            Remove(
                "op:CreateListing/requestBody/content/application~1x-www-form-urlencoded/example",
            ),
            Remove(
                "op:UpdateListing/requestBody/content/application~1x-www-form-urlencoded/example",
            ),
            Remove("op:CreateListing/responses/200/content/application~1json/example"),
            Remove("op:UpdateListing/responses/200/content/application~1json/example"),
            Remove("op:FetchListing/responses/200/content/application~1json/example"),
            Remove("schema:ListingButton"),
        ],
    ),
    change(
        "required_fields_of_two_types_swapped",
        &[Reverse("schema:CreateInstalledAddOnRequest/properties")],
    ),
    enriched(
        "required_fields_of_one_type_swapped",
        &[
            Remove("schema:CreateInstalledAddOnRequest/properties/Label"),
            Set(
                "schema:CreateInstalledAddOnRequest/properties/Label",
                "{type: string, description: Label.}",
            ),
        ],
    ),
    change("default_changed", &[Set("schema:PageSize/default", "20")]),
    change("default_removed", &[Remove("schema:PageSize/default")]),
];
