//! How two patterns relate: which texts each of them matches, compared exactly where both are regular expressions in the
//! narrow sense. It knows nothing of schemas; what it cannot read it says so.

mod automaton;
mod parse;

/// How the texts that a new pattern matches lie to those that an old one matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// The same texts.
    Equal,
    /// Only some of the old ones.
    Tighter,
    /// All of the old ones, and more.
    Looser,
    /// None of the old ones.
    Disjoint,
    /// Some of the old ones, and others.
    Overlapping,
    /// Not known.
    Unknown,
}

/// Compares the pattern of a revision to that of a base; `None` where that is too much work.
pub(crate) fn relate(base: &str, revision: &str) -> Option<Relation> {
    if base == revision {
        return Some(Relation::Equal);
    }
    match (parse::parse(base), parse::parse(revision)) {
        (Some(base), Some(revision)) => automaton::relate(&base, &revision),
        _ => Some(Relation::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_relations(cases: &[(&str, &str, Relation)]) {
        for (base, revision, expected) in cases {
            assert_eq!(
                relate(base, revision).unwrap_or(Relation::Unknown),
                *expected,
                "{base} to {revision}"
            );
        }
    }

    #[test]
    fn sid_patterns_are_compared_exactly() {
        assert_relations(&[
            (
                "^XB[0-9a-fA-F]{32}$",
                "^XB[A-Fa-f0-9]{32}$",
                Relation::Equal,
            ),
            ("^XB[0-9a-fA-F]{32}$", "^XB[0-9a-f]{32}$", Relation::Tighter),
            ("^XB[0-9a-f]{32}$", "^XB[0-9a-fA-F]{32}$", Relation::Looser),
            (
                "^XB[0-9a-f]{32}$",
                "^XB[0-9A-F]{32}$",
                Relation::Overlapping,
            ),
            ("^XB[a-f]{32}$", "^XB[A-F]{32}$", Relation::Disjoint),
            (
                "^XB[0-9a-fA-F]{32}$",
                "^XC[0-9a-fA-F]{32}$",
                Relation::Disjoint,
            ),
            (
                "^XB[0-9a-fA-F]{32}$",
                "^XB[0-9a-fA-F]{34}$",
                Relation::Disjoint,
            ),
            (
                "^XB[0-9a-fA-F]{32}$",
                "^(XB|XE)[0-9a-fA-F]{32}$",
                Relation::Looser,
            ),
            (
                "^X[BE][0-9a-fA-F]{32}$",
                "^(XB|XE)[0-9a-fA-F]{32}$",
                Relation::Equal,
            ),
            ("^XB[0-9a-fA-F]{32}$", "XB[0-9a-fA-F]{32}", Relation::Looser),
            (
                "^XB[0-9a-fA-F]{32}$",
                "^XB[0-9a-fA-F]{32}",
                Relation::Looser,
            ),
            ("^XB[0-9a-fA-F]{32}$", "^XB[0-9a-fA-F]+$", Relation::Looser),
            ("^XB[0-9a-fA-F]{32}$", "^XB\\w{32}$", Relation::Looser),
        ]);
    }

    #[test]
    fn patterns_of_other_forms_are_compared_too() {
        assert_relations(&[
            ("^a*$", "^a+$", Relation::Tighter),
            ("^a?$", "^a{0,1}$", Relation::Equal),
            ("^[^a]$", "^b$", Relation::Tighter),
            ("^\\d{3}$", "^[0-9][0-9][0-9]$", Relation::Equal),
            ("^.*$", "^.+$", Relation::Tighter),
            ("a", "", Relation::Looser),
            ("^(?:ab|cd)$", "^(ab|cd|ef)$", Relation::Looser),
            ("^\\.\\-$", "^[.][-]$", Relation::Equal),
            ("^a|b$", "^(a|b)$", Relation::Tighter),
        ]);
    }

    #[test]
    fn what_is_no_regular_expression_in_the_narrow_sense_is_not_guessed_at() {
        assert_relations(&[
            ("^(?=a)a$", "^a$", Relation::Unknown),
            ("^(a)\\1$", "^aa$", Relation::Unknown),
            ("^a\\b$", "^a$", Relation::Unknown),
            ("^[a$", "^a$", Relation::Unknown),
            ("^é$", "^e$", Relation::Unknown),
            ("^a{1000000}$", "^a$", Relation::Unknown),
            ("(a|b)*a(a|b){20}", "(a|b)*b(a|b){20}", Relation::Unknown),
        ]);
    }
}
