//! How long to wait before the next try: 100 ms, doubling to 5 s, each shortened by chance.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);

/// The waits of one series of tries.
#[derive(Debug)]
pub(super) struct Backoff {
    next: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { next: FIRST }
    }
}

impl Backoff {
    /// The next wait: half of it certain, half by chance, so that nodes do not come all at once.
    pub(super) fn next(&mut self) -> Duration {
        let whole = self.next;
        self.next = (whole * 2).min(LONGEST);
        let mut chance = [0; 1];
        // Without randomness the wait is merely shorter.
        let _ = getrandom::fill(&mut chance);
        whole / 2 + whole * u32::from(chance[0]) / 510
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Backoff;

    #[test]
    fn waits_grow_to_five_seconds_and_no_further() {
        let mut backoff = Backoff::default();
        let waits: Vec<_> = (0..12).map(|_| backoff.next()).collect();
        assert!(waits[0] >= Duration::from_millis(50) && waits[0] <= Duration::from_millis(100));
        assert!(waits[11] >= Duration::from_millis(2_500) && waits[11] <= Duration::from_secs(5));
    }
}
