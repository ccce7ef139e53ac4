//! Every kind of change there is, by group. The table is the one place that gives a rule its id and its verdicts; the
//! code that looks for a change stands in the module of its theme. `spec/diff.md` explains the policy behind the table.

use super::verdict::Verdict;

/// A verdict that a rule gives to a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The same for every change of the rule.
    Fixed(Verdict),
    /// It depends on what the generator makes of the place: see `spec/diff.md`.
    Derived,
}

/// One kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable name: a noun, and what happened to it.
    pub id: &'static str,
    /// What the rule is about.
    pub group: &'static str,
    /// The verdict for an old client against the changed server.
    pub wire: Verdict,
    /// The verdict for recompiling callers of the generated client.
    pub source: Weight,
    /// The verdict for the same calling code behaving as before.
    pub runtime: Weight,
    /// The rule that the change goes by when base and revision are swapped.
    pub opposite: &'static str,
    /// One sentence on the kind of change.
    pub summary: &'static str,
}

impl Rule {
    /// The rule of an id.
    pub fn find(id: &str) -> Option<&'static Self> {
        RULES.iter().copied().find(|rule| rule.id == id)
    }
}

macro_rules! weight {
    (Derived) => {
        Weight::Derived
    };
    ($verdict:ident) => {
        Weight::Fixed(Verdict::$verdict)
    };
}

macro_rules! rules {
    ($($group:literal { $($id:ident $wire:ident $source:ident $runtime:ident $opposite:ident $summary:literal)* })*) => {
        $($(
            #[doc = $summary]
            pub static $id: Rule = Rule {
                id: stringify!($id),
                group: $group,
                wire: Verdict::$wire,
                source: weight!($source),
                runtime: weight!($runtime),
                opposite: stringify!($opposite),
                summary: $summary,
            };
        )*)*
        /// All rules, in the order of their groups.
        pub static RULES: &[&Rule] = &[$($(&$id),*),*];
    };
}

