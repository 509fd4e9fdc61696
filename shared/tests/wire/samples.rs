//! The values that every golden file of one kind is made of.

use parlor_shared::{
    CommandId, Entry, Epoch, LogId, Message, Page, PersonId, Position, Record, RecordKey, RoomId,
};

pub(crate) fn ada() -> PersonId {
    PersonId::new("p_ada").unwrap()
}

pub(crate) fn attic() -> RoomId {
    RoomId::new("r_attic").unwrap()
}

pub(crate) fn attic_log() -> LogId {
    LogId::Room(attic())
}

pub(crate) fn command_id() -> CommandId {
    CommandId("0192f0c1-2b3c-4d5e-8f60-718293a4b5c6".parse().unwrap())
}

pub(crate) fn epoch() -> Epoch {
    Epoch::new("k3v9").unwrap()
}

pub(crate) fn position(offset: u64) -> Position {
    Position { epoch: epoch(), offset }
}

pub(crate) fn message() -> Message {
    Message {
        author: ada(),
        name: "Ada".to_owned(),
        command: command_id(),
        text: Some("hi".to_owned()),
        edited: false,
    }
}

pub(crate) fn record() -> Record {
    Record {
        key: RecordKey::message(12),
        rev: 40,
        number: Some(12),
        time: 1_790_000_000_000,
        body: parlor_shared::Body::Message(message()),
    }
}

pub(crate) fn entry() -> Entry {
    Entry {
        log: attic_log(),
        epoch: epoch(),
        offset: 40,
        time: 1_790_000_000_000,
        author: ada(),
        command: command_id(),
        record: record(),
    }
}

pub(crate) fn page() -> Page {
    Page {
        log: attic_log(),
        reset: None,
        records: vec![record()],
        position: position(40),
        more: false,
        first_kept: 1,
        last_number: 12,
    }
}
