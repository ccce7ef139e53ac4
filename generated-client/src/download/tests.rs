//! Downloads by the clock and by the count of permits, from a place that sends what a test tells it to.

use std::future::poll_fn;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Sender, channel};
use std::task::Poll;

use serde_json::json;

use super::*;
use crate::host::HostSettings;
use crate::runtime::loopback::{Loopback, reply};
use crate::{ErrorKind, Host};

/// A place that begins every response, and sends what it is told to on the latest one.
struct Place {
    url: String,
    sends: Sender<&'static [u8]>,
}

impl Place {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/x", listener.local_addr().unwrap());
        let (sends, sent) = channel::<&[u8]>();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            // The request is small enough to arrive at once, and nobody looks at it.
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n";
            stream.write_all(head.as_bytes()).unwrap();
            for bytes in sent {
                let _ = stream.write_all(bytes);
            }
        });
        Self { url, sends }
    }

    /// What the API says about where it is.
    fn location(&self) -> Vec<u8> {
        let body = json!({"redirect_to": self.url}).to_string();
        reply("307 Temporary Redirect", "", &body)
    }
}

fn payload(client: &Client) -> RecordingAddOnResultPayloadHandle {
    client
        .recording("RE0123456789abcdef0123456789abcdef".parse().unwrap())
        .add_on_result("XR0123456789abcdef0123456789abcdef".parse().unwrap())
        .payload("XH0123456789abcdef0123456789abcdef".parse().unwrap())
}

/// Polls a future once.
async fn is_pending<F: Future>(future: &mut Pin<Box<F>>) -> bool {
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_pending())).await
}

/// Turns the clock forward, and lets it run on from there.
async fn advance(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}

/// Reads one byte that comes after so many seconds of waiting.
async fn byte_after(seconds: u64, content: &mut Content, place: &Place) -> Result<(), Error> {
    let mut piece = Box::pin(content.next());
    assert!(is_pending(&mut piece).await);
    advance(seconds).await;
    place.sends.send(b"x").unwrap();
    piece.await.unwrap().map(|piece| assert_eq!(piece, "x"))
}

#[tokio::test]
async fn a_trickle_ends_with_an_error_unless_any_rate_will_do() {
    for (floor, is_read) in [(None, false), (Some(1), false), (Some(0), true)] {
        let place = Place::start();
        let api = Loopback::serve(vec![place.location()]);
        let mut download = payload(&api.client()).download();
        if let Some(floor) = floor {
            download = download.min_bytes_per_second(floor);
        }
        let mut content = download.await.unwrap();
        let mut failed = None;
        for _ in 0..6 {
            if let Err(error) = byte_after(12, &mut content, &place).await {
                failed = Some(error);
                break;
            }
        }
        match failed {
            None => assert!(is_read),
            Some(error) => {
                assert!(!is_read, "{error}");
                assert_eq!(
                    (error.kind(), error.is_timeout()),
                    (ErrorKind::Timeout, true)
                );
                assert!(
                    error.to_string().contains("min_bytes_per_second"),
                    "{error}"
                );
                assert_eq!(error.operation(), Some("FetchAddOnResultPayloadData"));
                assert!(content.next().await.is_none());
            }
        }
    }
}

#[tokio::test]
async fn time_in_which_nobody_waits_for_a_piece_does_not_count() {
    let place = Place::start();
    let api = Loopback::serve(vec![place.location()]);
    let mut content = payload(&api.client()).download().await.unwrap();
    for _ in 0..5 {
        byte_after(1, &mut content, &place).await.unwrap();
        advance(600).await;
    }
}

/// How the content ends that has the only permit.
#[derive(Clone, Copy, Debug)]
enum End {
    Read,
    TooLong,
    Broken,
    Dropped,
}

