//! Requests: those that a client sends who keeps to a document, and what a server makes of one that keeps to another.

mod judge;
mod write;

use std::collections::BTreeMap;

use serde_json::Value;
use tests::Recorded;

use crate::schema::Reading;

pub(crate) use self::judge::judge;
pub(crate) use self::write::requests;

/// A request on its way.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// The URL of the server that it goes to.
    pub(crate) server: String,
    pub(crate) message: Recorded,
    /// Who would send it.
    pub(crate) reading: Reading,
}

/// What a server takes a part of a request for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning {
    /// This was said.
    Said(Value),
    /// Nothing was said, and this is taken.
    Default(Value),
    /// Nothing was said, and nothing is known about that.
    Unsaid,
}

/// A request as a server understands it, part by part. What it does not know is not there.
pub(crate) type Understood = BTreeMap<String, Meaning>;

/// Whether a body of this media type is a form.
fn is_form(media_type: &str) -> bool {
    media_type == "application/x-www-form-urlencoded"
}

/// Whether a list is written as one parameter for each item, and what stands between the items otherwise.
fn style(parameter: &Value) -> (bool, &'static str) {
    let explode = parameter.get("explode").and_then(Value::as_bool);
    let style = parameter
        .get("style")
        .and_then(Value::as_str)
        .unwrap_or("form");
    match style {
        "spaceDelimited" => (explode.unwrap_or(false), " "),
        "pipeDelimited" => (explode.unwrap_or(false), "|"),
        _ => (explode.unwrap_or(parameter["in"] == "query"), ","),
    }
}
