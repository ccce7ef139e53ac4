//! Operations that list: their paging parameters and the envelope of their replies, in both of Twilio's styles. A list
//! without pages says so in its description.

use super::bodies::JSON;
use super::edits::{self, Member};
use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Edit, Finding, rules};
use crate::load::Span;

/// The words in the description of a list that has no pages.
pub(super) const MARK: &str = "The list has no pages.";

const PARAMETERS: [&str; 3] = ["PageSize", "Page", "PageToken"];

/// One of the two ways in which Twilio links pages.
struct Style {
    /// Where the members stand, for a message.
    place: &'static str,
    /// The links; null on the first or the last page where the flag is set.
    links: &'static [(&'static str, bool)],
    format: &'static str,
    counts: &'static [&'static str],
}

/// The Marketplace host: absolute URLs, in a member of their own.
const META: Style = Style {
    place: "`meta`",
    links: &[
        ("first_page_url", false),
        ("next_page_url", true),
        ("previous_page_url", true),
        ("url", false),
    ],
    format: "uri",
    counts: &["page", "page_size"],
};

/// The 2010-04-01 host: relative URIs beside the items.
const FLAT: Style = Style {
    place: "the reply",
    links: &[
        ("first_page_uri", false),
        ("next_page_uri", true),
        ("previous_page_uri", true),
        ("uri", false),
    ],
    format: "uri-reference",
    counts: &["page", "page_size", "start", "end"],
};

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    for operation in survey.all(Object::Operation) {
        let lists = operation
            .text("operationId")
            .is_some_and(|id| id.starts_with("List"));
        if lists && operation.member == "get" {
            list(survey, operation, findings);
        }
    }
}

fn list(survey: &Survey<'_>, operation: &Visit<'_>, findings: &mut Vec<Finding>) {
    // What the reply does not say clearly is found elsewhere.
    let Some(reply) = reply(survey, operation) else {
        return;
    };
    let missing = missing_parameters(survey, operation);
    let meta = survey
        .children(reply, "properties")
        .find(|member| member.name == Some("meta"));
    let flat = survey
        .children(reply, "properties")
        .any(|member| FLAT.links.iter().any(|(link, _)| member.name == Some(link)));
    let pages = meta.is_some() || flat;
    let id = operation.value_span("operationId");
    if !pages && missing.len() == PARAMETERS.len() {
        let words: Vec<&str> = operation
            .text("description")
            .unwrap_or("")
            .split_whitespace()
            .collect();
        if !words.join(" ").contains(MARK) {
            findings.push(
                survey
                    .finding(
                        &rules::LIST_UNPAGED,
                        operation,
                        id,
                        "the list has neither paging parameters nor links to further pages",
                    )
                    .help(format!("add both, or say in the description `{MARK}`")),
            );
        }
        return;
    }
    if !missing.is_empty() {
        let message = format!("the list does not take `{}`", missing.join("`, `"));
        findings.push(
            survey
                .finding(&rules::LIST_PARAMETERS_MISSING, operation, id, message)
                .help("add `$ref: '#/components/parameters/…'` for each to `parameters`")
                .fix(add_parameters(survey, operation, &missing)),
        );
    }
    envelope(survey, reply, meta, flat, findings);
}

/// The schema of the first success.
fn reply<'s, 'a>(survey: &'s Survey<'a>, operation: &Visit<'a>) -> Option<&'s Visit<'a>> {
    let success = survey
        .children(operation, "responses")
        .find(|response| response.name.is_some_and(|status| status.starts_with('2')))?;
    let content = survey.children(survey.resolved(success)?, "content");
    let media = content.into_iter().find(|media| media.name == Some(JSON))?;
    let reply = survey.bare(survey.child(media, "schema")?)?;
    (reply.text("type") == Some("object")).then_some(reply)
}

fn missing_parameters(survey: &Survey<'_>, operation: &Visit<'_>) -> Vec<&'static str> {
    let path = survey.parent(operation);
    let seats = path
        .into_iter()
        .chain([operation])
        .flat_map(|holder| survey.children(holder, "parameters"));
    let names: Vec<&str> = seats
        .filter_map(|seat| survey.resolved(seat)?.text("name"))
        .collect();
    PARAMETERS
        .into_iter()
        .filter(|name| !names.contains(name))
        .collect()
}

