//! Builds a folder of small crates that depend on the client, all in one run of cargo, and keeps what the compiler
//! said about each. The folder and what is built in it lie in this workspace's target folder and are used again by
//! the next run; nothing is fetched.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

use crate::compile_fail::cases;

/// This workspace.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The program of the dependents, for a client that goes by its own name.
const CALLER: &str = include_str!("caller.rs");

/// The client's example, which must work for anyone.
const EXAMPLE: &str = include_str!("../../../generated-client/examples/enable_extension.rs");

/// What became of every crate.
pub(crate) struct Built {
    /// The errors of the compiler, by the name of the target.
    errors: BTreeMap<String, Vec<Diagnostic>>,
    /// The targets that were built, with their programs.
    made: BTreeMap<String, Option<PathBuf>>,
    /// What cargo itself said.
    log: String,
}

/// One error of the compiler.
pub(crate) struct Diagnostic {
    pub(crate) code: String,
    /// The lines of the target's own file that it points at, the main one first.
    pub(crate) lines: Vec<u64>,
    /// As a person would see it.
    shown: String,
}

impl Built {
    /// The errors of a target.
    pub(crate) fn errors(&self, target: &str) -> &[Diagnostic] {
        self.errors
            .get(target)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Whether a target was built.
    pub(crate) fn has(&self, target: &str) -> bool {
        self.made.contains_key(target)
    }

    /// The program that a target is.
    pub(crate) fn program(&self, target: &str) -> Option<&Path> {
        self.made.get(target)?.as_deref()
    }

    /// All that was said about a target, for a test that fails.
    pub(crate) fn told(&self, target: &str) -> String {
        let errors = self.errors(target).iter().map(|error| error.shown.as_str());
        match errors.collect::<String>() {
            none if none.is_empty() => self.log.clone(),
            errors => errors,
        }
    }
}

/// Builds everything, once for all tests.
pub(crate) fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(build)
}

fn build() -> Built {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("callers");
    let crates = folder.join("crates");
    if crates.exists() {
        fs::remove_dir_all(&crates).unwrap();
    }
    furnish(&crates);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(&crates)
        .args([
            "build",
            "--workspace",
            "--bins",
            "--examples",
            "--keep-going",
        ])
        .args(["--offline", "--message-format=json"])
        .env("CARGO_TARGET_DIR", folder.join("target"))
        // Whatever makes warnings into errors for this workspace is not meant for these crates.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let mut built = Built {
        errors: BTreeMap::new(),
        made: BTreeMap::new(),
        log: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line).unwrap();
        take(&mut built, &message);
    }
    built
}

/// Writes the crates.
fn furnish(crates: &Path) {
    let client = toml_path("generated-client");
    let tests = toml_path("tests");
    let tokio = r#"tokio = { version = "1", features = ["macros", "rt"] }"#;
    write(
        crates.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"misuse\", \"plain\", \"renamed\", \"example\"]\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n",
    );
    fs::copy(
        Path::new(ROOT).join("Cargo.lock"),
        crates.join("Cargo.lock"),
    )
    .unwrap();

    let mut manifest = manifest(
        "misuse",
        &format!("generated-client = {{ path = {client} }}"),
    );
    for case in cases() {
        for (name, text) in [(case.name.clone(), &case.wrong), (case.twin(), &case.right)] {
            // A library is compiled to the end like a program, but needs no linking.
            manifest += &format!("\n[[example]]\nname = \"{name}\"\ncrate-type = [\"lib\"]\n");
            write(crates.join(format!("misuse/examples/{name}.rs")), text);
        }
    }
    write(crates.join("misuse/Cargo.toml"), &manifest);
    write(crates.join("misuse/src/lib.rs"), "");

    let plain = format!("generated-client = {{ path = {client} }}\n{tokio}");
    program(crates, "plain", &plain, CALLER);
    let renamed =
        format!("marketplace = {{ package = \"generated-client\", path = {client} }}\n{tokio}");
    program(
        crates,
        "renamed",
        &renamed,
        &CALLER.replace("generated_client", "marketplace"),
    );
    program(
        crates,
        "example",
        &format!("{plain}\ntests = {{ path = {tests} }}"),
        EXAMPLE,
    );
}

fn program(crates: &Path, name: &str, dependencies: &str, source: &str) {
    write(
        crates.join(name).join("Cargo.toml"),
        &manifest(name, dependencies),
    );
    write(crates.join(name).join("src/main.rs"), source);
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{dependencies}\n"
    )
}

/// The path of one of this workspace's packages, as a literal of TOML.
fn toml_path(package: &str) -> String {
    let path = Path::new(ROOT).join(package).canonicalize().unwrap();
    format!("'{}'", path.display())
}

fn write(path: PathBuf, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Takes one of cargo's messages down.
fn take(built: &mut Built, message: &Value) {
    let Some(target) = message["target"]["name"].as_str() else {
        return;
    };
    match message["reason"].as_str() {
        Some("compiler-artifact") => {
            let program = message["executable"].as_str().map(PathBuf::from);
            built.made.insert(target.to_owned(), program);
        }
        Some("compiler-message") => {
            let file = Path::new(message["target"]["src_path"].as_str().unwrap());
            let errors = built.errors.entry(target.to_owned()).or_default();
            hear(errors, file, &message["message"]);
        }
        _ => {}
    }
}

/// Takes one of the compiler's messages about `file` down.
fn hear(errors: &mut Vec<Diagnostic>, file: &Path, message: &Value) {
    let mut lines = Vec::new();
    collect_lines(message, file, &mut lines);
    let shown = message["rendered"].as_str().unwrap_or_default();
    match (message["level"].as_str(), message["code"]["code"].as_str()) {
        (Some("error"), Some(code)) => errors.push(Diagnostic {
            code: code.to_owned(),
            lines,
            shown: shown.to_owned(),
        }),
        // The last words, "aborting due to 1 previous error", have neither a code nor a place.
        (Some("error"), None) if lines.is_empty() => {}
        (Some("error"), None) => errors.push(Diagnostic {
            code: String::new(),
            lines,
            shown: shown.to_owned(),
        }),
        // A note of its own says where the function is called that the error before it was in.
        (Some("note"), _) => {
            if let Some(error) = errors.last_mut() {
                error.lines.extend(lines);
                error.shown += shown;
            }
        }
        _ => {}
    }
}

/// The lines of `file` that a message points at: its main places first, then through macros and notes.
fn collect_lines(message: &Value, file: &Path, lines: &mut Vec<u64>) {
    let spans = || message["spans"].as_array().into_iter().flatten();
    let main = spans().filter(|span| span["is_primary"] == true);
    let others = spans().filter(|span| span["is_primary"] != true);
    for span in main.chain(others) {
        let mut span = span;
        while let Some(name) = span["file_name"].as_str() {
            if file.ends_with(name) {
                lines.extend(span["line_start"].as_u64());
            }
            span = &span["expansion"]["span"];
        }
    }
    for child in message["children"].as_array().into_iter().flatten() {
        collect_lines(child, file, lines);
    }
}
