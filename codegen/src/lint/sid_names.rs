//! What a name says about a SID: a component, a parameter or a member that is named after one kind of resource holds
//! SIDs of that kind.

use std::collections::BTreeMap;

use super::grammar::Object;
use super::prefixes;
use super::sids::sid_prefix;
use super::survey::{Survey, Visit};
use crate::casing::{pascal, snake};
use crate::finding::{Finding, rules};
use crate::load::Span;

/// The SID components by name.
type Kinds<'s, 'a> = BTreeMap<&'a str, &'s Visit<'a>>;

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    let mut kinds = Kinds::new();
    for schema in survey.all(Object::Schema) {
        let prefix = schema.text("pattern").and_then(sid_prefix);
        if let (Some(name), Some(prefix)) = (schema.component(), prefix) {
            component(survey, schema, name, prefix, findings);
            kinds.insert(name, schema);
        }
    }
    for parameter in survey.all(Object::Parameter) {
        let Some(name) = parameter.text("name") else {
            continue;
        };
        let schema = survey.child(parameter, "schema");
        let wanted = match name {
            "Sid" => of_path(survey, parameter, &kinds),
            _ => named(name, &kinds),
        };
        if let (Some(schema), Some(wanted)) = (schema, wanted) {
            let span = parameter.value_span("name");
            let what = format!("the parameter `{name}`");
            agree(survey, schema, span, &what, wanted, findings);
        }
    }
    for property in survey
        .visits
        .iter()
        .filter(|visit| visit.member == "properties")
    {
        let Some(name) = property.name else { continue };
        let wanted = match name {
            "sid" => survey.parent(property).and_then(|holder| {
                let wanted = format!("{}Sid", holder.component()?);
                kinds.get(wanted.as_str()).copied()
            }),
            _ => named(name, &kinds),
        };
        if let Some(wanted) = wanted {
            let what = format!("the member `{name}`");
            agree(survey, property, property.span, &what, wanted, findings);
        }
    }
}

/// The prefix is one that Twilio gives, and the component is not named after something of another prefix.
fn component(
    survey: &Survey<'_>,
    schema: &Visit<'_>,
    name: &str,
    prefix: &str,
    findings: &mut Vec<Finding>,
) {
    let resources = prefixes::resources(prefix);
    if resources.is_empty() {
        let message = format!("`{prefix}` is no prefix that is known from Twilio");
        let help = "check the two letters; if Twilio documents them, add them to the table in codegen/src/lint/prefixes.rs";
        let span = schema.value_span("pattern");
        let finding = survey.finding(&rules::SID_PREFIX_UNKNOWN, schema, span, message);
        findings.push(finding.help(help));
    } else if let Some(resource) = name.strip_suffix("Sid")
        && prefixes::is_another(resource, prefix)
    {
        let message = format!(
            "`{name}` holds SIDs that begin with `{prefix}`, which stands for something else"
        );
        let help = format!(
            "name it `{}Sid`, here and in every `$ref`, or correct the pattern",
            resources.join("Sid` or `")
        );
        let finding = survey.finding(&rules::SID_NAME_DISAGREES, schema, schema.span, message);
        findings.push(finding.help(help));
    }
}

/// The kind that a name ends with: `referral_account_sid` is an `AccountSid`. The longest fit counts.
fn named<'s, 'a>(name: &str, kinds: &Kinds<'s, 'a>) -> Option<&'s Visit<'a>> {
    if !name.ends_with("sid") && !name.ends_with("Sid") {
        return None;
    }
    let snake = snake(name);
    let mut rest = snake.as_str();
    loop {
        if let Some(found) = kinds.get(pascal(rest).as_str()) {
            return Some(found);
        }
        rest = rest.split_once('_')?.1;
    }
}

/// The kind of `{Sid}` at the end of a path: what the segment before it is the plural of.
fn of_path<'s, 'a>(
    survey: &Survey<'a>,
    parameter: &Visit<'a>,
    kinds: &Kinds<'s, 'a>,
) -> Option<&'s Visit<'a>> {
    let mut holder = survey.parent(parameter)?;
    if holder.object == Object::Operation {
        holder = survey.parent(holder)?;
    }
    let path = holder.name.filter(|_| holder.object == Object::PathItem)?;
    let before = path
        .split("/{Sid}")
        .next()
        .filter(|before| before.len() < path.len())?;
    let resource = before.rsplit('/').next()?.strip_suffix('s')?;
    kinds.get(format!("{resource}Sid").as_str()).copied()
}

/// The schema refers to the kind, or to another one under a name that says nothing.
fn agree(
    survey: &Survey<'_>,
    schema: &Visit<'_>,
    span: Span,
    what: &str,
    wanted: &Visit<'_>,
    findings: &mut Vec<Finding>,
) {
    let Some(bare) = survey
        .bare(schema)
        .filter(|bare| bare.number != wanted.number)
    else {
        return;
    };
    let name = wanted.name.unwrap_or("");
    let (rule, message, help) = if let Some(prefix) = bare.text("pattern").and_then(sid_prefix) {
        // A SID that is described in place has a rule of its own.
        let Some(found) = bare.component() else {
            return;
        };
        if names_prefix(survey, schema, prefix) {
            return;
        }
        let message = format!("{what} refers to `{found}`, and is named as `{name}`");
        let help = format!(
            "write `$ref: '#/components/schemas/{name}'`; where the wire really has the other kind under this name, name its prefix in the description: `{prefix}`"
        );
        (&rules::SID_NAME_DISAGREES, message, help)
    } else if bare.text("type") == Some("string") {
        let message = format!("{what} is named as `{name}`, and is any text");
        let help = format!(
            "write `$ref: '#/components/schemas/{name}'` instead of the type; beside a description, as the only item of `allOf`"
        );
        (&rules::SID_UNTYPED, message, help)
    } else {
        return;
    };
    findings.push(
        survey
            .finding(rule, schema, span, message)
            .help(help)
            .related(
                survey.tree.place(wanted.span),
                "the kind that the name stands for",
            ),
    );
}

/// Whether the description of the parameter or member says which prefix its SIDs have, in backticks: the mark of a name
/// that means another kind than it says.
fn names_prefix(survey: &Survey<'_>, schema: &Visit<'_>, prefix: &str) -> bool {
    let holder = match survey.parent(schema) {
        Some(parent) if parent.object == Object::Parameter => parent,
        _ => schema,
    };
    let description = holder.text("description").unwrap_or("");
    description.contains(&format!("`{prefix}`"))
}
