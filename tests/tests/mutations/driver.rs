//! A caller that runs: the text of a program that makes every call of a client and tells what came of it. What it is to
//! do, and with which values, it reads line by line, so that two programs of one text differ in their client alone.

use std::fmt::Write as _;

use codegen::surface::{HandleTarget, Repeat, Signature, Surface, TypeShape, TypeSurface};

use crate::caller::{arguments, parsed};

/// What every program has.
const PREAMBLE: &str = r#"#![allow(unused)]
use std::collections::{BTreeMap, HashMap};
use std::io::BufRead as _;
use std::sync::OnceLock;
use generated_client::{calls, choices, resources, types, *};
use tests as _;

static VALUES: OnceLock<HashMap<String, String>> = OnceLock::new();

fn text(kind: &str) -> &'static str {
    VALUES.get().and_then(|values| values.get(kind)).map_or("", String::as_str)
}

fn number(kind: &str) -> i64 {
    text(kind).parse().unwrap_or_default()
}

fn made<T, E: std::fmt::Display>(result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| format!("refused by the program: {error}"))
}

trait Show {
    fn show(&self) -> String;
}

macro_rules! show {
    ($($kind:ty),* $(,)?) => { $(impl Show for $kind { fn show(&self) -> String { format!("{self:?}") } })* };
}

show!(String, bool, i8, u8, i16, u16, i32, u32, i64, u64, f32, f64, Amount, Quantity, serde_json::Value, Timestamp);

impl Show for serde_json::Map<String, serde_json::Value> {
    fn show(&self) -> String { format!("{self:?}") }
}

impl Show for () {
    fn show(&self) -> String { "nothing".to_owned() }
}

impl<T: Show> Show for Option<T> {
    fn show(&self) -> String { self.as_ref().map_or_else(|| "none".to_owned(), Show::show) }
}

impl<T: Show> Show for Vec<T> {
    fn show(&self) -> String { format!("[{}]", self.iter().map(Show::show).collect::<Vec<_>>().join(", ")) }
}

impl<T: Show> Show for BTreeMap<String, T> {
    fn show(&self) -> String {
        self.iter().map(|(name, value)| format!("{name}: {}, ", value.show())).collect()
    }
}

impl<T: Show> Show for Response<T> {
    fn show(&self) -> String { format!("{} {}", self.status(), (**self).show()) }
}

impl<T: Show> Show for Receipt<T> {
    fn show(&self) -> String { format!("{} {}", self.status(), (**self).show()) }
}

impl<T: Show> Show for Acceptance<T> {
    fn show(&self) -> String {
        match self {
            Self::Completed(value) => format!("completed {}", value.show()),
            Self::Accepted(value) => format!("accepted {}", value.show()),
            Self::AcceptedEmpty => "accepted".to_owned(),
        }
    }
}

impl<T: Show> Show for Update<T> {
    fn show(&self) -> String {
        match self {
            Self::Updated(value) => format!("updated {}", value.show()),
            Self::NotModified => "not modified".to_owned(),
        }
    }
}

impl<T: Show> Show for Page<T> {
    fn show(&self) -> String {
        let items: Vec<String> = self.items().iter().map(Show::show).collect();
        let links = (self.next_page_token(), self.previous_page_token(), self.page_number(), self.page_size());
        format!("{items:?} {links:?}")
    }
}

fn told<T: Show>(result: Result<T, Error>) -> String {
    match result {
        Ok(reply) => format!("ok {}", reply.show()),
        Err(error) => {
            let envelope = error.body().and_then(|body| serde_json::from_slice::<Envelope>(body).ok());
            let envelope = envelope.map(|envelope| envelope.show());
            format!("error {:?} {:?} {:?} {envelope:?}", error.kind(), error.status(), error.code())
        }
    }
}

