//! The least that a generator around progenitor does: parse the document, run progenitor, format, write. Arguments: the
//! lowered document, the file to write, and if wanted a file that names the types to use for components, one
//! `component type` a line, which is all that `codegen` tells progenitor about types too.

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, TypeImpl};
use schemars::schema::{InstanceType, SchemaObject};

/// What stands for a string or number of a format, in the second kind of line: `string:date-time type`.
fn of_format(instance: InstanceType, format: &str) -> SchemaObject {
    SchemaObject {
        instance_type: Some(instance.into()),
        format: Some(format.to_owned()),
        ..SchemaObject::default()
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next();
    let (document, output) = (next().expect("a document"), next().expect("an output"));
    let text = std::fs::read_to_string(document).expect("the document can be read");
    let openapi: OpenAPI = serde_yaml::from_str(&text).expect("the document is OpenAPI");
    let mut settings = GenerationSettings::default();
    if let Some(types) = next() {
        settings
            .with_hooks(HooksMode::Expected)
            .with_map_type("::std::collections::BTreeMap")
            .with_derive("PartialEq");
        let types = std::fs::read_to_string(types).expect("the types can be read");
        for (what, rust) in types.lines().filter_map(|line| line.split_once(' ')) {
            let display = [TypeImpl::Display].into_iter();
            match what.split_once(':') {
                Some(("string", format)) => {
                    settings.with_conversion(of_format(InstanceType::String, format), rust, display)
                }
                Some((_, format)) => {
                    settings.with_conversion(of_format(InstanceType::Number, format), rust, display)
                }
                None => settings.with_replacement(what, rust, display),
            };
        }
    }
    let tokens = Generator::new(&settings)
        .generate_tokens(&openapi)
        .expect("progenitor takes the document");
    let file = syn::parse2(tokens).expect("progenitor emits Rust");
    std::fs::write(output, prettyplease::unparse(&file)).expect("the output can be written");
}
