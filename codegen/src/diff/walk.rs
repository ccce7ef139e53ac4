//! What a comparison carries along: the two documents, what was found so far, and where it is being looked. Comparing is
//! the business of the other modules; this one keeps their findings and gives each its verdicts.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt as _};

use super::change::RustLines;
use super::meaning::Meaning;
use super::pattern::{self, Relation};
use super::rules::{Rule, Weight};
use super::schema::Pairs;
use super::security::{Names, names};
use super::side::Side;
use super::site;
use super::unchanged::Unchanged;
use super::verdict::{Verdict, Verdicts};
use crate::load::{Node, Tree};

/// How many comparisons of patterns may turn out to be too much work before no more are tried.
const MAX_HARD: usize = 20;

/// What is being compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Scope {
    /// Something that belongs to no operation.
    Document,
    /// An operation, by its position in [`Walk::operations`].
    Operation(usize),
    /// A pair of schemas, by its number.
    Pair(usize),
}

/// A node, and which part of it to point at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'t> {
    pub(super) node: &'t Node,
    /// Whether to point at the key under which the node stands, not at its value.
    pub(super) is_key: bool,
}

impl<'t> Spot<'t> {
    pub(super) fn key(node: &'t Node) -> Self {
        Self { node, is_key: true }
    }

    pub(super) fn value(node: &'t Node) -> Self {
        Self {
            node,
            is_key: false,
        }
    }

    /// The value of a keyword, or the key of what it would stand in.
    pub(super) fn keyword(value: Option<&'t Node>, around: &'t Node) -> Self {
        value.map_or(Self::key(around), Self::value)
    }

    /// The key of a thing, or of what it would stand in.
    pub(super) fn thing(thing: Option<&'t Node>, around: &'t Node) -> Self {
        Self::key(thing.unwrap_or(around))
    }
}

/// A difference, with what is needed to make a change of it.
#[derive(Debug, Clone)]
pub(super) struct Found<'t> {
    pub(super) rule: &'static Rule,
    pub(super) base: Spot<'t>,
    pub(super) revision: Spot<'t>,
    pub(super) text: String,
    /// What tells this difference from others of the rule at the same place.
    pub(super) values: (String, String),
    pub(super) rust: Option<RustLines>,
    pub(super) source: Option<Verdict>,
    pub(super) runtime: Option<Verdict>,
    /// Whether what differs travels in no message.
    pub(super) off_wire: bool,
    pub(super) slot: Option<usize>,
    pub(super) scope: Scope,
    pub(super) verdicts: Verdicts,
}

impl<'t> Found<'t> {
    pub(super) fn new(
        rule: &'static Rule,
        base: Spot<'t>,
        revision: Spot<'t>,
        text: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            base,
            revision,
            text: text.into(),
            values: Default::default(),
            rust: None,
            source: None,
            runtime: None,
            off_wire: false,
            slot: None,
            scope: Scope::Document,
            verdicts: Verdicts::default(),
        }
    }

    /// What stands there before and after.
    pub(super) fn values(mut self, base: impl Into<String>, revision: impl Into<String>) -> Self {
        self.values = (base.into(), revision.into());
        self
    }

    /// The Rust line before and after; where the two differ, callers break.
    pub(super) fn rust(mut self, lines: RustLines) -> Self {
        self.rust = Some(lines);
        self
    }

    /// The verdict on callers, where the rule leaves it open.
    pub(super) fn source(mut self, verdict: Verdict) -> Self {
        self.source = Some(verdict);
        self
    }

    /// The verdict on behaviour, where the rule leaves it open.
    pub(super) fn runtime(mut self, verdict: Verdict) -> Self {
        self.runtime = Some(verdict);
        self
    }

    /// What differs travels in no message.
    pub(super) fn off_wire(mut self, off: bool) -> Self {
        self.off_wire = off;
        self
    }

    /// The place in the generated client that the difference is about.
    pub(super) fn slot(mut self, slot: usize) -> Self {
        self.slot = Some(slot);
        self
    }
}

