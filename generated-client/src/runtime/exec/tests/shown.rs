//! What errors show of a reply, and what they do not.

use super::*;

#[tokio::test]
async fn credentials_that_a_server_repeats_are_not_repeated() {
    let server = Loopback::serve(vec![]);
    let encoded = server
        .client()
        .shared()
        .authorization
        .encoded()
        .unwrap()
        .to_owned();
    drop(server);
    let body = json!({"message": format!("bad header Basic {encoded}!")}).to_string();
    let server = Loopback::serve(vec![reply("401 Unauthorized", "", &body)]);
    let error = call(&server, fetch()).await.unwrap_err();
    assert_eq!(error.message(), Some("bad header Basic [credentials]!"));
    assert!(!format!("{error} {error:?}").contains(&encoded));
}

#[tokio::test]
async fn a_content_type_of_any_length_leaves_the_line_a_line() {
    let type_ = format!("content-type: text/{}\r\n", "x".repeat(5000));
    let server = Loopback::serve(vec![reply("200 OK", &type_, "<html>")]);
    let error = call(&server, fetch()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().len() < 600, "{error}");
}

#[tokio::test]
async fn a_value_that_cannot_be_decoded_is_not_shown() {
    let server = Loopback::serve(vec![reply("200 OK", "", r#""s3cret, expected nothing""#)]);
    let call = send(
        CallOptions::new(server.client()),
        fetch(),
        decode::foreign::<std::collections::BTreeMap<String, u8>>,
    );
    let error = call.await.unwrap_err();
    let told = error.to_string();
    assert!(
        told.contains("returns: expected a map, found string, at line 1"),
        "{told}"
    );
    assert!(!format!("{error} {error:?}").contains("s3cret"));
}
