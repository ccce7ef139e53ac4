//! A long document made of the real one: its paths and its object schemas again and again, each time under names with
//! another word in them. Scalar schemas (SIDs, bounds, decimals) stay shared, as they are in a document that grows.

/// Repeats the document until it has so many lines. The error schema stays shared too: the error responses are.
pub fn enlarge(document: &str, lines: usize) -> String {
    let (head, rest) = split_before(document, "paths:\n");
    let (paths, rest) = split_before(rest, "components:\n");
    let (components, schemas) = split_before(rest, "  schemas:\n");
    let objects: Vec<(String, String)> = entries(schemas)
        .into_iter()
        .filter(|(name, entry)| name != "ErrorEnvelope" && entry.contains("\n      type: object\n"))
        .collect();
    let paths = paths.strip_prefix("paths:\n").unwrap_or(paths);
    let tags = entries_of_tags(head);
    let (mut more_tags, mut more_paths, mut more_schemas) =
        (String::new(), String::new(), String::new());
    let mut copies = 0;
    let count = |text: &str| text.lines().count();
    while count(document) + count(&more_tags) + count(&more_paths) + count(&more_schemas) < lines {
        copies += 1;
        let word = word(copies);
        let rename = |text: &str| {
            objects.iter().fold(text.to_owned(), |text, (name, _)| {
                text.replace(
                    &format!("schemas/{name}'"),
                    &format!("schemas/{word}{name}'"),
                )
            })
        };
        for line in rename(paths).split_inclusive('\n') {
            more_paths.push_str(&rename_path_line(line, &word, &tags));
        }
        for (name, entry) in &objects {
            let renamed = entry.replacen(&format!("    {name}:"), &format!("    {word}{name}:"), 1);
            more_schemas.push_str(&rename(&renamed));
        }
        for tag in &tags {
            more_tags.push_str(&format!(
                "  - name: {word}{tag}\n    description: More {tag}.\n"
            ));
        }
    }
    // The tags are the last thing in the head but for the blank line before the paths.
    let head = head.trim_end();
    format!("{head}\n{more_tags}\npaths:\n{paths}{more_paths}{components}{schemas}{more_schemas}")
}

/// One line of a copied path item.
fn rename_path_line(line: &str, word: &str, tags: &[String]) -> String {
    if line.starts_with("  /") {
        let place = match line.find("{AccountSid}/") {
            Some(place) => place + "{AccountSid}/".len(),
            None => "  /v1/".len(),
        };
        return format!("{}{word}{}", &line[..place], &line[place..]);
    }
    let trimmed = line.trim_start();
    if let Some(id) = trimmed.strip_prefix("operationId: ") {
        let noun = id[1..]
            .find(char::is_uppercase)
            .map_or(id.len(), |place| place + 1);
        let indent = line.len() - trimmed.len();
        return format!(
            "{}operationId: {}{word}{}",
            &line[..indent],
            &id[..noun],
            &id[noun..]
        );
    }
    match trimmed.strip_prefix("- ") {
        Some(tag) if tags.iter().any(|known| known == tag.trim_end()) => {
            line.replacen("- ", &format!("- {word}"), 1)
        }
        _ => line.to_owned(),
    }
}

/// The named entries of `components.schemas`, each with its text.
fn entries(schemas: &str) -> Vec<(String, String)> {
    let mut entries: Vec<(String, String)> = Vec::new();
    for line in schemas.split_inclusive('\n').skip(1) {
        let name = line
            .strip_prefix("    ")
            .filter(|rest| rest.starts_with(char::is_uppercase));
        if let Some((name, _)) = name.and_then(|rest| rest.split_once(':')) {
            entries.push((name.to_owned(), String::new()));
        }
        if let Some((_, text)) = entries.last_mut() {
            text.push_str(line);
        }
    }
    entries
}

fn entries_of_tags(head: &str) -> Vec<String> {
    head.lines()
        .skip_while(|line| *line != "tags:")
        .filter_map(|line| line.strip_prefix("  - name: "))
        .map(str::to_owned)
        .collect()
}

fn split_before<'a>(text: &'a str, line: &str) -> (&'a str, &'a str) {
    let place = text
        .find(&format!("\n{line}"))
        .expect("the document has this section");
    text.split_at(place + 1)
}

/// A word for each number: `Ba`, `Be`, and so on.
fn word(number: usize) -> String {
    let consonants = ["B", "D", "F", "G", "K", "L", "M", "N", "P", "R"];
    let vowels = ["a", "e", "i", "o", "u"];
    let pick = |from: &[&'static str], number: usize| from[number % from.len()];
    format!(
        "{}{}",
        pick(&consonants, number / vowels.len()),
        pick(&vowels, number)
    )
}
