//! Replies: those that a server sends who keeps to a document, and what a client makes of one that keeps to another.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::model::{Api, Operation, content};
use crate::schema::{Reading, Sample, Schemas, Travel, property};

/// The names of headers in lower case, each with its value.
pub(crate) type Headers = Vec<(String, String)>;

/// A reply on its way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Given {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    pub(crate) body: Option<(String, Value)>,
    /// Who would send it.
    pub(crate) reading: Reading,
}

/// What a client found in replies: statuses, headers and members that it knows.
pub(crate) type Seen = BTreeSet<String>;

/// Every reply worth trying. `other` is the document of the client, whose edges are tried too.
pub(crate) fn replies<'a>(
    api: &'a Api,
    operation: Operation<'a>,
    other: &'a Api,
    counterpart: Operation<'a>,
) -> Vec<Given> {
    let (whole, other_whole) = (api.whole(operation), other.whole(counterpart));
    let theirs = counterpart.replies(other);
    let declared = operation.replies(api);
    let mut found = Vec::new();
    for (name, reply) in &declared {
        let is_brief = other_whole.replies.get(*name) == whole.replies.get(*name);
        let schemas = Schemas {
            api,
            travel: Travel::Reply,
            is_brief,
        };
        let status = code(name, &declared);
        let (always, all) = headers(schemas, reply);
        let bodies: Vec<Option<(String, Sample)>> = match content(reply).as_slice() {
            [] => vec![None],
            contents => {
                let hint = declaration(&theirs, status)
                    .map(content)
                    .unwrap_or_default();
                let samples = contents.iter().flat_map(|(media_type, media)| {
                    let hints: Vec<&Value> = hint
                        .iter()
                        .filter_map(|(_, media)| media.get("schema"))
                        .collect();
                    let schema = media.get("schema").unwrap_or(&Value::Null);
                    let samples = schemas.samples(schema, &hints, other).into_iter();
                    samples.map(|sample| Some(((*media_type).to_owned(), sample)))
                });
                samples.collect()
            }
        };
        for body in bodies {
            let reading = body
                .as_ref()
                .map_or(Reading::Lenient, |(_, sample)| sample.reading);
            let body = body.map(|(media_type, sample)| (media_type, sample.value));
            found.push(Given {
                status,
                headers: all.clone(),
                body,
                reading,
            });
        }
        let own = found.iter().find(|given| given.status == status).cloned();
        if let Some(own) = own.filter(|_| always != all) {
            found.push(Given {
                headers: always,
                ..own
            });
        }
    }
    found
}

/// A code for a status of the document; for a range, one that has no reply of its own.
fn code(name: &str, declared: &[(&str, &Value)]) -> u16 {
    if let Ok(code) = name.parse() {
        return code;
    }
    let first = name
        .chars()
        .next()
        .and_then(|digit| digit.to_digit(10))
        .unwrap_or(5);
    let first = u16::try_from(first).unwrap() * 100;
    let mut free = (first + 17..first + 100)
        .filter(|code| declared.iter().all(|(name, _)| *name != code.to_string()));
    free.next().unwrap()
}

/// The headers that a reply always has, and all that it can have.
fn headers(schemas: Schemas<'_>, reply: &Value) -> (Headers, Headers) {
    let declared = reply.get("headers").and_then(Value::as_object);
    let (mut always, mut all) = (Vec::new(), Vec::new());
    for (name, header) in declared.into_iter().flatten() {
        let header = schemas.api.resolve(header);
        let samples = schemas.samples(&header["schema"], &[], schemas.api);
        let value = &samples[0].value;
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        all.push((name.to_lowercase(), value.clone()));
        if header["required"] == true {
            always.push((name.to_lowercase(), value));
        }
    }
    (always, all)
}

/// What a document says of a status.
fn declaration<'a>(declared: &[(&str, &'a Value)], status: u16) -> Option<&'a Value> {
    let range = format!("{}XX", status / 100);
    let names = [status.to_string(), range, "default".to_owned()];
    names.iter().find_map(|name| {
        declared
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, reply)| *reply)
    })
}

/// What a client that keeps to a document makes of a reply.
///
/// # Errors
/// Why it cannot use the reply.
pub(crate) fn read(
    api: &Api,
    operation: Operation<'_>,
    given: &Given,
    reading: Reading,
) -> Result<Seen, String> {
    let declared = operation.replies(api);
    let is_error = given.status >= 400;
    let Some(reply) = declaration(&declared, given.status) else {
        // An error is an error, whether it is declared or not.
        return if is_error {
            Ok(Seen::new())
        } else {
            Err(format!("{} is no success", given.status))
        };
    };
    let name = if is_error {
        "error".to_owned()
    } else {
        given.status.to_string()
    };
    let schemas = Schemas {
        api,
        travel: Travel::Reply,
        is_brief: false,
    };
    let mut seen = Seen::from([name.clone()]);
    for (header, rule) in reply
        .get("headers")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let rule = api.resolve(rule);
        match given
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(header))
        {
            Some((_, text)) => {
                // Plain texts are all that documents here have in headers.
                schemas
                    .check(&rule["schema"], &json!(text), reading)
                    .map_err(|why| format!("header {header} {why}"))?;
                seen.insert(format!("{name} header {header}"));
            }
            None if rule["required"] == true => {
                return Err(format!("the header {header} is missing"));
            }
            None => {}
        }
    }
    let contents = content(reply);
    if contents.is_empty() {
        return Ok(seen);
    }
    let Some((media_type, value)) = &given.body else {
        return Err("the body is missing".to_owned());
    };
    let media = contents.iter().find(|(known, _)| known == media_type);
    let (_, media) = media.ok_or_else(|| format!("a body is not asked for as {media_type}"))?;
    if let Some(schema) = media.get("schema") {
        schemas
            .check(schema, value, reading)
            .map_err(|why| format!("{} body {why}", given.status))?;
        find(schemas, schema, value, &format!("{name} "), &mut seen);
    }
    Ok(seen)
}

/// The media types in which a client can take the successes of an operation, and a server give them.
pub(crate) fn media_types(api: &Api, operation: Operation<'_>) -> BTreeSet<String> {
    let successes = operation
        .replies(api)
        .into_iter()
        .filter(|(status, _)| status.starts_with(['2', '3']));
    successes
        .flat_map(|(_, reply)| content(reply))
        .map(|(name, _)| name.to_owned())
        .collect()
}

fn find(schemas: Schemas<'_>, schema: &Value, value: &Value, place: &str, seen: &mut Seen) {
    let parts = schemas.api.parts(schema);
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if let Some(schema) = property(&parts, name).filter(|_| !member.is_null()) {
                    let place = format!("{place}/{name}");
                    seen.insert(place.clone());
                    find(schemas, schema, member, &place, seen);
                }
            }
        }
        Value::Array(items) => {
            let schema = parts.iter().find_map(|part| part.get("items"));
            for item in items {
                find(
                    schemas,
                    schema.unwrap_or(&Value::Null),
                    item,
                    &format!("{place}/*"),
                    seen,
                );
            }
        }
        _ => {}
    }
}
