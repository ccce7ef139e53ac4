//! What was passed over in a response can be found wherever the response is read, and never shows a value.

use generated_client::{Client, Credentials, Error, ErrorKind, Host, Skipped};
use serde_json::{Value, json};
use tests::{Document, Reply, Server};

use crate::support::{XB, XE, always, client, json as answer};

fn example(operation: &str) -> Value {
    let document = Document::read().unwrap();
    let (_, answer) = document.operation(operation).unwrap().success().unwrap();
    answer.body.clone().unwrap().example.unwrap()
}

fn paths(skipped: &[Skipped]) -> Vec<&str> {
    skipped.iter().map(Skipped::path).collect()
}

/// A server with these pages. Each but the last links to the next, unless it says itself what follows.
fn pages(pages: Vec<Value>) -> Server {
    Server::start(move |request| {
        let query = request.query.clone().unwrap_or_default();
        let index: usize = query
            .strip_prefix("Page=")
            .map_or(0, |page| page.parse().unwrap());
        let mut page = pages[index].clone();
        if page.get("meta").is_none() && index + 1 < pages.len() {
            let next = format!("/v1/InstalledAddOns?Page={}", index + 1);
            page["meta"] = json!({ "next_page_url": next });
        }
        Reply::json(200, page.to_string())
    })
    .unwrap()
}

fn item() -> Value {
    example("ListInstalledAddOns")["installed_add_ons"][0].clone()
}

fn odd_item() -> Value {
    let mut item = item();
    item["links"] = json!({"extensions": "/x", "s3cret": null});
    item["date_created"] = json!({"api_key": "s3cret"});
    item
}

#[tokio::test]
async fn a_response_lists_path_and_reason_and_no_value() {
    let mut body = example("FetchInstalledAddOn");
    body["links"] = json!({"extensions": null, "other": "/x"});
    body["date_created"] = json!({"api_key": "s3cret"});
    let server = answer(&body.to_string());
    let add_on = client(&server).installed_add_on(XE).fetch().await.unwrap();
    assert_eq!(add_on.sid, XE);
    assert_eq!(add_on.date_created, None);
    assert_eq!(add_on.links.as_ref().unwrap().len(), 1);
    let mut listed: Vec<String> = add_on.skipped().iter().map(ToString::to_string).collect();
    listed.sort();
    assert_eq!(listed.len(), 2);
    assert!(
        listed[0].starts_with("date_created: expected "),
        "{listed:?}"
    );
    assert!(listed[0].ends_with(", found an object"), "{listed:?}");
    assert_eq!(listed[1], "links.extensions: expected a string, found null");
    assert!(!format!("{:?}", add_on.skipped()).contains("s3cret"));
    let mapped = add_on.map(|add_on| add_on.sid);
    assert_eq!(mapped.skipped().len(), 2);
}

#[tokio::test]
async fn a_server_that_echoes_the_secret_as_a_key_does_not_get_it_into_the_list() {
    let client = |server: &Server| {
        let account = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".parse().unwrap();
        let token = "0123456789abcdef0123456789abcdef";
        Client::builder(Credentials::auth_token(account, token))
            .base_urls(server.url())
            .build()
            .unwrap()
    };
    let mut body = example("FetchInstalledAddOn");
    body["links"] = json!({"0123456789abcdef0123456789abcdef": null});
    let server = answer(&body.to_string());
    let add_on = client(&server).installed_add_on(XE).fetch().await.unwrap();
    let listed = format!("{:?}", add_on.skipped());
    assert!(listed.contains("links.[credentials]"), "{listed}");
    assert!(!listed.contains("0123456789abcdef"), "{listed}");
}

