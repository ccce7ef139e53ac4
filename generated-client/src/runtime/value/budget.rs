//! What decoding one response may allocate. A response of a few megabytes can ask for gigabytes (each `{"":0}` of untyped
//! JSON is a map with room for eleven entries), so memory is counted before it is asked for.

use std::cell::Cell;

/// A response may take at most so many times its length in memory when it is decoded.
const TIMES: usize = 16;

/// Texts are not counted one by one. All of them together are no longer than the response, and the decoder's own buffer
/// for a text with escapes, while it grows, no longer than three times that.
const TEXTS: usize = 4;

/// A response may always take so many bytes.
const ALWAYS: usize = 1 << 20;

/// How many bytes may still be asked for.
#[derive(Debug)]
pub(crate) struct Budget {
    left: Cell<usize>,
    exceeded: Cell<bool>,
}

/// That a response asks for more memory than it may.
#[derive(Debug)]
pub(super) struct Exceeded;

impl Budget {
    /// What a response of so many bytes may take.
    pub(crate) fn of(length: usize) -> Self {
        Self::at_least(length, ALWAYS)
    }

    /// The same where a short response may take other than the usual number of bytes.
    pub(super) fn at_least(length: usize, always: usize) -> Self {
        Self {
            left: Cell::new(length.saturating_mul(TIMES - TEXTS).max(always)),
            exceeded: Cell::new(false),
        }
    }

    /// Asks for `new` bytes that take the place of `old` ones. Both exist until the old ones are copied.
    pub(super) fn replace(&self, old: usize, new: usize) -> Result<(), Exceeded> {
        match self.left.get().checked_sub(new) {
            Some(left) => {
                self.left.set(left.saturating_add(old));
                Ok(())
            }
            None => {
                self.exceeded.set(true);
                Err(Exceeded)
            }
        }
    }

    /// Whether more was asked for than there was.
    pub(crate) fn is_exceeded(&self) -> bool {
        self.exceeded.get()
    }
}

/// The sentence of the error.
pub(super) fn sentence() -> String {
    format!(
        "decoding it would take more than {TIMES} times its size in memory; ask for smaller pages"
    )
}

/// Makes room for one more item and doubles the room where there is none, as [`Vec::push`] does, but asks before.
pub(super) fn room_for_item<T, E>(
    items: &mut Vec<T>,
    ask: impl FnOnce(usize, usize) -> Result<(), E>,
) -> Result<(), E> {
    if items.len() < items.capacity() {
        return Ok(());
    }
    let size = size_of::<T>();
    let old = items.capacity();
    let least = if size <= 1024 { 4 } else { 1 };
    let new = old.saturating_mul(2).max(least);
    ask(old.saturating_mul(size), new.saturating_mul(size))?;
    items.reserve_exact(new - items.len());
    Ok(())
}

/// What one more entry of a B-tree map of so many entries may ask for.
///
/// A node has room for 11 entries and, but for the root, holds at least 5. The first entry asks for a node; of the others
/// each fourth is counted as one, with a share of the nodes above.
pub(super) fn entry_of_map<K, V>(entries: usize) -> usize {
    let node = 11 * (size_of::<K>() + size_of::<V>()) + 16;
    match entries {
        0 => node,
        _ if entries.is_multiple_of(4) => node + node / 2,
        _ => 0,
    }
}
