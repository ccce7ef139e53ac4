//! The document may grow without breaking anybody: for each kind of addition the client is generated anew into a
//! crate of its own, and a caller that nobody changed is built against it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// This workspace.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The program that stays as it is.
const CALLER: &str = include_str!("evolution/caller.rs");

/// What is added: a name, the line after which it stands, and the added text. The line is the first that reads so after
/// the line that names the place.
struct Addition {
    name: &'static str,
    place: &'static str,
    line: &'static str,
    text: &'static str,
    /// What the generated code has afterwards, so that an addition which the generator ignored would be noticed.
    shows: (&'static str, &'static str),
}

const ADDITIONS: [Addition; 8] = [
    Addition {
        name: "optional_query_parameter",
        place: "operationId: ListInstalledAddOns",
        line: "parameters:",
        text: "- {name: AddedParameter, in: query, description: Only this one., schema: {type: string}}",
        shows: (
            "calls.rs",
            "pub fn added_parameter(mut self, added_parameter: impl Into<String>) -> Self {\n        self.added_parameter",
        ),
    },
    Addition {
        name: "optional_body_field",
        place: "CreateInstalledAddOnRequest:",
        line: "properties:",
        text: "AddedField: {type: string, description: Name for people.}",
        shows: ("operations.rs", "\"AddedField\""),
    },
    Addition {
        name: "optional_member_of_an_input",
        place: "ListingDescription:",
        line: "properties:",
        text: "added_line: {type: string, nullable: true, description: Second line.}",
        shows: ("types.rs", "pub added_line: Option<String>"),
    },
    Addition {
        name: "member_of_a_reply",
        place: "InstalledAddOn:",
        line: "properties:",
        text: "added_member: {type: string, nullable: true, description: Where it runs.}",
        shows: ("types.rs", "pub added_member: Option<String>"),
    },
    Addition {
        name: "free_form_member_of_a_reply",
        place: "InstalledAddOnExtension:",
        line: "properties:",
        text: "added_object: {type: object, additionalProperties: true, nullable: true, description: How it is set.}",
        shows: ("types.rs", "pub fn added_object<"),
    },
    Addition {
        name: "enum_value",
        place: "AddOnResultStatus:",
        line: "enum:",
        text: "  - other",
        shows: ("types.rs", "OtherValue"),
    },
    Addition {
        name: "operation",
        place: "/v1/Listing/{Sid}:",
        line: "$ref: '#/components/schemas/AvailableAddOnSid'",
        text: "DELETE",
        shows: ("resources.rs", "calls::DeleteListing"),
    },
    Addition {
        name: "error_status",
        place: "operationId: ListInstalledAddOns",
        line: "responses:",
        text: "'451': {$ref: '#/components/responses/Error'}",
        shows: ("calls.rs", "`451`"),
    },
];

/// A whole operation, which does not fit one line of the table.
const OPERATION: &str = "    delete:
      operationId: DeleteListing
      tags: [Listings]
      summary: Removal of a listing
      description: Removes the listing.
      responses:
        '204': {description: The listing is gone.}
        4XX: {$ref: '#/components/responses/Error'}
        5XX: {$ref: '#/components/responses/Error'}
";

fn document() -> String {
    fs::read_to_string(Path::new(ROOT).join("spec/marketplace.v1.yaml")).unwrap()
}

fn with(addition: &Addition) -> String {
    let (mut seen, mut done) = (false, false);
    let mut changed = String::new();
    for old in document().lines() {
        changed.push_str(old);
        changed.push('\n');
        seen |= old.trim() == addition.place;
        if seen && !done && old.trim() == addition.line {
            if addition.text == "DELETE" {
                changed.push('\n');
                changed.push_str(OPERATION);
            } else {
                let indent = old.len() - old.trim_start().len() + 2;
                changed.push_str(&format!("{:indent$}{}\n", "", addition.text.trim_start()));
            }
            done = true;
        }
    }
    assert!(
        done,
        "the document has no `{}` after `{}`",
        addition.line, addition.place
    );
    changed
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("callers")
}

