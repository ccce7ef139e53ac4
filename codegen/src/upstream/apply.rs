//! Holds the list of decisions against the differences: which entry decides which difference, and which entries fit no
//! longer.

use std::collections::{BTreeMap, BTreeSet};

use super::deviations::{
    DEVIATION_CHANGED, DEVIATION_REPEATED, DEVIATION_STALE, DEVIATION_TOO_WIDE, Deviations,
};
use super::difference::{Difference, Kind};
use super::entry::Deviation;
use super::left::Left;
use super::pattern::Pattern;
use super::place::OWNERS;
use crate::finding::{Finding, Place};
use crate::load::Tree;

/// Marks every difference that was decided on, and says which entries have to be mended.
pub(super) fn apply(
    differences: &mut [Difference],
    deviations: &Deviations,
    curated: &Tree,
    left: &Left,
) -> Vec<Finding> {
    let mut findings = deviations.misplaced(curated);
    for (number, entry) in deviations.entries().iter().enumerate() {
        let mut covered: BTreeSet<usize> = BTreeSet::new();
        for (pattern, place) in &entry.at {
            let hits: Vec<(usize, Vec<String>)> = differences
                .iter()
                .enumerate()
                .filter_map(|(at, difference)| {
                    let stands = pattern.covers(&difference.at)?;
                    Some((at, stands.into_iter().map(str::to_owned).collect()))
                })
                .collect();
            let is_known = findings.iter().any(|finding| finding.place == *place);
            if hits.is_empty() && !is_known && !may_be_left(pattern, left) {
                findings.push(stale(pattern, place));
            }
            if pattern.is_wide() {
                findings.extend(too_wide(pattern, place, &hits, differences, left));
            }
            for (at, _) in hits {
                let Some(difference) = differences.get_mut(at) else {
                    continue;
                };
                match difference.decided {
                    Some(first) => {
                        let first = deviations.entries().get(first);
                        findings.push(repeated(difference, first, place));
                    }
                    None => difference.decided = Some(number),
                }
                covered.insert(at);
            }
        }
        let covered: Vec<&Difference> = covered
            .iter()
            .filter_map(|at| differences.get(*at))
            .collect();
        let is_whole = entry
            .at
            .iter()
            .all(|(pattern, _)| !may_be_left(pattern, left));
        findings.extend(changed(entry, &covered, is_whole));
    }
    findings.sort();
    findings.dedup();
    findings
}

/// Whether a place can concern an operation that was left out, so that nothing can be said about it.
fn may_be_left(pattern: &Pattern, left: &Left) -> bool {
    if OWNERS.iter().any(|(word, _)| *word == pattern.owner[0]) {
        return left.components.contains(&pattern.owner);
    }
    let mut operations = left.operations.iter();
    operations.any(|(method, path)| pattern.selects(method, path))
}

fn stale(pattern: &Pattern, place: &Place) -> Finding {
    let message = format!("upstream and the document do not differ at `{pattern}`");
    Finding::new(&DEVIATION_STALE, place.clone(), message)
        .help("remove the place, and the entry with its last place; or write it as the report does")
}

/// A `*` has to stand for several things, and all of them have to be the same decision.
fn too_wide(
    pattern: &Pattern,
    place: &Place,
    hits: &[(usize, Vec<String>)],
    differences: &[Difference],
    left: &Left,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut stands: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for (star, word) in hits
        .iter()
        .flat_map(|(_, stands)| stands.iter().enumerate())
    {
        stands.entry(star).or_default().insert(word);
    }
    for words in stands.values() {
        if let Some(only) = words.first().filter(|_| words.len() == 1)
            && !may_be_left(pattern, left)
        {
            let message = format!("a `*` of `{pattern}` stands for `{only}` alone");
            findings.push(
                Finding::new(&DEVIATION_TOO_WIDE, place.clone(), message)
                    .help("write it out, so that the entry covers nothing that comes later"),
            );
        }
    }
    let decisions: BTreeSet<(Kind, &'static str)> = hits
        .iter()
        .filter_map(|(at, _)| differences.get(*at))
        .map(|difference| (difference.kind, difference.way.word()))
        .collect();
    if decisions.len() > 1 {
        let words: Vec<String> = decisions
            .iter()
            .map(|(kind, way)| format!("{way} {kind}"))
            .collect();
        let message = format!("`{pattern}` covers several decisions: {}", words.join(", "));
        findings.push(
            Finding::new(&DEVIATION_TOO_WIDE, place.clone(), message)
                .help("write a place for each of them"),
        );
    }
    findings
}

fn repeated(difference: &Difference, first: Option<&Deviation>, place: &Place) -> Finding {
    let first = first.map(|entry| entry.id.as_str()).unwrap_or_default();
    let message = format!("`{}` is covered by `{first}` already", difference.at);
    Finding::new(&DEVIATION_REPEATED, place.clone(), message)
        .help("keep the place in the entry that gives the reason for it")
}

/// Whether what differs is still what was decided on. Where an operation was left out, a value or a kind that was not
/// seen proves nothing.
fn changed(entry: &Deviation, covered: &[&Difference], is_whole: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    if covered.is_empty() {
        return findings;
    }
    let kinds: BTreeSet<Kind> = covered.iter().map(|difference| difference.kind).collect();
    if is_whole && !kinds.contains(&entry.kind) {
        let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
        let message = format!(
            "`{}` is of the kind `{}`, but what differs is: {}",
            entry.id,
            entry.kind,
            words.join(", ")
        );
        findings.push(
            Finding::new(&DEVIATION_CHANGED, entry.kind_place.clone(), message)
                .help("name the kind of one of the differences"),
        );
    }
    let found: BTreeSet<String> = covered
        .iter()
        .map(|difference| difference.values())
        .collect();
    let listed: BTreeSet<String> = entry.values.iter().cloned().collect();
    let new: Vec<&String> = found.difference(&listed).collect();
    let gone: Vec<&String> = listed.difference(&found).filter(|_| is_whole).collect();
    if !new.is_empty() || !gone.is_empty() {
        let list = |words: &[&String]| {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            words.join(", ")
        };
        let message = match (new.as_slice(), gone.as_slice()) {
            (new, []) => format!("`{}` does not decide on {}", entry.id, list(new)),
            ([], gone) => format!("`{}` decides on {}, which is no more", entry.id, list(gone)),
            (new, gone) => format!(
                "`{}` decides on {}, but what differs is {}",
                entry.id,
                list(gone),
                list(new)
            ),
        };
        let values: Vec<&str> = found.iter().map(String::as_str).collect();
        findings.push(
            Finding::new(&DEVIATION_CHANGED, entry.values_place.clone(), message).help(format!(
                "if the decision still holds, write `values = {}`",
                super::decide::list(&values)
            )),
        );
    }
    findings
}
