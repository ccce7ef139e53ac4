//! The content of a payload, as it arrives.

use std::fmt;
use std::future::poll_fn;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde_core::de::DeserializeOwned;
use tokio::time::Instant;

use super::{At, Pace, Permit, file, within};
use crate::Error;
use crate::runtime::Undecodable;

/// The content of a payload, as it arrives: a [`Stream`] of pieces, each within the call's timeout. It can be taken as a
/// whole too: as [`text`](Self::text), as [`json`](Self::json), as [`bytes`](Self::bytes), or into a
/// [file](Self::save_to).
///
/// It ends after the last piece, and after an error. Until then, or until it is dropped, it keeps its permit under a
/// limit on [concurrent requests](crate::ClientBuilder::concurrency): with a limit of 1, read or drop it before the next
/// call.
#[must_use = "content is read piece by piece"]
pub struct Content {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) announced: Option<u64>,
    pub(super) at: At,
    pub(super) limit: u64,
    pub(super) left: u64,
    pub(super) timeout: Duration,
    pub(super) pace: Pace,
    /// Held as long as the content may still come.
    pub(super) permit: Option<Permit>,
    pub(super) state: State,
}

pub(super) enum State {
    Ready(Box<reqwest::Response>),
    Waiting(Pin<Box<dyn Future<Output = Piece> + Send>>),
    Done,
}

/// The response, what came of it, and how long that took.
type Piece = (
    Box<reqwest::Response>,
    Result<Option<Bytes>, Error>,
    Duration,
);

impl Content {
    /// The status of the response that carries the content.
    #[inline]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response that carries the content.
    #[inline]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Twilio's id of the request that told where the content is, which its support asks for.
    #[inline]
    pub fn request_id(&self) -> Option<&str> {
        self.at.request_id.as_deref()
    }

    /// The media type of the content, if the response has one.
    #[inline]
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// How many bytes there are in all, if the response announces it.
    #[inline]
    pub fn announced_bytes(&self) -> Option<u64> {
        self.announced
    }

    /// Says which call an error belongs to, and how the content came.
    #[inline]
    pub(super) fn failed(&self, error: Error) -> Error {
        self.at
            .tell(error.with_head(self.status, self.headers.clone()))
    }

    /// The end: nothing more is read.
    #[inline]
    fn broke(&mut self, error: Error) -> Poll<Option<Result<Bytes, Error>>> {
        self.permit = None;
        Poll::Ready(Some(Err(self.failed(error))))
    }

    /// What is to be said about content that is not what was asked for.
    #[inline]
    fn not(&self, text: String) -> Error {
        self.failed(Error::content(text))
    }

    /// The next piece, or nothing after the last.
    #[inline]
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The whole content, or what remains of it.
    #[inline]
    pub async fn bytes(mut self) -> Result<Vec<u8>, Error> {
        let mut whole = Vec::new();
        while let Some(piece) = self.next().await {
            whole.extend_from_slice(&piece?);
        }
        Ok(whole)
    }

    /// The whole content, or what remains of it, as text.
    ///
    /// Only UTF-8 is read. Content that says that it is in another character set, or that is not UTF-8, is an error of the
    /// kind [`Decode`](crate::ErrorKind::Decode); take its [`bytes`](Self::bytes).
    #[inline]
    pub async fn text(self) -> Result<String, Error> {
        if let Some(charset) = self.content_type().and_then(charset)
            && !["utf-8", "utf8", "us-ascii"].contains(&charset.to_ascii_lowercase().as_str())
        {
            let text =
                "the content is in a character set that is not UTF-8; read its bytes instead";
            return Err(self.not(text.to_owned()));
        }
        let head = self.head();
        String::from_utf8(self.bytes().await?).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            head.not(format!(
                "the content is not UTF-8 from byte {at} on; read its bytes instead"
            ))
        })
    }

    /// The whole content, or what remains of it, read as a JSON document, whatever its media type is.
    ///
    /// JSON that does not fit the type is an error of the kind [`Decode`](crate::ErrorKind::Decode).
    #[inline]
    pub async fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        let head = self.head();
        let bytes = self.bytes().await?;
        serde_json::from_slice(&bytes).map_err(|error| {
            let why = Undecodable::foreign(&bytes, &error);
            let (line, column) = why.place;
            head.not(format!(
                "the content is not what was to be read: {}, at line {line} column {column}",
                why.text
            ))
        })
    }

    /// Writes the whole content, or what remains of it, to a file, and gives its length in bytes. A file of that name is
    /// replaced.
    ///
    /// The content is first written to a file beside it, with a name of its own that begins with a dot, which is renamed
    /// when it is complete, and removed after an error or when this future is dropped; the old file is untouched then.
    /// What goes wrong with the file is an error of the kind [`File`](crate::ErrorKind::File). The disk is
    /// written on another thread.
    ///
    /// ```no_run
    /// # async fn example(client: generated_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// # let recording: generated_client::RecordingSid = "RE00000000000000000000000000000000".parse()?;
    /// # let result: generated_client::AddOnResultSid = "XR00000000000000000000000000000000".parse()?;
    /// # let payload: generated_client::PayloadSid = "XH00000000000000000000000000000000".parse()?;
    /// let payload = client.recording(recording).add_on_result(result).payload(payload);
    /// let length = payload.download().limit(1 << 30).await?.save_to("transcript.json").await?;
    /// println!("{length} bytes");
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub async fn save_to(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref().to_owned();
        file::save(&mut self, path).await
    }

    /// What errors need to know when the content itself is used up.
    #[inline]
    fn head(&self) -> Self {
        Self {
            headers: self.headers.clone(),
            at: self.at.clone(),
            permit: None,
            state: State::Done,
            ..*self
        }
    }
}

/// The character set that a media type names.
#[inline]
fn charset(media_type: &str) -> Option<&str> {
    let parameters = media_type.split(';').skip(1);
    parameters
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, value)| value.trim().trim_matches('"'))
}

impl Stream for Content {
    type Item = Result<Bytes, Error>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Ready(mut response) => {
                    let limit = self.pace.limit(self.timeout);
                    let too_slow = (limit < self.timeout).then_some(self.pace.floor());
                    self.state = State::Waiting(Box::pin(async move {
                        let begun = Instant::now();
                        let piece = within(limit, too_slow, response.chunk()).await;
                        (response, piece, begun.elapsed())
                    }));
                }
                State::Waiting(mut piece) => match piece.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Waiting(piece);
                        return Poll::Pending;
                    }
                    Poll::Ready((_, Ok(None), _)) => {
                        self.permit = None;
                        return Poll::Ready(None);
                    }
                    Poll::Ready((_, Err(error), _)) => return self.broke(error),
                    Poll::Ready((response, Ok(Some(piece)), waited)) => {
                        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
                        let Some(left) = self.left.checked_sub(length) else {
                            let error = Error::download_too_large(self.limit);
                            return self.broke(error);
                        };
                        self.left = left;
                        if !self.pace.note(waited, length) {
                            let error = Error::download_too_slow(self.pace.floor());
                            return self.broke(error);
                        }
                        self.state = State::Ready(response);
                        return Poll::Ready(Some(Ok(piece)));
                    }
                },
            }
        }
    }
}

impl fmt::Debug for Content {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("status", &self.status)
            .field("content_type", &self.content_type())
            .field("announced_bytes", &self.announced)
            .field("read", &self.limit.saturating_sub(self.left))
            .finish_non_exhaustive()
    }
}
