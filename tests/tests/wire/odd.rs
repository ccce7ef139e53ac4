//! What one odd value in a response costs: for every operation, every value of the document's example is made odd in
//! every way that its schema rules out, one at a time. Nothing here names a resource, so that a new one is tried too.

use std::fmt;

use serde_json::Value;
use tests::{Document, Reply, Server};

use crate::calls::{Decoded, ROWS, Row};
use crate::support::client;

/// One step to a value in a document.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Property(String),
    Item(usize),
}

/// The steps to a value, shown as the client shows them.
#[derive(Clone, Debug, PartialEq)]
struct Path(Vec<Step>);

impl Path {
    fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Property(name) if index == 0 => f.write_str(name)?,
                Step::Property(name) => write!(f, ".{name}")?,
                Step::Item(item) => write!(f, "[{item}]")?,
            }
        }
        Ok(())
    }
}

/// What is done to a value.
#[derive(Clone, Copy, Debug)]
enum Edit {
    /// This JSON is in its place.
    Replace(&'static str),
    /// It is there twice.
    Twice,
    /// It is not there.
    Remove,
}

/// A value of an example, and what depends on it.
#[derive(Debug)]
struct Place {
    path: Path,
    /// What is lost when it is odd; nothing where that is an error.
    lost: Option<Path>,
    edits: Vec<Edit>,
}

/// The links of Twilio's two ways to page, and what holds them.
const PAGING: [&str; 5] = [
    "meta",
    "next_page_url",
    "previous_page_url",
    "next_page_uri",
    "previous_page_uri",
];

struct Walk<'a> {
    document: &'a Document,
    places: Vec<Place>,
}

impl<'a> Walk<'a> {
    /// The schema itself, behind references and where it is all of one other.
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let schema = self.document.resolve(schema);
        match schema
            .get("allOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        {
            Some([only]) => self.resolve(only),
            _ => schema,
        }
    }

    /// Walks the parts of a value. `lost` is what is lost when a required part is odd.
    fn parts(
        &mut self,
        schema: &'a Value,
        value: &Value,
        path: &Path,
        lost: Option<&Path>,
        items_go: bool,
    ) {
        let schema = self.resolve(schema);
        match value {
            Value::Object(object) => {
                for (name, value) in object {
                    self.property(schema, name, value, path, lost);
                }
            }
            Value::Array(items) => {
                let Some(inner) = schema.get("items") else {
                    return;
                };
                for (index, item) in items.iter().enumerate() {
                    let path = path.then(Step::Item(index));
                    let lost = if items_go { Some(&path) } else { lost };
                    self.place(inner, item, &path, lost, false);
                    self.parts(inner, item, &path, lost, items_go);
                }
            }
            _ => {}
        }
    }

    fn property(
        &mut self,
        schema: &'a Value,
        name: &str,
        value: &Value,
        path: &Path,
        lost: Option<&Path>,
    ) {
        let declared = schema.get("properties").and_then(|all| all.get(name));
        let entries = schema
            .get("additionalProperties")
            .filter(|inner| inner.is_object());
        let path = path.then(Step::Property(name.to_owned()));
        if let Some(inner) = declared {
            let required = schema["required"]
                .as_array()
                .is_some_and(|all| all.iter().any(|known| known == name));
            let paging = PAGING.contains(&name);
            let lost = match (required, paging) {
                (true, _) => lost,
                (false, true) => None,
                (false, false) => Some(&path),
            };
            self.place(inner, value, &path, lost, !required);
            self.parts(inner, value, &path, lost, !required && !paging);
        } else if let Some(inner) = entries {
            self.place(inner, value, &path, Some(&path), false);
            self.parts(inner, value, &path, Some(&path), true);
        }
    }

    fn place(
        &mut self,
        schema: &'a Value,
        value: &Value,
        path: &Path,
        lost: Option<&Path>,
        may_be_null: bool,
    ) {
        if value.is_null() {
            return;
        }
        let schema = self.resolve(schema);
        let odd: &[&str] = match schema["type"].as_str() {
            Some("string") if schema.get("pattern").is_some() => {
                &["7", "\"XX0\"", "\"\"", "[]", "\"\\ud800\""]
            }
            Some("string") => &["7", "true", "{\"a\":[{}]}", "[]", "\"\\ud800\""],
            Some("integer") => &["\"7\"", "1.5", "1e30", "99999999999999999999", "{}"],
            Some("number") => &["\"much\"", "true", "[1]", "{}"],
            Some("boolean") => &["\"true\"", "1", "[]"],
            Some("object") => &["7", "\"{}\"", "[{}]", "true"],
            Some("array") => &["7", "\"[]\"", "{\"a\":[]}", "true"],
            _ => &[],
        };
        let mut edits: Vec<Edit> = odd.iter().map(|json| Edit::Replace(json)).collect();
        if !may_be_null {
            edits.push(Edit::Replace("null"));
        }
        // A property that the document declares; the last entry of a map counts, as everywhere in JSON.
        let is_declared = may_be_null || lost != Some(path);
        if is_declared && matches!(path.0.last(), Some(Step::Property(_))) {
            edits.push(Edit::Twice);
            if !may_be_null {
                edits.push(Edit::Remove);
            }
        }
        self.places.push(Place {
            path: path.clone(),
            lost: lost.cloned(),
            edits,
        });
    }
}

