//! Lists over several pages, in both of Twilio's styles.

use futures_util::{StreamExt, TryStreamExt};
use generated_client::{Error, ErrorKind, bounded};
use serde_json::{Value, json};
use tests::{Recorded, Reply, Server};

use crate::support::{AC, RE, XE, always, client};

/// Extensions by number, each with a SID of its own.
fn extension(number: usize) -> Value {
    json!({
        "sid": format!("XF{number:032}"),
        "installed_add_on_sid": XE,
        "url": "https://marketplace.twilio.com/x",
    })
}

fn result(number: usize) -> Value {
    json!({"sid": format!("XR{number:032}"), "account_sid": AC, "reference_sid": RE})
}

/// What the query says about the page: the number after `PT` in its token, 0 without one.
fn page_of(request: &Recorded) -> usize {
    let pairs = request.query_pairs();
    let token = pairs.iter().find(|(name, _)| name == "PageToken");
    token.map_or(0, |(_, token)| {
        token.trim_start_matches("PT/").parse().unwrap()
    })
}

/// A list of the v1 host: these pages, each linked to the next by an absolute URL that names Twilio's own host.
fn absolute(pages: Vec<Vec<Value>>) -> Server {
    let path = format!("/v1/InstalledAddOns/{XE}/Extensions");
    Server::start(move |request| {
        assert_eq!(request.path, path);
        let page = page_of(request);
        let link = |page: usize| {
            format!(
                "https://marketplace.twilio.com{path}?PageSize=2&Page={page}&PageToken=PT%2F{page}"
            )
        };
        let body = json!({
            "extensions": pages[page],
            "meta": {
                "key": "extensions", "page": page, "page_size": 2,
                "next_page_url": (page + 1 < pages.len()).then(|| link(page + 1)),
                "previous_page_url": page.checked_sub(1).map(link),
            },
        });
        Reply::json(200, body.to_string())
    })
    .unwrap()
}

/// A list of the 2010-04-01 host: these pages, each linked to the next by a relative URI.
fn relative(pages: Vec<Vec<Value>>) -> Server {
    let path = format!("/2010-04-01/Accounts/{AC}/Recordings/{RE}/AddOnResults.json");
    Server::start(move |request| {
        assert_eq!(request.path, path);
        let page = page_of(request);
        let link = |page: usize| format!("{path}?PageSize=2&Page={page}&PageToken=PT%2F{page}");
        let body = json!({
            "add_on_results": pages[page],
            "page": page, "page_size": 2, "start": 0, "end": 1, "uri": path,
            "next_page_uri": (page + 1 < pages.len()).then(|| link(page + 1)),
            "previous_page_uri": page.checked_sub(1).map(link),
        });
        Reply::json(200, body.to_string())
    })
    .unwrap()
}

fn three_pages(item: fn(usize) -> Value) -> Vec<Vec<Value>> {
    vec![
        vec![item(0), item(1)],
        vec![item(2), item(3)],
        vec![item(4)],
    ]
}

fn queries(server: &Server) -> Vec<Option<String>> {
    server
        .requests()
        .into_iter()
        .map(|request| request.query)
        .collect()
}

/// What `next` and the pages' links ask for, however many pages there are.
const QUERIES: [Option<&str>; 3] = [
    Some("PageSize=2"),
    Some("PageSize=2&Page=1&PageToken=PT%2F1"),
    Some("PageSize=2&Page=2&PageToken=PT%2F2"),
];

#[tokio::test]
async fn absolute_links_lead_through_all_items_on_the_configured_host() {
    let server = absolute(three_pages(extension));
    let list = client(&server).installed_add_on(XE).extensions().list();
    let items = list.page_size(bounded!(PageSize, 2)).all_items();
    let sids: Vec<String> = items
        .map_ok(|item| item.sid.to_string())
        .try_collect()
        .await
        .unwrap();
    let wanted: Vec<String> = (0..5).map(|number| format!("XF{number:032}")).collect();
    assert_eq!(sids, wanted);
    assert_eq!(
        queries(&server),
        QUERIES.map(|query| query.map(str::to_owned))
    );
}

#[tokio::test]
async fn relative_links_lead_through_all_items() {
    let server = relative(three_pages(result));
    let list = client(&server).recording(RE).add_on_results().list();
    let items = list.page_size(bounded!(PageSize, 2)).all_items();
    let sids: Vec<String> = items
        .map_ok(|item| item.sid.to_string())
        .try_collect()
        .await
        .unwrap();
    let wanted: Vec<String> = (0..5).map(|number| format!("XR{number:032}")).collect();
    assert_eq!(sids, wanted);
    assert_eq!(
        queries(&server),
        QUERIES.map(|query| query.map(str::to_owned))
    );
}

