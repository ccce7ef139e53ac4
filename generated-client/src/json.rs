//! A JSON document as the value of a request field, encoded once, when it is made.

use std::fmt;
use std::sync::Arc;

use serde_core::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::one_line::OneLine;
use crate::runtime::{View, WriteValue, Written};

/// One JSON document, for a field that carries JSON as text.
///
/// Anything that serializes will do: a type of this crate, a type of your own, or
/// [`serde_json::json!`]. A value that cannot be encoded is reported by the call that was to send it.
///
/// ```
/// use generated_client::Json;
///
/// #[derive(serde::Serialize)]
/// struct Settings {
///     bad_words: bool,
/// }
///
/// let json = Json::new(&Settings { bad_words: true });
/// assert_eq!(json.as_str(), Some(r#"{"bad_words":true}"#));
/// ```
///
/// A text that already is JSON would become a JSON string by [`Json::new`]; give it to
/// [`Json::from_text`]:
///
/// ```
/// use generated_client::Json;
///
/// let document = Json::from_text(r#"{"a": 1}"#);
/// assert_eq!(document.as_str(), Some(r#"{"a": 1}"#));
/// // A document is a value like any other: encoding it again changes nothing.
/// assert_eq!(Json::new(&document).as_str(), document.as_str());
/// assert_eq!(Json::from_text("{").as_str(), None);
/// ```
#[derive(Clone)]
pub struct Json(Result<Arc<str>, JsonError>);

/// Why a value is not a JSON document.
#[derive(Clone)]
pub(crate) struct JsonError(Arc<serde_json::Error>);

impl fmt::Display for JsonError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a value of the caller's says when it cannot be encoded is not the caller's text alone.
        write!(f, "{}", OneLine(&self.0.to_string()))
    }
}

impl std::error::Error for JsonError {}

impl Json {
    /// Encodes a value.
    #[inline]
    pub fn new<T: Serialize + ?Sized>(value: &T) -> Self {
        Self(
            serde_json::to_string(value)
                .map(Arc::from)
                .map_err(|error| JsonError(Arc::new(error))),
        )
    }

    /// Takes a text that is one JSON document already, and keeps it as it is.
    #[inline]
    pub fn from_text(text: &str) -> Self {
        Self(
            serde_json::from_str::<&RawValue>(text)
                .map(|raw| Arc::from(raw.get()))
                .map_err(|error| JsonError(Arc::new(error))),
        )
    }

    /// The document's text, unless the value could not be encoded.
    #[inline]
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_deref().ok()
    }

    #[inline]
    pub(crate) fn text(&self) -> Result<&str, &JsonError> {
        self.0.as_deref()
    }
}

/// The text is left out: configurations hold secrets.
impl fmt::Debug for Json {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(text) => write!(f, "Json({} bytes)", text.len()),
            Err(error) => write!(f, "Json(not encoded: {error})"),
        }
    }
}

/// The document as it stands, so that a `Json` can stand wherever a value can.
impl Serialize for Json {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written(self).serialize(serializer)
    }
}

impl WriteValue for Json {
    #[inline]
    fn write(&self, to: &mut dyn FnMut(View<'_>)) {
        match self.text() {
            Ok(text) => match serde_json::from_str::<&RawValue>(text) {
                Ok(raw) => to(View::Raw(raw)),
                Err(error) => to(View::Fault(&error)),
            },
            Err(error) => to(View::Fault(error)),
        }
    }
}

impl From<serde_json::Value> for Json {
    #[inline]
    fn from(value: serde_json::Value) -> Self {
        Self::new(&value)
    }
}

impl From<&serde_json::Value> for Json {
    #[inline]
    fn from(value: &serde_json::Value) -> Self {
        Self::new(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_does_not_show_the_document() {
        let json = Json::new(&serde_json::json!({"api_key": "hunter2"}));
        assert_eq!(format!("{json:?}"), "Json(21 bytes)");
    }

    #[test]
    fn trailing_text_is_not_one_document() {
        assert!(Json::from_text("{} {}").text().is_err());
        assert_eq!(Json::from_text(" [1] ").as_str(), Some("[1]"));
    }
}
