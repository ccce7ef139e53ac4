//! What OpenAPI 3.0.3 allows where: the members of every object of the specification, as one table. The walker reads
//! the document by it, so that a key that stands in no row is found wherever it stands.

/// An object of the OpenAPI specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Object {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Header,
    Example,
    Tag,
    Schema,
    Components,
    SecurityScheme,
    SecurityRequirement,
}

/// What a member holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A whole number that is not negative.
    Count,
    /// Any number.
    Number,
    /// Any value; nothing inside is looked at.
    Anything,
    /// A sequence of strings.
    Texts,
    /// A sequence of any values.
    Values,
    /// An object.
    One(Object),
    /// A boolean or an object.
    FlagOr(Object),
    /// A sequence of objects.
    List(Object),
    /// A mapping from names to objects.
    Map(Object),
}

/// What becomes of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is read, and OpenAPI demands it.
    Required,
    /// It is read, or it is prose that changes no code.
    Optional,
    /// The generator would pass over it without a word. The text says what to write instead.
    Unsupported(&'static str),
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub(super) key: &'static str,
    pub(super) shape: Shape,
    pub(super) fate: Fate,
}

const fn required(key: &'static str, shape: Shape) -> Member {
    Member {
        key,
        shape,
        fate: Fate::Required,
    }
}

const fn optional(key: &'static str, shape: Shape) -> Member {
    Member {
        key,
        shape,
        fate: Fate::Optional,
    }
}

const fn unsupported(key: &'static str, instead: &'static str) -> Member {
    Member {
        key,
        shape: Anything,
        fate: Fate::Unsupported(instead),
    }
}

use Object as O;
use Shape::{Anything, Count, Flag, FlagOr, List, Map, Number, One, Text, Texts, Values};

const SPLIT_SCHEMA: &str =
    "remove it, and describe the request and the response by two components where they differ";
const SCALAR_STYLE: &str = "remove it: a query value is sent as `name=value` and a path value as one segment, the defaults of OpenAPI";
const NO_COUNT: &str = "remove it and say in the description how many are allowed";
const NO_BOUND: &str = "remove it and say in the description what is allowed, or use a component of `type: integer` with `minimum` and `maximum`";
const NO_CHOICE: &str = "write one schema of `type: object` whose members are optional, or leave out `type` to accept any JSON";

