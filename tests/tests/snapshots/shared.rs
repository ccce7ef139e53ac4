//! The committed files and what they say, for every test here.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use codegen::report;
use codegen::surface::{self, Surface};

/// The document's path from the workspace, which is what it is called in findings and in the header of the generated files.
pub const DOCUMENT: &str = "spec/marketplace.v1.yaml";

/// Points the snapshot test to another folder; only the test of a run in CI sets it.
pub const FOLDER_VARIABLE: &str = "SNAPSHOT_FOLDER";

pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

pub fn snapshot_folder() -> PathBuf {
    match env::var_os(FOLDER_VARIABLE) {
        Some(folder) => PathBuf::from(folder),
        None => workspace().join("tests/snapshots"),
    }
}

pub fn document() -> String {
    fs::read_to_string(workspace().join(DOCUMENT)).unwrap()
}

pub fn committed_files() -> BTreeMap<String, String> {
    let folder = workspace().join("generated-client/src/generated");
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            (
                entry.file_name().into_string().unwrap(),
                fs::read_to_string(entry.path()).unwrap(),
            )
        })
        .collect()
}

pub fn generate(name: &str, document: &str) -> BTreeMap<String, String> {
    match codegen::run(name, document.as_bytes()) {
        Ok(output) => output.files,
        Err(findings) => panic!("{}", report::render(&findings, document, false)),
    }
}

pub fn surface_of(files: &BTreeMap<String, String>, document: &str) -> Surface {
    let lowered = match codegen::lowered(DOCUMENT, document.as_bytes()) {
        Ok(lowered) => lowered,
        Err(findings) => panic!("{}", report::render(&findings, document, false)),
    };
    let surface = surface::read(files).and_then(|surface| surface.with_document(&lowered));
    surface.unwrap_or_else(|error| panic!("{error}"))
}

/// What the committed document gives.
pub static FRESH: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| generate(DOCUMENT, &document()));

pub fn committed_surface() -> Surface {
    surface_of(&committed_files(), &document())
}

/// The text of every snapshot by its path below the folder, without extension.
pub fn texts(surface: &Surface) -> BTreeMap<String, String> {
    let operations = surface
        .operations
        .iter()
        .map(|(name, part)| (format!("operations/{name}"), part.to_string()));
    let types = surface
        .types
        .iter()
        .map(|(name, part)| (format!("types/{name}"), part.to_string()));
    let sids = surface
        .sids
        .iter()
        .map(|(name, part)| (format!("sids/{name}"), part.to_string()));
    let bounded = surface
        .bounded
        .iter()
        .map(|(name, part)| (format!("bounded/{name}"), part.to_string()));
    let choices = surface
        .choices
        .iter()
        .map(|(name, part)| (format!("choices/{name}"), part.to_string()));
    let index = [("index".to_owned(), surface.index().to_string())];
    operations
        .chain(types)
        .chain(sids)
        .chain(bounded)
        .chain(choices)
        .chain(index)
        .collect()
}
