//! A point in time as the server wrote it. The v1 host writes ISO 8601 and the 2010-04-01 host
//! RFC 2822; both become this one type, and a date in neither form is kept and loses no reply.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::time::SystemTime;

use crate::runtime::{Failed, ReadValue, Source, Text, View, WriteValue, value};
use crate::unix_time::UnixTime;

/// How long a text is kept in place. Both of the server's forms fit.
const INLINE: usize = 38;

/// A date and time from the server, as its text.
///
/// RFC 3339 and RFC 2822 (now RFC 5322, the obsolete forms of its section 4.3 included) are understood. Any other text is kept
/// and has no point in time.
///
/// Timestamps are equal, and in order, by their points in time, whatever form they are written in. Texts that have none come
/// after all others, in the order of their characters.
///
/// In every format of serde it is the text, unchanged: in JSON, YAML, TOML, CBOR, MessagePack and forms, and in those whose
/// values do not say what they are, such as bincode, postcard and RON.
///
/// ```
/// use generated_client::Timestamp;
///
/// let v1 = Timestamp::from("2010-08-18T20:01:40Z");
/// let older = Timestamp::from("Wed, 18 Aug 2010 20:01:40 +0000");
/// assert_eq!(v1, older);
/// assert_eq!(v1.unix_seconds(), Some(1_282_161_700));
/// assert_eq!(older.as_str(), "Wed, 18 Aug 2010 20:01:40 +0000");
/// assert_eq!(Timestamp::from("yesterday").unix_seconds(), None);
/// assert!(Timestamp::from("2010-08-18T22:01:40+01:00") > v1);
/// ```
#[derive(Clone)]
pub struct Timestamp(Kept);

/// Why a point in time is no [`Timestamp`].
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimestampError {
    /// Its year is not one from 0 to 9999, which are all that RFC 3339 can write.
    OutOfRange,
}

impl fmt::Display for TimestampError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OutOfRange => "a timestamp must be in the years from 0 to 9999",
        })
    }
}

impl std::error::Error for TimestampError {}

/// Short texts are kept in place: a page of a list holds a hundred of them.
#[derive(Clone)]
enum Kept {
    Inline { length: u8, bytes: [u8; INLINE] },
    Heap(Box<str>),
}

