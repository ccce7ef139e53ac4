//! Every request worth trying, written as the client's document says.

use serde_json::Value;
use tests::Recorded;

use super::{Sent, is_form, style};
use crate::model::{Api, Credential, Operation};
use crate::schema::{Reading, Sample, Schemas, Travel, property};

/// What a message is made of, before it is written.
struct Draft<'a> {
    parameters: Vec<(&'a Value, Value)>,
    body: Option<(&'a str, &'a Value, Value)>,
}

/// Every request worth trying. `other` is the document of the server, whose edges are tried too.
pub(crate) fn requests<'a>(
    api: &'a Api,
    operation: Operation<'a>,
    other: &'a Api,
    counterpart: Option<Operation<'a>>,
) -> Vec<Sent> {
    let schemas = |is_brief| Schemas {
        api,
        travel: Travel::Request,
        is_brief,
    };
    let (whole, other_whole) = (
        api.whole(operation),
        counterpart.map(|operation| other.whole(operation)),
    );
    let parameters = operation.parameters(api);
    let theirs = counterpart
        .map(|other_operation| other_operation.parameters(other))
        .unwrap_or_default();
    let choices: Vec<(&Value, Vec<Sample>)> = parameters
        .iter()
        .enumerate()
        .map(|(at, parameter)| {
            let hint = theirs
                .iter()
                .find(|one| one["name"] == parameter["name"] && one["in"] == parameter["in"]);
            let hint = hint.or_else(|| theirs.get(at).filter(|one| one["in"] == "path"));
            let hints: Vec<&Value> = hint.iter().map(|one| &one["schema"]).collect();
            let is_same =
                other_whole.is_some_and(|other| other.parameters.contains(&whole.parameters[at]));
            let mut samples = schemas(is_same).samples(&parameter["schema"], &hints, other);
            // A segment of a path cannot be empty, and no parameter is null.
            samples.retain(|sample| {
                !sample.value.is_null() && (parameter["in"] != "path" || sample.value != "")
            });
            (*parameter, samples)
        })
        .collect();
    let is_needed = |parameter: &Value| parameter["required"] == true;
    let first = |needed: bool| -> Vec<(&'a Value, Value)> {
        let chosen = choices
            .iter()
            .filter(|(parameter, _)| !needed || is_needed(parameter));
        chosen
            .map(|(parameter, samples)| (*parameter, samples[0].value.clone()))
            .collect()
    };
    let is_same = other_whole.is_some_and(|other| other.body == whole.body);
    let bodies = bodies(schemas(is_same), operation, other, counterpart);
    let body = bodies
        .first()
        .map(|(media, schema, sample)| (*media, *schema, sample.value.clone()));
    let servers = operation.servers(api);
    let credentials = operation.credentials(api);
    let way = credentials.first().map(Vec::as_slice).unwrap_or_default();
    let write = |server: &str, way: &[Credential], draft: Draft<'_>, reading| Sent {
        server: server.to_owned(),
        message: written(api, operation, way, &draft),
        reading,
    };
    let mut sent = Vec::new();
    for needed in [false, true] {
        for server in &servers {
            let draft = Draft {
                parameters: first(needed),
                body: body.clone(),
            };
            sent.push(write(server, way, draft, Reading::Lenient));
        }
    }
    for way in &credentials {
        let draft = Draft {
            parameters: first(true),
            body: body.clone(),
        };
        sent.push(write(servers[0], way, draft, Reading::Lenient));
    }
    for (parameter, samples) in &choices {
        for sample in samples {
            let mut parameters = first(true);
            parameters.retain(|(known, _)| known != parameter);
            parameters.push((parameter, sample.value.clone()));
            let draft = Draft {
                parameters,
                body: body.clone(),
            };
            sent.push(write(servers[0], way, draft, sample.reading));
        }
    }
    for (media, schema, sample) in bodies {
        let draft = Draft {
            parameters: first(true),
            body: Some((media, schema, sample.value)),
        };
        sent.push(write(servers[0], way, draft, sample.reading));
    }
    if operation.body(api).is_some_and(|(required, _)| !required) {
        sent.push(write(
            servers[0],
            way,
            Draft {
                parameters: first(true),
                body: None,
            },
            Reading::Lenient,
        ));
    }
    sent
}

