//! Compares every pair of documents in a folder and prints where the verdict on the wire is another than the one that
//! the folder's `cases.json` notes: `cargo run -p codegen --example diff_cases -- <folder>`.
//!
//! The file holds a list of `{"name", "base", "revision", "breaking"}`; the two paths are relative to the folder. The
//! program fails when a pair cannot be read. A disagreement is an opinion to look at and does not make it fail.

use std::error::Error;
use std::path::{Path, PathBuf};

use codegen::diff::{Promise, Verdict, diff};
use codegen::load::{Tree, load};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .map(PathBuf::from)
        .ok_or("name the folder that holds cases.json")?;
    let cases: Value = serde_json::from_slice(&std::fs::read(folder.join("cases.json"))?)?;
    let cases = cases.as_array().ok_or("cases.json holds no list")?;
    let mut disagreements = 0;
    for case in cases {
        let text = |key: &str| {
            case.get(key)
                .and_then(Value::as_str)
                .ok_or(format!("a case has no `{key}`"))
        };
        let expected = case
            .get("breaking")
            .and_then(Value::as_bool)
            .ok_or("a case has no `breaking`")?;
        let (base, revision) = (
            read(&folder, text("base")?)?,
            read(&folder, text("revision")?)?,
        );
        let report = diff(&base, &revision);
        let found = report
            .changes
            .iter()
            .any(|change| change.verdicts.on(Promise::Wire) == Verdict::Breaking);
        if found != expected {
            disagreements += 1;
            println!(
                "{}: here breaking={found}, there breaking={expected}",
                text("name")?
            );
            for change in &report.changes {
                println!(
                    "    {:8} {} {}: {}",
                    change.verdicts.wire,
                    change.id(),
                    change.revision,
                    change.text
                );
            }
        }
    }
    println!("{} pairs, {disagreements} disagreements", cases.len());
    Ok(())
}

fn read(folder: &Path, name: &str) -> Result<Tree, Box<dyn Error>> {
    let bytes = std::fs::read(folder.join(name))?;
    load(name, &bytes).map_err(|findings| {
        let first = findings
            .first()
            .map(|finding| format!("{}: {}", finding.place, finding.message));
        first
            .unwrap_or_else(|| format!("{name} cannot be read"))
            .into()
    })
}
