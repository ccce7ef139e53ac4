//! A list as a stream, of pages or of items: the next page is asked for when the one before is used up,
//! and only one page is held at a time. With prefetch it is asked for when the one before has come, and
//! two are held at most.

mod visited;

use std::borrow::Cow;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use self::visited::Visited;
use super::call::{CallFuture, CallOptions, Decode, send};
use super::early::Awaited;
use super::operation::OperationRef;
use super::page::Page;
use super::prepared::Prepared;
use super::value::SkippedList;
use crate::host::Base;
use crate::{Error, Response, Skipped};

/// How many pages in a row may be empty, unless a walk says otherwise.
const EMPTY_PAGES: usize = 100;

/// The pages of a list.
///
/// It is a [`Stream`]; [`next`](Self::next) serves where no stream library is at hand. It ends after the
/// last page, and after an error.
///
/// What the server says about the next page is checked before it is asked for. A link to another path or host, a link
/// back to a page that was asked for already, and a list that goes on after 100 [empty pages](Self::empty_page_limit) in
/// a row are errors of the kind [`Paging`](crate::ErrorKind::Paging). The memory of a walk does not grow with its length, so
/// a circle of more than 1024 pages may be noticed only after it was walked more than once.
///
/// ```no_run
/// # async fn example(client: generated_client::Client) -> Result<(), generated_client::Error> {
/// let mut pages = client.installed_add_ons().list().all_pages();
/// while let Some(page) = pages.next().await {
///     let page = page?;
///     println!("{} items, resume from {:?}", page.len(), page.next_page_token());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct PageStream<T> {
    options: CallOptions,
    decode: Decode<Page<T>>,
    /// Which list it is, for errors.
    list: Option<(OperationRef, String)>,
    visited: Visited,
    /// How many more pages may be read.
    pages_left: usize,
    /// How many pages in a row may be empty, and how many of the latest are.
    empty_pages: usize,
    empty: usize,
    prefetch: bool,
    state: State<T>,
}

enum State<T> {
    /// The request for the next page, or why there is none.
    Ready(Result<Prepared, Error>),
    /// A page that was asked for before anybody waited for it.
    Early(CallFuture<Page<T>>, Awaited),
    Waiting(CallFuture<Page<T>>),
    /// A page that came before it was asked for, or why it did not.
    Held(Box<Result<Response<Page<T>>, Error>>),
    Done,
}

/// The items of a list, over all of its pages.
///
/// It is a [`Stream`]; [`next`](Self::next) serves where no stream library is at hand. It ends after the
/// last item, and after an error. Its pages are checked like those of a [`PageStream`].
///
/// ```no_run
/// # async fn example(client: generated_client::Client) -> Result<(), generated_client::Error> {
/// let mut add_ons = client.installed_add_ons().list().all_items().limit(100);
/// while let Some(add_on) = add_ons.next().await {
///     println!("{}", add_on?.sid);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct ItemStream<T> {
    pages: PageStream<T>,
    items: std::vec::IntoIter<T>,
    skipped: ItemsSkipped,
    left: usize,
}

/// What was passed over, as long as nobody has had an item to ask for it with.
#[derive(Default)]
struct ItemsSkipped {
    list: SkippedList,
    is_unseen: bool,
}

impl ItemsSkipped {
    fn next_page(&mut self, list: SkippedList, is_empty: bool) {
        match self.is_unseen {
            true => self.list.append(list),
            false => self.list = list,
        }
        self.is_unseen = is_empty;
    }
}

/// The pages of a list, from the one that `prepared` asks for.
pub(crate) fn pages<T: Send + 'static>(
    options: CallOptions,
    prepared: Result<Prepared, Error>,
    decode: Decode<Page<T>>,
) -> PageStream<T> {
    PageStream {
        options,
        decode,
        list: prepared
            .as_ref()
            .ok()
            .map(|first| (first.operation().clone(), first.path().to_owned())),
        visited: Visited::default(),
        pages_left: usize::MAX,
        empty_pages: EMPTY_PAGES,
        empty: 0,
        prefetch: false,
        state: State::Ready(prepared),
    }
}

