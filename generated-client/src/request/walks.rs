//! Raw requests that walk a list, and those for a link that the server gave.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::ErrorKind;
use crate::runtime::loopback::{Loopback, reply};

fn page(body: &Value) -> Vec<u8> {
    reply("200 OK", "", &body.to_string())
}

fn list(server: &Loopback) -> RawRequest {
    server
        .client()
        .request(Host::Marketplace, Method::GET, "/v1/New%20Things")
        .query("Name", "a b&c=%20")
}

const FIRST: &str = "GET /v1/New%20Things?Name=a+b%26c%3D%2520 HTTP/1.1";

#[tokio::test]
async fn both_styles_of_links_are_walked_and_queries_are_encoded_once() {
    let link = "/v1/New%20Things?Name=a+b%26c%3D%2520&Page=1&PageToken=PT%2F1";
    let full = format!("https://marketplace.twilio.com{link}");
    for (first, last) in [
        (
            json!({"things": [1, 2], "meta": {"page": 0, "page_size": 2, "key": "things", "next_page_url": full}}),
            json!({"meta": {"next_page_url": null}, "things": [3]}),
        ),
        (
            json!({"next_page_uri": link, "things": [1, 2], "page": 0, "page_size": 2, "uri": "/x"}),
            json!({"next_page_uri": "", "things": [3]}),
        ),
        (
            json!({"meta": null, "next_page_uri": link, "things": [1, 2], "page": 0, "page_size": 2}),
            json!({"things": [3]}),
        ),
    ] {
        let responses = || vec![page(&first), page(&last)];
        let server = Loopback::serve(responses());
        let things = list(&server).all_items::<u32>("things").prefetch();
        assert_eq!(things.collect_all(3).await.unwrap(), [1, 2, 3]);
        let second = format!("GET {link} HTTP/1.1");
        assert_eq!(server.finished(), [FIRST, &second]);
        let server = Loopback::serve(responses());
        let mut all = list(&server).all_pages::<u32>("things");
        let first = all.next().await.unwrap().unwrap();
        assert_eq!((first.page_number(), first.page_size()), (Some(0), Some(2)));
        assert_eq!(first.next_page_token().as_deref(), Some("PT/1"));
        let next = first.next_page(&server.client()).unwrap();
        assert_eq!(next.await.unwrap().into_items(), [3]);
    }
}

#[tokio::test]
async fn links_of_a_raw_list_are_held_to_the_same_rules() {
    for link in [
        "https://evil.example/v1/New%20Things?PageToken=s3cret",
        "/v1/Other?PageToken=s3cret",
        "/v1/New%20Things/1?PageToken=s3cret",
        "https://api.twilio.com/v1/New%20Things?PageToken=s3cret",
        "?Page=0&Name=a+b%26c%3D%2520",
    ] {
        let server = Loopback::serve(vec![page(&json!({"things": [1], "next_page_uri": link}))]);
        let mut things = list(&server).all_items::<u32>("things");
        assert_eq!(things.next().await.unwrap().unwrap(), 1);
        let error = things.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging, "{link}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
        assert!(things.next().await.is_none());
        assert_eq!(server.finished().len(), 1);
    }
}

