//! Examples of requests: the call that is made from an example must send what the example says.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;

use generated_client::{Client, Credentials, Error, InstalledAddOnSid, PhoneNumberSid};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tests::exact::Exact;
use tests::{Document, Recorded, Reply, Server};

use crate::collected::{Of, collect};

const XE: &str = "XEeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";

/// Makes the call that an example stands for. What became of it does not matter here.
type Call = fn(Client, Members) -> Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// One line for each operation that takes a body.
const CALLS: &[(&str, Call)] = &[
    ("CreateInstalledAddOn", |client, mut members| {
        Box::pin(async move {
            let add_on = members.take("AvailableAddOnSid").unwrap();
            let accept: bool = members.take("AcceptTermsOfService").unwrap();
            let mut call = client.installed_add_ons().create(add_on, accept.into());
            if let Some(configuration) = members.take::<Box<RawValue>>("Configuration") {
                call = call.configuration(&configuration);
            }
            if let Some(name) = members.take::<String>("UniqueName") {
                call = call.unique_name(name);
            }
            call.await.map(drop)
        })
    }),
    ("UpdateInstalledAddOn", |client, mut members| {
        Box::pin(async move {
            let mut call = client.installed_add_on(xe()).update();
            if let Some(configuration) = members.take::<Box<RawValue>>("Configuration") {
                call = call.configuration(&configuration);
            }
            if let Some(name) = members.take::<String>("UniqueName") {
                call = call.unique_name(name);
            }
            call.await.map(drop)
        })
    }),
    ("UpdateInstalledAddOnExtension", |client, mut members| {
        Box::pin(async move {
            let extension = "XFffffffffffffffffffffffffffffffff".parse().unwrap();
            let extension = client.installed_add_on(xe()).extension(extension);
            let call = match members.take("Enabled").unwrap() {
                true => extension.enable(),
                false => extension.disable(),
            };
            call.await.map(drop)
        })
    }),
    ("ReportUsage", |client, mut members| {
        Box::pin(async move {
            let items: Vec<_> = members.take("billable_items").unwrap();
            client
                .installed_add_on(xe())
                .usage()
                .report(items)
                .await
                .map(drop)
        })
    }),
    ("CreateReferralConversion", |client, mut members| {
        Box::pin(async move {
            let account = members.take("referral_account_sid").unwrap();
            client.referral_conversion().create(account).await.map(drop)
        })
    }),
    ("CreateListing", |client, mut members| {
        Box::pin(async move {
            let mut call = client.listings().create();
            if let Some(part) = members.take("ModuleInfo") {
                call = call.module_info(&part);
            }
            if let Some(part) = members.take("Configuration") {
                call = call.configuration(&part);
            }
            call.await.map(drop)
        })
    }),
    ("UpdateListing", |client, mut members| {
        Box::pin(async move {
            let listing = "XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb".parse().unwrap();
            let mut call = client.listing(listing).update();
            if let Some(part) = members.take("ModuleInfo") {
                call = call.module_info(&part);
            }
            if let Some(part) = members.take("Description") {
                call = call.description(&part);
            }
            if let Some(part) = members.take("Documentation") {
                call = call.documentation(&part);
            }
            if let Some(part) = members.take("Policies") {
                call = call.policies(&part);
            }
            if let Some(part) = members.take("Support") {
                call = call.support(&part);
            }
            if let Some(part) = members.take("Configuration") {
                call = call.configuration(&part);
            }
            if let Some(part) = members.take("Pricing") {
                call = call.pricing(&part);
            }
            call.await.map(drop)
        })
    }),
    ("AssignAddOn", |client, mut members| {
        Box::pin(async move {
            let number: PhoneNumberSid = "PN33333333333333333333333333333333".parse().unwrap();
            let add_on = members.take("InstalledAddOnSid").unwrap();
            client
                .incoming_phone_number(number)
                .assigned_add_ons()
                .assign(add_on)
                .await
                .map(drop)
        })
    }),
];

/// The members of an example, each as the text that the document has.
struct Members(BTreeMap<String, Box<RawValue>>);

impl Members {
    fn read(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap())
    }

    fn take<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let text = self.0.remove(name)?;
        Some(serde_json::from_str(text.get()).unwrap())
    }
}

fn xe() -> InstalledAddOnSid {
    XE.parse().unwrap()
}

/// What the operation's call sends when it is made from this example.
async fn sent(call: Call, example: &str) -> Recorded {
    let server = Server::start(|_| Reply::status(418)).unwrap();
    let account = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".parse().unwrap();
    let client = Client::builder(Credentials::auth_token(account, "token"))
        .base_urls(server.url())
        .build()
        .unwrap();
    let error = call(client, Members::read(example)).await.unwrap_err();
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        Some(418),
        "{error}"
    );
    server.requests().remove(0)
}

/// A form's fields as one JSON document, in which a field is JSON if the example has it so.
fn form_as_example(sent: &Recorded, example: &Exact) -> Exact {
    let Exact::Object(wanted) = example else {
        panic!("{example:?}");
    };
    let fields = sent.form();
    let count = fields.len();
    let read: BTreeMap<String, Exact> = fields
        .into_iter()
        .map(|(name, text)| {
            let value = match wanted.get(&name) {
                Some(Exact::Text(_)) | None => Exact::Text(text),
                Some(_) => Exact::read(&text).unwrap(),
            };
            (name, value)
        })
        .collect();
    assert_eq!(read.len(), count, "a field is sent twice: {}", sent.text());
    Exact::Object(read)
}

#[test]
fn there_is_a_call_for_each_operation_that_takes_a_body() {
    let document = Document::read().unwrap();
    let with_body: BTreeSet<&str> = document
        .operations()
        .iter()
        .filter(|operation| operation.request.is_some())
        .map(|operation| operation.id.as_str())
        .collect();
    assert_eq!(
        CALLS.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>(),
        with_body
    );
}

#[tokio::test]
async fn every_example_of_a_request_is_what_its_call_sends() {
    let document = Document::read().unwrap();
    for example in collect(&document) {
        let Of::Request(id) = &example.of else {
            continue;
        };
        let (_, call) = CALLS.iter().find(|(known, _)| known == id).expect(id);
        let sent = sent(*call, &example.json).await;
        let media_type = &document
            .operation(id)
            .unwrap()
            .request
            .as_ref()
            .unwrap()
            .media_type;
        assert_eq!(
            sent.header("content-type"),
            Some(media_type.as_str()),
            "{}",
            example.pointer
        );
        let wanted = Exact::read(&example.json).unwrap();
        let found = match media_type.as_str() {
            "application/json" => Exact::read(&sent.text()).unwrap(),
            _ => form_as_example(&sent, &wanted),
        };
        assert_eq!(found, wanted, "{}", example.pointer);
    }
}
