//! Why a call is not sent, whatever it asks for: it cannot succeed with its own settings, its host is not offered where the
//! client is, or it would act on another account than the client is for.

use super::call::CallOptions;
use super::prepared::Prepared;
use crate::{AccountSid, Client, Error};

/// The error of a call that must not be sent.
pub(super) fn refusal(options: &CallOptions, prepared: &Prepared) -> Result<(), Error> {
    if let Some(fault) = options.fault() {
        return Err(Error::request(fault));
    }
    let client = options.client();
    let base = client.shared().hosts.base(prepared.operation().host)?;
    if let Some(fault) = base.absence() {
        return Err(Error::request(fault.to_owned()));
    }
    match names_its_account(client, prepared.path()) {
        true => Ok(()),
        false => Err(Error::request(format!(
            "the client is for the account {}, by `for_account`, but the path does not name that account, so the call \
             would act on {}, whose credentials the client has; use a client with credentials of {0}",
            client.account_sid(),
            client.shared().account_sid,
        ))),
    }
}

/// Whether a call acts on the account that the client is for: on that of the credentials without more ado, on any other
/// only where it is the first account that the path names.
fn names_its_account(client: &Client, path: &str) -> bool {
    let account = client.account_sid();
    account == client.shared().account_sid || path.split('/').find_map(account_in) == Some(account)
}

/// The account that a segment of a path is for, with or without a suffix such as `.json`.
fn account_in(segment: &str) -> Option<AccountSid> {
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
            (String::new(), false),
        ] {
            assert_eq!(names_its_account(&sub, &path), named, "{path}");
            assert!(names_its_account(&client, &path), "{path}");
            assert!(
                names_its_account(&sub.for_account(own.parse().unwrap()), &path),
                "{path}"
            );
        }
    }
}