#[tokio::test]
async fn content_keeps_its_permit_until_it_ends_fails_or_is_dropped() {
    for end in [End::Read, End::TooLong, End::Broken, End::Dropped] {
        let place = Place::start();
        let api = Loopback::serve(vec![place.location(), reply("200 OK", "", "{}")]);
        let client = api.builder().concurrency(1).build().unwrap();
        let download = payload(&client).download();
        let mut content = match end {
            End::TooLong => download.limit(1000),
            _ => download,
        }
        .await
        .unwrap();
        let other = client.request(Host::Api, Method::GET, "/v1/Other").bytes();
        let mut other = Box::pin(other);
        assert!(is_pending(&mut other).await, "{end:?}");
        place.sends.send(&[b'x'; 500]).unwrap();
        assert!(content.next().await.unwrap().is_ok());
        assert!(is_pending(&mut other).await, "{end:?}");
        assert_eq!(api.requests().len(), 1, "{end:?}");
        let content = match end {
            End::Read => {
                place.sends.send(&[b'x'; 500]).unwrap();
                while let Some(piece) = content.next().await {
                    piece.unwrap();
                }
                Some(content)
            }
            End::TooLong => {
                content.left = 10;
                place.sends.send(&[b'x'; 500]).unwrap();
                while let Some(piece) = content.next().await {
                    if let Err(error) = piece {
                        assert_eq!(error.kind(), ErrorKind::TooLarge);
                    }
                }
                Some(content)
            }
            End::Broken => {
                drop(place);
                while content.next().await.is_some_and(|piece| piece.is_ok()) {}
                Some(content)
            }
            End::Dropped => {
                drop(content);
                None
            }
        };
        assert_eq!(*other.await.unwrap(), b"{}", "{end:?}");
        drop(content);
        assert_eq!(
            client.shared().turns.as_ref().unwrap().available_permits(),
            1
        );
    }
}

#[tokio::test]
async fn who_waits_for_a_permit_waits_until_the_deadline() {
    let place = Place::start();
    let api = Loopback::serve(vec![place.location(), place.location()]);
    let policy = RetryPolicy::none().deadline(Duration::from_secs(60));
    let client = api.builder().concurrency(1).retry(policy).build().unwrap();
    let first = payload(&client).download().await.unwrap();
    let second = Box::pin(payload(&client).download().into_future());
    tokio::time::pause();
    let error = second.await.unwrap_err();
    tokio::time::resume();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    drop(first);
    assert_eq!(
        client.shared().turns.as_ref().unwrap().available_permits(),
        1
    );
}

#[tokio::test]
async fn a_payload_inside_of_a_walk_is_downloaded_with_one_permit() {
    let payloads = |next: Option<&str>, digit: u8| {
        let sid = format!("XH{}", char::from(digit).to_string().repeat(32));
        reply(
            "200 OK",
            "",
            &json!({"payloads": [{
                "sid": sid,
                "account_sid": "AC0123456789abcdef0123456789abcdef",
                "add_on_result_sid": "XR0123456789abcdef0123456789abcdef",
                "reference_sid": "RE0123456789abcdef0123456789abcdef",
            }], "next_page_uri": next})
            .to_string(),
        )
    };
    let places = [Place::start(), Place::start()];
    let next = "?PageToken=PT1";
    let api = Loopback::serve(vec![
        payloads(Some(next), b'1'),
        places[0].location(),
        payloads(None, b'2'),
        places[1].location(),
    ]);
    let client = api.builder().concurrency(1).build().unwrap();
    let result = client
        .recording("RE0123456789abcdef0123456789abcdef".parse().unwrap())
        .add_on_result("XR0123456789abcdef0123456789abcdef".parse().unwrap());
    let mut walk = result.payloads().list().all_items().prefetch();
    for place in &places {
        place.sends.send(&[b'x'; 1000]).unwrap();
        let item = walk.next().await.unwrap().unwrap();
        let content = result.payload(item.sid).download().await.unwrap();
        assert_eq!(content.text().await.unwrap().len(), 1000);
    }
    assert!(walk.next().await.is_none());
    assert_eq!(api.finished().len(), 4);
}

#[test]
fn plain_http_is_read_only_on_loopback_and_by_a_client_of_mocks() {
    let real = Hosts::new(&HostSettings::default()).unwrap();
    let mock = Hosts::new(&HostSettings {
        base_urls: vec![(Host::Api, "http://127.0.0.1:1".to_owned())],
        ..HostSettings::default()
    })
    .unwrap();
    for (place, by_real, by_mock) in [
        ("https://content.example/x", true, true),
        ("http://127.0.0.1:2/x", false, true),
        ("http://localhost:2/x", false, true),
        ("http://content.example/x", false, false),
        ("http://127.0.0.1.evil.example/x", false, false),
        ("ftp://127.0.0.1/x", false, false),
        ("file:///x", false, false),
    ] {
        let url = Url::parse(place).unwrap();
        assert_eq!(may_be_read(&url, &real), by_real, "{place}");
        assert_eq!(may_be_read(&url, &mock), by_mock, "{place}");
    }
}
