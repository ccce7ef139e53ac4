//! The tree's nodes. Every key and every value knows the bytes it was written in.

use super::mapping::Mapping;
use super::{pointer, scalar};

/// A range of bytes in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The offset of the first byte.
    pub start: usize,
    /// The offset after the last byte.
    pub end: usize,
}

/// What a node is, as `serde_yaml` and any reader of YAML 1.2 see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A number with a fraction or an exponent.
    Float,
    /// Text, quoted or not.
    String,
    /// A sequence of nodes.
    Sequence,
    /// A mapping from keys to nodes.
    Mapping,
}

impl Kind {
    /// The kind with its article, as it stands in a message: `a mapping`.
    pub fn described(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Integer => "an integer",
            Self::Float => "a number with a fraction",
            Self::String => "a string",
            Self::Sequence => "a sequence",
            Self::Mapping => "a mapping",
        }
    }
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// Between single quotes.
    SingleQuoted,
    /// Between double quotes.
    DoubleQuoted,
    /// After `|`.
    Literal,
    /// After `>`.
    Folded,
}

/// A scalar: its text with quotes and escapes undone, how it was written, and what it therefore means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text, never converted: `1.10` stays `1.10`.
    pub text: String,
    /// How it was written.
    pub style: Style,
    /// What it means; never [`Kind::Sequence`] or [`Kind::Mapping`].
    pub kind: Kind,
}

/// A mapping's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The text of the key.
    pub text: String,
    /// Where the key stands, without the colon.
    pub span: Span,
}

/// One key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// The value.
    pub value: Node,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub enum Value {
    /// A scalar.
    Scalar(Scalar),
    /// The items of a sequence, in order.
    Sequence(Vec<Node>),
    /// The entries of a mapping, in order, each key once.
    Mapping(Mapping),
}

/// A value in the document and the bytes it was written in.
#[derive(Debug, Clone)]
pub struct Node {
    value: Value,
    span: Span,
}

impl Node {
    pub(super) fn new(value: Value, span: Span) -> Self {
        Self { value, span }
    }

    /// The bytes the node was written in: quotes and brackets included, of a block scalar the lines after `|` or `>`.
    pub fn span(&self) -> Span {
        self.span
    }

    /// What the node holds.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// What the node is.
    pub fn kind(&self) -> Kind {
        match &self.value {
            Value::Scalar(scalar) => scalar.kind,
            Value::Sequence(_) => Kind::Sequence,
            Value::Mapping(_) => Kind::Mapping,
        }
    }

    /// The value under `key`, if this is a mapping that has one.
    #[inline]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Key and value under `key`, if this is a mapping that has one.
    #[inline]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Mapping(mapping) => mapping.get(key),
            _ => None,
        }
    }

    /// The entries of a mapping in their order; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(mapping) => mapping.entries(),
            _ => &[],
        }
    }

    /// The items of a sequence; none for anything else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The node under a JSON pointer that starts here; the empty pointer is the node itself.
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        pointer::tokens(pointer)?.try_fold(self, |node, token| node.inside(&token))
    }

    /// The node that one unescaped token of a pointer leads to.
    pub(super) fn inside(&self, token: &str) -> Option<&Self> {
        match &self.value {
            Value::Mapping(mapping) => mapping.get(token).map(|entry| &entry.value),
            Value::Sequence(items) => token.parse::<usize>().ok().and_then(|at| items.get(at)),
            Value::Scalar(_) => None,
        }
    }

    /// The scalar, if this is one.
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The text of a string; `None` for numbers, booleans and null.
    pub fn as_str(&self) -> Option<&str> {
        self.as_scalar()
            .filter(|scalar| scalar.kind == Kind::String)
            .map(|scalar| scalar.text.as_str())
    }

    /// The text of any scalar, as it was written.
    pub fn as_text(&self) -> Option<&str> {
        self.as_scalar().map(|scalar| scalar.text.as_str())
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        self.as_scalar()
            .filter(|scalar| scalar.kind == Kind::Bool)
            .map(|scalar| scalar.text.eq_ignore_ascii_case("true"))
    }

    /// The value of a whole number.
    pub fn as_integer(&self) -> Option<i128> {
        let scalar = self
            .as_scalar()
            .filter(|scalar| scalar.kind == Kind::Integer)?;
        scalar::integer(&scalar.text)
    }

    /// The value of any number.
    pub fn as_float(&self) -> Option<f64> {
        let scalar = self
            .as_scalar()
            .filter(|scalar| matches!(scalar.kind, Kind::Integer | Kind::Float))?;
        scalar::float(&scalar.text).or_else(|| {
            // Only hexadecimal, octal and binary integers come here, and an approximation is what a float is.
            #[allow(clippy::cast_precision_loss, clippy::as_conversions)]
            scalar::integer(&scalar.text).map(|value| value as f64)
        })
    }

    /// Whether this is null.
    pub fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }
}

/// Nodes are equal when they mean the same: order of keys, quotes, comments and places do not count.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Scalar(one), Value::Scalar(two)) => {
                one.kind == two.kind && one.text == two.text
            }
            (Value::Sequence(one), Value::Sequence(two)) => one == two,
            (Value::Mapping(one), Value::Mapping(two)) => {
                one.entries().len() == two.entries().len()
                    && one.entries().iter().all(|entry| {
                        two.get(&entry.key.text)
                            .is_some_and(|found| entry.value == found.value)
                    })
            }
            _ => false,
        }
    }
}
