//! Small edits of the document, and how they are made: on the tree that YAML is, so that the order of everything else
//! stays. An edit that finds nothing to edit is an error.

use serde_yaml::{Mapping, Value};

/// One edit. A place is a JSON pointer; `op:Id` stands for the operation of that id, `path:Id` for the path item that
/// it belongs to and `schema:Name` for the schema component of that name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Edit {
    /// Gives a member of a mapping this value, which is YAML. A member that is not there comes last.
    Set(&'static str, &'static str),
    /// The same for a member that comes first.
    First(&'static str, &'static str),
    /// Adds an item to the end of a list.
    Push(&'static str, &'static str),
    /// Takes a member of a mapping away, or an item of a list, by its position or by what it reads.
    Remove(&'static str),
    /// Gives a member of a mapping another name and leaves it where it is.
    Rename(&'static str, &'static str),
    /// Turns the order of a list or a mapping around.
    Reverse(&'static str),
    /// Writes another text wherever a value is exactly the first text.
    Everywhere(&'static str, &'static str),
}

/// Makes the edits one after another.
pub(crate) fn edited(document: &Value, edits: &[Edit]) -> Value {
    let mut root = document.clone();
    for edit in edits {
        make(&mut root, edit);
    }
    root
}

fn make(root: &mut Value, edit: &Edit) {
    match *edit {
        Edit::Set(place, value) => {
            let (parent, key) = holder(root, place);
            mapping(parent, place).insert(key.into(), yaml(value));
        }
        Edit::First(place, value) => {
            let (parent, key) = holder(root, place);
            let members = mapping(parent, place);
            let rest = std::mem::take(members);
            members.insert(key.into(), yaml(value));
            members.extend(rest);
        }
        Edit::Push(place, value) => match at(root, &steps(root, place), place) {
            Value::Sequence(items) => items.push(yaml(value)),
            other => panic!("{place} is no list: {other:?}"),
        },
        Edit::Remove(place) => {
            let (parent, key) = holder(root, place);
            let found = match parent {
                Value::Mapping(members) => members.shift_remove(key.as_str()).is_some(),
                Value::Sequence(items) => {
                    let before = items.len();
                    match key.parse::<usize>() {
                        Ok(at) => drop(items.remove(at)),
                        Err(_) => items.retain(|item| item.as_str() != Some(&key)),
                    }
                    items.len() < before
                }
                _ => false,
            };
            assert!(found, "{place} is not there");
        }
        Edit::Rename(place, name) => {
            let (parent, key) = holder(root, place);
            let members = mapping(parent, place);
            assert!(members.contains_key(key.as_str()), "{place} is not there");
            *members = std::mem::take(members)
                .into_iter()
                .map(|(known, value)| match known.as_str() == Some(&key) {
                    true => (name.into(), value),
                    false => (known, value),
                })
                .collect();
        }
        Edit::Reverse(place) => match at(root, &steps(root, place), place) {
            Value::Sequence(items) => items.reverse(),
            Value::Mapping(members) => {
                let mut all: Vec<_> = std::mem::take(members).into_iter().collect();
                all.reverse();
                members.extend(all);
            }
            other => panic!("{place} has no order: {other:?}"),
        },
        Edit::Everywhere(old, new) => {
            assert!(replace(root, old, new) > 0, "nothing reads {old}");
        }
    }
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

fn mapping<'a>(node: &'a mut Value, place: &str) -> &'a mut Mapping {
    match node {
        Value::Mapping(members) => members,
        other => panic!("{place} does not stand in a mapping: {other:?}"),
    }
}

/// The steps of a place, from the root of the document.
fn steps(root: &Value, place: &str) -> Vec<String> {
    let (start, rest) = match place.split_once(':') {
        Some((kind @ ("op" | "path" | "schema"), rest)) => {
            let (name, rest) = rest.split_once('/').unwrap_or((rest, ""));
            let start = match kind {
                "schema" => vec!["components".into(), "schemas".into(), name.into()],
                kind => operation(root, name, kind == "op"),
            };
            (start, rest)
        }
        _ => (Vec::new(), place.trim_start_matches('/')),
    };
    let rest = rest.split('/').filter(|step| !step.is_empty());
    start
        .into_iter()
        .chain(rest.map(|step| step.replace("~1", "/").replace("~0", "~")))
        .collect()
}

fn operation(root: &Value, id: &str, with_method: bool) -> Vec<String> {
    let paths = root["paths"].as_mapping().unwrap();
    for (path, item) in paths {
        for (method, operation) in item.as_mapping().unwrap() {
            if operation.get("operationId").and_then(Value::as_str) == Some(id) {
                let steps = ["paths", path.as_str().unwrap(), method.as_str().unwrap()];
                let count = if with_method { 3 } else { 2 };
                return steps.into_iter().take(count).map(str::to_owned).collect();
            }
        }
    }
    panic!("no operation is called {id}")
}

fn holder<'a>(root: &'a mut Value, place: &str) -> (&'a mut Value, String) {
    let mut steps = steps(root, place);
    let key = steps.pop().unwrap();
    (at(root, &steps, place), key)
}

fn at<'a>(root: &'a mut Value, steps: &[String], place: &str) -> &'a mut Value {
    steps.iter().fold(root, |node, step| {
        let found = match node {
            Value::Mapping(members) => members.get_mut(step.as_str()),
            Value::Sequence(items) => items.get_mut(step.parse::<usize>().unwrap()),
            _ => None,
        };
        found.unwrap_or_else(|| panic!("{place}: there is no {step}"))
    })
}

fn replace(node: &mut Value, old: &str, new: &str) -> usize {
    match node {
        Value::String(text) if text == old => {
            new.clone_into(text);
            1
        }
        Value::Sequence(items) => items.iter_mut().map(|item| replace(item, old, new)).sum(),
        Value::Mapping(members) => members
            .iter_mut()
            .map(|(_, value)| replace(value, old, new))
            .sum(),
        _ => 0,
    }
}
