//! The Rust type that a schema becomes where it is used.

use crate::diff::side::{Side, component_name, is_on, reference};
use crate::load::Node;
use crate::names;

/// How deep lists and maps are looked into.
const DEPTH: usize = 8;

/// A type, written as callers know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::diff) struct Type {
    /// Without `Option`.
    pub(in crate::diff) text: String,
    /// Whether the schema takes null, so that the type is optional even where a value is required.
    pub(in crate::diff) nullable: bool,
}

impl Type {
    /// The type in a place where a value can be left out or not.
    pub(in crate::diff) fn at(&self, required: bool) -> String {
        if required && !self.nullable {
            self.text.clone()
        } else {
            format!("Option<{}>", self.text)
        }
    }
}

/// The type of a schema. `hint` is the name that a type gets that the document does not name.
pub(in crate::diff) fn type_of(side: &Side<'_>, schema: &Node, hint: &str) -> Type {
    Type {
        text: text(side, schema, hint, DEPTH),
        nullable: is_on(schema, "nullable"),
    }
}

/// The type that a component is known by.
pub(in crate::diff) fn named(component: &str) -> String {
    names::type_name(component)
}

fn text(side: &Side<'_>, schema: &Node, hint: &str, depth: usize) -> String {
    let has = |key: &str| schema.get(key).is_some();
    if let Some(name) = component_name(schema) {
        return named(name);
    }
    if depth == 0 || reference(schema).is_some() || has("allOf") || has("oneOf") || has("anyOf") {
        return hint.to_owned();
    }
    let kind = schema.get("type").and_then(Node::as_str);
    if has("enum") && kind != Some("boolean") {
        return hint.to_owned();
    }
    match kind.unwrap_or_else(|| guess(schema)) {
        "string" => string(schema, hint),
        "integer" => integer(schema).to_owned(),
        "number" => number(schema).to_owned(),
        "boolean" => "bool".to_owned(),
        "array" => array(side, schema, hint, depth),
        "object" => object(side, schema, hint, depth),
        _ => "serde_json::Value".to_owned(),
    }
}

// A schema that names no type is taken for the type that its keywords are about.
fn guess(schema: &Node) -> &'static str {
    let has = |keys: &[&str]| keys.iter().any(|key| schema.get(key).is_some());
    if has(&["properties", "required", "additionalProperties"]) {
        "object"
    } else if has(&["items"]) {
        "array"
    } else if has(&["pattern", "minLength", "maxLength"]) {
        "string"
    } else {
        ""
    }
}

fn string(schema: &Node, hint: &str) -> String {
    let constrained = ["pattern", "minLength", "maxLength"]
        .iter()
        .any(|key| schema.get(key).is_some());
    let known = match schema
        .get("format")
        .and_then(Node::as_str)
        .unwrap_or_default()
    {
        "date-time" | "date-time-rfc-2822" => "Timestamp",
        "date" => "chrono::naive::NaiveDate",
        "uuid" => "uuid::Uuid",
        "ip" => "std::net::IpAddr",
        "ipv4" => "std::net::Ipv4Addr",
        "ipv6" => "std::net::Ipv6Addr",
        _ if constrained => hint,
        _ => "String",
    };
    known.to_owned()
}

fn number(schema: &Node) -> &'static str {
    match schema.get("format").and_then(Node::as_str) {
        Some("decimal") => "Amount",
        Some("float") => "f32",
        _ => "f64",
    }
}

