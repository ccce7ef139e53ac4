//! Keys of mappings: which are kept, and what is said of those that are not. It reads no values.

use super::node::{Key, Kind, Node, Scalar, Span, Style, Value};
use super::spans::first_line;
use super::tree::Source;
use crate::finding::{Edit, Finding, rules};

/// A key that waits for its value.
pub(super) enum Pending {
    Keep(Key),
    /// A merge key or no scalar: reported, and its value is read and forgotten.
    Drop,
}

/// Decides whether a key is kept, and reports those that are not.
pub(super) fn admit(node: &Node, source: &Source, problems: &mut Vec<Finding>) -> Pending {
    let span = node.span();
    let place = || source.place(first_line(&source.text, span));
    let kind = node.kind();
    let Value::Scalar(Scalar { text, style, .. }) = node.value() else {
        let message = format!("a key is {}", kind.described());
        problems.push(
            Finding::new(&rules::YAML_KEY_NOT_TEXT, place(), message)
                .help("write a key of plain text"),
        );
        return Pending::Drop;
    };
    if text == "<<" && *style == Style::Plain {
        problems.push(
            Finding::new(&rules::YAML_MERGE_KEY, place(), "a merge key stands here").help(
                "write the members out, or name the shared part in `components` and use `$ref`",
            ),
        );
        return Pending::Drop;
    }
    if kind != Kind::String {
        let message = format!("the key `{text}` is {}, not text", kind.described());
        problems.push(
            Finding::new(&rules::YAML_KEY_NOT_TEXT, place(), message)
                .help(format!("write '{text}' in quotes"))
                .fix(quoted(source, span)),
        );
    }
    Pending::Keep(Key {
        text: text.clone(),
        span,
    })
}

/// The key in quotes.
fn quoted(source: &Source, span: Span) -> Option<Vec<Edit>> {
    let Span { start, end } = span;
    let text = source.text.get(start..end)?;
    let plain = !text.is_empty() && !text.contains(['\'', '"', '\n']);
    plain.then(|| {
        let text = format!("'{text}'");
        vec![Edit { start, end, text }]
    })
}
