//! The type of a boolean that a request must have. As text it is what a reviewer reads.

use std::fmt;

use super::Use;
use super::columns::{self, fact};
use super::sids::used;

/// A yes or no with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceSurface {
    /// Name.
    pub name: String,
    /// Traits that it derives or implements.
    pub traits: Vec<String>,
    /// Its variants, each with what it sends.
    pub values: Vec<(String, bool)>,
    /// Where it is used.
    pub uses: Vec<Use>,
}

impl fmt::Display for ChoiceSurface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "choice {}\n", self.name)?;
        columns::write(f, "", &[fact("traits", self.traits.join(", "))])?;
        let values: Vec<Vec<String>> = self
            .values
            .iter()
            .map(|(name, sends)| fact(name, sends.to_string()))
            .collect();
        columns::section(f, "values", &values)?;
        used(f, &self.uses)
    }
}
