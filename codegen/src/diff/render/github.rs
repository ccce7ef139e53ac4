//! Workflow commands: GitHub shows each as an annotation on the line of the revision. It shows few of a kind, so the
//! heaviest come first and what does nothing is left out.

use super::View;
use crate::diff::change::Change;
use crate::diff::verdict::Verdict;

pub(super) fn render(view: &View<'_>) -> String {
    let mut output = String::new();
    for change in &view.report.changes {
        let verdict = view.weight(change);
        let level = match verdict {
            Verdict::Breaking if change.acknowledged.is_some() => "notice",
            Verdict::Breaking => "error",
            Verdict::Warning => "warning",
            Verdict::Additive => "notice",
            Verdict::None => continue,
        };
        // One annotation on a line says it; the other direction of it weighs no more.
        let said = view
            .see(change)
            .and_then(|see| view.report.changes.get(see));
        let is_said =
            |first: &Change| first.revision == change.revision && view.weight(first) >= verdict;
        if said.is_some_and(is_said) {
            continue;
        }
        output.push_str(&command(level, verdict, change));
    }
    output.push_str(&view.report.head(view.promise));
    output.push('\n');
    output
}

fn command(level: &str, verdict: Verdict, change: &Change) -> String {
    let place = &change.revision;
    let title = property(&format!("{} ({verdict})", change.id()));
    let message = message(&format!("{} [{}]", change.text, super::verdicts(change)));
    let file = property(&place.file);
    format!(
        "::{level} file={file},line={},col={},title={title}::{message}\n",
        place.line, place.column
    )
}

fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_document_ends_a_command() {
        assert_eq!(message("100%\n::error::x"), "100%25%0A::error::x");
        assert_eq!(property("a,b:c"), "a%2Cb%3Ac");
    }
}
