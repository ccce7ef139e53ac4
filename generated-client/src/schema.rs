//! Checking a configuration against the schema that its listing publishes, before it is sent. It
//! fetches nothing, neither the schema nor what the schema refers to, and it shows no value of a
//! configuration, because configurations hold secrets.

mod compile;
mod error;
mod graph;
mod order;
mod outline;
#[cfg(test)]
mod tests;
mod weight;
mod work;

use std::fmt;
use std::sync::Arc;

use jsonschema::{PatternOptions, ValidationOptions, Validator};
use serde_core::Serialize;
use serde_json::{Map, Value};

pub use error::{ConfigurationError, SchemaError, Violation};

use crate::Json;
use crate::types::AvailableAddOn;
use graph::Graph;
use outline::Outline;
use work::{MOST_STEPS, TooMuch, Work};

/// So many violations are kept.
const MOST_VIOLATIONS: usize = 100;

/// With so many steps, violations are looked for one by one. Each takes some hundred bytes, also where an alternative is fine
/// after all, and the library makes those of all alternatives before it hands out one.
const MOST_STEPS_TOLD: u64 = 50_000;

/// The memory that one compiled regular expression may take, in bytes.
const MOST_PATTERN: usize = 1 << 20;

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
///
/// # Limits
/// Whoever publishes a listing writes its schema, so what a schema can cost is bounded, and counted before any of it is
/// done. A schema is refused with a [`SchemaError`] that names the place if
///
/// - it has more than 50,000 values or 1 MiB of text, or is nested more than 64 deep,
/// - it asks for more than 1,000,000 evaluations of subschemas for one value, as with many `allOf` of shared references, or
///   leads over more than 100 of them to one another,
/// - it refers to itself for the same value, so that no check would end; to do so for a part of the value, as in a list
///   `{"properties": {"next": {"$ref": "#"}}}`, is fine,
/// - a `pattern` has a lookaround or a backreference, which cannot be matched in linear time, or takes more than 1 MiB, or
///   all patterns together are too large,
/// - its `unevaluated` keywords take compiling more than 1,000,000 subschemas.
///
/// A check is refused with a [`ConfigurationError`] if this schema would take more than 10,000,000 steps for this
/// configuration, a step being about one look at a keyword, or nest evaluations more than 300 deep. From 50,000 steps on
/// it says whether something is wrong and not what.
#[derive(Clone)]
pub struct ConfigurationSchema {
    validator: Validator,
    work: Arc<Work>,
}

impl fmt::Debug for ConfigurationSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ConfigurationSchema");
        shown.field("subschemas", &self.work.subschemas());
        shown.finish_non_exhaustive()
    }
}

/// How the library reads schemas here.
fn options() -> ValidationOptions<'static> {
    let patterns = PatternOptions::regex().size_limit(MOST_PATTERN);
    // Whatever features others have switched on in the library, nothing is fetched.
    jsonschema::options()
        .offline()
        .with_pattern_options(patterns)
}

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
    /// It is not a JSON Schema, refers to another document, or is beyond the [limits](Self#limits).
    pub fn new(schema: &Map<String, Value>) -> Result<Self, SchemaError> {
        // Copying it takes a call on the stack for each level.
        outline::hold_to_size(schema)?;
        let schema = Value::Object(schema.clone());
        let outline = Outline::new(&schema);
        let graph = Graph::new(&schema, &outline)?;
        let work = Work::new(graph, &outline)?;
        let validator = options().build(&schema).map_err(|error| {
            SchemaError::new(
                error.instance_path().as_str().to_owned(),
                &error.to_string(),
            )
        })?;
        Ok(Self {
            validator,
            work: Arc::new(work),
        })
    }

    /// Encodes a configuration and checks it. The JSON that comes back can be sent as it is.
    ///
    /// # Errors
    /// The configuration breaks the schema, cannot be encoded as JSON, or takes too long to be checked.
    pub fn check<T: Serialize + ?Sized>(
        &self,
        configuration: &T,
    ) -> Result<Json, ConfigurationError> {
        let json = Json::new(configuration);
        let refuse = |text: String| ConfigurationError::whole(&text, false);
        let text = json
            .text()
            .map_err(|error| refuse(format!("it cannot be encoded as JSON: {error}")))?;
        let value: Value = serde_json::from_str(text)
            .map_err(|error| refuse(format!("it cannot be read back to be checked: {error}")))?;
        let violations = self.violations(&value)?;
        if violations.is_empty() {
            Ok(json)
        } else {
            Err(ConfigurationError::new(violations))
        }
    }

    /// In which ways a value breaks the schema.
    fn violations(&self, value: &Value) -> Result<Vec<Violation>, ConfigurationError> {
        let steps = self.work.steps(value).map_err(|too_much| {
            let text = match too_much {
                TooMuch::Steps => format!("that takes more than {MOST_STEPS} steps"),
                TooMuch::Depth => "its values and the schema are nested too deep".to_owned(),
            };
            ConfigurationError::whole(&text, false)
        })?;
        if steps > MOST_STEPS_TOLD {
            return if self.validator.is_valid(value) {
                Ok(Vec::new())
            } else {
                let text = format!("it takes more than {MOST_STEPS_TOLD} steps to find out where");
                Err(ConfigurationError::whole(&text, true))
            };
        }
        let violations = self.validator.iter_errors(value).take(MOST_VIOLATIONS);
        Ok(violations.map(|error| Violation::new(&error)).collect())
    }
}