/// Writes a workspace with a copy of the client whose generated code comes of `document`.
fn client(at: &Path, number: usize, document: &str) -> BTreeMap<String, String> {
    let files = match codegen::run("marketplace.v1.yaml", document.as_bytes()) {
        Ok(output) => output.files,
        Err(findings) => panic!("{}", codegen::report::render(&findings, document, false)),
    };
    let root = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
    let root: String = root
        .lines()
        .map(|line| match line.split(' ').next() {
            Some("members") => "members = [\"generated-client\"]\n".to_owned(),
            // Two packages of one name can stand in one lock file only by different versions.
            Some("version") => format!("version = \"0.1.{}\"\n", 1000 + number),
            _ => format!("{line}\n"),
        })
        .collect();
    write(at.join("Cargo.toml"), &root);
    copy(
        &Path::new(ROOT).join("generated-client"),
        &at.join("generated-client"),
    );
    for (name, text) in &files {
        write(at.join("generated-client/src/generated").join(name), text);
    }
    files
}

// The crate's sources, its manifest and its page; the generated code is written over what is copied.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            if !["target", "examples", "benches"].contains(&&*entry.file_name().to_string_lossy()) {
                copy(&entry.path(), &target);
            }
        } else {
            fs::create_dir_all(to).unwrap();
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn write(path: PathBuf, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn an_addition_to_the_document_breaks_no_caller() {
    let clients = folder().join("evolved");
    let crates = folder().join("evolution");
    for old in [&clients, &crates] {
        if old.exists() {
            fs::remove_dir_all(old).unwrap();
        }
    }
    let mut names = BTreeSet::from(["unchanged"]);
    client(&clients.join("unchanged"), 0, &document());
    for (number, addition) in ADDITIONS.iter().enumerate() {
        let files = client(&clients.join(addition.name), number + 1, &with(addition));
        let (file, text) = addition.shows;
        assert!(
            files[file].contains(text),
            "{} left no trace in {file}",
            addition.name
        );
        names.insert(addition.name);
    }
    let members: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    write(
        crates.join("Cargo.toml"),
        &format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
            members.join(", ")
        ),
    );
    fs::copy(
        Path::new(ROOT).join("Cargo.lock"),
        crates.join("Cargo.lock"),
    )
    .unwrap();
    for name in &names {
        let path = clients.join(name).join("generated-client");
        write(
            crates.join(name).join("Cargo.toml"),
            &format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
                 [dependencies]\ngenerated-client = {{ path = '{}' }}\nserde_json = \"1\"\n",
                path.display()
            ),
        );
        write(crates.join(name).join("src/lib.rs"), CALLER);
    }
    let (built, failed, log) = check(&crates);
    assert_eq!(failed, BTreeMap::new(), "{log}");
    let expected: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(
        built
            .intersection(&expected)
            .cloned()
            .collect::<BTreeSet<_>>(),
        expected,
        "{log}"
    );
}

/// Checks every crate in one run of cargo: which were compiled, and the first error of each that was not.
fn check(crates: &Path) -> (BTreeSet<String>, BTreeMap<String, String>, String) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(crates)
        .args([
            "check",
            "--workspace",
            "--keep-going",
            "--offline",
            "--message-format=json",
        ])
        .env("CARGO_TARGET_DIR", folder().join("target"))
        // Whatever makes warnings into errors for this workspace is not meant for these crates.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let (mut built, mut failed) = (BTreeSet::new(), BTreeMap::new());
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line).unwrap();
        let name = message["target"]["name"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        match message["reason"].as_str() {
            Some("compiler-artifact") => {
                built.insert(name);
            }
            Some("compiler-message") if message["message"]["level"] == "error" => {
                let text = message["message"]["rendered"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned();
                failed.entry(name).or_insert(text);
            }
            _ => {}
        }
    }
    (
        built,
        failed,
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}
