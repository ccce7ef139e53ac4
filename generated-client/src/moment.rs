//! Points in time, read from RFC 3339 and RFC 2822 and written as RFC 3339. It is written here because no small
//! crate reads both forms with offsets: `httpdate` and `humantime` read UTC alone, and those that read both are
//! calendars of their own, several times the size of this client. The days are counted on the Gregorian calendar,
//! and tests hold it against chrono.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

const DAY: i64 = 86_400;

/// A point in time: seconds since 1970-01-01T00:00:00Z, rounded down, and what is left over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Moment {
    pub(crate) seconds: i64,
    pub(crate) nanos: u32,
}

impl Moment {
    /// Reads `2010-08-18T20:01:40Z`, with a fraction and any offset.
    pub(crate) fn rfc3339(text: &str) -> Option<Self> {
        let mut rest = Rest(text.as_bytes());
        let year = rest.number(4)?;
        rest.one_of(b"-")?;
        let month = rest.number(2)?;
        rest.one_of(b"-")?;
        let days = days(year, month, rest.number(2)?)?;
        rest.one_of(b"Tt ")?;
        let time = rest.clock()?;
        rest.one_of(b":")?;
        let second = rest.second()?;
        let mut nanos = 0;
        if rest.one_of(b".").is_some() {
            nanos = rest.fraction()?;
        }
        let offset = match rest.one_of(b"Zz") {
            Some(_) => 0,
            None => {
                let sign = rest.sign()?;
                let hours = rest.number(2)?;
                rest.one_of(b":")?;
                sign * offset(hours, rest.number(2)?)?
            }
        };
        rest.end()?;
        let seconds = days * DAY + time + second - offset;
        Some(Self { seconds, nanos })
    }

    /// Reads `Wed, 18 Aug 2010 20:01:40 +0000`, with or without the day of the week, which must be right.
    pub(crate) fn rfc2822(text: &str) -> Option<Self> {
        let mut rest = Rest(text.trim_ascii().as_bytes());
        let weekday = match rest.name(&WEEKDAYS) {
            Some(weekday) => {
                rest.one_of(b",")?;
                rest.spaces();
                Some(weekday)
            }
            None => None,
        };
        let day = rest.short_number()?;
        rest.spaces();
        let month = rest.name(&MONTHS)? + 1;
        rest.spaces();
        let days = days(rest.number(4)?, month, day)?;
        // The first of January 1970 was a Thursday, three days after a Monday.
        if weekday.is_some_and(|weekday| weekday != (days + 3).rem_euclid(7)) {
            return None;
        }
        rest.spaces();
        let time = rest.clock()?;
        let second = match rest.one_of(b":") {
            Some(_) => rest.second()?,
            None => 0,
        };
        rest.spaces();
        let offset = match rest.sign() {
            Some(sign) => sign * offset(rest.number(2)?, rest.number(2)?)?,
            None => rest.zone()?,
        };
        rest.end()?;
        Some(Self {
            seconds: days * DAY + time + second - offset,
            nanos: 0,
        })
    }

    /// Writes RFC 3339 in UTC, with as many digits behind the second as are needed: none, 3, 6 or 9.
    pub(crate) fn to_rfc3339(self) -> String {
        let (year, month, day) = date(self.seconds.div_euclid(DAY));
        let second = self.seconds.rem_euclid(DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let fraction = match self.nanos {
            0 => String::new(),
            nanos if nanos % 1_000_000 == 0 => format!(".{:03}", nanos / 1_000_000),
            nanos if nanos % 1000 == 0 => format!(".{:06}", nanos / 1000),
            nanos => format!(".{nanos:09}"),
        };
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
    }

    pub(crate) fn to_system_time(self) -> Option<SystemTime> {
        let nanos = Duration::from_nanos(self.nanos.into());
        let seconds = Duration::from_secs(self.seconds.unsigned_abs());
        let whole = if self.seconds < 0 {
            UNIX_EPOCH.checked_sub(seconds)
        } else {
            UNIX_EPOCH.checked_add(seconds)
        };
        whole?.checked_add(nanos)
    }
}

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        // No clock reaches so far that the seconds do not fit.
        let whole = |seconds: u64| i64::try_from(seconds).unwrap_or(i64::MAX);
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self {
                seconds: whole(after.as_secs()),
                nanos: after.subsec_nanos(),
            },
            Err(before) => {
                let before = before.duration();
                match before.subsec_nanos() {
                    0 => Self {
                        seconds: -whole(before.as_secs()),
                        nanos: 0,
                    },
                    nanos => Self {
                        seconds: -whole(before.as_secs()) - 1,
                        nanos: 1_000_000_000 - nanos,
                    },
                }
            }
        }
    }
}

