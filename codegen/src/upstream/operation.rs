//! Compares one operation with its counterpart, and keeps what is found.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::difference::{Difference, Kind, Way};
use super::operations::Operation;
use super::place::At;
use crate::diff::outline::Outline;
use crate::diff::side::{Side, is_on};
use crate::diff::site::words;
use crate::finding::Place;
use crate::load::Node;

/// What is compared, what was found, and what waits to be compared.
pub(super) struct Comparison<'a, 't> {
    pub(super) theirs: &'a Side<'t>,
    pub(super) ours: &'a Side<'t>,
    pub(super) there: &'a Operation<'t>,
    pub(super) here: &'a Operation<'t>,
    pub(super) seen: HashSet<(usize, usize)>,
    pub(super) pending: Vec<(&'t Node, &'t Node)>,
    pub(super) found: Vec<Difference>,
}

/// What one difference consists of, before it is put into words.
pub(super) struct Said<'w, 't> {
    pub(super) kind: Kind,
    pub(super) way: Way,
    pub(super) there: &'t Node,
    /// The words of the pointer below `there`, as far as they lead.
    pub(super) below_there: &'w [&'w str],
    pub(super) here: &'t Node,
    /// The words of the pointer below `here`.
    pub(super) below: &'w [&'w str],
    /// What upstream says, and what the curated document says.
    pub(super) words: [&'w str; 2],
    /// What of it differs, in words; nothing where it is the thing itself.
    pub(super) text: &'w str,
    /// What is to be said besides.
    pub(super) note: &'w str,
}

impl<'a, 't> Comparison<'a, 't> {
    /// Everything in which two operations differ.
    pub(super) fn compare(
        (theirs, there): (&'a Side<'t>, &'a Operation<'t>),
        (ours, here): (&'a Side<'t>, &'a Operation<'t>),
    ) -> Vec<Difference> {
        let mut comparison = Self {
            theirs,
            ours,
            there,
            here,
            seen: HashSet::new(),
            pending: Vec::new(),
            found: Vec::new(),
        };
        comparison.servers();
        comparison.security();
        let deprecated = [there.node, here.node].map(|node| is_on(node, "deprecated"));
        comparison.deprecated(there.node, here.node, deprecated);
        comparison.parameters();
        comparison.body();
        comparison.replies();
        comparison.finish();
        comparison.found
    }

    fn servers(&mut self) {
        let lists = [self.there, self.here].map(|operation| {
            let origins: BTreeSet<&str> = operation.origins.iter().copied().collect();
            origins.into_iter().collect::<Vec<_>>().join(", ")
        });
        if lists[0] != lists[1] {
            let (there, here) = (self.there.servers, self.here.servers);
            let words = [lists[0].as_str(), lists[1].as_str()];
            // A document that names no server would do so at its top.
            let is_root = std::ptr::eq(here, self.ours.root());
            let below: &[&str] = if is_root { &["servers"] } else { &[] };
            self.differs(Kind::Server, there, (here, below), words, "the server");
        }
    }

    fn security(&mut self) {
        let there = security(self.theirs, self.there.node);
        let here = security(self.ours, self.here.node);
        if there.1 != here.1 {
            let words = [there.1.as_str(), here.1.as_str()];
            let node = |found: Option<&'t Node>, operation: &Operation<'t>| {
                found.unwrap_or(operation.node)
            };
            let (one, other) = (node(there.0, self.there), node(here.0, self.here));
            let below: &[&str] = if here.0.is_some() { &[] } else { &["security"] };
            self.differs(Kind::Security, one, (other, below), words, "the security");
        }
    }

    /// Reports whether something should no longer be used, where the two do not agree.
    pub(super) fn deprecated(&mut self, there: &'t Node, here: &'t Node, on: [bool; 2]) {
        if on[0] != on[1] {
            let word = |on: bool| if on { "deprecated" } else { "in use" };
            let words = [word(on[0]), word(on[1])];
            self.differs(Kind::Deprecation, there, (here, &["deprecated"]), words, "");
        }
    }

