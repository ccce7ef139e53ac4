//! The entry that would decide a difference, ready to be pasted into the list. Reason and source are left to the curator:
//! as long as they are empty the list refuses the entry.

use std::collections::BTreeSet;

use super::difference::Difference;

/// The entry for differences that are one decision.
pub(super) fn entry(differences: &[&Difference]) -> String {
    let Some(first) = differences.first() else {
        return String::new();
    };
    let places: BTreeSet<String> = differences
        .iter()
        .map(|difference| difference.at.to_string())
        .collect();
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    let at = match places.as_slice() {
        [only] => list(&[only]),
        places => {
            let lines: Vec<String> = places
                .iter()
                .map(|place| format!("  {},\n", quoted(place)))
                .collect();
            format!("[\n{}]", lines.concat())
        }
    };
    format!(
        "[[deviation]]\nid = {}\nat = {at}\nkind = {}\npublished = {}\ncurated = {}\nvalues = {}\nreason = \"\"\nsource = \"\"\n",
        quoted(&id(first)),
        quoted(first.kind.word()),
        quoted(&first.published),
        quoted(&first.curated),
        list(&[&first.values()]),
    )
}

/// A list of texts in TOML, on one line.
pub(super) fn list(texts: &[&str]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A text in TOML, which escapes as JSON does.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A name for the entry: what the place says, in kebab case.
fn id(difference: &Difference) -> String {
    let place = format!("{} {}", difference.kind, difference.at);
    let words: Vec<String> = place
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}
