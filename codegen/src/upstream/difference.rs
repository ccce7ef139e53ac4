//! One difference between the two descriptions: what kind it is, where it stands in both, and what each of them says.

use std::fmt;
use std::str::FromStr;

use super::place::At;
use crate::finding::Place;
use crate::report::choice::named;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $name:ident $word:literal)*) => {
        /// What two descriptions differ in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[doc = $doc])* $name,)*
        }

        impl Kind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word for the kind in `deviations.toml` and in reports.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

kinds! {
    /// An operation as a whole.
    Operation "operation"
    /// The servers that an operation is sent to.
    Server "server"
    /// The credentials that an operation asks for.
    Security "security"
    /// Whether something should no longer be used.
    Deprecation "deprecation"
    /// A parameter as a whole.
    Parameter "parameter"
    /// Where a parameter is sent, or how its value is written.
    Style "style"
    /// A request body as a whole.
    Body "body"
    /// The media type of a body, or whether there is content at all.
    MediaType "media-type"
    /// How a field of a form is written.
    Encoding "encoding"
    /// A status that an operation answers with.
    Status "status"
    /// A header of a reply.
    Header "header"
    /// A schema as a whole.
    Schema "schema"
    /// A member of an object.
    Member "member"
    /// The type of a value.
    Type "type"
    /// Whether null is a value.
    Nullable "nullable"
    /// Whether something must be there.
    Required "required"
    /// The format of a value.
    Format "format"
    /// The pattern of a text.
    Pattern "pattern"
    /// A bound of a number, a length or a count.
    Bound "bound"
    /// The values that are known.
    Enum "enum"
    /// The value that holds when none is given.
    Default "default"
    /// Whether a member only goes one way: `readOnly`, `writeOnly`.
    Access "access"
    /// Members beyond the declared ones.
    AdditionalMembers "additional-members"
    /// Alternatives: `oneOf`, `anyOf`, `not`, `discriminator`.
    Alternatives "alternatives"
    /// A reference that leads nowhere in one of the two.
    Reference "reference"
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let words: Vec<(&str, Self)> = Self::ALL.iter().map(|kind| (kind.word(), *kind)).collect();
        named(&words, word)
    }
}

/// Which of the two descriptions has what the other one lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Upstream has it, the curated document does not.
    Missing,
    /// The curated document has it, upstream does not.
    Extra,
    /// Both have it, and not alike.
    Different,
}

impl Way {
    /// The word for it in a report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::Different => "different",
        }
    }
}

/// What stands for something that is not there.
pub(super) const ABSENT: &str = "absent";

/// What stands for something that is there.
pub(super) const PRESENT: &str = "present";

/// A difference between the two descriptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub kind: Kind,
    /// Which of the two has it.
    pub way: Way,
    /// The place in the curated document, as `deviations.toml` writes it.
    pub at: At,
    /// What upstream says, in a few words.
    pub published: String,
    /// What the curated document says, in a few words.
    pub curated: String,
    /// The difference in one sentence.
    pub text: String,
    /// Where it stands in the curated document, or where it would stand.
    pub here: Place,
    /// Where it stands upstream, or where it would stand.
    pub there: Place,
    /// The operations that it concerns, as method and path.
    pub operations: Vec<String>,
    /// The entry that decides it, by its position in the list.
    pub decided: Option<usize>,
}

impl Difference {
    /// What each side says, as an entry lists it: `uri -> uri-reference`.
    pub fn values(&self) -> String {
        format!("{} -> {}", self.published, self.curated)
    }
}
