//! Pairs of schemas that wait to be compared, each once for each direction, so that a cycle of references ends by itself
//! and nothing is compared twice.

use std::rc::Rc;

use foldhash::HashMap;

use super::{
    Direction, View, additional, alternatives, bounds, defaults, enums, kinds, patterns, properties,
};
use crate::diff::change::RustLines;
use crate::diff::outline::address;
use crate::diff::rules;
use crate::diff::rust::{Census, Made, Owner, definition};
use crate::diff::walk::{Found, Scope, Spot, Walk};
use crate::diff::{components, prose};
use crate::load::Node;

/// How many pairs a comparison looks at, and how many nodes to find out what they are made of.
const MAX_PAIRS: usize = 400_000;
const MAX_LOOKS: usize = 10_000_000;

/// What the members of a schema's objects become in Rust, and the name that the schema's type gets.
#[derive(Debug, Clone, Default)]
pub(in crate::diff) struct Rust<'t> {
    pub(in crate::diff) owner: Owner<'t>,
    pub(in crate::diff) hint: String,
}

impl Rust<'_> {
    /// Whether schemas that are written alike become the same.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let have_like_owners = match (self.owner, other.owner) {
            (Owner::Nobody, Owner::Nobody) => true,
            (Owner::Type { input }, Owner::Type { input: other }) => input == other,
            // How a member of a body is encoded stands beside the schema.
            _ => false,
        };
        have_like_owners && self.hint == other.hint
    }
}

/// A pair to compare.
#[derive(Debug, Clone)]
pub(in crate::diff) struct Request<'t> {
    pub(in crate::diff) base: Vec<&'t Node>,
    pub(in crate::diff) revision: Vec<&'t Node>,
    pub(in crate::diff) direction: Direction,
    /// The place of the generated client that the schema gives its type to.
    pub(in crate::diff) slot: usize,
    pub(in crate::diff) base_rust: Rust<'t>,
    pub(in crate::diff) revision_rust: Rust<'t>,
    /// Whether the defaults have been compared already.
    pub(in crate::diff) has_defaults: bool,
}

/// A pair that is compared or waits for it.
#[derive(Debug, Clone)]
pub(in crate::diff) struct Pair<'t> {
    pub(super) base: View<'t>,
    pub(super) revision: View<'t>,
    pub(super) direction: Direction,
    pub(super) slot: usize,
    pub(super) base_rust: Rust<'t>,
    pub(super) revision_rust: Rust<'t>,
    has_defaults: bool,
    /// Whether only what stands around two references is compared here.
    is_wrapper: bool,
    /// The components that the two schemas are.
    pub(in crate::diff) components: Option<(&'t str, &'t str)>,
}

type Key = (Vec<usize>, Vec<usize>, Direction, bool);

/// All pairs, by number.
#[derive(Debug, Default)]
pub(in crate::diff) struct Pairs<'t> {
    pub(in crate::diff) list: Vec<Rc<Pair<'t>>>,
    /// By pair, the numbers of the pairs inside.
    pub(in crate::diff) reaches: Vec<Vec<usize>>,
    by_key: HashMap<Key, usize>,
    next: usize,
    looks: usize,
    is_full: bool,
}

impl<'t> Pair<'t> {
    /// Whether both schemas are components that became the given thing.
    pub(super) fn is_made(&self, walk: &Walk<'t>, made: Made) -> bool {
        self.components.is_some_and(|(base, revision)| {
            walk.base.census.made(base) == Some(made)
                && walk.revision.census.made(revision) == Some(made)
        })
    }

    /// The places of a keyword on both sides.
    pub(super) fn spots(
        &self,
        base: Option<&'t Node>,
        revision: Option<&'t Node>,
    ) -> Option<(Spot<'t>, Spot<'t>)> {
        let (old, new) = (self.base.origin()?, self.revision.origin()?);
        Some((
            Spot::keyword(base, self.around(&self.base, old)),
            Spot::keyword(revision, self.around(&self.revision, new)),
        ))
    }

    // A keyword that is missing would stand in the schema itself, not beside the reference to it.
    fn around(&self, view: &View<'t>, origin: &'t Node) -> &'t Node {
        view.parts.first().copied().unwrap_or(origin)
    }
}

impl<'t> Walk<'t> {
    /// Reports a difference between the values of a keyword of a pair.
    pub(super) fn report_keyword(
        &mut self,
        pair: &Pair<'t>,
        (base, revision): (Option<&'t Node>, Option<&'t Node>),
        make: impl FnOnce(Spot<'t>, Spot<'t>) -> Found<'t>,
    ) {
        if let Some((base, revision)) = pair.spots(base, revision) {
            let found = make(base, revision).slot(pair.slot);
            self.report(found);
        }
    }

