//! What bounds a client as a whole: turns, cancelling, and the caller's own proxy.

use std::time::{Duration, Instant};

use futures_util::future::join;
use generated_client::types::BillableItem;
use generated_client::{ErrorKind, RetryPolicy, reqwest};
use tests::faults::{Act, End, FaultServer};
use tests::{Reply, Server};

use crate::support::{XE, builder};

/// Lets other tasks go on until `reached`; a limit of time ends a test that would never end.
async fn until(reached: impl Fn() -> bool) {
    let begun = Instant::now();
    while !reached() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it never came");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn no_more_requests_than_allowed_are_on_their_way_and_a_dropped_one_gives_its_turn_back() {
    let server = FaultServer::start(|number| match number {
        0 | 1 => Act::send([]).then(End::Stall),
        _ => Act::reply(&Reply::status(204)),
    })
    .unwrap();
    let client = builder()
        .base_urls(server.url())
        .concurrency(2)
        .build()
        .unwrap();
    let stalled = || {
        let call = client.installed_add_on(XE).delete();
        tokio::spawn(async move { call.await })
    };
    let calls = [stalled(), stalled()];
    until(|| server.requests().len() == 2).await;

    // A clone and another account share the turns.
    let third = client
        .clone()
        .for_account(client.account_sid())
        .installed_add_on(XE)
        .delete();
    let third = tokio::spawn(async move { third.await });
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.connections(), 2);
    assert!(!third.is_finished());

    let [first, second] = calls;
    first.abort();
    third.await.unwrap().unwrap();
    assert_eq!(server.connections(), 3);
    second.abort();
}

#[tokio::test]
async fn a_dropped_future_cancels_its_call() {
    let server = FaultServer::start(|_| Act::send([]).then(End::Stall)).unwrap();
    let client = builder().base_urls(server.url()).build().unwrap();
    let mut call = client.installed_add_on(XE).fetch().into_future();
    let arrived = until(|| server.requests().len() == 1);
    tokio::select! {
        _ = &mut call => panic!("it was not to be answered"),
        () = arrived => {}
    }
    assert_eq!(server.ended(), 0);
    drop(call);
    until(|| server.ended() == 1).await;
}

/// A port at which connections wait in line and are never taken.
#[cfg(target_os = "linux")]
struct FullLine {
    listener: socket2::Socket,
    _waiting: Vec<std::net::TcpStream>,
}

#[cfg(target_os = "linux")]
impl FullLine {
    fn new() -> Self {
        use socket2::{Domain, Socket, Type};

        let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        let any = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        listener.bind(&any.into()).unwrap();
        listener.listen(0).unwrap();
        let address = listener.local_addr().unwrap().as_socket().unwrap();
        let connect =
            || std::net::TcpStream::connect_timeout(&address, Duration::from_millis(100)).ok();
        let waiting = std::iter::from_fn(connect).take(16).collect();
        Self {
            listener,
            _waiting: waiting,
        }
    }

    fn url(&self) -> String {
        let address = self.listener.local_addr().unwrap().as_socket().unwrap();
        format!("http://{address}")
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn time_that_runs_out_while_connecting_means_that_nothing_was_sent() {
    let line = FullLine::new();
    let both = Duration::from_millis(400);
    for connect_timeout in [None, Some(both)] {
        let mut settings = builder()
            .base_urls(line.url())
            .timeout(both)
            .retry(RetryPolicy::new().pauses(|_| Duration::ZERO));
        if let Some(timeout) = connect_timeout {
            settings = settings.connect_timeout(timeout);
        }
        let client = settings.build().unwrap();
        let report = client
            .installed_add_on(XE)
            .usage()
            .report([BillableItem::new("BI1", "1".parse().unwrap())]);
        let error = report.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
        assert!(error.is_timeout() && error.is_retryable(), "{error:?}");
        assert!(!error.is_outcome_unknown(), "{error:?}");
        assert_eq!(error.attempts(), 3);
    }
}

#[tokio::test]
async fn the_deadline_bounds_the_first_attempt_and_the_wait_for_a_turn() {
    let server = FaultServer::start(|_| Act::send([]).then(End::Stall)).unwrap();
    let policy = RetryPolicy::new().deadline(Duration::from_millis(300));
    let client = builder()
        .base_urls(server.url())
        .concurrency(1)
        .build()
        .unwrap();
    let call = client.installed_add_on(XE).fetch().retry(policy.clone());
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");

    let stalled = client.installed_add_on(XE).fetch();
    let stalled = tokio::spawn(async move { stalled.await });
    until(|| server.requests().len() == 2).await;
    let report = client
        .installed_add_on(XE)
        .usage()
        .report([BillableItem::new("BI1", "1".parse().unwrap())])
        .retry(policy);
    let error = report.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(error.is_timeout() && !error.is_outcome_unknown());
    assert_eq!(server.connections(), 2);
    stalled.abort();
}

#[tokio::test]
async fn a_call_cannot_name_another_user_agent() {
    let server = Server::start(|_| Reply::status(204)).unwrap();
    let client = builder().base_urls(server.url()).build().unwrap();
    let call = client.installed_add_on(XE).delete();
    let other = reqwest::header::HeaderValue::from_static("mine");
    let error = call
        .header(reqwest::header::USER_AGENT, other)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request, "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn no_turns_at_all_is_refused() {
    for turns in [0, usize::MAX] {
        let error = builder().concurrency(turns).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{turns}");
    }
}

#[tokio::test]
async fn a_proxy_of_the_callers_own_is_asked_and_sees_no_credentials() {
    let proxy = FaultServer::start(|_| Act::reply(&Reply::status(403))).unwrap();
    let http = reqwest::Client::builder()
        .tls_certs_only([])
        .proxy(reqwest::Proxy::https(proxy.url()).unwrap());
    let client = builder().http_client(http).build().unwrap();
    let error = client.installed_add_on(XE).fetch().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
    let requests = proxy.requests();
    assert!(
        requests[0].starts_with("CONNECT marketplace.twilio.com:443 HTTP/1.1"),
        "{requests:?}"
    );
    assert!(
        !requests[0].to_lowercase().contains("\r\nauthorization:"),
        "{requests:?}"
    );
}

#[tokio::test]
async fn a_proxy_is_not_used_for_a_mock() {
    let (proxy, mock) = (
        Server::start(|_| Reply::status(500)).unwrap(),
        Server::start(|_| Reply::status(204)).unwrap(),
    );
    let http = reqwest::Client::builder().proxy(reqwest::Proxy::all(proxy.url()).unwrap());
    let client = builder()
        .http_client(http)
        .base_urls(mock.url())
        .build()
        .unwrap();
    let add_on = client.installed_add_on(XE);
    let (one, two) = join(add_on.delete().into_future(), add_on.delete().into_future()).await;
    assert!(one.is_ok() && two.is_ok());
    assert_eq!((proxy.requests().len(), mock.requests().len()), (0, 2));
}
