//! The content of a payload, fetched from the place that the API names. That place belongs to somebody
//! else: it sees no credentials and none of the call's headers, and plain http is refused.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Method, StatusCode, Url, redirect};

use crate::calls::FetchAddOnResultPayloadData;
use crate::host::{Hosts, is_loopback};
use crate::one_line::OneLine;
use crate::runtime::{Located, OperationRef, Sent};
use crate::types::AddOnResultPayloadData;
use crate::{Client, Error};

/// How often a download follows a redirect.
const MOST_REDIRECTS: usize = 5;

impl Located for AddOnResultPayloadData {
    #[inline]
    fn place(&mut self) -> &mut Option<String> {
        &mut self.redirect_to
    }
}

impl AddOnResultPayloadData {
    /// Where the content is, if the response has an absolute URL. It is signed: whoever has it can
    /// download the content, and the `Debug` of a [`Url`] shows it, so keep it out of logs. Send no
    /// credentials there. How long it is valid is not documented.
    #[inline]
    pub fn location(&self) -> Option<Url> {
        Url::parse(self.redirect_to.as_deref()?).ok()
    }
}

impl FetchAddOnResultPayloadData {
    /// Fetches the content itself: asks the API where it is, and begins to read it from there.
    ///
    /// The place sees no credentials and no header of this call. Redirects are followed as long as they
    /// lead to https. Plain http is refused, unless it is loopback and the client's own base URLs are.
    /// Only the API's answer is tried again by the client's [`RetryPolicy`](crate::RetryPolicy); when
    /// the download itself fails, call again for a fresh location.
    ///
    /// ```no_run
    /// # async fn example(client: generated_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// # let recording: generated_client::RecordingSid = "RE00000000000000000000000000000000".parse()?;
    /// # let result: generated_client::AddOnResultSid = "XR00000000000000000000000000000000".parse()?;
    /// # let payload: generated_client::PayloadSid = "XH00000000000000000000000000000000".parse()?;
    /// let payload = client.recording(recording).add_on_result(result).payload(payload);
    /// let mut content = payload.data().fetch().download().limit(1 << 30).await?;
    /// while let Some(chunk) = content.next().await {
    ///     println!("{} bytes", chunk?.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn download(self) -> Download {
        Download {
            call: self,
            limit: None,
        }
    }
}

/// A download that begins when it is awaited.
#[derive(Clone, Debug)]
#[must_use = "a download begins when it is awaited"]
pub struct Download {
    call: FetchAddOnResultPayloadData,
    limit: Option<u64>,
}

impl Download {
    /// How many bytes are read at most; without this it is the client's limit for replies. Longer
    /// content is an error, at once where its length is announced.
    #[inline]
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = Some(bytes);
        self
    }

    #[inline]
    async fn begin(self) -> Result<Content, Error> {
        let Self { call, limit } = self;
        let client = call.options.client().clone();
        let shared = client.shared();
        let timeout = call.options.timeout();
        let at = {
            let prepared = call.prepare()?;
            let base = shared.hosts.base(prepared.operation().host)?;
            At {
                client: client.clone(),
                operation: prepared.operation().clone(),
                url: format!("{}{}", base.text(), prepared.path()),
                request_id: None,
                sent: None,
            }
        };
        let data = call.await?;
        let at = At {
            request_id: data.request_id().map(str::to_owned),
            ..at
        };
        let limit =
            limit.unwrap_or_else(|| u64::try_from(shared.limits.reply_bytes).unwrap_or(u64::MAX));
        let url = data.location().ok_or_else(|| {
            at.tell(Error::location(
                "the API names no place where the content is",
            ))
        })?;
        if !may_be_read(&url, &shared.hosts) {
            return Err(at.tell(Error::location(format!(
                "the content is at {}, and only https is read",
                OneLine(&url.origin().ascii_serialization())
            ))));
        }
        let mut request = reqwest::Request::new(Method::GET, url);
        let user_agent: HeaderValue = shared.user_agent.clone();
        request.headers_mut().insert(USER_AGENT, user_agent);
        let http = shared.downloads()?;
        let at = At {
            sent: Some(Sent::now(1)),
            ..at
        };
        let mut response = within(timeout, http.execute(request))
            .await
            .map_err(|error| at.tell(error))?;
        shared.concealer.headers(response.headers_mut());
        let status = response.status();
        if !status.is_success() {
            let headers = response.headers().clone();
            return Err(at.tell(Error::download(status, headers)));
        }
        if response
            .content_length()
            .is_some_and(|length| length > limit)
        {
            let error = Error::download_too_large(limit);
            return Err(at.tell(error.with_head(status, response.headers().clone())));
        }
        Ok(Content {
            status,
            headers: response.headers().clone(),
            announced: response.content_length(),
            at,
            limit,
            left: limit,
            timeout,
            state: State::Ready(Box::new(response)),
        })
    }
}

impl IntoFuture for Download {
    type Output = Result<Content, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.begin())
    }
}

/// Which call a download belongs to, for its errors. The place itself is a secret for a while.
#[derive(Clone)]
struct At {
    client: Client,
    operation: OperationRef,
    url: String,
    /// The id of the API's answer, once it is there.
    request_id: Option<String>,
    /// When the request for the content itself was sent.
    sent: Option<Sent>,
}

