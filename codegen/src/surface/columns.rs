//! Rows of text as aligned columns. A column's width is a multiple of eight, so that one longer name in a file seldom
//! moves the other lines and a review shows the line that changed.

use std::fmt;

const STEP: usize = 8;
const GAP: usize = 2;

/// Writes rows of cells, each row as one line after `indent`; cells that are empty at the end of a line leave no space.
pub(super) fn write(f: &mut fmt::Formatter<'_>, indent: &str, rows: &[Vec<String>]) -> fmt::Result {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let longest = cells
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or_default();
            // A column that is empty in every row takes no room.
            if longest == 0 {
                0
            } else {
                (longest + GAP).next_multiple_of(STEP)
            }
        })
        .collect();
    for row in rows {
        let mut line = indent.to_owned();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(&format!("{cell:width$}"));
        }
        writeln!(f, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A heading of two words or so and what belongs to it.
pub(super) fn fact(name: &str, value: impl Into<String>) -> Vec<String> {
    vec![name.to_owned(), value.into()]
}

/// Writes rows under a heading after an empty line, and nothing if there are none.
pub(super) fn section(
    f: &mut fmt::Formatter<'_>,
    heading: &str,
    rows: &[Vec<String>],
) -> fmt::Result {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n{heading}")?;
    write(f, "  ", rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Rows(Vec<Vec<String>>);

    impl fmt::Display for Rows {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write(f, "  ", &self.0)
        }
    }

    fn rows(rows: &[&[&str]]) -> String {
        let cells = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        Rows(rows.iter().map(cells).collect()).to_string()
    }

    #[test]
    fn columns_are_aligned_and_lines_end_without_space() {
        assert_eq!(
            rows(&[&["a", "b", "c"], &["abcdefg", "", ""]]),
            "  a               b       c\n  abcdefg\n"
        );
    }

    #[test]
    fn a_name_that_is_a_little_longer_moves_no_other_line() {
        let before = rows(&[&["path", "Sid", "x"], &["query", "Page", "y"]]);
        let after = rows(&[
            &["path", "Sid", "x"],
            &["query", "Page", "y"],
            &["query", "Pages", "z"],
        ]);
        assert!(after.starts_with(&before));
    }

    #[test]
    fn a_column_without_any_cell_takes_no_room() {
        assert_eq!(rows(&[&["a", "", "c"]]), "  a       c\n");
    }
}
