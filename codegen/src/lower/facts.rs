//! What the document says and progenitor is not told: hosts, statuses it cannot express, JSON inside form
//! fields, SIDs, bounds, envelopes. Plain data, filled by `lower` and read by the stages after it.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

/// Everything beside the lowered document.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The servers that operations name, in the order of their first use.
    pub hosts: Vec<HostFacts>,
    /// By the name of the function that progenitor emits, in the document's order.
    pub operations: IndexMap<String, OperationFacts>,
    /// Schema components that are SIDs.
    pub sids: Vec<SidFacts>,
    /// Integer components with both bounds.
    pub bounded: Vec<BoundedFacts>,
    /// Components that a request can carry, so callers must be able to build them.
    pub inputs: BTreeSet<String>,
    /// Object components whose undeclared members are kept.
    pub open: BTreeSet<String>,
    /// Descriptions of tags.
    pub tags: IndexMap<String, String>,
    /// Property names of each object component, in the document's order.
    pub property_order: IndexMap<String, Vec<String>>,
    /// Properties of each object component that hold a text marked as secret, by their names on the wire.
    pub secrets: IndexMap<String, BTreeSet<String>>,
    /// How many items an array has at least (`minItems`), by object component and property.
    pub least_items: BTreeMap<(String, String), usize>,
}

/// One server of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostFacts {
    /// Variant name, from the first label of the host name: `Marketplace`.
    pub name: String,
    /// `https://marketplace.twilio.com`, without a trailing slash.
    pub url: String,
}

/// One operation.
#[derive(Debug, Clone)]
pub struct OperationFacts {
    /// The document's operation id.
    pub id: String,
    /// Upper-case HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Index into [`Facts::hosts`].
    pub host: usize,
    /// The first tag, if any.
    pub tag: Option<String>,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// The declared statuses below 400, sorted.
    pub successes: Vec<Success>,
    /// The declared error statuses (`404`, `4XX`) with their descriptions, in the document's order.
    pub errors: Vec<(String, String)>,
    /// Path and query parameters, in the document's order.
    pub parameters: Vec<ParameterFacts>,
    /// The request body, if the operation takes one.
    pub body: Option<BodyFacts>,
    /// The paging envelope of the success schema, if it is one.
    pub envelope: Option<EnvelopeFacts>,
    /// JSON pointer to the operation.
    pub pointer: String,
}

/// A declared reply below 400.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Success {
    /// HTTP status.
    pub status: u16,
    /// Whether the document declares a JSON body for it.
    pub json: bool,
    /// What the document says of it.
    pub description: String,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct ParameterFacts {
    /// Name on the wire.
    pub name: String,
    /// Whether it stands in the path.
    pub path: bool,
    /// Description, empty if none.
    pub description: String,
    /// The schema component that it refers to, if any.
    pub component: Option<String>,
    /// The default value, as JSON text.
    pub default: Option<String>,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct BodyFacts {
    /// Form-encoded, or else JSON.
    pub form: bool,
    /// By name on the wire, in the document's order.
    pub fields: IndexMap<String, FieldFacts>,
}

/// A member of a request body.
#[derive(Debug, Clone)]
pub struct FieldFacts {
    /// Whether it must be sent.
    pub required: bool,
    /// Set where a form field carries one JSON document as text.
    pub json: Option<JsonField>,
}

/// What a JSON form field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonField {
    /// Any JSON.
    Any,
    /// A free-form object.
    Object,
    /// The named component.
    Component(String),
}

/// The two ways in which Twilio pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagingStyle {
    /// A `meta` object with absolute URLs.
    Meta,
    /// Relative URIs flat beside the array.
    Flat,
}

impl PagingStyle {
    /// Names on the wire of the links to the next and to the previous page.
    pub(crate) fn links(self) -> [&'static str; 2] {
        match self {
            Self::Meta => ["next_page_url", "previous_page_url"],
            Self::Flat => ["next_page_uri", "previous_page_uri"],
        }
    }
}

/// A list reply.
#[derive(Debug, Clone)]
pub struct EnvelopeFacts {
    /// The component.
    pub component: String,
    /// Name on the wire of the array.
    pub array: String,
    /// Component of an item.
    pub item: String,
    /// Which style.
    pub style: PagingStyle,
}

/// A SID component.
#[derive(Debug, Clone)]
pub struct SidFacts {
    /// Component name.
    pub name: String,
    /// Description, empty if none.
    pub description: String,
    /// The pattern as the document writes it.
    pub pattern: String,
    /// What the pattern says.
    pub shape: crate::sid_shape::SidShape,
}

/// An integer with both bounds.
#[derive(Debug, Clone)]
pub struct BoundedFacts {
    /// Component name.
    pub name: String,
    /// Description, empty if none.
    pub description: String,
    /// Smallest value.
    pub minimum: i64,
    /// Largest value.
    pub maximum: i64,
    /// Default, if any.
    pub default: Option<i64>,
}
