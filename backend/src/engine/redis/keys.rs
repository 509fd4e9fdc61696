//! Every name in the store. All keys of one log share a hash tag, and so a slot and a primary.

use parlor_shared::{LogId, PersonId, limits};

use crate::engine::{EngineError, SessionToken};

/// The names under one prefix.
#[derive(Debug)]
pub(super) struct Keys {
    prefix: String,
}

impl Keys {
    /// Names that begin with `prefix`: up to 64 of `A–Z a–z 0–9 _ -` and `:`, or nothing.
    pub(super) fn new(prefix: &str) -> Result<Self, EngineError> {
        let plain = prefix.is_empty() || limits::is_id(&prefix.replace(':', "-"));
        if !plain {
            // A brace would take the hash tag's place.
            let why = format!("{prefix:?} is no key prefix: up to 64 of A-Z a-z 0-9 _ - :");
            return Err(EngineError::Away(why));
        }
        Ok(Self { prefix: prefix.to_owned() })
    }

    /// What is written to see whether writes are taken.
    pub(super) fn tried(&self) -> String {
        self.directory("doctor")
    }

    /// The keys of a log.
    pub(super) fn log(&self, log: &LogId) -> LogKeys {
        LogKeys(self.tagged(&log.to_string()))
    }

    /// A log's hash tag, from which its slot follows.
    pub(super) fn tag(log: &LogId) -> String {
        format!("{{{log}}}")
    }

    /// The log that an announcement's channel is about.
    pub(super) fn log_of_channel(channel: &str) -> Option<LogId> {
        let (log, _) = channel.split_once('{')?.1.split_once('}')?;
        LogId::try_from(log.to_owned()).ok()
    }

    /// Account: a hash of name and skeleton.
    pub(super) fn account(&self, person: &PersonId) -> String {
        self.directory(&format!("account:{person}"))
    }

    /// Session: a hash of person and time of last noted use.
    pub(super) fn session(&self, token: SessionToken) -> String {
        let hex: String = token.0.iter().map(|byte| format!("{byte:02x}")).collect();
        self.directory(&format!("session:{hex}"))
    }

    /// Who holds a person's name: their id. (Rooms' names stand in one hash.)
    pub(super) fn name(&self, skeleton: &str) -> String {
        self.directory(&format!("name:{skeleton}"))
    }

    /// Rooms: a hash of id to name.
    pub(super) fn rooms(&self) -> String {
        self.directory("rooms")
    }

    /// Rooms' names in lower case, to be searched: a hash of id to name.
    pub(super) fn rooms_lower(&self) -> String {
        self.directory("rooms:lower")
    }

    /// Rooms in the order of their ids: a sorted set, all scores 0.
    pub(super) fn rooms_order(&self) -> String {
        self.directory("rooms:order")
    }

    /// Who holds a room's name: a hash of skeleton to id.
    pub(super) fn rooms_names(&self) -> String {
        self.directory("rooms:names")
    }

    /// Nodes with a lease: a sorted set by the lease's end.
    pub(super) fn nodes(&self) -> String {
        self.presence("nodes")
    }

    /// One node's people, as JSON, for as long as its lease.
    pub(super) fn node(&self, node: &str) -> String {
        self.presence(&format!("node:{node}"))
    }

    fn directory(&self, name: &str) -> String {
        format!("{}:{name}", self.tagged("dir"))
    }

    fn presence(&self, name: &str) -> String {
        format!("{}:{name}", self.tagged("presence"))
    }

    fn tagged(&self, tag: &str) -> String {
        format!("{}:{{{tag}}}", self.prefix)
    }
}

/// The keys of one log.
#[derive(Debug)]
pub(super) struct LogKeys(String);

impl LogKeys {
    /// Counters and epochs: a hash.
    pub(super) fn meta(&self) -> String {
        self.named("meta")
    }

    /// Messages: a hash of number to header and body.
    pub(super) fn messages(&self) -> String {
        self.named("messages")
    }

    /// Every other record: a hash of record key to header and body.
    pub(super) fn states(&self) -> String {
        self.named("states")
    }

    /// Record keys by `rev`: a sorted set.
    pub(super) fn revs(&self) -> String {
        self.named("revs")
    }

    /// Record keys that are neither message nor member: a set.
    pub(super) fn others(&self) -> String {
        self.named("others")
    }

    /// Roles: a hash of person to role.
    pub(super) fn roles(&self) -> String {
        self.named("roles")
    }

    /// An author's commands: a hash of id to "offset:number:time".
    pub(super) fn done(&self, author: &PersonId) -> String {
        self.named(&format!("done:{author}"))
    }

    /// The ids of an author's commands, oldest first: a list.
    pub(super) fn done_order(&self, author: &PersonId) -> String {
        self.named(&format!("done-order:{author}"))
    }

    /// The sharded channel on which changes are announced.
    pub(super) fn channel(&self) -> String {
        self.named("entries")
    }

    /// What is written only to be waited for on the replicas.
    pub(super) fn mark(&self) -> String {
        self.named("mark")
    }

    fn named(&self, name: &str) -> String {
        format!("{}:{name}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use parlor_shared::{LogId, PersonId, RoomId};

    use super::{super::slot::slot_of, Keys};

    #[test]
    fn all_keys_of_a_log_are_in_one_slot() {
        let log = LogId::Room(RoomId::lobby());
        let keys = Keys::new("parlor").unwrap().log(&log);
        let ann = PersonId::new("ann").unwrap();
        let all = [keys.messages(), keys.states(), keys.revs(), keys.others(), keys.roles()];
        let more = [keys.done(&ann), keys.done_order(&ann), keys.channel()];
        for key in all.iter().chain(&more) {
            assert_eq!(slot_of(key), slot_of(&keys.meta()), "{key}");
        }
        assert_eq!(Keys::log_of_channel(&keys.channel()), Some(log));
    }

    #[test]
    fn a_prefix_with_a_brace_is_refused() {
        assert!(Keys::new("a{b").is_err());
        assert!(Keys::new("chat:one").is_ok() && Keys::new("").is_ok());
    }
}
