//! A small workspace that a test can spoil: the project's document, and a place for generated code.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::time::SystemTime;

use tempfile::TempDir;

pub const SPEC: &str = "spec/marketplace.v1.yaml";
pub const GENERATED: &str = "generated-client/src/generated";

pub struct World {
    folder: TempDir,
}

/// What a command did.
#[derive(Debug)]
pub struct Done {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// Bytes by file name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Everything that a write would change: bytes and time stamps by path. Folders have no bytes.
pub type State = BTreeMap<PathBuf, (Option<Vec<u8>>, SystemTime)>;

impl World {
    /// A workspace with the project's document and nothing generated yet.
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let world = Self { folder };
        fs::write(world.path("Cargo.toml"), "[workspace]\n").unwrap();
        fs::create_dir_all(world.path("xtask")).unwrap();
        fs::create_dir_all(world.path("spec")).unwrap();
        fs::create_dir_all(world.path("generated-client/src")).unwrap();
        fs::copy(project().join(SPEC), world.path(SPEC)).unwrap();
        world
    }

    /// A workspace with fresh generated code.
    pub fn fresh() -> Self {
        static FILES: OnceLock<Files> = OnceLock::new();
        let world = Self::new();
        fs::create_dir(world.path(GENERATED)).unwrap();
        for (name, bytes) in FILES.get_or_init(|| world.expected()) {
            fs::write(world.path(GENERATED).join(name), bytes).unwrap();
        }
        world
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Runs a command in the workspace.
    pub fn run(&self, arguments: &[&str]) -> Done {
        let mut command = self.command();
        command.args(arguments);
        run(command)
    }

    /// A command that is ready to run in the workspace.
    pub fn command(&self) -> Command {
        let mut command = Command::new(binary());
        command
            .current_dir(self.folder.path())
            .env("CARGO_MANIFEST_DIR", self.path("xtask"))
            // A workflow that runs these tests has an event of its own.
            .env_remove("GITHUB_EVENT_NAME")
            .env_remove("GITHUB_EVENT_PATH")
            // A repository that happens to be around the temporary folder is none of the workspace's.
            .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir());
        command
    }

    /// A script for the shell in the workspace, where `$XTASK` is the binary.
    #[cfg(unix)]
    pub fn shell(&self, script: &str) -> Done {
        let mut command = Command::new("sh");
        command.args(["-c", script]).current_dir(self.folder.path());
        command
            .env("XTASK", binary())
            .env("CARGO_MANIFEST_DIR", self.path("xtask"))
            .env_remove("GITHUB_EVENT_NAME")
            .env_remove("GITHUB_EVENT_PATH");
        run(command)
    }

    /// Copies a file of the workspace.
    pub fn copy(&self, from: &str, to: &str) {
        fs::copy(self.path(from), self.path(to)).unwrap();
    }

    /// Replaces a text that stands in the document.
    pub fn edit(&self, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(SPEC)).unwrap();
        assert!(text.contains(from), "the document no longer holds {from:?}");
        fs::write(self.path(SPEC), text.replacen(from, to, 1)).unwrap();
    }

    /// Adds an optional query parameter to one operation, a change that touches several generated files.
    pub fn add_parameter(&self) {
        let page_size = "        - $ref: '#/components/parameters/PageSize'
";
        let category = "        - name: Category
          in: query
          description: Only these.
          schema:
            type: string
";
        self.edit(page_size, &format!("{category}{page_size}"));
    }

    /// The generated files.
    pub fn generated(&self) -> Files {
        files(&self.path(GENERATED))
    }

    /// What the document of this workspace turns into.
    pub fn expected(&self) -> Files {
        let output = codegen::run(SPEC, &fs::read(self.path(SPEC)).unwrap()).unwrap();
        output
            .files
            .into_iter()
            .map(|(name, text)| (name, text.into_bytes()))
            .collect()
    }

    /// Every file and folder of the workspace.
    pub fn state(&self) -> State {
        let mut state = State::new();
        walk(self.folder.path(), &mut state);
        state
    }
}

/// The project that this test belongs to.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

pub fn binary() -> &'static str {
    env!("CARGO_BIN_EXE_xtask")
}

pub fn run(mut command: Command) -> Done {
    let Output {
        status,
        stdout,
        stderr,
    } = command.env_remove("NO_COLOR").output().unwrap();
    let (stdout, stderr) = (
        String::from_utf8(stdout).unwrap(),
        String::from_utf8(stderr).unwrap(),
    );
    assert!(!stderr.contains("panicked"), "{stderr}");
    assert!(
        !stdout.contains('\x1b') && !stderr.contains('\x1b'),
        "colours where there is no terminal"
    );
    Done {
        code: status.code(),
        stdout,
        stderr,
    }
}

/// The keys under which two maps differ, which says more than two prints of a megabyte each.
pub fn different<K: Ord + Clone, V: PartialEq>(
    one: &BTreeMap<K, V>,
    other: &BTreeMap<K, V>,
) -> Vec<K> {
    let keys = one
        .keys()
        .chain(other.keys())
        .filter(|key| one.get(key) != other.get(key));
    keys.cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

#[track_caller]
pub fn assert_same<K: Ord + Clone + Debug, V: PartialEq>(
    one: &BTreeMap<K, V>,
    other: &BTreeMap<K, V>,
) {
    let different = different(one, other);
    assert!(different.is_empty(), "these differ: {different:?}");
}

/// The files of one folder.
pub fn files(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

fn walk(folder: &Path, state: &mut State) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let found = entry.metadata().unwrap();
        let bytes = if found.is_file() {
            Some(fs::read(entry.path()).unwrap())
        } else {
            None
        };
        state.insert(entry.path(), (bytes, found.modified().unwrap()));
        if found.is_dir() {
            walk(&entry.path(), state);
        }
    }
}
