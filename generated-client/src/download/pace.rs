//! How slowly content may come: without a floor, one byte at a time would keep a download alive for ever, because each
//! piece comes within its time.

use std::time::Duration;

/// Over how much time of waiting the rate is averaged.
pub(super) const WINDOW: Duration = Duration::from_secs(30);

/// The floor of a download unless it says otherwise, in bytes a second.
pub(super) const FLOOR: u64 = 1024;

/// How fast content comes. Only the time counts in which a piece is waited for: a caller may take long over a piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// Bytes a second; 0 for any rate.
    floor: u64,
    /// How long was waited in this window, and what came.
    waited: Duration,
    came: u64,
}

impl Pace {
    #[inline]
    pub(super) fn new(floor: u64) -> Self {
        Self {
            floor,
            waited: Duration::ZERO,
            came: 0,
        }
    }

    #[inline]
    pub(super) fn floor(&self) -> u64 {
        self.floor
    }

    /// How long the next piece may take where the timeout allows so much: no longer than until the end of the window,
    /// unless enough for a whole window is there.
    #[inline]
    pub(super) fn limit(&self, timeout: Duration) -> Duration {
        match self.is_enough() {
            true => timeout,
            false => timeout.min(WINDOW.saturating_sub(self.waited)),
        }
    }

    /// Notes a piece that took so long. Tells whether the content comes fast enough.
    #[inline]
    pub(super) fn note(&mut self, waited: Duration, bytes: u64) -> bool {
        self.waited += waited;
        self.came = self.came.saturating_add(bytes);
        if self.waited < WINDOW {
            return true;
        }
        let is_enough = self.is_enough();
        *self = Self::new(self.floor);
        is_enough
    }

    #[inline]
    fn is_enough(&self) -> bool {
        self.came >= self.floor.saturating_mul(WINDOW.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TIMEOUT: Duration = Duration::from_secs(30);

    /// How long it takes until a download is given up whose pieces come so, if it is.
    fn given_up(floor: u64, pieces: impl Iterator<Item = (u64, u64)>) -> Option<Duration> {
        let mut pace = Pace::new(floor);
        let mut waited = Duration::ZERO;
        for (milliseconds, bytes) in pieces {
            let took = Duration::from_millis(milliseconds);
            let limit = pace.limit(TIMEOUT);
            if took > limit {
                return Some(waited + limit);
            }
            waited += took;
            if !pace.note(took, bytes) {
                return Some(waited);
            }
        }
        None
    }

    #[test]
    fn a_trickle_is_given_up_after_a_window_and_a_slow_line_is_not() {
        let byte = std::iter::repeat((250, 1));
        assert_eq!(given_up(FLOOR, byte.clone().take(10_000)), Some(WINDOW));
        assert_eq!(given_up(0, byte.take(10_000)), None);
        let slow = std::iter::repeat((1000, FLOOR));
        assert_eq!(given_up(FLOOR, slow.take(10_000)), None);
        // A burst, then a pause that the timeout allows.
        let burst = std::iter::repeat([(1, 64 << 10), (29_999, 1)]).flatten();
        assert_eq!(given_up(FLOOR, burst.take(1000)), None);
        // Fast at first, and then a trickle.
        let fading = std::iter::once((30_000, 1 << 20)).chain(std::iter::repeat((250, 1)));
        assert_eq!(given_up(FLOOR, fading.take(10_000)), Some(2 * WINDOW));
        assert_eq!(
            given_up(u64::MAX, std::iter::once((30_000, 1))),
            Some(WINDOW)
        );
    }

    proptest! {
        #[test]
        fn content_of_any_length_ends(
            pieces in prop::collection::vec((0..31_000_u64, 0..4096_u64), 1..200),
            floor in 1..4096_u64,
        ) {
            // Whatever a server sends, the time is bounded by what has come: one window more than the floor needs.
            let mut pace = Pace::new(floor);
            let (mut waited, mut came) = (Duration::ZERO, 0);
            for (milliseconds, bytes) in pieces {
                let took = Duration::from_millis(milliseconds);
                if took > pace.limit(TIMEOUT) || !pace.note(took, bytes) {
                    break;
                }
                waited += took;
                came += bytes;
                let windows = came / (floor * WINDOW.as_secs()) + 1;
                prop_assert!(waited < (WINDOW + TIMEOUT) * u32::try_from(windows).unwrap());
            }
        }
    }
}
