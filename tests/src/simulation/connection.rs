//! A node's connections: a socket's, or one that stands in for a client without one; and the
//! commands of each, in order.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use parlor_shared::{Action, Command, LogId, Person};

use super::sockets::SocketId;

/// Names a connection among those of its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ConnectionKey {
    Socket(SocketId),
    /// The stand-in of this number.
    StandIn(u64),
}

/// A connection, with the commands that wait for the one before in the same log.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) person: Person,
    waiting: BTreeMap<LogId, VecDeque<Command>>,
    busy: BTreeSet<LogId>,
}

impl Connection {
    pub(super) fn of(person: Person) -> Self {
        Self { person, waiting: BTreeMap::new(), busy: BTreeSet::new() }
    }

    /// Gives a command back that may begin; another waits.
    pub(super) fn begins(&mut self, command: Command) -> Option<Command> {
        let Some(log) = log_of(&command, &self.person) else { return Some(command) };
        if self.busy.insert(log.clone()) {
            return Some(command);
        }
        self.waiting.entry(log).or_default().push_back(command);
        None
    }

    /// A command has its reply: the next in its log, if one waits.
    pub(super) fn replied(&mut self, command: &Command) -> Option<Command> {
        let log = log_of(command, &self.person)?;
        let next = self.waiting.get_mut(&log).and_then(VecDeque::pop_front);
        if next.is_none() {
            self.busy.remove(&log);
        }
        next
    }
}

/// The log in which a command must wait for the one before.
fn log_of(command: &Command, person: &Person) -> Option<LogId> {
    match &command.action {
        Action::Follow { log, .. } | Action::Unfollow { log } => Some(log.clone()),
        Action::History { room, .. }
        | Action::Send { room, .. }
        | Action::Edit { room, .. }
        | Action::Delete { room, .. }
        | Action::Join { room }
        | Action::Leave { room } => Some(LogId::Room(room.clone())),
        Action::Read { .. } => Some(LogId::Person(person.id.clone())),
        Action::CreateRoom { .. }
        | Action::FindRooms { .. }
        | Action::Roster { .. }
        | Action::Typing { .. }
        | Action::Ping => None,
    }
}
