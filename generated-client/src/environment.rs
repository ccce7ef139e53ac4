//! Settings from the conventional environment variables. A variable that is empty counts as unset.

use std::env::VarError;

use crate::{AccountSid, ClientBuilder, Credentials, Error};

/// How a variable is looked up, so that a test need not touch the process's environment.
type Lookup<'a> = &'a dyn Fn(&str) -> Result<String, VarError>;

/// A builder with the credentials, region and edge that the environment names.
pub(crate) fn read(lookup: Lookup<'_>) -> Result<ClientBuilder, Error> {
    let mut builder = ClientBuilder::new(credentials(lookup)?);
    if let Some(region) = variable(lookup, "TWILIO_REGION")? {
        builder = builder.region(region);
    }
    if let Some(edge) = variable(lookup, "TWILIO_EDGE")? {
        builder = builder.edge(edge);
    }
    Ok(builder)
}

fn credentials(lookup: Lookup<'_>) -> Result<Credentials, Error> {
    let account = variable(lookup, "TWILIO_ACCOUNT_SID")?
        .ok_or_else(|| Error::configuration("TWILIO_ACCOUNT_SID is not set"))?
        .parse::<AccountSid>()
        .map_err(|error| {
            Error::configuration_from("TWILIO_ACCOUNT_SID is not an account SID", error)
        })?;
    let key = variable(lookup, "TWILIO_API_KEY")?;
    let secret = variable(lookup, "TWILIO_API_SECRET")?;
    match (key, secret) {
        (Some(key), Some(secret)) => Ok(Credentials::api_key(key, secret, account)),
        (Some(_), None) => Err(Error::configuration(
            "TWILIO_API_KEY is set but TWILIO_API_SECRET is not; set both or none",
        )),
        (None, Some(_)) => Err(Error::configuration(
            "TWILIO_API_SECRET is set but TWILIO_API_KEY is not; set both or none",
        )),
        (None, None) => match variable(lookup, "TWILIO_AUTH_TOKEN")? {
            Some(token) => Ok(Credentials::auth_token(account, token)),
            None => Err(Error::configuration(
                "no credentials: set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_AUTH_TOKEN",
            )),
        },
    }
}

fn variable(lookup: Lookup<'_>, name: &'static str) -> Result<Option<String>, Error> {
    match lookup(name) {
        Ok(text) if text.is_empty() => Ok(None),
        Ok(text) => Ok(Some(text)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Error::configuration(format!("{name} is not Unicode"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Client, Host};

    const ACCOUNT: (&str, &str) = ("TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef");
    const TOKEN: (&str, &str) = ("TWILIO_AUTH_TOKEN", "token");
    const KEY: (&str, &str) = ("TWILIO_API_KEY", "SK0123456789abcdef0123456789abcdef");
    const SECRET: (&str, &str) = ("TWILIO_API_SECRET", "secret");

    fn client(variables: &[(&str, &str)]) -> Result<Client, Error> {
        read(&|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
                .ok_or(VarError::NotPresent)
        })?
        .build()
    }

    fn user(client: &Client) -> String {
        let header = client.shared().authorization.header();
        header.to_str().unwrap().to_owned()
    }

    #[test]
    fn the_key_is_preferred_to_the_token() {
        let token = client(&[ACCOUNT, TOKEN]).unwrap();
        let key = client(&[ACCOUNT, KEY, SECRET]).unwrap();
        let both = client(&[ACCOUNT, TOKEN, KEY, SECRET]).unwrap();
        assert_eq!(user(&both), user(&key));
        assert_ne!(user(&both), user(&token));
        assert_eq!(both.account_sid().as_str(), ACCOUNT.1);
    }

    #[test]
    fn what_is_missing_is_named() {
        for (variables, name) in [
            (&[][..], "TWILIO_ACCOUNT_SID"),
            (&[("TWILIO_ACCOUNT_SID", ""), TOKEN], "TWILIO_ACCOUNT_SID"),
            (
                &[("TWILIO_ACCOUNT_SID", "AC1"), TOKEN],
                "TWILIO_ACCOUNT_SID",
            ),
            (&[ACCOUNT], "TWILIO_AUTH_TOKEN"),
            (&[ACCOUNT, KEY, TOKEN], "TWILIO_API_SECRET"),
            (&[ACCOUNT, SECRET, TOKEN], "TWILIO_API_KEY"),
            (&[ACCOUNT, TOKEN, ("TWILIO_REGION", "au1")], "TWILIO_EDGE"),
        ] {
            let error = client(variables).unwrap_err().to_string();
            assert!(error.contains(name), "{variables:?}: {error}");
        }
    }

    #[test]
    fn region_and_edge_make_the_hosts() {
        let client = client(&[
            ACCOUNT,
            TOKEN,
            ("TWILIO_REGION", "au1"),
            ("TWILIO_EDGE", "sydney"),
        ])
        .unwrap();
        let base = client.shared().hosts.base(Host::Marketplace).unwrap();
        assert_eq!(base.text(), "https://marketplace.sydney.au1.twilio.com");
    }

    #[test]
    fn a_variable_that_is_not_unicode_is_named() {
        let error = read(&|_| Err(VarError::NotUnicode("x".into()))).unwrap_err();
        assert_eq!(error.to_string(), "TWILIO_ACCOUNT_SID is not Unicode");
    }
}
