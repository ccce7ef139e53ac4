//! Mutations of paths, operations, servers and prose.

use super::{Mutation, change};
use crate::edit::Edit::{Everywhere, Remove, Rename, Reverse, Set};

pub(super) const ALL: &[Mutation] = &[
    change(
        "operation_removed",
        &[Remove("op:DeleteAddOnResultPayload")],
    ),
    change(
        "only_operation_of_a_handle_removed",
        &[
            Remove("/paths/~1v1~1ReferralConversion"),
            Remove("schema:CreateReferralConversionRequest"),
            Remove("schema:ReferralConversion"),
        ],
    ),
    change(
        "path_of_another_version",
        &[Rename("/paths/~1v1~1Listings", "/v2/Listings")],
    ),
    change(
        "path_with_another_segment",
        &[Rename("/paths/~1v1~1ReferralConversion", "/v1/Referrals")],
    ),
    change(
        "method_changed",
        &[Rename("op:UpdateInstalledAddOnExtension", "put")],
    ),
    change(
        "operation_id_renamed",
        &[Set("op:CreateListing/operationId", "PublishListing")],
    ),
    change(
        "operation_id_with_another_resource",
        &[Set("op:FetchListing/operationId", "FetchPublishedListing")],
    ),
    change(
        "path_parameter_renamed",
        &[
            Set("path:FetchListing/parameters/0/name", "ListingSid"),
            Rename("/paths/~1v1~1Listing~1{Sid}", "/v1/Listing/{ListingSid}"),
        ],
    ),
    change(
        "path_parameter_of_another_kind",
        &[Set(
            "path:FetchListing/parameters/0/schema/$ref",
            "'#/components/schemas/InstalledAddOnSid'",
        )],
    ),
    change(
        "server_of_a_path_changed",
        &[Set(
            "path:ListListings/servers/0/url",
            "https://listings.twilio.com",
        )],
    ),
    change(
        "server_of_a_path_is_the_other_one",
        &[Set(
            "path:ReportUsage/servers/0/url",
            "https://api.twilio.com",
        )],
    ),
    change(
        "server_renamed_everywhere",
        &[Everywhere(
            "https://api.twilio.com",
            "https://legacy.twilio.com",
        )],
    ),
    change(
        "operation_deprecated",
        &[Set("op:ReportUsage/deprecated", "true")],
    ),
    change(
        "operation_described_otherwise",
        &[Set("op:ReportUsage/summary", "Usage, to be billed")],
    ),
    change(
        "schema_described_otherwise",
        &[Set("schema:Listing/description", "A listing, as it is.")],
    ),
    change(
        "operation_tagged_otherwise",
        &[Set("op:CreateListing/tags", "[Usage]")],
    ),
    change(
        "title_changed",
        &[
            Set("/info/title", "Marketplace"),
            Set("/info/version", "1.0.1"),
        ],
    ),
    change("tags_in_another_order", &[Reverse("/tags")]),
    change("paths_in_another_order", &[Reverse("/paths")]),
    change(
        "schemas_in_another_order",
        &[Reverse("/components/schemas")],
    ),
];
