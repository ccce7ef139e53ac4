//! How much work a check is, counted before any of it is done. What is shared is counted as often as it is evaluated, and
//! counting takes one pass over subschemas and values, however often that is.
//!
//! The library evaluates a subschema in three modes: whether a value is valid, in which ways it is not, and which parts of
//! it have been evaluated, for the `unevaluated` keywords. Each mode calls the others as `Counts::through` says.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::SchemaError;
use super::compile::compiled;
use super::graph::{Graph, Part, Subschema, Use};
use super::order::{Endless, order};
use super::outline::Outline;
use super::weight::Extent;

/// A schema may ask for so many evaluations of subschemas for one value.
const MOST_EVALUATIONS: u64 = 1_000_000;

/// A check may take so many steps, which is some tenths of a second.
pub(super) const MOST_STEPS: u64 = 10_000_000;

/// A subschema may lead to another one for the same value over so many others.
const LONGEST_CHAIN: usize = 100;

/// Evaluations may be nested so deep in all. Each is some calls on the stack.
const DEEPEST: usize = 300;

/// How often the condition of an `if` is looked at for one `unevaluated` keyword: once for each part of the list that the
/// library makes of it, which has at most so many.
const REVIEWS_OF_CONDITION: u64 = 64;

/// How often a subschema is evaluated in each mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    /// Whether a value is valid.
    valid: u64,
    /// In which ways it is not.
    errors: u64,
    /// Which parts of it have been evaluated.
    marks: u64,
}

impl Counts {
    const ROOT: Self = Self {
        valid: 0,
        errors: 1,
        marks: 0,
    };

    fn add(&mut self, other: Self) {
        self.valid = self.valid.saturating_add(other.valid);
        self.errors = self.errors.saturating_add(other.errors);
        self.marks = self.marks.saturating_add(other.marks);
    }

    fn total(self) -> u64 {
        self.valid
            .saturating_add(self.errors)
            .saturating_add(self.marks)
    }

    /// What a subschema adds to itself: each `unevaluated` keyword asks once what has been evaluated.
    fn reviewed(self, reviews: u64) -> Self {
        let asked = self.valid.saturating_add(self.errors);
        Self {
            marks: self.marks.saturating_add(asked.saturating_mul(reviews)),
            ..self
        }
    }

    /// What a subschema for the same value gets of this one.
    fn through(self, usage: Use) -> Self {
        let Self {
            valid,
            errors,
            marks,
        } = self;
        let times = u64::saturating_mul;
        let sum = |a: u64, b: u64, c: u64| a.saturating_add(b).saturating_add(c);
        match usage {
            Use::Assert | Use::Reference => Self {
                valid: sum(valid, errors, marks),
                errors,
                marks,
            },
            // Whether one holds is asked before it is said why none does.
            Use::Alternative => Self {
                valid: sum(valid, times(errors, 2), marks),
                errors,
                marks,
            },
            Use::Condition => Self {
                valid: sum(valid, times(errors, 2), times(marks, REVIEWS_OF_CONDITION)),
                errors: 0,
                marks,
            },
        }
    }

    /// What a subschema for a part of the value gets. Which parts have been evaluated depends on a few of them alone.
    fn below(self, is_marked: bool) -> Self {
        let Self {
            valid,
            errors,
            marks,
        } = self;
        let marks = if is_marked { marks } else { 0 };
        Self {
            valid: valid.saturating_add(errors).saturating_add(marks),
            errors,
            marks: 0,
        }
    }
}

/// What a check of any value costs, as far as the schema decides.
#[derive(Debug)]
pub(super) struct Work {
    subschemas: Vec<Subschema>,
    /// The place of each subschema in an order in which what applies another one to the same value comes before it.
    ranks: Vec<usize>,
}

/// How many subschemas are evaluated for a value, and how deep.
#[derive(Clone, Copy, Debug, Default)]
struct Load {
    counts: Counts,
    depth: usize,
}

/// How a value is inside of another one.
#[derive(Clone, Copy, Debug)]
enum Step<'v> {
    Root,
    Property(&'v str),
    Item(usize),
}

