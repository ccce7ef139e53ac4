//! The calls by what progenitor emits for the same document when nothing is changed about it. It knows nothing of
//! Twilio's paging, so the next page's number and token are read out of the link.

use reqwest::Url;
use stock::Client;
use stock::types::{ExtensionSid, InstalledAddOnSid, PageSize};

use crate::{Caller, EXTENSION_SID, INSTALLED_ADD_ON_SID, PAGE_SIZE, by_hand};

/// Stock progenitor's client.
pub struct Stock {
    client: Client,
    installed_add_on: InstalledAddOnSid,
    extension: ExtensionSid,
    page_size: PageSize,
}

impl Stock {
    /// A client for the server at `base`.
    pub fn new(base: &str) -> Self {
        Self {
            client: Client::new_with_client(base, by_hand::http_client()),
            installed_add_on: INSTALLED_ADD_ON_SID.parse().expect("a SID"),
            extension: EXTENSION_SID.parse().expect("a SID"),
            page_size: PageSize(u64::from(PAGE_SIZE).try_into().expect("more than none")),
        }
    }
}

impl Caller for Stock {
    async fn fetch(&self) -> usize {
        let extension = self
            .client
            .fetch_installed_add_on_extension(&self.installed_add_on, &self.extension)
            .await
            .expect("a reply");
        extension.sid.len() + extension.url.as_deref().map_or(0, str::len)
    }

    async fn walk(&self) -> usize {
        let mut read = 0;
        let mut next: (Option<u64>, Option<String>) = (None, None);
        loop {
            let page = self
                .client
                .list_installed_add_ons(next.0, Some(&self.page_size), next.1.as_deref())
                .await
                .expect("a page")
                .into_inner();
            for item in page.installed_add_ons {
                read += item.sid.len() + item.url.as_deref().map_or(0, str::len);
            }
            let Some(link) = page.meta.and_then(|meta| meta.next_page_url) else {
                return read;
            };
            let link = Url::parse(&link).expect("a link is a URL");
            let of = |wanted: &str| {
                link.query_pairs()
                    .find(|(name, _)| name == wanted)
                    .map(|(_, value)| value.into_owned())
            };
            next = (
                of("Page").and_then(|page| page.parse().ok()),
                of("PageToken"),
            );
        }
    }
}
