//! The curated OpenAPI document as plain data: its operations, what each is sent and answers, and every example.
//! It is read here on its own, without the generator, so that it can testify against what was generated.

use serde_json::Value;

/// The document's text.
pub const TEXT: &str = include_str!("../../spec/marketplace.v1.yaml");

/// The methods that a path item can have operations for.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The document, read.
#[derive(Clone, Debug)]
pub struct Document {
    root: Value,
    operations: Vec<Operation>,
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its `operationId`.
    pub id: String,
    /// The method in capitals, `GET`.
    pub method: String,
    /// The path template, `/v1/Listing/{Sid}`.
    pub path: String,
    /// The server's URL without a slash at the end.
    pub server: String,
    /// What it is sent, if it takes a body.
    pub request: Option<Media>,
    /// What it answers, in the document's order of status codes.
    pub answers: Vec<Answer>,
}

/// One status of an operation.
#[derive(Clone, Debug)]
pub struct Answer {
    /// As in the document: `200`, `4XX`.
    pub status: String,
    /// Examples of headers, by name.
    pub headers: Vec<(String, String)>,
    /// The body, if the status has one.
    pub body: Option<Media>,
}

/// One kind of body.
#[derive(Clone, Debug)]
pub struct Media {
    /// The media type.
    pub media_type: String,
    /// The component that the schema refers to.
    pub component: Option<String>,
    /// The first example.
    pub example: Option<Value>,
}

/// One example, wherever it stands.
#[derive(Clone, Debug)]
pub struct Example {
    /// JSON pointer of the example's value.
    pub pointer: String,
    /// The schema beside it.
    pub schema: Value,
    /// The value.
    pub value: Value,
}

impl Document {
    /// Reads the document.
    ///
    /// # Errors
    /// When it is not YAML.
    pub fn read() -> Result<Self, serde_yaml::Error> {
        let mut document = Self {
            root: serde_yaml::from_str(TEXT)?,
            operations: Vec::new(),
        };
        document.operations = document.read_operations();
        Ok(document)
    }

    /// The whole of it.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// Every operation, path by path.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation of that id.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// Every schema component with its name.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        let schemas = self
            .root
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        schemas
            .into_iter()
            .flatten()
            .map(|(name, schema)| (name.as_str(), schema))
    }

    /// The schema component of that name.
    pub fn schema(&self, name: &str) -> Option<&Value> {
        self.root.get("components")?.get("schemas")?.get(name)
    }

    /// Follows `$ref` to where it leads; a node without one is itself.
    pub fn resolve<'a>(&'a self, mut node: &'a Value) -> &'a Value {
        // No chain of references is this long, and one that runs in a circle has to end somewhere.
        for _ in 0..16 {
            match reference(node).and_then(|pointer| self.root.pointer(pointer)) {
                Some(target) => node = target,
                None => return node,
            }
        }
        node
    }

    /// Every `example` and every entry of `examples` in the whole document.
    pub fn examples(&self) -> Vec<Example> {
        let mut found = Vec::new();
        collect_examples(&self.root, "", &mut found);
        found
    }

    /// Walks a value along its schema and shows `visit` each part whose schema is a component, with the name.
    pub fn visit_components<'a>(
        &'a self,
        schema: &'a Value,
        value: &'a Value,
        visit: &mut dyn FnMut(&'a str, &'a Value),
    ) {
        if value.is_null() {
            return;
        }
        if let Some(name) = component(schema) {
            visit(name, value);
            return self.visit_components(self.resolve(schema), value, visit);
        }
        for part in members(schema, "allOf") {
            self.visit_components(part, value, visit);
        }
        match value {
            Value::Array(items) => {
                if let Some(schema) = schema.get("items") {
                    for item in items {
                        self.visit_components(schema, item, visit);
                    }
                }
            }
            Value::Object(object) => {
                for (name, member) in object {
                    if let Some(schema) = schema.get("properties").and_then(|known| known.get(name))
                    {
                        self.visit_components(schema, member, visit);
                    }
                }
            }
            _ => {}
        }
    }

    fn read_operations(&self) -> Vec<Operation> {
        let paths = self.root.get("paths").and_then(Value::as_object);
        let mut operations = Vec::new();
        for (path, item) in paths.into_iter().flatten() {
            for method in METHODS {
                if let Some(operation) = item.get(method) {
                    operations.push(self.read_operation(path, method, item, operation));
                }
            }
        }
        operations
    }

    fn read_operation(
        &self,
        path: &str,
        method: &str,
        item: &Value,
        operation: &Value,
    ) -> Operation {
        let server = [operation, item, &self.root]
            .into_iter()
            .find_map(|node| node.pointer("/servers/0/url"))
            .map(text)
            .unwrap_or_default();
        let answers = operation.get("responses").and_then(Value::as_object);
        Operation {
            id: operation.get("operationId").map(text).unwrap_or_default(),
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            server: server.trim_end_matches('/').to_owned(),
            request: operation
                .get("requestBody")
                .and_then(|body| media(self.resolve(body))),
            answers: answers
                .into_iter()
                .flatten()
                .map(|(status, answer)| read_answer(status, self.resolve(answer)))
                .collect(),
        }
    }
}

