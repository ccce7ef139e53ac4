//! Points in time, read from RFC 3339 and RFC 2822 and written as RFC 3339. It is written here because no small
//! crate reads both forms with offsets: `httpdate` and `humantime` read UTC alone, and those that read both are
//! calendars of their own, several times the size of this client. Tests hold it against chrono and jiff.

mod calendar;
mod rfc2822;
mod scan;
#[cfg(test)]
mod tests;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use calendar::{DAY, date, days};
use scan::{Rest, offset};

/// The seconds of the years from 0 to 9999, which RFC 3339 can write.
const WRITABLE: std::ops::Range<i64> = -62_167_219_200..253_402_300_800;

/// A point in time: seconds since 1970-01-01T00:00:00Z, rounded down, and what is left over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct UnixTime {
    pub(crate) seconds: i64,
    /// Less than a second.
    pub(crate) nanos: u32,
}

impl UnixTime {
    /// The point in time of a text in either form.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::rfc3339(text).or_else(|| Self::rfc2822(text))
    }

    /// Reads `2010-08-18T20:01:40Z`, with a fraction and any offset.
    pub(crate) fn rfc3339(text: &str) -> Option<Self> {
        let mut rest = Rest(text.as_bytes());
        let year = rest.number(4)?;
        rest.one_of(b"-")?;
        let month = rest.number(2)?;
        rest.one_of(b"-")?;
        let days = days(year, month, rest.number(2)?)?;
        rest.one_of(b"Tt ")?;
        let hour = rest.number(2).filter(|hour| *hour < 24)?;
        rest.one_of(b":")?;
        let minute = rest.number(2).filter(|minute| *minute < 60)?;
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
                let hours = rest.number(2).filter(|hours| *hours < 24)?;
                rest.one_of(b":")?;
                sign * offset(hours, rest.number(2)?)?
            }
        };
        rest.end()?;
        let seconds = days * DAY + hour * 3600 + minute * 60 + second - offset;
        Some(Self { seconds, nanos })
    }

    /// Reads `Wed, 18 Aug 2010 20:01:40 +0000` and what else RFC 2822 and RFC 5322 let a date be, the obsolete forms of their
    /// section 4.3 included. A day of the week must be the right one.
    pub(crate) fn rfc2822(text: &str) -> Option<Self> {
        rfc2822::read(text).map(|seconds| Self { seconds, nanos: 0 })
    }

    /// Writes RFC 3339 in UTC, with as many digits behind the second as are needed: none, 3, 6 or 9. Nothing before the year 0
    /// and after the year 9999, since four digits are all that a year has.
    pub(crate) fn to_rfc3339(self) -> Option<String> {
        if !WRITABLE.contains(&self.seconds) {
            return None;
        }
        let (year, month, day) = date(self.seconds.div_euclid(DAY));
        let second = self.seconds.rem_euclid(DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let fraction = match self.nanos {
            0 => String::new(),
            nanos if nanos % 1_000_000 == 0 => format!(".{:03}", nanos / 1_000_000),
            nanos if nanos % 1000 == 0 => format!(".{:06}", nanos / 1000),
            nanos => format!(".{nanos:09}"),
        };
        Some(format!(
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"
        ))
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

    /// Nanoseconds since 1970-01-01T00:00:00Z.
    pub(crate) fn unix_nanos(self) -> i128 {
        i128::from(self.seconds) * 1_000_000_000 + i128::from(self.nanos)
    }
}

impl From<SystemTime> for UnixTime {
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
