//! Clients and callers as packages of one workspace, and what cargo says about them. The folder and what is built in it
//! lie in this workspace's target folder, together with the dependencies that other tests have compiled; nothing is
//! fetched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// This workspace.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A workspace that grows.
pub(crate) struct Workshop {
    at: PathBuf,
    target: PathBuf,
    members: BTreeSet<String>,
}

/// What became of the packages that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Made {
    /// The targets that were compiled, with their programs.
    pub(crate) done: BTreeMap<String, Option<PathBuf>>,
    /// The first error of each that was not.
    pub(crate) failed: BTreeMap<String, String>,
    /// The targets that use what is deprecated.
    pub(crate) warned: BTreeSet<String>,
    /// What cargo itself said.
    pub(crate) log: String,
}

impl Workshop {
    pub(crate) fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("callers");
        Self {
            at: folder.join("mutations"),
            target: folder.join("target"),
            members: BTreeSet::new(),
        }
    }

    /// Writes a client whose generated code is `files`.
    pub(crate) fn client(&mut self, name: &str, files: &BTreeMap<String, String>) {
        let from = Path::new(ROOT).join("generated-client");
        let to = self.at.join(name);
        copy(&from.join("src"), &to.join("src"));
        copy_file(&from.join("README.md"), &to.join("README.md"));
        let manifest = fs::read_to_string(from.join("Cargo.toml")).unwrap();
        let (before, _) = manifest.split_once("[dev-dependencies]").unwrap();
        let named = before.replace("name = \"generated-client\"", &format!("name = \"{name}\""));
        assert_ne!(
            named, before,
            "the manifest does not say how the client is called"
        );
        write(
            &to.join("Cargo.toml"),
            &format!("{named}\n[lib]\nname = \"generated_client\"\n"),
        );
        for (file, text) in files {
            write(&to.join("src/generated").join(file), text);
        }
        self.members.insert(name.to_owned());
    }

    /// Writes a package that calls a client. `file` is `lib.rs`, or `main.rs` for a program.
    pub(crate) fn caller(&mut self, name: &str, client: &str, file: &str, text: &str) {
        // The program and the tests ask for the same features of the same crates, so that nothing is compiled twice.
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\ngenerated-client = {{ package = \"{client}\", path = \"../{client}\" }}\n\
             serde = \"1\"\nserde_json = \"1\"\ntests = {{ path = '{}' }}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n",
            Path::new(ROOT)
                .join("tests")
                .canonicalize()
                .unwrap()
                .display()
        );
        write(&self.at.join(name).join("Cargo.toml"), &manifest);
        write(&self.at.join(name).join("src").join(file), text);
        self.members.insert(name.to_owned());
    }

    /// Runs `cargo check` or `cargo build` on these packages.
    pub(crate) fn make(&self, command: &str, packages: &BTreeSet<String>) -> Made {
        self.furnish();
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut run = Command::new(cargo);
        run.current_dir(&self.at)
            .args([
                command,
                "--keep-going",
                "--offline",
                "--message-format=json",
            ])
            .env("CARGO_TARGET_DIR", &self.target)
            // Whatever makes warnings into errors for this workspace is not meant for these crates.
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .stdin(Stdio::null());
        for package in packages {
            run.args(["--package", package]);
        }
        let output = run.output().unwrap();
        let mut made = Made {
            log: String::from_utf8_lossy(&output.stderr).into_owned(),
            ..Made::default()
        };
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            take(&mut made, &serde_json::from_str(line).unwrap());
        }
        made.done.retain(|name, _| !made.failed.contains_key(name));
        made
    }

    fn furnish(&self) {
        let root = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
        let members: Vec<String> = self
            .members
            .iter()
            .map(|name| format!("\"{name}\""))
            .collect();
        let (before, after) = root.split_once("members = [").unwrap();
        let (_, after) = after.split_once(']').unwrap();
        let (after, _) = after.split_once("[profile.dev]").unwrap();
        let text = format!(
            "{before}members = [{}]{after}[profile.dev]\ndebug = false\nincremental = false\n",
            members.join(", ")
        );
        write(&self.at.join("Cargo.toml"), &text);
        fs::copy(
            Path::new(ROOT).join("Cargo.lock"),
            self.at.join("Cargo.lock"),
        )
        .unwrap();
    }
}

fn take(made: &mut Made, message: &Value) {
    // A target is called otherwise than its package, and all clients' targets are called alike; a package is called as its
    // folder is.
    let manifest = message["manifest_path"].as_str().map(Path::new);
    let folder = manifest.and_then(Path::parent).and_then(Path::file_name);
    let Some(name) = folder.and_then(|name| name.to_str()) else {
        return;
    };
    match message["reason"].as_str() {
        Some("compiler-artifact") => {
            let program = message["executable"].as_str().map(PathBuf::from);
            made.done.insert(name.to_owned(), program);
        }
        Some("compiler-message") => {
            let text = message["message"]["rendered"].as_str().unwrap_or_default();
            if message["message"]["level"] == "error" {
                made.failed
                    .entry(name.to_owned())
                    .or_insert_with(|| text.to_owned());
            } else if message["message"]["code"]["code"] == "deprecated" {
                made.warned.insert(name.to_owned());
            }
        }
        _ => {}
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if !entry.file_type().unwrap().is_dir() {
            copy_file(&entry.path(), &target);
        } else if entry.file_name() != "generated" {
            copy(&entry.path(), &target);
        }
    }
}

fn copy_file(from: &Path, to: &Path) {
    write(to, &fs::read_to_string(from).unwrap());
}

// A file that is as it should be stays untouched, so that cargo compiles nothing a second time for it.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
