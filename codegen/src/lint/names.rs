//! Names: operation ids that read as a Rust user would guess them, and names that stay different in Rust.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};

use super::grammar::Object;
use super::identifiers::{
    RESERVED_ON_CALLS, RESERVED_ON_INPUTS, RESERVED_TYPES, is_plain, pascal, snake,
};
use super::survey::{Survey, Visit};
use crate::finding::{Finding, rules};
use crate::load::{Node, Span};

/// The verbs that an operation id begins with; resource handles take their method names from them.
const VERBS: &[&str] = &[
    "Add",
    "Assign",
    "Cancel",
    "Check",
    "Complete",
    "Confirm",
    "Create",
    "Delete",
    "Disable",
    "Enable",
    "Fetch",
    "Install",
    "List",
    "Publish",
    "Remove",
    "Replace",
    "Report",
    "Resume",
    "Search",
    "Send",
    "Start",
    "Stop",
    "Submit",
    "Suspend",
    "Unassign",
    "Uninstall",
    "Update",
    "Upload",
    "Validate",
    "Verify",
];

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    operation_ids(survey, findings);
    let mut schemas = Names::new("schemas", pascal);
    for schema in survey
        .visits
        .iter()
        .filter(|visit| visit.object == Object::Schema)
    {
        if let Some(name) = schema.component() {
            schemas.add(survey, schema, name, schema.span, findings);
            if RESERVED_TYPES.contains(&pascal(name).as_str()) {
                let message = format!("a type `{name}` would hide the one of Rust");
                findings.push(
                    survey
                        .finding(&rules::NAME_RESERVED, schema, schema.span, message)
                        .help("give the component a longer name, here and in every `$ref`"),
                );
            }
        }
        properties(survey, schema, findings);
        values(survey, schema, findings);
    }
    for operation in survey.all(Object::Operation) {
        arguments(survey, operation, findings);
    }
    for schema in survey.in_requests() {
        for member in survey.children(schema, "properties") {
            reserved(
                survey,
                member,
                member.name.unwrap_or(""),
                member.span,
                RESERVED_ON_INPUTS,
                findings,
            );
        }
    }
}

fn operation_ids(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    let mut exact: HashMap<&str, Span> = HashMap::new();
    let mut functions = Names::new("operations", snake);
    for operation in survey.all(Object::Operation) {
        let Some(id) = operation.text("operationId") else {
            if operation.node.get("operationId").is_none() {
                findings.push(
                    survey
                        .finding(&rules::OPERATION_ID_MISSING, operation, operation.span, "the operation has no `operationId`")
                        .help("add one that reads as a verb and a resource, such as `ListInstalledAddOns` or `FetchListing`"),
                );
            }
            continue;
        };
        let span = operation.value_span("operationId");
        if let Some(first) = exact.get(id) {
            findings.push(
                survey
                    .finding(
                        &rules::OPERATION_ID_DUPLICATE,
                        operation,
                        span,
                        format!("the operation id `{id}` stands twice"),
                    )
                    .help("give each operation an id of its own")
                    .related(survey.tree.place(*first), "the first one"),
            );
            continue;
        }
        exact.insert(id, span);
        functions.add(survey, operation, id, span, findings);
        if let Some(problem) = misnamed(id) {
            let help = format!(
                "write a verb and a resource in upper camel case, such as `ListInstalledAddOns`; the verbs are {}",
                VERBS.join(", ")
            );
            let message = format!("the operation id `{id}` {problem}");
            findings.push(
                survey
                    .finding(&rules::OPERATION_ID_MISNAMED, operation, span, message)
                    .help(help),
            );
        }
    }
}

fn misnamed(id: &str) -> Option<&'static str> {
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) || pascal(id) != id {
        return Some("is not in upper camel case");
    }
    let Some(noun) = VERBS
        .iter()
        .filter_map(|verb| id.strip_prefix(verb))
        .find(|noun| noun.starts_with(|c: char| c.is_ascii_uppercase()))
    else {
        return Some("does not read as a verb and a resource");
    };
    if id.starts_with("List") && !noun.ends_with('s') {
        return Some("lists, and does not end in a plural");
    }
    None
}

/// Properties of one object become fields of one struct.
fn properties(survey: &Survey<'_>, schema: &Visit<'_>, findings: &mut Vec<Finding>) {
    let mut fields = Names::new("properties", snake);
    for property in survey.children(schema, "properties") {
        let Some(name) = property.name else { continue };
        fields.add(survey, property, name, property.span, findings);
        unusable(survey, property, name, property.span, findings);
        if snake(name) == "extra" && schema.node.get("additionalProperties").is_some() {
            findings.push(
                survey
                    .finding(
                        &rules::NAME_RESERVED,
                        property,
                        property.span,
                        "the field that keeps undeclared members is named `extra` too",
                    )
                    .help("remove `additionalProperties`, or leave this property to it"),
            );
        }
    }
}