fn bodies<'a>(
    schemas: Schemas<'a>,
    operation: Operation<'a>,
    other: &'a Api,
    counterpart: Option<Operation<'a>>,
) -> Vec<(&'a str, &'a Value, Sample)> {
    let Some((_, contents)) = operation.body(schemas.api) else {
        return Vec::new();
    };
    let theirs = counterpart
        .and_then(|operation| operation.body(other))
        .map(|(_, contents)| contents);
    let theirs = theirs.unwrap_or_default();
    let mut found = Vec::new();
    for (name, media) in contents {
        let hints: Vec<&Value> = theirs.iter().map(|(_, media)| &media["schema"]).collect();
        for sample in schemas.samples(&media["schema"], &hints, other) {
            // A form has no word for null.
            let has_null = sample
                .value
                .as_object()
                .is_some_and(|members| members.values().any(Value::is_null));
            if !(is_form(name) && has_null) {
                found.push((name, media, sample));
            }
        }
    }
    found
}

/// Writes a message as the client's document says.
fn written(api: &Api, operation: Operation<'_>, way: &[Credential], draft: &Draft<'_>) -> Recorded {
    let mut path = operation.path.to_owned();
    let mut query = form_urlencoded::Serializer::new(String::new());
    let mut headers = Vec::new();
    for (parameter, value) in &draft.parameters {
        let name = parameter["name"].as_str().unwrap();
        match parameter["in"].as_str().unwrap() {
            "path" => {
                let escaped: String =
                    form_urlencoded::byte_serialize(text(value).as_bytes()).collect();
                path = path.replace(&format!("{{{name}}}"), &escaped.replace('+', "%20"));
            }
            "query" => {
                for text in texts(parameter, value) {
                    query.append_pair(name, &text);
                }
            }
            _ => headers.push((name.to_lowercase(), texts(parameter, value).join(","))),
        }
    }
    for credential in way {
        match credential {
            Credential::Header(name, value) => headers.push((name.clone(), value.clone())),
            Credential::Query(name, value) => {
                query.append_pair(name, value);
            }
        }
    }
    let mut body = Vec::new();
    if let Some((name, media, value)) = &draft.body {
        headers.push(("content-type".to_owned(), (*name).to_owned()));
        body = match is_form(name) {
            true => form(api, media, value).into_bytes(),
            false => value.to_string().into_bytes(),
        };
    }
    let query = query.finish();
    Recorded {
        method: operation.method.to_ascii_uppercase(),
        path,
        query: (!query.is_empty()).then_some(query),
        headers,
        body,
    }
}

fn form(api: &Api, media: &Value, value: &Value) -> String {
    let parts = api.parts(&media["schema"]);
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    for (name, member) in value.as_object().unwrap() {
        if media["encoding"][name]["contentType"] == "application/json" || member.is_object() {
            pairs.append_pair(name, &member.to_string());
        } else if property(&parts, name).is_some() && member.is_array() {
            for item in member.as_array().unwrap() {
                pairs.append_pair(name, &text(item));
            }
        } else {
            pairs.append_pair(name, &text(member));
        }
    }
    pairs.finish()
}

/// A plain value as text.
fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn texts(parameter: &Value, value: &Value) -> Vec<String> {
    let Some(items) = value.as_array() else {
        return vec![text(value)];
    };
    let items: Vec<String> = items.iter().map(text).collect();
    match style(parameter) {
        (true, _) => items,
        (false, between) => vec![items.join(between)],
    }
}
