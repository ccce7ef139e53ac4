//! Lists of decisions in TOML, read strictly: what is not of the form is said with its line, all of it at once. What the
//! decisions are about is for others to know.

use std::ops::Range;

use toml_edit::{Array, Document, Item, Table, Value};

use crate::finding::{Finding, Place, Rule};
use crate::load::{Source, Span};

/// A stretch of the file, in bytes, where it is known.
pub(crate) type Stretch = Option<Range<usize>>;

/// Reads a list. `fill` makes it from the document and notes what is not of the form, which is then an offence against
/// `rule` with `help`.
///
/// # Errors
/// Everything that is not of the form.
pub(crate) fn read<T>(
    name: &str,
    text: &str,
    rule: &'static Rule,
    help: &'static str,
    fill: impl FnOnce(&mut Reader, &Document<&str>) -> T,
) -> Result<T, Vec<Finding>> {
    let mut reader = Reader {
        source: Source::new(name, text),
        rule,
        help,
        findings: Vec::new(),
    };
    let list = match Document::parse(text) {
        Ok(document) => Some(fill(&mut reader, &document)),
        Err(error) => {
            let message = format!("the file is not valid TOML: {}", error.message());
            reader.refuse(error.span(), message);
            None
        }
    };
    let mut findings = reader.findings;
    findings.sort();
    list.filter(|_| findings.is_empty()).ok_or(findings)
}

/// Reads the parts of a list and keeps what is wrong with them.
pub(crate) struct Reader {
    source: Source,
    rule: &'static Rule,
    help: &'static str,
    findings: Vec<Finding>,
}

impl Reader {
    /// Refuses words that the file does not know.
    pub(crate) fn words(&mut self, table: &Table, known: &[&str], what: &str) {
        for (key, item) in table.iter().filter(|(key, _)| !known.contains(key)) {
            self.refuse(item.span(), format!("`{key}` is no word of {what}"));
        }
    }

    /// A text that says something.
    pub(crate) fn text(&mut self, table: &Table, key: &str) -> Option<(String, Stretch)> {
        let item = table.get(key);
        let span = item.and_then(Item::span);
        let text = item.and_then(Item::as_str).map(str::trim);
        match text.filter(|text| !text.is_empty()) {
            Some(text) => Some((text.to_owned(), span)),
            None => {
                let message = match (item, text) {
                    (None, _) => format!("`{key}` is missing"),
                    (Some(_), None) => format!("`{key}` is no text"),
                    (Some(_), Some(_)) => format!("`{key}` is empty"),
                };
                self.refuse(span.or_else(|| table.span()), message);
                None
            }
        }
    }

    /// A list of texts, at least one.
    pub(crate) fn texts(&mut self, table: &Table, key: &str) -> Vec<(String, Stretch)> {
        let item = table.get(key);
        let span = item.and_then(Item::span).or_else(|| table.span());
        let Some(list) = item.and_then(Item::as_array) else {
            let message = match item {
                None => format!("`{key}` is missing"),
                Some(_) => format!("`{key}` is no list of texts"),
            };
            self.refuse(span, message);
            return Vec::new();
        };
        if list.is_empty() {
            self.refuse(span, format!("`{key}` is empty"));
        }
        let mut texts = Vec::new();
        for value in Array::iter(list) {
            match value.as_str().filter(|text| !text.trim().is_empty()) {
                Some(text) => texts.push((text.to_owned(), Value::span(value))),
                None => self.refuse(
                    value.span(),
                    format!("`{key}` holds something that is no text"),
                ),
            }
        }
        texts
    }

    /// Notes what is wrong with a stretch of the file.
    pub(crate) fn refuse(&mut self, stretch: Stretch, message: String) {
        let place = self.place(stretch);
        self.refuse_at(place, message);
    }

    /// Notes what is wrong at a place.
    pub(crate) fn refuse_at(&mut self, place: Place, message: String) {
        let finding = Finding::new(self.rule, place, message).help(self.help);
        self.findings.push(finding);
    }

    /// How much was refused so far.
    pub(crate) fn refusals(&self) -> usize {
        self.findings.len()
    }

    /// The first line of a stretch of the file.
    pub(crate) fn place(&self, span: Stretch) -> Place {
        let span = span.unwrap_or_default();
        let text = self.source.text.get(span.clone()).unwrap_or_default();
        let end = span.start + text.lines().next().map_or(0, str::len);
        self.source.place(Span {
            start: span.start,
            end,
        })
    }
}
