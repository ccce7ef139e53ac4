use chrono::{DateTime, FixedOffset, Utc};
use proptest::prelude::*;

use super::*;

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "2010-08-18",
        "2010-08-18T20:01:40",
        "2010-08-18T20:01Z",
        "2010-13-18T20:01:40Z",
        "2010-00-18T20:01:40Z",
        "2010-02-29T20:01:40Z",
        "1900-02-29T20:01:40Z",
        "2010-08-00T20:01:40Z",
        "2010-08-18T24:01:40Z",
        "2010-08-18T20:60:40Z",
        "2010-08-18T20:01:61Z",
        "2010-08-18T20:01:40.Z",
        "2010-08-18T20:01:40+24:00",
        "2010-08-18T20:01:40+0000",
        "2010-08-18T20:01:40Zx",
        "+010-08-18T20:01:40Z",
        "2010-08-18T20:01:4é",
    ] {
        assert_eq!(UnixTime::rfc3339(text), None, "{text:?}");
    }
    for text in [
        "",
        "Thu, 18 Aug 2010 20:01:40 +0000",
        "Xxx, 18 Aug 2010 20:01:40 +0000",
        "Wed 18 Aug 2010 20:01:40 +0000",
        "Wed, 18 Agu 2010 20:01:40 +0000",
        "31 Feb 2010 20:01:40 +0000",
        "Wed, 18 Aug 2010 20:01:40",
        "Wed, 18 Aug 2010 20:01:40 J",
        "Wed, 18 Aug 2010 20:01:40 (+0000)",
        "Wed, 18 Aug 2010 20:01:40 +0000 (not closed",
        "Wed, 18 Aug 2010 20:01:40 +0000 (closed by \\)",
        "Wed, 18 Aug 2010 20:01:40 +0000)",
        "Wednesday, 18 Aug 2010 20:01:40 +0000",
        "Wed, 18 August 2010 20:01:40 +0000",
        "Wed, 18 Aug 2010 24:01:40 +0000",
        "Wed, 18 Aug 2010 20:60:40 +0000",
        "Wed, 18 Aug 2010 20:01:61 +0000",
        "Wed, 18 Aug 2010 20:01:40 +0060",
        "Wed, 018 Aug 2010 20:01:40 +0000",
        "Wed, 18 Aug 02010 20:01:40 +0000",
        "18 Aug 0 20:01:40 +0000",
        "Wed, 18 Aug 2010 20:01:40 +00:00",
        "Wed, 18 Aug 2010 20:01:40 +0000 x",
        "ééé",
    ] {
        assert_eq!(UnixTime::rfc2822(text), None, "{text:?}");
    }
}

#[test]
fn the_ways_of_writing_a_point_in_time_are_one() {
    let seconds = 1_282_161_700;
    for text in [
        "2010-08-18T20:01:40Z",
        "2010-08-18t20:01:40z",
        "2010-08-18 20:01:40-00:00",
        "2010-08-19T01:31:40.000+05:30",
        "2010-08-18T12:31:40-07:30",
    ] {
        assert_eq!(
            UnixTime::rfc3339(text).unwrap().seconds,
            seconds,
            "{text:?}"
        );
    }
    for text in [
        "Wed, 18 Aug 2010 20:01:40 +0000",
        "wed,18 AUG 2010 20:01:40 gmt",
        " 18 Aug 2010  16:01:40 EDT ",
        "Wed, 18 Aug 2010 13:01:40 -0700",
    ] {
        assert_eq!(
            UnixTime::rfc2822(text).unwrap().seconds,
            seconds,
            "{text:?}"
        );
    }
}

/// What a text of RFC 2822 is in RFC 3339.
fn modern(text: &str) -> String {
    UnixTime::rfc2822(text)
        .and_then(UnixTime::to_rfc3339)
        .unwrap_or_else(|| panic!("{text:?}"))
}

