//! The formats of strings: what an example has to look like. A format that is not known accepts every text.

/// What a text of this format would be, if this text is none.
pub(super) fn refused(format: &str, text: &str) -> Option<&'static str> {
    let (fits, wanted) = match format {
        "date-time" => (is_date_time(text), "a date and time of RFC 3339"),
        "date" => (is_date(text.as_bytes()), "a date"),
        "date-time-rfc-2822" => (is_mail_date(text), "a date and time of RFC 2822"),
        "uri" => (is_uri(text), "an absolute URI"),
        "uri-reference" => (is_reference(text), "a URI or a relative one"),
        _ => return None,
    };
    (!fits).then_some(wanted)
}

/// A text of the format.
pub(super) fn sample(format: Option<&str>) -> &'static str {
    match format {
        Some("date-time") => "2026-03-02T09:30:00Z",
        Some("date") => "2026-03-02",
        Some("date-time-rfc-2822") => "Mon, 02 Mar 2026 09:30:00 +0000",
        Some("uri-reference") => "/2010-04-01/Accounts",
        _ => "https://www.example.com",
    }
}

/// The value of exactly so many digits.
fn digits(text: &[u8]) -> Option<u32> {
    let plain = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(text)
        .ok()
        .filter(|_| plain)?
        .parse()
        .ok()
}

fn is_date(text: &[u8]) -> bool {
    let part = |from: usize, to: usize| text.get(from..to).and_then(digits);
    let dashes = text.get(4) == Some(&b'-') && text.get(7) == Some(&b'-') && text.len() == 10;
    match (part(0, 4), part(5, 7), part(8, 10)) {
        (Some(year), Some(month), Some(day)) => dashes && (1..=days(year, month)).contains(&day),
        _ => false,
    }
}

/// `2026-03-02T09:30:00.5+01:00`
fn is_date_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(date), Some(rest)) = (bytes.get(..10), bytes.get(11..)) else {
        return false;
    };
    if !is_date(date) || !matches!(bytes.get(10), Some(b'T' | b't')) {
        return false;
    }
    let Some(time) = rest.get(..8).filter(|time| is_time(time)) else {
        return false;
    };
    let mut rest = rest.get(time.len()..).unwrap_or_default();
    if let Some(fraction) = rest.strip_prefix(b".") {
        let count = fraction
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if count == 0 {
            return false;
        }
        rest = fraction.get(count..).unwrap_or_default();
    }
    match rest {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', zone @ ..] if zone.len() == 5 && zone.get(2) == Some(&b':') => {
            let part = |from: usize, to: usize| zone.get(from..to).and_then(digits);
            part(0, 2).is_some_and(|hour| hour < 24) && part(3, 5).is_some_and(|minute| minute < 60)
        }
        _ => false,
    }
}