fn client(url: &str) -> Client {
    let account = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".parse().unwrap();
    let builder = Client::builder(Credentials::auth_token(account, "secret")).retry(RetryPolicy::none());
    let builder = Host::ALL.iter().fold(builder, |builder, host| {
        builder.base_url(*host, format!("{url}/{}", host.url().trim_start_matches("https://")))
    });
    builder.build().unwrap()
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut lines = std::io::stdin().lock().lines().map(Result::unwrap);
    let client = runtime.block_on(async { client(&lines.next().unwrap()) });
    let mut values = HashMap::new();
    for line in lines.by_ref().take_while(|line| !line.is_empty()) {
        let (kind, value) = line.split_once(' ').unwrap();
        values.insert(kind.to_owned(), value.to_owned());
    }
    VALUES.set(values).unwrap();
    for line in lines {
        let mut words = line.splitn(3, ' ');
        let words = [words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or("")];
        let answer = match words {
            ["call", id, how] => runtime.block_on(call(&client, id, how == "full")).unwrap_or_else(|why| why),
            ["check", kind, value] => check(kind, value),
            _ => "what?".to_owned(),
        };
        println!("{}", answer.replace('\n', " "));
    }
}
"#;

/// The text of the program.
pub(crate) fn program(surface: &Surface) -> String {
    let mut text = PREAMBLE.to_owned();
    for sid in surface.sids.keys() {
        writeln!(text, "show!({sid});").unwrap();
    }
    for data in surface.types.values().filter(|data| data.public) {
        writeln!(
            text,
            "impl Show for types::{} {{ fn show(&self) -> String {{ {} }} }}",
            data.name,
            shown(data)
        )
        .unwrap();
    }
    // What errors say can be read as the document's own type.
    let envelope = surface
        .types
        .get("ErrorEnvelope")
        .map_or("()", |_| "types::ErrorEnvelope");
    writeln!(text, "type Envelope = {envelope};").unwrap();
    let mut arms = String::new();
    for operation in surface.operations.values() {
        let least = value_of_call(surface, &operation.handle, &operation.makers[0]);
        let setters = operation
            .call
            .methods
            .iter()
            .filter(|method| !is_for_all(&method.name) && method.text.ends_with("-> Self"));
        let setters: Vec<String> = setters
            .map(|method| format!("let call = call.{};", applied(surface, method)))
            .collect();
        let full = setters.concat();
        // A change on which nothing is set is not sent.
        let is_change =
            operation.repeat == Repeat::Safe && operation.method == "POST" && least.ends_with("()");
        let first = setters.first().filter(|_| is_change);
        let first = first.map(String::as_str).unwrap_or_default();
        writeln!(
            arms,
            "({:?}, _) => {{ let call = {least}; if full {{ {full} told(call.await) }} else {{ {first} told(call.await) }} }}",
            operation.id
        )
        .unwrap();
    }
    writeln!(
        text,
        "async fn call(client: &Client, id: &str, full: bool) -> Result<String, String> {{ Ok(match (id, full) {{ {arms} _ => \"no such call\".to_owned() }}) }}"
    )
    .unwrap();
    let sids = surface
        .sids
        .keys()
        .map(|name| format!("{name:?} => value.parse::<{name}>().is_ok(),"));
    let numbers = surface.bounded.keys().map(|name| {
        format!("{name:?} => value.parse().is_ok_and(|value| {name}::new(value).is_ok()),")
    });
    writeln!(
        text,
        "fn check(kind: &str, value: &str) -> String {{ let is_taken = match kind {{ {} _ => false }}; if is_taken {{ \"ok\".to_owned() }} else {{ \"error\".to_owned() }} }}",
        sids.chain(numbers).collect::<String>()
    )
    .unwrap();
    text
}

/// The settings that every call has.
fn is_for_all(method: &str) -> bool {
    ["timeout", "retry", "header", "keep_json"].contains(&method)
}

fn shown(data: &TypeSurface) -> String {
    match &data.shape {
        TypeShape::Object(members) => {
            let members = members.iter().map(|member| {
                let name = &member.name;
                format!("text += \"{name}: \"; text += &self.{name}.show(); text += \", \";")
            });
            format!(
                "let mut text = \"{} \".to_owned(); {} text",
                data.name,
                members.collect::<String>()
            )
        }
        TypeShape::Enum { values, other } => {
            let name = &data.name;
            let (other, _) = other.split_once('(').unwrap_or((other, ""));
            let arms = values.iter().map(|(_, variant)| {
                format!("types::{name}::{variant} => \"{variant}\".to_owned(),")
            });
            format!(
                "match self {{ {} types::{name}::{other}(text) => format!(\"{other} {{text}}\"), _ => \"unnamed\".to_owned() }}",
                arms.collect::<String>()
            )
        }
    }
}

