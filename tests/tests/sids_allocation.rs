//! Reading, checking and writing a SID allocates nothing. This stands alone because it counts in the allocator of
//! the whole test program.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Cursor;

use allocation_counter::measure;
use generated_client::{InstalledAddOnSid, types};

const TEXT: &str = "XE0123456789abcdefABCDEF0123456789";
const JSON: &str = "\"XE0123456789abcdefABCDEF0123456789\"";

/// How often the code asks for memory.
fn allocations(code: impl FnOnce()) -> u64 {
    measure(code).count_total
}

#[test]
fn the_counter_counts() {
    assert_eq!(
        allocations(|| drop(black_box(String::from(black_box(TEXT))))),
        1
    );
    let decode = || drop(black_box(serde_json::from_str::<String>(black_box(JSON))));
    assert_eq!(allocations(decode), 1);
}

#[test]
fn reading_from_borrowed_json_allocates_nothing() {
    let decode = || {
        let sid: InstalledAddOnSid = serde_json::from_str(black_box(JSON)).unwrap();
        black_box(sid);
    };
    assert_eq!(allocations(decode), 0);
    let decode = || {
        let sid: InstalledAddOnSid = serde_json::from_slice(black_box(JSON.as_bytes())).unwrap();
        black_box(sid);
    };
    assert_eq!(allocations(decode), 0);
}

#[test]
fn checking_allocates_nothing_whether_right_or_wrong() {
    for text in [
        TEXT,
        "",
        "XB0123456789abcdefABCDEF0123456789",
        "XE0123456789abcdefABCDEF012345678g",
    ] {
        let check = || {
            let _ = black_box(InstalledAddOnSid::parse(black_box(text)));
            let _ = black_box(black_box(text).parse::<InstalledAddOnSid>());
            let _ = black_box(InstalledAddOnSid::try_from(black_box(text)));
        };
        assert_eq!(allocations(check), 0, "{text:?}");
    }
}

#[test]
fn writing_allocates_nothing() {
    let sid = InstalledAddOnSid::parse(TEXT).unwrap();
    let mut text = String::with_capacity(80);
    let mut json = Cursor::new([0; 80]);
    let write = || {
        write!(text, "{sid}").unwrap();
        black_box((sid.as_str(), sid.as_ref()));
        serde_json::to_writer(&mut json, &sid).unwrap();
    };
    assert_eq!(allocations(write), 0);
    assert_eq!(text, TEXT);
    assert!(json.get_ref().starts_with(JSON.as_bytes()));
}

#[test]
fn the_sids_of_a_resource_cost_its_texts_alone() {
    let json = r#"{"sid": "XF0123456789abcdefABCDEF0123456789",
        "installed_add_on_sid": "XE0123456789abcdefABCDEF0123456789", "url": "u"}"#;
    let decode = || {
        let extension: types::InstalledAddOnExtension =
            serde_json::from_str(black_box(json)).unwrap();
        black_box(&extension);
    };
    // One for the text of `url`; the two SIDs are kept in place.
    assert_eq!(allocations(decode), 1);
}
