//! An operation: what goes over the wire, and what callers write. As text it is what a reviewer reads.

use std::fmt;

use super::Signature;
use super::columns::{self, fact};

/// One operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationSurface {
    /// The document's operation id.
    pub id: String,
    /// Upper-case HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The host's name in Rust.
    pub host: String,
    /// The host's URL.
    pub url: String,
    /// Whether the client may send it a second time when the first outcome is unknown.
    pub repeat: Repeat,
    /// The statuses that are no errors, in order.
    pub statuses: Vec<u16>,
    /// How a caller gets to the call: `client.listing(AvailableAddOnSid).update()`.
    pub chain: String,
    /// Everything that goes into the request: path, query, then body, each in the order of the generated code.
    pub parameters: Vec<ParameterSurface>,
    /// The runtime's function that reads a reply: `json`, `page`, `update`.
    pub decoder: String,
    /// The type that a reply with a body is decoded into; `None` where no reply has one.
    pub reply: Option<String>,
    /// The handle whose method makes the call.
    pub handle: String,
    /// What the handle derives; nothing for the client, which is written by hand.
    pub handle_traits: Vec<String>,
    /// That method, or two where a boolean is all that the call needs and they are named by it.
    pub makers: Vec<Signature>,
    /// The call's type.
    pub call: CallSurface,
    /// What only the document says; there after [`Surface::with_document`](super::Surface::with_document).
    pub document: Option<OperationDocument>,
}

/// Whether a request can be sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Repeating it changes nothing more.
    Safe,
    /// It creates or bills.
    Never,
}

/// The type of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallSurface {
    /// Its name: `calls::UpdateListing`.
    pub name: String,
    /// What it derives, and `must_use` and `deprecated`.
    pub traits: Vec<String>,
    /// Its public methods, in order.
    pub methods: Vec<Signature>,
    /// What awaiting it gives.
    pub output: String,
}

/// A parameter or a member of the request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterSurface {
    /// Name on the wire.
    pub wire: String,
    /// Where it stands.
    pub place: Place,
    /// How its value is written there.
    pub encoding: Encoding,
    /// Whether it is always sent.
    pub required: bool,
    /// How many items it has at least, where it is an array.
    pub least_items: Option<usize>,
    /// The Rust type that callers give.
    pub rust_type: String,
    /// How callers give it.
    pub given: Given,
    /// The value that the API takes where none is given, as JSON; only the document says it.
    pub default: Option<String>,
}

/// How a value gets into a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// It is the account of the client's credentials.
    ByClient,
    /// As the argument of a method that the chain of handles ends with or goes through.
    ByArgument {
        /// The method.
        method: String,
        /// The argument's name.
        argument: String,
    },
    /// By which of two methods makes the call.
    BySwitch {
        /// The method that sends `true`.
        yes: String,
        /// The method that sends `false`.
        no: String,
    },
    /// By a method of the call.
    BySetter {
        /// The method.
        method: String,
    },
}

/// A part of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A form body.
    Form,
    /// A JSON body.
    Json,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Its text, escaped as the place asks.
    Text,
    /// One JSON document, as its text.
    JsonText,
    /// One JSON object, as its text; any other JSON is refused before it is sent.
    ObjectText,
    /// A JSON value within a JSON body.
    Json,
}

/// What the document says of an operation and the generated code does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationDocument {
    /// The first tag.
    pub tag: Option<String>,
    /// The statuses that are no errors, each with whether it has a body.
    pub successes: Vec<(u16, bool)>,
    /// The error statuses (`404`, `4XX`), each with the type of its body if it has one, in the document's order.
    pub errors: Vec<(String, Option<String>)>,
}

