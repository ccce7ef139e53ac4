//! What a call takes beside its parameters: headers as people have them, and the wish to keep the text of the response.

use futures_util::StreamExt;
use generated_client::choices::AcceptTermsOfService;
use generated_client::reqwest::Method;
use generated_client::reqwest::header::{HeaderName, HeaderValue};
use generated_client::types::{BillableItem, ListingModuleInfo};
use generated_client::{ErrorKind, Host, Update};
use serde_json::{Value, json};
use tests::{Reply, Server};

use crate::support::{AC, RE, XB, XE, XF, XH, XR, always, chain, client, only};

#[tokio::test]
async fn a_header_is_taken_as_it_is_at_hand() {
    let server = always(Reply::status(204));
    let delete = client(&server).installed_add_on(XE).delete();
    let name = String::from("X-Owned");
    delete
        .header("X-Text", "a b")
        .header(&name, format!("{}", 7))
        .header(
            HeaderName::from_static("x-typed"),
            HeaderValue::from_static("t"),
        )
        .header("x-number", 12_u64)
        .header("x-bytes", &b"\xe9"[..])
        // The last word of one name counts.
        .header("X-TEXT", "c")
        .await
        .unwrap();
    let sent = only(&server);
    for (name, value) in [
        ("x-text", "c"),
        ("x-owned", "7"),
        ("x-typed", "t"),
        ("x-number", "12"),
    ] {
        assert_eq!(sent.header(name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn a_header_that_cannot_be_is_an_error_that_names_it_and_not_its_value() {
    let server = always(Reply::status(204));
    let delete = || client(&server).installed_add_on(XE).delete();
    let raw = || client(&server).request(Host::Api, Method::DELETE, "/v1/Things");
    for (name, value, named) in [
        ("x-mine", "s3cret\r\nx-other: 1", "`x-mine`"),
        ("X-Mine", "s3cret\0", "`x-mine`"),
        ("x mine", "s3cret", "`x`"),
        ("", "s3cret", "the name of a header"),
        ("x-mine\n", "s3cret", "`x-mine`"),
    ] {
        let of_call = delete().header(name, value).header("x-good", "1");
        let shown = format!("{of_call:?}");
        for error in [
            of_call.await.unwrap_err(),
            raw().header(name, value).bytes().await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Request);
            let text = format!("{} {error:?} {shown}", chain(&error));
            assert!(text.contains(named), "{text}");
            assert!(!text.contains("s3cret"), "{text}");
        }
    }
    assert!(server.requests().is_empty());
}

/// A body that no type of the document reads whole, so that the text alone has everything.
fn body(of: &Value) -> String {
    let mut text = of.to_string();
    text.truncate(text.len() - 1);
    format!("{text},  \"not_declared\": [1.50, \"s3cret\"] }}")
}

fn answering(status: u16, text: &str) -> Server {
    always(Reply::json(status, text))
}

#[tokio::test]
async fn the_text_of_a_response_is_kept_for_whoever_asks_and_for_nobody_else() {
    let add_on = body(&json!({"sid": XE, "account_sid": AC, "url": "https://example.com/"}));
    let server = answering(200, &add_on);
    let fetch = client(&server).installed_add_on(XE).fetch();
    let kept = fetch.clone().keep_json().await.unwrap();
    assert_eq!(kept.json(), Some(add_on.as_str()));
    assert!(!format!("{kept:?}").contains("not_declared"), "{kept:?}");
    assert_eq!(fetch.await.unwrap().json(), None);

    let server = answering(201, &add_on);
    let create = client(&server)
        .installed_add_ons()
        .create(XB, AcceptTermsOfService::Yes);
    let kept = create.keep_json().await.unwrap();
    assert_eq!(kept.json(), Some(add_on.as_str()));

    let extension =
        body(&json!({"sid": XF, "installed_add_on_sid": XE, "url": "https://example.com/"}));
    let server = answering(200, &extension);
    let enable = client(&server).installed_add_on(XE).extension(XF).enable();
    assert_eq!(
        enable.keep_json().await.unwrap().json(),
        Some(extension.as_str())
    );

    let listing = body(&json!({"sid": XB, "url": "https://example.com/"}));
    let server = answering(200, &listing);
    let update = client(&server)
        .listing(XB)
        .update()
        .module_info(&ListingModuleInfo::new().name("N"))
        .keep_json()
        .await
        .unwrap();
    assert_eq!(update.json(), Some(listing.as_str()));
    assert!(matches!(&*update, Update::Updated(_)));
    let server = always(Reply::status(304));
    let update = client(&server)
        .listing(XB)
        .update()
        .module_info(&ListingModuleInfo::new().name("N"))
        .keep_json()
        .await
        .unwrap();
    assert_eq!((update.json(), &*update), (None, &Update::NotModified));

    let report = body(&json!({"total_submitted": 1.5, "billable_items": []}));
    let server = answering(202, &report);
    let item = || {
        [BillableItem::new(
            "BI00000000000000000000000000000000",
            "1.5".parse().unwrap(),
        )]
    };
    let usage = client(&server).installed_add_on(XE).usage();
    let receipt = usage.report(item()).keep_json().await.unwrap();
    assert_eq!(receipt.json(), Some(report.as_str()));
    assert!(
        !format!("{receipt:?}").contains("not_declared"),
        "{receipt:?}"
    );
    assert_eq!(receipt.into_response().json(), Some(report.as_str()));
    let server = always(Reply::status(202));
    let usage = client(&server).installed_add_on(XE).usage();
    let receipt = usage.report(item()).keep_json().await.unwrap();
    assert_eq!(receipt.json(), None);

    let data = body(&json!({"redirect_to": "https://example.com/x?signature=f00d"}));
    let server = answering(307, &data);
    let payload = client(&server).recording(RE).add_on_result(XR).payload(XH);
    let kept = payload.data().fetch().keep_json().await.unwrap();
    assert_eq!(kept.json(), Some(data.as_str()));
    assert!(!format!("{kept:?}").contains("not_declared"), "{kept:?}");

    let server = always(Reply::status(204));
    let kept = client(&server)
        .installed_add_on(XE)
        .delete()
        .keep_json()
        .await
        .unwrap();
    assert_eq!(kept.json(), None);

    let server = answering(200, &add_on);
    let raw = client(&server)
        .request(Host::Api, Method::GET, "/v1/Things")
        .keep_json();
    let read = raw.clone().json_reply::<Value>().await.unwrap();
    assert_eq!(read.json(), Some(add_on.as_str()));
    assert_eq!(raw.bytes().await.unwrap().json(), Some(add_on.as_str()));
}

#[tokio::test]
async fn every_page_of_a_walk_keeps_its_own_text() {
    let text = |page: usize| {
        let next = (page < 2).then(|| format!("/v1/InstalledAddOns?Page={}", page + 1));
        let meta = json!({"key": "installed_add_ons", "page": page, "next_page_url": next});
        body(&json!({"installed_add_ons": [], "meta": meta, "page": page}))
    };
    let server = Server::start(move |request| {
        let page = request
            .query_pairs()
            .iter()
            .find(|(name, _)| name == "Page")
            .map_or(0, |(_, page)| page.parse().unwrap());
        Reply::json(200, text(page))
    })
    .unwrap();
    let list = client(&server).installed_add_ons().list();
    for prefetch in [false, true] {
        let pages = list.clone().keep_json().all_pages();
        let pages = if prefetch { pages.prefetch() } else { pages };
        let pages: Vec<_> = pages
            .map(|page| page.unwrap().json().map(str::to_owned))
            .collect()
            .await;
        assert_eq!(pages, [0, 1, 2].map(|page| Some(text(page))));
    }
    let pages: Vec<_> = list
        .all_pages()
        .map(|page| page.unwrap().json().is_some())
        .collect()
        .await;
    assert_eq!(pages, [false; 3]);
}
