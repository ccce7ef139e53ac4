//! What a server makes of a request.

use serde_json::{Map, Value};
use tests::Recorded;

use super::{Meaning, Sent, Understood, is_form, style};
use crate::model::{Api, Credential, Operation};
use crate::schema::{Reading, Schemas, Travel, property};

/// What a server that keeps to a document makes of a request.
///
/// # Errors
/// Why the request is refused.
pub(crate) fn judge(api: &Api, sent: &Sent, reading: Reading) -> Result<Understood, String> {
    let message = &sent.message;
    let (operation, segments) = route(api, sent)?;
    if !operation.servers(api).contains(&sent.server.as_str()) {
        return Err(format!("nobody listens at {}", sent.server));
    }
    let query = message.query_pairs();
    let ways = operation.credentials(api);
    let shown = |credential: &Credential| match credential {
        Credential::Header(name, value) => message
            .header(name)
            .is_some_and(|given| given.to_lowercase().starts_with(&value.to_lowercase())),
        Credential::Query(name, value) => {
            query.iter().any(|pair| (&pair.0, &pair.1) == (name, value))
        }
    };
    if !ways.is_empty() && !ways.iter().any(|way| way.iter().all(shown)) {
        return Err("the credentials are not the right ones".to_owned());
    }
    let schemas = Schemas {
        api,
        travel: Travel::Request,
        is_brief: false,
    };
    let mut understood = Understood::new();
    let parameters = operation.parameters(api);
    for parameter in &parameters {
        let name = parameter["name"].as_str().unwrap();
        let place = parameter["in"].as_str().unwrap();
        let (key, given): (String, Vec<String>) = match place {
            "path" => {
                let at = segments.iter().position(|(known, _)| *known == name);
                let at = at.ok_or_else(|| format!("no segment is called {name}"))?;
                (format!("path {at}"), vec![segments[at].1.clone()])
            }
            "query" => {
                let pairs = query.iter().filter(|(known, _)| known == name);
                (
                    format!("query {name}"),
                    pairs.map(|(_, value)| value.clone()).collect(),
                )
            }
            _ => {
                let given = message.header(&name.to_lowercase()).map(str::to_owned);
                (format!("header {name}"), given.into_iter().collect())
            }
        };
        let schema = &parameter["schema"];
        if given.is_empty() {
            if parameter["required"] == true {
                return Err(format!("{key} is missing"));
            }
            understood.insert(key, unsaid(api, schema));
            continue;
        }
        let value = read_texts(api, parameter, &given).map_err(|why| format!("{key} {why}"))?;
        schemas
            .check(schema, &value, reading)
            .map_err(|why| format!("{key} {why}"))?;
        understood.insert(
            key,
            Meaning::Said(
                value
                    .as_array()
                    .map_or_else(|| given[0].clone().into(), |_| value.clone()),
            ),
        );
    }
    let credentials = ways
        .iter()
        .flatten()
        .filter_map(|credential| match credential {
            Credential::Query(name, _) => Some(name.as_str()),
            Credential::Header(..) => None,
        });
    let known: Vec<&str> = parameters
        .iter()
        .filter_map(|one| one["name"].as_str())
        .chain(credentials)
        .collect();
    if let Some((unknown, _)) = query
        .iter()
        .find(|(name, _)| !known.contains(&name.as_str()))
        && reading == Reading::Strict
    {
        return Err(format!("query {unknown} is not known"));
    }
    read_body(schemas, operation, message, reading, &mut understood)?;
    Ok(understood)
}

/// The names of a path's parameters, each with the decoded segment that stands for it.
type Segments<'a> = Vec<(&'a str, String)>;

/// The operation that a request is for, and the decoded segments that stand for parameters.
fn route<'a>(api: &'a Api, sent: &Sent) -> Result<(Operation<'a>, Segments<'a>), String> {
    let message = &sent.message;
    let operations = api.operations();
    let on_path = operations
        .into_iter()
        .filter_map(|one| Some((one, matched(one.path, &message.path)?)));
    let mut found: Vec<_> = on_path
        .filter(|(one, _)| one.method.eq_ignore_ascii_case(&message.method))
        .collect();
    // What is written out wins over what a parameter stands for.
    found.sort_by_key(|(_, segments)| segments.len());
    let nothing = || format!("there is no {} {}", message.method, message.path);
    found.into_iter().next().ok_or_else(nothing)
}

fn matched<'a>(template: &'a str, path: &str) -> Option<Segments<'a>> {
    let mut found = Vec::new();
    let mut given = path.split('/');
    for wanted in template.split('/') {
        let given = given.next()?;
        match wanted
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'))
        {
            Some((name, suffix)) => {
                let value = given.strip_suffix(suffix)?.replace('+', "%2B");
                let mut pairs = form_urlencoded::parse(value.as_bytes());
                found.push((name, pairs.next()?.0.into_owned()));
            }
            None if wanted == given => {}
            None => return None,
        }
    }
    given.next().is_none().then_some(found)
}

fn unsaid(api: &Api, schema: &Value) -> Meaning {
    let default = api
        .parts(schema)
        .into_iter()
        .find_map(|part| part.get("default"));
    default.map_or(Meaning::Unsaid, |value| Meaning::Default(value.clone()))
}

