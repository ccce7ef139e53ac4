//! Responses: one success type, one error type, and statuses that the client can tell apart.

use super::bodies::JSON;
use super::edits::{self, Member};
use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Edit, Finding, rules};

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    for response in survey.all(Object::Response) {
        content(survey, response, findings);
    }
    for operation in survey.all(Object::Operation) {
        statuses(survey, operation, findings);
    }
}

/// What one response carries, apart from its status.
fn content(survey: &Survey<'_>, response: &Visit<'_>, findings: &mut Vec<Finding>) {
    let media: Vec<&Visit<'_>> = survey.children(response, "content").collect();
    if media.is_empty()
        && response
            .node
            .get("content")
            .is_some_and(|content| content.entries().is_empty())
    {
        findings.push(
            survey
                .finding(
                    &rules::RESPONSE_MEDIA_MISSING,
                    response,
                    response.key_span("content"),
                    "the response has a content without a media type",
                )
                .help(format!(
                    "write `{JSON}:` with a schema, or remove `content` if there is no body"
                )),
        );
    }
    if let Some(second) = media.get(1) {
        findings.push(
            survey
                .finding(
                    &rules::RESPONSE_MEDIA_REPEATED,
                    second,
                    second.span,
                    "a second media type stands here, and the client reads one",
                )
                .help(format!("keep `{JSON}`")),
        );
    }
    for media in media {
        let name = media.name.unwrap_or("");
        if name != JSON {
            let help = format!("write `{JSON}`; the client reads nothing else");
            let message = format!("the media type `{name}` is not supported in a response");
            findings.push(
                survey
                    .finding(
                        &rules::RESPONSE_MEDIA_UNSUPPORTED,
                        media,
                        media.span,
                        message,
                    )
                    .help(help),
            );
        } else if media.node.get("schema").is_none() {
            findings.push(
                survey
                    .finding(
                        &rules::RESPONSE_SCHEMA_MISSING,
                        media,
                        media.span,
                        "the response has no schema",
                    )
                    .help("add `schema:` with a `$ref`, or remove `content` if there is no body"),
            );
        }
        if let Some(encoding) = survey.children(media, "encoding").next() {
            findings.push(
                survey
                    .finding(
                        &rules::ENCODING_UNSUPPORTED,
                        encoding,
                        encoding.span,
                        "`encoding` means something in a request form only",
                    )
                    .help("remove it"),
            );
        }
    }
}

/// What a status stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Success,
    NotModified,
    Redirect,
    Error,
}

/// One response of an operation.
struct Outcome<'s, 'a> {
    seat: &'s Visit<'a>,
    status: &'a str,
    class: Class,
    /// The schema that is on the wire, and whether null may stand in its place; `None` without a body.
    body: Option<(&'s Visit<'a>, bool)>,
}

impl Outcome<'_, '_> {
    /// Whether the two become one Rust type: the same component, or inline schemas that say the same.
    fn same_body(&self, other: &Self) -> bool {
        match (self.body, other.body) {
            (None, None) => true,
            (Some((one, one_null)), Some((two, two_null))) => {
                let inline = one.component().is_none() && two.component().is_none();
                one_null == two_null && (one.number == two.number || inline && one.node == two.node)
            }
            _ => false,
        }
    }
}

