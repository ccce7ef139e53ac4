//! Compares two schemas and everything inside them. A schema that stands where it is used and one that is a component are
//! the same if they say the same.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::difference::{ABSENT, Kind, PRESENT, Way};
use super::keywords;
use super::operation::{Comparison, Said};
use super::shape::{home, kind, part, value, words};
use crate::diff::outline::address;
use crate::diff::schema::View;
use crate::diff::side::{Side, is_on, reference};
use crate::load::Node;

/// A schema on both sides, with what it is made of.
pub(super) struct Pair<'t> {
    pub(super) there: &'t Node,
    pub(super) here: &'t Node,
    pub(super) published: View<'t>,
    pub(super) curated: View<'t>,
}

impl<'t> Pair<'t> {
    /// The parts in which a keyword stands on the two sides, or would.
    pub(super) fn parts(&self, comparison: &Comparison<'_, 't>, key: &str) -> [&'t Node; 2] {
        [
            part(comparison.theirs, &self.published, self.there, key),
            part(comparison.ours, &self.curated, self.here, key),
        ]
    }
}

impl<'t> Comparison<'_, 't> {
    /// Asks for a comparison of two schemas.
    pub(super) fn schema(&mut self, there: &'t Node, here: &'t Node) {
        // A cycle of references comes back to a pair that is known.
        if self.seen.insert((address(there), address(here))) {
            self.pending.push((there, here));
        }
    }

    /// Compares the schemas of two holders, such as parameters and media types.
    pub(super) fn schemas_of(&mut self, there: &'t Node, here: &'t Node) {
        match (there.get("schema"), here.get("schema")) {
            (Some(one), Some(other)) => self.schema(one, other),
            (one, other) => self.presence(
                Kind::Schema,
                (one.unwrap_or(there), one.is_some()),
                (here, &["schema"], other.is_some()),
                "the schema",
            ),
        }
    }

    /// Compares all schemas that were asked for, and those inside them.
    pub(super) fn finish(&mut self) {
        while let Some((there, here)) = self.pending.pop() {
            let pair = Pair {
                there,
                here,
                published: View::new(self.theirs, &[there]),
                curated: View::new(self.ours, &[here]),
            };
            self.pair(&pair);
        }
    }

    fn pair(&mut self, pair: &Pair<'t>) {
        let (there, here) = (pair.there, pair.here);
        let broken = [pair.published.broken, pair.curated.broken];
        if broken.iter().any(Option::is_some) {
            self.broken(pair, broken);
            return;
        }
        let null = [
            pair.published.is_nullable(self.theirs),
            pair.curated.is_nullable(self.ours),
        ];
        if null[0] != null[1] {
            let word = |null: bool| if null { "nullable" } else { "not nullable" };
            let words = [word(null[0]), word(null[1])];
            self.differs(Kind::Nullable, there, (here, &["nullable"]), words, "");
        }
        let kinds = [kind(&pair.published), kind(&pair.curated)];
        if kinds[0] != kinds[1] {
            let words = [kinds[0].as_str(), kinds[1].as_str()];
            self.differs(Kind::Type, there, (here, &["type"]), words, "the type");
            return;
        }
        for key in ["readOnly", "writeOnly", "deprecated"] {
            let on = [pair.published.is_on(key), pair.curated.is_on(key)];
            if on[0] != on[1] {
                let kind = if key == "deprecated" {
                    Kind::Deprecation
                } else {
                    Kind::Access
                };
                let word = |on: bool| if on { "on" } else { "off" };
                self.differs(
                    kind,
                    there,
                    (here, &[key]),
                    [word(on[0]), word(on[1])],
                    &format!("`{key}`"),
                );
            }
        }
        keywords::compare(self, pair);
        self.additional(pair);
        self.members(pair);
        self.items(pair);
        self.alternatives(pair);
    }

    fn broken(&mut self, pair: &Pair<'t>, broken: [Option<&'t Node>; 2]) {
        let word = |node: Option<&'t Node>| match node {
            Some(node) => format!("leads nowhere ({})", reference(node).unwrap_or_default()),
            None => "leads to a schema".to_owned(),
        };
        let [published, curated] = broken.map(word);
        if published == curated {
            return;
        }
        self.differs(
            Kind::Reference,
            pair.there,
            (pair.here, &[]),
            [&published, &curated],
            "the reference",
        );
    }

    fn members(&mut self, pair: &Pair<'t>) {
        let [there, here] = pair.parts(self, "properties");
        let (published, curated) = (members(&pair.published), members(&pair.curated));
        if published.is_empty() != curated.is_empty() {
            // An object of which one side names no member at all is one decision, not one for each member.
            let some = !published.is_empty();
            let node = there.get("properties").unwrap_or(there);
            let below = ["properties"];
            self.presence(
                Kind::Member,
                (node, some),
                (here, &below, !some),
                "the list of members",
            );
            return;
        }
        let by_name = |list: &[(&'t str, &'t Node)]| -> HashMap<&'t str, &'t Node> {
            list.iter().copied().collect()
        };
        let names = [by_name(&published), by_name(&curated)];
        let around = there.get("properties").unwrap_or(there);
        for (name, ours) in &curated {
            match names[0].get(name) {
                Some(theirs) => self.schema(theirs, ours),
                None => self.presence(Kind::Member, (around, false), (ours, &[], true), ""),
            }
        }
        for (name, theirs) in &published {
            if !names[1].contains_key(name) {
                let below = ["properties", name];
                let text = format!("the member `{name}`");
                self.presence(Kind::Member, (theirs, true), (here, &below, false), &text);
            }
        }
        self.required(pair, &names);
    }

    fn required(&mut self, pair: &Pair<'t>, members: &[HashMap<&'t str, &'t Node>; 2]) {
        let [there, here] = pair.parts(self, "required");
        let names = |view: &View<'t>| -> BTreeSet<&'t str> {
            view.all("required")
                .flat_map(|list| list.items())
                .filter_map(Node::as_text)
                .collect()
        };
        let (published, curated) = (names(&pair.published), names(&pair.curated));
        for name in published.symmetric_difference(&curated) {
            let needed = [published.contains(name), curated.contains(name)];
            // A member that one side lacks has been told already.
            if members[0].contains_key(name) == members[1].contains_key(name) {
                let word = |needed: bool| if needed { "required" } else { "optional" };
                let text = format!("the member `{name}`");
                let words = [word(needed[0]), word(needed[1])];
                self.differs(
                    Kind::Required,
                    there,
                    (here, &["required", name]),
                    words,
                    &text,
                );
            }
        }
    }

    fn items(&mut self, pair: &Pair<'t>) {
        let [there, here] = pair.parts(self, "items");
        match (pair.published.first("items"), pair.curated.first("items")) {
            (Some(one), Some(other)) => self.schema(one, other),
            (None, None) => {}
            (one, other) => self.presence(
                Kind::Schema,
                (one.unwrap_or(there), one.is_some()),
                (here, &["items"], other.is_some()),
                "the schema of the items",
            ),
        }
    }

    fn additional(&mut self, pair: &Pair<'t>) {
        let [there, here] = pair.parts(self, "additionalProperties");
        let (one, other) = (rest(&pair.published), rest(&pair.curated));
        if let (Rest::Schema(one), Rest::Schema(other)) = (one, other) {
            self.schema(one, other);
            return;
        }
        let published = one.words(self.theirs);
        let curated = other.words(self.ours);
        if published != curated {
            self.differs(
                Kind::AdditionalMembers,
                there,
                (here, &["additionalProperties"]),
                [&published, &curated],
                "`additionalProperties`",
            );
        }
    }

    fn alternatives(&mut self, pair: &Pair<'t>) {
        for key in ["oneOf", "anyOf"] {
            let [there, here] = pair.parts(self, key);
            let list = |view: &View<'t>| -> Vec<&'t Node> {
                view.all(key).flat_map(|list| list.items()).collect()
            };
            let (published, curated) = (list(&pair.published), list(&pair.curated));
            if published.len() == curated.len() {
                for (one, other) in published.into_iter().zip(curated) {
                    self.schema(one, other);
                }
                continue;
            }
            let counts = [published.len(), curated.len()].map(|count| count.to_string());
            let words = [counts[0].as_str(), counts[1].as_str()];
            let text = format!("the number of alternatives in `{key}`");
            self.differs(Kind::Alternatives, there, (here, &[key]), words, &text);
        }
        let [there, here] = pair.parts(self, "not");
        match (pair.published.first("not"), pair.curated.first("not")) {
            (Some(one), Some(other)) => self.schema(one, other),
            (None, None) => {}
            (one, other) => self.presence(
                Kind::Alternatives,
                (one.unwrap_or(there), one.is_some()),
                (here, &["not"], other.is_some()),
                "`not`",
            ),
        }
        let [there, here] = pair.parts(self, "discriminator");
        // What a discriminator maps to are names of components.
        let names = [&pair.published, &pair.curated].map(|view| {
            let discriminator = view.first("discriminator");
            value(discriminator.and_then(|node| node.get("propertyName")))
        });
        if names[0] != names[1] {
            let words = [names[0].as_str(), names[1].as_str()];
            let below = ["discriminator"];
            self.differs(
                Kind::Alternatives,
                there,
                (here, &below),
                words,
                "the discriminator",
            );
        }
    }

    /// Reports something that one of the two sides has, if only one has it. Of the other side, what it would stand in
    /// is given.
    pub(super) fn presence(
        &mut self,
        kind: Kind,
        (there, published): (&'t Node, bool),
        (here, below, curated): (&'t Node, &[&str], bool),
        text: &str,
    ) {
        if published == curated {
            return;
        }
        let word = |has: bool| if has { PRESENT } else { ABSENT };
        self.said(Said {
            kind,
            way: if published { Way::Missing } else { Way::Extra },
            there,
            below_there: &[],
            here,
            below,
            words: [word(published), word(curated)],
            text,
            note: "",
        });
    }

    /// Reports what both sides say, and say differently.
    pub(super) fn differs(
        &mut self,
        kind: Kind,
        there: &'t Node,
        (here, below): (&'t Node, &[&str]),
        words: [&str; 2],
        text: &str,
    ) {
        self.said(Said {
            kind,
            way: Way::Different,
            there,
            below_there: below,
            here,
            below,
            words,
            text,
            note: "",
        });
    }
}

/// The members of an object, each once.
fn members<'t>(view: &View<'t>) -> Vec<(&'t str, &'t Node)> {
    let mut known = HashSet::new();
    let entries = view.all("properties").flat_map(|list| list.entries());
    entries
        .map(|entry| (entry.key.text.as_str(), &entry.value))
        .filter(|(name, _)| known.insert(*name))
        .collect()
}

/// What members may be that are not declared.
#[derive(Clone, Copy)]
enum Rest<'t> {
    Any,
    None,
    Schema(&'t Node),
}

fn rest<'t>(view: &View<'t>) -> Rest<'t> {
    let mut rest = Rest::Any;
    for stated in view.all("additionalProperties") {
        if stated.as_bool() == Some(false) {
            return Rest::None;
        }
        if !stated.entries().is_empty() {
            rest = Rest::Schema(stated);
        }
    }
    rest
}

impl<'t> Rest<'t> {
    fn words(self, side: &Side<'t>) -> String {
        match self {
            Self::Any => "any".to_owned(),
            Self::None => "none".to_owned(),
            Self::Schema(node) => words(&View::new(side, &[node])),
        }
    }
}

/// Whether a switch such as `required` is on, behind any reference.
pub(super) fn switch<'t>(side: &Side<'t>, node: &'t Node, key: &str) -> bool {
    is_on(home(side, node), key)
}
