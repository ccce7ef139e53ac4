//! A folder of callers, each a crate of its own with a target folder of its own, and the sources they depend on: a copy
//! of `generated-client` and what progenitor makes of the same document.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

const PRODUCT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../..");
const LOCK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");

/// The temporary folder. It is removed when this is dropped.
pub struct Workshop(tempfile::TempDir);

/// What a build cost.
#[derive(Clone, Copy)]
pub struct Spent {
    /// Seconds of CPU time, of cargo and all that it started.
    pub cpu: f64,
    /// Seconds that passed.
    pub wall: f64,
}

impl Workshop {
    /// Copies the client, with the workspace's manifest because its versions stand there.
    pub fn new() -> Self {
        let workshop = Self(tempfile::tempdir().expect("a folder can be made"));
        let manifest =
            fs::read_to_string(Path::new(PRODUCT).join("Cargo.toml")).expect("a manifest");
        let members = manifest
            .lines()
            .find(|line| line.starts_with("members = "))
            .expect("the workspace names its members");
        let manifest = manifest.replace(members, "members = [\"generated-client\"]");
        workshop.write("product/Cargo.toml", &manifest);
        copy(
            &Path::new(PRODUCT).join("generated-client"),
            &workshop.path("product/generated-client"),
        );
        workshop
    }

    /// A path in the workshop.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file unless it says so already.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        if fs::read_to_string(&path).is_ok_and(|known| known == text) {
            return;
        }
        fs::create_dir_all(path.parent().expect("a file has a folder"))
            .expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// Writes the client's generated code.
    pub fn write_client(&self, files: &BTreeMap<String, String>) {
        for (name, text) in files {
            self.write(
                &format!("product/generated-client/src/generated/{name}"),
                text,
            );
        }
    }

    /// Writes the crate of stock progenitor's code.
    pub fn write_stock(&self, code: &str) {
        let dependencies = r#"bytes = "1"
chrono = { version = "0.4", default-features = false, features = ["alloc", "serde"] }
futures-util = { version = "0.3", default-features = false }
progenitor-client = "=0.15.1"
regress = "0.12"
reqwest = { version = "0.13", default-features = false, features = ["json", "query", "stream"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
"#;
        self.write("stock/Cargo.toml", &manifest("stock", dependencies));
        self.write("stock/src/lib.rs", &format!("#![allow(warnings)]\n{code}"));
    }

    /// Writes a caller: a program with these dependencies.
    pub fn write_caller(&self, name: &str, dependencies: &str, main: &str) {
        self.write(&format!("callers/{name}/Cargo.toml"), &manifest("caller", dependencies));
        self.write(&format!("callers/{name}/src/main.rs"), main);
        fs::copy(LOCK, self.path(&format!("callers/{name}/Cargo.lock")))
            .expect("the lock file can be copied");
        // Drops what the caller does not need from the lock file, so that no build has to.
        let metadata = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--manifest-path"])
            .arg(self.path(&format!("callers/{name}/Cargo.toml")))
            .output()
            .expect("cargo can be started");
        assert!(
            metadata.status.success(),
            "{}",
            String::from_utf8_lossy(&metadata.stderr)
        );
    }

    /// Builds a caller, from nothing if so wanted, and gives what that cost.
    pub fn build(&self, name: &str, clean: bool, timings: bool) -> Spent {
        let target = self.path(&format!("callers/{name}/target"));
        if clean {
            let _ = fs::remove_dir_all(&target);
        }
        let mut command = Command::new(env!("CARGO"));
        command
            .args(["build", "--quiet", "--offline", "--manifest-path"])
            .arg(self.path(&format!("callers/{name}/Cargo.toml")))
            .env("CARGO_TARGET_DIR", target)
            .env_remove("RUSTFLAGS");
        if timings {
            command.arg("--timings");
        }
        let (cpu, wall) = (children(), Instant::now());
        let output = command.output().expect("cargo can be started");
        let spent = Spent {
            cpu: (children() - cpu).as_secs_f64(),
            wall: wall.elapsed().as_secs_f64(),
        };
        assert!(
            output.status.success(),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        spent
    }

    /// The crates that the last build with timings compiled, and the seconds that each took.
    pub fn timings(&self, name: &str) -> BTreeMap<String, f64> {
        let report = self.path(&format!("callers/{name}/target/cargo-timings/cargo-timing.html"));
        let report = fs::read_to_string(report).expect("cargo wrote a report");
        let (_, data) = report
            .split_once("UNIT_DATA = ")
            .expect("the report holds data");
        let (data, _) = data.split_once("];").expect("the data ends");
        let units: Vec<serde_json::Value> =
            serde_json::from_str(&format!("{data}]")).expect("the data is JSON");
        let mut crates = BTreeMap::new();
        for unit in units {
            let (name, version) = (unit["name"].as_str(), unit["version"].as_str());
            let name = format!(
                "{} {}",
                name.unwrap_or_default(),
                version.unwrap_or_default()
            );
            *crates.entry(name).or_default() += unit["duration"].as_f64().unwrap_or_default();
        }
        crates
    }
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n\
         [workspace]\n"
    )
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder can be read") {
        let entry = entry.expect("a folder can be read");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("an entry has a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

/// The CPU time of all processes that this one has waited for, and theirs.
fn children() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the usage can be read");
    let time = |of: nix::sys::time::TimeVal| {
        Duration::from_secs(of.tv_sec().unsigned_abs())
            + Duration::from_micros(of.tv_usec().unsigned_abs())
    };
    time(usage.user_time()) + time(usage.system_time())
}
