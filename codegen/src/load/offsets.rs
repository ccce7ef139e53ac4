//! The YAML parser counts characters, and so do people who look at a column; everything else counts bytes.

/// One byte offset is kept for this many characters.
const STRIDE: usize = 64;

/// The way between the number of a character and its byte offset, both ways quick on lines of any length.
#[derive(Debug, Clone)]
pub(super) struct Offsets {
    /// The byte offset of every [`STRIDE`]th character; empty when every character is one byte.
    marks: Vec<usize>,
}

impl Offsets {
    pub(super) fn new(text: &str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            let starts = text.char_indices().step_by(STRIDE);
            starts.map(|(offset, _)| offset).collect()
        };
        Self { marks }
    }

    /// The byte offset of the character with this number, or the length of the text.
    pub(super) fn byte(&self, text: &str, character: usize) -> usize {
        if self.marks.is_empty() {
            return character.min(text.len());
        }
        let Some(&mark) = self.marks.get(character / STRIDE) else {
            return text.len();
        };
        let rest = text.get(mark..).unwrap_or("");
        let part = rest.chars().take(character % STRIDE);
        mark + part.map(char::len_utf8).sum::<usize>()
    }

    /// How many characters stand before this byte offset.
    pub(super) fn characters(&self, text: &str, byte: usize) -> usize {
        if self.marks.is_empty() {
            return byte.min(text.len());
        }
        let after = self.marks.partition_point(|&mark| mark <= byte);
        let block = after.saturating_sub(1);
        let mark = self.marks.get(block).copied().unwrap_or_default();
        block * STRIDE + text.get(mark..byte).unwrap_or("").chars().count()
    }
}
