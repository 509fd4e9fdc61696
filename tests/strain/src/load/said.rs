//! What the messages of a run say: which run, which message, and when it was sent.

use std::time::{SystemTime, UNIX_EPOCH};

/// The first words of a message of a run; the rest fills it up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) run: u64,
    pub(super) sequence: u32,
    /// When, in microseconds of the machine's clock, which all processes share.
    pub(super) sent_us: u64,
}

impl Said {
    /// Message `sequence` of `run`, said now.
    pub(super) fn now(run: u64, sequence: u32) -> Self {
        Self { run, sequence, sent_us: now_us() }
    }

    /// As a text of `bytes` bytes, or as many as it needs.
    pub(super) fn text(self, bytes: usize) -> String {
        let mut text = format!("{:x} {} {} ", self.run, self.sequence, self.sent_us);
        text.extend(std::iter::repeat_n('.', bytes.saturating_sub(text.len())));
        text.trim_end().to_owned()
    }

    /// What a text says, if it is of a run.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut words = text.splitn(4, ' ');
        Some(Self {
            run: u64::from_str_radix(words.next()?, 16).ok()?,
            sequence: words.next()?.parse().ok()?,
            sent_us: words.next()?.parse().ok()?,
        })
    }
}

/// Now, in microseconds of the machine's clock.
pub(super) fn now_us() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}