const WEEKDAYS: [&[u8]; 7] = [b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun"];

const MONTHS: [&[u8]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

/// The zones that RFC 2822 names, with their hours from UTC.
const ZONES: [(&[u8], i64); 12] = [
    (b"gmt", 0),
    (b"utc", 0),
    (b"ut", 0),
    (b"z", 0),
    (b"est", -5),
    (b"edt", -4),
    (b"cst", -6),
    (b"cdt", -5),
    (b"mst", -7),
    (b"mdt", -6),
    (b"pst", -8),
    (b"pdt", -7),
];

/// Days from 1970-01-01 to a date, if there is such a date.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || day < 1 {
        return None;
    }
    let days = first_of(year, month) + day - 1;
    let (next_year, next_month) = match month {
        12 => (year + 1, 1),
        _ => (year, month + 1),
    };
    (days < first_of(next_year, next_month)).then_some(days)
}

/// Days from 1970-01-01 to the first of a month.
///
/// Years are counted from March, so that the leap day is the last of its year. The months from March on are then
/// 31, 30, 31, 30 and 31 days long, again and again, which the fraction gives; 719,468 days lie between
/// 0000-03-01 and 1970-01-01.
fn first_of(year: i64, month: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (153 * month + 2) / 5 - 719_468
}

/// The date of a day that is counted from 1970-01-01.
fn date(days: i64) -> (i64, i64, i64) {
    // 146,097 days are 400 years. The guess is right or one year off, since leap days come unevenly.
    let mut year = 1970 + (days * 400).div_euclid(146_097);
    if first_of(year, 1) > days {
        year -= 1;
    } else if first_of(year + 1, 1) <= days {
        year += 1;
    }
    let month = (2..=12)
        .take_while(|month| first_of(year, *month) <= days)
        .last()
        .unwrap_or(1);
    (year, month, days - first_of(year, month) + 1)
}

/// Seconds by which a zone is ahead of UTC.
fn offset(hours: i64, minutes: i64) -> Option<i64> {
    (hours < 24 && minutes < 60).then_some(hours * 3600 + minutes * 60)
}

/// The part of a text that is still to be read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if !allowed.contains(first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }

    fn digit(&mut self) -> Option<i64> {
        self.one_of(b"0123456789")
            .map(|digit| i64::from(digit - b'0'))
    }

    /// So many digits.
    fn number(&mut self, digits: u32) -> Option<i64> {
        (0..digits).try_fold(0, |number, _| Some(number * 10 + self.digit()?))
    }

    /// One digit or two.
    fn short_number(&mut self) -> Option<i64> {
        let first = self.digit()?;
        Some(match self.digit() {
            Some(second) => first * 10 + second,
            None => first,
        })
    }

    /// Digits behind the point, of which nine count.
    fn fraction(&mut self) -> Option<u32> {
        let mut unit = 100_000_000;
        let mut nanos = 0;
        let mut digit = Some(self.digit()?);
        while let Some(value) = digit {
            nanos += value * unit;
            unit /= 10;
            digit = self.digit();
        }
        u32::try_from(nanos).ok()
    }

    /// `20:01`, in seconds.
    fn clock(&mut self) -> Option<i64> {
        let hour = self.number(2)?;
        self.one_of(b":")?;
        let minute = self.number(2)?;
        (hour < 24 && minute < 60).then_some(hour * 3600 + minute * 60)
    }

    /// A second; a leap second is the first of the next minute.
    fn second(&mut self) -> Option<i64> {
        self.number(2).filter(|second| *second <= 60)
    }

    fn sign(&mut self) -> Option<i64> {
        self.one_of(b"+-")
            .map(|sign| if sign == b'-' { -1 } else { 1 })
    }

    fn spaces(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }

    /// Which of the names stands here.
    fn name(&mut self, names: &[&[u8]]) -> Option<i64> {
        let (found, rest) = self.0.split_at_checked(3)?;
        let index = names
            .iter()
            .position(|name| name.eq_ignore_ascii_case(found))?;
        self.0 = rest;
        i64::try_from(index).ok()
    }

    /// What is left, as the name of a zone.
    fn zone(&mut self) -> Option<i64> {
        let found = std::mem::take(&mut self.0);
        ZONES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(found))
            .map(|(_, hours)| hours * 3600)
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

