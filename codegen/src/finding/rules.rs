//! Every rule there is, by theme. The list is the one place that gives a rule its id, weight and summary; the code
//! that looks for a broken rule stands in the module of its theme.

use super::{Rule, Severity};

macro_rules! rules {
    ($($(#[$theme:meta])* $id:ident $severity:ident $summary:literal)*) => {
        $(
            #[doc = $summary]
            pub const $id: Rule = Rule { id: stringify!($id), severity: Severity::$severity, summary: $summary };
        )*
        /// All rules, in the order of their themes.
        pub const RULES: &[Rule] = &[$($id),*];

        /// The page of each rule, in the same order: the files of `spec/rules`, so that a program needs none of them.
        pub const PAGES: &[(&str, &str)] = &[$((
            stringify!($id),
            include_str!(concat!("../../../spec/rules/", stringify!($id), ".md")),
        )),*];
    };
}

rules! {
    // The bytes of the file.
    TEXT_TOO_LARGE Error "A document is at most 16 MiB long."
    TEXT_NOT_UTF8 Error "A document is UTF-8 text."
    TEXT_BYTE_ORDER_MARK Error "A document does not begin with a byte order mark."
    TEXT_CONTROL_CHARACTER Error "A document holds no control characters besides line feeds and tabs."
    TEXT_EMPTY Error "A document is not empty."
    // YAML.
    YAML_SYNTAX Error "A document is well-formed YAML or JSON."
    YAML_INDENT_TABBED Error "YAML is indented with spaces."
    YAML_TOO_DEEP Error "Mappings and sequences nest at most 64 levels deep."
    YAML_ROOT_NOT_MAPPING Error "A document is one mapping."
    YAML_DOCUMENT_REPEATED Error "A file holds one YAML document."
    YAML_ALIAS_EXPLODED Error "Aliases expand to a bounded amount of text."
    YAML_ALIAS_RECURSIVE Error "An alias does not stand inside its own anchor."
    YAML_NUMBER_TOO_LARGE Error "A number fits into 64 bits."
    YAML_MERGE_KEY Error "A mapping has no merge key, because not every reader follows it."
    YAML_TAG Error "A node has no YAML tag."
    YAML_KEY_DUPLICATE Error "A key stands once in its mapping."
    YAML_KEY_NOT_TEXT Error "A key is text; one that reads as a number, a boolean or null is quoted."
    // The document as a whole.
    DOCUMENT_VERSION_UNSUPPORTED Error "A document is OpenAPI 3.0.x."
    DOCUMENT_UNREADABLE Error "A document fits the data model of OpenAPI 3.0."
    KEYWORD_UNKNOWN Error "A key is a member of its object in OpenAPI 3.0."
    KEYWORD_MISSING Error "An object has the members that OpenAPI 3.0 requires."
    KEYWORD_UNSUPPORTED Error "A key that the generator would pass over without a word is not used."
    KEYWORD_MISPLACED Error "A key of a schema means something for the schema's type."
    VALUE_KIND_WRONG Error "A value is of the kind that OpenAPI 3.0 asks for."
    EXTENSION_UNSUPPORTED Error "A document has no private extensions."
    INFO_VERSION_INVALID Error "The version of the description is visible ASCII text."
    SERVER_MISSING Error "Every path has a server, its own or that of the document."
    SERVER_REPEATED Error "A path has one server."
    SERVER_URL_UNSUPPORTED Error "A server is an https URL of a host alone, without variables."
    SECURITY_MISSING Error "The document says how requests are authenticated."
    SECURITY_REQUIREMENT_UNSUPPORTED Error "One security scheme without scopes holds for every operation."
    SECURITY_SCHEME_UNDECLARED Error "A security requirement names a declared scheme."
    SECURITY_SCHEME_UNSUPPORTED Error "A security scheme is HTTP Basic."
    TAG_DUPLICATE Warning "A tag is declared once."
    TAG_UNDECLARED Warning "The tag of an operation is declared at the top."
    // References and components.
    REF_UNRESOLVED Error "A reference leads to something."
    REF_REMOTE Error "A reference stays inside the document."
    REF_KIND_WRONG Error "A reference leads to a component of the kind that is needed."
    REF_SIBLING Error "Nothing stands beside a reference."
    REF_CYCLE Error "A component does not refer to itself."
    SCHEMA_ENDLESS Error "A schema does not require a value of itself."
    COMPONENT_ALIAS Error "A component is more than another name of a component."
    COMPONENT_NOT_TYPE Error "A component is an object with properties, an enum, a SID, a bounded integer or a decimal."
    COMPONENT_NULLABLE Error "Null is allowed where a component is used, not in the component."
    COMPONENT_NAME_INVALID Error "The name of a component holds letters, digits, dots, hyphens and underscores."
    COMPONENT_NAME_MISNAMED Error "A schema is named as its Rust type, in upper camel case."
    COMPONENT_UNUSED Warning "A component is reached from an operation."
    CONSTRAINT_REPEATED Warning "A constraint that two places share stands in one component."
    // Prose and examples.
    DESCRIPTION_EMPTY Warning "A description or a summary says something."
    EXAMPLE_INVALID Warning "An example is a value of its schema."
    EXAMPLE_MEMBER_UNDECLARED Warning "An example shows the members that its schema declares."
    // Names.
    OPERATION_ID_MISSING Error "Every operation has an id."
    OPERATION_ID_DUPLICATE Error "An operation id stands once."
    OPERATION_ID_MISNAMED Error "An operation id is a verb and a resource in upper camel case."
    NAME_COLLISION Error "Names stay different when they become Rust names."
    NAME_UNUSABLE Error "A name begins with a letter and is ASCII."
    NAME_RESERVED Error "A name does not become a Rust name that the generated code needs itself."
    // Paths and parameters.
    PATH_MALFORMED Error "A path is a URL path with names in braces."
    PATH_DUPLICATE Error "Two paths differ in more than the names of their parameters."
    PATH_PARAMETER_UNDECLARED Error "Every name in braces is a declared path parameter."
    PATH_PARAMETER_UNUSED Error "Every declared path parameter stands in the path."
    PATH_PARAMETER_OPTIONAL Error "A path parameter is required."
    PARAMETER_PLACE_UNSUPPORTED Error "A parameter stands in the query or in the path."
    PARAMETER_SCHEMA_MISSING Error "A parameter has a schema."
    PARAMETER_NOT_PLAIN Error "A parameter is a string, an integer, a number or a boolean."
    PARAMETER_NULLABLE Error "A parameter is not null."
    PARAMETER_DUPLICATE Error "The parameters of an operation differ in their names."
    // Request bodies.
    BODY_NOT_ALLOWED Error "GET and DELETE have no request body."
    BODY_OPTIONAL Error "A request body is required."
    BODY_MEDIA_MISSING Error "A request body has a media type."
    BODY_MEDIA_REPEATED Error "A request body has one media type."
    BODY_MEDIA_UNSUPPORTED Error "A request body is a form or JSON."
    BODY_SCHEMA_MISSING Error "A request body has a schema."
    BODY_NOT_OBJECT Error "A request body is an object with properties."
    ENCODING_UNDECLARED Error "An encoding belongs to a field of the form."
    ENCODING_UNSUPPORTED Error "An encoding says that a form field is one JSON document, and nothing else."
    FORM_FIELD_UNENCODED Error "A form field that is no plain value says that it is JSON."
    FORM_FIELD_UNKNOWN Error "A form declares all of its fields."
    FORM_FIELD_MISCASED Warning "A form field is written in upper camel case, as Twilio's forms are."
    // Responses.
    RESPONSE_STATUS_UNSUPPORTED Error "A response is declared for a status, or for 4XX and 5XX."
    RESPONSE_MEDIA_MISSING Error "The content of a response has a media type."
    RESPONSE_MEDIA_REPEATED Error "A response has one media type."
    RESPONSE_MEDIA_UNSUPPORTED Error "A response is JSON or has no body."
    RESPONSE_SCHEMA_MISSING Error "A response with content has a schema."
    RESPONSE_BODY_NOT_ALLOWED Error "A response that never has a body declares none."
    RESPONSE_SUCCESS_MISSING Error "An operation declares how it succeeds."
    RESPONSE_SUCCESS_DIFFERENT Error "All successes of an operation carry one type."
    RESPONSE_REDIRECT_UNSUPPORTED Error "A redirect is a 307 with JSON as the only success, or a 304 beside a typed success."
    RESPONSE_ERROR_MISSING Error "An operation says what 4XX and 5XX carry."
    RESPONSE_ERROR_DIFFERENT Error "All errors of an operation carry one type."
    MEMBER_MISCASED Warning "A member of JSON is written in snake case, as Twilio's replies are."
    // Lists.
    LIST_ENVELOPE_INCOMPLETE Warning "The reply to a list holds one array and the links of one paging style."
    LIST_PARAMETERS_MISSING Warning "A list with pages takes PageSize, Page and PageToken."
    LIST_UNPAGED Warning "A list has pages, or its description says that it has none."
    // Schemas.
    SCHEMA_TYPE_UNKNOWN Error "A type is one of the six of OpenAPI 3.0."
    SCHEMA_TYPE_MISSING Error "A schema with rules has a type."
    SCHEMA_ALL_OF_UNSUPPORTED Error "`allOf` holds one reference, beside a description or `nullable`."
    SCHEMA_INLINE Error "An object with properties and an enum are components."
    SCHEMA_FORMAT_UNKNOWN Error "A format has a Rust type."
    SCHEMA_NUMBER_BINARY Error "A number that is not whole is an exact decimal."
    SCHEMA_BOUND_INVALID Error "Bounds are whole numbers, the minimum not above the maximum."
    SCHEMA_BOUND_UNCHECKED Error "A bound is one that generated code checks."
    SCHEMA_DEFAULT_IGNORED Error "A default stands where it tells a caller something."
    SCHEMA_DEFAULT_INVALID Error "A default is a value of its schema."
    ARRAY_ITEMS_MISSING Error "An array says what its items are."
    OBJECT_CLOSED Error "An object accepts members that are not declared."
    OBJECT_REST_TYPED Error "Undeclared members beside declared ones can be of any type."
    REQUIRED_UNDECLARED Error "A required member is a property."
    REQUIRED_DUPLICATE Error "A required member is listed once."
    ENUM_EMPTY Error "An enum has a value."
    ENUM_VALUE_DUPLICATE Error "A value stands once in its enum."
    ENUM_VALUE_NOT_TEXT Error "A value of an enum is text."
    // SIDs and patterns.
    SID_INLINE Error "A SID is described once, by a component."
    SID_PATTERN_INEXACT Error "The pattern of a SID is two letters and 32 hexadecimal digits, anchored at both ends."
    SID_LENGTH_MISMATCH Error "The lengths of a SID are those that its pattern implies."
    SID_PREFIX_DUPLICATE Error "There is one component for each kind of SID."
    SID_PREFIX_UNKNOWN Warning "The prefix of a SID is one that Twilio gives to a kind of resource."
    SID_NAME_DISAGREES Warning "What is named as one kind of SID refers to that kind."
    SID_UNTYPED Warning "What is named as a kind of SID that has a component refers to it."
    PATTERN_INVALID Error "A pattern is a regular expression."
    PATTERN_UNCHECKED Error "A pattern is that of a SID, because no other one is checked."
    LENGTH_UNCHECKED Error "A length is that of a SID, because no other one is checked."
    // What only the stages after the linter can see.
    DECIMAL_IN_OPEN_OBJECT Error "An object that keeps undeclared members holds no exact decimal."
    FORM_SCHEMA_SHARED Error "Every form that shares a schema encodes its fields alike."
    GENERATOR_REFUSES Error "Progenitor takes what the linter has let through."
    GENERATOR_UNREADABLE Error "What progenitor writes is Rust of the known form."
    HANDLE_NAME_COLLIDES Error "The handles of two resources have different names."
    METHOD_NAME_COLLIDES Error "The calls of one resource have different names."
    OPERATION_NOT_EMITTED Error "Progenitor writes one function for each operation."
    PATH_PARAMETER_DIFFERS Error "One path parameter has one type wherever paths share it."
    PATH_WITHOUT_RESOURCE Error "A path names a resource."
    SERVER_UNSUPPORTED Error "The hosts of the document differ in their first labels."
    SETTER_NAME_COLLIDES Error "What a call sets has names of its own."
    SID_PATTERN_UNSUPPORTED Error "A check can be made from the pattern of a SID."
    TYPE_UNSUPPORTED Error "Progenitor makes a struct, an enum or a map of every schema."
}
