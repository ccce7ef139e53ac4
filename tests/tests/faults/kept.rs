//! Connections that are used again and break just then: what was sent on them may have arrived.

use std::time::Duration;

use generated_client::{ErrorKind, RetryPolicy};
use tests::Document;
use tests::faults::{Act, End, FaultServer, Waits};

use crate::calls::{ONCE, ROWS};
use crate::operations::right;
use crate::support::builder;

/// A name, and what it makes of the second request on a connection.
type Then = (&'static str, fn(Act) -> Act);

/// How the second request on a connection fares.
const ENDS: [Then; 3] = [
    ("reset after reading", |act| act.then(End::Reset)),
    ("closed after reading", |act| act),
    ("closed while idle", |act| act.after(Waits::Not)),
];

#[tokio::test]
async fn a_connection_that_breaks_when_it_is_used_again_bills_nothing_twice() {
    let document = Document::read().unwrap();
    for (end, then) in ENDS {
        let mut reused = 0;
        for row in ROWS {
            let place = format!("{}, {end}", row.operation);
            let right = right(&document, row);
            let server = FaultServer::start(move |number| match number {
                0 => then(Act::send([]).after_serving(&right)),
                _ => Act::reply(&right),
            })
            .unwrap();
            let client = builder()
                .base_urls(server.url())
                .retry(RetryPolicy::new().pauses(|_| Duration::ZERO))
                .build()
                .unwrap();
            assert!((row.call)(client.clone()).await.is_ok(), "{place}");
            // The connection goes back to the pool in a task of its own.
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            let result = (row.call)(client).await;
            let arrived = server.requests().len();
            let once = ONCE.contains(&row.operation);
            reused += usize::from(server.connections() == 1 || arrived == 3);
            match result {
                Ok(_) if once => assert_eq!(arrived, 2, "{place}"),
                Ok(_) => assert!(arrived <= 3, "{place}: {arrived}"),
                Err(error) => {
                    assert!(once, "{place}: {error:?}");
                    assert_eq!(error.kind(), ErrorKind::Transport, "{place}: {error:?}");
                    assert!(error.is_outcome_unknown(), "{place}: {error:?}");
                    assert_eq!(server.connections(), 1, "{place}");
                    assert!(arrived <= 2, "{place}: {arrived}");
                }
            }
        }
        assert!(
            reused > 0 || end == "closed while idle",
            "no connection was used again"
        );
    }
}
