//! The server of both calls: replies that were made beforehand, written by a thread of the connection's own, so that
//! its work is in no client's account.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use nix::sys::socket::setsockopt;
use nix::sys::socket::sockopt::SndBuf;
use serde_json::{Value, json};

use crate::{ACCOUNT_SID, AUTHORIZATION, EXTENSION_SID, INSTALLED_ADD_ON_SID, PAGE_SIZE, PAGES};

/// How much the items of a list hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Items {
    /// The document's example: a configuration of two members and two links.
    Full,
    /// The same with an empty configuration and no links: four texts, two SIDs and two dates.
    Plain,
}

/// A running server. It lives as long as the process.
pub struct Server {
    /// Its base URL.
    pub url: String,
}

struct Replies {
    extension: Vec<u8>,
    pages: Vec<Vec<u8>>,
    not_found: Vec<u8>,
}

impl Server {
    /// Listens on a free port of 127.0.0.1.
    pub fn start(items: Items) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let url = format!("http://{address}");
        let replies = Arc::new(Replies {
            extension: reply(200, &extension()),
            pages: (0..PAGES)
                .map(|page| reply(200, &list(&url, page, items)))
                .collect(),
            not_found: reply(
                404,
                &json!({"code": 20404, "message": "The requested resource was not found", "more_info": "https://www.twilio.com/docs/errors/20404", "status": 404}),
            ),
        });
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let replies = Arc::clone(&replies);
                std::thread::spawn(move || converse(stream, &replies));
            }
        });
        Self { url }
    }
}

/// Answers one request after another until the client hangs up. No request has a body.
fn converse(mut stream: TcpStream, replies: &Replies) {
    let _ = stream.set_nodelay(true);
    // A page goes into the socket at once; otherwise it would be luck in how many pieces a client gets it.
    let _ = setsockopt(&stream, SndBuf, &(1 << 20));
    let mut buffer = [0; 4096];
    let mut filled = 0;
    loop {
        let Ok(read @ 1..) = stream.read(&mut buffer[filled..]) else {
            return;
        };
        filled += read;
        let Some(request) = buffer[..filled].strip_suffix(b"\r\n\r\n") else {
            continue;
        };
        let request = std::str::from_utf8(request).expect("a request is text");
        if stream.write_all(answer(request, replies)).is_err() {
            return;
        }
        filled = 0;
    }
}

fn answer<'a>(request: &str, replies: &'a Replies) -> &'a [u8] {
    let (line, headers) = request.split_once("\r\n").expect("a request has headers");
    // Clients in other languages write the names in capitals.
    let header = |wanted: &str| {
        headers
            .split("\r\n")
            .filter_map(|header| header.split_once(": "))
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value)
    };
    assert_eq!(header("authorization"), Some(AUTHORIZATION), "{request}");
    assert_eq!(header("accept"), Some("application/json"), "{request}");
    assert!(header("user-agent").is_some(), "{request}");
    let target = line.split(' ').nth(1).expect("a request has a target");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    match path.strip_prefix("/v1/InstalledAddOns") {
        Some("") => {
            assert!(query.contains("PageSize=50"), "{query}");
            let page = query.split('&').find_map(|pair| pair.strip_prefix("Page="));
            let page: usize = page.map_or(0, |page| page.parse().expect("a page is a number"));
            &replies.pages[page]
        }
        Some(rest) if rest == format!("/{INSTALLED_ADD_ON_SID}/Extensions/{EXTENSION_SID}") => {
            &replies.extension
        }
        _ => &replies.not_found,
    }
}

fn reply(status: u16, body: &Value) -> Vec<u8> {
    let body = body.to_string();
    format!(
        "HTTP/1.1 {status} Status\r\n\
         date: Sun, 22 Nov 2026 12:00:00 GMT\r\n\
         content-type: application/json;charset=utf-8\r\n\
         content-length: {}\r\n\
         twilio-request-id: RQ0123456789abcdef0123456789abcdef\r\n\
         twilio-request-duration: 0.021\r\n\
         x-api-domain: marketplace.twilio.com\r\n\
         strict-transport-security: max-age=31536000\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn extension() -> Value {
    json!({
        "sid": EXTENSION_SID,
        "installed_add_on_sid": INSTALLED_ADD_ON_SID,
        "friendly_name": "Incoming Voice Call",
        "product_name": "Programmable Voice",
        "unique_name": "voice-incoming",
        "enabled": true,
        "url": format!("https://marketplace.twilio.com/v1/InstalledAddOns/{INSTALLED_ADD_ON_SID}/Extensions/{EXTENSION_SID}"),
    })
}

fn list(base: &str, page: usize, items: Items) -> Value {
    let link = |page: usize| {
        let token = format!("PAXE{page:032x}");
        format!("{base}/v1/InstalledAddOns?PageSize={PAGE_SIZE}&Page={page}&PageToken={token}")
    };
    json!({
        "installed_add_ons": (0..usize::from(PAGE_SIZE))
            .map(|item| installed_add_on(page * usize::from(PAGE_SIZE) + item, items))
            .collect::<Vec<_>>(),
        "meta": {
            "key": "installed_add_ons",
            "first_page_url": link(0),
            "next_page_url": (page + 1 < PAGES).then(|| link(page + 1)),
            "previous_page_url": page.checked_sub(1).map(link),
            "page": page,
            "page_size": PAGE_SIZE,
            "url": link(page),
        },
    })
}

fn installed_add_on(number: usize, items: Items) -> Value {
    let sid = format!("XE{number:032x}");
    let url = format!("https://marketplace.twilio.com/v1/InstalledAddOns/{sid}");
    let (configuration, links) = match items {
        Items::Full => (
            json!({"language": "en-GB", "mask_numbers": true}),
            json!({
                "extensions": format!("{url}/Extensions"),
                "available_add_on": format!("https://marketplace.twilio.com/v1/AvailableAddOns/XB{number:032x}"),
            }),
        ),
        Items::Plain => (json!({}), json!({})),
    };
    json!({
        "sid": sid,
        "account_sid": ACCOUNT_SID,
        "friendly_name": "Call Transcriber",
        "description": "Turns call recordings into text with speaker labels.",
        "configuration": configuration,
        "unique_name": format!("call_transcriber_{number}"),
        "date_created": "2026-03-02T09:30:00Z",
        "date_updated": "2026-03-02T09:30:00Z",
        "url": url,
        "links": links,
    })
}
