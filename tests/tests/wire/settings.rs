//! Everything is checked when it is built: each method of the builder is tried with settings that cannot mean anything, and
//! with the most extreme ones that can. What a call sets by itself is checked before anything is sent.

use std::collections::BTreeSet;
use std::time::Duration;

use generated_client::reqwest::Method;
use generated_client::{
    Client, ClientBuilder, Credentials, ErrorKind, Host, RetryBudget, RetryPolicy,
};
use tests::Reply;

use crate::calls::ROWS;
use crate::support::{AC, KEY, SECRET, XB, always, builder, client};

/// One method of the builder, and what can be given to it.
struct Setting {
    method: &'static str,
    wrong: &'static [fn(ClientBuilder) -> ClientBuilder],
    right: &'static [fn(ClientBuilder) -> ClientBuilder],
}

const NANOSECOND: Duration = Duration::from_nanos(1);
const MILLISECOND: Duration = Duration::from_millis(1);

const SETTINGS: &[Setting] = &[
    Setting {
        method: "region",
        wrong: &[
            |builder| builder.edge("sydney").region(""),
            |builder| builder.edge("sydney").region(" au1"),
            |builder| builder.edge("sydney").region("au1\n"),
            |builder| builder.edge("sydney").region("\"au1\""),
            |builder| builder.edge("sydney").region("AU1"),
            |builder| builder.edge("sydney").region("a.b"),
            |builder| builder.region("au1"),
        ],
        right: &[|builder| builder.edge("sydney").region("au1")],
    },
    Setting {
        method: "edge",
        wrong: &[
            |builder| builder.edge(""),
            |builder| builder.edge("sydney\u{a0}"),
            |builder| builder.edge("https://sydney"),
        ],
        right: &[|builder| builder.edge("sydney")],
    },
    Setting {
        method: "base_url",
        wrong: &[
            |builder| builder.base_url(Host::Api, ""),
            |builder| builder.base_url(Host::Api, " https://mock.example"),
            |builder| builder.base_url(Host::Api, "https://mock.example\n"),
            |builder| builder.base_url(Host::Api, "https://mock.\nexample"),
            |builder| builder.base_url(Host::Api, "'https://mock.example'"),
            |builder| builder.base_url(Host::Api, "http://mock.example"),
            |builder| builder.base_url(Host::Api, "https://mock.example?a=b"),
            |builder| builder.base_url(Host::Api, "https://user:pass@mock.example"),
            |builder| builder.base_url(Host::Api, "https://mock.example:0"),
        ],
        right: &[|builder| builder.base_url(Host::Api, "https://mock.example/under/")],
    },
    Setting {
        method: "base_urls",
        wrong: &[
            |builder| builder.base_urls("mock"),
            |builder| builder.base_urls("http://mock.example"),
        ],
        right: &[|builder| builder.base_urls("http://127.0.0.1:1")],
    },
    Setting {
        method: "timeout",
        wrong: &[
            |builder| builder.timeout(Duration::ZERO),
            |builder| builder.timeout(NANOSECOND),
        ],
        right: &[
            |builder| builder.timeout(MILLISECOND),
            |builder| builder.timeout(Duration::MAX),
        ],
    },
    Setting {
        method: "connect_timeout",
        wrong: &[
            |builder| builder.connect_timeout(Duration::ZERO),
            |builder| builder.connect_timeout(NANOSECOND),
        ],
        right: &[
            |builder| builder.connect_timeout(MILLISECOND),
            |builder| builder.connect_timeout(Duration::MAX),
        ],
    },
    Setting {
        method: "retry",
        wrong: &[
            |builder| builder.retry(RetryPolicy::new().deadline(Duration::ZERO)),
            |builder| builder.retry(RetryPolicy::new().deadline(NANOSECOND)),
            |builder| builder.retry(RetryPolicy::new().backoff(MILLISECOND, Duration::ZERO)),
            |builder| builder.retry(RetryPolicy::new().backoff(Duration::MAX, MILLISECOND)),
        ],
        right: &[
            |builder| builder.retry(RetryPolicy::none()),
            |builder| {
                builder.retry(
                    RetryPolicy::new()
                        .attempts(u32::MAX)
                        .deadline(Duration::MAX),
                )
            },
            |builder| builder.retry(RetryPolicy::new().backoff(Duration::ZERO, Duration::ZERO)),
            |builder| builder.retry(RetryPolicy::new().backoff(Duration::MAX, Duration::MAX)),
        ],
    },
    // None to spend means that nothing is sent again.
    Setting {
        method: "retry_budget",
        wrong: &[],
        right: &[
            |builder| builder.retry_budget(RetryBudget::new(0)),
            |builder| builder.retry_budget(RetryBudget::new(u32::MAX)),
            |builder| builder.retry_budget(RetryBudget::unlimited()),
        ],
    },
    Setting {
        method: "concurrency",
        wrong: &[
            |builder| builder.concurrency(0),
            |builder| builder.concurrency(usize::MAX),
        ],
        right: &[|builder| builder.concurrency(1)],
    },
    Setting {
        method: "reply_limit",
        wrong: &[|builder| builder.reply_limit(0)],
        right: &[
            |builder| builder.reply_limit(1 << 20),
            |builder| builder.reply_limit(usize::MAX),
        ],
    },
    Setting {
        method: "user_agent",
        wrong: &[
            |builder| builder.user_agent(""),
            |builder| builder.user_agent(" "),
            |builder| builder.user_agent(" my-app"),
            |builder| builder.user_agent("my-app "),
            |builder| builder.user_agent("my-app  other"),
            |builder| builder.user_agent("my-app/"),
            |builder| builder.user_agent("/1.2"),
            |builder| builder.user_agent("my\napp"),
            |builder| builder.user_agent("my\0app"),
            |builder| builder.user_agent("m\u{fc}"),
            |builder| builder.user_agent("\"my-app\""),
            |builder| builder.user_agent("x".repeat(10_000)),
        ],
        right: &[
            |builder| builder.user_agent("my-app"),
            |builder| builder.user_agent("my-app/1.2 (Linux; a / b) other/3"),
        ],
    },
    // What is in a builder of the HTTP library cannot be seen; the library checks it when it builds.
    Setting {
        method: "http_client",
        wrong: &[|builder| builder.http_client(reqwest::Client::builder().user_agent("a\nb"))],
        right: &[|builder| builder.http_client(reqwest::Client::builder())],
    },
    Setting {
        method: "download_http_client",
        wrong: &[|builder| {
            builder.download_http_client(reqwest::Client::builder().user_agent("a\nb"))
        }],
        right: &[|builder| builder.download_http_client(reqwest::Client::builder())],
    },
];