impl Operation {
    /// The first answer that is neither an error nor a range of them, with its status as a number.
    pub fn success(&self) -> Option<(u16, &Answer)> {
        self.answers.iter().find_map(|answer| {
            let status = answer.status.parse().ok().filter(|status| *status < 400)?;
            Some((status, answer))
        })
    }
}

/// The component that a schema refers to.
pub fn component(schema: &Value) -> Option<&str> {
    reference(schema)?.strip_prefix("/components/schemas/")
}

/// The examples of a media type, parameter or header: under `example`, and by name under `examples`.
fn examples_of(node: &Value) -> impl Iterator<Item = (String, &Value)> {
    let one = node
        .get("example")
        .map(|value| ("/example".to_owned(), value));
    let named = node.get("examples").and_then(Value::as_object);
    let named = named.into_iter().flatten().filter_map(|(name, example)| {
        let value = example.get("value")?;
        Some((format!("/examples/{}/value", escape(name)), value))
    });
    one.into_iter().chain(named)
}

fn collect_examples(node: &Value, pointer: &str, found: &mut Vec<Example>) {
    match node {
        Value::Object(object) => {
            for (place, value) in examples_of(node) {
                found.push(Example {
                    pointer: format!("{pointer}{place}"),
                    schema: node.get("schema").cloned().unwrap_or_default(),
                    value: value.clone(),
                });
            }
            for (name, member) in object {
                if name != "example" && name != "examples" {
                    collect_examples(member, &format!("{pointer}/{}", escape(name)), found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect_examples(item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn read_answer(status: &str, answer: &Value) -> Answer {
    let headers = answer.get("headers").and_then(Value::as_object);
    Answer {
        status: status.to_owned(),
        headers: headers
            .into_iter()
            .flatten()
            .filter_map(|(name, header)| {
                let (_, value) = examples_of(header).next()?;
                Some((name.clone(), text(value)))
            })
            .collect(),
        body: media(answer),
    }
}

/// The first media type of a request body or response.
fn media(node: &Value) -> Option<Media> {
    let (media_type, media) = node.get("content")?.as_object()?.iter().next()?;
    Some(Media {
        media_type: media_type.clone(),
        component: media.get("schema").and_then(component).map(str::to_owned),
        example: examples_of(media).next().map(|(_, value)| value.clone()),
    })
}

/// The JSON pointer that a `$ref` within the document is.
fn reference(node: &Value) -> Option<&str> {
    node.get("$ref")?.as_str()?.strip_prefix('#')
}

fn members<'a>(node: &'a Value, name: &str) -> &'a [Value] {
    node.get(name)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A name as it stands in a JSON pointer.
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