fn kind<'a>(parts: &[&'a Value]) -> &'a str {
    parts
        .iter()
        .find_map(|part| part.get("type")?.as_str())
        .unwrap_or("string")
}

/// A plain text as the value that the schema asks for.
fn read_text(api: &Api, schema: &Value, text: &str) -> Result<Value, String> {
    let wrong = |kind: &str| format!("is no {kind}: {text}");
    match kind(&api.parts(schema)) {
        kind @ ("integer" | "number" | "boolean") => {
            let value: Value = serde_json::from_str(text).map_err(|_| wrong(kind))?;
            if value.is_string() {
                Err(wrong(kind))
            } else {
                Ok(value)
            }
        }
        _ => Ok(text.into()),
    }
}

fn read_texts(api: &Api, parameter: &Value, given: &[String]) -> Result<Value, String> {
    let parts = api.parts(&parameter["schema"]);
    if kind(&parts) != "array" {
        return match given {
            [one] => read_text(api, &parameter["schema"], one),
            _ => Err("stands twice".to_owned()),
        };
    }
    let texts: Vec<&str> = match (style(parameter), given) {
        ((true, _), all) => all.iter().map(String::as_str).collect(),
        ((false, between), [one]) => one.split(between).collect(),
        _ => return Err("stands twice".to_owned()),
    };
    let items = parts.iter().find_map(|part| part.get("items")).unwrap();
    texts
        .into_iter()
        .map(|text| read_text(api, items, text))
        .collect()
}

fn read_body(
    schemas: Schemas<'_>,
    operation: Operation<'_>,
    message: &Recorded,
    reading: Reading,
    understood: &mut Understood,
) -> Result<(), String> {
    let given = message.header("content-type");
    let Some((required, contents)) = operation.body(schemas.api) else {
        return match (given, reading) {
            (Some(_), Reading::Strict) => Err("no body is taken".to_owned()),
            _ => Ok(()),
        };
    };
    let Some(given) = given else {
        return if required {
            Err("the body is missing".to_owned())
        } else {
            Ok(())
        };
    };
    let media = contents.iter().find(|(name, _)| *name == given);
    let (_, media) = media.ok_or_else(|| format!("a body is not taken as {given}"))?;
    let value = match is_form(given) {
        true => read_form(schemas.api, media, &message.form())?,
        false => serde_json::from_slice(&message.body).map_err(|why| why.to_string())?,
    };
    schemas
        .check(&media["schema"], &value, reading)
        .map_err(|why| format!("body {why}"))?;
    understand(schemas, &media["schema"], &value, "body", understood);
    if is_form(given) {
        // A field that is no JSON is a text, whatever it is a text of.
        for (name, text) in message.form() {
            let is_json = media["encoding"][&name]["contentType"] == "application/json";
            if let Some(Meaning::Said(plain)) = understood
                .get_mut(&format!("body/{name}"))
                .filter(|_| !is_json)
            {
                *plain = text.into();
            }
        }
    }
    Ok(())
}

fn read_form(api: &Api, media: &Value, pairs: &[(String, String)]) -> Result<Value, String> {
    let parts = api.parts(&media["schema"]);
    let mut members: Map<String, Value> = Map::new();
    for (name, text) in pairs {
        let Some(schema) = property(&parts, name) else {
            members.insert(name.clone(), text.as_str().into());
            continue;
        };
        let below = |why: String| format!("{name} {why}");
        if media["encoding"][name]["contentType"] == "application/json" {
            let value = serde_json::from_str(text).map_err(|why| below(why.to_string()))?;
            members.insert(name.clone(), value);
            continue;
        }
        let parts = api.parts(schema);
        if kind(&parts) == "array" {
            let items = parts.iter().find_map(|part| part.get("items")).unwrap();
            let item = read_text(api, items, text).map_err(below)?;
            let list = members
                .entry(name)
                .or_insert_with(|| Value::Array(Vec::new()));
            list.as_array_mut().unwrap().push(item);
        } else {
            members.insert(name.clone(), read_text(api, schema, text).map_err(below)?);
        }
    }
    Ok(Value::Object(members))
}

/// Takes down what a server knows about a value and its members.
fn understand(
    schemas: Schemas<'_>,
    schema: &Value,
    value: &Value,
    place: &str,
    understood: &mut Understood,
) {
    let parts = schemas.api.parts(schema);
    match value {
        Value::Object(members) => {
            let names = parts
                .iter()
                .filter_map(|part| part.get("properties")?.as_object())
                .flatten();
            for (name, schema) in names.filter(|(_, schema)| schemas.travels(schema)) {
                let place = format!("{place}/{name}");
                match members.get(name) {
                    Some(member) => understand(schemas, schema, member, &place, understood),
                    None => {
                        understood.insert(place, unsaid(schemas.api, schema));
                    }
                }
            }
        }
        Value::Array(items) => {
            let schema = parts.iter().find_map(|part| part.get("items"));
            for (at, item) in items.iter().enumerate() {
                let schema = schema.unwrap_or(&Value::Null);
                understand(schemas, schema, item, &format!("{place}/{at}"), understood);
            }
        }
        plain => {
            understood.insert(place.to_owned(), Meaning::Said(plain.clone()));
        }
    }
}
