//! Foreign text as one clean line. Whatever a server, a publisher or the environment wrote passes through here before it
//! becomes part of a message, so that it can neither break the line, nor steer a terminal, nor hide or reorder what is read.

use std::fmt::{self, Display, Write};

/// Foreign text is cut after so many characters, so that the line stays readable.
const LONGEST: usize = 300;

/// Shows foreign text as one line: a space for each character that breaks the line, steers a terminal, or is invisible
/// and changes what is seen; three dots for what is beyond the first 300 characters.
///
/// The words themselves are kept in every script. The zero-width joiners stay, because Persian or an emoji needs them.
pub(crate) struct OneLine<'a>(pub(crate) &'a str);

/// The same for a text of the crate's own that other texts are part of: it is not cut.
pub(crate) struct WholeLine<'a>(pub(crate) &'a str);

impl Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kept, cut) = match self.0.char_indices().nth(LONGEST) {
            Some((end, _)) => (self.0.split_at(end).0, "..."),
            None => (self.0, ""),
        };
        write!(f, "{}{cut}", WholeLine(kept))
    }
}

impl Display for WholeLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in self.0.split_inclusive(|character| !is_clean(character)) {
            let clean = part.trim_end_matches(|character| !is_clean(character));
            f.write_str(clean)?;
            if clean.len() < part.len() {
                f.write_char(' ')?;
            }
        }
        Ok(())
    }
}

/// Whether a character shows itself, at its place, on the line.
pub(crate) fn is_clean(character: char) -> bool {
    let misleads = matches!(
        character,
        // Invisible, or a mark of direction.
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        // Line and paragraph separators, embeddings and overrides, isolates, invisible operators.
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        // The byte order mark, annotations, and tags, which carry whole texts that nobody sees.
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    );
    !character.is_control() && !misleads
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        OneLine(text).to_string()
    }

    #[test]
    fn words_of_every_script_stay() {
        for text in [
            "plain",
            "größe",
            "می\u{200c}خواهم",
            "👩\u{200d}💻",
            "日本語",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn what_breaks_steers_or_misleads_is_a_space() {
        for text in [
            "a\nb",
            "a\rb",
            "a\tb",
            "a\0b",
            "a\u{1b}b",
            "a\u{7f}b",
            "a\u{85}b",
            "a\u{9b}b",
            "a\u{ad}b",
            "a\u{61c}b",
            "a\u{200b}b",
            "a\u{200e}b",
            "a\u{2028}b",
            "a\u{2029}b",
            "a\u{202e}b",
            "a\u{2066}b",
            "a\u{2069}b",
            "a\u{feff}b",
            "a\u{e0041}b",
        ] {
            assert_eq!(shown(text), "a b", "{text:?}");
        }
    }

    #[test]
    fn a_long_text_is_cut_between_two_characters() {
        assert_eq!(shown(&"ä".repeat(300)), "ä".repeat(300));
        assert_eq!(shown(&"ä".repeat(301)), format!("{}...", "ä".repeat(300)));
    }

    proptest! {
        #[test]
        fn any_text_is_one_clean_line(text in any::<String>()) {
            let shown = shown(&text);
            prop_assert!(shown.chars().all(is_clean), "{shown:?}");
            prop_assert!(shown.chars().count() <= LONGEST + 3);
        }
    }
}
