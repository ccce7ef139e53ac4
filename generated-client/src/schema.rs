//! Checking a configuration against the schema that its listing publishes, before it is sent. It
//! fetches nothing, neither the schema nor what the schema refers to, and it shows no value of a
//! configuration, because configurations hold secrets.

use std::error::Error as StdError;
use std::fmt;

use jsonschema::{ValidationError, Validator};
use serde_core::Serialize;
use serde_json::{Map, Value};

use crate::types::AvailableAddOn;
use crate::{Error, Json};

/// So many violations are shown in one line; [`ConfigurationError::violations`] has them all.
const SHOWN: usize = 3;

/// The JSON Schema of a listing's configuration, ready to check configurations with.
///
/// What the check gives back is the configuration as JSON, encoded once, for the call's
/// `configuration`. A configuration that breaks the schema is an error, so nothing is sent:
///
/// ```no_run
/// use generated_client::choices::AcceptTermsOfService::Yes;
/// use generated_client::{AvailableAddOnSid, Client, ConfigurationSchema, Error, Json};
///
/// #[derive(serde::Serialize)]
/// struct Settings {
///     language: &'static str,
/// }
///
/// async fn install(client: &Client, sid: AvailableAddOnSid) -> Result<(), Error> {
///     let listing = client.available_add_on(sid).fetch().await?;
///     let settings = Settings { language: "en-GB" };
///     let configuration = match ConfigurationSchema::of(&listing)? {
///         Some(schema) => schema.check(&settings)?,
///         None => Json::new(&settings),
///     };
///     client.installed_add_ons().create(sid, Yes).configuration(&configuration).await?;
///     Ok(())
/// }
/// ```
///
/// The API does not say which version of JSON Schema its listings use. The schema's `$schema` decides;
/// without one it is read as draft 2020-12. A `$ref` to another document is refused.
///
/// Compiling a schema costs more than checking with it: keep it where many configurations are checked.
#[derive(Clone, Debug)]
pub struct ConfigurationSchema(Validator);

impl ConfigurationSchema {
    /// The schema of a listing, or `None` where it publishes none: then nothing can be checked.
    ///
    /// # Errors
    /// What the listing publishes is not a JSON Schema.
    pub fn of(listing: &AvailableAddOn) -> Result<Option<Self>, SchemaError> {
        listing
            .configuration_schema
            .as_ref()
            .map(Self::new)
            .transpose()
    }

    /// A schema from elsewhere, such as a copy that was kept.
    ///
    /// ```
    /// use generated_client::ConfigurationSchema;
    /// use serde_json::json;
    ///
    /// let schema = json!({"properties": {"language": {"type": "string"}}});
    /// let schema = ConfigurationSchema::new(schema.as_object().unwrap())?;
    /// let error = schema.check(&json!({"language": 7})).unwrap_err();
    /// assert_eq!(error.violations()[0].pointer(), "/language");
    /// # Ok::<(), generated_client::SchemaError>(())
    /// ```
    ///
    /// # Errors
    /// It is not a JSON Schema, or refers to another document.
    pub fn new(schema: &Map<String, Value>) -> Result<Self, SchemaError> {
        let schema = Value::Object(schema.clone());
        // Whatever features others have switched on in the library, nothing is fetched.
        let built = jsonschema::options().offline().build(&schema);
        built.map(Self).map_err(|error| {
            let text = error.to_string();
            match reference_in(&schema, &text, &mut String::new()) {
                Some((pointer, other)) => SchemaError {
                    pointer,
                    text: format!("it refers to another document, `{other}`, which is not fetched"),
                },
                None => SchemaError {
                    pointer: error.instance_path().as_str().to_owned(),
                    text,
                },
            }
        })
    }

    /// Encodes a configuration and checks it. The JSON that comes back can be sent as it is.
    ///
    /// # Errors
    /// The configuration breaks the schema, or cannot be encoded as JSON.
    pub fn check<T: Serialize + ?Sized>(
        &self,
        configuration: &T,
    ) -> Result<Json, ConfigurationError> {
        let json = Json::new(configuration);
        let refuse = |text: String| ConfigurationError {
            violations: vec![Violation {
                pointer: String::new(),
                keyword: String::new(),
                text,
            }],
        };
        let text = json
            .text()
            .map_err(|error| refuse(format!("it cannot be encoded as JSON: {error}")))?;
        let value: Value = serde_json::from_str(text)
            .map_err(|error| refuse(format!("it cannot be read back to be checked: {error}")))?;
        let violations: Vec<Violation> = self
            .0
            .iter_errors(&value)
            .map(|error| Violation::new(&error))
            .collect();
        if violations.is_empty() {
            Ok(json)
        } else {
            Err(ConfigurationError { violations })
        }
    }
}

