//! The part that runs the snapshot tests: cargo builds them without a network, and they write nothing.

use std::env;
use std::ffi::OsString;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

use super::part::{Part, State};
use crate::console::shortened;
use crate::workspace;

const TESTS: [&str; 8] = [
    "test",
    "--package",
    "tests",
    "--test",
    "snapshots",
    "--locked",
    "--offline",
    "--quiet",
];

/// What the same test binary holds and another part has judged, or is no snapshot.
const OTHERS: [&str; 6] = ["--skip", "fresh::", "--skip", "ci::", "--skip", "review::"];

/// The command that accepts every difference.
const ACCEPT: &str = "INSTA_UPDATE=always cargo test -p tests --test snapshots";

/// Runs the snapshot tests.
pub fn compare() -> Result<Part> {
    // A test that fails and tests that do not build have one exit code, so they are built first.
    let built = cargo(&["--no-run"])?;
    if !built.status.success() {
        let line = "the snapshot tests cannot be built";
        return Ok(Part::new(State::Failed, line).with_details(text(&built)));
    }
    let mut arguments = vec!["--"];
    arguments.extend(OTHERS);
    let run = cargo(&arguments)?;
    if run.status.success() {
        return Ok(Part::new(
            State::Held,
            "they are what the generated code says",
        ));
    }
    if run.status.code().is_none() {
        bail!("the snapshot tests were stopped: {}", run.status);
    }
    let line = format!("look at the differences, and accept them with `{ACCEPT}`");
    Ok(Part::new(State::Stale, line).with_details(text(&run)))
}

fn cargo(more: &[&str]) -> Result<Output> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    // What a person has set for the snapshot tools would let a difference pass, or write it.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("INSTA_"))
    {
        command.env_remove(name);
    }
    command
        .current_dir(workspace::file("")?)
        .env("INSTA_UPDATE", "no")
        .env("CARGO_NET_OFFLINE", "true")
        // A snapshot that differs is no puzzle about who called whom.
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .args(TESTS)
        .args(more)
        .output()
        .context("cargo cannot be started")
}

fn text(output: &Output) -> String {
    let said = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    shortened(&said.concat(), false)
}