    /// Keeps a difference.
    pub(super) fn said(&mut self, said: Said<'_, 't>) {
        let [published, curated] = said.words;
        let outline = &self.ours.outline;
        let (method, path) = (self.here.method.as_str(), self.here.path);
        let at = At::of(outline, (method, path), said.here, said.below);
        // Servers and credentials can stand at the top of the document, and still they are those of the operation.
        let owner = match said.kind {
            Kind::Server | Kind::Security => format!("`{}`", self.here.name()),
            _ => words(outline, said.here),
        };
        let of = if said.text.is_empty() {
            owner
        } else {
            format!("{} of {owner}", said.text)
        };
        let text = match said.way {
            Way::Missing => format!("{of} is upstream, and not here"),
            Way::Extra => format!("{of} is here, and not upstream"),
            Way::Different => {
                format!(
                    "{of} is `{curated}` here and `{published}` upstream{}",
                    said.note
                )
            }
        };
        self.found.push(Difference {
            kind: said.kind,
            way: said.way,
            at,
            published: published.to_owned(),
            curated: curated.to_owned(),
            text,
            here: place(outline, said.here, said.below),
            there: place(&self.theirs.outline, said.there, said.below_there),
            operations: vec![self.here.name()],
            decided: None,
        });
    }
}

/// Where something stands below a node: the value if it is there, otherwise the key of what it would stand in.
fn place(outline: &Outline<'_>, node: &Node, below: &[&str]) -> Place {
    let mut around = node;
    for word in below {
        // A list of names holds the name itself.
        let item = around
            .items()
            .iter()
            .find(|item| item.as_text() == Some(word));
        match around.get(word).or(item) {
            Some(found) => around = found,
            None => return outline.key_place(around),
        }
    }
    if below.is_empty() {
        outline.key_place(around)
    } else {
        outline.value_place(around)
    }
}

/// What lists the credentials of an operation, and the ways in with the names of the schemes left out.
fn security<'t>(side: &Side<'t>, operation: &'t Node) -> (Option<&'t Node>, String) {
    let own = operation.get("security");
    let listed = own.or_else(|| side.root().get("security"));
    let schemes = side.components("securitySchemes");
    let mut ways: BTreeSet<String> = BTreeSet::new();
    for way in listed.map(Node::items).unwrap_or_default() {
        let needed: BTreeMap<String, BTreeSet<&str>> = way
            .entries()
            .iter()
            .map(|entry| {
                let declared = schemes.and_then(|schemes| schemes.get(&entry.key.text));
                let declared = declared.and_then(|scheme| side.follow(scheme));
                let scopes = entry.value.items().iter().filter_map(Node::as_text);
                (scheme(declared, &entry.key.text), scopes.collect())
            })
            .collect();
        let words: Vec<String> = needed
            .into_iter()
            .map(|(scheme, scopes)| {
                let scopes: Vec<&str> = scopes.into_iter().collect();
                if scopes.is_empty() {
                    scheme
                } else {
                    format!("{scheme} for {}", scopes.join(" "))
                }
            })
            .collect();
        ways.insert(if words.is_empty() {
            "none".to_owned()
        } else {
            words.join(" with ")
        });
    }
    if ways.is_empty() {
        ways.insert("none".to_owned());
    }
    (listed, ways.into_iter().collect::<Vec<_>>().join(" or "))
}

/// A security scheme by what it is on the wire.
fn scheme(declared: Option<&Node>, name: &str) -> String {
    let Some(declared) = declared else {
        return format!("undeclared {name}");
    };
    let text = |key: &str| {
        declared
            .get(key)
            .and_then(Node::as_text)
            .unwrap_or_default()
    };
    match text("type") {
        "http" => format!("http {}", text("scheme").to_lowercase()),
        "apiKey" => format!("apiKey {} in {}", text("name"), text("in")),
        "openIdConnect" => format!("openIdConnect {}", text("openIdConnectUrl")),
        other => other.to_owned(),
    }
}