/// The items of a list, from the page that `prepared` asks for.
pub(crate) fn items<T: Send + 'static>(
    options: CallOptions,
    prepared: Result<Prepared, Error>,
    decode: Decode<Page<T>>,
) -> ItemStream<T> {
    ItemStream {
        pages: pages(options, prepared, decode),
        items: Vec::new().into_iter(),
        skipped: ItemsSkipped::default(),
        left: usize::MAX,
    }
}

impl<T: Send + 'static> PageStream<T> {
    /// Asks for each page while the one before it is being worked on, so that the wait for it is shorter.
    /// At most one page is fetched that nobody reads.
    ///
    /// It makes progress only while the stream is polled. The request that is made early is the first attempt of its page; when
    /// it fails, further attempts wait until the page is waited for, and so do timeout and
    /// [deadline](crate::RetryPolicy::deadline) begin then. Under a limit on
    /// [concurrent requests](crate::ClientBuilder::concurrency) a page is only asked for early while another permit
    /// is free besides, so that nothing waits for a stream that is not polled.
    pub fn prefetch(mut self) -> Self {
        self.prefetch = true;
        self
    }

    /// Ends the stream after so many more pages; no page is asked for beyond them. The last page's
    /// [token](Page::next_page_token) tells where to resume.
    pub fn page_limit(mut self, pages: usize) -> Self {
        self.pages_left = pages;
        self
    }

    /// How many pages in a row may be empty: 100 unless said otherwise, and 0 counts as 1. When the list goes on after
    /// so many, the stream ends with an error of the kind [`Paging`](crate::ErrorKind::Paging) instead of asking for
    /// another page.
    pub fn empty_page_limit(mut self, pages: usize) -> Self {
        self.empty_pages = pages.max(1);
        self
    }

    /// The next page, or nothing after the last.
    pub async fn next(&mut self) -> Option<Result<Response<Page<T>>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next page, without asking for the one after it.
    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<Page<T>>, Error>>> {
        if self.pages_left == 0 {
            self.state = State::Done;
        }
        self.advance(context, false);
        match std::mem::replace(&mut self.state, State::Done) {
            State::Held(outcome) => {
                if let Ok(page) = &*outcome {
                    self.state = self.after(page);
                }
                Poll::Ready(Some(*outcome))
            }
            State::Done => Poll::Ready(None),
            waiting => {
                self.state = waiting;
                Poll::Pending
            }
        }
    }

    /// The state after a page that is returned.
    fn after(&mut self, page: &Page<T>) -> State<T> {
        self.pages_left -= 1;
        self.empty = match page.is_empty() {
            true => self.empty + 1,
            false => 0,
        };
        match page.next_request(self.options.client()) {
            Some(_) if self.pages_left == 0 => State::Done,
            Some(Ok(_)) if self.empty >= self.empty_pages => State::Ready(Err(self.refused(format!(
                "the list goes on after {} empty pages in a row; it was not read further, which `empty_page_limit` changes",
                self.empty
            )))),
            Some(request) => State::Ready(request),
            None => State::Done,
        }
    }

    /// Goes on with the next page as far as it goes without waiting, and keeps what comes of it. It is early as long
    /// as nobody waits for that page.
    fn advance(&mut self, context: &mut Context<'_>, early: bool) {
        loop {
            self.state = match std::mem::replace(&mut self.state, State::Done) {
                State::Ready(Err(error)) => State::Held(Box::new(Err(error))),
                State::Ready(Ok(prepared)) if !self.visited.insert(prepared.query_text()) => {
                    State::Held(Box::new(Err(self.refused(
                        "the link to the next page leads back to a page that was read already; it was not followed",
                    ))))
                }
                State::Ready(Ok(prepared)) if early => {
                    let awaited = Awaited::default();
                    let options = self.options.early(awaited.clone());
                    State::Early(send(options, Ok(prepared), self.decode), awaited)
                }
                State::Ready(Ok(prepared)) => {
                    State::Waiting(send(self.options.clone(), Ok(prepared), self.decode))
                }
                State::Early(call, awaited) if !early => {
                    awaited.begin();
                    State::Waiting(call)
                }
                State::Early(mut call, awaited) => match Pin::new(&mut call).poll(context) {
                    Poll::Pending => {
                        self.state = State::Early(call, awaited);
                        return;
                    }
                    Poll::Ready(outcome) => State::Held(Box::new(outcome)),
                },
                State::Waiting(mut call) => match Pin::new(&mut call).poll(context) {
                    Poll::Pending => {
                        self.state = State::Waiting(call);
                        return;
                    }
                    Poll::Ready(outcome) => State::Held(Box::new(outcome)),
                },
                settled @ (State::Held(_) | State::Done) => {
                    self.state = settled;
                    return;
                }
            }
        }
    }

    /// Why the list is not read further.
    fn refused(&self, text: impl Into<Cow<'static, str>>) -> Error {
        let error = Error::paging(text);
        let Some((operation, path)) = &self.list else {
            return error;
        };
        let hosts = &self.options.client().shared().hosts;
        error.in_call(operation, &|| {
            let base = hosts.base(operation.host);
            format!("{}{path}", base.map(Base::text).unwrap_or_default())
        })
    }
}

