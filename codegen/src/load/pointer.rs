//! JSON pointers (RFC 6901) and the local references that OpenAPI builds on them.

use std::borrow::Cow;

use super::node::Node;
use super::tree::Tree;

/// Why a `$ref` leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefError {
    /// It names another file or a URL; only `#/...` is followed.
    Remote,
    /// What stands after `#` is no JSON pointer.
    Malformed,
    /// Its target does not exist. `parent` is the part of the pointer that does.
    Missing {
        /// The longest prefix of the pointer that exists.
        parent: String,
    },
    /// Following it leads back to where it began.
    Cycle,
}

/// Writes one key as a token of a JSON pointer: `/v1/Listings` becomes `~1v1~1Listings`.
pub fn escape(key: &str) -> Cow<'_, str> {
    if key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

/// The unescaped tokens of a JSON pointer; `None` when it is neither empty nor begins with a slash.
pub fn tokens(pointer: &str) -> Option<impl Iterator<Item = Cow<'_, str>>> {
    let mut parts = pointer.split('/');
    if parts.next() != Some("") {
        return None;
    }
    Some(parts.map(|part| {
        if part.contains('~') {
            Cow::Owned(part.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(part)
        }
    }))
}

impl Tree {
    /// The node that a `$ref` text names, and its JSON pointer. The target can itself hold a `$ref`.
    ///
    /// # Errors
    /// A [`RefError`] other than [`RefError::Cycle`].
    pub fn resolve(&self, reference: &str) -> Result<(&Node, String), RefError> {
        let fragment = reference.strip_prefix('#').ok_or(RefError::Remote)?;
        let pointer = percent_decode(fragment).ok_or(RefError::Malformed)?;
        let mut node = self.root();
        let mut walked = String::new();
        for token in tokens(&pointer).ok_or(RefError::Malformed)? {
            let Some(next) = node.inside(&token) else {
                return Err(RefError::Missing { parent: walked });
            };
            node = next;
            walked.push('/');
            walked.push_str(&escape(&token));
        }
        Ok((node, walked))
    }

    /// Follows `$ref` from `node` until a node without one; `node` itself if it has none.
    ///
    /// # Errors
    /// Any [`RefError`].
    pub fn follow<'a>(&'a self, node: &'a Node) -> Result<&'a Node, RefError> {
        let mut current = node;
        let mut seen = Vec::new();
        while let Some(reference) = current.get("$ref").and_then(Node::as_str) {
            if seen.contains(&reference) {
                return Err(RefError::Cycle);
            }
            seen.push(reference);
            current = self.resolve(reference)?.0;
        }
        Ok(current)
    }
}

/// Undoes percent-encoding; `None` when a percent sign is not followed by two hexadecimal digits or the result is
/// not UTF-8.
fn percent_decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}
