//! Secrets that a response holds: every property of every response that is JSON of no declared type, or that the
//! document marks as secret, and every property that it does not declare.

use serde_json::{Map, Value, json};
use tests::{Document, Reply, Server};

use crate::calls::ROWS;
use crate::support::builder;
use crate::whole;

/// What is put into all of them.
pub(crate) const PLANTED: &str = "pl4nted";

/// A value along its schema, with what was planted on the way.
struct Planting<'a> {
    document: &'a Document,
    places: Vec<String>,
}

impl Planting<'_> {
    fn plant(&mut self, schema: &Value, value: &mut Value, at: &str) {
        let schema = self.document.resolve(schema);
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.plant(part, value, at);
        }
        match value {
            Value::Array(items) => {
                for item in items {
                    self.plant(&schema["items"], item, at);
                }
            }
            Value::Object(object) => self.object(schema, object, at),
            _ => {}
        }
    }

    fn object(&mut self, schema: &Value, object: &mut Map<String, Value>, at: &str) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let at = format!("{at}.{name}");
            if let Some(secret) = self.secret(property) {
                object.insert(name.clone(), secret);
                self.places.push(at);
            } else if let Some(value) = object.get_mut(name) {
                self.plant(property, value, &at);
            }
        }
        if schema["properties"].is_object() && schema["additionalProperties"] == true {
            object.insert("x_undeclared".to_owned(), json!({"x": [PLANTED]}));
            self.places.push(format!("{at}.*"));
        }
    }

    /// What a property of this schema holds, if it can hold a secret.
    fn secret(&self, schema: &Value) -> Option<Value> {
        let object = json!({"api_key": PLANTED, PLANTED: [PLANTED, {"x": PLANTED}]});
        let schema = self.document.resolve(schema);
        if schema["format"] == "password" {
            return Some(json!(format!(
                "https://payloads.example.com/{PLANTED}?{PLANTED}"
            )));
        }
        if schema["type"] == "array" {
            return self
                .secret(&schema["items"])
                .map(|item| json!([item, item]));
        }
        let is_any = ["type", "allOf", "anyOf", "oneOf"]
            .iter()
            .all(|key| schema.get(key).is_none());
        let is_free = schema["type"] == "object"
            && schema["additionalProperties"] == true
            && schema.get("properties").is_none();
        (is_any || is_free).then_some(object)
    }
}

/// The example of a body with secrets in it.
fn planted(document: &Document, component: &str, example: &Value) -> (Value, Vec<String>) {
    let mut planting = Planting {
        document,
        places: Vec::new(),
    };
    let mut value = example.clone();
    let schema = document.schema(component).unwrap();
    planting.plant(schema, &mut value, component);
    (value, planting.places)
}

/// Makes every call, with secrets in its response and in its error, and looks at what came of it.
pub(crate) async fn nothing_planted_is_shown(document: &Document) {
    let mut places = Vec::new();
    let error = document
        .root()
        .pointer("/components/responses/Error/content/application~1json/example");
    let (error, in_error) = planted(document, "ErrorEnvelope", error.unwrap());
    assert!(in_error.len() >= 4, "{in_error:?}");
    for row in ROWS {
        let operation = document.operation(row.operation).unwrap();
        let (status, answer) = operation.success().unwrap();
        let mut replies = vec![(400, error.clone(), true)];
        if let Some(body) = &answer.body {
            let example = body.example.as_ref().unwrap();
            let (value, found) = planted(document, body.component.as_deref().unwrap(), example);
            replies.push((status, value, !found.is_empty()));
            places.extend(found);
        }
        for (status, value, is_planted) in replies {
            assert_eq!(value.to_string().contains(PLANTED), is_planted);
            let server = Server::start(move |_| Reply::json(status, value.to_string())).unwrap();
            let client = builder().base_urls(server.url()).build().unwrap();
            let shown = match (row.call)(client).await {
                Ok(decoded) => {
                    let kept = decoded.json.is_some_and(|json| json.contains(PLANTED));
                    assert_eq!(kept, is_planted, "{}: it was not read", row.operation);
                    decoded.shown
                }
                Err(error) => {
                    assert_eq!(
                        error.status().map(|status| status.as_u16()),
                        Some(400),
                        "{error}"
                    );
                    whole(&error)
                }
            };
            assert!(!shown.contains(PLANTED), "{}: {shown}", row.operation);
        }
    }
    places.sort();
    places.dedup();
    for known in [
        "InstalledAddOn.configuration",
        "AddOnResultPayloadData.redirect_to",
        "Listing.pricing.*",
    ] {
        assert!(
            places.iter().any(|place| place.ends_with(known)),
            "{known}: {places:?}"
        );
    }
}
