//! Requests that are kept until they are decided: edits, deletions, rooms made, joined, left.

use parlor_shared::{Action, Command, CommandId};

use crate::{Asked, link::retry_ms};

/// Requests kept at most.
pub(crate) const KEPT: usize = 100;

/// One request, sent under the same id until it gets its reply.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) command: Command,
    pub(crate) asked: Asked,
    at_ms: Option<u64>,
    failures: u32,
}

/// The requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    requests: Vec<Request>,
}

impl Requests {
    /// Whether one more is taken.
    pub(crate) fn has_room(&self) -> bool {
        self.requests.len() < KEPT
    }

    pub(crate) fn add(&mut self, id: CommandId, action: Action, asked: Asked) {
        let command = Command { id, action };
        self.requests.push(Request { command, asked, at_ms: Some(0), failures: 0 });
    }

    /// The next to transmit; counts as in flight from here on.
    pub(crate) fn next(&mut self, now_ms: u64) -> Option<(Command, Asked)> {
        let due = |request: &&mut Request| request.at_ms.is_some_and(|at| at <= now_ms);
        let request = self.requests.iter_mut().find(due)?;
        request.at_ms = None;
        Some((request.command.clone(), request.asked.clone()))
    }

    /// It was decided.
    pub(crate) fn done(&mut self, id: CommandId) {
        self.requests.retain(|request| request.command.id != id);
    }

    /// It is to be asked again.
    pub(crate) fn again(&mut self, id: CommandId, now_ms: u64, wait_ms: Option<u64>) {
        if let Some(request) = self.requests.iter_mut().find(|request| request.command.id == id) {
            let wait = wait_ms.unwrap_or_else(|| retry_ms(request.failures));
            request.failures = request.failures.saturating_add(1);
            request.at_ms = Some(now_ms.saturating_add(wait));
        }
    }

    /// The link is gone: all are to be asked again.
    pub(crate) fn cut(&mut self) {
        for request in &mut self.requests {
            request.at_ms = Some(0);
        }
    }

    /// When the next is due.
    pub(crate) fn due_ms(&self) -> Option<u64> {
        self.requests.iter().filter_map(|request| request.at_ms).min()
    }
}
