//! A document as data: its operations, what each is sent and answers, and what a schema says when its references and
//! its `allOf` are taken together. It is read on its own, without the generator and without the comparison, so that it
//! can testify about both.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// How deep references are followed.
const DEPTH: usize = 24;

/// A document.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) root: Value,
    /// By method and path.
    wholes: OnceLock<BTreeMap<String, Whole>>,
}

/// Everything that a document says about an operation, with what it refers to in the place of references, so that equal
/// ones mean the same.
#[derive(Debug, PartialEq)]
pub(crate) struct Whole {
    pub(crate) parameters: Vec<Value>,
    pub(crate) body: Option<Value>,
    pub(crate) replies: BTreeMap<String, Value>,
    servers: Vec<String>,
    credentials: Vec<Vec<Credential>>,
}

/// An operation, with the path item around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    item: &'a Value,
    node: &'a Value,
}

/// A way to show who one is: what goes into the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Credential {
    Header(String, String),
    Query(String, String),
}

impl Api {
    pub(crate) fn of(root: Value) -> Self {
        Self {
            root,
            wholes: OnceLock::new(),
        }
    }

    /// Everything that it says about an operation.
    pub(crate) fn whole(&self, operation: Operation<'_>) -> &Whole {
        let wholes = self.wholes.get_or_init(|| {
            let operations = self.operations().into_iter();
            operations
                .map(|operation| (operation.name(), operation.make_whole(self)))
                .collect()
        });
        &wholes[&operation.name()]
    }

    pub(crate) fn operations(&self) -> Vec<Operation<'_>> {
        let paths = self.root["paths"].as_object().unwrap();
        let mut found = Vec::new();
        for (path, item) in paths {
            for method in METHODS {
                if let Some(node) = item.get(method) {
                    found.push(Operation {
                        method,
                        path,
                        item,
                        node,
                    });
                }
            }
        }
        found
    }

    /// Follows `$ref` to where it leads; a node without one is itself.
    pub(crate) fn resolve<'a>(&'a self, mut node: &'a Value) -> &'a Value {
        for _ in 0..DEPTH {
            let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
                break;
            };
            let pointer = reference.trim_start_matches('#');
            node = self
                .root
                .pointer(pointer)
                .unwrap_or_else(|| panic!("{reference} leads nowhere"));
        }
        node
    }

    /// The parts of a schema that all hold at once: itself, what it refers to, and its `allOf`.
    pub(crate) fn parts<'a>(&'a self, schema: &'a Value) -> Vec<&'a Value> {
        let schema = self.resolve(schema);
        let inner = schema.get("allOf").and_then(Value::as_array);
        let inner = inner.into_iter().flatten();
        let mut parts = vec![schema];
        parts.extend(inner.flat_map(|part| self.parts(part)));
        parts
    }

    /// A node with everything it refers to in its place, so that equal ones mean the same.
    pub(crate) fn expanded(&self, node: &Value) -> Value {
        self.expand(node, DEPTH)
    }

    fn expand(&self, node: &Value, depth: usize) -> Value {
        assert!(depth > 0, "a reference runs in a circle");
        match self.resolve(node) {
            Value::Object(members) => members
                .iter()
                .map(|(name, member)| (name.clone(), self.expand(member, depth - 1)))
                .collect(),
            Value::Array(items) => items
                .iter()
                .map(|item| self.expand(item, depth - 1))
                .collect(),
            other => other.clone(),
        }
    }
}

