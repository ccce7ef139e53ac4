//! What a call's arguments become in the request.

use std::collections::HashMap;
use std::time::Duration;

use generated_client::choices::AcceptTermsOfService;
use generated_client::types::{BillableItem, ListingDescription};
use generated_client::{AccountSid, ErrorKind, Host, PageSize, Quantity};
use reqwest::Method;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, HeaderValue, USER_AGENT,
};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tests::{Document, Recorded, Reply, Server};

use crate::support::{AC, PN, XB, XE, XF, always, builder, client, only};

/// A server that answers with the document's example of an operation's success.
fn answering(operation: &str) -> Server {
    let document = Document::read().unwrap();
    let (status, answer) = document.operation(operation).unwrap().success().unwrap();
    let body = answer.body.clone().unwrap().example.unwrap();
    always(Reply::json(status, body.to_string()))
}

fn field(request: &Recorded, name: &str) -> String {
    let fields: HashMap<String, String> = request.form().into_iter().collect();
    fields[name].clone()
}

#[tokio::test]
async fn json_inside_a_form_field_is_encoded_exactly_once() {
    let nasty = json!({
        "quotes": "say \"hi\" \\ 'there'",
        "unicode": "Grüße, 東京 🎉",
        "reserved": "a&b=c+d%20e%",
        "nested": {"list": [1, 2.5, true, null, "{\"a\":1}"]},
        "line\nbreak": "\u{0}\t",
    });
    let server = answering("CreateInstalledAddOn");
    let create = client(&server)
        .installed_add_ons()
        .create(XB, AcceptTermsOfService::Yes);
    create
        .configuration(&nasty)
        .unique_name("a&b=c+d%20é \"x\"")
        .await
        .unwrap();
    let sent = only(&server);
    // One decoding of the form gives the JSON text, and one decoding of that gives the value.
    let text = field(&sent, "Configuration");
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), nasty);
    assert_eq!(text, nasty.to_string());
    assert_eq!(field(&sent, "UniqueName"), "a&b=c+d%20é \"x\"");
    assert_eq!(sent.form().len(), 4);
}

#[tokio::test]
async fn json_that_is_text_already_is_sent_as_it_is() {
    let server = answering("UpdateInstalledAddOn");
    let text = r#"{ "b": 1.10,  "a": [ ] }"#;
    let json: &RawValue = serde_json::from_str(text).unwrap();
    let update = client(&server).installed_add_on(XE).update();
    update.configuration(json).await.unwrap();
    assert_eq!(field(&only(&server), "Configuration"), text);
}