/// Values of an enum become variants.
fn values(survey: &Survey<'_>, schema: &Visit<'_>, findings: &mut Vec<Finding>) {
    let mut variants = Names::new("values", pascal);
    let mut seen = HashSet::new();
    for value in schema.node.get("enum").map_or(&[][..], Node::items) {
        // Equal values have a rule of their own.
        let Some(text) = value.as_str().filter(|text| seen.insert(*text)) else {
            continue;
        };
        variants.add(survey, schema, text, value.span(), findings);
    }
}

/// The parameters of an operation and the fields of its body are set side by side on one call.
fn arguments(survey: &Survey<'_>, operation: &Visit<'_>, findings: &mut Vec<Finding>) {
    let mut arguments = Names::new("parameters and body fields", snake);
    let own: Vec<&Visit<'_>> = survey.children(operation, "parameters").collect();
    let replaced: HashSet<&str> = own
        .iter()
        .filter_map(|seat| parameter_name(survey, seat))
        .collect();
    let path = survey.parent(operation).into_iter();
    let shared = path
        .flat_map(|path| survey.children(path, "parameters"))
        .filter(|seat| parameter_name(survey, seat).is_some_and(|name| !replaced.contains(name)));
    let mut taken = HashSet::new();
    for seat in shared.chain(own.iter().copied()) {
        let name = parameter_name(survey, seat);
        let Some(name) = name.filter(|name| taken.insert(*name)) else {
            continue;
        };
        let span = if seat.reference.is_some() {
            seat.value_span("$ref")
        } else {
            seat.value_span("name")
        };
        arguments.add(survey, seat, name, span, findings);
        unusable(survey, seat, name, span, findings);
        reserved(survey, seat, name, span, RESERVED_ON_CALLS, findings);
    }
    let taken: HashSet<String> = taken.into_iter().map(snake).collect();
    for field in body_fields(survey, operation) {
        let Some(name) = field.name else { continue };
        // Two fields that collide with each other are found at their schema.
        if taken.contains(&snake(name)) {
            arguments.add(survey, field, name, field.span, findings);
        }
        reserved(survey, field, name, field.span, RESERVED_ON_CALLS, findings);
    }
}

fn parameter_name<'a>(survey: &Survey<'a>, seat: &Visit<'a>) -> Option<&'a str> {
    survey.resolved(seat)?.text("name")
}

/// The properties of the schemas of the operation's request body.
fn body_fields<'s, 'a>(survey: &'s Survey<'a>, operation: &Visit<'a>) -> Vec<&'s Visit<'a>> {
    let body = survey
        .child(operation, "requestBody")
        .and_then(|body| survey.resolved(body));
    let Some(body) = body else { return Vec::new() };
    survey
        .children(body, "content")
        .filter_map(|media| survey.bare(survey.child(media, "schema")?))
        .flat_map(|schema| survey.children(schema, "properties"))
        .collect()
}

/// A member or a parameter needs a name that Rust can spell.
fn unusable(
    survey: &Survey<'_>,
    visit: &Visit<'_>,
    name: &str,
    span: Span,
    findings: &mut Vec<Finding>,
) {
    if !is_plain(name) {
        findings.push(
            survey
                .finding(&rules::NAME_UNUSABLE, visit, span, format!("`{name}` cannot become a Rust name"))
                .help("leave it out, or accept it through `additionalProperties: true`; a name begins with a letter and is ASCII"),
        );
    }
}

fn reserved(
    survey: &Survey<'_>,
    visit: &Visit<'_>,
    name: &str,
    span: Span,
    taken: &[&str],
    findings: &mut Vec<Finding>,
) {
    let rust = snake(name);
    if taken.contains(&rust.as_str()) {
        findings.push(
            survey
                .finding(&rules::NAME_RESERVED, visit, span, format!("`{name}` becomes `{rust}`, which the generated code has already"))
                .help("leave it out until the generator has another name for it; the name on the wire cannot be changed here"),
        );
    }
}

/// Names that become Rust names in one scope.
struct Names<'a> {
    what: &'static str,
    convert: fn(&str) -> String,
    seen: HashMap<String, (&'a str, Span)>,
}

impl<'a> Names<'a> {
    fn new(what: &'static str, convert: fn(&str) -> String) -> Self {
        Self {
            what,
            convert,
            seen: HashMap::new(),
        }
    }

    /// Adds a name, and reports it if another one has the same Rust name.
    fn add(
        &mut self,
        survey: &Survey<'_>,
        visit: &Visit<'_>,
        name: &'a str,
        span: Span,
        findings: &mut Vec<Finding>,
    ) {
        let rust = (self.convert)(name);
        if let Some((first, place)) = self.seen.get(&rust) {
            let message = format!(
                "the {} `{first}` and `{name}` are both `{rust}` in Rust",
                self.what
            );
            findings.push(
                survey
                    .finding(&rules::NAME_COLLISION, visit, span, message)
                    .label(format!("becomes `{rust}`"))
                    .help("keep one of the two, or give one of them another name if the wire allows it")
                    .related(survey.tree.place(*place), format!("becomes `{rust}` too")),
            );
        } else {
            self.seen.insert(rust, (name, span));
        }
    }
}
