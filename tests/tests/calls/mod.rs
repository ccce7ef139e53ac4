//! One call of each operation of the document, for tests that go through all of them: what it must put on the wire,
//! and how it is made.

mod decoded;
mod rows;

use generated_client::{Client, Host};

use self::decoded::Outcome;

pub(crate) use self::decoded::Decoded;
pub(crate) use self::rows::ROWS;

/// What creates or bills: never sent again once it may have arrived.
pub(crate) const ONCE: [&str; 5] = [
    "CreateInstalledAddOn",
    "ReportUsage",
    "CreateReferralConversion",
    "CreateListing",
    "AssignAddOn",
];

/// What one call must send.
pub(crate) struct Row {
    /// The `operationId`.
    pub(crate) operation: &'static str,
    pub(crate) host: Host,
    /// Method and path.
    pub(crate) request: &'static str,
    pub(crate) query: Option<&'static str>,
    pub(crate) body: Body,
    pub(crate) call: fn(Client) -> Outcome,
}

/// The body that one call must send.
pub(crate) enum Body {
    None,
    Form(&'static str),
    Json(&'static str),
}

impl Body {
    pub(crate) fn content_type(&self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Form(_) => Some("application/x-www-form-urlencoded"),
            Self::Json(_) => Some("application/json"),
        }
    }

    pub(crate) fn text(&self) -> &'static str {
        match self {
            Self::None => "",
            Self::Form(text) | Self::Json(text) => text,
        }
    }
}
