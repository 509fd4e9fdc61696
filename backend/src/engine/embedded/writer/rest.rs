//! How long the writer leaves a failed store alone.

use std::time::{Duration, Instant};

const SHORTEST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(10);

/// The pause after a failure: 0.5 s, doubled each time up to 10 s, until a commit succeeds.
#[derive(Debug, Default)]
pub(super) struct Rest {
    pause: Option<Duration>,
    until: Option<Instant>,
}

impl Rest {
    /// Notes a failure at `now`.
    pub(super) fn fail(&mut self, now: Instant) {
        let pause = self.pause.map_or(SHORTEST, |pause| (pause * 2).min(LONGEST));
        self.pause = Some(pause);
        self.until = Some(now + pause);
    }

    /// Notes a success; whether there had been failures.
    pub(super) fn succeed(&mut self) -> bool {
        self.until = None;
        self.pause.take().is_some()
    }

    /// How much of the pause is left.
    pub(super) fn left(&self, now: Instant) -> Option<Duration> {
        self.until.map(|until| until.saturating_duration_since(now)).filter(|left| !left.is_zero())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_from_half_a_second_to_ten_and_ends_with_a_success() {
        let (mut rest, now) = (Rest::default(), Instant::now());
        assert_eq!(rest.left(now), None);
        let mut pauses = Vec::new();
        for _ in 0..6 {
            rest.fail(now);
            pauses.push(rest.left(now).unwrap().as_millis());
        }
        assert_eq!(pauses, [500, 1_000, 2_000, 4_000, 8_000, 10_000]);
        assert_eq!(rest.left(now + LONGEST), None);
        assert!(rest.succeed() && !rest.succeed());
        assert_eq!(rest.left(now), None);
    }
}
