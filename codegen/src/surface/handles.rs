//! A resource handle: a step on the way from the client to a call.

use super::Signature;

/// One handle; the client is the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandleSurface {
    /// Name of its type.
    pub name: String,
    /// Traits that it derives; empty for the client, which is written by hand.
    pub traits: Vec<String>,
    /// Its methods in order.
    pub methods: Vec<HandleMethod>,
}

/// A method of a handle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandleMethod {
    /// Its declaration.
    pub signature: Signature,
    /// The method as it is called, with types in the place of values: `extension(ExtensionSid)`.
    pub written: String,
    /// What it gives.
    pub target: HandleTarget,
}

/// What a handle's method gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandleTarget {
    /// A call of this name.
    Call(String),
    /// Another handle of this name.
    Handle(String),
}
