//! The lines around a change on both sides, and which of them differ. It looks a little further than what is shown, so that
//! a line at the edge is not taken for changed because the other side ends before it.

/// How far from the meant line two sides are compared.
const COMPARED: usize = 24;

/// Lines that are shown before and after the one that is meant.
const AROUND: usize = 4;

/// Lines that are shown after the meant one where they all changed.
const LONGEST_RUN: usize = 16;

/// A line as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// Counted from 0.
    pub(super) at: usize,
    pub(super) text: &'t str,
    pub(super) is_changed: bool,
}

/// The lines to show on both sides. Each side is its lines, and the position of the one that is meant.
pub(super) fn windows<'t>(
    (base, old): (&[&'t str], usize),
    (revision, new): (&[&'t str], usize),
) -> [Vec<Line<'t>>; 2] {
    let (mut before, mut after) = (near(base, old), near(revision, new));
    let common = common(&before, &after);
    for (one, other) in common {
        for line in [before.get_mut(one), after.get_mut(other)]
            .into_iter()
            .flatten()
        {
            line.is_changed = false;
        }
    }
    [shown(before, old), shown(after, new)]
}

fn near<'t>(lines: &[&'t str], meant: usize) -> Vec<Line<'t>> {
    let first = meant.saturating_sub(COMPARED);
    let lines = lines.iter().enumerate().skip(first);
    let near = lines.take(meant - first + COMPARED + 1);
    near.map(|(at, text)| Line {
        at,
        text,
        is_changed: true,
    })
    .collect()
}

/// The pairs of positions of a longest list of lines that both sides have in the same order.
fn common(before: &[Line<'_>], after: &[Line<'_>]) -> Vec<(usize, usize)> {
    let width = after.len() + 1;
    // How many lines the two have in common from a position of each on.
    let mut lengths = vec![0_u16; (before.len() + 1) * width];
    let length = |lengths: &[u16], one: usize, other: usize| {
        lengths
            .get(one * width + other)
            .copied()
            .unwrap_or_default()
    };
    let is_same = |one: usize, other: usize| {
        before.get(one).map(|line| line.text.trim_end())
            == after.get(other).map(|line| line.text.trim_end())
    };
    for one in (0..before.len()).rev() {
        for other in (0..after.len()).rev() {
            let longest = if is_same(one, other) {
                length(&lengths, one + 1, other + 1) + 1
            } else {
                length(&lengths, one + 1, other).max(length(&lengths, one, other + 1))
            };
            if let Some(slot) = lengths.get_mut(one * width + other) {
                *slot = longest;
            }
        }
    }
    let (mut one, mut other) = (0, 0);
    let mut pairs = Vec::new();
    while one < before.len() && other < after.len() {
        if is_same(one, other) {
            pairs.push((one, other));
            (one, other) = (one + 1, other + 1);
        } else if length(&lengths, one + 1, other) >= length(&lengths, one, other + 1) {
            one += 1;
        } else {
            other += 1;
        }
    }
    pairs
}

fn shown(lines: Vec<Line<'_>>, meant: usize) -> Vec<Line<'_>> {
    let first = meant.saturating_sub(AROUND);
    let run = lines
        .iter()
        .skip_while(|line| line.at < meant)
        .take_while(|line| line.is_changed)
        .take(LONGEST_RUN);
    let last = (meant + AROUND).max(run.last().map_or(0, |line| line.at + 1));
    lines
        .into_iter()
        .filter(|line| (first..=last).contains(&line.at))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(base: &[&str], old: usize, revision: &[&str], new: usize) -> [Vec<usize>; 2] {
        windows((base, old), (revision, new)).map(|lines| {
            let changed = lines.iter().filter(|line| line.is_changed);
            changed.map(|line| line.at).collect()
        })
    }

    #[test]
    fn only_lines_that_the_other_side_lacks_are_changed() {
        let base = ["a", "b", "c", "d"];
        assert_eq!(
            changed(&base, 1, &["a", "x", "c", "d"], 1),
            [vec![1], vec![1]]
        );
        assert_eq!(changed(&base, 1, &["a", "d"], 0), [vec![1, 2], vec![]]);
        let none: [Vec<usize>; 2] = Default::default();
        assert_eq!(changed(&base, 0, &base, 0), none);
        assert_eq!(changed(&base, 3, &["a", "b", "c", "d  "], 3), none);
    }

    #[test]
    fn a_long_run_of_changed_lines_is_shown_as_one() {
        let base: Vec<String> = (0..100).map(|number| format!("line {number}")).collect();
        let mut revision = base.clone();
        revision.splice(50..50, (0..10).map(|number| format!("new {number}")));
        let (base, revision): (Vec<&str>, Vec<&str>) = (
            base.iter().map(String::as_str).collect(),
            revision.iter().map(String::as_str).collect(),
        );
        let [before, after] = windows((&base, 49), (&revision, 50));
        assert!(before.iter().all(|line| !line.is_changed));
        assert_eq!(before.len(), 9);
        let changed: Vec<usize> = after
            .iter()
            .filter(|line| line.is_changed)
            .map(|line| line.at)
            .collect();
        assert_eq!(changed, (50..60).collect::<Vec<_>>());
        assert_eq!(after.last().map(|line| line.text), Some("line 50"));
    }

    #[test]
    fn a_place_behind_the_end_shows_what_there_is() {
        assert_eq!(windows((&[], 0), (&["a"], 7))[0], []);
    }
}
