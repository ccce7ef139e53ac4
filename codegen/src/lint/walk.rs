//! The walk through the document by the table of [`super::grammar`]. It collects the objects, and reports what has no
//! place in OpenAPI 3.0: unknown keys, missing keys, values of the wrong kind, and what the generator would pass over.

use std::borrow::Cow;
use std::rc::Rc;

use super::edits;
use super::foreign;
use super::grammar::{Fate, Member, Object, Shape};
use super::survey::Visit;
use crate::finding::{Edit, Finding, Rule, rules};
use crate::load::{Entry, Kind, Node, Span, Tree, escape, first_line};

/// Visits every object of the document.
pub(super) fn walk(tree: &Tree) -> (Vec<Visit<'_>>, Vec<Finding>) {
    let mut walk = Walk {
        tree,
        visits: Vec::new(),
        findings: Vec::new(),
        pointer: String::new(),
    };
    let span = tree
        .root()
        .entries()
        .first()
        .map_or(tree.root().span(), |entry| entry.key.span);
    walk.object(
        Seat {
            object: Object::Document,
            span,
            parent: None,
            member: "",
            name: None,
        },
        tree.root(),
    );
    (walk.visits, walk.findings)
}

struct Walk<'a> {
    tree: &'a Tree,
    visits: Vec<Visit<'a>>,
    findings: Vec<Finding>,
    /// The JSON pointer of what is being read.
    pointer: String,
}

/// Where an object is about to be read.
struct Seat<'a> {
    object: Object,
    span: Span,
    parent: Option<usize>,
    member: &'a str,
    name: Option<&'a str>,
}

