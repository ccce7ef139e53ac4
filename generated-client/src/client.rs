//! The client: one for all hosts, cheap to clone, safe to share. What it can do is generated, as methods
//! of its own that lead to the resources.

use std::fmt;
use std::sync::{Arc, OnceLock};

use reqwest::header::HeaderValue;
use tokio::sync::Semaphore;

use crate::builder;
use crate::conceal::Concealer;
use crate::credentials::Authorization;
use crate::host::Hosts;
use crate::runtime::Limits;
use crate::{AccountSid, ClientBuilder, Credentials, Error, RetryBudget, RetryPolicy};

/// A client for all of the API's hosts.
///
/// Whose account a call acts on depends on its host: on the Marketplace host, [`Host::Marketplace`](crate::Host), it is the
/// account of the [`Credentials`], because no path there names one; on the 2010-04-01 host it is the one that the path
/// names, which is [`account_sid`](Self::account_sid).
///
/// Cloning it copies a pointer; clones share connections. It can be used from any thread, on a Tokio
/// runtime that has I/O and time switched on. Dropping a call's future cancels the call.
///
/// ```no_run
/// # async fn example() -> Result<(), generated_client::Error> {
/// use generated_client::Client;
///
/// let client = Client::from_env()?;
/// let mut add_ons = client.installed_add_ons().list().all_items();
/// while let Some(add_on) = add_ons.next().await {
///     println!("{}", add_on?.sid);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    account_sid: AccountSid,
}

/// What all clones of a client have in common.
pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    /// For places that are not the API's.
    pub(crate) downloads: OnceLock<reqwest::Client>,
    pub(crate) hosts: Hosts,
    pub(crate) authorization: Authorization,
    /// The account of the credentials.
    pub(crate) account_sid: AccountSid,
    /// Takes the credentials out of what servers say.
    pub(crate) concealer: Concealer,
    pub(crate) user_agent: HeaderValue,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) retry_budget: RetryBudget,
    /// As many permits as there may be requests at a time, if that is limited.
    pub(crate) turns: Option<Semaphore>,
}

impl Shared {
    /// The HTTP client of downloads, made when the first one begins.
    pub(crate) fn downloads(&self) -> Result<&reqwest::Client, Error> {
        if let Some(http) = self.downloads.get() {
            return Ok(http);
        }
        let http = builder::download_client(None, &self.hosts)?;
        Ok(self.downloads.get_or_init(|| http))
    }
}

impl Client {
    pub(crate) fn new(shared: Arc<Shared>, account_sid: AccountSid) -> Self {
        Self {
            shared,
            account_sid,
        }
    }

    /// The settings of a client that calls with these credentials.
    pub fn builder(credentials: Credentials) -> ClientBuilder {
        ClientBuilder::new(credentials)
    }

    /// A client with the credentials that the environment holds.
    ///
    /// `TWILIO_ACCOUNT_SID` is required, and either `TWILIO_API_KEY` with `TWILIO_API_SECRET`, which is
    /// preferred, or `TWILIO_AUTH_TOKEN`. The account is the one that the key or token belongs to.
    ///
    /// `TWILIO_EDGE` and `TWILIO_REGION` choose other hosts; see [`ClientBuilder::region`]. `TWILIO_BASE_URL` takes the place
    /// of every host, as for a mock, and wins over both: https, or plain http for a loopback address only. The
    /// credentials are required all the same, and go to that address.
    ///
    /// A variable that is empty counts as unset. For more settings begin with [`ClientBuilder::from_env`].
    ///
    /// # Errors
    /// A variable is missing, or its value cannot be right, be it only for white space, quotation marks or control
    /// characters that were copied with it. The error names the variable and never shows its value.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// The account in the paths of the 2010-04-01 API: that of the credentials, unless the client was made by
    /// [`for_account`](Self::for_account).
    pub fn account_sid(&self) -> AccountSid {
        self.account_sid
    }

    /// The same client for another account's resources, such as a subaccount's, on the 2010-04-01 host. The credentials stay
    /// the same; they must be allowed to act for that account.
    ///
    /// The paths of the Marketplace host name no account, so a call there would act on the account of the credentials: it
    /// could install a paid add-on on the parent account. Such a call is refused before anything is sent, with an error of
    /// the kind [`Request`](crate::ErrorKind::Request), and so is a raw request whose path is not below
    /// `/2010-04-01/Accounts/` and that account. For the Marketplace of a subaccount build a client with credentials of
    /// that subaccount.
    ///
    /// ```
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// use generated_client::{AccountSid, Client, Credentials, ErrorKind};
    ///
    /// let parent: AccountSid = "AC00000000000000000000000000000000".parse()?;
    /// let sub: AccountSid = "AC11111111111111111111111111111111".parse()?;
    /// let client = Client::builder(Credentials::auth_token(parent, "token of the parent")).build()?;
    /// let error = client.for_account(sub).installed_add_ons().list().await.unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Request);
    ///
    /// let client = Client::builder(Credentials::auth_token(sub, "token of the subaccount")).build()?;
    /// let add_ons = client.installed_add_ons().list();
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(example()).unwrap();
    /// ```
    pub fn for_account(&self, account_sid: AccountSid) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            account_sid,
        }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("account_sid", &self.account_sid.as_str())
            .field("hosts", &self.shared.hosts)
            .field("limits", &self.shared.limits)
            .field("retry", &self.shared.retry)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_shareable<T: Clone + Send + Sync + 'static>(_: &T) {}

    #[test]
    fn another_account_keeps_the_credentials() {
        let one: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().unwrap();
        let two: AccountSid = "ACfedcba9876543210fedcba9876543210".parse().unwrap();
        let client = Client::builder(Credentials::auth_token(one, "token"))
            .build()
            .unwrap();
        assert_shareable(&client);
        let other = client.for_account(two);
        assert_eq!(client.account_sid(), one);
        assert_eq!(other.account_sid(), two);
        assert!(Arc::ptr_eq(&client.shared, &other.shared));
    }
}
