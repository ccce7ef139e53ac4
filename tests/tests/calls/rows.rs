//! The rows, in the document's order of resources.

use generated_client::Host::{Api, Marketplace};
use generated_client::choices::AcceptTermsOfService;
use generated_client::types::{
    BillableItem, ListingButton, ListingCodeSample, ListingConfiguration, ListingDescription,
    ListingDocumentation, ListingHighlight, ListingModuleInfo, ListingNotificationConfiguration,
    ListingPolicies, ListingPricing, ListingSupport,
};
use generated_client::{PageSize, bounded};
use serde_json::json;

use super::decoded::{acceptance, nothing, one, page, update};
use super::{Body, Row};
use crate::support::{PN, RE, XB, XE, XF, XH, XR};

pub(crate) const ROWS: &[Row] = &[
    Row {
        operation: "ListAvailableAddOns",
        host: Marketplace,
        request: "GET /v1/AvailableAddOns",
        query: Some("Page=0&PageSize=1000&PageToken=PA1"),
        body: Body::None,
        call: |client| {
            let list = client.available_add_ons().list();
            let list = list.page_token("PA1").page_size(PageSize::MAX).page(0);
            page("available_add_ons", list)
        },
    },
    Row {
        operation: "FetchAvailableAddOn",
        host: Marketplace,
        request: "GET /v1/AvailableAddOns/XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        query: None,
        body: Body::None,
        call: |client| one(client.available_add_on(XB).fetch()),
    },
    Row {
        operation: "ListAvailableAddOnExtensions",
        host: Marketplace,
        request: "GET /v1/AvailableAddOns/XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb/Extensions",
        query: Some("PageSize=1"),
        body: Body::None,
        call: |client| {
            let list = client.available_add_on(XB).extensions().list();
            page("extensions", list.page_size(bounded!(PageSize, 1)))
        },
    },
    Row {
        operation: "FetchAvailableAddOnExtension",
        host: Marketplace,
        request: "GET /v1/AvailableAddOns/XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb/Extensions/XFffffffffffffffffffffffffffffffff",
        query: None,
        body: Body::None,
        call: |client| one(client.available_add_on(XB).extension(XF).fetch()),
    },
    Row {
        operation: "ListInstalledAddOns",
        host: Marketplace,
        request: "GET /v1/InstalledAddOns",
        query: None,
        body: Body::None,
        call: |client| page("installed_add_ons", client.installed_add_ons().list()),
    },
    Row {
        operation: "CreateInstalledAddOn",
        host: Marketplace,
        request: "POST /v1/InstalledAddOns",
        query: None,
        body: Body::Form(
            "AvailableAddOnSid=XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb&AcceptTermsOfService=true\
             &Configuration=%7B%22language%22%3A%22en-GB%22%2C%22mask_numbers%22%3Atrue%7D&UniqueName=call_transcriber",
        ),
        call: |client| {
            let create = client
                .installed_add_ons()
                .create(XB, AcceptTermsOfService::Yes);
            let create = create.configuration(&json!({"language": "en-GB", "mask_numbers": true}));
            one(create.unique_name("call_transcriber"))
        },
    },
    Row {
        operation: "FetchInstalledAddOn",
        host: Marketplace,
        request: "GET /v1/InstalledAddOns/XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
        query: None,
        body: Body::None,
        call: |client| one(client.installed_add_on(XE).fetch()),
    },
    Row {
        operation: "UpdateInstalledAddOn",
        host: Marketplace,
        request: "POST /v1/InstalledAddOns/XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
        query: None,
        body: Body::Form("UniqueName=call+transcriber%2Ffr"),
        call: |client| {
            let update = client.installed_add_on(XE).update();
            one(update.unique_name("call transcriber/fr"))
        },
    },
    Row {
        operation: "DeleteInstalledAddOn",
        host: Marketplace,
        request: "DELETE /v1/InstalledAddOns/XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
        query: None,
        body: Body::None,
        call: |client| nothing(client.installed_add_on(XE).delete()),
    },
    Row {
        operation: "ListInstalledAddOnExtensions",
        host: Marketplace,
        request: "GET /v1/InstalledAddOns/XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee/Extensions",
        query: Some("Page=3&PageSize=50&PageToken=PAXF"),
        body: Body::None,
        call: |client| {
            let list = client.installed_add_on(XE).extensions().list();
            let size = PageSize::new(50).unwrap();
            page(
                "extensions",
                list.page(3).page_size(size).page_token("PAXF"),
            )
        },
    },
    Row {
        operation: "FetchInstalledAddOnExtension",
        host: Marketplace,
        request: "GET /v1/InstalledAddOns/XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee/Extensions/XFffffffffffffffffffffffffffffffff",
        query: None,
        body: Body::None,
        call: |client| one(client.installed_add_on(XE).extension(XF).fetch()),
    },
    Row {
        operation: "UpdateInstalledAddOnExtension",
        host: Marketplace,
        request: "POST /v1/InstalledAddOns/XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee/Extensions/XFffffffffffffffffffffffffffffffff",
        query: None,
        body: Body::Form("Enabled=false"),
        call: |client| one(client.installed_add_on(XE).extension(XF).disable()),
    },
    Row {
        operation: "ReportUsage",
        host: Marketplace,
        request: "POST /v1/InstalledAddOns/XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee/Usage",
        query: None,
        body: Body::Json(
            r#"{"billable_items":[{"sid":"BI55555555555555555555555555555555","quantity":12.355},{"sid":"BI66666666666666666666666666666666","quantity":44.02}]}"#,
        ),
        call: |client| {
            let items = [
                BillableItem::new(
                    "BI55555555555555555555555555555555",
                    "12.355".parse().unwrap(),
                ),
                BillableItem::new(
                    "BI66666666666666666666666666666666",
                    "44.02".parse().unwrap(),
                ),
            ];
            acceptance(client.installed_add_on(XE).usage().report(items))
        },
    },
    Row {
        operation: "CreateReferralConversion",
        host: Marketplace,
        request: "POST /v1/ReferralConversion",
        query: None,
        body: Body::Json(r#"{"referral_account_sid":"AC77777777777777777777777777777777"}"#),
        call: |client| {
            let referred = "AC77777777777777777777777777777777".parse().unwrap();
            acceptance(client.referral_conversion().create(referred))
        },
    },
    Row {
        operation: "ListListings",
        host: Marketplace,
        request: "GET /v1/Listings",
        query: None,
        body: Body::None,
        call: |client| one(client.listings().list()),
    },
    Row {
        operation: "CreateListing",
        host: Marketplace,
        request: "POST /v1/Listings",
        query: None,
        body: Body::Form(
            "ModuleInfo=%7B%22name%22%3A%22Call+Transcriber%22%2C%22logo_bg_color_hex%22%3A%22%230b3d91%22%7D\
             &Configuration=%7B%22buttons%22%3A%5B%7B%22url%22%3A%22https%3A%2F%2Fwww.example.com%2Fsetup%22%2C\
             %22label%22%3A%22Set+up%22%7D%5D%2C%22notification_configuration%22%3A%7B%22notification_events%22%3A%5B\
             %22module_install%22%5D%7D%7D",
        ),
        call: |client| {
            let module_info = ListingModuleInfo::new()
                .name("Call Transcriber")
                .logo_bg_color_hex("#0b3d91");
            let button = ListingButton::new()
                .url("https://www.example.com/setup")
                .label("Set up");
            let notification = ListingNotificationConfiguration::new()
                .notification_events(["module_install".to_owned()]);
            let configuration = ListingConfiguration::new()
                .buttons([button])
                .notification_configuration(notification);
            let create = client.listings().create().configuration(&configuration);
            one(create.module_info(&module_info))
        },
    },
    Row {
        operation: "FetchListing",
        host: Marketplace,
        request: "GET /v1/Listing/XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        query: None,
        body: Body::None,
        call: |client| one(client.listing(XB).fetch()),
    },
    Row {
        operation: "UpdateListing",
        host: Marketplace,
        request: "POST /v1/Listing/XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        query: None,
        body: Body::Form(
            "ModuleInfo=%7B%22name%22%3A%22N%22%7D\
             &Description=%7B%22body%22%3A%22**b**%22%2C%22highlights%22%3A%5B%7B%22title%22%3A%22t%22%2C\
             %22description%22%3A%22d%22%7D%5D%2C%22code_samples%22%3A%5B%7B%22title%22%3A%22t%22%2C\
             %22description%22%3A%22d%22%2C%22code%22%3A%22c%28%5C%22%5C%22%29%22%7D%5D%7D\
             &Documentation=%7B%22body%22%3A%22d%22%7D&Policies=%7B%22privacy%22%3A%22p%22%2C%22legal%22%3A%22l%22%7D\
             &Support=%7B%22customer_support_email%22%3A%22help%40example.com%22%2C\
             %22technical_phone%22%3A%22%2B1+555+010+0102%22%7D\
             &Configuration=%7B%22buttons%22%3A%5B%5D%7D&Pricing=%7B%22body%22%3A%220.02+USD%22%7D",
        ),
        call: |client| {
            let sample = ListingCodeSample::new()
                .title("t")
                .description("d")
                .code("c(\"\")");
            let description = ListingDescription::new()
                .body("**b**")
                .highlights([ListingHighlight::new().title("t").description("d")])
                .code_samples([sample]);
            let support = ListingSupport::new()
                .customer_support_email("help@example.com")
                .technical_phone("+1 555 010 0102");
            let call = client
                .listing(XB)
                .update()
                .pricing(&ListingPricing::new().body("0.02 USD"))
                .configuration(&ListingConfiguration::new().buttons([]))
                .support(&support)
                .policies(&ListingPolicies::new().privacy("p").legal("l"))
                .documentation(&ListingDocumentation::new().body("d"))
                .description(&description)
                .module_info(&ListingModuleInfo::new().name("N"));
            update(call)
        },
    },
    Row {
        operation: "ListAssignedAddOns",
        host: Api,
        request: "GET /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/IncomingPhoneNumbers/PN33333333333333333333333333333333/AssignedAddOns.json",
        query: Some("Page=1&PageToken=PAXE"),
        body: Body::None,
        call: |client| {
            let list = client.incoming_phone_number(PN).assigned_add_ons().list();
            page("assigned_add_ons", list.page(1).page_token("PAXE"))
        },
    },
    Row {
        operation: "AssignAddOn",
        host: Api,
        request: "POST /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/IncomingPhoneNumbers/PN33333333333333333333333333333333/AssignedAddOns.json",
        query: None,
        body: Body::Form("InstalledAddOnSid=XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"),
        call: |client| {
            one(client
                .incoming_phone_number(PN)
                .assigned_add_ons()
                .assign(XE))
        },
    },
    Row {
        operation: "FetchAssignedAddOn",
        host: Api,
        request: "GET /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/IncomingPhoneNumbers/PN33333333333333333333333333333333/AssignedAddOns/XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee.json",
        query: None,
        body: Body::None,
        call: |client| one(client.incoming_phone_number(PN).assigned_add_on(XE).fetch()),
    },
    Row {
        operation: "UnassignAddOn",
        host: Api,
        request: "DELETE /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/IncomingPhoneNumbers/PN33333333333333333333333333333333/AssignedAddOns/XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee.json",
        query: None,
        body: Body::None,
        call: |client| {
            nothing(
                client
                    .incoming_phone_number(PN)
                    .assigned_add_on(XE)
                    .unassign(),
            )
        },
    },
    Row {
        operation: "ListAssignedAddOnExtensions",
        host: Api,
        request: "GET /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/IncomingPhoneNumbers/PN33333333333333333333333333333333/AssignedAddOns/XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee/Extensions.json",
        query: None,
        body: Body::None,
        call: |client| {
            let add_on = client.incoming_phone_number(PN).assigned_add_on(XE);
            page("extensions", add_on.extensions().list())
        },
    },
    Row {
        operation: "FetchAssignedAddOnExtension",
        host: Api,
        request: "GET /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/IncomingPhoneNumbers/PN33333333333333333333333333333333/AssignedAddOns/XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee/Extensions/XFffffffffffffffffffffffffffffffff.json",
        query: None,
        body: Body::None,
        call: |client| {
            let add_on = client.incoming_phone_number(PN).assigned_add_on(XE);
            one(add_on.extension(XF).fetch())
        },
    },
    Row {
        operation: "ListAddOnResults",
        host: Api,
        request: "GET /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Recordings/RE44444444444444444444444444444444/AddOnResults.json",
        query: Some("PageSize=2"),
        body: Body::None,
        call: |client| {
            let list = client.recording(RE).add_on_results().list();
            page("add_on_results", list.page_size(bounded!(PageSize, 2)))
        },
    },
    Row {
        operation: "FetchAddOnResult",
        host: Api,
        request: "GET /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Recordings/RE44444444444444444444444444444444/AddOnResults/XR11111111111111111111111111111111.json",
        query: None,
        body: Body::None,
        call: |client| one(client.recording(RE).add_on_result(XR).fetch()),
    },
    Row {
        operation: "DeleteAddOnResult",
        host: Api,
        request: "DELETE /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Recordings/RE44444444444444444444444444444444/AddOnResults/XR11111111111111111111111111111111.json",
        query: None,
        body: Body::None,
        call: |client| nothing(client.recording(RE).add_on_result(XR).delete()),
    },
    Row {
        operation: "ListAddOnResultPayloads",
        host: Api,
        request: "GET /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Recordings/RE44444444444444444444444444444444/AddOnResults/XR11111111111111111111111111111111/Payloads.json",
        query: None,
        body: Body::None,
        call: |client| {
            page(
                "payloads",
                client.recording(RE).add_on_result(XR).payloads().list(),
            )
        },
    },
    Row {
        operation: "FetchAddOnResultPayload",
        host: Api,
        request: "GET /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Recordings/RE44444444444444444444444444444444/AddOnResults/XR11111111111111111111111111111111/Payloads/XH22222222222222222222222222222222.json",
        query: None,
        body: Body::None,
        call: |client| one(client.recording(RE).add_on_result(XR).payload(XH).fetch()),
    },
    Row {
        operation: "DeleteAddOnResultPayload",
        host: Api,
        request: "DELETE /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Recordings/RE44444444444444444444444444444444/AddOnResults/XR11111111111111111111111111111111/Payloads/XH22222222222222222222222222222222.json",
        query: None,
        body: Body::None,
        call: |client| nothing(client.recording(RE).add_on_result(XR).payload(XH).delete()),
    },
    Row {
        operation: "FetchAddOnResultPayloadData",
        host: Api,
        request: "GET /2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Recordings/RE44444444444444444444444444444444/AddOnResults/XR11111111111111111111111111111111/Payloads/XH22222222222222222222222222222222/Data.json",
        query: None,
        body: Body::None,
        call: |client| {
            let payload = client.recording(RE).add_on_result(XR).payload(XH);
            one(payload.data().fetch())
        },
    },
];