impl Object {
    /// The members that the object can have.
    pub(super) fn members(self) -> &'static [Member] {
        match self {
            O::Document => {
                const {
                    &[
                        required("openapi", Text),
                        required("info", One(O::Info)),
                        optional("servers", List(O::Server)),
                        required("paths", Map(O::PathItem)),
                        optional("components", One(O::Components)),
                        optional("security", List(O::SecurityRequirement)),
                        optional("tags", List(O::Tag)),
                        optional("externalDocs", One(O::ExternalDocs)),
                    ]
                }
            }
            O::Info => {
                const {
                    &[
                        required("title", Text),
                        optional("description", Text),
                        optional("termsOfService", Text),
                        optional("contact", One(O::Contact)),
                        optional("license", One(O::License)),
                        required("version", Text),
                    ]
                }
            }
            O::Contact => {
                const {
                    &[
                        optional("name", Text),
                        optional("url", Text),
                        optional("email", Text),
                    ]
                }
            }
            O::License => const { &[required("name", Text), optional("url", Text)] },
            O::Server => {
                const {
                    &[
                        required("url", Text),
                        optional("description", Text),
                        optional("variables", Map(O::ServerVariable)),
                    ]
                }
            }
            O::ServerVariable => {
                const {
                    &[
                        optional("enum", Texts),
                        required("default", Text),
                        optional("description", Text),
                    ]
                }
            }
            O::PathItem => {
                const {
                    &[
                        unsupported("$ref", "write the operations of the path here"),
                        optional("summary", Text),
                        optional("description", Text),
                        optional("get", One(O::Operation)),
                        optional("put", One(O::Operation)),
                        optional("post", One(O::Operation)),
                        optional("delete", One(O::Operation)),
                        optional("patch", One(O::Operation)),
                        unsupported(
                            "options",
                            "remove the operation; the client calls GET, PUT, POST, DELETE and PATCH",
                        ),
                        unsupported(
                            "head",
                            "remove the operation; the client calls GET, PUT, POST, DELETE and PATCH",
                        ),
                        unsupported(
                            "trace",
                            "remove the operation; the client calls GET, PUT, POST, DELETE and PATCH",
                        ),
                        optional("servers", List(O::Server)),
                        optional("parameters", List(O::Parameter)),
                    ]
                }
            }
            O::Operation => {
                const {
                    &[
                        optional("tags", Texts),
                        optional("summary", Text),
                        optional("description", Text),
                        optional("externalDocs", One(O::ExternalDocs)),
                        // Its absence has a rule of its own with a better remedy.
                        optional("operationId", Text),
                        optional("parameters", List(O::Parameter)),
                        optional("requestBody", One(O::RequestBody)),
                        required("responses", Map(O::Response)),
                        unsupported(
                            "callbacks",
                            "describe the webhook in the description; the client does not serve requests",
                        ),
                        optional("deprecated", Flag),
                        unsupported(
                            "security",
                            "remove it; what the top-level `security` says holds for every operation",
                        ),
                        unsupported(
                            "servers",
                            "move it to the path item, so that all operations of the path share one host",
                        ),
                    ]
                }
            }
            O::ExternalDocs => const { &[optional("description", Text), required("url", Text)] },
            O::Parameter => {
                const {
                    &[
                        required("name", Text),
                        required("in", Text),
                        optional("description", Text),
                        optional("required", Flag),
                        unsupported(
                            "deprecated",
                            "remove it and say in the description what to use instead",
                        ),
                        unsupported(
                            "allowEmptyValue",
                            "remove it; a parameter that is not set is not sent",
                        ),
                        unsupported("style", SCALAR_STYLE),
                        unsupported("explode", SCALAR_STYLE),
                        unsupported("allowReserved", "remove it; every value is percent-encoded"),
                        optional("schema", One(O::Schema)),
                        optional("example", Anything),
                        optional("examples", Map(O::Example)),
                        unsupported("content", "write `schema`; a parameter is one plain value"),
                    ]
                }
            }
            O::RequestBody => {
                const {
                    &[
                        optional("description", Text),
                        required("content", Map(O::MediaType)),
                        optional("required", Flag),
                    ]
                }
            }
            O::MediaType => {
                const {
                    &[
                        optional("schema", One(O::Schema)),
                        optional("example", Anything),
                        optional("examples", Map(O::Example)),
                        optional("encoding", Map(O::Encoding)),
                    ]
                }
            }
            O::Encoding => {
                const {
                    &[
                        optional("contentType", Text),
                        unsupported("headers", "remove it; a form field has no headers"),
                        unsupported(
                            "style",
                            "remove it and write `contentType: application/json` for a field that is no plain value",
                        ),
                        unsupported(
                            "explode",
                            "remove it and write `contentType: application/json` for a field that is no plain value",
                        ),
                        unsupported("allowReserved", "remove it; every value is percent-encoded"),
                    ]
                }
            }
            O::Response => {
                const {
                    &[
                        required("description", Text),
                        optional("headers", Map(O::Header)),
                        optional("content", Map(O::MediaType)),
                        unsupported(
                            "links",
                            "remove it; say in the description which operation comes next",
                        ),
                    ]
                }
            }
            O::Header => {
                const {
                    &[
                        optional("description", Text),
                        optional("required", Flag),
                        unsupported(
                            "deprecated",
                            "remove it and say in the description what to use instead",
                        ),
                        unsupported("style", SCALAR_STYLE),
                        unsupported("explode", SCALAR_STYLE),
                        required("schema", One(O::Schema)),
                        optional("example", Anything),
                        optional("examples", Map(O::Example)),
                        unsupported("content", "write `schema`; a header is one plain value"),
                    ]
                }
            }
            O::Example => {
                const {
                    &[
                        optional("summary", Text),
                        optional("description", Text),
                        optional("value", Anything),
                        unsupported("externalValue", "write the example here, as `value`"),
                    ]
                }
            }
            O::Tag => {
                const {
                    &[
                        required("name", Text),
                        optional("description", Text),
                        optional("externalDocs", One(O::ExternalDocs)),
                    ]
                }
            }
            O::Schema => SCHEMA,
            O::Components => {
                const {
                    &[
                        optional("schemas", Map(O::Schema)),
                        optional("responses", Map(O::Response)),
                        optional("parameters", Map(O::Parameter)),
                        optional("examples", Map(O::Example)),
                        optional("requestBodies", Map(O::RequestBody)),
                        optional("headers", Map(O::Header)),
                        optional("securitySchemes", Map(O::SecurityScheme)),
                        unsupported(
                            "links",
                            "remove it; say in the description which operation comes next",
                        ),
                        unsupported(
                            "callbacks",
                            "describe the webhook in a description; the client does not serve requests",
                        ),
                    ]
                }
            }
            O::SecurityScheme => {
                const {
                    &[
                        required("type", Text),
                        optional("description", Text),
                        // What these mean depends on the type, which has a rule of its own.
                        optional("name", Text),
                        optional("in", Text),
                        optional("scheme", Text),
                        optional("bearerFormat", Text),
                        optional("flows", Anything),
                        optional("openIdConnectUrl", Text),
                    ]
                }
            }
            // Its keys are the names of security schemes.
            O::SecurityRequirement => &[],
        }
    }

    /// Whether a `$ref` can stand in the place of the object, and the part of `components` that it then names.
    pub(super) fn component(self) -> Option<&'static str> {
        match self {
            O::Parameter => Some("parameters"),
            O::RequestBody => Some("requestBodies"),
            O::Response => Some("responses"),
            O::Header => Some("headers"),
            O::Example => Some("examples"),
            O::Schema => Some("schemas"),
            O::SecurityScheme => Some("securitySchemes"),
            _ => None,
        }
    }

    /// The object's name in a message.
    pub(super) fn described(self) -> &'static str {
        match self {
            O::Document => "the document",
            O::Info => "`info`",
            O::Contact => "a contact",
            O::License => "a licence",
            O::Server => "a server",
            O::ServerVariable => "a server variable",
            O::PathItem => "a path",
            O::Operation => "an operation",
            O::ExternalDocs => "`externalDocs`",
            O::Parameter => "a parameter",
            O::RequestBody => "a request body",
            O::MediaType => "a media type",
            O::Encoding => "an encoding",
            O::Response => "a response",
            O::Header => "a header",
            O::Example => "an example",
            O::Tag => "a tag",
            O::Schema => "a schema",
            O::Components => "`components`",
            O::SecurityScheme => "a security scheme",
            O::SecurityRequirement => "a security requirement",
        }
    }
}

