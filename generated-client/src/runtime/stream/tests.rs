//! How a list is walked: when it asks for more, where to, and when it stops.

mod attempts;
mod bounds;

use futures_util::TryStreamExt;
use reqwest::Method;
use serde_json::json;

use super::*;
use crate::runtime::loopback::{Loopback, reply};
use crate::runtime::{Envelope, Operation, PageLinks, Repeat, decode, object};
use crate::{ErrorKind, Host};

static LIST: Operation = Operation {
    id: "ListThings",
    method: Method::GET,
    path: "/v1/Things",
    host: Host::Marketplace,
    repeat: Repeat::Safe,
    statuses: &[200],
};

struct Things {
    things: Vec<u32>,
    next: Option<String>,
}

object! {
    Things,
    "things" => things required,
    "next" => next optional,
}

impl Envelope for Things {
    type Item = u32;

    fn into_parts(self) -> (Vec<u32>, PageLinks) {
        let links = PageLinks {
            next: self.next,
            ..PageLinks::default()
        };
        (self.things, links)
    }
}

fn page(things: &[u32], next: Option<&str>) -> Vec<u8> {
    reply(
        "200 OK",
        "",
        &json!({"things": things, "next": next}).to_string(),
    )
}

fn first() -> Result<Prepared, Error> {
    let mut prepared = Prepared::new(&LIST);
    prepared.literal("/v1/Things").query("PageSize", &2);
    Ok(prepared)
}

fn walk(server: &Loopback) -> ItemStream<u32> {
    items(
        CallOptions::new(server.client()),
        first(),
        decode::page::<Things>,
    )
}

