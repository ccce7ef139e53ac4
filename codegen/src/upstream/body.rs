//! Compares the body of a request, and the content of anything that has some: media types, their schemas, and how the
//! fields of a form are written.

use std::collections::BTreeSet;

use super::difference::{Kind, Way};
use super::operation::{Comparison, Said};
use super::schema::switch;
use super::shape::value;
use crate::load::{Entry, Node};

impl<'t> Comparison<'_, 't> {
    /// Compares the bodies of the requests.
    pub(super) fn body(&mut self) {
        let (there, here) = (self.there.node, self.here.node);
        let bodies = (
            there
                .get("requestBody")
                .and_then(|body| self.theirs.follow(body)),
            here.get("requestBody")
                .and_then(|body| self.ours.follow(body)),
        );
        match bodies {
            (Some(theirs), Some(ours)) => {
                let required = [
                    switch(self.theirs, theirs, "required"),
                    switch(self.ours, ours, "required"),
                ];
                self.needed(theirs, ours, required);
                self.media(theirs, ours);
            }
            (theirs, ours) => self.presence(
                Kind::Body,
                (there.get("requestBody").unwrap_or(there), theirs.is_some()),
                (here, &["requestBody"], ours.is_some()),
                "the request body",
            ),
        }
    }

    /// Compares the `content` of two things.
    pub(super) fn media(&mut self, there: &'t Node, here: &'t Node) {
        let content = |node: &'t Node| -> &'t [Entry] {
            node.get("content").map(Node::entries).unwrap_or_default()
        };
        let (theirs, ours) = (content(there), content(here));
        if theirs.is_empty() != ours.is_empty() {
            let has = (!theirs.is_empty(), !ours.is_empty());
            self.presence(
                Kind::MediaType,
                (there.get("content").unwrap_or(there), has.0),
                (here, &["content"], has.1),
                "the content",
            );
            return;
        }
        if let ([one], [other]) = (theirs, ours)
            && name(one) != name(other)
        {
            let words = [one.key.text.as_str(), other.key.text.as_str()];
            self.said(Said {
                kind: Kind::MediaType,
                way: Way::Different,
                there,
                below_there: &["content", words[0]],
                here,
                below: &["content", words[1]],
                words,
                text: "the media type",
                note: "",
            });
            self.medium(&one.value, &other.value);
            return;
        }
        for other in ours {
            match theirs.iter().find(|one| name(one) == name(other)) {
                Some(one) => self.medium(&one.value, &other.value),
                None => self.type_alone((there, false), (here, true), other),
            }
        }
        for one in theirs {
            if !ours.iter().any(|other| name(other) == name(one)) {
                self.type_alone((there, true), (here, false), one);
            }
        }
    }

    fn type_alone(&mut self, there: (&'t Node, bool), here: (&'t Node, bool), medium: &'t Entry) {
        let text = format!("the media type `{}`", medium.key.text);
        let below = ["content", medium.key.text.as_str()];
        let there = if there.1 {
            (&medium.value, true)
        } else {
            there
        };
        self.presence(Kind::MediaType, there, (here.0, &below, here.1), &text);
    }

    fn medium(&mut self, there: &'t Node, here: &'t Node) {
        self.schemas_of(there, here);
        let fields = |node: &'t Node| {
            let encoding = node.get("encoding").map(Node::entries);
            encoding.unwrap_or_default().iter()
        };
        let names: BTreeSet<&str> = fields(there)
            .chain(fields(here))
            .map(|entry| entry.key.text.as_str())
            .collect();
        for name in names {
            let words = [there, here].map(|node| {
                let encoding = node.get("encoding").and_then(|all| all.get(name));
                encoding.map_or_else(|| "none".to_owned(), written)
            });
            if words[0] != words[1] {
                let below = ["encoding", name];
                let text = format!("the encoding of the field `{name}`");
                let words = [words[0].as_str(), words[1].as_str()];
                self.differs(Kind::Encoding, there, (here, &below), words, &text);
            }
        }
    }
}

/// A media type as it counts: neither case nor blanks do.
fn name(medium: &Entry) -> String {
    medium.key.text.to_lowercase().replace(' ', "")
}

/// How a field is written, as far as it is said.
fn written(encoding: &Node) -> String {
    let keys = ["contentType", "style", "explode", "allowReserved"];
    let said = keys.iter().filter_map(|key| {
        let stated = encoding.get(key)?;
        let label = if *key == "contentType" {
            String::new()
        } else {
            format!("{key} ")
        };
        Some(format!("{label}{}", value(Some(stated))))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        "none".to_owned()
    } else {
        said.join(", ")
    }
}
