//! Mutations of the rules that values keep: SIDs, bounds, lists of values, and which component they stand in.

use super::{Mutation, change, enriched};
use crate::edit::Edit::{Everywhere, Push, Remove, Rename, Reverse, Set};

pub(super) const ALL: &[Mutation] = &[
    change(
        "sid_with_lower_case_digits_only",
        &[Set("schema:RecordingSid/pattern", "^RE[0-9a-f]{32}$")],
    ),
    change(
        "sid_in_a_reply_with_lower_case_digits_only",
        &[Set("schema:PayloadSid/pattern", "^XH[0-9a-f]{32}$")],
    ),
    change(
        "sid_with_other_letters",
        &[
            Set("schema:PayloadSid/pattern", "^XJ[0-9a-fA-F]{32}$"),
            Remove("op:ListAddOnResultPayloads/responses/200/content/application~1json/example"),
            Remove("op:FetchAddOnResultPayload/responses/200/content/application~1json/example"),
        ],
    ),
    change(
        "sid_pattern_written_otherwise",
        &[Set("schema:RecordingSid/pattern", "^RE[A-Fa-f0-9]{32}$")],
    ),
    change(
        "sid_renamed",
        &[
            Rename("schema:RecordingSid", "CallRecordingSid"),
            Everywhere(
                "#/components/schemas/RecordingSid",
                "#/components/schemas/CallRecordingSid",
            ),
        ],
    ),
    change(
        "sid_of_a_reply_is_any_text",
        &[Set(
            "schema:ReferralConversion/properties/converted_account_sid",
            "{type: string, description: The account.}",
        )],
    ),
    change(
        "sid_of_a_request_is_any_text",
        &[Set(
            "schema:AssignAddOnRequest/properties/InstalledAddOnSid",
            "{type: string, description: The installation.}",
        )],
    ),
    change(
        "sid_of_a_path_is_any_text",
        &[Set(
            "path:FetchListing/parameters/0/schema",
            "{type: string}",
        )],
    ),
    change(
        "sid_of_a_reply_is_of_another_kind",
        &[
            Set(
                "schema:Listing/properties/sid/allOf",
                "[{$ref: '#/components/schemas/InstalledAddOnSid'}]",
            ),
            Remove("op:CreateListing/responses/200/content/application~1json/example"),
            Remove("op:UpdateListing/responses/200/content/application~1json/example"),
            Remove("op:FetchListing/responses/200/content/application~1json/example"),
        ],
    ),
    change(
        "maximum_of_a_bounded_integer_lowered",
        &[Set("schema:PageSize/maximum", "500")],
    ),
    change(
        "minimum_of_a_bounded_integer_lowered",
        &[Set("schema:PageSize/minimum", "0")],
    ),
    change(
        "maximum_of_a_bounded_integer_dropped",
        &[
            Set(
                "/components/parameters/PageSize/schema",
                "{type: integer, minimum: 1, default: 50}",
            ),
            Remove("schema:PageSize"),
        ],
    ),
    change(
        "bounded_integer_renamed",
        &[
            Rename("schema:PageSize", "PageLength"),
            Everywhere(
                "#/components/schemas/PageSize",
                "#/components/schemas/PageLength",
            ),
        ],
    ),
    change(
        "inline_integer_became_a_component",
        &[
            Set(
                "schema:PageNumber",
                "{type: integer, minimum: 0, maximum: 1000000, description: Number of a page.}",
            ),
            Set(
                "/components/parameters/Page/schema",
                "{$ref: '#/components/schemas/PageNumber'}",
            ),
        ],
    ),
    change(
        "value_of_a_reply_added",
        &[Push("schema:AddOnResultStatus/enum", "expired")],
    ),
    change(
        "values_of_a_reply_in_another_order",
        &[Reverse("schema:AddOnResultStatus/enum")],
    ),
    change(
        "list_of_values_of_a_reply_renamed",
        &[
            Rename("schema:AddOnResultStatus", "ResultStatus"),
            Everywhere(
                "#/components/schemas/AddOnResultStatus",
                "#/components/schemas/ResultStatus",
            ),
        ],
    ),
    change(
        "list_of_values_of_a_reply_dropped",
        &[
            Set(
                "schema:AddOnResult/properties/status",
                "{type: string, nullable: true, description: How far.}",
            ),
            Remove("schema:AddOnResultStatus"),
        ],
    ),
    enriched(
        "value_of_a_request_added",
        &[Push("schema:ResultOrder/enum", "longest")],
    ),
    enriched(
        "values_of_a_request_in_another_order",
        &[Reverse("schema:ResultOrder/enum")],
    ),
    enriched(
        "list_of_values_of_a_request_dropped",
        &[
            Remove("op:ListAddOnResults/parameters/3"),
            Push(
                "op:ListAddOnResults/parameters",
                "{name: Order, in: query, description: Order of results., schema: {type: string}}",
            ),
            Remove("schema:ResultOrder"),
        ],
    ),
    change(
        "component_renamed",
        &[
            Rename("schema:ReferralConversion", "ConvertedReferral"),
            Everywhere(
                "#/components/schemas/ReferralConversion",
                "#/components/schemas/ConvertedReferral",
            ),
        ],
    ),
    change(
        "request_component_renamed",
        &[
            Rename("schema:AssignAddOnRequest", "AssignRequest"),
            Everywhere(
                "#/components/schemas/AssignAddOnRequest",
                "#/components/schemas/AssignRequest",
            ),
        ],
    ),
    change(
        "quantity_is_a_text",
        &[
            Set(
                "schema:BillableItem/properties/quantity",
                "{type: string, description: Amount.}",
            ),
            Remove("schema:Quantity"),
            Set(
                "op:ReportUsage/requestBody/content/application~1json/example",
                "{billable_items: [{sid: BI1, quantity: '1'}]}",
            ),
        ],
    ),
];
