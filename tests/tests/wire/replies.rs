//! Replies that are more than a resource in its documented form: lenient where nothing is lost, strict about
//! identity.

use generated_client::choices::AcceptTermsOfService;
use generated_client::types::{AddOnResultStatus, ListingModuleInfo, UsageReport};
use generated_client::{Acceptance, Client, ErrorKind, Receipt, Update};
use serde_json::{Value, json};
use tests::{Document, Reply};

use crate::support::{AC, PN, RE, XB, XE, XF, XH, XR, always, chain, client, json as answer, only};

/// The document's example of an operation's success, to be changed.
fn example(operation: &str) -> Value {
    let document = Document::read().unwrap();
    let (_, answer) = document.operation(operation).unwrap().success().unwrap();
    answer.body.clone().unwrap().example.unwrap()
}

#[tokio::test]
async fn an_update_that_changes_nothing_is_a_value() {
    let server = always(Reply::status(304));
    let update = client(&server).listing(XB).update();
    let update = update
        .module_info(&ListingModuleInfo::new().name("N"))
        .await
        .unwrap();
    assert_eq!(*update, Update::NotModified);
    assert_eq!(update.status().as_u16(), 304);

    let server = answer(&example("UpdateListing").to_string());
    let update = client(&server).listing(XB).update();
    let update = update
        .module_info(&ListingModuleInfo::new().name("N"))
        .await
        .unwrap();
    assert!(update.is_modified());
    assert_eq!(update.value().unwrap().sid, XB);
}

#[tokio::test]
async fn a_304_where_the_document_has_none_is_an_error() {
    let server = always(Reply::status(304));
    let error = client(&server).listing(XB).fetch().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(error.status().unwrap().as_u16(), 304);
}

async fn report(client: Client) -> Receipt<UsageReport> {
    let item = generated_client::types::BillableItem::new("BI1", "1".parse().unwrap());
    client
        .installed_add_on(XE)
        .usage()
        .report([item])
        .await
        .unwrap()
}

#[tokio::test]
async fn a_usage_report_may_be_accepted_without_a_word() {
    for body in ["", " \r\n"] {
        let server = always(Reply::status(202).body(body));
        assert_eq!(*report(client(&server)).await, Acceptance::AcceptedEmpty);
    }
}

#[tokio::test]
async fn a_usage_report_tells_what_was_not_submitted() {
    let server = always(Reply::json(202, example("ReportUsage").to_string()));
    let accepted = report(client(&server)).await.into_inner();
    let Acceptance::Accepted(report) = accepted else {
        panic!("{accepted:?}");
    };
    let submitted: Vec<_> = report
        .billable_items
        .unwrap()
        .into_iter()
        .map(|item| (item.quantity.unwrap().to_string(), item.submitted))
        .collect();
    assert_eq!(
        submitted,
        [
            ("12.355".to_owned(), Some(true)),
            ("44.02".to_owned(), Some(false))
        ]
    );
}

#[tokio::test]
async fn amounts_in_a_reply_keep_every_digit() {
    let body = r#"{"total_submitted": 12345678901234567890.123456789,
        "billable_items": [{"sid": "BI1", "quantity": 1.10}, {"sid": "BI2", "quantity": "0.1"}]}"#;
    let server = always(Reply::json(202, body));
    let report = report(client(&server))
        .await
        .into_inner()
        .into_value()
        .unwrap();
    assert_eq!(
        report.total_submitted.unwrap().to_string(),
        "12345678901234567890.123456789"
    );
    let quantities: Vec<_> = report
        .billable_items
        .unwrap()
        .iter()
        .map(|item| item.quantity.unwrap().to_string())
        .collect();
    assert_eq!(quantities, ["1.10", "0.1"]);
}