#[tokio::test]
async fn pages_come_one_by_one_with_their_numbers_and_headers() {
    for pages in [1, 2, 3] {
        let server = absolute(three_pages(extension).into_iter().take(pages).collect());
        let mut stream = client(&server)
            .installed_add_on(XE)
            .extensions()
            .list()
            .all_pages();
        assert!(server.requests().is_empty(), "a stream is lazy");
        for number in 0..pages {
            let page = stream.next().await.unwrap().unwrap();
            assert_eq!(page.page_number(), Some(number as i64));
            assert_eq!(page.page_size(), Some(2));
            assert_eq!(page.has_next(), number + 1 < pages);
            assert_eq!(page.has_previous(), number > 0);
            assert_eq!(page.status().as_u16(), 200);
            assert_eq!(
                server.requests().len(),
                number + 1,
                "no page is asked for early"
            );
        }
        assert!(stream.next().await.is_none());
        assert!(stream.next().await.is_none());
    }
}

#[tokio::test]
async fn a_limit_ends_the_items_and_asks_for_no_page_beyond() {
    for (limit, requests) in [(0, 0), (1, 1), (2, 1), (3, 2), (5, 3), (99, 3)] {
        let server = relative(three_pages(result));
        let items = client(&server)
            .recording(RE)
            .add_on_results()
            .list()
            .all_items()
            .limit(limit);
        let items: Vec<_> = items.try_collect().await.unwrap();
        assert_eq!(items.len(), limit.min(5));
        assert_eq!(server.requests().len(), requests, "limit {limit}");
    }
}

#[tokio::test]
async fn prefetch_reads_the_same_and_asks_for_no_page_beyond_a_limit() {
    let all: Vec<usize> = (0..5).collect();
    for (limit, requests) in [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (99, 3)] {
        let server = relative(three_pages(result));
        let list = client(&server).recording(RE).add_on_results().list();
        let items = list.all_items().prefetch().limit(limit);
        let sids: Vec<String> = items
            .map_ok(|item| item.sid.to_string())
            .try_collect()
            .await
            .unwrap();
        let wanted = all.iter().take(limit);
        let wanted: Vec<String> = wanted.map(|number| format!("XR{number:032}")).collect();
        assert_eq!(sids, wanted, "limit {limit}");
        assert_eq!(server.requests().len(), requests, "limit {limit}");
    }
    let server = absolute(three_pages(extension));
    let list = client(&server).installed_add_on(XE).extensions().list();
    let pages: Vec<_> = list.all_pages().prefetch().try_collect().await.unwrap();
    let sizes: Vec<usize> = pages.iter().map(|page| page.len()).collect();
    assert_eq!(sizes, [2, 2, 1]);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_list_is_resumed_by_a_saved_token() {
    let server = absolute(three_pages(extension));
    let extensions = client(&server).installed_add_on(XE).extensions();
    let first = extensions.list().await.unwrap();
    let token = first.next_page_token().unwrap();
    assert_eq!(token, "PT/1");
    assert_eq!(first.previous_page_token(), None);
    let rest = extensions.list().page_token(token).page(1).all_items();
    let rest: Vec<_> = rest.try_collect().await.unwrap();
    assert_eq!(rest.len(), 3);
    assert_eq!(rest[0].sid.as_str(), format!("XF{:032}", 2));
}

#[tokio::test]
async fn neighbours_are_calls_of_their_own() {
    let server = relative(three_pages(result));
    let client = client(&server);
    let first = client.recording(RE).add_on_results().list().await.unwrap();
    assert!(first.previous_page(&client).is_none());
    let second = first.next_page(&client).unwrap().await.unwrap();
    let third = second.next_page(&client).unwrap().await.unwrap();
    assert!(third.next_page(&client).is_none());
    let again = third.previous_page(&client).unwrap().await.unwrap();
    assert_eq!(again.items(), second.items());
    assert_eq!(again.page_number(), Some(1));

    let server = absolute(three_pages(extension));
    let client = self::client(&server);
    let extensions = client.installed_add_on(XE).extensions();
    let first = extensions.list().await.unwrap();
    let second = first.next_page(&client).unwrap().await.unwrap();
    let again = second.previous_page(&client).unwrap().await.unwrap();
    assert_eq!(again.items(), first.items());
    assert_ne!(again.items(), second.items());
}

#[tokio::test]
async fn an_empty_page_in_the_middle_does_not_end_the_list() {
    let server = absolute(vec![vec![extension(0)], vec![], vec![], vec![extension(1)]]);
    let items = client(&server)
        .installed_add_on(XE)
        .extensions()
        .list()
        .all_items();
    let items: Vec<_> = items.try_collect().await.unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(server.requests().len(), 4);
}

/// The first page, and what comes after it when its next link is this.
async fn after_link(link: &str) -> (Server, Option<Error>) {
    let body =
        json!({"extensions": [extension(0)], "meta": {"key": "extensions", "next_page_url": link}});
    let server = always(Reply::json(200, body.to_string()));
    let mut pages = client(&server)
        .installed_add_on(XE)
        .extensions()
        .list()
        .all_pages();
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 1);
    let next = pages.next().await.map(Result::unwrap_err);
    assert!(pages.next().await.is_none(), "a stream ends after an error");
    (server, next)
}

