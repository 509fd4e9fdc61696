//! The two clocks: one that only runs, one that people read.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use parlor_shared::Millis;

/// Milliseconds since a start of one's own; never set back.
#[derive(Clone, Copy, Debug)]
pub struct Uptime(Instant);

impl Uptime {
    /// Starts at 0.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Now.
    #[must_use]
    pub fn now(self) -> Millis {
        millis(self.0.elapsed())
    }

    /// When this clock shows `at`.
    #[must_use]
    pub fn instant(self, at: Millis) -> tokio::time::Instant {
        (self.0 + Duration::from_millis(at)).into()
    }
}

/// Milliseconds since 1970-01-01 UTC.
#[must_use]
pub(crate) fn wall() -> Millis {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, millis)
}

fn millis(duration: Duration) -> Millis {
    Millis::try_from(duration.as_millis()).unwrap_or(Millis::MAX)
}