fn statuses(survey: &Survey<'_>, operation: &Visit<'_>, findings: &mut Vec<Finding>) {
    let mut outcomes = Vec::new();
    for seat in survey.children(operation, "responses") {
        let status = seat.name.unwrap_or("");
        let class = match classify(status) {
            Ok(class) => class,
            Err((message, help)) => {
                findings.push(
                    survey
                        .finding(
                            &rules::RESPONSE_STATUS_UNSUPPORTED,
                            seat,
                            seat.span,
                            format!("the status `{status}` {message}"),
                        )
                        .help(help)
                        .fix(
                            matches!(status, "4xx" | "5xx")
                                .then(|| edits::written(survey.tree, seat.span))
                                .flatten()
                                .and_then(|key| edits::replace(seat.span, key.to_uppercase())),
                        ),
                );
                continue;
            }
        };
        let Some(response) = survey.resolved(seat) else {
            continue;
        };
        let media = survey.children(response, "content").next();
        let schema = media.and_then(|media| survey.child(media, "schema"));
        let body = schema.map(|schema| {
            let bare = survey.bare(schema).unwrap_or(schema);
            let nullable = [survey.resolved(schema), Some(bare)]
                .into_iter()
                .flatten()
                .any(|schema| schema.flag("nullable"));
            (bare, nullable)
        });
        if body.is_some() && matches!(status, "204" | "205" | "304") {
            findings.push(
                survey
                    .finding(
                        &rules::RESPONSE_BODY_NOT_ALLOWED,
                        seat,
                        seat.span,
                        format!("a response with status {status} never has a body"),
                    )
                    .help("remove its `content`"),
            );
        }
        outcomes.push(Outcome {
            seat,
            status,
            class,
            body,
        });
    }
    if operation
        .node
        .get("responses")
        .is_none_or(|responses| responses.entries().is_empty() && !responses.is_null())
    {
        if operation.node.get("responses").is_some() {
            success_missing(survey, operation, findings);
        }
        return;
    }
    success(survey, operation, &outcomes, findings);
    redirects(survey, &outcomes, findings);
    errors(survey, operation, &outcomes, findings);
}

fn classify(status: &str) -> Result<Class, (&'static str, &'static str)> {
    let digits = status.bytes().all(|byte| byte.is_ascii_digit()) && status.len() == 3;
    match (status.as_bytes(), digits) {
        (b"default", _) => Err((
            "would cover success and failure alike",
            "write `4XX` and `5XX` for errors, and each success by its status",
        )),
        (b"304", _) => Ok(Class::NotModified),
        ([b'2', ..], true) => Ok(Class::Success),
        ([b'3', ..], true) => Ok(Class::Redirect),
        ([b'4' | b'5', ..], true) | ([b'4' | b'5', b'X', b'X'], _) => Ok(Class::Error),
        ([b'1'..=b'3', b'X', b'X'], _) => Err((
            "is a range of successes",
            "write each status by its number; ranges are for `4XX` and `5XX`",
        )),
        ([b'1', ..], true) => Err(("never reaches a caller", "remove it")),
        ([b'4' | b'5', b'x', b'x'], _) => Err((
            "is not written as OpenAPI writes a range",
            "write `4XX` and `5XX` with capital letters",
        )),
        _ => Err((
            "is no HTTP status",
            "write a status such as `'200'`, or `4XX` and `5XX` for errors",
        )),
    }
}

fn success_missing(survey: &Survey<'_>, operation: &Visit<'_>, findings: &mut Vec<Finding>) {
    findings.push(
        survey
            .finding(&rules::RESPONSE_SUCCESS_MISSING, operation, operation.key_span("responses"), "the operation declares no success")
            .help("add the status with which it succeeds, such as `'200'` with a schema or `'204'` without a body"),
    );
}

/// All successes carry the same type.
fn success(
    survey: &Survey<'_>,
    operation: &Visit<'_>,
    outcomes: &[Outcome<'_, '_>],
    findings: &mut Vec<Finding>,
) {
    let mut successes = outcomes
        .iter()
        .filter(|outcome| outcome.class == Class::Success);
    let Some(first) = successes.next() else {
        // A redirect or a 304 that cannot stand alone is reported as such.
        if !outcomes
            .iter()
            .any(|outcome| matches!(outcome.class, Class::Redirect | Class::NotModified))
        {
            success_missing(survey, operation, findings);
        }
        return;
    };
    for other in successes.filter(|other| !other.same_body(first)) {
        let message = format!(
            "status {} and status {} carry different types",
            first.status, other.status
        );
        findings.push(
            survey
                .finding(
                    &rules::RESPONSE_SUCCESS_DIFFERENT,
                    other.seat,
                    other.seat.span,
                    message,
                )
                .help(
                    "give all successes one schema; members that only one of them has are optional",
                )
                .related(survey.tree.place(first.seat.span), "the other success"),
        );
    }
    let not_modified = outcomes
        .iter()
        .find(|outcome| outcome.class == Class::NotModified);
    if let Some(not_modified) = not_modified.filter(|_| first.body.is_none()) {
        findings.push(
            survey
                .finding(
                    &rules::RESPONSE_REDIRECT_UNSUPPORTED,
                    not_modified.seat,
                    not_modified.seat.span,
                    "304 beside a success without a body",
                )
                .help("give the success a schema, or remove the 304"),
        );
    }
}