#[tokio::test]
async fn a_referral_tells_converted_from_taken_in() {
    let body = example("CreateReferralConversion").to_string();
    for (reply, completed, told) in [
        (Reply::json(200, body.as_str()), true, true),
        (Reply::json(202, body.as_str()), false, true),
        (Reply::status(202), false, false),
    ] {
        let server = always(reply);
        let conversion = client(&server)
            .referral_conversion()
            .create(AC)
            .await
            .unwrap();
        assert_eq!(conversion.is_completed(), completed);
        assert_eq!(conversion.value().is_some(), told);
    }
}

#[tokio::test]
async fn a_deletion_needs_no_body_and_minds_none() {
    for reply in [
        Reply::status(204),
        Reply::status(204).header("content-type", "text/html"),
    ] {
        let server = always(reply);
        let client = client(&server);
        client.installed_add_on(XE).delete().await.unwrap();
        client
            .incoming_phone_number(PN)
            .assigned_add_on(XE)
            .unassign()
            .await
            .unwrap();
        let result = client.recording(RE).add_on_result(XR);
        result.delete().await.unwrap();
        result.payload(XH).delete().await.unwrap();
        assert_eq!(server.requests().len(), 4);
    }
}

#[tokio::test]
async fn a_redirect_is_a_value_and_is_not_followed() {
    let elsewhere = answer("{}");
    let location = format!("{}/signed?signature=1", elsewhere.url());
    let body = json!({"redirect_to": location}).to_string();
    let server = always(Reply::json(307, body).header("location", location.as_str()));
    let data = client(&server)
        .recording(RE)
        .add_on_result(XR)
        .payload(XH)
        .data();
    let found = data.fetch().await.unwrap();
    assert_eq!(found.redirect_to.as_deref(), Some(location.as_str()));
    assert_eq!(found.headers()["location"], location.as_str());
    assert_eq!(found.status().as_u16(), 307);
    only(&server);
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_redirect_where_the_document_has_none_is_an_error_and_is_not_followed() {
    let elsewhere = answer(&example("FetchListing").to_string());
    for status in [301, 302, 303, 307, 308] {
        let server = always(Reply::status(status).header("location", elsewhere.url()));
        let error = client(&server).listing(XB).fetch().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedStatus, "{status}");
        let error = client(&server)
            .installed_add_ons()
            .create(XB, AcceptTermsOfService::Yes)
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn unknown_members_lose_nothing() {
    let mut body = example("FetchInstalledAddOnExtension");
    body["brand_new"] = json!({"deep": [1, {"x": null}]});
    let server = answer(&body.to_string());
    let extension = client(&server)
        .installed_add_on(XE)
        .extension(XF)
        .fetch()
        .await
        .unwrap();
    assert_eq!(extension.sid, XF);
    assert_eq!(extension.unique_name.as_deref(), Some("voice-incoming"));
}

#[tokio::test]
async fn unknown_members_of_an_open_type_are_kept() {
    let mut body = example("ListListings");
    body["listings"][0]["sid"] = json!("XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
    let server = answer(&body.to_string());
    let listings = client(&server).listings().list().await.unwrap();
    assert_eq!(
        listings.listings[0].extra["sid"],
        "XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
    );
}

#[tokio::test]
async fn an_unknown_enum_value_is_kept() {
    let mut body = example("FetchAddOnResult");
    for (text, wanted) in [
        ("in-progress", AddOnResultStatus::InProgress),
        ("paused", AddOnResultStatus::Other("paused".into())),
        ("", AddOnResultStatus::Other("".into())),
    ] {
        body["status"] = json!(text);
        let server = answer(&body.to_string());
        let result = client(&server)
            .recording(RE)
            .add_on_result(XR)
            .fetch()
            .await
            .unwrap();
        let status = result.into_inner().status.unwrap();
        assert_eq!(status, wanted);
        assert_eq!(status.as_str(), text);
    }
}

#[tokio::test]
async fn a_bad_date_loses_no_reply() {
    let mut body = example("FetchInstalledAddOn");
    for date in ["", "yesterday", "2026-13-45T00:00:00Z", "0000-00-00"] {
        body["date_created"] = json!(date);
        let server = answer(&body.to_string());
        let add_on = client(&server)
            .installed_add_on(XE)
            .fetch()
            .await
            .unwrap()
            .into_inner();
        let created = add_on.date_created.unwrap();
        assert_eq!(created.as_str(), date);
        assert_eq!(created.unix_seconds(), None);
        assert!(add_on.date_updated.unwrap().unix_seconds().is_some());
    }
}

#[tokio::test]
async fn dates_of_both_hosts_are_the_same_instant() {
    let marketplace = answer(&example("FetchInstalledAddOn").to_string());
    let api = answer(&example("FetchAssignedAddOn").to_string());
    let one = client(&marketplace)
        .installed_add_on(XE)
        .fetch()
        .await
        .unwrap();
    let two = client(&api)
        .incoming_phone_number(PN)
        .assigned_add_on(XE)
        .fetch()
        .await
        .unwrap();
    assert_ne!(
        one.date_created.as_ref().unwrap().as_str(),
        two.date_created.as_ref().unwrap().as_str()
    );
    assert_eq!(one.date_created, two.date_created);
    assert!(one.date_created.as_ref().unwrap().unix_seconds().is_some());
}

#[tokio::test]
async fn a_sid_of_the_wrong_kind_is_an_error_that_says_where() {
    let mut body = example("FetchInstalledAddOn");
    body["sid"] = json!(XB);
    let text = body.to_string();
    let server = answer(&text);
    let error = client(&server)
        .installed_add_on(XE)
        .fetch()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let told = chain(&error);
    assert!(
        told.contains("returns: sid: ") && told.contains("`XE`"),
        "{told}"
    );
    let place = format!(
        "line 1 column {}",
        text.find(&format!("\"{XB}\"")).unwrap() + 1
    );
    assert!(told.contains(&place), "{told}, not {place}");
    assert_eq!(error.body(), Some(text.as_bytes()));
}

#[tokio::test]
async fn a_missing_identity_is_an_error_that_names_the_member() {
    let mut body = example("FetchInstalledAddOn");
    body.as_object_mut().unwrap().remove("account_sid");
    let server = answer(&body.to_string());
    let error = client(&server)
        .installed_add_on(XE)
        .fetch()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(
        error.to_string().contains(" account_sid: missing,"),
        "{error}"
    );
}

#[tokio::test]
async fn a_reply_that_is_no_json_keeps_its_status_and_body() {
    for body in ["", "<html>sign in</html>", "{\"sid\":"] {
        let server = always(
            Reply::status(200)
                .header("twilio-request-id", "RQ7")
                .body(body),
        );
        let error = client(&server).listing(XB).fetch().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body:?}");
        assert_eq!(error.status().unwrap().as_u16(), 200);
        assert_eq!(error.request_id(), Some("RQ7"));
        assert_eq!(error.body(), Some(body.as_bytes()));
    }
}

#[tokio::test]
async fn a_created_resource_whose_reply_cannot_be_read_has_an_unknown_outcome() {
    let server = always(Reply::json(201, "{}"));
    let error = client(&server)
        .installed_add_ons()
        .create(XB, AcceptTermsOfService::Yes)
        .await
        .unwrap_err();
    assert!(
        error.is_outcome_unknown() && !error.is_retryable(),
        "{error}"
    );
    only(&server);
}

#[tokio::test]
async fn a_reply_beyond_the_limit_is_an_error_that_keeps_the_status() {
    let server = answer(&json!({"filler": "x".repeat(1000)}).to_string());
    let client = crate::support::builder()
        .base_urls(server.url())
        .reply_limit(100)
        .build()
        .unwrap();
    let error = client.listing(XB).fetch().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.status().unwrap().as_u16(), 200);
}
