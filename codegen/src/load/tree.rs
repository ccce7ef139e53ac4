//! A whole document: its text, its nodes, and the way from a byte to a line and column.

use std::sync::Arc;

use super::node::{Node, Span};
use super::offsets::Offsets;
use crate::finding::{Finding, Place};

/// A document that remembers where everything stands.
#[derive(Debug, Clone)]
pub struct Tree {
    source: Source,
    root: Node,
    problems: Vec<Finding>,
}

impl Tree {
    pub(super) fn new(source: Source, root: Node, problems: Vec<Finding>) -> Self {
        Self {
            source,
            root,
            problems,
        }
    }

    /// The name under which the document was loaded.
    pub fn name(&self) -> &str {
        &self.source.name
    }

    /// The text of the document.
    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// The outermost mapping.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Problems of the YAML that did not keep the tree from being built: duplicate keys, tags, merge keys.
    pub fn problems(&self) -> &[Finding] {
        &self.problems
    }

    /// The node under a JSON pointer, for example `/components/schemas/ListingSid`.
    pub fn at(&self, pointer: &str) -> Option<&Node> {
        self.root.at(pointer)
    }

    /// Line and column of a stretch of text.
    pub fn place(&self, span: Span) -> Place {
        self.source.place(span)
    }

    /// The byte offset of a line and a column, both counted from 1, columns in characters.
    pub(super) fn offset(&self, line: usize, column: usize) -> usize {
        let Source { text, offsets, .. } = &self.source;
        let start = self.source.line_start(line);
        let character = offsets.characters(text, start) + column.saturating_sub(1);
        offsets.byte(text, character)
    }
}

/// A document's text before there is a tree.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(super) name: Arc<str>,
    pub(crate) text: Arc<str>,
    line_starts: Vec<usize>,
    offsets: Offsets,
}

impl Source {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        let bytes = text.bytes().enumerate();
        let breaks = bytes
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at + 1);
        Self {
            name: Arc::from(name),
            text: Arc::from(text),
            line_starts: std::iter::once(0).chain(breaks).collect(),
            offsets: Offsets::new(text),
        }
    }

    /// The byte offset of the character with this number.
    pub(super) fn byte(&self, character: usize) -> usize {
        self.offsets.byte(&self.text, character)
    }

    /// Line and column of a stretch of text.
    pub(crate) fn place(&self, span: Span) -> Place {
        let line = self.line(span.start);
        let before = |byte| self.offsets.characters(&self.text, byte);
        let column = before(span.start).saturating_sub(before(self.line_start(line))) + 1;
        Place {
            file: Arc::clone(&self.name),
            line,
            column,
            start: span.start,
            end: span.end,
        }
    }

    /// The line that holds `offset`, with the offset at which it starts.
    pub(super) fn line_at(&self, offset: usize) -> (usize, &str) {
        let line = self.line(offset);
        let (start, end) = (self.line_start(line), self.line_start(line + 1));
        (start, self.text.get(start..end).unwrap_or(""))
    }

    /// The number of the line that holds `offset`, counted from 1.
    fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= offset)
    }

    /// Where the line with this number, counted from 1, starts.
    fn line_start(&self, line: usize) -> usize {
        let start = line.checked_sub(1).and_then(|at| self.line_starts.get(at));
        start.copied().unwrap_or(self.text.len())
    }
}
