//! Reads the list of decisions strictly, so that no entry can cover more than its author meant: what is not of the form is
//! said with its line, all of it at once.

use std::collections::HashMap;
use std::ops::Range;
use std::str::FromStr;

use toml_edit::{Array, Document, Item, Table, Value};

use super::deviations::{DEVIATION_UNREADABLE, Deviations};
use super::difference::Kind;
use super::entry::Deviation;
use super::pattern::Pattern;
use super::scope::Scope;
use crate::finding::{Finding, Place};
use crate::load::{Source, Span};

/// The words of an entry.
const MEMBERS: [&str; 8] = [
    "id",
    "at",
    "kind",
    "published",
    "curated",
    "values",
    "reason",
    "source",
];

/// The words of a scope.
const SCOPE_MEMBERS: [&str; 3] = ["server", "paths", "reason"];

/// Reads a list.
pub(super) fn read(name: &str, text: &str) -> Result<Deviations, Vec<Finding>> {
    let mut reader = Reader {
        source: Source::new(name, text),
        findings: Vec::new(),
    };
    let mut list = Deviations::default();
    match Document::parse(text) {
        Ok(document) => reader.document(&document, &mut list),
        Err(error) => {
            let message = format!("the file is not valid TOML: {}", error.message());
            reader.refuse(error.span(), message);
        }
    }
    if reader.findings.is_empty() {
        Ok(list)
    } else {
        reader.findings.sort();
        Err(reader.findings)
    }
}

/// Reads the list and keeps what is wrong with it.
struct Reader {
    source: Source,
    findings: Vec<Finding>,
}

impl Reader {
    fn document(&mut self, document: &Document<&str>, list: &mut Deviations) {
        for (key, item) in document.iter() {
            match (key, item.as_array_of_tables()) {
                ("deviation", Some(tables)) => {
                    let entries = tables.iter().filter_map(|table| self.deviation(table));
                    list.entries = entries.collect();
                }
                ("scope", Some(tables)) => {
                    let scopes = tables.iter().filter_map(|table| self.scope(table));
                    list.scopes = scopes.collect();
                }
                ("deviation" | "scope", None) => {
                    self.refuse(
                        item.span(),
                        format!("`{key}` is no list of tables: write `[[{key}]]`"),
                    );
                }
                _ => self.refuse(item.span(), format!("`{key}` is no word of this file")),
            }
        }
        self.unique(list);
    }

    fn unique(&mut self, list: &Deviations) {
        let mut ids: HashMap<&str, &Place> = HashMap::new();
        let mut places: HashMap<&Pattern, &str> = HashMap::new();
        for entry in &list.entries {
            if let Some(first) = ids.insert(&entry.id, &entry.place) {
                let message = format!(
                    "the id `{}` stands twice, first in line {}",
                    entry.id, first.line
                );
                self.findings.push(refused(entry.place.clone(), message));
            }
            for (pattern, place) in &entry.at {
                if let Some(first) = places.insert(pattern, &entry.id) {
                    let message = format!("the place `{pattern}` stands twice, first in `{first}`");
                    self.findings.push(refused(place.clone(), message));
                }
            }
        }
        let mut servers: HashMap<&str, usize> = HashMap::new();
        for scope in &list.scopes {
            if let Some(line) = servers.insert(&scope.server, scope.server_place.line) {
                let message = format!(
                    "the server `{}` stands twice, first in line {line}",
                    scope.server
                );
                self.findings
                    .push(refused(scope.server_place.clone(), message));
            }
        }
    }

    fn deviation(&mut self, table: &Table) -> Option<Deviation> {
        let known = self.findings.len();
        self.words(table, &MEMBERS, "an entry");
        let id = self.text(table, "id");
        let is_kebab = |id: &str| {
            let is_word = |word: &str| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
            };
            id.split('-').all(is_word)
        };
        if let Some((id, span)) = id.as_ref().filter(|(id, _)| !is_kebab(id)) {
            self.refuse(
                span.clone(),
                format!("the id `{id}` is no kebab case: write `like-this`"),
            );
        }
        let kind = self.text(table, "kind").and_then(|(word, span)| {
            let kind = Kind::from_str(&word);
            kind.map_err(|error| self.refuse(span.clone(), error))
                .ok()
                .map(|kind| (kind, span))
        });
        let at = self.texts(table, "at");
        let at = at.into_iter().filter_map(|(text, span)| {
            let pattern = Pattern::parse(&text);
            pattern
                .map_err(|error| {
                    self.refuse(span.clone(), format!("`{text}` is no place: {error}"))
                })
                .ok()
                .map(|pattern| (pattern, self.place(span)))
        });
        let at: Vec<(Pattern, Place)> = at.collect();
        let values = self.texts(table, "values");
        for (position, (text, span)) in values.iter().enumerate() {
            let earlier = values.get(..position).unwrap_or_default();
            if earlier.iter().any(|(other, _)| other == text) {
                self.refuse(span.clone(), format!("`{text}` stands twice"));
            }
        }
        let mut prose = |key: &str| self.text(table, key).map(|(text, _)| text);
        let (published, curated) = (prose("published"), prose("curated"));
        let (reason, source) = (prose("reason"), prose("source"));
        let ((id, id_span), (kind, kind_span)) = (id?, kind?);
        let entry = Deviation {
            id,
            kind,
            published: published?,
            curated: curated?,
            reason: reason?,
            source: source?,
            at,
            values: values.into_iter().map(|(text, _)| text).collect(),
            place: self.place(id_span),
            kind_place: self.place(kind_span),
            values_place: self.place(table.get("values").and_then(Item::span)),
        };
        (self.findings.len() == known).then_some(entry)
    }

    fn scope(&mut self, table: &Table) -> Option<Scope> {
        self.words(table, &SCOPE_MEMBERS, "a scope");
        let server = self.text(table, "server");
        let reason = self.text(table, "reason");
        let paths = self.texts(table, "paths");
        for (path, span) in &paths {
            if !path.starts_with('/') {
                self.refuse(
                    span.clone(),
                    format!("`{path}` is no path: it begins with a slash"),
                );
            }
        }
        let (server, span) = server?;
        reason?;
        Some(Scope {
            server,
            server_place: self.place(span),
            paths: paths
                .into_iter()
                .map(|(path, span)| (path, self.place(span)))
                .collect(),
        })
    }

    /// Refuses words that the file does not know.
    fn words(&mut self, table: &Table, known: &[&str], what: &str) {
        for (key, item) in table.iter().filter(|(key, _)| !known.contains(key)) {
            self.refuse(item.span(), format!("`{key}` is no word of {what}"));
        }
    }

    /// A text that says something.
    fn text(&mut self, table: &Table, key: &str) -> Option<(String, Option<Range<usize>>)> {
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
    fn texts(&mut self, table: &Table, key: &str) -> Vec<(String, Option<Range<usize>>)> {
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

    fn refuse(&mut self, span: Option<Range<usize>>, message: String) {
        let place = self.place(span);
        self.findings.push(refused(place, message));
    }

    /// The first line of a stretch of the file.
    fn place(&self, span: Option<Range<usize>>) -> Place {
        let span = span.unwrap_or_default();
        let text = self.source.text.get(span.clone()).unwrap_or_default();
        let end = span.start + text.lines().next().map_or(0, str::len);
        self.source.place(Span {
            start: span.start,
            end,
        })
    }
}

fn refused(place: Place, message: String) -> Finding {
    Finding::new(&DEVIATION_UNREADABLE, place, message)
        .help("the head of spec/deviations.toml says what an entry looks like")
}