/// A place in the generated client that takes its type from a schema: a field, an argument, a reply.
#[derive(Debug)]
pub(super) struct Slot<'t> {
    pub(super) lines: RustLines,
    /// Whether a difference was found that explains why the lines differ.
    pub(super) is_explained: bool,
    /// Other places whose schemas are the same pair, so that what explains them explains this one.
    pub(super) alike: Vec<usize>,
    /// The rule to report when the lines differ and nothing explains it.
    pub(super) otherwise: Option<&'static Rule>,
    pub(super) base: Spot<'t>,
    pub(super) revision: Spot<'t>,
    pub(super) scope: Scope,
    /// What to say of it then.
    pub(super) text: &'static str,
}

/// An operation of either document.
#[derive(Debug, Clone)]
pub(super) struct Operation<'t> {
    /// The operation id, or method and path.
    pub(super) name: String,
    pub(super) method: String,
    pub(super) path: &'t str,
    /// The numbers of the pairs of schemas that it uses.
    pub(super) reaches: Vec<usize>,
}

#[derive(Debug)]
pub(super) struct Walk<'t> {
    pub(super) base: Side<'t>,
    pub(super) revision: Side<'t>,
    pub(super) found: Vec<Found<'t>>,
    pub(super) slots: Vec<Slot<'t>>,
    pub(super) operations: Vec<Operation<'t>>,
    pub(super) pairs: Pairs<'t>,
    /// The hosts that the operations of the revision go to.
    pub(super) hosts: BTreeSet<String>,
    /// By security scheme, the operations that ask for it on both sides.
    pub(super) schemes: HashMap<&'t str, Vec<usize>>,
    /// What the security schemes of both sides are called in the comparison.
    pub(super) scheme_names: (Names<'t>, Names<'t>),
    pub(super) scope: Scope,
    /// By schema component of the base, what uses it in a way that is not taken apart.
    pub(super) mentions: HashMap<&'t str, Vec<Scope>>,
    /// What was found out about two nodes, by their addresses.
    pub(super) meanings: HashMap<(usize, usize), Meaning<'t>>,
    /// How many pairs of nodes were looked at for that.
    pub(super) looks: usize,
    unchanged: Unchanged,
    relations: HashMap<(String, String), Relation>,
    hard_patterns: usize,
}

impl<'t> Walk<'t> {
    pub(super) fn new(base: &'t Tree, revision: &'t Tree) -> Self {
        let (base, revision) = (Side::new(base), Side::new(revision));
        Self {
            unchanged: Unchanged::new(&base.outline, &revision.outline),
            scheme_names: names(&base, &revision),
            base,
            revision,
            found: Vec::new(),
            slots: Vec::new(),
            operations: Vec::new(),
            pairs: Pairs::default(),
            hosts: BTreeSet::new(),
            schemes: HashMap::new(),
            scope: Scope::Document,
            mentions: HashMap::new(),
            meanings: HashMap::new(),
            looks: 0,
            relations: HashMap::new(),
            hard_patterns: 0,
        }
    }

    /// Keeps a difference and gives it its verdicts.
    pub(super) fn report(&mut self, mut found: Found<'t>) {
        let slot = found.slot.and_then(|slot| self.slots.get_mut(slot));
        if found.rust.is_none() {
            found.rust = slot.as_ref().map(|slot| slot.lines.clone());
        }
        found.rust = found
            .rust
            .filter(|lines| lines.base.is_some() || lines.revision.is_some());
        let differs = found
            .rust
            .as_ref()
            .is_some_and(|lines| lines.base != lines.revision);
        let source = match found.rule.source {
            Weight::Fixed(verdict) => verdict,
            Weight::Derived => found.source.unwrap_or(if differs {
                Verdict::Breaking
            } else {
                Verdict::None
            }),
        };
        let runtime = match found.rule.runtime {
            Weight::Fixed(verdict) => verdict,
            Weight::Derived => found.runtime.unwrap_or_default(),
        };
        if let Some(slot) = slot {
            slot.is_explained |= source == Verdict::Breaking;
        }
        let wire = if found.off_wire {
            Verdict::None
        } else {
            found.rule.wire
        };
        found.verdicts = Verdicts {
            wire,
            source,
            runtime,
        };
        found.scope = self.scope;
        self.found.push(found);
    }

