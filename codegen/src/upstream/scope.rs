//! Which part of a server's published paths the curated document is about. A server without a scope counts as a whole.

use crate::diff::site::bare_path;
use crate::finding::Place;

/// The paths of one server that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) server: String,
    pub(super) server_place: Place,
    /// Each with its place in the list.
    pub(super) paths: Vec<(String, Place)>,
}

/// Whether a path is the given one or lies below it; an ending such as `.json` and the names of parameters do not
/// count.
pub(super) fn covers(scope: &str, path: &str) -> bool {
    let (scope, path) = (bare_path(scope), bare_path(path));
    path.strip_prefix(scope.trim_end_matches('/'))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_covers_a_path_and_what_lies_below() {
        for (path, covered) in [
            ("/v1/Phones/{Sid}/AddOns", true),
            ("/v1/Phones/{PhoneSid}/AddOns.json", true),
            ("/v1/Phones/{PhoneSid}/AddOns/{Sid}.json", true),
            ("/v1/Phones/{PhoneSid}/AddOnsOther", false),
            ("/v1/Phones/{PhoneSid}.json", false),
            ("/v1/Phones", false),
        ] {
            assert_eq!(covers("/v1/Phones/{Sid}/AddOns", path), covered, "{path}");
        }
        assert!(covers("/", "/v1"));
        assert!(covers("/v1/", "/v1/Phones"));
    }
}
