//! From a complete response to a value. Each function is one way in which an operation responds; which
//! one applies is decided by the document. Unknown properties, absent or odd optional properties and missing
//! bodies where the document allows them never fail.

use std::any::Any;

use reqwest::header::LOCATION;
use serde_core::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::page::{Envelope, Page};
use super::reply::Reply;
use super::value::{self, Leniency, ReadValue, Undecodable};
use crate::{Acceptance, Error, Update};

/// One JSON document of the document's own types, read leniently: what is optional and odd becomes absent, and is
/// noted with the response.
pub(crate) fn json<T: ReadValue>(reply: &Reply) -> Result<T, Error> {
    read(reply, Leniency::Optional)
}

fn read<T: ReadValue>(reply: &Reply, leniency: Leniency) -> Result<T, Error> {
    let mut value = T::blank();
    if value::read_response(&reply.body, &mut value) {
        return Ok(value);
    }
    value = T::blank();
    match again(reply, &mut value, leniency) {
        Ok(()) => Ok(value),
        Err(error) => Err(error),
    }
}

/// Reads a document that was refused once more. It is not generic, so that it is compiled once.
#[cold]
fn again(reply: &Reply, value: &mut dyn ReadValue, leniency: Leniency) -> Result<(), Error> {
    match value::read_again(&reply.body, value, leniency) {
        Ok(mut skipped) => {
            let concealer = &reply.client.shared().concealer;
            for skipped in &mut skipped {
                skipped.conceal(|text| concealer.text(text));
            }
            reply.skipped.set(skipped.into());
            Ok(())
        }
        Err(why) => Err(reply.undecodable(&why)),
    }
}

/// One JSON document of a type of the caller's. Any JSON is read within the same bound on memory as the document's own
/// types; what another type takes is the caller's concern.
pub(crate) fn foreign<T: DeserializeOwned + 'static>(reply: &Reply) -> Result<T, Error> {
    let mut value: Option<T> = None;
    let any: &mut dyn Any = &mut value;
    let _ = untyped::<Value>(reply, any)?
        || untyped::<Vec<Value>>(reply, any)?
        || untyped::<Map<String, Value>>(reply, any)?
        || untyped::<Vec<Map<String, Value>>>(reply, any)?;
    match value {
        Some(value) => Ok(value),
        None => serde_json::from_slice(&reply.body)
            .map_err(|error| reply.undecodable(&Undecodable::foreign(&reply.body, &error))),
    }
}

/// Reads a document into an absent value if that is of this type, and says whether it is.
fn untyped<T: ReadValue + 'static>(reply: &Reply, value: &mut dyn Any) -> Result<bool, Error> {
    let Some(value) = value.downcast_mut::<Option<T>>() else {
        return Ok(false);
    };
    *value = Some(read(reply, Leniency::Nothing)?);
    Ok(true)
}

/// The body as it is.
pub(crate) fn bytes(reply: &Reply) -> Result<Vec<u8>, Error> {
    Ok(reply.body.to_vec())
}

/// No value: whatever the body holds is not looked at.
pub(crate) fn empty(_: &Reply) -> Result<(), Error> {
    Ok(())
}

/// The changed resource, or word that nothing changed.
pub(crate) fn update<T: ReadValue>(reply: &Reply) -> Result<Update<T>, Error> {
    match reply.status.as_u16() {
        304 => Ok(Update::NotModified),
        _ => json(reply).map(Update::Updated),
    }
}

/// A value that says where something else is.
pub(crate) trait Located: ReadValue {
    /// Where it is; nothing where that is absent.
    fn place(&mut self) -> &mut Option<String>;
}

/// A location, from the body or, where the body has none, from the header `Location`.
pub(crate) fn location<T: Located>(reply: &Reply) -> Result<T, Error> {
    let decoded = json::<T>(reply);
    let header = reply
        .headers
        .get(LOCATION)
        .and_then(|value| value.to_str().ok())
        .filter(|text| !text.trim().is_empty());
    let Some(header) = header else {
        return decoded;
    };
    let mut value = decoded.or_else(|undecodable| {
        // With the place known, a body of nothing is enough, unless the document asks for more.
        let mut value = T::blank();
        match value::read_response(b"{}", &mut value) {
            true => Ok(value),
            false => Err(undecodable),
        }
    })?;
    let place = value.place();
    if place.as_deref().is_none_or(|text| text.trim().is_empty()) {
        *place = Some(header.trim().to_owned());
    }
    Ok(value)
}

/// Done, or accepted to be done later, with or without a body. What is odd in it is an error: what was billed or taken
/// in is not to be guessed.
pub(crate) fn acceptance<T: ReadValue>(reply: &Reply) -> Result<Acceptance<T>, Error> {
    match reply.status.as_u16() {
        202 if reply.is_empty() => Ok(Acceptance::AcceptedEmpty),
        202 => read(reply, Leniency::Nothing).map(Acceptance::Accepted),
        _ => read(reply, Leniency::Nothing).map(Acceptance::Completed),
    }
}

/// One page of a list.
pub(crate) fn page<E: Envelope>(reply: &Reply) -> Result<Page<E::Item>, Error> {
    match json::<E>(reply) {
        Ok(envelope) => {
            let (items, links) = envelope.into_parts();
            Ok(Page::new(items, links, reply, page::<E>))
        }
        Err(error) => Err(error),
    }
}