#[test]
fn the_obsolete_forms_are_read() {
    let years = [
        ("00", 2000),
        ("49", 2049),
        ("50", 1950),
        ("99", 1999),
        ("000", 1900),
        ("110", 2010),
        ("999", 2899),
    ];
    for (year, meant) in years {
        let text = format!("1 Jan {year} 00:00 GMT");
        assert_eq!(modern(&text), format!("{meant}-01-01T00:00:00Z"), "{text}");
    }
    for zone in ('A'..='Z').filter(|letter| *letter != 'J') {
        for zone in [zone, zone.to_ascii_lowercase()] {
            let text = format!("18 Aug 2010 20:01:40 {zone}");
            assert_eq!(modern(&text), "2010-08-18T20:01:40Z", "{text}");
        }
    }
    for zone in [
        "UT",
        "GMT",
        "UTC",
        "CEST",
        "xyz",
        "-0000",
        "+0000",
        " (in) +0000",
    ] {
        let text = format!("18 Aug 2010 20:01:40 {zone}");
        assert_eq!(modern(&text), "2010-08-18T20:01:40Z", "{text}");
    }
    for (zone, hour) in [
        ("EST", 1),
        ("EDT", 0),
        ("CST", 2),
        ("CDT", 1),
        ("MST", 3),
        ("MDT", 2),
        ("PST", 4),
        ("PDT", 3),
        ("+2000", 0),
        ("-0400", 0),
    ] {
        let day = if zone.starts_with('+') { 18 } else { 19 };
        let text = format!("18 Aug 2010 20:01:40 {zone}");
        assert_eq!(
            modern(&text),
            format!("2010-08-{day}T{hour:02}:01:40Z"),
            "{text}"
        );
    }
    // The examples of RFC 5322, appendix A.5 and A.6.2.
    assert_eq!(
        modern(
            "Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n               -0330 (Newfoundland Time)"
        ),
        "1969-02-14T03:02:00Z"
    );
    assert_eq!(modern("21 Nov 97 09:55:06 GMT"), "1997-11-21T09:55:06Z");
    assert_eq!(
        modern("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600"),
        "1997-11-21T15:55:06Z"
    );
}

#[test]
fn only_the_years_of_four_digits_are_written() {
    for (seconds, written) in [
        (-62_167_219_201, None),
        (-62_167_219_200, Some("0000-01-01T00:00:00Z")),
        (253_402_300_799, Some("9999-12-31T23:59:59Z")),
        (253_402_300_800, None),
        (i64::MIN, None),
        (i64::MAX, None),
    ] {
        let text = UnixTime { seconds, nanos: 0 }.to_rfc3339();
        assert_eq!(text.as_deref(), written);
    }
}

#[test]
fn a_leap_second_is_the_next_minute_and_digits_beyond_the_ninth_do_not_count() {
    let leap = UnixTime::rfc3339("2016-12-31T23:59:60Z").unwrap();
    assert_eq!(leap.to_rfc3339().unwrap(), "2017-01-01T00:00:00Z");
    let long = UnixTime::rfc3339("1969-12-31T23:59:59.1234567899999999Z").unwrap();
    assert_eq!((long.seconds, long.nanos), (-1, 123_456_789));
}

/// White space and comments, which nest and quote.
fn gap() -> impl Strategy<Value = String> {
    let comments = vec![
        "()",
        "(a (b) c)",
        "(()())",
        "(\\()",
        "(\\))",
        "(\\\\)",
        "(é, 1 Jan)",
    ];
    let part = prop_oneof![
        "[ \t]|\r\n ",
        prop::sample::select(comments).prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..4).prop_map(|parts| parts.concat())
}

fn time() -> impl Strategy<Value = DateTime<Utc>> {
    // The years from 0 to 9999, which both forms can write.
    let seconds = -62_167_219_200i64..253_402_300_800;
    let nanos = prop_oneof![
        Just(0),
        (0u32..1000).prop_map(|milli| milli * 1_000_000),
        (0u32..1_000_000).prop_map(|micro| micro * 1000),
        0u32..1_000_000_000
    ];
    (seconds, nanos).prop_map(|(seconds, nanos)| DateTime::from_timestamp(seconds, nanos).unwrap())
}