/// The example as JSON, with one value edited.
fn edited(value: &Value, steps: &[Step], edit: Edit) -> String {
    let Some((step, rest)) = steps.split_first() else {
        return match edit {
            Edit::Replace(json) => json.to_owned(),
            Edit::Twice | Edit::Remove => value.to_string(),
        };
    };
    match (value, step) {
        (Value::Object(object), Step::Property(wanted)) => {
            let mut parts = Vec::new();
            for (name, value) in object {
                let key = Value::from(name.as_str());
                if name != wanted {
                    parts.push(format!("{key}:{value}"));
                    continue;
                }
                match edit {
                    Edit::Remove if rest.is_empty() => {}
                    Edit::Twice if rest.is_empty() => {
                        parts.push(format!("{key}:{value},{key}:{value}"))
                    }
                    _ => parts.push(format!("{key}:{}", edited(value, rest, edit))),
                }
            }
            format!("{{{}}}", parts.join(","))
        }
        (Value::Array(items), Step::Item(wanted)) => {
            let parts: Vec<String> = items
                .iter()
                .enumerate()
                .filter(|(index, _)| {
                    index != wanted || !rest.is_empty() || !matches!(edit, Edit::Remove)
                })
                .map(|(index, item)| match index == *wanted {
                    true => edited(item, rest, edit),
                    false => item.to_string(),
                })
                .collect();
            format!("[{}]", parts.join(","))
        }
        _ => panic!("{value} has no {step:?}"),
    }
}

async fn answered(server: &Server, row: &Row) -> Result<Decoded, generated_client::Error> {
    (row.call)(client(server)).await
}

/// Which example a row's operation answers with, and every place in it.
fn places(document: &Document, row: &Row) -> Option<(u16, Value, Vec<Place>)> {
    let operation = document.operation(row.operation).unwrap();
    let (status, answer) = operation.success().unwrap();
    let body = answer.body.as_ref()?;
    let example = body.example.clone().unwrap();
    let schema = document.schema(body.component.as_deref().unwrap()).unwrap();
    let mut walk = Walk {
        document,
        places: Vec::new(),
    };
    walk.parts(schema, &example, &Path(Vec::new()), None, false);
    // What bills or takes in says in full what it did, or it is an error.
    if operation
        .answers
        .iter()
        .any(|answer| answer.status == "202")
    {
        for place in &mut walk.places {
            place.lost = None;
        }
    }
    Some((status, example, walk.places))
}

#[tokio::test]
async fn an_odd_value_costs_itself_alone_or_is_an_error_that_names_its_path() {
    let document = Document::read().unwrap();
    let (mut lost, mut refused) = (0, 0);
    for row in ROWS {
        let Some((status, example, places)) = places(&document, row) else {
            continue;
        };
        for place in &places {
            for edit in &place.edits {
                let json = edited(&example, &place.path.0, *edit);
                let server = crate::support::always(Reply::json(status, json.as_str()));
                let outcome = answered(&server, row).await;
                let context = format!("{} {} {edit:?}", row.operation, place.path);
                let Some(lost_path) = &place.lost else {
                    let Err(error) = outcome else {
                        panic!("{context}: read");
                    };
                    let told = format!(": {}: ", place.path);
                    assert!(error.to_string().contains(&told), "{context}: {error}");
                    refused += 1;
                    continue;
                };
                let found = outcome.unwrap_or_else(|error| panic!("{context}: {error}"));
                assert_eq!(found.skipped, [lost_path.to_string()], "{context}");
                let without = edited(&example, &lost_path.0, Edit::Remove);
                let server = crate::support::always(Reply::json(status, without));
                let wanted = answered(&server, row).await.unwrap();
                assert_eq!(found.json, wanted.json, "{context}");
                assert!(wanted.skipped.is_empty(), "{context}");
                lost += 1;
            }
        }
    }
    assert!(
        lost > 1000 && refused > 500,
        "{lost} lost, {refused} refused"
    );
}

#[tokio::test]
async fn nothing_is_passed_over_in_what_the_document_describes() {
    let document = Document::read().unwrap();
    for row in ROWS {
        if let Some((status, example, places)) = places(&document, row) {
            assert!(!places.is_empty(), "{}", row.operation);
            let server = crate::support::always(Reply::json(status, example.to_string()));
            let decoded = answered(&server, row).await.unwrap();
            assert!(decoded.skipped.is_empty(), "{}", row.operation);
        }
    }
}