/// `09:30:00`, with the second that is sometimes added to a minute.
fn is_time(text: &[u8]) -> bool {
    let part = |from: usize, to: usize| text.get(from..to).and_then(digits);
    text.len() == 8
        && text.get(2) == Some(&b':')
        && text.get(5) == Some(&b':')
        && part(0, 2).is_some_and(|hour| hour < 24)
        && part(3, 5).is_some_and(|minute| minute < 60)
        && part(6, 8).is_some_and(|second| second <= 60)
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// `Mon, 02 Mar 2026 09:30:00 +0000`; a day of the week that is another one is refused by whoever reads the date.
fn is_mail_date(text: &str) -> bool {
    let (weekday, rest) = match text.split_once(", ") {
        Some((weekday, rest)) => (Some(weekday), rest),
        None => (None, text),
    };
    let parts: Vec<&str> = rest.split(' ').collect();
    let [day, month, year, time, zone] = parts.as_slice() else {
        return false;
    };
    let number = |text: &str, most: usize| (text.len() <= most).then(|| digits(text.as_bytes()))?;
    let month = MONTHS.iter().zip(1u32..).find(|(name, _)| *name == month);
    let (Some(day), Some((_, month)), Some(year)) = (number(day, 2), month, number(year, 4)) else {
        return false;
    };
    if year < 1900 || !(1..=days(year, month)).contains(&day) || !is_time(time.as_bytes()) {
        return false;
    }
    let shift = zone.strip_prefix(['+', '-']).unwrap_or("");
    let zoned = matches!(*zone, "GMT" | "UT") || shift.len() == 4 && number(shift, 4).is_some();
    let names = WEEKDAYS.iter().zip(0u32..);
    let named = |name: &str| {
        names
            .clone()
            .any(|(known, at)| *known == name && at == day_of_week(year, month, day))
    };
    zoned && weekday.is_none_or(named)
}

fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Sakamoto's way: Sunday is 0. The month is one of the twelve.
fn day_of_week(year: u32, month: u32, day: u32) -> u32 {
    const SHIFTS: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = if month < 3 {
        year.saturating_sub(1)
    } else {
        year
    };
    let at = usize::try_from(month.saturating_sub(1)).unwrap_or_default();
    let shift = SHIFTS.get(at).copied().unwrap_or_default();
    (year + year / 4 - year / 100 + year / 400 + shift + day) % 7
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme_fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    // A web address without a host is no address.
    let host_fits = match rest.strip_prefix("//") {
        Some(rest) => rest.starts_with(|c: char| !matches!(c, '/' | '?' | '#')),
        None => !matches!(scheme, "http" | "https") && !rest.is_empty(),
    };
    scheme_fits && host_fits && is_reference(rest)
}

/// Only characters that RFC 3986 allows, and percent signs with two digits.
fn is_reference(text: &str) -> bool {
    let bytes = text.as_bytes();
    let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    !text.is_empty()
        && bytes.iter().enumerate().all(|(at, byte)| match byte {
            b'%' => hex(at + 1) && hex(at + 2),
            byte => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(byte),
        })
}

#[cfg(test)]
mod tests {
    use super::refused;

    fn fits(format: &str, text: &str) -> bool {
        refused(format, text).is_none()
    }

    #[test]
    fn dates_are_days_that_there_are() {
        for good in [
            "2026-03-02T09:30:00Z",
            "2024-02-29t00:00:60.25+01:00",
            "2000-02-29T23:59:59-23:59",
        ] {
            assert!(fits("date-time", good), "{good}");
        }
        for bad in [
            "",
            "2026-03-02",
            "2026-03-02 09:30:00Z",
            "2026-13-02T09:30:00Z",
            "2026-02-29T09:30:00Z",
            "2026-03-02T24:30:00Z",
            "2026-03-02T09:30:00",
            "2026-03-02T09:30:00.Z",
            "2026-03-02T09:30Z",
            "2026-03-02T09:30:00+0100",
            "+026-03-02T09:30:00Z",
            "２026-03-02T09:30:00Z",
        ] {
            assert!(!fits("date-time", bad), "{bad}");
        }
        assert!(
            fits("date", "2026-03-02") && !fits("date", "2026-3-2") && !fits("date", "1900-02-29")
        );
    }

    #[test]
    fn a_mail_date_has_its_own_day_of_the_week() {
        for good in [
            "Tue, 03 Mar 2026 14:05:10 +0000",
            "Thu, 29 Feb 2024 00:00:00 GMT",
            "3 Mar 2026 14:05:10 -0730",
            "Sat, 01 Jan 2000 00:00:00 +0000",
            "Fri, 31 Dec 1999 23:59:59 +0000",
        ] {
            assert!(fits("date-time-rfc-2822", good), "{good}");
        }
        for bad in [
            "",
            "Mon, 03 Mar 2026 14:05:10 +0000",
            "Tue, 03 March 2026 14:05:10 +0000",
            "Tue, 32 Mar 2026 14:05:10 +0000",
            "Tue, 03 Mar 2026 14:05:10",
            "Tue, 03 Mar 2026 14:05:10 0000",
            "2026-03-03T14:05:10Z",
            "Tue 03 Mar 2026 14:05:10 +0000",
        ] {
            assert!(!fits("date-time-rfc-2822", bad), "{bad}");
        }
    }

    #[test]
    fn a_uri_is_absolute_and_a_reference_need_not_be() {
        for good in [
            "https://www.example.com/a?b=c%20d#e",
            "mailto:a@example.com",
            "tel:+123",
        ] {
            assert!(fits("uri", good), "{good}");
        }
        for bad in [
            "",
            "/a",
            "https:/a",
            "https://",
            "1a:b",
            "https://a b",
            "https://é",
            "https://a/%2",
            "https://a/<b>",
        ] {
            assert!(!fits("uri", bad), "{bad}");
        }
        assert!(fits("uri-reference", "/2010-04-01/Accounts.json?Page=0"));
        assert!(!fits("uri-reference", "a b") && !fits("uri-reference", ""));
        assert!(fits("byte", "anything"));
    }
}
