//! Where everything in a schema is, and what references can name: one walk over the whole document. Before it, and before
//! anything else that could be too much, the document is held to a size.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::SchemaError;

/// A schema may have so many values. Published ones have some hundreds, the largest known ones some ten thousand.
const MOST_VALUES: usize = 50_000;

/// So many bytes of names and texts.
const MOST_TEXT: usize = 1 << 20;

/// Arrays and objects may be nested so deep, each of which is a call on the stack of whoever walks them.
const DEEPEST: usize = 64;

/// A step from a value to one inside.
#[derive(Clone, Copy, Debug)]
enum Segment<'a> {
    Name(&'a str),
    Number(usize),
}

#[derive(Clone, Copy, Debug)]
struct Entry<'a> {
    /// The value around it, by its address, and the step from there.
    parent: Option<(usize, Segment<'a>)>,
    /// The innermost value with an identifier that it is in, or the whole schema.
    resource: &'a Value,
}

/// A schema from above.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    schema: &'a Value,
    entries: HashMap<usize, Entry<'a>>,
    /// The values with an identifier, by the last part of its path.
    resources: HashMap<&'a str, Vec<&'a Value>>,
    /// The values with a name that references can use after the `#`.
    anchors: HashMap<&'a str, Vec<&'a Value>>,
    /// The same, as far as `$dynamicRef` looks for the outermost one.
    dynamic: HashMap<&'a str, Vec<&'a Value>>,
    /// What `$recursiveRef` can lead to.
    recursive: Vec<&'a Value>,
}

