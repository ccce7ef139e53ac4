//! A version of the document, and everything that is made of it once: the tree that is compared, the data that talks,
//! and the client.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use codegen::load::{Tree, load};
use codegen::surface::{self, Surface};
use serde_yaml::Value;

use crate::model::Api;

/// What the document is called in findings and in the header of the generated files.
const NAME: &str = "marketplace.v1.yaml";

/// One version.
pub(crate) struct Version {
    pub(crate) tree: Tree,
    pub(crate) api: Api,
    text: String,
    client: OnceLock<Result<Client, String>>,
}

/// A generated client.
pub(crate) struct Client {
    /// Text by file.
    pub(crate) files: BTreeMap<String, String>,
    pub(crate) surface: Surface,
}

impl Client {
    /// All of the code without what stands in comments: clients with the same one are compiled to the same.
    pub(crate) fn code(&self) -> String {
        let lines = self.files.values().flat_map(|text| text.lines());
        lines
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

impl Version {
    pub(crate) fn of(document: &Value) -> Self {
        let text = serde_yaml::to_string(document).unwrap();
        Self {
            tree: load(NAME, text.as_bytes()).unwrap_or_else(|why| panic!("{why:?}")),
            api: Api::of(serde_json::to_value(document).unwrap()),
            text,
            client: OnceLock::new(),
        }
    }

    /// The client, or why there is none. It is generated when it is first asked for.
    pub(crate) fn client(&self) -> Result<&Client, &str> {
        let made = self
            .client
            .get_or_init(|| match codegen::run(NAME, self.text.as_bytes()) {
                Ok(output) => Ok(Client {
                    surface: surface::read(&output.files).unwrap_or_else(|why| panic!("{why}")),
                    files: output.files,
                }),
                Err(findings) => Err(codegen::report::render(&findings, &self.text, false)),
            });
        made.as_ref().map_err(String::as_str)
    }
}
