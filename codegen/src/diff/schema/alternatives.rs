//! `oneOf`, `anyOf`, `not` and what tells alternatives apart.

use std::collections::BTreeSet;

use super::likeness::{Likeness, Matched, matched};
use super::pair::{Pair, Request};
use super::{Direction, View, discriminators, request};
use crate::diff::digest::{Bag, digest, digest_of, exact};
use crate::diff::matching::{closest, partners};
use crate::diff::rules::{self, Rule};
use crate::diff::side::component_name;
use crate::diff::site;
use crate::diff::walk::{Found, Spot, Walk};
use crate::load::Node;

/// The alternatives of one `oneOf` or `anyOf`.
struct Group<'t> {
    keyword: &'static str,
    list: &'t Node,
}

fn groups<'t>(view: &View<'t>) -> Vec<Group<'t>> {
    let of = |keyword: &'static str| {
        view.all(keyword)
            .map(move |list| Group { keyword, list })
            .collect::<Vec<_>>()
    };
    let mut groups = of("oneOf");
    groups.extend(of("anyOf"));
    groups
}

/// Compares alternatives. Gives `false` where one side is an alternative of the other, so that what stands beside the
/// alternatives is not to be compared with them.
pub(super) fn compare<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) -> bool {
    not(walk, pair);
    discriminators::compare(walk, pair);
    match (
        groups(&pair.base).as_slice(),
        groups(&pair.revision).as_slice(),
    ) {
        ([], []) => true,
        ([old], []) => single(walk, pair, old, true),
        ([], [new]) => single(walk, pair, new, false),
        (old, new) => {
            several(walk, pair, old, new);
            true
        }
    }
}

/// Compares the lists of both sides, of which each has some: what has no counterpart changes nobody knows what.
fn several<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, old: &[Group<'t>], new: &[Group<'t>]) {
    let (mut old, mut new): (Vec<&Group<'t>>, Vec<&Group<'t>>) =
        (old.iter().collect(), new.iter().collect());
    let mut pairs = partners(&mut old, &mut new, |_, group| {
        Some((group.keyword, digest(group.list)))
    });
    let marks = |_, group: &&Group<'t>| -> BTreeSet<u64> {
        let items = group.list.items().iter();
        items
            .map(|item| {
                component_name(item).map_or_else(|| digest(item), |name| digest_of(&[name]))
            })
            .collect()
    };
    let is_candidate = |one: &&Group<'t>, other: &&Group<'t>| one.keyword == other.keyword;
    pairs.extend(closest(&mut old, &mut new, marks, is_candidate));
    pairs.extend(partners(&mut old, &mut new, |_, group| Some(group.keyword)));
    pairs.extend(partners(&mut old, &mut new, |_, _| Some(())));
    for (one, other) in pairs {
        if one.keyword != other.keyword {
            let text = format!(
                "{} is put together by `{}` instead of `{}`",
                walk.pair_words(pair),
                other.keyword,
                one.keyword
            );
            let lists = (Some(one.list), Some(other.list));
            composition(walk, pair, lists, text, (one.keyword, other.keyword));
        }
        lists(walk, pair, (one.list, other.list));
    }
    for group in old {
        let text = format!(
            "{} no longer has one of its lists of alternatives",
            walk.pair_words(pair)
        );
        let lists = (Some(group.list), None);
        composition(walk, pair, lists, text, (&exact(group.list), ""));
    }
    for group in new {
        let text = format!(
            "{} has one more list of alternatives",
            walk.pair_words(pair)
        );
        let lists = (None, Some(group.list));
        composition(walk, pair, lists, text, ("", &exact(group.list)));
    }
}

fn composition<'t>(
    walk: &mut Walk<'t>,
    pair: &Pair<'t>,
    lists: (Option<&'t Node>, Option<&'t Node>),
    text: String,
    values: (&str, &str),
) {
    walk.report_keyword(pair, lists, |old, new| {
        Found::new(&rules::COMPOSITION_CHANGED, old, new, text).values(values.0, values.1)
    });
}

fn rule(direction: Direction, is_added: bool) -> &'static Rule {
    match (direction, is_added) {
        (Direction::Request, true) => &rules::REQUEST_ALTERNATIVE_ADDED,
        (Direction::Request, false) => &rules::REQUEST_ALTERNATIVE_REMOVED,
        (Direction::Response, true) => &rules::RESPONSE_ALTERNATIVE_ADDED,
        (Direction::Response, false) => &rules::RESPONSE_ALTERNATIVE_REMOVED,
    }
}

fn lists<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, (old_list, new_list): (&'t Node, &'t Node)) {
    let Matched {
        pairs,
        replaced,
        old,
        new,
    } = matched(walk, old_list, new_list);
    for (one, two) in pairs {
        inside(walk, pair, one, two);
    }
    for (one, two) in replaced {
        let name = |node: &'t Node| component_name(node).unwrap_or_default();
        let text = format!(
            "{} can now be `{}`, which is the same as `{}`",
            walk.pair_words(pair),
            name(two),
            name(one)
        );
        let found = Found::new(
            &rules::REFERENCE_CHANGED,
            Spot::value(one),
            Spot::value(two),
            text,
        );
        walk.report(found.values(name(one), name(two)).slot(pair.slot));
        inside(walk, pair, one, two);
    }
    for (at, node) in old {
        let spots = (Spot::value(node), Spot::value(new_list));
        report(walk, pair, false, (at, node, old_list), spots);
    }
    for (at, node) in new {
        let spots = (Spot::value(old_list), Spot::value(node));
        report(walk, pair, true, (at, node, new_list), spots);
    }
}