impl OperationSurface {
    fn facts(&self) -> Vec<Vec<String>> {
        let repeat = match self.repeat {
            Repeat::Safe => "safe",
            Repeat::Never => "never: it creates or bills",
        };
        let tag = self
            .document
            .as_ref()
            .and_then(|document| document.tag.clone());
        let mut facts = vec![
            fact("http", format!("{} {}", self.method, self.path)),
            fact("host", format!("{} {}", self.host, self.url)),
            fact("call", &self.chain),
            fact("repeat", repeat),
            fact("reply", format!("read as {}", self.decoder)),
        ];
        facts.extend(tag.map(|tag| fact("tag", tag)));
        facts
    }

    fn success_rows(&self) -> Vec<Vec<String>> {
        let body = self.reply.as_deref().unwrap_or("no body");
        match &self.document {
            None => self
                .statuses
                .iter()
                .map(|status| fact(&status.to_string(), body))
                .collect(),
            Some(document) => document
                .successes
                .iter()
                .map(|(status, has_body)| {
                    fact(
                        &status.to_string(),
                        if *has_body { body } else { "no body" },
                    )
                })
                .collect(),
        }
    }

    // Statuses with the same body stand in one line.
    fn error_rows(&self) -> Vec<Vec<String>> {
        let mut rows: Vec<(String, String)> = Vec::new();
        for (status, body) in self.document.iter().flat_map(|document| &document.errors) {
            let body = body.clone().unwrap_or_else(|| "no body".to_owned());
            match rows.iter_mut().find(|(_, known)| *known == body) {
                Some((statuses, _)) => statuses.push_str(&format!(", {status}")),
                None => rows.push((status.clone(), body)),
            }
        }
        rows.into_iter()
            .map(|(statuses, body)| vec![statuses, body])
            .collect()
    }
}

impl Encoding {
    /// What a reviewer must know of it, where it is not what the place suggests.
    pub(super) fn note(self) -> Option<&'static str> {
        match self {
            Self::Text | Self::Json => None,
            Self::JsonText => Some("JSON as text"),
            Self::ObjectText => Some("JSON object as text"),
        }
    }
}

impl ParameterSurface {
    fn row(&self) -> Vec<String> {
        let place = match self.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Form => "form",
            Place::Json => "JSON",
        };
        let required = if self.required {
            "required"
        } else {
            "optional"
        };
        let mut needed: Vec<String> = [required]
            .into_iter()
            .chain(self.encoding.note())
            .map(str::to_owned)
            .collect();
        needed.extend(
            self.least_items
                .map(|least| format!("least items: {least}")),
        );
        let ty = &self.rust_type;
        let given = match &self.given {
            Given::ByClient => format!("{ty} of the client"),
            Given::ByArgument { method, argument } => format!(".{method}({argument}: {ty})"),
            Given::BySwitch { yes, no } => format!(".{yes}() or .{no}()"),
            Given::BySetter { method } => format!(".{method}({ty})"),
        };
        let default = self
            .default
            .as_ref()
            .map(|default| format!(", default {default}"))
            .unwrap_or_default();
        vec![
            place.to_owned(),
            self.wire.clone(),
            needed.join(", "),
            format!("{given}{default}"),
        ]
    }
}

impl fmt::Display for OperationSurface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "operation {}\n", self.id)?;
        columns::write(f, "", &self.facts())?;
        let parameters: Vec<Vec<String>> =
            self.parameters.iter().map(ParameterSurface::row).collect();
        columns::section(f, "parameters", &parameters)?;
        columns::section(f, "success", &self.success_rows())?;
        columns::section(f, "error", &self.error_rows())?;
        writeln!(f, "\nrust")?;
        let colon = if self.handle_traits.is_empty() {
            ""
        } else {
            ": "
        };
        writeln!(
            f,
            "  {}{colon}{}",
            self.handle,
            self.handle_traits.join(", ")
        )?;
        for maker in &self.makers {
            writeln!(f, "    {}", maker.text)?;
        }
        writeln!(f, "  {}: {}", self.call.name, self.call.traits.join(", "))?;
        for method in &self.call.methods {
            writeln!(f, "    {}", method.text)?;
        }
        writeln!(f, "    await -> {}", self.call.output)
    }
}