/// Why what a listing publishes cannot be used to check configurations.
///
/// It becomes an [`Error`] of the kind [`Request`](crate::ErrorKind::Request) by `?`.
#[derive(Clone, PartialEq, Eq)]
pub struct SchemaError {
    pointer: String,
    text: String,
}

impl SchemaError {
    /// Where in the schema, as a JSON pointer; empty for the whole of it.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration's schema cannot be used")?;
        at(&self.pointer, f)?;
        write!(f, ": {}", self.text)
    }
}

impl StdError for SchemaError {}

impl From<SchemaError> for Error {
    fn from(error: SchemaError) -> Self {
        Self::request_from("there is no schema to check the configuration with", error)
    }
}

/// In which ways a configuration breaks its schema. No value of the configuration is in it.
///
/// It becomes an [`Error`] of the kind [`Request`](crate::ErrorKind::Request) by `?`, and is that
/// error's [`source`](StdError::source).
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigurationError {
    violations: Vec<Violation>,
}

impl ConfigurationError {
    /// Every violation, in the order of the schema's keywords; at least one.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration breaks its schema")?;
        let mut separator = "";
        for violation in self.violations.iter().take(SHOWN) {
            write!(f, "{separator}{violation}")?;
            separator = ";";
        }
        match self.violations.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl StdError for ConfigurationError {}

impl From<ConfigurationError> for Error {
    fn from(error: ConfigurationError) -> Self {
        Self::request_from("the configuration breaks the listing's schema", error)
    }
}

/// One way in which a configuration breaks its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pointer: String,
    keyword: String,
    text: String,
}

impl Violation {
    fn new(error: &ValidationError<'_>) -> Self {
        Self {
            pointer: error.instance_path().as_str().to_owned(),
            keyword: error.schema_path().as_str().to_owned(),
            text: error.masked_with("the value").to_string(),
        }
    }

    /// Where in the configuration, as a JSON pointer; empty for the whole of it. A member that is
    /// missing is reported at the object that should have it.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Which keyword of the schema is broken, as a JSON pointer into the schema.
    pub fn keyword(&self) -> &str {
        &self.keyword
    }

    /// What is wrong, without the value.
    pub fn message(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        at(&self.pointer, f)?;
        write!(f, ": {}", self.text)
    }
}

/// The reference to another document that a failure is about: where it stands, and where it leads.
fn reference_in(schema: &Value, failure: &str, at: &mut String) -> Option<(String, String)> {
    let length = at.len();
    let inside = |name: &str, inner: &Value, at: &mut String| {
        at.push('/');
        at.push_str(&name.replace('~', "~0").replace('/', "~1"));
        let found = reference_in(inner, failure, at);
        at.truncate(length);
        found
    };
    match schema {
        Value::Object(members) => members.iter().find_map(|(name, inner)| match inner {
            Value::String(other)
                if name == "$ref"
                    && !other.starts_with('#')
                    && failure.contains(other.as_str()) =>
            {
                Some((format!("{at}/$ref"), other.clone()))
            }
            _ => inside(name, inner, at),
        }),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(number, inner)| inside(&number.to_string(), inner, at)),
        _ => None,
    }
}

