//! A schema with its references followed and its `allOf` taken apart: the list of parts that a value has to fit all of.

use foldhash::{HashSet, HashSetExt as _};

use crate::diff::outline::address;
use crate::diff::side::{Side, component_name, is_on, reference};
use crate::load::Node;

/// How many parts a schema may have, and how many nodes may be looked at to find them.
const MAX_PARTS: usize = 256;
const MAX_LOOKS: usize = 1_024;

/// A schema as it counts.
#[derive(Debug, Clone)]
pub(crate) struct View<'t> {
    /// Where the schema stands. A property that several parts describe stands in several places.
    pub(crate) origins: Vec<&'t Node>,
    /// What a value has to fit, the outermost first.
    pub(crate) parts: Vec<&'t Node>,
    /// A reference that leads nowhere.
    pub(crate) broken: Option<&'t Node>,
    /// Whether there were too many parts to look at.
    pub(crate) cut: bool,
    /// How many nodes were looked at.
    pub(super) looks: usize,
}

/// The keywords that say nothing about which values fit, so that they can stand around a reference.
const ANNOTATIONS: [&str; 13] = [
    "allOf",
    "type",
    "nullable",
    "title",
    "description",
    "example",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "$ref",
];

impl<'t> View<'t> {
    pub(crate) fn new(side: &Side<'t>, origins: &[&'t Node]) -> Self {
        let mut view = Self {
            origins: origins.to_vec(),
            parts: Vec::new(),
            broken: None,
            cut: false,
            looks: 0,
        };
        let mut seen = HashSet::new();
        let mut pending: Vec<&'t Node> = origins.iter().rev().copied().collect();
        while let Some(node) = pending.pop() {
            let text = reference(node);
            let inner = node.get("allOf").map(Node::items).unwrap_or_default();
            // What comes last and leads nowhere is not seen again.
            let is_last = pending.is_empty() && text.is_none() && inner.is_empty();
            let is_known = if is_last {
                seen.contains(&address(node))
            } else {
                !seen.insert(address(node))
            };
            if is_known {
                continue;
            }
            view.looks += 1;
            if view.parts.len() == MAX_PARTS || view.looks > MAX_LOOKS {
                view.cut = true;
                break;
            }
            match text {
                Some(text) => match side.target(text) {
                    Some(target) => pending.push(target),
                    None => view.broken = view.broken.or(Some(node)),
                },
                None => {
                    view.parts.push(node);
                    pending.extend(inner.iter().rev());
                }
            }
        }
        view
    }

    /// The node to point at where a keyword is missing.
    pub(crate) fn origin(&self) -> Option<&'t Node> {
        self.origins.first().copied()
    }

    /// The values of a keyword, one for each part that has it.
    pub(crate) fn all<'v>(&'v self, key: &'v str) -> impl Iterator<Item = &'t Node> + use<'v, 't> {
        self.parts.iter().filter_map(move |part| part.get(key))
    }

    /// The value of a keyword in the outermost part that has it.
    pub(crate) fn first(&self, key: &str) -> Option<&'t Node> {
        self.parts.iter().find_map(|part| part.get(key))
    }

    /// Whether a part says so.
    pub(crate) fn is_on(&self, key: &str) -> bool {
        self.parts.iter().any(|part| is_on(part, key))
    }

    /// The component that the schema goes by, and what stands around the reference to it if that says nothing about
    /// which values fit.
    pub(super) fn component(
        &self,
        side: &Side<'t>,
    ) -> Option<(&'t str, &'t Node, Option<&'t Node>)> {
        let [origin] = self.origins.as_slice() else {
            return None;
        };
        let name = component_name(origin)?;
        let target = side.components("schemas")?.get(name)?;
        if reference(origin).is_some() {
            return Some((name, target, None));
        }
        let plain = |key: &str| ANNOTATIONS.contains(&key) || key.starts_with("x-");
        origin
            .entries()
            .iter()
            .all(|entry| plain(&entry.key.text))
            .then_some((name, target, Some(*origin)))
    }

    /// Whether a value can be null: what stands outside overrules what it is made of.
    pub(crate) fn is_nullable(&self, side: &Side<'t>) -> bool {
        // A part can lead back to itself, so the looks that are taken are counted.
        let mut looks = MAX_LOOKS;
        self.origins
            .iter()
            .all(|origin| is_nullable(side, origin, &mut looks))
    }
}

fn is_nullable(side: &Side<'_>, node: &Node, looks: &mut usize) -> bool {
    let Some(left) = looks.checked_sub(1) else {
        return false;
    };
    *looks = left;
    if let Some(text) = reference(node) {
        return side
            .target(text)
            .is_some_and(|target| is_nullable(side, target, looks));
    }
    if let Some(stated) = node.get("nullable").and_then(Node::as_bool) {
        return stated;
    }
    let kinds = node.get("type");
    if kinds.is_some_and(|kinds| {
        kinds.as_str() == Some("null")
            || kinds
                .items()
                .iter()
                .any(|kind| kind.as_text() == Some("null"))
    }) {
        return true;
    }
    let parts = node.get("allOf").map(Node::items).unwrap_or_default();
    !parts.is_empty() && parts.iter().all(|part| is_nullable(side, part, looks))
}
