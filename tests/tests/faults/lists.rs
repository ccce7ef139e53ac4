//! Pages that do not come, and links to a next page that lead in a circle, elsewhere or nowhere, for every list.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use generated_client::{Client, Error, ErrorKind, PageStream, RetryPolicy};
use serde_json::{Value, json};
use tests::faults::{Act, End, FaultServer};
use tests::{Document, Recorded, Reply, Server};

use crate::support::{AC, PN, RE, XB, XE, XR, builder};

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
async fn a_page_that_was_asked_for_early_is_asked_for_again_as_often_as_the_policy_says() {
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
    for (attempts, comes) in [(1, false), (2, true), (3, true)] {
        let (first, last) = (first.clone(), last.clone());
        let server = FaultServer::start(move |number| match number {
            0 => first.clone(),
            1 => Act::send([]).then(End::Stall),
            _ => last.clone(),
        })
        .unwrap();
        let policy = RetryPolicy::new()
            .attempts(attempts)
            .pauses(|_| Duration::ZERO);
        let client = builder()
            .base_urls(server.url())
            .timeout(Duration::from_millis(400))
            .retry(policy)
            .build()
            .unwrap();
        let pages = client.installed_add_ons().list().all_pages().prefetch();
        let (count, error) = walk(pages).await;
        match error {
            None => assert!(comes && (count, server.connections()) == (2, 3)),
            Some(error) => {
                assert!(!comes && error.is_timeout(), "{error:?}");
                assert_eq!((error.attempts(), server.connections()), (1, 2));
            }
        }
    }
}

/// A link to another resource of the same host, be it the next one, a parent, or another account's or add-on's list.
#[tokio::test]
async fn no_next_link_leads_to_another_path() {
    const ELSEWHERE: [fn(&str) -> String; 5] = [
        |path| format!("{path}/1"),
        |path| format!("{path}x"),
        |path| path.rsplit_once('/').unwrap().0.to_owned(),
        |path| path.replacen("eeeeeeee", "dddddddd", 1),
        |path| path.replacen(AC.as_str(), "ACffffffffffffffffffffffffffffffff", 1),
    ];
    let document = Document::read().unwrap();
    for (operation, walk) in LISTS {
        for elsewhere in ELSEWHERE {
            let server = server(&document, operation, move |request| {
                format!("{}?PageToken=A", elsewhere(&request.path))
            });
            let client = builder().base_urls(server.url()).build().unwrap();
            let (pages, error) = walk(client).await;
            let path = &server.requests()[0].path;
            if elsewhere(path) == *path {
                // It has no SID that could be another.
                continue;
            }
            let error = error.expect(operation);
            assert_eq!((pages, error.kind()), (1, ErrorKind::Paging), "{operation}");
            assert_eq!(server.requests().len(), 1, "{operation}");
        }
    }
}

/// Ever new links to empty pages, and ever new page numbers with the same token.
#[tokio::test]
async fn no_list_is_walked_for_ever() {
    let document = Document::read().unwrap();
    for (operation, walk) in LISTS {
        let number = AtomicUsize::new(0);
        let same_token = server(&document, operation, move |request| {
            let number = number.fetch_add(1, Ordering::Relaxed);
            format!("{}?Page={number}&PageToken=A", request.path)
        });
        let client = builder().base_urls(same_token.url()).build().unwrap();
        let (pages, error) = walk(client).await;
        assert_eq!(error.expect(operation).kind(), ErrorKind::Paging);
        assert_eq!((pages, same_token.requests().len()), (2, 2), "{operation}");

        let number = AtomicUsize::new(0);
        let (_, answer) = document.operation(operation).unwrap().success().unwrap();
        let example = answer.body.as_ref().unwrap().example.clone().unwrap();
        let empty = Server::start(move |request| {
            let number = number.fetch_add(1, Ordering::Relaxed);
            let next = json!(format!(
                "{}?Page={number}&PageToken=PA{number}",
                request.path
            ));
            let mut page: Value = serde_json::from_str(&example.to_string()).unwrap();
            for value in page.as_object_mut().unwrap().values_mut() {
                if let Some(items) = value.as_array_mut() {
                    items.clear();
                }
            }
            match page.get_mut("meta") {
                Some(meta) => meta["next_page_url"] = next,
                None => page["next_page_uri"] = next,
            }
            Reply::json(200, page.to_string())
        })
        .unwrap();
        let client = builder().base_urls(empty.url()).build().unwrap();
        let (pages, error) = walk(client).await;
        let error = error.expect(operation);
        assert_eq!(
            (pages, error.kind()),
            (100, ErrorKind::Paging),
            "{operation}"
        );
        assert_eq!(error.operation(), Some(*operation));
        assert_eq!(empty.requests().len(), 100, "{operation}");
    }
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
