//! How long to wait before the next attempt.

/// The first wait is at most this, in milliseconds.
const FIRST_MS: u64 = 500;
/// No wait is longer, in milliseconds.
const LONGEST_MS: u64 = 30_000;

/// Exponential back-off with full jitter: a fleet that lost one server does not return as one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BackOff {
    failures: u32,
}

impl BackOff {
    /// Starts over: things went well for long enough.
    pub(crate) fn reset(&mut self) {
        self.failures = 0;
    }

    /// The wait after one more failure: anything from 0 to 500 ms, doubled each time, at most 30 s.
    pub(crate) fn next_ms(&mut self, random: u64) -> u64 {
        let span = FIRST_MS.saturating_mul(1 << self.failures.min(10)).min(LONGEST_MS);
        self.failures = self.failures.saturating_add(1);
        random % (span + 1)
    }
}

/// The wait before asking the same of a server again: 1 s, doubled each time, at most 30 s.
pub(crate) fn retry_ms(failures: u32) -> u64 {
    (1_000_u64 << failures.min(10)).min(LONGEST_MS)
}

#[cfg(test)]
mod tests {
    use super::{BackOff, retry_ms};

    #[test]
    fn waits_grow_up_to_half_a_minute_and_start_over() {
        let mut back_off = BackOff::default();
        assert_eq!(back_off.next_ms(500), 500);
        assert_eq!(back_off.next_ms(1_000), 1_000);
        for _ in 0..100 {
            assert!(back_off.next_ms(u64::MAX) <= 30_000);
        }
        assert_eq!(back_off.next_ms(30_000), 30_000);
        back_off.reset();
        assert!(back_off.next_ms(u64::MAX) <= 500);
        assert_eq!((retry_ms(0), retry_ms(2), retry_ms(99)), (1_000, 4_000, 30_000));
    }
}
