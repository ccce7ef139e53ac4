//! Days on the Gregorian calendar, counted from 1970-01-01.

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// Days from 1970-01-01 to a date, if there is such a date.
pub(super) fn days(year: i64, month: i64, day: i64) -> Option<i64> {
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
pub(super) fn date(days: i64) -> (i64, i64, i64) {
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

/// The day of the week, counted from Monday.
pub(super) fn weekday(days: i64) -> i64 {
    // The first of January 1970 was a Thursday, three days after a Monday.
    (days + 3).rem_euclid(7)
}
