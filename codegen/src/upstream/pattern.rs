//! The places that an entry of the list covers: a place, or several at once with `*`.

use std::fmt;

use super::place::{At, OWNERS, is_method};

/// Stands for any word.
const ANY: &str = "*";

/// A place with `*` for any method, any path, or one word of the pointer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Pattern {
    pub(super) owner: [String; 2],
    words: Vec<String>,
}

impl Pattern {
    /// Reads a place.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split(' ').collect();
        let (owner, name, pointer) = match words.as_slice() {
            [owner, name, pointer] => (*owner, *name, Some(*pointer)),
            [owner, name] => (*owner, *name, None),
            _ => return Err("a place is three words with one space between them".to_owned()),
        };
        let is_component = OWNERS.iter().any(|(word, _)| *word == owner);
        let is_name =
            |character: char| character.is_ascii_alphanumeric() || ".-_".contains(character);
        if is_component {
            if name.is_empty() || !name.chars().all(is_name) {
                return Err(format!("`{name}` is no name of a component"));
            }
            if pointer.is_none() {
                return Err("the place in the component is missing: a JSON pointer".to_owned());
            }
        } else if is_method(owner) || owner == ANY {
            if name != ANY && !name.starts_with('/') {
                return Err(format!("`{name}` is no path: it begins with a slash"));
            }
        } else {
            let owners: Vec<&str> = OWNERS.iter().map(|(word, _)| *word).collect();
            return Err(format!(
                "`{owner}` is neither a method in capitals, nor `*`, nor one of {}",
                owners.join(", ")
            ));
        }
        Ok(Self {
            owner: [owner.to_owned(), name.to_owned()],
            words: pointer.map_or(Ok(Vec::new()), self::words)?,
        })
    }

    /// Whether there is a `*` in it.
    pub(super) fn is_wide(&self) -> bool {
        self.owner.iter().chain(&self.words).any(|word| word == ANY)
    }

    /// Whether it names an operation as a whole.
    pub(super) fn is_whole(&self) -> bool {
        self.words.is_empty()
    }

    /// What each `*` stands for in a place that the pattern covers; `None` where it does not cover the place.
    pub(super) fn covers<'a>(&self, at: &'a At) -> Option<Vec<&'a str>> {
        // A place in a component is no place in an operation.
        if self.owner[0] == ANY && !at.is_in_operation() || self.words.len() != at.words.len() {
            return None;
        }
        let own = self.owner.iter().chain(&self.words);
        let others = at.owner.iter().chain(&at.words);
        let mut stands = Vec::new();
        for (own, other) in own.zip(others) {
            if own == ANY {
                stands.push(other.as_str());
            } else if own != other {
                return None;
            }
        }
        Some(stands)
    }

    /// Whether it can cover a place in this operation.
    pub(super) fn selects(&self, method: &str, path: &str) -> bool {
        let fits = |own: &str, other: &str| own == ANY || own == other;
        fits(&self.owner[0], method) && fits(&self.owner[1], path)
    }
}

fn words(pointer: &str) -> Result<Vec<String>, String> {
    let Some(rest) = pointer.strip_prefix('/') else {
        return Err(format!(
            "`{pointer}` is no JSON pointer: it begins with a slash"
        ));
    };
    let words: Vec<String> = rest.split('/').map(str::to_owned).collect();
    if words.iter().any(String::is_empty) {
        return Err(format!("a word of the pointer `{pointer}` is empty"));
    }
    let is_escaped = |word: &String| {
        let mut tails = word.split('~').skip(1);
        tails.all(|tail| tail.starts_with(['0', '1']))
    };
    if !words.iter().all(is_escaped) {
        return Err(format!(
            "`{pointer}` is no JSON pointer: a tilde is written `~0` and a slash `~1`"
        ));
    }
    Ok(words)
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.owner.join(" "))?;
        if !self.words.is_empty() {
            write!(f, " /{}", self.words.join("/"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(owner: [&str; 2], words: &[&str]) -> At {
        At {
            owner: owner.map(str::to_owned),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    fn stands(pattern: &str, at: &At) -> Option<Vec<String>> {
        let found = Pattern::parse(pattern).unwrap();
        let stands = found.covers(at)?;
        Some(stands.into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn a_star_stands_for_one_word_of_an_operation() {
        let found = at(["GET", "/v1/Things"], &["responses", "404"]);
        let some = |words: &[&str]| Some(words.iter().map(|word| (*word).to_owned()).collect());
        assert_eq!(stands("GET /v1/Things /responses/404", &found), some(&[]));
        assert_eq!(
            stands("* * /responses/404", &found),
            some(&["GET", "/v1/Things"])
        );
        assert_eq!(
            stands("GET /v1/Things /*/404", &found),
            some(&["responses"])
        );
        for other in [
            "POST /v1/Things /responses/404",
            "GET /v1/Thing /responses/404",
            "* * /responses",
            "* * /responses/404/content",
            "GET /v1/Things",
            "schema Things /responses/404",
        ] {
            assert_eq!(stands(other, &found), None, "{other}");
        }
    }

    #[test]
    fn a_star_does_not_stand_for_a_component() {
        let found = at(["schema", "Thing"], &["type"]);
        assert_eq!(stands("* * /type", &found), None);
        assert!(stands("schema Thing /*", &found).is_some());
    }

    #[test]
    fn a_place_of_another_form_is_refused() {
        for text in [
            "",
            "GET",
            "GET /v1/Things  /responses",
            "get /v1/Things /responses/404",
            "GET v1/Things /responses/404",
            "GET /v1/Things responses/404",
            "GET /v1/Things /",
            "GET /v1/Things /responses//404",
            "GET /v1/Things /a~2b",
            "GET /v1/Things /a~",
            "schema Thing",
            "schema Th/ing /type",
            "schema * /type",
            "thing Thing /type",
        ] {
            assert!(Pattern::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_place_reads_as_it_is_written() {
        for text in [
            "GET /v1/Things",
            "* * /responses/4XX",
            "schema Thing /properties/a~1b",
            "parameter Page /schema/minimum",
        ] {
            assert_eq!(Pattern::parse(text).unwrap().to_string(), text);
        }
    }
}