/// Checking would take too long, or too much of the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooMuch {
    /// More than [`MOST_STEPS`].
    Steps,
    /// The evaluations would be nested too deep.
    Depth,
}

impl Work {
    /// Counts what a schema asks for with one value, and to be compiled.
    ///
    /// # Errors
    /// It is too much, or does not end.
    pub(super) fn new(graph: Graph<'_>, outline: &Outline<'_>) -> Result<Self, SchemaError> {
        let subschemas = &graph.subschemas;
        let refuse = |node: usize, text: &str| {
            let place = graph.values.get(node).map(|value| outline.pointer(value));
            SchemaError::new(place.unwrap_or_default(), text)
        };
        let inner = |node: usize| {
            let here = subschemas.get(node).map_or(&[][..], |found| &found.here);
            here.iter().map(|(_, inner)| *inner)
        };
        let order = order(subschemas.len(), LONGEST_CHAIN, inner).map_err(|error| match error {
            Endless::Circle(node) => refuse(
                node,
                "it refers to itself for the same value, so that no check would end",
            ),
            Endless::Chain(node) => refuse(
                node,
                &format!("it leads over more than {LONGEST_CHAIN} subschemas for the same value"),
            ),
        })?;
        // From those that apply no others to those that apply them.
        let mut costs = vec![[0_u64; 3]; subschemas.len()];
        for &node in order.iter().rev() {
            let Some(subschema) = subschemas.get(node) else {
                continue;
            };
            let cost = |counts: Counts| cost(subschema, counts, &costs);
            let modes = [
                Counts {
                    valid: 1,
                    ..Counts::default()
                },
                Counts::ROOT,
                Counts {
                    marks: 1,
                    ..Counts::default()
                },
            ];
            let found = modes.map(cost);
            if found
                .iter()
                .any(|evaluations| *evaluations > MOST_EVALUATIONS)
            {
                let text = format!(
                    "with its references it asks for more than {MOST_EVALUATIONS} evaluations of one value"
                );
                return Err(refuse(node, &text));
            }
            if let Some(cost) = costs.get_mut(node) {
                *cost = found;
            }
        }
        compiled(&graph, outline)?;
        let mut ranks = vec![0; subschemas.len()];
        for (rank, node) in order.into_iter().enumerate() {
            if let Some(place) = ranks.get_mut(node) {
                *place = rank;
            }
        }
        Ok(Self {
            subschemas: graph.subschemas,
            ranks,
        })
    }

    /// Counts the steps of checking a value, up to [`MOST_STEPS`].
    pub(super) fn steps(&self, value: &Value) -> Result<u64, TooMuch> {
        let root = Load {
            counts: Counts::ROOT,
            depth: 1,
        };
        let mut steps = 0_u64;
        let none = Rc::new(Vec::new());
        let mut open = vec![(value, Step::Root, none)];
        while let Some((value, step, around)) = open.pop() {
            let loads = match step {
                Step::Root => HashMap::from([(0, root)]),
                Step::Property(name) => {
                    let [value, names] = self.property(name, &around);
                    self.here(names, &Extent::name(name), &mut steps)?;
                    value
                }
                Step::Item(number) => self.item(number, &around),
            };
            if loads.is_empty() {
                continue;
            }
            let loads = Rc::new(self.here(loads, &Extent::of(value), &mut steps)?);
            match value {
                Value::Object(members) => {
                    let inner = members.iter();
                    open.extend(
                        inner.map(|(name, inner)| (inner, Step::Property(name), loads.clone())),
                    );
                }
                Value::Array(items) => {
                    let inner = items.iter().enumerate();
                    open.extend(
                        inner.map(|(number, inner)| (inner, Step::Item(number), loads.clone())),
                    );
                }
                _ => {}
            }
        }
        Ok(steps)
    }

    /// How many subschemas there are.
    pub(super) fn subschemas(&self) -> usize {
        self.subschemas.len()
    }