impl At {
    #[inline]
    fn tell(&self, error: Error) -> Error {
        let error = match self.sent {
            Some(sent) => error.in_attempt(sent),
            None => error,
        };
        error
            .after(self.request_id.as_deref())
            .in_call(&self.operation, &|| self.url.clone())
            .conceal(&self.client.shared().concealer)
    }
}

/// The content of a payload, as it arrives: a [`Stream`] of pieces, each within the call's timeout.
///
/// It ends after the last piece, and after an error.
#[must_use = "content is read piece by piece"]
pub struct Content {
    status: StatusCode,
    headers: HeaderMap,
    announced: Option<u64>,
    at: At,
    limit: u64,
    left: u64,
    timeout: Duration,
    state: State,
}

enum State {
    Ready(Box<reqwest::Response>),
    Waiting(Pin<Box<dyn Future<Output = Piece> + Send>>),
    Done,
}

type Piece = (Box<reqwest::Response>, Result<Option<Bytes>, Error>);

impl Content {
    /// The status with which the content came.
    #[inline]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers with which the content came.
    #[inline]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Twilio's id of the request that told where the content is, which its support asks for.
    #[inline]
    pub fn request_id(&self) -> Option<&str> {
        self.at.request_id.as_deref()
    }

    /// What the content is, as far as the place says so.
    #[inline]
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// How many bytes are to come in all, if that is announced.
    #[inline]
    pub fn announced_bytes(&self) -> Option<u64> {
        self.announced
    }

    #[inline]
    fn broke(&self, error: Error) -> Error {
        self.at
            .tell(error.with_head(self.status, self.headers.clone()))
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
}

impl Stream for Content {
    type Item = Result<Bytes, Error>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Ready(mut response) => {
                    let timeout = self.timeout;
                    self.state = State::Waiting(Box::pin(async move {
                        let piece = within(timeout, response.chunk()).await;
                        (response, piece)
                    }));
                }
                State::Waiting(mut piece) => match piece.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Waiting(piece);
                        return Poll::Pending;
                    }
                    Poll::Ready((_, Ok(None))) => return Poll::Ready(None),
                    Poll::Ready((_, Err(error))) => {
                        return Poll::Ready(Some(Err(self.broke(error))));
                    }
                    Poll::Ready((response, Ok(Some(piece)))) => {
                        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
                        let Some(left) = self.left.checked_sub(length) else {
                            let error = Error::download_too_large(self.limit);
                            return Poll::Ready(Some(Err(self.broke(error))));
                        };
                        self.left = left;
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

/// What the future gives, unless it takes longer than it may.
#[inline]
async fn within<T>(
    timeout: Duration,
    future: impl Future<Output = Result<T, reqwest::Error>>,
) -> Result<T, Error> {
    match tokio::time::timeout(timeout, future).await {
        Ok(result) => result.map_err(Error::download_broke),
        Err(_) => Err(Error::download_timed_out()),
    }
}

/// Whether a place may be read: https, or loopback where the client's own hosts are.
#[inline]
fn may_be_read(url: &Url, hosts: &Hosts) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => hosts.any_plain() && is_loopback(url),
        _ => false,
    }
}

/// The HTTP client of downloads: it knows no credentials, and where it has been stays with it.
#[inline]
pub(crate) fn http_client(
    http: reqwest::ClientBuilder,
    plain: bool,
) -> Result<reqwest::Client, Error> {
    let policy = redirect::Policy::custom(move |attempt| {
        let allowed = match attempt.url().scheme() {
            "https" => true,
            "http" => plain && is_loopback(attempt.url()),
            _ => false,
        };
        if !allowed {
            attempt.error("the content was moved to a place that is not https")
        } else if attempt.previous().len() > MOST_REDIRECTS {
            attempt.error("the content was moved too often")
        } else {
            attempt.follow()
        }
    });
    let http = if plain { http.no_proxy() } else { http };
    http.redirect(policy)
        // The place is in the URL, and the next one need not know it.
        .referer(false)
        .build()
        .map_err(|error| {
            Error::configuration_from("the HTTP client for downloads could not be built", error)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Host;
    use crate::host::HostSettings;

    #[test]
    fn plain_http_is_read_only_on_loopback_and_by_a_client_of_mocks() {
        let real = Hosts::new(&HostSettings::default()).unwrap();
        let mock = Hosts::new(&HostSettings {
            base_urls: vec![(Host::Api, "http://127.0.0.1:1".to_owned())],
            ..HostSettings::default()
        })
        .unwrap();
        for (place, by_real, by_mock) in [
            ("https://content.example/x", true, true),
            ("http://127.0.0.1:2/x", false, true),
            ("http://localhost:2/x", false, true),
            ("http://content.example/x", false, false),
            ("http://127.0.0.1.evil.example/x", false, false),
            ("ftp://127.0.0.1/x", false, false),
            ("file:///x", false, false),
        ] {
            let url = Url::parse(place).unwrap();
            assert_eq!(may_be_read(&url, &real), by_real, "{place}");
            assert_eq!(may_be_read(&url, &mock), by_mock, "{place}");
        }
    }
}