/// How a caller gets from the client to a call.
fn value_of_call(surface: &Surface, handle: &str, maker: &Signature) -> String {
    let mut way = Vec::new();
    let mut at = handle.to_owned();
    while at != "Client" {
        let step = surface.handles.values().find_map(|from| {
            let method = from
                .methods
                .iter()
                .find(|method| method.target == HandleTarget::Handle(at.clone()))?;
            Some((from.name.clone(), applied(surface, &method.signature)))
        });
        let (from, step) = step.unwrap_or_else(|| panic!("nothing leads to {at}"));
        way.push(step);
        at = from;
    }
    way.reverse();
    way.push(applied(surface, maker));
    format!("client.{}", way.join("."))
}

/// A method with values for its arguments.
fn applied(surface: &Surface, signature: &Signature) -> String {
    let arguments = arguments(&parsed(signature));
    let values = arguments.iter().map(|(name, ty)| value(surface, name, ty));
    format!(
        "{}({})",
        signature.name,
        values.collect::<Vec<_>>().join(", ")
    )
}

/// An expression of a type. Texts say which argument they are for.
fn value(surface: &Surface, name: &str, ty: &str) -> String {
    let bare = ty.trim_start_matches("types::");
    if let Some(inner) = ty
        .strip_prefix('&')
        .filter(|inner| !inner.contains("impl "))
    {
        return format!("&{}", value(surface, name, inner));
    }
    if let Some(inner) = ty
        .strip_prefix("impl Into<Vec<")
        .and_then(|rest| rest.strip_suffix(">>"))
    {
        return format!("vec![{}]", value(surface, name, inner));
    }
    if let Some(data) = surface.types.get(bare) {
        return of_type(surface, data);
    }
    if surface.sids.contains_key(ty) {
        return format!("made(text({ty:?}).parse::<{ty}>())?");
    }
    if surface.bounded.contains_key(ty) {
        return format!("made({ty}::new(number({ty:?})))?");
    }
    if let Some(choice) = ty.strip_prefix("choices::") {
        return format!(
            "choices::{}::{}",
            choice, surface.choices[choice].values[0].0
        );
    }
    match ty {
        // Some of them have to be URLs, which no signature says.
        "impl Into<String>" if name.ends_with("url") => {
            format!("\"https://www.example.com/{name}?a=b%20c\"")
        }
        "impl Into<String>" => format!("\"{name} & 1\""),
        "String" => format!("\"{name} & 1\".to_owned()"),
        "bool" => "true".to_owned(),
        "i8" | "u8" | "i16" | "u16" | "i32" | "u32" | "i64" | "u64" => "3".to_owned(),
        "f32" | "f64" => "1.5".to_owned(),
        "Quantity" => "made(\"12.355\".parse::<Quantity>())?".to_owned(),
        "&(impl Serialize+?Sized)" => {
            "&serde_json::json!({\"language\": \"en-GB\", \"deep\": [1, null]})".to_owned()
        }
        "serde_json::Map<String, serde_json::Value>" => {
            "serde_json::Map::from_iter([(\"more\".to_owned(), serde_json::json!([1]))])".to_owned()
        }
        other => match other
            .strip_prefix("std::num::")
            .or(other.strip_prefix("::std::num::"))
        {
            Some(_) => format!("{other}::MIN"),
            None => panic!("there is no value of the type {other}"),
        },
    }
}

fn of_type(surface: &Surface, data: &TypeSurface) -> String {
    let name = &data.name;
    if let TypeShape::Enum { values, .. } = &data.shape {
        return format!("types::{name}::{}", values[0].1);
    }
    let new = data
        .functions
        .iter()
        .find(|function| function.name == "new");
    let new = new.unwrap_or_else(|| panic!("{name} cannot be made"));
    let setters = data
        .functions
        .iter()
        .filter(|function| function.text.ends_with("-> Self") && function.name != "new");
    let setters = setters.map(|setter| format!(".{}", applied(surface, setter)));
    format!(
        "types::{name}::{}{}",
        applied(surface, new),
        setters.collect::<String>()
    )
}
