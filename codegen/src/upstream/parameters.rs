//! Compares the parameters of two operations. One in the path goes by its position, because its name is on no wire; any
//! other goes by its name and where it is sent.

use super::difference::Kind;
use super::operation::Comparison;
use super::operations::Operation;
use crate::diff::side::{Side, is_on};
use crate::load::Node;

/// A parameter of an operation.
#[derive(Debug, Clone)]
struct Parameter<'t> {
    node: &'t Node,
    /// Where the parameter, or the reference to it, is listed.
    listed: &'t Node,
    name: &'t str,
    location: &'t str,
    /// The position in the path, or the name as it is on the wire.
    key: String,
}

impl<'t> Comparison<'_, 't> {
    /// Compares the parameters.
    pub(super) fn parameters(&mut self) {
        let mut there = parameters(self.theirs, self.there);
        let mut here = parameters(self.ours, self.here);
        let mut pairs = Vec::new();
        // First those that are sent in the same way, then those that only share their name.
        for by_location in [true, false] {
            here.retain(|ours| {
                let fits = |theirs: &Parameter<'t>| {
                    theirs.key == ours.key && (theirs.location == ours.location) == by_location
                };
                let Some(at) = there.iter().position(fits) else {
                    return true;
                };
                pairs.push((there.remove(at), ours.clone()));
                false
            });
        }
        for (theirs, ours) in pairs {
            self.parameter(&theirs, &ours);
        }
        for ours in here {
            let around = self.there.node;
            let around = around.get("parameters").unwrap_or(around);
            self.alone(around, false, &ours);
        }
        for theirs in there {
            self.alone(theirs.listed, true, &theirs);
        }
    }

    fn alone(&mut self, there: &'t Node, published: bool, parameter: &Parameter<'t>) {
        let text = format!("the {} parameter `{}`", parameter.location, parameter.name);
        let below = ["parameters", parameter.name];
        self.presence(
            Kind::Parameter,
            (there, published),
            (self.here.node, &below, !published),
            &text,
        );
        if let Some(found) = self.found.last_mut().filter(|_| !published) {
            found.here = self.ours.outline.key_place(parameter.listed);
        }
    }

    fn parameter(&mut self, theirs: &Parameter<'t>, ours: &Parameter<'t>) {
        let (there, here) = (theirs.node, ours.node);
        if theirs.location != ours.location {
            let words = [theirs.location, ours.location];
            self.differs(Kind::Style, there, (here, &["in"]), words, "the location");
        }
        let required = [there, here].map(|node| is_on(node, "required"));
        self.needed(there, here, required);
        let on = [there, here].map(|node| is_on(node, "deprecated"));
        self.deprecated(there, here, on);
        for key in ["style", "explode", "allowReserved"] {
            let words = [theirs, ours].map(|parameter| written(parameter, key));
            if words[0] != words[1] {
                let words = [words[0].as_str(), words[1].as_str()];
                self.differs(
                    Kind::Style,
                    there,
                    (here, &[key]),
                    words,
                    &format!("`{key}`"),
                );
            }
        }
        if there.get("content").is_some() && here.get("content").is_some() {
            self.media(there, here);
        } else {
            self.schemas_of(there, here);
        }
    }

    /// Reports whether something must be sent, where the two do not agree.
    pub(super) fn needed(&mut self, there: &'t Node, here: &'t Node, required: [bool; 2]) {
        if required[0] != required[1] {
            let word = |required: bool| if required { "required" } else { "optional" };
            let words = [word(required[0]), word(required[1])];
            self.differs(Kind::Required, there, (here, &["required"]), words, "");
        }
    }
}

/// How a parameter's value is written, what the standard assumes included.
fn written(parameter: &Parameter<'_>, key: &str) -> String {
    let text = |key: &str| parameter.node.get(key).and_then(Node::as_text);
    let style = text("style").unwrap_or(match parameter.location {
        "query" | "cookie" => "form",
        _ => "simple",
    });
    let assumed = match key {
        "style" => style,
        "explode" if style == "form" => "true",
        _ => "false",
    };
    text(key).unwrap_or(assumed).to_owned()
}

/// The parameters of an operation, those of its path included.
fn parameters<'t>(side: &Side<'t>, operation: &Operation<'t>) -> Vec<Parameter<'t>> {
    let mut found: Vec<Parameter<'t>> = Vec::new();
    for around in [operation.node, operation.item] {
        let list = around.get("parameters").map(Node::items);
        for node in list.unwrap_or_default() {
            let target = side.follow(node);
            let Some(parameter) = target.and_then(|target| parameter(operation.path, node, target))
            else {
                continue;
            };
            let is_known = |known: &Parameter<'t>| {
                known.name == parameter.name && known.location == parameter.location
            };
            // What the operation says stands before what its path says.
            if !found.iter().any(is_known) {
                found.push(parameter);
            }
        }
    }
    found
}

fn parameter<'t>(path: &str, listed: &'t Node, node: &'t Node) -> Option<Parameter<'t>> {
    let text = |key: &str| node.get(key).and_then(Node::as_text);
    let (name, location) = (text("name")?, text("in")?);
    let key = match location {
        "path" => {
            let before = path
                .split(&format!("{{{name}}}"))
                .next()
                .unwrap_or_default();
            format!("{{{}}}", before.matches('{').count())
        }
        "header" => name.to_lowercase(),
        _ => name.to_owned(),
    };
    Some(Parameter {
        node,
        listed,
        name,
        location,
        key,
    })
}
