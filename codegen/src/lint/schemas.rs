//! Schemas: the part of JSON Schema that becomes a Rust type, and nothing that would be passed over or misread.

use std::collections::HashSet;

use super::closest::closest;
use super::edits;
use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Finding, rules};
use crate::load::Kind;

const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    for schema in survey.all(Object::Schema) {
        if schema.node.get("allOf").is_some() {
            all_of(survey, schema, findings);
            continue;
        }
        match schema.text("type") {
            None => untyped(survey, schema, findings),
            Some(kind) if TYPES.contains(&kind) => typed(survey, schema, kind, findings),
            Some(other) => {
                let help = match closest(other, TYPES.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if other == "null" => {
                        "write the other type and `nullable: true`".to_owned()
                    }
                    None if other == "file" => {
                        "write `type: string`; the client sends no files".to_owned()
                    }
                    None => format!("write one of {}", TYPES.join(", ")),
                };
                let message = format!("there is no type `{other}`");
                findings.push(
                    survey
                        .finding(
                            &rules::SCHEMA_TYPE_UNKNOWN,
                            schema,
                            schema.value_span("type"),
                            message,
                        )
                        .help(help),
                );
            }
        }
    }
}

/// `allOf` is how OpenAPI 3.0 sets a description or `nullable` beside a reference. It is not read as anything else.
fn all_of(survey: &Survey<'_>, schema: &Visit<'_>, findings: &mut Vec<Finding>) {
    let Some(inner) = survey.wrapped(schema) else {
        findings.push(
            survey
                .finding(&rules::SCHEMA_ALL_OF_UNSUPPORTED, schema, schema.key_span("allOf"), "`allOf` holds something else than one `$ref`")
                .help("write the members of all parts into one component, or keep a single `$ref` in `allOf`"),
        );
        return;
    };
    if schema.component().is_some() {
        // An alias, which is reported as one.
        return;
    }
    let target = survey.bare(inner).and_then(|bare| bare.text("type"));
    if let (Some(own), Some(target)) = (schema.text("type"), target)
        && own != target
    {
        findings.push(
            survey
                .finding(
                    &rules::SCHEMA_ALL_OF_UNSUPPORTED,
                    schema,
                    schema.value_span("type"),
                    format!("`type: {own}` beside a reference to a schema of type `{target}`"),
                )
                .help(format!("write `type: {target}` or remove the line")),
        );
    }
    for entry in schema.node.entries() {
        let key = entry.key.text.as_str();
        if RULES_OF_TYPES.iter().any(|(rule, _)| *rule == key) || key == "default" {
            findings.push(
                survey
                    .finding(&rules::SCHEMA_ALL_OF_UNSUPPORTED, schema, entry.key.span, format!("`{key}` beside `allOf` is not turned into code"))
                    .help("move it to the component that `allOf` refers to, or make a second component"),
            );
        }
    }
}

/// Without a type a schema accepts any JSON, and nothing else can be said about it.
fn untyped(survey: &Survey<'_>, schema: &Visit<'_>, findings: &mut Vec<Finding>) {
    if schema.node.get("type").is_some() {
        // The type has the wrong kind, which the walk has reported.
        return;
    }
    if schema.component().is_some()
        && !schema.node.entries().iter().any(|entry| {
            RULES_OF_TYPES
                .iter()
                .any(|(rule, _)| *rule == entry.key.text)
        })
    {
        findings.push(
            survey
                .finding(
                    &rules::COMPONENT_NOT_TYPE,
                    schema,
                    schema.span,
                    "a component without a type does not become a Rust type",
                )
                .help("write a schema without a type where it is used; it accepts any JSON"),
        );
    }
    for entry in schema.node.entries() {
        let key = entry.key.text.as_str();
        let Some((_, kinds)) = RULES_OF_TYPES.iter().find(|(rule, _)| *rule == key) else {
            continue;
        };
        findings.push(
            survey
                .finding(
                    &rules::SCHEMA_TYPE_MISSING,
                    schema,
                    schema.span,
                    format!("the schema has `{key}` and no type"),
                )
                .help(format!(
                    "add `type: {}`",
                    kinds.first().copied().unwrap_or("object")
                ))
                .related(survey.tree.place(entry.key.span), "which needs a type")
                .fix(match (kinds, schema.node.get("description")) {
                    ([kind], Some(_)) => {
                        edits::insert_after(survey.tree, schema.node, "description", "type", kind)
                    }
                    ([kind], None) => edits::insert_first(survey.tree, schema.node, "type", kind),
                    _ => None,
                }),
        );
        return;
    }
}

