//! The list of decisions, `spec/deviations.toml`: reads it strictly, so that no entry can cover more than its author
//! meant, and checks without any published description what can be checked without one.

use std::collections::HashMap;
use std::ops::Range;
use std::str::FromStr;

use toml_edit::{Array, Document, Item, Table, Value};

use super::difference::Kind;
use super::entry::Deviation;
use super::operations::{Operation, operations};
use super::pattern::Pattern;
use super::place::OWNERS;
use super::scope::{Scope, covers};
use crate::diff::side::Side;
use crate::finding::{Finding, Place, Rule, Severity};
use crate::load::{Source, Span, Tree};

/// The list cannot be used.
pub const DEVIATION_UNREADABLE: Rule = Rule {
    id: "DEVIATION_UNREADABLE",
    severity: Severity::Error,
    summary: "The list of deviations is TOML of the form that its head describes.",
};

/// A place of an entry is no difference, or not in the document.
pub const DEVIATION_STALE: Rule = Rule {
    id: "DEVIATION_STALE",
    severity: Severity::Error,
    summary: "Every place of an entry is one in which the two descriptions differ.",
};

/// What differs at the places of an entry is not what was decided on.
pub const DEVIATION_CHANGED: Rule = Rule {
    id: "DEVIATION_CHANGED",
    severity: Severity::Error,
    summary: "At the places of an entry the two descriptions say what the entry lists.",
};

/// A `*` covers too much or too little.
pub const DEVIATION_TOO_WIDE: Rule = Rule {
    id: "DEVIATION_TOO_WIDE",
    severity: Severity::Error,
    summary: "A `*` stands for several things, and for the same decision in all of them.",
};

/// A difference is covered twice.
pub const DEVIATION_REPEATED: Rule = Rule {
    id: "DEVIATION_REPEATED",
    severity: Severity::Error,
    summary: "A difference belongs to one entry.",
};

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

/// The decisions, in the order in which they are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deviations {
    entries: Vec<Deviation>,
    pub(super) scopes: Vec<Scope>,
}

/// Checks a list of deviations without any published description: its form, and that every place can be one of the
/// curated document. `name` is how findings name the file.
pub fn deviations(name: &str, text: &str, curated: &Tree) -> Vec<Finding> {
    match Deviations::parse(name, text) {
        Ok(list) => list.misplaced(curated),
        Err(findings) => findings,
    }
}

impl Deviations {
    /// Reads a list. `name` is how findings name the file.
    ///
    /// ```
    /// use codegen::upstream::Deviations;
    ///
    /// let text = r#"
    /// [[deviation]]
    /// id = "not-found"
    /// at = ["GET /v1/Things /responses/404"]
    /// kind = "status"
    /// published = "not listed"
    /// curated = "404 without a body"
    /// values = ["absent -> present"]
    /// reason = "A thing may not exist."
    /// source = "Documentation of the Things resource"
    /// "#;
    /// assert_eq!(Deviations::parse("a.toml", text).unwrap().entries()[0].id, "not-found");
    /// assert!(Deviations::parse("a.toml", &text.replace("A thing may not exist.", " ")).is_err());
    /// ```
    ///
    /// # Errors
    /// Everything that is not of the form, with its line.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Finding>> {
        let mut reader = Reader {
            source: Source::new(name, text),
            findings: Vec::new(),
        };
        let mut list = Self::default();
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

    /// The decisions.
    pub fn entries(&self) -> &[Deviation] {
        &self.entries
    }

    /// Every place and scope that the curated document has nothing for.
    pub(super) fn misplaced(&self, curated: &Tree) -> Vec<Finding> {
        let side = Side::new(curated);
        let here = operations(&side);
        let mut findings = Vec::new();
        for (pattern, place) in self.entries.iter().flat_map(|entry| &entry.at) {
            let component = OWNERS.iter().find(|(word, _)| *word == pattern.owner[0]);
            let is_there = match component {
                Some((_, kind)) => side
                    .components(kind)
                    .is_some_and(|all| all.get(&pattern.owner[1]).is_some()),
                // An operation that only upstream has is not in the document, which is the point.
                None => {
                    pattern.is_whole()
                        || here
                            .iter()
                            .any(|operation| pattern.selects(&operation.method, operation.path))
                }
            };
            if !is_there {
                let message = format!("the document has no `{}`", pattern.owner.join(" "));
                findings.push(
                    Finding::new(&DEVIATION_STALE, place.clone(), message)
                        .help("write the name as the document does, or remove the place"),
                );
            }
        }
        for scope in &self.scopes {
            scope_misplaced(scope, &here, &mut findings);
        }
        findings.sort();
        findings
    }
}

fn scope_misplaced(scope: &Scope, here: &[Operation<'_>], findings: &mut Vec<Finding>) {
    let own: Vec<&Operation<'_>> = here
        .iter()
        .filter(|operation| operation.is_at(&[scope.server.as_str()]))
        .collect();
    if own.is_empty() {
        let message = format!("the document has no operation on `{}`", scope.server);
        findings.push(
            Finding::new(&DEVIATION_STALE, scope.server_place.clone(), message)
                .help("remove the scope"),
        );
        return;
    }
    for (path, place) in &scope.paths {
        if !own
            .iter()
            .any(|operation| covers(path, operation.whole_path()))
        {
            let message = format!(
                "the document has no path under `{path}` on `{}`",
                scope.server
            );
            findings.push(
                Finding::new(&DEVIATION_STALE, place.clone(), message).help("remove the path"),
            );
        }
    }
    let is_out = |operation: &&&Operation<'_>| {
        let mut paths = scope.paths.iter();
        !paths.any(|(path, _)| covers(path, operation.whole_path()))
    };
    if let Some(operation) = own.iter().find(is_out) {
        let message = format!("the scope leaves out `{}` of the document", operation.path);
        findings.push(
            Finding::new(&DEVIATION_STALE, scope.server_place.clone(), message)
                .help("name the path, or one above it, in `paths`"),
        );
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
