//! The pairs of documents under `tests/diff`: one folder for each rule, named after it.

// Each test program uses a part of this.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use codegen::diff::{Change, Report, diff};
use codegen::load::{Kind, Node, Tree, load};

/// A folder with two documents.
#[derive(Debug)]
pub struct Pair {
    /// The rule that the pair is about.
    pub rule: String,
    /// Where it lies.
    pub folder: PathBuf,
    /// The document before.
    pub base: Tree,
    /// The document after.
    pub revision: Tree,
}

impl Pair {
    /// The changes from the one document to the other.
    pub fn report(&self) -> Report {
        diff(&self.base, &self.revision)
    }

    /// The changes from the other document to the one.
    pub fn reversed(&self) -> Report {
        diff(&self.revision, &self.base)
    }
}

/// Every pair, by the name of its rule, read once.
pub fn all() -> &'static [Pair] {
    static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(read);
    &PAIRS
}

fn read() -> Vec<Pair> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    let pairs = folders.into_iter().map(|folder| Pair {
        rule: folder.file_name().unwrap().to_str().unwrap().to_owned(),
        base: document(&folder, "base.yaml"),
        revision: document(&folder, "revision.yaml"),
        folder,
    });
    pairs.collect()
}

fn document(folder: &Path, name: &str) -> Tree {
    let bytes = fs::read(folder.join(name)).unwrap();
    load(name, &bytes).unwrap_or_else(|findings| panic!("{}: {findings:?}", folder.display()))
}

/// A document as JSON, the keys of each mapping in the order that `order` gives them.
pub fn json(node: &Node, order: &impl Fn(&str, Vec<String>) -> Vec<String>) -> String {
    fn write(key: &str, node: &Node, order: &impl Fn(&str, Vec<String>) -> Vec<String>) -> String {
        match node.kind() {
            Kind::Mapping => {
                let members = node.entries().iter().map(|entry| {
                    let name = serde_json::Value::from(entry.key.text.as_str());
                    format!("{name}: {}", write(&entry.key.text, &entry.value, order))
                });
                format!("{{{}}}", order(key, members.collect()).join(", "))
            }
            Kind::Sequence => {
                let items = node.items().iter().map(|item| write("", item, order));
                format!("[{}]", items.collect::<Vec<_>>().join(",\n"))
            }
            Kind::String => serde_json::Value::from(node.as_text().unwrap()).to_string(),
            _ => node.as_text().unwrap().to_owned(),
        }
    }
    write("", node, order)
}

/// A change as `expected.txt` shows it.
pub fn shown(change: &Change) -> String {
    let verdicts = change.verdicts;
    let mut text = format!(
        "{} wire={} source={} runtime={} base={}:{} revision={}:{}\n  {}\n",
        change.id(),
        verdicts.wire,
        verdicts.source,
        verdicts.runtime,
        change.base.line,
        change.base.column,
        change.revision.line,
        change.revision.column,
        change.text,
    );
    if let Some(rust) = &change.rust {
        let line = |line: &Option<String>| line.clone().unwrap_or_else(|| "nothing".to_owned());
        if rust.base == rust.revision {
            text.push_str(&format!("  rust {}\n", line(&rust.base)));
        } else {
            text.push_str(&format!(
                "  rust {} -> {}\n",
                line(&rust.base),
                line(&rust.revision)
            ));
        }
    }
    if !change.used_by.is_empty() {
        let reached = change.used_by.iter().map(|reached| {
            let via = if reached.via.is_empty() {
                String::new()
            } else {
                format!(" through {}", reached.via.join(" > "))
            };
            format!("{}{via}", reached.operation)
        });
        text.push_str(&format!(
            "  used by {}\n",
            reached.collect::<Vec<_>>().join(", ")
        ));
    }
    text
}
