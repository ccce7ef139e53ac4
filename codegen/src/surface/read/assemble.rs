//! Puts together what the single files say of an operation: its row of the table, how its request is prepared, its
//! call, and the handles that lead there. What does not fit is an error.

use std::collections::BTreeMap;

use super::calls::{Call, Passed};
use super::resources::{Gives, Handle, Method, ROOT, Value};
use super::table::{BodyEncoding, Entry, PathPiece, Preparation, Table};
use crate::surface::{
    CallSurface, Encoding, Given, HandleMethod, HandleSurface, HandleTarget, OperationSurface,
    ParameterSurface, Place, Repeat, SurfaceError, TypeShape, TypeSurface,
};

/// All files but the small types.
pub(super) struct Parts<'a> {
    pub(super) table: &'a Table,
    pub(super) calls: &'a BTreeMap<String, Call>,
    pub(super) handles: &'a BTreeMap<String, Handle>,
    pub(super) types: &'a BTreeMap<String, TypeSurface>,
    pub(super) hosts: &'a BTreeMap<String, String>,
}

pub(super) fn operations(
    parts: &Parts<'_>,
) -> Result<BTreeMap<String, OperationSurface>, SurfaceError> {
    let mut operations = BTreeMap::new();
    for entry in &parts.table.entries {
        let operation = parts.operation(entry)?;
        if operations.insert(entry.id.clone(), operation).is_some() {
            return Err(SurfaceError::disagrees(
                &entry.id,
                "the table lists it twice",
            ));
        }
    }
    // What nothing in the table leads to would be a call that no snapshot shows.
    for (count, what) in [
        (parts.table.preparations.len(), "preparing functions"),
        (parts.calls.len(), "calls"),
    ] {
        if count != operations.len() {
            let message = format!("it has {} operations and {count} {what}", operations.len());
            return Err(SurfaceError::disagrees("the operation table", message));
        }
    }
    Ok(operations)
}

pub(super) fn handles(handles: &BTreeMap<String, Handle>) -> BTreeMap<String, HandleSurface> {
    let surface = |(name, handle): (&String, &Handle)| {
        let methods = handle.methods.iter().map(|method| {
            let target = match &method.gives {
                Gives::Call(call, _) => HandleTarget::Call(call.clone()),
                Gives::Handle(handle, _) => HandleTarget::Handle(handle.clone()),
            };
            HandleMethod {
                signature: method.signature.clone(),
                written: written(method),
                target,
            }
        });
        let surface = HandleSurface {
            name: name.clone(),
            traits: handle.traits.clone(),
            methods: methods.collect(),
        };
        (name.clone(), surface)
    };
    handles.iter().map(surface).collect()
}

// `extension(ExtensionSid)`: a method as it is called, with types in the place of values.
fn written(method: &Method) -> String {
    let types: Vec<&str> = method
        .parameters
        .iter()
        .map(|(_, ty)| ty.as_str())
        .collect();
    format!("{}({})", method.signature.name, types.join(", "))
}

/// One operation on the way through the files.
struct Way<'a> {
    id: &'a str,
    preparation: &'a Preparation,
    call: &'a Call,
    handle: &'a str,
    /// The method that makes the call, and the one that makes it the other way round, if there are two.
    method: &'a Method,
    opposite: Option<&'a Method>,
    values: &'a [Value],
}

/// A handle, its method that makes a call, the values that the call is made of, and the method with the opposite ones.
type Makers<'a> = (&'a str, &'a Method, &'a [Value], Option<&'a Method>);

/// What callers give, by its Rust type, and how.
type Input = (String, Given);

