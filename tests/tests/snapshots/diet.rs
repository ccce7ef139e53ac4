//! What depending on the client costs: every crate that its default features bring along on Linux, by name. A new
//! one is a visible line in a review.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

/// The path of the snapshot, beside those of the surface.
pub(crate) const PATH: &str = "crates";

/// The crates, one a line: first those that the client names, then those that come along.
pub(crate) fn text() -> String {
    let direct = tree(&["--depth", "1"]);
    let all = tree(&[]);
    let lines = |names: &BTreeSet<String>| -> String {
        names.iter().map(|name| format!("  {name}\n")).collect()
    };
    format!(
        "crates that generated-client names\n{}\ncrates that come along\n{}",
        lines(&direct),
        lines(&all.difference(&direct).cloned().collect())
    )
}

fn tree(more: &[&str]) -> BTreeSet<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .args(["tree", "--package", "generated-client", "--edges", "normal"])
        .args([
            "--target",
            "x86_64-unknown-linux-gnu",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .args(["--locked", "--offline"])
        .args(more)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "cargo tree failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| !name.is_empty() && *name != "generated-client")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_crate_that_the_client_names_has_its_reason_in_the_readme() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let (_, reasons) = readme.split_once("## Dependencies").unwrap();
    let silent: Vec<String> = tree(&["--depth", "1"])
        .into_iter()
        .filter(|name| !reasons.contains(&format!("`{name}`")))
        .collect();
    assert!(
        silent.is_empty(),
        "generated-client/README.md gives no reason for {silent:?}: say there why it is needed"
    );
}