/// A redirect is a value of its own, so nothing else can succeed beside it.
fn redirects(survey: &Survey<'_>, outcomes: &[Outcome<'_, '_>], findings: &mut Vec<Finding>) {
    let alone = outcomes
        .iter()
        .filter(|outcome| outcome.class != Class::Error)
        .count()
        == 1;
    for outcome in outcomes {
        let problem = match outcome.class {
            Class::Redirect if outcome.status != "307" => "is not supported",
            Class::Redirect if !alone => "stands beside another success",
            Class::Redirect if outcome.body.is_none() => "has no body that says where to go",
            Class::NotModified if alone => "stands without a success",
            _ => continue,
        };
        let message = format!("the status {} {problem}", outcome.status);
        findings.push(
            survey
                .finding(&rules::RESPONSE_REDIRECT_UNSUPPORTED, outcome.seat, outcome.seat.span, message)
                .help("the client knows a `'307'` with a JSON body as the only success, and a `'304'` without a body beside a typed `'200'`"),
        );
    }
}

/// All errors carry the same type, and every error status is covered.
fn errors(
    survey: &Survey<'_>,
    operation: &Visit<'_>,
    outcomes: &[Outcome<'_, '_>],
    findings: &mut Vec<Finding>,
) {
    for range in ["4XX", "5XX"] {
        if !outcomes.iter().any(|outcome| outcome.status == range) {
            let message = format!("the operation does not say what a {range} response carries");
            findings.push(
                survey
                    .finding(
                        &rules::RESPONSE_ERROR_MISSING,
                        operation,
                        operation.key_span("responses"),
                        message,
                    )
                    .help(format!(
                        "add `{range}: {{$ref: '#/components/responses/Error'}}` to the responses"
                    ))
                    .fix(add_error(survey, operation, range)),
            );
        }
    }
    let errors: Vec<&Outcome<'_, '_>> = outcomes
        .iter()
        .filter(|outcome| outcome.class == Class::Error)
        .collect();
    // The ranges say what an error is in general, so they are what the others are compared with.
    let Some(general) = errors
        .iter()
        .find(|outcome| outcome.status.ends_with("XX"))
        .or(errors.first())
    else {
        return;
    };
    for other in errors.iter().filter(|other| !other.same_body(general)) {
        let message = match other.body {
            None => format!(
                "status {} has no body, status {} has one",
                other.status, general.status
            ),
            Some(_) => format!(
                "status {} and status {} carry different types",
                other.status, general.status
            ),
        };
        findings.push(
            survey
                .finding(
                    &rules::RESPONSE_ERROR_DIFFERENT,
                    other.seat,
                    other.seat.span,
                    message,
                )
                .help("give all errors one schema that covers every form of the envelope")
                .related(survey.tree.place(general.seat.span), "the other error"),
        );
    }
}

/// A reference to the one response for errors, after the other responses.
fn add_error(survey: &Survey<'_>, operation: &Visit<'_>, range: &str) -> Option<Vec<Edit>> {
    survey.at("/components/responses/Error")?;
    let responses = operation.node.get("responses")?;
    // What only lacks its capital letters is there, and is mended itself.
    if responses.get(&range.to_ascii_lowercase()).is_some() {
        return None;
    }
    let last = responses.entries().last()?;
    let (key, reference) = (
        format!("'{range}':"),
        "$ref: '#/components/responses/Error'",
    );
    let member = Member {
        block: &[(0, &key), (1, reference)],
        flow: &format!("{key} {{{reference}}}"),
    };
    edits::insert(survey.tree, responses, &last.key.text, &member)
}
