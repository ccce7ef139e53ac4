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
    fault: Option<String>,
}

impl Form {
    /// Appends a field as its displayed text.
    pub(crate) fn text(&mut self, name: &str, value: &dyn Display) {
        if push_pair(&mut self.pairs, name, value).is_err() {
            self.fault = Some(unwritable(name));
        }
    }

    /// Appends a field that must be given, as its displayed text, which has to say something.
    pub(crate) fn required(&mut self, name: &str, value: &dyn Display) {
        let before = self.pairs.len();
        self.text(name, value);
        let pair = self.pairs.get(before..).unwrap_or_default();
        let pair = pair.trim_start_matches('&').as_bytes();
        if form_urlencoded::parse(pair).any(|(_, text)| text.trim().is_empty()) {
            self.fault = Some(format!("`{name}` is empty; give it a text"));
        }
    }

    /// Appends a field that carries a JSON document as its text.
    ///
    /// Fails when the value could not be encoded as JSON.
    pub(crate) fn json(&mut self, name: &'static str, value: &Json) -> Result<(), Error> {
        match value.text() {
            Ok(text) => {
                self.text(name, &text);
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

    /// The whole form, or why it must not be sent.
    pub(super) fn finish(self) -> Result<String, Error> {
        match self.fault {
            Some(fault) => Err(Error::request(fault)),
            None => Ok(self.pairs),
        }
    }
}

/// What is wrong with a value that gives no text of itself.
pub(super) fn unwritable(name: &str) -> String {
    format!("`{name}` could not be written as text; give it another value")
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
        let text = form.finish().unwrap();
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
    fn a_required_field_says_something_and_an_optional_one_need_not() {
        for blank in ["", " ", "\t", "\u{a0}\n"] {
            let mut form = Form::default();
            form.text("Optional", &blank);
            form.text("Other", &"x");
            assert!(form.finish().is_ok());
            let mut form = Form::default();
            form.text("Other", &"x");
            form.required("UniqueName", &blank);
            form.text("Last", &"x");
            let error = form.finish().unwrap_err();
            assert_eq!(error.to_string(), "`UniqueName` is empty; give it a text");
        }
        let mut form = Form::default();
        form.required("Flag", &false);
        form.required("Text", &" x");
        assert_eq!(form.finish().unwrap(), "Flag=false&Text=+x");
    }

    #[test]
    fn a_value_without_a_text_is_refused() {
        struct Mute;
        impl Display for Mute {
            fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                Err(std::fmt::Error)
            }
        }
        let mut form = Form::default();
        form.text("Name", &Mute);
        let error = form.finish().unwrap_err();
        assert!(
            error.to_string().contains("`Name` could not be written"),
            "{error}"
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
        assert_eq!(form.finish().unwrap(), "Configuration=%7B%22a%22%3A1%7D");
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
