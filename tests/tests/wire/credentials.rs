//! Credentials go to the hosts that the client was given, and are shown by nothing.

use generated_client::{Client, Credentials, Host};
use tests::Reply;

use crate::support::{AC, AUTHORIZATION, KEY, RE, SECRET, XB, XE, XH, XR, always, builder, client};

#[tokio::test]
async fn each_host_gets_its_own_requests_and_no_other() {
    let (marketplace, api) = (always(Reply::status(404)), always(Reply::status(404)));
    let client = builder()
        .base_url(Host::Marketplace, marketplace.url())
        .base_url(Host::Api, api.url())
        .build()
        .unwrap();
    client.listing(XB).fetch().await.unwrap_err();
    client
        .recording(RE)
        .add_on_results()
        .list()
        .await
        .unwrap_err();
    let paths = |server: &tests::Server| -> Vec<(String, Option<String>)> {
        server
            .requests()
            .iter()
            .map(|request| {
                (
                    request.path.clone(),
                    request.header("authorization").map(str::to_owned),
                )
            })
            .collect()
    };
    let authorization = Some(AUTHORIZATION.to_owned());
    assert_eq!(
        paths(&marketplace),
        [(format!("/v1/Listing/{XB}"), authorization.clone())]
    );
    let list = format!("/2010-04-01/Accounts/{AC}/Recordings/{RE}/AddOnResults.json");
    assert_eq!(paths(&api), [(list, authorization)]);
}

#[tokio::test]
async fn an_account_and_its_token_are_the_other_pair() {
    let server = always(Reply::status(404));
    let client = Client::builder(Credentials::auth_token(AC, "tok"))
        .base_urls(server.url())
        .build()
        .unwrap();
    client.listing(XB).fetch().await.unwrap_err();
    assert_eq!(
        server.requests()[0].header("authorization"),
        Some("Basic QUNhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYTp0b2s=")
    );
}

#[tokio::test]
async fn no_redirect_carries_them_away() {
    let elsewhere = always(Reply::status(200));
    let server = always(Reply::status(307).header("location", elsewhere.url()));
    let client = client(&server);
    let data = client.recording(RE).add_on_result(XR).payload(XH).data();
    let data = data.fetch().await.unwrap();
    assert_eq!(
        data.redirect_to.as_deref(),
        Some(elsewhere.url()),
        "the header alone says where"
    );
    client.installed_add_on(XE).fetch().await.unwrap_err();
    client.installed_add_on(XE).delete().await.unwrap_err();
    assert_eq!(server.requests().len(), 3);
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_callers_own_http_client_cannot_follow_redirects_either() {
    let elsewhere = always(Reply::status(200));
    let server = always(Reply::status(302).header("location", elsewhere.url()));
    let follows = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(10));
    let client = builder()
        .http_client(follows)
        .base_urls(server.url())
        .build()
        .unwrap();
    client.listing(XB).fetch().await.unwrap_err();
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn plain_http_beyond_loopback_is_refused() {
    for url in [
        "http://marketplace.twilio.com",
        "http://10.0.0.1:80",
        "ftp://127.0.0.1",
    ] {
        assert!(builder().base_urls(url).build().is_err(), "{url}");
    }
}

#[tokio::test]
async fn nothing_shows_them() {
    let server = always(Reply::json(
        401,
        r#"{"code": 20003, "message": "Authenticate"}"#,
    ));
    let client = client(&server);
    let call = client.listing(XB).fetch();
    let list = client.installed_add_ons().list().all_pages();
    let shown = format!(
        "{:?} {client:?} {:?} {call:?} {list:?} {:?}",
        builder(),
        client.listing(XB),
        Credentials::api_key(KEY, SECRET, AC)
    );
    let error = call.await.unwrap_err();
    let shown = format!(
        "{shown} {error} {error:?} {:?}",
        std::error::Error::source(&error)
    );
    let encoded = AUTHORIZATION.trim_start_matches("Basic ");
    for secret in [SECRET, encoded] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert_eq!(
        server.requests()[0].header("authorization"),
        Some(AUTHORIZATION)
    );
}