const SCHEMA: &[Member] = &[
    unsupported(
        "title",
        "remove it, because it would rename the Rust type; the component's key is the name",
    ),
    unsupported("multipleOf", NO_BOUND),
    optional("maximum", Number),
    unsupported("exclusiveMaximum", NO_BOUND),
    optional("minimum", Number),
    unsupported("exclusiveMinimum", NO_BOUND),
    optional("maxLength", Count),
    optional("minLength", Count),
    optional("pattern", Text),
    unsupported("maxItems", NO_COUNT),
    optional("minItems", Count),
    unsupported(
        "uniqueItems",
        "remove it and say in the description that no item stands twice",
    ),
    unsupported("maxProperties", NO_COUNT),
    unsupported("minProperties", NO_COUNT),
    optional("required", Texts),
    optional("enum", Values),
    optional("type", Text),
    optional("allOf", List(Object::Schema)),
    unsupported("oneOf", NO_CHOICE),
    unsupported("anyOf", NO_CHOICE),
    unsupported(
        "not",
        "remove it and say in the description what is not allowed",
    ),
    optional("items", One(Object::Schema)),
    optional("properties", Map(Object::Schema)),
    optional("additionalProperties", FlagOr(Object::Schema)),
    optional("description", Text),
    optional("format", Text),
    optional("default", Anything),
    optional("nullable", Flag),
    unsupported("discriminator", NO_CHOICE),
    unsupported("readOnly", SPLIT_SCHEMA),
    unsupported("writeOnly", SPLIT_SCHEMA),
    unsupported(
        "xml",
        "remove it; the client reads and writes JSON and forms",
    ),
    optional("externalDocs", One(Object::ExternalDocs)),
    optional("example", Anything),
    unsupported(
        "deprecated",
        "remove it and say in the description what to use instead",
    ),
];
