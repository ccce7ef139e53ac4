//! Why a number is refused by a type with bounds. Which bounds is what the generated types add.

use std::fmt;

/// A number that lies outside the bounds that the document gives it.
///
/// ```
/// use generated_client::PageSize;
///
/// let error = PageSize::new(0).unwrap_err();
/// assert_eq!(error.to_string(), "PageSize goes from 1 to 1000, found 0");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BoundError {
    name: &'static str,
    value: i64,
    minimum: i64,
    maximum: i64,
}

impl BoundError {
    #[inline]
    pub(crate) const fn new(name: &'static str, value: i64, minimum: i64, maximum: i64) -> Self {
        Self {
            name,
            value,
            minimum,
            maximum,
        }
    }

    /// The rule that was broken, as a fixed text that a `const` context can stop the compiler with.
    #[inline]
    pub const fn rule(&self) -> &'static str {
        if self.value < self.minimum {
            "the number is below the smallest that its type allows"
        } else {
            "the number is above the largest that its type allows"
        }
    }
}

impl fmt::Display for BoundError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            value,
            minimum,
            maximum,
        } = self;
        write!(f, "{name} goes from {minimum} to {maximum}, found {value}")
    }
}

impl std::error::Error for BoundError {}
