//! Text to a tree that remembers where everything stands, and from there to the typed document.
//!
//! [`load`] accepts any bytes whatsoever: what cannot be read comes back as findings, with bounds on size, depth and
//! alias expansion. It knows YAML and JSON but nothing of OpenAPI; judging the content is the business of
//! [`crate::lint`]. [`openapi`] is the only place that touches `serde_yaml`.

mod build;
mod fatal;
mod keys;
mod mapping;
mod node;
mod offsets;
mod pointer;
mod scalar;
mod spans;
mod surrogates;
mod text;
mod tree;
mod typed;

pub use node::{Entry, Key, Kind, Node, Scalar, Span, Style, Value};
pub use pointer::{RefError, escape, tokens};
pub(crate) use spans::first_line;
pub(crate) use tree::Source;
pub use tree::Tree;
pub use typed::openapi;
pub(crate) use typed::sound;

use crate::finding::Finding;

/// The largest document, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The deepest nesting of mappings and sequences.
pub const MAX_DEPTH: usize = 64;

/// Reads one YAML or JSON document. `name` is how findings name the file.
///
/// Problems that leave a readable tree behind, such as a duplicate key, are kept in [`Tree::problems`] and reported
/// by [`crate::lint::lint`] together with everything else.
///
/// # Errors
/// Findings, when there is no tree to speak of: not text, not YAML, empty, too large, too deep, not a mapping.
///
/// ```
/// let tree = codegen::load::load("a.yaml", b"openapi: 3.0.3\n").unwrap();
/// assert_eq!(tree.root().get("openapi").and_then(|node| node.as_str()), Some("3.0.3"));
///
/// let findings = codegen::load::load("a.yaml", b"a: [1").unwrap_err();
/// assert_eq!(findings[0].rule, "YAML_SYNTAX");
/// ```
pub fn load(name: &str, bytes: &[u8]) -> Result<Tree, Vec<Finding>> {
    let text = text::check(name, bytes)?;
    build::build(name, text)
}