/// The integer types that formats and bounds lead to: format, type, its type without zero, smallest and largest value.
const INTEGERS: [(&str, &str, &str, f64, f64); 10] = [
    ("int8", "i8", "NonZeroU8", -128.0, 127.0),
    ("uint8", "u8", "NonZeroU8", 0.0, 255.0),
    ("int16", "i16", "NonZeroU16", -32_768.0, 32_767.0),
    ("uint16", "u16", "NonZeroU16", 0.0, 65_535.0),
    (
        "int",
        "i32",
        "NonZeroU32",
        -2_147_483_648.0,
        2_147_483_647.0,
    ),
    (
        "int32",
        "i32",
        "NonZeroU32",
        -2_147_483_648.0,
        2_147_483_647.0,
    ),
    ("uint", "u32", "NonZeroU32", 0.0, 4_294_967_295.0),
    ("uint32", "u32", "NonZeroU32", 0.0, 4_294_967_295.0),
    (
        "int64",
        "i64",
        "NonZeroU64",
        -9_223_372_036_854_775_808.0,
        9_223_372_036_854_775_807.0,
    ),
    (
        "uint64",
        "u64",
        "NonZeroU64",
        0.0,
        18_446_744_073_709_551_615.0,
    ),
];

// The same steps as the generator takes, with the same imprecision.
fn integer(schema: &Node) -> &'static str {
    let bound = |key: &str| schema.get(key).and_then(Node::as_float);
    let exclusive = |key: &str| if is_on(schema, key) { 1.0 } else { 0.0 };
    let mut low = bound("minimum").map(|value| value + exclusive("exclusiveMinimum"));
    let mut high = bound("maximum").map(|value| value - exclusive("exclusiveMaximum"));
    let format = schema.get("format").and_then(Node::as_str);
    if let Some((_, ty, above_zero, least, most)) =
        INTEGERS.iter().find(|(name, ..)| Some(*name) == format)
    {
        let fits = low.is_none_or(|low| low >= *least) && high.is_none_or(|high| high <= *most);
        if fits && schema.get("multipleOf").is_none() {
            return if low == Some(1.0) { above_zero } else { ty };
        }
        low = low.or(Some(*least));
        high = high.or(Some(*most));
    }
    let same = |one: f64, two: f64| (one - two).abs() <= f64::EPSILON;
    let fitting = INTEGERS
        .iter()
        .rev()
        .find_map(|(_, ty, above_zero, least, most)| match (low, high) {
            (None, None) => None,
            (Some(1.0), _) => Some(*above_zero),
            (None, Some(high)) => same(*most, high).then_some(*ty),
            (Some(low), None) => same(*least, low).then_some(*ty),
            (Some(low), Some(high)) => (same(*least, low) && same(*most, high)).then_some(*ty),
        });
    fitting.unwrap_or("i64")
}

fn array(side: &Side<'_>, schema: &Node, hint: &str, depth: usize) -> String {
    let item = schema.get("items").map_or_else(
        || "serde_json::Value".to_owned(),
        |items| {
            let inner = text(side, items, &format!("{hint}Item"), depth - 1);
            if is_on(items, "nullable") {
                format!("Option<{inner}>")
            } else {
                inner
            }
        },
    );
    let count = |key: &str| {
        schema
            .get(key)
            .and_then(Node::as_integer)
            .filter(|count| *count > 0)
    };
    match (count("minItems"), count("maxItems")) {
        (Some(least), Some(most)) if least == most && !is_on(schema, "uniqueItems") => {
            format!("[{item}; {most}]")
        }
        _ => format!("Vec<{item}>"),
    }
}

fn object(side: &Side<'_>, schema: &Node, hint: &str, depth: usize) -> String {
    let members = |key: &str| {
        schema
            .get(key)
            .is_some_and(|node| !node.entries().is_empty() || !node.items().is_empty())
    };
    if members("properties") || members("required") {
        return hint.to_owned();
    }
    match schema.get("additionalProperties") {
        Some(value) if value.as_bool() == Some(false) => hint.to_owned(),
        Some(value) if value.as_bool().is_none() && !value.entries().is_empty() => {
            let inner = text(side, value, &format!("{hint}Value"), depth - 1);
            let inner = if is_on(value, "nullable") {
                format!("Option<{inner}>")
            } else {
                inner
            };
            format!("BTreeMap<String, {inner}>")
        }
        _ => "serde_json::Map<String, serde_json::Value>".to_owned(),
    }
}
