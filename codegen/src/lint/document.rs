//! The document as a whole: version, servers, security, tags.

use std::collections::BTreeMap;

use super::closest::closest;
use super::edits;
use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Edit, Finding, rules};
use crate::load::{Kind, Node, Span, Tree, first_line};

/// The version decides whether anything else makes sense, so it is looked at before the walk.
pub(super) fn version(tree: &Tree) -> Option<Finding> {
    let root = tree.root();
    let find = |key: &str| {
        root.entry(key)
            .map(|entry| (entry.value.as_text().unwrap_or(""), entry.value.span()))
    };
    let first = root
        .entries()
        .first()
        .map_or(Span::default(), |entry| entry.key.span);
    let help = "write `openapi: 3.0.3`";
    let (message, span) = match (find("openapi"), find("swagger")) {
        (Some((version, span)), _) => {
            let patch = version.strip_prefix("3.0.").unwrap_or("");
            if !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            (
                format!("OpenAPI version `{version}` is not supported"),
                span,
            )
        }
        (None, Some((version, span))) => (format!("Swagger {version} is not supported"), span),
        (None, None) => (
            "the document does not say which OpenAPI version it is".to_owned(),
            first,
        ),
    };
    let place = tree.place(first_line(tree.text(), span));
    Some(
        Finding::new(&rules::DOCUMENT_VERSION_UNSUPPORTED, place, message)
            .pointer("/openapi")
            .help(help),
    )
}

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    info_version(survey, findings);
    servers(survey, findings);
    security(survey, findings);
    tags(survey, findings);
}

/// The version of the API description becomes a header value of every request.
fn info_version(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    for info in survey.all(Object::Info) {
        let Some(version) = info.text("version") else {
            continue;
        };
        if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_graphic()) {
            let message = "`info: version` holds something else than visible ASCII characters";
            findings.push(
                survey
                    .finding(
                        &rules::INFO_VERSION_INVALID,
                        info,
                        info.value_span("version"),
                        message,
                    )
                    .help("write a version such as `1.0.0`; it can become a header value"),
            );
        }
    }
}

fn servers(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    for server in survey.all(Object::Server) {
        let Some(url) = server.text("url") else {
            continue;
        };
        let problem = match url.strip_prefix("https://") {
            None => Some("is not an https URL"),
            Some(rest) if rest.contains(['{', '}']) => Some("has variables"),
            Some(rest) if !is_host(rest) => Some("is not just a host"),
            Some(_) => None,
        };
        if let Some(problem) = problem {
            findings.push(
                survey
                    .finding(&rules::SERVER_URL_UNSUPPORTED, server, server.value_span("url"), format!("the server `{url}` {problem}"))
                    .help("write the host alone, such as `https://marketplace.twilio.com`, and the whole path under `paths`")
                    .fix(without_slash(survey, server, url)),
            );
        }
        if server.node.get("variables").is_some() {
            findings.push(
                survey
                    .finding(&rules::SERVER_URL_UNSUPPORTED, server, server.key_span("variables"), "the server has variables")
                    .help("remove `variables` and write the host in full; the client can be given another host"),
            );
        }
    }
    let top = survey
        .at("")
        .map(|document| survey.children(document, "servers").count());
    for place in survey
        .all(Object::Document)
        .chain(survey.all(Object::PathItem))
    {
        if let Some(second) = survey.children(place, "servers").nth(1) {
            findings.push(
                survey
                    .finding(&rules::SERVER_REPEATED, second, second.span, "a second server stands here, and the client would not know which one to call")
                    .help("keep one server; a client can be given another host when it is built"),
            );
        }
    }
    for path in survey.all(Object::PathItem) {
        let own = survey.children(path, "servers").next().is_some();
        if !own && top == Some(0) {
            findings.push(
                survey
                    .finding(&rules::SERVER_MISSING, path, path.span, "no server is known for this path")
                    .help("add `servers: [{url: https://…}]` to the path or at the top of the document"),
            );
        }
    }
}

/// A slash at the end is one too many, and nothing else needs to change.
fn without_slash(survey: &Survey<'_>, server: &Visit<'_>, url: &str) -> Option<Vec<Edit>> {
    let shorter = url.strip_suffix('/')?;
    let host = shorter.strip_prefix("https://")?;
    is_host(host).then(|| edits::rewrite(survey.tree, server.node.get("url")?, shorter))?
}