impl Timestamp {
    /// The text as the server wrote it.
    #[inline]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // The bytes are those of a `str` and the length is theirs, so the empty text is never returned.
            Kept::Inline { length, bytes } => bytes
                .get(..usize::from(*length))
                .and_then(|bytes| str::from_utf8(bytes).ok())
                .unwrap_or_default(),
            Kept::Heap(text) => text,
        }
    }

    /// The point in time, if the text is RFC 3339 or RFC 2822.
    #[inline]
    pub fn to_system_time(&self) -> Option<SystemTime> {
        self.unix_time()?.to_system_time()
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down, if the text is RFC 3339 or RFC 2822.
    #[inline]
    pub fn unix_seconds(&self) -> Option<i64> {
        self.unix_time().map(|time| time.seconds)
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z, if the text is RFC 3339 or RFC 2822.
    #[inline]
    pub fn unix_nanos(&self) -> Option<i128> {
        self.unix_time().map(UnixTime::unix_nanos)
    }

    /// The point in time, if the text is RFC 3339 or RFC 2822.
    ///
    /// ```
    /// use chrono::{DateTime, Utc};
    /// use generated_client::Timestamp;
    ///
    /// let time = DateTime::<Utc>::from_timestamp(1_282_161_700, 0).unwrap();
    /// assert_eq!(Timestamp::from("2010-08-18T20:01:40Z").to_utc(), Some(time));
    /// assert_eq!(Timestamp::try_from(time)?.as_str(), "2010-08-18T20:01:40Z");
    /// # Ok::<(), generated_client::TimestampError>(())
    /// ```
    #[cfg(feature = "chrono")]
    #[cfg_attr(docsrs, doc(cfg(feature = "chrono")))]
    #[inline]
    pub fn to_utc(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        let UnixTime { seconds, nanos } = self.unix_time()?;
        chrono::DateTime::from_timestamp(seconds, nanos)
    }

    /// The point in time, if the text is RFC 3339 or RFC 2822.
    ///
    /// ```
    /// use generated_client::Timestamp;
    ///
    /// let time = jiff::Timestamp::from_second(1_282_161_700).unwrap();
    /// assert_eq!(Timestamp::from("2010-08-18T20:01:40Z").to_jiff(), Some(time));
    /// assert_eq!(Timestamp::try_from(time)?.as_str(), "2010-08-18T20:01:40Z");
    /// # Ok::<(), generated_client::TimestampError>(())
    /// ```
    #[cfg(feature = "jiff")]
    #[cfg_attr(docsrs, doc(cfg(feature = "jiff")))]
    #[inline]
    pub fn to_jiff(&self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_nanosecond(self.unix_nanos()?).ok()
    }

    #[inline]
    fn unix_time(&self) -> Option<UnixTime> {
        UnixTime::parse(self.as_str())
    }

    /// Writes RFC 3339.
    #[inline]
    fn written(time: UnixTime) -> Result<Self, TimestampError> {
        match time.to_rfc3339() {
            Some(text) => Ok(Self::from(text.as_str())),
            None => Err(TimestampError::OutOfRange),
        }
    }
}

impl From<&str> for Timestamp {
    #[inline]
    fn from(text: &str) -> Self {
        let mut bytes = [0; INLINE];
        if let Some(place) = bytes.get_mut(..text.len())
            && let Ok(length) = u8::try_from(text.len())
        {
            place.copy_from_slice(text.as_bytes());
            return Self(Kept::Inline { length, bytes });
        }
        Self(Kept::Heap(text.into()))
    }
}

/// Written as RFC 3339 in UTC.
impl TryFrom<SystemTime> for Timestamp {
    type Error = TimestampError;

    #[inline]
    fn try_from(time: SystemTime) -> Result<Self, TimestampError> {
        Self::written(UnixTime::from(time))
    }
}

/// Written as RFC 3339 in UTC. A leap second is the first of the next minute.
#[cfg(feature = "chrono")]
#[cfg_attr(docsrs, doc(cfg(feature = "chrono")))]
impl TryFrom<chrono::DateTime<chrono::Utc>> for Timestamp {
    type Error = TimestampError;

    #[inline]
    fn try_from(time: chrono::DateTime<chrono::Utc>) -> Result<Self, TimestampError> {
        // In a leap second chrono counts on beyond a whole one.
        let nanos = time.timestamp_subsec_nanos();
        Self::written(UnixTime {
            seconds: time.timestamp() + i64::from(nanos / 1_000_000_000),
            nanos: nanos % 1_000_000_000,
        })
    }
}

/// Written as RFC 3339 in UTC.
#[cfg(feature = "jiff")]
#[cfg_attr(docsrs, doc(cfg(feature = "jiff")))]
impl TryFrom<jiff::Timestamp> for Timestamp {
    type Error = TimestampError;

    #[inline]
    fn try_from(time: jiff::Timestamp) -> Result<Self, TimestampError> {
        // Before 1970 both of jiff's parts are negative.
        let (seconds, nanos) = (time.as_second(), time.subsec_nanosecond());
        let (seconds, nanos) = match u32::try_from(nanos) {
            Ok(nanos) => (seconds, nanos),
            Err(_) => (seconds - 1, 1_000_000_000 - nanos.unsigned_abs()),
        };
        Self::written(UnixTime { seconds, nanos })
    }
}

/// By the point in time where both texts are one, by the text otherwise.
impl PartialEq for Timestamp {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By the point in time; a text that is none comes after all points in time, and before another by its characters.
impl Ord for Timestamp {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.unix_time(), other.unix_time()) {
            (Some(one), Some(two)) => one.cmp(&two),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.as_str().cmp(other.as_str()),
        }
    }
}

impl Hash for Timestamp {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.unix_time() {
            Some(time) => time.hash(state),
            None => self.as_str().hash(state),
        }
    }
}

impl fmt::Display for Timestamp {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Timestamp {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Timestamp").field(&self.as_str()).finish()
    }
}

impl ReadValue for Timestamp {
    #[inline]
    fn blank() -> Self {
        Self::from("")
    }

    #[inline]
    fn read(&mut self, source: &mut dyn Source) -> Result<(), Failed> {
        source.text(self)
    }
}

impl Text for Timestamp {
    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date and time as text")
    }

    #[inline]
    fn take(&mut self, text: &str) -> Result<(), Box<dyn fmt::Display>> {
        *self = Self::from(text);
        Ok(())
    }
}

