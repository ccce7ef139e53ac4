//! `Retry-After`, in either of its two forms, as a time to wait from now.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::moment::Moment;

/// How long the server asks to wait. A date in the past asks for nothing.
pub(super) fn read(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = Moment::rfc2822(text)?.seconds;
    let now = now.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    let at = u64::try_from(at).ok()?;
    Some(Duration::from_secs(at.saturating_sub(now)))
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
    }

    #[test]
    fn anything_else_is_no_answer() {
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-5"), None);
        assert_eq!(read(&HeaderMap::new(), SystemTime::now()), None);
    }
}
