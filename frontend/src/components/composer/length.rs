//! How much is written, against how much may be.

use parlor_shared::limits;

/// How much is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Length {
    scalars: usize,
    blank: bool,
}

impl Length {
    /// Of a text.
    pub(super) fn of(text: &str) -> Self {
        Self { scalars: text.chars().count(), blank: text.trim().is_empty() }
    }

    /// Characters above the limit.
    pub(super) fn over(self) -> u64 {
        self.scalars.saturating_sub(limits::TEXT_SCALARS) as u64
    }

    /// Characters up to the limit.
    pub(super) fn left(self) -> u64 {
        limits::TEXT_SCALARS.saturating_sub(self.scalars) as u64
    }

    /// Whether it can be said.
    pub(super) fn sendable(self) -> bool {
        self.scalars > 0 && !self.blank && self.over() == 0
    }
}