impl WriteValue for Timestamp {
    #[inline]
    fn write(&self, to: &mut dyn FnMut(View<'_>)) {
        to(View::Text(self.as_str()));
    }
}

value!(serde Timestamp);

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasher, RandomState};

    use chrono::{DateTime, Utc};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bad_date_is_kept_and_equal_to_itself_only() {
        let bad = Timestamp::from("2010-13-45");
        assert_eq!(bad.to_system_time(), None);
        assert_eq!(bad.unix_seconds(), None);
        assert_eq!(bad.unix_nanos(), None);
        assert_eq!(bad, bad.clone());
        assert_ne!(bad, Timestamp::from("2010-13-46"));
        assert_ne!(bad, Timestamp::from("2010-08-18T20:01:40Z"));
    }

    #[test]
    fn a_long_text_is_kept_whole() {
        for length in [0, 1, INLINE, INLINE + 1, 300] {
            let text = "x".repeat(length);
            assert_eq!(Timestamp::from(text.as_str()).as_str(), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_survives_json(text in "\\PC*") {
            let json = serde_json::to_string(&text).unwrap();
            let decoded: Timestamp = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(decoded.as_str(), &text);
            prop_assert_eq!(serde_json::to_string(&decoded).unwrap(), json);
        }

        #[test]
        fn both_forms_of_an_instant_are_one(seconds in 0i64..4_102_444_800) {
            let time = DateTime::<Utc>::from_timestamp(seconds, 0).unwrap();
            let v1 = Timestamp::from(time.to_rfc3339().as_str());
            let older = Timestamp::from(time.to_rfc2822().as_str());
            prop_assert_eq!(v1.unix_seconds(), Some(seconds));
            prop_assert_eq!(older.unix_nanos(), Some(i128::from(seconds) * 1_000_000_000));
            prop_assert_eq!(Timestamp::try_from(v1.to_system_time().unwrap()).unwrap(), older.clone());
            prop_assert_eq!(v1, older);
        }

        #[test]
        fn they_are_in_one_order(
            one in timestamp(), two in timestamp(), three in timestamp(),
        ) {
            prop_assert_eq!(one == two, one.cmp(&two) == Ordering::Equal);
            prop_assert_eq!(one.cmp(&two), two.cmp(&one).reverse());
            prop_assert_eq!(one.partial_cmp(&two), Some(one.cmp(&two)));
            prop_assert!(one > two || two > three || one <= three);
            if one == two {
                prop_assert_eq!(one.cmp(&three), two.cmp(&three));
                let hasher = RandomState::new();
                prop_assert_eq!(hasher.hash_one(&one), hasher.hash_one(&two));
            }
            let nanos = one.unix_nanos().zip(two.unix_nanos());
            if let Some((first, second)) = nanos {
                prop_assert_eq!(one.cmp(&two), first.cmp(&second));
            }
        }

        #[test]
        fn what_is_made_of_a_clock_is_read_back_or_refused(
            seconds in prop_oneof![any::<i64>(), -62_167_219_300_i64..-62_167_219_100, 253_402_300_700_i64..253_402_300_900, -100_000_i64..100_000],
            nanos in 0_u32..1_000_000_000,
        ) {
            let time = UnixTime { seconds, nanos }.to_system_time();
            prop_assume!(time.is_some());
            let writable = (-62_167_219_200..253_402_300_800).contains(&seconds);
            match Timestamp::try_from(time.unwrap()) {
                Ok(written) => {
                    prop_assert!(writable);
                    prop_assert_eq!(written.unix_seconds(), Some(seconds));
                    prop_assert_eq!(written.to_system_time(), time);
                }
                Err(error) => prop_assert!(!writable && error == TimestampError::OutOfRange),
            }
        }
    }

    /// Few points in time in many forms, and texts that are none.
    fn timestamp() -> impl Strategy<Value = Timestamp> {
        (-3_i64..3, -2_i32..=2, 0..4).prop_map(|(seconds, hours, form)| {
            let zone = chrono::FixedOffset::east_opt(hours * 3600).unwrap();
            let time = DateTime::<Utc>::from_timestamp(seconds, 0)
                .unwrap()
                .with_timezone(&zone);
            Timestamp::from(
                match form {
                    0 => time.to_rfc2822(),
                    1 => time.to_rfc3339(),
                    2 => time.format("%Y-%m-%dT%H:%M:%S.5%:z").to_string(),
                    _ => format!("day {seconds}"),
                }
                .as_str(),
            )
        })
    }

    #[test]
    #[cfg(feature = "chrono")]
    fn what_chrono_has_beyond_is_refused_and_its_leap_seconds_are_read() {
        for time in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert_eq!(Timestamp::try_from(time), Err(TimestampError::OutOfRange));
        }
        let leap = DateTime::parse_from_rfc3339("2016-12-31T23:59:60.5Z").unwrap();
        let written = Timestamp::try_from(leap.to_utc()).unwrap();
        assert_eq!(written.as_str(), "2017-01-01T00:00:00.500Z");
    }

    #[cfg(feature = "jiff")]
    proptest! {
        #[test]
        fn what_jiff_has_is_read_back_or_refused(nanos in prop_oneof![
            -377_705_023_201_000_000_000_i128..=253_402_207_200_999_999_999,
            -5_000_000_000_i128..5_000_000_000,
        ]) {
            let time = jiff::Timestamp::from_nanosecond(nanos).unwrap();
            match Timestamp::try_from(time) {
                Ok(written) => {
                    prop_assert_eq!(written.to_jiff(), Some(time));
                    prop_assert_eq!(written.unix_nanos(), Some(nanos));
                    prop_assert_eq!(written.as_str().parse::<jiff::Timestamp>().unwrap(), time);
                }
                Err(_) => prop_assert!(nanos < -62_167_219_200_000_000_000),
            }
        }
    }
}
