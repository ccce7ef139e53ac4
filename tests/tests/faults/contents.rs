//! Content as text, as JSON and as a file: whole, or an error and no trace of it.

use std::fs;
use std::path::Path;

use generated_client::resources::RecordingAddOnResultPayloadHandle;
use generated_client::{Content, Error, ErrorKind};
use serde::Deserialize;
use serde_json::{Value, json};
use tests::faults::{Act, End, FaultServer};
use tests::{Reply, Server};

use crate::support::{RE, XH, XR, builder};

/// The API, the place that it names, and what leads there.
struct Both {
    api: Server,
    _place: FaultServer,
}

impl Both {
    fn start(act: Act) -> Self {
        let place = FaultServer::start(move |_| act.clone()).unwrap();
        let body = json!({"redirect_to": format!("{}/content?signature=f00d", place.url())});
        let reply = Reply::json(307, body.to_string()).header("twilio-request-id", "RQ9");
        let api = Server::start(move |_| reply.clone()).unwrap();
        Self { api, _place: place }
    }

    fn payload(&self) -> RecordingAddOnResultPayloadHandle {
        let client = builder()
            .base_urls(self.api.url())
            .reply_limit(1000)
            .build()
            .unwrap();
        client.recording(RE).add_on_result(XR).payload(XH)
    }

    async fn content(&self) -> Content {
        self.payload().download().await.unwrap()
    }
}

fn served(content_type: &str, body: impl Into<Vec<u8>>) -> Both {
    let reply = Reply::status(200).header("content-type", content_type);
    Both::start(Act::reply(&reply.body(body)))
}

/// What every error of a download says and does not say.
fn checked(error: Error) -> Error {
    assert_eq!(error.operation(), Some("FetchAddOnResultPayloadData"));
    assert_eq!((error.request_id(), error.attempts()), (Some("RQ9"), 1));
    let shown = format!("{error} {error:?}");
    assert!(
        !shown.contains("f00d") && !shown.contains("hunter2"),
        "{shown}"
    );
    assert!(!error.is_outcome_unknown());
    error
}

#[tokio::test]
async fn text_is_utf_8_and_nothing_else() {
    for (content_type, body, text) in [
        ("text/plain", &b"h\xc3\xa9llo"[..], Some("héllo")),
        ("text/plain; charset=UTF-8", b"h\xc3\xa9llo", Some("héllo")),
        (
            "text/plain;format=flowed; Charset=\"utf-8\"",
            b"hello",
            Some("hello"),
        ),
        ("text/plain; charset=us-ascii", b"hello", Some("hello")),
        ("application/octet-stream", b"", Some("")),
        ("text/plain", b"h\xe9llo", None),
        ("text/plain; charset=utf-8", b"hello\xff", None),
        ("text/plain; charset=iso-8859-1", b"hello", None),
        ("text/plain; charset=utf-16", b"h\0i\0", None),
    ] {
        let read = served(content_type, body).content().await.text().await;
        match (read, text) {
            (Ok(read), Some(text)) => assert_eq!(read, text, "{content_type}"),
            (Err(error), None) => {
                let error = checked(error);
                assert_eq!(error.kind(), ErrorKind::Decode, "{content_type}: {error}");
                assert!(error.to_string().contains("bytes"), "{error}");
            }
            (read, _) => panic!("{content_type}: {read:?}"),
        }
    }
}

#[derive(Debug, PartialEq, Deserialize)]
struct Words {
    words: Vec<String>,
}

#[tokio::test]
async fn json_is_read_as_what_is_asked_for() {
    let document = r#"{"words": ["hunter2"]}"#;
    let words = served("text/plain", document).content().await;
    let wanted = ["hunter2".to_owned()].into();
    assert_eq!(
        words.json::<Words>().await.unwrap(),
        Words { words: wanted }
    );
    let any: Value = served("", document).content().await.json().await.unwrap();
    assert_eq!(any["words"][0], "hunter2");
    for (body, path) in [
        (r#"{"words": ["hunter2", 1]}"#, "words[1]"),
        (r#"{"words": "hunter2"}"#, "words"),
        (r#"{"hunter2": 1}"#, "words"),
        ("<html>", "markup"),
        ("", "the JSON ends"),
    ] {
        let content = served("application/json", body).content().await;
        let error = checked(content.json::<Words>().await.unwrap_err());
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
        assert!(error.to_string().contains(path), "{body}: {error}");
    }
}

/// The names of all files in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_file_is_whole_and_replaces_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("content.json");
    for length in [0, 1, 1000] {
        let body = vec![b'x'; length];
        let trickled = Act::trickle(&Reply::status(200).body(body.clone()));
        let content = Both::start(trickled).content().await;
        let written = content.save_to(&path).await.unwrap();
        assert_eq!(written, length as u64);
        assert_eq!(fs::read(&path).unwrap(), body);
        assert_eq!(names(folder.path()), ["content.json"]);
    }
}

#[tokio::test]
async fn a_file_is_untouched_when_the_content_does_not_come_whole() {
    let whole = Reply::status(200).body("x".repeat(1000));
    let long = Reply::status(200).body("x".repeat(2000));
    for (act, kind) in [
        (Act::reply(&whole).cut(500), ErrorKind::Transport),
        (
            Act::reply(&whole).cut(500).then(End::Reset),
            ErrorKind::Transport,
        ),
        (Act::endless(&long), ErrorKind::TooLarge),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for name in ["old", "new"] {
            let path = folder.path().join(name);
            fs::write(folder.path().join("old"), "before").unwrap();
            let content = Both::start(act.clone()).content().await;
            let error = checked(content.save_to(&path).await.unwrap_err());
            assert_eq!(error.kind(), kind, "{act:?}: {error}");
            assert_eq!(names(folder.path()), ["old"], "{act:?}");
            assert_eq!(fs::read(folder.path().join("old")).unwrap(), b"before");
        }
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("folder")).unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    for name in ["missing/content", "folder", "file/content", ".."] {
        let content = served("text/plain", "hello").content().await;
        let path = folder.path().join(name);
        let error = checked(content.save_to(&path).await.unwrap_err());
        assert_eq!(error.kind(), ErrorKind::File, "{name}: {error}");
        assert!(!error.is_retryable() && !error.is_timeout());
        assert!(error.to_string().contains(name), "{error}");
        assert!(std::error::Error::source(&error).is_some());
        assert_eq!(names(folder.path()), ["file", "folder"], "{name}");
    }
}

#[tokio::test]
async fn nothing_is_left_of_a_file_that_nobody_waits_for_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let stalled = Act::reply(&Reply::status(200).body("x".repeat(1000))).cut(500);
    let both = Both::start(stalled.then(End::Stall));
    let path = folder.path().join("content");
    let content = both.content().await;
    let mut saving = Box::pin(content.save_to(&path));
    let begun = async {
        while names(folder.path()).is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        saved = &mut saving => panic!("{saved:?}"),
        () = begun => {}
    }
    assert!(names(folder.path())[0].starts_with(".content."));
    drop(saving);
    while !names(folder.path()).is_empty() {
        tokio::task::yield_now().await;
    }
}
