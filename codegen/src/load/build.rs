//! From YAML events to nodes, without recursion and within bounds.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::fatal::{self, Fatal};
use super::keys::{self, Pending};
use super::mapping::{Duplicate, Mapping};
use super::node::{Entry, Kind, Node, Scalar, Span, Style, Value};
use super::spans::{first_line, written};
use super::tree::{Source, Tree};
use super::{MAX_DEPTH, scalar, surrogates};
use crate::finding::{Finding, rules};

/// How much text aliases may expand to, in bytes, each node counted as [`NODE_COST`] bytes besides its text.
const MAX_ALIAS_COST: usize = 8 * 1024 * 1024;
const NODE_COST: usize = 64;

/// Builds the tree of a checked text.
pub(super) fn build(name: &str, text: &str) -> Result<Tree, Vec<Finding>> {
    let source = Source::new(name, text);
    let mut builder = Builder {
        source: &source,
        open: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        alias_cost: 0,
        problems: Vec::new(),
    };
    match builder.run(&surrogates::masked(text)) {
        Ok(()) => {}
        Err(fatal) => {
            let mut findings = builder.problems;
            findings.push(*fatal);
            findings.sort();
            return Err(findings);
        }
    }
    let Builder {
        root, mut problems, ..
    } = builder;
    let root = root.unwrap_or_else(|| null(Span::default()));
    if root.kind() != Kind::Mapping {
        let span = first_line(text, root.span());
        let message = format!("the document is {}, not a mapping", root.kind().described());
        problems.push(
            Finding::new(&rules::YAML_ROOT_NOT_MAPPING, source.place(span), message).help(
                "begin with `openapi: 3.0.3`, `info`, `servers` and `paths`, each a key of its own",
            ),
        );
        problems.sort();
        return Err(problems);
    }
    problems.sort();
    Ok(Tree::new(source, root, problems))
}

/// A collection whose end has not been read yet.
struct Open {
    span: Span,
    anchor: usize,
    /// The levels of nesting below this one, through aliases included.
    height: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping {
        entries: Vec<Entry>,
        key: Option<Pending>,
    },
}

/// The value of an anchor: the node, what copying it costs, and how deep it is.
struct Anchored {
    node: Node,
    cost: usize,
    height: usize,
}

struct Builder<'a> {
    source: &'a Source,
    open: Vec<Open>,
    root: Option<Node>,
    anchors: HashMap<usize, Anchored>,
    alias_cost: usize,
    problems: Vec<Finding>,
}