proptest! {
    #[test]
    fn it_reads_and_writes_what_chrono_does(time in time(), minutes in -1439i32..=1439) {
        let point = UnixTime { seconds: time.timestamp(), nanos: time.timestamp_subsec_nanos() };
        let written = time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
        prop_assert_eq!(point.to_rfc3339(), Some(written.clone()));
        prop_assert_eq!(UnixTime::rfc3339(&written), Some(point));
        let there = time.with_timezone(&FixedOffset::east_opt(minutes * 60).unwrap());
        let text = there.to_rfc3339();
        if text.len() < 36 && !text.starts_with(['-', '+']) {
            prop_assert_eq!(UnixTime::rfc3339(&text), Some(point), "{}", text);
            let text = there.to_rfc2822();
            prop_assert_eq!(UnixTime::rfc2822(&text), Some(UnixTime { nanos: 0, ..point }), "{}", text);
        }
    }

    #[test]
    fn the_systems_clock_converts_both_ways(seconds in -100_000_000_000i64..100_000_000_000, nanos in 0u32..1_000_000_000) {
        let point = UnixTime { seconds, nanos };
        prop_assert_eq!(UnixTime::from(point.to_system_time().unwrap()), point);
    }

    #[test]
    fn it_reads_the_dates_of_mail_as_chrono_and_jiff_do(
        time in time(),
        zone in prop_oneof![
            (any::<bool>(), 0..24, 0..60).prop_map(|(west, hours, minutes)| format!("{}{hours:02}{minutes:02}", if west { '-' } else { '+' })),
            prop::sample::select(vec!["GMT", "UT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "pst"]).prop_map(str::to_owned),
            "[A-IK-Za-ik-z]",
        ],
        shape in (any::<bool>(), any::<bool>(), prop::sample::select(vec!["%Y", "%y"])),
        gaps in prop::collection::vec(" {1,2}|\t|\r\n ", 5),
    ) {
        let (weekday, seconds, year) = shape;
        // Two digits of a year say which of a hundred years it is.
        let format = format!(
            "{}%-d{}%b{}{year}{}%H:%M{}{}{zone}",
            if weekday { "%a, " } else { "" }, gaps[0], gaps[1], gaps[2], if seconds { ":%S" } else { "" }, gaps[3],
        );
        let text = time.format(&format).to_string();
        let ours = UnixTime::rfc2822(&text).map(|point| point.seconds);
        let jiff = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(&text);
        prop_assert_eq!(ours, jiff.ok().map(|time| time.as_second()), "{}", text);
        let chrono = DateTime::parse_from_rfc2822(&text);
        prop_assert_eq!(ours, chrono.ok().map(|time| time.timestamp()), "{}", text);
    }

    #[test]
    fn comments_and_white_space_between_the_parts_change_nothing(
        time in time(),
        gaps in prop::collection::vec(gap(), 12),
    ) {
        let parts = ["", "%a", ",", "%d", "%b", "%Y", "%H", ":", "%M", ":", "%S", "+0000"];
        let parts = parts.iter().zip(&gaps).map(|(part, gap)| {
            // Words of digits and letters must not touch.
            let between = if part.is_empty() || *part == "," || *part == ":" { "" } else { " " };
            format!("{between}{}{gap}", time.format(part))
        });
        let text: String = parts.collect();
        prop_assert_eq!(UnixTime::rfc2822(&text).map(|point| point.seconds), Some(time.timestamp()), "{:?}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}|[0-9TZ:.+ -]{0,40}|[A-Za-z, 0-9:+-]{0,40}") {
        let _ = (UnixTime::rfc3339(&text), UnixTime::rfc2822(&text));
    }
}
