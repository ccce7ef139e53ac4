//! Gives every member of a table a line of its own. prettyplease knows nothing of what stands in a macro, and fills
//! its lines with whatever fits.

/// How the line that begins a table begins.
const STARTS: [&str; 3] = [
    "crate::runtime::object! {",
    "crate::runtime::partial_debug! {",
    "crate::runtime::serialized! {",
];

/// Breaks the lines of all tables in a file.
pub(super) fn lines(text: &str) -> String {
    let mut broken = String::with_capacity(text.len() + text.len() / 16);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        broken.push_str(line);
        broken.push('\n');
        if STARTS.contains(&line) {
            let table: Vec<&str> = lines
                .by_ref()
                .take_while(|line| *line != "}")
                .map(str::trim)
                .collect();
            entries(&table.join(" "), &mut broken);
            broken.push_str("}\n");
        }
    }
    broken
}

// `Name, "a" => a required, ..rest,`: the commas between entries stand outside of texts.
fn entries(table: &str, broken: &mut String) {
    let mut quoted = false;
    let mut escaped = false;
    let mut entry = String::new();
    for character in table.chars() {
        entry.push(character);
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = quoted,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                line(&entry, broken);
                entry.clear();
            }
            _ => {}
        }
    }
    if !entry.trim().is_empty() {
        line(&entry, broken);
    }
}

fn line(entry: &str, broken: &mut String) {
    broken.push_str("    ");
    broken.push_str(entry.trim());
    broken.push('\n');
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn each_member_gets_a_line() {
        let filled = "crate::runtime::object! {\n    Thing, \"a\" => a required, \"b, \\\"c\" =>\n    b optional, .. rest,\n}\nfn f() {}\n";
        let broken = "crate::runtime::object! {\n    Thing,\n    \"a\" => a required,\n    \"b, \\\"c\" => b optional,\n    .. rest,\n}\nfn f() {}\n";
        assert_eq!(lines(filled), broken);
    }

    #[test]
    fn what_is_no_table_stays_as_it_is() {
        let text = "struct A {\n    a: u8,\n}\nother! {\n    a, b\n}\n";
        assert_eq!(lines(text), text);
    }
}
