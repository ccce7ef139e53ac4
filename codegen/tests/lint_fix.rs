//! `--fix` mends what it promises and harms nothing: every byte outside of its edits stays, its finding is gone, no other
//! one comes, and a second run finds nothing to do.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod rules;

use std::collections::BTreeMap;

use codegen::finding::Finding;
use codegen::lint::fix;
use proptest::prelude::*;
use rules::{findings, folder, pairs};

/// Rules whose fix leaves a part to the curator, by what is left of the bad document of their pair.
const MENDED_IN_PART: &[(&str, usize)] = &[("ENUM_VALUE_NOT_TEXT", 1), ("EXAMPLE_INVALID", 3)];

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn bad(id: &str) -> Vec<u8> {
    std::fs::read(folder().join(id).join("bad.yaml")).unwrap()
}

/// What the linter alone says.
fn linted(bytes: &[u8]) -> Vec<Finding> {
    codegen::load::load("api.yaml", bytes)
        .map_or_else(|findings| findings, |tree| codegen::lint::lint(&tree))
}

fn fixable() -> Vec<String> {
    let carries = |id: &str| {
        let found = findings("bad.yaml", &bad(id));
        found
            .iter()
            .any(|finding| finding.rule == id && !finding.fix.is_empty())
    };
    let ids = pairs().into_iter().map(|(id, _)| id);
    ids.filter(|id| carries(id)).collect()
}

/// How often each rule and message is found.
fn counted(findings: &[Finding]) -> BTreeMap<(&str, &str), usize> {
    let mut counted = BTreeMap::new();
    for finding in findings {
        *counted
            .entry((finding.rule, finding.message.as_str()))
            .or_default() += 1;
    }
    counted
}

/// What a fix must never do, whatever the document.
fn check(bytes: &[u8]) -> Vec<u8> {
    let before = linted(bytes);
    let fixed = fix("api.yaml", bytes);
    assert_eq!(fixed.bytes == bytes, fixed.fixed.is_empty());
    assert_eq!(fixed.left, linted(&fixed.bytes));
    // Without a tree, most of what is wrong cannot be seen yet.
    if codegen::load::load("api.yaml", bytes).is_ok() {
        let before = counted(&before);
        for (key, count) in counted(&fixed.left) {
            assert!(
                before.get(&key).is_some_and(|known| count <= *known),
                "{key:?} is new"
            );
        }
        assert!(fixed.left.len() + fixed.fixed.len() <= before.values().sum::<usize>());
    }
    let again = fix("api.yaml", &fixed.bytes);
    assert_eq!(again.bytes, fixed.bytes, "a second run changes something");
    assert_eq!(again.fixed, []);
    fixed.bytes
}

/// The lines of a document that stand in the other one, in order, are all but a few.
fn assert_few_lines_differ(before: &str, after: &str, most: usize) {
    let differing = similar::TextDiff::from_lines(before, after)
        .iter_all_changes()
        .filter(|change| change.tag() != similar::ChangeTag::Equal)
        .count();
    assert!(differing <= most, "{differing} lines differ");
}

#[test]
fn the_fixes_of_the_pairs_do_what_their_pages_promise() {
    let ids = fixable();
    assert!(ids.len() >= 20, "{ids:?}");
    for id in ids {
        let bytes = bad(&id);
        let fixed = fix("bad.yaml", &bytes);
        let own = fixed.left.iter().filter(|finding| finding.rule == id);
        let part = MENDED_IN_PART.iter().find(|(known, _)| *known == id);
        assert_eq!(own.count(), part.map_or(0, |(_, left)| *left), "{id}");
        assert!(fixed.fixed.iter().any(|finding| finding.rule == id), "{id}");
        check(&bytes);
        assert_few_lines_differ(&text(&bytes), &text(&fixed.bytes), 8);
    }
}

