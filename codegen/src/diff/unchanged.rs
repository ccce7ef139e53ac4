//! What is written alike in both documents, together with all that it refers to. Nothing can be found in it, so the
//! comparison passes it over, and a small change to a long document takes little more time than reading the two.

use std::hash::{BuildHasher, Hasher};

use foldhash::{HashMap, HashMapExt as _};

use super::outline::{NUMBERS, Outline};
use super::schema::descendants;
use super::side::SCHEMAS;
use crate::load::{Node, escape};

/// Which nodes are written alike.
#[derive(Debug, Default)]
pub(super) struct Unchanged {
    /// For each node, by position, a number that nodes written alike have in common.
    base: Vec<u64>,
    revision: Vec<u64>,
    /// For each node of the base, whether a reference in it leads to something that is not written alike.
    leads_on: Vec<bool>,
}

impl Unchanged {
    pub(super) fn new(base: &Outline<'_>, revision: &Outline<'_>) -> Self {
        let mut unchanged = Self {
            base: numbers(base),
            revision: numbers(revision),
            leads_on: vec![false; base.len()],
        };
        unchanged.follow(base, revision);
        unchanged
    }

    /// Whether two nodes are written alike, with all that they refer to.
    pub(super) fn is_same(
        &self,
        (base, one): (&Outline<'_>, &Node),
        (revision, other): (&Outline<'_>, &Node),
    ) -> bool {
        let position = self.written_alike((base, one), (revision, other));
        position.is_some_and(|at| self.leads_on.get(at) == Some(&false))
    }

    /// The position of a node in the base if another one is written like it, whatever the two refer to.
    pub(super) fn written_alike(
        &self,
        (base, one): (&Outline<'_>, &Node),
        (revision, other): (&Outline<'_>, &Node),
    ) -> Option<usize> {
        let at = base.position(one)?;
        let number = self.revision.get(revision.position(other)?)?;
        (self.base.get(at)? == number).then_some(at)
    }

    /// Finds out where references lead on.
    fn follow(&mut self, base: &Outline<'_>, revision: &Outline<'_>) {
        let components = components(base);
        let others = components_by_name(revision);
        let mut changed: Vec<bool> = Vec::new();
        // In which component each node stands.
        let mut owners: Vec<Option<usize>> = vec![None; self.base.len()];
        let mut by_name = HashMap::new();
        for (name, node) in &components {
            let number =
                |numbers: &[u64], at: Option<usize>| at.and_then(|at| numbers.get(at).copied());
            let other = others.get(name).and_then(|other| revision.position(other));
            let at = base.position(node);
            if let Some(owner) = at.and_then(|at| owners.get_mut(at)) {
                *owner = Some(changed.len());
            }
            by_name.insert(name.as_str(), changed.len());
            changed.push(number(&self.base, at) != number(&self.revision, other));
        }
        for (at, (_, parent, _)) in base.stands().enumerate() {
            let around = owners.get(parent).copied().flatten();
            if let Some(owner) = owners.get_mut(at) {
                *owner = owner.or(around);
            }
        }
        // Which component each reference leads to.
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); components.len()];
        let mut references = Vec::new();
        for (at, text) in base.references() {
            let owner = owners.get(at).copied().flatten();
            match by_name.get(text) {
                Some(target) => {
                    references.push((at, *target));
                    if let (Some(users), Some(owner)) = (users.get_mut(*target), owner) {
                        users.push(owner);
                    }
                }
                // What leads to anything but a component is looked at each time.
                None => {
                    set(&mut self.leads_on, at);
                    owner.into_iter().for_each(|owner| set(&mut changed, owner));
                }
            }
        }
        self.build_on(
            (base, revision),
            &by_name,
            &mut users,
            &mut changed,
            &mut references,
        );
        let mut pending: Vec<usize> = (0..changed.len())
            .filter(|at| changed.get(*at) == Some(&true))
            .collect();
        while let Some(component) = pending.pop() {
            for user in users.get(component).into_iter().flatten() {
                if changed.get(*user) == Some(&false) {
                    set(&mut changed, *user);
                    pending.push(*user);
                }
            }
        }
        for (at, target) in references {
            if changed.get(target) == Some(&true) {
                set(&mut self.leads_on, at);
            }
        }
        // What stands in a node comes after it.
        for (at, (_, parent, _)) in base.stands().enumerate().rev() {
            if self.leads_on.get(at) == Some(&true) {
                set(&mut self.leads_on, parent);
            }
        }
    }

    /// A component with a discriminator leads on to those that build on it: a value of it can be any of them.
    fn build_on(
        &mut self,
        (base, revision): (&Outline<'_>, &Outline<'_>),
        by_name: &HashMap<&str, usize>,
        users: &mut [Vec<usize>],
        changed: &mut [bool],
        references: &mut Vec<(usize, usize)>,
    ) {
        let (old, new) = (schemas(base), schemas(revision));
        for entry in old.map(Node::entries).unwrap_or_default() {
            let Some(node) = entry.value.get("discriminator") else {
                continue;
            };
            let name = entry.key.text.as_str();
            let number = |name: &str| by_name.get(format!("{SCHEMAS}{name}").as_str()).copied();
            let (Some(own), Some(at)) = (number(name), base.position(node)) else {
                continue;
            };
            let (was, is) = (descendants(old, name), descendants(new, name));
            if was != is {
                set(changed, own);
                set(&mut self.leads_on, at);
            }
            for child in was.into_iter().filter_map(number) {
                references.push((at, child));
                if let Some(users) = users.get_mut(child) {
                    users.push(own);
                }
            }
        }
    }
}

fn schemas<'t>(outline: &Outline<'t>) -> Option<&'t Node> {
    outline.root().get("components")?.get("schemas")
}

