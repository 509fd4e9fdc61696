//! One client's link to this node, as the hub and the commands know it.

use std::collections::HashSet;

use parking_lot::Mutex;
use parlor_shared::{
    CommandId, ConnectionId, Event, LogId, Outcome, Person, Problem, encode, limits,
};

use super::{Frame, Outbox, Total};
use crate::engine::SessionToken;

/// A link, its person, and what it follows.
#[derive(Debug)]
pub struct Connection {
    /// Which link.
    pub id: ConnectionId,
    /// Whose.
    pub person: Person,
    /// The session it came with.
    pub session: SessionToken,
    /// What it has yet to be sent.
    pub outbox: Outbox,
    /// Held only to look at or change the set.
    follows: Mutex<Follows>,
}

#[derive(Debug, Default)]
struct Follows {
    logs: HashSet<LogId>,
    ended: bool,
}

impl Connection {
    /// A new link that follows nothing.
    #[must_use]
    pub fn new(id: ConnectionId, person: Person, session: SessionToken, total: Total) -> Self {
        Self { id, person, session, outbox: Outbox::new(total), follows: Mutex::default() }
    }

    /// Sends an event to this connection alone.
    pub fn send(&self, event: &Event) {
        self.outbox.push(Frame::from(encode(event)));
    }

    /// Answers a command.
    pub fn answer(&self, id: CommandId, answer: Result<Outcome, Problem>) {
        self.send(&match answer {
            Ok(result) => Event::Ok { id, result },
            Err(problem) => Event::Error { id: Some(id), problem },
        });
    }

    /// Whether it follows `log`.
    pub fn is_following(&self, log: &LogId) -> bool {
        self.follows.lock().logs.contains(log)
    }

    /// Whether it could follow `log`.
    ///
    /// # Errors
    /// [`Problem::TooManyFollows`].
    pub fn check_room_for(&self, log: &LogId) -> Result<(), Problem> {
        self.follows.lock().check_room_for(log)
    }

    /// Notes that it follows `log` from now on; false when it has ended.
    ///
    /// # Errors
    /// [`Problem::TooManyFollows`].
    pub fn start_following(&self, log: &LogId) -> Result<bool, Problem> {
        let mut follows = self.follows.lock();
        follows.check_room_for(log)?;
        if !follows.ended {
            follows.logs.insert(log.clone());
        }
        Ok(!follows.ended)
    }

    /// Notes that it no longer follows `log`.
    pub fn stop_following(&self, log: &LogId) {
        self.follows.lock().logs.remove(log);
    }

    /// Ends it; nothing can be followed any more. Returns what was.
    pub fn end(&self) -> HashSet<LogId> {
        self.outbox.end();
        let mut follows = self.follows.lock();
        follows.ended = true;
        std::mem::take(&mut follows.logs)
    }
}

impl Follows {
    fn check_room_for(&self, log: &LogId) -> Result<(), Problem> {
        if self.logs.len() < limits::FOLLOWS || self.logs.contains(log) {
            return Ok(());
        }
        Err(Problem::TooManyFollows { max: limits::FOLLOWS as u32 })
    }
}
