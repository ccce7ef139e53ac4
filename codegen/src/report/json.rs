//! Findings as one JSON document for programs. `spec/lint.md` describes its shape, which stays as it is: members are
//! added, never renamed or removed.

use serde_json::{Map, Value, json};

use crate::finding::{Edit, Finding, Place, Severity};

/// The findings as JSON, with a line feed at the end. `text` is the document that they are about.
///
/// ```
/// let text = "openapi: 3.1.0\n";
/// let tree = codegen::load::load("api.yaml", text.as_bytes()).unwrap();
/// let json = codegen::report::json(&codegen::lint::lint(&tree), text);
/// assert!(json.contains(r#""rule": "DOCUMENT_VERSION_UNSUPPORTED""#));
/// ```
pub fn json(findings: &[Finding], text: &str) -> String {
    let (errors, warnings) = super::counted(findings);
    let findings: Vec<Value> = findings.iter().map(|finding| one(finding, text)).collect();
    let whole = json!({ "errors": errors, "warnings": warnings, "findings": findings });
    format!("{whole:#}\n")
}

fn one(finding: &Finding, text: &str) -> Value {
    let mut value = place(&finding.place, text);
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|(at, words)| {
            let mut value = place(at, text);
            value.insert("message".to_owned(), json!(words));
            Value::Object(value)
        })
        .collect();
    let fix: Vec<Value> = finding.fix.iter().map(edit).collect();
    for (name, member) in [
        ("rule", json!(finding.rule)),
        ("severity", json!(severity(finding.severity))),
        ("pointer", json!(finding.pointer)),
        ("message", json!(finding.message)),
        ("label", json!(finding.label)),
        ("help", json!(finding.help)),
        ("related", json!(related)),
        ("fix", json!(fix)),
    ] {
        value.insert(name.to_owned(), member);
    }
    Value::Object(value)
}

fn place(place: &Place, text: &str) -> Map<String, Value> {
    let (end_line, end_column) = super::end(place, text);
    [
        ("file", json!(&*place.file)),
        ("line", json!(place.line)),
        ("column", json!(place.column)),
        ("end_line", json!(end_line)),
        ("end_column", json!(end_column)),
        ("start", json!(place.start)),
        ("end", json!(place.end)),
    ]
    .into_iter()
    .map(|(name, member)| (name.to_owned(), member))
    .collect()
}

fn edit(edit: &Edit) -> Value {
    json!({ "start": edit.start, "end": edit.end, "text": edit.text })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
