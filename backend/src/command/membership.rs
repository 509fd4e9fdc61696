//! Becoming and ceasing to be a member: first in the room's log, then in the person's own. Each
//! step is harmless to repeat, so whatever was cut off is finished by the same command again.

use parlor_shared::{
    Body, CommandId, LogId, Member, Membership, Person, Problem, Record, RecordKey, Role, RoomId,
    RoomListing, limits,
};

use super::{
    read,
    revision::{Next, Revision},
    roles,
};
use crate::{app::App, engine::Grant, ids};

/// Makes `person` a member of the room with `role`; who is one already keeps theirs.
///
/// Whoever changes their name at the same moment may not have found the room yet, so the name is
/// looked at again once it can be found.
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
    if !is_noted(app, person, &room.room).await? {
        // What was said before one came is history, not news.
        read::all(app, &person.id, &room.room, command).await?;
    }
    note(app, person, room, Standing::In, command).await?;
    match app.engine.directory.account(&person.id).await? {
        Some(account) if account.name != person.name => {
            let person = Person { id: account.person, name: account.name };
            rename(app, &person, &room.room).await
        }
        Some(_) | None => Ok(()),
    }
}

/// Gives a member of the room the name they go by; who is none stays none.
///
/// # Errors
/// [`Problem::Busy`], or the store's faults as problems.
pub(crate) async fn rename(app: &App, person: &Person, room: &RoomId) -> Result<(), Problem> {
    let next = |held: Option<&Record>| {
        let member = held.and_then(Record::member).filter(|member| member.name != person.name)?;
        let role = Some(member.role?);
        let body = Body::Member(Member { role, name: person.name.clone(), ..member.clone() });
        Some(Next { body, grant: None })
    };
    let (log, key) = (LogId::Room(room.clone()), RecordKey::member(&person.id));
    Revision { app, log, key, command: ids::command()? }.write(&person.id, next).await
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
    let stands = |held: Option<&Record>| held.and_then(roles::role).is_some() == role.is_some();
    let held = roles::member_record(app, room, &person.id).await?;
    if role.is_some() && !stands(held.as_ref()) {
        check_size(app, room).await?;
    }
    let next = |held: Option<&Record>| {
        let member = Member { person: person.id.clone(), name: person.name.clone(), role };
        let grant = Some(Grant { person: person.id.clone(), role });
        (!stands(held)).then_some(Next { body: Body::Member(member), grant })
    };
    let (log, key) = (LogId::Room(room.clone()), RecordKey::member(&person.id));
    Revision { app, log, key, command }.write(&person.id, next).await
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

/// Whether the person's own log says that they are in the room.
async fn is_noted(app: &App, person: &Person, room: &RoomId) -> Result<bool, Problem> {
    let log = LogId::Person(person.id.clone());
    let held = app.engine.broker.record(&log, &RecordKey::membership(room)).await?;
    Ok(held.is_some_and(|held| matches!(&held.body, Body::Membership(noted) if noted.joined)))
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
    let next = |held: Option<&Record>| {
        let membership = Membership { room: room.room.clone(), name: room.name.clone(), joined };
        let body = Body::Membership(membership);
        let stands = held.is_some_and(|record| record.body == body);
        (!stands).then_some(Next { body, grant: None })
    };
    Revision { app, log, key, command }.write(&person.id, next).await
}
