//! Request bodies: one media type, one object, and fields that a form can carry.

use super::closest::closest;
use super::edits::{self, Member};
use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Edit, Finding, rules};
use crate::load::Node;

pub(super) const JSON: &str = "application/json";
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    for body in survey.all(Object::RequestBody) {
        body_itself(survey, body, findings);
        for media in survey.children(body, "content") {
            media_type(survey, media, findings);
        }
    }
    for operation in survey.all(Object::Operation) {
        if matches!(operation.member, "get" | "delete")
            && operation.node.get("requestBody").is_some()
        {
            findings.push(
                survey
                    .finding(
                        &rules::BODY_NOT_ALLOWED,
                        operation,
                        operation.key_span("requestBody"),
                        format!(
                            "a {} request has no body",
                            operation.member.to_ascii_uppercase()
                        ),
                    )
                    .help("send the values as query parameters, or use another method"),
            );
        }
    }
}

fn body_itself(survey: &Survey<'_>, body: &Visit<'_>, findings: &mut Vec<Finding>) {
    if !body.flag("required") {
        findings.push(
            survey
                .finding(&rules::BODY_OPTIONAL, body, body.key_span("required"), "the request body is not required")
                .help("write `required: true`; a body whose fields are all optional can still be empty")
                .fix(match body.node.get("required") {
                    Some(_) => edits::set(survey.tree, body.node, "required", "true", ""),
                    None => edits::insert_first(survey.tree, body.node, "required", "true"),
                }),
        );
    }
    let mut media = survey.children(body, "content");
    let (first, second) = (media.next(), media.next());
    if first.is_none() && body.node.get("content").is_some() {
        findings.push(
            survey
                .finding(
                    &rules::BODY_MEDIA_MISSING,
                    body,
                    body.key_span("content"),
                    "the request body has no media type",
                )
                .help(format!("write `{FORM}:` or `{JSON}:` under `content`")),
        );
    }
    if let Some(second) = second {
        findings.push(
            survey
                .finding(
                    &rules::BODY_MEDIA_REPEATED,
                    second,
                    second.span,
                    "a second media type stands here, and the client sends one",
                )
                .help("keep the one that the server prefers"),
        );
    }
}

fn media_type(survey: &Survey<'_>, media: &Visit<'_>, findings: &mut Vec<Finding>) {
    let name = media.name.unwrap_or("");
    if name != JSON && name != FORM {
        let message = format!("the media type `{name}` is not supported in a request");
        let help = format!("write `{FORM}` or `{JSON}`");
        findings.push(
            survey
                .finding(&rules::BODY_MEDIA_UNSUPPORTED, media, media.span, message)
                .help(help),
        );
        return;
    }
    let Some(schema) = survey.child(media, "schema") else {
        if media.node.get("schema").is_none() {
            findings.push(
                survey
                    .finding(
                        &rules::BODY_SCHEMA_MISSING,
                        media,
                        media.span,
                        "the request body has no schema",
                    )
                    .help("add `schema: {$ref: '#/components/schemas/…Request'}`"),
            );
        }
        return;
    };
    let Some(bare) = survey.bare(schema) else {
        return;
    };
    let is_object =
        bare.text("type") == Some("object") && survey.children(bare, "properties").next().is_some();
    if !is_object || bare.flag("nullable") {
        findings.push(
            survey
                .finding(
                    &rules::BODY_NOT_OBJECT,
                    schema,
                    schema.span,
                    "the request body is not an object with properties",
                )
                .help("refer to a component of `type: object` with one property for each field"),
        );
        return;
    }
    if name == FORM {
        form(survey, media, bare, findings);
    } else if let Some(encoding) = survey.children(media, "encoding").next() {
        findings.push(
            survey
                .finding(
                    &rules::ENCODING_UNSUPPORTED,
                    encoding,
                    encoding.span,
                    "`encoding` means something in a form only",
                )
                .help("remove it; every member of a JSON body is JSON"),
        );
    }
}

fn form(survey: &Survey<'_>, media: &Visit<'_>, object: &Visit<'_>, findings: &mut Vec<Finding>) {
    if object.node.get("additionalProperties").is_some() {
        findings.push(
            survey
                .finding(
                    &rules::FORM_FIELD_UNKNOWN,
                    object,
                    object.key_span("additionalProperties"),
                    "a form has only the fields that are declared",
                )
                .help("remove `additionalProperties` and declare every field"),
        );
    }
    for encoding in survey.children(media, "encoding") {
        let name = encoding.name.unwrap_or("");
        let fields = object.node.get("properties");
        if fields.and_then(|fields| fields.get(name)).is_none() {
            let names = fields.map_or(&[][..], Node::entries).iter();
            let help = match closest(name, names.map(|field| field.key.text.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    format!("add `{name}` to the properties of the schema or remove its encoding")
                }
            };
            let message = format!("the form has no field `{name}`");
            findings.push(
                survey
                    .finding(
                        &rules::ENCODING_UNDECLARED,
                        encoding,
                        encoding.span,
                        message,
                    )
                    .help(help),
            );
        }
        if encoding.text("contentType") != Some(JSON) {
            findings.push(
                survey
                    .finding(
                        &rules::ENCODING_UNSUPPORTED,
                        encoding,
                        encoding.value_span("contentType"),
                        "a form field is either plain text or one JSON document",
                    )
                    .help(format!(
                        "write `contentType: {JSON}`, or remove the encoding of a plain field"
                    )),
            );
        }
    }
    for field in survey.children(object, "properties") {
        let name = field.name.unwrap_or("");
        let encoded = media
            .node
            .get("encoding")
            .is_some_and(|list| list.get(name).is_some());
        let Some(bare) = survey.bare(field).filter(|_| !encoded) else {
            continue;
        };
        let kind = bare.text("type");
        if !matches!(kind, Some("string" | "integer" | "number" | "boolean")) {
            let what = match kind {
                Some(kind) => format!("of type `{kind}`"),
                None => "without a type".to_owned(),
            };
            let message = format!("the form field `{name}` {what} has no agreed text");
            findings.push(
                survey
                    .finding(&rules::FORM_FIELD_UNENCODED, field, field.span, message)
                    .help(format!("add `encoding: {{{name}: {{contentType: {JSON}}}}}` beside the schema of the form, or use a plain type"))
                    .related(survey.tree.place(media.span), "sent in this form")
                    .fix(
                        matches!(kind, Some("object" | "array"))
                            .then(|| encode(survey, media, name))
                            .flatten(),
                    ),
            );
        }
    }
}

/// An encoding of the field, beside the schema or among the encodings that there are.
fn encode(survey: &Survey<'_>, media: &Visit<'_>, name: &str) -> Option<Vec<Edit>> {
    // A name that needs quotes is written by hand.
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let (key, json) = (format!("{name}:"), format!("contentType: {JSON}"));
    let flow = format!("{key} {{{json}}}");
    match media.node.get("encoding") {
        Some(encoding) => {
            let last = encoding.entries().last()?;
            let member = Member {
                block: &[(0, &key), (1, &json)],
                flow: &flow,
            };
            edits::insert(survey.tree, encoding, &last.key.text, &member)
        }
        None => {
            let member = Member {
                block: &[(0, "encoding:"), (1, &key), (2, &json)],
                flow: &format!("encoding: {{{flow}}}"),
            };
            edits::insert(survey.tree, media.node, "schema", &member)
        }
    }
}
