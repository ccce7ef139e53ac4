//! The mock that the client's example runs against: it has to be believable, because people without an account learn
//! from it.

use generated_client::{
    AvailableAddOnSid, Client, Credentials, Error, ErrorKind, ExtensionSid, Host, bounded, codes,
};
use reqwest::Method;
use tests::Marketplace;

use crate::support::{AC, PN, RE, XB, XE, XF, XH, XR};

fn client(mock: &Marketplace) -> Client {
    let credentials = Credentials::api_key(Marketplace::API_KEY, Marketplace::API_SECRET, AC);
    Client::builder(credentials)
        .base_urls(mock.url())
        .build()
        .unwrap()
}

#[tokio::test]
async fn both_pairs_of_credentials_are_accepted_and_others_are_not() {
    let mock = Marketplace::start().unwrap();
    let account = Marketplace::ACCOUNT_SID.parse().unwrap();
    let with = |credentials| {
        Client::builder(credentials)
            .base_urls(mock.url())
            .build()
            .unwrap()
    };
    let token = with(Credentials::auth_token(account, Marketplace::AUTH_TOKEN));
    assert!(token.installed_add_ons().list().await.is_ok());
    assert!(client(&mock).installed_add_ons().list().await.is_ok());

    let wrong = with(Credentials::auth_token(account, "another"));
    let error = wrong.installed_add_ons().list().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!(error.code(), Some(codes::UNAUTHENTICATED));
    assert!(error.is_auth());
}

#[tokio::test]
async fn what_the_account_does_not_have_is_not_found() {
    let mock = Marketplace::start().unwrap();
    let client = client(&mock);
    let unknown: AvailableAddOnSid = "XB00000000000000000000000000000000".parse().unwrap();
    for error in [
        client.available_add_on(unknown).fetch().await.unwrap_err(),
        client.listing(unknown).fetch().await.unwrap_err(),
    ] {
        assert!(error.is_not_found(), "{error}");
        assert_eq!(error.code(), Some(codes::NOT_FOUND));
        assert!(error.request_id().unwrap().starts_with("RQ"));
    }
}

#[tokio::test]
async fn a_path_or_method_that_the_document_does_not_have_is_refused() {
    let mock = Marketplace::start().unwrap();
    let http = reqwest::Client::new();
    for (method, path, status) in [
        (Method::GET, "/v2/InstalledAddOns", 404),
        (Method::GET, "/v1/InstalledAddOns/", 404),
        (Method::DELETE, "/v1/InstalledAddOns", 405),
    ] {
        let reply = http
            .request(method, format!("{}{path}", mock.url()))
            .basic_auth(Marketplace::API_KEY, Some(Marketplace::API_SECRET))
            .send()
            .await
            .unwrap();
        assert_eq!(reply.status().as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn an_extension_that_is_enabled_stays_enabled() {
    let mock = Marketplace::start().unwrap();
    let client = client(&mock);
    let installed = client
        .installed_add_ons()
        .list()
        .await
        .unwrap()
        .into_inner();
    let [add_on] = installed.items() else {
        panic!("{installed:?}");
    };
    let add_on = client.installed_add_on(add_on.sid);
    let off: ExtensionSid = "XF99999999999999999999999999999999".parse().unwrap();

    assert_eq!(
        add_on.extension(off).fetch().await.unwrap().enabled,
        Some(false)
    );
    assert_eq!(
        add_on.extension(off).enable().await.unwrap().enabled,
        Some(true)
    );
    assert_eq!(
        add_on.extension(off).fetch().await.unwrap().enabled,
        Some(true)
    );
    let page = add_on.extensions().list().await.unwrap();
    let enabled: Vec<_> = page
        .items()
        .iter()
        .map(|extension| extension.enabled)
        .collect();
    assert_eq!(enabled, [Some(true), Some(true)]);
    assert_eq!(
        add_on.extension(XF).disable().await.unwrap().enabled,
        Some(false)
    );
}

#[tokio::test]
async fn lists_are_handed_out_in_pages_that_end() {
    let mock = Marketplace::start().unwrap();
    let client = client(&mock);
    let one = bounded!(PageSize, 1);
    let mut pages = client
        .installed_add_on(XE)
        .extensions()
        .list()
        .page_size(one)
        .all_pages();
    let mut sids = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert_eq!(page.len(), 1);
        sids.push(page.items()[0].sid.to_string());
    }
    assert_eq!(
        sids,
        [
            "XFffffffffffffffffffffffffffffffff",
            "XF99999999999999999999999999999999"
        ]
    );

    let mut results = client
        .recording(RE)
        .add_on_results()
        .list()
        .page_size(one)
        .all_items();
    let mut count = 0;
    while let Some(result) = results.next().await {
        result.unwrap();
        count += 1;
    }
    assert_eq!(count, 2);
}

#[tokio::test]
async fn a_page_that_twilio_would_refuse_is_refused() {
    let mock = Marketplace::start().unwrap();
    let client = client(&mock);
    let refused = |error: Error| (error.kind(), error.code());
    // The client does not even send a page without its token, but for a raw request.
    let later = client
        .request(Host::Marketplace, Method::GET, "/v1/InstalledAddOns")
        .query("Page", 1);
    assert_eq!(
        refused(later.bytes().await.unwrap_err()),
        (ErrorKind::Api, Some(codes::PAGE_WITHOUT_TOKEN))
    );
    assert_eq!(
        refused(
            client
                .installed_add_ons()
                .list()
                .page_token("PAXX")
                .await
                .unwrap_err()
        ),
        (ErrorKind::Api, Some(codes::INVALID_PAGE_TOKEN))
    );
}

#[tokio::test]
async fn both_hosts_are_served() {
    let mock = Marketplace::start().unwrap();
    let client = client(&mock);
    assert_eq!(client.listing(XB).fetch().await.unwrap().sid, XB);
    assert_eq!(
        client
            .incoming_phone_number(PN)
            .assigned_add_on(XE)
            .fetch()
            .await
            .unwrap()
            .sid,
        XE
    );
    let data = client
        .recording(RE)
        .add_on_result(XR)
        .payload(XH)
        .data()
        .fetch()
        .await
        .unwrap();
    assert_eq!(data.status().as_u16(), 307);
    assert_eq!(
        data.headers()["location"].to_str().ok(),
        data.redirect_to.as_deref()
    );
    assert_eq!(mock.requests().len(), 3);
}