/// Keywords that mean something for some types only.
const RULES_OF_TYPES: &[(&str, &[&str])] = &[
    ("properties", &["object"]),
    ("required", &["object"]),
    ("additionalProperties", &["object"]),
    ("items", &["array"]),
    ("minItems", &["array"]),
    ("enum", &["string"]),
    ("pattern", &["string"]),
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("minimum", &["integer", "number"]),
    ("maximum", &["integer", "number"]),
    ("format", &["string", "integer", "number"]),
];

/// The formats that have a Rust type of their own, by type.
const FORMATS: &[(&str, &[&str])] = &[
    (
        "string",
        &[
            "date-time",
            "date-time-rfc-2822",
            "uri",
            "uri-reference",
            "password",
        ],
    ),
    ("integer", &["int32", "int64"]),
    ("number", &["decimal"]),
];

fn typed(survey: &Survey<'_>, schema: &Visit<'_>, kind: &str, findings: &mut Vec<Finding>) {
    for entry in schema.node.entries() {
        let key = entry.key.text.as_str();
        let Some((_, kinds)) = RULES_OF_TYPES.iter().find(|(rule, _)| *rule == key) else {
            continue;
        };
        if !kinds.contains(&kind) {
            let help = match (key, kind) {
                ("format", "object") => "remove it; write `additionalProperties` for a map".to_owned(),
                ("enum", _) => "remove it and say in the description which values there are; only strings can be an enum".to_owned(),
                _ => format!("remove it, or write `type: {}`", kinds.join("` or `type: ")),
            };
            let message = format!("`{key}` means nothing for `type: {kind}`");
            findings.push(
                survey
                    .finding(&rules::KEYWORD_MISPLACED, schema, entry.key.span, message)
                    .help(help),
            );
        }
    }
    format(survey, schema, kind, findings);
    match kind {
        "object" => object(survey, schema, findings),
        "array" if schema.node.get("items").is_none() => findings.push(
            survey
                .finding(
                    &rules::ARRAY_ITEMS_MISSING,
                    schema,
                    schema.span,
                    "the array does not say what its items are",
                )
                .help("add `items:` with a schema"),
        ),
        _ => {}
    }
    let named = schema.component().is_some();
    if named {
        component(survey, schema, kind, findings);
    }
    let has_members = survey.children(schema, "properties").next().is_some();
    if !named && (has_members || kind == "string" && schema.node.get("enum").is_some()) {
        let what = if has_members {
            "an object with properties"
        } else {
            "an enum"
        };
        findings.push(
            survey
                .finding(&rules::SCHEMA_INLINE, schema, schema.span, format!("{what} stands here without a name"))
                .help("give it a name under `components: schemas` and write `$ref` here, so that its Rust type keeps its name"),
        );
    }
}

/// A component becomes a Rust type with a name, so it must be more than a plain value.
fn component(survey: &Survey<'_>, schema: &Visit<'_>, kind: &str, findings: &mut Vec<Finding>) {
    let has = |key: &str| schema.node.get(key).is_some();
    let is_type = match kind {
        // A pattern that is not that of a SID has a rule of its own.
        "string" => has("enum") || has("pattern"),
        "integer" => has("minimum") && has("maximum"),
        "number" => true,
        "object" => survey.children(schema, "properties").next().is_some(),
        _ => false,
    };
    if !is_type {
        findings.push(
            survey
                .finding(&rules::COMPONENT_NOT_TYPE, schema, schema.span, format!("a component of `type: {kind}` like this one does not become a Rust type"))
                .help("write the schema where it is used; components are objects with properties, enums, SIDs, integers with both bounds, and decimals"),
        );
    } else if schema.flag("nullable") {
        findings.push(
            survey
                .finding(&rules::COMPONENT_NULLABLE, schema, schema.key_span("nullable"), "a component is nullable")
                .help("remove it, and write `nullable: true` with `allOf: [{$ref: …}]` where null is allowed"),
        );
    }
}

