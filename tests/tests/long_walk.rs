//! A list of a million items is walked in the memory of a page or two. This stands alone
//! because it counts in the allocator of the whole test program.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fmt::Write as _;

use allocation_counter::{AllocationInfo, measure};
use futures_util::{Stream, TryStreamExt};
use generated_client::{
    AccountSid, Client, Credentials, Error, InstalledAddOnSid, PhoneNumberSid, bounded, sid,
};
use tests::{Recorded, Reply, Server};

const AC: AccountSid = sid!(AccountSid, "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
const PN: PhoneNumberSid = sid!(PhoneNumberSid, "PN33333333333333333333333333333333");
const XE: InstalledAddOnSid = sid!(InstalledAddOnSid, "XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");

const PAGE_SIZE: usize = 1000;

/// What a walk may keep of the pages that it read: the eight bytes that tell each of 2048 pages, in a table that is at
/// most half empty and that is copied whenever it has become full. It is the same for any number of pages.
const KEPT_OF_PAGES: u64 = 3 * 8 * 2048;

/// Which page is asked for, counted from 0.
fn page_of(request: &Recorded) -> usize {
    let pairs = request.query_pairs();
    let token = pairs.iter().find(|(name, _)| name == "PageToken");
    token.map_or(0, |(_, token)| {
        token.trim_start_matches("PT").parse().unwrap()
    })
}

/// A server that makes each of so many pages when it is asked for it. Their items are extensions, numbered through
/// all pages, with `plain` as what else each one has; `links` ends the page, given the link to the next one.
fn server(pages: usize, plain: &'static str, links: fn(Option<String>) -> String) -> Server {
    Server::start(move |request| {
        let page = page_of(request);
        let mut body = String::from("{\"extensions\":[");
        for number in page * PAGE_SIZE..(page + 1) * PAGE_SIZE {
            let comma = if number % PAGE_SIZE == 0 { "" } else { "," };
            write!(body, "{comma}{{\"sid\":\"XF{number:032}\",{plain}}}").unwrap();
        }
        let next = page + 1;
        let next = (next < pages).then(|| {
            let path = &request.path;
            format!("{path}?PageSize={PAGE_SIZE}&Page={next}&PageToken=PT{next}")
        });
        body.push_str("],");
        body.push_str(&links(next));
        body.push('}');
        Reply::json(200, body)
    })
    .unwrap()
}

/// Counts what is collected into it and keeps none of it.
#[derive(Default)]
struct Counted(usize);

impl<T: AsRef<str>> Extend<T> for Counted {
    fn extend<I: IntoIterator<Item = T>>(&mut self, sids: I) {
        for sid in sids {
            let number = sid.as_ref().trim_start_matches("XF").parse();
            assert_eq!(number, Ok(self.0), "an item is missing or out of place");
            self.0 += 1;
        }
    }
}

/// Collects a list from a server and tells what memory that took on the way.
fn collect<S, T>(server: &Server, items: fn(Client) -> S) -> AllocationInfo
where
    S: Stream<Item = Result<T, Error>>,
    Counted: Extend<T>,
{
    let client = Client::builder(Credentials::auth_token(AC, "token"))
        .base_urls(server.url())
        .build()
        .unwrap();
    // All of the client's work is done by this thread, and it is this thread's memory that is counted.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut counted = Counted::default();
    let info = measure(|| counted = runtime.block_on(items(client).try_collect()).unwrap());
    assert_eq!(counted.0, server.requests().len() * PAGE_SIZE);
    info
}

/// A list of many pages takes at no time more memory than one of ten, but for what tells the latest pages apart.
fn takes_as_much_as_ten_pages(pages: usize, walk: impl Fn(usize) -> AllocationInfo) {
    let (few, many) = (walk(10), walk(pages));
    // In how many pieces a page arrives is luck, and so is how much room they take before they are one.
    let luck = few.bytes_max / 10;
    let most = few.bytes_max + luck + KEPT_OF_PAGES;
    assert!(
        many.bytes_max <= most,
        "ten pages take {} bytes at a time, {pages} take {}",
        few.bytes_max,
        many.bytes_max
    );
    assert!(many.count_max <= few.count_max + 10, "{few:?} {many:?}");
}

#[test]
fn a_million_items_behind_absolute_links_take_the_memory_of_a_few_pages() {
    takes_as_much_as_ten_pages(1000, |pages| {
        let plain = r#""installed_add_on_sid":"XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee","url":"u""#;
        let server = server(pages, plain, |next| {
            let next = next.map(|path| format!("https://marketplace.twilio.com{path}"));
            format!("\"meta\":{}", serde_json::json!({"next_page_url": next}))
        });
        collect(&server, |client| {
            let list = client.installed_add_on(XE).extensions().list();
            let items = list.page_size(bounded!(PageSize, 1000)).all_items();
            items.map_ok(|item| item.sid)
        })
    });
}

#[test]
fn relative_links_take_no_more_memory_either() {
    takes_as_much_as_ten_pages(200, |pages| {
        let plain = r#""account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","uri":"u",
            "resource_sid":"PN33333333333333333333333333333333",
            "assigned_add_on_sid":"XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee""#;
        let server = server(pages, plain, |next| {
            format!("\"next_page_uri\":{}", serde_json::json!(next))
        });
        collect(&server, |client| {
            let add_on = client.incoming_phone_number(PN).assigned_add_on(XE);
            let list = add_on.extensions().list();
            let items = list.page_size(bounded!(PageSize, 1000)).all_items();
            items.map_ok(|item| item.sid)
        })
    });
}
