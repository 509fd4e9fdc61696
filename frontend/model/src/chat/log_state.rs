//! Where a client is in one log, and whether it hears of changes.

use parlor_shared::{Entry, Position};

use crate::link::retry_ms;

/// The position held and what is being done to keep it at the top.
#[derive(Clone, Debug, Default)]
pub(crate) struct LogState {
    pub(crate) held: Option<Position>,
    pub(crate) phase: Phase,
    failures: u32,
}

/// The steps of following a log on one link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Phase {
    /// To be asked for.
    #[default]
    Wanted,
    /// To be asked for at this `mono_ms`.
    Later(u64),
    /// Asked; one page outstanding.
    Asked,
    /// At the top: entries come by themselves.
    Live,
    /// The server will not give it.
    Refused,
}

/// How a live entry relates to what is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It is the next one, and has been counted.
    Taken,
    /// It is old, or the log is still catching up: ignore it.
    Old,
    /// Something is missing before it: the log is to be followed again.
    Gap,
}

impl LogState {
    /// Counts a live entry.
    pub(crate) fn take(&mut self, entry: &Entry) -> Next {
        let held = self.held.as_ref().map_or(0, |held| held.offset);
        if self.phase != Phase::Live || entry.offset <= held {
            return Next::Old;
        }
        if entry.offset > held.saturating_add(1) {
            self.phase = Phase::Wanted;
            return Next::Gap;
        }
        self.held = Some(Position { epoch: entry.epoch.clone(), offset: entry.offset });
        Next::Taken
    }

    /// Moves to what a page completed.
    pub(crate) fn advance(&mut self, position: &Position, afresh: bool) {
        let held = self.held.as_ref().map_or(0, |held| held.offset);
        if afresh || position.offset >= held {
            self.held = Some(position.clone());
        }
        self.failures = 0;
    }

    /// Whether the log, when it was at `top`, surely had everything held: same epoch, as far.
    pub(crate) fn agrees(&self, top: &Position) -> bool {
        let agrees = |held: &Position| held.epoch == top.epoch && held.offset <= top.offset;
        self.held.as_ref().is_some_and(agrees)
    }

    /// Asking failed for now.
    pub(crate) fn failed(&mut self, now_ms: u64, wait_ms: Option<u64>) {
        let wait = wait_ms.unwrap_or_else(|| retry_ms(self.failures));
        self.failures = self.failures.saturating_add(1);
        self.phase = Phase::Later(now_ms.saturating_add(wait));
    }

    /// The link is gone.
    pub(crate) fn cut(&mut self) {
        self.phase = Phase::Wanted;
        self.failures = 0;
    }

    /// Whether to ask now.
    pub(crate) fn wants(&self, now_ms: u64) -> bool {
        match self.phase {
            Phase::Wanted => true,
            Phase::Later(at) => at <= now_ms,
            Phase::Asked | Phase::Live | Phase::Refused => false,
        }
    }

    /// When to ask, if that is later.
    pub(crate) fn due_ms(&self) -> Option<u64> {
        match self.phase {
            Phase::Later(at) => Some(at),
            Phase::Wanted | Phase::Asked | Phase::Live | Phase::Refused => None,
        }
    }
}
