//! `read`: how far a person has read a room; never backwards, at most one write a second a room.

mod marks;

use parlor_shared::{
    Body, CommandId, LogId, Number, Outcome, PersonId, Position, Problem, ReadPosition, Record,
    RecordKey, RoomId,
};

use super::{
    Asked,
    revision::{Next, Revision},
    roles,
};
use crate::{
    app::{App, AppState},
    engine::LogTop,
    ids,
};

use marks::Mark;
pub(crate) use marks::ReadMarks;
use marks::Turn;

/// Notes how far the person has read. The first mark in a second is written before the answer;
/// those that follow within it wait together, and the last of them is written.
///
/// # Errors
/// Not a member, or the store's faults.
pub(super) async fn apply(
    room: RoomId,
    position: Position,
    number: Number,
    asked: &Asked<'_>,
) -> Result<Outcome, Problem> {
    let Asked { id, connection, app } = asked;
    let person = connection.person.clone();
    roles::member_role(app, &room, &person).await?;
    let mark = Mark { read: ReadPosition { room, position, number }, command: *id };
    let turn = app.read_marks.take(&person, mark);
    if let Turn::Write(mark) = turn {
        let key = (person.clone(), mark.read.room.clone());
        let written = write(app, &person, mark).await;
        app.tasks.spawn(write_later(AppState::clone(app), key));
        written?;
    }
    Ok(Outcome::Done)
}

/// Notes that the person has read all there is, as part of `command`, which may be repeated.
///
/// # Errors
/// The store's faults as problems.
pub(super) async fn all(
    app: &App,
    person: &PersonId,
    room: &RoomId,
    command: CommandId,
) -> Result<(), Problem> {
    let top = app.engine.broker.top(&LogId::Room(room.clone())).await?;
    if top.last_number == 0 {
        return Ok(());
    }
    let read = ReadPosition { room: room.clone(), position: top.position, number: top.last_number };
    // The command's own id is taken by what it writes itself into this log.
    let command = ids::derived_command("read", &command.to_string());
    write(app, person, Mark { read, command }).await
}

/// After each write a second of rest; then what came meanwhile, until nothing did.
async fn write_later(app: AppState, key: (PersonId, RoomId)) {
    loop {
        tokio::time::sleep(marks::REST).await;
        let Some(mark) = app.read_marks.next(&key) else { return };
        if let Err(problem) = write(&app, &key.0, mark).await {
            let (person, room) = (&key.0, &key.1);
            let problem = problem.name();
            tracing::debug!(person.id = %person, room.id = %room, problem, "a read mark was not written");
        }
    }
}

/// Writes a mark unless the person has read further already.
async fn write(app: &App, person: &PersonId, mark: Mark) -> Result<(), Problem> {
    let Mark { mut read, command } = mark;
    let top = app.engine.broker.top(&LogId::Room(read.room.clone())).await?;
    if !top.epochs.holds(&read.position, top.position.offset) {
        // What was read is no past of this room any more.
        return Ok(());
    }
    read.number = read.number.min(top.last_number);
    // It holds, so it is of the past that the top stands on; and there every device finds itself,
    // also one that was never at the position given, or not under its epoch.
    read.position = top.position.clone();
    let log = LogId::Person(person.clone());
    let key = RecordKey::read(&read.room);
    let next = |held: Option<&Record>| {
        let stands = held.is_some_and(|record| is_past(&read, &record.body, &top));
        (!stands).then(|| Next { body: Body::Read(read.clone()), grant: None })
    };
    Revision { app, log, key, command }.write(person, next).await
}

/// Whether `held`, while it holds, is as far as `new` or further.
fn is_past(new: &ReadPosition, held: &Body, top: &LogTop) -> bool {
    match held {
        Body::Read(held) => {
            held.number >= new.number && top.epochs.holds(&held.position, top.position.offset)
        }
        Body::Message(_)
        | Body::Member(_)
        | Body::Room(_)
        | Body::Membership(_)
        | Body::Unknown { .. } => false,
    }
}