    /// Opens a place of the generated client.
    pub(super) fn slot(
        &mut self,
        lines: RustLines,
        otherwise: Option<&'static Rule>,
        (base, revision): (Spot<'t>, Spot<'t>),
        text: &'static str,
    ) -> usize {
        let scope = self.scope;
        self.slots.push(Slot {
            lines,
            is_explained: false,
            alike: Vec::new(),
            otherwise,
            base,
            revision,
            scope,
            text,
        });
        self.slots.len() - 1
    }

    /// Opens a place that callers see nothing of.
    pub(super) fn hidden_slot(&mut self, spots: (Spot<'t>, Spot<'t>)) -> usize {
        self.slot(RustLines::default(), None, spots, "")
    }

    /// Reports every place of the generated client that changed and that nothing explains.
    pub(super) fn report_unexplained(&mut self) {
        let explained: Vec<bool> = self.slots.iter().map(|slot| slot.is_explained).collect();
        let is_explained = |at: &usize| explained.get(*at) == Some(&true);
        for slot in std::mem::take(&mut self.slots) {
            let Some(rule) = slot.otherwise else { continue };
            let (Some(base), Some(revision)) =
                (slot.lines.base.clone(), slot.lines.revision.clone())
            else {
                continue;
            };
            if base != revision && !slot.is_explained && !slot.alike.iter().any(is_explained) {
                self.scope = slot.scope;
                let text = format!("{} {}", self.words(slot.base.node), slot.text);
                let found = Found::new(rule, slot.base, slot.revision, text);
                self.report(found.values(base, revision).rust(slot.lines));
            }
        }
    }

    /// Whether two nodes are written alike, with all that they refer to.
    pub(super) fn is_same(&self, base: Option<&Node>, revision: Option<&Node>) -> bool {
        match (base, revision) {
            (Some(base), Some(revision)) => self.unchanged.is_same(
                (&self.base.outline, base),
                (&self.revision.outline, revision),
            ),
            (None, None) => true,
            _ => false,
        }
    }

    /// Whether as many nodes on both sides are written alike, each with all that it refers to.
    pub(super) fn are_same(&self, base: &[&Node], revision: &[&Node]) -> bool {
        let mut pairs = base.iter().zip(revision);
        base.len() == revision.len() && pairs.all(|(old, new)| self.is_same(Some(old), Some(new)))
    }

    /// Whether two nodes are equal, which those that are written alike are. What they refer to is not looked at.
    pub(super) fn is_equal(&self, base: Option<&Node>, revision: Option<&Node>) -> bool {
        let alike = base.zip(revision).and_then(|(base, revision)| {
            self.unchanged.written_alike(
                (&self.base.outline, base),
                (&self.revision.outline, revision),
            )
        });
        alike.is_some() || base == revision
    }

    /// Takes nothing for unchanged.
    #[cfg(test)]
    pub(super) fn look_at_everything(&mut self) {
        self.unchanged = Unchanged::default();
    }

    /// Words for a node of the base.
    pub(super) fn words(&self, node: &Node) -> String {
        site::words(&self.base.outline, node)
    }

    /// How two patterns relate.
    pub(super) fn relate(&mut self, base: &str, revision: &str) -> Relation {
        let key = (base.to_owned(), revision.to_owned());
        if let Some(known) = self.relations.get(&key) {
            return *known;
        }
        let found = if self.hard_patterns < MAX_HARD {
            pattern::relate(base, revision)
        } else {
            None
        };
        self.hard_patterns += usize::from(found.is_none());
        let relation = found.unwrap_or(Relation::Unknown);
        self.relations.insert(key, relation);
        relation
    }
}
