//! How much work it is to compile a schema. The library compiles what a reference leads to once, and what is written in
//! place where it is; but for each `unevaluated` keyword it compiles everything once more that can evaluate a part of the
//! value, references and all, and what has such a keyword inside again for that.

use std::collections::BTreeSet;

use serde_json::Value;

use super::SchemaError;
use super::graph::{Graph, Use};
use super::order::{Endless, order};
use super::outline::{Outline, members};
use super::weight::compiled_states;

/// So many subschemas may be compiled.
const MOST_COMPILED: u64 = 1_000_000;

/// All patterns together may have so many states, which is some tenths of a second.
const MOST_STATES: u64 = 20_000_000;

/// Compiling may be nested so deep. Each is some calls on the stack.
const DEEPEST: usize = 200;

/// Counts how many subschemas the library compiles at most.
///
/// # Errors
/// They are too many.
pub(super) fn compiled(graph: &Graph<'_>, outline: &Outline<'_>) -> Result<u64, SchemaError> {
    let count = graph.subschemas.len();
    let refuse = |step: usize, text: &str| {
        let place = graph.values.get(step % count.max(1));
        SchemaError::new(
            place
                .map(|value| outline.pointer(value))
                .unwrap_or_default(),
            text,
        )
    };
    let mut patterns = BTreeSet::new();
    let mut states = 0_u64;
    for (node, value) in graph.values.iter().enumerate() {
        let pattern = value.get("pattern").and_then(Value::as_str);
        let names = value.get("patternProperties").into_iter().flat_map(members);
        let all = pattern
            .into_iter()
            .chain(names.map(|(name, _)| name.as_str()));
        for pattern in all {
            // The library keeps what it has compiled.
            if patterns.insert(pattern) {
                states = states.saturating_add(compiled_states(pattern));
            }
        }
        if states > MOST_STATES {
            return Err(refuse(node, "its patterns are too large to be compiled"));
        }
    }
    // Below `count` a step is compiling a subschema; from there on, it is finding out what it can evaluate.
    let inner = |step: usize| inner(graph, count, step);
    let order = order(count.saturating_mul(2), DEEPEST, inner).map_err(|error| match error {
        Endless::Circle(step) => refuse(step, "what it evaluates leads to itself"),
        Endless::Chain(step) => refuse(step, "it is nested too deep to be compiled"),
    })?;
    let mut costs = vec![0_u64; count.saturating_mul(2)];
    for step in order.into_iter().rev() {
        let inner = inner(step).into_iter();
        let costs_inside = inner.map(|inner| costs.get(inner).copied().unwrap_or_default());
        let cost = costs_inside.fold(1, u64::saturating_add);
        if let Some(place) = costs.get_mut(step) {
            *place = cost;
        }
        if cost > MOST_COMPILED {
            return Err(refuse(step, &too_many()));
        }
    }
    // What references lead to is compiled apart, once, whether or not it is in place somewhere too.
    let here = graph.subschemas.iter().flat_map(|found| &found.here);
    let referred = here.filter(|(usage, _)| *usage == Use::Reference);
    let referred: BTreeSet<usize> = referred.map(|(_, node)| *node).collect();
    let apart = std::iter::once(0).chain(referred);
    let apart = apart.filter_map(|node| costs.get(node).copied());
    let all = apart.fold(0, u64::saturating_add);
    if all > MOST_COMPILED {
        return Err(refuse(0, &too_many()));
    }
    Ok(all)
}

fn too_many() -> String {
    format!(
        "with its `unevaluated` keywords it takes compiling more than {MOST_COMPILED} subschemas"
    )
}

/// What a step of compiling leads to.
fn inner(graph: &Graph<'_>, count: usize, step: usize) -> Vec<usize> {
    let (node, is_review) = if step < count {
        (step, false)
    } else {
        (step - count, true)
    };
    let Some(subschema) = graph.subschemas.get(node) else {
        return Vec::new();
    };
    let mut inner = Vec::new();
    for &(usage, other) in &subschema.here {
        if is_review {
            inner.push(other + count);
        }
        if usage != Use::Reference {
            inner.push(other);
        }
    }
    inner.extend(subschema.parts.iter().map(|(_, other)| *other));
    if !is_review {
        inner.extend(subschema.properties.values().copied());
        let reviews = usize::try_from(subschema.reviews).unwrap_or(usize::MAX);
        inner.extend(std::iter::repeat_n(node + count, reviews.min(2)));
    }
    inner
}