#[tokio::test]
async fn a_link_to_a_foreign_host_is_refused_before_any_request() {
    let foreign = always(Reply::json(200, "{}"));
    let links = [
        format!(
            "{}/v1/InstalledAddOns/{XE}/Extensions?Page=1&PageToken=secret",
            foreign.url()
        ),
        "https://api.twilio.com/v1/x?Page=1&PageToken=secret".to_owned(),
        "http://marketplace.twilio.com/v1/x?Page=1&PageToken=secret".to_owned(),
        "https://marketplace.twilio.com:8443/v1/x?Page=1&PageToken=secret".to_owned(),
        "ftp://marketplace.twilio.com/v1/x?Page=1&PageToken=secret".to_owned(),
        "https://marketplace.twilio.com.evil.test/v1/x?PageToken=secret".to_owned(),
        "https://marketplace.twilio.com@evil.test/v1/x?PageToken=secret".to_owned(),
        "//evil.test/v1/x?PageToken=secret".to_owned(),
        "/\\evil.test/v1/x?PageToken=secret".to_owned(),
        "/\t/evil.test/v1/x?PageToken=secret".to_owned(),
    ];
    for link in links {
        let (server, error) = after_link(&link).await;
        let error = error.expect(&link);
        assert_eq!(error.kind(), ErrorKind::Paging, "{link}");
        assert_eq!(error.operation(), Some("ListInstalledAddOnExtensions"));
        assert!(
            !format!("{error} {error:?}").contains("secret"),
            "{error:?}"
        );
        assert_eq!(server.requests().len(), 1, "{link}");
    }
    assert!(foreign.requests().is_empty());
}

#[tokio::test]
async fn a_link_that_leads_back_ends_in_an_error_and_not_in_a_circle() {
    let here = format!("https://marketplace.twilio.com/v1/InstalledAddOns/{XE}/Extensions");
    let (server, error) = after_link(&here).await;
    assert_eq!(error.unwrap().kind(), ErrorKind::Paging);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_circle_of_more_than_one_page_is_noticed_too() {
    let path = format!("/2010-04-01/Accounts/{AC}/Recordings/{RE}/AddOnResults.json");
    let server = Server::start(move |request| {
        let next = if page_of(request) == 1 { 2 } else { 1 };
        let body = json!({
            "add_on_results": [result(0)],
            "next_page_uri": format!("{path}?PageToken=PT%2F{next}"),
        });
        Reply::json(200, body.to_string())
    })
    .unwrap();
    let items = client(&server)
        .recording(RE)
        .add_on_results()
        .list()
        .all_items();
    let read: Vec<Result<_, Error>> = items.collect().await;
    assert_eq!(read.len(), 4);
    assert_eq!(read[3].as_ref().unwrap_err().kind(), ErrorKind::Paging);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_page_without_links_is_the_last() {
    for link in [json!(null), json!("")] {
        let body = json!({"extensions": [extension(0)], "meta": {"next_page_url": link}});
        let server = always(Reply::json(200, body.to_string()));
        let items = client(&server)
            .installed_add_on(XE)
            .extensions()
            .list()
            .all_items();
        assert_eq!(items.count().await, 1);
    }
    let server = always(Reply::json(200, json!({"extensions": []}).to_string()));
    let page = client(&server)
        .installed_add_on(XE)
        .extensions()
        .list()
        .await
        .unwrap();
    assert!(page.is_empty() && !page.has_next());
    assert_eq!((page.page_number(), page.next_page_token()), (None, None));
}

#[tokio::test]
async fn an_error_on_a_later_page_keeps_what_was_read() {
    let path = format!("/2010-04-01/Accounts/{AC}/Recordings/{RE}/AddOnResults.json");
    let server = Server::start(move |request| {
        if page_of(request) == 1 {
            return Reply::json(400, r#"{"code": 21481, "message": "Invalid PageToken"}"#);
        }
        let body = json!({"add_on_results": [result(0)], "next_page_uri": format!("{path}?PageToken=PT/1")});
        Reply::json(200, body.to_string())
    })
    .unwrap();
    let items = client(&server)
        .recording(RE)
        .add_on_results()
        .list()
        .all_items();
    let read: Vec<Result<_, Error>> = items.collect().await;
    assert_eq!(read.len(), 2);
    assert!(read[0].is_ok());
    let code = read[1].as_ref().unwrap_err().code();
    assert_eq!(code, Some(generated_client::codes::INVALID_PAGE_TOKEN));
}
