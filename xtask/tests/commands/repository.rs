//! A workspace in a repository of its own, which knows nothing of the person who runs the tests.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::world::{Done, SPEC, World, run};

pub struct Repository {
    pub world: World,
}

impl Repository {
    /// One commit on `main`, which `origin` has too.
    pub fn new() -> Self {
        Self::of(World::new())
    }

    /// The same with the code that belongs to the document.
    pub fn fresh() -> Self {
        Self::of(World::fresh())
    }

    /// The same, released as 0.2.0.
    pub fn released() -> Self {
        let repository = Self::fresh();
        repository.git(&["tag", "v0.2.0"]);
        repository
    }

    fn of(world: World) -> Self {
        let repository = Self { world };
        repository.set_version("0.2.0");
        repository.write(
            "generated-client/Cargo.toml",
            "[package]\nversion.workspace = true\n",
        );
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository.commit();
        repository.merged();
        repository.git(&[
            "symbolic-ref",
            "refs/remotes/origin/HEAD",
            "refs/remotes/origin/main",
        ]);
        repository
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        git(&self.world.path(""), arguments)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        fs::write(self.world.path(path), text).unwrap();
    }

    pub fn set_version(&self, version: &str) {
        self.write(
            "Cargo.toml",
            format!("[workspace.package]\nversion = \"{version}\"\n"),
        );
    }

    /// Commits whatever there is.
    pub fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&[
            "commit",
            "--quiet",
            "--allow-empty",
            "--message",
            "A change",
        ]);
    }

    /// Begins a branch.
    pub fn branch(&self, name: &str) {
        self.git(&["switch", "--quiet", "--create", name]);
    }

    /// Moves the default branch of `origin` to the commit that is checked out.
    pub fn merged(&self) {
        self.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    }

    /// A change that breaks callers and no message, and that the generator takes.
    pub fn rename(&self) {
        self.world
            .edit("operationId: FetchListing\n", "operationId: CheckListing\n");
    }

    /// A change that only adds.
    pub fn add(&self) {
        self.world.add_parameter();
    }

    /// Runs `diff` at a desk.
    pub fn diff(&self, arguments: &[&str]) -> Done {
        self.diff_in("", arguments)
    }

    /// Runs `diff` as a workflow would, if `ci` says something.
    pub fn diff_in(&self, ci: &str, arguments: &[&str]) -> Done {
        let mut command = self.command("diff", ci);
        command.args(arguments);
        run(command)
    }

    /// Runs `check` without the part that builds tests.
    pub fn check(&self) -> Done {
        self.check_in("")
    }

    pub fn check_in(&self, ci: &str) -> Done {
        let mut command = self.command("check", ci);
        command.args(["--skip", "snapshots"]);
        run(command)
    }

    pub fn command(&self, name: &str, ci: &str) -> Command {
        let mut command = self.world.command();
        command.arg(name).env("CI", ci);
        command
    }
}

pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    for (name, value) in [
        ("user.name", "Test"),
        ("user.email", "test@example.com"),
        ("commit.gpgsign", "false"),
        ("tag.gpgsign", "false"),
    ] {
        command.arg("-c").arg(format!("{name}={value}"));
    }
    command.args(arguments).current_dir(folder);
    command
        .env("GIT_CONFIG_GLOBAL", folder.join("none"))
        .env("GIT_CONFIG_NOSYSTEM", "1");
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    let done = run(command);
    assert_eq!(done.code, Some(0), "git {arguments:?}: {}", done.stderr);
    done.stdout.trim_end().to_owned()
}

/// The rule ids of the changes in a report as JSON.
pub fn changes(done: &Done) -> Vec<String> {
    words(done, "\"id\": \"")
}

/// The fingerprints of the changes in a report as JSON.
pub fn fingerprints(done: &Done) -> Vec<String> {
    words(done, "\"fingerprint\": \"")
}

fn words(done: &Done, before: &str) -> Vec<String> {
    let rest = done.stdout.split(before).skip(1);
    rest.map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

/// Makes a program that is a script for the shell.
#[cfg(unix)]
pub fn script(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;

    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// The document's path seen from `spec`.
pub fn own_name() -> &'static str {
    Path::new(SPEC).file_name().and_then(OsStr::to_str).unwrap()
}
