//! A server that repeats the credentials: at every place where it can put a text, in every spelling that servers and
//! proxies use, searched for in every way in which a response or an error shows itself.

use std::fmt::Debug;

use generated_client::reqwest::Method;
use generated_client::reqwest::header::HeaderMap;
use generated_client::{Client, Credentials, Error, Host, Response, RetryPolicy};
use serde_json::json;
use tests::Reply;
use tests::faults::{Act, FaultServer};

use crate::collected::Collected;
use crate::places::PLACES;
use crate::support::{AC, KEY, RE, XB, XH, XR};
use crate::whole;

/// As long as a real one, and with the characters that are written in more than one way.
const SECRET: &str = "Q7v+/w%~&Zr9=Lk\"0bX5e?T1<8sU>3n:";

/// `KEY:SECRET` in Base64.
const ENCODED: &str =
    "U0swMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjpRN3YrL3clfiZacjk9TGsiMGJYNWU/VDE8OHNVPjNuOg==";

/// The spellings, and whether a header can hold them.
fn spellings() -> Vec<(&'static str, String, bool)> {
    let quoted = |text: &str| {
        serde_json::to_string(text)
            .unwrap()
            .trim_matches('"')
            .to_owned()
    };
    let percent = |text: &str| {
        text.bytes()
            .map(|byte| format!("%{byte:02x}"))
            .collect::<String>()
    };
    let unicode = |text: &str| {
        text.bytes()
            .map(|byte| format!("\\u{byte:04X}"))
            .collect::<String>()
    };
    let html = SECRET
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    let (first, second) = ENCODED.split_at(60);
    let unpadded = ENCODED.trim_end_matches('=');
    let form: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    vec![
        ("the secret", SECRET.to_owned(), true),
        ("the secret in JSON", quoted(SECRET), true),
        ("the secret in ASCII JSON", unicode(SECRET), true),
        ("the secret in HTML", html, true),
        ("the secret in a form", form, true),
        ("the secret in a URL", percent(SECRET), true),
        ("the pair", ENCODED.to_owned(), true),
        ("the header", format!("Basic {ENCODED}"), true),
        ("the pair without padding", unpadded.to_owned(), true),
        (
            "the pair for URLs",
            unpadded.replace('+', "-").replace('/', "_"),
            true,
        ),
        ("the pair in a URL", percent(ENCODED), true),
        (
            "the pair in JSON with slashes",
            ENCODED.replace('/', "\\/"),
            true,
        ),
        ("the pair in small letters", ENCODED.to_lowercase(), true),
        (
            "the pair on two lines",
            format!("{first}\r\n {second}"),
            false,
        ),
        (
            "the pair on two lines of JSON",
            format!("{first}\\r\\n{second}"),
            true,
        ),
        (
            "the secret alone in Base64",
            "UTd2Ky93JX4mWnI5PUxrIjBiWDVlP1QxPDhzVT4zbjo=".to_owned(),
            true,
        ),
    ]
}

/// Headers in every form that a caller can look at.
fn shown_headers(headers: &HeaderMap) -> String {
    let texts = headers.iter().map(|(name, value)| {
        format!(
            "{name}: {value:?} {}\n",
            String::from_utf8_lossy(value.as_bytes())
        )
    });
    format!("{headers:?}\n{}", texts.collect::<String>())
}

fn shown_error(error: &Error) -> String {
    format!(
        "{}\n{:?} {:?} {:?} {:?} {:?} {:?}\n{}\n{}",
        whole(error),
        error.message(),
        error.more_info(),
        error.details(),
        error.params(),
        error.request_id(),
        error.url(),
        error
            .body()
            .map(String::from_utf8_lossy)
            .unwrap_or_default(),
        error.headers().map(shown_headers).unwrap_or_default(),
    )
}

fn shown<T: Debug>(result: Result<Response<T>, Error>) -> String {
    match result {
        Ok(response) => format!(
            "{:?} {:?} {:?} {}",
            response.status(),
            response.request_id(),
            response.skipped(),
            shown_headers(response.headers())
        ),
        Err(error) => shown_error(&error),
    }
}

fn client(server: &FaultServer) -> Client {
    Client::builder(Credentials::api_key(KEY, SECRET, AC))
        .retry(RetryPolicy::none())
        .base_urls(server.url())
        .build()
        .unwrap()
}

/// What must not be shown, in small letters: no spelling, and no beginning of the secret or of its encoded form.
fn hidden() -> Vec<String> {
    let beginnings = ["Q7v+/w%~", "U0swMTIzNDU2", "UTd2Ky93"].map(str::to_owned);
    let spelled = spellings().into_iter().map(|(_, text, _)| text);
    spelled
        .chain(beginnings)
        .map(|text| text.to_lowercase())
        .collect()
}

fn search(place: &str, shown: &str, hidden: &[String]) {
    let small = shown.to_lowercase();
    for text in hidden {
        assert!(
            !small.contains(text.as_str()),
            "{place}: {text} is in\n{shown}"
        );
    }
}

/// Asks for something that is decoded strictly, so that a body becomes an error.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    #[allow(dead_code, reason = "it is there to be decoded")]
    sid: u8,
}

