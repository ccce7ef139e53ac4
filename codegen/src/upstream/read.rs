//! Reads the list of decisions strictly, so that no entry can cover more than its author meant.

use std::collections::HashMap;
use std::str::FromStr;

use toml_edit::{Document, Item, Table};

use super::deviations::{DEVIATION_UNREADABLE, Deviations};
use super::difference::Kind;
use super::entry::Deviation;
use super::pattern::Pattern;
use super::scope::Scope;
use crate::decisions::{self, Reader};
use crate::finding::{Finding, Place};

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
    let help = "the head of spec/deviations.toml says what an entry looks like";
    decisions::read(name, text, &DEVIATION_UNREADABLE, help, document)
}

fn document(reader: &mut Reader, document: &Document<&str>) -> Deviations {
    let mut list = Deviations::default();
    for (key, item) in document.iter() {
        match (key, item.as_array_of_tables()) {
            ("deviation", Some(tables)) => {
                let entries = tables.iter().filter_map(|table| deviation(reader, table));
                list.entries = entries.collect();
            }
            ("scope", Some(tables)) => {
                let scopes = tables.iter().filter_map(|table| scope(reader, table));
                list.scopes = scopes.collect();
            }
            ("deviation" | "scope", None) => {
                reader.refuse(
                    item.span(),
                    format!("`{key}` is no list of tables: write `[[{key}]]`"),
                );
            }
            _ => reader.refuse(item.span(), format!("`{key}` is no word of this file")),
        }
    }
    unique(reader, &list);
    list
}

fn unique(reader: &mut Reader, list: &Deviations) {
    let mut ids: HashMap<&str, &Place> = HashMap::new();
    let mut places: HashMap<&Pattern, &str> = HashMap::new();
    for entry in &list.entries {
        if let Some(first) = ids.insert(&entry.id, &entry.place) {
            let message = format!(
                "the id `{}` stands twice, first in line {}",
                entry.id, first.line
            );
            reader.refuse_at(entry.place.clone(), message);
        }
        for (pattern, place) in &entry.at {
            if let Some(first) = places.insert(pattern, &entry.id) {
                let message = format!("the place `{pattern}` stands twice, first in `{first}`");
                reader.refuse_at(place.clone(), message);
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
            reader.refuse_at(scope.server_place.clone(), message);
        }
    }
}

fn deviation(reader: &mut Reader, table: &Table) -> Option<Deviation> {
    let known = reader.refusals();
    reader.words(table, &MEMBERS, "an entry");
    let id = reader.text(table, "id");
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
        reader.refuse(
            span.clone(),
            format!("the id `{id}` is no kebab case: write `like-this`"),
        );
    }
    let kind = reader.text(table, "kind").and_then(|(word, span)| {
        let kind = Kind::from_str(&word);
        kind.map_err(|error| reader.refuse(span.clone(), error))
            .ok()
            .map(|kind| (kind, span))
    });
    let at = reader.texts(table, "at");
    let at = at.into_iter().filter_map(|(text, span)| {
        let pattern = Pattern::parse(&text);
        pattern
            .map_err(|error| reader.refuse(span.clone(), format!("`{text}` is no place: {error}")))
            .ok()
            .map(|pattern| (pattern, reader.place(span)))
    });
    let at: Vec<(Pattern, Place)> = at.collect();
    let values = reader.texts(table, "values");
    for (position, (text, span)) in values.iter().enumerate() {
        let earlier = values.get(..position).unwrap_or_default();
        if earlier.iter().any(|(other, _)| other == text) {
            reader.refuse(span.clone(), format!("`{text}` stands twice"));
        }
    }
    let mut prose = |key: &str| reader.text(table, key).map(|(text, _)| text);
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
        place: reader.place(id_span),
        kind_place: reader.place(kind_span),
        values_place: reader.place(table.get("values").and_then(Item::span)),
    };
    (reader.refusals() == known).then_some(entry)
}

fn scope(reader: &mut Reader, table: &Table) -> Option<Scope> {
    reader.words(table, &SCOPE_MEMBERS, "a scope");
    let server = reader.text(table, "server");
    let reason = reader.text(table, "reason");
    let paths = reader.texts(table, "paths");
    for (path, span) in &paths {
        if !path.starts_with('/') {
            reader.refuse(
                span.clone(),
                format!("`{path}` is no path: it begins with a slash"),
            );
        }
    }
    let (server, span) = server?;
    reason?;
    Some(Scope {
        server,
        server_place: reader.place(span),
        paths: paths
            .into_iter()
            .map(|(path, span)| (path, reader.place(span)))
            .collect(),
    })
}