fn envelope(
    survey: &Survey<'_>,
    reply: &Visit<'_>,
    meta: Option<&Visit<'_>>,
    flat: bool,
    findings: &mut Vec<Finding>,
) {
    let mut report = |visit: &Visit<'_>, span: Span, message: String, help: String| {
        findings.push(
            survey
                .finding(&rules::LIST_ENVELOPE_INCOMPLETE, visit, span, message)
                .help(help),
        );
    };
    let arrays: Vec<&Visit<'_>> = survey
        .children(reply, "properties")
        .filter(|member| {
            survey
                .bare(member)
                .is_some_and(|bare| bare.text("type") == Some("array"))
        })
        .collect();
    match arrays.as_slice() {
        [array] => {
            let required = reply
                .node
                .get("required")
                .map_or(&[][..], |list| list.items());
            if !required.iter().any(|name| name.as_str() == array.name) {
                let name = array.name.unwrap_or("");
                let message = format!("the array `{name}` of the list is not required");
                report(
                    array,
                    array.span,
                    message,
                    format!("add `{name}` to `required`; an empty list has an empty array"),
                );
            }
        }
        other => {
            let message = format!("the reply to a list holds {} arrays, not one", other.len());
            report(
                reply,
                reply.span,
                message,
                "keep one array, the items of the page".to_owned(),
            );
        }
    }
    let (holder, style) = match (meta.and_then(|meta| survey.bare(meta)), flat) {
        (Some(_), true) => {
            let message = "the reply to a list links its pages in both styles".to_owned();
            let help = "keep `meta` on the Marketplace host and the `…_uri` members on the 2010-04-01 host";
            report(reply, reply.span, message, help.to_owned());
            return;
        }
        (Some(holder), false) => (holder, &META),
        (None, true) => (reply, &FLAT),
        (None, false) => {
            let message = "the reply to a list with pages has no links to them".to_owned();
            let help = "add `meta` on the Marketplace host, or `next_page_uri` and its like on the 2010-04-01 host";
            report(reply, reply.span, message, help.to_owned());
            return;
        }
    };
    let member = |name: &str| {
        survey
            .children(holder, "properties")
            .find(|member| member.name == Some(name))
    };
    let names = style
        .links
        .iter()
        .map(|(link, _)| *link)
        .chain(style.counts.iter().copied());
    let missing: Vec<&str> = names.filter(|name| member(name).is_none()).collect();
    if !missing.is_empty() {
        let message = format!("{} of a list lacks `{}`", style.place, missing.join("`, `"));
        report(
            holder,
            holder.span,
            message,
            "add what Twilio sends with every page".to_owned(),
        );
    }
    for (link, nullable) in style.links {
        let Some(seat) = member(link) else { continue };
        let Some(bare) = survey.bare(seat) else {
            continue;
        };
        if bare.text("format") != Some(style.format) {
            let message = format!("`{link}` of a list is not of `format: {}`", style.format);
            report(
                seat,
                seat.span,
                message,
                format!("write `type: string` and `format: {}`", style.format),
            );
        } else if *nullable && !seat.flag("nullable") {
            let message = format!("`{link}` of a list is not nullable");
            report(
                seat,
                seat.span,
                message,
                "add `nullable: true`; there is no such page at one end of the list".to_owned(),
            );
        }
    }
}

/// References to the components, at the end of the operation's parameters.
fn add_parameters(
    survey: &Survey<'_>,
    operation: &Visit<'_>,
    missing: &[&str],
) -> Option<Vec<Edit>> {
    let declared = |name: &&str| {
        survey
            .at(&format!("/components/parameters/{name}"))
            .is_some()
    };
    if !missing.iter().all(declared) {
        return None;
    }
    let references: Vec<String> = missing
        .iter()
        .map(|name| format!("$ref: '#/components/parameters/{name}'"))
        .collect();
    let flow: Vec<String> = references
        .iter()
        .map(|reference| format!("{{{reference}}}"))
        .collect();
    if let Some(list) = operation.node.get("parameters") {
        return edits::append(survey.tree, list, &references, &flow.join(", "));
    }
    let items: Vec<String> = references
        .iter()
        .map(|reference| format!("- {reference}"))
        .collect();
    let mut block = vec![(0, "parameters:")];
    block.extend(items.iter().map(|item| (1, item.as_str())));
    let member = Member {
        block: &block,
        flow: &format!("parameters: [{}]", flow.join(", ")),
    };
    let neighbour = ["description", "summary", "tags", "operationId"]
        .into_iter()
        .find(|key| operation.node.get(key).is_some())?;
    edits::insert(survey.tree, operation.node, neighbour, &member)
}