// id, wire, source, run time, opposite, summary
rules! {
    "document" {
        OPENAPI_VERSION_CHANGED None None None OPENAPI_VERSION_CHANGED "The version of OpenAPI that the document names is different."
        INFO_CHANGED None None None INFO_CHANGED "The document's title, version, contact or license is different."
        KEYWORD_CHANGED Warning None None KEYWORD_CHANGED "A keyword that OpenAPI 3.0 does not know there has another value."
        REFERENCE_BROKEN Warning Breaking None REFERENCE_MENDED "A reference leads nowhere that led somewhere before."
        REFERENCE_MENDED Warning None None REFERENCE_BROKEN "A reference leads somewhere that led nowhere before."
        COMPARISON_CUT Warning Warning Warning COMPARISON_CUT "A schema is too entangled to be compared completely."
        WRITING_CHANGED None None None WRITING_CHANGED "Something is written in another way, and no rule finds another meaning in it."
    }
    "prose" {
        DESCRIPTION_CHANGED None None None DESCRIPTION_CHANGED "A description, summary or title is different."
        EXAMPLE_CHANGED None None None EXAMPLE_CHANGED "An example is different."
        TAG_CHANGED None None None TAG_CHANGED "A tag is different."
        EXTENSION_CHANGED None None None EXTENSION_CHANGED "A private extension has another value."
    }
    "server" {
        SERVER_ADDED Additive None None SERVER_REMOVED "An operation can be sent to one more server."
        SERVER_REMOVED Breaking None None SERVER_ADDED "An operation can no longer be sent to a server."
        SERVER_CHANGED Breaking Derived Breaking SERVER_CHANGED "The only server of an operation has another URL."
        SERVER_FIRST_CHANGED None Derived Breaking SERVER_FIRST_CHANGED "Another of an operation's servers comes first, and the client uses the first."
        SERVER_VARIABLE_CHANGED Warning None Warning SERVER_VARIABLE_CHANGED "A variable of a server's URL has another default or other values."
    }
    "security" {
        SECURITY_REQUIRED Breaking None None SECURITY_DROPPED "An operation that was open to everyone asks for credentials."
        SECURITY_DROPPED Additive None None SECURITY_REQUIRED "An operation is open to everyone."
        SECURITY_ALTERNATIVE_ADDED Additive None None SECURITY_ALTERNATIVE_REMOVED "An operation takes one more kind of credentials."
        SECURITY_ALTERNATIVE_REMOVED Breaking None None SECURITY_ALTERNATIVE_ADDED "An operation no longer takes a kind of credentials."
        SECURITY_ALTERNATIVE_IMPLIED None None None SECURITY_ALTERNATIVE_IMPLIED "An operation lists a kind of credentials, or no longer does, beside one that asks for less."
        SECURITY_SCOPE_ADDED Breaking None None SECURITY_SCOPE_REMOVED "An operation asks for one more scope."
        SECURITY_SCOPE_REMOVED Additive None None SECURITY_SCOPE_ADDED "An operation no longer asks for a scope."
        SECURITY_SCHEME_CHANGED Breaking None None SECURITY_SCHEME_CHANGED "A scheme that operations ask for works in another way."
        SECURITY_SCHEME_EXTENDED Additive None None SECURITY_SCHEME_REDUCED "A scheme that operations ask for offers a flow, URL or scope more."
        SECURITY_SCHEME_REDUCED Breaking None None SECURITY_SCHEME_EXTENDED "A scheme that operations ask for no longer offers a flow, URL or scope."
        SECURITY_SCHEME_ADDED None None None SECURITY_SCHEME_REMOVED "A security scheme is declared."
        SECURITY_SCHEME_REMOVED None None None SECURITY_SCHEME_ADDED "A security scheme is no longer declared."
    }
    "operation" {
        OPERATION_ADDED Additive Additive None OPERATION_REMOVED "An operation is new."
        OPERATION_REMOVED Breaking Breaking None OPERATION_ADDED "An operation is gone."
        OPERATION_MOVED Breaking Derived Breaking OPERATION_MOVED "An operation has another method or path."
        OPERATION_PATH_SPLIT None Derived None OPERATION_PATH_SPLIT "An operation has the same URL, of which more or less stands in its server."
        OPERATION_ID_CHANGED None Derived None OPERATION_ID_CHANGED "An operation has another operation id, which names its call."
        OPERATION_DEPRECATED None Warning None OPERATION_RESTORED "An operation is deprecated."
        OPERATION_RESTORED None None None OPERATION_DEPRECATED "An operation is no longer deprecated."
        OPERATION_SUNSET_CHANGED Warning None None OPERATION_SUNSET_CHANGED "The day on which an operation ends is different."
        PATH_PARAMETER_RENAMED None Derived None PATH_PARAMETER_RENAMED "A parameter of a path template has another name."
        ARGUMENTS_REORDERED None Derived Derived ARGUMENTS_REORDERED "A function of the client takes its arguments in another order."
        OUTPUT_CHANGED None Breaking None OUTPUT_CHANGED "A call gives another Rust type back."
        CALLBACK_ADDED Additive None None CALLBACK_REMOVED "An operation can call back in one more way."
        CALLBACK_REMOVED Warning None None CALLBACK_ADDED "An operation no longer calls back."
        CALLBACK_CHANGED Warning None None CALLBACK_CHANGED "What an operation sends when it calls back is different."
        LINK_CHANGED None None None LINK_CHANGED "A link from a reply to an operation is different."
    }
    "parameter" {
        PARAMETER_ADDED_OPTIONAL Additive Derived None PARAMETER_REMOVED "An optional parameter is new."
        PARAMETER_ADDED_REQUIRED Breaking Derived None PARAMETER_REMOVED "A required parameter is new."
        PARAMETER_REMOVED Warning Derived None PARAMETER_ADDED_OPTIONAL "A parameter is gone."
        PARAMETER_RENAMED Breaking Derived None PARAMETER_RENAMED "A parameter has another name and is the same otherwise."
        PARAMETER_LOCATION_CHANGED Breaking Derived Breaking PARAMETER_LOCATION_CHANGED "A parameter travels in another part of the request."
        PARAMETER_BECAME_REQUIRED Breaking Derived None PARAMETER_BECAME_OPTIONAL "A parameter must be sent that could be left out."
        PARAMETER_BECAME_OPTIONAL Additive Derived None PARAMETER_BECAME_REQUIRED "A parameter can be left out that had to be sent."
        PARAMETER_STYLE_CHANGED Breaking None Warning PARAMETER_STYLE_CHANGED "A parameter is written in another way: `style`, `explode`, `allowReserved` or `content`."
        PARAMETER_EMPTY_FORBIDDEN Breaking None None PARAMETER_EMPTY_ALLOWED "A parameter can no longer be sent without a value."
        PARAMETER_EMPTY_ALLOWED Additive None None PARAMETER_EMPTY_FORBIDDEN "A parameter can be sent without a value."
        PARAMETER_DEPRECATED None None None PARAMETER_RESTORED "A parameter is deprecated."
        PARAMETER_RESTORED None None None PARAMETER_DEPRECATED "A parameter is no longer deprecated."
    }
    "request" {
        REQUEST_BODY_ADDED_OPTIONAL Additive Derived None REQUEST_BODY_REMOVED "An operation takes a body that can be left out."
        REQUEST_BODY_ADDED_REQUIRED Breaking Derived None REQUEST_BODY_REMOVED "An operation takes a body that must be sent."
        REQUEST_BODY_REMOVED Warning Derived None REQUEST_BODY_ADDED_OPTIONAL "An operation takes no body any more."
        REQUEST_BODY_BECAME_REQUIRED Breaking None None REQUEST_BODY_BECAME_OPTIONAL "A body must be sent that could be left out."
        REQUEST_BODY_BECAME_OPTIONAL Additive None None REQUEST_BODY_BECAME_REQUIRED "A body can be left out that had to be sent."
        REQUEST_MEDIA_TYPE_ADDED Additive None None REQUEST_MEDIA_TYPE_REMOVED "A body can be sent in one more media type."
        REQUEST_MEDIA_TYPE_REMOVED Breaking None None REQUEST_MEDIA_TYPE_ADDED "A body can no longer be sent in a media type."
        REQUEST_MEDIA_TYPE_CHANGED Breaking Derived Breaking REQUEST_MEDIA_TYPE_CHANGED "The only media type of a body is different."
        REQUEST_ENCODING_CHANGED Breaking Derived Breaking REQUEST_ENCODING_CHANGED "A member of a form is encoded in another way."
        REQUEST_SCHEMA_ADDED Breaking Derived None REQUEST_SCHEMA_REMOVED "A body that could be anything has a schema."
        REQUEST_SCHEMA_REMOVED Additive Derived None REQUEST_SCHEMA_ADDED "A body that had a schema can be anything."
    }
    "response" {
        RESPONSE_STATUS_ADDED Breaking Derived Warning RESPONSE_STATUS_REMOVED "An operation can succeed with a status that an old client does not know."
        RESPONSE_STATUS_REMOVED Warning Derived Warning RESPONSE_STATUS_ADDED "An operation no longer succeeds with a status, and still does with another."
        RESPONSE_STATUS_CHANGED Breaking Derived Warning RESPONSE_STATUS_CHANGED "The only success status of an operation is different."
        RESPONSE_SUCCESS_ADDED Additive Derived None RESPONSE_SUCCESS_REMOVED "An operation that declared no success declares one."
        RESPONSE_SUCCESS_REMOVED Breaking Derived None RESPONSE_SUCCESS_ADDED "An operation declares no success any more."
        ERROR_STATUS_ADDED Additive None None ERROR_STATUS_REMOVED "An error status or `default` is new."
        ERROR_STATUS_REMOVED None None None ERROR_STATUS_ADDED "An error status or `default` is gone."
        RESPONSE_BODY_ADDED Additive Derived None RESPONSE_BODY_REMOVED "A reply has a body that had none."
        RESPONSE_BODY_REMOVED Breaking Derived None RESPONSE_BODY_ADDED "A reply has no body any more."
        RESPONSE_MEDIA_TYPE_ADDED Additive None None RESPONSE_MEDIA_TYPE_REMOVED "A reply can be had in one more media type."
        RESPONSE_MEDIA_TYPE_REMOVED Breaking None None RESPONSE_MEDIA_TYPE_ADDED "A reply can no longer be had in a media type."
        RESPONSE_MEDIA_TYPE_CHANGED Breaking Derived Breaking RESPONSE_MEDIA_TYPE_CHANGED "The only media type of a reply is different."
        RESPONSE_SCHEMA_ADDED Additive Derived None RESPONSE_SCHEMA_REMOVED "A reply that could be anything has a schema."
        RESPONSE_SCHEMA_REMOVED Breaking Derived None RESPONSE_SCHEMA_ADDED "A reply that had a schema can be anything."
        RESPONSE_HEADER_ADDED Additive None None RESPONSE_HEADER_REMOVED_OPTIONAL "A reply has one more header."
        RESPONSE_HEADER_REMOVED_REQUIRED Breaking None None RESPONSE_HEADER_ADDED "A header is gone that every reply had."
        RESPONSE_HEADER_REMOVED_OPTIONAL Warning None None RESPONSE_HEADER_ADDED "A header is gone that replies could have."
        RESPONSE_HEADER_BECAME_OPTIONAL Breaking None None RESPONSE_HEADER_BECAME_REQUIRED "A header can be missing that every reply had."
        RESPONSE_HEADER_BECAME_REQUIRED Additive None None RESPONSE_HEADER_BECAME_OPTIONAL "Every reply has a header that could be missing."
        RESPONSE_HEADER_STYLE_CHANGED Breaking None None RESPONSE_HEADER_STYLE_CHANGED "A header is written in another way."
    }
    "request schema" {
        REQUEST_TYPE_NARROWED Breaking Derived None REQUEST_TYPE_WIDENED "A value in a request must be of fewer types."
        REQUEST_TYPE_WIDENED Additive Derived None REQUEST_TYPE_NARROWED "A value in a request can be of more types."
        REQUEST_TYPE_CHANGED Breaking Derived None REQUEST_TYPE_CHANGED "A value in a request is of another type."
        REQUEST_FORMAT_NARROWED Breaking Derived None REQUEST_FORMAT_WIDENED "A value in a request must keep to a format."
        REQUEST_FORMAT_WIDENED Additive Derived None REQUEST_FORMAT_NARROWED "A value in a request need not keep to a format any more."
        REQUEST_FORMAT_CHANGED Breaking Derived None REQUEST_FORMAT_CHANGED "A value in a request must keep to another format."
        REQUEST_NULL_FORBIDDEN Breaking Derived None REQUEST_NULL_ALLOWED "A value in a request can no longer be null."
        REQUEST_NULL_ALLOWED Additive Derived None REQUEST_NULL_FORBIDDEN "A value in a request can be null."
        REQUEST_RANGE_TIGHTENED Breaking Derived Derived REQUEST_RANGE_LOOSENED "A number in a request must lie in a smaller range."
        REQUEST_RANGE_LOOSENED Additive Derived Derived REQUEST_RANGE_TIGHTENED "A number in a request can lie in a larger range."
        REQUEST_RANGE_CHANGED Breaking None None REQUEST_RANGE_CHANGED "A number in a request must be a multiple of another number."
        REQUEST_LENGTH_TIGHTENED Breaking Derived None REQUEST_LENGTH_LOOSENED "A text in a request can have fewer lengths."
        REQUEST_LENGTH_LOOSENED Additive Derived None REQUEST_LENGTH_TIGHTENED "A text in a request can have more lengths."
        REQUEST_ITEMS_TIGHTENED Breaking Derived None REQUEST_ITEMS_LOOSENED "A list in a request can have fewer lengths, or no item twice."
        REQUEST_ITEMS_LOOSENED Additive Derived None REQUEST_ITEMS_TIGHTENED "A list in a request can have more lengths, or items twice."
        REQUEST_PROPERTIES_TIGHTENED Breaking None None REQUEST_PROPERTIES_LOOSENED "An object in a request can have fewer numbers of members."
        REQUEST_PROPERTIES_LOOSENED Additive None None REQUEST_PROPERTIES_TIGHTENED "An object in a request can have more numbers of members."
        REQUEST_PATTERN_TIGHTENED Breaking Derived Derived REQUEST_PATTERN_LOOSENED "A text in a request must match a pattern that fewer texts match."
        REQUEST_PATTERN_LOOSENED Additive Derived Derived REQUEST_PATTERN_TIGHTENED "A text in a request must match a pattern that more texts match."
        REQUEST_PATTERN_CHANGED Breaking Derived Derived REQUEST_PATTERN_CHANGED "A text in a request must match a pattern that other texts match."
        REQUEST_ENUM_ADDED Breaking Derived None REQUEST_ENUM_REMOVED "A value in a request must be one of a list."
        REQUEST_ENUM_REMOVED Additive Derived None REQUEST_ENUM_ADDED "A value in a request need not be one of a list any more."
        REQUEST_ENUM_VALUE_ADDED Additive Derived None REQUEST_ENUM_VALUE_REMOVED "A request can carry one more value of a list."
        REQUEST_ENUM_VALUE_REMOVED Breaking Derived None REQUEST_ENUM_VALUE_ADDED "A request can no longer carry a value of a list."
        REQUEST_DEFAULT_ADDED Warning None None REQUEST_DEFAULT_REMOVED "What a server takes where a request says nothing is written down."
        REQUEST_DEFAULT_REMOVED Breaking None Warning REQUEST_DEFAULT_ADDED "A server no longer promises a value where a request says nothing."
        REQUEST_DEFAULT_CHANGED Breaking None Warning REQUEST_DEFAULT_CHANGED "A server takes another value where a request says nothing."
        REQUEST_PROPERTY_ADDED_OPTIONAL Additive Derived None REQUEST_PROPERTY_REMOVED "An optional member of a request is new."
        REQUEST_PROPERTY_ADDED_REQUIRED Breaking Derived None REQUEST_PROPERTY_REMOVED "A required member of a request is new."
        REQUEST_PROPERTY_REMOVED Warning Derived None REQUEST_PROPERTY_ADDED_OPTIONAL "A member of a request is gone."
        REQUEST_PROPERTY_REMOVED_CLOSED Breaking Derived None REQUEST_PROPERTY_ADDED_OPTIONAL "A member of a request is gone, and undeclared members are refused."
        REQUEST_PROPERTY_BECAME_REQUIRED Breaking Derived None REQUEST_PROPERTY_BECAME_OPTIONAL "A member of a request must be sent that could be left out."
        REQUEST_PROPERTY_BECAME_OPTIONAL Additive Derived None REQUEST_PROPERTY_BECAME_REQUIRED "A member of a request can be left out that had to be sent."
        REQUEST_PROPERTY_BECAME_READ_ONLY Warning None None REQUEST_PROPERTY_BECAME_WRITABLE "A member has no place in a request any more: `readOnly`."
        REQUEST_PROPERTY_BECAME_WRITABLE Additive None None REQUEST_PROPERTY_BECAME_READ_ONLY "A member that was `readOnly` can be sent."
        REQUEST_PROPERTY_BECAME_WRITABLE_REQUIRED Breaking None None REQUEST_PROPERTY_BECAME_READ_ONLY "A member that was `readOnly` must be sent."
        REQUEST_ADDITIONAL_PROPERTIES_CLOSED Warning Derived None REQUEST_ADDITIONAL_PROPERTIES_LOOSENED "Undeclared members of a request are refused, of which the document said nothing."
        REQUEST_ADDITIONAL_PROPERTIES_TIGHTENED Breaking Derived None REQUEST_ADDITIONAL_PROPERTIES_LOOSENED "Fewer undeclared members of a request are taken."
        REQUEST_ADDITIONAL_PROPERTIES_LOOSENED Additive Derived None REQUEST_ADDITIONAL_PROPERTIES_TIGHTENED "More undeclared members of a request are taken."
        REQUEST_ALTERNATIVE_ADDED Additive Derived None REQUEST_ALTERNATIVE_REMOVED "A value in a request can have one more shape."
        REQUEST_ALTERNATIVE_REMOVED Breaking Derived None REQUEST_ALTERNATIVE_ADDED "A value in a request can no longer have a shape."
        REQUEST_EXCLUSION_TIGHTENED Breaking Derived None REQUEST_EXCLUSION_LOOSENED "A request must not carry what a `not` describes."
        REQUEST_EXCLUSION_LOOSENED Additive Derived None REQUEST_EXCLUSION_TIGHTENED "A request can carry what a `not` ruled out."
        REQUEST_EXCLUSION_CHANGED Breaking Derived None REQUEST_EXCLUSION_CHANGED "A `not` rules out something else in a request."
        REQUEST_DISCRIMINATOR_CHANGED Breaking Derived None REQUEST_DISCRIMINATOR_CHANGED "The shape of a value in a request is told by something else."
        REQUEST_DISCRIMINATOR_VALUE_ADDED Additive Derived None REQUEST_DISCRIMINATOR_VALUE_REMOVED "One more value of a discriminator tells the shape of a value in a request."
        REQUEST_DISCRIMINATOR_VALUE_REMOVED Breaking Derived None REQUEST_DISCRIMINATOR_VALUE_ADDED "A value of a discriminator no longer tells the shape of a value in a request."
    }
    "response schema" {
        RESPONSE_TYPE_NARROWED Additive Derived None RESPONSE_TYPE_WIDENED "A value in a reply is of fewer types."
        RESPONSE_TYPE_WIDENED Breaking Derived None RESPONSE_TYPE_NARROWED "A value in a reply can be of more types."
        RESPONSE_TYPE_CHANGED Breaking Derived None RESPONSE_TYPE_CHANGED "A value in a reply is of another type."
        RESPONSE_FORMAT_NARROWED Additive Derived None RESPONSE_FORMAT_WIDENED "A value in a reply keeps to a format."
        RESPONSE_FORMAT_WIDENED Breaking Derived None RESPONSE_FORMAT_NARROWED "A value in a reply does not keep to a format any more."
        RESPONSE_FORMAT_CHANGED Breaking Derived None RESPONSE_FORMAT_CHANGED "A value in a reply keeps to another format."
        RESPONSE_NULL_FORBIDDEN Additive Derived None RESPONSE_NULL_ALLOWED "A value in a reply is never null."
        RESPONSE_NULL_ALLOWED Breaking Derived None RESPONSE_NULL_FORBIDDEN "A value in a reply can be null."
        RESPONSE_RANGE_TIGHTENED Additive Derived Derived RESPONSE_RANGE_LOOSENED "A number in a reply lies in a smaller range."
        RESPONSE_RANGE_LOOSENED Breaking Derived Derived RESPONSE_RANGE_TIGHTENED "A number in a reply can lie in a larger range."
        RESPONSE_RANGE_CHANGED Breaking None None RESPONSE_RANGE_CHANGED "A number in a reply is a multiple of another number."
        RESPONSE_LENGTH_TIGHTENED Additive Derived None RESPONSE_LENGTH_LOOSENED "A text in a reply has fewer lengths."
        RESPONSE_LENGTH_LOOSENED Breaking Derived None RESPONSE_LENGTH_TIGHTENED "A text in a reply can have more lengths."
        RESPONSE_ITEMS_TIGHTENED Additive Derived None RESPONSE_ITEMS_LOOSENED "A list in a reply has fewer lengths, or no item twice."
        RESPONSE_ITEMS_LOOSENED Breaking Derived None RESPONSE_ITEMS_TIGHTENED "A list in a reply can have more lengths, or items twice."
        RESPONSE_PROPERTIES_TIGHTENED Additive None None RESPONSE_PROPERTIES_LOOSENED "An object in a reply has fewer numbers of members."
        RESPONSE_PROPERTIES_LOOSENED Breaking None None RESPONSE_PROPERTIES_TIGHTENED "An object in a reply can have more numbers of members."
        RESPONSE_PATTERN_TIGHTENED Additive Derived Derived RESPONSE_PATTERN_LOOSENED "A text in a reply matches a pattern that fewer texts match."
        RESPONSE_PATTERN_LOOSENED Breaking Derived Derived RESPONSE_PATTERN_TIGHTENED "A text in a reply matches a pattern that more texts match: a client that checks refuses the new ones."
        RESPONSE_PATTERN_CHANGED Breaking Derived Derived RESPONSE_PATTERN_CHANGED "A text in a reply matches a pattern that other texts match: a client that checks refuses them."
        RESPONSE_ENUM_ADDED Additive Derived None RESPONSE_ENUM_REMOVED "A value in a reply is one of a list."
        RESPONSE_ENUM_REMOVED Breaking Derived None RESPONSE_ENUM_ADDED "A value in a reply need not be one of a list any more."
        RESPONSE_ENUM_VALUE_ADDED Warning Derived Derived RESPONSE_ENUM_VALUE_REMOVED "A reply can carry one more value of a list, which a client with a closed list refuses."
        RESPONSE_ENUM_VALUE_REMOVED Additive Derived None RESPONSE_ENUM_VALUE_ADDED "A reply no longer carries a value of a list."
        RESPONSE_PROPERTY_ADDED Additive Derived Derived RESPONSE_PROPERTY_REMOVED_OPTIONAL "A member of a reply is new."
        RESPONSE_PROPERTY_ADDED_CLOSED Breaking Derived Derived RESPONSE_PROPERTY_REMOVED_OPTIONAL "A member of a reply is new that the base ruled out: `additionalProperties: false`."
        RESPONSE_PROPERTY_REMOVED_REQUIRED Breaking Derived None RESPONSE_PROPERTY_ADDED "A member is gone that every reply had."
        RESPONSE_PROPERTY_REMOVED_OPTIONAL Warning Derived None RESPONSE_PROPERTY_ADDED "A member is gone that replies could have."
        RESPONSE_PROPERTY_BECAME_REQUIRED Additive Derived None RESPONSE_PROPERTY_BECAME_OPTIONAL "Every reply has a member that could be missing."
        RESPONSE_PROPERTY_BECAME_OPTIONAL Breaking Derived None RESPONSE_PROPERTY_BECAME_REQUIRED "A member can be missing that every reply had."
        RESPONSE_PROPERTY_BECAME_WRITE_ONLY Warning None None RESPONSE_PROPERTY_BECAME_READABLE "An optional member has no place in a reply any more: `writeOnly`."
        RESPONSE_PROPERTY_BECAME_WRITE_ONLY_REQUIRED Breaking None None RESPONSE_PROPERTY_BECAME_READABLE "A required member has no place in a reply any more: `writeOnly`."
        RESPONSE_PROPERTY_BECAME_READABLE Additive None None RESPONSE_PROPERTY_BECAME_WRITE_ONLY "A member that was `writeOnly` can stand in a reply."
        RESPONSE_ADDITIONAL_PROPERTIES_CLOSED Warning Derived None RESPONSE_ADDITIONAL_PROPERTIES_OPENED "A reply has no undeclared members, so that for a client that checks every later member is a break."
        RESPONSE_ADDITIONAL_PROPERTIES_OPENED Warning Derived None RESPONSE_ADDITIONAL_PROPERTIES_CLOSED "A reply can have undeclared members, which a client that checks refuses."
        RESPONSE_ADDITIONAL_PROPERTIES_TIGHTENED Additive Derived None RESPONSE_ADDITIONAL_PROPERTIES_LOOSENED "The undeclared members of a reply keep to a schema."
        RESPONSE_ADDITIONAL_PROPERTIES_LOOSENED Breaking Derived None RESPONSE_ADDITIONAL_PROPERTIES_TIGHTENED "The undeclared members of a reply can be anything."
        RESPONSE_ALTERNATIVE_ADDED Breaking Derived None RESPONSE_ALTERNATIVE_REMOVED "A value in a reply can have one more shape."
        RESPONSE_ALTERNATIVE_REMOVED Additive Derived None RESPONSE_ALTERNATIVE_ADDED "A value in a reply no longer has a shape."
        RESPONSE_EXCLUSION_TIGHTENED Additive Derived None RESPONSE_EXCLUSION_LOOSENED "A reply does not carry what a `not` describes."
        RESPONSE_EXCLUSION_LOOSENED Breaking Derived None RESPONSE_EXCLUSION_TIGHTENED "A reply can carry what a `not` ruled out."
        RESPONSE_EXCLUSION_CHANGED Breaking Derived None RESPONSE_EXCLUSION_CHANGED "A `not` rules out something else in a reply."
        RESPONSE_DISCRIMINATOR_CHANGED Breaking Derived None RESPONSE_DISCRIMINATOR_CHANGED "The shape of a value in a reply is told by something else."
        RESPONSE_DISCRIMINATOR_VALUE_ADDED Breaking Derived None RESPONSE_DISCRIMINATOR_VALUE_REMOVED "One more value of a discriminator tells the shape of a value in a reply."
        RESPONSE_DISCRIMINATOR_VALUE_REMOVED Additive Derived None RESPONSE_DISCRIMINATOR_VALUE_ADDED "A value of a discriminator no longer tells the shape of a value in a reply."
    }
    "schema" {
        PATTERN_REWRITTEN None None None PATTERN_REWRITTEN "A pattern is written in another way and matches the same texts."
        ENUM_REORDERED None None None ENUM_REORDERED "The values of a list stand in another order."
        DEFAULT_UNUSED_CHANGED None None None DEFAULT_UNUSED_CHANGED "A default is different where none is ever taken: in a reply, or beside a required value."
        ADDITIONAL_PROPERTIES_STATED None Derived None ADDITIONAL_PROPERTIES_UNSTATED "That undeclared members are allowed is written down; the client keeps them."
        ADDITIONAL_PROPERTIES_UNSTATED None Derived None ADDITIONAL_PROPERTIES_STATED "That undeclared members are allowed is no longer written down; the client drops them."
        COMPOSITION_CHANGED Warning Derived None COMPOSITION_CHANGED "Alternatives are put together in another way, and which values that changes is not known."
        PROPERTY_DEPRECATED None None None PROPERTY_RESTORED "A schema is deprecated."
        PROPERTY_RESTORED None None None PROPERTY_DEPRECATED "A schema is no longer deprecated."
        XML_CHANGED Warning None None XML_CHANGED "A value is written in another way in XML."
        REFERENCE_CHANGED None Derived None REFERENCE_CHANGED "The same schema goes by another Rust type: a reference names another component, or a schema moved."
    }
    "component" {
        COMPONENT_ADDED None Derived None COMPONENT_REMOVED "A schema component is new."
        COMPONENT_REMOVED None Derived None COMPONENT_ADDED "A schema component is gone."
        COMPONENT_RENAMED None Derived None COMPONENT_RENAMED "A schema component has another name and is the same otherwise."
    }
}
