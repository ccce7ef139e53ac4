//! Values worth trying: those at the edges of what a schema allows, and of what the other document's schema allows.

use std::cell::RefCell;
use std::collections::HashMap;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Number, Value, json};

use super::{Reading, Sample, Schemas, is_nullable, property, required};
use crate::model::Api;

impl<'a> Schemas<'a> {
    /// Values that the schema allows. `hints` are schemas of the other document for the same place.
    pub(crate) fn samples(self, schema: &'a Value, hints: &[&Value], other: &Api) -> Vec<Sample> {
        let parts = self.api.parts(schema);
        let hints: Vec<&Value> = hints.iter().flat_map(|hint| other.parts(hint)).collect();
        let all: Vec<&Value> = parts.iter().chain(&hints).copied().collect();
        let tried = self.objects(&parts, &hints, other).into_iter();
        let tried = tried.chain(self.lists(&parts, &hints, other));
        let tried = tried.chain(scalars(&all).into_iter().map(lenient));
        let mut found: Vec<Sample> = Vec::new();
        for sample in tried {
            // What everyone may send passes the strictest check.
            let reading = match sample.reading {
                Reading::Lenient => Reading::Strict,
                Reading::Strict => Reading::Lenient,
            };
            if self.is_brief && !found.is_empty() {
                break;
            }
            if !found.contains(&sample) && self.check(schema, &sample.value, reading).is_ok() {
                found.push(sample);
            }
        }
        if is_nullable(&parts) && !self.is_brief {
            found.push(Sample {
                value: Value::Null,
                reading: Reading::Lenient,
            });
        }
        found
    }

    /// The same for a part of the schema, of which the other document may say the same.
    fn of(self, schema: &Value, hints: &[&Value], other: &Api) -> Self {
        let is_same = || {
            hints
                .first()
                .is_some_and(|hint| other.expanded(hint) == self.api.expanded(schema))
        };
        Self {
            is_brief: self.is_brief || is_same(),
            ..self
        }
    }

    fn objects(self, parts: &[&'a Value], hints: &[&Value], other: &Api) -> Vec<Sample> {
        if !parts.iter().any(|part| takes(part, "object")) {
            return Vec::new();
        }
        let names = names(parts);
        let needed: Vec<&str> = parts.iter().flat_map(|part| required(part)).collect();
        let mut full = Map::new();
        let mut choices = Vec::new();
        for name in names {
            let schema = property(parts, name).unwrap();
            if !self.travels(schema) {
                continue;
            }
            let hint: Vec<&Value> = property(hints, name).into_iter().collect();
            let samples = self.of(schema, &hint, other).samples(schema, &hint, other);
            let first = samples
                .iter()
                .find(|sample| sample.reading == Reading::Lenient && !sample.value.is_null());
            let first = first.unwrap_or_else(|| panic!("{name} has no value: {schema}"));
            full.insert(name.to_owned(), first.value.clone());
            choices.push((name, samples));
        }
        if self.is_brief {
            return vec![lenient(Value::Object(full))];
        }
        let mut least = full.clone();
        least.retain(|name, _| needed.contains(&name.as_str()));
        let mut found = vec![
            lenient(Value::Object(full.clone())),
            lenient(Value::Object(least.clone())),
        ];
        for (name, samples) in choices {
            let mut without = full.clone();
            without.remove(name);
            found.push(lenient(Value::Object(without)));
            for Sample { value, reading } in samples {
                let mut with = least.clone();
                with.insert(name.to_owned(), value);
                found.push(Sample {
                    value: Value::Object(with),
                    reading,
                });
            }
        }
        let stated: Vec<&Value> = parts
            .iter()
            .filter_map(|part| part.get("additionalProperties"))
            .collect();
        let unknown = match stated.iter().find(|rule| rule.is_object()) {
            Some(rule) => self
                .samples(rule, &[], other)
                .into_iter()
                .map(|sample| sample.value)
                .collect(),
            None if stated.contains(&&Value::Bool(false)) => Vec::new(),
            None => vec![json!("kept"), json!({"deep": [1, null]})],
        };
        let reading = match stated.is_empty() {
            true => Reading::Strict,
            false => Reading::Lenient,
        };
        for value in unknown {
            let mut with = least.clone();
            with.insert("never_declared".to_owned(), value);
            found.push(Sample {
                value: Value::Object(with),
                reading,
            });
        }
        found
    }

    fn lists(self, parts: &[&'a Value], hints: &[&Value], other: &Api) -> Vec<Sample> {
        if !parts.iter().any(|part| takes(part, "array")) {
            return Vec::new();
        }
        let hint: Vec<&Value> = hints.iter().filter_map(|part| part.get("items")).collect();
        let items = parts.iter().find_map(|part| part.get("items"));
        let samples = match items {
            Some(items) => self.of(items, &hint, other).samples(items, &hint, other),
            None => vec![lenient(json!("any")), lenient(json!(1))],
        };
        if self.is_brief {
            return vec![lenient(json!([samples[0].value]))];
        }
        let mut found = vec![lenient(json!([]))];
        for Sample { value, reading } in &samples {
            found.push(Sample {
                value: json!([value]),
                reading: *reading,
            });
        }
        let one = samples[0].value.clone();
        let two = samples
            .get(1)
            .map_or_else(|| one.clone(), |sample| sample.value.clone());
        found.push(lenient(json!([one, two])));
        found.push(lenient(json!([one, one])));
        for count in edges(parts.iter().chain(hints), ["minItems", "maxItems"]) {
            found.push(lenient(vec![one.clone(); count].into()));
            let different: Vec<Value> = samples
                .iter()
                .map(|sample| sample.value.clone())
                .take(count)
                .collect();
            found.push(lenient(different.into()));
        }
        found
    }
}

fn lenient(value: Value) -> Sample {
    Sample {
        value,
        reading: Reading::Lenient,
    }
}

/// What stands on either side of the bounds of these keywords.
fn edges<'a>(parts: impl Iterator<Item = &'a &'a Value>, keys: [&str; 2]) -> Vec<usize> {
    let bounds = parts.flat_map(|part| keys.into_iter().filter_map(|key| part.get(key)?.as_u64()));
    let mut found: Vec<usize> = bounds
        .flat_map(|bound| [bound.saturating_sub(1), bound, bound + 1])
        .map(|count| usize::try_from(count).unwrap())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn names<'a>(parts: &[&'a Value]) -> Vec<&'a str> {
    let members = parts
        .iter()
        .filter_map(|part| part.get("properties")?.as_object());
    members
        .flat_map(|members| members.keys().map(String::as_str))
        .collect()
}

