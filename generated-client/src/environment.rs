//! Settings from the conventional environment variables. A variable that is empty counts as unset. Every other value is
//! checked here, where its variable is known.

use std::env::VarError;

use crate::credentials::check_key_sid;
use crate::host::{check_base_url, check_label};
use crate::setting::check_text;
use crate::{AccountSid, ClientBuilder, Credentials, Error};

/// How a variable is looked up, so that a test need not touch the process's environment.
type Lookup<'a> = &'a dyn Fn(&str) -> Result<String, VarError>;

/// A builder with the credentials and the hosts that the environment names.
pub(crate) fn read(lookup: Lookup<'_>) -> Result<ClientBuilder, Error> {
    let mut builder = ClientBuilder::new(credentials(lookup)?);
    if let Some(url) = variable(lookup, "TWILIO_BASE_URL")? {
        check_base_url("TWILIO_BASE_URL", &url)?;
        return Ok(builder.base_urls(url));
    }
    if let Some(region) = variable(lookup, "TWILIO_REGION")? {
        check_label("TWILIO_REGION", &region)?;
        builder = builder.region(region);
    }
    if let Some(edge) = variable(lookup, "TWILIO_EDGE")? {
        check_label("TWILIO_EDGE", &edge)?;
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
        (Some(key), Some(secret)) => {
            check_key_sid("TWILIO_API_KEY", &key)?;
            Ok(Credentials::api_key(key, secret, account))
        }
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
        Ok(text) => {
            check_text(name, &text)?;
            Ok(Some(text))
        }
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

    /// Values that are wrong for each variable beside those that are wrong for all.
    const WRONG: &[(&str, &[&str])] = &[
        (
            "TWILIO_ACCOUNT_SID",
            &["AC1", KEY.1, "ac0123456789abcdef0123456789abcdef"],
        ),
        ("TWILIO_API_KEY", &["hunter2", ACCOUNT.1]),
        ("TWILIO_API_SECRET", &[]),
        ("TWILIO_AUTH_TOKEN", &[]),
        ("TWILIO_REGION", &["AU1", "au1.evil.example", "a b", "-"]),
        ("TWILIO_EDGE", &["Sydney", "https://sydney", "a/b"]),
        (
            "TWILIO_BASE_URL",
            &[
                "hunter2",
                "http://mock.example",
                "ftp://localhost",
                "https://user:hunter2@mock.example",
                "https://mock.example?x",
                "https://mock .example",
                "http://127.0.0.1:0",
            ],
        ),
    ];

    /// The variables that the code above reads, so that none is read and not tried.
    #[test]
    fn every_variable_is_tried_with_values_that_are_wrong() {
        let (code, _) = include_str!("environment.rs")
            .split_once("#[cfg(test)]")
            .unwrap();
        let read: std::collections::BTreeSet<_> = code
            .split('"')
            .filter(|text| {
                text.starts_with("TWILIO_")
                    && text.bytes().all(|b| b == b'_' || b.is_ascii_uppercase())
            })
            .collect();
        assert_eq!(read, WRONG.iter().map(|(name, _)| *name).collect());
        for (name, wrong) in WRONG {
            let others: Vec<_> = match *name {
                "TWILIO_AUTH_TOKEN" => vec![ACCOUNT],
                "TWILIO_REGION" | "TWILIO_EDGE" => vec![
                    ACCOUNT,
                    TOKEN,
                    ("TWILIO_REGION", "au1"),
                    ("TWILIO_EDGE", "sydney"),
                ],
                _ => vec![ACCOUNT, KEY, SECRET],
            };
            let with = |value: &str| {
                let mut variables: Vec<_> = others
                    .iter()
                    .copied()
                    .filter(|(other, _)| other != name)
                    .collect();
                variables.push((name, value));
                client(&variables)
            };
            let right = match *name {
                "TWILIO_BASE_URL" => "https://mock.example",
                _ => {
                    others
                        .iter()
                        .chain([&TOKEN])
                        .find(|(other, _)| other == name)
                        .unwrap()
                        .1
                }
            };
            with(right).unwrap();
            let copied = [
                "{} ",
                " {}",
                "{}\n",
                "{}\r\n",
                "{}\u{a0}",
                "\u{feff}{}",
                "\"{}\"",
                "'{}'",
                "\u{201c}{}\u{201d}",
                "{}\0",
            ];
            let copied = copied.iter().map(|pattern| pattern.replace("{}", right));
            for value in wrong.iter().map(|value| (*value).to_owned()).chain(copied) {
                let error = with(&value).unwrap_err();
                assert!(
                    error.to_string().starts_with(name),
                    "{name}={value:?}: {error}"
                );
                let shown = format!("{error} {error:?}");
                assert!(
                    !shown.contains("hunter2") && !shown.contains(right),
                    "{name}={value:?}: {shown}"
                );
            }
        }
    }

    #[test]
    fn a_base_url_takes_the_place_of_every_host_and_wins_over_region_and_edge() {
        for url in [
            "https://mock.example/x",
            "http://127.0.0.1:4010",
            "http://localhost:4010",
            "http://[::1]:4010",
        ] {
            let base = ("TWILIO_BASE_URL", url);
            for more in [
                &[][..],
                &[("TWILIO_REGION", "au1")],
                &[("TWILIO_REGION", "au1"), ("TWILIO_EDGE", "sydney")],
            ] {
                let client = client(&[&[ACCOUNT, TOKEN, base], more].concat()).unwrap();
                for host in Host::ALL {
                    assert_eq!(client.shared().hosts.base(*host).unwrap().text(), url);
                }
            }
            let error = client(&[base]).unwrap_err().to_string();
            assert!(error.contains("TWILIO_ACCOUNT_SID"), "{error}");
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
