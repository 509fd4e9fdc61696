//! Is the client still there? A page cannot see a WebSocket's own pings, so these are events.

use std::time::Duration;

use parlor_shared::{CloseCode, Event, limits::PONG_MS};
use tokio::time::Instant;

use crate::hub::Connection;

/// When to ping, and until when to be answered.
#[derive(Debug)]
pub(super) struct Heartbeat {
    every: Duration,
    ping_at: Instant,
    answer_by: Option<Instant>,
}

impl Heartbeat {
    /// A ping `every` so often, the first one after a whole interval.
    pub(super) fn start(every: Duration) -> Self {
        Self { every, ping_at: Instant::now() + every, answer_by: None }
    }

    /// Any frame is an answer.
    pub(super) const fn heard(&mut self) {
        self.answer_by = None;
    }

    /// When to beat next.
    pub(super) fn due(&self) -> Instant {
        self.answer_by.map_or(self.ping_at, |answer_by| answer_by.min(self.ping_at))
    }

    /// Pings, or gives up. While the ping still waits in the outbox the client cannot have seen
    /// it: whoever does not read at all is the writer's affair.
    pub(super) fn beat(&mut self, connection: &Connection) -> Option<CloseCode> {
        let now = Instant::now();
        let patience = now + Duration::from_millis(PONG_MS);
        if self.answer_by.is_some_and(|answer_by| now >= answer_by) {
            if connection.outbox.is_idle() {
                return Some(CloseCode::NoPong);
            }
            self.answer_by = Some(patience);
        }
        if now >= self.ping_at {
            connection.send(&Event::Ping);
            self.ping_at = now + self.every;
            // Pings may come faster than an answer must: the oldest one counts.
            self.answer_by = self.answer_by.or(Some(patience));
        }
        None
    }
}
