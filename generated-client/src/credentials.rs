//! Who calls. Secrets are wiped from memory when the last copy is dropped, and nothing shows them.

use std::fmt;

use bytes::Bytes;
use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

use crate::conceal::{self, Concealer};
use crate::runtime::{Digits, SidKind, check_sid};
use crate::setting::check_text;
use crate::{AccountSid, Error};

/// What a client authenticates with.
///
/// They are checked when the client is built: a token or secret that is empty, was copied with white space or quotation
/// marks around it, or holds a control character or one that is not ASCII, is refused there, instead of by the server at
/// every call.
///
/// # Whose account
/// On the Marketplace host a call acts on the account that the credentials belong to, whatever else is said; on the
/// 2010-04-01 host it acts on the account in its path, which is the one given here or to
/// [`Client::for_account`](crate::Client::for_account). So give the account that the token or the key itself belongs to.
/// To which account a key belongs cannot be seen from the key, and is not checked.
///
/// # What is never shown
/// No `Debug`, error, log or span shows them, even where a server repeats them, as they are or encoded. A secret of fewer
/// than eight characters, which Twilio does not issue, is taken out of no text of a server by itself: it would take ordinary
/// words along. The values of successful responses are handed on as the server sent them.
///
/// ```
/// use generated_client::{AccountSid, Credentials};
///
/// let account: AccountSid = "AC00000000000000000000000000000000".parse()?;
/// let credentials = Credentials::auth_token(account, "secret");
/// assert!(!format!("{credentials:?}").contains("secret"));
/// # Ok::<(), generated_client::SidError>(())
/// ```
#[derive(Clone)]
pub struct Credentials {
    user: User,
    secret: Zeroizing<String>,
    account_sid: AccountSid,
}

#[derive(Clone)]
enum User {
    ApiKey(Zeroizing<String>),
    Account,
}

/// The SID of an API key, which the document does not know.
struct ApiKeySid;

impl SidKind for ApiKeySid {
    const PREFIX: &'static [u8; 2] = b"SK";
    const DIGITS: Digits = Digits::AnyCase;
    const NOUN: &'static str = "API key";
    const KINDS: &'static [[&'static str; 2]] = crate::sids::KINDS;
}

impl Credentials {
    /// An API key: its SID (`SK…`), its secret, and the account that it belongs to. This is the pair to
    /// use; keys can be revoked one by one.
    pub fn api_key(
        key_sid: impl Into<String>,
        secret: impl Into<String>,
        account_sid: AccountSid,
    ) -> Self {
        Self {
            user: User::ApiKey(Zeroizing::new(key_sid.into())),
            secret: Zeroizing::new(secret.into()),
            account_sid,
        }
    }

    /// An account and its auth token, which Twilio means for local testing.
    pub fn auth_token(account_sid: AccountSid, token: impl Into<String>) -> Self {
        Self {
            user: User::Account,
            secret: Zeroizing::new(token.into()),
            account_sid,
        }
    }

    /// The account that the credentials belong to.
    pub fn account_sid(&self) -> AccountSid {
        self.account_sid
    }

    /// What finds these credentials in what a server says. Who knows the encoded secret knows the secret.
    pub(crate) fn concealer(&self, authorization: &Authorization) -> Concealer {
        let mut encoded = Zeroizing::new(Vec::with_capacity(self.secret.len().div_ceil(3) * 4));
        push_base64(&mut encoded, self.secret.as_bytes());
        // A short secret is not looked for, and neither is its encoded form.
        let alone = str::from_utf8(&encoded).ok();
        let alone = alone.filter(|_| self.secret.len() >= conceal::SHORTEST);
        Concealer::new(
            &self.secret,
            authorization.encoded().into_iter().chain(alone),
        )
    }

    /// The value of the `Authorization` header, or what is wrong with the credentials.
    pub(crate) fn authorization(&self) -> Result<Authorization, Error> {
        let user = match &self.user {
            User::ApiKey(key_sid) => {
                check_key_sid("the API key SID", key_sid)?;
                check_text("the API key's secret", &self.secret)?;
                key_sid.as_str()
            }
            User::Account => {
                check_text("the auth token", &self.secret)?;
                self.account_sid.as_str()
            }
        };
        Authorization::basic(user, &self.secret)
    }
}

/// Checks what is given as the SID of an API key.
pub(crate) fn check_key_sid(what: &str, text: &str) -> Result<(), Error> {
    check_text(what, text)?;
    match check_sid::<ApiKeySid>(text) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::configuration_from(
            format!(
                "{what} is not the SID of an API key, `SK` and 32 hexadecimal digits; is it the secret?"
            ),
            error,
        )),
    }
}

/// The account alone is shown.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("account_sid", &self.account_sid.as_str())
            .finish_non_exhaustive()
    }
}

/// The header that proves who calls, encoded once for a client. Its requests share the one copy.
///
/// What of a request has been written out to be sent lies in buffers of the HTTP library, which are freed and
/// not wiped.
pub(crate) struct Authorization(HeaderValue);

