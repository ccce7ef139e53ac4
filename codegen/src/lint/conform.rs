//! Whether a value is one of its schema: the part of JSON Schema that OpenAPI 3.0 has, read off the tree. It reports
//! places and judges nothing else; what a schema itself does wrong is found elsewhere.

use std::collections::HashMap;

use super::closest::closest;
use super::formats;
use crate::load::{Kind, Node, Span, Tree, escape};
use crate::sid_shape::SidShape;

/// Schemas that refer to each other without a value in between, deeper than this, form a circle or might as well.
const MOST_STEPS: usize = 64;

/// How a value and its schema disagree.
#[derive(Debug)]
pub(super) struct Misfit {
    /// The value, or the key of a member.
    pub(super) span: Span,
    /// The way from the whole value to this part of it, as a JSON pointer.
    pub(super) pointer: String,
    /// What is wrong, as the rest of a sentence about the part.
    pub(super) problem: String,
    /// What to write instead.
    pub(super) help: String,
    /// Whether the value is a plain scalar that only lacks quotes.
    pub(super) unquoted: bool,
    /// Whether all that is wrong is a member that the schema does not declare.
    pub(super) undeclared: bool,
}

/// The schemas that references lead to, by reference.
pub(super) struct Schemas<'a> {
    tree: &'a Tree,
    by_reference: HashMap<String, &'a Node>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(tree: &'a Tree) -> Self {
        let components = tree.at("/components/schemas");
        let entries = components.map_or(&[][..], Node::entries).iter();
        Self {
            tree,
            by_reference: entries
                .map(|entry| {
                    let name = escape(&entry.key.text);
                    (format!("#/components/schemas/{name}"), &entry.value)
                })
                .collect(),
        }
    }

    /// All ways in which `value` is no value of `schema`.
    pub(super) fn misfits(&self, schema: &'a Node, value: &'a Node) -> Vec<Misfit> {
        let mut check = Check {
            schemas: self,
            misfits: Vec::new(),
            pointer: String::new(),
        };
        check.value(schema, value, 0);
        check.misfits
    }

    fn target(&self, reference: &str) -> Option<&'a Node> {
        match self.by_reference.get(reference) {
            Some(found) => Some(found),
            None => Some(self.tree.resolve(reference).ok()?.0),
        }
    }
}

struct Check<'s, 'a> {
    schemas: &'s Schemas<'a>,
    misfits: Vec<Misfit>,
    pointer: String,
}

