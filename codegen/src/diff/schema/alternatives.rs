//! `oneOf`, `anyOf`, `not` and what tells alternatives apart.

use super::pair::{Pair, Request};
use super::{Direction, View, request};
use crate::diff::digest::exact;
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
    discriminator(walk, pair);
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

/// How alike two alternatives are, the most telling first.
const LIKENESSES: [fn(&Node, &Node) -> bool; 4] = [
    |one, two| component_name(one).is_some() && component_name(one) == component_name(two),
    |one, two| one == two,
    |one, two| one.get("title").is_some() && one.get("title") == two.get("title"),
    |one, two| {
        component_name(one).is_none()
            && component_name(two).is_none()
            && one.get("type").is_some()
            && one.get("type") == two.get("type")
    },
];

/// The largest number of alternatives that are compared one by one.
const MANY: usize = 256;

fn lists<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>, (old_list, new_list): (&'t Node, &'t Node)) {
    let mut old: Vec<(usize, &'t Node)> = old_list.items().iter().enumerate().collect();
    let mut new: Vec<(usize, &'t Node)> = new_list.items().iter().enumerate().collect();
    if old.len().max(new.len()) > MANY {
        if old_list != new_list {
            let text = format!(
                "{} has too many alternatives to be compared completely",
                walk.pair_words(pair)
            );
            walk.report_keyword(pair, (Some(old_list), Some(new_list)), |base, revision| {
                Found::new(&rules::COMPARISON_CUT, base, revision, text)
            });
        }
        return;
    }
    for is_like in LIKENESSES {
        old.retain(
            |(_, one)| match new.iter().position(|(_, two)| is_like(one, two)) {
                Some(at) => {
                    let (_, two) = new.remove(at);
                    inside(walk, pair, one, two);
                    false
                }
                None => true,
            },
        );
    }
    // Two components of which one took the place of the other without a change go together too.
    old.retain(|(_, one)| {
        let target = |side: &crate::diff::side::Side<'t>, node: &'t Node| {
            component_name(node).and(side.follow(node))
        };
        let Some(was) = target(&walk.base, one) else {
            return true;
        };
        let at = new
            .iter()
            .position(|(_, two)| target(&walk.revision, two).is_some_and(|is| is == was));
        match at {
            Some(at) => {
                let (_, two) = new.remove(at);
                let name = |node: &'t Node| component_name(node).unwrap_or_default();
                let text = format!(
                    "{} can be `{}`, which is the same as `{}`",
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
                false
            }
            None => true,
        }
    });
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
            "can be"
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
    let mine = LIKENESSES.iter().find_map(|is_like| {
        group
            .list
            .items()
            .iter()
            .position(|item| is_like(item, plain))
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
    if old == new {
        return;
    }
    let (rule, text) = match (pair.direction, old, new) {
        (Direction::Request, None, _) => (
            &rules::REQUEST_EXCLUSION_TIGHTENED,
            "must not be what its `not` describes",
        ),
        (Direction::Request, _, None) => (
            &rules::REQUEST_EXCLUSION_LOOSENED,
            "can be what its `not` ruled out",
        ),
        (Direction::Request, ..) => (
            &rules::REQUEST_EXCLUSION_CHANGED,
            "must not be what its `not` describes, which is something else",
        ),
        (Direction::Response, None, _) => (
            &rules::RESPONSE_EXCLUSION_TIGHTENED,
            "is not what its `not` describes",
        ),
        (Direction::Response, _, None) => (
            &rules::RESPONSE_EXCLUSION_LOOSENED,
            "can be what its `not` ruled out",
        ),
        (Direction::Response, ..) => (
            &rules::RESPONSE_EXCLUSION_CHANGED,
            "is not what its `not` describes, which is something else",
        ),
    };
    let text = format!("{} {text}", walk.pair_words(pair));
    let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
    walk.report_keyword(pair, (old, new), |base, revision| {
        Found::new(rule, base, revision, text).values(value(old), value(new))
    });
}

fn discriminator<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    let (old, new) = (
        pair.base.first("discriminator"),
        pair.revision.first("discriminator"),
    );
    if old == new {
        return;
    }
    let named = |node: Option<&'t Node>| {
        node.and_then(|node| node.get("propertyName"))
            .and_then(Node::as_text)
            .unwrap_or_default()
    };
    let mapping = |node: Option<&'t Node>| {
        node.and_then(|node| node.get("mapping"))
            .map(Node::entries)
            .unwrap_or_default()
    };
    let kept = mapping(old).iter().all(|entry| {
        let other = new
            .and_then(|node| node.get("mapping"))
            .and_then(|all| all.get(&entry.key.text));
        other.is_some_and(|other| *other == entry.value)
    });
    let words = walk.pair_words(pair);
    if named(old) == named(new) && kept {
        // One more name for an alternative goes with one more alternative.
        return;
    }
    let rule = if pair.direction == Direction::Request {
        &rules::REQUEST_DISCRIMINATOR_CHANGED
    } else {
        &rules::RESPONSE_DISCRIMINATOR_CHANGED
    };
    let text = format!("what the alternatives of {words} are told apart by is another");
    let value = |node: Option<&Node>| node.map(exact).unwrap_or_default();
    walk.report_keyword(pair, (old, new), |base, revision| {
        Found::new(rule, base, revision, text).values(value(old), value(new))
    });
}
