//! The part of a text that is still to be read.

/// A text, of which the part that is read is taken away.
pub(super) struct Rest<'a>(pub(super) &'a [u8]);

impl Rest<'_> {
    pub(super) fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if !allowed.contains(first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn digit(&mut self) -> Option<i64> {
        self.one_of(b"0123456789")
            .map(|digit| i64::from(digit - b'0'))
    }

    /// So many digits.
    pub(super) fn number(&mut self, digits: u32) -> Option<i64> {
        (0..digits).try_fold(0, |number, _| Some(number * 10 + self.digit()?))
    }

    /// As many digits as there are, up to `most`, and their number.
    pub(super) fn digits(&mut self, most: u32) -> (u32, i64) {
        let (mut count, mut number) = (0, 0);
        while count < most
            && let Some(digit) = self.digit()
        {
            count += 1;
            number = number * 10 + digit;
        }
        (count, number)
    }

    /// Digits behind the point, of which nine count.
    pub(super) fn fraction(&mut self) -> Option<u32> {
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

    /// A second; a leap second is the first of the next minute.
    pub(super) fn second(&mut self) -> Option<i64> {
        self.number(2).filter(|second| *second <= 60)
    }

    pub(super) fn sign(&mut self) -> Option<i64> {
        self.one_of(b"+-")
            .map(|sign| if sign == b'-' { -1 } else { 1 })
    }

    /// The letters that are next.
    pub(super) fn letters(&mut self) -> &[u8] {
        let end = self.0.iter().position(|byte| !byte.is_ascii_alphabetic());
        let (letters, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        letters
    }

    pub(super) fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// Seconds by which a zone is ahead of UTC.
pub(super) fn offset(hours: i64, minutes: i64) -> Option<i64> {
    (minutes < 60).then_some(hours * 3600 + minutes * 60)
}