/// Bytes that are wiped when they are let go.
struct Wiped(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Authorization {
    fn basic(user: &str, secret: &str) -> Result<Self, Error> {
        let pair = Zeroizing::new([user.as_bytes(), b":", secret.as_bytes()].concat());
        // Exactly as much as is needed, so that no copy is left behind by growing.
        let mut header = Zeroizing::new(Vec::with_capacity(6 + pair.len().div_ceil(3) * 4));
        header.extend_from_slice(b"Basic ");
        push_base64(&mut header, &pair);
        let value = sensitive(Wiped(header))?;
        Ok(Self(value))
    }

    /// What follows the word `Basic`, which is as good as the secret.
    pub(crate) fn encoded(&self) -> Option<&str> {
        self.0.to_str().ok()?.strip_prefix("Basic ")
    }

    /// A header value that nothing shows.
    pub(crate) fn header(&self) -> HeaderValue {
        self.0.clone()
    }
}

/// A header value that nothing shows, of bytes that stay where they are: they are let go with its last clone.
fn sensitive(bytes: impl AsRef<[u8]> + Send + 'static) -> Result<HeaderValue, Error> {
    // It cannot fail for Base64, which is visible ASCII.
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(bytes)).map_err(|error| {
        Error::configuration_from("the credentials are not a header value", error)
    })?;
    value.set_sensitive(true);
    Ok(value)
}

fn push_base64(out: &mut Vec<u8>, bytes: &[u8]) {
    for chunk in bytes.chunks(3) {
        let mut three = [0; 3];
        for (place, byte) in three.iter_mut().zip(chunk) {
            *place = *byte;
        }
        let [a, b, c] = three;
        let four = [
            a >> 2,
            (a & 0x03) << 4 | b >> 4,
            (b & 0x0f) << 2 | c >> 6,
            c & 0x3f,
        ];
        for (index, six) in four.into_iter().enumerate() {
            out.push(if index <= chunk.len() {
                digit(six)
            } else {
                b'='
            });
        }
    }
}

/// One of base64's digits for a number below 64.
fn digit(six: u8) -> u8 {
    match six {
        0..26 => b'A' + six,
        26..52 => b'a' + (six - 26),
        52..62 => b'0' + (six - 52),
        62 => b'+',
        _ => b'/',
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, LazyLock};

    use proptest::prelude::*;
    use reqwest::header::AUTHORIZATION;

    use super::*;

    fn account() -> AccountSid {
        "AC0123456789abcdef0123456789abcdef".parse().unwrap()
    }

    /// The same header as the HTTP library makes it.
    fn theirs(user: &str, secret: &str) -> HeaderValue {
        static HTTP: LazyLock<reqwest::Client> = LazyLock::new(|| {
            #[cfg(feature = "rustls")]
            crate::builder::install_provider();
            reqwest::Client::new()
        });
        let request = HTTP
            .get("http://localhost")
            .basic_auth(user, Some(secret))
            .build()
            .unwrap();
        request.headers()[AUTHORIZATION].clone()
    }

    #[test]
    fn debug_shows_the_account_alone() {
        let shown = format!("{:?}", Credentials::api_key("SKxxxx", "hunter2", account()));
        assert!(
            !shown.contains("hunter2") && !shown.contains("SKxxxx"),
            "{shown}"
        );
        assert!(shown.contains(account().as_str()), "{shown}");
    }

    #[test]
    fn a_key_sid_that_is_none_is_refused_without_showing_it() {
        let error = Credentials::api_key("hunter2", "hunter3", account())
            .authorization()
            .err()
            .unwrap();
        assert!(
            !format!("{error} {error:?}").contains("hunter"),
            "{error:?}"
        );
    }

    #[test]
    fn an_empty_secret_is_refused() {
        assert!(
            Credentials::auth_token(account(), "")
                .authorization()
                .is_err()
        );
    }

    #[test]
    fn the_header_is_sensitive() {
        let header = Credentials::auth_token(account(), "token")
            .authorization()
            .unwrap()
            .header();
        assert!(header.is_sensitive());
        assert_eq!(header, theirs(account().as_str(), "token"));
    }

    #[test]
    fn every_request_has_the_same_bytes_and_the_last_one_lets_them_go() {
        struct Spy {
            _alive: Arc<()>,
        }

        impl AsRef<[u8]> for Spy {
            fn as_ref(&self) -> &[u8] {
                b"Basic hunter2"
            }
        }

        let alive = Arc::new(());
        let first = sensitive(Spy {
            _alive: Arc::clone(&alive),
        })
        .unwrap();
        let last = first.clone();
        assert_eq!(first.as_bytes().as_ptr(), last.as_bytes().as_ptr());
        assert!(!format!("{last:?}").contains("hunter2"), "{last:?}");
        drop(first);
        assert_eq!(Arc::strong_count(&alive), 2);
        drop(last);
        assert_eq!(Arc::strong_count(&alive), 1);

        let authorization = Authorization::basic("SK", "hunter2").unwrap();
        let (one, two) = (authorization.header(), authorization.header());
        assert_eq!(one.as_bytes().as_ptr(), two.as_bytes().as_ptr());
    }

    proptest! {
        #[test]
        fn the_header_is_what_the_http_library_makes(secret in "\\PC{1,40}") {
            let header = Authorization::basic("SK", &secret).unwrap().header();
            prop_assert_eq!(header, theirs("SK", &secret));
        }
    }
}
