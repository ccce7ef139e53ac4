//! What a stage has to say about the document: which rule, where, why, and what to write instead.
//!
//! A finding is plain data. It is never printed here ([`crate::report`] does that) and never decides whether a run
//! goes on; the stages that return findings do.

pub mod rules;

use std::fmt;
use std::sync::Arc;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Code cannot be generated, or would not do what the document says.
    Error,
    /// Code can be generated, and the document would still be better with the change.
    Warning,
}

/// One curation rule: the entry that `--explain` and the list of rules show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The stable name of the rule, for example `REF_UNRESOLVED`.
    pub id: &'static str,
    /// How much each of its findings weighs.
    pub severity: Severity,
    /// One sentence on what the rule asks for.
    pub summary: &'static str,
}

impl Rule {
    /// The rule with this id, in upper or lower case.
    ///
    /// ```
    /// use codegen::finding::Rule;
    /// assert_eq!(Rule::find("ref_unresolved").map(|rule| rule.id), Some("REF_UNRESOLVED"));
    /// assert!(Rule::find("REF").is_none());
    /// ```
    pub fn find(id: &str) -> Option<&'static Self> {
        rules::RULES
            .iter()
            .find(|rule| rule.id.eq_ignore_ascii_case(id))
    }

    /// The whole page about the rule, in Markdown: why it matters, an example, how to mend it, what `--fix` does. `None`
    /// for a rule that is not in [`rules::RULES`].
    pub fn page(&self) -> Option<&'static str> {
        let mut pages = rules::PAGES.iter();
        pages.find(|(id, _)| *id == self.id).map(|(_, page)| *page)
    }
}

/// A stretch of the document's text, with the line and column that a person would type into an editor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file as the caller named it.
    pub file: Arc<str>,
    /// The line of the first character, counted from 1.
    pub line: usize,
    /// The column of the first character, counted in characters from 1.
    pub column: usize,
    /// The byte offset of the first character.
    pub start: usize,
    /// The byte offset after the last character.
    pub end: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One replacement in the text of the document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// The byte offset of the first character that goes.
    pub start: usize,
    /// The byte offset after the last character that goes; equal to `start` where nothing does.
    pub end: usize,
    /// What is written in its place.
    pub text: String,
}

/// One thing to mend in the document.
///
/// Findings sort by place, then by rule (the order of the fields), so that a list of them is the same on every run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    /// Where in the document.
    pub place: Place,
    /// The id of the rule that was broken.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The JSON pointer of the node in question, for example `/paths/~1v1~1Listings/get`.
    pub pointer: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// A few words to stand beside the underlined text.
    pub label: String,
    /// What to write instead.
    pub help: String,
    /// Other places that explain the finding, each with a few words.
    pub related: Vec<(Place, String)>,
    /// The mend, where it is mechanical: edits that do not overlap, to be made all or none. [`crate::lint::fix`] makes
    /// them.
    pub fix: Vec<Edit>,
}

impl Finding {
    /// A finding of `rule` at `place`, without pointer, label, help or related places yet.
    pub fn new(rule: &Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule: rule.id,
            severity: rule.severity,
            place,
            pointer: String::new(),
            message: message.into(),
            label: String::new(),
            help: String::new(),
            related: Vec::new(),
            fix: Vec::new(),
        }
    }

    /// Adds the mend, if there is a mechanical one.
    #[must_use]
    pub(crate) fn fix(mut self, edits: Option<Vec<Edit>>) -> Self {
        self.fix = edits.unwrap_or_default();
        self
    }

    /// Names the node by its JSON pointer.
    #[must_use]
    pub fn pointer(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    /// Puts a few words beside the underlined text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Adds another place that explains the finding.
    #[must_use]
    pub fn related(mut self, place: Place, words: impl Into<String>) -> Self {
        self.related.push((place, words.into()));
        self
    }
}
