//! The content of a payload, fetched from the place that the API names. That place belongs to somebody
//! else: it sees no credentials and none of the call's headers, and plain http is refused.

mod content;
mod file;
mod pace;

use std::pin::Pin;
use std::time::Duration;

use reqwest::header::{HeaderValue, USER_AGENT};
use reqwest::{Method, Url, redirect};
use tokio::time::timeout;

pub use self::content::Content;
use self::content::State;
use self::pace::{FLOOR, Pace};
use crate::calls::FetchAddOnResultPayloadData;
use crate::host::{Hosts, is_loopback};
use crate::one_line::OneLine;
use crate::resources::RecordingAddOnResultPayloadHandle;
use crate::runtime::{Located, OperationRef, Sent};
use crate::types::AddOnResultPayloadData;
use crate::{Client, Error, RetryPolicy};

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

impl RecordingAddOnResultPayloadHandle {
    /// Downloads the content of the payload: asks the API where it is, and begins to read it from there. It is the same as
    /// [`FetchAddOnResultPayloadData::download`] of `data().fetch()`, which says more.
    ///
    /// ```no_run
    /// # async fn example(client: generated_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// # let recording: generated_client::RecordingSid = "RE00000000000000000000000000000000".parse()?;
    /// # let result: generated_client::AddOnResultSid = "XR00000000000000000000000000000000".parse()?;
    /// # let payload: generated_client::PayloadSid = "XH00000000000000000000000000000000".parse()?;
    /// let payload = client.recording(recording).add_on_result(result).payload(payload);
    /// println!("{}", payload.download().await?.text().await?);
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn download(&self) -> Download {
        self.data().fetch().download()
    }
}

impl FetchAddOnResultPayloadData {
    /// Fetches the content itself: asks the API where it is, and begins to read it from there.
    ///
    /// No credentials and no header of this call are sent there. Redirects are followed as long as they
    /// lead to https, at most five. Plain http is refused, unless it is loopback and the client's own base URLs are.
    /// Only the call to the API is tried again by the [`RetryPolicy`](crate::RetryPolicy). When
    /// the download itself fails, call again for a new location.
    ///
    /// Under a limit on [concurrent requests](crate::ClientBuilder::concurrency) the content has a permit of its own, from
    /// when it is asked for until it ends, fails or is dropped.
    ///
    /// ```no_run
    /// # async fn example(client: generated_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// # let recording: generated_client::RecordingSid = "RE00000000000000000000000000000000".parse()?;
    /// # let result: generated_client::AddOnResultSid = "XR00000000000000000000000000000000".parse()?;
    /// # let payload: generated_client::PayloadSid = "XH00000000000000000000000000000000".parse()?;
    /// let payload = client.recording(recording).add_on_result(result).payload(payload);
    /// let call = payload.data().fetch().timeout(std::time::Duration::from_secs(5));
    /// let mut content = call.download().limit(1 << 30).await?;
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
            floor: FLOOR,
        }
    }
}

/// A download that begins when it is awaited.
#[derive(Clone, Debug)]
#[must_use = "a download begins when it is awaited"]
pub struct Download {
    call: FetchAddOnResultPayloadData,
    limit: Option<u64>,
    floor: u64,
}

impl Download {
    /// How many bytes are read at most; without this it is the client's [limit for responses](crate::ClientBuilder::reply_limit). Longer
    /// content is an error, at once where its length is announced.
    #[inline]
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = Some(bytes);
        self
    }

    /// How many bytes a second the content has to bring, on average over each 30 seconds in which it is waited for: 1024
    /// unless said otherwise, and 0 for any rate. Slower content is an error of which
    /// [`is_timeout`](Error::is_timeout) is true.
    ///
    /// Time in which nobody waits for the next piece does not count.
    #[inline]
    pub fn min_bytes_per_second(mut self, bytes: u64) -> Self {
        self.floor = bytes;
        self
    }

    /// Gives each attempt of the call, the request to the place of the content and each piece of it another time limit
    /// than the client's.
    #[inline]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call = self.call.timeout(timeout);
        self
    }

    /// Decides otherwise than the client when the call that asks for the place is sent again.
    #[inline]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.call = self.call.retry(policy);
        self
    }

    #[inline]
    async fn begin(self) -> Result<Content, Error> {
        let Self { call, limit, floor } = self;
        let client = call.options.client().clone();
        let shared = client.shared();
        let piece_timeout = call.options.timeout();
        let deadline = call.options.retry().total();
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
        let permit = Permit::acquire(&client, deadline)
            .await
            .map_err(|error| at.tell(error))?;
        let at = At {
            sent: Some(Sent::now(1)),
            ..at
        };
        let mut response = within(piece_timeout, None, http.execute(request))
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
            timeout: piece_timeout,
            pace: Pace::new(floor),
            permit,
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
    /// The id of the API's response, once it is there.
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

/// What the future gives, unless it takes longer than it may. Where a floor is the reason for that, it is given.
#[inline]
async fn within<T>(
    limit: Duration,
    floor: Option<u64>,
    future: impl Future<Output = Result<T, reqwest::Error>>,
) -> Result<T, Error> {
    match (timeout(limit, future).await, floor) {
        (Ok(result), _) => result.map_err(Error::download_broke),
        (Err(_), None) => Err(Error::download_timed_out()),
        (Err(_), Some(floor)) => Err(Error::download_too_slow(floor)),
    }
}

/// One of the requests that a client may run at once, until it is dropped.
struct Permit(Client);

impl Permit {
    /// Waits for a permit, if there is a limit on them.
    #[inline]
    async fn acquire(client: &Client, deadline: Duration) -> Result<Option<Self>, Error> {
        let Some(permits) = &client.shared().turns else {
            return Ok(None);
        };
        match timeout(deadline, permits.acquire()).await {
            Ok(Ok(permit)) => {
                permit.forget();
                Ok(Some(Self(client.clone())))
            }
            _ => Err(Error::not_begun()),
        }
    }
}

impl Drop for Permit {
    #[inline]
    fn drop(&mut self) {
        if let Some(permits) = &self.0.shared().turns {
            permits.add_permits(1);
        }
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
mod tests;