fn report<'t>(
    walk: &mut Walk<'t>,
    pair: &Pair<'t>,
    is_added: bool,
    (at, node, list): (usize, &'t Node, &'t Node),
    (base, revision): (Spot<'t>, Spot<'t>),
) {
    let name = site::alternative(node, at);
    let telling = site::telling(list, node);
    let text = format!(
        "{} {} `{name}`",
        walk.pair_words(pair),
        if is_added {
            "can now be"
        } else {
            "can no longer be"
        }
    );
    let values = if is_added {
        ("", telling.as_str())
    } else {
        (telling.as_str(), "")
    };
    let found = Found::new(rule(pair.direction, is_added), base, revision, text)
        .values(values.0, values.1)
        .slot(pair.slot);
    walk.report(found);
}

fn inside<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, base: &'t Node, revision: &'t Node) {
    let inner = Request {
        base: vec![base],
        revision: vec![revision],
        direction: pair.direction,
        slot: pair.slot,
        base_rust: pair.base_rust.clone(),
        revision_rust: pair.revision_rust.clone(),
        has_defaults: false,
    };
    request(walk, inner);
}

/// A schema on one side and alternatives on the other: the schema can be one of them.
fn single<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, group: &Group<'t>, is_old: bool) -> bool {
    let (plain, spots) = match (pair.base.origin(), pair.revision.origin()) {
        (Some(_), Some(new)) if is_old => (new, (Spot::value(group.list), Spot::key(new))),
        (Some(old), Some(_)) => (old, (Spot::key(old), Spot::value(group.list))),
        _ => return true,
    };
    let (own, others) = if is_old {
        (&walk.revision, &walk.base)
    } else {
        (&walk.base, &walk.revision)
    };
    let mine = Likeness::OF_ITSELF.into_iter().find_map(|likeness| {
        let key = likeness.key(own, plain)?;
        let mut items = group.list.items().iter();
        items.position(|item| likeness.key(others, item) == Some(key))
    });
    let Some(mine) = mine else {
        let text = format!(
            "{} {} alternatives",
            walk.pair_words(pair),
            if is_old { "no longer has" } else { "has" }
        );
        let found = Found::new(&rules::COMPOSITION_CHANGED, spots.0, spots.1, text)
            .values(group.keyword, "")
            .slot(pair.slot);
        walk.report(found);
        return true;
    };
    for (at, item) in group.list.items().iter().enumerate() {
        if at == mine {
            let (base, revision) = if is_old { (item, plain) } else { (plain, item) };
            inside(walk, pair, base, revision);
        } else {
            let own = Spot::value(item);
            let spots = if is_old {
                (own, spots.1)
            } else {
                (spots.0, own)
            };
            report(walk, pair, !is_old, (at, item, group.list), spots);
        }
    }
    false
}

fn not<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    let (old, new) = (pair.base.first("not"), pair.revision.first("not"));
    if walk.means_same(old, new) {
        return;
    }
    let (more, less) = excluded(walk, old, new);
    let (rule, text) = match (pair.direction, more, less) {
        (Direction::Request, true, false) => (
            &rules::REQUEST_EXCLUSION_TIGHTENED,
            "must no longer be what its `not` describes",
        ),
        (Direction::Request, false, true) => (
            &rules::REQUEST_EXCLUSION_LOOSENED,
            "can now be what its `not` ruled out",
        ),
        (Direction::Request, ..) => (
            &rules::REQUEST_EXCLUSION_CHANGED,
            "must not be what its `not` describes, which is now something else",
        ),
        (Direction::Response, true, false) => (
            &rules::RESPONSE_EXCLUSION_TIGHTENED,
            "is no longer what its `not` describes",
        ),
        (Direction::Response, false, true) => (
            &rules::RESPONSE_EXCLUSION_LOOSENED,
            "can now be what its `not` ruled out",
        ),
        (Direction::Response, ..) => (
            &rules::RESPONSE_EXCLUSION_CHANGED,
            "is not what its `not` describes, which is now something else",
        ),
    };
    let text = format!("{} {text}", walk.pair_words(pair));
    let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
    walk.report_keyword(pair, (old, new), |base, revision| {
        Found::new(rule, base, revision, text).values(value(old), value(new))
    });
}

/// Whether a `not` rules out more than before, and whether it rules out less. Both are so where nobody knows.
fn excluded<'t>(walk: &Walk<'t>, old: Option<&'t Node>, new: Option<&'t Node>) -> (bool, bool) {
    let (Some(old), Some(new)) = (old, new) else {
        return (old.is_none(), new.is_none());
    };
    let (Some(old), Some(new)) = (walk.base.follow(old), walk.revision.follow(new)) else {
        return (true, true);
    };
    let (Some(was), Some(is)) = (old.get("enum"), new.get("enum")) else {
        return (true, true);
    };
    let rest = |one: &Node, other: &Node| {
        let mut entries = one.entries().iter();
        entries.all(|entry| {
            let key = entry.key.text.as_str();
            key == "enum" || other.get(key) == Some(&entry.value)
        })
    };
    if !rest(old, new) || !rest(new, old) {
        return (true, true);
    }
    let has_more = |one: &'t Node, other: &'t Node| {
        let known = Bag::new(other.items().iter().map(|item| (item, ())));
        one.items().iter().any(|item| !known.has(item))
    };
    (has_more(is, was), has_more(was, is))
}
