//! The line of a document that a change is about, cut to a length that a reader can take in.

use crate::finding::Place;
use crate::load::Tree;

/// A line longer than this is cut around the place in question.
const LONGEST: usize = 160;

/// How much of a long line stands before the place.
const BEFORE: usize = 40;

/// A line, and what of it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The text, without the blanks at its end.
    pub(crate) line: String,
    /// Characters before the place.
    pub(crate) start: usize,
    /// Characters of the place.
    pub(crate) length: usize,
}

/// The line of a place; `None` where the place is not in the document.
pub(crate) fn excerpt(tree: &Tree, place: &Place) -> Option<Excerpt> {
    let text = tree.text();
    let (before, after) = (text.get(..place.start)?, text.get(place.start..)?);
    // A document can be one line of many megabytes, so only what is shown is looked at.
    let head: Vec<char> = before
        .chars()
        .rev()
        .take(LONGEST)
        .take_while(|c| *c != '\n')
        .collect();
    let tail: Vec<char> = after
        .chars()
        .take(LONGEST)
        .take_while(|c| !matches!(c, '\n' | '\r'))
        .collect();
    let length = text
        .get(place.start..place.end.max(place.start))
        .unwrap_or_default()
        .chars()
        .take(LONGEST)
        .count();
    let is_short = head.len() + tail.len() < LONGEST;
    let kept = if is_short {
        head.len()
    } else {
        head.len().min(BEFORE)
    };
    let room = if is_short {
        tail.len()
    } else {
        tail.len().min(LONGEST - kept)
    };
    let mut line: String = head.iter().take(kept).rev().collect();
    line.extend(tail.iter().take(room));
    let start = if kept < head.len() {
        line.insert(0, '…');
        kept + 1
    } else {
        kept
    };
    let mut line = line.trim_end().to_owned();
    if room < tail.len() {
        line.push('…');
    }
    let length = length
        .min(line.chars().count().saturating_sub(start))
        .max(1);
    Some(Excerpt {
        line,
        start,
        length,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Span, load};

    fn at(text: &str, part: &str) -> Excerpt {
        let tree = load("a.yaml", text.as_bytes()).unwrap();
        let start = text.find(part).unwrap();
        excerpt(
            &tree,
            &tree.place(Span {
                start,
                end: start + part.len(),
            }),
        )
        .unwrap()
    }

    #[test]
    fn a_line_of_usual_length_is_shown_whole() {
        let found = at("a: 1\n  \nb: héllo wörld  \nc: 2\n", "wörld");
        assert_eq!(
            found,
            Excerpt {
                line: "b: héllo wörld".to_owned(),
                start: 9,
                length: 5
            }
        );
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_meant() {
        let text = format!("a: \"{}MARK{}\"\n", "x".repeat(10_000), "y".repeat(10_000));
        let found = at(&text, "MARK");
        let meant: String = found
            .line
            .chars()
            .skip(found.start)
            .take(found.length)
            .collect();
        assert_eq!(meant, "MARK");
        assert!(found.line.starts_with("…x") && found.line.ends_with("y…"));
        assert!(found.line.chars().count() <= LONGEST + 2);
    }
}