impl<'a> Walk<'a> {
    /// Reads what stands under a key.
    fn below(&mut self, key: &str, read: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&escape(key));
        read(self);
        self.pointer.truncate(length);
    }

    /// Reads one object. The recursion ends with the depth of the tree, which is bounded.
    fn object(&mut self, seat: Seat<'a>, node: &'a Node) {
        let Seat {
            object,
            span,
            parent,
            member,
            name,
        } = seat;
        if node.kind() != Kind::Mapping {
            let help = format!(
                "write {} as a mapping with its members below it",
                object.described()
            );
            let message = format!(
                "{} is {}, not a mapping",
                object.described(),
                node.kind().described()
            );
            self.report(
                &rules::VALUE_KIND_WRONG,
                if node.is_null() { span } else { node.span() },
                message,
                help,
            );
            return;
        }
        let number = self.visits.len();
        let around = parent.and_then(|parent| self.visits.get(parent));
        let is_component = around.is_some_and(|around| around.object == Object::Components);
        let referred = object.component().and_then(|_| node.get("$ref"));
        self.visits.push(Visit {
            number,
            object,
            node,
            span,
            pointer: Rc::from(self.pointer.as_str()),
            parent,
            member,
            name,
            is_component,
            is_reference: referred.is_some(),
            reference: referred.and_then(Node::as_str),
        });
        if object == Object::SecurityRequirement {
            return;
        }
        if referred.is_some() {
            self.reference(object, node);
            return;
        }
        for entry in node.entries() {
            self.below(&entry.key.text, |walk| walk.entry(object, entry, number));
        }
        for row in object
            .members()
            .iter()
            .filter(|row| row.fate == Fate::Required)
        {
            if node.get(row.key).is_none() {
                let message = format!("{} has no `{}`", object.described(), row.key);
                let help = format!("add `{}:`, which OpenAPI 3.0 requires here", row.key);
                self.report(&rules::KEYWORD_MISSING, span, message, help);
            }
        }
    }

    /// Whatever stands beside `$ref` is ignored by every reader of OpenAPI 3.0.
    fn reference(&mut self, object: Object, node: &'a Node) {
        for entry in node.entries() {
            if entry.key.text == "$ref" {
                self.expect(Kind::String, "a string", entry);
            } else {
                let wrapped = (object == Object::Schema).then(|| self.wrapped(node));
                let message = format!("`{}` beside `$ref` is ignored", entry.key.text);
                let help = "remove it, or write `allOf` with the `$ref` as its only item and keep the description beside `allOf`";
                self.report(&rules::REF_SIBLING, entry.key.span, message, help)
                    .fix = wrapped.flatten().unwrap_or_default();
            }
        }
    }

    fn entry(&mut self, object: Object, entry: &'a Entry, parent: usize) {
        let key = entry.key.text.as_str();
        if let Some(row) = object.members().iter().find(|row| row.key == key) {
            match row.fate {
                Fate::Unsupported(instead) => {
                    let message =
                        format!("`{key}` in {} is not turned into code", object.described());
                    self.report(
                        &rules::KEYWORD_UNSUPPORTED,
                        entry.key.span,
                        message,
                        instead,
                    );
                }
                Fate::Required | Fate::Optional => self.member(row, entry, parent),
            }
        } else if key.starts_with("x-") {
            let message = format!("the extension `{key}` is not turned into code");
            let help = "remove it, and say it in a description or in OpenAPI's own words";
            self.report(&rules::EXTENSION_UNSUPPORTED, entry.key.span, message, help);
        } else {
            let message = format!(
                "`{key}` is no member of {} in OpenAPI 3.0",
                object.described()
            );
            let help = foreign::instead(object, key);
            self.report(&rules::KEYWORD_UNKNOWN, entry.key.span, message, help);
        }
    }

    /// Checks what a known member holds, and reads the objects inside.
    fn member(&mut self, row: &'static Member, entry: &'a Entry, parent: usize) {
        let node = &entry.value;
        let child = |object, span, name| Seat {
            object,
            span,
            parent: Some(parent),
            member: row.key,
            name,
        };
        match row.shape {
            Shape::Text => {
                self.expect(Kind::String, "a string", entry);
                if matches!(row.key, "description" | "summary")
                    && node.as_str().is_some_and(|text| text.trim().is_empty())
                {
                    let message = format!("the {} is empty", row.key);
                    let help = "say in a sentence what a caller should know, or remove it";
                    let span = if node.span().start == node.span().end {
                        entry.key.span
                    } else {
                        node.span()
                    };
                    self.report(&rules::DESCRIPTION_EMPTY, span, message, help);
                }
            }
            Shape::Flag => self.expect(Kind::Bool, "`true` or `false`", entry),
            Shape::Count => {
                if node
                    .as_integer()
                    .and_then(|value| u32::try_from(value).ok())
                    .is_none()
                {
                    self.wrong(entry, "a whole number that is not negative");
                }
            }
            Shape::Number => {
                if node.as_float().is_none() {
                    self.wrong(entry, "a number");
                }
            }
            Shape::Anything => {}
            Shape::Values => self.expect(Kind::Sequence, "a sequence", entry),
            Shape::Texts => {
                self.expect(Kind::Sequence, "a sequence of strings", entry);
                for (at, item) in node.items().iter().enumerate() {
                    if item.as_str().is_none() {
                        let message = format!(
                            "an item of `{}` is {}, not a string",
                            row.key,
                            item.kind().described()
                        );
                        let help = "write text, in quotes where it reads as a number or a boolean";
                        self.below(&at.to_string(), |walk| {
                            walk.report(&rules::VALUE_KIND_WRONG, item.span(), message, help)
                                .fix = quoted(walk.tree, item).unwrap_or_default();
                        });
                    }
                }
            }
            Shape::FlagOr(_) if node.kind() == Kind::Bool => {}
            Shape::One(object) | Shape::FlagOr(object) => {
                self.object(child(object, entry.key.span, None), node)
            }
            Shape::List(object) => {
                self.expect(Kind::Sequence, "a sequence", entry);
                for (at, item) in node.items().iter().enumerate() {
                    let span = first_line(self.tree.text(), item.span());
                    self.below(&at.to_string(), |walk| {
                        walk.object(child(object, span, None), item);
                    });
                }
            }
            Shape::Map(object) => {
                self.expect(Kind::Mapping, "a mapping", entry);
                for inner in node.entries() {
                    let key = inner.key.text.as_str();
                    let is_extension = key.starts_with("x-")
                        && matches!(row.key, "paths" | "responses")
                        && object != Object::Schema;
                    self.below(key, |walk| {
                        if is_extension {
                            let message = format!("the extension `{key}` is not turned into code");
                            walk.report(
                                &rules::EXTENSION_UNSUPPORTED,
                                inner.key.span,
                                message,
                                "remove it",
                            );
                        } else {
                            walk.object(child(object, inner.key.span, Some(key)), &inner.value);
                        }
                    });
                }
            }
        }
    }

    fn expect(&mut self, kind: Kind, described: &str, entry: &Entry) {
        if entry.value.kind() != kind {
            self.wrong(entry, described);
        }
    }

    fn wrong(&mut self, entry: &Entry, described: &str) {
        let (key, found) = (&entry.key.text, entry.value.kind());
        let message = match found {
            Kind::Integer | Kind::Float => format!(
                "`{key}` is {}, not {described}",
                entry.value.as_text().unwrap_or("a number")
            ),
            _ => format!("`{key}` is {}, not {described}", found.described()),
        };
        let help: Cow<'_, str> = match (key.as_str(), found, entry.value.as_text()) {
            ("type", Kind::Sequence, _) => "write one type, and `nullable: true` beside it when null is allowed".into(),
            (_, Kind::Null, _) => format!("write a value after `{key}:` or remove the key").into(),
            (_, Kind::Bool | Kind::Integer | Kind::Float, Some(text)) if described == "a string" => format!("write '{text}' in quotes").into(),
            (_, Kind::String, Some(text)) if described != "a string" && !text.contains('\n') => {
                format!("write {described} after `{key}:`, without quotes where it is a number or a boolean").into()
            }
            _ => format!("write {described} after `{key}:`").into(),
        };
        let span = if found == Kind::Null {
            entry.key.span
        } else {
            entry.value.span()
        };
        let fix = if described == "a string" {
            quoted(self.tree, &entry.value)
        } else {
            unquoted(self.tree, &entry.value, described)
        };
        self.report(&rules::VALUE_KIND_WRONG, span, message, help)
            .fix = fix.unwrap_or_default();
    }

    /// The reference as the only item of `allOf`, where its siblings can stay.
    fn wrapped(&self, node: &Node) -> Option<Vec<Edit>> {
        let entry = node.entry("$ref")?;
        let value = edits::written(self.tree, entry.value.span())?;
        let whole = Span {
            start: entry.key.span.start,
            end: entry.value.span().end,
        };
        let quote = if edits::written(self.tree, entry.key.span)?.starts_with('"') {
            "\""
        } else {
            ""
        };
        if edits::is_flow(self.tree, node) {
            let text = format!("{quote}allOf{quote}: [{{{quote}$ref{quote}: {value}}}]");
            return edits::replace(whole, text);
        }
        let indent = edits::indentation(self.tree.text(), whole.start)?;
        let (_, line_break) = edits::line_end(self.tree.text(), whole.start);
        let blanks = " ".repeat(indent);
        edits::replace(
            whole,
            format!("allOf:{line_break}{blanks}  - $ref: {value}"),
        )
    }

    fn report(
        &mut self,
        rule: &Rule,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Finding {
        let place = self.tree.place(first_line(self.tree.text(), span));
        let finding = Finding::new(rule, place, message)
            .pointer(self.pointer.as_str())
            .help(help);
        let at = self.findings.len();
        self.findings.push(finding);
        // It has just been put there.
        #[allow(clippy::indexing_slicing)]
        &mut self.findings[at]
    }
}

/// A number or a boolean that should be text, in quotes.
fn quoted(tree: &Tree, node: &Node) -> Option<Vec<Edit>> {
    let plain = matches!(node.kind(), Kind::Bool | Kind::Integer | Kind::Float);
    plain.then(|| edits::quote(tree, node.span())).flatten()
}

/// Text that reads as what is wanted, without its quotes.
fn unquoted(tree: &Tree, node: &Node, wanted: &str) -> Option<Vec<Edit>> {
    let text = node.as_str()?;
    let fits = if wanted == "`true` or `false`" {
        matches!(text, "true" | "false")
    } else {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        wanted.contains("number")
            && digits
            && (1..=9).contains(&text.len())
            && !text.starts_with('0')
    };
    let on_one_line = edits::written(tree, node.span())?.trim_matches(['\'', '"']) == text;
    (fits && on_one_line).then(|| edits::replace(node.span(), text))?
}