impl<'a> Parts<'a> {
    fn operation(&self, entry: &'a Entry) -> Result<OperationSurface, SurfaceError> {
        let id = entry.id.as_str();
        let fail = |message: String| SurfaceError::disagrees(id, message);
        let (function, preparation) = one(
            id,
            "preparing function",
            self.table.preparations.iter(),
            |(_, prepared)| prepared.constant == entry.constant,
        )?;
        let (name, call) = one(id, "call", self.calls.iter(), |(_, call)| {
            call.function == *function
        })?;
        let (handle, method, values, opposite) = self.makers(id, name)?;
        let way = Way {
            id,
            preparation,
            call,
            handle,
            method,
            opposite,
            values,
        };
        let url = self
            .hosts
            .get(&entry.host)
            .ok_or_else(|| fail(format!("it has no host `{}`", entry.host)))?;
        if call.decoder.is_empty() {
            return Err(fail(format!("its call `{name}` is never sent")));
        }
        let mut traits = call.traits.clone();
        traits.extend(call.must_use.then(|| "must_use".to_owned()));
        traits.extend(call.deprecated.then(|| "deprecated".to_owned()));
        Ok(OperationSurface {
            id: entry.id.clone(),
            method: entry.method.clone(),
            path: entry.path.clone(),
            host: entry.host.clone(),
            url: url.clone(),
            repeat: match entry.repeat.as_str() {
                "Safe" => Repeat::Safe,
                "Never" => Repeat::Never,
                other => return Err(fail(format!("it has the unknown repeat rule `{other}`"))),
            },
            statuses: entry.statuses.clone(),
            chain: format!("{}.{}", self.chain(handle)?, written(method)),
            parameters: self.parameters(entry, &way)?,
            decoder: call.decoder.clone(),
            reply: call.reply.clone(),
            handle: handle.to_owned(),
            handle_traits: self
                .handles
                .get(handle)
                .map(|handle| handle.traits.clone())
                .unwrap_or_default(),
            makers: [Some(method), opposite]
                .into_iter()
                .flatten()
                .map(|method| method.signature.clone())
                .collect(),
            call: CallSurface {
                name: format!("calls::{name}"),
                traits,
                methods: call.methods.clone(),
                output: call.output.clone(),
            },
            document: None,
        })
    }