#[tokio::test]
async fn a_walk_over_items_shows_what_was_passed_over_on_their_page_and_on_empty_ones_before() {
    let server = pages(vec![
        json!({"installed_add_ons": [item(), odd_item()]}),
        json!({"installed_add_ons": [item()]}),
        json!({"installed_add_ons": [], "meta": {"page": "x", "next_page_url": "/v1/InstalledAddOns?Page=3"}}),
        json!({"installed_add_ons": [odd_item()]}),
    ]);
    let mut items = client(&server).installed_add_ons().list().all_items();
    let odd = |index: usize| {
        ["date_created", "links.s3cret"].map(|path| format!("installed_add_ons[{index}].{path}"))
    };
    let sorted = |skipped: &[Skipped]| {
        let mut paths: Vec<String> = paths(skipped).into_iter().map(str::to_owned).collect();
        paths.sort();
        paths
    };
    assert!(items.skipped().is_empty());
    for wanted in [
        odd(1).to_vec(),
        odd(1).to_vec(),
        vec![],
        [odd(0).to_vec(), vec!["meta.page".to_owned()]].concat(),
    ] {
        items.next().await.unwrap().unwrap();
        assert_eq!(sorted(items.skipped()), wanted);
    }
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_list_never_ends_early_without_an_error() {
    for odd in [
        json!({"next_page_url": 7}),
        json!({"next_page_url": ["/v1/InstalledAddOns?Page=1"]}),
        json!({"next_page_url": {}}),
        json!({"next_page_url": true}),
        json!([]),
        json!("x"),
    ] {
        let server = pages(vec![
            json!({"installed_add_ons": [item()], "meta": odd}),
            json!({"installed_add_ons": [item()]}),
        ]);
        let mut items = client(&server).installed_add_ons().list().all_items();
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{odd}");
        assert!(error.to_string().contains(" meta"), "{error}");
        assert!(items.next().await.is_none());
    }
    for end in [json!(null), json!({}), json!({"next_page_url": null})] {
        let server = pages(vec![json!({"installed_add_ons": [item()], "meta": end})]);
        let mut items = client(&server).installed_add_ons().list().all_items();
        assert!(items.next().await.unwrap().is_ok());
        assert!(items.next().await.is_none());
    }
}

#[tokio::test]
async fn an_odd_billing_result_is_an_error_whose_outcome_is_unknown() {
    for odd in [
        r#"{"billable_items":[{"sid":"BI1","quantity":1,"submitted":"yes"}]}"#,
        r#"{"billable_items":[{"sid":"BI1","quantity":"much","submitted":true}]}"#,
        r#"{"billable_items":[null]}"#,
        r#"{"billable_items":{}}"#,
        r#"{"total_submitted":1,"total_submitted":2}"#,
    ] {
        let server = always(Reply::json(202, odd));
        let item = generated_client::types::BillableItem::new("BI1", "1".parse().unwrap());
        let report = client(&server).installed_add_on(XE).usage().report([item]);
        let error = report.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{odd}");
        assert!(error.is_outcome_unknown(), "{error}");
    }
}

#[tokio::test]
async fn a_raw_request_names_the_path_too() {
    #[derive(Debug, serde::Deserialize)]
    #[allow(dead_code, reason = "only read")]
    struct Thing {
        name: String,
        kind: Option<Kind>,
    }
    #[derive(Debug, serde::Deserialize)]
    enum Kind {
        One,
    }
    let told = async |body: &str| {
        let server = answer(body);
        let request = client(&server).request(Host::Api, reqwest::Method::GET, "/x");
        let error: Error = request.json_reply::<Vec<Thing>>().await.unwrap_err();
        error.to_string()
    };
    for (body, wanted) in [
        (
            r#"[{"name":"n"},{"name":7}]"#,
            "returns: [1].name: expected a string, found integer, at",
        ),
        (
            r#"[{"name":"n"},{"kind":null}]"#,
            "returns: [1]: missing field `name`, at",
        ),
        (
            r#"[{"name":"n","kind":"s3cret"}]"#,
            "returns: [0].kind: expected `One`, found another, at",
        ),
        (
            r#"[{"name":"n"},{"kind":"#,
            "returns: [1].kind: the JSON ends before it is complete, at",
        ),
    ] {
        let told = told(body).await;
        assert!(told.contains(wanted), "{told}, not {wanted}");
    }
}

#[tokio::test]
async fn what_takes_too_much_memory_is_an_error_that_says_so() {
    let hostile = format!("[{}0]", "{\"\":0},".repeat(200_000));
    let mut body = example("FetchAvailableAddOn");
    body["configuration_schema"] = json!({"x": "here"});
    let body = body.to_string().replace("\"here\"", &hostile);
    let server = answer(&body);
    let error = client(&server)
        .available_add_on(XB)
        .fetch()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(
        error
            .to_string()
            .contains("configuration_schema: decoding it would take more than 16 times"),
        "{error}"
    );
    let server = answer(&hostile);
    let request = client(&server).request(Host::Api, reqwest::Method::GET, "/x");
    let error = request.json_reply::<Value>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    let details = format!(
        r#"{{"details":{{"x":[{}0]}},"code":20404,"message":"gone"}}"#,
        "{\"\":0},".repeat(9_000)
    );
    let server = always(Reply::json(404, details));
    let error = client(&server)
        .available_add_on(XB)
        .fetch()
        .await
        .unwrap_err();
    assert_eq!((error.code(), error.message()), (Some(20404), Some("gone")));
    assert!(error.details().is_none());
}