#[test]
fn every_method_of_the_builder_is_tried() {
    let source = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../generated-client/src/builder.rs"
    ));
    let source = source.unwrap();
    let methods: BTreeSet<_> = source
        .lines()
        .filter_map(|line| {
            line.trim_start()
                .strip_prefix("pub fn ")?
                .split_once("(mut self")
        })
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        methods,
        SETTINGS.iter().map(|setting| setting.method).collect()
    );
}

#[tokio::test]
async fn what_cannot_mean_anything_is_refused_when_it_is_built() {
    let server = always(Reply::json(404, "{}"));
    for Setting {
        method,
        wrong,
        right,
    } in SETTINGS
    {
        for (number, set) in wrong.iter().enumerate() {
            let error = set(builder())
                .build()
                .expect_err(&format!("{method}, {number}"));
            assert_eq!(
                error.kind(),
                ErrorKind::Configuration,
                "{method}, {number}: {error}"
            );
            let line = error.to_string();
            assert!(
                line.len() > 20 && !line.contains(char::is_control),
                "{method}, {number}: {line}"
            );
        }
        for (number, set) in right.iter().enumerate() {
            let client = set(builder()).base_urls(server.url()).build();
            let client = client.unwrap_or_else(|error| panic!("{method}, {number}: {error}"));
            // A setting means what it says: it neither panics in a call nor lets none through. A millisecond can be too short.
            match client.listing(XB).fetch().await {
                Err(error) if error.is_not_found() || error.is_timeout() => {}
                other => panic!("{method}, {number}: {other:?}"),
            }
        }
    }
}

#[test]
fn credentials_that_were_not_copied_well_are_refused_and_not_shown() {
    let long = "hunter2hunter2hunter2hunter2hunt";
    for pattern in [
        "",
        "{}\n",
        "{}\r\n",
        " {}",
        "{} ",
        "{}\u{a0}",
        "\"{}\"",
        "'{}'",
        "{}\0",
        "\u{feff}{}",
        "{}\u{200b}",
        "{}\u{e9}",
    ] {
        let secret = pattern.replace("{}", long);
        for (what, credentials) in [
            ("auth token", Credentials::auth_token(AC, secret.clone())),
            (
                "API key's secret",
                Credentials::api_key(KEY, secret.clone(), AC),
            ),
            (
                "API key SID",
                Credentials::api_key(secret.clone(), SECRET, AC),
            ),
            (
                "API key SID",
                Credentials::api_key(pattern.replace("{}", KEY), "", AC),
            ),
        ] {
            let error = Client::builder(credentials).build().unwrap_err();
            let shown = format!("{error} {error:?} {error:#?}");
            assert!(error.to_string().contains(what), "{secret:?}: {error}");
            assert!(
                !shown.contains("hunter2") && !shown.contains(KEY),
                "{shown}"
            );
        }
    }
}

