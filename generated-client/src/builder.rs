//! How a client is made: who calls, where to, and within which bounds. Everything is checked when it is
//! built. The one setting that can still make a call fail is a region that does not have the call's host.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::{redirect, retry};
use tokio::sync::Semaphore;

use crate::client::Shared;
use crate::host::{HostSettings, Hosts};
use crate::runtime::Limits;
use crate::setting::{check_text, check_time};
use crate::{Client, Credentials, Error, Host, RetryBudget, RetryPolicy, download, environment};

/// How every request introduces the client.
const USER_AGENT: &str = concat!("generated-client/", env!("CARGO_PKG_VERSION"));

/// The longest text that a caller may add to it.
const LONGEST_PRODUCT: usize = 256;

/// How long a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The settings of a [`Client`] that is to be built. Only the credentials are required, and they are
/// what it begins with.
///
/// ```
/// use std::time::Duration;
///
/// use generated_client::{AccountSid, Client, Credentials};
///
/// let account: AccountSid = "AC00000000000000000000000000000000".parse()?;
/// let credentials = Credentials::api_key("SK00000000000000000000000000000000", "secret", account);
/// let client = Client::builder(credentials)
///     .timeout(Duration::from_secs(10))
///     .build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Without credentials it does not compile:
///
/// ```compile_fail,E0061
/// let client = generated_client::Client::builder().build();
/// ```
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    credentials: Credentials,
    hosts: HostSettings,
    limits: Limits,
    retry: RetryPolicy,
    retry_budget: RetryBudget,
    concurrency: Option<usize>,
    connect_timeout: Option<Duration>,
    user_agent: Option<String>,
    http: Option<reqwest::ClientBuilder>,
    download_http: Option<reqwest::ClientBuilder>,
}

