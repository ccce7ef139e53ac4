//! The pairs of documents in `documents/rules`: a bad one and a good one for each rule, and what is found in the bad one.

#![allow(dead_code, reason = "each test takes the part that it needs")]

use std::path::{Path, PathBuf};

use codegen::finding::{Finding, Severity};

/// Rules that no pair can show: one needs 16 MiB, the others speak up when a stage before them has failed to.
pub const WITHOUT_PAIR: &[&str] = &[
    "TEXT_TOO_LARGE",
    "DOCUMENT_UNREADABLE",
    "GENERATOR_REFUSES",
    "GENERATOR_UNREADABLE",
    "OPERATION_NOT_EMITTED",
    "SETTER_NAME_COLLIDES",
    "SID_PATTERN_UNSUPPORTED",
    "TYPE_UNSUPPORTED",
];

/// The folder of the pairs.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/rules")
}

/// The id and the folder of each pair, in order.
pub fn pairs() -> Vec<(String, PathBuf)> {
    let mut pairs: Vec<(String, PathBuf)> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
        .collect();
    pairs.sort();
    pairs
}

/// What `xtask lint` finds: what the linter says, and where that stops nothing, what the later stages say.
pub fn findings(name: &str, bytes: &[u8]) -> Vec<Finding> {
    let mut findings = match codegen::load::load(name, bytes) {
        Ok(tree) => codegen::lint::lint(&tree),
        Err(findings) => return findings,
    };
    let stops = |finding: &Finding| finding.severity == Severity::Error;
    if !findings.iter().any(stops)
        && let Err(refused) = codegen::run(name, bytes)
    {
        findings.extend(refused);
        findings.sort();
    }
    findings
}

/// What is found in one file of a pair.
pub fn findings_in(path: &Path) -> Vec<Finding> {
    let name = path.file_name().unwrap().to_str().unwrap();
    findings(name, &std::fs::read(path).unwrap())
}

/// Whether the tests are to write down what they see instead of comparing it: `EXPECT=update` in the environment.
pub fn update() -> bool {
    std::env::var_os("EXPECT").is_some_and(|value| value == "update")
}
