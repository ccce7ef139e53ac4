//! A configuration that breaks its listing's schema is never sent; one that keeps to it is sent as it was checked.

use std::error::Error as _;

use generated_client::choices::AcceptTermsOfService;
use generated_client::types::AvailableAddOn;
use generated_client::{
    AvailableAddOnSid, Client, ConfigurationError, ConfigurationSchema, Error, ErrorKind,
};
use serde_json::{Value, json};
use tests::{Document, Reply, Server};

use crate::support::{XB, client};

/// Answers with the document's examples of the two operations.
fn server() -> Server {
    let document = Document::read().unwrap();
    let example = |operation| {
        let (status, answer) = document.operation(operation).unwrap().success().unwrap();
        Reply::json(
            status,
            answer.body.clone().unwrap().example.unwrap().to_string(),
        )
    };
    let (listing, installed) = (
        example("FetchAvailableAddOn"),
        example("CreateInstalledAddOn"),
    );
    Server::start(move |request| match request.method == "GET" {
        true => listing.clone(),
        false => installed.clone(),
    })
    .unwrap()
}

/// Installs what the listing's own schema allows.
async fn install(
    client: &Client,
    sid: AvailableAddOnSid,
    configuration: &Value,
) -> Result<(), Error> {
    let listing = client.available_add_on(sid).fetch().await?;
    let schema = ConfigurationSchema::of(&listing)?.expect("the example has a schema");
    let create = client
        .installed_add_ons()
        .create(sid, AcceptTermsOfService::Yes);
    create.configuration(&schema.check(configuration)?).await?;
    Ok(())
}

#[tokio::test]
async fn a_configuration_that_breaks_the_schema_is_never_sent() {
    let server = server();
    let error = install(&client(&server), XB, &json!({"language": 7}))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    let source = error.source().unwrap();
    let source = source.downcast_ref::<ConfigurationError>().unwrap();
    assert_eq!(source.violations()[0].pointer(), "/language");
    assert!(source.to_string().contains("`/language`"), "{source}");
    let requests = server.requests();
    assert_eq!(requests.len(), 1, "only the listing was fetched");
    assert_eq!(requests[0].method, "GET");
}

#[tokio::test]
async fn a_configuration_that_keeps_to_the_schema_is_sent_as_it_was_checked() {
    let server = server();
    let configuration = json!({"language": "en-GB", "mask_numbers": true});
    install(&client(&server), XB, &configuration).await.unwrap();
    let sent = &server.requests()[1];
    let form = sent.form();
    let (_, text) = form
        .iter()
        .find(|(name, _)| name == "Configuration")
        .unwrap();
    assert_eq!(text, &configuration.to_string());
}

#[test]
fn a_listing_without_a_schema_has_none_to_check_with() {
    let document = Document::read().unwrap();
    let operation = document.operation("FetchAvailableAddOn").unwrap();
    let (_, answer) = operation.success().unwrap();
    let mut example = answer.body.clone().unwrap().example.unwrap();
    for nothing in [true, false] {
        let members = example.as_object_mut().unwrap();
        match nothing {
            true => members.insert("configuration_schema".to_owned(), Value::Null),
            false => members.remove("configuration_schema"),
        };
        let listing: AvailableAddOn = serde_json::from_value(example.clone()).unwrap();
        assert!(ConfigurationSchema::of(&listing).unwrap().is_none());
    }
}
