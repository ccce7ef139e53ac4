//! Whether a value keeps to a schema, and which values are worth trying: those at the edges of what the schema allows
//! and of what the other document's schema allows.

use std::cell::RefCell;
use std::collections::HashMap;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Number, Value, json};

use crate::model::Api;

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Travel {
    Request,
    Reply,
}

/// How what no document says is taken: in favour of the other side, or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reading {
    /// A server passes over what it does not know; a client keeps values that its list lacks.
    Lenient,
    /// A server refuses what it does not know; a client refuses values that its list lacks.
    Strict,
}

/// What holds for a whole comparison.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schemas<'a> {
    pub(crate) api: &'a Api,
    pub(crate) travel: Travel,
    /// Whether one value of each kind is enough, because nothing about it changed.
    pub(crate) is_brief: bool,
}

/// A value to try. One that holds something undeclared, of which the document does not say that it may, is only sent
/// by those who read the document strictly.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sample {
    pub(crate) value: Value,
    pub(crate) reading: Reading,
}

impl<'a> Schemas<'a> {
    /// # Errors
    /// Where in the value which keyword is broken.
    pub(crate) fn check(
        self,
        schema: &'a Value,
        value: &Value,
        reading: Reading,
    ) -> Result<(), String> {
        let parts = self.api.parts(schema);
        if value.is_null() && is_nullable(&parts) {
            return Ok(());
        }
        let refuse = |why: &str| Err(format!("{why}: {value}"));
        for part in &parts {
            if !is_of_type(part, value) {
                return refuse(&format!("is not of type {}", part["type"]));
            }
            let kept = self.travel == Travel::Reply && reading == Reading::Lenient;
            if let Some(values) = part.get("enum").and_then(Value::as_array)
                && !values.contains(value)
                && !kept
            {
                return refuse("is not on the list");
            }
            if let Some(why) = scalar(part, value) {
                return refuse(&why);
            }
            for key in ["oneOf", "anyOf"] {
                if let Some(ways) = part.get(key).and_then(Value::as_array)
                    && !ways
                        .iter()
                        .any(|way| self.check(way, value, reading).is_ok())
                {
                    return refuse(&format!("fits nothing of {key}"));
                }
            }
        }
        match value {
            Value::Array(items) => self.items(&parts, items, reading),
            Value::Object(members) => self.members(&parts, members, reading),
            _ => Ok(()),
        }
    }