#[tokio::test]
async fn both_kinds_of_links_lead_on_and_an_empty_page_does_not_end_the_walk() {
    let server = Loopback::serve(vec![
        page(
            &[1, 2],
            Some("https://marketplace.twilio.com/v1/Things?Page=1&PageToken=PA1"),
        ),
        page(&[], Some("/v1/Things?Page=2&PageToken=PA2")),
        page(&[3], Some("")),
    ]);
    let things: Vec<u32> = walk(&server).try_collect().await.unwrap();
    assert_eq!(things, [1, 2, 3]);
    assert_eq!(
        server.finished(),
        [
            "GET /v1/Things?PageSize=2 HTTP/1.1",
            "GET /v1/Things?Page=1&PageToken=PA1 HTTP/1.1",
            "GET /v1/Things?Page=2&PageToken=PA2 HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn nothing_is_asked_for_before_it_is_needed() {
    let server = Loopback::serve(vec![
        page(&[1, 2], Some("/v1/Things?Page=1")),
        page(&[3], None),
    ]);
    drop(walk(&server));
    let mut things = walk(&server).limit(2);
    assert_eq!(things.next().await.unwrap().unwrap(), 1);
    assert_eq!(things.next().await.unwrap().unwrap(), 2);
    assert!(things.next().await.is_none());
    assert!(walk(&server).limit(0).next().await.is_none());
    assert_eq!(server.finished().len(), 1);
}

#[tokio::test]
async fn prefetch_asks_for_the_next_page_while_items_are_left() {
    let server = Loopback::serve(vec![
        page(&[1, 2], Some("/v1/Things?Page=1")),
        page(&[3], None),
    ]);
    let mut things = walk(&server).prefetch();
    assert_eq!(things.next().await.unwrap().unwrap(), 1);
    assert!(matches!(things.pages.state, State::Early(..)));
    poll_fn(|context| {
        things.pages.advance(context, true);
        match things.pages.state {
            State::Held(_) => Poll::Ready(()),
            _ => Poll::Pending,
        }
    })
    .await;
    assert_eq!(server.requests().len(), 2);
    assert_eq!(things.try_collect::<Vec<_>>().await.unwrap(), [2, 3]);
}

#[tokio::test]
async fn prefetch_leaves_the_last_turn_to_others() {
    let server = Loopback::serve(vec![
        page(&[1, 2], Some("/v1/Things?Page=1")),
        reply("200 OK", "", "{}"),
        page(&[3], None),
    ]);
    let client = server.builder().concurrency(1).build().unwrap();
    let options = CallOptions::new(client.clone());
    let mut things = items(options, first(), decode::page::<Things>).prefetch();
    assert_eq!(things.next().await.unwrap().unwrap(), 1);
    // It would wait forever for the turn of a page that nobody waits for.
    let call = client.request(Host::Marketplace, Method::GET, "/v1/Other");
    call.bytes().await.unwrap();
    assert_eq!(things.try_collect::<Vec<_>>().await.unwrap(), [2, 3]);
    assert_eq!(
        server.finished(),
        [
            "GET /v1/Things?PageSize=2 HTTP/1.1",
            "GET /v1/Other HTTP/1.1",
            "GET /v1/Things?Page=1 HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn prefetch_asks_for_nothing_beyond_a_limit() {
    let server = Loopback::serve(vec![
        page(&[1, 2], Some("/v1/Things?Page=1")),
        page(&[3], None),
    ]);
    let things = walk(&server).prefetch().limit(2);
    assert_eq!(things.try_collect::<Vec<_>>().await.unwrap(), [1, 2]);
    assert_eq!(server.finished().len(), 1);
}

#[tokio::test]
async fn pages_with_prefetch_are_the_same_pages() {
    let server = Loopback::serve(vec![
        page(&[1, 2], Some("/v1/Things?Page=1")),
        page(&[], Some("/v1/Things?Page=2")),
        page(&[3], None),
    ]);
    let all = pages(
        CallOptions::new(server.client()),
        first(),
        decode::page::<Things>,
    );
    let all: Vec<_> = all.prefetch().try_collect().await.unwrap();
    let sizes: Vec<_> = all.iter().map(|page| page.len()).collect();
    assert_eq!(sizes, [2, 0, 1]);
}

#[tokio::test]
async fn a_link_elsewhere_is_an_error_after_the_pages_items() {
    let server = Loopback::serve(vec![page(
        &[1],
        Some("https://evil.example/v1/Things?Page=1"),
    )]);
    let mut things = walk(&server);
    assert_eq!(things.next().await.unwrap().unwrap(), 1);
    let error = things.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert!(
        error.to_string().contains("https://evil.example"),
        "{error}"
    );
    assert!(things.next().await.is_none());
}

#[tokio::test]
async fn a_link_that_leads_back_is_an_error_before_the_page_is_read_twice() {
    for back in [
        "/v1/Things?PageSize=2",
        "/v1/Things",
        "/v1/Things?Page=0",
        "/v1/Things?Page=1",
        "/v1/Things?PageSize=7&Page=1",
        "/v1/Things?Page=2",
        "/v1/%54hings?P%61ge=%32",
    ] {
        let server = Loopback::serve(vec![
            page(&[1], Some("/v1/Things?Page=1")),
            page(&[2], Some("/v1/Things?Page=2")),
            page(&[3], Some(back)),
            page(&[4], None),
        ]);
        let mut things = walk(&server);
        for wanted in 1..=3 {
            assert_eq!(things.next().await.unwrap().unwrap(), wanted);
        }
        let error = things.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging, "{back}");
        assert!(things.next().await.is_none());
        assert_eq!(server.finished().len(), 3, "{back}");
    }
}

#[tokio::test]
async fn an_error_ends_the_stream() {
    let server = Loopback::serve(vec![
        page(&[1], Some("/v1/Things?Page=1")),
        reply("500 Internal Server Error", "", ""),
    ]);
    let mut things = walk(&server);
    assert_eq!(things.next().await.unwrap().unwrap(), 1);
    assert_eq!(
        things.next().await.unwrap().unwrap_err().status().unwrap(),
        500
    );
    assert!(things.next().await.is_none());
}

#[tokio::test]
async fn a_request_that_cannot_be_prepared_is_the_streams_error() {
    let server = Loopback::serve(Vec::new());
    let refused = Err(Error::request("no"));
    let mut walk = pages(
        CallOptions::new(server.client()),
        refused,
        decode::page::<Things>,
    );
    assert_eq!(walk.next().await.unwrap().unwrap_err().to_string(), "no");
    assert!(walk.next().await.is_none());
}

#[tokio::test]
async fn a_page_leads_to_its_neighbour_by_itself() {
    let server = Loopback::serve(vec![
        page(&[1], Some("/v1/Things?Page=1&PageToken=PA1")),
        page(&[2], None),
    ]);
    let client = server.client();
    let options = CallOptions::new(client.clone());
    let one = send(options, first(), decode::page::<Things>)
        .await
        .unwrap();
    assert_eq!(one.next_page_token().as_deref(), Some("PA1"));
    assert!(one.has_next() && !one.has_previous() && one.previous_page(&client).is_none());
    let two = one.next_page(&client).unwrap().await.unwrap();
    assert_eq!(two.items(), [2]);
    assert!(two.next_page(&client).is_none());
}