    fn methods(&self) -> impl Iterator<Item = (&'a str, &'a Method)> + use<'a> {
        let handles = self.handles;
        handles
            .iter()
            .flat_map(|(name, handle)| handle.methods.iter().map(|method| (name.as_str(), method)))
    }

    // The handle with the method that makes a call, of which values, and the method that makes it the other way round. Two
    // of them differ in nothing but the boolean that they are named by.
    fn makers(&self, id: &str, call: &str) -> Result<Makers<'a>, SurfaceError> {
        let mut makers = self
            .methods()
            .filter_map(|(handle, method)| match &method.gives {
                Gives::Call(name, values) if name == call => {
                    Some((handle, method, values.as_slice()))
                }
                _ => None,
            });
        let fail = |message: &str| Err(SurfaceError::disagrees(id, message));
        let Some((handle, method, values)) = makers.next() else {
            return fail("it has no method that makes the call");
        };
        let opposite = makers.next();
        let switches = values
            .iter()
            .filter(|value| matches!(value, Value::Fixed(_)));
        match (switches.count(), opposite) {
            (0, None) => Ok((handle, method, values, None)),
            (1, Some((other, opposite, reversed)))
                if other == handle && makers.next().is_none() && are_opposite(values, reversed) =>
            {
                Ok((handle, method, values, Some(opposite)))
            }
            (1, _) => fail("its methods do not send both values of what they are named by"),
            _ => fail("it has more than one method that makes the call"),
        }
    }

    // The one method that gives a handle, and the handle that has it.
    fn parent(
        &self,
        handle: &str,
    ) -> Result<(&'a str, &'a Method, &'a BTreeMap<String, Value>), SurfaceError> {
        let leads = |(_, method): &(&str, &Method)| matches!(&method.gives, Gives::Handle(name, _) if name == handle);
        let (parent, method) = one(handle, "method that gives it", self.methods(), leads)?;
        match &method.gives {
            Gives::Handle(_, fields) if parent != handle => Ok((parent, method, fields)),
            _ => Err(SurfaceError::disagrees(
                handle,
                "it is given by itself alone",
            )),
        }
    }

    fn chain(&self, handle: &str) -> Result<String, SurfaceError> {
        let mut links = Vec::new();
        let mut at = handle;
        while at != ROOT {
            let (parent, method, _) = self.parent(at)?;
            links.push(written(method));
            if links.len() > self.handles.len() {
                return Err(SurfaceError::disagrees(
                    handle,
                    "its way from the client goes in a circle",
                ));
            }
            at = parent;
        }
        links.push("client".to_owned());
        links.reverse();
        Ok(links.join("."))
    }

    // The method on the way to a handle that takes what the handle holds in a field.
    fn origin(&self, handle: &str, field: &str) -> Result<Input, SurfaceError> {
        let (mut handle, mut field) = (handle, field);
        for _ in 0..=self.handles.len() {
            let (parent, method, fields) = self.parent(handle)?;
            match fields.get(field) {
                Some(Value::Given(parameter)) => return given(method, parameter),
                Some(Value::Held(above)) => (handle, field) = (parent, above),
                Some(Value::Fixed(_)) | None => break,
            }
        }
        Err(SurfaceError::disagrees(
            handle,
            format!("its field `{field}` is filled by no method"),
        ))
    }

    fn parameters(
        &self,
        entry: &Entry,
        way: &Way<'_>,
    ) -> Result<Vec<ParameterSurface>, SurfaceError> {
        let mut parameters = Vec::new();
        for (wire, argument) in path_parameters(entry, way.preparation)? {
            let input = self.argument(way, argument)?;
            parameters.push(parameter(wire, Place::Path, Encoding::Text, true, input));
        }
        for pair in &way.preparation.query {
            let input = self.argument(way, &pair.argument)?;
            parameters.push(parameter(
                &pair.wire,
                Place::Query,
                Encoding::Text,
                pair.required,
                input,
            ));
        }
        let (Some(encoding), Some((body, filled))) = (way.preparation.body, &way.call.body) else {
            return match (way.preparation.body, &way.call.body) {
                (None, None) => Ok(parameters),
                _ => Err(SurfaceError::disagrees(
                    way.id,
                    "it holds a body that it does not send, or sends none",
                )),
            };
        };
        let place = match encoding {
            BodyEncoding::Form => Place::Form,
            BodyEncoding::Json => Place::Json,
        };
        let Some(TypeShape::Object(members)) = self.types.get(body).map(|data| &data.shape) else {
            return Err(SurfaceError::disagrees(
                way.id,
                format!("its body `{body}` is no object"),
            ));
        };
        for member in members {
            let wire = member.wire.as_deref().unwrap_or("*");
            let filled = filled.get(&member.name).and_then(Option::as_deref);
            let input = self.given(way, filled, &format!("body.{}", member.name))?;
            parameters.push(ParameterSurface {
                least_items: member.least_items,
                ..parameter(wire, place, member.encoding, member.required, input)
            });
        }
        Ok(parameters)
    }

    // Where an argument of the preparing function comes from.
    fn argument(&self, way: &Way<'_>, argument: &str) -> Result<Input, SurfaceError> {
        let arguments = &way.preparation.arguments;
        let passed = arguments
            .iter()
            .zip(&way.call.passed)
            .find(|((name, _), _)| name == argument);
        match passed {
            Some((_, Passed::Field(field))) => {
                let filled = way.call.own.get(field).and_then(Option::as_deref);
                self.given(way, filled, field)
            }
            Some(((_, ty), Passed::ClientAccount)) => Ok((
                ty.public().trim_start_matches('&').to_owned(),
                Given::ByClient,
            )),
            _ => Err(SurfaceError::disagrees(
                way.id,
                format!("nothing is passed for its argument `{argument}`"),
            )),
        }
    }

    // A field that the constructor fills comes from the handle; any other has a method that sets it.
    fn given(
        &self,
        way: &Way<'_>,
        filled: Option<&str>,
        field: &str,
    ) -> Result<Input, SurfaceError> {
        if let Some(parameter) = filled {
            let position = way
                .call
                .parameters
                .iter()
                .position(|name| name == parameter);
            return match position.and_then(|position| way.values.get(position)) {
                Some(Value::Given(parameter)) => given(way.method, parameter),
                Some(Value::Held(held)) => self.origin(way.handle, held),
                Some(Value::Fixed(sends)) => switched(way, *sends),
                None => Err(SurfaceError::disagrees(
                    way.id,
                    format!("nothing fills its field `{field}`"),
                )),
            };
        }
        let setter = way
            .call
            .setters
            .get(field)
            .and_then(|setter| setter.parameters.first().map(|(_, ty)| (setter, ty)));
        match setter {
            Some((setter, ty)) => {
                let method = setter.signature.name.clone();
                Ok((ty.public(), Given::BySetter { method }))
            }
            None => Err(SurfaceError::disagrees(
                way.id,
                format!("no method sets its field `{field}`"),
            )),
        }
    }
}

