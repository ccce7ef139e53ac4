// @generated from the client's types by `INSTA_UPDATE=always cargo test -p tests --test snapshots`, do not edit.

//! What serde derives for types like those of the client.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::scalars::*;

sid!(AccountSid, "^AC[0-9a-fA-F]{32}$");

sid!(AddOnResultSid, "^XR[0-9a-fA-F]{32}$");

sid!(AvailableAddOnSid, "^XB[0-9a-fA-F]{32}$");

sid!(ExtensionSid, "^XF[0-9a-fA-F]{32}$");

sid!(InstalledAddOnSid, "^XE[0-9a-fA-F]{32}$");

sid!(PayloadSid, "^XH[0-9a-fA-F]{32}$");

sid!(PhoneNumberSid, "^PN[0-9a-fA-F]{32}$");

sid!(RecordingSid, "^RE[0-9a-fA-F]{32}$");

#[derive(Debug, Deserialize, Serialize)]
pub struct AddOnResult {
    #[serde(rename = "sid")]
    sid: AddOnResultSid,
    #[serde(rename = "account_sid")]
    account_sid: AccountSid,
    #[serde(rename = "reference_sid")]
    reference_sid: RecordingSid,
    #[serde(rename = "status", skip_serializing_if = "Option::is_none")]
    status: Option<AddOnResultStatus>,
    #[serde(rename = "add_on_sid", skip_serializing_if = "Option::is_none")]
    add_on_sid: Option<AvailableAddOnSid>,
    #[serde(rename = "add_on_configuration_sid", skip_serializing_if = "Option::is_none")]
    add_on_configuration_sid: Option<InstalledAddOnSid>,
    #[serde(rename = "date_created", skip_serializing_if = "Option::is_none")]
    date_created: Option<Timestamp>,
    #[serde(rename = "date_updated", skip_serializing_if = "Option::is_none")]
    date_updated: Option<Timestamp>,
    #[serde(rename = "date_completed", skip_serializing_if = "Option::is_none")]
    date_completed: Option<Timestamp>,
    #[serde(rename = "subresource_uris", skip_serializing_if = "Option::is_none")]
    subresource_uris: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AddOnResultList {
    #[serde(rename = "add_on_results")]
    add_on_results: Vec<AddOnResult>,
    #[serde(rename = "first_page_uri", skip_serializing_if = "Option::is_none")]
    first_page_uri: Option<String>,
    #[serde(rename = "next_page_uri", skip_serializing_if = "Option::is_none")]
    next_page_uri: Option<String>,
    #[serde(rename = "previous_page_uri", skip_serializing_if = "Option::is_none")]
    previous_page_uri: Option<String>,
    #[serde(rename = "page", skip_serializing_if = "Option::is_none")]
    page: Option<i64>,
    #[serde(rename = "page_size", skip_serializing_if = "Option::is_none")]
    page_size: Option<i64>,
    #[serde(rename = "start", skip_serializing_if = "Option::is_none")]
    start: Option<i64>,
    #[serde(rename = "end", skip_serializing_if = "Option::is_none")]
    end: Option<i64>,
    #[serde(rename = "uri", skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AddOnResultPayload {
    #[serde(rename = "sid")]
    sid: PayloadSid,
    #[serde(rename = "add_on_result_sid")]
    add_on_result_sid: AddOnResultSid,
    #[serde(rename = "account_sid")]
    account_sid: AccountSid,
    #[serde(rename = "reference_sid")]
    reference_sid: RecordingSid,
    #[serde(rename = "label", skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(rename = "add_on_sid", skip_serializing_if = "Option::is_none")]
    add_on_sid: Option<AvailableAddOnSid>,
    #[serde(rename = "add_on_configuration_sid", skip_serializing_if = "Option::is_none")]
    add_on_configuration_sid: Option<InstalledAddOnSid>,
    #[serde(rename = "content_type", skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    #[serde(rename = "date_created", skip_serializing_if = "Option::is_none")]
    date_created: Option<Timestamp>,
    #[serde(rename = "date_updated", skip_serializing_if = "Option::is_none")]
    date_updated: Option<Timestamp>,
    #[serde(rename = "subresource_uris", skip_serializing_if = "Option::is_none")]
    subresource_uris: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AddOnResultPayloadData {
    #[serde(rename = "redirect_to", skip_serializing_if = "Option::is_none")]
    redirect_to: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AddOnResultPayloadList {
    #[serde(rename = "payloads")]
    payloads: Vec<AddOnResultPayload>,
    #[serde(rename = "first_page_uri", skip_serializing_if = "Option::is_none")]
    first_page_uri: Option<String>,
    #[serde(rename = "next_page_uri", skip_serializing_if = "Option::is_none")]
    next_page_uri: Option<String>,
    #[serde(rename = "previous_page_uri", skip_serializing_if = "Option::is_none")]
    previous_page_uri: Option<String>,
    #[serde(rename = "page", skip_serializing_if = "Option::is_none")]
    page: Option<i64>,
    #[serde(rename = "page_size", skip_serializing_if = "Option::is_none")]
    page_size: Option<i64>,
    #[serde(rename = "start", skip_serializing_if = "Option::is_none")]
    start: Option<i64>,
    #[serde(rename = "end", skip_serializing_if = "Option::is_none")]
    end: Option<i64>,
    #[serde(rename = "uri", skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
}

text!(AddOnResultStatus);

#[derive(Debug, Deserialize, Serialize)]
pub struct AssignedAddOn {
    #[serde(rename = "sid")]
    sid: InstalledAddOnSid,
    #[serde(rename = "account_sid")]
    account_sid: AccountSid,
    #[serde(rename = "resource_sid")]
    resource_sid: PhoneNumberSid,
    #[serde(rename = "friendly_name", skip_serializing_if = "Option::is_none")]
    friendly_name: Option<String>,
    #[serde(rename = "description", skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(rename = "configuration", skip_serializing_if = "Option::is_none")]
    configuration: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(rename = "unique_name", skip_serializing_if = "Option::is_none")]
    unique_name: Option<String>,
    #[serde(rename = "date_created", skip_serializing_if = "Option::is_none")]
    date_created: Option<Timestamp>,
    #[serde(rename = "date_updated", skip_serializing_if = "Option::is_none")]
    date_updated: Option<Timestamp>,
    #[serde(rename = "uri", skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
    #[serde(rename = "subresource_uris", skip_serializing_if = "Option::is_none")]
    subresource_uris: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AssignedAddOnExtension {
    #[serde(rename = "sid")]
    sid: ExtensionSid,
    #[serde(rename = "account_sid")]
    account_sid: AccountSid,
    #[serde(rename = "resource_sid")]
    resource_sid: PhoneNumberSid,
    #[serde(rename = "assigned_add_on_sid")]
    assigned_add_on_sid: InstalledAddOnSid,
    #[serde(rename = "friendly_name", skip_serializing_if = "Option::is_none")]
    friendly_name: Option<String>,
    #[serde(rename = "product_name", skip_serializing_if = "Option::is_none")]
    product_name: Option<String>,
    #[serde(rename = "unique_name", skip_serializing_if = "Option::is_none")]
    unique_name: Option<String>,
    #[serde(rename = "enabled", skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(rename = "uri", skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AssignedAddOnExtensionList {
    #[serde(rename = "extensions")]
    extensions: Vec<AssignedAddOnExtension>,
    #[serde(rename = "first_page_uri", skip_serializing_if = "Option::is_none")]
    first_page_uri: Option<String>,
    #[serde(rename = "next_page_uri", skip_serializing_if = "Option::is_none")]
    next_page_uri: Option<String>,
    #[serde(rename = "previous_page_uri", skip_serializing_if = "Option::is_none")]
    previous_page_uri: Option<String>,
    #[serde(rename = "page", skip_serializing_if = "Option::is_none")]
    page: Option<i64>,
    #[serde(rename = "page_size", skip_serializing_if = "Option::is_none")]
    page_size: Option<i64>,
    #[serde(rename = "start", skip_serializing_if = "Option::is_none")]
    start: Option<i64>,
    #[serde(rename = "end", skip_serializing_if = "Option::is_none")]
    end: Option<i64>,
    #[serde(rename = "uri", skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AssignedAddOnList {
    #[serde(rename = "assigned_add_ons")]
    assigned_add_ons: Vec<AssignedAddOn>,
    #[serde(rename = "first_page_uri", skip_serializing_if = "Option::is_none")]
    first_page_uri: Option<String>,
    #[serde(rename = "next_page_uri", skip_serializing_if = "Option::is_none")]
    next_page_uri: Option<String>,
    #[serde(rename = "previous_page_uri", skip_serializing_if = "Option::is_none")]
    previous_page_uri: Option<String>,
    #[serde(rename = "page", skip_serializing_if = "Option::is_none")]
    page: Option<i64>,
    #[serde(rename = "page_size", skip_serializing_if = "Option::is_none")]
    page_size: Option<i64>,
    #[serde(rename = "start", skip_serializing_if = "Option::is_none")]
    start: Option<i64>,
    #[serde(rename = "end", skip_serializing_if = "Option::is_none")]
    end: Option<i64>,
    #[serde(rename = "uri", skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AvailableAddOn {
    #[serde(rename = "sid")]
    sid: AvailableAddOnSid,
    #[serde(rename = "friendly_name", skip_serializing_if = "Option::is_none")]
    friendly_name: Option<String>,
    #[serde(rename = "description", skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(rename = "pricing_type", skip_serializing_if = "Option::is_none")]
    pricing_type: Option<String>,
    #[serde(rename = "configuration_schema", skip_serializing_if = "Option::is_none")]
    configuration_schema: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(rename = "url", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(rename = "links", skip_serializing_if = "Option::is_none")]
    links: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AvailableAddOnExtension {
    #[serde(rename = "sid")]
    sid: ExtensionSid,
    #[serde(rename = "available_add_on_sid")]
    available_add_on_sid: AvailableAddOnSid,
    #[serde(rename = "friendly_name", skip_serializing_if = "Option::is_none")]
    friendly_name: Option<String>,
    #[serde(rename = "product_name", skip_serializing_if = "Option::is_none")]
    product_name: Option<String>,
    #[serde(rename = "unique_name", skip_serializing_if = "Option::is_none")]
    unique_name: Option<String>,
    #[serde(rename = "url", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AvailableAddOnExtensionList {
    #[serde(rename = "extensions")]
    extensions: Vec<AvailableAddOnExtension>,
    #[serde(rename = "meta", skip_serializing_if = "Option::is_none")]
    meta: Option<PageMeta>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct AvailableAddOnList {
    #[serde(rename = "available_add_ons")]
    available_add_ons: Vec<AvailableAddOn>,
    #[serde(rename = "meta", skip_serializing_if = "Option::is_none")]
    meta: Option<PageMeta>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct BillableItem {
    #[serde(rename = "sid")]
    sid: String,
    #[serde(rename = "quantity")]
    quantity: Quantity,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct BilledItem {
    #[serde(rename = "sid")]
    sid: String,
    #[serde(rename = "quantity", skip_serializing_if = "Option::is_none")]
    quantity: Option<Amount>,
    #[serde(rename = "submitted", skip_serializing_if = "Option::is_none")]
    submitted: Option<bool>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ErrorEnvelope {
    #[serde(rename = "code", skip_serializing_if = "Option::is_none")]
    code: Option<i32>,
    #[serde(rename = "message", skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(rename = "more_info", skip_serializing_if = "Option::is_none")]
    more_info: Option<String>,
    #[serde(rename = "status", skip_serializing_if = "Option::is_none")]
    status: Option<i32>,
    #[serde(rename = "details", skip_serializing_if = "Option::is_none")]
    details: Option<serde_json::Value>,
    #[serde(rename = "params", skip_serializing_if = "Option::is_none")]
    params: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    type_: Option<String>,
    #[serde(rename = "title", skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(rename = "detail", skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(rename = "instance", skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    #[serde(rename = "errors", skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<serde_json::Map<String, serde_json::Value>>>,
    #[serde(rename = "httpStatusCode", skip_serializing_if = "Option::is_none")]
    http_status_code: Option<i32>,
    #[serde(rename = "userError", skip_serializing_if = "Option::is_none")]
    user_error: Option<bool>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct InstalledAddOn {
    #[serde(rename = "sid")]
    sid: InstalledAddOnSid,
    #[serde(rename = "account_sid")]
    account_sid: AccountSid,
    #[serde(rename = "friendly_name", skip_serializing_if = "Option::is_none")]
    friendly_name: Option<String>,
    #[serde(rename = "description", skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(rename = "configuration", skip_serializing_if = "Option::is_none")]
    configuration: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(rename = "unique_name", skip_serializing_if = "Option::is_none")]
    unique_name: Option<String>,
    #[serde(rename = "date_created", skip_serializing_if = "Option::is_none")]
    date_created: Option<Timestamp>,
    #[serde(rename = "date_updated", skip_serializing_if = "Option::is_none")]
    date_updated: Option<Timestamp>,
    #[serde(rename = "url", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(rename = "links", skip_serializing_if = "Option::is_none")]
    links: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct InstalledAddOnExtension {
    #[serde(rename = "sid")]
    sid: ExtensionSid,
    #[serde(rename = "installed_add_on_sid")]
    installed_add_on_sid: InstalledAddOnSid,
    #[serde(rename = "friendly_name", skip_serializing_if = "Option::is_none")]
    friendly_name: Option<String>,
    #[serde(rename = "product_name", skip_serializing_if = "Option::is_none")]
    product_name: Option<String>,
    #[serde(rename = "unique_name", skip_serializing_if = "Option::is_none")]
    unique_name: Option<String>,
    #[serde(rename = "enabled", skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(rename = "url", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct InstalledAddOnExtensionList {
    #[serde(rename = "extensions")]
    extensions: Vec<InstalledAddOnExtension>,
    #[serde(rename = "meta", skip_serializing_if = "Option::is_none")]
    meta: Option<PageMeta>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct InstalledAddOnList {
    #[serde(rename = "installed_add_ons")]
    installed_add_ons: Vec<InstalledAddOn>,
    #[serde(rename = "meta", skip_serializing_if = "Option::is_none")]
    meta: Option<PageMeta>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct Listing {
    #[serde(rename = "sid")]
    sid: AvailableAddOnSid,
    #[serde(rename = "module_info", skip_serializing_if = "Option::is_none")]
    module_info: Option<ListingModuleInfo>,
    #[serde(rename = "description", skip_serializing_if = "Option::is_none")]
    description: Option<ListingDescription>,
    #[serde(rename = "documentation", skip_serializing_if = "Option::is_none")]
    documentation: Option<ListingDocumentation>,
    #[serde(rename = "policies", skip_serializing_if = "Option::is_none")]
    policies: Option<ListingPolicies>,
    #[serde(rename = "support", skip_serializing_if = "Option::is_none")]
    support: Option<ListingSupport>,
    #[serde(rename = "configuration", skip_serializing_if = "Option::is_none")]
    configuration: Option<ListingConfiguration>,
    #[serde(rename = "pricing", skip_serializing_if = "Option::is_none")]
    pricing: Option<ListingPricing>,
    #[serde(rename = "url", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingButton {
    #[serde(rename = "url", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(rename = "label", skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(rename = "help_text", skip_serializing_if = "Option::is_none")]
    help_text: Option<String>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingCodeSample {
    #[serde(rename = "title", skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(rename = "description", skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(rename = "code", skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingConfiguration {
    #[serde(rename = "buttons", skip_serializing_if = "Option::is_none")]
    buttons: Option<Vec<ListingButton>>,
    #[serde(rename = "notification_configuration", skip_serializing_if = "Option::is_none")]
    notification_configuration: Option<ListingNotificationConfiguration>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingDescription {
    #[serde(rename = "body", skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(rename = "highlights", skip_serializing_if = "Option::is_none")]
    highlights: Option<Vec<ListingHighlight>>,
    #[serde(rename = "code_samples", skip_serializing_if = "Option::is_none")]
    code_samples: Option<Vec<ListingCodeSample>>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingDocumentation {
    #[serde(rename = "body", skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingHighlight {
    #[serde(rename = "title", skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(rename = "description", skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingList {
    #[serde(rename = "listings")]
    listings: Vec<ListingSummary>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingModuleInfo {
    #[serde(rename = "name", skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(rename = "short_description", skip_serializing_if = "Option::is_none")]
    short_description: Option<String>,
    #[serde(rename = "tagline", skip_serializing_if = "Option::is_none")]
    tagline: Option<String>,
    #[serde(rename = "tag", skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
    #[serde(rename = "logo_url", skip_serializing_if = "Option::is_none")]
    logo_url: Option<String>,
    #[serde(rename = "logo_bg_color_hex", skip_serializing_if = "Option::is_none")]
    logo_bg_color_hex: Option<String>,
    #[serde(rename = "provider_name", skip_serializing_if = "Option::is_none")]
    provider_name: Option<String>,
    #[serde(rename = "provider_web_url", skip_serializing_if = "Option::is_none")]
    provider_web_url: Option<String>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingNotificationConfiguration {
    #[serde(rename = "callback_url", skip_serializing_if = "Option::is_none")]
    callback_url: Option<String>,
    #[serde(rename = "notification_events", skip_serializing_if = "Option::is_none")]
    notification_events: Option<Vec<String>>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingPolicies {
    #[serde(rename = "privacy", skip_serializing_if = "Option::is_none")]
    privacy: Option<String>,
    #[serde(rename = "legal", skip_serializing_if = "Option::is_none")]
    legal: Option<String>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingPricing {
    #[serde(rename = "body", skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingSummary {
    #[serde(rename = "tag", skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
    #[serde(rename = "tagline", skip_serializing_if = "Option::is_none")]
    tagline: Option<String>,
    #[serde(rename = "logo_url", skip_serializing_if = "Option::is_none")]
    logo_url: Option<String>,
    #[serde(rename = "logo_bg_color_hex", skip_serializing_if = "Option::is_none")]
    logo_bg_color_hex: Option<String>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ListingSupport {
    #[serde(rename = "customer_support_email", skip_serializing_if = "Option::is_none")]
    customer_support_email: Option<String>,
    #[serde(rename = "customer_support_phone", skip_serializing_if = "Option::is_none")]
    customer_support_phone: Option<String>,
    #[serde(rename = "support_description", skip_serializing_if = "Option::is_none")]
    support_description: Option<String>,
    #[serde(rename = "billing_email", skip_serializing_if = "Option::is_none")]
    billing_email: Option<String>,
    #[serde(rename = "billing_phone", skip_serializing_if = "Option::is_none")]
    billing_phone: Option<String>,
    #[serde(rename = "technical_email", skip_serializing_if = "Option::is_none")]
    technical_email: Option<String>,
    #[serde(rename = "technical_phone", skip_serializing_if = "Option::is_none")]
    technical_phone: Option<String>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct PageMeta {
    #[serde(rename = "key", skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(rename = "first_page_url", skip_serializing_if = "Option::is_none")]
    first_page_url: Option<String>,
    #[serde(rename = "next_page_url", skip_serializing_if = "Option::is_none")]
    next_page_url: Option<String>,
    #[serde(rename = "previous_page_url", skip_serializing_if = "Option::is_none")]
    previous_page_url: Option<String>,
    #[serde(rename = "page", skip_serializing_if = "Option::is_none")]
    page: Option<i64>,
    #[serde(rename = "page_size", skip_serializing_if = "Option::is_none")]
    page_size: Option<i64>,
    #[serde(rename = "url", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct ReferralConversion {
    #[serde(rename = "converted_account_sid")]
    converted_account_sid: AccountSid,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct UsageReport {
    #[serde(rename = "total_submitted", skip_serializing_if = "Option::is_none")]
    total_submitted: Option<Amount>,
    #[serde(rename = "billable_items", skip_serializing_if = "Option::is_none")]
    billable_items: Option<Vec<BilledItem>>,
}

/// Hands every type and its twin to a macro.
macro_rules! every_type {
    ($each:ident) => {
        vec![
            $each!(AddOnResult),
            $each!(AddOnResultList),
            $each!(AddOnResultPayload),
            $each!(AddOnResultPayloadData),
            $each!(AddOnResultPayloadList),
            $each!(AddOnResultStatus),
            $each!(AssignedAddOn),
            $each!(AssignedAddOnExtension),
            $each!(AssignedAddOnExtensionList),
            $each!(AssignedAddOnList),
            $each!(AvailableAddOn),
            $each!(AvailableAddOnExtension),
            $each!(AvailableAddOnExtensionList),
            $each!(AvailableAddOnList),
            $each!(BillableItem),
            $each!(BilledItem),
            $each!(ErrorEnvelope),
            $each!(InstalledAddOn),
            $each!(InstalledAddOnExtension),
            $each!(InstalledAddOnExtensionList),
            $each!(InstalledAddOnList),
            $each!(Listing),
            $each!(ListingButton),
            $each!(ListingCodeSample),
            $each!(ListingConfiguration),
            $each!(ListingDescription),
            $each!(ListingDocumentation),
            $each!(ListingHighlight),
            $each!(ListingList),
            $each!(ListingModuleInfo),
            $each!(ListingNotificationConfiguration),
            $each!(ListingPolicies),
            $each!(ListingPricing),
            $each!(ListingSummary),
            $each!(ListingSupport),
            $each!(PageMeta),
            $each!(ReferralConversion),
            $each!(UsageReport),
        ]
    };
}

pub(super) use every_type;
