//! The order of arguments: it follows the order in which a document lists members.

use std::collections::HashSet;

use super::pair::{Pair, Rust};
use super::properties::{Members, around, hint};
use crate::diff::change::RustLines;
use crate::diff::rules;
use crate::diff::rust::{Argument, Owner, type_of};
use crate::diff::side::Side;
use crate::diff::verdict::Verdict;
use crate::diff::walk::{Found, Spot, Walk};
use crate::names;

/// Arguments of one function stand in the order of the members that they set.
pub(super) fn reordered<'t>(
    walk: &mut Walk<'t>,
    pair: &Pair<'t>,
    old: &Members<'t>,
    new: &Members<'t>,
) {
    let (Owner::Type { input: true }, Owner::Type { input: true }) =
        (pair.base_rust.owner, pair.revision_rust.owner)
    else {
        return;
    };
    let arguments = |side: &Side<'t>, rust: &Rust<'t>, members: &Members<'t>| -> Vec<Argument> {
        let required = members.iter().filter(|(_, member)| member.is_required);
        let typed = required.filter_map(|(name, member)| {
            Some((
                *name,
                type_of(side, member.schemas.first()?, &hint(rust, name)),
            ))
        });
        typed
            .filter(|(_, ty)| !ty.nullable)
            .map(|(name, ty)| Argument::new(name, &ty.text))
            .collect()
    };
    let (before, after) = (
        arguments(&walk.base, &pair.base_rust, old),
        arguments(&walk.revision, &pair.revision_rust, new),
    );
    let Some((base, revision)) = around(&pair.base).zip(around(&pair.revision)) else {
        return;
    };
    walk.report_order(
        &pair.base_rust.hint,
        "new",
        (&before, &after),
        (Spot::key(base), Spot::key(revision)),
    );
}

impl<'t> Walk<'t> {
    /// Reports that a function takes the arguments that it kept in another order.
    pub(in crate::diff) fn report_order(
        &mut self,
        owner: &str,
        function: &str,
        (before, after): (&[Argument], &[Argument]),
        (base, revision): (Spot<'t>, Spot<'t>),
    ) {
        let kept = |all: &[Argument], others: &[Argument]| -> Vec<Argument> {
            let others: HashSet<&str> = others.iter().map(|other| other.wire.as_str()).collect();
            all.iter()
                .filter(|argument| others.contains(argument.wire.as_str()))
                .cloned()
                .collect()
        };
        let (old, new) = (kept(before, after), kept(after, before));
        if old
            .iter()
            .map(|argument| &argument.wire)
            .eq(new.iter().map(|argument| &argument.wire))
        {
            return;
        }
        let list = |all: &[Argument]| {
            let shown: Vec<String> = all
                .iter()
                .map(|argument| format!("{}: {}", names::field(&argument.wire), argument.ty))
                .collect();
            format!("pub fn {function}({})", shown.join(", "))
        };
        // The compiler sees only types: where they stay in their places, the values are swapped without a word.
        let compiles = before
            .iter()
            .map(|argument| &argument.ty)
            .eq(after.iter().map(|argument| &argument.ty));
        let (source, runtime) = if compiles {
            (Verdict::None, Verdict::Breaking)
        } else {
            (Verdict::Breaking, Verdict::None)
        };
        let lines = RustLines {
            base: Some(list(before)),
            revision: Some(list(after)),
        };
        let text = format!("`{function}` of `{owner}` takes its arguments in another order");
        let found = Found::new(&rules::ARGUMENTS_REORDERED, base, revision, text)
            .values(list(before), list(after))
            .rust(lines)
            .source(source)
            .runtime(runtime);
        self.report(found);
    }
}
