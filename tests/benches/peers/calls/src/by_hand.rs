//! The calls as a careful person writes them by hand on reqwest, every text a `String`.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::redirect;
use serde::Deserialize;

use crate::{Caller, EXTENSION_SID, INSTALLED_ADD_ON_SID, PAGE_SIZE};

/// An extension with all of its fields.
#[derive(Deserialize)]
pub struct Extension {
    pub sid: String,
    pub installed_add_on_sid: String,
    pub friendly_name: Option<String>,
    pub product_name: Option<String>,
    pub unique_name: Option<String>,
    pub enabled: Option<bool>,
    pub url: String,
}

/// An installed add-on with all of its fields.
#[derive(Deserialize)]
pub struct InstalledAddOn {
    pub sid: String,
    pub account_sid: String,
    pub friendly_name: Option<String>,
    pub description: Option<String>,
    pub configuration: Option<serde_json::Map<String, serde_json::Value>>,
    pub unique_name: Option<String>,
    pub date_created: Option<String>,
    pub date_updated: Option<String>,
    pub url: String,
    pub links: Option<BTreeMap<String, String>>,
}

/// What a page says about itself.
#[derive(Deserialize)]
pub struct Meta {
    pub key: Option<String>,
    pub first_page_url: Option<String>,
    pub next_page_url: Option<String>,
    pub previous_page_url: Option<String>,
    pub page: Option<i64>,
    pub page_size: Option<i64>,
    pub url: Option<String>,
}

/// A page.
#[derive(Deserialize)]
pub struct List {
    pub installed_add_ons: Vec<InstalledAddOn>,
    pub meta: Option<Meta>,
}

/// A client of one's own: credentials and headers are defaults of the `reqwest::Client`.
pub struct ByHand {
    http: reqwest::Client,
    base: String,
}

/// The `reqwest::Client` that both this client and stock progenitor's use.
pub fn http_client() -> reqwest::Client {
    let mut authorization = HeaderValue::from_static(crate::AUTHORIZATION);
    authorization.set_sensitive(true);
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, authorization);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    reqwest::Client::builder()
        .user_agent("by-hand/0.1.0")
        .default_headers(headers)
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(30))
        .redirect(redirect::Policy::none())
        .no_proxy()
        .build()
        .expect("a client")
}

impl ByHand {
    /// A client for the server at `base`.
    pub fn new(base: &str) -> Self {
        Self {
            http: http_client(),
            base: base.to_owned(),
        }
    }

    async fn page(&self, url: &str) -> reqwest::Result<List> {
        let response = self.http.get(url).send().await?;
        response.error_for_status()?.json().await
    }
}

impl Caller for ByHand {
    async fn fetch(&self) -> usize {
        let url = format!(
            "{}/v1/InstalledAddOns/{INSTALLED_ADD_ON_SID}/Extensions/{EXTENSION_SID}",
            self.base
        );
        let response = self.http.get(url).send().await.expect("a reply");
        let response = response.error_for_status().expect("a success");
        let extension: Extension = response.json().await.expect("an extension");
        extension.sid.len() + extension.url.len()
    }

    async fn walk(&self) -> usize {
        let mut read = 0;
        let first = format!("{}/v1/InstalledAddOns?PageSize={PAGE_SIZE}", self.base);
        let mut next = Some(first);
        while let Some(url) = next {
            let page = self.page(&url).await.expect("a page");
            for item in page.installed_add_ons {
                read += item.sid.len() + item.url.len();
            }
            next = page.meta.and_then(|meta| meta.next_page_url);
        }
        read
    }
}
