//! The calls on hyper alone: one connection, no pool, no URLs, the same headers and the same decoding as by hand. It
//! shows what part of a call no client library can save.

use std::time::Duration;

use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{ACCEPT, AUTHORIZATION, HOST, USER_AGENT};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;
use tokio::sync::Mutex;

use crate::by_hand::{Extension, List};
use crate::{Caller, EXTENSION_SID, INSTALLED_ADD_ON_SID, PAGE_SIZE};

/// One connection.
pub struct Bare {
    sender: Mutex<SendRequest<Empty<Bytes>>>,
    host: String,
}

impl Bare {
    /// A connection to the server at `base`.
    pub async fn new(base: &str) -> Self {
        let host = base.trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&host).await.expect("a connection");
        stream.set_nodelay(true).expect("an option");
        let (sender, connection) = handshake(TokioIo::new(stream)).await.expect("a handshake");
        tokio::spawn(connection);
        Self {
            sender: Mutex::new(sender),
            host,
        }
    }

    async fn get<T: DeserializeOwned>(&self, target: &str) -> T {
        let request = Request::get(target)
            .header(HOST, &self.host)
            .header(AUTHORIZATION, crate::AUTHORIZATION)
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, "bare/0.1.0")
            .body(Empty::new())
            .expect("a request");
        let mut sender = self.sender.lock().await;
        let body = tokio::time::timeout(Duration::from_secs(30), async {
            sender.ready().await.expect("a connection");
            let response = sender.send_request(request).await.expect("a reply");
            assert_eq!(response.status(), StatusCode::OK);
            response.collect().await.expect("a body").to_bytes()
        })
        .await
        .expect("a reply in time");
        serde_json::from_slice(&body).expect("the value")
    }
}

impl Caller for Bare {
    async fn fetch(&self) -> usize {
        let target =
            format!("/v1/InstalledAddOns/{INSTALLED_ADD_ON_SID}/Extensions/{EXTENSION_SID}");
        let extension: Extension = self.get(&target).await;
        extension.sid.len() + extension.url.len()
    }

    async fn walk(&self) -> usize {
        let mut read = 0;
        let mut next = Some(format!("/v1/InstalledAddOns?PageSize={PAGE_SIZE}"));
        while let Some(target) = next {
            let page: List = self.get(&target).await;
            for item in page.installed_add_ons {
                read += item.sid.len() + item.url.len();
            }
            next = page.meta.and_then(|meta| meta.next_page_url).map(|link| {
                let (_, rest) = link.split_once("//").expect("a URL");
                let path = rest.find('/').expect("a path");
                rest[path..].to_owned()
            });
        }
        read
    }
}
