//! A schema as a graph: which subschemas there are, and which of them each one applies, to the same value or to a part of
//! it. References are edges like any other, so what is shared is one node however often it is used.
//!
//! The graph says at least what the library does: where versions of JSON Schema differ, or a reference can lead to several
//! places, it has all of the edges.

use std::collections::HashMap;

use serde_json::Value;

use super::SchemaError;
use super::outline::{Outline, address, members};
use super::weight::Weight;

/// So many places are looked at for references. One can lead to many, where many have the same name.
const MOST_PLACES: usize = 500_000;

/// How an applicator uses a subschema for the same value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// It has to hold: `allOf`, `then`, `else`, dependencies.
    Assert,
    /// It has to hold, and is somewhere else.
    Reference,
    /// One of several: `anyOf`, `oneOf`.
    Alternative,
    /// Whether it holds decides about others: `if`, `not`.
    Condition,
}

/// Which parts of a value a subschema is applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The values of all properties.
    AnyProperty,
    /// The values of the properties that `properties` does not name.
    OtherProperty,
    /// The names of all properties.
    PropertyName,
    /// One item of an array.
    Item(usize),
    /// All items.
    AnyItem,
    /// The values of the properties that nothing else has evaluated.
    RestProperty,
    /// The items that nothing else has evaluated, or of which one has to fit.
    RestItem,
}

impl Part {
    /// Whether the parts of a value that have been evaluated depend on the subschema.
    pub(super) fn is_marked(self) -> bool {
        matches!(self, Self::RestProperty | Self::RestItem)
    }
}

/// A subschema.
#[derive(Debug, Default)]
pub(super) struct Subschema {
    /// What its own keywords cost.
    pub(super) weight: Weight,
    /// How many keywords look again at what its subschemas have evaluated: those with `unevaluated`.
    pub(super) reviews: u64,
    /// The subschemas for the same value.
    pub(super) here: Vec<(Use, usize)>,
    /// The subschemas of `properties`, by name.
    pub(super) properties: HashMap<Box<str>, usize>,
    /// The other subschemas for parts of the value.
    pub(super) parts: Vec<(Part, usize)>,
}

/// All subschemas that a schema applies. The first one is the schema itself.
#[derive(Debug)]
pub(super) struct Graph<'a> {
    /// The subschemas; edges are numbers in this list.
    pub(super) subschemas: Vec<Subschema>,
    /// What each of them is in the document.
    pub(super) values: Vec<&'a Value>,
}

impl<'a> Graph<'a> {
    /// The graph of a schema.
    ///
    /// # Errors
    /// A reference leads to another document or nowhere.
    pub(super) fn new(schema: &'a Value, outline: &Outline<'a>) -> Result<Self, SchemaError> {
        let mut builder = Builder::default();
        builder.node(schema);
        let mut subschemas = Vec::new();
        while let Some(value) = builder.values.get(subschemas.len()).copied() {
            let subschema = builder.subschema(value, outline)?;
            if builder.looked > MOST_PLACES {
                let text = format!("references lead to more than {MOST_PLACES} places");
                return Err(SchemaError::new(outline.pointer(value), &text));
            }
            subschemas.push(subschema);
        }
        Ok(Self {
            subschemas,
            values: builder.values,
        })
    }
}

#[derive(Default)]
struct Builder<'a> {
    values: Vec<&'a Value>,
    /// The numbers of the values by their address.
    known: HashMap<usize, usize>,
    /// The places that were looked at for references.
    looked: usize,
}

impl<'a> Builder<'a> {
    /// The number of a subschema.
    fn node(&mut self, value: &'a Value) -> usize {
        let next = self.values.len();
        let node = *self.known.entry(address(value)).or_insert(next);
        if node == next {
            self.values.push(value);
        }
        node
    }

    fn subschema(
        &mut self,
        value: &'a Value,
        outline: &Outline<'a>,
    ) -> Result<Subschema, SchemaError> {
        let Value::Object(keywords) = value else {
            return Ok(Subschema::default());
        };
        let mut found = Subschema {
            weight: Weight::of(keywords),
            ..Subschema::default()
        };
        for (keyword, inner) in keywords {
            match keyword.as_str() {
                "$ref" | "$dynamicRef" | "$recursiveRef" => {
                    let Value::String(reference) = inner else {
                        continue;
                    };
                    let targets = outline.targets(keyword, reference, value, &mut self.looked);
                    if targets.is_empty() {
                        return Err(SchemaError::unresolved(outline.pointer(inner), reference));
                    }
                    let targets = targets
                        .into_iter()
                        .map(|target| (Use::Reference, self.node(target)));
                    found.here.extend(targets);
                }
                _ => self.keyword(keyword, inner, &mut found),
            }
        }
        Ok(found)
    }

    /// Adds what a keyword applies.
    fn keyword(&mut self, keyword: &str, value: &'a Value, found: &mut Subschema) {
        let items = || value.as_array().into_iter().flatten();
        let one = || Some(value).filter(|value| is_schema(value)).into_iter();
        let inner = || {
            members(value)
                .map(|(_, inner)| inner)
                .filter(|inner| is_schema(inner))
        };
        let Subschema {
            here,
            properties,
            parts,
            reviews,
            ..
        } = found;
        match keyword {
            "allOf" => here.extend(items().map(|inner| (Use::Assert, self.node(inner)))),
            "anyOf" | "oneOf" => {
                here.extend(items().map(|inner| (Use::Alternative, self.node(inner))));
            }
            "if" | "not" => here.extend(one().map(|inner| (Use::Condition, self.node(inner)))),
            "then" | "else" => here.extend(one().map(|inner| (Use::Assert, self.node(inner)))),
            "dependentSchemas" | "dependencies" => {
                here.extend(inner().map(|inner| (Use::Assert, self.node(inner))));
            }
            "properties" => {
                let members = members(value);
                properties
                    .extend(members.map(|(name, inner)| (name.as_str().into(), self.node(inner))));
            }
            "patternProperties" => {
                parts.extend(inner().map(|inner| (Part::AnyProperty, self.node(inner))));
            }
            "additionalProperties" => {
                parts.extend(one().map(|inner| (Part::OtherProperty, self.node(inner))));
            }
            "unevaluatedProperties" => {
                *reviews += 1;
                parts.extend(one().map(|inner| (Part::RestProperty, self.node(inner))));
            }
            "propertyNames" => {
                parts.extend(one().map(|inner| (Part::PropertyName, self.node(inner))));
            }
            // Up to version 2019-09 `items` can be a list too, and then it means `prefixItems`.
            "items" | "prefixItems" if value.is_array() => {
                let numbered = items().enumerate();
                parts
                    .extend(numbered.map(|(number, inner)| (Part::Item(number), self.node(inner))));
            }
            "items" | "additionalItems" => {
                parts.extend(one().map(|inner| (Part::AnyItem, self.node(inner))));
            }
            "contains" => parts.extend(one().map(|inner| (Part::RestItem, self.node(inner)))),
            "unevaluatedItems" => {
                *reviews += 1;
                parts.extend(one().map(|inner| (Part::RestItem, self.node(inner))));
            }
            _ => {}
        }
    }
}

fn is_schema(value: &Value) -> bool {
    value.is_object() || value.is_boolean()
}