/// A host name with an optional port and nothing after it.
fn is_host(rest: &str) -> bool {
    let (host, port) = rest
        .split_once(':')
        .map_or((rest, None), |(host, port)| (host, Some(port)));
    let labels = !host.is_empty()
        && host.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
    labels && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

fn security(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    let Some(document) = survey.at("") else {
        return;
    };
    let schemes: Vec<&Visit<'_>> = survey.all(Object::SecurityScheme).collect();
    for scheme in &schemes {
        let basic = scheme.text("type") == Some("http")
            && scheme
                .text("scheme")
                .is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic"));
        if !basic {
            findings.push(
                survey
                    .finding(
                        &rules::SECURITY_SCHEME_UNSUPPORTED,
                        scheme,
                        scheme.span,
                        "only HTTP Basic is supported",
                    )
                    .help("write `type: http` and `scheme: basic`"),
            );
        }
    }
    let mut requirements = survey.children(document, "security");
    let Some(first) = requirements.next() else {
        if document
            .node
            .get("security")
            .is_none_or(|node| node.kind() == Kind::Sequence)
        {
            findings.push(
                survey
                    .finding(&rules::SECURITY_MISSING, document, document.key_span("security"), "the document does not say how requests are authenticated")
                    .help("add `security: [{basicAuth: []}]` at the top and the scheme `basicAuth` under `components: securitySchemes`"),
            );
        }
        return;
    };
    for other in requirements {
        findings.push(
            survey
                .finding(
                    &rules::SECURITY_REQUIREMENT_UNSUPPORTED,
                    other,
                    other.span,
                    "a second way to authenticate stands here",
                )
                .help("keep the one that every request uses"),
        );
    }
    if first.node.entries().len() != 1 {
        findings.push(
            survey
                .finding(
                    &rules::SECURITY_REQUIREMENT_UNSUPPORTED,
                    first,
                    first.span,
                    "a security requirement names exactly one scheme",
                )
                .help("write `- basicAuth: []`"),
        );
    }
    for entry in first.node.entries() {
        let name = entry.key.text.as_str();
        let declared = survey.tree.at("/components/securitySchemes");
        if declared.and_then(|schemes| schemes.get(name)).is_none() {
            let names = schemes.iter().filter_map(|scheme| scheme.name);
            let help = match closest(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "add `{name}` under `components: securitySchemes` with `type: http` and `scheme: basic`"
                ),
            };
            let message = format!("the security scheme `{name}` is not declared");
            findings.push(
                survey
                    .finding(
                        &rules::SECURITY_SCHEME_UNDECLARED,
                        first,
                        entry.key.span,
                        message,
                    )
                    .help(help),
            );
        }
        if entry.value.kind() != Kind::Sequence || !entry.value.items().is_empty() {
            let message = "HTTP Basic has no scopes";
            findings.push(
                survey
                    .finding(
                        &rules::SECURITY_REQUIREMENT_UNSUPPORTED,
                        first,
                        entry.value.span(),
                        message,
                    )
                    .help("write `[]`"),
            );
        }
    }
}

fn tags(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    let mut declared: BTreeMap<&str, Span> = BTreeMap::new();
    for tag in survey.all(Object::Tag) {
        let Some(name) = tag.text("name") else {
            continue;
        };
        if let Some(first) = declared.get(name) {
            findings.push(
                survey
                    .finding(
                        &rules::TAG_DUPLICATE,
                        tag,
                        tag.value_span("name"),
                        format!("the tag `{name}` is declared twice"),
                    )
                    .help("keep one of the two")
                    .related(survey.tree.place(*first), "the first one"),
            );
        } else {
            declared.insert(name, tag.value_span("name"));
        }
    }
    for operation in survey.all(Object::Operation) {
        for tag in operation.node.get("tags").map_or(&[][..], Node::items) {
            let Some(name) = tag.as_str() else { continue };
            if declared.contains_key(name) {
                continue;
            }
            let help = match closest(name, declared.keys().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("add `- name: {name}` with a description to the top-level `tags`"),
            };
            let message = format!("the tag `{name}` is not declared");
            findings.push(
                survey
                    .finding(&rules::TAG_UNDECLARED, operation, tag.span(), message)
                    .help(help),
            );
        }
    }
}