    /// Adds what the subschemas of a value apply to the same value, and counts the steps of all of them.
    fn here(
        &self,
        mut loads: HashMap<usize, Load>,
        extent: &Extent<'_>,
        steps: &mut u64,
    ) -> Result<Vec<(usize, Load)>, TooMuch> {
        let mut reached: Vec<usize> = loads.keys().copied().collect();
        let mut next = 0;
        while let Some(&node) = reached.get(next) {
            next += 1;
            for &(_, inner) in self
                .subschemas
                .get(node)
                .map_or(&[][..], |found| &found.here)
            {
                loads.entry(inner).or_insert_with(|| {
                    reached.push(inner);
                    Load::default()
                });
            }
        }
        reached.sort_by_key(|node| self.ranks.get(*node));
        let mut found = Vec::with_capacity(reached.len());
        for node in reached {
            let (Some(subschema), Some(load)) = (self.subschemas.get(node), loads.remove(&node))
            else {
                continue;
            };
            let load = Load {
                counts: load.counts.reviewed(subschema.reviews),
                ..load
            };
            if load.depth > DEEPEST {
                return Err(TooMuch::Depth);
            }
            let own = subschema.weight.steps(extent, subschema.parts.len());
            *steps = steps.saturating_add(load.counts.total().saturating_mul(own));
            if *steps > MOST_STEPS {
                return Err(TooMuch::Steps);
            }
            for &(usage, inner) in &subschema.here {
                let through = Load {
                    counts: load.counts.through(usage),
                    depth: load.depth + 1,
                };
                add(&mut loads, inner, through);
            }
            found.push((node, load));
        }
        Ok(found)
    }

    /// What the subschemas of an object apply to a property, and to its name.
    fn property(&self, name: &str, loads: &[(usize, Load)]) -> [HashMap<usize, Load>; 2] {
        let (mut value, mut names) = (HashMap::new(), HashMap::new());
        for (subschema, load) in self.loaded(loads) {
            let named = subschema.properties.get(name);
            if let Some(&inner) = named {
                add(&mut value, inner, load.below(false));
            }
            for &(part, inner) in &subschema.parts {
                let below = load.below(part.is_marked());
                match part {
                    Part::AnyProperty | Part::RestProperty => add(&mut value, inner, below),
                    Part::OtherProperty if named.is_none() => add(&mut value, inner, below),
                    Part::PropertyName => add(&mut names, inner, below),
                    _ => {}
                }
            }
        }
        [value, names]
    }

    /// What the subschemas of an array apply to an item.
    fn item(&self, number: usize, loads: &[(usize, Load)]) -> HashMap<usize, Load> {
        let mut item = HashMap::new();
        for (subschema, load) in self.loaded(loads) {
            for &(part, inner) in &subschema.parts {
                if matches!(part, Part::AnyItem | Part::RestItem) || part == Part::Item(number) {
                    add(&mut item, inner, load.below(part.is_marked()));
                }
            }
        }
        item
    }

    fn loaded<'w>(
        &'w self,
        loads: &'w [(usize, Load)],
    ) -> impl Iterator<Item = (&'w Subschema, Load)> {
        let loads = loads.iter();
        loads.filter_map(|(node, load)| Some((self.subschemas.get(*node)?, *load)))
    }
}

impl Load {
    fn below(self, is_marked: bool) -> Self {
        Self {
            counts: self.counts.below(is_marked),
            depth: self.depth + 1,
        }
    }
}

fn add(loads: &mut HashMap<usize, Load>, node: usize, load: Load) {
    let entry = loads.entry(node).or_default();
    entry.counts.add(load.counts);
    entry.depth = entry.depth.max(load.depth);
}

/// The evaluations that a subschema and all that it applies to the same value add up to.
fn cost(subschema: &Subschema, counts: Counts, costs: &[[u64; 3]]) -> u64 {
    let counts = counts.reviewed(subschema.reviews);
    let mut cost = counts.total();
    for &(usage, inner) in &subschema.here {
        let through = counts.through(usage);
        let [valid, errors, marks] = costs.get(inner).copied().unwrap_or_default();
        for (count, each) in [
            (through.valid, valid),
            (through.errors, errors),
            (through.marks, marks),
        ] {
            cost = cost.saturating_add(count.saturating_mul(each));
        }
    }
    cost
}
