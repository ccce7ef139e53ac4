//! Why a schema cannot be used, and in which ways a configuration breaks one. Names and texts of a schema or configuration
//! are foreign: what is shown of them is one clean line, cut to a length.

use std::error::Error as StdError;
use std::fmt;

use jsonschema::ValidationError;

use crate::Error;
use crate::one_line::OneLine;

/// So many violations are shown in one line; [`ConfigurationError::violations`] has more.
const SHOWN: usize = 3;

/// Why what a listing publishes cannot be used to check configurations: it is no JSON Schema, refers to another document,
/// or asks for more than a check may cost (see [`ConfigurationSchema`](crate::ConfigurationSchema#limits)).
///
/// It becomes an [`Error`] of the kind [`Request`](crate::ErrorKind::Request) by `?`.
#[derive(Clone, PartialEq, Eq)]
pub struct SchemaError {
    pointer: String,
    text: String,
}

impl SchemaError {
    pub(super) fn new(pointer: String, text: &str) -> Self {
        Self {
            pointer,
            text: OneLine(text).to_string(),
        }
    }

    /// A reference that leads nowhere in the schema.
    pub(super) fn unresolved(pointer: String, reference: &str) -> Self {
        let shown = OneLine(reference);
        let text = if reference.starts_with('#') {
            format!("it refers to `{shown}`, which is not in the schema")
        } else {
            format!("it refers to another document, `{shown}`, which is not fetched")
        };
        Self { pointer, text }
    }

    /// Where in the schema, as a JSON pointer; empty for the whole of it. The names in it are as the schema has them.
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

/// In which ways a configuration breaks its schema, or why it cannot be checked. No value of the configuration is in it.
///
/// It becomes an [`Error`] of the kind [`Request`](crate::ErrorKind::Request) by `?`, and is that
/// error's [`source`](StdError::source).
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigurationError {
    violations: Vec<Violation>,
    is_checked: bool,
}

impl ConfigurationError {
    pub(super) fn new(violations: Vec<Violation>) -> Self {
        Self {
            violations,
            is_checked: true,
        }
    }

    /// The configuration cannot be checked, or it cannot be said what is wrong with it.
    pub(super) fn whole(text: &str, is_checked: bool) -> Self {
        let violation = Violation {
            pointer: String::new(),
            keyword: String::new(),
            text: OneLine(text).to_string(),
        };
        Self {
            violations: vec![violation],
            is_checked,
        }
    }

    /// The violations, in the order of the schema's keywords; at least one, and the first 100 of more. One without a keyword
    /// says why the configuration cannot be checked.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_checked {
            let reason = self.violations.first().map_or("", Violation::message);
            return write!(f, "the configuration cannot be checked: {reason}");
        }
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
#[derive(Clone, PartialEq, Eq)]
pub struct Violation {
    pointer: String,
    keyword: String,
    text: String,
}

impl Violation {
    pub(super) fn new(error: &ValidationError<'_>) -> Self {
        let text = error.masked_with("the value").to_string();
        Self {
            pointer: error.instance_path().as_str().to_owned(),
            keyword: error.schema_path().as_str().to_owned(),
            text: OneLine(&text).to_string(),
        }
    }

    /// Where in the configuration, as a JSON pointer; empty for the whole of it. A property that is
    /// missing is reported at the object that should have it. The names in it are as the configuration has them; to people,
    /// show the violation instead, which is one clean line.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Which keyword of the schema is broken, as a JSON pointer into the schema. The names in it are as the schema has them.
    pub fn keyword(&self) -> &str {
        &self.keyword
    }

    /// What is wrong, without the value, as one line.
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

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            pointer,
            keyword,
            text,
        } = self;
        let (pointer, keyword) = (OneLine(pointer), OneLine(keyword));
        write!(f, "{text} (at `{pointer}`, keyword `{keyword}`)")
    }
}

fn at(pointer: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match pointer {
        "" => f.write_str(" at its root"),
        pointer => write!(f, " at `{}`", OneLine(pointer)),
    }
}