fn set(flags: &mut [bool], at: usize) {
    if let Some(flag) = flags.get_mut(at) {
        *flag = true;
    }
}

/// The components of a document, by the text of a reference to them.
fn components<'t>(outline: &Outline<'t>) -> Vec<(String, &'t Node)> {
    let kinds = outline.root().get("components").map(Node::entries);
    let named = kinds.unwrap_or_default().iter().flat_map(|kind| {
        let entries = kind.value.entries().iter();
        entries.map(|entry| {
            let reference = format!(
                "#/components/{}/{}",
                escape(&kind.key.text),
                escape(&entry.key.text)
            );
            (reference, &entry.value)
        })
    });
    named.collect()
}

fn components_by_name<'t>(outline: &Outline<'t>) -> HashMap<String, &'t Node> {
    components(outline).into_iter().collect()
}

/// A number for each node, by position: nodes have it in common if they are of the same kind, have the same text, and hold
/// the same things under the same keys in the same order.
fn numbers(outline: &Outline<'_>) -> Vec<u64> {
    let mut numbers = vec![0; outline.len()];
    // What stands in a node comes after it.
    for (at, (own, _, inside)) in outline.stands().enumerate().rev() {
        let mut hasher = NUMBERS.build_hasher();
        hasher.write_u64(own);
        let values = numbers.get(inside).unwrap_or_default();
        values.iter().for_each(|value| hasher.write_u64(*value));
        if let Some(slot) = numbers.get_mut(at) {
            *slot = hasher.finish();
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;

    const BASE: &str = "paths:
  /a: {$ref: '#/components/schemas/A'}
  /b: {$ref: '#/components/schemas/B'}
  /c: {$ref: '#/paths/~1a'}
components:
  schemas:
    A: {properties: {b: {$ref: '#/components/schemas/B'}}}
    B: {properties: {a: {$ref: '#/components/schemas/C'}, own: {$ref: '#/components/schemas/B'}}}
    C: {type: string, enum: [x, y]}
    D: {type: string}
";

    /// The pointers of all that is not the same.
    fn changed(from: &str, to: &str) -> Vec<&'static str> {
        let trees =
            [BASE, &BASE.replace(from, to)].map(|text| load("a.yaml", text.as_bytes()).unwrap());
        let [base, revision] = [Outline::new(&trees[0]), Outline::new(&trees[1])];
        let unchanged = Unchanged::new(&base, &revision);
        let pointers = [
            "/paths/~1a",
            "/paths/~1b",
            "/paths/~1c",
            "/components/schemas/A",
            "/components/schemas/B",
            "/components/schemas/C",
            "/components/schemas/D",
        ];
        let same = |pointer: &&str| {
            let node = |tree: &'_ crate::load::Tree| tree.at(pointer).is_some();
            node(&trees[0])
                && node(&trees[1])
                && unchanged.is_same(
                    (&base, trees[0].at(pointer).unwrap()),
                    (&revision, trees[1].at(pointer).unwrap()),
                )
        };
        pointers
            .into_iter()
            .filter(|pointer| !same(pointer))
            .collect()
    }

    #[test]
    fn what_leads_to_something_that_changed_is_not_the_same() {
        // A reference to anything but a component is never taken for the same.
        assert_eq!(changed("x", "x"), ["/paths/~1c"]);
        assert_eq!(
            changed("D: {type: string}", "D: {type: integer}"),
            ["/paths/~1c", "/components/schemas/D"]
        );
        assert_eq!(
            changed("[x, y]", "[x, z]"),
            [
                "/paths/~1a",
                "/paths/~1b",
                "/paths/~1c",
                "/components/schemas/A",
                "/components/schemas/B",
                "/components/schemas/C",
            ]
        );
        assert_eq!(
            changed("A: {properties", "A: {x-a: b, properties"),
            ["/paths/~1a", "/paths/~1c", "/components/schemas/A"]
        );
    }

    #[test]
    fn order_and_kind_count() {
        assert!(changed("[x, y]", "[y, x]").contains(&"/components/schemas/C"));
        assert!(
            changed("type: string, enum", "enum: [x, y], type: string, x-enum")
                .contains(&"/components/schemas/C")
        );
        assert!(changed("D: {type: string}", "D: {type: 'string'}") == ["/paths/~1c"]);
        assert!(changed("[x, y]", "[x, 'y', 1]").contains(&"/components/schemas/C"));
        assert!(changed("[x, y]", "{x: y}").contains(&"/components/schemas/C"));
    }
}