impl Builder<'_> {
    fn run(&mut self, text: &str) -> Result<(), Fatal> {
        let mut parser = Parser::new_from_str(text);
        let mut documents = 0;
        while let Some(next) = parser.next_event() {
            let (event, span) = next.map_err(|error| fatal::syntax(self.source, &error))?;
            let span = self.span(span);
            match event {
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
                Event::StreamEnd => break,
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let message = "a second YAML document begins here";
                        return Err(fatal::fatal(
                            self.source,
                            &rules::YAML_DOCUMENT_REPEATED,
                            span,
                            message,
                            "put one API description into one file and remove the `---`",
                        ));
                    }
                }
                Event::Alias(anchor) => self.alias(anchor, span)?,
                Event::Scalar(plain, style, anchor, tag) => {
                    self.check_tag(tag.is_some(), span);
                    let style = style_of(style);
                    let span = written(&self.source.text, style, span);
                    let kind = if style == Style::Plain {
                        scalar::plain_kind(&plain)
                    } else {
                        Kind::String
                    };
                    self.check_number(&plain, kind, span);
                    let part = self.source.text.get(span.start..span.end);
                    let pairs = part.filter(|_| style == Style::DoubleQuoted);
                    let text = pairs.and_then(surrogates::read);
                    let text = text.unwrap_or_else(|| plain.into_owned());
                    let node = Node::new(Value::Scalar(Scalar { text, style, kind }), span);
                    self.remember(anchor, &node, 0, span)?;
                    self.place_node(node, 0);
                }
                Event::SequenceStart(anchor, tag) => {
                    self.check_tag(tag.is_some(), span);
                    self.start(span, anchor, Content::Sequence(Vec::new()))?;
                }
                Event::MappingStart(anchor, tag) => {
                    self.check_tag(tag.is_some(), span);
                    self.start(
                        span,
                        anchor,
                        Content::Mapping {
                            entries: Vec::new(),
                            key: None,
                        },
                    )?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
            }
        }
        Ok(())
    }

    /// The bytes of a parser's span.
    fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.source.byte(span.start.index());
        let end = self.source.byte(span.end.index());
        Span {
            start,
            end: end.max(start),
        }
    }

    fn start(&mut self, span: Span, anchor: usize, content: Content) -> Result<(), Fatal> {
        if self.open.len() >= MAX_DEPTH {
            return Err(fatal::too_deep(self.source, span));
        }
        self.open.push(Open {
            span,
            anchor,
            height: 0,
            content,
        });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), Fatal> {
        let Some(Open {
            span: opened,
            anchor,
            height,
            content,
        }) = self.open.pop()
        else {
            return Ok(());
        };
        let (value, last) = match content {
            Content::Sequence(items) => {
                let last = items.last().map_or(opened.end, |item| item.span().end);
                (Value::Sequence(items), last)
            }
            Content::Mapping { entries, .. } => {
                let last = entries.last().map_or(opened.end, |entry| {
                    entry.value.span().end.max(entry.key.span.end)
                });
                let (mapping, duplicates) = Mapping::new(entries);
                self.report_duplicates(&duplicates);
                (Value::Mapping(mapping), last)
            }
        };
        // A flow collection ends with its bracket, after which the parser's span runs on; a block collection ends with
        // its last child.
        let bracket = matches!(
            self.source.text.as_bytes().get(span.start),
            Some(b']' | b'}')
        ) && span.end > span.start;
        let end = if bracket { span.start + 1 } else { last };
        let whole = Span {
            start: opened.start,
            end: end.max(opened.start),
        };
        let node = Node::new(value, whole);
        self.remember(anchor, &node, height + 1, opened)?;
        self.place_node(node, height + 1);
        Ok(())
    }

    /// Puts a finished node where it belongs: into the open collection, or at the root.
    fn place_node(&mut self, node: Node, height: usize) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        open.height = open.height.max(height);
        match &mut open.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping { entries, key } => match key.take() {
                Some(Pending::Keep(key)) => entries.push(Entry { key, value: node }),
                Some(Pending::Drop) => {}
                None => *key = Some(keys::admit(&node, self.source, &mut self.problems)),
            },
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Fatal> {
        let Some(anchored) = self.anchors.get(&anchor) else {
            let message = "the alias stands inside the node that its anchor names";
            return Err(fatal::fatal(
                self.source,
                &rules::YAML_ALIAS_RECURSIVE,
                span,
                message,
                "write the content out, or use `$ref` for a schema that holds itself",
            ));
        };
        let (cost, height) = (anchored.cost, anchored.height);
        if self.open.len() + height > MAX_DEPTH {
            return Err(fatal::too_deep(self.source, span));
        }
        self.charge(cost, span)?;
        if let Some(anchored) = self.anchors.get(&anchor) {
            let node = anchored.node.clone();
            self.place_node(node, height);
        }
        Ok(())
    }

    /// Keeps a copy of an anchored node for its aliases.
    fn remember(
        &mut self,
        anchor: usize,
        node: &Node,
        height: usize,
        span: Span,
    ) -> Result<(), Fatal> {
        if anchor == 0 {
            return Ok(());
        }
        let cost = cost(node);
        self.charge(cost, span)?;
        self.anchors.insert(
            anchor,
            Anchored {
                node: node.clone(),
                cost,
                height,
            },
        );
        Ok(())
    }

    fn charge(&mut self, cost: usize, span: Span) -> Result<(), Fatal> {
        self.alias_cost = self.alias_cost.saturating_add(cost);
        if self.alias_cost <= MAX_ALIAS_COST {
            return Ok(());
        }
        let message = "anchors and aliases expand to more than 8 MiB here";
        Err(fatal::fatal(
            self.source,
            &rules::YAML_ALIAS_EXPLODED,
            span,
            message,
            "replace the alias by a component and a `$ref`",
        ))
    }

    fn check_tag(&mut self, tagged: bool, span: Span) {
        if tagged {
            let finding = Finding::new(
                &rules::YAML_TAG,
                self.source.place(first_line(&self.source.text, span)),
                "a YAML tag stands here",
            )
            .help("remove the tag; quote a scalar to make it a string");
            self.problems.push(finding);
        }
    }

    fn report_duplicates(&mut self, duplicates: &[Duplicate]) {
        for Duplicate { key, first } in duplicates {
            let message = format!("the key `{}` stands twice in one mapping", key.text);
            let finding = Finding::new(
                &rules::YAML_KEY_DUPLICATE,
                self.source.place(key.span),
                message,
            )
            .label("the second one")
            .help("keep one of the two; readers of YAML disagree on which one counts")
            .related(self.source.place(*first), "the first one");
            self.problems.push(finding);
        }
    }

    /// JSON, and with it every reader of OpenAPI, has no place for such numbers.
    fn check_number(&mut self, text: &str, kind: Kind, span: Span) {
        let lost = match kind {
            Kind::Integer => scalar::integer(text)
                .is_none_or(|value| u64::try_from(value).is_err() && i64::try_from(value).is_err()),
            Kind::Float => scalar::float(text).is_none_or(|value| !value.is_finite()),
            _ => false,
        };
        if lost {
            let message = format!("the number `{text}` does not fit into 64 bits");
            let finding = Finding::new(
                &rules::YAML_NUMBER_TOO_LARGE,
                self.source.place(span),
                message,
            )
            .help(format!("write '{text}' in quotes if it is text"));
            self.problems.push(finding);
        }
    }
}

/// What copying a node costs. The recursion is bounded by the depth of a tree.
fn cost(node: &Node) -> usize {
    match node.value() {
        Value::Scalar(scalar) => NODE_COST + scalar.text.len(),
        Value::Sequence(items) => NODE_COST + items.iter().map(cost).sum::<usize>(),
        Value::Mapping(_) => {
            let entries = node.entries().iter();
            NODE_COST
                + entries
                    .map(|entry| entry.key.text.len() + cost(&entry.value))
                    .sum::<usize>()
        }
    }
}

fn null(span: Span) -> Node {
    Node::new(
        Value::Scalar(Scalar {
            text: String::new(),
            style: Style::Plain,
            kind: Kind::Null,
        }),
        span,
    )
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}
