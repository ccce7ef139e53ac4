//! One page of a list, and the way to its neighbours.

mod link;
mod raw;

use std::fmt;

pub(crate) use self::link::own_request;
use self::link::{follow, page_token};
pub(crate) use self::raw::raw_page;
use super::call::{CallFuture, CallOptions, Decode, send};
use super::operation::OperationRef;
use super::prepared::Prepared;
use super::reply::Reply;
use super::value::ReadValue;
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

    /// A page of the list that is located at a path.
    #[cfg(feature = "test-util")]
    pub(crate) fn of(
        items: Vec<T>,
        links: PageLinks,
        operation: OperationRef,
        path: String,
        decode: Decode<Self>,
    ) -> Self {
        Self {
            items,
            links,
            operation,
            path,
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
