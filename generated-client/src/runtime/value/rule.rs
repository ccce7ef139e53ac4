//! What the document asks of the properties of a request's body beside their types, checked before the body is sent.

use super::write::{View, WriteValue};

/// What the document asks of one property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Whether it must be given. A text that must be given says something.
    pub(crate) required: bool,
    /// How many items it has at least, where it is an array that is given (`minItems`).
    pub(crate) least: usize,
}

const FREE: Rule = Rule {
    required: false,
    least: 0,
};

/// Which rule a body breaks, with the name of the property that breaks it and what to do; nothing if it breaks none.
pub(crate) fn broken(body: &dyn WriteValue) -> Option<String> {
    let Breach { path, text } = breach(body, FREE)?;
    Some(format!("`{path}` {text}"))
}

struct Breach {
    path: String,
    text: String,
}

impl Breach {
    fn new(text: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            text: text.into(),
        }
    }

    /// The same, seen from one level further up.
    fn within(self, outer: &str) -> Self {
        let dot = match self.path.chars().next() {
            None | Some('[') => "",
            Some(_) => ".",
        };
        Self {
            path: format!("{outer}{dot}{}", self.path),
            text: self.text,
        }
    }
}

fn breach(value: &dyn WriteValue, rule: Rule) -> Option<Breach> {
    let mut found = None;
    value.write(&mut |view| {
        found = match view {
            View::Some(value) => breach(value, rule),
            View::Text(text) if rule.required && text.trim().is_empty() => {
                Some(Breach::new("is empty; give it a text"))
            }
            View::List(items) if items.count() < rule.least => Some(Breach::new(format!(
                "has fewer items than it needs ({} of {}); add some, or do not send it",
                items.count(),
                rule.least
            ))),
            View::List(items) => (0..items.count()).find_map(|index| {
                let breach = breach(items.item(index)?, FREE)?;
                Some(breach.within(&format!("[{index}]")))
            }),
            View::Pairs(pairs) => pairs
                .iter()
                .find_map(|(name, value)| Some(breach(*value, FREE)?.within(name))),
            View::Object(_, members, _, rules) => {
                members.iter().zip(rules).find_map(|((name, value), rule)| {
                    if value.is_absent() {
                        return None;
                    }
                    Some(breach(*value, *rule)?.within(name))
                })
            }
            _ => None,
        };
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::serialized;

    struct Item {
        sid: String,
        note: Option<String>,
    }

    serialized! {
        Item,
        "sid" => sid required,
        "note" => note optional,
    }

    struct Report {
        items: Vec<Item>,
        tags: Option<Vec<String>>,
        parent: Option<Item>,
    }

    serialized! {
        Report,
        "items" => items required 1,
        "tags" => tags optional 2,
        "parent" => parent optional,
    }

    fn item(sid: &str) -> Item {
        Item {
            sid: sid.to_owned(),
            note: None,
        }
    }

    fn report(sids: &[&str]) -> Report {
        Report {
            items: sids.iter().copied().map(item).collect(),
            tags: None,
            parent: None,
        }
    }

    #[test]
    fn a_body_that_keeps_every_rule_breaks_none() {
        let mut whole = report(&["a", "b"]);
        whole.tags = Some(vec!["x".to_owned(), String::new()]);
        whole.parent = Some(Item {
            note: Some(String::new()),
            ..item("c")
        });
        assert_eq!(broken(&whole), None);
    }

    #[test]
    fn what_breaks_a_rule_is_named_by_its_path() {
        let few = "has fewer items than it needs";
        assert!(
            broken(&report(&[]))
                .unwrap()
                .starts_with(&format!("`items` {few} (0 of 1)"))
        );
        for blank in ["", " ", "\t\n", "\u{a0}"] {
            let told = broken(&report(&["a", blank])).unwrap();
            assert_eq!(told, "`items[1].sid` is empty; give it a text");
        }
        let mut tagged = report(&["a"]);
        tagged.tags = Some(vec!["x".to_owned()]);
        assert!(
            broken(&tagged)
                .unwrap()
                .starts_with(&format!("`tags` {few} (1 of 2)"))
        );
        let mut within = report(&["a"]);
        within.parent = Some(item(""));
        assert_eq!(
            broken(&within).unwrap(),
            "`parent.sid` is empty; give it a text"
        );
    }
}
