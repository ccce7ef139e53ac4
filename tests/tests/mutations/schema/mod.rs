//! Schemas: whether a value keeps to one, and which values are worth trying.

mod check;
mod samples;

use serde_json::Value;

use crate::model::Api;

pub(crate) use self::samples::texts_of;

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Travel {
    Request,
    Reply,
}

/// How what no document says is taken: in favour of the other side, or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reading {
    /// A server passes over what it does not know; a client keeps values that its list lacks.
    Lenient,
    /// A server refuses what it does not know; a client refuses values that its list lacks.
    Strict,
}

/// What holds for a whole comparison.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schemas<'a> {
    pub(crate) api: &'a Api,
    pub(crate) travel: Travel,
    /// Whether one value of each kind is enough, because nothing about it changed.
    pub(crate) is_brief: bool,
}

/// A value to try. One that holds something undeclared, of which the document does not say that it may, is only sent
/// by those who read the document strictly.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sample {
    pub(crate) value: Value,
    pub(crate) reading: Reading,
}

impl Schemas<'_> {
    /// Whether a member of this schema belongs into a message of this direction.
    pub(crate) fn travels(self, schema: &Value) -> bool {
        let key = match self.travel {
            Travel::Request => "readOnly",
            Travel::Reply => "writeOnly",
        };
        let parts = self.api.parts(schema);
        !parts
            .iter()
            .any(|part| part.get(key) == Some(&Value::Bool(true)))
    }
}

/// Whether a schema of these parts takes null.
fn is_nullable(parts: &[&Value]) -> bool {
    let says_type = parts
        .iter()
        .any(|part| part.get("type").is_some() || part.get("allOf").is_some());
    parts[0].get("nullable") == Some(&Value::Bool(true)) || !says_type
}

/// The members that a part requires.
fn required(part: &Value) -> Vec<&str> {
    let names = part.get("required").and_then(Value::as_array);
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// The schema of a member.
pub(crate) fn property<'a>(parts: &[&'a Value], name: &str) -> Option<&'a Value> {
    parts
        .iter()
        .find_map(|part| part.get("properties")?.get(name))
}
