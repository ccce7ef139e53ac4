//! `Retry-After`, in seconds or as any of the three dates that HTTP knows, as a time to wait from now.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::unix_time::UnixTime;

/// How long the server asks to wait. A date in the past asks for nothing. Where a proxy adds its own header, the longer of
/// the two times is the one that suits both.
pub(super) fn read(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let texts = headers.get_all(RETRY_AFTER).iter();
    texts
        .filter_map(|text| read_one(text.to_str().ok()?.trim(), now))
        .max()
}

fn read_one(text: &str, now: SystemTime) -> Option<Duration> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than can be counted are as many as can be.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let now = now.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    let at = UnixTime::rfc2822(text)
        .or_else(|| UnixTime::rfc2822(&modern(text, now)?))?
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
    use chrono::DateTime;
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;

    use super::*;

    fn wait_from(now: u64, value: &str) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(value).unwrap());
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(now);
        read(&headers, now).map(|duration| duration.as_secs())
    }

    fn wait(value: &str) -> Option<u64> {
        // Sun, 06 Nov 1994 08:49:07 GMT
        wait_from(784_111_747, value)
    }

    /// What httpdate reads, which every recipient must (RFC 9110, section 5.6.7).
    fn reference(now: u64, value: &str) -> Option<u64> {
        let date = httpdate::parse_http_date(value).ok()?;
        let at = date.duration_since(SystemTime::UNIX_EPOCH).unwrap();
        Some(at.as_secs().saturating_sub(now))
    }

    const FORMS: [&str; 3] = [
        "%a, %d %b %Y %H:%M:%S GMT",
        "%a %b %e %H:%M:%S %Y",
        "%A, %d-%b-%y %H:%M:%S GMT",
    ];

    #[test]
    fn seconds_and_dates_are_understood() {
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT"), Some(30));
        assert_eq!(wait("Sun, 06 Nov 1994 08:48:37 GMT"), Some(0));
        assert_eq!(wait("99999999999999999999999999"), Some(u64::MAX));
    }

    #[test]
    fn of_several_headers_the_longest_time_counts() {
        for texts in [["0", "120"], ["120", "0"], ["soon", "120"], ["120", ""]] {
            let mut headers = HeaderMap::new();
            for text in texts {
                headers.append(RETRY_AFTER, HeaderValue::from_static(text));
            }
            let wait = read(&headers, SystemTime::now());
            assert_eq!(wait, Some(Duration::from_secs(120)), "{texts:?}");
        }
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

    proptest! {
        #[test]
        fn every_date_is_read_as_httpdate_reads_it(
            now in 0_u64..253_402_300_800,
            at in 0_u64..253_402_300_800,
            form in 0_usize..2,
        ) {
            let text = at_time(at, FORMS[form]);
            prop_assert_eq!(reference(now, &text), Some(at.saturating_sub(now)), "{}", text);
            prop_assert_eq!(wait_from(now, &text), Some(at.saturating_sub(now)), "{}", text);
        }

        #[test]
        fn two_digits_of_a_year_are_those_of_a_year_near_by(
            // httpdate takes the years from 1970 to 2069, and these clocks are in the middle of them.
            now in 1_546_300_800_u64..1_577_836_800,
            at in 0_u64..3_124_224_000,
        ) {
            let text = at_time(at, FORMS[2]);
            prop_assert_eq!(wait_from(now, &text), reference(now, &text), "{}", text);
        }

        #[test]
        fn a_date_that_httpdate_reads_is_read_whatever_was_changed(
            at in 0_u64..253_402_300_800,
            form in 0_usize..2,
            place in any::<prop::sample::Index>(),
            put in "[0-9A-Za-z:, -]?",
        ) {
            let mut text = at_time(at, FORMS[form]);
            let place = place.index(text.len());
            text.replace_range(place..=place, &put);
            if let Some(wait) = reference(0, &text) {
                prop_assert_eq!(wait_from(0, &text), Some(wait), "{}", text);
            }
        }

        #[test]
        fn seconds_are_read_and_nothing_like_them(text in "[0-9]{1,25}|[+-]?[0-9]{1,3}([.]5|s|,1)") {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let expected = digits.then(|| text.parse().unwrap_or(u64::MAX));
            prop_assert_eq!(wait(&text), expected);
        }
    }

    fn at_time(seconds: u64, form: &str) -> String {
        let seconds = i64::try_from(seconds).unwrap();
        let time = DateTime::from_timestamp(seconds, 0).unwrap();
        time.format(form).to_string()
    }
}
