//! Which pages of a list were asked for, in a memory that does not grow with the list.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many pages at the beginning of a walk are remembered to its end.
const FIRST: usize = 1024;

/// How many of the pages before the current one are remembered besides.
const LATEST: usize = 1024;

/// The pages that were asked for: the first 1024, the latest 1024 and one between.
///
/// A link back to one of the first or the latest is noticed before it is followed. A longer circle far behind the
/// beginning is noticed when the walk comes once more to the page between, which is moved forward each time that the
/// walk has become twice as long (Brent's algorithm), so that every circle ends.
#[derive(Debug, Default)]
pub(super) struct Visited {
    kept: Vec<u64>,
    between: Option<u64>,
    count: u64,
}

impl Visited {
    /// Notes the page that this query asks for; whether it is a new one, as far as is remembered.
    pub(super) fn insert(&mut self, query: &str) -> bool {
        let page = fingerprint(query);
        if self.between == Some(page) || self.kept.contains(&page) {
            return false;
        }
        if self.kept.len() < FIRST + LATEST {
            self.kept.push(page);
        } else {
            let at = FIRST + usize::try_from(self.count % LATEST as u64).unwrap_or(0);
            if let Some(oldest) = self.kept.get_mut(at) {
                *oldest = page;
            }
        }
        self.count += 1;
        if self.count.is_power_of_two() {
            self.between = Some(page);
        }
        true
    }

    /// How many pages were asked for.
    pub(super) fn count(&self) -> u64 {
        self.count
    }
}

/// Eight bytes that tell pages apart.
///
/// A page is where its token says. Without a token it is where the rest of the query says, in whatever order and spelling;
/// its size does not matter, and `Page=0` is the same as no page number.
fn fingerprint(query: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    // Most links are spelled plainly, and their token needs no decoding.
    if let Some(token) = plain_token(query) {
        token.hash(&mut hasher);
        return hasher.finish();
    }
    let pairs = || form_urlencoded::parse(query.as_bytes());
    let mut has_token = false;
    for (name, value) in pairs() {
        if name == "PageToken" && !value.is_empty() {
            has_token = true;
            value.hash(&mut hasher);
        }
    }
    if !has_token {
        let mut pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> = pairs()
            .filter(|(name, value)| match &**name {
                "PageSize" | "PageToken" => false,
                "Page" => value != "0",
                _ => true,
            })
            .collect();
        pairs.sort_unstable();
        pairs.hash(&mut hasher);
    }
    hasher.finish()
}

/// The token of a query in which no character is encoded, if it names one token.
fn plain_token(query: &str) -> Option<&str> {
    if query.contains(['%', '+']) {
        return None;
    }
    let mut tokens = query
        .split('&')
        .filter_map(|pair| pair.strip_prefix("PageToken="));
    let token = tokens.next().filter(|token| !token.is_empty())?;
    tokens.next().is_none().then_some(token)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::runtime::cases::cases;

    fn walk(pages: impl Iterator<Item = u64>) -> (Visited, usize) {
        let mut visited = Visited::default();
        let mut new = 0;
        for page in pages {
            if !visited.insert(&format!("PageSize=50&Page=1&PageToken=PT{page}")) {
                break;
            }
            new += 1;
        }
        (visited, new)
    }

    #[test]
    fn a_page_is_known_by_its_token_however_it_is_written() {
        for (one, other) in [
            ("PageToken=PA1&Page=1", "Page=2&PageToken=PA1"),
            ("PageToken=PA1&Page=1", "PageSize=7&PageToken=PA1"),
            ("PageToken=PA%2F1", "PageToken=PA/1"),
            ("PageToken=PA%2f1", "%50ageToken=PA%2F1"),
            ("PageToken=a+b", "PageToken=a%20b"),
            ("Page=1&Status=x", "Status=x&Page=1"),
            ("Page=1&Status=x", "Status=%78&P%61ge=1"),
            ("PageSize=50", ""),
            ("PageSize=50", "PageSize=50&Page=0&PageToken="),
        ] {
            assert_eq!(fingerprint(one), fingerprint(other), "{one} {other}");
        }
        let different = [
            "",
            "Page=1",
            "Page=2",
            "PageToken=PA1",
            "PageToken=PA2",
            "PageToken=PA1&PageToken=PA2",
            "PageToken=PA%252F1",
            "PageToken=PA%2F1",
            "Status=x",
            "Page=1&Status=x",
            "Cursor=1",
        ];
        let known: HashSet<u64> = different.iter().map(|query| fingerprint(query)).collect();
        assert_eq!(known.len(), different.len());
    }

    #[test]
    fn a_walk_of_any_length_is_remembered_in_the_same_memory() {
        let (visited, new) = walk(0..20_000);
        assert_eq!((new, visited.count()), (20_000, 20_000));
        assert!(visited.kept.capacity() <= 2 * (FIRST + LATEST));
    }

    /// A walk that comes back to the page `back` after so many pages.
    fn circle(pages: u64, back: u64) -> impl Iterator<Item = u64> {
        (0..pages).chain((back..pages).cycle())
    }

    #[test]
    fn a_way_back_to_the_first_or_the_latest_pages_is_not_taken() {
        for pages in [1_u64, 2, 1023, 1024, 1025, 2048, 2049, 3000] {
            for back in [0, 1, 500, 1023, 1024, pages - 1, pages.saturating_sub(1000)] {
                let back = back.min(pages - 1);
                if back < FIRST as u64 || back + LATEST as u64 >= pages {
                    let (_, new) = walk(circle(pages, back));
                    assert_eq!(new as u64, pages, "back to {back} after {pages}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(cases(12))]

        #[test]
        fn every_circle_ends(pages in 1..4000_u64, back in 0..4000_u64) {
            let back = back.min(pages - 1);
            let (_, new) = walk(circle(pages, back).take(20_000));
            prop_assert!(new as u64 <= 3 * pages + 2048, "{} pages, back to {}: {}", pages, back, new);
        }

        #[test]
        fn no_two_pages_are_taken_for_one(tokens in prop::collection::hash_set("[A-Za-z0-9/+= %&]{1,12}", 1..50)) {
            let mut visited = Visited::default();
            for token in &tokens {
                let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("PageToken", token).finish();
                prop_assert!(visited.insert(&query));
            }
        }
    }
}