    /// The words for the schema of a pair.
    pub(super) fn pair_words(&self, pair: &Pair<'t>) -> String {
        // What the revision calls it is told by its place; the base is what a reader knows.
        pair.base
            .origin()
            .map(|origin| self.words(origin))
            .unwrap_or_default()
    }
}

/// Asks for a comparison on behalf of what is being compared.
pub(in crate::diff) fn request<'t>(walk: &mut Walk<'t>, request: Request<'t>) {
    if is_unchanged(walk, &request) {
        return;
    }
    let base = View::new(&walk.base, &request.base);
    let revision = View::new(&walk.revision, &request.revision);
    walk.pairs.looks += base.looks + revision.looks;
    let components = base
        .component(&walk.base)
        .zip(revision.component(&walk.revision));
    let Some((
        (base_name, base_node, base_around),
        (revision_name, revision_node, revision_around),
    )) = components
    else {
        add(walk, base, revision, &request, false, None);
        return;
    };
    if components::is_renamed(walk, base_name, revision_name)
        && let Some(slot) = walk.slots.get_mut(request.slot)
    {
        slot.is_explained = true;
    }
    if base_around.is_some() || revision_around.is_some() {
        let around = |view: &View<'t>, own: Option<&'t Node>| View {
            parts: own.into_iter().collect(),
            broken: None,
            cut: false,
            ..view.clone()
        };
        add(
            walk,
            around(&base, base_around),
            around(&revision, revision_around),
            &request,
            true,
            None,
        );
    }
    request_component(
        walk,
        request,
        (base_name, base_node),
        (revision_name, revision_node),
    );
}

/// Asks for the comparison of two components, each with its name.
pub(super) fn request_component<'t>(
    walk: &mut Walk<'t>,
    request: Request<'t>,
    (base_name, base_node): (&'t str, &'t Node),
    (revision_name, revision_node): (&'t str, &'t Node),
) {
    let base = View::new(&walk.base, &[base_node]);
    let revision = View::new(&walk.revision, &[revision_node]);
    if let Some(known) = walk
        .pairs
        .by_key
        .get(&key(&base, &revision, request.direction, false))
    {
        let known = *known;
        reach(walk, known);
        return;
    }
    let mut lines = RustLines {
        base: definition(&walk.base, base_name),
        revision: definition(&walk.revision, revision_name),
    };
    let same = base_name == revision_name;
    if !same && walk.base.census.made(base_name) == walk.revision.census.made(revision_name) {
        // Only the name differs, which is told where it is used.
        lines = RustLines::default();
    }
    let spots = (Spot::key(base_node), Spot::key(revision_node));
    let otherwise = same.then_some(&rules::REFERENCE_CHANGED);
    let slot = walk.slot(lines, otherwise, spots, "becomes another kind of Rust type");
    let rust = |census: &Census<'t>, name: &str, asked: Owner<'t>| {
        let owner = match (asked, census.body_of(name)) {
            // A body is spread over its call, whatever else it is.
            (Owner::Call(operation), _) | (_, Some(operation)) => Owner::Call(operation),
            (Owner::Nobody | Owner::Type { .. }, None) => Owner::Type {
                input: census.is_input(name),
            },
        };
        Rust {
            owner,
            hint: name.to_owned(),
        }
    };
    let base_rust = rust(&walk.base.census, base_name, request.base_rust.owner);
    let revision_rust = rust(
        &walk.revision.census,
        revision_name,
        request.revision_rust.owner,
    );
    let request = Request {
        slot,
        base_rust,
        revision_rust,
        has_defaults: true,
        ..request
    };
    add(
        walk,
        base,
        revision,
        &request,
        false,
        Some((base_name, revision_name)),
    );
}

/// Whether the two are written alike and become the same in Rust, so that there is nothing to find.
fn is_unchanged(walk: &Walk<'_>, request: &Request<'_>) -> bool {
    request.base_rust.is_like(&request.revision_rust)
        && walk.are_same(&request.base, &request.revision)
}

fn key(base: &View<'_>, revision: &View<'_>, direction: Direction, is_wrapper: bool) -> Key {
    // What a wrapper stands around counts too, and is found at its origin.
    let addresses = |view: &View<'_>| {
        let nodes = if is_wrapper {
            &view.origins
        } else {
            &view.parts
        };
        let broken = view.broken.map(address);
        nodes
            .iter()
            .map(|node| address(node))
            .chain(broken)
            .collect()
    };
    (addresses(base), addresses(revision), direction, is_wrapper)
}

