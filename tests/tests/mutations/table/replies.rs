//! Mutations of what comes back: statuses, bodies and their members.

use super::{Mutation, change};
use crate::edit::Edit::{Push, Remove, Rename, Reverse, Set};

pub(super) const ALL: &[Mutation] = &[
    change(
        "optional_member_added",
        &[Set(
            "schema:InstalledAddOn/properties/region",
            "{type: string, nullable: true, description: Where.}",
        )],
    ),
    change(
        "required_member_added",
        &[
            Set(
                "schema:ReferralConversion/properties/state",
                "{type: string, description: How far.}",
            ),
            Push("schema:ReferralConversion/required", "state"),
            Remove("op:CreateReferralConversion/responses/200/content/application~1json/example"),
            Remove("op:CreateReferralConversion/responses/202/content/application~1json/example"),
        ],
    ),
    change(
        "required_member_added_where_none_was_required",
        &[
            Set(
                "schema:UsageReport/properties/count",
                "{type: integer, format: int64, description: How many.}",
            ),
            Set("schema:UsageReport/required", "[count]"),
            Remove("op:ReportUsage/responses/202/content/application~1json/example"),
        ],
    ),
    change(
        "free_form_member_added",
        &[Set(
            "schema:InstalledAddOnExtension/properties/settings",
            "{type: object, additionalProperties: true, nullable: true, description: How it is set.}",
        )],
    ),
    change(
        "optional_member_removed",
        &[Remove(
            "schema:AvailableAddOnExtension/properties/product_name",
        )],
    ),
    change(
        "required_member_removed",
        &[
            Remove("schema:AssignedAddOn/properties/resource_sid"),
            Remove("schema:AssignedAddOn/required/resource_sid"),
        ],
    ),
    change(
        "required_member_became_optional",
        &[Remove("schema:InstalledAddOn/required/account_sid")],
    ),
    change(
        "required_member_became_nullable",
        &[Set("schema:InstalledAddOn/properties/url/nullable", "true")],
    ),
    change(
        "optional_member_became_required",
        &[Push("schema:InstalledAddOn/required", "friendly_name")],
    ),
    change(
        "optional_member_became_required_and_never_null",
        &[
            Push("schema:AddOnResultPayload/required", "label"),
            Remove("schema:AddOnResultPayload/properties/label/nullable"),
        ],
    ),
    change(
        "optional_member_is_never_null",
        &[Remove(
            "schema:AddOnResultPayload/properties/label/nullable",
        )],
    ),
    change(
        "member_renamed",
        &[Rename(
            "schema:AddOnResultPayload/properties/label",
            "title",
        )],
    ),
    change(
        "members_in_another_order",
        &[Reverse("schema:InstalledAddOn/properties")],
    ),
    change(
        "required_members_listed_otherwise",
        &[Reverse("schema:InstalledAddOn/required")],
    ),
    change(
        "member_of_another_type",
        &[
            Set(
                "schema:AssignedAddOnExtension/properties/enabled/type",
                "string",
            ),
            Remove(
                "op:ListAssignedAddOnExtensions/responses/200/content/application~1json/example",
            ),
            Remove(
                "op:FetchAssignedAddOnExtension/responses/200/content/application~1json/example",
            ),
        ],
    ),
    change(
        "decimal_is_a_text",
        &[
            Set(
                "schema:BilledItem/properties/quantity",
                "{type: string, nullable: true, description: Amount.}",
            ),
            Remove("op:ReportUsage/responses/202/content/application~1json/example"),
        ],
    ),
    change(
        "date_is_any_text",
        &[Remove(
            "schema:InstalledAddOn/properties/date_created/format",
        )],
    ),
    change(
        "date_of_another_format",
        &[
            Set(
                "schema:AddOnResult/properties/date_created/format",
                "date-time",
            ),
            Remove("op:ListAddOnResults/responses/200/content/application~1json/example"),
            Remove("op:FetchAddOnResult/responses/200/content/application~1json/example"),
        ],
    ),
    change(
        "uri_can_be_relative",
        &[Set("schema:Listing/properties/url/format", "uri-reference")],
    ),
    change(
        "map_is_free_form",
        &[Set(
            "schema:InstalledAddOn/properties/links/additionalProperties",
            "true",
        )],
    ),
    change(
        "open_object_said_nothing_more",
        &[Remove("schema:ListingSummary/additionalProperties")],
    ),
    change(
        "open_input_said_nothing_more",
        &[Remove("schema:ListingButton/additionalProperties")],
    ),
    change(
        "list_can_be_missing",
        &[Set("schema:ListingList/required", "[]")],
    ),
    change(
        "links_of_a_list_removed",
        &[
            Remove("schema:AvailableAddOnExtensionList/properties/meta"),
            Remove(
                "op:ListAvailableAddOnExtensions/responses/200/content/application~1json/example/meta",
            ),
        ],
    ),
    change(
        "member_of_errors_added",
        &[Set(
            "schema:ErrorEnvelope/properties/trace",
            "{type: string, nullable: true, description: Trace.}",
        )],
    ),
    change(
        "member_of_errors_of_another_type",
        &[Set(
            "schema:ErrorEnvelope/properties/userError/type",
            "string",
        )],
    ),
    change(
        "success_status_changed",
        &[Rename("op:CreateInstalledAddOn/responses/201", "200")],
    ),
    change(
        "success_status_added",
        &[Set(
            "op:AssignAddOn/responses/200",
            "{description: It was so already., content: {application/json: {schema: {$ref: '#/components/schemas/AssignedAddOn'}}}}",
        )],
    ),
    change(
        "accepted_status_added",
        &[Set(
            "op:AssignAddOn/responses/202",
            "{description: It will be so., content: {application/json: {schema: {$ref: '#/components/schemas/AssignedAddOn'}}}}",
        )],
    ),
    change(
        "not_modified_removed",
        &[Remove("op:UpdateListing/responses/304")],
    ),
    change(
        "reply_of_another_component",
        &[
            Set(
                "op:ListListings/responses/200/content/application~1json/schema/$ref",
                "'#/components/schemas/AvailableAddOnList'",
            ),
            Remove("op:ListListings/responses/200/content/application~1json/example"),
            Remove("schema:ListingList"),
            Remove("schema:ListingSummary"),
        ],
    ),
    change(
        "body_of_a_reply_removed",
        &[Remove(
            "op:UpdateInstalledAddOnExtension/responses/200/content",
        )],
    ),
    change(
        "empty_reply_with_another_status",
        &[Rename("op:DeleteInstalledAddOn/responses/204", "200")],
    ),
    change(
        "error_status_added",
        &[Set(
            "op:ListListings/responses/403",
            "{$ref: '#/components/responses/Error'}",
        )],
    ),
    change(
        "required_header_became_optional",
        &[Remove(
            "op:FetchAddOnResultPayloadData/responses/307/headers/Location/required",
        )],
    ),
    change(
        "header_removed",
        &[Remove(
            "op:FetchAddOnResultPayloadData/responses/307/headers",
        )],
    ),
];