    fn items(self, parts: &[&'a Value], items: &[Value], reading: Reading) -> Result<(), String> {
        for part in parts {
            let count = u64::try_from(items.len()).unwrap();
            let bound = |key: &str| part.get(key).and_then(Value::as_u64);
            if bound("minItems").is_some_and(|least| count < least)
                || bound("maxItems").is_some_and(|most| count > most)
            {
                return Err(format!("has {count} items"));
            }
            let twice = items
                .iter()
                .enumerate()
                .any(|(at, item)| items[..at].contains(item));
            if part.get("uniqueItems") == Some(&Value::Bool(true)) && twice {
                return Err("holds an item twice".to_owned());
            }
            for (at, item) in items.iter().enumerate() {
                if let Some(schema) = part.get("items") {
                    self.check(schema, item, reading)
                        .map_err(|why| format!("/{at}{why}"))?;
                }
            }
        }
        Ok(())
    }

    fn members(
        self,
        parts: &[&'a Value],
        members: &Map<String, Value>,
        reading: Reading,
    ) -> Result<(), String> {
        for name in parts.iter().flat_map(|part| required(part)) {
            let schema = property(parts, name);
            if !members.contains_key(name) && schema.is_none_or(|schema| self.travels(schema)) {
                return Err(format!("/{name} is missing"));
            }
        }
        for (name, member) in members {
            let below = |why: String| format!("/{name} {why}");
            match property(parts, name) {
                Some(schema) if self.travels(schema) => {
                    self.check(schema, member, reading).map_err(below)?;
                }
                // A server may refuse what is not for it; a client passes over it.
                Some(_) if self.travel == Travel::Request && reading == Reading::Strict => {
                    return Err(below("has no place here".to_owned()));
                }
                Some(_) => {}
                None => self.undeclared(parts, member, reading).map_err(below)?,
            }
        }
        Ok(())
    }

    /// What the document says of members that it does not declare.
    fn undeclared(
        self,
        parts: &[&'a Value],
        member: &Value,
        reading: Reading,
    ) -> Result<(), String> {
        let stated: Vec<&Value> = parts
            .iter()
            .filter_map(|part| part.get("additionalProperties"))
            .collect();
        if stated.is_empty() && self.travel == Travel::Request && reading == Reading::Strict {
            return Err("is not declared".to_owned());
        }
        for rule in stated {
            match rule {
                Value::Bool(false) => return Err("is not declared".to_owned()),
                Value::Object(_) => self.check(rule, member, reading)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether a member of this schema belongs into a message of this direction.
    pub(crate) fn travels(self, schema: &Value) -> bool {
        let key = match self.travel {
            Travel::Request => "readOnly",
            Travel::Reply => "writeOnly",
        };
        let parts = self.api.parts(schema);
        !parts
            .iter()
            .any(|part| part.get(key) == Some(&Value::Bool(true)))
    }

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

fn is_nullable(parts: &[&Value]) -> bool {
    let says_type = parts
        .iter()
        .any(|part| part.get("type").is_some() || part.get("allOf").is_some());
    parts[0].get("nullable") == Some(&Value::Bool(true)) || !says_type
}

fn required(part: &Value) -> Vec<&str> {
    let names = part.get("required").and_then(Value::as_array);
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

fn names<'a>(parts: &[&'a Value]) -> Vec<&'a str> {
    let members = parts
        .iter()
        .filter_map(|part| part.get("properties")?.as_object());
    members
        .flat_map(|members| members.keys().map(String::as_str))
        .collect()
}

/// The schema of a member.
pub(crate) fn property<'a>(parts: &[&'a Value], name: &str) -> Option<&'a Value> {
    parts
        .iter()
        .find_map(|part| part.get("properties")?.get(name))
}

fn takes(part: &Value, kind: &str) -> bool {
    match part.get("type").and_then(Value::as_str) {
        Some(known) => known == kind,
        None => false,
    }
}

fn is_of_type(part: &Value, value: &Value) -> bool {
    match part.get("type").and_then(Value::as_str) {
        Some("string") => value.is_string(),
        Some("integer") => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    }
}

/// Which keyword of a text or a number is broken.
fn scalar(part: &Value, value: &Value) -> Option<String> {
    let format = part
        .get("format")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if let Some(text) = value.as_str() {
        let length = u64::try_from(text.chars().count()).unwrap();
        let bound = |key: &str| part.get(key).and_then(Value::as_u64);
        if bound("minLength").is_some_and(|least| length < least)
            || bound("maxLength").is_some_and(|most| length > most)
        {
            return Some(format!("has {length} characters"));
        }
        if let Some(pattern) = part.get("pattern").and_then(Value::as_str)
            && !matches(pattern, text)
        {
            return Some(format!("does not match {pattern}"));
        }
        if !has_format(format, text) {
            return Some(format!("is no {format}"));
        }
    }
    let number = value.as_f64()?;
    let bound = |key: &str| part.get(key).and_then(Value::as_f64);
    let open = |key: &str| part.get(key) == Some(&Value::Bool(true));
    let low = bound("minimum")
        .is_some_and(|least| number < least || (open("exclusiveMinimum") && number <= least));
    let high = bound("maximum")
        .is_some_and(|most| number > most || (open("exclusiveMaximum") && number >= most));
    let step = bound("multipleOf").is_some_and(|step| (number / step).fract() != 0.0);
    let wide = format == "int32" && (number < f64::from(i32::MIN) || number > f64::from(i32::MAX));
    (low || high || step || wide).then(|| "is out of bounds".to_owned())
}

fn has_format(format: &str, text: &str) -> bool {
    let matches = |pattern| matches(pattern, text);
    match format {
        "date-time" => matches(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"),
        "date-time-rfc-2822" => {
            matches(r"^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$")
        }
        "date" => matches(r"^\d{4}-\d\d-\d\d$"),
        "email" => matches(r"^[^@ ]+@[^@ ]+$"),
        "uri" => matches(r"^[a-z][a-z0-9+.-]*:[!-~]*$"),
        "uri-reference" => matches(r"^[!-~]*$"),
        _ => true,
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

fn matches(pattern: &str, text: &str) -> bool {
    // Making a pattern takes much longer than matching it.
    thread_local! {
        static KNOWN: RefCell<HashMap<String, regress::Regex>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        let made = known.entry(pattern.to_owned());
        let made = made.or_insert_with(|| regress::Regex::new(pattern).unwrap());
        made.find(text).is_some()
    })
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
