//! Links from the server to other pages. None is fetched as it is: its query is sent to the list's own path on the
//! client's own host, and only if the link names that path, and that host or the one that the document names; otherwise it
//! is refused before anything is sent.

use reqwest::Url;

use crate::host::Base;
use crate::one_line::OneLine;
use crate::runtime::{OperationRef, Prepared};
use crate::{Client, Error};

/// The request that a link from a page at `path` asks for: the same path with the link's query. A link to any other path
/// is refused, be it of the same host: it could name another resource, or another account's.
pub(crate) fn follow(
    link: &str,
    operation: &OperationRef,
    path: &str,
    client: &Client,
) -> Result<Prepared, Error> {
    let base = client.shared().hosts.base(operation.host)?;
    if let Some(rest) = base.rest_of(link) {
        let (named, query) = rest.split_once('?').unwrap_or((rest, ""));
        if named == path {
            return Ok(Prepared::at(operation, named.to_owned(), query.to_owned()));
        }
    }
    resolve(link, operation, path, base).map_err(|error| error.conceal(&client.shared().concealer))
}

/// The same for any link, read as a URL.
fn resolve(
    link: &str,
    operation: &OperationRef,
    path: &str,
    base: &Base,
) -> Result<Prepared, Error> {
    let here = format!("{}{path}", base.text());
    let refuse = |error: Error| error.in_call(operation, &|| here.clone());
    let target = Url::parse(&here)
        .and_then(|url| url.join(link))
        .map_err(|_| refuse(Error::paging("the link to another page is not a URL")))?;
    let Some(named) = base.path_of(&target) else {
        return Err(refuse(Error::paging(format!(
            "the link to another page leads to {}, which is not where the list is; it was not followed",
            OneLine(&place_of(&target))
        ))));
    };
    if !is_same_path(named, path) {
        return Err(refuse(Error::paging(
            "the link to another page names another path than that of the list; it was not followed",
        )));
    }
    let query = target.query().unwrap_or_default();
    Ok(Prepared::at(operation, path.to_owned(), query.to_owned()))
}

/// The path and the query that any link asks for, where it leads to this host.
#[inline]
pub(crate) fn own_request(link: &str, base: &Base) -> Result<(String, String), Error> {
    let target = Url::parse(base.text())
        .and_then(|url| url.join(link))
        .map_err(|_| Error::request("the link is not a URL"))?;
    let Some(path) = base.path_of(&target) else {
        return Err(Error::request(format!(
            "the link leads to {}, which is not the host that it was to be requested from",
            place_of(&target)
        )));
    };
    let query = target.query().unwrap_or_default();
    Ok((path.to_owned(), query.to_owned()))
}

/// Whether two paths are one, however their characters are percent-encoded.
fn is_same_path(one: &str, other: &str) -> bool {
    one == other || plain_bytes(one).eq(plain_bytes(other))
}

/// The bytes of a path, decoded, and whether each is one that means something else when it is not encoded.
fn plain_bytes(path: &str) -> impl Iterator<Item = (u8, bool)> {
    let mut rest = path.as_bytes();
    std::iter::from_fn(move || {
        let (&first, mut after) = rest.split_first()?;
        let mut byte = (first, false);
        if first == b'%'
            && let Some((digits, behind)) = after.split_first_chunk::<2>()
            && digits.iter().all(u8::is_ascii_hexdigit)
            && let Ok(digits) = std::str::from_utf8(digits)
            && let Ok(decoded) = u8::from_str_radix(digits, 16)
        {
            byte = (
                decoded,
                decoded.is_ascii_punctuation() && !b"-._~".contains(&decoded),
            );
            after = behind;
        }
        rest = after;
        Some(byte)
    })
}

/// Scheme, host and port of a URL, as far as it has them.
fn place_of(url: &Url) -> String {
    let Some(host) = url.host_str() else {
        return format!("a `{}:` URL", url.scheme());
    };
    match url.port() {
        Some(port) => format!("{}://{host}:{port}", url.scheme()),
        None => format!("{}://{host}", url.scheme()),
    }
}

