//! What people see first of an error: what a `main` that returns it prints, which is its `Debug`.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use generated_client::{
    Amount, AvailableAddOnSid, Client, ConfigurationSchema, Credentials, Error, ErrorKind,
    PageSize, Quantity, Timestamp,
};
use serde_json::json;
use tests::Reply;

use crate::support::{AC, XB, always, client};

/// Set for the process that is to fail.
const FAILS: &str = "FIRST_SEEN_FAILS";

/// One error of a kind, with its sentence and how it is shown.
struct Shown {
    name: &'static str,
    sentence: String,
    line: String,
    lines: String,
}

fn shown<E: StdError + Debug>(name: &'static str, error: E) -> Shown {
    Shown {
        name,
        sentence: error.to_string(),
        line: format!("{error:?}"),
        lines: format!("{error:#?}"),
    }
}

/// A point in time that no timestamp can be written for.
fn far() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(300_000_000_000)
}

/// At least one error of each public type.
async fn every_error() -> Vec<Shown> {
    let server = always(
        Reply::json(404, r#"{"code": 20404, "message": "a\nb\u001b"}"#).header("retry-after", "7"),
    );
    let schema = ConfigurationSchema::new(json!({"required": ["a"]}).as_object().unwrap()).unwrap();
    vec![
        shown(
            "Error",
            client(&server).listing(XB).fetch().await.unwrap_err(),
        ),
        shown(
            "Error",
            Client::builder(Credentials::auth_token(AC, ""))
                .build()
                .unwrap_err(),
        ),
        shown(
            "Error",
            Error::from("XB".parse::<AvailableAddOnSid>().unwrap_err()),
        ),
        shown("SidError", "XB".parse::<AvailableAddOnSid>().unwrap_err()),
        shown("BoundError", PageSize::new(0).unwrap_err()),
        shown("AmountError", "x".parse::<Amount>().unwrap_err()),
        shown("TimestampError", Timestamp::try_from(far()).unwrap_err()),
        shown("QuantityError", "0".parse::<Quantity>().unwrap_err()),
        shown(
            "SchemaError",
            ConfigurationSchema::new(json!({"type": "a\nb"}).as_object().unwrap()).unwrap_err(),
        ),
        shown("ConfigurationError", schema.check(&json!({})).unwrap_err()),
    ]
}

#[tokio::test]
async fn debug_begins_with_the_sentence_and_leaves_out_what_is_absent() {
    for Shown {
        name,
        sentence,
        line,
        lines,
    } in every_error().await
    {
        for shown in [&line, &lines] {
            assert!(shown.starts_with(&sentence), "{name}: {shown}");
            for absent in ["None", "\"\"", "Some("] {
                assert!(!shown.contains(absent), "{name}: {shown}");
            }
        }
        assert!(!line.contains(char::is_control), "{name}: {line}");
    }
}

/// The public errors are found in the sources, so that a new one cannot be forgotten here.
#[tokio::test]
async fn every_public_error_is_tried() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/src");
    let tried: Vec<_> = every_error().await.iter().map(|shown| shown.name).collect();
    let mut folders = vec![sources];
    let mut found = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for line in text.lines() {
                let Some((_, name)) = line
                    .split_once("Error for ")
                    .filter(|_| line.starts_with("impl"))
                else {
                    continue;
                };
                let name = name.trim_end_matches([' ', '{', '}']);
                let public = ["struct", "enum"].map(|word| format!("pub {word} {name}"));
                if line.contains("From<")
                    || !public.iter().any(|public| text.contains(public.as_str()))
                {
                    continue;
                }
                found += 1;
                assert!(
                    tried.contains(&name),
                    "{name} of {} is not tried",
                    path.display()
                );
            }
        }
    }
    assert!(found >= 7, "only {found} errors were found");
}

/// What refuses a value becomes the error of the crate by `?`, and is its cause.
#[test]
fn what_refuses_a_value_becomes_an_error_of_a_request() {
    fn sid() -> Result<AvailableAddOnSid, Error> {
        Ok("XB".parse::<AvailableAddOnSid>()?)
    }
    fn bound() -> Result<PageSize, Error> {
        Ok(PageSize::new(0)?)
    }
    fn amount() -> Result<Amount, Error> {
        Ok("x".parse::<Amount>()?)
    }
    fn quantity() -> Result<Quantity, Error> {
        Ok("0".parse::<Quantity>()?)
    }
    fn timestamp() -> Result<Timestamp, Error> {
        Ok(Timestamp::try_from(far())?)
    }
    fn schema() -> Result<ConfigurationSchema, Error> {
        Ok(ConfigurationSchema::new(
            json!({"type": 7}).as_object().unwrap(),
        )?)
    }
    for error in [
        sid().unwrap_err(),
        bound().unwrap_err(),
        amount().unwrap_err(),
        quantity().unwrap_err(),
        timestamp().unwrap_err(),
        schema().unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        let cause = error.source().unwrap().to_string();
        assert!(format!("{error:?}").contains(&cause), "{error:?}");
        assert!(
            !error.is_retryable() && !error.is_outcome_unknown(),
            "{error}"
        );
    }
}

/// A program of the kind that the README begins with. It fails only where it is told to.
#[tokio::test]
async fn main_of_a_program() -> Result<(), Error> {
    if std::env::var_os(FAILS).is_some() {
        let server = always(Reply::json(
            404,
            r#"{"code": 20404, "message": "no listing"}"#,
        ));
        client(&server).listing(XB).fetch().await?;
    }
    Ok(())
}

#[test]
fn a_main_that_fails_prints_the_sentence() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["first_seen::main_of_a_program", "--exact", "--nocapture"])
        .env(FAILS, "1")
        .output()
        .unwrap();
    assert!(!output.status.success());
    let printed = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let sentence = "Error: FetchListing: 404 Not Found, code 20404 (not found): no listing (GET http://127.0.0.1:";
    assert!(printed.contains(sentence), "{printed}");
}
