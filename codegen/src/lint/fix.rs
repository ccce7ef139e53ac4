//! `--fix`: makes the edits that findings carry, and lets none stay that does not do what it is for.
//!
//! After each round the document is linted again. A fix has to take its finding away and may bring none; where the
//! fixes of a round do not hold together they are tried one at a time, and one that fails is left to the curator. Text
//! outside of the edits is never touched.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::lint;
use crate::finding::{Edit, Finding};
use crate::load;

/// A fix can make room for another one, and each round makes a fix or gives one up. A document that needs more rounds
/// than this is left as far as it has come.
const MOST_ROUNDS: usize = 256;

/// What became of a document.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The document with all edits made; the same bytes where there was nothing to fix.
    pub bytes: Vec<u8>,
    /// The findings that are gone, as they stood before their fix.
    pub fixed: Vec<Finding>,
    /// The findings that are left.
    pub left: Vec<Finding>,
}

/// Mends what can be mended without a decision.
///
/// ```
/// let fixed = codegen::lint::fix("api.yaml", b"\xef\xbb\xbfopenapi: 3.1.0 # later\n");
/// assert_eq!(fixed.bytes, b"openapi: 3.1.0 # later\n");
/// assert_eq!(fixed.fixed[0].rule, "TEXT_BYTE_ORDER_MARK");
/// assert_eq!(fixed.left[0].rule, "DOCUMENT_VERSION_UNSUPPORTED");
/// ```
pub fn fix(name: &str, bytes: &[u8]) -> Fixed {
    let mut state = State::new(name, bytes.to_vec());
    let mut fixed = Vec::new();
    let mut refused = BTreeSet::new();
    for _ in 0..MOST_ROUNDS {
        let candidates = state
            .findings
            .iter()
            .filter(|finding| !finding.fix.is_empty() && !refused.contains(&key(finding)));
        let mut fixes = apart(candidates);
        // Where the fixes do not hold together, the first half is tried, and at last the first one alone.
        let next = loop {
            if let Some(next) = state.after(name, &fixes) {
                break Some(next);
            }
            if fixes.len() < 2 {
                break None;
            }
            fixes.truncate(fixes.len() / 2);
        };
        match next {
            Some(next) => {
                fixed.extend(gone(&state.findings, &next.findings));
                state = next;
            }
            None => match fixes.first() {
                Some(finding) => {
                    refused.insert(key(finding));
                }
                None => break,
            },
        }
    }
    Fixed {
        bytes: state.bytes,
        fixed,
        left: state.findings,
    }
}

struct State {
    bytes: Vec<u8>,
    findings: Vec<Finding>,
    /// Whether there is a tree. Without one nothing but the text has been looked at.
    readable: bool,
}

impl State {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        let (findings, readable) = match load::load(name, &bytes) {
            Ok(tree) => (lint(&tree), true),
            Err(findings) => (findings, false),
        };
        Self {
            bytes,
            findings,
            readable,
        }
    }

    /// The document after these fixes; `None` when one of them does not take its finding away or brings another one.
    fn after(&self, name: &str, fixes: &[&Finding]) -> Option<Self> {
        if fixes.is_empty() {
            return None;
        }
        let edits = fixes.iter().flat_map(|finding| &finding.fix).collect();
        let next = Self::new(name, apply(&self.bytes, edits)?);
        if !self.readable {
            // What could not be seen before is not new.
            let rule = |finding: &Finding| fixes.iter().any(|fix| fix.rule == finding.rule);
            return (!next.findings.iter().any(rule)).then_some(next);
        }
        let mut allowed = counts(&self.findings);
        for finding in fixes {
            if let Some(count) = allowed.get_mut(&key(finding)) {
                *count = count.saturating_sub(1);
            }
        }
        let holds = counts(&next.findings)
            .iter()
            .all(|(key, count)| allowed.get(key).is_some_and(|allowed| count <= allowed));
        (next.readable && holds).then_some(next)
    }
}

/// A finding apart from its place, which moves with the text.
type Key<'a> = (&'static str, Cow<'a, str>, Cow<'a, str>);

fn key(finding: &Finding) -> Key<'static> {
    let owned = |text: &str| Cow::Owned(text.to_owned());
    (
        finding.rule,
        owned(&finding.pointer),
        owned(&finding.message),
    )
}

fn counts(findings: &[Finding]) -> BTreeMap<Key<'_>, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        let key = (
            finding.rule,
            Cow::Borrowed(finding.pointer.as_str()),
            Cow::Borrowed(finding.message.as_str()),
        );
        *counts.entry(key).or_default() += 1;
    }
    counts
}

/// The findings of the first list that the second one no longer has.
fn gone(before: &[Finding], after: &[Finding]) -> Vec<Finding> {
    let mut left = counts(after);
    let mut gone = Vec::new();
    for finding in before {
        match left.get_mut(&key(finding)).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => gone.push(finding.clone()),
        }
    }
    gone
}

/// Of fixes that touch each other the first one.
fn apart<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<&'a Finding> {
    // What is taken does not touch, so only the last stretch that begins before an edit ends can touch it.
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut apart = Vec::new();
    for finding in findings {
        let touches = |edit: &Edit| {
            let before = taken.range(..=edit.end).next_back();
            before.is_some_and(|(_, end)| *end >= edit.start)
        };
        if !finding.fix.iter().any(touches) {
            taken.extend(finding.fix.iter().map(|edit| (edit.start, edit.end)));
            apart.push(finding);
        }
    }
    apart
}

/// Makes the edits, the last one first; `None` when two overlap or one lies outside of the text.
fn apply(bytes: &[u8], mut edits: Vec<&Edit>) -> Option<Vec<u8>> {
    edits.sort();
    let mut parts: Vec<&[u8]> = Vec::with_capacity(2 * edits.len() + 1);
    let mut end = bytes.len();
    for edit in edits.into_iter().rev() {
        parts.push(bytes.get(edit.end..end)?);
        parts.push(edit.text.as_bytes());
        end = edit.start;
    }
    parts.push(bytes.get(..end)?);
    parts.reverse();
    Some(parts.concat())
}
