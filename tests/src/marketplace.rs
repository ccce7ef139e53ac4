//! A Marketplace without an account: both of Twilio's hosts on one loopback address, made from the document. It
//! answers each operation with the document's own example, hands lists out in pages, and remembers which extensions
//! are enabled. It judges credentials, paths and paging, not bodies.

use std::collections::BTreeSet;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use crate::document::{Answer, Document, Operation};
use crate::paging::{self, Wanted};
use crate::server::{Recorded, Reply, Server};

/// What the two accepted pairs of credentials look like on the wire: account and token, then key and secret.
const ACCEPTED: [&str; 2] = [
    "Basic QUNhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYTptb2NrIGF1dGggdG9rZW4=",
    "Basic U0tjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjYzptb2NrIHNlY3JldA==",
];

/// A running mock. It stops when it is dropped.
///
/// ```
/// let mock = tests::Marketplace::start()?;
/// println!("{} is the base URL of both hosts", mock.url());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Marketplace(Server);

impl Marketplace {
    /// The account that everything belongs to.
    pub const ACCOUNT_SID: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    /// Its auth token.
    pub const AUTH_TOKEN: &str = "mock auth token";
    /// An API key of the account.
    pub const API_KEY: &str = "SKcccccccccccccccccccccccccccccccc";
    /// The secret of that key.
    pub const API_SECRET: &str = "mock secret";

    /// Starts a mock in its first state.
    ///
    /// # Errors
    /// When the document cannot be read, or the system gives no port.
    pub fn start() -> io::Result<Self> {
        let desk = Desk::new(Document::read().map_err(io::Error::other)?);
        Server::start(move |request| desk.answer(request)).map(Self)
    }

    /// The base URL of both hosts.
    pub fn url(&self) -> &str {
        self.0.url()
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.0.requests()
    }
}

/// What the mock knows and remembers.
struct Desk {
    document: Document,
    /// Every SID that occurs in the document's examples. Others are not found.
    known: BTreeSet<String>,
    /// The extensions of the one installed add-on, as they are now.
    extensions: Mutex<Vec<Value>>,
    calls: AtomicU64,
}

/// An operation that a request is for, and the values of its path parameters by name.
type Match<'a> = (&'a Operation, Vec<(&'a str, &'a str)>);

impl Desk {
    fn new(document: Document) -> Self {
        let mut known = BTreeSet::new();
        for example in document.examples() {
            collect_sids(&example.value, &mut known);
        }
        let (_, extensions) = document
            .operation("ListInstalledAddOnExtensions")
            .and_then(example_of)
            .and_then(|reply| list_of(&reply))
            .unwrap_or_default();
        Self {
            document,
            known,
            extensions: Mutex::new(extensions),
            calls: AtomicU64::new(0),
        }
    }

    fn answer(&self, request: &Recorded) -> Reply {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        self.judge(request)
            .header("twilio-request-id", format!("RQ{number:032x}"))
    }

    fn judge(&self, request: &Recorded) -> Reply {
        let authorized = request
            .header("authorization")
            .is_some_and(|given| ACCEPTED.contains(&given));
        if !authorized {
            return refusal(401, 20003, "Authenticate");
        }
        let on_path: Vec<Match<'_>> = self
            .document
            .operations()
            .iter()
            .filter_map(|operation| Some((operation, parameters(&operation.path, &request.path)?)))
            .collect();
        if on_path.is_empty() {
            return not_found(request);
        }
        let of_method = on_path
            .into_iter()
            .find(|(operation, _)| operation.method == request.method);
        let Some((operation, parameters)) = of_method else {
            return refusal(405, 20004, "Method not allowed");
        };
        if parameters
            .iter()
            .any(|(_, value)| !self.known.contains(*value))
        {
            return not_found(request);
        }
        self.carry_out(operation, &parameters, request)
    }

    fn carry_out(
        &self,
        operation: &Operation,
        parameters: &[(&str, &str)],
        request: &Recorded,
    ) -> Reply {
        let Some((status, answer)) = operation.success() else {
            return refusal(500, 20500, "The document declares no success");
        };
        let body = answer.body.as_ref().and_then(|body| body.example.clone());
        let mut extensions = self
            .extensions
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        match operation.id.as_str() {
            "FetchInstalledAddOnExtension" => match extension(&mut extensions, parameters) {
                Some(extension) => Reply::json(status, extension.to_string()),
                None => not_found(request),
            },
            "UpdateInstalledAddOnExtension" => {
                let enabled = match request.form().as_slice() {
                    [(name, value)] if name == "Enabled" => value.parse::<bool>().ok(),
                    _ => None,
                };
                let Some(enabled) = enabled else {
                    return refusal(400, 20001, "Enabled must be true or false");
                };
                match extension(&mut extensions, parameters) {
                    Some(extension) => {
                        if let Some(members) = extension.as_object_mut() {
                            members.insert("enabled".to_owned(), Value::Bool(enabled));
                        }
                        Reply::json(status, extension.to_string())
                    }
                    None => not_found(request),
                }
            }
            "ListInstalledAddOnExtensions" => {
                page(operation, body, Some(&extensions), status, request)
            }
            _ => with_headers(page(operation, body, None, status, request), answer),
        }
    }
}

