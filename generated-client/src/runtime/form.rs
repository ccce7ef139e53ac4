//! The body of an `application/x-www-form-urlencoded` request. A field holds plain text or one JSON
//! document, which was encoded once, when the [`Json`] value was made.

use std::fmt::Display;

use super::encode::push_pair;
use crate::{Error, Json};

/// A request body that knows how to write itself as a form.
pub(crate) trait FormBody {
    /// Appends every field that is set.
    fn encode(&self, form: &mut Form) -> Result<(), Error>;
}

/// The form that is being written.
#[derive(Default)]
pub(crate) struct Form {
    pairs: String,
}

impl Form {
    /// Appends a field as its displayed text.
    pub(crate) fn text(&mut self, name: &str, value: &dyn Display) {
        push_pair(&mut self.pairs, name, value);
    }

    /// Appends a field that carries a JSON document as its text.
    ///
    /// Fails when the value could not be encoded as JSON.
    pub(crate) fn json(&mut self, name: &'static str, value: &Json) -> Result<(), Error> {
        match value.text() {
            Ok(text) => {
                push_pair(&mut self.pairs, name, &text);
                Ok(())
            }
            Err(error) => Err(Error::request_from(
                format!("`{name}` could not be encoded as JSON"),
                error.clone(),
            )),
        }
    }

    /// Appends a field that carries a JSON object as its text.
    ///
    /// Fails also when the value is any other JSON, which is mostly a text that was encoded already.
    pub(crate) fn object(&mut self, name: &'static str, value: &Json) -> Result<(), Error> {
        if value.as_str().is_some_and(|text| !text.starts_with('{')) {
            return Err(Error::request(format!(
                "`{name}` must be a JSON object; give the value itself, or text through `Json::from_text`"
            )));
        }
        self.json(name, value)
    }

    pub(super) fn into_text(self) -> String {
        self.pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_field_is_encoded_exactly_once() {
        let mut form = Form::default();
        form.text("UniqueName", &"a b");
        form.json(
            "Configuration",
            &Json::new(&serde_json::json!({"k": "v\"w"})),
        )
        .unwrap();
        let text = form.into_text();
        let parsed: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes())
            .into_owned()
            .collect();
        assert_eq!(
            parsed,
            [
                ("UniqueName".to_owned(), "a b".to_owned()),
                ("Configuration".to_owned(), r#"{"k":"v\"w"}"#.to_owned()),
            ]
        );
    }

    #[test]
    fn a_text_that_was_encoded_already_is_no_object() {
        let mut form = Form::default();
        let error = form
            .object("Configuration", &Json::new(r#"{"a":1}"#))
            .unwrap_err();
        assert!(
            error
                .to_string()
                .contains("`Configuration` must be a JSON object"),
            "{error}"
        );
        form.object("Configuration", &Json::from_text(r#" {"a":1}"#))
            .unwrap();
        assert_eq!(form.into_text(), "Configuration=%7B%22a%22%3A1%7D");
    }

    #[test]
    fn a_value_that_is_not_json_names_its_field() {
        let keys_must_be_text = std::collections::HashMap::from([((1, 2), 3)]);
        let mut form = Form::default();
        let error = form
            .json("Configuration", &Json::new(&keys_must_be_text))
            .unwrap_err();
        assert!(error.to_string().contains("`Configuration`"), "{error}");
    }
}
