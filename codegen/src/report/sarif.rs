//! Findings in the Static Analysis Results Interchange Format, version 2.1.0, which code hosts and editors read.

use serde_json::{Value, json};

use crate::finding::rules::RULES;
use crate::finding::{Finding, Place, Rule, Severity};

/// Where a reader of the report finds the pages of `spec/rules`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages<'a> {
    /// Nowhere but in the report, which holds the pages in any case.
    Inside,
    /// Below this absolute URL: `https://…/spec/rules`.
    Under(&'a str),
}

/// The findings as one SARIF log with one run, with a line feed at the end. `text` is the document that they are about.
///
/// Columns count characters, places are relative to the root of the sources where the document is named so.
///
/// ```
/// use codegen::report::{Pages, sarif};
/// let text = "openapi: 3.1.0\n";
/// let tree = codegen::load::load("api.yaml", text.as_bytes()).unwrap();
/// let log = sarif(&codegen::lint::lint(&tree), text, Pages::Inside);
/// assert!(log.contains(r#""ruleId": "DOCUMENT_VERSION_UNSUPPORTED""#));
/// ```
pub fn sarif(findings: &[Finding], text: &str, pages: Pages<'_>) -> String {
    let rules: Vec<Value> = RULES.iter().map(|rule| described(rule, pages)).collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| result(finding, text))
        .collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "xtask lint",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn described(rule: &Rule, pages: Pages<'_>) -> Value {
    let page = rule.page().unwrap_or(rule.summary);
    let url = match pages {
        Pages::Under(url) => json!(format!("{}/{}.md", url.trim_end_matches('/'), rule.id)),
        Pages::Inside => Value::Null,
    };
    object([
        ("id", json!(rule.id)),
        ("shortDescription", json!({ "text": rule.summary })),
        ("help", json!({ "text": page, "markdown": page })),
        ("helpUri", url),
        (
            "defaultConfiguration",
            json!({ "level": level(rule.severity) }),
        ),
    ])
}

/// An object without the members that are null.
fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    members
        .into_iter()
        .filter(|(_, member)| !member.is_null())
        .map(|(name, member)| (name.to_owned(), member))
        .collect()
}

/// A list, or null where it would be empty.
fn some(list: Vec<Value>) -> Value {
    if list.is_empty() {
        Value::Null
    } else {
        Value::Array(list)
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn result(finding: &Finding, text: &str) -> Value {
    let message = match finding.help.as_str() {
        "" => finding.message.clone(),
        help => format!("{}\n{help}", finding.message),
    };
    let index = RULES.iter().position(|rule| rule.id == finding.rule);
    let logical = match finding.pointer.as_str() {
        "" => Value::Null,
        pointer => json!([{ "fullyQualifiedName": pointer, "kind": "value" }]),
    };
    let related = finding.related.iter();
    let related = related.map(|(place, words)| location(place, text, words, Value::Null));
    let fixes = match finding.fix.is_empty() {
        true => Value::Null,
        false => json!([fix(finding, text)]),
    };
    object([
        ("ruleId", json!(finding.rule)),
        ("ruleIndex", json!(index)),
        ("level", json!(level(finding.severity))),
        ("message", json!({ "text": message })),
        (
            "locations",
            json!([location(&finding.place, text, &finding.label, logical)]),
        ),
        ("relatedLocations", some(related.collect())),
        ("fixes", fixes),
    ])
}

fn location(place: &Place, text: &str, words: &str, logical: Value) -> Value {
    let (end_line, end_column) = super::end(place, text);
    let physical = json!({
        "artifactLocation": artifact(&place.file),
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": end_line,
            "endColumn": end_column,
        },
    });
    let message = match words {
        "" => Value::Null,
        words => json!({ "text": words }),
    };
    object([
        ("physicalLocation", physical),
        ("logicalLocations", logical),
        ("message", message),
    ])
}

fn fix(finding: &Finding, text: &str) -> Value {
    let replacements: Vec<Value> = finding
        .fix
        .iter()
        .map(|edit| {
            json!({
                "deletedRegion": {
                    "charOffset": characters(text.get(..edit.start)),
                    "charLength": characters(text.get(edit.start..edit.end)),
                },
                "insertedContent": { "text": edit.text },
            })
        })
        .collect();
    json!({
        "description": { "text": finding.help },
        "artifactChanges": [{
            "artifactLocation": artifact(&finding.place.file),
            "replacements": replacements,
        }],
    })
}

fn characters(text: Option<&str>) -> usize {
    text.map_or(0, |text| text.chars().count())
}

/// A relative name is one in the sources; another one stands for itself.
fn artifact(file: &str) -> Value {
    let slashed = file.replace('\\', "/");
    let bytes = slashed.as_bytes();
    let drive = bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':');
    match (slashed.starts_with('/'), drive) {
        (true, _) => json!({ "uri": format!("file://{}", encoded(&slashed)) }),
        (_, true) => {
            json!({ "uri": format!("file:///{}", encoded(&slashed).replacen("%3A", ":", 1)) })
        }
        _ => json!({ "uri": encoded(&slashed), "uriBaseId": "%SRCROOT%" }),
    }
}

/// Percent-encodes what a path of a URI cannot hold as it is.
fn encoded(path: &str) -> String {
    use std::fmt::Write as _;
    path.bytes().fold(String::new(), |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}
