//! JSON: the shape that `spec/diff.md` promises.

use serde_json::Value;

use super::View;
use crate::diff::change::{Change, Reached};
use crate::finding::Place;

pub(super) fn render(view: &View<'_>) -> String {
    let changes: Vec<String> = view.report.changes.iter().map(change).collect();
    let changes = if changes.is_empty() {
        "[]".to_owned()
    } else {
        format!("[\n    {}\n  ]", changes.join(",\n    "))
    };
    let semver = view.report.semver(view.promise);
    let breaking = view.report.is_breaking(view.promise);
    format!(
        "{{\n  \"semver\": \"{semver}\",\n  \"breaking\": {breaking},\n  \"changes\": {changes}\n}}\n"
    )
}

/// An object on one line, its members in the order in which they are documented.
fn object(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\": {value}"))
        .collect();
    format!("{{{}}}", members.join(", "))
}

fn text(text: &str) -> String {
    Value::from(text).to_string()
}

fn optional(value: Option<&str>) -> String {
    Value::from(value).to_string()
}

fn list(values: impl Iterator<Item = String>) -> String {
    format!("[{}]", values.collect::<Vec<_>>().join(", "))
}

fn change(change: &Change) -> String {
    let operation = change.operation();
    let rust = change.rust.as_ref();
    object(&[
        ("id", text(change.id())),
        ("wire", text(change.verdicts.wire.word())),
        ("source", text(change.verdicts.source.word())),
        ("runtime", text(change.verdicts.runtime.word())),
        (
            "operation",
            optional(operation.map(|reached| reached.operation.as_str())),
        ),
        (
            "path",
            optional(operation.map(|reached| reached.path.as_str())),
        ),
        ("text", text(&change.text)),
        ("base", place(&change.base)),
        ("revision", place(&change.revision)),
        ("fingerprint", text(&change.fingerprint)),
        ("group", text(change.rule.group)),
        (
            "method",
            optional(operation.map(|reached| reached.method.as_str())),
        ),
        ("pointer", text(&change.pointer)),
        ("used_by", list(change.used_by.iter().map(reached))),
        (
            "rust_base",
            optional(rust.and_then(|lines| lines.base.as_deref())),
        ),
        (
            "rust_revision",
            optional(rust.and_then(|lines| lines.revision.as_deref())),
        ),
        ("see", Value::from(change.see.map(|at| at + 1)).to_string()),
        ("acknowledged", optional(change.acknowledged.as_deref())),
    ])
}

fn reached(reached: &Reached) -> String {
    object(&[
        ("operation", text(&reached.operation)),
        ("method", text(&reached.method)),
        ("path", text(&reached.path)),
        ("via", list(reached.via.iter().map(|name| text(name)))),
    ])
}

fn place(place: &Place) -> String {
    object(&[
        ("line", place.line.to_string()),
        ("column", place.column.to_string()),
        ("file", text(&place.file)),
    ])
}