#[cfg(test)]
mod tests {
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
            assert_eq!(Moment::rfc3339(text), None, "{text:?}");
        }
        for text in [
            "",
            "Thu, 18 Aug 2010 20:01:40 +0000",
            "Xxx, 18 Aug 2010 20:01:40 +0000",
            "Wed 18 Aug 2010 20:01:40 +0000",
            "Wed, 18 Agu 2010 20:01:40 +0000",
            "31 Feb 2010 20:01:40 +0000",
            "Wed, 18 Aug 2010 20:01:40",
            "Wed, 18 Aug 2010 20:01:40 XYZ",
            "Wed, 18 Aug 2010 20:01:40 +00:00",
            "Wed, 18 Aug 2010 20:01:40 +0000 x",
            "ééé",
        ] {
            assert_eq!(Moment::rfc2822(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_ways_of_writing_a_moment_are_one() {
        let seconds = 1_282_161_700;
        for text in [
            "2010-08-18T20:01:40Z",
            "2010-08-18t20:01:40z",
            "2010-08-18 20:01:40-00:00",
            "2010-08-19T01:31:40.000+05:30",
            "2010-08-18T12:31:40-07:30",
        ] {
            assert_eq!(Moment::rfc3339(text).unwrap().seconds, seconds, "{text:?}");
        }
        for text in [
            "Wed, 18 Aug 2010 20:01:40 +0000",
            "wed,18 AUG 2010 20:01:40 gmt",
            " 18 Aug 2010  16:01:40 EDT ",
            "Wed, 18 Aug 2010 13:01:40 -0700",
        ] {
            assert_eq!(Moment::rfc2822(text).unwrap().seconds, seconds, "{text:?}");
        }
        let short = Moment::rfc2822("Fri, 1 Jan 2010 00:00 Z").unwrap();
        assert_eq!(short.to_rfc3339(), "2010-01-01T00:00:00Z");
    }

    #[test]
    fn a_leap_second_is_the_next_minute_and_digits_beyond_the_ninth_do_not_count() {
        let leap = Moment::rfc3339("2016-12-31T23:59:60Z").unwrap();
        assert_eq!(leap.to_rfc3339(), "2017-01-01T00:00:00Z");
        let long = Moment::rfc3339("1969-12-31T23:59:59.1234567899999999Z").unwrap();
        assert_eq!((long.seconds, long.nanos), (-1, 123_456_789));
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
        (seconds, nanos)
            .prop_map(|(seconds, nanos)| DateTime::from_timestamp(seconds, nanos).unwrap())
    }

    proptest! {
        #[test]
        fn it_reads_and_writes_what_chrono_does(time in time(), minutes in -1439i32..=1439) {
            let moment = Moment { seconds: time.timestamp(), nanos: time.timestamp_subsec_nanos() };
            let written = time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
            prop_assert_eq!(&moment.to_rfc3339(), &written);
            prop_assert_eq!(Moment::rfc3339(&written), Some(moment));
            let there = time.with_timezone(&FixedOffset::east_opt(minutes * 60).unwrap());
            let text = there.to_rfc3339();
            if text.len() < 36 && !text.starts_with(['-', '+']) {
                prop_assert_eq!(Moment::rfc3339(&text), Some(moment), "{}", text);
                let text = there.to_rfc2822();
                prop_assert_eq!(Moment::rfc2822(&text), Some(Moment { nanos: 0, ..moment }), "{}", text);
            }
        }

        #[test]
        fn the_systems_clock_converts_both_ways(seconds in -100_000_000_000i64..100_000_000_000, nanos in 0u32..1_000_000_000) {
            let moment = Moment { seconds, nanos };
            prop_assert_eq!(Moment::from(moment.to_system_time().unwrap()), moment);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}|[0-9TZ:.+ -]{0,40}|[A-Za-z, 0-9:+-]{0,40}") {
            let _ = (Moment::rfc3339(&text), Moment::rfc2822(&text));
        }
    }
}
