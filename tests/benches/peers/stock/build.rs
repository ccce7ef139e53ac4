//! Runs progenitor with its default settings over the document as `codegen` lowers it, so that both clients are made
//! from the same operations and types.

use std::path::Path;
use std::{env, fs};

const DOCUMENT: &str = "../../../../spec/marketplace.v1.yaml";

fn main() {
    println!("cargo::rerun-if-changed={DOCUMENT}");
    let bytes = fs::read(DOCUMENT).expect("the document can be read");
    let tree = codegen::load::load(DOCUMENT, &bytes).expect("the document is YAML");
    let openapi = codegen::load::openapi(&tree).expect("the document is OpenAPI");
    let lowered = codegen::lower::lower(openapi).expect("the document can be lowered");
    let tokens = progenitor::Generator::default()
        .generate_tokens(&lowered.openapi)
        .expect("progenitor takes the lowered document");
    let file = syn::parse2(tokens).expect("progenitor emits Rust");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(
        Path::new(&out).join("stock.rs"),
        prettyplease::unparse(&file),
    )
    .expect("OUT_DIR can be written");
}
