//! Upper camel case and snake case as heck makes them, and with it progenitor and typify. Most names of a document stand
//! in one of the two already, and are turned into the other letter by letter; every other name is left to heck.

use heck::{ToPascalCase as _, ToSnakeCase as _};

/// `installed_add_on` → `InstalledAddOn`.
pub(crate) fn pascal(text: &str) -> String {
    if is_pascal(text.as_bytes()) {
        return text.to_owned();
    }
    if !is_snake(text.as_bytes()) {
        return text.to_pascal_case();
    }
    let mut pascal = String::with_capacity(text.len());
    let mut begins = true;
    for letter in text.chars() {
        match letter {
            '_' => {}
            _ if begins => pascal.push(letter.to_ascii_uppercase()),
            _ => pascal.push(letter),
        }
        begins = letter == '_';
    }
    pascal
}

/// `InstalledAddOn` → `installed_add_on`.
pub(crate) fn snake(text: &str) -> String {
    if is_snake(text.as_bytes()) {
        return text.to_owned();
    }
    if !is_pascal(text.as_bytes()) {
        return text.to_snake_case();
    }
    let mut snake = String::with_capacity(text.len() + text.len() / 2);
    for letter in text.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// Words of one capital, small letters and digits: upper camel case that heck would leave alone.
fn is_pascal(text: &[u8]) -> bool {
    let mut after_small = true;
    for (at, &byte) in text.iter().enumerate() {
        let fits = match byte {
            b'A'..=b'Z' => after_small,
            b'a'..=b'z' | b'0'..=b'9' => at != 0,
            _ => false,
        };
        if !fits {
            return false;
        }
        // A digit is of the case of the letter before it.
        after_small = byte.is_ascii_lowercase() || byte.is_ascii_digit() && after_small;
    }
    !text.is_empty()
}

/// Words of small letters and digits, one underscore apart: snake case that heck would leave alone.
fn is_snake(text: &[u8]) -> bool {
    let mut before = b'_';
    for &byte in text {
        let fits = match byte {
            b'a'..=b'z' | b'0'..=b'9' => true,
            _ => byte == b'_' && before != b'_',
        };
        if !fits {
            return false;
        }
        before = byte;
    }
    before != b'_'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_in_its_case_is_seen() {
        for name in ["account_sid", "x", "line_2", "2fa"] {
            assert!(is_snake(name.as_bytes()), "{name}");
        }
        for name in ["InstalledAddOn", "Ab", "A", "PlanA", "A1", "Line2Item"] {
            assert!(is_pascal(name.as_bytes()), "{name}");
        }
        for name in ["", "_a", "a_", "a__b", "aB", "a-b"] {
            assert!(!is_snake(name.as_bytes()), "{name}");
        }
        for name in ["", "URL", "aB", "A1B", "1a", "A_b"] {
            assert!(!is_pascal(name.as_bytes()), "{name}");
        }
    }

    proptest! {
        #[test]
        fn both_are_what_heck_makes(text in "[A-Ca-c0-1_ é-]{0,10}") {
            prop_assert_eq!(snake(&text), text.to_snake_case());
            prop_assert_eq!(pascal(&text), text.to_pascal_case());
        }

        #[test]
        fn a_dash_keeps_two_names_apart(one in "[A-Ca-c0-1_ -]{0,6}", two in "[A-Ca-c0-1_ -]{0,6}") {
            prop_assert_eq!(pascal(&one) + &pascal(&two), format!("{one}-{two}").to_pascal_case());
        }

        #[test]
        fn so_they_are_of_names_in_their_case(words in prop::collection::vec("[A-Z][a-z][a-z0-9]{0,3}", 1..4)) {
            let pascal_case = words.concat();
            prop_assert!(is_pascal(pascal_case.as_bytes()));
            prop_assert_eq!(pascal(&pascal_case), pascal_case.to_pascal_case());
            prop_assert_eq!(snake(&pascal_case), pascal_case.to_snake_case());
            let snake_case = words.join("_").to_lowercase();
            prop_assert!(is_snake(snake_case.as_bytes()));
            prop_assert_eq!(snake(&snake_case), snake_case.to_snake_case());
            prop_assert_eq!(pascal(&snake_case), snake_case.to_pascal_case());
        }
    }
}
