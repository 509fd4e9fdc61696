//! Becoming and ceasing to be a member: first in the room's log, then in the person's own. Each
//! step is harmless to repeat, so whatever was cut off is finished by the same command again.

use parlor_shared::{
    Body, CommandId, LogId, Member, Membership, Person, Problem, RecordKey, Role, RoomId,
    RoomListing, limits,
};

use super::roles;
use crate::{
    app::App,
    engine::{Change, Expect, Grant, Outcome, Target, Write},
};

/// How often a conflict is tried again before the answer is `busy`.
const TRIES: u32 = 8;

/// Makes `person` a member of the room with `role`; who is one already keeps theirs.
///
/// # Errors
/// [`Problem::RoomFull`], [`Problem::Busy`], or the store's faults as problems.
pub(crate) async fn join(
    app: &App,
    person: &Person,
    room: &RoomListing,
    role: Role,
    command: CommandId,
) -> Result<(), Problem> {
    set_role(app, person, &room.room, Some(role), command).await?;
    note(app, person, room, Standing::In, command).await
}

/// Ends a membership; who is no member stays none.
///
/// # Errors
/// [`Problem::Busy`], or the store's faults as problems.
pub(crate) async fn leave(
    app: &App,
    person: &Person,
    room: &RoomListing,
    command: CommandId,
) -> Result<(), Problem> {
    set_role(app, person, &room.room, None, command).await?;
    note(app, person, room, Standing::Out, command).await
}

/// Whether a person is in a room now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    In,
    Out,
}

/// Writes the member record, with the role that the store checks.
async fn set_role(
    app: &App,
    person: &Person,
    room: &RoomId,
    role: Option<Role>,
    command: CommandId,
) -> Result<(), Problem> {
    for _ in 0..TRIES {
        let record = roles::member_record(app, room, &person.id).await?;
        let is_member = record.as_ref().and_then(roles::role).is_some();
        if is_member == role.is_some() {
            return Ok(());
        }
        if role.is_some() {
            check_size(app, room).await?;
        }
        let member = Member { person: person.id.clone(), name: person.name.clone(), role };
        let change = Change {
            target: Target::Key(
                RecordKey::member(&person.id),
                record.map_or(Expect::Absent, |record| Expect::Rev(record.rev)),
            ),
            body: Body::Member(member),
            grant: Some(Grant { person: person.id.clone(), role }),
        };
        if write(app, LogId::Room(room.clone()), person, change, command).await? {
            return Ok(());
        }
    }
    Err(Problem::Busy)
}

/// Whether the room takes one more. The lobby takes everybody.
async fn check_size(app: &App, room: &RoomId) -> Result<(), Problem> {
    if *room == RoomId::lobby() {
        return Ok(());
    }
    let records = app.engine.broker.records(&LogId::Room(room.clone()), "member:").await?;
    let members = records.iter().filter(|record| roles::role(record).is_some()).count();
    if members < limits::MEMBERS {
        return Ok(());
    }
    Err(Problem::RoomFull { max: limits::MEMBERS as u32 })
}

/// Writes the membership into the person's own log, for all their devices.
async fn note(
    app: &App,
    person: &Person,
    room: &RoomListing,
    standing: Standing,
    command: CommandId,
) -> Result<(), Problem> {
    let log = LogId::Person(person.id.clone());
    let key = RecordKey::membership(&room.room);
    let joined = standing == Standing::In;
    for _ in 0..TRIES {
        let record = app.engine.broker.record(&log, &key).await?;
        let membership = Membership { room: room.room.clone(), name: room.name.clone(), joined };
        let body = Body::Membership(membership);
        if record.as_ref().is_some_and(|record| record.body == body) {
            return Ok(());
        }
        let expect = record.map_or(Expect::Absent, |record| Expect::Rev(record.rev));
        let change = Change { target: Target::Key(key.clone(), expect), body, grant: None };
        if write(app, log.clone(), person, change, command).await? {
            return Ok(());
        }
    }
    Err(Problem::Busy)
}

/// Whether the change stands now; false when others changed the record at the same moment.
async fn write(
    app: &App,
    log: LogId,
    person: &Person,
    change: Change,
    command: CommandId,
) -> Result<bool, Problem> {
    let (author, keep) = (person.id.clone(), app.config.keep);
    match app.write(Write { log, author, command, needs: None, change, keep }).await? {
        Outcome::Written(_) | Outcome::Repeat { .. } => Ok(true),
        Outcome::Conflict { .. } => Ok(false),
        Outcome::Forbidden => Err(Problem::Internal),
    }
}
