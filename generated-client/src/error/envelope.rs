//! Reads the error document in a reply, whichever of Twilio's shapes it has, and finds none where there
//! is none. It judges nothing: the HTTP status is what decides.

use serde_json::Value;

use crate::runtime::value::{Leniency, read_again};
use crate::runtime::{Failed, Need, ReadValue, Slot, Source, Table};

/// What an error document says, as far as it says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Envelope {
    pub(crate) code: Option<u32>,
    pub(crate) message: Option<String>,
    pub(crate) more_info: Option<String>,
    pub(crate) details: Option<Value>,
    pub(crate) params: Option<Value>,
    pub(crate) user_error: Option<bool>,
}

impl Envelope {
    /// Reads `body`; anything that is not a JSON object is an empty envelope.
    pub(crate) fn read(body: &[u8]) -> Self {
        // What is no UTF-8 is no JSON either, but the rest of it may still tell what went wrong.
        let text = String::from_utf8_lossy(body);
        let read = |mut document: Document| {
            read_again(text.as_bytes(), &mut document, Leniency::Optional)
                .ok()
                .map(|_| document)
        };
        // Details that take too much memory do not cost the code and the message.
        read(Document::of(&DOCUMENT))
            .or_else(|| read(Document::of(&WITHOUT_DETAILS)))
            .map(Self::from_document)
            .unwrap_or_default()
    }

    fn from_document(mut document: Document) -> Self {
        let code = document.take("code").as_ref().and_then(number);
        let user_error = document.take("userError").as_ref().and_then(Value::as_bool);
        let message = document
            .text("message")
            .or_else(|| problem_text(&mut document))
            .filter(|message| !message.is_empty());
        let more_info = document
            .text("more_info")
            .or_else(|| problem_type(&mut document));
        Self {
            code,
            message,
            more_info,
            details: document.take("details").or_else(|| document.take("errors")),
            params: document.take("params"),
            user_error,
        }
    }
}

/// The properties that an error document may have, whichever of the shapes it is.
static DOCUMENT: Table = Table {
    name: "ErrorDocument",
    names: &[
        "code",
        "message",
        "more_info",
        "userError",
        "type",
        "title",
        "detail",
        "details",
        "errors",
        "params",
    ],
    needs: &[Need::Optional; 10],
};

/// The same without those that can hold anything.
static WITHOUT_DETAILS: Table = Table {
    name: DOCUMENT.name,
    names: DOCUMENT.names.split_at(7).0,
    needs: DOCUMENT.needs.split_at(7).0,
};

/// An error document as it comes.
struct Document {
    /// In the order of [`DOCUMENT`].
    values: [Option<Value>; 10],
    table: &'static Table,
}

impl Document {
    fn of(table: &'static Table) -> Self {
        Self {
            values: Default::default(),
            table,
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        let index = DOCUMENT.names.iter().position(|known| *known == name)?;
        self.values.get_mut(index)?.take()
    }

    fn text(&mut self, name: &str) -> Option<String> {
        match self.take(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }
}

impl ReadValue for Document {
    fn blank() -> Self {
        Self::of(&DOCUMENT)
    }

    fn read(&mut self, source: &mut dyn Source) -> Result<(), Failed> {
        let mut slots = self.values.each_mut().map(|value| Slot::new(value));
        source.object(self.table, &mut slots, None)
    }
}

/// A code is a number, or that number as a text.
fn number(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number.as_u64()?.try_into().ok(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// RFC 9457 has a title for the kind of problem and, perhaps, a detail for this one.
fn problem_text(document: &mut Document) -> Option<String> {
    match (document.text("title"), document.text("detail")) {
        (Some(title), Some(detail)) if title != detail => Some(format!("{title}: {detail}")),
        (title, detail) => detail.or(title),
    }
}

/// RFC 9457's `type` names a page about the problem, unless it is the one value that says nothing.
fn problem_type(document: &mut Document) -> Option<String> {
    document.text("type").filter(|kind| kind != "about:blank")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(body: Value) -> Envelope {
        Envelope::read(body.to_string().as_bytes())
    }

    #[test]
    fn the_usual_envelope() {
        let envelope = read(json!({
            "code": 20404, "message": "no such thing", "more_info": "https://example.com/20404",
            "status": 404, "details": {"a": 1}
        }));
        assert_eq!(envelope.code, Some(20404));
        assert_eq!(envelope.message.as_deref(), Some("no such thing"));
        assert_eq!(
            envelope.more_info.as_deref(),
            Some("https://example.com/20404")
        );
        assert_eq!(envelope.details, Some(json!({"a": 1})));
        assert_eq!(envelope.params, None);
    }

    #[test]
    fn the_envelope_with_params_and_a_code_as_text() {
        let envelope = read(
            json!({"code": "20001", "message": "m", "params": {"field": "x"}, "details": null}),
        );
        assert_eq!(envelope.code, Some(20001));
        assert_eq!(envelope.params, Some(json!({"field": "x"})));
        assert_eq!(envelope.details, None);
    }

    #[test]
    fn problem_json() {
        let envelope = read(json!({
            "type": "https://example.com/problem", "title": "Bad", "status": 400, "code": 20001,
            "detail": "quantity is 0", "instance": "/x", "errors": [{"detail": "y"}]
        }));
        assert_eq!(envelope.message.as_deref(), Some("Bad: quantity is 0"));
        assert_eq!(
            envelope.more_info.as_deref(),
            Some("https://example.com/problem")
        );
        assert_eq!(envelope.details, Some(json!([{"detail": "y"}])));
        assert_eq!(
            read(json!({"type": "about:blank", "title": "Bad"})).more_info,
            None
        );
    }

    #[test]
    fn the_older_envelope() {
        let envelope = read(json!({
            "code": 20409, "message": "m", "httpStatusCode": 409, "params": {}, "userError": true
        }));
        assert_eq!(envelope.code, Some(20409));
        assert_eq!(envelope.user_error, Some(true));
    }

    #[test]
    fn what_is_not_utf8_is_read_as_far_as_it_goes() {
        let envelope = Envelope::read(b"{\"code\":20404,\"message\":\"caf\xe9 not found\"}");
        assert_eq!(envelope.code, Some(20404));
        assert_eq!(envelope.message.as_deref(), Some("caf\u{fffd} not found"));
    }

    #[test]
    fn anything_else_is_an_empty_envelope() {
        for body in [
            "",
            "<html>",
            "[1]",
            "null",
            "{\"code\":",
            "\"text\"",
            "{\"code\":-1,\"message\":7}",
        ] {
            assert_eq!(
                Envelope::read(body.as_bytes()),
                Envelope::default(),
                "{body}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_body_makes_it_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Envelope::read(&body);
        }
    }
}
