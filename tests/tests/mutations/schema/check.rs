//! Whether a value keeps to a schema.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{Reading, Schemas, Travel, is_nullable, property, required};

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
    let widest = match format {
        "int32" => f64::from(i32::MAX),
        // The next number above the largest of 64 bits, as far as numbers are told apart here.
        "int64" => 2f64.powi(63),
        _ => f64::INFINITY,
    };
    let wide = number.abs() > widest;
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
