//! What a response of the largest length that is read takes in memory, whatever it holds. This is alone because it counts
//! in the allocator of the whole test program.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use allocation_counter::measure;
use generated_client::{Client, Credentials, Error, ErrorKind, RetryPolicy};
use tests::{Reply, Server};

/// The limit of a client on which none was set.
const LIMIT: usize = 8 << 20;

/// The most memory that a call takes at a time, its body included, and what became of it.
fn peak(body: String) -> (u64, Result<(), Error>) {
    let server = Server::start(move |_| Reply::json(200, body.as_str())).unwrap();
    let account = "AC0123456789abcdef0123456789abcdef".parse().unwrap();
    let sid = "XB0123456789abcdef0123456789abcdef".parse().unwrap();
    let client = Client::builder(Credentials::auth_token(account, "token"))
        .base_urls(server.url())
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut outcome = Ok(());
    let info = measure(|| {
        outcome = runtime.block_on(async { client.available_add_on(sid).fetch().await.map(drop) });
    });
    (info.bytes_max, outcome)
}

/// A resource whose schema is filled with a piece, up to the limit.
fn filled(before: &str, piece: &str, after: &str) -> String {
    let beginning = r#"{"sid":"XB0123456789abcdef0123456789abcdef","configuration_schema":"#;
    let count = (LIMIT - 200) / piece.len();
    format!("{beginning}{before}{}{after}}}", piece.repeat(count))
}

#[test]
fn no_response_takes_more_than_16_times_its_length() {
    for (body, is_read) in [
        (filled("{\"x\":[", "{\"\":0},", "0]}"), false),
        (filled("{\"x\":[", "0,", "0]}"), false),
        (filled("{\"x\":[", "\"\",", "0]}"), false),
        (filled("{\"x\":[", "[[]],", "0]}"), false),
        (filled("{\"x\":\"", "\\n", "\"}"), true),
        (filled("{\"x\":\"", "long text", "\"}"), true),
        (filled("{", "\"same\":0,", "\"same\":0}"), true),
        (
            filled("{},\"links\":{", "\"same\":null,", "\"same\":\"\"}"),
            true,
        ),
        (filled("", "{\"\":", ""), false),
    ] {
        let begins: String = body.chars().take(120).collect();
        let length = u64::try_from(body.len()).unwrap();
        let (peak, outcome) = peak(body);
        // Two times more for the body itself while it comes.
        assert!(peak <= 18 * length, "{} times: {begins}", peak / length);
        match outcome {
            Ok(()) => assert!(is_read, "{begins}"),
            Err(error) => {
                assert!(!is_read, "{begins}: {error}");
                assert!(
                    matches!(error.kind(), ErrorKind::TooLarge | ErrorKind::Decode),
                    "{error}"
                );
            }
        }
    }
}
