//! A crate in whose build serde_json keeps the digits of every number and the order of every object. Features are those of
//! a whole build, so the client has them too.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// This workspace.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The program, which compares for itself.
const PROGRAM: &str = include_str!("serde_features/caller.rs");

#[test]
fn numbers_are_read_and_written_where_serde_json_keeps_digits_and_order() {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = temporary.join("serde_features");
    let client = Path::new(ROOT).join("generated-client").canonicalize();
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"serde_features\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\ngenerated-client = {{ path = '{}' }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\
         serde_json = {{ version = \"1\", features = [\"arbitrary_precision\", \"preserve_order\"] }}\n\
         tokio = {{ version = \"1\", features = [\"net\", \"rt\", \"time\"] }}\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n",
        client.unwrap().display(),
    );
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/main.rs"), PROGRAM).unwrap();
    fs::copy(
        Path::new(ROOT).join("Cargo.lock"),
        folder.join("Cargo.lock"),
    )
    .unwrap();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(&folder)
        .args(["run", "--offline", "--quiet"])
        // What the other callers need is built there already, all but serde_json and what names it.
        .env("CARGO_TARGET_DIR", temporary.join("callers/target"))
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "done\n");
}
