//! Commands on their way: in one room one after another, and few at once, since a browser opens six
//! connections to a host, and one of them waits for events.

use parlor_shared::{Action, CommandId, LogId};

use super::Errand;

/// Commands under way at once.
const AT_ONCE: usize = 4;

/// What waits and what is under way.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    waiting: Vec<(CommandId, Option<LogId>, String)>,
    under_way: Vec<(CommandId, Option<LogId>)>,
}

impl Lanes {
    /// A command waits for its turn.
    pub(super) fn add(&mut self, id: CommandId, action: &Action, frame: String) {
        // All that names no log keeps one order.
        self.waiting.push((id, action.log(), frame));
    }

    /// A command was answered.
    pub(super) fn done(&mut self, id: CommandId) {
        self.under_way.retain(|(other, _)| *other != id);
    }

    /// Whether nothing is under way.
    pub(super) fn are_free(&self) -> bool {
        self.under_way.is_empty()
    }

    /// Adds what may be sent now.
    pub(super) fn next(&mut self, errands: &mut Vec<Errand>) {
        while self.under_way.len() < AT_ONCE {
            let busy = |lane: &Option<LogId>| self.under_way.iter().any(|(_, other)| other == lane);
            let Some(next) = self.waiting.iter().position(|(_, lane, _)| !busy(lane)) else {
                return;
            };
            let (id, lane, frame) = self.waiting.remove(next);
            self.under_way.push((id, lane));
            errands.push(Errand::Command(id, frame));
        }
    }
}