impl ClientBuilder {
    /// The settings of a client that calls with these credentials; the same as [`Client::builder`].
    pub fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            hosts: HostSettings::default(),
            limits: Limits::default(),
            retry: RetryPolicy::new(),
            retry_budget: RetryBudget::default(),
            concurrency: None,
            connect_timeout: None,
            user_agent: None,
            http: None,
            download_http: None,
        }
    }

    /// A builder with what the environment holds; see [`Client::from_env`].
    pub fn from_env() -> Result<Self, Error> {
        environment::read(&|name| std::env::var(name))
    }

    /// The region, `au1`, in which calls are processed. It needs an [`edge`](Self::edge) beside it.
    ///
    /// Not every host is offered in every region. Twilio's pages list no Marketplace in `au1` and `ie1`, so with one of
    /// these a call to that host is refused before anything is sent, with an error of the kind
    /// [`Request`](crate::ErrorKind::Request), while the 2010-04-01 host works. Should Twilio offer it by now, name it by
    /// [`base_url`](Self::base_url).
    #[inline]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.hosts.region = Some(region.into());
        self
    }

    /// The edge, `sydney`, at which calls enter Twilio's network. Without a [`region`](Self::region) beside
    /// it this client takes `us1`.
    #[inline]
    pub fn edge(mut self, edge: impl Into<String>) -> Self {
        self.hosts.edge = Some(edge.into());
        self
    }

    /// Another base URL for one host, such as a proxy of your own. It may have a path, which is then put
    /// before the path of every request. Plain http is refused except for loopback addresses.
    ///
    /// It has precedence over region and edge. The credentials are sent to this URL's host.
    #[inline]
    pub fn base_url(mut self, host: Host, url: impl Into<String>) -> Self {
        self.hosts.base_urls.push((host, url.into()));
        self
    }

    /// The same base URL for every host, as for a mock.
    #[inline]
    pub fn base_urls(mut self, url: impl Into<String>) -> Self {
        let url = url.into();
        for host in Host::ALL {
            self.hosts.base_urls.push((*host, url.clone()));
        }
        self
    }

    /// How long each attempt of a call may take, from connecting to the last byte of the response: 30
    /// seconds unless set. It holds for every call that does not set its own, also when
    /// [`http_client`](Self::http_client) is given a builder with another timeout. How long all attempts may take together is [`RetryPolicy::deadline`].
    #[inline]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// When and how often a failed call is sent again, unless the call sets its own policy. Without this it is
    /// [`RetryPolicy::new`]; [`RetryPolicy::none`] turns it off.
    #[inline]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How much all calls of the client may spend on sending again. Without this it is a
    /// [`RetryBudget`] of 500; [`RetryBudget::unlimited`] turns it off.
    #[inline]
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.retry_budget = budget;
        self
    }

    /// How many requests of this client, its clones included, may run at once: any number unless set. Others wait
    /// for a permit, in order. A call's timeout begins when it has its permit, which it returns between two attempts. A
    /// call that was begun and is no longer polled keeps its permit until it is dropped.
    ///
    /// The content of a download counts too, from when it is asked for until it ends, fails or is dropped. So with a limit
    /// of 1 a [`Content`](crate::Content) has to be read or dropped before the next call, which otherwise waits until its
    /// [deadline](RetryPolicy::deadline).
    ///
    /// `Twilio-Concurrent-Requests`, a header of most responses, tells how many the account has running.
    #[inline]
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = Some(requests);
        self
    }

    /// How long it may take to make a connection: 10 seconds unless set, and never more than three quarters
    /// of the client's [`timeout`](Self::timeout). So when time runs out while connecting, the error is an
    /// [`ErrorKind::Connect`](crate::ErrorKind::Connect): nothing was sent, and every call is tried again. Where a call has
    /// a shorter timeout of its own, that can run out first, and then it is not known whether the call was sent.
    ///
    /// A builder given to [`http_client`](Self::http_client) keeps its own connect timeout unless this is set.
    #[inline]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// The longest response that is read, in bytes: 8 MiB unless set, which is several times what a page of 1,000
    /// resources with their configurations and schemas takes. A longer one is an
    /// [`ErrorKind::TooLarge`](crate::ErrorKind::TooLarge).
    ///
    /// It bounds memory too. Decoding takes at most 16 times the length of a response, or 1 MiB for a short one: at most
    /// 128 MiB at the limit unless set. A response that would take more, as none of Twilio's does, is the same error
    /// before the memory is asked for. The bound does not hold for a type of your own, into which the
    /// response to a [raw request](crate::RawRequest) is read.
    #[inline]
    pub fn reply_limit(mut self, bytes: usize) -> Self {
        self.limits.reply_bytes = bytes;
        self
    }

    /// What to add to the user agent `generated-client/x.y.z`, such as `my-app/1.2`.
    #[inline]
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// The HTTP client to build upon, for a proxy, further certificates, or a connection pool's size.
    ///
    /// Whatever it says, redirects are not followed, nothing is sent twice by it, and its
    /// `connection_verbose` is off, which would log credentials. If a base URL is
    /// plain http, which only loopback addresses can be, it uses no proxy, so that credentials do not
    /// leave the machine unencrypted.
    #[inline]
    pub fn http_client(mut self, http: reqwest::ClientBuilder) -> Self {
        self.http = Some(http);
        self
    }

    /// The HTTP client to build upon for what
    /// [`download`](crate::calls::FetchAddOnResultPayloadData::download) reads from elsewhere, for a proxy
    /// or further certificates. Leave credentials out of it: those places belong to others.
    ///
    /// Whatever it says, no redirect to plain http is followed, and no `Referer` is sent.
    #[inline]
    pub fn download_http_client(mut self, http: reqwest::ClientBuilder) -> Self {
        self.download_http = Some(http);
        self
    }

    /// Checks the settings and makes the client. Nothing is sent.
    ///
    /// # Errors
    /// A setting has no valid meaning: credentials with characters that were copied by mistake, an invalid address or
    /// region, a time below one millisecond, a limit of zero. [`Duration::MAX`] means no limit of time. The error names the setting
    /// and what to do, and shows no credentials.
    ///
    /// # Features
    /// With the `rustls` feature, if the process has no default provider of cryptography for rustls yet,
    /// ring becomes that default. To use another one, install it before.
    pub fn build(self) -> Result<Client, Error> {
        let authorization = self.credentials.authorization()?;
        let hosts = Hosts::new(&self.hosts)?;
        let user_agent = user_agent(self.user_agent.as_deref())?;
        check_time("the timeout", self.limits.timeout)?;
        if let Some(timeout) = self.connect_timeout {
            check_time("the connect timeout", timeout)?;
        }
        if self.limits.reply_bytes == 0 {
            return Err(Error::configuration(
                "the limit of 0 bytes for a response leaves room for none; use a longer one",
            ));
        }
        if let Some(fault) = self.retry.fault() {
            return Err(Error::configuration(format!("the retry policy {fault}")));
        }
        let turns = match self.concurrency {
            None => None,
            Some(requests @ 1..=Semaphore::MAX_PERMITS) => Some(Semaphore::new(requests)),
            Some(requests) => {
                return Err(Error::configuration(format!(
                    "{requests} requests at a time are not possible: use at least 1, or set no limit"
                )));
            }
        };
        let http = http_client(self.http, self.connect_timeout, self.limits.timeout, &hosts)?;
        let downloads = match self.download_http {
            Some(http) => OnceLock::from(download_client(Some(http), &hosts)?),
            None => OnceLock::new(),
        };
        Ok(Client::new(
            Arc::new(Shared {
                http,
                downloads,
                hosts,
                concealer: self.credentials.concealer(&authorization),
                account_sid: self.credentials.account_sid(),
                authorization,
                user_agent,
                limits: self.limits,
                retry: self.retry,
                retry_budget: self.retry_budget,
                turns,
            }),
            self.credentials.account_sid(),
        ))
    }
}

