//! Paths: their text, and that the parameters in braces and the declared ones are the same.

use std::collections::HashMap;

use super::closest::closest;
use super::grammar::Object;
use super::survey::{Survey, Visit};
use crate::finding::{Finding, rules};

/// The methods that the client calls, in the order in which operations of a path are listed.
const METHODS: &[&str] = &["get", "put", "post", "delete", "patch"];

/// The longest path; servers refuse longer ones.
const LONGEST: usize = 2048;

pub(super) fn check(survey: &Survey<'_>, findings: &mut Vec<Finding>) {
    let mut by_form: HashMap<String, &Visit<'_>> = HashMap::new();
    for path in survey.all(Object::PathItem) {
        let Some(text) = path.name else { continue };
        let names = match template(text) {
            Ok(names) => names,
            Err(problem) => {
                findings.push(
                    survey
                        .finding(&rules::PATH_MALFORMED, path, path.span, format!("the path `{text}` {problem}"))
                        .help("write it as `/v1/Listings/{Sid}`: slashes, plain characters, and names in braces"),
                );
                continue;
            }
        };
        let form = names.iter().fold(text.to_owned(), |form, name| {
            form.replace(&format!("{{{name}}}"), "{}")
        });
        if let Some(first) = by_form.get(&form) {
            findings.push(
                survey
                    .finding(
                        &rules::PATH_DUPLICATE,
                        path,
                        path.span,
                        "this path differs from another one only in the names of its parameters",
                    )
                    .help("put all operations of the path under one key")
                    .related(survey.tree.place(first.span), "the other one"),
            );
        } else {
            by_form.insert(form, path);
        }
        parameters(survey, path, &names, findings);
    }
}

/// The names in braces, in their order.
fn template(path: &str) -> Result<Vec<&str>, &'static str> {
    if path.len() > LONGEST {
        return Err("is longer than a URL can be");
    }
    if !path.starts_with('/') {
        return Err("does not begin with a slash");
    }
    if path.contains("//") {
        return Err("has two slashes in a row");
    }
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((literal, after)) = rest.split_once('{') {
        check_literal(literal)?;
        let (name, behind) = after
            .split_once('}')
            .ok_or("has a brace that is not closed")?;
        if name.is_empty() {
            return Err("has braces without a name");
        }
        if name.contains(['{', '/', '?', '#']) {
            return Err("has a name in braces that cannot be one");
        }
        if names.contains(&name) {
            return Err("names one parameter twice");
        }
        names.push(name);
        rest = behind;
        if rest.starts_with('{') {
            return Err("has two parameters without anything between them");
        }
    }
    check_literal(rest)?;
    Ok(names)
}

/// What stands between the parameters goes into the URL as it is.
fn check_literal(text: &str) -> Result<(), &'static str> {
    if text.contains('}') {
        return Err("has a closing brace without an opening one");
    }
    if text.contains(['?', '#']) {
        return Err("holds a query or a fragment");
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte);
    if !text.bytes().all(plain) {
        return Err("holds characters that a URL path cannot hold unencoded");
    }
    if text.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err("holds a dot segment, which a client removes before it sends the request");
    }
    Ok(())
}

/// Compares the names in braces with the path parameters of each operation.
fn parameters(survey: &Survey<'_>, path: &Visit<'_>, names: &[&str], findings: &mut Vec<Finding>) {
    let declared = |holder: &Visit<'_>| -> Vec<(String, usize)> {
        survey
            .children(holder, "parameters")
            .filter_map(|seat| Some((seat, survey.resolved(seat)?)))
            .filter(|(_, parameter)| parameter.text("in") == Some("path"))
            .filter_map(|(seat, parameter)| Some((parameter.text("name")?.to_owned(), seat.number)))
            .collect()
    };
    let shared = declared(path);
    let operations: Vec<&Visit<'_>> = METHODS
        .iter()
        .filter_map(|method| survey.child(path, method))
        .collect();
    let own: Vec<Vec<(String, usize)>> = operations
        .iter()
        .map(|operation| declared(operation))
        .collect();
    for (name, seat) in shared.iter().chain(own.iter().flatten()) {
        if names.contains(&name.as_str()) {
            continue;
        }
        let Some(seat) = survey.visits.get(*seat) else {
            continue;
        };
        let span = if seat.reference.is_some() {
            seat.value_span("$ref")
        } else {
            seat.value_span("name")
        };
        let help = match closest(name, names.iter().copied()) {
            Some(near) => format!("the path has `{{{near}}}`; use the same name in both places"),
            None => format!("add `{{{name}}}` to the path or remove the parameter"),
        };
        let message = format!("the path parameter `{name}` does not stand in the path");
        findings.push(
            survey
                .finding(&rules::PATH_PARAMETER_UNUSED, seat, span, message)
                .help(help)
                .related(survey.tree.place(path.span), "the path"),
        );
    }
    for name in names {
        let known = |list: &[(String, usize)]| list.iter().any(|(declared, _)| declared == name);
        if known(&shared) {
            continue;
        }
        let without: Vec<&&Visit<'_>> = operations
            .iter()
            .zip(&own)
            .filter(|(_, own)| !known(own))
            .map(|(operation, _)| operation)
            .collect();
        let help = format!(
            "add to `parameters` of the path: `name: {name}`, `in: path`, `required: true` and a schema"
        );
        if without.len() == operations.len() {
            let message = format!("the path parameter `{name}` is not declared");
            findings.push(
                survey
                    .finding(&rules::PATH_PARAMETER_UNDECLARED, path, path.span, message)
                    .help(help),
            );
            continue;
        }
        for operation in without {
            let message = format!("the path parameter `{name}` is not declared for this operation");
            findings.push(
                survey
                    .finding(
                        &rules::PATH_PARAMETER_UNDECLARED,
                        operation,
                        operation.span,
                        message,
                    )
                    .help(help.clone())
                    .related(survey.tree.place(path.span), "the path"),
            );
        }
    }
}