impl<'a> Check<'_, 'a> {
    /// The recursion ends with the value, whose depth is bounded, or with the steps between two parts of it.
    fn value(&mut self, schema: &'a Node, value: &'a Node, steps: usize) {
        if steps > MOST_STEPS {
            return;
        }
        if let Some(reference) = schema.get("$ref").and_then(Node::as_str) {
            if let Some(target) = self.schemas.target(reference) {
                self.value(target, value, steps + 1);
            }
            return;
        }
        if value.is_null() {
            if !self.accepts_null(schema, steps) {
                self.report(
                    value.span(),
                    "is null, which its schema does not allow",
                    "write a value, or leave the member out",
                );
            }
            return;
        }
        self.composed(schema, value, steps);
        if let Some(kind) = schema.get("type").and_then(Node::as_str)
            && !self.kind(kind, value)
        {
            return;
        }
        self.listed(schema, value);
        match value.kind() {
            Kind::String => self.text(schema, value),
            Kind::Integer | Kind::Float => self.number(schema, value),
            Kind::Sequence => self.items(schema, value),
            Kind::Mapping => self.members(schema, value),
            Kind::Null | Kind::Bool => {}
        }
    }

    /// Null is a value of a schema that says so, beside a reference too, and of one without any rule.
    fn accepts_null(&self, schema: &'a Node, steps: usize) -> bool {
        if schema.get("nullable").and_then(Node::as_bool) == Some(true) {
            return true;
        }
        if steps > MOST_STEPS || schema.get("type").is_some() {
            return steps > MOST_STEPS;
        }
        let inner = |part: &'a Node| {
            let target = match part.get("$ref").and_then(Node::as_str) {
                Some(reference) => self.schemas.target(reference),
                None => Some(part),
            };
            target.is_none_or(|target| self.accepts_null(target, steps + 1))
        };
        let parts = |key: &str| schema.get(key).map_or(&[][..], Node::items);
        let any = |key: &str| parts(key).is_empty() || parts(key).iter().any(inner);
        parts("allOf").iter().all(inner) && any("oneOf") && any("anyOf")
    }

    fn composed(&mut self, schema: &'a Node, value: &'a Node, steps: usize) {
        for part in schema.get("allOf").map_or(&[][..], Node::items) {
            self.value(part, value, steps + 1);
        }
        for (key, exactly) in [("oneOf", true), ("anyOf", false)] {
            let Some(parts) = schema
                .get(key)
                .map(Node::items)
                .filter(|parts| !parts.is_empty())
            else {
                continue;
            };
            let fitting = parts
                .iter()
                .filter(|part| self.fits(part, value, steps))
                .count();
            if fitting == 0 || exactly && fitting > 1 {
                let problem = match fitting {
                    0 => format!("is a value of none of the schemas of `{key}`"),
                    _ => format!("is a value of {fitting} schemas of `{key}`, not of one"),
                };
                self.report(
                    value.span(),
                    problem,
                    "write a value that the schema allows",
                );
            }
        }
        if let Some(not) = schema.get("not")
            && self.fits(not, value, steps)
        {
            self.report(
                value.span(),
                "is what `not` rules out",
                "write a value that the schema allows",
            );
        }
    }

    fn fits(&self, schema: &'a Node, value: &'a Node, steps: usize) -> bool {
        let mut check = Check {
            schemas: self.schemas,
            misfits: Vec::new(),
            pointer: String::new(),
        };
        check.value(schema, value, steps + 1);
        check.misfits.iter().all(|misfit| misfit.undeclared)
    }

    fn kind(&mut self, kind: &str, value: &Node) -> bool {
        let found = value.kind();
        let fits = match kind {
            "string" => found == Kind::String,
            "integer" => {
                found == Kind::Integer
                    || value.as_float().is_some_and(|number| number.fract() == 0.0)
            }
            "number" => matches!(found, Kind::Integer | Kind::Float),
            "boolean" => found == Kind::Bool,
            "array" => found == Kind::Sequence,
            "object" => found == Kind::Mapping,
            // The schema is wrong, and has been told so.
            _ => true,
        };
        if !fits {
            let unquoted =
                kind == "string" && matches!(found, Kind::Bool | Kind::Integer | Kind::Float);
            let help = match value.as_text() {
                Some(text) if unquoted => format!("write '{text}' in quotes"),
                _ => format!("write a value of `type: {kind}`"),
            };
            self.report(
                value.span(),
                format!("is {}, not a value of `type: {kind}`", found.described()),
                help,
            );
            if let Some(last) = self.misfits.last_mut() {
                last.unquoted = unquoted;
            }
        }
        fits
    }

    fn listed(&mut self, schema: &Node, value: &Node) {
        let Some(list) = schema
            .get("enum")
            .filter(|list| list.kind() == Kind::Sequence)
        else {
            return;
        };
        if list.items().contains(value) {
            return;
        }
        let texts = list.items().iter().filter_map(Node::as_str);
        let near = value.as_str().and_then(|text| closest(text, texts));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write one of the values of the enum, or add this one to it".to_owned(),
        };
        self.report(value.span(), "is none of the values of the enum", help);
    }

    fn text(&mut self, schema: &Node, value: &Node) {
        let Some(text) = value.as_str() else { return };
        let count = |key: &str| schema.get(key).and_then(Node::as_integer);
        let length = i128::try_from(text.chars().count()).unwrap_or(i128::MAX);
        if let Some(least) = count("minLength").filter(|least| length < *least) {
            let problem = format!("has {length} characters, fewer than `minLength: {least}`");
            self.report(value.span(), problem, "write a longer text");
        } else if let Some(most) = count("maxLength").filter(|most| length > *most) {
            let problem = format!("has {length} characters, more than `maxLength: {most}`");
            self.report(value.span(), problem, "write a shorter text");
        } else if let Some(pattern) = schema.get("pattern").and_then(Node::as_str)
            && SidShape::parse(pattern).is_some_and(|shape| !shape.matches(text))
        {
            let problem = format!("does not match the pattern `{pattern}`");
            self.report(
                value.span(),
                problem,
                "write the prefix and 32 hexadecimal digits",
            );
        }
        let format = schema.get("format").and_then(Node::as_str);
        if let Some(wanted) = format.and_then(|format| formats::refused(format, text)) {
            let problem = format!("is not {wanted}");
            let help = format!("write {wanted}, such as `{}`", formats::sample(format));
            self.report(value.span(), problem, help);
        }
    }

    fn number(&mut self, schema: &Node, value: &Node) {
        let Some(number) = value.as_float() else {
            return;
        };
        let bound = |key: &str| schema.get(key).and_then(Node::as_float);
        let strict = |key: &str| schema.get(key).and_then(Node::as_bool) == Some(true);
        let mut problem = None;
        if let Some(least) = bound("minimum")
            && (number < least || number == least && strict("exclusiveMinimum"))
        {
            problem = Some(format!("is below the minimum {least}"));
        }
        if let Some(most) = bound("maximum")
            && (number > most || number == most && strict("exclusiveMaximum"))
        {
            problem = Some(format!("is above the maximum {most}"));
        }
        if let Some(step) = bound("multipleOf").filter(|step| *step > 0.0)
            && ((number / step) - (number / step).round()).abs() > 1e-9
        {
            problem = Some(format!("is no multiple of {step}"));
        }
        let whole = value.as_integer();
        let bits = schema.get("format").and_then(Node::as_str);
        if bits == Some("int32") && whole.is_some_and(|whole| i32::try_from(whole).is_err())
            || bits == Some("int64") && whole.is_some_and(|whole| i64::try_from(whole).is_err())
        {
            problem = Some(format!(
                "does not fit into `format: {}`",
                bits.unwrap_or_default()
            ));
        }
        if let Some(problem) = problem {
            self.report(
                value.span(),
                problem,
                "write a number that the schema allows",
            );
        }
    }

    fn items(&mut self, schema: &'a Node, value: &'a Node) {
        let items = value.items();
        self.size(
            schema,
            value,
            items.len(),
            ["minItems", "maxItems"],
            "items",
        );
        let unique = schema.get("uniqueItems").and_then(Node::as_bool) == Some(true);
        if unique
            && items
                .iter()
                .enumerate()
                .any(|(at, item)| items.iter().take(at).any(|other| other == item))
        {
            self.report(value.span(), "holds an item twice", "keep one of the two");
        }
        let Some(inner) = schema.get("items") else {
            return;
        };
        for (at, item) in items.iter().enumerate() {
            self.below(&at.to_string(), |check| check.value(inner, item, 0));
        }
    }

    fn members(&mut self, schema: &'a Node, value: &'a Node) {
        let entries = value.entries();
        self.size(
            schema,
            value,
            entries.len(),
            ["minProperties", "maxProperties"],
            "members",
        );
        for name in schema
            .get("required")
            .map_or(&[][..], Node::items)
            .iter()
            .filter_map(Node::as_str)
        {
            if value.get(name).is_none() {
                let span = entries.first().map_or(value.span(), |first| first.key.span);
                let problem = format!("lacks the required member `{name}`");
                self.report(span, problem, format!("add `{name}`"));
            }
        }
        let properties = schema.get("properties");
        let additional = schema.get("additionalProperties");
        for entry in entries {
            let name = entry.key.text.as_str();
            let declared = properties.and_then(|properties| properties.get(name));
            let inner = declared.or(additional.filter(|other| other.kind() == Kind::Mapping));
            if let Some(inner) = inner {
                self.below(name, |check| check.value(inner, &entry.value, 0));
                continue;
            }
            let closed = additional.and_then(Node::as_bool) == Some(false);
            // A schema without properties says nothing of members; one of several parts leaves them to the others.
            let silent = properties.is_none() || additional.is_some();
            if closed || !silent {
                let names = properties.map_or(&[][..], Node::entries).iter();
                let help = match closest(name, names.map(|property| property.key.text.as_str())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => {
                        format!("add `{name}` to the properties of the schema, or remove it here")
                    }
                };
                let problem = format!("has the member `{name}`, which its schema does not declare");
                self.report(entry.key.span, problem, help);
                if let Some(last) = self.misfits.last_mut() {
                    last.undeclared = !closed;
                }
            }
        }
    }

    fn size(&mut self, schema: &Node, value: &Node, size: usize, keys: [&str; 2], what: &str) {
        let bound = |key: &str| {
            let bound = schema.get(key).and_then(Node::as_integer)?;
            usize::try_from(bound).ok()
        };
        let [least, most] = keys;
        if bound(least).is_some_and(|least| size < least) {
            self.report(
                value.span(),
                format!("has {size} {what}, fewer than `{least}` asks for"),
                "add more",
            );
        } else if bound(most).is_some_and(|most| size > most) {
            self.report(
                value.span(),
                format!("has {size} {what}, more than `{most}` allows"),
                "remove some",
            );
        }
    }

    /// Looks at a part of the value.
    fn below(&mut self, token: &str, look: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&escape(token));
        look(self);
        self.pointer.truncate(length);
    }

    fn report(&mut self, span: Span, problem: impl Into<String>, help: impl Into<String>) {
        self.misfits.push(Misfit {
            span,
            pointer: self.pointer.clone(),
            problem: problem.into(),
            help: help.into(),
            unquoted: false,
            undeclared: false,
        });
    }
}
