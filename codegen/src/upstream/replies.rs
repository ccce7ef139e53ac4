//! Compares what two operations answer: the statuses, and of each the content and the headers.

use super::difference::Kind;
use super::operation::Comparison;
use super::schema::switch;
use crate::load::{Entry, Node};

impl<'t> Comparison<'_, 't> {
    /// Compares the replies.
    pub(super) fn replies(&mut self) {
        let (there, here) = (self.there.node, self.here.node);
        let (theirs, ours) = (entries(there, "responses"), entries(here, "responses"));
        for other in &ours {
            let below = ["responses", other.key.text.as_str()];
            match theirs.iter().find(|one| status(one) == status(other)) {
                Some(one) => self.reply(&one.value, &other.value),
                None => {
                    let text = format!("the status {}", other.key.text);
                    let around = there.get("responses").unwrap_or(there);
                    self.presence(Kind::Status, (around, false), (here, &below, true), &text);
                }
            }
        }
        for one in &theirs {
            if !ours.iter().any(|other| status(other) == status(one)) {
                let below = ["responses", one.key.text.as_str()];
                let text = format!("the status {}", one.key.text);
                self.presence(
                    Kind::Status,
                    (&one.value, true),
                    (here, &below, false),
                    &text,
                );
            }
        }
    }

    fn reply(&mut self, there: &'t Node, here: &'t Node) {
        let (Some(there), Some(here)) = (self.theirs.follow(there), self.ours.follow(here)) else {
            return;
        };
        self.media(there, here);
        let (theirs, ours) = (entries(there, "headers"), entries(here, "headers"));
        for other in &ours {
            let below = ["headers", other.key.text.as_str()];
            match theirs.iter().find(|one| header(one) == header(other)) {
                Some(one) => self.header(&one.value, &other.value),
                None => {
                    let text = format!("the header `{}`", other.key.text);
                    let around = there.get("headers").unwrap_or(there);
                    self.presence(Kind::Header, (around, false), (here, &below, true), &text);
                }
            }
        }
        for one in &theirs {
            if !ours.iter().any(|other| header(other) == header(one)) {
                let below = ["headers", one.key.text.as_str()];
                let text = format!("the header `{}`", one.key.text);
                self.presence(
                    Kind::Header,
                    (&one.value, true),
                    (here, &below, false),
                    &text,
                );
            }
        }
    }

    fn header(&mut self, there: &'t Node, here: &'t Node) {
        let (Some(there), Some(here)) = (self.theirs.follow(there), self.ours.follow(here)) else {
            return;
        };
        let required = [
            switch(self.theirs, there, "required"),
            switch(self.ours, here, "required"),
        ];
        self.needed(there, here, required);
        self.schemas_of(there, here);
    }
}

/// The entries of a mapping without private extensions and without the header that the content speaks for.
fn entries<'t>(node: &'t Node, key: &str) -> Vec<&'t Entry> {
    let all = node.get(key).map(Node::entries).unwrap_or_default();
    all.iter()
        .filter(|entry| {
            let name = entry.key.text.to_lowercase();
            !name.starts_with("x-") || key == "headers"
        })
        .filter(|entry| key != "headers" || header(entry) != "content-type")
        .collect()
}

fn status(entry: &Entry) -> String {
    entry.key.text.to_uppercase()
}

fn header(entry: &Entry) -> String {
    entry.key.text.to_lowercase()
}
