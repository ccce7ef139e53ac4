//! What the keywords of one subschema cost by themselves, in steps. A step is about what it takes to look at one keyword.

use serde_json::{Map, Value};

/// So many bytes of text are compared or counted in a step.
const BYTES_IN_STEP: u64 = 64;

/// So many values are compared or hashed in a step.
const VALUES_IN_STEP: u64 = 16;

/// A regular expression moves so many of its states over a byte in a step.
const STATES_IN_STEP: u64 = 64;

/// What the keywords of a subschema cost for a value.
#[derive(Clone, Debug, Default)]
pub(super) struct Weight {
    /// For any value: the keywords, and the values that they list.
    fixed: u64,
    /// For every byte of a text, in states of regular expressions.
    states: u64,
    /// For every byte of the name of every property, in states.
    name_states: u64,
    /// Whether the whole value is hashed or compared.
    whole: bool,
}

/// How large a value is, as far as keywords look at it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent<'v> {
    /// The bytes of a text.
    text: u64,
    /// How many properties or items it has.
    entries: u64,
    /// The bytes of the names of its properties.
    names: u64,
    /// The value itself; none for the name of a property.
    value: Option<&'v Value>,
}

impl<'v> Extent<'v> {
    /// How large a value is.
    pub(super) fn of(value: &'v Value) -> Self {
        let extent = Self {
            value: Some(value),
            ..Self::default()
        };
        match value {
            Value::String(text) => Self {
                text: steps(text.len()),
                ..extent
            },
            Value::Array(items) => Self {
                entries: steps(items.len()),
                ..extent
            },
            Value::Object(members) => Self {
                entries: steps(members.len()),
                names: members.keys().map(|name| steps(name.len())).sum(),
                ..extent
            },
            _ => extent,
        }
    }

    /// How large the name of a property is.
    pub(super) fn name(name: &str) -> Self {
        Self {
            text: steps(name.len()),
            ..Self::default()
        }
    }
}

impl Weight {
    /// What keywords cost.
    pub(super) fn of(keywords: &Map<String, Value>) -> Self {
        let mut weight = Self {
            fixed: steps(keywords.len()),
            ..Self::default()
        };
        for (keyword, value) in keywords {
            match (keyword.as_str(), value) {
                ("enum" | "const", value) => {
                    weight.fixed = weight.fixed.saturating_add(compared(value));
                    weight.whole = true;
                }
                ("required" | "dependentRequired" | "dependencies", value) => {
                    weight.fixed = weight.fixed.saturating_add(compared(value));
                }
                ("pattern", Value::String(pattern)) => {
                    weight.states = weight.states.saturating_add(states(pattern));
                }
                ("patternProperties", Value::Object(patterns)) => {
                    for pattern in patterns.keys() {
                        // They are matched once more for what no pattern matches, and for what nothing evaluates.
                        let states = states(pattern).saturating_mul(3);
                        weight.name_states = weight.name_states.saturating_add(states);
                    }
                }
                ("uniqueItems", Value::Bool(true)) => weight.whole = true,
                _ => {}
            }
        }
        weight
    }

    /// What the keywords cost for a value, if they apply `parts` subschemas to parts of it. It is at least one step.
    pub(super) fn steps(&self, value: &Extent<'_>, parts: usize) -> u64 {
        let product = |bytes: u64, states: u64| bytes.saturating_mul(states) / STATES_IN_STEP;
        let mut sum = self.fixed.saturating_add(1);
        for part in [
            value.text / BYTES_IN_STEP,
            value.entries.saturating_mul(steps(parts).saturating_add(1)),
            product(value.text, self.states),
            product(value.names, self.name_states),
            value.value.filter(|_| self.whole).map_or(0, compared),
        ] {
            sum = sum.saturating_add(part);
        }
        sum
    }
}

/// The steps of comparing a value with another one.
fn compared(value: &Value) -> u64 {
    size(value) / VALUES_IN_STEP + 1
}

/// The values in a value, and its text where that is long.
fn size(value: &Value) -> u64 {
    let mut size = 0_u64;
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        size = size.saturating_add(1);
        match value {
            Value::String(text) => size = size.saturating_add(steps(text.len()) / BYTES_IN_STEP),
            Value::Array(items) => open.extend(items),
            Value::Object(members) => open.extend(members.values()),
            _ => {}
        }
    }
    size
}

/// At least as many states as a regular expression has, but for classes of characters, which are taken for one: its
/// length, times everything that its counted repetitions can multiply.
fn states(pattern: &str) -> u64 {
    let mut states = steps(pattern.len()).max(1);
    for repetition in pattern.split('{').skip(1) {
        let counts = repetition.split('}').next().unwrap_or_default();
        let counts = counts
            .split(',')
            .filter_map(|count| count.trim().parse::<u64>().ok());
        states = states.saturating_mul(counts.max().unwrap_or(1).max(1));
    }
    states
}

/// At least as many states as compiling a regular expression goes through. A class beyond ASCII has many of its own.
pub(super) fn compiled_states(pattern: &str) -> u64 {
    let has = |parts: &[&str]| parts.iter().any(|part| pattern.contains(part));
    let class = if has(&["\\p", "\\P"]) {
        500
    } else if has(&[".", "[^", "\\W", "\\D", "\\S", "\\s", "(?"]) || !pattern.is_ascii() {
        20
    } else {
        1
    };
    states(pattern).saturating_mul(class)
}

fn steps(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