/// A reply with `body`, or with the page of it that is asked for, if it is a page of a list.
fn page(
    operation: &Operation,
    body: Option<Value>,
    items: Option<&[Value]>,
    status: u16,
    request: &Recorded,
) -> Reply {
    let Some(mut body) = body else {
        return Reply::status(status);
    };
    if let Some((key, examples)) = list_of(&body) {
        let absolute = format!("{}{}", operation.server, request.path);
        let wanted = Wanted {
            place: if body.get("meta").is_some() {
                &absolute
            } else {
                &request.path
            },
            query: &request.query_pairs(),
        };
        if let Err((code, message)) =
            paging::fill(&mut body, &key, items.unwrap_or(&examples), &wanted)
        {
            return refusal(400, code, message);
        }
    }
    Reply::json(status, body.to_string())
}

/// The headers that the document shows for the answer, such as where a redirect leads.
fn with_headers(reply: Reply, answer: &Answer) -> Reply {
    answer
        .headers
        .iter()
        .fold(reply, |reply, (name, value)| reply.header(name, value))
}

fn extension<'a>(
    extensions: &'a mut [Value],
    parameters: &[(&str, &str)],
) -> Option<&'a mut Value> {
    let (_, wanted) = parameters.iter().find(|(name, _)| *name == "Sid")?;
    extensions
        .iter_mut()
        .find(|extension| extension.get("sid").and_then(Value::as_str) == Some(wanted))
}

/// The body of an operation's success.
fn example_of(operation: &Operation) -> Option<Value> {
    operation.success()?.1.body.as_ref()?.example.clone()
}

/// The items of a reply that is one page of a list, and the member that holds them.
fn list_of(reply: &Value) -> Option<(String, Vec<Value>)> {
    let members = reply.as_object()?;
    if !members.contains_key("meta") && !members.contains_key("next_page_uri") {
        return None;
    }
    members
        .iter()
        .find_map(|(name, member)| Some((name.clone(), member.as_array()?.clone())))
}

/// The values of a template's parameters in a path, if the path is one of the template.
fn parameters<'a>(template: &'a str, path: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let mut found = Vec::new();
    let mut given = path.split('/');
    for wanted in template.split('/') {
        let given = given.next()?;
        match wanted
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'))
        {
            Some((name, suffix)) => found.push((name, given.strip_suffix(suffix)?)),
            None if wanted == given => {}
            None => return None,
        }
    }
    given.next().is_none().then_some(found)
}

fn not_found(request: &Recorded) -> Reply {
    let message = format!("The requested resource {} was not found", request.path);
    refusal(404, 20404, &message)
}

/// An error in the form that Twilio uses most.
fn refusal(status: u16, code: u32, message: &str) -> Reply {
    let body = json!({
        "code": code,
        "message": message,
        "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
        "status": status,
    });
    Reply::json(status, body.to_string())
}

fn collect_sids(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if is_sid(text) => {
            found.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| collect_sids(item, found)),
        Value::Object(members) => members
            .values()
            .for_each(|member| collect_sids(member, found)),
        _ => {}
    }
}

/// Two letters and 32 hexadecimal digits; which letters is all the same here.
fn is_sid(text: &str) -> bool {
    match text.split_at_checked(2) {
        Some((letters, digits)) => {
            letters.bytes().all(|byte| byte.is_ascii_uppercase())
                && digits.len() == 32
                && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_matched_segment_by_segment_with_its_suffix() {
        let template = "/a/{Sid}/b/{Other}.json";
        let found = parameters(template, "/a/XE1/b/XF2.json").unwrap();
        assert_eq!(found, [("Sid", "XE1"), ("Other", "XF2")]);
        for path in [
            "/a/XE1/b/XF2",
            "/a/XE1/b",
            "/a/XE1/b/XF2.json/c",
            "/c/XE1/b/XF2.json",
        ] {
            assert!(parameters(template, path).is_none(), "{path}");
        }
    }
}
