//! Links to a next page that lead in a circle or to another host, for every list.

use std::pin::Pin;
use std::time::Duration;

use generated_client::{Client, Error, ErrorKind, PageStream, RetryPolicy};
use serde_json::{Value, json};
use tests::faults::{Act, End, FaultServer};
use tests::{Document, Recorded, Reply, Server};

use crate::support::{PN, RE, XB, XE, XR, builder};

/// How many pages came, and the error after them.
type Walked = Pin<Box<dyn Future<Output = (usize, Option<Error>)>>>;

/// How a list is walked to its end.
type Walk = fn(Client) -> Walked;

/// Every list with pages.
const LISTS: &[(&str, Walk)] = &[
    ("ListAvailableAddOns", |client| {
        walk(client.available_add_ons().list().all_pages())
    }),
    ("ListAvailableAddOnExtensions", |client| {
        walk(client.available_add_on(XB).extensions().list().all_pages())
    }),
    ("ListInstalledAddOns", |client| {
        walk(client.installed_add_ons().list().all_pages())
    }),
    ("ListInstalledAddOnExtensions", |client| {
        walk(client.installed_add_on(XE).extensions().list().all_pages())
    }),
    ("ListAssignedAddOns", |client| {
        walk(
            client
                .incoming_phone_number(PN)
                .assigned_add_ons()
                .list()
                .all_pages(),
        )
    }),
    ("ListAssignedAddOnExtensions", |client| {
        let add_on = client.incoming_phone_number(PN).assigned_add_on(XE);
        walk(add_on.extensions().list().all_pages())
    }),
    ("ListAddOnResults", |client| {
        walk(client.recording(RE).add_on_results().list().all_pages())
    }),
    ("ListAddOnResultPayloads", |client| {
        walk(
            client
                .recording(RE)
                .add_on_result(XR)
                .payloads()
                .list()
                .all_pages(),
        )
    }),
];

fn walk<T: Send + 'static>(mut pages: PageStream<T>) -> Walked {
    Box::pin(async move {
        let mut count = 0;
        loop {
            match pages.next().await {
                None => return (count, None),
                Some(Err(error)) => return (count, Some(error)),
                Some(Ok(_)) => count += 1,
            }
        }
    })
}

#[tokio::test]
async fn a_page_whose_time_ran_out_before_anybody_waited_for_it_is_asked_for_again() {
    let document = Document::read().unwrap();
    let page = |next: &str| {
        let answer = document.operation("ListInstalledAddOns").unwrap();
        let (status, answer) = answer.success().unwrap();
        let example = answer.body.as_ref().unwrap().example.as_ref().unwrap();
        let mut page: Value = serde_json::from_str(&example.to_string()).unwrap();
        page["meta"]["next_page_url"] = json!(next);
        Act::reply(&Reply::json(status, page.to_string()))
    };
    let (first, last) = (page("/v1/InstalledAddOns?Page=1"), page(""));
    let server = FaultServer::start(move |number| match number {
        0 => first.clone(),
        1 => Act::send([]).then(End::Stall),
        _ => last.clone(),
    })
    .unwrap();
    let client = builder()
        .base_urls(server.url())
        .timeout(Duration::from_millis(400))
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let pages = client.installed_add_ons().list().all_pages().prefetch();
    let (count, error) = walk(pages).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((count, server.connections()), (2, 3));
}

/// A server of one list that gives every page the next link that `next` makes of the request.
fn server(
    document: &Document,
    operation: &str,
    next: impl Fn(&Recorded) -> String + Send + Sync + 'static,
) -> Server {
    let (_, answer) = document.operation(operation).unwrap().success().unwrap();
    let example = answer.body.as_ref().unwrap().example.clone().unwrap();
    Server::start(move |request| {
        let mut page: Value = serde_json::from_str(&example.to_string()).unwrap();
        match page.get_mut("meta") {
            Some(meta) => meta["next_page_url"] = json!(next(request)),
            None => page["next_page_uri"] = json!(next(request)),
        }
        Reply::json(200, page.to_string())
    })
    .unwrap()
}

#[test]
fn no_list_with_pages_is_left_out() {
    let document = Document::read().unwrap();
    let lists = document.operations().iter().filter(|operation| {
        let example = operation
            .success()
            .and_then(|(_, answer)| answer.body.as_ref()?.example.as_ref());
        example
            .is_some_and(|page| page.get("meta").is_some() || page.get("first_page_uri").is_some())
    });
    let mut lists: Vec<&str> = lists.map(|operation| operation.id.as_str()).collect();
    let mut known: Vec<&str> = LISTS.iter().map(|(name, _)| *name).collect();
    lists.sort_unstable();
    known.sort_unstable();
    assert_eq!(known, lists);
}

#[tokio::test]
async fn a_circle_of_pages_ends_where_it_began() {
    let document = Document::read().unwrap();
    for (operation, walk) in LISTS {
        let server = server(&document, operation, |request| {
            let token = match request.query.as_deref() {
                Some("PageToken=A") => "B",
                _ => "A",
            };
            format!(
                "http://{}{}?PageToken={token}",
                request.header("host").unwrap(),
                request.path
            )
        });
        let client = builder().base_urls(server.url()).build().unwrap();
        let (pages, error) = walk(client).await;
        let error = error.expect(operation);
        assert_eq!((pages, error.kind()), (3, ErrorKind::Paging), "{operation}");
        assert_eq!(error.operation(), Some(*operation));
        assert_eq!(server.requests().len(), 3, "{operation}");
    }
}

#[tokio::test]
async fn no_next_link_takes_the_credentials_elsewhere() {
    let document = Document::read().unwrap();
    for (operation, walk) in LISTS {
        let elsewhere = Server::start(|_| Reply::status(200)).unwrap();
        let evil = elsewhere.url().to_owned();
        let server = server(&document, operation, move |request| {
            format!("{evil}{}?PageToken=A", request.path)
        });
        let client = builder().base_urls(server.url()).build().unwrap();
        let (pages, error) = walk(client).await;
        assert_eq!(
            (pages, error.expect(operation).kind()),
            (1, ErrorKind::Paging),
            "{operation}"
        );
        assert_eq!(server.requests().len(), 1, "{operation}");
        assert!(elsewhere.requests().is_empty(), "{operation}");
    }
}
