//! From differences to changes: their places, what they reach, which of them say the same, and in which order they stand.

use std::collections::hash_map::Entry;
use std::rc::Rc;

use foldhash::{HashMap, HashMapExt as _};

use super::change::{Change, Reached, Report, RustLines, Stands};
use super::fingerprint::fingerprint;
use super::outline::{Outline, address, pointer};
use super::reach::{Reach, Users};
use super::site;
use super::verdict::{Verdict, Verdicts};
use super::walk::{Found, Spot, Walk};
use crate::finding::Place;

/// Rule, address on both sides, and values: what makes two differences one.
type Sameness = (&'static str, usize, usize, (String, String));

/// A difference, with all that was found to see it.
struct Draft<'t> {
    found: Found<'t>,
    verdicts: Verdicts,
    users: Rc<Users<'t>>,
}

/// Makes a report of what a walk found.
pub(super) fn finish(mut walk: Walk<'_>) -> Report {
    let found = std::mem::take(&mut walk.found);
    let mut reach = Reach::new(&walk);
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    let mut by_place: HashMap<Sameness, usize> = HashMap::new();
    for found in found {
        // What no operation reaches is on no wire.
        let wire = if reach.is_on_wire(found.scope) {
            found.verdicts.wire
        } else {
            Verdict::None
        };
        let seen = Verdicts {
            wire,
            ..found.verdicts
        };
        let scope = found.scope;
        let key = (
            found.rule.id,
            address(found.base.node),
            address(found.revision.node),
            found.values.clone(),
        );
        let at = *by_place.entry(key).or_insert(drafts.len());
        if at == drafts.len() {
            drafts.push(Draft {
                found,
                verdicts: seen,
                users: Rc::default(),
            });
        }
        if let Some(draft) = drafts.get_mut(at) {
            let known = &mut draft.verdicts;
            *known = Verdicts {
                wire: known.wire.max(seen.wire),
                source: known.source.max(seen.source),
                runtime: known.runtime.max(seen.runtime),
            };
            reach.add(&walk, scope, &mut draft.users);
        }
    }
    let mut changes: Vec<Change> = drafts
        .into_iter()
        .map(|draft| change(&walk, draft))
        .collect();
    changes.sort_by(|one, other| {
        let place = |change: &Change| (change.base.start, change.revision.start, change.rule.id);
        let heavier = other.weight().cmp(&one.weight());
        heavier
            .then_with(|| place(one).cmp(&place(other)))
            .then_with(|| one.text.cmp(&other.text))
    });
    repetitions(&mut changes);
    Report { changes }
}

/// Finds what is said already: the same sentence about the same place, though its two directions are two rules, or about
/// another place with everything else the same.
fn repetitions(changes: &mut [Change]) {
    let (mut here, mut anywhere) = (HashMap::new(), HashMap::new());
    let mut sees = Vec::with_capacity(changes.len());
    for (at, change) in changes.iter().enumerate() {
        let place = (change.base.start, change.revision.start);
        let here = here.entry((&change.text, place));
        let rest = (change.rule.id, change.verdicts, &change.rust);
        let anywhere = anywhere.entry((&change.text, rest));
        let see = known_of(&here).or_else(|| known_of(&anywhere));
        let first = see.unwrap_or(at);
        here.or_insert(first);
        anywhere.or_insert(first);
        sees.push(see);
    }
    for (change, see) in changes.iter_mut().zip(sees) {
        change.see = see;
    }
}

fn known_of<K>(entry: &Entry<'_, K, usize>) -> Option<usize> {
    match entry {
        Entry::Occupied(entry) => Some(*entry.get()),
        Entry::Vacant(_) => None,
    }
}

fn place(outline: &Outline<'_>, spot: Spot<'_>) -> Place {
    if spot.is_key {
        outline.key_place(spot.node)
    } else {
        outline.value_place(spot.node)
    }
}

fn change(
    walk: &Walk<'_>,
    Draft {
        found,
        verdicts,
        users,
    }: Draft<'_>,
) -> Change {
    let (old, new) = (&walk.base.outline, &walk.revision.outline);
    // Where one side has nothing of it, the other one's pointer says more.
    let (from, to) = (old.way(found.base.node), new.way(found.revision.node));
    let (base, revision) = (pointer(&from), pointer(&to));
    let pointer = if revision.len() > base.len() && revision.starts_with(&base) {
        revision
    } else {
        base
    };
    let (was, is) = (site::identity(old, &from), site::identity(new, &to));
    Change {
        fingerprint: fingerprint(&[found.rule.id, &was, &is, &found.values.0, &found.values.1]),
        rule: found.rule,
        verdicts,
        text: plain(found.text),
        base: place(old, found.base),
        revision: place(new, found.revision),
        stands: stands(&was, &is),
        pointer,
        used_by: users
            .iter()
            .filter_map(|(at, via)| reached(walk, *at, via))
            .collect(),
        rust: found.rust.map(|lines| RustLines {
            base: lines.base.map(plain),
            revision: lines.revision.map(plain),
        }),
        see: None,
        acknowledged: None,
    }
}

/// A name or value of a document cannot begin a line of its own or command a terminal.
fn plain(text: String) -> String {
    // Almost every text is of letters that no control character looks like.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || !text.contains(char::is_control) {
        text
    } else {
        text.replace(char::is_control, "\u{fffd}")
    }
}

/// What has nothing of its own on a side is shown by what it would stand in there.
fn stands(base: &str, revision: &str) -> Stands {
    let is_in = |inner: &str, outer: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.starts_with([site::BETWEEN, '/']))
    };
    if is_in(base, revision) {
        Stands::InBase
    } else if is_in(revision, base) {
        Stands::InRevision
    } else {
        Stands::OnBoth
    }
}

fn reached(walk: &Walk<'_>, at: usize, via: &[&str]) -> Option<Reached> {
    let operation = walk.operations.get(at)?;
    Some(Reached {
        operation: plain(operation.name.clone()),
        method: operation.method.clone(),
        path: plain(operation.path.to_owned()),
        via: via.iter().map(|name| plain((*name).to_owned())).collect(),
    })
}
