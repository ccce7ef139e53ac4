//! Why a call is not sent, whatever it asks for: it cannot succeed with its own settings, its host is not offered where the
//! client is, or it would act on another account than the client is for.

use super::call::CallOptions;
use super::prepared::Prepared;
use crate::{AccountSid, Client, Error, Host};

/// The error of a call that must not be sent.
pub(super) fn refusal(options: &CallOptions, prepared: &Prepared) -> Result<(), Error> {
    if let Some(fault) = options.fault() {
        return Err(Error::request(fault));
    }
    let client = options.client();
    let host = prepared.operation().host;
    let base = client.shared().hosts.base(host)?;
    if let Some(fault) = base.absence() {
        return Err(Error::request(fault.to_owned()));
    }
    match names_its_account(client, host, prepared.path()) {
        true => Ok(()),
        false => Err(Error::request(format!(
            "the client is for the account {}, by `for_account`, but the request is not for a path below \
             `/2010-04-01/Accounts/{0}` of the 2010-04-01 host, so the call would act on {}, whose credentials the \
             client has; use a client with credentials of {0}",
            client.account_sid(),
            client.shared().account_sid,
        ))),
    }
}

/// Whether a call acts on the account that the client is for: on that of the credentials without more ado, on any other
/// only where the path is below that account. On a host without such paths the SID of an account can be the SID of a thing,
/// and the call would still act on the account of the credentials.
fn names_its_account(client: &Client, host: Host, path: &str) -> bool {
    let account = client.account_sid();
    account == client.shared().account_sid
        || has_accounts(host) && account_above(path) == Some(account)
}

/// Whether a host has paths that name an account: Twilio's 2010-04-01 API, whatever the document calls its server.
fn has_accounts(host: Host) -> bool {
    host.url().starts_with("https://api.")
}

/// The account that a path of the 2010-04-01 host is below, `/2010-04-01/Accounts/{AccountSid}`, with or without a suffix
/// such as `.json`.
fn account_above(path: &str) -> Option<AccountSid> {
    let (_version, below) = path.strip_prefix('/')?.split_once('/')?;
    let segment = below.strip_prefix("Accounts/")?.split('/').next()?;
    segment.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Credentials;

    #[test]
    fn another_account_has_to_be_named_by_a_whole_segment() {
        let (own, other) = (
            "AC0123456789abcdef0123456789abcdef",
            "ACfedcba9876543210fedcba9876543210",
        );
        let client = Client::builder(Credentials::auth_token(own.parse().unwrap(), "token"))
            .build()
            .unwrap();
        let sub = client.for_account(other.parse().unwrap());
        for (path, named) in [
            (
                format!("/2010-04-01/Accounts/{other}/Recordings.json"),
                true,
            ),
            (format!("/2010-04-01/Accounts/{other}.json"), true),
            (format!("/2010-04-01/Accounts/{other}"), true),
            (format!("/2010-04-01/Accounts/{own}/Recordings.json"), false),
            (format!("/2010-04-01/Accounts/{own}/Calls/{other}"), false),
            (format!("/2010-04-01/Accounts/{other}/Calls/{own}"), true),
            (format!("/v1/Things{other}"), false),
            (format!("/v1/{other}0"), false),
            ("/v1/InstalledAddOns".to_owned(), false),
            (format!("/v1/Things/{other}"), false),
            (format!("/2010-04-01/{other}/Recordings.json"), false),
            (format!("/2010-04-01/Accounts//{other}"), false),
            (format!("/Accounts/{other}"), false),
            (format!("/2010-04-01/Accounts/{other}0/{other}"), false),
            (String::new(), false),
        ] {
            let again = sub.for_account(own.parse().unwrap());
            for host in Host::ALL {
                let is_below = named && *host == Host::Api;
                assert_eq!(names_its_account(&sub, *host, &path), is_below, "{path}");
                assert!(names_its_account(&client, *host, &path), "{path}");
                assert!(names_its_account(&again, *host, &path), "{path}");
            }
        }
    }
}
