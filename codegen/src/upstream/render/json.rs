//! JSON: the shape that `spec/CURATION.md` promises.

use serde_json::{Value, json};

use super::View;
use crate::finding::{Finding, Place};
use crate::upstream::difference::Difference;

pub(super) fn render(view: &View<'_>) -> String {
    let report = view.report;
    let left: Vec<Value> = report
        .left
        .iter()
        .map(|(server, operations)| json!({"server": server, "operations": operations}))
        .collect();
    let value = json!({
        "clean": report.is_clean(),
        "compared": report.compared,
        "not_compared": left,
        "differences": report.differences.iter().map(difference).collect::<Vec<_>>(),
        "entries": report.findings.iter().map(finding).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn difference(difference: &Difference) -> Value {
    json!({
        "kind": difference.kind.word(),
        "way": difference.way.word(),
        "at": difference.at.to_string(),
        "published": difference.published,
        "curated": difference.curated,
        "text": difference.text,
        "decided": difference.decided.is_some(),
        "operations": difference.operations,
        "here": place(&difference.here),
        "there": place(&difference.there),
    })
}

fn finding(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule,
        "text": finding.message,
        "place": place(&finding.place),
    })
}

fn place(place: &Place) -> Value {
    json!({"file": &*place.file, "line": place.line, "column": place.column})
}
