//! From the curated OpenAPI document to the source files of `generated-client`.
//!
//! The crate is a library of stages, each one module with one public function: text in, files out. It starts no process,
//! opens no connection and looks at no clock, so that its output is a function of the document alone.
#![deny(missing_docs)]

mod casing;
mod choices;
mod decisions;
pub mod diff;
mod docs;
pub mod extend;
pub mod finding;
pub mod generate;
pub mod lint;
pub mod load;
pub mod lower;
mod names;
pub mod problem;
pub mod render;
pub mod report;
pub mod reshape;
mod run;
pub mod sid_shape;
mod stack;
pub mod surface;
pub mod upstream;

pub use run::{Output, lowered, run};