fn takes(part: &Value, kind: &str) -> bool {
    match part.get("type").and_then(Value::as_str) {
        Some(known) => known == kind,
        None => false,
    }
}

/// Texts, numbers and truth values at the edges of these schemas. Most of them break one; whoever asks picks.
fn scalars(parts: &[&Value]) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    for part in parts {
        if let Some(listed) = part.get("enum").and_then(Value::as_array) {
            found.extend(listed.iter().cloned());
        }
        if let Some(pattern) = part.get("pattern").and_then(Value::as_str) {
            found.extend(texts_of(pattern).into_iter().map(Value::String));
        }
        for key in ["minimum", "maximum", "multipleOf"] {
            if let Some(bound) = part.get(key).and_then(Value::as_i64) {
                found.extend([bound, bound - 1, bound + 1].map(Value::from));
            }
        }
    }
    for count in edges(parts.iter(), ["minLength", "maxLength"]) {
        found.push("x".repeat(count).into());
        found.push(format!("{:x<count$}", "https://www.example.com/").into());
    }
    found.extend([
        json!(7),
        json!(1),
        json!(0),
        json!(-1),
        json!(i64::from(i32::MAX) + 1),
        json!(1_000_000),
    ]);
    found.extend(
        ["1.5", "-0.25", "1e21"].map(|text| Value::Number(text.parse::<Number>().unwrap())),
    );
    found.extend(
        [
            "text",
            "",
            "Ünï & = % ☃",
            "1",
            "true",
            "https://www.example.com/a?b=c",
            "/relative/path?a=b",
            "2026-03-02T09:30:00Z",
            "2026-03-02T09:30:00.125+02:00",
            "Mon, 02 Mar 2026 09:30:00 +0000",
            "2026-03-02",
            "who@example.com",
        ]
        .map(Value::from),
    );
    found.push("long ".repeat(100).into());
    found.extend([json!(true), json!(false)]);
    found
}

/// Some texts of an anchored pattern, always the same ones.
pub(crate) fn texts_of(pattern: &str) -> Vec<String> {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Vec<String>>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        known
            .entry(pattern.to_owned())
            .or_insert_with(|| make_texts(pattern))
            .clone()
    })
}

fn make_texts(pattern: &str) -> Vec<String> {
    let bare = pattern.trim_start_matches('^').trim_end_matches('$');
    let strategy = proptest::string::string_regex(bare).unwrap();
    let mut runner = TestRunner::deterministic();
    (0..12)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .collect()
}
