//! What a caller does with amounts in structures of its own.

use std::fmt::Debug;
use std::io::{Read, Write};
use std::net::TcpListener;

use generated_client::types::{BillableItem, BilledItem};
use generated_client::{Amount, Client, Credentials, Json, Quantity};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flattened<T> {
    own: String,
    #[serde(flatten)]
    item: T,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct MaybeFlattened<T> {
    own: String,
    #[serde(flatten)]
    item: Option<T>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged<T> {
    Item(T),
    Anything(Value),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged<T> {
    Item(T),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "item")]
enum Adjacent<T> {
    Item(T),
}

const LONG: &str = "79228162514264337593543950335";

/// Reads a document, and expects it back, digit by digit, as text and by way of a value.
fn same<T: Debug + PartialEq + Serialize + DeserializeOwned>(json: &str) -> T {
    let value: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
    let kept = serde_json::to_value(&value).unwrap();
    // An integer of more than 64 bits is a text there, since serde can keep no such number aside.
    assert_eq!(kept.to_string().replace(&format!("\"{LONG}\""), LONG), json);
    assert_eq!(serde_json::from_value::<T>(kept).unwrap(), value);
    let text: T = serde_json::from_reader(json.as_bytes()).unwrap();
    assert_eq!(text, value);
    value
}

fn embedded<T: Debug + PartialEq + Serialize + DeserializeOwned>(item: &str) {
    same::<T>(&format!("{{{item}}}"));
    same::<Flattened<T>>(&format!(r#"{{"own":"own",{item}}}"#));
    let maybe: MaybeFlattened<T> = same(&format!(r#"{{"own":"own",{item}}}"#));
    assert!(maybe.item.is_some());
    let untagged: Untagged<T> = same(&format!("{{{item}}}"));
    assert!(matches!(untagged, Untagged::Item(_)));
    same::<Tagged<T>>(&format!(r#"{{"kind":"Item",{item}}}"#));
    same::<Adjacent<T>>(&format!(r#"{{"kind":"Item","item":{{{item}}}}}"#));
    let adjacent = format!(r#"{{"item":{{{item}}},"kind":"Item"}}"#);
    serde_json::from_str::<Adjacent<T>>(&adjacent).unwrap();
}

/// Fetches a resource whose configuration is this, in a response that is read strictly, and in one with an odd value.
fn configuration(json: &str) {
    for odd in ["", r#","date_created":{}"#] {
        let sid = "XE0123456789abcdef0123456789abcdef";
        let account = "AC0123456789abcdef0123456789abcdef";
        let listing = "XB0123456789abcdef0123456789abcdef";
        let body = format!(
            r#"{{"sid":"{sid}","account_sid":"{account}","available_add_on_sid":"{listing}","url":"/","configuration":{json}{odd}}}"#
        );
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).unwrap();
            let length = body.len();
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}").unwrap();
        });
        let client = Client::builder(Credentials::auth_token(account.parse().unwrap(), "token"))
            .base_urls(url)
            .build()
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let sid = sid.parse().unwrap();
        let fetched = runtime.block_on(async { client.installed_add_on(sid).fetch().await.unwrap() });
        server.join().unwrap();
        let read = fetched.configuration.as_ref().unwrap();
        assert_eq!(serde_json::to_string(read).unwrap(), json);
        assert_eq!(fetched.skipped().len(), usize::from(!odd.is_empty()));
    }
}

/// A response is read by the client's own reader, to what serde_json itself reads.
fn responses() {
    for json in [
        r#"{"b":0.10,"a":[1e+400,12345678901234567890123,-0,5],"0":{"z":1.50,"y":null}}"#,
        r#"{"$serde_json::private::Number":"12"}"#,
        r#"{"$serde_json::private::Number":12.50,"a":1}"#,
        r#"{"a":{"$serde_json::private::Number":{"b":1}},"b":{"$serde_json::private::Number":null}}"#,
        r#"{"a":{"$serde_json::private::Number":"x","b":1.0}}"#,
        r#"{"$serde_json::private::RawValue":1.0,"a":{"$serde_json::private::RawValue":"{"}}"#,
    ] {
        configuration(json);
    }
}

fn main() {
    let kept: Value = serde_json::from_str(r#"{"b":0.10,"a":1}"#).unwrap();
    assert_eq!(kept.to_string(), r#"{"b":0.10,"a":1}"#, "the features are on");

    for number in [
        "5",
        "0.10",
        "0.30000000000000004",
        "12345678901234567.8901",
        "9223372036854775807",
        LONG,
        "0.0000000000000000000000000001",
    ] {
        same::<Amount>(number);
        same::<Quantity>(number);
        embedded::<BillableItem>(&format!(r#""sid":"a","quantity":{number}"#));
        embedded::<BilledItem>(&format!(
            r#""sid":"a","quantity":{number},"submitted":true"#
        ));
        let document = format!(r#"{{"b":{number},"a":1}}"#);
        let json = Json::from_text(&document);
        assert_eq!(serde_json::to_string(&json).unwrap(), document);
        assert_eq!(serde_json::to_value(&json).unwrap().to_string(), document);
    }
    assert_eq!(serde_json::from_str::<Amount>("15e-1").unwrap().to_string(), "1.5");
    let refused: Result<Amount, _> = serde_json::from_str(r#"{"a":0.10}"#);
    assert!(refused.is_err());
    responses();
    println!("done");
}
