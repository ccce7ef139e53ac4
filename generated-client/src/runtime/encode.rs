//! Text into a URL or a form: two writers that encode what is displayed into them, so that a value
//! goes straight into its place without a string of its own.

use std::fmt::{self, Display, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything outside RFC 3986's unreserved characters.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Appends `segment`, percent-encoded, so that it stays one segment whatever it holds.
pub(super) fn push_segment(path: &mut String, segment: &str) {
    path.extend(utf8_percent_encode(segment, SEGMENT));
}

/// Appends `name=value` in the form encoding, after a `&` unless it is the first pair. An error is the value's own:
/// what it had written before stays.
pub(super) fn push_pair(pairs: &mut String, name: &str, value: &dyn Display) -> fmt::Result {
    if !pairs.is_empty() {
        pairs.push('&');
    }
    let mut writer = FormWriter(pairs);
    writer.write_str(name)?;
    writer.0.push('=');
    write!(writer, "{value}")
}

/// Encodes what is written to it as `application/x-www-form-urlencoded` does.
struct FormWriter<'a>(&'a mut String);

impl Write for FormWriter<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0
            .extend(form_urlencoded::byte_serialize(text.as_bytes()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_segment_keeps_slashes_and_queries_to_itself() {
        let mut path = String::from("/v1/");
        push_segment(&mut path, "a/b?c#d e%");
        assert_eq!(path, "/v1/a%2Fb%3Fc%23d%20e%25");
    }

    #[test]
    fn pairs_are_joined_by_ampersands() {
        let mut pairs = String::new();
        push_pair(&mut pairs, "Page Size", &50).unwrap();
        push_pair(&mut pairs, "Token", &"a&b=c").unwrap();
        assert_eq!(pairs, "Page+Size=50&Token=a%26b%3Dc");
    }

    proptest! {
        #[test]
        fn a_segment_decodes_to_what_went_in(text in "\\PC*") {
            let mut path = String::new();
            push_segment(&mut path, &text);
            prop_assert!(!path.contains(['/', '?', '#', ' ']));
            prop_assert_eq!(percent_decode_str(&path).decode_utf8().unwrap(), text);
        }

        #[test]
        fn pairs_parse_to_what_went_in(pairs in prop::collection::vec(("[A-Za-z]{1,8}", "\\PC*"), 0..6)) {
            let mut text = String::new();
            for (name, value) in &pairs {
                push_pair(&mut text, name, value).unwrap();
            }
            let parsed: Vec<(String, String)> =
                form_urlencoded::parse(text.as_bytes()).into_owned().collect();
            prop_assert_eq!(parsed, pairs);
        }
    }
}
