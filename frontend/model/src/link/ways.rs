//! Which way is taken, and when another one is worth trying.

use super::Way;
use crate::LinkId;

/// So many failures while the server answers requests, and it is the way that does not work.
const STRIKES: u32 = 2;
/// What stood for this long works, in milliseconds.
const PROVED_MS: u64 = 60_000;
/// The first trial of a socket comes after this at the latest, in milliseconds.
const FIRST_TRIAL_MS: u64 = 30_000;
/// No two trials are further apart, in milliseconds.
const LONGEST_MS: u64 = 600_000;

/// A socket that is tried beside the present link.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trial {
    pub(super) id: LinkId,
    pub(super) since_ms: u64,
}

/// The way, and what is known of the others.
#[derive(Debug)]
pub(super) struct Ways {
    pub(super) way: Way,
    /// What the person chose, for better or worse.
    pin: Option<Way>,
    /// Failures of the present way while the server answered requests.
    strikes: u32,
    /// Links of this way that went silent before they had proved themselves.
    silences: u32,
    /// Trials that failed since a socket last proved itself.
    failures: u32,
    /// When the next trial begins.
    pub(super) next_ms: Option<u64>,
    pub(super) trial: Option<Trial>,
}

impl Ways {
    /// Begins with what worked last; after anything but a socket, one is tried at once.
    pub(super) fn new(way: Way, pin: Option<Way>) -> Self {
        let tries = pin.is_none() && way != Way::Socket;
        Self {
            way: pin.unwrap_or(way),
            pin,
            strikes: 0,
            silences: 0,
            failures: 0,
            next_ms: tries.then_some(0),
            trial: None,
        }
    }

    /// Whether a failure of the present way may be the way's.
    pub(super) fn may_change(&self) -> bool {
        self.pin.is_none() && self.way != Way::Short
    }

    /// The present way failed and the server answers requests. Says whether to leave it.
    pub(super) fn strike(&mut self) -> bool {
        self.strikes += 1;
        self.strikes >= STRIKES
    }

    /// A link went silent after so long. Says whether that is the way's habit.
    pub(super) fn silent(&mut self, stood_ms: u64) -> bool {
        if stood_ms < PROVED_MS {
            self.silences += 1;
        }
        self.may_change() && self.is_mute()
    }

    /// Whether links of this way go silent again and again.
    pub(super) fn is_mute(&self) -> bool {
        self.silences >= STRIKES
    }

    /// The link has stood for so long.
    pub(super) fn stands(&mut self, stood_ms: u64) {
        if stood_ms >= PROVED_MS {
            (self.strikes, self.silences) = (0, 0);
            if self.way == Way::Socket {
                self.failures = 0;
            }
        }
    }

    /// Leaves the present way for the next one.
    pub(super) fn change(&mut self, now: u64, random: u64) {
        self.way = match self.way {
            Way::Socket => Way::Long,
            Way::Long | Way::Short => Way::Short,
        };
        (self.strikes, self.silences) = (0, 0);
        if self.trial.is_none() && self.next_ms.is_none() {
            self.later(now, random);
        }
    }

    /// The socket that was tried works.
    pub(super) fn adopt(&mut self) {
        self.take(Way::Socket);
    }

    /// The socket that was tried does not work, and neither did one before it.
    pub(super) fn trial_failed(&mut self, now: u64, random: u64) {
        self.trial = None;
        self.later(now, random);
    }

    /// The network is another one: what did not work may do now. Says whether to begin anew, with
    /// answers that wait.
    pub(super) fn network_changed(&mut self, now: u64) -> bool {
        self.failures = 0;
        if self.trial.take().is_some() || self.next_ms.is_some() {
            self.next_ms = Some(now);
        }
        let short = self.pin.is_none() && self.way == Way::Short;
        if short {
            self.way = Way::Long;
        }
        short
    }

    /// The person chose a way, or leaves it to the page. Says whether the link is now of another.
    pub(super) fn pin(&mut self, pin: Option<Way>) -> bool {
        self.pin = pin;
        let wanted = pin.unwrap_or_default();
        let another = wanted != self.way;
        self.take(wanted);
        another
    }

    fn take(&mut self, way: Way) {
        self.way = way;
        (self.strikes, self.silences) = (0, 0);
        (self.trial, self.next_ms) = (None, None);
    }

    /// The next trial: after 15 to 30 s, doubled each time, at most 10 minutes.
    fn later(&mut self, now: u64, random: u64) {
        let span = FIRST_TRIAL_MS.saturating_mul(1 << self.failures.min(10)).min(LONGEST_MS);
        self.failures = self.failures.saturating_add(1);
        self.next_ms = Some(now.saturating_add(span / 2 + random % (span / 2 + 1)));
    }
}