impl<T: Send + 'static> ItemStream<T> {
    /// Asks for each page while the items of the one before it are being worked on, so that the wait for it
    /// is shorter. No page is asked for beyond a [`limit`](Self::limit); without one, at most one page is
    /// fetched that nobody reads. What else holds for [pages](PageStream::prefetch) holds here too.
    pub fn prefetch(mut self) -> Self {
        self.pages.prefetch = true;
        self
    }

    /// What was passed over in the page of the last item, as by [`Response::skipped`], and in the pages without items
    /// before it.
    pub fn skipped(&self) -> &[Skipped] {
        self.skipped.list.as_slice()
    }

    /// Ends the stream after so many items; no page is asked for beyond them.
    pub fn limit(mut self, items: usize) -> Self {
        self.left = items;
        self
    }

    /// Ends the stream after the items of so many more pages; no page is asked for beyond them.
    pub fn page_limit(mut self, pages: usize) -> Self {
        self.pages = self.pages.page_limit(pages);
        self
    }

    /// How many pages in a row may be empty: 100 unless said otherwise, and 0 counts as 1. When the list goes on after
    /// so many, the stream ends with an error of the kind [`Paging`](crate::ErrorKind::Paging).
    pub fn empty_page_limit(mut self, pages: usize) -> Self {
        self.pages = self.pages.empty_page_limit(pages);
        self
    }

    /// Collects the items that are left, at most `max`.
    ///
    /// A list that has more is an error of the kind [`Paging`](crate::ErrorKind::Paging). After any error,
    /// what was read by then is lost. To take the first items of a longer list use [`limit`](Self::limit). It does not
    /// report [what was passed over](Self::skipped); walk the items where that matters.
    ///
    /// ```no_run
    /// # async fn example(client: generated_client::Client) -> Result<(), generated_client::Error> {
    /// let add_ons = client.installed_add_ons().list().collect_all(10_000).await?;
    /// println!("{} installed add-ons", add_ons.len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn collect_all(mut self, max: usize) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            let item = item?;
            if items.len() == max {
                return Err(self.pages.refused(format!(
                    "the list has more than the {max} items that were to be collected at most; raise the number, or walk the list"
                )));
            }
            items.push(item);
        }
        Ok(items)
    }

    /// The next item, or nothing after the last.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: Send + 'static> Stream for PageStream<T> {
    type Item = Result<Response<Page<T>>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.poll_page(context));
        if self.prefetch {
            self.advance(context, true);
        }
        Poll::Ready(page)
    }
}

impl<T: Send + 'static> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if self.left == 0 {
                return Poll::Ready(None);
            }
            if let Some(item) = self.items.next() {
                self.left -= 1;
                if self.pages.prefetch && self.left > self.items.len() {
                    self.pages.advance(context, true);
                }
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(mut page)) => {
                    self.skipped.next_page(page.take_skipped(), page.is_empty());
                    self.items = page.into_inner().into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Nothing in the streams is pinned in place: the one future is boxed, and items are moved out.
impl<T> Unpin for PageStream<T> {}
impl<T> Unpin for ItemStream<T> {}

impl<T> fmt::Debug for PageStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream")
            .field("options", &self.options)
            .field("pages_asked_for", &self.visited.count())
            .finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream")
            .field("pages", &self.pages)
            .field("items_at_hand", &self.items.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