#[tokio::test]
async fn what_a_call_sets_by_itself_is_checked_before_anything_is_sent() {
    let server = always(Reply::json(200, "{}"));
    let client = client(&server);
    let listing = || client.listing(XB).fetch();
    let raw = || client.request(Host::Api, Method::GET, "/x");
    let never = RetryPolicy::new().deadline(Duration::ZERO);
    let odd = RetryPolicy::new().backoff(Duration::from_secs(2), Duration::from_secs(1));
    let errors = [
        listing().timeout(Duration::ZERO).await.unwrap_err(),
        listing().timeout(NANOSECOND).await.unwrap_err(),
        listing().retry(never.clone()).await.unwrap_err(),
        listing().retry(odd.clone()).await.unwrap_err(),
        raw().timeout(Duration::ZERO).bytes().await.unwrap_err(),
        raw().retry(never).bytes().await.unwrap_err(),
        raw().retry(odd).bytes().await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert!(!error.is_retryable() && error.attempts() == 0, "{error:?}");
    }
    assert!(server.requests().is_empty());
    listing().timeout(Duration::MAX).await.unwrap_err();
    raw().timeout(Duration::MAX).bytes().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

/// A client for another account acts on that account or not at all.
#[tokio::test]
async fn no_operation_acts_on_another_account_than_the_clients() {
    let other = "ACdddddddddddddddddddddddddddddddd";
    for row in ROWS {
        let server = always(Reply::json(404, "{}"));
        let client = client(&server);
        let sub = client.for_account(other.parse().unwrap());
        let error = (row.call)(sub).await.err().unwrap();
        if row.request.contains(AC.as_str()) {
            let requests = server.requests();
            assert_eq!(requests.len(), 1, "{}: {error}", row.operation);
            assert!(
                requests[0].path.contains(other),
                "{}: {requests:?}",
                row.operation
            );
            assert!(
                !requests[0].path.contains(AC.as_str()),
                "{}: {requests:?}",
                row.operation
            );
            continue;
        }
        assert!(server.requests().is_empty(), "{}", row.operation);
        assert_eq!(
            error.kind(),
            ErrorKind::Request,
            "{}: {error}",
            row.operation
        );
        assert_eq!(error.operation(), Some(row.operation));
        let line = error.to_string();
        for part in [row.operation, other, AC.as_str(), "credentials of"] {
            assert!(line.contains(part), "{}: {line}", row.operation);
        }
        // Back on the account of the credentials all is as before.
        let error = (row.call)(client.for_account(AC)).await.err().unwrap();
        assert_ne!(
            error.kind(),
            ErrorKind::Request,
            "{}: {error}",
            row.operation
        );
    }
}

#[tokio::test]
async fn raw_requests_and_links_act_on_the_clients_account_too() {
    let page = |base: &str| {
        format!(
            "{{\"installed_add_ons\": [], \"meta\": {{\"next_page_url\": \"{base}/v1/InstalledAddOns?Page=1\"}}}}"
        )
    };
    let server = tests::Server::start(move |request| {
        let host = request.header("host").unwrap_or_default();
        Reply::json(200, page(&format!("http://{host}")))
    })
    .unwrap();
    let own = client(&server);
    let other = "ACdddddddddddddddddddddddddddddddd";
    let sub = own.for_account(other.parse().unwrap());
    for (path, sent) in [
        (
            format!("/2010-04-01/Accounts/{other}/Recordings.json"),
            true,
        ),
        (format!("/2010-04-01/Accounts/{other}.json"), true),
        (format!("/2010-04-01/Accounts/{AC}/Recordings.json"), false),
        ("/v1/InstalledAddOns".to_owned(), false),
        (format!("/v1/X{other}"), false),
    ] {
        for host in Host::ALL {
            // Only the paths of this host name an account, wherever a SID is in them.
            let sent = sent && *host == Host::Api;
            let before = server.requests().len();
            let result = sub.request(*host, Method::GET, path.clone()).bytes().await;
            assert_eq!(result.is_ok(), sent, "{path}");
            assert_eq!(
                server.requests().len() - before,
                usize::from(sent),
                "{path}"
            );
            if let Err(error) = result {
                assert_eq!(error.kind(), ErrorKind::Request, "{error}");
            }
        }
    }
    let first = own.installed_add_ons().list().await.unwrap();
    let before = server.requests().len();
    let error = first.next_page(&sub).unwrap().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request, "{error}");
    assert_eq!(server.requests().len(), before);
    first.next_page(&own).unwrap().await.unwrap();
}

/// Where Twilio offers no Marketplace, its calls are refused, and the other host's are not.
#[tokio::test]
async fn a_host_that_a_region_does_not_have_is_not_called() {
    let server = always(Reply::json(404, "{}"));
    for region in ["au1", "ie1"] {
        let regional = || {
            builder()
                .edge("dublin")
                .region(region)
                .base_url(Host::Api, server.url())
        };
        let client = regional().build().unwrap();
        let given = regional()
            .base_url(Host::Marketplace, server.url())
            .build()
            .unwrap();
        for row in ROWS {
            let before = server.requests().len();
            let error = (row.call)(client.clone()).await.err().unwrap();
            let is_sent = row.host == Host::Api;
            assert_eq!(
                server.requests().len() - before,
                usize::from(is_sent),
                "{}: {error}",
                row.operation
            );
            if !is_sent {
                assert_eq!(error.kind(), ErrorKind::Request, "{error}");
                let line = error.to_string();
                assert!(line.contains(region) && line.contains("base_url"), "{line}");
            }
            let error = (row.call)(given.clone()).await.err().unwrap();
            assert_eq!(
                server.requests().len() - before,
                usize::from(is_sent) + 1,
                "{}: {error}",
                row.operation
            );
        }
    }
}
