//! A place in a text that is known to be one JSON document. It goes forward only, and out of a container from wherever
//! it is inside of it, so that reading a document goes over its text once, whatever in it is odd.

use super::tree::DEEPEST;

/// Where the next value, key, comma or end of a container begins. White space is always behind it.
#[derive(Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    /// How many containers it is in.
    depth: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut cursor = Self {
            text,
            at: 0,
            depth: 0,
        };
        cursor.space();
        cursor
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The byte that the next value begins with.
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes into the container that begins here, unless it is too deep.
    pub(super) fn enter(&mut self) -> bool {
        if self.depth >= DEEPEST {
            return false;
        }
        self.depth += 1;
        self.step();
        true
    }

    /// The next key of an object as it is written, quoted, or nothing behind the object's end. Its value is next.
    pub(super) fn next_key(&mut self) -> Option<&'t str> {
        if !self.next_item() {
            return None;
        }
        let key = self.value();
        // The colon.
        self.step();
        Some(key)
    }

    /// Goes to the next item of an array, or behind the array's end if there is none.
    pub(super) fn next_item(&mut self) -> bool {
        if self.peek() == Some(b',') {
            self.step();
        }
        match self.peek() {
            Some(b']' | b'}') | None => {
                self.depth = self.depth.saturating_sub(1);
                self.step();
                false
            }
            Some(_) => true,
        }
    }

    /// Goes behind the value that begins here, and returns its text.
    pub(super) fn value(&mut self) -> &'t str {
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'{' | b'[') => {
                let depth = self.depth;
                self.at += 1;
                self.depth += 1;
                self.containers(depth);
            }
            _ => {
                while let Some(byte) = self.peek()
                    && !matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r')
                {
                    self.at += 1;
                }
            }
        }
        let value = self.text.get(start..self.at).unwrap_or_default();
        self.space();
        value
    }

    /// Goes out of containers until it is in so many of them.
    pub(super) fn leave(&mut self, depth: usize) {
        self.containers(depth);
        self.space();
    }

    fn containers(&mut self, depth: usize) {
        while self.depth > depth
            && let Some(byte) = self.peek()
        {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => self.depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    fn string(&mut self) {
        self.at = end_of_string(self.text, self.at);
    }

    fn step(&mut self) {
        self.at += 1;
        self.space();
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }
}

/// Where the string that begins at `start` ends: behind its closing quote, or at the end of a text that lacks it.
pub(super) fn end_of_string(text: &str, start: usize) -> usize {
    let rest = text.as_bytes().get(start + 1..).unwrap_or_default();
    let mut escaped = false;
    for (index, byte) in rest.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return start + 1 + index + 1,
            _ => {}
        }
    }
    text.len()
}