/// The header that introduces the client, with what the caller adds.
fn user_agent(product: Option<&str>) -> Result<HeaderValue, Error> {
    let Some(product) = product else {
        return Ok(HeaderValue::from_static(USER_AGENT));
    };
    check_text("the user agent", product)?;
    if product.len() > LONGEST_PRODUCT {
        return Err(Error::configuration(format!(
            "the user agent is longer than {LONGEST_PRODUCT} characters; servers refuse long headers"
        )));
    }
    let mut comments = 0_usize;
    for part in product.split(' ') {
        let is_product = comments == 0 && !part.starts_with('(');
        comments += part.matches('(').count();
        comments = comments.saturating_sub(part.matches(')').count());
        if is_product && (part.is_empty() || part.starts_with('/') || part.ends_with('/')) {
            return Err(Error::configuration(
                "the user agent has an empty part; write it like `my-app/1.2`",
            ));
        }
    }
    HeaderValue::try_from(format!("{USER_AGENT} {product}"))
        .map_err(|error| Error::configuration_from("the user agent is not a header value", error))
}

/// Finishes the caller's HTTP client, or one of ours, with what must hold whatever it says.
fn http_client(
    given: Option<reqwest::ClientBuilder>,
    mut connect_timeout: Option<Duration>,
    timeout: Duration,
    hosts: &Hosts,
) -> Result<reqwest::Client, Error> {
    #[cfg(feature = "rustls")]
    install_provider();
    let mut http = match given {
        Some(http) => http,
        None => {
            connect_timeout.get_or_insert(CONNECT_TIMEOUT);
            own_http_client(hosts)
        }
    };
    if let Some(connect_timeout) = connect_timeout {
        // Of the two, the time for connecting has to run out first: then it is known that nothing was sent.
        http = http.connect_timeout(connect_timeout.min(timeout / 4 * 3));
    }
    if hosts.any_plain() {
        http = http.no_proxy();
    }
    http.redirect(redirect::Policy::none())
        .timeout(timeout)
        // It would write whole requests into the log, credentials included.
        .connection_verbose(false)
        // With no attempts beyond the first it does not keep a copy of each request either.
        .retry(retry::never().max_retries_per_request(0))
        .build()
        .map_err(|error| Error::configuration_from("the HTTP client could not be built", error))
}

/// Finishes the caller's HTTP client for downloads, or one of ours.
pub(crate) fn download_client(
    given: Option<reqwest::ClientBuilder>,
    hosts: &Hosts,
) -> Result<reqwest::Client, Error> {
    #[cfg(feature = "rustls")]
    install_provider();
    let http = match given {
        Some(http) => http,
        None => own_http_client(hosts).connect_timeout(CONNECT_TIMEOUT),
    };
    download::http_client(http, hosts.any_plain())
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn own_http_client(hosts: &Hosts) -> reqwest::ClientBuilder {
    let http = reqwest::Client::builder();
    if hosts.all_plain() {
        // A client of mocks alone never uses TLS, and reading the platform's certificates takes longer
        // than many a test.
        http.tls_certs_only([])
    } else {
        http
    }
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn own_http_client(_: &Hosts) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
}

/// The HTTP library panics when it finds no provider of cryptography, so there has to be one.
#[cfg(feature = "rustls")]
pub(crate) fn install_provider() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // An error means that another thread was faster, and so there is one.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

impl fmt::Debug for ClientBuilder {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("credentials", &self.credentials)
            .field("region", &self.hosts.region)
            .field("edge", &self.hosts.edge)
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builder() -> ClientBuilder {
        let account = "AC0123456789abcdef0123456789abcdef".parse().unwrap();
        Client::builder(Credentials::auth_token(account, "hunter2"))
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!("{:?} {:?}", builder(), builder().build().unwrap());
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(
            shown.contains("AC0123456789abcdef0123456789abcdef"),
            "{shown}"
        );
    }

    #[test]
    fn a_bad_user_agent_is_refused() {
        assert!(builder().user_agent("a\nb").build().is_err());
        assert!(builder().user_agent("my-app/1.2").build().is_ok());
    }

    #[test]
    fn a_builder_of_the_callers_own_is_taken() {
        let http = reqwest::Client::builder().pool_max_idle_per_host(1);
        assert!(builder().http_client(http).build().is_ok());
    }
}
