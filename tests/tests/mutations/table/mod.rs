//! The mutations of the document, by theme. Each is looked at in both directions: as a change, and as the change that
//! takes it back.

mod beyond;
mod operations;
mod replies;
mod requests;
mod values;

use crate::edit::Edit;

/// One mutation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mutation {
    pub(crate) name: &'static str,
    pub(crate) start: Start,
    pub(crate) edits: &'static [Edit],
}

/// What is mutated.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Start {
    /// The document as it is.
    Document,
    /// The document with a few things more that it has nowhere.
    Enriched,
    /// The document with these edits, which the generator refuses, or which it refuses after the mutation: such a
    /// document has messages but no client.
    Beyond(&'static [Edit]),
}

/// What [`Start::Enriched`] has more.
pub(crate) const ENRICHED: &[Edit] = &[
    Edit::Set(
        "schema:ResultOrder",
        "{type: string, description: Order of results., enum: [newest, oldest]}",
    ),
    Edit::Push(
        "op:ListAddOnResults/parameters",
        "{name: Order, in: query, description: Order of results., schema: {$ref: '#/components/schemas/ResultOrder'}}",
    ),
    Edit::Set(
        "schema:CreateInstalledAddOnRequest/properties/Label",
        "{type: string, description: Label.}",
    ),
    Edit::Set(
        "schema:CreateInstalledAddOnRequest/properties/Purpose",
        "{type: string, description: Purpose.}",
    ),
    Edit::Push("schema:CreateInstalledAddOnRequest/required", "Label"),
    Edit::Push("schema:CreateInstalledAddOnRequest/required", "Purpose"),
];

const fn change(name: &'static str, edits: &'static [Edit]) -> Mutation {
    Mutation {
        name,
        start: Start::Document,
        edits,
    }
}

const fn enriched(name: &'static str, edits: &'static [Edit]) -> Mutation {
    Mutation {
        name,
        start: Start::Enriched,
        edits,
    }
}

const fn beyond(name: &'static str, start: &'static [Edit], edits: &'static [Edit]) -> Mutation {
    Mutation {
        name,
        start: Start::Beyond(start),
        edits,
    }
}

/// Every mutation.
pub(crate) fn all() -> Vec<Mutation> {
    [
        operations::ALL,
        requests::ALL,
        values::ALL,
        replies::ALL,
        beyond::ALL,
    ]
    .concat()
}
