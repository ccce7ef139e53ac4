//! How many cases a property test of this crate tries: few, so that all tests together take seconds, or as many as
//! proptest's own variable `PROPTEST_CASES` says, for a long run.

use proptest::test_runner::Config;

/// The settings of a test that tries so many cases unless the variable says otherwise.
pub(crate) fn cases(usual: u32) -> Config {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => Config::default(),
        None => Config::with_cases(usual),
    }
}
