//! Clients of loopback servers, and the identities that every test uses.

use std::error::Error as _;

use generated_client::{
    AccountSid, AddOnResultSid, AvailableAddOnSid, Client, ClientBuilder, Credentials, Error,
    ExtensionSid, InstalledAddOnSid, PayloadSid, PhoneNumberSid, RecordingSid, RetryPolicy,
};
use tests::{Recorded, Reply, Server};

/// Checks a SID when the tests are compiled.
macro_rules! known {
    ($name:ident: $kind:ident = $text:literal) => {
        pub(crate) const $name: $kind = match $kind::parse($text) {
            Ok(sid) => sid,
            Err(error) => panic!("{}", error.rule()),
        };
    };
}

known!(AC: AccountSid = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
known!(XB: AvailableAddOnSid = "XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
known!(XE: InstalledAddOnSid = "XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");
known!(XF: ExtensionSid = "XFffffffffffffffffffffffffffffffff");
known!(XR: AddOnResultSid = "XR11111111111111111111111111111111");
known!(XH: PayloadSid = "XH22222222222222222222222222222222");
known!(PN: PhoneNumberSid = "PN33333333333333333333333333333333");
known!(RE: RecordingSid = "RE44444444444444444444444444444444");

pub(crate) const KEY: &str = "SK0123456789abcdef0123456789abcdef";
pub(crate) const SECRET: &str = "s3cret&: %";

/// `KEY:SECRET` as HTTP Basic writes it.
pub(crate) const AUTHORIZATION: &str =
    "Basic U0swMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjpzM2NyZXQmOiAl";

/// Settings with credentials and nothing else, of a client that sends everything once.
pub(crate) fn builder() -> ClientBuilder {
    Client::builder(Credentials::api_key(KEY, SECRET, AC)).retry(RetryPolicy::none())
}

/// A client that takes `server` for every host.
pub(crate) fn client(server: &Server) -> Client {
    builder().base_urls(server.url()).build().unwrap()
}

/// A server that gives the same answer to everything.
pub(crate) fn always(reply: Reply) -> Server {
    Server::start(move |_| reply.clone()).unwrap()
}

/// A server that answers with that JSON and 200.
pub(crate) fn json(text: &str) -> Server {
    always(Reply::json(200, text))
}

/// The one request that came.
pub(crate) fn only(server: &Server) -> Recorded {
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    requests.remove(0)
}

/// An error and everything that caused it, as text.
pub(crate) fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
