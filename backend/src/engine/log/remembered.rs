//! A command done before, so that its repeat gets the same answer.

use parlor_shared::{Millis, Number, Offset, limits::DEDUPE_MS};

/// What a log keeps of one author's command: for 24 hours of the store's time, and among the
/// author's last 1,000 commands in that log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// The offset it got.
    pub offset: Offset,
    /// The message number it got.
    pub number: Option<Number>,
    /// When.
    pub time: Millis,
}

impl Remembered {
    /// Whether the command is still within the 24 hours.
    #[must_use]
    pub fn counts(&self, now: Millis) -> bool {
        now.saturating_sub(self.time) < DEDUPE_MS
    }
}
