//! A point in time as the server wrote it. The v1 host writes ISO 8601 and the 2010-04-01 host
//! RFC 2822; both become this one type, and a date in neither form is kept and loses no reply.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::time::SystemTime;

use crate::moment::Moment;
use crate::runtime::{Failed, ReadValue, Source, Text, View, WriteValue, value};

/// How long a text is kept in place. Both of the server's forms fit.
const INLINE: usize = 38;

/// A date and time from the server.
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
/// ```
#[derive(Clone)]
pub struct Timestamp(Kept);

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
        self.moment()?.to_system_time()
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down, if the text is RFC 3339 or RFC 2822.
    #[inline]
    pub fn unix_seconds(&self) -> Option<i64> {
        self.moment().map(|moment| moment.seconds)
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z, if the text is RFC 3339 or RFC 2822.
    #[inline]
    pub fn unix_nanos(&self) -> Option<i128> {
        self.moment()
            .map(|moment| i128::from(moment.seconds) * 1_000_000_000 + i128::from(moment.nanos))
    }

    /// The point in time, if the text is RFC 3339 or RFC 2822.
    ///
    /// ```
    /// use chrono::{DateTime, Utc};
    /// use generated_client::Timestamp;
    ///
    /// let time = DateTime::<Utc>::from_timestamp(1_282_161_700, 0).unwrap();
    /// assert_eq!(Timestamp::from("2010-08-18T20:01:40Z").to_utc(), Some(time));
    /// assert_eq!(Timestamp::from(time).as_str(), "2010-08-18T20:01:40Z");
    /// ```
    #[cfg(feature = "chrono")]
    #[cfg_attr(docsrs, doc(cfg(feature = "chrono")))]
    #[inline]
    pub fn to_utc(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        let Moment { seconds, nanos } = self.moment()?;
        chrono::DateTime::from_timestamp(seconds, nanos)
    }

    #[inline]
    fn moment(&self) -> Option<Moment> {
        let text = self.as_str();
        Moment::rfc3339(text).or_else(|| Moment::rfc2822(text))
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
impl From<SystemTime> for Timestamp {
    #[inline]
    fn from(time: SystemTime) -> Self {
        Self::from(Moment::from(time).to_rfc3339().as_str())
    }
}

/// Written as RFC 3339 in UTC.
#[cfg(feature = "chrono")]
#[cfg_attr(docsrs, doc(cfg(feature = "chrono")))]
impl From<chrono::DateTime<chrono::Utc>> for Timestamp {
    #[inline]
    fn from(time: chrono::DateTime<chrono::Utc>) -> Self {
        let moment = Moment {
            seconds: time.timestamp(),
            nanos: time.timestamp_subsec_nanos(),
        };
        Self::from(moment.to_rfc3339().as_str())
    }
}

/// By the point in time where both texts are one, by the text otherwise.
impl PartialEq for Timestamp {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (self.moment(), other.moment()) {
            (Some(one), Some(two)) => one == two,
            _ => self.as_str() == other.as_str(),
        }
    }
}

impl Eq for Timestamp {}

impl Hash for Timestamp {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.moment() {
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
            prop_assert_eq!(Timestamp::from(v1.to_system_time().unwrap()), older.clone());
            prop_assert_eq!(v1, older);
        }
    }
}