fn at(pointer: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match pointer {
        "" => f.write_str(" at its root"),
        pointer => write!(f, " at `{pointer}`"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema(value: Value) -> Result<ConfigurationSchema, SchemaError> {
        ConfigurationSchema::new(value.as_object().unwrap())
    }

    fn violations(schema_text: Value, configuration: &Value) -> Vec<(String, String)> {
        let error = schema(schema_text)
            .unwrap()
            .check(configuration)
            .unwrap_err();
        error
            .violations()
            .iter()
            .map(|violation| {
                (
                    violation.pointer().to_owned(),
                    violation.keyword().to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn a_configuration_that_keeps_to_the_schema_comes_back_as_its_json() {
        let schema = schema(json!({"required": ["language"]})).unwrap();
        let json = schema.check(&json!({"language": "en"})).unwrap();
        assert_eq!(json.as_str(), Some(r#"{"language":"en"}"#));
        // Checked text is kept as it stands.
        let text = Json::from_text(r#"{ "language":  "en" }"#);
        assert_eq!(schema.check(&text).unwrap().as_str(), text.as_str());
    }

    #[test]
    fn every_violation_names_its_place_and_its_keyword() {
        let rules = json!({
            "properties": {
                "a/b": {"type": "array", "items": {"maximum": 3}},
                "language": {"enum": ["en", "de"]},
            },
            "required": ["mask"],
        });
        let found = violations(rules, &json!({"a/b": [1, 4, 5], "language": "fr"}));
        for (pointer, keyword) in [
            ("/a~1b/1", "/properties/a~1b/items/maximum"),
            ("/a~1b/2", "/properties/a~1b/items/maximum"),
            ("/language", "/properties/language/enum"),
            ("", "/required"),
        ] {
            assert!(
                found.contains(&(pointer.to_owned(), keyword.to_owned())),
                "{pointer} {keyword} in {found:?}"
            );
        }
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn the_line_names_the_first_places_and_counts_the_others() {
        let schema = schema(json!({"additionalProperties": {"type": "string"}})).unwrap();
        let error = schema
            .check(&json!({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}))
            .unwrap_err();
        let line = error.to_string();
        assert!(line.contains("at `/a`: "), "{line}");
        assert!(line.ends_with("; and 2 more"), "{line}");
        assert_eq!(error.violations().len(), 5);
        assert!(!line.contains('\n'));
    }

    #[test]
    fn no_value_of_the_configuration_is_shown() {
        let rules = json!({
            "properties": {
                "key": {"type": "integer", "enum": [1], "const": 2},
                "list": {"maxItems": 0},
                "text": {"pattern": "^x$", "maxLength": 1, "format": "uri"},
                "inner": {"required": ["other"], "maxProperties": 0, "not": {}},
                "any": {"anyOf": [{"type": "null"}], "oneOf": [{"type": "null"}]},
            },
        });
        let secret = json!({
            "key": "hunter2",
            "list": ["hunter2"],
            "text": "hunter2",
            "inner": {"deep": "hunter2"},
            "any": "hunter2",
        });
        let error = schema(rules).unwrap().check(&secret).unwrap_err();
        assert!(error.violations().len() >= 9, "{error:?}");
        let whole = Error::from(error.clone());
        for shown in [
            format!("{error}"),
            format!("{error:?}"),
            format!("{whole}"),
            format!("{whole:?}"),
        ] {
            assert!(!shown.contains("hunter2"), "{shown}");
        }
    }

    #[test]
    fn what_is_no_schema_is_an_error_that_names_the_place() {
        let error = schema(json!({"properties": {"a": {"type": "txt"}}})).unwrap_err();
        assert_eq!(error.pointer(), "/properties/a/type");
        assert!(error.to_string().contains("/properties/a/type"), "{error}");
        for bad in [
            json!({"pattern": "("}),
            json!({"$schema": "https://example.com/own"}),
            json!({"$ref": "#/nowhere"}),
        ] {
            assert!(schema(bad.clone()).is_err(), "{bad}");
        }
    }

    #[test]
    fn another_document_is_never_fetched() {
        for elsewhere in [
            "http://127.0.0.1:9/s.json",
            "file:///etc/hostname",
            "other.json",
        ] {
            let error = schema(json!({"properties": {"a": {"$ref": elsewhere}}})).unwrap_err();
            assert_eq!(error.pointer(), "/properties/a/$ref", "{error}");
            assert_eq!(
                error.to_string(),
                format!(
                    "the configuration's schema cannot be used at `/properties/a/$ref`: it refers to another document, \
                     `{elsewhere}`, which is not fetched"
                )
            );
        }
    }

    #[test]
    fn a_violation_is_one_plain_line() {
        let schema = schema(json!({"properties": {"a": {"type": "string"}}})).unwrap();
        let error = schema.check(&json!({"a": 1})).unwrap_err().to_string();
        assert!(
            error.starts_with("the configuration breaks its schema at `/a`: "),
            "{error}"
        );
    }

    #[test]
    fn a_schema_that_refers_to_itself_ends() {
        let schema = schema(json!({"properties": {"next": {"$ref": "#"}}, "required": ["id"]}));
        let error = schema
            .unwrap()
            .check(&json!({"id": 1, "next": {"id": 2, "next": {}}}))
            .unwrap_err();
        assert_eq!(error.violations()[0].pointer(), "/next/next");
    }

    #[test]
    fn older_versions_of_json_schema_are_read_as_such() {
        let old = json!({
            "$schema": "http://json-schema.org/draft-04/schema#",
            "properties": {"a": {"maximum": 3, "exclusiveMaximum": true}},
        });
        assert_eq!(violations(old, &json!({"a": 3}))[0].0, "/a");
    }

    #[test]
    fn what_cannot_be_encoded_is_an_error_too() {
        let unencodable = std::collections::HashMap::from([(vec![1], 1)]);
        let error = schema(json!({})).unwrap().check(&unencodable).unwrap_err();
        assert_eq!(error.violations()[0].pointer(), "");
        assert!(error.to_string().contains("encoded"), "{error}");
    }

    #[test]
    fn it_can_be_kept_and_shared() {
        fn shared<T: Clone + Send + Sync + 'static>() {}
        shared::<ConfigurationSchema>();
    }
}