fn are_opposite(values: &[Value], others: &[Value]) -> bool {
    let opposite = |pair: (&Value, &Value)| match pair {
        (Value::Fixed(one), Value::Fixed(other)) => one != other,
        (one, other) => one == other,
    };
    values.len() == others.len() && values.iter().zip(others).all(opposite)
}

fn switched(way: &Way<'_>, sends: bool) -> Result<Input, SurfaceError> {
    let name = |method: &Method| method.signature.name.clone();
    let opposite = way.opposite.map(name).ok_or_else(|| {
        SurfaceError::disagrees(way.id, "one method makes its call for all values")
    })?;
    let (yes, no) = match sends {
        true => (name(way.method), opposite),
        false => (opposite, name(way.method)),
    };
    Ok(("bool".to_owned(), Given::BySwitch { yes, no }))
}

fn given(method: &Method, parameter: &str) -> Result<Input, SurfaceError> {
    let name = &method.signature.name;
    match method
        .parameters
        .iter()
        .find(|(known, _)| known == parameter)
    {
        Some((argument, ty)) => {
            let given = Given::ByArgument {
                method: name.clone(),
                argument: argument.clone(),
            };
            Ok((ty.clone(), given))
        }
        None => Err(SurfaceError::disagrees(
            name,
            format!("it has no parameter `{parameter}`"),
        )),
    }
}

fn parameter(
    wire: &str,
    place: Place,
    encoding: Encoding,
    required: bool,
    input: Input,
) -> ParameterSurface {
    let (rust_type, given) = input;
    ParameterSurface {
        wire: wire.to_owned(),
        place,
        encoding,
        required,
        least_items: None,
        rust_type,
        given,
        default: None,
    }
}

// Names in the template go with the arguments in the order of the pieces, and the text around them must be the same.
fn path_parameters<'a>(
    entry: &'a Entry,
    preparation: &'a Preparation,
) -> Result<Vec<(&'a str, &'a str)>, SurfaceError> {
    let fail = || {
        SurfaceError::disagrees(
            &entry.id,
            "the path that it prepares is not the path of the table",
        )
    };
    let mut parameters = Vec::new();
    let mut rest = entry.path.as_str();
    for piece in &preparation.path {
        rest = match piece {
            PathPiece::Literal(text) => rest.strip_prefix(text.as_str()).ok_or_else(fail)?,
            PathPiece::Argument(argument) => {
                let template = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
                let (wire, rest) = template.ok_or_else(fail)?;
                parameters.push((wire, argument.as_str()));
                rest
            }
        };
    }
    if rest.is_empty() {
        Ok(parameters)
    } else {
        Err(fail())
    }
}

fn one<T>(
    item: &str,
    what: &str,
    candidates: impl Iterator<Item = T>,
    fits: impl Fn(&T) -> bool,
) -> Result<T, SurfaceError> {
    let mut found = candidates.filter(fits);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(SurfaceError::disagrees(item, format!("it has no {what}"))),
        (Some(_), Some(_)) => Err(SurfaceError::disagrees(
            item,
            format!("it has more than one {what}"),
        )),
    }
}
