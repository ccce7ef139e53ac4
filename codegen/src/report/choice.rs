//! The words by which one of several things is chosen on a command line or in a list.

/// What a word names.
///
/// # Errors
/// The words that there are.
pub(crate) fn named<T: Copy>(all: &[(&str, T)], word: &str) -> Result<T, String> {
    let found = all.iter().find(|(known, _)| *known == word);
    let words: Vec<&str> = all.iter().map(|(word, _)| *word).collect();
    found
        .map(|(_, meant)| *meant)
        .ok_or_else(|| format!("`{word}` is none of {}", words.join(", ")))
}
