//! Why a surface cannot be read. The generated files are written by this crate alone, so every one of these means
//! that they are stale, were edited, or use a construct that the reader was not taught.

use thiserror::Error;

/// What is wrong with the generated files.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SurfaceError {
    /// A file that every client has is not there.
    #[error("the generated file `{file}` is missing; run `cargo xtask regen`")]
    Missing {
        /// Its name.
        file: String,
    },
    /// A file does not parse.
    #[error("the generated file `{file}` is not Rust: {message}; run `cargo xtask regen`")]
    NotRust {
        /// Its name.
        file: String,
        /// What the parser says.
        message: String,
    },
    /// Something in a file is of no known form, so a part of the surface would go unseen.
    #[error(
        "`{item}` in the generated file `{file}` holds a construct that the surface reader does not know: `{found}`; \
         run `cargo xtask regen`, and if it stays, teach `codegen::surface` to read it"
    )]
    Unknown {
        /// The file's name.
        file: String,
        /// The item that holds it.
        item: String,
        /// The beginning of its text.
        found: String,
    },
    /// Two parts that belong together do not fit.
    #[error("`{item}` does not fit together: {message}; run `cargo xtask regen`")]
    Disagrees {
        /// What they belong to.
        item: String,
        /// How they differ.
        message: String,
    },
}

impl SurfaceError {
    pub(super) fn disagrees(item: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Disagrees {
            item: item.into(),
            message: message.into(),
        }
    }
}