/// Tries everything, and hands back nothing: it fails where something shows.
pub(crate) async fn everything(collected: &Collected) {
    let hidden = hidden();
    for place in PLACES {
        for (spelling, text, fits_a_header) in spellings() {
            let name = format!("{}, {spelling}", place.name);
            if place.header && !fits_a_header {
                continue;
            }
            let mut text = text;
            if place.json && serde_json::from_str::<String>(&format!("\"{text}\"")).is_err() {
                text = serde_json::to_string(&text)
                    .unwrap()
                    .trim_matches('"')
                    .to_owned();
            }
            let act = (place.act)(&text);
            let server = FaultServer::start(move |_| act.clone()).unwrap();
            let client = client(&server);
            let typed = shown(client.listing(XB).fetch().await);
            search(&name, &typed, &hidden);
            let raw = client.request(Host::Marketplace, Method::GET, "/v1/Things");
            let strict = shown(raw.clone().json_reply::<Strict>().await);
            search(&name, &strict, &hidden);
            search(&name, &shown(raw.bytes().await), &hidden);
            if matches!(place.name, "message" | "request id of an error") {
                assert!(
                    typed.contains("before ") && typed.contains(" after"),
                    "{name}: {typed}"
                );
                assert!(typed.contains("[credentials]"), "{name}: {typed}");
            }
        }
    }
    cut(&hidden).await;
    links(&hidden).await;
    search("logs and spans", &collected.everything(), &hidden);
}

/// An error's body is cut after 64 KiB, wherever in a secret that is.
async fn cut(hidden: &[String]) {
    for back in [4, 8, 9, 20, 31, 32] {
        for secret in [SECRET, ENCODED] {
            let body = format!(
                "{}{secret}{}",
                "x".repeat((64 << 10) - back),
                "y".repeat(1000)
            );
            for status in [500, 200] {
                let act = Act::reply(&Reply::status(status).body(body.clone()));
                let server = FaultServer::start(move |_| act.clone()).unwrap();
                let error = client(&server).listing(XB).fetch().await.unwrap_err();
                search(
                    &format!("{back} bytes before the cut"),
                    &shown_error(&error),
                    hidden,
                );
            }
        }
    }
}

/// Links are followed to where they lead, and errors name it.
async fn links(hidden: &[String]) {
    // A URL takes a backslash for a slash, so that what was one text before is none in it.
    let spellings = spellings()
        .into_iter()
        .filter(|(_, text, _)| !text.contains('\\'));
    for (spelling, text, _) in spellings {
        let quoted = serde_json::to_string(&text)
            .unwrap()
            .trim_matches('"')
            .to_owned();
        for link in [
            format!("https://{quoted}.example/v1/AvailableAddOns"),
            format!("{quoted}:/v1/AvailableAddOns"),
            format!("/v1/{quoted}"),
            format!("/v1/AvailableAddOns/{quoted}?Page=1"),
            format!("https://{quoted}@evil.example/"),
        ] {
            let page = format!(
                "{{\"meta\": {{\"next_page_url\": \"{link}\", \"key\": \"available_add_ons\"}}, \"available_add_ons\": []}}"
            );
            let act = move |number| match number {
                0 => Act::reply(&Reply::json(200, page.clone())),
                _ => Act::reply(&Reply::status(404)),
            };
            let server = FaultServer::start(act).unwrap();
            let client = client(&server);
            let mut pages = client.available_add_ons().list().all_pages();
            let mut told = format!("{pages:?}");
            while let Some(page) = pages.next().await {
                match page {
                    Ok(page) => told.push_str(&format!("{page:?}")),
                    Err(error) => told.push_str(&shown_error(&error)),
                }
            }
            search(&format!("a link, {spelling}, {link}"), &told, hidden);
        }
        for place in [
            format!("http://{text}.example/"),
            format!("{text}:/x"),
            text.clone(),
        ] {
            let act = Act::reply(&Reply::json(307, json!({"redirect_to": place}).to_string()));
            let server = FaultServer::start(move |_| act.clone()).unwrap();
            let data = client(&server)
                .recording(RE)
                .add_on_result(XR)
                .payload(XH)
                .data();
            if let Err(error) = data.fetch().download().await {
                search(
                    &format!("a place, {spelling}"),
                    &shown_error(&error),
                    hidden,
                );
            }
        }
        let echo = text.replace("\r\n", "");
        let server = FaultServer::start(move |number| match number {
            0 => Act::reply(
                &Reply::status(200)
                    .header("x-echo", echo.clone())
                    .body("content"),
            ),
            _ => Act::reply(&Reply::status(403).header("x-echo", echo.clone())),
        })
        .unwrap();
        let place = json!({"redirect_to": format!("{}/content", server.url())}).to_string();
        let act = Act::reply(&Reply::json(307, place));
        let api = FaultServer::start(move |_| act.clone()).unwrap();
        let data = client(&api)
            .recording(RE)
            .add_on_result(XR)
            .payload(XH)
            .data();
        let content = data.fetch().download().await.unwrap();
        search(
            "content",
            &format!("{content:?} {}", shown_headers(content.headers())),
            hidden,
        );
        let error = data.fetch().download().await.unwrap_err();
        search("no content", &shown_error(&error), hidden);
    }
}
