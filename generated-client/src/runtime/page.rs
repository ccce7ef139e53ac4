//! One page of a list, and the way to its neighbours. A link from the server is never fetched as it
//! stands: its path and query go to the client's own host, and only if it names that host or the one
//! that the document names; otherwise it is refused before anything is sent.

use std::fmt;

use reqwest::Url;

use super::call::{CallFuture, CallOptions, Decode, send};
use super::operation::OperationRef;
use super::prepared::Prepared;
use super::reply::Reply;
use super::value::ReadValue;
use crate::host::Base;
use crate::{Client, Error};

/// The JSON document that a page comes in.
pub(crate) trait Envelope: ReadValue {
    /// What the list is of.
    type Item: Send + 'static;

    /// The items, and what the document says about the page.
    fn into_parts(self) -> (Vec<Self::Item>, PageLinks);
}

/// What a list's document says about the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageLinks {
    pub(crate) next: Option<String>,
    pub(crate) previous: Option<String>,
    pub(crate) page: Option<i64>,
    pub(crate) page_size: Option<i64>,
}

/// One page of a list: what awaiting a list call gives. The list may have more pages; the call's methods `all_items`,
/// `all_pages` and `collect_all` read them all.
///
/// ```no_run
/// # async fn example(client: generated_client::Client) -> Result<(), generated_client::Error> {
/// let page = client.installed_add_ons().list().await?;
/// for add_on in &page {
///     println!("{}", add_on.sid);
/// }
/// if let Some(next) = page.next_page(&client) {
///     println!("{} more", next.await?.len());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Page<T> {
    items: Vec<T>,
    links: PageLinks,
    operation: OperationRef,
    path: String,
    decode: Decode<Page<T>>,
}

impl<T> Page<T> {
    pub(crate) fn new(
        items: Vec<T>,
        links: PageLinks,
        reply: &Reply,
        decode: Decode<Self>,
    ) -> Self {
        Self {
            items,
            links,
            operation: reply.operation.clone(),
            path: reply.path.clone(),
            decode,
        }
    }

    /// The items of this page, and of no other: the list may have [more](Self::has_next).
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The items of this page, and of no other, by value.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// How many items this page has.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether this page has no items. The next one still may.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether there is a next page.
    pub fn has_next(&self) -> bool {
        self.next_link().is_some()
    }

    /// Whether there is a previous page.
    pub fn has_previous(&self) -> bool {
        self.previous_link().is_some()
    }

    /// Which page this is, counted from 0, if the server says so.
    pub fn page_number(&self) -> Option<i64> {
        self.links.page
    }

    /// How many items a full page has, if the server says so.
    pub fn page_size(&self) -> Option<i64> {
        self.links.page_size
    }

    /// The token of the next page, from which a list can be resumed later.
    pub fn next_page_token(&self) -> Option<String> {
        page_token(self.next_link()?)
    }

    /// The token of the previous page.
    pub fn previous_page_token(&self) -> Option<String> {
        page_token(self.previous_link()?)
    }

    pub(super) fn next_link(&self) -> Option<&str> {
        self.links.next.as_deref().filter(|link| !link.is_empty())
    }

    fn previous_link(&self) -> Option<&str> {
        self.links
            .previous
            .as_deref()
            .filter(|link| !link.is_empty())
    }

    /// The request for the next page, if there is one and its link leads where it may.
    pub(super) fn next_request(&self, client: &Client) -> Option<Result<Prepared, Error>> {
        Some(follow(
            self.next_link()?,
            &self.operation,
            &self.path,
            client,
        ))
    }
}

impl<T: Send + 'static> Page<T> {
    /// The call that fetches the next page, if there is one.
    pub fn next_page(&self, client: &Client) -> Option<CallFuture<Self>> {
        self.call(self.next_link()?, client)
    }

    /// The call that fetches the previous page, if there is one.
    pub fn previous_page(&self, client: &Client) -> Option<CallFuture<Self>> {
        self.call(self.previous_link()?, client)
    }

    fn call(&self, link: &str, client: &Client) -> Option<CallFuture<Self>> {
        let request = follow(link, &self.operation, &self.path, client);
        Some(send(CallOptions::new(client.clone()), request, self.decode))
    }
}

impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items)
            .field("page_number", &self.page_number())
            .field("page_size", &self.page_size())
            .field("has_next", &self.has_next())
            .finish_non_exhaustive()
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// The request that a link from a page at `path` asks for.
pub(super) fn follow(
    link: &str,
    operation: &OperationRef,
    path: &str,
    client: &Client,
) -> Result<Prepared, Error> {
    let base = client.shared().hosts.base(operation.host)?;
    if let Some(rest) = base.rest_of(link) {
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        return Ok(Prepared::at(operation, path.to_owned(), query.to_owned()));
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
    let Some(path) = base.path_of(&target) else {
        return Err(refuse(Error::paging(format!(
            "the link to another page leads to {}, which is not where the list is; it was not followed",
            place_of(&target)
        ))));
    };
    let query = target.query().unwrap_or_default();
    Ok(Prepared::at(operation, path.to_owned(), query.to_owned()))
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

fn page_token(link: &str) -> Option<String> {
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
    use crate::runtime::{Operation, Repeat};
    use crate::{Credentials, ErrorKind, Host};

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

    fn followed(base: &str, link: &str) -> Result<(String, String), Error> {
        let prepared = follow(link, &(&LIST).into(), "/v1/Things", &client(base))?;
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
            assert_eq!(
                followed("http://127.0.0.1:4010", link).unwrap(),
                wanted,
                "{link}"
            );
        }
    }

    #[test]
    fn a_base_urls_own_path_is_not_doubled() {
        for link in [
            "http://127.0.0.1:4010/mock/v1/Things?Page=1",
            "/mock/v1/Things?Page=1",
            "/v1/Things?Page=1",
            "https://marketplace.twilio.com/v1/Things?Page=1",
        ] {
            let (path, query) = followed("http://127.0.0.1:4010/mock/", link).unwrap();
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
            let error = followed("http://127.0.0.1:4010", link).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Paging, "{link}");
            assert_eq!(error.operation(), Some("ListThings"), "{link}");
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
            http://127.0.0.1:4010/mock http://127.0.0.1:401 https://mock.test https://mock.test/a/b // /";
        let piece = "/ // \\ . .. /. /.. %2e %2E%2e %2F ? # & = @ : :443 :0 ; + ' | é mock a b A v1 evil.test .evil.test \
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
        #![proptest_config(ProptestConfig::with_cases(4096))]

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
            static CLIENT: LazyLock<Client> = LazyLock::new(|| client("http://127.0.0.1:4010"));
            if let Ok(prepared) = follow(&link, &(&LIST).into(), "/v1/Things", &CLIENT) {
                let url = Url::parse(&format!("http://127.0.0.1:4010{}", prepared.path())).unwrap();
                prop_assert!(CLIENT.shared().hosts.own(&url));
            }
        }
    }
}
