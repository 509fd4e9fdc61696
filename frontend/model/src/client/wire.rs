//! Commands in flight on the present link.

use parlor_shared::{CommandId, LogId};

use crate::{Ordered, chat::About};

/// Commands in flight at most; the server takes 16, and probes must always get through.
const IN_FLIGHT: usize = 12;
/// Logs being caught up with at once.
const CATCHING_UP: usize = 8;

/// What was asked and has no reply yet.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    in_flight: Ordered<CommandId, About>,
}

impl Wire {
    pub(crate) fn clear(&mut self) {
        self.in_flight.clear();
    }

    pub(crate) fn asked(&mut self, id: CommandId, about: About) {
        self.in_flight.insert(id, about);
    }

    pub(crate) fn replied(&mut self, id: CommandId) -> Option<About> {
        self.in_flight.remove(&id)
    }

    /// The log is asked for anew: the server answers in order, so the last answer says how things
    /// stand, and nothing follows from those before it.
    pub(crate) fn asks_anew(&mut self, log: &LogId) {
        for about in self.in_flight.values_mut() {
            if matches!(about, About::Follow { log: asked, .. } if asked == log) {
                *about = About::Nothing;
            }
        }
    }

    /// Whether one more command may be transmitted.
    pub(crate) fn has_room(&self) -> bool {
        self.in_flight.len() < IN_FLIGHT
    }

    /// Whether one more log may be caught up with.
    pub(crate) fn may_follow(&self) -> bool {
        let following = |about: &&About| matches!(about, About::Follow { .. });
        self.has_room() && self.in_flight.values().filter(following).count() < CATCHING_UP
    }
}
