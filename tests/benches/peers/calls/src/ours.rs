//! The calls by `generated-client`.

use generated_client::{Client, Credentials, ExtensionSid, InstalledAddOnSid, PageSize, types};

use crate::{ACCOUNT_SID, AUTH_TOKEN, Caller, EXTENSION_SID, INSTALLED_ADD_ON_SID, PAGE_SIZE};

/// The generated client.
pub struct Ours {
    client: Client,
    installed_add_on: InstalledAddOnSid,
    extension: ExtensionSid,
    page_size: PageSize,
}

impl Ours {
    /// A client for the server at `base`.
    pub fn new(base: &str) -> Self {
        let account = ACCOUNT_SID.parse().expect("a SID");
        Self {
            client: Client::builder(Credentials::auth_token(account, AUTH_TOKEN))
                .base_urls(base)
                .build()
                .expect("a client"),
            installed_add_on: INSTALLED_ADD_ON_SID.parse().expect("a SID"),
            extension: EXTENSION_SID.parse().expect("a SID"),
            page_size: PageSize::new(PAGE_SIZE.into()).expect("a page size"),
        }
    }
}

impl Caller for Ours {
    async fn fetch(&self) -> usize {
        let extension = self
            .client
            .installed_add_on(self.installed_add_on)
            .extension(self.extension)
            .fetch()
            .await
            .expect("a reply");
        extension.sid.as_str().len() + extension.url.as_deref().map_or(0, str::len)
    }

    async fn walk(&self) -> usize {
        let mut read = 0;
        let mut items = self
            .client
            .installed_add_ons()
            .list()
            .page_size(self.page_size)
            .all_items();
        while let Some(item) = items.next().await {
            let item: types::InstalledAddOn = item.expect("a reply");
            read += item.sid.as_str().len() + item.url.as_deref().map_or(0, str::len);
        }
        read
    }
}
