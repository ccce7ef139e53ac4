//! JSON writes a character beyond the basic plane as two escapes, `\ud83d\udc4d`, which no YAML parser takes. They are
//! hidden from the parser behind escapes of the same length, so that every place stays what it is, and read afterwards.

use std::borrow::Cow;

/// What the parser reads instead of such a pair.
const MASK: &str = r"\u0020\u0020";

/// The text of a JSON document as a YAML parser takes it; any other text as it is.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    if !text.trim_start().starts_with('{') {
        return Cow::Borrowed(text);
    }
    let mut masked = String::new();
    let mut from = 0;
    for at in pairs(text) {
        masked.push_str(text.get(from..at).unwrap_or_default());
        masked.push_str(MASK);
        from = at + MASK.len();
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(masked)
}

/// The text of a quoted scalar that holds such a pair, from how it is written; `None` for any other scalar.
pub(super) fn read(written: &str) -> Option<String> {
    pairs(written).next()?;
    serde_json::from_str(written).ok()
}

/// The offsets of all pairs of escapes.
fn pairs(text: &str) -> impl Iterator<Item = usize> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += text.get(at..)?.find('\\')?;
            let found = at;
            let escape = text.get(at..)?;
            if unit(escape).is_some_and(|unit| (0xd800..0xdc00).contains(&unit))
                && let Some(low) = escape.get(MASK.len() / 2..)
                && unit(low).is_some_and(|unit| (0xdc00..0xe000).contains(&unit))
            {
                at += MASK.len();
                return Some(found);
            }
            // An escaped backslash begins no other escape.
            at += 1 + escape.chars().nth(1).map_or(0, char::len_utf8);
        }
    })
}

/// The number of an escape such as `\ud83d`.
fn unit(escape: &str) -> Option<u32> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::super::load;

    #[test]
    fn a_pair_of_escapes_is_one_character_and_moves_nothing() {
        let text = r#"{"a": "x\ud83d\udc4dy", "b": "\\ud83d\\udc4d", "c": 1}"#;
        let tree = load("a.json", text.as_bytes()).unwrap();
        let read = |key: &str| tree.root().get(key).unwrap();
        assert_eq!(read("a").as_str(), Some("x\u{1f44d}y"));
        assert_eq!(read("b").as_str(), Some(r"\ud83d\udc4d"));
        let last = text.rfind('1').unwrap();
        assert_eq!(tree.place(read("c").span()).column, last + 1);
        assert_eq!(tree.text(), text);
    }

    #[test]
    fn half_a_pair_is_no_character() {
        for text in [
            r#"{"a": "\ud83d"}"#,
            r#"{"a": "\ud83dx\udc4d"}"#,
            r#"{"a": "\udc4d\ud83d"}"#,
            r#"{"a": "\ud83d\ud83d"}"#,
        ] {
            assert!(load("a.json", text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn yaml_is_left_as_it_is() {
        let text = "a: |\n  \\ud83d\\udc4d\nb: '\\ud83d\\udc4d'\n";
        let tree = load("a.yaml", text.as_bytes()).unwrap();
        for key in ["a", "b"] {
            let read = tree.root().get(key).unwrap().as_str().unwrap();
            assert_eq!(read.trim_end(), r"\ud83d\udc4d");
        }
        assert!(load("a.yaml", br#"a: "\ud83d\udc4d""#).is_err());
    }
}
