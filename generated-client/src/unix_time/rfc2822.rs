//! Dates of RFC 2822, which RFC 5322 has taken over: `Wed, 18 Aug 2010 20:01:40 +0000`. The obsolete forms, which a program
//! must read and must not write, let white space and comments be between any two parts (section 4.3).

use super::calendar::{DAY, days, weekday};
use super::scan::{Rest, offset};

const WEEKDAYS: [&[u8]; 7] = [b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun"];

const MONTHS: [&[u8]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

/// The names of zones that are not UTC, with their hours from it.
const ZONES: [(&[u8], i64); 8] = [
    (b"est", -5),
    (b"edt", -4),
    (b"cst", -6),
    (b"cdt", -5),
    (b"mst", -7),
    (b"mdt", -6),
    (b"pst", -8),
    (b"pdt", -7),
];

/// The seconds since 1970-01-01T00:00:00Z.
pub(super) fn read(text: &str) -> Option<i64> {
    let mut rest = Rest(text.as_bytes());
    rest.gap()?;
    let said = match rest.letters() {
        b"" => None,
        name => {
            let weekday = index(&WEEKDAYS, name)?;
            rest.gap()?;
            rest.one_of(b",")?;
            rest.gap()?;
            Some(weekday)
        }
    };
    let (1 | 2, day) = rest.digits(2) else {
        return None;
    };
    rest.gap()?;
    let month = index(&MONTHS, rest.letters())? + 1;
    rest.gap()?;
    let days = days(rest.year()?, month, day)?;
    if said.is_some_and(|said| said != weekday(days)) {
        return None;
    }
    rest.gap()?;
    let hour = rest.number(2).filter(|hour| *hour < 24)?;
    rest.gap()?;
    rest.one_of(b":")?;
    rest.gap()?;
    let minute = rest.number(2).filter(|minute| *minute < 60)?;
    rest.gap()?;
    let second = match rest.one_of(b":") {
        Some(_) => {
            rest.gap()?;
            rest.second()?
        }
        None => 0,
    };
    rest.gap()?;
    let offset = match rest.sign() {
        Some(sign) => sign * offset(rest.number(2)?, rest.number(2)?)?,
        None => zone(rest.letters())?,
    };
    rest.gap()?;
    rest.end()?;
    Some(days * DAY + hour * 3600 + minute * 60 + second - offset)
}

/// Which of the names it is.
fn index(names: &[&[u8]], found: &[u8]) -> Option<i64> {
    let index = names
        .iter()
        .position(|name| name.eq_ignore_ascii_case(found))?;
    i64::try_from(index).ok()
}

/// Seconds by which a named zone is ahead of UTC. The single letters of the military zones were once defined the wrong way
/// round, and other names mean different things to different people, so all of these are UTC.
fn zone(name: &[u8]) -> Option<i64> {
    match name {
        // No zone has this letter.
        b"" | b"J" | b"j" => None,
        _ => {
            let known = ZONES
                .iter()
                .find(|(zone, _)| zone.eq_ignore_ascii_case(name));
            Some(known.map_or(0, |(_, hours)| hours * 3600))
        }
    }
}

impl Rest<'_> {
    /// White space and comments, of which there need not be any. Comments nest, and a backslash takes the meaning from the
    /// character behind it. Nothing where a comment does not end.
    fn gap(&mut self) -> Option<()> {
        loop {
            self.0 = self.0.trim_ascii_start();
            if self.0.first() != Some(&b'(') {
                return Some(());
            }
            let mut depth = 0_usize;
            loop {
                let (byte, rest) = self.0.split_first()?;
                self.0 = rest;
                match byte {
                    b'(' => depth += 1,
                    b')' => depth -= 1,
                    b'\\' => self.0 = self.0.split_first()?.1,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
        }
    }

    /// A year: of two digits from 1950 to 2049, of three from 1900 on, or of four.
    fn year(&mut self) -> Option<i64> {
        match self.digits(4) {
            (2, year) if year < 50 => Some(2000 + year),
            (2 | 3, year) => Some(1900 + year),
            (4, year) => Some(year),
            _ => None,
        }
    }
}
