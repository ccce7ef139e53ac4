//! From the tree's text to `openapiv3`'s data model, through `serde_yaml`.

use std::thread::Builder;

use openapiv3::OpenAPI;

use super::node::Span;
use super::tree::Tree;
use crate::finding::{Finding, Severity, rules};
use crate::lint;

/// `openapiv3` takes many kilobytes of stack for each level of nesting, of which there are at most
/// [`MAX_DEPTH`](super::MAX_DEPTH).
const STACK: usize = 64 << 20;

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
    // Nothing is known that would still panic; whatever it might be, it is reported as a finding.
    match on_large_stack(|| serde_yaml::from_str(tree.text())) {
        Some(read) => read.map_err(|error| vec![unreadable(tree, &error)]),
        None => Err(vec![refused(
            tree,
            Span::default(),
            "the reader of the typed model stops at it",
        )]),
    }
}

/// Runs `work` where nested schemas cannot exhaust the stack; `None` when it panics or no thread can be had.
fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = Builder::new()
            .name("serde_yaml".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work);
        thread.ok()?.join().ok()
    })
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