#[tokio::test]
async fn a_page_that_is_none_is_an_error_and_no_end_of_the_list() {
    for body in [
        json!({"others": [1]}),
        json!({"things": {"a": 1}}),
        json!({"things": ["hunter2"]}),
        json!({"things": [1], "next_page_uri": 1}),
        json!({"things": [1], "next_page_uri": {"a": 1}}),
        json!({"things": [1], "meta": {"next_page_url": ["/x"]}}),
        json!({"things": [1], "meta": "hunter2"}),
        json!([1]),
    ]
    .map(|body| body.to_string())
    .into_iter()
    // Whichever of the two counted, something would be lost.
    .chain(
        [
            r#"{"things": [1], "things": [2]}"#,
            r#"{"things": [1], "things": []}"#,
            r#"{"things": [1], "next_page_uri": "/x?Page=1", "next_page_uri": null}"#,
            r#"{"things": [1], "meta": {"next_page_url": "", "next_page_url": "/x?Page=1"}}"#,
            r#"{"things": [1], "meta": {"next_page_url": "/x?Page=1"}, "meta": null}"#,
        ]
        .map(str::to_owned),
    ) {
        let server = Loopback::serve(vec![reply("200 OK", "", &body)]);
        let error = list(&server)
            .all_items::<u32>("things")
            .collect_all(9)
            .await;
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

/// Untyped JSON is read within the bound on memory, in whichever type of serde_json's the caller wants it.
#[tokio::test]
async fn untyped_json_takes_no_more_memory_than_any_response() {
    async fn refused<T: fmt::Debug>(
        body: &str,
        read: impl AsyncFnOnce(RawRequest) -> Result<T, Error>,
    ) {
        let server = Loopback::serve(vec![reply("200 OK", "", body)]);
        let error = read(list(&server)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    }
    let items = vec![r#"{"":0}"#; 40_000].join(",");
    let array = format!("[{items}]");
    let object = format!(r#"{{"things":[{items}]}}"#);
    let number = format!(r#"{{"things":[],"page":[{items}],"meta":{{"page_size":[{items}]}}}}"#);
    type Properties = serde_json::Map<String, Value>;
    refused(&array, async |r| r.json_reply::<Value>().await).await;
    refused(&array, async |r| r.json_reply::<Vec<Value>>().await).await;
    refused(&array, async |r| r.json_reply::<Vec<Properties>>().await).await;
    refused(&object, async |r| r.json_reply::<Properties>().await).await;
    refused(&object, async |r| {
        r.all_items::<Value>("things").collect_all(100_000).await
    })
    .await;
    refused(&object, async |r| {
        let items = r.all_items::<Properties>("things");
        items.collect_all(100_000).await
    })
    .await;
    // What is passed over takes none.
    let server = Loopback::serve(vec![reply("200 OK", "", &number)]);
    let items = list(&server).all_items::<Value>("things");
    assert_eq!(items.collect_all(1).await.unwrap(), [Value::Null; 0]);
}

#[tokio::test]
async fn only_what_is_read_is_walked() {
    let server = Loopback::serve(Vec::new());
    let client = server.client();
    for request in [
        client.request(Host::Api, Method::POST, "/v1/x"),
        client.request(Host::Api, Method::DELETE, "/v1/x"),
        client.request(Host::Api, Method::GET, "/v1/x").form("a", 1),
        client.request(Host::Api, Method::GET, "/v1/x?a=b"),
    ] {
        let error = request
            .all_items::<u32>("x")
            .next()
            .await
            .unwrap()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
    }
    let error = client
        .request(Host::Api, Method::GET, "/v1/x?a=b")
        .bytes()
        .await;
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("query(name, value)") && error.contains("request_link"),
        "{error}"
    );
}

#[tokio::test]
async fn a_link_is_requested_as_it_is_from_its_own_host_and_from_no_other() {
    for (link, wanted) in [
        ("/v1/a%2Fb?c=d%20e&f=%26", Some("/v1/a%2Fb?c=d%20e&f=%26")),
        (
            "https://marketplace.twilio.com/v1/a?b=%2520+c#x",
            Some("/v1/a?b=%2520+c"),
        ),
        ("https://api.twilio.com/v1/a", None),
        ("https://evil.example/v1/a?b=s3cret", None),
        ("//evil.example/v1/a", None),
        ("/\\evil.example/v1/a", None),
        ("https://marketplace.twilio.com@evil.example/v1/a", None),
        ("http://marketplace.twilio.com/v1/a", None),
        ("https://marketplace.twilio.com:8443/v1/a", None),
        ("file:///etc/passwd", None),
        ("https://", None),
    ] {
        let server = Loopback::serve(vec![reply("200 OK", "", "{}")]);
        let request = server.client().request_link(Host::Marketplace, link);
        match (request.bytes().await, wanted) {
            (Ok(_), Some(wanted)) => {
                assert_eq!(server.finished(), [format!("GET {wanted} HTTP/1.1")]);
            }
            (Err(error), None) => {
                assert_eq!(error.kind(), ErrorKind::Request, "{link}: {error}");
                assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
                assert!(server.finished().is_empty(), "{link}");
            }
            (result, _) => panic!("{link}: {result:?}"),
        }
    }
    let server = Loopback::serve(vec![reply("200 OK", "", "{}")]);
    let link = format!("{}/v1/a?b=c", server.url());
    let request = server.client().request_link(Host::Marketplace, link);
    request.query("d", "e f").bytes().await.unwrap();
    assert_eq!(server.finished(), ["GET /v1/a?b=c&d=e+f HTTP/1.1"]);
}

proptest! {
    #[test]
    fn no_link_is_requested_anywhere_else(link in "(https?:)?[/\\\\]{0,3}[a-z.@:0-9]{0,20}[/?#]?\\PC{0,20}") {
        static CLIENT: LazyLock<Client> = LazyLock::new(|| {
            let client = Client::builder(crate::Credentials::auth_token(
                "AC0123456789abcdef0123456789abcdef".parse().unwrap(),
                "0123456789abcdef0123456789abcdef",
            ));
            client.base_urls("http://127.0.0.1:4010").build().unwrap()
        });
        let client = &*CLIENT;
        if let Ok(prepared) = client.request_link(Host::Marketplace, link).prepare() {
            let url = format!("http://127.0.0.1:4010{}?{}", prepared.path(), prepared.query_text());
            if prepared.fault().is_none() {
                let url = reqwest::Url::parse(&url).unwrap();
                prop_assert!(client.shared().hosts.own(&url));
                prop_assert_eq!(url.path(), prepared.path());
            }
        }
    }

    #[test]
    fn a_query_value_is_encoded_once(name in "\\PC{1,12}", value in "\\PC{0,20}") {
        let mut prepared = Prepared::at(
            OperationRef::Raw(Arc::new(Operation {
                id: "",
                method: Method::GET,
                path: "",
                host: Host::Api,
                repeat: Repeat::Safe,
                statuses: &[],
            })),
            "/".to_owned(),
            String::new(),
        );
        prepared.query(&name, &value);
        let url = reqwest::Url::parse(&format!("https://api.twilio.com/?{}", prepared.query_text())).unwrap();
        prop_assert_eq!(url.query(), Some(prepared.query_text()));
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        prop_assert_eq!(pairs, [(name, value)]);
    }
}
