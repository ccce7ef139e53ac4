//! `Retry-After`, in seconds or as any of the three dates that HTTP knows, as a time to wait from now.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::moment::Moment;

/// How long the server asks to wait. A date in the past asks for nothing.
pub(super) fn read(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than can be counted are as many as can be.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let now = now.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    let at = Moment::rfc2822(text)
        .or_else(|| Moment::rfc2822(&modern(text, now)?))?
        .seconds;
    let at = u64::try_from(at).unwrap_or(0);
    Some(Duration::from_secs(at.saturating_sub(now)))
}

/// A date of one of the two old forms, which every recipient has to read, in the form of today:
/// `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`.
fn modern(text: &str, now: u64) -> Option<String> {
    if let Some((_, rest)) = text.split_once(", ") {
        let (day, rest) = rest.split_once('-')?;
        let (month, rest) = rest.split_once('-')?;
        let (year, time) = rest.split_once(' ')?;
        if year.len() != 2 {
            return None;
        }
        // Of the years that end so it is the one that is nearest, and of two as near the one that was.
        let this_year = 1970 + now / 31_556_952;
        let mut year = this_year / 100 * 100 + year.parse::<u64>().ok()?;
        if year >= this_year + 50 {
            year -= 100;
        } else if year + 50 < this_year {
            year += 100;
        }
        return Some(format!("{day} {month} {year} {time}"));
    }
    let mut words = text.split_ascii_whitespace().skip(1);
    let (month, day) = (words.next()?, words.next()?);
    let (time, year) = (words.next()?, words.next()?);
    let whole = format!("{day} {month} {year} {time} GMT");
    words.next().is_none().then_some(whole)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn wait(value: &'static str) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
        // Sun, 06 Nov 1994 08:49:07 GMT
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_747);
        read(&headers, now).map(|duration| duration.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_understood() {
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT"), Some(30));
        assert_eq!(wait("Sun, 06 Nov 1994 08:48:37 GMT"), Some(0));
        assert_eq!(wait("99999999999999999999999999"), Some(u64::MAX));
    }

    #[test]
    fn the_old_forms_of_dates_are_understood() {
        assert_eq!(wait("Sunday, 06-Nov-94 08:49:37 GMT"), Some(30));
        assert_eq!(wait("Sun Nov  6 08:49:37 1994"), Some(30));
        assert_eq!(wait("Sun Nov 13 08:49:07 1994"), Some(7 * 86_400));
        assert_eq!(wait("Monday, 06-Nov-44 08:49:07 GMT"), Some(0));
        let sixteen_years = (16 * 365 + 4) * 86_400;
        assert_eq!(
            wait("Saturday, 06-Nov-10 08:49:07 GMT"),
            Some(sixteen_years)
        );
        assert_eq!(wait("Friday, 31-Dec-93 23:59:59 GMT"), Some(0));
    }

    #[test]
    fn anything_else_is_no_answer() {
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-5"), None);
        assert_eq!(wait(""), None);
        assert_eq!(wait("Sunday, 06-Nov-1994 08:49:37 GMT"), None);
        assert_eq!(wait("Sunday, 06-Nov"), None);
        assert_eq!(wait("Sun Nov 6 08:49:37 1994 1995"), None);
        assert_eq!(read(&HeaderMap::new(), SystemTime::now()), None);
    }
}