#[test]
fn a_mended_document_means_the_same_to_the_generator_as_the_good_one() {
    // These leave no choice, so the mended document is the good one, apart from layout.
    for id in [
        "BODY_OPTIONAL",
        "COMPONENT_NAME_MISNAMED",
        "FORM_FIELD_UNENCODED",
        "LIST_PARAMETERS_MISSING",
        "OBJECT_CLOSED",
        "PARAMETER_NULLABLE",
        "PATH_PARAMETER_OPTIONAL",
        "REQUIRED_DUPLICATE",
        "RESPONSE_ERROR_MISSING",
        "RESPONSE_STATUS_UNSUPPORTED",
        "SCHEMA_BOUND_INVALID",
        "SCHEMA_DEFAULT_INVALID",
        "SCHEMA_TYPE_MISSING",
        "SERVER_URL_UNSUPPORTED",
        "SID_INLINE",
        "SID_LENGTH_MISMATCH",
        "SID_PATTERN_INEXACT",
        "TEXT_BYTE_ORDER_MARK",
        "VALUE_KIND_WRONG",
        "YAML_KEY_NOT_TEXT",
    ] {
        let mended = fix("bad.yaml", &bad(id)).bytes;
        let good = std::fs::read(folder().join(id).join("good.yaml")).unwrap();
        let read = |bytes: &[u8]| codegen::load::load("x", bytes).unwrap();
        assert!(read(&mended).root() == read(&good).root(), "{id}");
    }
}

