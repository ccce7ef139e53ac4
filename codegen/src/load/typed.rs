//! From the tree to `openapiv3`'s data model, through `serde_yaml`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::OpenAPI;
use serde_yaml::{Mapping, Number, Value};

use super::node::{Kind, Node, Span};
use super::tree::Tree;
use crate::finding::{Finding, Severity, rules};
use crate::lint;
use crate::stack::on_large_stack;

/// Reads the document into the typed model that the later stages work on.
///
/// # Errors
/// What does not fit the model. `openapiv3` panics on some such documents and takes exponential time on others, so
/// everything that [`crate::lint`] finds on its walk through the document is reported before `openapiv3` sees it.
pub fn openapi(tree: &Tree) -> Result<OpenAPI, Vec<Finding>> {
    let mut findings = lint::shapes(tree);
    findings.retain(|finding| finding.severity == Severity::Error);
    if !findings.is_empty() {
        return Err(findings);
    }
    sound(tree)
}

/// [`openapi`] for a tree in which [`lint::lint`] has found nothing.
pub(crate) fn sound(tree: &Tree) -> Result<OpenAPI, Vec<Finding>> {
    // The text is read a second time only where the tree does not do, because then the error has a place.
    let read = || {
        serde_yaml::from_value(value(tree.root())).or_else(|_| serde_yaml::from_str(tree.text()))
    };
    // Nothing is known that would still panic; whatever it might be, it is reported as a finding.
    match catch_unwind(AssertUnwindSafe(|| on_large_stack(read))) {
        Ok(Some(read)) => read.map_err(|error| vec![unreadable(tree, &error)]),
        Ok(None) | Err(_) => Err(vec![refused(
            tree,
            Span::default(),
            "the reader of the typed model stops at it",
        )]),
    }
}

/// The node as `serde_yaml` would have read it.
fn value(node: &Node) -> Value {
    let text = || node.as_text().unwrap_or_default().to_owned();
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool => Value::Bool(node.as_bool().unwrap_or_default()),
        Kind::Integer | Kind::Float => {
            number(node).map_or_else(|| Value::String(text()), Value::Number)
        }
        Kind::String => Value::String(text()),
        Kind::Sequence => Value::Sequence(node.items().iter().map(value).collect()),
        Kind::Mapping => {
            let mut mapping = Mapping::with_capacity(node.entries().len());
            for entry in node.entries() {
                mapping.insert(Value::String(entry.key.text.clone()), value(&entry.value));
            }
            Value::Mapping(mapping)
        }
    }
}

// A number beyond 64 bits has been reported by now.
fn number(node: &Node) -> Option<Number> {
    match node.as_integer() {
        Some(integer) => u64::try_from(integer)
            .map(Number::from)
            .or_else(|_| i64::try_from(integer).map(Number::from))
            .ok(),
        None => node.as_float().map(Number::from),
    }
}

fn unreadable(tree: &Tree, error: &serde_yaml::Error) -> Finding {
    let text = error.to_string();
    let start = error.location().map_or(0, |location| {
        tree.offset(location.line(), location.column())
    });
    let rest = tree.text().get(start..).unwrap_or("");
    let line = rest.split('\n').next().unwrap_or("").trim_end();
    // The place is shown by the finding, in a better form than the one at the end of the text.
    let message = text
        .rfind(" at line ")
        .and_then(|at| text.get(..at))
        .unwrap_or(&text);
    refused(
        tree,
        Span {
            start,
            end: start + line.len(),
        },
        message,
    )
}

fn refused(tree: &Tree, span: Span, message: &str) -> Finding {
    let message = format!("the document does not fit OpenAPI 3.0: {message}");
    Finding::new(&rules::DOCUMENT_UNREADABLE, tree.place(span), message)
        .help("compare this part with the OpenAPI 3.0.3 specification; the keys before the colon say where it is")
}