fn add<'t>(
    walk: &mut Walk<'t>,
    base: View<'t>,
    revision: View<'t>,
    request: &Request<'t>,
    is_wrapper: bool,
    components: Option<(&'t str, &'t str)>,
) {
    let key = key(&base, &revision, request.direction, is_wrapper);
    let number = match walk.pairs.by_key.get(&key).copied() {
        Some(number) => {
            let known = walk.pairs.list.get(number).map(|pair| pair.slot);
            if let (Some(slot), Some(known)) = (walk.slots.get_mut(request.slot), known) {
                slot.alike.push(known);
            }
            number
        }
        None if walk.pairs.list.len() >= MAX_PAIRS => {
            walk.pairs.is_full = true;
            return;
        }
        None => {
            let number = walk.pairs.list.len();
            walk.pairs.by_key.insert(key, number);
            walk.pairs.reaches.push(Vec::new());
            walk.pairs.list.push(Rc::new(Pair {
                base,
                revision,
                direction: request.direction,
                slot: request.slot,
                base_rust: request.base_rust.clone(),
                revision_rust: request.revision_rust.clone(),
                has_defaults: request.has_defaults,
                is_wrapper,
                components,
            }));
            number
        }
    };
    reach(walk, number);
}

fn reach(walk: &mut Walk<'_>, number: usize) {
    let reaches = match walk.scope {
        Scope::Document => None,
        Scope::Operation(operation) => walk
            .operations
            .get_mut(operation)
            .map(|operation| &mut operation.reaches),
        Scope::Pair(pair) => walk.pairs.reaches.get_mut(pair),
    };
    if let Some(reaches) = reaches {
        reaches.push(number);
    }
}

/// Compares every pair that waits, and those that are asked for meanwhile.
pub(in crate::diff) fn compare_all(walk: &mut Walk<'_>) {
    while let Some(pair) = walk.pairs.list.get(walk.pairs.next).map(Rc::clone) {
        walk.scope = Scope::Pair(walk.pairs.next);
        walk.pairs.next += 1;
        if walk.pairs.looks > MAX_LOOKS {
            walk.pairs.is_full = true;
            walk.pairs.next = walk.pairs.list.len();
            break;
        }
        compare(walk, &pair);
    }
    walk.scope = Scope::Document;
    if std::mem::take(&mut walk.pairs.is_full) && walk.base.root() != walk.revision.root() {
        let (base, revision) = (walk.base.root(), walk.revision.root());
        let text = "there are too many schemas to compare all of them";
        walk.report(Found::new(
            &rules::COMPARISON_CUT,
            Spot::key(base),
            Spot::key(revision),
            text,
        ));
    }
}

fn compare<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) {
    // What was looked at and what stands there can be the same all over; then nothing is left to say.
    let differs =
        || pair.base.origins != pair.revision.origins || pair.base.parts != pair.revision.parts;
    if (pair.base.cut || pair.revision.cut) && differs() {
        let words = walk.pair_words(pair);
        walk.report_keyword(pair, (None, None), |base, revision| {
            Found::new(
                &rules::COMPARISON_CUT,
                base,
                revision,
                format!("{words} has too many parts to be compared completely"),
            )
        });
    }
    if !pair.is_wrapper && is_broken(walk, pair) {
        return;
    }
    prose::schema(walk, &pair.base, &pair.revision);
    kinds::null(walk, pair, pair.is_wrapper);
    if !pair.has_defaults {
        defaults::unused(walk, &pair.base, &pair.revision);
    }
    if pair.is_wrapper {
        return;
    }
    let single = alternatives::compare(walk, pair);
    if !single || !kinds::compare(walk, pair) {
        return;
    }
    bounds::compare(walk, pair);
    patterns::compare(walk, pair);
    enums::compare(walk, pair);
    properties::compare(walk, pair);
    additional::compare(walk, pair);
}

// A reference that leads nowhere can be compared to nothing.
fn is_broken<'t>(walk: &mut Walk<'t>, pair: &Pair<'t>) -> bool {
    let (rule, what) = match (pair.base.broken, pair.revision.broken) {
        (None, None) => return false,
        (Some(_), Some(_)) => return true,
        (Some(_), None) => (&rules::REFERENCE_MENDED, "now leads somewhere"),
        (None, Some(_)) => (&rules::REFERENCE_BROKEN, "now leads nowhere"),
    };
    let text = |node: Option<&'t Node>| node.and_then(|node| node.get("$ref"));
    let (base, revision) = (text(pair.base.broken), text(pair.revision.broken));
    let written = |node: Option<&Node>| node.and_then(Node::as_str).unwrap_or_default().to_owned();
    let words = walk.pair_words(pair);
    walk.report_keyword(pair, (base, revision), |old, new| {
        Found::new(rule, old, new, format!("the reference of {words} {what}"))
            .values(written(base), written(revision))
    });
    true
}