fn format(survey: &Survey<'_>, schema: &Visit<'_>, kind: &str, findings: &mut Vec<Finding>) {
    if kind == "string" && schema.node.get("format").is_some() && schema.node.get("enum").is_some()
    {
        findings.push(
            survey
                .finding(
                    &rules::KEYWORD_MISPLACED,
                    schema,
                    schema.key_span("format"),
                    "`format` means nothing beside `enum`",
                )
                .help("remove it; the values say what form they have"),
        );
        return;
    }
    let known = FORMATS
        .iter()
        .find(|(of, _)| *of == kind)
        .map_or(&[][..], |(_, known)| *known);
    match schema.text("format") {
        Some(format) if !known.is_empty() && !known.contains(&format) => {
            let help = match (format, closest(format, known.iter().copied())) {
                ("float" | "double", _) => {
                    "write `format: decimal`; a binary float cannot hold an amount of money"
                        .to_owned()
                }
                (_, Some(near)) => format!("did you mean `{near}`?"),
                (_, None) => format!(
                    "write {}, or remove the format and say it in the description",
                    known.join(" or ")
                ),
            };
            let message = format!("the format `{format}` has no meaning for `type: {kind}`");
            findings.push(
                survey
                    .finding(
                        &rules::SCHEMA_FORMAT_UNKNOWN,
                        schema,
                        schema.value_span("format"),
                        message,
                    )
                    .help(help),
            );
        }
        None if kind == "number" => findings.push(
            survey
                .finding(
                    &rules::SCHEMA_NUMBER_BINARY,
                    schema,
                    schema.value_span("type"),
                    "a number without a format would become a binary float",
                )
                .help("add `format: decimal`, or write `type: integer` for whole numbers"),
        ),
        _ => {}
    }
}

fn object(survey: &Survey<'_>, schema: &Visit<'_>, findings: &mut Vec<Finding>) {
    let properties: Vec<&Visit<'_>> = survey.children(schema, "properties").collect();
    let names = || properties.iter().filter_map(|property| property.name);
    let declared: HashSet<&str> = names().collect();
    let mut seen = HashSet::new();
    let required = schema.node.get("required");
    let items = required.map_or(&[][..], |required| required.items());
    for (at, item) in items.iter().enumerate() {
        let Some(name) = item.as_str() else { continue };
        if !seen.insert(name) {
            findings.push(
                survey
                    .finding(
                        &rules::REQUIRED_DUPLICATE,
                        schema,
                        item.span(),
                        format!("`{name}` stands twice in `required`"),
                    )
                    .help("keep one of the two")
                    .fix(required.and_then(|list| edits::remove_item(survey.tree, list, at))),
            );
        } else if !declared.contains(name) {
            let help = match closest(name, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("add `{name}` to `properties` or remove it from `required`"),
            };
            let message = format!("`{name}` is required and is no property");
            findings.push(
                survey
                    .finding(&rules::REQUIRED_UNDECLARED, schema, item.span(), message)
                    .help(help),
            );
        }
    }
    let Some(additional) = schema.node.get("additionalProperties") else {
        return;
    };
    if additional.as_bool() == Some(false) {
        findings.push(
            survey
                .finding(&rules::OBJECT_CLOSED, schema, schema.key_span("additionalProperties"), "the object accepts no further member")
                .help("remove `additionalProperties: false`; a client in the field must not fail when the server sends a new member")
                .fix(
                    schema
                        .node
                        .entry("additionalProperties")
                        .and_then(|entry| edits::remove_entry(survey.tree, schema.node, entry)),
                ),
        );
    }
    let typed = additional.kind() == Kind::Mapping && !additional.entries().is_empty();
    if typed && !properties.is_empty() {
        findings.push(
            survey
                .finding(
                    &rules::OBJECT_REST_TYPED,
                    schema,
                    schema.key_span("additionalProperties"),
                    "further members of one type beside declared properties",
                )
                .help("write `additionalProperties: true`; a new member can be of any type"),
        );
    }
}
