//! "Did you mean …?"

const LONGEST_NAME: usize = 64;
const MOST_CANDIDATES: usize = 256;

/// The candidate that is nearest to `name`, if it is near enough to be a slip of the finger.
///
/// Only so many candidates are looked at, and only names of a usual length, so that a long list costs little.
pub(super) fn closest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if name.len() > LONGEST_NAME {
        return None;
    }
    let name = letters(name);
    let limit = (name.len() + 1) / 3;
    candidates
        .into_iter()
        .take(MOST_CANDIDATES)
        .map(|candidate| (letters(candidate), candidate))
        .filter(|(letters, _)| letters.len().abs_diff(name.len()) <= limit)
        .map(|(letters, candidate)| (distance(&name, &letters), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Upper and lower case are the same slip as none.
fn letters(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// How many letters must be changed, added, removed, or exchanged with their neighbour.
fn distance(one: &[char], two: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=two.len()).collect();
    let mut previous = None;
    for (row, letter) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in two.iter().enumerate() {
            let at =
                |list: &[usize], index: usize| list.get(index).copied().unwrap_or(usize::MAX - 1);
            let mut least = at(&above, column) + usize::from(letter != other);
            least = least
                .min(at(&above, column + 1) + 1)
                .min(at(&current, column) + 1);
            let exchanged = column
                .checked_sub(1)
                .filter(|left| previous == Some(other) && two.get(*left) == Some(letter));
            if let Some(left) = exchanged {
                least = least.min(at(&before, left) + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut above, current);
        previous = Some(letter);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_finds_its_word_and_another_word_does_not() {
        let words = ["required", "name", "Thing", "readOnly"];
        assert_eq!(closest("requird", words), Some("required"));
        assert_eq!(closest("nmae", words), Some("name"));
        assert_eq!(closest("Thnig", words), Some("Thing"));
        assert_eq!(closest("readonly", words), Some("readOnly"));
        assert_eq!(closest("summary", words), None);
        assert_eq!(closest("", words), None);
    }
}
