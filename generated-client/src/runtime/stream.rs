//! A list as a stream, of pages or of items: the next page is asked for when the one before is used up,
//! and only one page is held at a time. With prefetch it is asked for when the one before has come, and
//! two are held at most; a page that does not come that way is asked for again when it is waited for, because
//! meanwhile nobody may have looked at what came.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use tokio::time::Instant;

use super::call::{CallFuture, CallOptions, Decode, send};
use super::operation::OperationRef;
use super::page::Page;
use super::prepared::Prepared;
use super::value::SkippedList;
use crate::{Error, Response, Skipped};

/// The pages of a list.
///
/// It is a [`Stream`]; [`next`](Self::next) serves where no stream library is at hand. It ends after the
/// last page, and after an error.
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
    operation: Option<OperationRef>,
    seen: HashSet<u64>,
    prefetch: bool,
    state: State<T>,
}

enum State<T> {
    /// The request for the next page, or why there is none.
    Ready(Result<Prepared, Error>),
    /// The request for a page that was asked for early and did not come, and when to make it again at the earliest.
    Again(Prepared, Option<Instant>),
    /// A page that was asked for before anybody waited for it, and the request for it.
    Early(CallFuture<Page<T>>, Prepared),
    Waiting(CallFuture<Page<T>>),
    /// A page that came before it was asked for, or why it did not.
    Held(Box<Result<Response<Page<T>>, Error>>),
    Done,
}

/// The items of a list, over all of its pages.
///
/// It is a [`Stream`]; [`next`](Self::next) serves where no stream library is at hand. It ends after the
/// last item, and after an error.
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
        operation: prepared
            .as_ref()
            .ok()
            .map(|first| first.operation().clone()),
        seen: HashSet::new(),
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
    /// It goes on only while the stream is polled. A page whose time ran out meanwhile is asked for once more when it
    /// is waited for. Under a limit on [concurrent requests](crate::ClientBuilder::concurrency) a page is only asked
    /// for early while another turn is free besides, so that nothing waits for a stream that is not polled.
    pub fn prefetch(mut self) -> Self {
        self.prefetch = true;
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
        self.advance(context, false);
        match std::mem::replace(&mut self.state, State::Done) {
            State::Held(outcome) => {
                if let Ok(page) = &*outcome
                    && let Some(request) = page.next_request(self.options.client())
                {
                    self.state = State::Ready(request);
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

    /// Goes on with the next page as far as it goes without waiting, and keeps what comes of it. It is early as long
    /// as nobody waits for that page.
    fn advance(&mut self, context: &mut Context<'_>, early: bool) {
        loop {
            self.state = match std::mem::replace(&mut self.state, State::Done) {
                State::Ready(Err(error)) => State::Held(Box::new(Err(error))),
                State::Ready(Ok(prepared)) if !self.seen.insert(fingerprint(&prepared)) => {
                    State::Held(Box::new(Err(circle(&prepared))))
                }
                State::Ready(Ok(prepared)) if early => {
                    let call = send(self.options.early(), Ok(prepared.clone()), self.decode);
                    State::Early(call, prepared)
                }
                State::Ready(Ok(prepared)) => {
                    State::Waiting(send(self.options.clone(), Ok(prepared), self.decode))
                }
                State::Again(prepared, at) if !early => State::Waiting(self.again(prepared, at)),
                State::Early(mut call, prepared) => match Pin::new(&mut call).poll(context) {
                    Poll::Pending => {
                        self.state = State::Early(call, prepared);
                        return;
                    }
                    Poll::Ready(Ok(page)) => State::Held(Box::new(Ok(page))),
                    Poll::Ready(Err(error)) => self.failed_early(prepared, error),
                },
                State::Waiting(mut call) => match Pin::new(&mut call).poll(context) {
                    Poll::Pending => {
                        self.state = State::Waiting(call);
                        return;
                    }
                    Poll::Ready(outcome) => State::Held(Box::new(outcome)),
                },
                settled @ (State::Held(_) | State::Again(..) | State::Done) => {
                    self.state = settled;
                    return;
                }
            }
        }
    }

    /// What to do about a page that was asked for early and did not come.
    fn failed_early(&self, prepared: Prepared, mut error: Error) -> State<T> {
        // Time may have run out because nobody looked, or there was no turn: neither says anything about the server.
        if error.is_timeout() && error.is_retryable() {
            return State::Again(prepared, None);
        }
        let policy = self.options.retry();
        let budget = &self.options.client().shared().retry_budget;
        match policy.pause_after(1, &mut error, policy.total(), budget) {
            Some(pause) => State::Again(prepared, Instant::now().checked_add(pause.pause)),
            None => State::Held(Box::new(Err(error))),
        }
    }

    fn again(&self, prepared: Prepared, at: Option<Instant>) -> CallFuture<Page<T>> {
        let call = send(self.options.clone(), Ok(prepared), self.decode);
        match at {
            None => call,
            Some(at) => call.not_before(at),
        }
    }
}

impl<T> PageStream<T> {
    /// The error for a list that has more items than the caller said that it would take.
    fn too_many(&self, max: usize) -> Error {
        let error = Error::paging(format!(
            "the list has more than the {max} items that were to be collected at most; raise the number, or walk the list"
        ));
        match &self.operation {
            Some(operation) => error.in_call(operation, &|| {
                format!("{}{}", operation.host.url(), operation.path)
            }),
            None => error,
        }
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

    /// What was passed over when the page was read that the last item came from, as
    /// [`Response::skipped`] tells it, and with it what was passed over on pages without items before it.
    pub fn skipped(&self) -> &[Skipped] {
        self.skipped.list.as_slice()
    }

    /// Ends the stream after so many items; no page is asked for beyond them.
    pub fn limit(mut self, items: usize) -> Self {
        self.left = items;
        self
    }

    /// Collects the items that are left, at most `max`.
    ///
    /// A list that has more is an error of the kind [`Paging`](crate::ErrorKind::Paging), and so is everything that ends
    /// the stream with an error: what was read by then is not handed out. To take the first items of a longer list say
    /// [`limit`](Self::limit).
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
                return Err(self.pages.too_many(max));
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
            .field("pages_asked_for", &self.seen.len())
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

/// Eight bytes stand for each page that was asked for, so that a link that leads back is noticed before
/// it is followed, without keeping the links themselves.
fn fingerprint(prepared: &Prepared) -> u64 {
    let mut hasher = DefaultHasher::new();
    prepared.path().hash(&mut hasher);
    prepared.query_text().hash(&mut hasher);
    hasher.finish()
}

fn circle(prepared: &Prepared) -> Error {
    let operation = prepared.operation();
    Error::paging(
        "the link to the next page leads back to a page that was read already; it was not followed",
    )
    .in_call(operation, &|| {
        format!("{}{}", operation.host.url(), prepared.path())
    })
}

#[cfg(test)]
mod tests;