/// Holds a schema to a size and a depth, without a call on the stack for each level.
///
/// # Errors
/// It is too large or too deep.
pub(super) fn hold_to_size(schema: &Map<String, Value>) -> Result<(), SchemaError> {
    let (mut values, mut text) = (1_usize, 0_usize);
    let mut path: Vec<Segment<'_>> = Vec::new();
    let inner = schema.iter();
    let mut open: Vec<(Segment<'_>, &Value, usize)> = inner
        .map(|(name, value)| (Segment::Name(name), value, 1))
        .collect();
    while let Some((segment, value, depth)) = open.pop() {
        path.truncate(depth - 1);
        path.push(segment);
        values += 1;
        if let Segment::Name(name) = segment {
            text = text.saturating_add(name.len());
        }
        match value {
            Value::String(inner) => text = text.saturating_add(inner.len()),
            Value::Array(items) => {
                let inner = items.iter().enumerate();
                open.extend(
                    inner.map(|(number, inner)| (Segment::Number(number), inner, depth + 1)),
                );
            }
            Value::Object(members) => {
                let inner = members.iter();
                open.extend(inner.map(|(name, inner)| (Segment::Name(name), inner, depth + 1)));
            }
            _ => {}
        }
        if depth > DEEPEST {
            let what = format!("it is nested more than {DEEPEST} deep");
            return Err(SchemaError::new(pointer(path.iter()), &what));
        }
        if values + open.len() > MOST_VALUES || text > MOST_TEXT {
            let what =
                format!("it has more than {MOST_VALUES} values or {MOST_TEXT} bytes of text");
            return Err(SchemaError::new(String::new(), &what));
        }
    }
    Ok(())
}

impl<'a> Outline<'a> {
    /// Walks over a schema.
    pub(super) fn new(schema: &'a Value) -> Self {
        let mut outline = Self {
            schema,
            entries: HashMap::new(),
            resources: HashMap::new(),
            anchors: HashMap::new(),
            dynamic: HashMap::new(),
            recursive: Vec::new(),
        };
        let mut open = vec![(schema, None, schema)];
        while let Some((value, parent, around)) = open.pop() {
            let resource = outline.note(value, around);
            let at = address(value);
            outline.entries.insert(at, Entry { parent, resource });
            match value {
                Value::Array(items) => {
                    let inner = items.iter().enumerate();
                    open.extend(inner.map(|(number, inner)| {
                        (inner, Some((at, Segment::Number(number))), resource)
                    }));
                }
                Value::Object(members) => {
                    let inner = members.iter();
                    open.extend(
                        inner.map(|(name, inner)| {
                            (inner, Some((at, Segment::Name(name))), resource)
                        }),
                    );
                }
                _ => {}
            }
        }
        outline
    }

    /// Notes by what names a value can be referred to, and gives the resource that it is in.
    fn note(&mut self, value: &'a Value, around: &'a Value) -> &'a Value {
        let Value::Object(members) = value else {
            return around;
        };
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        for name in [text("$anchor"), text("$dynamicAnchor")]
            .into_iter()
            .flatten()
        {
            self.anchors.entry(name).or_default().push(value);
        }
        if let Some(name) = text("$dynamicAnchor") {
            self.dynamic.entry(name).or_default().push(value);
        }
        if members.get("$recursiveAnchor").and_then(Value::as_bool) == Some(true) {
            self.recursive.push(value);
        }
        let mut resource = around;
        // `id` is the word of version 4.
        for identifier in [text("$id"), text("id")].into_iter().flatten() {
            let (path, fragment) = split(identifier);
            // Up to version 7 a fragment alone is an anchor.
            if !fragment.is_empty() {
                self.anchors.entry(fragment).or_default().push(value);
            }
            if !path.is_empty() {
                self.resources.entry(last(path)).or_default().push(value);
                self.recursive.push(value);
                resource = value;
            }
        }
        resource
    }

    /// Everything that a reference in a value can lead to; nothing where it leads to another document or nowhere. `looked`
    /// counts the places that were looked at for it.
    pub(super) fn targets(
        &self,
        keyword: &str,
        reference: &str,
        value: &'a Value,
        looked: &mut usize,
    ) -> Vec<&'a Value> {
        let (path, fragment) = split(reference);
        let roots: Vec<&'a Value> = if path.is_empty() {
            self.around(value)
        } else {
            self.resources.get(last(path)).cloned().unwrap_or_default()
        };
        *looked = looked.saturating_add(roots.len());
        let fragment = percent_decode_str(fragment).decode_utf8_lossy();
        let mut targets: Vec<&'a Value> = if fragment.is_empty() {
            roots
        } else if fragment.starts_with('/') {
            let inside = roots.iter().filter_map(|root| root.pointer(&fragment));
            inside.collect()
        } else if roots.is_empty() {
            Vec::new()
        } else {
            self.anchors.get(&*fragment).cloned().unwrap_or_default()
        };
        match keyword {
            "$dynamicRef" if !targets.is_empty() => {
                let outermost = self.dynamic.get(&*fragment);
                targets.extend(outermost.into_iter().flatten());
            }
            "$recursiveRef" => {
                targets.push(self.schema);
                targets.extend(&self.recursive);
            }
            _ => {}
        }
        *looked = looked.saturating_add(targets.len());
        targets.sort_by_key(|target| address(target));
        targets.dedup_by_key(|target| address(target));
        targets
    }

    /// The resources that a value is in, up to the whole schema.
    fn around(&self, value: &'a Value) -> Vec<&'a Value> {
        let mut around = Vec::new();
        let mut entry = self.entries.get(&address(value));
        while let Some(Entry { resource, .. }) = entry {
            around.push(*resource);
            // One step up from the resource is in the next one.
            let parent = self
                .entries
                .get(&address(resource))
                .and_then(|entry| entry.parent);
            entry = parent.and_then(|(parent, _)| self.entries.get(&parent));
        }
        around
    }

    /// Where a value is, as a JSON pointer.
    pub(super) fn pointer(&self, value: &Value) -> String {
        let mut segments = Vec::new();
        let mut entry = self.entries.get(&address(value));
        while let Some((parent, segment)) = entry.and_then(|entry| entry.parent) {
            segments.push(segment);
            entry = self.entries.get(&parent);
        }
        pointer(segments.iter().rev())
    }
}

/// A JSON pointer of some steps.
fn pointer<'s, 'a: 's>(segments: impl Iterator<Item = &'s Segment<'a>>) -> String {
    let mut pointer = String::new();
    for segment in segments {
        pointer.push('/');
        match segment {
            Segment::Name(name) => pointer.push_str(&name.replace('~', "~0").replace('/', "~1")),
            Segment::Number(number) => pointer.push_str(&number.to_string()),
        }
    }
    pointer
}

/// Where a value is in memory, which tells it from every other one.
pub(super) fn address(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}

/// A reference or identifier without its fragment, and the fragment.
fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// The last part of a path. Two URLs of the same document agree in it, whatever they are relative to.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The properties of an object.
pub(super) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}
