//! Which logs are followed on one primary, and over which link they are heard.

use std::collections::HashSet;

use parlor_shared::LogId;
use redis::aio::MultiplexedConnection;

/// Together under one lock, so that no log falls between a new link and a new follow.
#[derive(Default)]
pub(super) struct Logs {
    followed: HashSet<LogId>,
    /// Followed, and not subscribed to on the link now up: the primary said that it does not have them.
    unheard: HashSet<LogId>,
    connection: Option<MultiplexedConnection>,
}

impl Logs {
    /// Notes that a log is followed; the link to subscribe on, if one is up.
    pub(super) fn follow(&mut self, log: &LogId) -> Option<MultiplexedConnection> {
        self.followed.insert(log.clone());
        self.connection.clone()
    }

    /// Notes that it is not any more; the link, if one is up.
    pub(super) fn unfollow(&mut self, log: &LogId) -> Option<MultiplexedConnection> {
        self.followed.remove(log);
        self.unheard.remove(log);
        self.connection.clone()
    }

    pub(super) fn follows(&self, log: &LogId) -> bool {
        self.followed.contains(log)
    }

    pub(super) fn count(&self) -> usize {
        self.followed.len()
    }

    /// The primary says that it does not have this log. Whether it is followed.
    pub(super) fn refused(&mut self, log: &LogId) -> bool {
        self.followed.contains(log) && {
            self.unheard.insert(log.clone());
            true
        }
    }

    /// What was refused since this was last asked.
    pub(super) fn take_unheard(&mut self) -> Vec<LogId> {
        self.unheard.drain().collect()
    }

    /// Followed logs not yet in `done`; when there are none, the link is everybody's.
    pub(super) fn missing_or_open(
        &mut self,
        done: &HashSet<LogId>,
        connection: &MultiplexedConnection,
    ) -> Vec<LogId> {
        let missing: Vec<_> = self.followed.difference(done).cloned().collect();
        if missing.is_empty() {
            self.connection = Some(connection.clone());
        }
        missing
    }

    /// The link is gone; the next one subscribes to everything.
    pub(super) fn down(&mut self) {
        self.connection = None;
        self.unheard.clear();
    }
}