#[tokio::test]
async fn a_part_of_a_listing_is_one_json_text_without_what_is_not_set() {
    let server = answering("UpdateListing");
    let mut description = ListingDescription::new().body("50% off & more");
    description.extra.insert(
        "video".to_owned(),
        json!({"url": "https://a.test/?a=1&b=2"}),
    );
    client(&server)
        .listing(XB)
        .update()
        .description(&description)
        .await
        .unwrap();
    let sent = only(&server);
    assert_eq!(
        sent.form(),
        [(
            "Description".to_owned(),
            r#"{"body":"50% off & more","video":{"url":"https://a.test/?a=1&b=2"}}"#.to_owned()
        )]
    );
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    let server = answering("CreateListing");
    client(&server).listings().create().await.unwrap();
    let sent = only(&server);
    assert_eq!(sent.body, b"");
    assert_eq!(sent.header("content-length"), Some("0"));
    assert_eq!(
        sent.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
}

#[tokio::test]
async fn a_value_that_is_no_json_is_refused_before_anything_is_sent() {
    let server = answering("CreateInstalledAddOn");
    let keys_are_no_text = HashMap::from([((1, 2), 3)]);
    let create = client(&server)
        .installed_add_ons()
        .create(XB, AcceptTermsOfService::Yes);
    let error = create.configuration(&keys_are_no_text).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains("Configuration"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn booleans_are_true_and_false() {
    for (enabled, body) in [(true, "Enabled=true"), (false, "Enabled=false")] {
        let server = answering("UpdateInstalledAddOnExtension");
        let extension = client(&server).installed_add_on(XE).extension(XF);
        match enabled {
            true => extension.enable().await.unwrap(),
            false => extension.disable().await.unwrap(),
        };
        assert_eq!(only(&server).text(), body);
    }
    for (accepted, sent) in [
        (AcceptTermsOfService::Yes, "=true"),
        (AcceptTermsOfService::No, "=false"),
        (true.into(), "=true"),
        (false.into(), "=false"),
    ] {
        let server = answering("CreateInstalledAddOn");
        let create = client(&server).installed_add_ons().create(XB, accepted);
        create.await.unwrap();
        let body = format!("AvailableAddOnSid={XB}&AcceptTermsOfService{sent}");
        assert_eq!(only(&server).text(), body);
    }
}

#[tokio::test]
async fn a_quantity_is_sent_digit_by_digit() {
    for digits in [
        "1.10",
        "0.1",
        "44.02",
        "3",
        "1000000",
        "0.000000000001",
        "12345678901234567890.123456789",
    ] {
        let server = always(Reply::status(202));
        let item = BillableItem::new("BI \"1\"", digits.parse().unwrap());
        let report = client(&server)
            .installed_add_on(XE)
            .usage()
            .report(vec![item]);
        assert!(report.await.unwrap().value().is_none());
        let sent = only(&server);
        let wanted = format!(r#"{{"billable_items":[{{"sid":"BI \"1\"","quantity":{digits}}}]}}"#);
        assert_eq!(sent.text(), wanted);
        assert_eq!(sent.header("content-type"), Some("application/json"));
    }
}

#[tokio::test]
async fn a_credit_is_a_negative_number() {
    let server = always(Reply::status(202));
    let credit = Quantity::credit("2.50".parse().unwrap()).unwrap();
    let report = client(&server)
        .installed_add_on(XE)
        .usage()
        .report([BillableItem::new("BI", credit)]);
    let _accepted = report.await.unwrap();
    assert_eq!(
        only(&server).text(),
        r#"{"billable_items":[{"sid":"BI","quantity":-2.50}]}"#
    );
}

#[tokio::test]
async fn a_page_token_keeps_its_reserved_characters() {
    let server = answering("ListInstalledAddOns");
    let token = "PA/?&=+# %é\"";
    client(&server)
        .installed_add_ons()
        .list()
        .page_token(token)
        .await
        .unwrap();
    let sent = only(&server);
    assert_eq!(
        sent.query.as_deref(),
        Some("PageToken=PA%2F%3F%26%3D%2B%23+%25%C3%A9%22")
    );
    assert_eq!(
        sent.query_pairs(),
        [("PageToken".to_owned(), token.to_owned())]
    );
}

#[tokio::test]
async fn a_page_size_outside_its_bounds_cannot_be_had() {
    for size in [i64::MIN, -1, 0, 1001, i64::MAX] {
        let error = PageSize::new(size).unwrap_err().to_string();
        assert!(error.contains(&size.to_string()), "{error}");
        assert!(error.contains("1000"), "{error}");
    }
    assert_eq!(PageSize::try_from(7).unwrap().get(), 7);
}

#[tokio::test]
async fn another_account_stands_in_the_path_and_the_credentials_stay() {
    let server = answering("ListAssignedAddOns");
    let client = client(&server);
    let other = client.for_account("ACdddddddddddddddddddddddddddddddd".parse().unwrap());
    other
        .incoming_phone_number(PN)
        .assigned_add_ons()
        .list()
        .await
        .unwrap();
    client
        .incoming_phone_number(PN)
        .assigned_add_ons()
        .list()
        .await
        .unwrap();
    assert_eq!(client.account_sid(), AC);
    let requests = server.requests();
    let [one, two] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    let path = |account: &str| {
        format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{PN}/AssignedAddOns.json")
    };
    assert_eq!(one.path, path("ACdddddddddddddddddddddddddddddddd"));
    assert_eq!(two.path, path(AC.as_str()));
    assert_eq!(one.header("authorization"), two.header("authorization"));
}

#[tokio::test]
async fn a_base_urls_own_path_stands_before_every_request() {
    let server = answering("FetchListing");
    let client = builder()
        .base_urls(format!("{}/twilio/", server.url()))
        .build()
        .unwrap();
    client.listing(XB).fetch().await.unwrap();
    assert_eq!(only(&server).path, format!("/twilio/v1/Listing/{XB}"));
}

#[tokio::test]
async fn a_header_of_a_call_is_sent_with_that_call_only() {
    let server = answering("FetchListing");
    let listing = client(&server).listing(XB);
    let name = HeaderName::from_static("x-trace");
    listing
        .fetch()
        .header(name, HeaderValue::from_static("7"))
        .await
        .unwrap();
    listing.fetch().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("x-trace"), Some("7"));
    assert_eq!(requests[1].header("x-trace"), None);
    assert_eq!(requests[0].headers.len(), requests[1].headers.len() + 1);
}

#[tokio::test]
async fn a_call_cannot_change_the_headers_that_the_client_answers_for() {
    let server = answering("FetchListing");
    let listing = client(&server).listing(XB);
    for name in [AUTHORIZATION, ACCEPT, CONTENT_TYPE, HOST] {
        let fetch = listing
            .fetch()
            .header(name.clone(), HeaderValue::from_static("x"));
        let error = fetch.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().contains(name.as_str()), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_user_agent_can_be_added_to() {
    let server = answering("FetchListing");
    let client = builder()
        .base_urls(server.url())
        .user_agent("my-app/1.2")
        .build()
        .unwrap();
    client.listing(XB).fetch().await.unwrap();
    let wanted = concat!(
        "generated-client/",
        env!("CARGO_PKG_VERSION"),
        " my-app/1.2"
    );
    assert_eq!(only(&server).header(USER_AGENT.as_str()), Some(wanted));
}

#[tokio::test]
async fn a_calls_timeout_counts_instead_of_the_clients() {
    let server = answering("FetchListing");
    let client = builder()
        .base_urls(server.url())
        .timeout(Duration::from_millis(1))
        .build()
        .unwrap();
    // The client's own limit ends a call or does not, as fast as this machine is; the call's never does.
    for _ in 0..8 {
        let fetch = client.listing(XB).fetch().timeout(Duration::from_secs(60));
        assert_eq!(fetch.await.unwrap().sid, XB);
    }
}

#[tokio::test]
async fn a_server_that_never_answers_ends_in_a_timeout() {
    // Connections are made by the system; nobody ever reads from this one.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let client = builder().base_urls(url).build().unwrap();
    let fetch = client
        .listing(XB)
        .fetch()
        .timeout(Duration::from_millis(20));
    let error = fetch.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(error.operation(), Some("FetchListing"));
}

#[tokio::test]
async fn nobody_at_the_address_is_an_error_of_its_own() {
    let gone = {
        let server = Server::start(|_| Reply::status(200)).unwrap();
        server.url().to_owned()
    };
    let client = builder().base_urls(gone).build().unwrap();
    let error = client
        .installed_add_ons()
        .create(XB, AcceptTermsOfService::Yes)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.is_retryable() && !error.is_outcome_unknown());
}

/// On the Marketplace host a SID in the path is that of a thing: the call would act on the account of the credentials.
#[tokio::test]
async fn no_raw_request_to_the_marketplace_acts_for_another_account() {
    let server = always(Reply::json(200, "{}"));
    let other: AccountSid = "ACdddddddddddddddddddddddddddddddd".parse().unwrap();
    let client = client(&server).for_account(other);
    for path in [
        "/v1/InstalledAddOns".to_owned(),
        format!("/v1/InstalledAddOns/{other}"),
        format!("/v1/Accounts/{other}/InstalledAddOns"),
        format!("/2010-04-01/Accounts/{other}/Recordings.json"),
    ] {
        for request in [
            client.request(Host::Marketplace, Method::POST, path.as_str()),
            client.request_link(Host::Marketplace, path.as_str()),
        ] {
            let error = request.bytes().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request, "{path}");
        }
    }
    assert_eq!(server.requests(), []);
    let path = format!("/2010-04-01/Accounts/{other}/Recordings.json");
    let request = client.request(Host::Api, Method::GET, path.as_str());
    request.bytes().await.unwrap();
    assert_eq!(server.requests().len(), 1);
}