/// The token in a link.
pub(super) fn page_token(link: &str) -> Option<String> {
    let (_, query) = link.split_once('?')?;
    let query = query.split('#').next()?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "PageToken")
        .map(|(_, token)| token.into_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::runtime::cases::cases;
    use crate::runtime::{Operation, Repeat};
    use crate::{Client, Credentials, ErrorKind, Host};

    static LIST: Operation = Operation {
        id: "ListThings",
        method: reqwest::Method::GET,
        path: "/v1/Things",
        host: Host::Marketplace,
        repeat: Repeat::Safe,
        statuses: &[200],
    };

    fn client(base: &str) -> Client {
        let account = "AC0123456789abcdef0123456789abcdef".parse().unwrap();
        Client::builder(Credentials::auth_token(account, "token"))
            .base_urls(base)
            .build()
            .unwrap()
    }

    static LOOPBACK: LazyLock<Client> = LazyLock::new(|| client("http://127.0.0.1:4010"));

    fn followed(client: &Client, link: &str) -> Result<(String, String), Error> {
        let prepared = follow(link, &(&LIST).into(), "/v1/Things", client)?;
        Ok((prepared.path().to_owned(), prepared.query_text().to_owned()))
    }

    #[test]
    fn links_to_the_documents_or_the_clients_host_give_path_and_query() {
        let wanted = (
            "/v1/Things".to_owned(),
            "PageSize=2&Page=1&PageToken=PA1".to_owned(),
        );
        for link in [
            "https://marketplace.twilio.com/v1/Things?PageSize=2&Page=1&PageToken=PA1",
            "https://marketplace.twilio.com:443/v1/Things?PageSize=2&Page=1&PageToken=PA1#x",
            "https://user:secret@marketplace.twilio.com/v1/Things?PageSize=2&Page=1&PageToken=PA1",
            "http://127.0.0.1:4010/v1/Things?PageSize=2&Page=1&PageToken=PA1",
            "/v1/Things?PageSize=2&Page=1&PageToken=PA1",
            "Things?PageSize=2&Page=1&PageToken=PA1",
            "?PageSize=2&Page=1&PageToken=PA1",
        ] {
            assert_eq!(followed(&LOOPBACK, link).unwrap(), wanted, "{link}");
        }
    }

    #[test]
    fn a_base_urls_own_path_is_not_doubled() {
        let mock = client("http://127.0.0.1:4010/mock/");
        for link in [
            "http://127.0.0.1:4010/mock/v1/Things?Page=1",
            "/mock/v1/Things?Page=1",
            "/v1/Things?Page=1",
            "https://marketplace.twilio.com/v1/Things?Page=1",
        ] {
            let (path, query) = followed(&mock, link).unwrap();
            assert_eq!(
                (path.as_str(), query.as_str()),
                ("/v1/Things", "Page=1"),
                "{link}"
            );
        }
    }

    #[test]
    fn links_elsewhere_are_refused() {
        for link in [
            "https://evil.example/v1/Things?Page=1",
            "//evil.example/v1/Things",
            "\\\\evil.example/v1/Things",
            "https://marketplace.twilio.com@evil.example/v1/Things",
            "https://marketplace.twilio.com.evil.example/v1/Things",
            "http://marketplace.twilio.com/v1/Things",
            "https://marketplace.twilio.com:8443/v1/Things",
            "https://api.twilio.com/v1/Things",
            "https://127.0.0.1:4010/v1/Things",
            "http://127.0.0.1:4011/v1/Things",
            "http://localhost:4010/v1/Things",
            "ftp://marketplace.twilio.com/v1/Things",
            "data:text/plain,x",
            "file:///etc/passwd",
            "blob:https://marketplace.twilio.com/x",
            "https://",
        ] {
            let error = followed(&LOOPBACK, link).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Paging, "{link}");
            assert_eq!(error.operation(), Some("ListThings"), "{link}");
        }
    }

    #[test]
    fn a_link_to_another_path_is_refused_and_the_same_path_may_be_spelled_otherwise() {
        for (path, link, is_same) in [
            ("/v1/Things", "/v1/Things", true),
            ("/v1/Things", "/v1/%54hin%67s", true),
            ("/v1/Things", "/v1/x/../Things", true),
            ("/v1/Things", "/v1/./Things", true),
            ("/v1/Things", "/v1/Things/", false),
            ("/v1/Things", "/v1//Things", false),
            ("/v1/Things", "/v1/things", false),
            ("/v1/Things", "/v1/Things/1", false),
            ("/v1/Things", "/v1/Thing", false),
            ("/v1/Things", "/v1", false),
            ("/v1/Things", "/", false),
            ("/v1/Things", "/v1%2FThings", false),
            ("/v1/Things", "/v1/Things%00", false),
            ("/v1/Things", "/v1/Things;x", false),
            ("/v1/a%2Fb", "/v1/a%2fb", true),
            ("/v1/a%2Fb", "/v1/a/b", false),
            ("/v1/%C3%A4", "/v1/ä", true),
            ("/v1/%C3%A4", "/v1/%c3%a4", true),
            ("/v1/a%25b", "/v1/a%b", false),
            ("/v1/a%20b", "/v1/a b", true),
            (
                "/2010-04-01/Accounts/ACa/X.json",
                "/2010-04-01/Accounts/ACb/X.json",
                false,
            ),
        ] {
            for before in [
                "",
                "http://127.0.0.1:4010",
                "https://marketplace.twilio.com",
            ] {
                let link = format!("{before}{link}?PageToken=PA1");
                match follow(&link, &(&LIST).into(), path, &LOOPBACK) {
                    Ok(prepared) => {
                        assert!(is_same, "{link}");
                        assert_eq!(prepared.path(), path, "the list's own path is sent");
                        assert_eq!(prepared.query_text(), "PageToken=PA1");
                    }
                    Err(error) => {
                        assert!(!is_same, "{link}: {error}");
                        assert_eq!(error.kind(), ErrorKind::Paging, "{link}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_token_is_taken_out_of_either_kind_of_link() {
        for link in [
            "https://marketplace.twilio.com/v1/Things?PageSize=2&Page=1&PageToken=PA%2F1",
            "/2010-04-01/Things.json?PageToken=PA%2F1&Page=1",
            "?PageToken=PA%2F1#x",
        ] {
            assert_eq!(page_token(link).as_deref(), Some("PA/1"), "{link}");
        }
        assert_eq!(page_token("/v1/Things?Page=1"), None);
        assert_eq!(page_token("/v1/Things"), None);
    }

    /// Links made of what could lead a careless reader astray, in any order.
    fn link() -> impl Strategy<Value = String> {
        let beginning = "https://marketplace.twilio.com https://marketplace.twilio.com/ https://api.twilio.com \
            http://marketplace.twilio.com HTTPS://Marketplace.twilio.com http://127.0.0.1:4010 http://127.0.0.1:4010/ \
            http://127.0.0.1:4010/mock http://127.0.0.1:401 https://mock.test https://mock.test/a/b // / /v1/Things \
            http://127.0.0.1:4010/v1/Things https://marketplace.twilio.com/v1/Things http://127.0.0.1:4010/mock/v1/Things \
            https://mock.test/a/b/v1/Things Things";
        let piece = "/ // \\ . .. /. /.. %2e %2E%2e %2F ? # & = @ : :443 :0 ; + ' | é mock a b A v1 evil.test .evil.test Things %54hings \
            Page=1 PageToken=PA1 - _ ~ 0";
        let beginning = beginning.split_whitespace().chain([""]);
        let piece = piece
            .split_whitespace()
            .chain(["\t", "\n", "\r", " ", "\0"]);
        let beginning = prop::sample::select(beginning.collect::<Vec<_>>());
        let piece = prop::sample::select(piece.collect::<Vec<_>>());
        (beginning, prop::collection::vec(piece, 0..8))
            .prop_map(|(beginning, pieces)| format!("{beginning}{}", pieces.concat()))
    }

    proptest! {
        #![proptest_config(cases(1024))]

        #[test]
        fn a_link_that_is_not_parsed_means_what_it_means_when_parsed(link in link(), which in 0..5_usize) {
            static CLIENTS: LazyLock<Vec<Client>> = LazyLock::new(|| {
                [
                    "http://127.0.0.1:4010",
                    "http://127.0.0.1:4010/mock/",
                    "https://mock.test",
                    "https://mock.test/a/b//",
                    "https://marketplace.twilio.com/a",
                ]
                .map(client)
                .into()
            });
            let base = CLIENTS[which].shared().hosts.base(LIST.host).unwrap();
            let operation = OperationRef::from(&LIST);
            let plain = follow(&link, &operation, "/v1/Things", &CLIENTS[which]);
            let parsed = resolve(&link, &operation, "/v1/Things", base);
            match (plain, parsed) {
                (Ok(plain), Ok(parsed)) => {
                    prop_assert_eq!(plain.path(), "/v1/Things");
                    prop_assert_eq!(plain.path(), parsed.path());
                    prop_assert_eq!(plain.query_text(), parsed.query_text());
                }
                (plain, parsed) => prop_assert!(plain.is_err() && parsed.is_err(), "{:?} {:?}", plain, parsed),
            }
        }
    }

    #[test]
    fn the_links_that_the_server_writes_are_not_parsed() {
        let link = "/v1/Things?PageSize=50&Page=1&PageToken=PAXE0123456789abcdef0123456789abcdef";
        for (base, before) in [
            ("http://127.0.0.1:4010", "http://127.0.0.1:4010"),
            ("http://127.0.0.1:4010", "https://marketplace.twilio.com"),
            ("http://127.0.0.1:4010", ""),
            ("http://127.0.0.1:4010/mock", "http://127.0.0.1:4010/mock"),
        ] {
            let client = client(base);
            let base = client.shared().hosts.base(LIST.host).unwrap();
            assert_eq!(
                base.rest_of(&format!("{before}{link}")),
                Some(link),
                "{before}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_link_leads_anywhere_else(link in "(https?:)?[/\\\\]{0,3}[a-z.@:0-9]{0,20}[/?#]?\\PC{0,20}") {
            if let Ok(prepared) = follow(&link, &(&LIST).into(), "/v1/Things", &LOOPBACK) {
                prop_assert_eq!(prepared.path(), "/v1/Things");
            }
        }
    }
}
