//! `oneOf`, `anyOf`, `not` and what tells alternatives apart.

use super::pair::{Pair, Request};
use super::{Direction, View, discriminators, request};
use crate::diff::digest::{digest, digest_of, exact};
use crate::diff::matching::{Of, partners};
use crate::diff::rules::{self, Rule};
use crate::diff::side::{Side, component_name};
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
        ([old], [new]) => {
            if old.keyword != new.keyword {
                let text = format!(
                    "{} is put together by `{}` instead of `{}`",
                    walk.pair_words(pair),
                    new.keyword,
                    old.keyword
                );
                composition(
                    walk,
                    pair,
                    (Some(old.list), Some(new.list)),
                    text,
                    (old.keyword, new.keyword),
                );
            }
            lists(walk, pair, (old.list, new.list));
            true
        }
        ([old], []) => single(walk, pair, old, true),
        ([], [new]) => single(walk, pair, new, false),
        (old, new) => {
            let same = old.len() == new.len()
                && old
                    .iter()
                    .zip(new)
                    .all(|(one, two)| one.keyword == two.keyword && one.list == two.list);
            if !same {
                let text = format!(
                    "the alternatives of {} are put together in another way",
                    walk.pair_words(pair)
                );
                let lists = (
                    old.first().map(|group| group.list),
                    new.first().map(|group| group.list),
                );
                composition(walk, pair, lists, text, ("", ""));
            }
            true
        }
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

/// By what alternatives go together, the most telling first.
#[derive(Debug, Clone, Copy)]
enum Likeness {
    /// The component that they refer to.
    Component,
    /// All of it.
    Whole,
    Title,
    /// The type, of those that are written in place.
    Type,
    /// What the component that they refer to is, under whatever name.
    Target,
}

impl Likeness {
    const OF_ITSELF: [Self; 4] = [Self::Component, Self::Whole, Self::Title, Self::Type];

    /// A number that alternatives which are alike in this have in common.
    fn key<'t>(self, side: &Side<'t>, node: &'t Node) -> Option<u64> {
        let name = component_name(node);
        match self {
            Self::Component => name.map(|name| digest_of(&[name])),
            Self::Whole => Some(digest(node)),
            Self::Title => node.get("title").map(digest),
            Self::Type if name.is_none() => node.get("type").map(digest),
            Self::Type => None,
            Self::Target => name.and(side.follow(node)).map(digest),
        }
    }
}

fn lists<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, (old_list, new_list): (&'t Node, &'t Node)) {
    let mut old: Vec<(usize, &'t Node)> = old_list.items().iter().enumerate().collect();
    let mut new: Vec<(usize, &'t Node)> = new_list.items().iter().enumerate().collect();
    let alike = |walk: &Walk<'t>, old: &mut Vec<_>, new: &mut Vec<_>, likeness: Likeness| {
        partners(old, new, |of, (_, node): &(usize, &'t Node)| {
            let side = if of == Of::Base {
                &walk.base
            } else {
                &walk.revision
            };
            likeness.key(side, node)
        })
    };
    for likeness in Likeness::OF_ITSELF {
        for ((_, one), (_, two)) in alike(walk, &mut old, &mut new, likeness) {
            inside(walk, pair, one, two);
        }
    }
    // Two components of which one took the place of the other without a change go together too.
    for ((_, one), (_, two)) in alike(walk, &mut old, &mut new, Likeness::Target) {
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
        report(
            walk,
            pair,
            false,
            (at, node),
            (Spot::value(node), Spot::value(new_list)),
        );
    }
    for (at, node) in new {
        report(
            walk,
            pair,
            true,
            (at, node),
            (Spot::value(old_list), Spot::value(node)),
        );
    }
}

fn report<'t>(
    walk: &mut Walk<'t>,
    pair: &Pair<'t>,
    is_added: bool,
    (at, node): (usize, &'t Node),
    (base, revision): (Spot<'t>, Spot<'t>),
) {
    let name = site::alternative(node, at);
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
        ("", name.as_str())
    } else {
        (name.as_str(), "")
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
            report(walk, pair, !is_old, (at, item), spots);
        }
    }
    false
}

fn not<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    let (old, new) = (pair.base.first("not"), pair.revision.first("not"));
    if walk.means_same(old, new) {
        return;
    }
    let (rule, text) = match (pair.direction, old, new) {
        (Direction::Request, None, _) => (
            &rules::REQUEST_EXCLUSION_TIGHTENED,
            "must no longer be what its `not` describes",
        ),
        (Direction::Request, _, None) => (
            &rules::REQUEST_EXCLUSION_LOOSENED,
            "can now be what its `not` ruled out",
        ),
        (Direction::Request, ..) => (
            &rules::REQUEST_EXCLUSION_CHANGED,
            "must not be what its `not` describes, which is now something else",
        ),
        (Direction::Response, None, _) => (
            &rules::RESPONSE_EXCLUSION_TIGHTENED,
            "is no longer what its `not` describes",
        ),
        (Direction::Response, _, None) => (
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
