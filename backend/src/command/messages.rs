//! What `send`, `edit` and `delete` share: the write, and the message it is made from.

use parlor_shared::{
    Body, INTEGER_MAX, LogId, Message, Number, Outcome, Problem, Record, RecordKey, Role, RoomId,
};

use super::{Asked, revision::TRIES, roles};
use crate::engine::{self, Change, Expect, Target, Write};

/// What came of one write.
pub(super) enum Attempt {
    /// It stands, or stood already.
    Written(Outcome),
    /// The message is not as it was read.
    Conflict,
}

/// What is to become of a message.
pub(super) struct Revision {
    /// The new state.
    pub(super) message: Message,
    /// The least role it needs.
    pub(super) needs: Role,
}

/// Writes a change of a room's message.
pub(super) async fn write(
    room: &RoomId,
    needs: Role,
    change: Change,
    asked: &Asked<'_>,
) -> Result<Attempt, Problem> {
    let Asked { id, connection, app } = asked;
    let person = &connection.person;
    let write = Write {
        log: LogId::Room(room.clone()),
        author: person.clone(),
        command: *id,
        needs: Some(needs),
        change,
        keep: app.config.keep,
    };
    match app.write(write).await? {
        engine::Outcome::Written(entry) => {
            let number = entry.record.number;
            Ok(Attempt::Written(Outcome::Written { offset: entry.offset, number }))
        }
        engine::Outcome::Repeat { offset, number } => {
            Ok(Attempt::Written(Outcome::Written { offset, number }))
        }
        engine::Outcome::Forbidden => Err(roles::refusal(app, room, person).await),
        engine::Outcome::Conflict { .. } => Ok(Attempt::Conflict),
    }
}

/// Changes a message as `revise` says, again from its newest state when others change it too.
///
/// Where `revise` refuses, the write is still asked for, with a revision no record has: a repeat
/// gets its original answer, also when its message was trimmed meanwhile, and a stranger learns
/// nothing of the message.
pub(super) async fn revise(
    room: &RoomId,
    number: Number,
    asked: &Asked<'_>,
    revise: impl Fn(&Message) -> Result<Revision, Problem>,
) -> Result<Outcome, Problem> {
    let key = RecordKey::message(number);
    let log = LogId::Room(room.clone());
    for _ in 0..TRIES {
        let record = asked.app.engine.broker.record(&log, &key).await?;
        let said = record.as_ref().and_then(said);
        let Some((message, rev)) = said else {
            return refuse(room, key, Problem::NoSuchMessage { number }, asked).await;
        };
        let revision = match revise(message) {
            Ok(revision) => revision,
            Err(problem) => return refuse(room, key, problem, asked).await,
        };
        let target = Target::Key(key.clone(), Expect::Rev(rev));
        let change = Change { target, body: Body::Message(revision.message), grant: None };
        match write(room, revision.needs, change, asked).await? {
            Attempt::Written(outcome) => return Ok(outcome),
            Attempt::Conflict => {}
        }
    }
    Err(Problem::Busy)
}

/// The original answer of a repeat, which costs nothing new; for everything else, `problem`.
pub(super) async fn repeat_or(
    problem: Problem,
    room: &RoomId,
    asked: &Asked<'_>,
) -> Result<Outcome, Problem> {
    // Any message will do: nothing is written to it.
    refuse(room, RecordKey::message(1), problem, asked).await
}

/// The original answer of a repeat; for everything else, `problem`.
async fn refuse(
    room: &RoomId,
    key: RecordKey,
    problem: Problem,
    asked: &Asked<'_>,
) -> Result<Outcome, Problem> {
    let person = asked.connection.named();
    let message = Message {
        author: person.id,
        name: person.name,
        command: asked.id,
        text: None,
        edited: false,
    };
    let target = Target::Key(key, Expect::Rev(INTEGER_MAX));
    let change = Change { target, body: Body::Message(message), grant: None };
    match write(room, Role::Member, change, asked).await? {
        Attempt::Written(outcome) => Ok(outcome),
        Attempt::Conflict => Err(problem),
    }
}

/// A message that still has its text.
fn said(record: &Record) -> Option<(&Message, u64)> {
    match &record.body {
        Body::Message(message) if message.text.is_some() => Some((message, record.rev)),
        Body::Message(_)
        | Body::Member(_)
        | Body::Room(_)
        | Body::Membership(_)
        | Body::Read(_)
        | Body::Unknown { .. } => None,
    }
}
