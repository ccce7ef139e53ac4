//! A kind of SID and a bounded integer: the rule that the generated check enforces, and everywhere that it holds. As
//! text they are what a reviewer reads.

use std::fmt;

use super::columns::{self, fact};
use super::{Place, Signature};
use crate::sid_shape::Digits;

/// One kind of SID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SidSurface {
    /// Name.
    pub name: String,
    /// The `PREFIX` constant.
    pub prefix: String,
    /// The `PATTERN` constant.
    pub pattern: String,
    /// The `LENGTH` constant.
    pub length: usize,
    /// What the generated check is told, which the constants only describe.
    pub check: SidCheck,
    /// How a value is stored: `[u8; 34]`.
    pub storage: String,
    /// Traits that it derives or implements.
    pub traits: Vec<String>,
    /// Its public functions.
    pub functions: Vec<Signature>,
    /// Where it is used.
    pub uses: Vec<Use>,
}

/// The arguments of a SID's check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SidCheck {
    /// The two letters.
    pub prefix: String,
    /// The digits after them.
    pub digits: Digits,
}

/// An integer with both bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundedSurface {
    /// Name.
    pub name: String,
    /// Smallest value.
    pub minimum: i64,
    /// Largest value.
    pub maximum: i64,
    /// How a value is stored: `i64`.
    pub storage: String,
    /// Traits that it derives or implements.
    pub traits: Vec<String>,
    /// Its public functions.
    pub functions: Vec<Signature>,
    /// Where it is used.
    pub uses: Vec<Use>,
}

/// A place where a SID, a bounded integer or a choice is used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// A parameter or a member of a request body.
    Parameter {
        /// Operation id.
        operation: String,
        /// Part of the request.
        place: Place,
        /// Name on the wire.
        wire: String,
    },
    /// A member of a type that callers see.
    Member {
        /// The type.
        of: String,
        /// Name on the wire.
        wire: String,
    },
}

pub(super) fn used(f: &mut fmt::Formatter<'_>, uses: &[Use]) -> fmt::Result {
    let (mut operations, mut types) = (Vec::new(), Vec::new());
    for place in uses {
        match place {
            Use::Parameter {
                operation,
                place,
                wire,
            } => {
                let place = match place {
                    Place::Path => "path",
                    Place::Query => "query",
                    Place::Form => "form",
                    Place::Json => "JSON",
                };
                operations.push(vec![operation.clone(), place.to_owned(), wire.clone()]);
            }
            Use::Member { of, wire } => types.push(vec![of.clone(), wire.clone()]),
        }
    }
    columns::section(f, "used in operations", &operations)?;
    columns::section(f, "used in types", &types)
}

fn functions(f: &mut fmt::Formatter<'_>, functions: &[Signature]) -> fmt::Result {
    let rows: Vec<Vec<String>> = functions
        .iter()
        .map(|function| vec![function.text.clone()])
        .collect();
    columns::section(f, "functions", &rows)
}

impl fmt::Display for SidSurface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = match self.check.digits {
            Digits::AnyCase => "of either case",
            Digits::Lower => "in lower case",
            Digits::Upper => "in upper case",
        };
        writeln!(f, "SID {}\n", self.name)?;
        columns::write(
            f,
            "",
            &[
                fact("prefix", &self.prefix),
                fact("pattern", &self.pattern),
                fact("length", self.length.to_string()),
                fact(
                    "check",
                    format!("{}, then hexadecimal digits {digits}", self.check.prefix),
                ),
                fact("stored", &self.storage),
                fact("traits", self.traits.join(", ")),
            ],
        )?;
        functions(f, &self.functions)?;
        used(f, &self.uses)
    }
}

impl fmt::Display for BoundedSurface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "bounded {}\n", self.name)?;
        columns::write(
            f,
            "",
            &[
                fact("bounds", format!("{} to {}", self.minimum, self.maximum)),
                fact("stored", &self.storage),
                fact("traits", self.traits.join(", ")),
            ],
        )?;
        functions(f, &self.functions)?;
        used(f, &self.uses)
    }
}