#[test]
fn other_line_ends_comments_and_a_missing_last_line_feed_survive() {
    for id in fixable() {
        let bytes = bad(&id);
        let plain = text(&bytes);
        let mended = text(&fix("bad.yaml", &bytes).bytes);
        // With the line ends of Windows the same edits are made, and no other line end appears.
        let windows = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(
            text(&check(windows(&plain).as_bytes())),
            windows(&mended),
            "{id}"
        );
        let cut = |text: &str| text.trim_end_matches('\n').to_owned();
        assert_eq!(text(&check(cut(&plain).as_bytes())), cut(&mended), "{id}");
        // Comments between the lines, with tabs and letters of several bytes, all stay.
        let comment = "# größer\tals 漢字: 'no' \"key\": [x] {y}\n";
        let commented: String = plain
            .lines()
            .enumerate()
            .map(|(at, line)| match at % 3 {
                0 if !plain.starts_with('\u{feff}') || at > 0 => format!("{comment}{line}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let after = text(&check(commented.as_bytes()));
        assert_eq!(
            after.matches(comment).count(),
            commented.matches(comment).count(),
            "{id}"
        );
    }
}

#[test]
fn a_comment_on_the_line_of_an_edit_stays() {
    let small = include_str!("documents/small.yaml");
    let text_of = |from: &str, to: &str| {
        assert!(small.contains(from), "{from}");
        small.replacen(from, to, 1)
    };
    let cases = [
        (
            "        in: path\n        required: true\n",
            "        in: path # a place: 'x'\n        required: false # why\n",
            "        in: path # a place: 'x'\n        required: true # why\n",
        ),
        (
            "        in: path\n        required: true\n",
            "        in: path # a place: 'x'\n",
            "        in: path # a place: 'x'\n        required: true\n",
        ),
        (
            "      minLength: 34\n      maxLength: 34\n",
            "      # both\n\n",
            "      minLength: 34\n      maxLength: 34\n      # both\n\n",
        ),
        (
            "      minLength: 34\n      maxLength: 34\n",
            "      minLength: 33   # é\n      maxLength: \"34\"\t# tab\n",
            "      minLength: 34   # é\n      maxLength: 34\t# tab\n",
        ),
        (
            "      enum: [red, green, in-progress]\n",
            "      enum: [ red , green,red , in-progress ] # colours\n",
            "      enum: [ red , green,in-progress ] # colours\n",
        ),
        (
            "      enum: [red, green, in-progress]\n",
            "      enum:\n        - red\n        # second\n        - 'red'\n        - yes\n        - 7 # seven\n",
            "      enum:\n        - red\n        # second\n        - yes\n        - '7' # seven\n",
        ),
        (
            "        sid:\n          $ref: '#/components/schemas/ThingSid'\n        name:",
            "        sid: {$ref: '#/components/schemas/ThingSid', description: \"Ü, {x}\"} # flow\n        name:",
            "        sid: {allOf: [{$ref: '#/components/schemas/ThingSid'}], description: \"Ü, {x}\"} # flow\n        name:",
        ),
    ];
    for (from, broken, mended) in cases {
        let (broken, mended) = (text_of(from, broken), text_of(from, mended));
        assert_eq!(text(&check(broken.as_bytes())), mended);
    }
}

#[test]
fn a_fix_that_would_bring_another_finding_is_not_made() {
    let small = include_str!("documents/small.yaml");
    // The removal would take the comment along; the new name is taken by another component.
    let cases = [
        (
            "      enum: [red, green, in-progress]\n",
            "      enum:\n        - red\n        - red # the second\n",
        ),
        (
            "    Quantity:\n",
            "    colour:\n      type: string\n      enum: [a]\n    Quantity:\n",
        ),
        ("        '404':\n", "        4xx:\n"),
    ];
    for (from, to) in cases {
        assert!(small.contains(from), "{from}");
        let broken = small.replacen(from, to, 1);
        let fixed = fix("api.yaml", broken.as_bytes());
        assert_eq!(text(&fixed.bytes), broken);
        assert!(!fixed.left.is_empty());
    }
}

#[test]
fn a_thousand_mistakes_are_mended_in_one_go() {
    let small = include_str!("documents/small.yaml");
    let values: String = (0..1_000).map(|at| format!("        - {at}\n")).collect();
    let broken = small.replacen(
        "      enum: [red, green, in-progress]\n",
        &format!("      enum:\n        - red\n        - null\n{values}"),
        1,
    );
    let fixed = fix("api.yaml", broken.as_bytes());
    assert_eq!(fixed.fixed.len(), 1_000);
    assert_eq!(fixed.left.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    /// Several mistakes in one document, in any layout, get in nobody's way.
    #[test]
    fn any_mix_of_mistakes_is_mended_without_harm(
        chosen in prop::collection::btree_set(0usize..12, 1..6),
        windows in any::<bool>(),
        cut in any::<bool>(),
        comments in any::<bool>(),
    ) {
        const MISTAKES: [(&str, &str); 12] = [
            ("  version: 1.0.0", "  version: 1.0"),
            ("        '200':\n          description: A page", "        200:\n          description: A page"),
            ("url: https://api.twilio.com", "url: \"https://api.twilio.com/\""),
            ("        required: true\n        schema:\n          $ref: '#/components/schemas/ThingSid'\n    get:\n      operationId: FetchThingData", "        schema:\n          $ref: '#/components/schemas/ThingSid'\n    get:\n      operationId: FetchThingData"),
            ("      requestBody:\n        required: true\n        content:\n          application/json", "      requestBody:\n        content:\n          application/json"),
            ("            encoding:\n              Settings:\n                contentType: application/json\n", ""),
            ("      minLength: 34\n", ""),
            ("pattern: ^IS[0-9a-fA-F]{32}$", "pattern: 'IS[0-9a-fA-F]{32}$'"),
            ("enum: [red, green, in-progress]", "enum: [red, green, red, 'green', in-progress]"),
            ("          $ref: '#/components/schemas/Quantity'", "          description: How many.\n          $ref: '#/components/schemas/Quantity'"),
            ("      required: [sid, quantity]", "      required:\n        - sid\n        - quantity\n        - sid"),
            ("        - {name: PageToken, in: query, schema: {type: string}}\n", ""),
        ];
        let mut document = include_str!("documents/small.yaml").replacen(
            "  parameters:\n    PageSize:",
            "  parameters:\n    PageToken: {name: PageToken, in: query, schema: {type: string}}\n    PageSize:",
            1,
        );
        for at in &chosen {
            let (from, to) = MISTAKES[*at];
            prop_assert!(document.contains(from), "{from}");
            document = document.replacen(from, to, 1);
        }
        if comments {
            document = document.lines().map(|line| format!("{line}\n  # é: [\t'\n")).collect();
        }
        if windows {
            document = document.replace('\n', "\r\n");
        }
        if cut {
            document.truncate(document.trim_end().len());
        }
        let mended = check(document.as_bytes());
        let left = linted(&mended);
        // The component for the page token is used by the mend of the last mistake alone.
        let left: Vec<&Finding> = left.iter().filter(|finding| finding.rule != "COMPONENT_UNUSED").collect();
        prop_assert_eq!(left, Vec::<&Finding>::new());
        if windows {
            prop_assert!(!text(&mended).replace("\r\n", "").contains('\n'));
        }
        prop_assert_eq!(text(&mended).matches("# é: [\t'").count(), document.matches("# é: [\t'").count());
    }
}
