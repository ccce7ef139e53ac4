//! Pages of lists.

use super::{ListCall, Request};
use crate::runtime::{Decode, PageLinks};
use crate::{Error, Page};

/// A page in the making; see [`page`].
#[must_use = "it is a page once it is built"]
pub struct PageBuilder<T> {
    items: Vec<T>,
    next: Option<String>,
    previous: Option<String>,
    number: Option<i64>,
    size: Option<i64>,
    request: Result<Request, Error>,
    decode: Decode<Page<T>>,
}

/// A page of the list that a call asks for, with these items, the only one of its list unless it is given a token.
///
/// ```
/// use generated_client::test_util;
///
/// # fn main() -> Result<(), generated_client::Error> {
/// let list = test_util::client()?.installed_add_ons().list();
/// let page = test_util::page(&list, Vec::new()).next_page_token("PT1").build()?;
/// assert!(page.has_next() && page.is_empty());
/// assert_eq!(page.next_page_token().as_deref(), Some("PT1"));
/// # Ok(())
/// # }
/// ```
///
/// To follow it to its neighbour needs a client with a server.
pub fn page<T>(call: &impl ListCall<T>, items: Vec<T>) -> PageBuilder<T> {
    PageBuilder {
        items,
        next: None,
        previous: None,
        number: None,
        size: None,
        request: call.request(),
        decode: call.reader().0,
    }
}

impl<T> PageBuilder<T> {
    /// Says that there is a next page, by its token.
    pub fn next_page_token(mut self, token: impl AsRef<str>) -> Self {
        self.next = Some(token.as_ref().to_owned());
        self
    }

    /// Says that there is a previous page, by its token.
    pub fn previous_page_token(mut self, token: impl AsRef<str>) -> Self {
        self.previous = Some(token.as_ref().to_owned());
        self
    }

    /// Sets which page of the list it is, counted from 0.
    pub fn page_number(mut self, number: i64) -> Self {
        self.number = Some(number);
        self
    }

    /// Sets how many items a full page has.
    pub fn page_size(mut self, items: i64) -> Self {
        self.size = Some(items);
        self
    }

    /// The page.
    ///
    /// # Errors
    /// Why the call would not be sent, if it would not.
    pub fn build(self) -> Result<Page<T>, Error> {
        let request = self.request?;
        let link = |token: String| {
            let token: String = form_urlencoded::byte_serialize(token.as_bytes()).collect();
            format!("{}?PageToken={token}", request.path)
        };
        let links = PageLinks {
            next: self.next.map(link),
            previous: self.previous.map(link),
            page: self.number,
            page_size: self.size,
        };
        Ok(Page::of(
            self.items,
            links,
            request.operation,
            request.path,
            self.decode,
        ))
    }
}

impl<T> std::fmt::Debug for PageBuilder<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageBuilder")
            .field("next", &self.next)
            .field("previous", &self.previous)
            .finish_non_exhaustive()
    }
}