impl<'a> Operation<'a> {
    pub(crate) fn id(&self) -> &'a str {
        self.node["operationId"].as_str().unwrap_or_default()
    }

    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method.to_ascii_uppercase(), self.path)
    }

    fn make_whole(self, api: &'a Api) -> Whole {
        let expanded = |node: &Value| api.expanded(node);
        Whole {
            parameters: self.parameters(api).into_iter().map(expanded).collect(),
            body: self.node.get("requestBody").map(expanded),
            replies: self
                .replies(api)
                .into_iter()
                .map(|(status, reply)| (status.to_owned(), expanded(reply)))
                .collect(),
            servers: self.servers(api).into_iter().map(str::to_owned).collect(),
            credentials: self.credentials(api),
        }
    }

    /// The parameters that apply: its own, and those of the path that it does not replace.
    pub(crate) fn parameters(&self, api: &'a Api) -> Vec<&'a Value> {
        let list = |node: &'a Value| {
            let list = node.get("parameters").and_then(Value::as_array);
            list.into_iter().flatten().map(|node| api.resolve(node))
        };
        let own: Vec<&Value> = list(self.node).collect();
        let replaced = |one: &Value| {
            own.iter()
                .any(|other| one["name"] == other["name"] && one["in"] == other["in"])
        };
        let mut all: Vec<&Value> = list(self.item).filter(|one| !replaced(one)).collect();
        all.extend(own);
        all
    }

    pub(crate) fn servers(&self, api: &'a Api) -> Vec<&'a str> {
        let found = [self.node, self.item, &api.root]
            .into_iter()
            .find_map(|node| node.get("servers"));
        let servers = found.and_then(Value::as_array).into_iter().flatten();
        servers
            .map(|server| server["url"].as_str().unwrap().trim_end_matches('/'))
            .collect()
    }

    /// The ways in, each of them all that one has to show. No way at all means that nothing is asked for.
    pub(crate) fn credentials(&self, api: &Api) -> Vec<Vec<Credential>> {
        let found = [self.node, &api.root]
            .into_iter()
            .find_map(|node| node.get("security"));
        let ways = found.and_then(Value::as_array).into_iter().flatten();
        ways.map(|way| {
            let schemes = way.as_object().unwrap().iter();
            schemes
                .flat_map(|(name, scopes)| credential(api, name, scopes))
                .collect()
        })
        .collect()
    }

    /// Whether a body is required, and its media types with what each holds.
    pub(crate) fn body(&self, api: &'a Api) -> Option<(bool, Vec<(&'a str, &'a Value)>)> {
        let body = api.resolve(self.node.get("requestBody")?);
        let required = body.get("required") == Some(&Value::Bool(true));
        Some((required, content(body)))
    }

    /// The declared replies by status, `200` or `4XX`.
    pub(crate) fn replies(&self, api: &'a Api) -> Vec<(&'a str, &'a Value)> {
        let replies = self.node["responses"].as_object().unwrap();
        replies
            .iter()
            .map(|(status, reply)| (status.as_str(), api.resolve(reply)))
            .collect()
    }
}

/// The media types of a body or a reply, with what each holds.
pub(crate) fn content(node: &Value) -> Vec<(&str, &Value)> {
    let content = node.get("content").and_then(Value::as_object);
    content
        .into_iter()
        .flatten()
        .map(|(name, media)| (name.as_str(), media))
        .collect()
}

fn credential(api: &Api, name: &str, scopes: &Value) -> Vec<Credential> {
    let scheme = api.resolve(&api.root["components"]["securitySchemes"][name]);
    let text = |key: &str| scheme[key].as_str().unwrap_or_default().to_owned();
    let header = |name: String, value: String| Credential::Header(name.to_lowercase(), value);
    match text("type").as_str() {
        "http" => vec![header(
            "authorization".to_owned(),
            format!("{} ", text("scheme").to_lowercase()),
        )],
        "apiKey" if text("in") == "header" => vec![header(text("name"), "secret".to_owned())],
        "apiKey" => vec![Credential::Query(text("name"), "secret".to_owned())],
        // A token of this flow. What it grants stands inside of it; here it stands beside it.
        _ => {
            let token = header(
                "authorization".to_owned(),
                format!("bearer {}", scheme["flows"]),
            );
            let scopes = scopes.as_array().unwrap().iter().filter_map(Value::as_str);
            let scopes = scopes.map(|scope| header(format!("granted-{scope}"), "yes".to_owned()));
            std::iter::once(token).chain(scopes).collect()
        }
    }
}
